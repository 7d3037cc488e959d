//! Matches: the items of both cities beside each other, lines from the item in focus to its counterparts, and below
//! the item and its counterparts in full, the words they share marked.

use super::item::{self, Look};
use super::pile::Pile;
use super::row::row_ui;
use super::words::{Mark, elided};
use super::{keys, send, side};
use crate::app::{CompareCommand, Compared, MatchFilter, Side};
use crate::insight::align::{Candidate, Match};
use crate::plan::{NodeIx, Plan, Segments};
use crate::project::LinkStatus;
use crate::text::Span;
use crate::ui::cx::{Cx, t};
use crate::ui::theme::{bold_font, regular_font};
use egui::{
    Align2, Frame, Key, Margin, Panel, Rect, RichText, Role, ScrollArea, Shape, Stroke, Ui, WidgetInfo, pos2,
    vec2,
};
use std::sync::Arc;

/// Height of a row of the lists.
const ROW: f32 = 30.0;
/// Width of the gutter in which the lines run.
const GUTTER: f32 = 96.0;

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

/// The item in focus with its counterparts.
struct Focus {
    compared: Arc<Compared>,
    side: Side,
    node: NodeIx,
    part: Option<usize>,
    none: bool,
    candidates: Vec<Counterpart>,
}

struct Counterpart {
    candidate: Candidate,
    rejected: bool,
    /// Marks in the item in focus, and in the counterpart.
    own: Marks,
    theirs: Marks,
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

    fn lists_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared) {
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
        let mark = elided(ui, &state, regular_font(12.0), color, (64.0, 1));
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

    /// The item in focus on its side, its counterparts on the other.
    fn detail_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Arc<Compared>) {
        let whole = ui.max_rect();
        ui.painter().hline(whole.x_range(), whole.min.y, Stroke::new(1.0, cx.palette.line));
        let Some(focus) = &self.focus else {
            super::message_ui(ui, t!(cx, "cmp-choose-item"));
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

impl Focus {
    fn new(compared: &Arc<Compared>, side: Side, node: NodeIx, part: Option<usize>) -> Option<Self> {
        let found = of(compared, side, node)?;
        let (candidates, none, own) = match part.and_then(|part| found.parts.get(part)) {
            Some(part) => (&part.candidates, part.none, Some(part.words.clone())),
            None => (&found.candidates, found.none, None),
        };
        let other = side.other();
        let asked = own.clone().unwrap_or_else(|| found.item.words.clone());
        let is_rejected = |theirs: NodeIx| {
            let pair = if side == Side::A { (node, theirs) } else { (theirs, node) };
            compared.rejected.contains(&pair)
        };
        let counterpart = |candidate: &Candidate, rejected: bool| {
            let theirs = compared.item(other, candidate.node).map(|item| &item.words);
            let (own, theirs) = shared(
                compared,
                (side, compared.plan(side), &asked),
                (compared.plan(other), theirs.unwrap_or(&candidate.words)),
            );
            Counterpart { candidate: candidate.clone(), rejected, own, theirs }
        };
        let mut shown: Vec<Counterpart> =
            candidates.iter().filter(|c| !is_rejected(c.node)).map(|c| counterpart(c, false)).collect();
        // What was rejected stays at the end, so that it can be taken back.
        let pairs = compared.rejected.iter().map(|&(a, b)| if side == Side::A { (a, b) } else { (b, a) });
        for (_, theirs) in pairs.filter(|&(own, _)| own == node) {
            if let Some(item) = compared.item(other, theirs) {
                let candidate =
                    Candidate { node: theirs, words: item.words.clone(), score: 0.0, confirmed: false };
                shown.push(counterpart(&candidate, true));
            }
        }
        if let Some(own) = own {
            // The part that is asked for is underlined in the whole item.
            for counterpart in &mut shown {
                counterpart.own.extend(own.0.iter().map(|&span| (span, Mark::Taken)));
            }
        }
        Some(Self { compared: compared.clone(), side, node, part, none, candidates: shown })
    }
}

/// Marks in the words of an item.
type Marks = Vec<(Span, Mark)>;

/// Marks for the words that two items share, in the first and in the second.
fn shared(
    compared: &Compared,
    (side, plan, words): (Side, &Plan, &Segments),
    (other, theirs): (&Plan, &Segments),
) -> (Marks, Marks) {
    let alignment = &compared.comparison.alignment;
    let mark = |span: &Span| (*span, Mark::Shared);
    let found = match side {
        Side::A => alignment.shared_words((plan, words), (other, theirs)),
        Side::B => alignment.shared_words((other, theirs), (plan, words)),
    };
    let in_a = found.iter().flat_map(|shared| shared.a.iter().map(mark)).collect();
    let in_b = found.iter().flat_map(|shared| shared.b.iter().map(mark)).collect();
    if side == Side::A { (in_a, in_b) } else { (in_b, in_a) }
}
