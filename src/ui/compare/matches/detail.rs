//! The item in focus and its counterparts in full, with the buttons that decide.

use super::super::item::{self, Look};
use super::super::message_ui;
use super::focus::Focus;
use super::{MatchesView, judge, of};
use crate::app::{Compared, Side};
use crate::project::LinkStatus;
use crate::ui::cx::{Cx, t};
use egui::{RichText, Role, Stroke, Ui, WidgetInfo};
use std::sync::Arc;

impl MatchesView {
    /// The item in focus on its side, its counterparts on the other.
    pub(super) fn detail_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Arc<Compared>) {
        let whole = ui.max_rect();
        // What is shown lies in rects of its own; the panel keeps the height that was chosen for it.
        ui.expand_to_include_rect(whole);
        ui.painter().hline(whole.x_range(), whole.min.y, Stroke::new(1.0, cx.palette.line));
        let Some(focus) = &self.focus else {
            message_ui(ui, t!(cx, "cmp-choose-item"));
            return;
        };
        let (left, right) = whole.split_left_right_at_fraction(0.5);
        let (own, theirs) = if focus.side == Side::A { (left, right) } else { (right, left) };
        let mut piles = std::mem::take(&mut self.piles);
        let mut part = self.part;
        let mut picked = self.picked;
        item::within(ui, "own", own.shrink(4.0), |ui| {
            part = parts_ui(ui, cx, compared, focus);
            piles[0].show_ui(
                ui,
                "own item",
                (key_of(focus), 1),
                |_| item::estimate(cx, compared, focus.side, focus.node, own.width()),
                |ui, _| {
                    let marks = focus.candidates.get(picked).map_or(&[][..], |c| c.own.as_slice());
                    let look = Look { marks, in_focus: true, ..Look::default() };
                    item::card_ui(ui, cx, compared, (focus.side, focus.node), &look);
                },
            );
        });
        item::within(ui, "theirs", theirs.shrink(4.0), |ui| {
            if focus.candidates.is_empty() {
                ui.label(RichText::new(t!(cx, "cmp-no-candidate")).color(cx.palette.caution));
            }
            piles[1].show_ui(
                ui,
                "counterparts",
                (key_of(focus), focus.candidates.len()),
                |rank| {
                    let node = focus.candidates[rank].candidate.node;
                    item::estimate(cx, compared, focus.side.other(), node, theirs.width()) + 30.0
                },
                |ui, rank| {
                    if counterpart_ui(ui, cx, compared, focus, rank, picked == rank) {
                        picked = rank;
                    }
                },
            );
        });
        (self.piles, self.part, self.picked) = (piles, part, picked);
        ui.painter().vline(whole.center().x, whole.y_range(), Stroke::new(1.0, cx.palette.line));
    }
}

fn key_of(focus: &Focus) -> u64 {
    u64::from(focus.node.0) * 2 + focus.side.index() as u64
}

/// The whole item, or one of the things it speaks of. Gives the choice.
fn parts_ui(ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, focus: &Focus) -> Option<usize> {
    let mut chosen = focus.part;
    let Some(found) = of(compared, focus.side, focus.node).filter(|found| !found.parts.is_empty()) else {
        return chosen;
    };
    ui.horizontal_wrapped(|ui| {
        if ui.selectable_label(chosen.is_none(), t!(cx, "cmp-whole-item")).clicked() {
            chosen = None;
        }
        for (at, part) in found.parts.iter().enumerate() {
            let words: String = part.words.read(&compared.plan(focus.side).text).chars().take(10).collect();
            if ui.selectable_label(chosen == Some(at), format!("{} {words}…", at + 1)).clicked() {
                chosen = Some(at);
            }
        }
    });
    chosen
}

/// A counterpart in full with the buttons that decide. Tells whether it was picked.
fn counterpart_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    compared: &Compared,
    focus: &Focus,
    rank: usize,
    picked: bool,
) -> bool {
    let counterpart = &focus.candidates[rank];
    let node = counterpart.candidate.node;
    let side = focus.side.other();
    let verdict = if counterpart.candidate.confirmed {
        Some((t!(cx, "cmp-confirmed"), cx.palette.good))
    } else if counterpart.rejected {
        Some((t!(cx, "cmp-rejected"), cx.palette.danger))
    } else if focus.none {
        Some((t!(cx, "cmp-nearest-one"), cx.palette.caution))
    } else {
        None
    };
    let look = Look {
        marks: &counterpart.theirs,
        in_focus: picked,
        score: Some(counterpart.candidate.score),
        verdict,
        ..Look::default()
    };
    let clicked = item::card_ui(ui, cx, compared, (side, node), &look).clicked();
    let source = item::citation(cx, compared, side, node);
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        let buttons = [
            (
                LinkStatus::Confirmed,
                t!(cx, "cmp-confirm"),
                t!(cx, "cmp-confirm-spoken", clause = source.clone()),
            ),
            (
                LinkStatus::Rejected,
                t!(cx, "cmp-reject"),
                t!(cx, "cmp-reject-spoken", clause = source.clone()),
            ),
        ];
        for (status, name, spoken) in buttons {
            let on = match status {
                LinkStatus::Confirmed => counterpart.candidate.confirmed,
                LinkStatus::Rejected => counterpart.rejected,
            };
            let button = ui.selectable_label(on, name);
            button.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &spoken));
            if button.clicked() {
                judge(cx, focus.side, focus.node, node, status);
            }
        }
    });
    clicked
}
