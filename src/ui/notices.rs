//! What a person should know: notices, and an import that is open elsewhere. They take room above the content and
//! never lie over text.

use super::cx::{Cx, t};
use super::icons::{Icon, icon_button};
use super::importing::strip_ui;
use super::strings;
use crate::app::{CodersCommand, Command, NoticeKind, ProjectPage, SaveStatus, Screen};
use crate::project::ReadOnly;
use egui::{Align, Frame, Layout, Margin, RichText, Ui};

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
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                if icon_button(ui, Icon::Close, &t!(cx, "close-notice"), true).clicked() {
                    cx.send(Command::DismissNotice(notice.id));
                }
                let color = match notice.kind {
                    NoticeKind::Written(_) => cx.palette.good,
                    NoticeKind::ReadOnly { .. } => cx.palette.caution,
                    _ => cx.palette.danger,
                };
                ui.with_layout(Layout::left_to_right(Align::Center).with_main_wrap(true), |ui| {
                    ui.label(RichText::new(strings::notice(cx, &notice.kind)).color(color));
                    what_to_do_ui(ui, cx, &notice.kind);
                });
            });
        });
    }
    if cx.app.importing().is_some() && cx.app.view.screen != Screen::Import {
        frame.show(ui, |ui| strip_ui(ui, cx));
    }
}

/// The next steps that a notice offers.
fn what_to_do_ui(ui: &mut Ui, cx: &Cx<'_>, kind: &NoticeKind) {
    let send = |command| cx.send(Command::Coders(command));
    match kind {
        NoticeKind::ReadOnly { why: ReadOnly::Held(_), .. } => {
            if ui.button(t!(cx, "lock-take-over")).clicked() {
                send(CodersCommand::TakeOver);
            }
            if !cx.app.coders.reading_only && ui.button(t!(cx, "lock-read-only")).clicked() {
                send(CodersCommand::ReadOnly);
            }
        }
        NoticeKind::Damaged(_) if ui.button(t!(cx, "damaged-see")).clicked() => {
            send(CodersCommand::Show(ProjectPage::Backups));
        }
        _ => {}
    }
}
