//! The outline of a plan as a tree: a flat list of the rows that are unfolded and pass the filter.

use super::cx::{Cx, node_words};
use super::icons;
use super::theme::{ROW_HEIGHT, bold_font, regular_font};
use crate::app::{Command, OpenPlan, Reading};
use crate::plan::{Kind, Node, NodeIx, Outline};
use crate::project::PlanId;
use egui::{Align, Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};
use std::collections::BTreeSet;

/// A tree. One for each place where an outline is shown.
#[derive(Default)]
pub struct OutlineTree {
    revealed: u64,
}

impl OutlineTree {
    /// Shows the outline of a plan; a click puts the focus on a node.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, salt: &str, id: PlanId) {
        let Some(open) = cx.app.plan(id) else { return };
        let reading = cx.app.reading(id).cloned().unwrap_or_default();
        let rows = rows(cx, open, &reading);
        let here = place_of(&open.plan.outline, &rows, reading.focus.or(reading.top));
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().id_salt((salt, id)).auto_shrink(false);
        if self.revealed != reading.reveal {
            self.revealed = reading.reveal;
            if let Some(at) = here.and_then(|here| rows.binary_search(&here).ok()) {
                area = reveal(ui, area, at);
            }
        }
        area.show_rows(ui, ROW_HEIGHT, rows.len(), |ui, range| {
            for &ix in &rows[range] {
                row_ui(ui, cx, (id, open, ix), &reading, here == Some(ix));
            }
        });
    }
}

/// Scrolls a row into the middle.
fn reveal(ui: &Ui, area: ScrollArea, at: usize) -> ScrollArea {
    let middle = at as f32 * ROW_HEIGHT - ui.available_height() / 2.0;
    area.vertical_scroll_offset(middle.max(0.0))
}

/// Whether the tree shows a node: all but plain paragraphs.
fn is_row(node: &Node) -> bool {
    node.kind != Kind::Paragraph || !node.heading.is_empty()
}

/// The nodes that the tree shows now, in document order.
fn rows(cx: &Cx<'_>, open: &OpenPlan, reading: &Reading) -> Vec<NodeIx> {
    let outline = &open.plan.outline;
    let passing = cx.app.view.filter.as_ref().map(|filter| {
        let codebook = cx.app.project.as_ref().map(|project| &project.codebook);
        let fits =
            |ix| open.marks.tags(ix).any(|tag| codebook.is_some_and(|book| book.is_within(tag, filter)));
        let tagged = outline.iter().map(|(ix, _)| ix).filter(|&ix| fits(ix));
        tagged.flat_map(|ix| std::iter::once(ix).chain(outline.ancestors(ix))).collect::<BTreeSet<_>>()
    });
    let mut rows = Vec::new();
    let mut folded_below: Option<u8> = None;
    for (ix, node) in outline.iter() {
        if folded_below.is_some_and(|level| node.level > level) {
            continue;
        }
        folded_below = (reading.folded.contains(&ix) && passing.is_none()).then_some(node.level);
        let passes = passing.as_ref().is_none_or(|passing| passing.contains(&ix));
        if passes && (is_row(node) || passing.is_some()) {
            rows.push(ix);
        }
    }
    rows
}

/// The row that stands for the place a person is at: the node itself or the nearest one above it.
fn place_of(outline: &Outline, rows: &[NodeIx], at: Option<NodeIx>) -> Option<NodeIx> {
    let at = at?;
    std::iter::once(at).chain(outline.ancestors(at)).find(|ix| rows.binary_search(ix).is_ok())
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, place: (PlanId, &OpenPlan, NodeIx), reading: &Reading, here: bool) {
    let (id, open, ix) = place;
    let Some(node) = open.plan.outline.get(ix) else { return };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
    let tags: Vec<_> = open.marks.tags(ix).take(4).collect();
    let mut name = cx.node_name(id, ix);
    for tag in &tags {
        name = format!("{name} · {}", cx.tag_name_of(tag));
    }
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, here, &name));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if here {
        painter.rect_filled(rect, 4.0, cx.palette.focus);
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(3.0, ROW_HEIGHT)), 1.5, cx.palette.accent);
    } else if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 4.0, cx.palette.hover);
    }
    let left = rect.min.x + 8.0 + f32::from(node.level.saturating_sub(1)) * 14.0;
    let has_rows =
        open.plan.outline.children(Some(ix)).any(|child| open.plan.outline.get(child).is_some_and(is_row));
    let fold = Rect::from_min_size(pos2(left, rect.min.y), vec2(14.0, ROW_HEIGHT));
    if has_rows {
        icons::disclosure(&painter, fold.center(), !reading.folded.contains(&ix), cx.palette.muted);
    }
    let right = dots(&painter, cx, rect, &tags);
    let words = node_words(&open.plan, node, 40);
    let number = open.plan.text.slice(node.number).trim();
    let font = if node.level == 1 { bold_font(13.5) } else { regular_font(13.5) };
    let text = painter.with_clip_rect(rect.with_max_x(right - 4.0).intersect(ui.clip_rect()));
    let at = pos2(left + 16.0, rect.center().y);
    let drawn = text.text(at, Align2::LEFT_CENTER, number, font.clone(), cx.palette.muted);
    let gap = if number.is_empty() { 0.0 } else { 4.0 };
    text.text(pos2(drawn.max.x + gap, rect.center().y), Align2::LEFT_CENTER, &words, font, cx.palette.text);
    if response.clicked() {
        let on_fold = has_rows && response.interact_pointer_pos().is_some_and(|at| fold.contains(at));
        cx.send(if on_fold { Command::ToggleFold(id, ix) } else { Command::Focus(id, ix) });
        // The arrow keys go on from the item, not from the row.
        response.surrender_focus();
    }
    if response.has_focus() && response.gained_focus() {
        response.scroll_to_me(Some(Align::Center));
    }
    response.on_hover_text(words);
}

/// Colour dots of tags at the right end of a row; gives where they begin.
fn dots(painter: &egui::Painter, cx: &Cx<'_>, rect: Rect, tags: &[&crate::annotation::TagId]) -> f32 {
    let mut right = rect.max.x - 8.0;
    for id in tags.iter().rev() {
        let hue = cx.tag(id).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue));
        painter.circle_filled(pos2(right - 4.0, rect.center().y), 4.0, hue);
        right -= 11.0;
    }
    right
}
