//! Backups: which there are, making one, putting one back; damaged files that were kept aside.

use super::{heading_ui, inset, send, size_words, time_words};
use crate::app::{CodersCommand, Damage, Remedy};
use crate::project::{Backup, Reason};
use crate::ui::cx::{Cx, t};
use crate::ui::strings;
use crate::ui::theme::bold_font;
use egui::{RichText, ScrollArea, Ui};

/// Height of a row, in points.
const ROW: f32 = 30.0;

/// The page.
pub fn backups_ui(ui: &mut Ui, cx: &Cx<'_>) {
    damaged_ui(ui, cx);
    ui.label(t!(cx, "backups-about"));
    if ui.add_enabled(!cx.app.coders.busy, egui::Button::new(t!(cx, "backups-make"))).clicked() {
        send(cx, CodersCommand::BackUp);
    }
    if let Some(backup) = &cx.app.coders.restoring {
        ask_ui(ui, cx, backup);
    }
    heading_ui(ui, &t!(cx, "backups-heading"));
    let Some(backups) = &cx.app.coders.backups else { return };
    if backups.is_empty() {
        ui.weak(t!(cx, "backups-none"));
    }
    let height = (ROW + 6.0) * backups.len().min(12) as f32;
    let list = ScrollArea::vertical().id_salt("backups").max_height(height).auto_shrink([false, true]);
    list.show_rows(ui, ROW, backups.len(), |ui, range| {
        for backup in &backups[range] {
            row_ui(ui, cx, backup);
        }
    });
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, backup: &Backup) {
    let made = time_words(backup.made);
    ui.horizontal(|ui| {
        ui.set_min_height(ROW);
        ui.label(RichText::new(&made).font(bold_font(13.5)));
        ui.label(reason_words(cx, backup.reason));
        ui.weak(size_words(backup.bytes));
        let restore = ui.button(t!(cx, "backups-restore"));
        if restore.accessible_name(t!(cx, "backups-restore-name", made = made.clone())).clicked() {
            send(cx, CodersCommand::AskRestore(backup.clone()));
        }
        let bring = ui.button(t!(cx, "backups-bring")).on_hover_text(t!(cx, "backups-bring-hint"));
        if bring.accessible_name(t!(cx, "backups-bring-name", made = made)).clicked() {
            send(cx, CodersCommand::Show(crate::app::ProjectPage::Merge));
            send(cx, CodersCommand::Bring(backup.path.clone()));
        }
    });
}

/// The question before a backup takes the place of what is there.
fn ask_ui(ui: &mut Ui, cx: &Cx<'_>, backup: &Backup) {
    inset(cx).stroke(egui::Stroke::new(1.0, cx.palette.danger)).show(ui, |ui| {
        let made = time_words(backup.made);
        ui.label(RichText::new(t!(cx, "backups-ask", made = made)).font(bold_font(14.0)));
        ui.label(t!(cx, "backups-ask-hint"));
        ui.horizontal(|ui| {
            let words = RichText::new(t!(cx, "backups-ask-do")).color(cx.palette.danger);
            if ui.button(words).clicked() {
                send(cx, CodersCommand::Restore);
            }
            let keep = ui.button(t!(cx, "backups-ask-keep"));
            if keep.clicked() {
                send(cx, CodersCommand::KeepPresent);
            }
        });
    });
}

/// Damaged files of this session: what was lost, and what to do.
fn damaged_ui(ui: &mut Ui, cx: &Cx<'_>) {
    if cx.app.coders.damaged.is_empty() {
        return;
    }
    inset(cx).show(ui, |ui| {
        ui.label(RichText::new(t!(cx, "damaged-heading")).font(bold_font(14.0)).color(cx.palette.danger));
        for damage in &cx.app.coders.damaged {
            ui.label(strings::project_error(cx, &damage.problem));
            if damage.is_damage() {
                remedy_ui(ui, cx, damage);
            }
        }
        ui.weak(t!(cx, "damaged-hint"));
    });
    ui.add_space(6.0);
}

/// What can be done about a damaged file.
fn remedy_ui(ui: &mut Ui, cx: &Cx<'_>, damage: &Damage) {
    let file = damage.file_name();
    match &damage.remedy {
        Remedy::Unknown | Remedy::Looking => drop(ui.weak(t!(cx, "damaged-looking"))),
        Remedy::None => drop(ui.weak(t!(cx, "damaged-no-backup"))),
        Remedy::Backup(backup) => {
            let made = time_words(backup.made);
            let button = egui::Button::new(t!(cx, "damaged-restore", made = made.clone()));
            let button = ui.add_enabled(!cx.app.coders.busy, button);
            let button = button.on_hover_text(t!(cx, "damaged-restore-hint"));
            if button.accessible_name(t!(cx, "damaged-restore-name", file = file, made = made)).clicked() {
                send(cx, CodersCommand::BringBack(damage.problem.path.clone()));
            }
        }
        Remedy::Done(backup) => {
            let words = t!(cx, "damaged-restored", file = file, made = time_words(backup.made));
            ui.label(RichText::new(words).color(cx.palette.good));
        }
    }
}

fn reason_words(cx: &Cx<'_>, reason: Reason) -> String {
    match reason {
        Reason::Daily => t!(cx, "reason-daily"),
        Reason::Migration => t!(cx, "reason-migration"),
        Reason::Merge => t!(cx, "reason-merge"),
        Reason::Restore => t!(cx, "reason-restore"),
        Reason::Repair => t!(cx, "reason-repair"),
        Reason::ByHand => t!(cx, "reason-by-hand"),
    }
}
