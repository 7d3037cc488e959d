//! What a person should know: notices, and what became of an import. They take room above the content and
//! never lie over text.

use super::cx::{Cx, t};
use super::icons::{Icon, icon_button};
use super::strings;
use crate::app::{Command, ImportResult, SaveStatus};
use egui::{Frame, Margin, ProgressBar, RichText, ScrollArea, Ui};

/// Shows everything there is to tell; nothing takes no room.
pub fn notices_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let frame = Frame::new().fill(cx.palette.hover).inner_margin(Margin::symmetric(12, 4));
    if let SaveStatus::Failed(error) = cx.app.save_status() {
        frame.show(ui, |ui| {
            ui.horizontal(|ui| {
                let words = t!(cx, "save-failed", problem = strings::project_error(cx, &error));
                ui.label(RichText::new(words).color(cx.palette.danger));
                if ui.button(t!(cx, "retry")).clicked() {
                    cx.send(Command::RetrySave);
                }
            });
        });
    }
    for notice in cx.app.notices.iter().rev().take(4) {
        frame.show(ui, |ui| {
            ui.horizontal(|ui| {
                if icon_button(ui, Icon::Close, &t!(cx, "close-notice"), true).clicked() {
                    cx.send(Command::DismissNotice(notice.id));
                }
                ui.label(RichText::new(strings::notice(cx, &notice.kind)).color(cx.palette.danger));
            });
        });
    }
    if let Some(progress) = cx.app.import_progress() {
        frame.show(ui, |ui| {
            ui.horizontal(|ui| {
                let words = t!(
                    cx,
                    "importing",
                    done = progress.done,
                    total = progress.total,
                    name = progress.name.clone()
                );
                let share = progress.done as f32 / progress.total.max(1) as f32;
                ui.add(ProgressBar::new(share).desired_width(180.0));
                ui.label(words);
                if ui.button(t!(cx, "cancel")).clicked() {
                    cx.send(Command::CancelImport);
                }
            });
        });
    }
    if let Some(lines) = &cx.app.import_report {
        frame.show(ui, |ui| report_ui(ui, cx, lines));
    }
}

fn report_ui(ui: &mut Ui, cx: &Cx<'_>, lines: &[crate::app::ImportLine]) {
    let count = |wanted: fn(&ImportResult) -> bool| lines.iter().filter(|line| wanted(&line.result)).count();
    let imported = count(|result| matches!(result, ImportResult::Imported(_)));
    let known = count(|result| matches!(result, ImportResult::Known(_)));
    let failed = count(|result| matches!(result, ImportResult::Failed(_)));
    ui.horizontal(|ui| {
        if icon_button(ui, Icon::Close, &t!(cx, "close-report"), true).clicked() {
            cx.send(Command::CloseImportReport);
        }
        ui.label(t!(cx, "import-summary", imported = imported, known = known, failed = failed));
    });
    ScrollArea::vertical().id_salt("import-report").max_height(120.0).auto_shrink([false, true]).show_rows(
        ui,
        20.0,
        lines.len(),
        |ui, range| {
            for line in &lines[range] {
                let words = strings::import_result(cx, &line.result);
                let name = line.path.file_name().unwrap_or_default().to_string_lossy();
                match &line.result {
                    ImportResult::Failed(_) => ui.label(RichText::new(words).color(cx.palette.danger)),
                    _ => ui.label(format!("{name}: {words}")),
                };
            }
        },
    );
}
