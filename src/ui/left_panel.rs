//! The left panel of the reading screen: the library above, the outline of the open plan below.

use super::cx::{Cx, name_field, t};
use super::library::LibraryList;
use super::outline_tree::OutlineTree;
use super::right_end::at_right_end;
use super::theme;
use crate::app::Command;
use crate::project::PlanId;
use egui::{ComboBox, Frame, Id, Panel, RichText, Role, TextEdit, Ui, WidgetInfo};

/// Shows the panel's contents. `composing`: an input method is at work.
pub fn left_panel_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    library: &mut LibraryList,
    tree: &mut OutlineTree,
    composing: bool,
) {
    let height = ui.available_height();
    let upper = Panel::top("library").resizable(true).default_size(height * 0.38);
    upper.size_range(90.0..=height - 120.0).frame(Frame::new()).show(ui, |ui| {
        // As high as it was drawn, however few plans there are.
        ui.set_min_height(ui.available_height());
        library.show_ui(ui, cx, composing);
    });
    let Some(plan) = cx.app.view.plan else { return };
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(t!(cx, "outline")).font(theme::bold_font(13.0)).color(cx.palette.muted));
        at_right_end(ui, |ui| levels_ui(ui, cx, plan));
    });
    ui.horizontal(|ui| {
        let half = (ui.available_width() - ui.spacing().item_spacing.x) / 2.0;
        let field = TextEdit::singleline(&mut tree.typed).id(Id::unique("outline-filter"));
        let field = ui.add(field.hint_text(t!(cx, "outline-filter")).desired_width(half - 8.0));
        name_field(&field, t!(cx, "outline-filter"));
        filter_ui(ui, cx);
    });
    if !composing {
        tree.filter_as_typed();
    }
    tree.show_ui(ui, cx, "tree", plan);
}

/// Buttons that show the outline down to a level.
fn levels_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId) {
    for level in [1, 2, 3_u8] {
        let button = ui.small_button(level.to_string());
        let name = t!(cx, "levels-to", level = level);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if button.on_hover_text(&name).clicked() {
            cx.send(Command::FoldFrom(plan, Some(level)));
        }
    }
    let (all, name) = (ui.small_button(t!(cx, "levels-all")), t!(cx, "levels-all-hint"));
    all.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if all.on_hover_text(&name).clicked() {
        cx.send(Command::FoldFrom(plan, None));
    }
}

/// The choice of a tag that filters the outline; offers the tags that the plan carries.
fn filter_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some((_, open)) = cx.app.current() else { return };
    let mut present: Vec<_> =
        open.marks.iter().flat_map(|(_, marks)| marks.tags.iter().map(|(tag, _)| tag)).collect();
    present.sort();
    present.dedup();
    let chosen = cx.app.view.filter.as_ref();
    let all = t!(cx, "filter-none");
    let shown = chosen.map_or(all.clone(), |tag| cx.tag_name_of(tag).to_owned());
    let name = t!(cx, "filter-by-tag", tag = shown.clone());
    let combo = ComboBox::from_id_salt("filter").width(ui.available_width() - 12.0).selected_text(shown);
    let shown = combo.show_ui(ui, |ui| {
        if ui.selectable_label(chosen.is_none(), all).clicked() {
            cx.send(Command::FilterByTag(None));
        }
        for tag in present {
            if ui.selectable_label(chosen == Some(tag), cx.tag_name_of(tag)).clicked() {
                cx.send(Command::FilterByTag(Some(tag.clone())));
            }
        }
    });
    shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
}
