//! The strip at the first start: what to do with one's own files.

use super::cx::{Cx, t};
use super::dialogs::{Ask, Dialogs};
use egui::{Frame, Margin, RichText, Ui};

/// Shows the strip. Tells whether it was closed.
pub fn welcome_ui(ui: &mut Ui, cx: &Cx<'_>, dialogs: &mut Dialogs) -> bool {
    let mut closed = false;
    Frame::new().fill(cx.palette.focus).inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(t!(cx, "welcome")).color(cx.palette.text));
            if ui.button(t!(cx, "open-files")).clicked() {
                dialogs.ask(ui.ctx(), Ask::Files);
            }
            if ui.button(t!(cx, "open-folder")).clicked() {
                dialogs.ask(ui.ctx(), Ask::Folder);
            }
            if ui.button(t!(cx, "new-project")).clicked() {
                dialogs.ask(ui.ctx(), Ask::NewProject);
            }
            closed = ui.button(t!(cx, "close-welcome")).clicked();
        });
    });
    closed
}
