//! Finding words in the open plan: hits, which one is at hand, next and previous; over the edge of a plan it goes on
//! with the next plan of a search across the project.

use super::{App, Destination};
use crate::insight::search::{Query, spans};
use crate::project::PlanId;
use crate::text::{Span, Text};

/// What a person does with the find bar.
#[derive(Clone, Debug, PartialEq)]
pub enum FindCommand {
    /// Show the bar; words give the field its content.
    Open(Option<String>),
    /// Look for these words.
    Set(String),
    /// To the next hit (1) or the one before (-1), round the end.
    Step(i32),
    /// Close the bar; marks go away.
    Close,
    /// Open a plan at a hit of the search across the project: the plan's place in the library, the hit's in the plan.
    OpenHit(usize, usize),
}

/// The find bar.
#[derive(Debug, Default)]
pub struct Find {
    /// Whether the bar is shown.
    pub is_open: bool,
    /// The words.
    pub query: String,
    /// Where they stand in the plan of the reader, in order.
    pub hits: Vec<Span>,
    /// The hit at hand.
    pub at: Option<usize>,
    /// What `hits` was made from.
    of: Option<(PlanId, String)>,
    /// The plan's place in the search across the project, where the bar was opened from there.
    searched: Option<usize>,
    /// The hit to go to as soon as the plan is read.
    wanted: Option<Wanted>,
}

/// A hit to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    First,
    Last,
    At(Span),
}

impl App {
    pub(super) fn run_find(&mut self, command: FindCommand) {
        match command {
            FindCommand::Open(words) => {
                self.find.is_open = true;
                self.find.searched = None;
                if let Some(words) = words {
                    self.find.query = words;
                }
                self.follow_find();
                self.find.at = self.hit_near();
            }
            FindCommand::Set(words) => {
                self.find.query = words;
                self.find.searched = None;
                self.follow_find();
                self.find.at = self.hit_near();
                self.show_hit();
            }
            FindCommand::Step(steps) => self.step_hit(steps),
            FindCommand::Close => {
                let query = std::mem::take(&mut self.find.query);
                self.find = Find { query, ..Find::default() };
            }
            FindCommand::OpenHit(place, hit) => {
                let Some(found) = self.search.found.get(&place) else { return };
                let Some(span) = found.hits.get(hit).map(|hit| hit.span) else { return };
                let plan = found.plan;
                self.open_found(place, plan, Wanted::At(span));
            }
        }
    }

    fn open_found(&mut self, place: usize, plan: PlanId, wanted: Wanted) {
        self.find.is_open = true;
        self.find.query.clone_from(&self.search.query);
        self.find.searched = Some(place);
        self.find.wanted = Some(wanted);
        if self.view.plan != Some(plan) || self.view.screen != super::Screen::Read {
            self.leave();
            self.open_plan(plan);
        }
        self.follow_find();
    }

    /// Brings the hits up to date with the words and the plan in the reader, and goes to the hit that was wanted.
    pub(super) fn follow_find(&mut self) {
        if !self.find.is_open {
            return;
        }
        let open = self.view.plan.and_then(|id| Some((id, self.plans.get(&id)?.plan.text.clone())));
        let Some((id, text)) = open else {
            (self.find.hits, self.find.at, self.find.of) = (Vec::new(), None, None);
            return;
        };
        let of = Some((id, self.find.query.clone()));
        if self.find.of != of {
            self.find.hits = hits(&text, &self.find.query);
            self.find.of = of;
            self.find.at = None;
        }
        let hits = &self.find.hits;
        self.find.at = match self.find.wanted.take() {
            None => return,
            Some(Wanted::First) => (!hits.is_empty()).then_some(0),
            Some(Wanted::Last) => hits.len().checked_sub(1),
            Some(Wanted::At(span)) => hits.iter().position(|hit| hit.start == span.start),
        };
        self.show_hit();
    }

    /// The first hit from the item in focus on.
    fn hit_near(&self) -> Option<usize> {
        let (plan, open) = self.current()?;
        let reading = self.reading(plan)?;
        let from = open.plan.outline.get(reading.focus.or(reading.top)?)?.span.start;
        let at = self.find.hits.partition_point(|hit| hit.start < from);
        (!self.find.hits.is_empty()).then_some(if at < self.find.hits.len() { at } else { 0 })
    }

    fn step_hit(&mut self, steps: i32) {
        if !self.find.is_open {
            self.run_find(FindCommand::Open(None));
        }
        let count = self.find.hits.len();
        // From nowhere to the first or the last.
        let to = match self.find.at {
            Some(at) => at.checked_add_signed(steps as isize).filter(|&to| to < count),
            None => (count > 0).then(|| if steps > 0 { 0 } else { count - 1 }),
        };
        if to.is_none()
            && let Some((place, plan)) = self.neighbour(steps)
        {
            let wanted = if steps > 0 { Wanted::First } else { Wanted::Last };
            return self.open_found(place, plan, wanted);
        }
        let round = (count > 0).then(|| if steps > 0 { 0 } else { count - 1 });
        self.find.at = to.or(round);
        self.show_hit();
    }

    /// The next plan with hits in the search across the project, round the end.
    fn neighbour(&self, steps: i32) -> Option<(usize, PlanId)> {
        let here = self.find.searched?;
        let found = &self.search.found;
        let next = if steps > 0 {
            found.range(here + 1..).next().or_else(|| found.iter().next())
        } else {
            found.range(..here).next_back().or_else(|| found.iter().next_back())
        };
        next.map(|(&place, hits)| (place, hits.plan)).filter(|&(place, _)| place != here)
    }

    /// Brings the hit at hand into view.
    fn show_hit(&mut self) {
        let hit = self.find.at.and_then(|at| self.find.hits.get(at)).copied();
        if let Some((plan, hit)) = self.view.plan.zip(hit) {
            self.bound_for = Some((plan, Destination::Char(hit.start)));
            self.arrive(plan);
        }
    }
}

fn hits(text: &Text, words: &str) -> Vec<Span> {
    Query::new(words).map_or_else(Vec::new, |query| spans(text.as_str(), &query.find(text.as_str())))
}
