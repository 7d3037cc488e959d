//! Moving about: focus, folding, back and forward.

use super::{App, Destination, Reading, Screen};
use crate::plan::{NodeIx, Plan, find_clause};
use crate::project::PlanId;

/// A place a person was at.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spot {
    screen: Screen,
    plan: Option<PlanId>,
    focus: Option<NodeIx>,
}

/// The places a person came through.
#[derive(Debug, Default)]
pub struct Trail {
    behind: Vec<Spot>,
    ahead: Vec<Spot>,
}

impl Trail {
    pub(super) fn can_go_back(&self) -> bool {
        !self.behind.is_empty()
    }

    pub(super) fn can_go_forward(&self) -> bool {
        !self.ahead.is_empty()
    }
}

impl App {
    fn spot(&self) -> Spot {
        let focus = self.view.plan.and_then(|plan| self.reading(plan)?.focus);
        Spot { screen: self.view.screen, plan: self.view.plan, focus }
    }

    /// Remembers the present place before going elsewhere.
    pub(super) fn leave(&mut self) {
        let spot = self.spot();
        if self.trail.behind.last() != Some(&spot) {
            self.trail.behind.push(spot);
        }
        self.trail.ahead.clear();
        self.history.close();
    }

    pub(super) fn back(&mut self) {
        let here = self.spot();
        while let Some(spot) = self.trail.behind.pop() {
            if spot != here {
                self.trail.ahead.push(here);
                return self.go(&spot);
            }
        }
    }

    pub(super) fn forward(&mut self) {
        if let Some(spot) = self.trail.ahead.pop() {
            self.trail.behind.push(self.spot());
            self.go(&spot);
        }
    }

    fn go(&mut self, spot: &Spot) {
        self.view.screen = spot.screen;
        self.view.plan = spot.plan;
        self.follow_find();
        if let Some(plan) = spot.plan {
            self.request_plan(plan);
            if let Some(focus) = spot.focus {
                self.set_focus(plan, focus);
            }
        }
    }

    pub(super) fn reading_mut(&mut self, plan: PlanId) -> &mut Reading {
        self.view.reading.entry(plan).or_default()
    }

    pub(super) fn open_plan(&mut self, plan: PlanId) {
        if self.view.plan.is_some_and(|open| open != plan) || self.view.screen != Screen::Read {
            self.leave();
        }
        self.view.screen = Screen::Read;
        self.view.plan = Some(plan);
        self.request_plan(plan);
        self.focus_first(plan);
        self.follow_find();
    }

    /// Opens a plan at a place; where it is not read yet, as soon as it is.
    pub(super) fn open_at(&mut self, plan: PlanId, to: Destination) {
        self.leave();
        self.open_plan(plan);
        self.bound_for = Some((plan, to));
        self.arrive(plan);
    }

    /// Goes to the place that a plan was opened for, once it is read.
    pub(super) fn arrive(&mut self, plan: PlanId) {
        let Some((_, to)) = self.bound_for.take_if(|(bound, _)| *bound == plan) else { return };
        let Some(open) = self.plans.get(&plan) else {
            self.bound_for = Some((plan, to));
            return;
        };
        let outline = &open.plan.outline;
        let node = match &to {
            Destination::Clause(clause) => find_clause(&open.plan.text, outline, clause).first().copied(),
            Destination::Char(at) => outline.at(*at),
            Destination::Untagged => open.items.iter().copied().find(|&ix| !open.is_done(ix)),
        };
        if let Some(node) = node {
            self.set_focus(plan, node);
        }
    }

    /// Puts the focus of a plan that has none where it was last time, else on its first node.
    pub(super) fn focus_first(&mut self, plan: PlanId) {
        if self.reading(plan).is_none_or(|reading| reading.focus.is_none()) && self.recall_place(plan) {
            self.reading_mut(plan).reveal += 1;
            return;
        }
        let known = self.plans.get(&plan).is_some_and(|open| !open.plan.outline.nodes.is_empty());
        let reading = self.reading_mut(plan);
        if known && reading.focus.is_none() {
            reading.focus = Some(NodeIx(0));
        }
    }

    pub(super) fn focus(&mut self, plan: PlanId, node: NodeIx) {
        if self.view.screen == Screen::Read && self.view.plan != Some(plan) {
            self.open_plan(plan);
        }
        self.history.close();
        self.set_focus(plan, node);
    }

    fn set_focus(&mut self, plan: PlanId, node: NodeIx) {
        let Some(open) = self.plans.get(&plan) else {
            self.reading_mut(plan).focus = Some(node);
            return;
        };
        let above: Vec<_> = open.plan.outline.ancestors(node).collect();
        let reading = self.reading_mut(plan);
        for ix in above {
            reading.folded.remove(&ix);
        }
        (reading.focus, reading.row, reading.selection) = (Some(node), None, None);
        reading.reveal += 1;
    }

    /// Finds the focus, the top and the folded nodes of a plan again in another reading of it.
    pub(super) fn keep_place(&mut self, id: PlanId, before: &Plan, after: &Plan) {
        let again = |ix: NodeIx| after.outline.at(before.outline.get(ix)?.span.start);
        let reading = self.reading_mut(id);
        reading.row = None;
        reading.divided.clear();
        reading.focus = reading.focus.and_then(again);
        reading.top = reading.top.and_then(again);
        reading.folded = reading.folded.iter().filter_map(|&ix| again(ix)).collect();
    }

    /// Folds all nodes of a level and deeper, so that the levels above it are in view; `None` unfolds all.
    pub(super) fn fold_from(&mut self, plan: PlanId, level: Option<u8>) {
        let Some(open) = self.plans.get(&plan) else { return };
        let outline = &open.plan.outline;
        let deep = |level| outline.iter().filter(move |(_, node)| node.level >= level).map(|(ix, _)| ix);
        let folded = level.map_or_else(Default::default, |level| deep(level).collect());
        let reading = self.reading_mut(plan);
        reading.folded = folded;
        // The place in view stays in view.
        reading.reveal += 1;
    }

    /// Moves the focus over the nodes that the outline shows.
    pub(super) fn step(&mut self, steps: i32) {
        if self.step_inside(steps) {
            return;
        }
        let Some((plan, open)) = self.current() else { return };
        let folded = self.reading(plan).map(|reading| &reading.folded);
        let is_hidden =
            |ix| open.plan.outline.ancestors(ix).any(|up| folded.is_some_and(|f| f.contains(&up)));
        let shown: Vec<_> = open.plan.outline.iter().map(|(ix, _)| ix).filter(|&ix| !is_hidden(ix)).collect();
        let focus = self.reading(plan).and_then(|reading| reading.focus).unwrap_or(NodeIx(0));
        let at = shown.partition_point(|&ix| ix < focus);
        let to = at.saturating_add_signed(steps as isize).min(shown.len().saturating_sub(1));
        if let Some(&to) = shown.get(to) {
            self.focus(plan, to);
        }
    }

    /// Puts the focus on the next item without a tag, from the focus on and round the end.
    pub(super) fn next_untagged(&mut self) {
        let Some((plan, open)) = self.current() else { return };
        let focus = self.reading(plan).and_then(|reading| reading.focus).unwrap_or(NodeIx(0));
        let (before, after) = open.items.split_at(open.items.partition_point(|&ix| ix <= focus));
        let next = after.iter().chain(before).copied().find(|&ix| !open.is_done(ix));
        if let Some(next) = next {
            self.focus(plan, next);
        }
    }
}
