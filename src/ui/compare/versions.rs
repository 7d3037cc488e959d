//! Versions and upper-level plans: how much of each item stands in the other text, copied, adapted or its own, and
//! the word-level difference to where it was taken from.

use super::item;
use super::pile::Pile;
use super::row::row_ui;
use super::words::{self, Mark, Setting, elided};
use super::{keys, side};
use crate::app::{Compared, Side};
use crate::insight::{Change, Origin, Overlap, Taken};
use crate::plan::Segments;
use crate::ui::cx::{Cx, t};
use crate::ui::theme::{bold_font, regular_font};
use egui::text::LayoutJob;
use egui::{Frame, Key, Margin, Rect, RichText, ScrollArea, Stroke, Ui, pos2, vec2};
use std::sync::Arc;

const ROW: f32 = 34.0;
/// Below this share the two are no versions of each other: two cities share under 2 % by formula.
const RELATED: f32 = 0.05;

/// The view.
#[derive(Default)]
pub struct VersionsView {
    key: Option<(Arc<Overlap>, Side, Option<Origin>)>,
    /// Indices of the items shown.
    shown: Vec<usize>,
    counts: [usize; 4],
    /// Whose items are listed; the other text is what they may come from.
    side: Side,
    origin: Option<Origin>,
    focus: usize,
    pile: Pile,
    scroll_to_focus: bool,
}

impl VersionsView {
    /// Shows the items left, the difference of the one in focus right.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Arc<Compared>) {
        let Some(overlap) = cx.app.overlap() else {
            ui.centered_and_justified(|ui| ui.label(t!(cx, "cmp-overlap-working")));
            return;
        };
        self.follow(overlap);
        self.read_keys(ui);
        let frame = Frame::new().fill(cx.palette.panel).inner_margin(Margin::symmetric(12, 4));
        egui::Panel::top("version-head").frame(frame).show(ui, |ui| self.head_ui(ui, cx, compared, overlap));
        let whole = ui.available_rect_before_wrap();
        ui.painter().rect_filled(whole, 0.0, cx.palette.ground);
        let (left, right) = whole.split_left_right_at_fraction(0.45);
        item::within(ui, "versions", left, |ui| self.list_ui(ui, cx, compared, overlap));
        item::within(ui, "difference", right.shrink(8.0), |ui| self.difference_ui(ui, cx, compared, overlap));
        ui.painter().vline(left.max.x, whole.y_range(), Stroke::new(1.0, cx.palette.line));
    }

    fn follow(&mut self, overlap: &Arc<Overlap>) {
        let current = self.key.as_ref().is_some_and(|(at, side, origin)| {
            Arc::ptr_eq(at, overlap) && *side == self.side && *origin == self.origin
        });
        if current {
            return;
        }
        let taken = &overlap.sides[self.side.index()];
        let count = |origin| overlap.count(self.side.index(), origin);
        self.counts = [taken.len(), count(Origin::Copied), count(Origin::Adapted), count(Origin::Own)];
        let fits = |taken: &Taken| self.origin.is_none_or(|origin| taken.borrowed.origin == origin);
        self.shown = (0..taken.len()).filter(|&at| fits(&taken[at])).collect();
        if !self.shown.contains(&self.focus) {
            self.focus = self.shown.first().copied().unwrap_or(0);
        }
        self.key = Some((overlap.clone(), self.side, self.origin));
    }

    fn read_keys(&mut self, ui: &Ui) {
        let steps = keys::steps(ui);
        if steps != 0 {
            let at = self.shown.iter().position(|&at| at == self.focus);
            if let Some(to) = keys::step(at, steps, self.shown.len()) {
                self.focus = self.shown[to];
                self.scroll_to_focus = true;
            }
        }
        if keys::pressed(ui, Key::O) {
            self.side = self.side.other();
        }
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, overlap: &Overlap) {
        ui.horizontal_wrapped(|ui| {
            for side in Side::BOTH {
                let name = cx.plan_name(compared.ids[side.index()]);
                let other = cx.plan_name(compared.ids[side.other().index()]);
                let share = format!("{:.1}%", overlap.shares[side.index()] * 100.0);
                let words = t!(
                    cx,
                    "cmp-taken-share",
                    side = side::letter(side),
                    own = name,
                    other = other,
                    share = share
                );
                let words = RichText::new(words).color(side::color(cx, side));
                if ui.selectable_label(self.side == side, words).clicked() {
                    self.side = side;
                }
            }
            if overlap.shares[0].max(overlap.shares[1]) < RELATED {
                ui.label(RichText::new(t!(cx, "cmp-not-related")).color(cx.palette.caution));
            }
        });
        ui.horizontal_wrapped(|ui| {
            let groups = [
                (None, t!(cx, "cmp-all")),
                (Some(Origin::Copied), t!(cx, "cmp-copied")),
                (Some(Origin::Adapted), t!(cx, "cmp-adapted")),
                (Some(Origin::Own), t!(cx, "cmp-own")),
            ];
            for ((origin, name), count) in groups.into_iter().zip(self.counts) {
                if ui.selectable_label(self.origin == origin, format!("{name} {count}")).clicked() {
                    self.origin = origin;
                }
            }
            ui.weak(t!(cx, "cmp-version-keys"));
        });
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, overlap: &Overlap) {
        ui.spacing_mut().item_spacing.y = 0.0;
        if self.shown.is_empty() {
            ui.centered_and_justified(|ui| ui.weak(t!(cx, "cmp-list-empty")));
            return;
        }
        let mut area = ScrollArea::vertical().id_salt("versions").auto_shrink(false);
        if std::mem::take(&mut self.scroll_to_focus)
            && let Some(place) = self.shown.iter().position(|&at| at == self.focus)
        {
            area = area.vertical_scroll_offset((place as f32 * ROW - ui.available_height() * 0.4).max(0.0));
        }
        let (side, focus) = (self.side, self.focus);
        let taken = &overlap.sides[side.index()];
        let mut clicked = None;
        area.show_rows(ui, ROW, self.shown.len(), |ui, range| {
            for &at in &self.shown[range] {
                let borrowed = &taken[at].borrowed;
                let (origin, color) = origin_words(cx, borrowed.origin);
                let title = item::title(compared.plan(side), borrowed.node, 40);
                let share = format!("{:.0}%", borrowed.share * 100.0);
                let spoken = format!("{title}, {origin} {share}");
                let (rect, response) = row_ui(ui, cx, ROW, at == focus, &spoken);
                let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
                let right = rect.max.x - 10.0;
                let words = elided(ui, &format!("{origin} {share}"), regular_font(12.5), color, (96.0, 1));
                painter.galley(
                    pos2(right - words.size().x, rect.center().y - words.size().y / 2.0),
                    words,
                    color,
                );
                let bar = Rect::from_min_size(pos2(right - 160.0, rect.center().y - 5.0), vec2(56.0, 10.0));
                painter.rect_stroke(bar, 1.0, Stroke::new(1.0, cx.palette.line), egui::StrokeKind::Inside);
                let filled = Rect::from_min_size(bar.min, vec2(bar.width() * borrowed.share, bar.height()));
                side::bar(&painter, cx, side, filled);
                let left = rect.min.x + 12.0;
                let room = (bar.min.x - left - 8.0, 1);
                let galley = elided(ui, &title, regular_font(14.0), cx.palette.text, room);
                painter.galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, cx.palette.text);
                if response.on_hover_text(spoken).clicked() {
                    clicked = Some(at);
                }
            }
        });
        self.focus = clicked.unwrap_or(self.focus);
    }

    /// The item in focus: what it takes over underlined, what it added and left out; below, where it comes from.
    fn difference_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, overlap: &Overlap) {
        let side = self.side;
        let Some(taken) = overlap.sides[side.index()].get(self.focus) else { return };
        let (own, other) = (compared.plan(side), compared.plan(side.other()));
        ui.label(RichText::new(t!(cx, "cmp-word-difference")).font(bold_font(13.0)).color(cx.palette.muted));
        let parts = if taken.diff.is_empty() { 1 } else { 2 };
        let width = ui.available_width();
        let mut pile = std::mem::take(&mut self.pile);
        pile.show_ui(
            ui,
            "difference",
            (u64::from(taken.borrowed.node.0) * 2 + side.index() as u64, parts),
            |_| item::estimate(cx, compared, side, taken.borrowed.node, width),
            |ui, part| {
                if part == 0 && taken.diff.is_empty() {
                    let marks: Vec<_> =
                        taken.borrowed.words.0.iter().map(|&span| (span, Mark::Taken)).collect();
                    let look = item::Look { marks: &marks, in_focus: false, ..item::Look::default() };
                    item::card_ui(ui, cx, compared, (side, taken.borrowed.node), &look);
                    ui.weak(t!(cx, "cmp-no-source"));
                } else if part == 0 {
                    let source = item::citation(cx, compared, side, taken.borrowed.node);
                    let link =
                        ui.link(RichText::new(source).font(bold_font(13.0)).color(side::color(cx, side)));
                    if link.on_hover_text(t!(cx, "open-in-reader")).clicked() {
                        item::open(cx, compared, side, taken.borrowed.node);
                    }
                    let mut job = LayoutJob::default();
                    let setting = Setting::reading(cx);
                    for stretch in &taken.diff {
                        let removed = |words: &Segments| {
                            words.0.iter().map(|&s| (s, Mark::Removed)).collect::<Vec<_>>()
                        };
                        let added =
                            |words: &Segments| words.0.iter().map(|&s| (s, Mark::Added)).collect::<Vec<_>>();
                        if matches!(stretch.change, Change::Removed | Change::Replaced) {
                            let marks = removed(&stretch.a);
                            words::append(
                                &mut job,
                                cx,
                                (&other.text, &stretch.a.0),
                                &marks,
                                (setting, false),
                            );
                        }
                        if stretch.change != Change::Removed {
                            let marks =
                                if stretch.change == Change::Same { Vec::new() } else { added(&stretch.b) };
                            words::append(&mut job, cx, (&own.text, &stretch.b.0), &marks, (setting, false));
                        }
                    }
                    let galley = words::lay_out(ui, job, ui.available_width());
                    let (rect, _) = ui.allocate_exact_size(galley.size(), egui::Sense::hover());
                    ui.painter().galley(rect.min, galley, cx.palette.text);
                    ui.add_space(10.0);
                } else if let Some(source) = taken.borrowed.source {
                    ui.weak(t!(cx, "cmp-source"));
                    item::card_ui(ui, cx, compared, (side.other(), source), &item::Look::default());
                }
            },
        );
        self.pile = pile;
    }
}

fn origin_words(cx: &Cx<'_>, origin: Origin) -> (String, egui::Color32) {
    match origin {
        Origin::Copied => (t!(cx, "cmp-copied"), cx.palette.caution),
        Origin::Adapted => (t!(cx, "cmp-adapted"), cx.palette.accent),
        Origin::Own => (t!(cx, "cmp-own"), cx.palette.muted),
    }
}
