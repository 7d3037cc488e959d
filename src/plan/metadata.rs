//! What a document says of itself: title, place, years, genre, issuer, number, date, each with its evidence.

use serde::{Deserialize, Serialize};

/// Where a value was taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Written on this 1-based line of the canonical text.
    Line(u32),
    /// Concluded from hints, named here; with a confidence from 0 to 100.
    Inferred {
        /// The hints, for people.
        hints: String,
        /// 0-100.
        confidence: u8,
    },
    /// Set by a person.
    Reader,
}

/// A value with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// Where it was taken from.
    pub evidence: Evidence,
}

/// A place of the national table of places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Prefecture-level unit, full name: `厦门市`.
    pub city: String,
    /// Province, full name: `福建省`.
    pub province: String,
    /// County or district, where the document is one's own; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub county: String,
}

impl Place {
    /// The name people use: `厦门市` → `厦门`, a county by its full name.
    pub fn short(&self) -> &str {
        if !self.county.is_empty() {
            return &self.county;
        }
        let short =
            self.city.strip_suffix('市').or_else(|| self.city.strip_suffix("地区")).unwrap_or(&self.city);
        if short.chars().count() >= 2 { short } else { &self.city }
    }
}

/// The kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    /// 工作要点, 工作计划 of one year.
    WorkPoints,
    /// 五年规划, 发展规划.
    FiveYearPlan,
    /// 行动计划, 行动方案, 三年行动.
    ActionPlan,
    /// 实施方案, 工作方案, 若干措施, 实施意见.
    Scheme,
    /// 工作报告, 工作总结.
    WorkReport,
    /// 条例, 办法, 规定.
    Regulation,
    /// 通知, 解读, news and all else.
    Other,
}

/// What a document says of itself. A field is `None` where the document gives no ground for a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// The plan's own title (the inner one, where a notice covers it).
    pub title: Option<Fact<String>>,
    /// The title of the covering notice.
    pub notice_title: Option<Fact<String>>,
    /// The place the plan is for.
    pub place: Option<Fact<Place>>,
    /// First and last year of the plan's period, equal for an annual plan.
    pub years: Option<Fact<(u16, u16)>>,
    /// The kind of document as the title writes it: `工作要点`, `发展规划`, `行动计划`.
    pub doc_type: Option<Fact<String>>,
    /// The same as a class.
    pub genre: Option<Fact<Genre>>,
    /// Who issued it, full name.
    pub issuer: Option<Fact<String>>,
    /// 文号, brackets as 〔〕.
    pub document_number: Option<Fact<String>>,
    /// Date of signature, else of publication, ISO 8601 (`2017-07-07`).
    pub date: Option<Fact<String>>,
    /// Date of publication on the site, ISO 8601.
    pub published: Option<Fact<String>>,
}
