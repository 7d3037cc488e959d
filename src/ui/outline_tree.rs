//! The outline of a plan as a tree: a flat list of the rows that are unfolded and pass the filters.
//!
//! Rows and counts are made when plan, marks, folds or filters change; a frame shows those in view. The tree is one
//! stop of the Tab key: the row of the present place has the keyboard, arrows move it.

use super::cx::{Cx, node_words, t};
use super::icons;
use super::line::line;
use super::theme::{ROW_HEIGHT, bold_font, regular_font};
use crate::annotation::TagId;
use crate::app::{Command, OpenPlan, Reading};
use crate::plan::{Flag, Kind, Node, NodeIx, Outline, Plan};
use crate::project::PlanId;
use crate::text::fold;
use egui::{
    Align2, EventFilter, Id, Key, Painter, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2,
    vec2,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How far a level is set in, in points.
const INDENT: f32 = 14.0;
/// Most colour dots in a row.
const DOTS: usize = 4;

/// A tree. One for each place where an outline is shown.
#[derive(Default)]
pub struct OutlineTree {
    /// What is being typed to filter the rows.
    pub typed: String,
    /// What they are filtered by: the same without letters of an input method at work.
    filter: String,
    shown: Option<Shown>,
    revealed: u64,
    /// Where the rows are scrolled to, in points.
    offset: f32,
}

/// The rows, and what they were made from.
struct Shown {
    plan: Arc<Plan>,
    revision: u64,
    folded: BTreeSet<NodeIx>,
    tag: Option<TagId>,
    filter: String,
    rows: Vec<NodeIx>,
    /// For each node of the outline.
    nodes: Vec<Counts>,
}

/// What a row tells of the nodes below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    /// Items at and below it.
    items: u32,
    /// Those that carry a tag.
    tagged: u32,
    /// Whether the tree has rows below it.
    has_rows: bool,
}

impl OutlineTree {
    /// Filters by what was typed.
    pub fn filter_as_typed(&mut self) {
        if self.filter != self.typed {
            self.filter.clone_from(&self.typed);
        }
    }

    /// Shows the outline of a plan; a click puts the focus on a node.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, salt: &str, id: PlanId) {
        let Some(open) = cx.app.plan(id) else { return };
        let nowhere = Reading::default();
        let reading = cx.app.reading(id).unwrap_or(&nowhere);
        self.follow(cx, open, reading);
        let Some(shown) = &self.shown else { return };
        let here = place_of(&open.plan.outline, &shown.rows, reading.focus.or(reading.top));
        if shown.rows.is_empty() {
            ui.weak(t!(cx, "outline-filtered"));
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().id_salt((salt, id)).auto_shrink(false);
        if self.revealed != reading.reveal {
            self.revealed = reading.reveal;
            let at = here.and_then(|here| shown.rows.binary_search(&here).ok());
            area = reveal(ui, area, at, self.offset);
        }
        let keyboard = Id::unique((salt, "outline-keyboard"));
        let output = area.show_rows(ui, ROW_HEIGHT, shown.rows.len(), |ui, range| {
            for &ix in &shown.rows[range] {
                let row = Row { cx, id, open, ix, counts: shown.counts(ix), here: here == Some(ix) };
                row.show_ui(ui, reading, keyboard);
            }
        });
        self.offset = output.state.clamped_offset().y;
    }

    /// Brings the rows up to date.
    fn follow(&mut self, cx: &Cx<'_>, open: &OpenPlan, reading: &Reading) {
        let tag = &cx.app.view.filter;
        let filter = fold(self.filter.trim());
        if self.shown.as_ref().is_some_and(|shown| {
            Arc::ptr_eq(&shown.plan, &open.plan)
                && shown.revision == open.revision
                && shown.tag == *tag
                && shown.filter == filter
                && shown.folded == reading.folded
        }) {
            return;
        }
        let passing = passing(cx, open, tag.as_ref(), &filter);
        self.shown = Some(Shown {
            rows: rows(&open.plan.outline, &reading.folded, passing.as_deref()),
            nodes: counts(open),
            plan: open.plan.clone(),
            revision: open.revision,
            folded: reading.folded.clone(),
            tag: tag.clone(),
            filter,
        });
    }
}

impl Shown {
    fn counts(&self, ix: NodeIx) -> Counts {
        self.nodes.get(ix.0 as usize).copied().unwrap_or_default()
    }
}

/// Scrolls a row into the middle, where it is not in view.
fn reveal(ui: &Ui, area: ScrollArea, at: Option<usize>, offset: f32) -> ScrollArea {
    let Some(at) = at else { return area };
    let (top, height) = (at as f32 * ROW_HEIGHT, ui.available_height());
    if top >= offset && top + ROW_HEIGHT <= offset + height {
        return area;
    }
    area.vertical_scroll_offset((top - height / 2.0).max(0.0))
}

/// Whether the tree shows a node: all but plain paragraphs.
fn is_row(node: &Node) -> bool {
    node.kind != Kind::Paragraph || !node.heading.is_empty()
}

/// Which nodes pass the filters, or have one below them that does; `None` where nothing is filtered.
fn passing(cx: &Cx<'_>, open: &OpenPlan, tag: Option<&TagId>, filter: &str) -> Option<Vec<bool>> {
    if tag.is_none() && filter.is_empty() {
        return None;
    }
    let codebook = cx.app.project.as_ref().map(|project| &project.codebook);
    let carries = |ix| {
        tag.is_none_or(|filter| {
            open.marks.tags(ix).any(|tag| codebook.is_some_and(|book| book.is_within(tag, filter)))
        })
    };
    let says = |node: &Node| filter.is_empty() || fold(open.plan.text.slice(node.span)).contains(filter);
    let outline = &open.plan.outline;
    let mut passing: Vec<bool> = outline.iter().map(|(ix, node)| carries(ix) && says(node)).collect();
    // Parents stand before their children: from the end, what passes lets its parent pass.
    for at in (0..passing.len()).rev() {
        if passing[at]
            && let Some(up) = outline.nodes[at].parent
        {
            passing[up.0 as usize] = true;
        }
    }
    Some(passing)
}

/// The nodes that the tree shows, in document order. A filter shows what is folded, too.
fn rows(outline: &Outline, folded: &BTreeSet<NodeIx>, passing: Option<&[bool]>) -> Vec<NodeIx> {
    let mut rows = Vec::new();
    let mut folded_below: Option<u8> = None;
    for (ix, node) in outline.iter() {
        if let Some(passing) = passing {
            if passing[ix.0 as usize] {
                rows.push(ix);
            }
            continue;
        }
        if folded_below.is_some_and(|level| node.level > level) {
            continue;
        }
        folded_below = folded.contains(&ix).then_some(node.level);
        if is_row(node) {
            rows.push(ix);
        }
    }
    rows
}

/// Items, tagged items and rows below each node.
fn counts(open: &OpenPlan) -> Vec<Counts> {
    let outline = &open.plan.outline;
    let mut counts = vec![Counts::default(); outline.nodes.len()];
    for &item in &open.items {
        counts[item.0 as usize] = Counts { items: 1, tagged: u32::from(open.is_done(item)), has_rows: false };
    }
    for at in (0..counts.len()).rev() {
        let (node, below) = (&outline.nodes[at], counts[at]);
        if let Some(up) = node.parent.and_then(|up| counts.get_mut(up.0 as usize)) {
            up.items += below.items;
            up.tagged += below.tagged;
            up.has_rows |= is_row(node) || below.has_rows;
        }
    }
    counts
}

/// The row that stands for the place a person is at: the node itself or the nearest one above it.
fn place_of(outline: &Outline, rows: &[NodeIx], at: Option<NodeIx>) -> Option<NodeIx> {
    let at = at?;
    std::iter::once(at).chain(outline.ancestors(at)).find(|ix| rows.binary_search(ix).is_ok())
}

/// A row of the tree.
struct Row<'a> {
    cx: &'a Cx<'a>,
    id: PlanId,
    open: &'a OpenPlan,
    ix: NodeIx,
    counts: Counts,
    /// Whether it is the present place.
    here: bool,
}

impl Row<'_> {
    fn show_ui(&self, ui: &mut Ui, reading: &Reading, keyboard: Id) {
        let Some(node) = self.open.plan.outline.get(self.ix) else { return };
        let rect = ui.allocate_space(vec2(ui.available_width(), ROW_HEIGHT)).1;
        // The row of the present place takes the keyboard for the whole tree.
        let response = if self.here {
            ui.interact(rect, keyboard, Sense::click())
        } else {
            ui.interact(rect, keyboard.with(self.ix), Sense::CLICK)
        };
        let folded = reading.folded.contains(&self.ix);
        response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, self.here, self.name(node)));
        let left = rect.min.x + 8.0 + f32::from(node.level.saturating_sub(1)) * INDENT;
        let fold = Rect::from_min_size(pos2(left - 2.0, rect.min.y), vec2(18.0, ROW_HEIGHT));
        self.paint(ui, node, &response, (left, fold, folded));
        if response.has_focus() {
            self.keys(ui, &response, folded);
        }
        if response.clicked() {
            let on_fold =
                self.counts.has_rows && response.interact_pointer_pos().is_some_and(|at| fold.contains(at));
            let command = if on_fold {
                Command::ToggleFold(self.id, self.ix)
            } else {
                Command::Focus(self.id, self.ix)
            };
            self.cx.send(command);
            // The arrow keys go on from the item, not from the row.
            response.surrender_focus();
        }
        response.on_hover_text(node_words(&self.open.plan, node, 60));
    }

    /// Arrows while the tree has the keyboard: up and down in the plan, right unfolds, left folds or goes up.
    fn keys(&self, ui: &Ui, response: &Response, folded: bool) {
        let arrows = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        if pressed(Key::ArrowDown) {
            self.cx.send(Command::Step(1));
        } else if pressed(Key::ArrowUp) {
            self.cx.send(Command::Step(-1));
        } else if pressed(Key::ArrowRight) && self.counts.has_rows && folded {
            self.cx.send(Command::ToggleFold(self.id, self.ix));
        } else if pressed(Key::ArrowLeft) {
            if self.counts.has_rows && !folded {
                self.cx.send(Command::ToggleFold(self.id, self.ix));
            } else if let Some(up) = self.open.plan.outline.ancestors(self.ix).next() {
                self.cx.send(Command::Focus(self.id, up));
            }
        }
    }

    /// Clause number, words, tags, and what was set right.
    fn name(&self, node: &Node) -> String {
        let mut name = self.cx.node_name(self.id, self.ix);
        for tag in self.open.marks.tags(self.ix) {
            name = format!("{name} · {}", self.cx.tag_name_of(tag));
        }
        if self.counts.has_rows && self.counts.items > 0 {
            let (done, all) = (self.counts.tagged, self.counts.items);
            name = format!("{name} · {}", t!(self.cx, "tagged-of", done = done, all = all));
        }
        if node.flags.contains(&Flag::Corrected) {
            name = format!("{name} · {}", t!(self.cx, "corrected"));
        }
        name
    }

    fn paint(&self, ui: &Ui, node: &Node, response: &Response, place: (f32, Rect, bool)) {
        let (cx, rect, (left, fold, folded)) = (self.cx, response.rect, place);
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        if self.here {
            painter.rect_filled(rect, 4.0, cx.palette.focus);
            let accent = Rect::from_min_size(rect.min, vec2(3.0, ROW_HEIGHT));
            painter.rect_filled(accent, 1.5, cx.palette.accent);
        } else if response.hovered() {
            painter.rect_filled(rect, 4.0, cx.palette.hover);
        }
        if response.has_focus() {
            icons::focus_ring(&painter, rect, cx.palette);
        }
        if self.counts.has_rows {
            icons::disclosure(&painter, fold.center(), !folded, cx.palette.muted);
        }
        let right = self.marks(&painter, rect, node);
        let words = node_words(&self.open.plan, node, 40);
        let number = self.open.plan.text.slice(node.number).trim();
        let font = if node.level == 1 { bold_font(13.5) } else { regular_font(13.5) };
        let (at, right) = (pos2(left + 16.0, rect.center().y), right - 4.0);
        let drawn = line(&painter, at, right, number, font.clone(), cx.palette.muted);
        let gap = if number.is_empty() { 0.0 } else { 4.0 };
        line(&painter, pos2(drawn.max.x + gap, at.y), right, &words, font, cx.palette.text);
    }

    /// What stands at the right end: colour dots of tags, or how much below it is tagged; a mark of what was set
    /// right. Gives where it begins.
    fn marks(&self, painter: &Painter, rect: Rect, node: &Node) -> f32 {
        let (cx, y) = (self.cx, rect.center().y);
        let mut right = rect.max.x - 8.0;
        if self.counts.has_rows && self.counts.items > 0 {
            let words = format!("{}/{}", self.counts.tagged, self.counts.items);
            let at = pos2(right, y);
            right = painter.text(at, Align2::RIGHT_CENTER, words, regular_font(12.0), cx.palette.muted).min.x
                - 6.0;
        }
        let tags: Vec<_> = self.open.marks.tags(self.ix).take(DOTS).collect();
        for id in tags.into_iter().rev() {
            let hue = cx.tag(id).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue));
            painter.circle_filled(pos2(right - 4.0, y), 4.0, hue);
            right -= 11.0;
        }
        if node.flags.contains(&Flag::Corrected) {
            icons::paint(painter, icons::Icon::Pencil, pos2(right - 8.0, y), cx.palette.caution);
            right -= 18.0;
        }
        right
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Layout, Text};

    const TEXT: &str = "一、完善服务\n(一)加强管理。建立制度。\n(二)加强培训。\n1.培训医生。\n2.培训护士。\n二、保障措施\n(一)加强领导。\n";

    fn outline() -> Outline {
        crate::plan::read_outline(&Text::new(TEXT), &Layout::default()).0
    }

    fn shown(folded: &[u32], passing: Option<&[bool]>) -> Vec<u32> {
        let folded = folded.iter().map(|&ix| NodeIx(ix)).collect();
        rows(&outline(), &folded, passing).into_iter().map(|ix| ix.0).collect()
    }

    #[test]
    fn what_is_folded_hides_what_is_below_and_no_more() {
        assert_eq!(shown(&[], None), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(shown(&[2], None), [0, 1, 2, 5, 6]);
        assert_eq!(shown(&[0], None), [0, 5, 6]);
        assert_eq!(shown(&[0, 2, 5], None), [0, 5]);
    }

    #[test]
    fn a_filter_shows_what_is_folded() {
        let passing = [true, false, true, true, false, false, false];
        assert_eq!(shown(&[0], Some(&passing)), [0, 2, 3]);
    }

    #[test]
    fn the_present_place_is_the_nearest_row_above() {
        let outline = outline();
        let rows: Vec<_> = [0, 5].map(NodeIx).into();
        assert_eq!(place_of(&outline, &rows, Some(NodeIx(4))), Some(NodeIx(0)));
        assert_eq!(place_of(&outline, &rows, Some(NodeIx(6))), Some(NodeIx(5)));
        assert_eq!(place_of(&outline, &rows, None), None);
    }
}
