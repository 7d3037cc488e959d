//! Tags as the window shows them: chips, and the list from which a person picks.

use super::cx::{Cx, t};
use super::icons;
use crate::annotation::{Codebook, Tag, TagId};
use crate::text::fold;
use egui::{Id, Key, Response, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};
use std::sync::Arc;

/// A chip: colour dot, name, and a cross that removes it. Tells whether the cross was clicked.
pub fn removable_chip_ui(ui: &mut Ui, cx: &Cx<'_>, id: &TagId) -> bool {
    let name = cx.tag_name_of(id);
    let hue = cx.tag(id).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue));
    let mut removed = false;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(12.0, 20.0), Sense::hover());
        ui.painter().circle_filled(rect.center(), 4.5, hue);
        let label = ui.label(name);
        if let Some(tag) = cx.tag(id) {
            label.on_hover_text(definition(cx, tag));
        }
        let cross = t!(cx, "remove-tag", tag = name.to_owned());
        removed = icons::icon_button(ui, icons::Icon::Close, &cross, true).clicked();
    });
    removed
}

/// What belongs under a tag, in the language of the interface.
pub fn definition<'a>(cx: &Cx<'_>, tag: &'a Tag) -> &'a str {
    match cx.app.language() {
        crate::app::Language::Chinese => &tag.definition_zh,
        crate::app::Language::English => &tag.definition_en,
    }
}

/// The list of tags to pick from, with a field that filters it while typing.
#[derive(Default)]
pub struct Picker {
    query: String,
    /// Whether the field should take the keyboard in the next frame.
    wants_focus: bool,
    rows: Rows,
}

/// The rows that the query leaves, kept until query or codebook change.
#[derive(Default)]
struct Rows {
    key: Option<(String, Arc<Codebook>)>,
    /// The tags and their depth.
    rows: Vec<(TagId, u8)>,
}

impl Picker {
    /// Gives the field the keyboard.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Shows field and list. Gives the tag that was picked. `is_on` tells which tags the item carries.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, is_on: impl Fn(&TagId) -> bool) -> Option<TagId> {
        let codebook = &cx.app.project.as_ref()?.codebook;
        let field = TextEdit::singleline(&mut self.query).id(Id::unique("tag-picker-field"));
        let field = ui.add(field.hint_text(t!(cx, "find-tag")).desired_width(f32::INFINITY));
        if std::mem::take(&mut self.wants_focus) {
            field.request_focus();
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        self.rows.follow(codebook, &self.query);
        let mut picked = None;
        if entered {
            let query = fold(&self.query);
            let mut hits = self.rows.rows.iter().filter_map(|(id, _)| codebook.tag(id));
            picked = hits.find(|tag| matches(tag, &query)).map(|tag| tag.id.clone());
            self.query.clear();
        }
        let height = 26.0;
        ScrollArea::vertical().id_salt("tag-picker").auto_shrink(false).show_rows(
            ui,
            height,
            self.rows.rows.len(),
            |ui, range| {
                for (id, depth) in &self.rows.rows[range] {
                    let Some(tag) = codebook.tag(id) else { continue };
                    if tag_row_ui(ui, cx, tag, *depth, is_on(id)).clicked() {
                        picked = Some(id.clone());
                    }
                }
            },
        );
        picked
    }
}

impl Rows {
    fn follow(&mut self, codebook: &Arc<Codebook>, query: &str) {
        let key = (fold(query), codebook.clone());
        if self.key.as_ref().is_some_and(|(query, book)| *query == key.0 && Arc::ptr_eq(book, codebook)) {
            return;
        }
        let ordered = codebook.in_tree_order();
        let mut kept = vec![false; ordered.len()];
        // From below: a tag stays where it fits or a tag below it stays.
        let mut keep_above = u8::MAX;
        for (at, &(tag, depth)) in ordered.iter().enumerate().rev() {
            let stands_above = keep_above != u8::MAX && depth < keep_above;
            if stands_above || matches(tag, &key.0) {
                kept[at] = true;
                keep_above = depth;
            }
            if depth == 0 {
                keep_above = u8::MAX;
            }
        }
        let rows = ordered.iter().zip(kept).filter(|&(_, kept)| kept);
        self.rows = rows.map(|(&(tag, depth), _)| (tag.id.clone(), depth)).collect();
        self.key = Some(key);
    }
}

/// Whether a tag is meant by a folded query: part of its Chinese or English name.
fn matches(tag: &Tag, query: &str) -> bool {
    query.is_empty() || fold(&tag.zh).contains(query) || fold(&tag.en).contains(query)
}

/// A row of a list of tags: dot, name, and a mark where it is on.
pub fn tag_row_ui(ui: &mut Ui, cx: &Cx<'_>, tag: &Tag, depth: u8, on: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click());
    let name = cx.tag_name(tag);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, name));
    if on {
        ui.painter().rect_filled(rect, 4.0, cx.palette.focus);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, cx.palette.hover);
    }
    let x = rect.min.x + 12.0 + f32::from(depth) * 14.0;
    let hue = cx.palette.hue(tag.hue);
    let dot = egui::pos2(x, rect.center().y);
    if on {
        ui.painter().circle_filled(dot, 5.0, hue);
    } else {
        ui.painter().circle_stroke(dot, 4.5, egui::Stroke::new(1.5, hue));
    }
    let clip = ui.painter().with_clip_rect(rect);
    let font = if depth == 0 { super::theme::bold_font(13.5) } else { super::theme::regular_font(13.5) };
    clip.text(egui::pos2(x + 12.0, rect.center().y), egui::Align2::LEFT_CENTER, name, font, cx.palette.text);
    let definition = definition(cx, tag);
    if definition.is_empty() { response } else { response.on_hover_text(definition) }
}
