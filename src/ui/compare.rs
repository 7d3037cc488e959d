//! Two plans side by side: both texts whole, or the items of one theme next to each other.

use super::cx::{Cx, node_words, t};
use super::icons::{Icon, icon_button};
use super::reader::Column;
use super::strings;
use super::theme::{ROW_HEIGHT, bold_font, regular_font};
use crate::annotation::{Codebook, Tag, TagId};
use crate::app::{Command, OpenPlan, Side};
use crate::plan::{Kind, NodeIx};
use crate::project::PlanId;
use egui::{
    Color32, Frame, Margin, Rect, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The screen, with the two columns of text.
#[derive(Default)]
pub struct CompareScreen {
    a: Column,
    b: Column,
    trees: [super::outline_tree::OutlineTree; 2],
}

/// A plan and the revision of its marks.
type Shown = (PlanId, u64);

/// The theme strip: tags with the number of items on both sides, those that either side carries first.
#[derive(Default)]
pub struct ThemeStrip {
    /// What the rows were made from: plan and revision of both sides, and the codebook.
    key: Option<([Option<Shown>; 2], Arc<Codebook>)>,
    rows: Vec<ThemeRow>,
}

struct ThemeRow {
    tag: TagId,
    depth: u8,
    counts: [usize; 2],
}

impl ThemeStrip {
    /// Shows the strip; a click chooses a theme.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let theme = cx.app.view.compare.theme.as_ref();
        if ui.selectable_label(theme.is_none(), t!(cx, "compare-whole-texts")).clicked() {
            cx.send(Command::CompareTheme(None));
        }
        ui.separator();
        self.follow(cx);
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().id_salt("themes").auto_shrink(false).show_rows(
            ui,
            ROW_HEIGHT,
            self.rows.len(),
            |ui, range| {
                for row in &self.rows[range] {
                    if theme_row_ui(ui, cx, row, theme == Some(&row.tag)).is_some_and(|row| row.clicked()) {
                        cx.send(Command::CompareTheme(Some(row.tag.clone())));
                    }
                }
            },
        );
    }

    fn follow(&mut self, cx: &Cx<'_>) {
        let Some(codebook) = cx.app.project.as_ref().map(|project| &project.codebook) else { return };
        let sides =
            [Side::A, Side::B].map(|side| Some((cx.app.view.compare.side(side)?, side_plan(cx, side)?)));
        let revisions = sides.map(|side| side.map(|(id, open)| (id, open.revision)));
        if self.key.as_ref().is_some_and(|(at, book)| *at == revisions && Arc::ptr_eq(book, codebook)) {
            return;
        }
        let counts =
            sides.map(|side| side.map_or_else(HashMap::new, |(_, open)| theme_counts(codebook, open)));
        let row = |(tag, depth): (&Tag, u8)| {
            let counts = [0, 1].map(|side| counts[side].get(&tag.id).copied().unwrap_or(0));
            ThemeRow { tag: tag.id.clone(), depth, counts }
        };
        self.rows = codebook.in_tree_order().into_iter().map(row).collect();
        self.rows.sort_by_key(|row| row.counts == [0, 0]);
        self.key = Some((revisions, codebook.clone()));
    }
}

/// For each tag the number of nodes that carry it or a tag below it.
fn theme_counts(codebook: &Codebook, open: &OpenPlan) -> HashMap<TagId, usize> {
    let mut counts = HashMap::new();
    for (_, marks) in open.marks.iter() {
        let own = marks.tags.iter().map(|(tag, _)| tag).chain(marks.passages.iter().map(|(_, tag, _)| tag));
        let all: HashSet<&TagId> = own.flat_map(|tag| codebook.with_ancestors(tag)).collect();
        for tag in all {
            *counts.entry(tag.clone()).or_default() += 1;
        }
    }
    counts
}

fn theme_row_ui(ui: &mut Ui, cx: &Cx<'_>, row: &ThemeRow, chosen: bool) -> Option<egui::Response> {
    let (tag, counts) = (cx.tag(&row.tag)?, row.counts);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
    let name = cx.tag_name(tag);
    let spoken = t!(cx, "theme-row", tag = name.to_owned(), a = counts[0], b = counts[1]);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, chosen, &spoken));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if chosen {
        painter.rect_filled(rect, 4.0, cx.palette.focus);
    } else if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 4.0, cx.palette.hover);
    }
    let depth = f32::from(row.depth) * 14.0;
    painter.circle_filled(pos2(rect.min.x + 12.0 + depth, rect.center().y), 4.0, cx.palette.hue(tag.hue));
    let font = if tag.parent.is_none() { bold_font(13.5) } else { regular_font(13.5) };
    let text = painter.with_clip_rect(rect.with_max_x(rect.max.x - 62.0).intersect(ui.clip_rect()));
    let at = pos2(rect.min.x + 22.0 + depth, rect.center().y);
    text.text(at, egui::Align2::LEFT_CENTER, name, font, cx.palette.text);
    for (count, color, x) in [(counts[0], cx.palette.side_a, 36.0), (counts[1], cx.palette.side_b, 8.0)] {
        let color = if count == 0 { cx.palette.muted } else { color };
        let at = pos2(rect.max.x - x, rect.center().y);
        painter.text(at, egui::Align2::RIGHT_CENTER, count.to_string(), regular_font(12.5), color);
    }
    Some(response.on_hover_text(spoken))
}

fn side_plan<'a>(cx: &Cx<'a>, side: Side) -> Option<&'a OpenPlan> {
    cx.app.view.compare.side(side).and_then(|id| cx.app.plan(id))
}

/// The nodes of a plan that carry a tag or one below it in the tree.
fn tagged(cx: &Cx<'_>, open: &OpenPlan, theme: &TagId) -> Vec<NodeIx> {
    let Some(project) = &cx.app.project else { return Vec::new() };
    let fits = |tag: &TagId| project.codebook.is_within(tag, theme);
    let carries = |marks: &crate::app::NodeMarks| {
        marks.tags.iter().any(|(tag, _)| fits(tag)) || marks.passages.iter().any(|(_, tag, _)| fits(tag))
    };
    open.marks.iter().filter(|(_, marks)| carries(marks)).map(|(ix, _)| ix).collect()
}

impl CompareScreen {
    /// Shows both sides.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, order: &[PlanId]) {
        let whole = ui.max_rect();
        let head = Rect::from_min_max(whole.min, pos2(whole.max.x, whole.min.y + 58.0));
        let body = Rect::from_min_max(pos2(whole.min.x, head.max.y), whole.max);
        let halves = |rect: Rect| rect.split_left_right_at_fraction(0.5);
        let (head_a, head_b) = halves(head);
        let (body_a, body_b) = halves(body);
        let sides = [(Side::A, head_a, body_a), (Side::B, head_b, body_b)];
        for (side, head, body) in sides {
            ui.scope_builder(
                UiBuilder::new().id_salt((side, "head")).max_rect(head.shrink2(vec2(12.0, 6.0))),
                |ui| {
                    side_head_ui(ui, cx, side, order);
                },
            );
            ui.scope_builder(UiBuilder::new().id_salt((side, "body")).max_rect(body), |ui| {
                ui.set_clip_rect(body.intersect(ui.clip_rect()));
                self.side_ui(ui, cx, side);
            });
        }
        let line = egui::Stroke::new(1.0, cx.palette.line);
        ui.painter().vline(whole.center().x, whole.y_range(), line);
        ui.painter().hline(whole.x_range(), head.max.y, line);
    }

    fn side_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, side: Side) {
        let Some(plan) = cx.app.view.compare.side(side) else {
            ui.centered_and_justified(|ui| ui.label(t!(cx, "choose-plan")));
            return;
        };
        match &cx.app.view.compare.theme {
            Some(theme) => theme_side_ui(ui, cx, side, plan, theme),
            None => self.whole_side_ui(ui, cx, side, plan),
        }
    }

    /// The outline above, the text below.
    fn whole_side_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, side: Side, plan: PlanId) {
        let (column, tree, salt) = match side {
            Side::A => (&mut self.a, &mut self.trees[0], "compare-a"),
            Side::B => (&mut self.b, &mut self.trees[1], "compare-b"),
        };
        let rect = ui.max_rect();
        let outline =
            Rect::from_min_max(rect.min, pos2(rect.max.x, rect.min.y + (rect.height() * 0.28).min(220.0)));
        ui.scope_builder(UiBuilder::new().id_salt("outline").max_rect(outline.shrink(6.0)), |ui| {
            ui.set_clip_rect(outline.intersect(ui.clip_rect()));
            tree.show_ui(ui, cx, salt, plan);
        });
        ui.painter().hline(rect.x_range(), outline.max.y, egui::Stroke::new(1.0, cx.palette.line));
        let text = Rect::from_min_max(pos2(rect.min.x, outline.max.y + 1.0), rect.max);
        ui.painter().rect_filled(text, 0.0, cx.palette.ground);
        ui.scope_builder(UiBuilder::new().id_salt("text").max_rect(text), |ui| {
            ui.set_clip_rect(text.intersect(ui.clip_rect()));
            column.show_ui(ui, cx, salt, plan);
        });
    }
}

/// The colour of a side.
fn side_color(cx: &Cx<'_>, side: Side) -> Color32 {
    match side {
        Side::A => cx.palette.side_a,
        Side::B => cx.palette.side_b,
    }
}

/// Letter, choice of plan, and what is compared: genre, years, number of items.
fn side_head_ui(ui: &mut Ui, cx: &Cx<'_>, side: Side, order: &[PlanId]) {
    let chosen = cx.app.view.compare.side(side);
    ui.horizontal(|ui| {
        let letter = if side == Side::A { "A" } else { "B" };
        ui.label(RichText::new(letter).font(bold_font(18.0)).color(side_color(cx, side)));
        let name = chosen.map_or_else(|| t!(cx, "choose-plan"), |id| cx.plan_name(id));
        let choose = ui.menu_button(name.clone(), |ui| {
            for &id in order {
                if ui.selectable_label(chosen == Some(id), cx.plan_name(id)).clicked() {
                    cx.send(Command::SetSide(side, id));
                    ui.close();
                }
            }
        });
        let spoken = match side {
            Side::A => t!(cx, "side-a", plan = name),
            Side::B => t!(cx, "side-b", plan = name),
        };
        choose.response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
        if side == Side::A && icon_button(ui, Icon::Swap, &t!(cx, "swap-sides"), true).clicked() {
            cx.send(Command::SwapSides);
        }
    });
    if let Some(record) = chosen.and_then(|id| cx.record(id)) {
        let genre = record.metadata.genre.as_ref().map(|fact| strings::genre(cx, fact.value));
        let parts = [genre, Some(t!(cx, "item-count", count = record.items))];
        ui.weak(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    }
}

/// The items of one side that carry the theme, in full; says so where there are none.
fn theme_side_ui(ui: &mut Ui, cx: &Cx<'_>, side: Side, plan: PlanId, theme: &TagId) {
    let Some(open) = cx.app.plan(plan) else {
        ui.centered_and_justified(|ui| ui.label(t!(cx, "reading-plan", plan = cx.plan_name(plan))));
        return;
    };
    let nodes = tagged(cx, open, theme);
    ui.painter().rect_filled(ui.max_rect(), 0.0, cx.palette.ground);
    ScrollArea::vertical().id_salt((side, "theme")).auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(16, 10)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let tag = cx.tag_name_of(theme).to_owned();
            if nodes.is_empty() {
                ui.label(
                    RichText::new(t!(cx, "theme-none", plan = cx.plan_name(plan), tag = tag))
                        .color(cx.palette.caution),
                );
                ui.weak(t!(cx, "theme-none-hint"));
                return;
            }
            ui.weak(t!(cx, "theme-count", tag = tag, count = nodes.len()));
            for ix in nodes {
                item_ui(ui, cx, side, plan, open, ix);
            }
        });
    });
}

/// An item in full: clause number, heading, words. A click opens it in the reader.
fn item_ui(ui: &mut Ui, cx: &Cx<'_>, side: Side, plan: PlanId, open: &OpenPlan, ix: NodeIx) {
    let Some(node) = open.plan.outline.get(ix) else { return };
    let size = cx.app.settings.reading_size;
    let clause = format!("{} {}", cx.plan_name(plan), cx.app.clause(plan, ix));
    ui.add_space(10.0);
    let frame = Frame::new().inner_margin(Margin { left: 12, right: 0, top: 2, bottom: 2 });
    let shown = frame.show(ui, |ui| {
        let link = ui.link(RichText::new(&clause).font(bold_font(13.0)).color(side_color(cx, side)));
        if link.on_hover_text(t!(cx, "open-in-reader")).clicked() {
            cx.send(Command::OpenPlan(plan));
            cx.send(Command::Focus(plan, ix));
        }
        if !node.heading.is_empty() {
            ui.label(RichText::new(node.heading.read(&open.plan.text)).font(bold_font(size)));
        }
        let body = body_with_paragraphs(open, ix);
        let line_height = Some(size * super::theme::READING_LEADING);
        ui.label(RichText::new(body).font(regular_font(size)).line_height(line_height));
    });
    let rect = shown.response.rect;
    ui.painter().rect_filled(
        Rect::from_min_size(rect.min, vec2(3.0, rect.height())),
        1.5,
        side_color(cx, side),
    );
    let name = format!("{clause} {}", node_words(&open.plan, node, 40));
    shown.response.interact(Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &name));
}

/// The body of a node with the paragraphs right below it.
fn body_with_paragraphs(open: &OpenPlan, ix: NodeIx) -> String {
    let outline = &open.plan.outline;
    let own = outline.get(ix).map(|node| node.body.read(&open.plan.text));
    let paragraphs = outline.children(Some(ix)).filter_map(|child| outline.get(child));
    let paragraphs = paragraphs.filter(|child| child.kind == Kind::Paragraph);
    let words = paragraphs
        .map(|child| format!("{}{}", child.heading.read(&open.plan.text), child.body.read(&open.plan.text)));
    let body: Vec<_> = own.into_iter().chain(words).filter(|words| !words.is_empty()).collect();
    body.join("\n").trim_start_matches(['。', ':', '：', ' ']).to_owned()
}
