//! Targets of two plans side by side, a row per indicator: baseline, aim, gap.
//!
//! A gap is told only between aims of one kind, unit and year; all else is shown side by side and named as
//! different. Not here: finding targets in a text (see `plan`).

use crate::plan::{Comparator, Direction, Indicator, Indicators, Plan, Target, TargetKind};
use crate::text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// A row per indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetRow {
    /// The canonical indicator's id, where it is one.
    pub canonical: Option<String>,
    /// Its Chinese name; the words of the plan where it is not canonical.
    pub name: String,
    /// Which way is better; `None` too where the indicator is not canonical.
    pub direction: Direction,
    /// What A says.
    pub a: Option<Aim>,
    /// What B says.
    pub b: Option<Aim>,
    /// Whether the two can be set against each other.
    pub standing: Standing,
}

/// What a plan says on an indicator, as indices into its `targets`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aim {
    /// What was achieved when the plan was written.
    pub baseline: Option<usize>,
    /// What it aims at; the last year's, where it names several. `None`: it tells the baseline alone.
    pub target: Option<usize>,
    /// Other targets on the same indicator: earlier years, parts of the population.
    pub others: Vec<usize>,
}

/// Whether two aims can be set against each other.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Same kind, unit and year.
    Comparable {
        /// B's value less A's.
        gap: f64,
        /// The same, turned so that more is better; `None` where the indicator has no direction.
        advantage_b: Option<f64>,
    },
    /// Both have it, but not alike.
    Different(BTreeSet<Difference>),
    /// A alone has it.
    OnlyA,
    /// B alone has it.
    OnlyB,
}

/// In what two aims differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// To be reached in different years, or only one names a year.
    Year,
    /// Counted in different units.
    Unit,
    /// A level against a change, a share against a number of things; or counted among different people, places or
    /// institutions: 重点人群签约率 against 签约率.
    Kind,
    /// A change against different base years.
    Base,
    /// One bounds from above and the other from below: 不低于 against 不高于.
    Bound,
    /// At least one gives no single value: a range, or words alone.
    Value,
    /// One has only a baseline.
    Aim,
}

/// The rows of two plans: comparable ones first, then different ones, then those that one plan alone has; within
/// each group in the order of the indicators' table, then of the text.
pub fn target_table(a: &Plan, b: &Plan, indicators: &Indicators) -> Vec<TargetRow> {
    let (aims_a, aims_b) = (aims(a), aims(b));
    let keys: BTreeSet<&Key> = aims_a.keys().chain(aims_b.keys()).collect();
    let order: BTreeMap<&str, usize> =
        indicators.iter().enumerate().map(|(at, indicator)| (indicator.id.as_str(), at)).collect();
    let mut rows: Vec<TargetRow> =
        keys.into_iter().map(|key| row(a, b, key, aims_a.get(key), aims_b.get(key), indicators)).collect();
    rows.sort_by_key(|row| {
        let known = row.canonical.as_deref().and_then(|id| order.get(id)).copied().unwrap_or(usize::MAX);
        let first = |aim: Option<&Aim>| aim.and_then(|aim| aim.target.or(aim.baseline)).unwrap_or(usize::MAX);
        (group(&row.standing), known, first(row.a.as_ref()), first(row.b.as_ref()))
    });
    rows
}

/// Sets two aims that a person says are on the same indicator side by side; also used for every row.
pub fn standing(a: &Target, b: &Target, indicator: Option<&Indicator>) -> Standing {
    let mut different = BTreeSet::new();
    let mut check = |difference: Difference, same: bool| {
        if !same {
            different.insert(difference);
        }
    };
    check(Difference::Year, a.year == b.year);
    check(Difference::Unit, same_unit(a, b, indicator));
    let same_kind = a.kind == b.kind || (is_level(a.kind) && is_level(b.kind));
    check(Difference::Kind, same_kind && same_scope(a, b, indicator));
    check(Difference::Base, a.base_year == b.base_year);
    check(Difference::Bound, !opposed(a.comparator, b.comparator));
    let single = |target: &Target| target.value.filter(|_| target.value_max.is_none());
    match (single(a), single(b)) {
        (Some(from), Some(to)) if different.is_empty() => {
            let gap = to - from;
            // A fall of 10 % is an aim of minus ten.
            let sign = if a.comparator == Comparator::Fall { -1.0 } else { 1.0 };
            let advantage_b = match indicator.map_or(Direction::None, |indicator| indicator.direction) {
                Direction::Up => Some(gap * sign),
                Direction::Down => Some(-gap * sign),
                Direction::None => None,
            };
            Standing::Comparable { gap, advantage_b }
        }
        (Some(_), Some(_)) => Standing::Different(different),
        _ => {
            different.insert(Difference::Value);
            Standing::Different(different)
        }
    }
}

/// What makes two targets ones of the same indicator: the canonical id, else the words in matching form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Canonical(String),
    Words(String),
}

fn aims(plan: &Plan) -> BTreeMap<Key, Aim> {
    let mut by_key: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (index, target) in plan.targets.iter().enumerate() {
        let key = target.canonical.clone().map_or_else(
            || Key::Words(fold(&target.indicator).chars().filter(|c| !c.is_whitespace()).collect()),
            Key::Canonical,
        );
        by_key.entry(key).or_default().push(index);
    }
    by_key.into_iter().map(|(key, indices)| (key, aim(plan, &indices))).collect()
}

/// The latest baseline and the latest aim, levels before changes; the first in the text among equals.
fn aim(plan: &Plan, indices: &[usize]) -> Aim {
    let best = |baseline: bool| {
        let candidates = indices.iter().copied().filter(|&index| plan.targets[index].baseline == baseline);
        candidates.max_by_key(|&index| {
            let target = &plan.targets[index];
            (is_level(target.kind), target.value.is_some(), target.year, std::cmp::Reverse(index))
        })
    };
    let (baseline, target) = (best(true), best(false));
    let others = indices.iter().copied().filter(|&index| Some(index) != baseline && Some(index) != target);
    Aim { baseline, target, others: others.collect() }
}

fn row(
    a: &Plan,
    b: &Plan,
    key: &Key,
    aim_a: Option<&Aim>,
    aim_b: Option<&Aim>,
    indicators: &Indicators,
) -> TargetRow {
    let canonical = match key {
        Key::Canonical(id) => Some(id.clone()),
        Key::Words(_) => None,
    };
    let indicator = canonical.as_deref().and_then(|id| indicators.get(id));
    let written = |plan: &Plan, aim: Option<&Aim>| {
        let index = aim.and_then(|aim| aim.target.or(aim.baseline))?;
        plan.targets.get(index).map(|target| target.indicator.clone())
    };
    let name = indicator
        .map(|indicator| indicator.zh.clone())
        .or_else(|| written(a, aim_a))
        .or_else(|| written(b, aim_b))
        .unwrap_or_default();
    let standing = match (aim_a, aim_b) {
        (Some(aim_a), Some(aim_b)) => match (aim_a.target, aim_b.target) {
            (Some(of_a), Some(of_b)) => standing(&a.targets[of_a], &b.targets[of_b], indicator),
            _ => Standing::Different(BTreeSet::from([Difference::Aim])),
        },
        (Some(_), None) => Standing::OnlyA,
        (None, _) => Standing::OnlyB,
    };
    TargetRow {
        canonical,
        name,
        direction: indicator.map_or(Direction::None, |indicator| indicator.direction),
        a: aim_a.cloned(),
        b: aim_b.cloned(),
        standing,
    }
}

fn group(standing: &Standing) -> u8 {
    match standing {
        Standing::Comparable { .. } => 0,
        Standing::Different(_) => 1,
        Standing::OnlyA => 2,
        Standing::OnlyB => 3,
    }
}

/// Levels can be set against each other: 达到100% and 全覆盖 say the same.
fn is_level(kind: TargetKind) -> bool {
    matches!(kind, TargetKind::Absolute | TargetKind::Coverage)
}

/// Words that narrow down among whom or where an indicator is counted.
const SCOPES: [&str; 26] = [
    "重点人群",
    "老年人",
    "65岁",
    "60岁",
    "3岁以下",
    "0-6岁",
    "7岁以下",
    "5岁以下",
    "儿童",
    "青少年",
    "学生",
    "孕产妇",
    "妇女",
    "残疾人",
    "贫困",
    "低收入",
    "流动人口",
    "户籍",
    "农村",
    "城镇",
    "城市",
    "基层",
    "县级",
    "二级",
    "三级",
    "公立",
];

/// Whether both count among the same. A word that the indicator's own name has narrows nothing.
fn same_scope(a: &Target, b: &Target, indicator: Option<&Indicator>) -> bool {
    let own = indicator.map_or("", |indicator| indicator.zh.as_str());
    let (a, b) = (fold(&a.indicator), fold(&b.indicator));
    SCOPES.iter().filter(|scope| !own.contains(**scope)).all(|scope| a.contains(scope) == b.contains(scope))
}

/// Whether both units are spellings of one. Two units that an indicator takes are: 1/10万 and /10万.
fn same_unit(a: &Target, b: &Target, indicator: Option<&Indicator>) -> bool {
    let percent = |target: &Target| {
        if target.kind == TargetKind::Coverage && target.unit.is_empty() {
            "%".to_owned()
        } else {
            fold(&target.unit)
        }
    };
    let (unit_a, unit_b) = (percent(a), percent(b));
    let relative = a.kind == TargetKind::Relative || b.kind == TargetKind::Relative;
    unit_a == unit_b
        || (!relative
            && indicator.is_some_and(|known| known.takes_unit(&a.unit) && known.takes_unit(&b.unit)))
}

fn opposed(a: Comparator, b: Comparator) -> bool {
    let side = |comparator: Comparator| match comparator {
        Comparator::AtLeast | Comparator::Above | Comparator::Rise => 1,
        Comparator::AtMost | Comparator::Below | Comparator::Fall => -1,
        Comparator::Equal | Comparator::About => 0,
    };
    side(a) * side(b) < 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::NodeIx;
    use crate::text::{Layout, Span, Text};

    fn target(canonical: &str, value: f64, unit: &str, year: u16) -> Target {
        Target {
            node: NodeIx(0),
            span: Span::default(),
            indicator: canonical.to_owned(),
            canonical: Some(canonical.to_owned()),
            comparator: Comparator::Equal,
            value: Some(value),
            value_max: None,
            unit: unit.to_owned(),
            year: Some(year),
            base_year: None,
            kind: TargetKind::Absolute,
            baseline: false,
        }
    }

    fn plan(targets: Vec<Target>) -> Plan {
        Plan { targets, ..crate::plan::read(&Text::new("一、甲\n"), &Layout::default(), &[]) }
    }

    #[test]
    fn a_gap_is_turned_so_that_more_is_better() {
        let indicators = Indicators::builtin();
        for (id, from, to, unit, advantage) in
            [("life_expectancy", 80.0, 81.0, "岁", 1.0), ("infant_mortality", 5.0, 3.0, "‰", 2.0)]
        {
            let (a, b) = (plan(vec![target(id, from, unit, 2020)]), plan(vec![target(id, to, unit, 2020)]));
            let rows = target_table(&a, &b, indicators);
            assert_eq!(rows.len(), 1);
            assert_eq!(
                rows[0].standing,
                Standing::Comparable { gap: to - from, advantage_b: Some(advantage) }
            );
        }
    }

    #[test]
    fn unlike_aims_are_never_subtracted() {
        let base = target("life_expectancy", 80.0, "岁", 2020);
        let cases = [
            (Target { year: Some(2025), ..base.clone() }, Difference::Year),
            (Target { year: None, ..base.clone() }, Difference::Year),
            (Target { unit: "%".to_owned(), ..base.clone() }, Difference::Unit),
            (Target { kind: TargetKind::Relative, ..base.clone() }, Difference::Kind),
            (Target { base_year: Some(2015), ..base.clone() }, Difference::Base),
            (Target { value_max: Some(82.0), ..base.clone() }, Difference::Value),
            (Target { indicator: "农村居民人均预期寿命".to_owned(), ..base.clone() }, Difference::Kind),
        ];
        for (other, difference) in cases {
            let found = standing(&base, &other, Indicators::builtin().get("life_expectancy"));
            assert!(
                matches!(&found, Standing::Different(set) if set.contains(&difference)),
                "{difference:?}: {found:?}"
            );
        }
    }

    #[test]
    fn baseline_aim_and_earlier_years_of_an_indicator_share_a_row() {
        let baseline = Target { baseline: true, ..target("life_expectancy", 79.0, "岁", 2015) };
        let a = plan(vec![
            baseline,
            target("life_expectancy", 80.0, "岁", 2018),
            target("life_expectancy", 81.0, "岁", 2020),
        ]);
        let rows = target_table(&a, &plan(Vec::new()), Indicators::builtin());
        assert_eq!(rows[0].a, Some(Aim { baseline: Some(0), target: Some(2), others: vec![1] }));
        assert_eq!(rows[0].standing, Standing::OnlyA);
    }
}
