//! How an item is shown: its clause number as a way to the words, its words with marks, its tags and departments.

use super::words::{self, Mark};
use super::{send, side};
use crate::annotation::TagId;
use crate::app::{Command, CompareCommand, Compared, Side};
use crate::plan::{NodeIx, Plan, Segments};
use crate::text::Span;
use crate::ui::cx::{Cx, node_words, t};
use crate::ui::theme::{bold_font, regular_font};
use egui::{
    Align, Frame, Layout, Margin, Rect, Response, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

/// Room of a card around its words.
const PADDING: f32 = 12.0;

/// What is shown with an item.
#[derive(Default)]
pub struct Look<'a> {
    /// Only these of its words; `None`: all.
    pub words: Option<&'a Segments>,
    /// Marks in them.
    pub marks: &'a [(Span, Mark)],
    /// Whether it has the keyboard's attention.
    pub in_focus: bool,
    /// How alike it is to what it is shown for, 0-1.
    pub score: Option<f32>,
    /// Tags and whether each was put by a person.
    pub tags: &'a [(TagId, bool)],
    /// A word on what was decided: confirmed, nearest by words.
    pub verdict: Option<(String, egui::Color32)>,
}

/// City and clause number, as citations give it: `厦门 2017 (二)-1`.
pub fn citation(cx: &Cx<'_>, compared: &Compared, side: Side, node: NodeIx) -> String {
    let plan = cx.plan_name(compared.ids[side.index()]);
    let clause = crate::app::clause_number(compared.plan(side), node);
    if clause.is_empty() { plan } else { format!("{plan} {clause}") }
}

/// Clause number, or the first words where there is none, and the heading.
pub fn title(plan: &Plan, node: NodeIx, limit: usize) -> String {
    let Some(found) = plan.outline.get(node) else { return String::new() };
    let clause = crate::app::clause_number(plan, node);
    let words = node_words(plan, found, limit);
    if clause.is_empty() { words } else { format!("{clause} {words}") }
}

/// Opens the reader at a node.
pub fn open(cx: &Cx<'_>, compared: &Compared, side: Side, node: NodeIx) {
    let id = compared.ids[side.index()];
    cx.send(Command::OpenPlan(id));
    cx.send(Command::Focus(id, node));
}

/// A line that leads to an item, with how alike it is.
pub fn clause_link_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    compared: &Compared,
    side: Side,
    node: NodeIx,
    score: Option<f32>,
) {
    ui.horizontal(|ui| {
        let words = title(compared.plan(side), node, 36);
        let link = egui::Label::new(RichText::new(words).color(side::color(cx, side)))
            .truncate()
            .sense(Sense::click());
        if let Some(score) = score {
            ui.label(RichText::new(format!("{score:.2}")).color(cx.palette.muted));
        }
        if ui.add(link).on_hover_text(t!(cx, "open-in-reader")).clicked() {
            open(cx, compared, side, node);
        }
    });
}

/// A quotation with its clause number; a button keeps it.
pub fn quotation_ui(ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, side: Side, node: NodeIx, span: Span) {
    let words = compared.plan(side).text.slice(span).trim().to_owned();
    ui.label(RichText::new(format!("“{words}”")).font(regular_font(15.0)).line_height(Some(24.0)));
    ui.horizontal(|ui| {
        let source = citation(cx, compared, side, node);
        let link = ui.link(RichText::new(&source).font(bold_font(13.0)).color(side::color(cx, side)));
        if link.on_hover_text(t!(cx, "open-in-reader")).clicked() {
            open(cx, compared, side, node);
        }
        keep_button_ui(ui, cx, compared, side, span, &source);
    });
}

/// A button that keeps words in the basket.
fn keep_button_ui(ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, side: Side, span: Span, source: &str) {
    let id = compared.ids[side.index()];
    let kept = is_kept(cx, compared, side, span);
    let name = if kept { t!(cx, "cmp-kept") } else { t!(cx, "cmp-keep") };
    let button = ui.add_enabled(!kept, egui::Button::new(RichText::new(name).size(12.5)).frame(false));
    let spoken = t!(cx, "cmp-keep-spoken", clause = source.to_owned());
    button.widget_info(|| WidgetInfo::labeled(Role::Button, !kept, &spoken));
    if button.on_hover_text(spoken).clicked() {
        send(cx, CompareCommand::Keep(id, span));
    }
}

fn is_kept(cx: &Cx<'_>, compared: &Compared, side: Side, span: Span) -> bool {
    let id = compared.ids[side.index()];
    let basket = cx.app.links().map(|links| links.basket()).unwrap_or_default();
    basket.iter().any(|kept| {
        let at = kept.at.anchor.span();
        kept.at.plan == id && span.encloses(at) && span.len() <= at.len() + 4
    })
}

/// The words of an item that are its own: all of them, from the first to the last.
pub fn whole(compared: &Compared, side: Side, node: NodeIx) -> Option<Span> {
    let plan = compared.plan(side);
    compared
        .item(side, node)
        .map(crate::insight::Item::span)
        .or_else(|| plan.outline.get(node).map(|found| found.span))
}

/// An item in full. Gives its response; a click on it is a click.
pub fn card_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    compared: &Compared,
    (side, node): (Side, NodeIx),
    look: &Look<'_>,
) -> Response {
    let plan = compared.plan(side);
    let source = citation(cx, compared, side, node);
    let spoken = title(plan, node, 40);
    let margin = Margin { left: PADDING as i8 + 4, right: PADDING as i8, top: 8, bottom: 8 };
    let background = ui.painter().add(egui::Shape::Noop);
    let sense = ui.interact(
        Rect::from_min_size(ui.max_rect().min, vec2(ui.available_width(), last_height(ui, (side, node)))),
        ui.scope_id().with(("card", side, node)),
        Sense::click(),
    );
    let name = format!("{} {spoken}", side::letter(side));
    sense.widget_info(|| WidgetInfo::selected(Role::ListItem, true, look.in_focus, &name));
    let shown = Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        head_ui(ui, cx, compared, (side, node), look, &source);
        words_ui(ui, cx, compared, (side, node), look);
        chips_ui(ui, cx, plan, node, look.tags);
    });
    let rect = shown.response.rect;
    ui.data_mut(|data| data.insert_temp(height_id(ui, (side, node)), rect.height()));
    let fill = match (look.in_focus, sense.hovered()) {
        (true, _) => cx.palette.focus,
        (_, true) => cx.palette.hover,
        _ => cx.palette.ground,
    };
    ui.painter().set(background, egui::Shape::rect_filled(rect, 3.0, fill));
    let stripe = Rect::from_min_size(rect.min + vec2(2.0, 6.0), vec2(4.0, rect.height() - 12.0));
    side::bar(ui.painter(), cx, side, stripe);
    if sense.clicked() {
        sense.surrender_focus();
    }
    sense
}

fn height_id(ui: &Ui, (side, node): (Side, NodeIx)) -> egui::Id {
    ui.scope_id().with(("card height", side, node))
}

/// The height a card had in the last frame, so that its ground can be clicked below its controls.
fn last_height(ui: &Ui, card: (Side, NodeIx)) -> f32 {
    let id = height_id(ui, card);
    ui.data(|data| data.get_temp(id)).unwrap_or(40.0)
}

/// Clause number, the heading above, score and verdict, and the button that keeps the item.
fn head_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    compared: &Compared,
    (side, node): (Side, NodeIx),
    look: &Look<'_>,
    source: &str,
) {
    let plan = compared.plan(side);
    ui.horizontal(|ui| {
        let link = ui.link(RichText::new(source).font(bold_font(13.0)).color(side::color(cx, side)));
        if link.on_hover_text(t!(cx, "open-in-reader")).clicked() {
            open(cx, compared, side, node);
        }
        if let Some(score) = look.score {
            ui.label(RichText::new(format!("{score:.2}")).font(bold_font(13.0)))
                .on_hover_text(t!(cx, "cmp-score-hint"));
        }
        if let Some((words, color)) = &look.verdict {
            ui.label(RichText::new(words).size(12.5).color(*color));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(span) = whole(compared, side, node) {
                keep_button_ui(ui, cx, compared, side, span, source);
            }
            let above = plan.outline.ancestors(node).filter_map(|up| plan.outline.get(up));
            let above = above.map(|up| up.heading.read(&plan.text)).find(|heading| !heading.is_empty());
            if let Some(above) = above {
                let label = RichText::new(above).size(12.0).color(cx.palette.muted);
                ui.add(egui::Label::new(label).truncate());
            }
        });
    });
}

fn words_ui(ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, (side, node): (Side, NodeIx), look: &Look<'_>) {
    let plan = compared.plan(side);
    let item = compared.item(side, node);
    let none = Segments::default();
    let own = plan.outline.get(node).map(|found| &found.heading);
    let (heading, all) = match (look.words, item) {
        (Some(part), Some(item)) if *part != item.words => (&none, part),
        (_, Some(item)) => (&item.heading, &item.words),
        (_, None) => (&none, own.unwrap_or(&none)),
    };
    let galley = words::item_galley(ui, cx, &plan.text, (heading, all), look.marks, ui.available_width());
    let (rect, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(rect.min, galley, cx.palette.text);
}

/// Tags as chips, then the departments.
fn chips_ui(ui: &mut Ui, cx: &Cx<'_>, plan: &Plan, node: NodeIx, tags: &[(TagId, bool)]) {
    let departments = plan.outline.get(node).and_then(|found| found.departments.as_ref());
    if tags.is_empty() && departments.is_none() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 3.0);
        for (tag, by_person) in tags {
            let color = cx.tag(tag).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue));
            let mark = if *by_person { "●" } else { "○" };
            ui.label(RichText::new(format!("{mark} {}", cx.tag_name_of(tag))).size(12.5).color(color));
        }
        if let Some(departments) = departments {
            if !departments.lead.is_empty() {
                let words = t!(cx, "departments-lead", names = departments.lead.join("、"));
                ui.label(RichText::new(words).size(12.5).color(cx.palette.muted));
            }
            if !departments.others.is_empty() {
                let words = t!(cx, "departments-others", names = departments.others.join("、"));
                ui.label(RichText::new(words).size(12.5).color(cx.palette.muted));
            }
        }
    });
}

/// A rough height of a card.
pub fn estimate(cx: &Cx<'_>, compared: &Compared, side: Side, node: NodeIx, width: f32) -> f32 {
    let chars = compared.item(side, node).map_or(20, |item| item.words.len());
    words::estimate(cx, chars, width - 2.0 * PADDING - 4.0) + 74.0
}

/// A Ui in a rect, clipped to it.
pub fn within(
    ui: &mut Ui,
    salt: impl std::hash::Hash + std::fmt::Debug,
    rect: Rect,
    contents: impl FnOnce(&mut Ui),
) {
    ui.scope_builder(UiBuilder::new().id_salt(salt).max_rect(rect), |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        contents(ui);
    });
}
