//! Which tags are compared: any set of them, ticked in a list that is found by Chinese, English or pinyin. A tick on
//! a tag or facet is a tick on all below it; each of those can be taken off again.

use super::send;
use crate::annotation::{Codebook, TagId};
use crate::app::{Among, CodersCommand, Scope};
use crate::ui::codebook::{Finder, facet_name};
use crate::ui::cx::{Cx, t};
use crate::ui::theme::bold_font;
use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Id, Margin, PopupCloseBehavior, RichText, ScrollArea, Stroke, TextEdit, Ui};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Height of a row, in points.
const ROW: f32 = 26.0;

/// The picker, with what was typed and the rows made from it.
#[derive(Default)]
pub struct AmongPicker {
    query: String,
    finder: Finder,
    made_from: Option<(Arc<Codebook>, String)>,
    rows: Vec<Row>,
}

/// A row: a facet or a tag, and the tags that a tick on it ticks.
struct Row {
    is: Is,
    depth: u8,
    tags: BTreeSet<TagId>,
}

enum Is {
    Facet(String),
    Tag(TagId),
}

/// A menu that stays open while things are ticked in it.
pub fn ticking_menu(name: String) -> MenuButton<'static> {
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    MenuButton::new(name).config(stays)
}

/// Menus draw no frames around what is in them; boxes to tick and fields need theirs.
pub fn show_boxes(ui: &mut Ui, cx: &Cx<'_>) {
    let widgets = &mut ui.visuals_mut().widgets;
    widgets.inactive.bg_stroke = Stroke::new(1.0, cx.palette.muted);
    widgets.hovered.bg_stroke = Stroke::new(1.0, cx.palette.accent);
}

impl AmongPicker {
    /// Shows the button, and the list while it is open.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, scope: &Scope) {
        let Some(project) = &cx.app.project else { return };
        let shown = among_words(cx, &scope.among);
        ticking_menu(t!(cx, "agreement-among", among = shown)).ui(ui, |ui| {
            ui.set_width(340.0);
            show_boxes(ui, cx);
            let field = TextEdit::singleline(&mut self.query).id(Id::unique("agreement-find"));
            let field = ui.add(
                field
                    .hint_text(t!(cx, "find-tag"))
                    .desired_width(f32::INFINITY)
                    .margin(Margin::symmetric(6, 3)),
            );
            field.accessible_name(t!(cx, "find-tag"));
            self.follow(&project.codebook);
            self.rows_ui(ui, cx, scope, &project.codebook);
        });
    }

    fn rows_ui(&self, ui: &mut Ui, cx: &Cx<'_>, scope: &Scope, codebook: &Codebook) {
        let choose = |among: Among| send(cx, CodersCommand::SetScope(Scope { among, ..scope.clone() }));
        if ui.radio(scope.among == Among::All, t!(cx, "agreement-all-tags")).clicked() {
            choose(Among::All);
        }
        let height = ROW * self.rows.len().clamp(1, 14) as f32;
        let list = ScrollArea::vertical().id_salt("agreement-tags").max_height(height);
        list.auto_shrink([false, true]).show_rows(ui, ROW, self.rows.len(), |ui, range| {
            for row in &self.rows[range] {
                ui.horizontal(|ui| {
                    ui.set_min_height(ROW);
                    ui.add_space(f32::from(row.depth) * 16.0);
                    let name = match &row.is {
                        Is::Facet(id) => RichText::new(facet_name(cx, id)).font(bold_font(13.5)),
                        Is::Tag(id) => RichText::new(cx.tag_name_of(id)),
                    };
                    // Where all are compared nothing is ticked: the first tick chooses.
                    let chooses = scope.among != Among::All;
                    let mut on = chooses && scope.among.has_all(&row.tags);
                    let some = chooses && !on && scope.among.has_any(&row.tags);
                    let tick = egui::Checkbox::new(&mut on, name).indeterminate(some);
                    if ui.add(tick).changed() {
                        choose(scope.among.with(codebook, &row.tags, on));
                    }
                });
            }
        });
    }

    /// Makes the rows anew where the codebook or what was typed changed.
    fn follow(&mut self, codebook: &Arc<Codebook>) {
        let same =
            |(book, query): &(Arc<Codebook>, String)| Arc::ptr_eq(book, codebook) && *query == self.query;
        if self.made_from.as_ref().is_some_and(same) {
            return;
        }
        let within = |id: &TagId| -> BTreeSet<TagId> {
            let below = codebook.tags.iter().filter(|tag| codebook.is_within(&tag.id, id));
            below.map(|tag| tag.id.clone()).collect()
        };
        self.rows.clear();
        if self.query.trim().is_empty() {
            let tree = codebook.in_tree_order();
            for facet in &codebook.facets {
                let of_facet = || tree.iter().filter(|(tag, _)| tag.facet == facet.id);
                let tags = of_facet().map(|(tag, _)| tag.id.clone()).collect();
                self.rows.push(Row { is: Is::Facet(facet.id.clone()), depth: 0, tags });
                let row = |(tag, depth): &(&crate::annotation::Tag, u8)| {
                    let (is, tags) = (Is::Tag(tag.id.clone()), within(&tag.id));
                    Row { is, depth: depth.saturating_add(1), tags }
                };
                self.rows.extend(of_facet().map(row));
            }
        } else {
            let found = self.finder.find(codebook, &self.query).into_iter();
            let found = found.filter_map(|at| codebook.tags.get(at));
            let row = |id: &TagId| Row { is: Is::Tag(id.clone()), depth: 0, tags: within(id) };
            self.rows.extend(found.map(|tag| row(&tag.id)));
        }
        self.made_from = Some((codebook.clone(), self.query.clone()));
    }
}

/// The tags that are compared, in few words: a facet or tag with all below it by its name, else how many.
fn among_words(cx: &Cx<'_>, among: &Among) -> String {
    let Among::Tags(tags) = among else { return t!(cx, "agreement-all-tags") };
    let Some(project) = &cx.app.project else { return String::new() };
    let book = &project.codebook;
    let first = book.tags.iter().find(|tag| tags.contains(&tag.id));
    if let Some(first) = first {
        let is_subtree = tags.iter().all(|id| book.is_within(id, &first.id));
        let below = book.tags.iter().filter(|tag| book.is_within(&tag.id, &first.id)).count();
        if is_subtree && below == tags.len() {
            return cx.tag_name(first).to_owned();
        }
        let in_facet = book.tags.iter().filter(|tag| tag.facet == first.facet);
        if in_facet.clone().count() == tags.len() && in_facet.clone().all(|tag| tags.contains(&tag.id)) {
            return facet_name(cx, &first.facet);
        }
    }
    t!(cx, "agreement-some-tags", count = tags.len())
}
