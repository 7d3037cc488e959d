//! What the views of the comparison show: two plans, their matrix, matches and targets, with what a person decided.
//!
//! Not here: when it is worked out (see `job`).

use super::job::{PairKey, ShownKey};
use super::{Counting, MatrixRows};
use crate::app::Side;
use crate::insight::{
    Basis, Comparison, Filter, Item, Matrix, MatrixSide, Rows, Suggester, Tagged, compare_tagged, coverage,
    item_of, items, matrix, pair_targets, suggested, tagged,
};
use crate::plan::{Indicators, NodeIx, Plan};
use crate::project::{End, LinkKind, LinkStatus, PlanId};
use crate::text::{Span, Text};
use std::sync::Arc;

/// What is known of two plans whatever a person tags or decides.
pub(in crate::app) struct Paired {
    /// Counted by suggestions, without decisions.
    comparison: Comparison,
    /// Suggested tags of all facets, A and B.
    suggested: [Vec<Tagged>; 2],
    suggester: Arc<Suggester>,
}

/// What the views show.
pub struct Compared {
    /// The two plans.
    pub ids: [PlanId; 2],
    /// Their text, as it was compared.
    pub plans: [Arc<Plan>; 2],
    /// Everything, by the tags that are counted, with the coder's decisions applied.
    pub comparison: Comparison,
    /// The matrix as filtered and with the rows that were chosen.
    pub matrix: Matrix,
    /// Which tags are counted.
    pub counting: Counting,
    /// The tags that are counted, of all facets.
    pub tagged: [Vec<Tagged>; 2],
    /// Finds the words that speak for a theme.
    pub suggester: Arc<Suggester>,
    /// Pairs of items that a person confirmed (A, B).
    pub confirmed: Vec<(NodeIx, NodeIx)>,
    /// Pairs of items that a person rejected.
    pub rejected: Vec<(NodeIx, NodeIx)>,
    /// Decisions whose words are no longer found for certain.
    pub unanchored: usize,
}

impl Compared {
    /// The plan of a side.
    pub fn plan(&self, side: Side) -> &Arc<Plan> {
        &self.plans[side.index()]
    }

    /// The items of a side.
    pub fn items(&self, side: Side) -> &[Item] {
        match side {
            Side::A => &self.comparison.items_a,
            Side::B => &self.comparison.items_b,
        }
    }

    /// The item of a side that stands for this node.
    pub fn item(&self, side: Side, node: NodeIx) -> Option<&Item> {
        let items = self.items(side);
        items.binary_search_by_key(&node, |item| item.node).ok().map(|at| &items[at])
    }
}

impl Paired {
    pub(super) fn new(key: &PairKey) -> Self {
        let of = |plan: &Plan| {
            let items = items(plan);
            let facets = key.book.facets.iter();
            facets.flat_map(|facet| suggested(plan, &items, &key.book, &facet.id)).collect::<Vec<_>>()
        };
        let [a, b] = &key.plans;
        let suggested = [of(a), of(b)];
        let comparison = compare_tagged(a, b, &key.book, &suggested[0], &suggested[1]);
        let suggester = Arc::new(Suggester::new(&key.book, "theme"));
        Self { comparison, suggested, suggester }
    }
}

impl Compared {
    pub(super) fn new(key: &ShownKey, paired: &Paired) -> Self {
        let PairKey { ids, plans, book } = &key.pair;
        let [a, b] = plans;
        let mut comparison = paired.comparison.clone();
        let own = |side: usize, items: &[Item]| {
            let sheet = key.sheets[side].iter().flat_map(|sheet| sheet.iter());
            tagged(&plans[side], items, sheet)
        };
        let own = [own(0, &comparison.items_a), own(1, &comparison.items_b)];
        let counting = key.counting.unwrap_or(if own.iter().any(Vec::is_empty) {
            Counting::Suggested
        } else {
            Counting::Tagged
        });
        let tagged = match counting {
            Counting::Tagged => own,
            Counting::Suggested => paired.suggested.clone(),
        };
        let judged = Judged::new(key, &comparison);
        comparison.alignment.judge(&judged.confirmed, &judged.rejected);
        let side_a = MatrixSide { plan: a, items: &comparison.items_a, tagged: &tagged[0] };
        let side_b = MatrixSide { plan: b, items: &comparison.items_b, tagged: &tagged[1] };
        let by = |facet: &str, rows, filter: &Filter| matrix(side_a, side_b, book, facet, rows, filter);
        let (facet, rows) = match &key.rows {
            MatrixRows::Facet(facet) => (facet.as_str(), Rows::Tags),
            MatrixRows::Domains => ("theme", Rows::Domains),
        };
        let shown = by(facet, rows, &key.filter);
        if counting == Counting::Tagged {
            let whole = Filter::default();
            let (themes, domains) = (by("theme", Rows::Tags, &whole), by("theme", Rows::Domains, &whole));
            (comparison.matrix, comparison.domains) = (themes, domains);
        }
        comparison.basis = match counting {
            Counting::Tagged => Basis::Tagged,
            Counting::Suggested => Basis::Suggested,
        };
        comparison.coverage = coverage(&comparison.matrix, &comparison.alignment);
        let indicators = Indicators::builtin();
        pair_targets(
            &mut comparison.targets,
            (a, b),
            &judged.target_pairs,
            &judged.targets_apart,
            indicators,
        );
        Self {
            ids: *ids,
            plans: plans.clone(),
            matrix: shown,
            counting,
            tagged,
            suggester: paired.suggester.clone(),
            confirmed: judged.confirmed,
            rejected: judged.rejected,
            unanchored: judged.unanchored,
            comparison,
        }
    }
}

/// The coder's decisions on a pair of plans, found in their texts.
#[derive(Default)]
struct Judged {
    confirmed: Vec<(NodeIx, NodeIx)>,
    rejected: Vec<(NodeIx, NodeIx)>,
    /// Indices of targets of A and B.
    target_pairs: Vec<(usize, usize)>,
    targets_apart: Vec<(usize, usize)>,
    unanchored: usize,
}

impl Judged {
    fn new(key: &ShownKey, comparison: &Comparison) -> Self {
        let mut judged = Self::default();
        let [a, b] = &key.pair.plans;
        for link in key.links.iter().flat_map(|links| links.links()) {
            let Some((end_a, end_b)) = link.between(key.pair.ids[0], key.pair.ids[1]) else { continue };
            match link.on {
                LinkKind::Item => {
                    let found =
                        item_at(a, &comparison.items_a, end_a).zip(item_at(b, &comparison.items_b, end_b));
                    match (found, link.status) {
                        (Some(pair), LinkStatus::Confirmed) => judged.confirmed.push(pair),
                        (Some(pair), LinkStatus::Rejected) => judged.rejected.push(pair),
                        (None, _) => judged.unanchored += 1,
                    }
                }
                LinkKind::Target => match (target_at(a, end_a).zip(target_at(b, end_b)), link.status) {
                    (Some(pair), LinkStatus::Confirmed) => judged.target_pairs.push(pair),
                    (Some(pair), LinkStatus::Rejected) => judged.targets_apart.push(pair),
                    (None, _) => judged.unanchored += 1,
                },
            }
        }
        judged
    }
}

/// Where an end is for certain.
fn place(text: &Text, end: &End) -> Option<Span> {
    Some(end.anchor.find(text)).filter(|place| place.is_certain()).and_then(crate::annotation::Place::span)
}

fn item_at(plan: &Plan, items: &[Item], end: &End) -> Option<NodeIx> {
    let at = place(&plan.text, end)?;
    let index = item_of(items, plan, plan.outline.at(at.start)?)?;
    Some(items[index].node)
}

/// An aim before a baseline, where both were read from the same words.
fn target_at(plan: &Plan, end: &End) -> Option<usize> {
    let at = place(&plan.text, end)?;
    let here = || plan.targets.iter().enumerate().filter(|(_, target)| target.span == at);
    here().find(|(_, target)| !target.baseline).or_else(|| here().next()).map(|(index, _)| index)
}
