//! Who issued a plan, by its full name.

use super::signing::Signing;
use super::{Labelled, Sources};
use crate::plan::outline::furniture::unspaced;
use crate::plan::outline::lines::chars;
use crate::plan::{Evidence, Fact, Place};

/// Rows that name the issuer, the better first; the last ones only name who put it on the page.
const ISSUERS: [&str; 14] = [
    "发布机构",
    "发文机关",
    "发文机构",
    "发文单位",
    "制发机关",
    "公开主体",
    "公开责任部门",
    "发布单位",
    "发布",
    "信息来源",
    "稿件来源",
    "来源",
    "文章来源",
    "主办",
];

/// Short names and the full names they stand for; the longest first.
const FULL_NAMES: [(&str, &str); 9] = [
    ("卫生和计划生育委员会", "卫生和计划生育委员会"),
    ("卫生健康委员会", "卫生健康委员会"),
    ("卫生计生委", "卫生和计划生育委员会"),
    ("卫生健康委", "卫生健康委员会"),
    ("卫生健康局", "卫生健康局"),
    ("卫计委", "卫生和计划生育委员会"),
    ("卫健委", "卫生健康委员会"),
    ("卫健局", "卫生健康局"),
    ("卫生局", "卫生局"),
];

/// The issuer as the document writes it, with its line; `titled` is a title that may begin with its name.
pub(super) fn written(
    rows: &[Labelled],
    signing: &Signing,
    titled: Option<&Fact<String>>,
) -> Option<(String, u32)> {
    let row = |labels: &[&str]| {
        labels.iter().find_map(|label| {
            let row = rows.iter().find(|row| row.label == *label && is_body(row.value))?;
            Some((unspaced(row.value), row.line))
        })
    };
    row(&ISSUERS[..9])
        .or_else(|| signing.signature.clone().map(|(name, line)| (unspaced(&name), line)))
        .or_else(|| titled.and_then(before_about))
        .or_else(|| row(&ISSUERS[9..]))
}

/// Whether a value names a public body.
fn is_body(value: &str) -> bool {
    let bare = unspaced(value);
    (3..=30).contains(&chars(&bare))
        && ["委", "局", "政府", "办公室", "办公厅", "厅", "委员会", "院", "中心"]
            .iter()
            .any(|end| bare.ends_with(end))
}

/// The body before 关于 in a title.
fn before_about(title: &Fact<String>) -> Option<(String, u32)> {
    let bare = unspaced(&title.value);
    let name = &bare[..bare.find("关于")?];
    let line = if let Evidence::Line(line) = title.evidence { line } else { 0 };
    is_body(name).then(|| (name.to_owned(), line))
}

/// The full name: a short form is spelt out, `市` becomes the city.
pub(super) fn full(
    sources: &Sources,
    written: Option<(String, u32)>,
    place: Option<&Fact<Place>>,
    title: Option<&Fact<String>>,
) -> Option<Fact<String>> {
    let place = place.map(|fact| &fact.value);
    let Some((name, line)) = written else { return inferred(sources, place?, title?) };
    let value = spelt_out(&name, place);
    Some(Fact { value, evidence: Evidence::Line(line) })
}

fn spelt_out(name: &str, place: Option<&Place>) -> String {
    let owner = place.and_then(|place| {
        [&place.county, &place.city, &place.province].into_iter().find(|owner| !owner.is_empty())
    });
    let Some(owner) = owner else {
        return match health_body(name) {
            Some((before, full)) => format!("{before}{full}"),
            None => name.to_owned(),
        };
    };
    if let Some((before, full)) = health_body(name) {
        let local = matches!(before, "" | "市" | "县" | "区" | "州" | "旗" | "盟" | "省" | "自治区");
        let local = local || owner.starts_with(before);
        return if local { format!("{owner}{full}") } else { format!("{before}{full}") };
    }
    let of_government = ["市", "县", "区", "州", "旗", "省", "自治区"].iter().find_map(|kind| {
        let rest = name
            .strip_prefix(kind)
            .filter(|rest| rest.starts_with("人民政府") || rest.starts_with("政府"))?;
        owner.ends_with(kind).then_some(rest)
    });
    of_government.map_or_else(|| name.to_owned(), |rest| format!("{owner}{rest}"))
}

/// What stands before the name of a health commission, and that name in full.
fn health_body(name: &str) -> Option<(&str, &'static str)> {
    FULL_NAMES.iter().find_map(|(short, full)| Some((name.strip_suffix(short)?, *full)))
}

/// The health commission of the city, where the document is one of its own and names it nowhere in full.
fn inferred(sources: &Sources, place: &Place, title: &Fact<String>) -> Option<Fact<String>> {
    let front = sources.front().iter().take(6);
    let own = front.map(|block| block.words(sources.text)).any(|words| {
        words.contains("委主任")
            || words.contains("委机关")
            || words.contains("委属")
            || words.contains("局机关")
    });
    if !own {
        return None;
    }
    let bureau = if title.value.contains("计生") { "卫生计生委" } else { "卫生健康委" };
    let hints = "the title, the addressees and the meeting that passed it".to_owned();
    Some(Fact {
        value: spelt_out(bureau, Some(place)),
        evidence: Evidence::Inferred { hints, confidence: 70 },
    })
}
