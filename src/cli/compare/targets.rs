//! The printed form of the target table.

use crate::cli::targets::TargetView;
use crate::insight::{Aim, Difference, Standing, TargetRow};
use crate::plan::{Direction, Plan};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct TargetRowView {
    pub(super) indicator: String,
    pub(super) canonical: Option<String>,
    /// `up`, `down`, `none`: which way is better.
    pub(super) direction: &'static str,
    /// `comparable`, `different`, `only_a`, `only_b`.
    pub(super) group: &'static str,
    pub(super) differences: Vec<&'static str>,
    /// B less A, where comparable.
    pub(super) gap: Option<f64>,
    /// The gap turned so that more is better.
    pub(super) advantage_b: Option<f64>,
    pub(super) a: Option<AimView>,
    pub(super) b: Option<AimView>,
}

#[derive(Debug, Serialize)]
pub(super) struct AimView {
    pub(super) baseline: Option<TargetView>,
    pub(super) target: Option<TargetView>,
    pub(super) others: Vec<TargetView>,
}

impl TargetRowView {
    pub(super) fn of(a: &Plan, b: &Plan, row: &TargetRow) -> Self {
        let (group, differences, gap, advantage_b) = match &row.standing {
            Standing::Comparable { gap, advantage_b } => ("comparable", Vec::new(), Some(*gap), *advantage_b),
            Standing::Different(set) => {
                ("different", set.iter().copied().map(difference).collect(), None, None)
            }
            Standing::OnlyA => ("only_a", Vec::new(), None, None),
            Standing::OnlyB => ("only_b", Vec::new(), None, None),
        };
        Self {
            indicator: row.name.clone(),
            canonical: row.canonical.clone(),
            direction: match row.direction {
                Direction::Up => "up",
                Direction::Down => "down",
                Direction::None => "none",
            },
            group,
            differences,
            gap,
            advantage_b,
            a: row.a.as_ref().map(|aim| AimView::of(a, aim)),
            b: row.b.as_ref().map(|aim| AimView::of(b, aim)),
        }
    }
}

fn difference(difference: Difference) -> &'static str {
    match difference {
        Difference::Year => "year",
        Difference::Unit => "unit",
        Difference::Kind => "kind",
        Difference::Base => "base_year",
        Difference::Bound => "bound",
        Difference::Value => "value",
        Difference::Aim => "baseline_alone",
    }
}

impl AimView {
    pub(super) fn of(plan: &Plan, aim: &Aim) -> Self {
        let value = |index: usize| plan.targets.get(index).map(|target| TargetView::of(plan, target));
        Self {
            baseline: aim.baseline.and_then(value),
            target: aim.target.and_then(value),
            others: aim.others.iter().copied().filter_map(value).collect(),
        }
    }
}
