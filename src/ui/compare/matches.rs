//! Matches: the items of both cities beside each other, lines from the item in focus to its counterparts, and below
//! the item and its counterparts in full, the words they share marked.
//!
//! Read in this order: here (what is chosen, keys), `lists` (both lists and the lines between them), `focus` (the item in
//! focus with its counterparts), `detail` (how they are shown).

mod detail;
mod focus;
mod lists;

use super::pile::Pile;
use super::{keys, send};
use crate::app::{CompareCommand, Compared, MatchFilter, Side};
use crate::insight::align::Match;
use crate::plan::NodeIx;
use crate::project::LinkStatus;
use crate::ui::cx::{Cx, t};
use egui::{Frame, Key, Margin, Panel, RichText, Ui};
use focus::Focus;
use std::sync::Arc;

/// The view, with what is worked out once for an item.
#[derive(Default)]
pub struct MatchesView {
    key: Option<(Arc<Compared>, MatchFilter)>,
    /// Indices of the items that the lists show.
    shown: [Vec<usize>; 2],
    /// All, unmatched and confirmed items of A and B.
    counts: [[usize; 3]; 2],
    /// Where each list stands, in points.
    offsets: [f32; 2],
    /// Where each list shall stand in the next frame.
    wanted: [Option<f32>; 2],
    focus: Option<Focus>,
    /// Which candidate the keys are on.
    picked: usize,
    /// Which part of the item is asked for; `None`: the whole.
    part: Option<usize>,
    /// Whether the next click on the other side links by hand.
    linking: bool,
    piles: [Pile; 2],
}

fn matches(compared: &Compared, side: Side) -> &[Match] {
    let alignment = &compared.comparison.alignment;
    match side {
        Side::A => &alignment.a,
        Side::B => &alignment.b,
    }
}

fn is_confirmed(found: &Match) -> bool {
    found.candidates.iter().any(|candidate| candidate.confirmed)
}

impl MatchesView {
    /// Shows lists and detail.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Arc<Compared>) {
        self.follow(cx, compared);
        self.read_keys(ui, cx, compared);
        let frame = Frame::new().fill(cx.palette.panel).inner_margin(Margin::symmetric(12, 4));
        Panel::top("match-filters").frame(frame).show(ui, |ui| self.filters_ui(ui, cx));
        let height = (ui.available_height() * 0.52).clamp(180.0, 700.0);
        let plain = Frame::new().fill(cx.palette.ground);
        Panel::bottom("match-detail").frame(plain).resizable(true).default_size(height).show(ui, |ui| {
            self.detail_ui(ui, cx, compared);
        });
        self.lists_ui(ui, cx, compared);
    }

    fn follow(&mut self, cx: &Cx<'_>, compared: &Arc<Compared>) {
        let compare = &cx.app.view.compare;
        let filter = compare.matches;
        let current =
            self.key.as_ref().is_some_and(|(at, known)| Arc::ptr_eq(at, compared) && *known == filter);
        if !current {
            for side in Side::BOTH {
                let all = matches(compared, side);
                let fits = |found: &Match| match filter {
                    MatchFilter::All => true,
                    MatchFilter::Unmatched => found.none,
                    MatchFilter::Confirmed => is_confirmed(found),
                };
                self.shown[side.index()] = (0..all.len()).filter(|&at| fits(&all[at])).collect();
                self.counts[side.index()] = [
                    all.len(),
                    all.iter().filter(|found| found.none).count(),
                    all.iter().filter(|found| is_confirmed(found)).count(),
                ];
            }
            self.key = Some((compared.clone(), filter));
        }
        let side = compare.side;
        let first = || matches(compared, side).first().map(|found| found.item.node);
        let Some(node) = compare.focus_of(side).or_else(first) else {
            self.focus = None;
            return;
        };
        let moved = self.focus.as_ref().is_none_or(|focus| focus.side != side || focus.node != node);
        if moved {
            (self.picked, self.part, self.linking) = (0, None, false);
        }
        let stale = self
            .focus
            .as_ref()
            .is_none_or(|focus| moved || focus.part != self.part || !Arc::ptr_eq(&focus.compared, compared));
        if stale {
            self.focus = Focus::new(compared, side, node, self.part);
            if moved {
                self.show_counterpart(compared);
            }
        }
        if let Some(focus) = &self.focus {
            self.picked = self.picked.min(focus.candidates.len().saturating_sub(1));
        }
    }

    /// Scrolls the list of the other side so that the best counterpart is in view.
    fn show_counterpart(&mut self, compared: &Compared) {
        let Some(focus) = &self.focus else { return };
        let other = focus.side.other();
        let Some(best) = focus.candidates.first() else { return };
        let all = matches(compared, other);
        let place = self.shown[other.index()].iter().position(|&at| all[at].item.node == best.candidate.node);
        if let Some(place) = place {
            self.wanted[other.index()] = Some(place as f32);
        }
    }

    fn read_keys(&mut self, ui: &Ui, cx: &Cx<'_>, compared: &Compared) {
        let side = cx.app.view.compare.side;
        let shown = &self.shown[side.index()];
        let all = matches(compared, side);
        let node = self.focus.as_ref().map(|focus| focus.node);
        let steps = keys::steps(ui);
        if steps != 0 {
            let at = shown.iter().position(|&at| Some(all[at].item.node) == node);
            if let Some(to) = keys::step(at, steps, shown.len()) {
                send(cx, CompareCommand::Focus(side, all[shown[to]].item.node));
                self.wanted[side.index()] = Some(to as f32);
            }
        }
        for (number, key) in [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5].into_iter().enumerate() {
            if keys::pressed(ui, key) {
                self.picked = number;
            }
        }
        if keys::arrow(ui, Key::ArrowRight) {
            self.picked += 1;
        }
        if keys::arrow(ui, Key::ArrowLeft) {
            self.picked = self.picked.saturating_sub(1);
        }
        if keys::pressed(ui, Key::O)
            && let Some(counterpart) = self.focus.as_ref().and_then(|focus| focus.candidates.get(self.picked))
        {
            send(cx, CompareCommand::Focus(side.other(), counterpart.candidate.node));
        }
        if keys::pressed(ui, Key::P) {
            let parts = node.and_then(|node| of(compared, side, node)).map_or(0, |found| found.parts.len());
            self.part = match self.part {
                None => (parts > 0).then_some(0),
                Some(part) => (part + 1 < parts).then_some(part + 1),
            };
        }
        if keys::pressed(ui, Key::L) {
            self.linking = !self.linking;
        }
        if keys::pressed(ui, Key::Escape) {
            self.linking = false;
        }
        for (key, status) in [(Key::Y, LinkStatus::Confirmed), (Key::X, LinkStatus::Rejected)] {
            if keys::pressed(ui, key)
                && let Some(focus) = &self.focus
                && let Some(counterpart) = focus.candidates.get(self.picked)
            {
                judge(cx, focus.side, focus.node, counterpart.candidate.node, status);
            }
        }
    }

    fn filters_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_wrapped(|ui| {
            let filters = [
                (MatchFilter::All, t!(cx, "cmp-all")),
                (MatchFilter::Unmatched, t!(cx, "cmp-unmatched")),
                (MatchFilter::Confirmed, t!(cx, "cmp-confirmed")),
            ];
            for (at, (filter, name)) in filters.into_iter().enumerate() {
                let words = format!("{name} A {} · B {}", self.counts[0][at], self.counts[1][at]);
                if ui.selectable_label(cx.app.view.compare.matches == filter, words).clicked() {
                    send(cx, CompareCommand::Matches(filter));
                }
            }
            ui.separator();
            let link = ui.selectable_label(self.linking, t!(cx, "cmp-link"));
            if link.on_hover_text(t!(cx, "cmp-link-hint")).clicked() {
                self.linking = !self.linking;
            }
            if self.linking {
                ui.label(RichText::new(t!(cx, "cmp-linking")).color(cx.palette.caution));
            } else {
                ui.weak(t!(cx, "cmp-match-keys"));
            }
        });
    }
}

fn of(compared: &Compared, side: Side, node: NodeIx) -> Option<&Match> {
    let alignment = &compared.comparison.alignment;
    match side {
        Side::A => alignment.of_a(node),
        Side::B => alignment.of_b(node),
    }
}

fn judge(cx: &Cx<'_>, side: Side, own: NodeIx, other: NodeIx, status: LinkStatus) {
    let (a, b) = if side == Side::A { (own, other) } else { (other, own) };
    send(cx, CompareCommand::Judge(status, a, b));
}
