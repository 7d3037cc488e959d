//! Both lists of items, and the lines from the item in focus to its counterparts.

use super::super::row::row_ui;
use super::super::words::elided;
use super::super::{item, send, side};
use super::{MatchesView, is_confirmed, judge, matches};
use crate::app::{CompareCommand, Compared, Side};
use crate::insight::align::Match;
use crate::plan::NodeIx;
use crate::project::LinkStatus;
use crate::ui::cx::{Cx, t};
use crate::ui::theme::{bold_font, regular_font};
use egui::{Align2, Rect, ScrollArea, Shape, Stroke, Ui, pos2, vec2};

/// Height of a row of the lists.
const ROW: f32 = 30.0;
/// Width of the gutter in which the lines run.
const GUTTER: f32 = 96.0;

impl MatchesView {
    /// The two lists with the gutter between them.
    pub(super) fn lists_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared) {
        let whole = ui.available_rect_before_wrap();
        ui.painter().rect_filled(whole, 0.0, cx.palette.ground);
        let width = (whole.width() - GUTTER) / 2.0;
        let left = Rect::from_min_size(whole.min, vec2(width, whole.height()));
        let right = Rect::from_min_max(pos2(whole.max.x - width, whole.min.y), whole.max);
        for (side, rect) in Side::BOTH.into_iter().zip([left, right]) {
            item::within(ui, ("matches", side), rect, |ui| self.list_ui(ui, cx, compared, side));
        }
        let gutter = Rect::from_min_max(pos2(left.max.x, whole.min.y), pos2(right.min.x, whole.max.y));
        self.lines(ui, cx, compared, gutter);
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, side: Side) {
        let at = side.index();
        ui.spacing_mut().item_spacing.y = 0.0;
        let all = matches(compared, side);
        if self.shown[at].is_empty() {
            ui.centered_and_justified(|ui| ui.weak(t!(cx, "cmp-list-empty")));
            return;
        }
        let mut area = ScrollArea::vertical().id_salt(("match list", side)).auto_shrink(false);
        if let Some(place) = self.wanted[at].take() {
            let (top, room) = (place * ROW, ui.available_height());
            if top < self.offsets[at] || top + ROW > self.offsets[at] + room {
                area = area.vertical_scroll_offset((top - room * 0.4).max(0.0));
            }
        }
        let rows = &self.shown[at];
        let mut clicked = None;
        let output = area.show_rows(ui, ROW, rows.len(), |ui, range| {
            for &index in &rows[range] {
                if self.list_row_ui(ui, cx, compared, side, &all[index]) {
                    clicked = Some(all[index].item.node);
                }
            }
        });
        self.offsets[at] = output.state.clamped_offset().y;
        let Some(node) = clicked else { return };
        match &self.focus {
            Some(focus) if self.linking && focus.side != side => {
                judge(cx, focus.side, focus.node, node, LinkStatus::Confirmed);
                self.linking = false;
            }
            _ => send(cx, CompareCommand::Focus(side, node)),
        }
    }

    fn list_row_ui(&self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, side: Side, found: &Match) -> bool {
        let node = found.item.node;
        let focus = self.focus.as_ref();
        let in_focus = focus.is_some_and(|focus| focus.side == side && focus.node == node);
        let rank = focus.filter(|focus| focus.side != side).and_then(|focus| {
            focus.candidates.iter().position(|counterpart| counterpart.candidate.node == node)
        });
        let title = item::title(compared.plan(side), node, 40);
        let best = found.candidates.first().map_or(0.0, |best| best.score);
        let (state, color) = if is_confirmed(found) {
            (t!(cx, "cmp-confirmed"), cx.palette.good)
        } else if found.none {
            (t!(cx, "cmp-unmatched"), cx.palette.caution)
        } else {
            (format!("{best:.2}"), cx.palette.muted)
        };
        let spoken = format!("{} {title}, {state}", side::letter(side));
        let (rect, response) = row_ui(ui, cx, ROW, in_focus, &spoken);
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        if let Some(rank) = rank {
            let strength = if rank == self.picked { 2.0 } else { 1.0 };
            let stroke = Stroke::new(strength, side::color(cx, side));
            painter.rect_stroke(rect.shrink(1.0), 3.0, stroke, egui::StrokeKind::Inside);
        }
        let mark = elided(ui, &state, regular_font(12.0), color, (110.0, 1));
        let right = rect.max.x - 10.0 - mark.size().x;
        painter.galley(pos2(right, rect.center().y - mark.size().y / 2.0), mark, color);
        let left = rect.min.x + 12.0;
        let galley = elided(ui, &title, regular_font(14.0), cx.palette.text, (right - left - 8.0, 1));
        painter.galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, cx.palette.text);
        response.on_hover_text(spoken).clicked()
    }

    /// Where a row of a list stands, kept within the list.
    fn row_y(&self, compared: &Compared, side: Side, node: NodeIx, gutter: Rect) -> Option<f32> {
        let all = matches(compared, side);
        let place = self.shown[side.index()].iter().position(|&at| all[at].item.node == node)?;
        let y = gutter.min.y + place as f32 * ROW - self.offsets[side.index()] + ROW / 2.0;
        Some(y.clamp(gutter.min.y + 2.0, gutter.max.y - 2.0))
    }

    /// Lines from the item in focus to its counterparts; that of the picked one is strong.
    fn lines(&self, ui: &Ui, cx: &Cx<'_>, compared: &Compared, gutter: Rect) {
        let Some(focus) = &self.focus else { return };
        let painter = ui.painter().with_clip_rect(gutter);
        let Some(from) = self.row_y(compared, focus.side, focus.node, gutter) else { return };
        for (rank, counterpart) in focus.candidates.iter().enumerate().rev() {
            let other = focus.side.other();
            let Some(to) = self.row_y(compared, other, counterpart.candidate.node, gutter) else { continue };
            let (left, right) = if focus.side == Side::A { (from, to) } else { (to, from) };
            let color = if counterpart.candidate.confirmed {
                cx.palette.good
            } else if counterpart.rejected || focus.none {
                cx.palette.line
            } else {
                cx.palette.accent
            };
            let stroke = Stroke::new(if rank == self.picked { 2.5 } else { 1.2 }, color);
            let (x, bend) = ((gutter.min.x, gutter.max.x), gutter.width() * 0.45);
            let points = [pos2(x.0, left), pos2(x.0 + bend, left), pos2(x.1 - bend, right), pos2(x.1, right)];
            painter.add(Shape::CubicBezier(egui::epaint::CubicBezierShape::from_points_stroke(
                points,
                false,
                egui::Color32::TRANSPARENT,
                stroke,
            )));
            let middle = pos2(gutter.center().x, f32::midpoint(left, right));
            let words = format!("{}", rank + 1);
            painter.circle_filled(middle, 8.0, cx.palette.ground);
            painter.text(middle, Align2::CENTER_CENTER, words, bold_font(12.0), cx.palette.text);
        }
    }
}
