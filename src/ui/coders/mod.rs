//! Several coders, and keeping the project safe: the project screen with its pages, the agreement of coders, and
//! the panel of annotations that lost their place.
//!
//! Read in this order: this file (the project screen), `people`, `merge`, `backups` (its pages), `agreement`
//! with `among`, `unanchored`.

mod agreement;
mod among;
mod backups;
mod merge;
mod people;
mod unanchored;

pub use agreement::{AgreementView, table_words};
pub use people::others_ui;
pub use unanchored::UnanchoredPanel;

use super::codebook::inset;
use super::cx::{Cx, t};
use super::dialogs::Dialogs;
use super::strings;
use super::theme::bold_font;
use crate::app::{CodersCommand, CodersProblem, Command, Destination, ProjectPage, Tally};
use crate::project::PlanId;
use crate::text::Span;
use egui::{CentralPanel, Frame, Margin, RichText, ScrollArea, Ui};

/// The project screen.
#[derive(Default)]
pub struct ProjectScreen {
    tally: Tally,
}

impl ProjectScreen {
    /// Shows the screen below the bars.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, dialogs: &mut Dialogs) {
        let Some(project) = &cx.app.project else { return };
        self.tally.follow(project, cx.app.revision());
        let ground = Frame::new().fill(cx.palette.ground);
        CentralPanel::default().frame(ground).show(ui, |ui| {
            ScrollArea::vertical().id_salt("project-screen").auto_shrink(false).show(ui, |ui| {
                Frame::new().inner_margin(Margin::symmetric(26, 16)).show(ui, |ui| {
                    ui.set_max_width(ui.available_width().min(860.0));
                    ui.set_width(ui.available_width());
                    ui.label(RichText::new(project.manifest.title.clone()).font(bold_font(20.0)));
                    ui.weak(project.folder.root().display().to_string());
                    pages_ui(ui, cx);
                    outcome_ui(ui, cx);
                    match cx.app.coders.page {
                        ProjectPage::Coders => people::people_ui(ui, cx, &self.tally),
                        ProjectPage::Merge => merge::merge_ui(ui, cx, dialogs),
                        ProjectPage::Backups => backups::backups_ui(ui, cx),
                    }
                });
            });
        });
    }
}

fn pages_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let pages = [
            (ProjectPage::Coders, t!(cx, "page-coders")),
            (ProjectPage::Merge, t!(cx, "page-merge")),
            (ProjectPage::Backups, t!(cx, "page-backups")),
        ];
        for (page, name) in pages {
            if ui.selectable_label(cx.app.coders.page == page, name).clicked() {
                send(cx, CodersCommand::Show(page));
            }
        }
        if cx.app.coders.busy {
            ui.spinner();
            ui.weak(t!(cx, "coders-busy"));
        }
    });
    ui.separator();
}

/// Why the last thing was not done, or what was written.
fn outcome_ui(ui: &mut Ui, cx: &Cx<'_>) {
    if let Some(problem) = &cx.app.coders.problem {
        let words = match problem {
            CodersProblem::File(error) => strings::project_error(cx, error),
            CodersProblem::StillReading => t!(cx, "codebook-still-reading"),
            CodersProblem::NotSaved => t!(cx, "coders-not-saved"),
        };
        ui.label(RichText::new(words).color(cx.palette.danger));
    }
    if let Some(path) = &cx.app.coders.written {
        let words = t!(cx, "coders-written", path = path.display().to_string());
        ui.label(RichText::new(words).color(cx.palette.good));
    }
}

fn heading_ui(ui: &mut Ui, words: &str) {
    ui.add_space(10.0);
    ui.label(RichText::new(words).font(bold_font(14.0)));
}

fn send(cx: &Cx<'_>, command: CodersCommand) {
    cx.send(Command::Coders(command));
}

/// A number of bytes for people: `12.3 KB`.
fn size_words(bytes: u64) -> String {
    let units = ["B", "KB", "MB", "GB"];
    let mut size = bytes as f64;
    let mut unit = 0;
    while size >= 1024.0 && unit + 1 < units.len() {
        size /= 1024.0;
        unit += 1;
    }
    if unit == 0 { format!("{bytes} B") } else { format!("{size:.1} {}", units[unit]) }
}

/// A time in the person's time zone: `2026-11-21 14:05`.
fn time_words(time: jiff::Timestamp) -> String {
    time.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Opens a plan at a place.
fn open_at(plan: PlanId, span: Span) -> Command {
    Command::OpenAt(plan, Destination::Char(span.start))
}
