//! Linked full texts: both plans whole, scrolling each by itself or locked by the items that match, with a strip
//! beside each that shows the whole plan coloured by theme.

use super::{item, keys, send, side};
use crate::annotation::TagId;
use crate::app::{Command, CompareCommand, Compared, Side};
use crate::insight::align::Candidate;
use crate::plan::NodeIx;
use crate::project::PlanId;
use crate::text::Span;
use crate::ui::cx::{Cx, t};
use crate::ui::reader::{Column, MarkRole};
use crate::ui::theme::bold_font;
use egui::{Frame, Key, Margin, Panel, Rect, RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a column may take to come to where it was brought.
const SETTLING: Duration = Duration::from_millis(600);
/// Width of the strip beside a text.
const STRIP: f32 = 16.0;

/// The view, with the two columns of text.
#[derive(Default)]
pub struct TextsView {
    columns: [Column; 2],
    strips: Option<(Arc<Compared>, [Vec<Band>; 2])>,
    /// Whether the item in focus was brought into view since the view was opened.
    is_open: bool,
    /// The nodes at the top and in focus when last looked at.
    tops: [Option<NodeIx>; 2],
    focus: [Option<NodeIx>; 2],
    /// When the columns were last brought somewhere: what scrolls by that leads nothing.
    led: Option<Instant>,
    /// The items whose shared words are marked, A and B.
    marked: Option<(Arc<Compared>, [Option<NodeIx>; 2])>,
}

/// An item in the strip: from where to where, as shares of the text, and its hue.
struct Band {
    from: f32,
    to: f32,
    hue: Option<u8>,
    node: NodeIx,
}

impl TextsView {
    /// Shows both texts.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, ids: [PlanId; 2]) {
        let compared = cx.app.compared();
        let frame = Frame::new().fill(cx.palette.panel).inner_margin(Margin::symmetric(12, 4));
        Panel::bottom("text-matches").frame(frame).show(ui, |ui| self.matches_ui(ui, cx, compared));
        let whole = ui.available_rect_before_wrap();
        ui.painter().rect_filled(whole, 0.0, cx.palette.ground);
        let (left, right) = whole.split_left_right_at_fraction(0.5);
        if let Some(compared) = compared {
            self.follow(cx, compared);
            self.read_keys(ui, cx, compared);
            self.lock(ui, cx, compared, right);
            self.mark(cx, compared);
        }
        for (side, half) in Side::BOTH.into_iter().zip([left, right]) {
            let (strip, text) = if side == Side::A {
                half.split_left_right_at_x(half.min.x + STRIP)
            } else {
                let (text, strip) = half.split_left_right_at_x(half.max.x - STRIP);
                (strip, text)
            };
            let at = side.index();
            let salt = if side == Side::A { "compare-a" } else { "compare-b" };
            item::within(ui, ("text", side), text, |ui| self.columns[at].show_ui(ui, cx, salt, ids[at]));
            self.strip_ui(ui, cx, side, strip, ids[at]);
        }
        ui.painter().vline(whole.center().x, whole.y_range(), Stroke::new(1.0, cx.palette.line));
    }

    /// The view was left: what is in focus elsewhere by then is brought into view when it is opened again.
    pub fn left(&mut self) {
        self.is_open = false;
    }

    /// Works the strips out anew when tags or plans changed.
    fn follow(&mut self, cx: &Cx<'_>, compared: &Arc<Compared>) {
        if self.strips.as_ref().is_some_and(|(at, _)| Arc::ptr_eq(at, compared)) {
            return;
        }
        let bands = Side::BOTH.map(|side| {
            let length = compared.plan(side).text.len().max(1) as f32;
            let tagged = &compared.tagged[side.index()];
            let theme = |tag: &TagId| cx.tag(tag).filter(|tag| tag.facet == "theme").map(|tag| tag.hue);
            let band = |(index, item): (usize, &crate::insight::Item)| {
                let mut own = tagged.iter().filter(|tagged| tagged.item == index);
                let span = item.span();
                Band {
                    from: span.start.0 as f32 / length,
                    to: span.end.0 as f32 / length,
                    hue: own.find_map(|tagged| theme(&tagged.tag)),
                    node: item.node,
                }
            };
            compared.items(side).iter().enumerate().map(band).collect()
        });
        self.strips = Some((compared.clone(), bands));
    }

    /// J and K go to the next and the former item of the side in focus, O to the other side.
    fn read_keys(&mut self, ui: &Ui, cx: &Cx<'_>, compared: &Arc<Compared>) {
        let compare = &cx.app.view.compare;
        let mut side = compare.side;
        let other = keys::pressed(ui, Key::O);
        if other {
            side = side.other();
        }
        let steps = keys::steps(ui);
        let items = compared.items(side);
        let at = compare.focus_of(side).and_then(|node| items.iter().position(|item| item.node == node));
        let to = if steps == 0 { at.filter(|_| other) } else { keys::step(at, steps, items.len()) };
        if let Some(to) = to {
            self.lead(cx, compared, side, items[to].node);
        }
    }

    /// Puts an item in focus and brings the other side to its best counterpart.
    fn lead(&mut self, cx: &Cx<'_>, compared: &Compared, side: Side, node: NodeIx) {
        send(cx, CompareCommand::Focus(side, node));
        self.bring(cx, compared, side, node);
        if let Some(best) = counterparts(compared, side, node).first() {
            self.bring(cx, compared, side.other(), best.node);
        }
    }

    /// The side under the pointer (else that of the keyboard) leads: where it goes, the other follows by the item that
    /// matches the one at its top.
    fn lock(&mut self, ui: &Ui, cx: &Cx<'_>, compared: &Compared, right: Rect) {
        if !std::mem::replace(&mut self.is_open, true)
            && let Some(node) = cx.app.view.compare.focus_of(cx.app.view.compare.side)
        {
            self.lead(cx, compared, cx.app.view.compare.side, node);
            return;
        }
        let pointer = ui.input(|input| input.pointer.hover_pos());
        let leader = match pointer {
            Some(at) if right.contains(at) => Side::B,
            Some(_) => Side::A,
            None => cx.app.view.compare.side,
        };
        for side in Side::BOTH {
            let at = side.index();
            let reading = cx.app.reading(compared.ids[at]);
            let (top, focus) = (reading.and_then(|r| r.top), reading.and_then(|r| r.focus));
            let top_moved = std::mem::replace(&mut self.tops[at], top) != top;
            let focus_moved = std::mem::replace(&mut self.focus[at], focus) != focus;
            if side != leader {
                continue;
            }
            if focus_moved
                && cx.app.view.compare.focus_of(side) != focus
                && let Some(node) = focus.and_then(|node| item_above(compared, side, node))
            {
                send(cx, CompareCommand::Focus(side, node));
                if let Some(best) = counterparts(compared, side, node).first() {
                    self.bring(cx, compared, side.other(), best.node);
                }
            } else if top_moved
                && !cx.app.view.compare.unlocked
                && self.led.is_none_or(|since| since.elapsed() >= SETTLING)
                && let Some(node) = top.and_then(|node| item_above(compared, side, node))
                && let Some(best) = counterparts(compared, side, node).first()
            {
                self.columns[side.other().index()].put_at_top(best.node);
                ui.ctx().request_repaint();
            }
        }
    }

    /// Marks the words that the item in focus and its counterpart share: the one that was brought to it, else the best.
    fn mark(&mut self, cx: &Cx<'_>, compared: &Arc<Compared>) {
        let compare = &cx.app.view.compare;
        let side = compare.side;
        let pair = compare.focus_of(side).map(|own| {
            let brought =
                self.focus[side.other().index()].and_then(|node| item_above(compared, side.other(), node));
            let counterparts = counterparts(compared, side, own);
            let theirs = counterparts.iter().find(|candidate| Some(candidate.node) == brought);
            (own, theirs.or(counterparts.first()).map(|candidate| candidate.node))
        });
        let nodes = match (side, pair) {
            (_, None) => [None, None],
            (Side::A, Some((own, theirs))) => [Some(own), theirs],
            (Side::B, Some((own, theirs))) => [theirs, Some(own)],
        };
        if self.marked.as_ref().is_some_and(|(at, known)| Arc::ptr_eq(at, compared) && *known == nodes) {
            return;
        }
        let shared = shared(compared, nodes);
        for (column, spans) in self.columns.iter_mut().zip(shared) {
            column.mark(MarkRole::Shared, spans);
        }
        self.marked = Some((compared.clone(), nodes));
    }

    /// Brings a side to a node, and marks it there.
    fn bring(&mut self, cx: &Cx<'_>, compared: &Compared, side: Side, node: NodeIx) {
        let at = side.index();
        self.led = Some(Instant::now());
        self.columns[at].put_at_top(node);
        self.focus[at] = Some(node);
        cx.send(Command::Focus(compared.ids[at], node));
    }

    /// Whether the texts are locked, and the matches of the item in focus.
    fn matches_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: Option<&Arc<Compared>>) {
        let compare = &cx.app.view.compare;
        ui.horizontal(|ui| {
            let mut locked = !compare.unlocked;
            let toggled = ui.checkbox(&mut locked, t!(cx, "cmp-locked")).changed();
            if toggled || keys::pressed(ui, Key::L) {
                send(cx, CompareCommand::Unlock(!compare.unlocked));
            }
            ui.separator();
            let Some((compared, node)) = compared.zip(compare.focus_of(compare.side)) else {
                ui.weak(t!(cx, "cmp-text-hint"));
                return;
            };
            let side = compare.side;
            let own = item::citation(cx, compared, side, node);
            ui.label(RichText::new(own).font(bold_font(13.0)).color(side::color(cx, side)));
            let counterparts = counterparts(compared, side, node);
            if counterparts.is_empty() {
                ui.label(RichText::new(t!(cx, "cmp-unmatched")).color(cx.palette.caution));
            }
            for (number, candidate) in counterparts.iter().enumerate() {
                let other = side.other();
                let title = item::title(compared.plan(other), candidate.node, 12);
                let words = format!("{} {title} {:.2}", number + 1, candidate.score);
                let key = [Key::Num1, Key::Num2, Key::Num3].get(number).copied();
                let button = ui.button(RichText::new(words).size(13.0).color(side::color(cx, other)));
                if button.clicked() || key.is_some_and(|key| keys::pressed(ui, key)) {
                    self.bring(cx, compared, other, candidate.node);
                }
            }
        });
    }

    /// The whole plan in a strip, coloured by theme; a click goes there.
    fn strip_ui(&self, ui: &mut Ui, cx: &Cx<'_>, side: Side, rect: Rect, id: PlanId) {
        let Some((compared, bands)) = &self.strips else { return };
        let response = ui.interact(rect, ui.scope_id().with(("strip", side)), Sense::click_and_drag());
        let name = t!(cx, "cmp-strip", plan = cx.plan_name(id));
        response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, &name));
        let painter = ui.painter();
        painter.rect_filled(rect, 0.0, cx.palette.panel);
        let y = |share: f32| rect.min.y + share * rect.height();
        for band in &bands[side.index()] {
            let height = (y(band.to) - y(band.from) - 0.5).max(1.0);
            let place = Rect::from_min_size(pos2(rect.min.x + 3.0, y(band.from)), vec2(STRIP - 6.0, height));
            let color = band.hue.map_or(cx.palette.line, |hue| cx.palette.hue(hue));
            painter.rect_filled(place, 1.0, color);
        }
        let plan = compared.plan(side);
        let top = cx.app.reading(id).and_then(|reading| reading.top).and_then(|top| plan.outline.get(top));
        if let Some(top) = top {
            let share = top.span.start.0 as f32 / plan.text.len().max(1) as f32;
            painter.hline(rect.x_range(), y(share), Stroke::new(2.0, cx.palette.text));
        }
        if (response.clicked() || response.dragged())
            && let Some(at) = response.interact_pointer_pos()
        {
            let share = ((at.y - rect.min.y) / rect.height()).clamp(0.0, 1.0);
            let bands = &bands[side.index()];
            let place = bands.partition_point(|band| band.from <= share).saturating_sub(1);
            if let Some(band) = bands.get(place) {
                cx.send(Command::Focus(id, band.node));
            }
        }
        if response.clicked() {
            response.surrender_focus();
        }
    }
}

/// The words that an item of A and one of B share, in A and in B.
fn shared(compared: &Compared, nodes: [Option<NodeIx>; 2]) -> [Vec<Span>; 2] {
    let words = |side: Side| Some(&compared.item(side, nodes[side.index()]?)?.words);
    let Some((a, b)) = words(Side::A).zip(words(Side::B)) else { return Default::default() };
    let [plan_a, plan_b] = &compared.plans;
    let found = compared.comparison.alignment.shared_words((plan_a, a), (plan_b, b));
    let of_a = found.iter().flat_map(|shared| shared.a.iter().copied()).collect();
    [of_a, found.iter().flat_map(|shared| shared.b.iter().copied()).collect()]
}

/// The item that a node is or belongs to; between items the one before.
fn item_above(compared: &Compared, side: Side, node: NodeIx) -> Option<NodeIx> {
    let items = compared.items(side);
    let after = items.partition_point(|item| item.node <= node);
    after.checked_sub(1).map(|at| items[at].node)
}

/// The counterparts worth going to, best first; none where there is no counterpart.
fn counterparts(compared: &Compared, side: Side, node: NodeIx) -> &[Candidate] {
    let alignment = &compared.comparison.alignment;
    let found = match side {
        Side::A => alignment.of_a(node),
        Side::B => alignment.of_b(node),
    };
    let found = found.filter(|found| !found.none);
    found.map_or(&[][..], |found| &found.candidates[..found.candidates.len().min(3)])
}
