//! Bringing in a colleague's work: where from, what would come, what came; conflict copies of sync tools.

use super::{heading_ui, inset, send};
use crate::app::{CodersCommand, Proposed};
use crate::project::JoinReport;
use crate::ui::cx::{Cx, t};
use crate::ui::dialogs::{Ask, Dialogs};
use crate::ui::strings;
use crate::ui::theme::bold_font;
use egui::{RichText, Ui};

/// The page.
pub fn merge_ui(ui: &mut Ui, cx: &Cx<'_>, dialogs: &mut Dialogs) {
    ui.label(t!(cx, "merge-about"));
    ui.horizontal_wrapped(|ui| {
        for (ask, name) in
            [(Ask::ColleagueFolder, t!(cx, "merge-folder")), (Ask::ColleagueFile, t!(cx, "merge-file"))]
        {
            if ui.button(name).clicked() {
                dialogs.ask(ui.ctx(), ask);
            }
        }
        if ui.button(t!(cx, "merge-typed")).clicked() {
            dialogs.ask_typed(Ask::ColleagueFolder);
        }
    });
    ui.weak(t!(cx, "merge-drop"));
    if let Some(proposed) = &cx.app.coders.proposed {
        proposed_ui(ui, cx, proposed);
    }
    if let Some(report) = &cx.app.coders.joined {
        inset(cx).show(ui, |ui| {
            ui.label(RichText::new(t!(cx, "merge-done")).font(bold_font(14.0)).color(cx.palette.good));
            report_ui(ui, cx, report);
            ui.weak(t!(cx, "merge-undo"));
        });
    }
    copies_ui(ui, cx);
}

fn proposed_ui(ui: &mut Ui, cx: &Cx<'_>, proposed: &Proposed) {
    let joining = &proposed.joining;
    inset(cx).show(ui, |ui| {
        let origin = joining.report.origin.display().to_string();
        ui.label(RichText::new(t!(cx, "merge-preview", origin = origin)).font(bold_font(14.0)));
        report_ui(ui, cx, &joining.report);
        if joining.is_empty() {
            ui.label(t!(cx, "merge-nothing"));
        }
        ui.horizontal(|ui| {
            // A copy that brings nothing can still be put away.
            let enabled = !cx.app.coders.busy && (!joining.is_empty() || proposed.copy.is_some());
            if ui.add_enabled(enabled, egui::Button::new(t!(cx, "merge-do"))).clicked() {
                send(cx, CodersCommand::CarryOut);
            }
            if ui.button(t!(cx, "cancel")).clicked() {
                send(cx, CodersCommand::Withdraw);
            }
            ui.weak(t!(cx, "merge-backup-hint"));
        });
    });
}

/// What came, what was there already, what both had otherwise.
fn report_ui(ui: &mut Ui, cx: &Cx<'_>, report: &JoinReport) {
    ui.label(t!(cx, "merge-plans", new = report.plans_new, known = report.plans_known));
    for (coder, from) in report.coders.iter().filter(|(_, from)| from.added + from.altered > 0) {
        let coder = coder.as_str().to_owned();
        ui.label(t!(cx, "merge-coder", coder = coder, added = from.added, altered = from.altered));
        if from.second_notes > 0 {
            let words = t!(cx, "merge-second-notes", count = from.second_notes);
            ui.label(RichText::new(words).color(cx.palette.caution));
        }
    }
    if !report.tags_new.is_empty() {
        ui.label(t!(cx, "merge-tags-new", count = report.tags_new.len()));
    }
    if !report.tags_differing.is_empty() {
        let names: Vec<&str> = report.tags_differing.iter().take(12).map(|id| cx.tag_name_of(id)).collect();
        let words =
            t!(cx, "merge-tags-differing", count = report.tags_differing.len(), names = names.join("、"));
        ui.label(RichText::new(words).color(cx.palette.caution));
    }
    if report.plans_altered > 0 {
        ui.label(t!(cx, "merge-plans-altered", count = report.plans_altered));
    }
    for problem in &report.problems {
        ui.label(RichText::new(strings::project_error(cx, problem)).color(cx.palette.danger));
    }
}

fn copies_ui(ui: &mut Ui, cx: &Cx<'_>) {
    heading_ui(ui, &t!(cx, "copies-heading"));
    if cx.app.coders.copies.is_empty() {
        ui.weak(t!(cx, "copies-none"));
    }
    for copy in &cx.app.coders.copies {
        let name = copy.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        ui.horizontal(|ui| {
            ui.label(RichText::new(&name).font(bold_font(13.5)));
            let merge = ui.button(t!(cx, "copies-merge"));
            if merge.accessible_name(t!(cx, "copies-merge-name", copy = name.clone())).clicked() {
                send(cx, CodersCommand::BringCopy(copy.clone()));
            }
        });
        ui.weak(copy.path.display().to_string());
    }
}
