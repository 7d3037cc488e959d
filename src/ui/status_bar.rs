//! The line at the bottom: saved or not, who annotates, how far, what is under way, the zoom.

use super::cx::{Cx, t};
use super::right_end::at_right_end;
use super::strings;
use super::typed::Held;
use crate::app::{CodersCommand, Command, Importing, OpenPlan, SaveStatus};
use crate::plan::Plan;
use crate::project::File;
use egui::{Id, RichText, TextEdit, Ui};
use std::sync::Arc;

/// The line, with the coder's name while it is typed.
#[derive(Default)]
pub struct StatusBar {
    coder: Held,
    counted: Option<Counted>,
}

/// Items and tagged items of a plan, and what they were counted from.
struct Counted {
    plan: Arc<Plan>,
    revision: u64,
    done: usize,
    all: usize,
}

impl StatusBar {
    /// Shows the line.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_centered(|ui| {
            let is_read_only =
                cx.app.project.as_ref().is_some_and(|open| open.is_read_only(&File::Codebook).is_some());
            let (words, color) = match cx.app.save_status() {
                SaveStatus::Saved if is_read_only => (t!(cx, "status-read-only"), cx.palette.caution),
                SaveStatus::Saved => (t!(cx, "saved"), cx.palette.good),
                SaveStatus::Saving => (t!(cx, "saving"), cx.palette.muted),
                SaveStatus::Failed(_) => (t!(cx, "not-saved"), cx.palette.danger),
            };
            ui.label(RichText::new(words).size(12.5).color(color));
            ui.separator();
            self.coder_ui(ui, cx);
            ui.separator();
            if let Some((_, open)) = cx.app.current() {
                self.progress_ui(ui, cx, open);
            }
            at_right_end(ui, |ui| {
                jobs_ui(ui, cx);
                ui.separator();
                zoom_ui(ui, cx);
            });
        });
    }

    fn coder_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let label = ui.weak(t!(cx, "coder"));
        let stored = &cx.app.settings.coder;
        let field = TextEdit::singleline(self.coder.words(stored)).id(Id::unique("coder-field"));
        let field = ui.add(field.desired_width(90.0).hint_text(t!(cx, "coder-hint"))).labelled_by(label.id);
        if let Some(name) = self.coder.take(&field, stored, true) {
            cx.send(Command::SetCoder(name));
        }
    }

    /// Tagged items of all items of the plan in the reader.
    fn progress_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, open: &OpenPlan) {
        let same =
            |counted: &Counted| Arc::ptr_eq(&counted.plan, &open.plan) && counted.revision == open.revision;
        if !self.counted.as_ref().is_some_and(same) {
            self.counted = Some(Counted::of(open));
        }
        let (done, all) = self.counted.as_ref().map_or((0, 0), |counted| (counted.done, counted.all));
        ui.weak(t!(cx, "tagged-of", done = done, all = all));
        let astray = cx.app.astray_count();
        if astray > 0 {
            let words = RichText::new(t!(cx, "unanchored", count = astray)).color(cx.palette.caution);
            if ui.button(words).clicked() {
                cx.send(Command::Coders(CodersCommand::ToggleUnanchored));
            }
        }
    }
}

impl Counted {
    fn of(open: &OpenPlan) -> Self {
        let (done, all) = (open.done(), open.items.len());
        Self { plan: open.plan.clone(), revision: open.revision, done, all }
    }
}

/// The zoom; a click goes back to 100 %.
fn zoom_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let percent = (cx.app.settings.zoom * 100.0).round() as u32;
    let words = RichText::new(t!(cx, "zoom", percent = percent)).color(cx.palette.muted);
    let button = ui.add(egui::Button::new(words).frame(false));
    if button.on_hover_text(t!(cx, "zoom-reset")).clicked() {
        cx.send(Command::SetZoom(1.0));
    }
}

/// What is under way, else what was done last.
fn jobs_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let search = &cx.app.search;
    if cx.app.is_opening() {
        ui.weak(t!(cx, "opening"));
    } else if let Some(progress) = cx.app.importing().and_then(Importing::progress) {
        ui.weak(t!(cx, "import-progress", done = progress.done, total = progress.total));
    } else if search.is_scanning {
        ui.weak(t!(cx, "search-progress", done = search.scanned, total = search.plans));
    } else if let Some(name) = cx.app.history.redo_name() {
        ui.weak(t!(cx, "undone", edit = strings::edit_name(cx, name)));
    } else if let Some(name) = cx.app.history.undo_name() {
        ui.weak(t!(cx, "done", edit = strings::edit_name(cx, name)));
    }
}
