//! The strip at the first start: what to do with one's own files.

use super::actions::{NEW_PROJECT, OPEN_FILES, OPEN_FOLDER};
use super::cx::{Cx, t};
use egui::{Frame, Margin, RichText, Ui};

/// Shows the strip. Tells whether it was closed.
pub fn welcome_ui(ui: &mut Ui, cx: &Cx<'_>) -> bool {
    let mut closed = false;
    Frame::new().fill(cx.palette.focus).inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(t!(cx, "welcome")).color(cx.palette.text));
            for action in [OPEN_FILES, OPEN_FOLDER, NEW_PROJECT] {
                action.button_ui(ui, cx);
            }
            closed = ui.button(t!(cx, "close-welcome")).clicked();
        });
    });
    closed
}
