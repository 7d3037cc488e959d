//! The comparison: which two plans, which view of them, what is in focus, and the commands that change it.
//!
//! Read in this order: here, `job` and `compared` (what the views show, worked out in the background), `links`
//! (decisions on matches and the basket, edits like any other), `export` (what a view shows, written into a file).

mod compared;
mod export;
mod job;
mod links;

pub use compared::Compared;
pub use export::{Chart, Form, clause_number};
pub(super) use job::{CompareOutcome, Comparing};

use super::{App, Side};
use crate::annotation::TagId;
use crate::insight::{Filter, Presence, Subject};
use crate::plan::NodeIx;
use crate::project::{LinkId, LinkStatus, PlanId};
use crate::text::Span;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The views of a comparison, in the order of their keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CompareView {
    /// What either side has on each theme.
    #[default]
    Themes,
    /// The items of one theme next to each other.
    Reading,
    /// Which items correspond.
    Matches,
    /// Quantitative aims by indicator.
    Targets,
    /// Both texts whole.
    Texts,
    /// What was taken over from the other text, word by word.
    Versions,
    /// Excerpts kept for the report.
    Basket,
}

impl CompareView {
    /// All views.
    pub const ALL: [Self; 7] = [
        Self::Themes,
        Self::Reading,
        Self::Matches,
        Self::Targets,
        Self::Texts,
        Self::Versions,
        Self::Basket,
    ];
}

/// Which tags of items are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counting {
    /// Those that the coder put.
    Tagged,
    /// Those that the words of the items suggest.
    Suggested,
}

/// What the rows of the matrix are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatrixRows {
    /// The tags of this facet.
    Facet(String),
    /// The domains of Healthy China 2030.
    Domains,
}

impl Default for MatrixRows {
    fn default() -> Self {
        Self::Facet("theme".to_owned())
    }
}

/// Which items the lists of matches show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MatchFilter {
    /// All.
    #[default]
    All,
    /// Those without a counterpart.
    Unmatched,
    /// Those that a person confirmed.
    Confirmed,
}

/// What is compared, and how it is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompareState {
    /// The plan on the left.
    pub a: Option<PlanId>,
    /// The plan on the right.
    pub b: Option<PlanId>,
    /// The view.
    pub view: CompareView,
    /// The theme (or domain) in focus, in the matrix and in the aligned reading.
    pub subject: Option<Subject>,
    /// What is counted; `None`: tags where both plans have some, else suggestions.
    pub counting: Option<Counting>,
    /// What the rows of the matrix are.
    pub rows: MatrixRows,
    /// Which items the matrix counts.
    pub filter: Filter,
    /// Which rows of the matrix are shown; `None`: all.
    pub presence: Option<Presence>,
    /// Tags whose children are folded away in the matrix.
    pub folded: BTreeSet<TagId>,
    /// The side whose item is in focus.
    pub side: Side,
    /// The item in focus of A and of B.
    pub focus: [Option<NodeIx>; 2],
    /// Which items the lists of matches show.
    pub matches: MatchFilter,
    /// Whether the two texts scroll each by itself.
    pub unlocked: bool,
}

impl CompareState {
    /// The plan of one side.
    pub fn side(&self, side: Side) -> Option<PlanId> {
        match side {
            Side::A => self.a,
            Side::B => self.b,
        }
    }

    /// The item in focus of one side.
    pub fn focus_of(&self, side: Side) -> Option<NodeIx> {
        self.focus[side.index()]
    }
}

impl Side {
    /// Both, left first.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    /// 0 for A, 1 for B.
    pub fn index(self) -> usize {
        usize::from(self == Self::B)
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        if self == Self::A { Self::B } else { Self::A }
    }
}

/// What can be done in the comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum CompareCommand {
    /// Compare these two.
    Pair(PlanId, PlanId),
    /// Show a view.
    View(CompareView),
    /// Put a theme or domain in focus.
    Subject(Option<Subject>),
    /// Count tags or suggestions.
    Counting(Counting),
    /// What the rows of the matrix are.
    Rows(MatrixRows),
    /// Which items the matrix counts.
    Filter(Filter),
    /// Which rows of the matrix are shown.
    Presence(Option<Presence>),
    /// Fold or unfold a tag of the matrix.
    Fold(TagId),
    /// Put an item of a side in focus.
    Focus(Side, NodeIx),
    /// Which items the lists of matches show.
    Matches(MatchFilter),
    /// Whether the two texts scroll each by itself.
    Unlock(bool),
    /// Confirm or reject that an item of A and one of B correspond; the same again takes it back.
    Judge(LinkStatus, NodeIx, NodeIx),
    /// The same for two targets, given by their places in the texts of A and B.
    JudgeTargets(LinkStatus, Span, Span),
    /// Keep some words of a plan in the basket.
    Keep(PlanId, Span),
    /// Take an excerpt out of the basket.
    Drop(LinkId),
    /// Move an excerpt in the basket by so many places (negative: up).
    Move(LinkId, i32),
    /// Write the note of an excerpt.
    ExcerptNote(LinkId, String),
    /// Write what a view shows into a file.
    Export(CompareView, Form, PathBuf),
}

/// How many pairs are remembered.
const RECENT_PAIRS: usize = 12;

impl App {
    pub(in crate::app) fn run_compare(&mut self, command: CompareCommand) {
        let compare = &mut self.view.compare;
        match command {
            CompareCommand::Pair(a, b) => {
                (compare.a, compare.b) = (Some(a), Some(b));
                self.pair_chosen();
            }
            CompareCommand::View(view) => {
                compare.view = view;
                if view == CompareView::Basket {
                    self.request_basket();
                }
            }
            CompareCommand::Subject(subject) => compare.subject = subject,
            CompareCommand::Counting(counting) => compare.counting = Some(counting),
            CompareCommand::Rows(rows) => {
                compare.rows = rows;
                compare.subject = None;
            }
            CompareCommand::Filter(filter) => compare.filter = filter,
            CompareCommand::Presence(presence) => compare.presence = presence,
            CompareCommand::Fold(tag) => {
                if !compare.folded.remove(&tag) {
                    compare.folded.insert(tag);
                }
            }
            CompareCommand::Focus(side, node) => {
                compare.side = side;
                compare.focus[side.index()] = Some(node);
            }
            CompareCommand::Matches(filter) => compare.matches = filter,
            CompareCommand::Unlock(unlocked) => compare.unlocked = unlocked,
            CompareCommand::Judge(status, a, b) => self.judge(status, a, b),
            CompareCommand::JudgeTargets(status, a, b) => self.judge_targets(status, a, b),
            CompareCommand::Keep(plan, span) => self.keep_excerpt(plan, span),
            CompareCommand::Drop(id) => self.drop_excerpt(id),
            CompareCommand::Move(id, by) => self.move_excerpt(id, by),
            CompareCommand::ExcerptNote(id, note) => self.set_excerpt_note(id, &note),
            CompareCommand::Export(view, form, path) => self.export_comparison(view, form, path),
        }
    }

    pub(in crate::app) fn set_side(&mut self, side: Side, plan: PlanId) {
        match side {
            Side::A => self.view.compare.a = Some(plan),
            Side::B => self.view.compare.b = Some(plan),
        }
        self.pair_chosen();
    }

    pub(in crate::app) fn swap_sides(&mut self) {
        let compare = &mut self.view.compare;
        std::mem::swap(&mut compare.a, &mut compare.b);
        compare.focus.swap(0, 1);
        let filter = &mut compare.filter;
        std::mem::swap(&mut filter.section_a, &mut filter.section_b);
        compare.presence = compare.presence.map(|presence| match presence {
            Presence::OnlyA => Presence::OnlyB,
            Presence::OnlyB => Presence::OnlyA,
            other => other,
        });
    }

    pub(in crate::app) fn compare_theme(&mut self, theme: Option<TagId>) {
        self.view.compare.subject = theme.map(Subject::Tag);
        self.view.compare.view = CompareView::Reading;
    }

    /// Gives an empty side of the comparison a plan: A the one in the reader, B the next of another city.
    pub(in crate::app) fn fill_sides(&mut self) {
        let order = self.library();
        let compare = &self.view.compare;
        let a = compare.a.or(self.view.plan).or(order.first().copied());
        let other = |&&id: &&PlanId| Some(id) != a && self.city_of(id) != a.and_then(|a| self.city_of(a));
        let b = compare
            .b
            .or(order.iter().find(other).copied())
            .or(order.iter().find(|&&id| Some(id) != a).copied());
        (self.view.compare.a, self.view.compare.b) = (a, b);
        for plan in [a, b].into_iter().flatten() {
            self.request_plan(plan);
        }
    }

    /// Another plan on a side: what was in focus belongs to the former one.
    fn pair_chosen(&mut self) {
        let compare = &mut self.view.compare;
        compare.focus = [None, None];
        (compare.filter.section_a, compare.filter.section_b) = (None, None);
        let (a, b) = (compare.a, compare.b);
        for plan in [a, b].into_iter().flatten() {
            self.request_plan(plan);
        }
        if let (Some(a), Some(b)) = (a, b)
            && a != b
        {
            let recent = &mut self.settings.recent_pairs;
            if recent.first() != Some(&(a, b)) {
                recent.retain(|&pair| pair != (a, b) && pair != (b, a));
                recent.insert(0, (a, b));
                recent.truncate(RECENT_PAIRS);
                self.save_settings();
            }
        }
    }

    fn city_of(&self, id: PlanId) -> Option<&str> {
        let record = &self.project.as_ref()?.plans.get(&id)?.record;
        Some(record.metadata.place.as_ref()?.value.city.as_str())
    }
}
