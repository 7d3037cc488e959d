//! The line at the bottom: saved or not, who annotates, how far.

use super::cx::{Cx, t};
use crate::app::{Command, SaveStatus};
use crate::plan::Kind;
use egui::{Align, Id, Layout, RichText, TextEdit, Ui};

/// The line, with the coder's name while it is typed.
#[derive(Default)]
pub struct StatusBar {
    coder: Option<String>,
}

impl StatusBar {
    /// Shows the line.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal_centered(|ui| {
            let (words, color) = match cx.app.save_status() {
                SaveStatus::Saved => (t!(cx, "saved"), cx.palette.good),
                SaveStatus::Saving => (t!(cx, "saving"), cx.palette.muted),
                SaveStatus::Failed(_) => (t!(cx, "not-saved"), cx.palette.danger),
            };
            ui.label(RichText::new(words).size(12.5).color(color));
            ui.separator();
            self.coder_ui(ui, cx);
            ui.separator();
            progress_ui(ui, cx);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let zoom = (ui.ctx().zoom_factor() * 100.0).round();
                ui.weak(t!(cx, "zoom", percent = zoom));
                if cx.app.is_opening() {
                    ui.weak(t!(cx, "opening"));
                }
            });
        });
    }

    fn coder_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let label = ui.weak(t!(cx, "coder"));
        let stored = &cx.app.settings.coder;
        let name = self.coder.get_or_insert_with(|| stored.clone());
        let field = TextEdit::singleline(name).id(Id::unique("coder-field")).desired_width(90.0);
        let field = ui.add(field.hint_text(t!(cx, "coder-hint"))).labelled_by(label.id);
        if field.lost_focus() && name != stored {
            cx.send(Command::SetCoder(name.clone()));
        }
        if !field.has_focus() {
            self.coder = None;
        }
    }
}

/// Tagged items of all items of the plan in the reader.
fn progress_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some((_, open)) = cx.app.current() else { return };
    let items = open.plan.outline.iter().filter(|(_, node)| node.kind == Kind::Item);
    let (mut done, mut all) = (0, 0);
    for (ix, _) in items {
        all += 1;
        done += u32::from(open.marks.is_tagged(ix));
    }
    ui.weak(t!(cx, "tagged-of", done = done, all = all));
    if !open.marks.unanchored.is_empty() {
        let words = t!(cx, "unanchored", count = open.marks.unanchored.len());
        ui.label(RichText::new(words).color(cx.palette.caution));
    }
}
