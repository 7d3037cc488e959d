//! Quantitative aims written in a plan.

use super::NodeIx;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// How a value bounds its indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparator {
    /// 达到, 为: exactly or simply stated.
    #[serde(rename = "=")]
    Equal,
    /// 以上, 不低于, ≥.
    #[serde(rename = "≥")]
    AtLeast,
    /// 以内, 不高于, ≤.
    #[serde(rename = "≤")]
    AtMost,
    /// 以下, <.
    #[serde(rename = "<")]
    Below,
    /// >, 超过.
    #[serde(rename = ">")]
    Above,
    /// 左右, 约.
    #[serde(rename = "≈")]
    About,
    /// 提高, 增加, 新增 by this much.
    #[serde(rename = "+")]
    Rise,
    /// 下降, 降低 by this much.
    #[serde(rename = "-")]
    Fall,
}

/// What sort of aim it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// A level to reach: 达到81岁.
    Absolute,
    /// A change against a base: 比2015年降低10%.
    Relative,
    /// 全覆盖, 100%, 所有…都.
    Coverage,
    /// So many things to build or train: 培训50名.
    Count,
    /// 持续改善, 进入高收入国家行列.
    Qualitative,
}

/// A quantitative aim (or a baseline). Never the anchor of an annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The node in whose words it stands.
    pub node: NodeIx,
    /// The words it was read from.
    pub span: Span,
    /// The indicator as written, inherited head noun and 每千人口 made good.
    pub indicator: String,
    /// Id of the canonical indicator (assets/indicators.ron), where it is one.
    pub canonical: Option<String>,
    /// How the value bounds the indicator.
    pub comparator: Comparator,
    /// The value; `None` for a qualitative aim. Coverage: 100.
    pub value: Option<f64>,
    /// The upper end, where the aim is a range.
    pub value_max: Option<f64>,
    /// The unit as written: `%`, `岁`, `1/10万`, `个`; empty where there is none.
    pub unit: String,
    /// The year to reach it by.
    pub year: Option<u16>,
    /// The year it is measured against, for a relative aim.
    pub base_year: Option<u16>,
    /// What sort of aim.
    pub kind: TargetKind,
    /// Already achieved, not aimed at.
    pub baseline: bool,
}
