//! What the views of the comparison show, worked out in the background.
//!
//! Two steps: what depends on the two plans and the codebook alone (items, suggestions, alignment: [`Paired`], kept
//! for the last pairs), and what depends on tags, decisions and filters too ([`Compared`], cheap). Each result carries
//! the key it was worked out for; a result whose key is no longer wanted is discarded.

use super::compare::{Counting, MatrixRows};
use super::{App, Screen, Side};
use crate::annotation::{Codebook, Sheet};
use crate::insight::{
    Basis, Borrowed, Comparison, Filter, Item, Matrix, MatrixSide, Rows, Stretch, Suggester, Tagged,
    borrowed, compare_tagged, coverage, diff, item_of, items, matrix, pair_targets, suggested, tagged,
};
use crate::plan::{Indicators, NodeIx, Plan, Segments};
use crate::project::{End, LinkKind, LinkStatus, Links, PlanId};
use crate::text::{Span, Text};
use std::sync::Arc;

/// How many pairs are kept.
const PAIRS_KEPT: usize = 4;

/// What is known of two plans whatever a person tags or decides.
pub struct Paired {
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

/// What each plan takes over from the other, with the word difference to where it was taken from.
pub struct Overlap {
    /// By side; in the order of the items.
    pub sides: [Vec<Taken>; 2],
    /// Share of all chars of the items taken over, by side.
    pub shares: [f32; 2],
}

/// What an item takes over.
pub struct Taken {
    /// How much, and from where.
    pub borrowed: Borrowed,
    /// From the source (first) to the item (second); empty where it has no source.
    pub diff: Vec<Stretch>,
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

/// The two plans and the codebook that something was worked out for.
#[derive(Clone)]
pub(super) struct PairKey {
    ids: [PlanId; 2],
    plans: [Arc<Plan>; 2],
    book: Arc<Codebook>,
}

impl PartialEq for PairKey {
    fn eq(&self, other: &Self) -> bool {
        let same = |side: usize| Arc::ptr_eq(&self.plans[side], &other.plans[side]);
        self.ids == other.ids && same(0) && same(1) && Arc::ptr_eq(&self.book, &other.book)
    }
}

/// All that the shown comparison depends on.
#[derive(Clone)]
pub(super) struct ShownKey {
    pair: PairKey,
    sheets: [Option<Arc<Sheet>>; 2],
    links: Option<Arc<Links>>,
    counting: Option<Counting>,
    rows: MatrixRows,
    filter: Filter,
}

impl PartialEq for ShownKey {
    fn eq(&self, other: &Self) -> bool {
        self.pair == other.pair
            && same(self.sheets[0].as_ref(), other.sheets[0].as_ref())
            && same(self.sheets[1].as_ref(), other.sheets[1].as_ref())
            && same(self.links.as_ref(), other.links.as_ref())
            && (self.counting, &self.rows, &self.filter) == (other.counting, &other.rows, &other.filter)
    }
}

fn same<T>(a: Option<&Arc<T>>, b: Option<&Arc<T>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (None, None) => true,
        _ => false,
    }
}

/// A result of the background.
pub(super) enum CompareOutcome {
    Paired(PairKey, Arc<Paired>),
    Shown(ShownKey, Arc<Compared>),
    Overlap(PairKey, Arc<Overlap>),
    /// A file was written, or could not be.
    Exported(Result<std::path::PathBuf, Arc<crate::project::ProjectError>>),
}

/// What was worked out, and what is being worked out.
#[derive(Default)]
pub(super) struct Comparing {
    pairs: Vec<(PairKey, Arc<Paired>)>,
    pairing: Option<PairKey>,
    shown: Option<(ShownKey, Arc<Compared>)>,
    showing: Option<ShownKey>,
    overlap: Option<(PairKey, Arc<Overlap>)>,
    overlapping: Option<PairKey>,
    pub exporting: usize,
}

impl Comparing {
    pub fn is_busy(&self) -> bool {
        self.pairing.is_some() || self.showing.is_some() || self.overlapping.is_some() || self.exporting > 0
    }
}

impl App {
    /// What the views of the comparison show; `None` while it is being worked out for the first time.
    pub fn compared(&self) -> Option<&Arc<Compared>> {
        let shown = self.comparing.shown.as_ref().map(|(_, compared)| compared)?;
        let compare = &self.view.compare;
        (compare.a == Some(shown.ids[0]) && compare.b == Some(shown.ids[1])).then_some(shown)
    }

    /// What the two plans take over from each other; `None` while it is being worked out.
    pub fn overlap(&self) -> Option<&Arc<Overlap>> {
        let (key, overlap) = self.comparing.overlap.as_ref()?;
        (self.pair_key().as_ref() == Some(key)).then_some(overlap)
    }

    /// Whether what is shown of the comparison is about to be replaced.
    pub fn is_comparing(&self) -> bool {
        self.comparing.pairing.is_some() || self.comparing.showing.is_some()
    }

    fn pair_key(&self) -> Option<PairKey> {
        let compare = &self.view.compare;
        let ids = [compare.a?, compare.b?];
        let plan = |id: PlanId| self.plans.get(&id).map(|open| open.plan.clone());
        let book = self.project.as_ref()?.codebook.clone();
        Some(PairKey { ids, plans: [plan(ids[0])?, plan(ids[1])?], book })
    }

    fn shown_key(&self, pair: PairKey) -> Option<ShownKey> {
        let (project, coder, compare) = (self.project.as_ref()?, self.coder(), &self.view.compare);
        let sheet = |id: PlanId| project.plans.get(&id)?.sheets.as_ref()?.get(&coder).cloned();
        Some(ShownKey {
            sheets: pair.ids.map(sheet),
            links: project.links.get(&coder).cloned(),
            counting: compare.counting,
            rows: compare.rows.clone(),
            filter: compare.filter.clone(),
            pair,
        })
    }

    /// Starts what is missing of what the comparison shows. Cheap where nothing is.
    pub(super) fn follow_comparison(&mut self) {
        if self.view.screen != Screen::Compare {
            return;
        }
        let Some(pair) = self.pair_key() else { return };
        if self.view.compare.view == super::CompareView::Versions {
            self.follow_overlap(&pair);
        }
        let Some((_, paired)) = self.comparing.pairs.iter().find(|(key, _)| *key == pair) else {
            if self.comparing.pairing.as_ref() != Some(&pair) {
                self.comparing.pairing = Some(pair.clone());
                self.jobs.compare(self.generation, move || {
                    let paired = Paired::new(&pair);
                    CompareOutcome::Paired(pair, Arc::new(paired))
                });
            }
            return;
        };
        let paired = paired.clone();
        let Some(key) = self.shown_key(pair) else { return };
        let known = self.comparing.shown.as_ref().is_some_and(|(shown, _)| *shown == key);
        if known || self.comparing.showing.as_ref() == Some(&key) {
            return;
        }
        self.comparing.showing = Some(key.clone());
        self.jobs.compare(self.generation, move || {
            let compared = Compared::new(&key, &paired);
            CompareOutcome::Shown(key, Arc::new(compared))
        });
    }

    /// Reads the plans that the basket quotes, for their clause numbers.
    pub(super) fn request_basket(&mut self) {
        let Some(links) = self.links().cloned() else { return };
        for excerpt in links.basket() {
            if !self.plans.contains_key(&excerpt.at.plan) {
                self.request_plan(excerpt.at.plan);
            }
        }
    }

    fn follow_overlap(&mut self, pair: &PairKey) {
        let known = self.comparing.overlap.as_ref().is_some_and(|(key, _)| key == pair);
        if known || self.comparing.overlapping.as_ref() == Some(pair) {
            return;
        }
        self.comparing.overlapping = Some(pair.clone());
        let pair = pair.clone();
        self.jobs.compare(self.generation, move || {
            let overlap = Overlap::new(&pair.plans);
            CompareOutcome::Overlap(pair, Arc::new(overlap))
        });
    }

    /// Takes in a result, if it is still wanted.
    pub(super) fn take_in_compared(&mut self, outcome: CompareOutcome) {
        let comparing = &mut self.comparing;
        match outcome {
            CompareOutcome::Paired(key, paired) => {
                if comparing.pairing.as_ref() == Some(&key) {
                    comparing.pairing = None;
                }
                comparing.pairs.retain(|(known, _)| known.ids != key.ids);
                comparing.pairs.insert(0, (key, paired));
                comparing.pairs.truncate(PAIRS_KEPT);
            }
            CompareOutcome::Shown(key, compared) => {
                if comparing.showing.as_ref() == Some(&key) {
                    comparing.showing = None;
                    comparing.shown = Some((key, compared));
                }
            }
            CompareOutcome::Overlap(key, overlap) => {
                if comparing.overlapping.as_ref() == Some(&key) {
                    comparing.overlapping = None;
                    comparing.overlap = Some((key, overlap));
                }
            }
            CompareOutcome::Exported(result) => self.exported(result),
        }
        self.follow_comparison();
    }
}

impl Paired {
    fn new(key: &PairKey) -> Self {
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
    fn new(key: &ShownKey, paired: &Paired) -> Self {
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

impl Overlap {
    fn new(plans: &[Arc<Plan>; 2]) -> Self {
        let of = |own: &Plan, other: &Plan| {
            let (own_items, other_items) = (items(own), items(other));
            let words = |items: &[Item], node: NodeIx| -> Option<Segments> {
                items.binary_search_by_key(&node, |item| item.node).ok().map(|at| items[at].words.clone())
            };
            let taken = borrowed(own, other).into_iter().map(|borrowed| {
                let source = borrowed.source.and_then(|node| words(&other_items, node));
                let diff = source
                    .zip(words(&own_items, borrowed.node))
                    .map(|(source, words)| diff((&other.text, &source), (&own.text, &words)));
                Taken { diff: diff.unwrap_or_default(), borrowed }
            });
            let taken: Vec<Taken> = taken.collect();
            let all: u32 = own_items.iter().map(|item| item.words.len()).sum();
            let common: u32 = taken.iter().map(|taken| taken.borrowed.words.len()).sum();
            (taken, common as f32 / all.max(1) as f32)
        };
        let (a, share_a) = of(&plans[0], &plans[1]);
        let (b, share_b) = of(&plans[1], &plans[0]);
        Self { sides: [a, b], shares: [share_a, share_b] }
    }
}
