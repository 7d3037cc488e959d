//! The plans of the project: city and years, title, and how far the coder is; grouped, sorted, filtered.

use super::actions;
use super::cx::{Cx, name_field, t};
use super::icons;
use super::line::line;
use super::right_end::at_right_end;
use super::strings;
use super::theme::{bold_font, regular_font};
use super::typed::Typed;
use super::versions::{full_name, versions_menu_ui};
use crate::app::{Command, Group, GroupName, Grouping, LibraryCommand, LibraryRow, Side, Sorting};
use crate::plan::MetadataField;
use crate::project::PlanId;
use egui::{
    Align2, Id, Key, Painter, Rect, Response, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo,
    pos2, vec2,
};

/// Height of a row in points.
const ROW: f32 = 44.0;
/// From how many plans on a filter is of use.
const FILTER_FROM: usize = 8;

/// The list, with what is being typed in it.
#[derive(Default)]
pub struct LibraryList {
    filter: Typed,
    /// The title being typed, and whether its field is to take the keyboard.
    renaming: Option<(PlanId, String, bool)>,
    /// The plan that was brought into view last.
    shown: Option<PlanId>,
    /// Where the rows are scrolled to, in points.
    offset: f32,
}

impl LibraryList {
    /// Begins to type a new title for a plan.
    pub fn rename(&mut self, cx: &Cx<'_>, plan: PlanId) {
        self.renaming = Some((plan, cx.plan_title(plan).to_owned(), true));
    }

    /// Shows the list; a click opens a plan. `composing`: an input method is at work.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, composing: bool) {
        let library = cx.app.library_shown();
        let count = cx.app.library_order().len();
        head_ui(ui, cx, count);
        if count == 0 {
            ui.add_space(8.0);
            ui.label(t!(cx, "library-empty"));
            return;
        }
        if count >= FILTER_FROM || !library.filter.is_empty() {
            self.filter_ui(ui, cx, composing);
        }
        self.rename_ui(ui, cx);
        if library.rows.is_empty() {
            ui.weak(t!(cx, "library-filtered"));
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().id_salt("library").auto_shrink(false);
        if self.shown != cx.app.view.plan {
            self.shown = cx.app.view.plan;
            let open = self.shown.map(LibraryRow::Plan);
            let at = library.rows.iter().position(|&row| Some(row) == open);
            area = reveal(ui, area, at, self.offset);
        }
        let output = area.show_rows(ui, ROW, library.rows.len(), |ui, range| {
            for &row in &library.rows[range] {
                match row {
                    LibraryRow::Plan(id) => self.row_ui(ui, cx, id),
                    LibraryRow::Group(at) => {
                        if let Some(group) = library.groups.get(at) {
                            group_ui(ui, cx, group);
                        }
                    }
                }
            }
        });
        self.offset = output.state.clamped_offset().y;
    }

    fn filter_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, composing: bool) {
        self.filter.follow(&cx.app.library_shown().filter);
        let field = TextEdit::singleline(&mut self.filter.words).id(Id::unique("library-filter"));
        let field = ui.add(field.hint_text(t!(cx, "library-filter")).desired_width(f32::INFINITY));
        name_field(&field, t!(cx, "library-filter"));
        if let Some(words) = self.filter.take_change(composing) {
            cx.send(Command::Library(LibraryCommand::Filter(words)));
        }
    }

    /// The field for a new title, above the list.
    fn rename_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some((plan, title, wants_focus)) = &mut self.renaming else { return };
        let label = ui.weak(t!(cx, "rename-plan-of", plan = cx.plan_name(*plan)));
        let field = TextEdit::singleline(title).id(Id::unique("rename-plan")).desired_width(f32::INFINITY);
        let field = ui.add(field).labelled_by(label.id);
        if std::mem::take(wants_focus) {
            field.request_focus();
        } else if field.lost_focus() {
            let left = ui.input(|input| input.key_pressed(Key::Escape));
            if !left && title.trim() != cx.plan_title(*plan) {
                cx.send(Command::SetMetadata(*plan, MetadataField::Title, title.trim().to_owned()));
            }
            self.renaming = None;
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, id: PlanId) {
        if cx.record(id).is_none() {
            return;
        }
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
        let (name, title) = (cx.plan_name(id), cx.plan_title(id));
        let (tagged, items) = cx.app.progress(id);
        let spoken = t!(
            cx,
            "library-row",
            name = name.clone(),
            title = title.to_owned(),
            tagged = tagged,
            items = items
        );
        let later = cx.app.superseded_by(id).map(|later| full_name(cx, later));
        let superseded = later.map(|later| t!(cx, "superseded-by", plan = later));
        let spoken = superseded.iter().fold(spoken, |spoken, words| format!("{spoken}，{words}"));
        let open = cx.app.view.plan == Some(id);
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, open, &spoken));
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        ground(cx, &painter, &response, open);
        let left = rect.min.x + if cx.app.settings.grouping == Grouping::None { 12.0 } else { 24.0 };
        let count = format!("{tagged}/{items}");
        let right = pos2(rect.max.x - 10.0, rect.min.y + 13.0);
        let count = painter.text(right, Align2::RIGHT_CENTER, count, regular_font(12.0), cx.palette.muted);
        let at = pos2(left, rect.min.y + 13.0);
        let color = if superseded.is_some() { cx.palette.muted } else { cx.palette.text };
        line(&painter, at, count.min.x - 6.0, &name, bold_font(14.0), color);
        let at = pos2(left, rect.min.y + 30.0);
        let below = superseded.as_deref().unwrap_or(title);
        line(&painter, at, rect.max.x - 10.0, below, regular_font(12.0), cx.palette.muted);
        bar(cx, &painter, rect.with_min_x(left), tagged, items);
        if response.clicked() {
            cx.send(Command::OpenPlan(id));
            response.surrender_focus();
        }
        response.context_menu(|ui| self.menu_ui(ui, cx, id));
        response.on_hover_text(title);
    }

    fn menu_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, id: PlanId) {
        if ui.button(t!(cx, "open-plan")).clicked() {
            cx.send(Command::OpenPlan(id));
            ui.close();
        }
        for (side, words) in [(Side::A, t!(cx, "compare-as-a")), (Side::B, t!(cx, "compare-as-b"))] {
            if ui.button(words).clicked() {
                cx.send(Command::SetSide(side, id));
                cx.send(Command::Show(crate::app::Screen::Compare));
                ui.close();
            }
        }
        ui.separator();
        versions_menu_ui(ui, cx, id);
        ui.separator();
        if ui.button(t!(cx, "rename-plan")).clicked() {
            self.rename(cx, id);
            ui.close();
        }
        if ui.button(t!(cx, "remove-plan")).clicked() {
            cx.send(Command::RemovePlan(id));
            ui.close();
        }
    }
}

/// Scrolls so that the row at `at` is in view; not at all where it is already.
fn reveal(ui: &Ui, area: ScrollArea, at: Option<usize>, offset: f32) -> ScrollArea {
    let Some(at) = at else { return area };
    let (top, height) = (at as f32 * ROW, ui.available_height());
    if top >= offset && top + ROW <= offset + height {
        return area;
    }
    area.vertical_scroll_offset((top - height / 2.0).max(0.0))
}

/// How many plans there are, the way to the next untagged one, and how the list is arranged.
fn head_ui(ui: &mut Ui, cx: &Cx<'_>, count: usize) {
    ui.horizontal(|ui| {
        let words = RichText::new(t!(cx, "plans")).font(bold_font(13.0)).color(cx.palette.muted);
        ui.label(words);
        ui.label(RichText::new(count.to_string()).font(regular_font(12.0)).color(cx.palette.muted));
        at_right_end(ui, |ui| {
            actions::NEXT_UNTAGGED_PLAN.icon_button_ui(ui, cx);
            arrange_ui(ui, cx);
        });
    });
}

/// The menu of groupings and orders.
fn arrange_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let settings = &cx.app.settings;
    ui.menu_button(t!(cx, "library-arrange"), |ui| {
        ui.weak(t!(cx, "library-group"));
        let groupings = [
            (Grouping::None, t!(cx, "group-none")),
            (Grouping::Province, t!(cx, "group-province")),
            (Grouping::City, t!(cx, "group-city")),
            (Grouping::Year, t!(cx, "group-year")),
            (Grouping::Genre, t!(cx, "group-genre")),
        ];
        for (grouping, words) in groupings {
            if ui.radio(settings.grouping == grouping, words).clicked() {
                cx.send(Command::Library(LibraryCommand::Group(grouping)));
                ui.close();
            }
        }
        ui.separator();
        ui.weak(t!(cx, "library-sort"));
        let sortings = [
            (Sorting::Place, t!(cx, "sort-place")),
            (Sorting::Year, t!(cx, "sort-year")),
            (Sorting::Title, t!(cx, "sort-title")),
            (Sorting::Progress, t!(cx, "sort-progress")),
            (Sorting::Imported, t!(cx, "sort-imported")),
        ];
        for (sorting, words) in sortings {
            if ui.radio(settings.sorting == sorting, words).clicked() {
                cx.send(Command::Library(LibraryCommand::Sort(sorting)));
                ui.close();
            }
        }
        if !cx.app.trash().is_empty() {
            ui.separator();
            ui.menu_button(t!(cx, "library-trash", count = cx.app.trash().len()), |ui| trash_ui(ui, cx));
        }
    });
}

/// The plans that were removed; a click puts one back.
fn trash_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.weak(t!(cx, "library-trash-hint"));
    ScrollArea::vertical().id_salt("trash").max_height(300.0).show(ui, |ui| {
        for record in cx.app.trash() {
            let title = record.metadata.title.as_ref().map_or(&record.source.file_name, |fact| &fact.value);
            if ui.button(title).clicked() {
                cx.send(Command::RestorePlan(record.id));
                ui.close();
            }
        }
    });
}

fn group_ui(ui: &mut Ui, cx: &Cx<'_>, group: &Group) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = group_name(cx, &group.name);
    let spoken = t!(
        cx,
        "library-group-row",
        name = name.clone(),
        plans = group.plans.len(),
        tagged = group.tagged,
        items = group.items
    );
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, !group.folded, &spoken));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    ground(cx, &painter, &response, false);
    let y = rect.center().y;
    icons::disclosure(&painter, pos2(rect.min.x + 10.0, y), !group.folded, cx.palette.muted);
    let at = pos2(rect.min.x + 22.0, y);
    let counts =
        t!(cx, "library-group-counts", plans = group.plans.len(), tagged = group.tagged, items = group.items);
    let right = pos2(rect.max.x - 10.0, y);
    let counts = painter.text(right, Align2::RIGHT_CENTER, counts, regular_font(12.0), cx.palette.muted);
    line(&painter, at, counts.min.x - 6.0, &name, bold_font(13.5), cx.palette.text);
    bar(cx, &painter, rect.with_min_x(rect.min.x + 22.0), group.tagged, group.items);
    if response.clicked() {
        cx.send(Command::Library(LibraryCommand::ToggleGroup(group.name.clone())));
    }
}

/// A group as a person calls it.
fn group_name(cx: &Cx<'_>, name: &GroupName) -> String {
    match name {
        GroupName::Place(place) => place.clone(),
        GroupName::Year(year) => year.0.to_string(),
        GroupName::Genre(genre) => strings::genre(cx, *genre),
        GroupName::Unknown => t!(cx, "group-unknown"),
    }
}

fn ground(cx: &Cx<'_>, painter: &Painter, response: &Response, open: bool) {
    let rect = response.rect;
    if open {
        painter.rect_filled(rect, 4.0, cx.palette.focus);
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(3.0, ROW)), 1.5, cx.palette.accent);
    } else if response.hovered() {
        painter.rect_filled(rect, 4.0, cx.palette.hover);
    }
    if response.has_focus() {
        icons::focus_ring(painter, rect, cx.palette);
    }
}

/// The share that is tagged, along the bottom of a row.
fn bar(cx: &Cx<'_>, painter: &Painter, rect: Rect, tagged: usize, items: usize) {
    let bar =
        Rect::from_min_max(pos2(rect.min.x, rect.max.y - 3.0), pos2(rect.max.x - 10.0, rect.max.y - 1.0));
    painter.rect_filled(bar, 1.0, cx.palette.line);
    if items > 0 && tagged > 0 {
        let share = tagged as f32 / items as f32;
        painter.rect_filled(bar.with_max_x(bar.min.x + bar.width() * share), 1.0, cx.palette.good);
    }
}
