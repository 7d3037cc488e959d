//! The table of files: what was recognised of each, typed in place; only visible rows are shown.

use super::words;
use super::{FieldSpec, Typing};
use crate::app::{Command, ImportCommand, Importing, Phase, Row, RowState};
use crate::plan::MetadataField;
use crate::project::{PlanId, Staged};
use crate::ui::cx::{Cx, t};
use crate::ui::strings::sentence;
use crate::ui::theme::{SMALL_SIZE, bold_font};
use egui::{Align, Key, Label, Layout, RichText, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

/// Height of a row, in points.
const ROW: f32 = 32.0;
/// Width of the tick, the city, the years and the number of items, in points.
const WIDTHS: [f32; 4] = [26.0, 104.0, 92.0, 64.0];
/// Between two cells.
const GAP: f32 = 6.0;

/// What the table remembers from frame to frame.
#[derive(Default)]
pub(super) struct Table {
    /// The rows in the order they are shown, for this revision of the import.
    order: Vec<usize>,
    sorted_for: Option<(u64, usize, Phase)>,
    /// The row to bring into view.
    reveal: Option<usize>,
}

/// Where the cells of a row begin and how wide they are.
struct Columns {
    file: f32,
    title: f32,
    state: f32,
}

impl Columns {
    fn of(width: f32) -> Self {
        let rest = (width - WIDTHS.iter().sum::<f32>() - 7.0 * GAP - 12.0).max(240.0);
        Self { file: rest * 0.26, title: rest * 0.44, state: rest * 0.30 }
    }
}

impl Table {
    /// Sorts anew when something changed while nobody types: what needs a look comes first.
    fn sort(&mut self, importing: &Importing) {
        let now = (importing.revision, importing.rows.len(), importing.phase);
        if self.sorted_for == Some(now) {
            return;
        }
        // A row must not jump away while its cells are typed in.
        let same_rows = self.sorted_for.is_some_and(|(_, rows, phase)| (rows, phase) == (now.1, now.2));
        self.sorted_for = Some(now);
        if same_rows {
            return;
        }
        self.order = (0..importing.rows.len()).collect();
        if importing.phase != Phase::Reading {
            self.order.sort_by_key(|&at| match &importing.rows[at].state {
                RowState::Failed(_) => 0,
                RowState::Staged(staged) if needs_a_look(staged) => 1,
                RowState::Imported(_, Some(_)) => 1,
                RowState::Staged(_) | RowState::Imported(..) => 2,
                RowState::Known(_) => 3,
            });
        }
    }

    /// The arrows move from file to file, the space bar ticks.
    pub(super) fn keys(&mut self, importing: &Importing, cx: &Cx<'_>, pressed: impl Fn(Key) -> bool) {
        let step = isize::from(pressed(Key::ArrowDown)) - isize::from(pressed(Key::ArrowUp));
        let plan_at = |at: &usize| Some(importing.rows.get(*at)?.staged()?.record.id);
        let plans: Vec<(usize, PlanId)> =
            self.order.iter().enumerate().filter_map(|(place, at)| Some((place, plan_at(at)?))).collect();
        let here = plans.iter().position(|(_, id)| importing.looked_at == Some(*id));
        if step != 0 && !plans.is_empty() {
            let to = here.map_or(0, |here| here.saturating_add_signed(step).min(plans.len() - 1));
            self.reveal = Some(plans[to].0);
            cx.send(Command::Importing(ImportCommand::Look(plans[to].1)));
        }
        if let Some(row) = here.and_then(|here| importing.row(plans[here].1))
            && importing.phase == Phase::Review
            && pressed(Key::Space)
            && let Some(id) = row.plan()
        {
            cx.send(Command::Importing(ImportCommand::Keep(id, !row.kept)));
        }
    }

    pub(super) fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, importing: &Importing, typing: &mut Typing) {
        self.sort(importing);
        let columns = Columns::of(ui.available_width());
        if importing.rows.is_empty() {
            ui.add_space(12.0);
            ui.label(RichText::new(t!(cx, "import-empty")).color(cx.palette.muted));
            return;
        }
        header_ui(ui, cx, importing, &columns);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().id_salt("import-table").auto_shrink(false);
        if let Some(place) = self.reveal.take() {
            let middle = place as f32 * ROW - ui.available_height() / 2.0;
            area = area.vertical_scroll_offset(middle.max(0.0));
        }
        area.show_rows(ui, ROW, self.order.len(), |ui, range| {
            for &at in &self.order[range] {
                let Some(row) = importing.rows.get(at) else { continue };
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
                let builder = UiBuilder::new().id_salt(("import-row", at)).max_rect(rect);
                let looked_at = row.plan().is_some() && row.plan() == importing.looked_at;
                if looked_at {
                    ui.painter().rect_filled(rect, 4.0, cx.palette.focus);
                }
                ui.scope_builder(builder.layout(Layout::left_to_right(Align::Center)), |ui| {
                    ui.spacing_mut().item_spacing.x = GAP;
                    row_ui(ui, cx, importing, row, &columns, typing);
                });
                let line = [pos2(rect.min.x, rect.max.y), pos2(rect.max.x, rect.max.y)];
                ui.painter().line_segment(line, egui::Stroke::new(0.5, cx.palette.line));
            }
        });
    }
}

/// Whether a person should look at what was recognised.
fn needs_a_look(staged: &Staged) -> bool {
    let metadata = &staged.record.metadata;
    staged.kin.is_some()
        || !staged.lost.is_empty()
        || metadata.title.is_none()
        || metadata.place.is_none()
        || metadata.years.is_none()
}

fn header_ui(ui: &mut Ui, cx: &Cx<'_>, importing: &Importing, columns: &Columns) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let waiting = importing.rows.iter().filter(|row| row.staged().is_some()).count();
        let mut all = importing.kept() == waiting && waiting > 0;
        cell_ui(ui, WIDTHS[0], |ui| {
            if importing.phase == Phase::Review && waiting > 0 {
                let tick = ui.checkbox(&mut all, "");
                let name = t!(cx, "import-keep-all");
                tick.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, all, &name));
                if tick.clicked() {
                    cx.send(Command::Importing(ImportCommand::KeepAll(all)));
                }
            }
        });
        let heads = [
            (t!(cx, "import-file"), columns.file),
            (t!(cx, "field-city"), WIDTHS[1]),
            (t!(cx, "field-years"), WIDTHS[2]),
            (t!(cx, "field-title"), columns.title),
            (t!(cx, "import-items"), WIDTHS[3]),
            (t!(cx, "import-state"), columns.state),
        ];
        for (words, width) in heads {
            cell_ui(ui, width, |ui| {
                let words = RichText::new(sentence(&words)).font(bold_font(SMALL_SIZE));
                ui.label(words.color(cx.palette.muted));
            });
        }
    });
}

/// A cell of a fixed width.
fn cell_ui(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, 24.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(width);
        ui.set_max_width(width);
        contents(ui);
    });
}

fn row_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    importing: &Importing,
    row: &Row,
    columns: &Columns,
    typing: &mut Typing,
) {
    match &row.state {
        RowState::Staged(staged) => staged_ui(ui, cx, importing, row, staged, columns, typing),
        RowState::Failed(error) => {
            plain_ui(ui, row, columns);
            let words = sentence(&words::what(cx, error));
            ui.add(Label::new(RichText::new(&words).color(cx.palette.danger)).truncate())
                .on_hover_text(words);
        }
        RowState::Known(id) => {
            plain_ui(ui, row, columns);
            let words = t!(cx, "import-known", plan = words::plan_name(cx, importing, *id));
            ui.add(Label::new(RichText::new(words).color(cx.palette.muted)).truncate());
        }
        RowState::Imported(id, carried) => imported_ui(ui, cx, row, columns, *id, *carried),
    }
}

/// Tick and file of a row that cannot be ticked.
fn plain_ui(ui: &mut Ui, row: &Row, columns: &Columns) {
    cell_ui(ui, WIDTHS[0], |_| {});
    cell_ui(ui, columns.file, |ui| {
        ui.add(Label::new(row.name()).truncate()).on_hover_text(row.path.display().to_string());
    });
}

fn imported_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    row: &Row,
    columns: &Columns,
    id: PlanId,
    carried: Option<crate::project::Carried>,
) {
    plain_ui(ui, row, columns);
    let words = t!(cx, "import-done-one", plan = cx.plan_name(id));
    if ui.link(words).clicked() {
        cx.send(Command::OpenPlan(id));
    }
    let earlier = cx.app.project.as_ref().and_then(|project| project.earlier_version(id));
    if let Some(earlier) = earlier {
        ui.label(
            RichText::new(t!(cx, "import-as-version-of", plan = cx.plan_name(earlier)))
                .color(cx.palette.good),
        );
        if let Some(carried) = carried.filter(|carried| carried.total() > 0) {
            ui.label(words::carried(cx, carried));
        }
        if ui.small_button(t!(cx, "import-separate")).clicked() {
            cx.send(Command::Importing(ImportCommand::Separate(id)));
        }
    }
}

fn staged_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    importing: &Importing,
    row: &Row,
    staged: &Staged,
    columns: &Columns,
    typing: &mut Typing,
) {
    let (id, metadata, file) = (staged.record.id, &staged.record.metadata, row.name());
    cell_ui(ui, WIDTHS[0], |ui| {
        let mut kept = row.kept;
        let tick = ui.add_enabled(importing.phase == Phase::Review, egui::Checkbox::without_text(&mut kept));
        let name = t!(cx, "import-keep", file = file.clone());
        tick.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, kept, &name));
        if tick.clicked() {
            cx.send(Command::Importing(ImportCommand::Keep(id, kept)));
        }
    });
    cell_ui(ui, columns.file, |ui| {
        let looked_at = importing.looked_at == Some(id);
        let button = egui::Button::selectable(looked_at, file.clone()).truncate();
        let button = ui.add(button);
        let name = t!(cx, "import-look", file = file.clone());
        button.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, looked_at, &name));
        if button.clicked() {
            cx.send(Command::Importing(ImportCommand::Look(id)));
            button.surrender_focus();
        }
        button.on_hover_text(row.path.display().to_string());
    });
    let fields = [
        (MetadataField::City, WIDTHS[1]),
        (MetadataField::Years, WIDTHS[2]),
        (MetadataField::Title, columns.title),
    ];
    for (field, width) in fields {
        cell_ui(ui, width, |ui| {
            let (stored, label) = (metadata.field(field), crate::ui::strings::metadata_field(cx, field));
            let name = t!(cx, "import-field-of", field = label, file = file.clone());
            let width = width - 8.0;
            let spec =
                FieldSpec { plan: id, field, stored: &stored, name: &name, width, place: "import-table" };
            typing.field_ui(ui, cx, &spec).on_hover_text(stored.clone());
        });
    }
    cell_ui(ui, WIDTHS[3], |ui| {
        ui.label(RichText::new(staged.record.items.to_string()).color(cx.palette.muted));
    });
    let (words, color) = words::state(cx, importing, staged);
    ui.add(Label::new(RichText::new(&words).color(color).size(SMALL_SIZE)).truncate()).on_hover_text(words);
}
