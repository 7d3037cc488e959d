//! What the views of the comparison show is worked out in the background; here is when, and what for.
//!
//! Two steps: what depends on the two plans and the codebook alone (items, suggestions, alignment: [`Paired`], kept
//! for the last pairs), and what depends on tags, decisions and filters too ([`Compared`], cheap). Each result carries
//! the key it was worked out for; a result whose key is no longer wanted is discarded. How: see `compared`.

use super::compared::{Compared, Paired};
use super::{CompareView, Counting, MatrixRows};
use crate::annotation::{Codebook, Sheet};
use crate::app::{App, Screen};
use crate::insight::{Filter, Overlap};
use crate::plan::Plan;
use crate::project::{Links, PlanId};
use std::sync::Arc;

/// How many pairs are kept.
const PAIRS_KEPT: usize = 4;

/// The two plans and the codebook that something was worked out for.
#[derive(Clone)]
pub(in crate::app) struct PairKey {
    pub(super) ids: [PlanId; 2],
    pub(super) plans: [Arc<Plan>; 2],
    pub(super) book: Arc<Codebook>,
}

impl PartialEq for PairKey {
    fn eq(&self, other: &Self) -> bool {
        let same = |side: usize| Arc::ptr_eq(&self.plans[side], &other.plans[side]);
        self.ids == other.ids && same(0) && same(1) && Arc::ptr_eq(&self.book, &other.book)
    }
}

/// All that the shown comparison depends on.
#[derive(Clone)]
pub(in crate::app) struct ShownKey {
    pub(super) pair: PairKey,
    pub(super) sheets: [Option<Arc<Sheet>>; 2],
    pub(super) links: Option<Arc<Links>>,
    pub(super) counting: Option<Counting>,
    pub(super) rows: MatrixRows,
    pub(super) filter: Filter,
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
pub(in crate::app) enum CompareOutcome {
    Paired(PairKey, Arc<Paired>),
    Shown(ShownKey, Arc<Compared>),
    Overlap(PairKey, Arc<Overlap>),
    /// A file was written, or could not be.
    Exported(Result<std::path::PathBuf, Arc<crate::project::ProjectError>>),
}

/// What was worked out, and what is being worked out.
#[derive(Default)]
pub(in crate::app) struct Comparing {
    pairs: Vec<(PairKey, Arc<Paired>)>,
    pairing: Option<PairKey>,
    shown: Option<(ShownKey, Arc<Compared>)>,
    showing: Option<ShownKey>,
    overlap: Option<(PairKey, Arc<Overlap>)>,
    overlapping: Option<PairKey>,
    pub(super) exporting: usize,
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
    pub(in crate::app) fn follow_comparison(&mut self) {
        if self.view.screen != Screen::Compare {
            return;
        }
        let Some(pair) = self.pair_key() else { return };
        if self.view.compare.view == CompareView::Versions {
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
    pub(in crate::app) fn take_in_compared(&mut self, outcome: CompareOutcome) {
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
