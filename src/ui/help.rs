//! Keys and help: a place, not a window over the text. Made from the table of actions.

use super::actions;
use super::cx::{Cx, t};
use super::keys;
use super::theme::{bold_font, regular_font};
use egui::{Frame, Grid, Margin, RichText, ScrollArea, Ui};

/// Shows every action with its keys, by area.
pub fn help_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ScrollArea::vertical().id_salt("help").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(32, 20)).show(ui, |ui| {
            ui.label(RichText::new(t!(cx, "help")).font(bold_font(22.0)));
            ui.add_space(4.0);
            ui.label(RichText::new(t!(cx, "help-hint")).color(cx.palette.muted));
            for area in actions::AREAS.iter().filter(|area| !area.actions.is_empty()) {
                ui.add_space(18.0);
                ui.label(RichText::new((area.name)(cx)).font(bold_font(15.0)).color(cx.palette.accent));
                ui.add_space(2.0);
                Grid::new(("keys", area.actions[0].id)).num_columns(2).spacing([28.0, 6.0]).show(ui, |ui| {
                    for action in area.actions {
                        let keys: Vec<_> = action.keys.iter().take(3).map(|&keys| keys::name(keys)).collect();
                        let font = if keys.is_empty() { regular_font(14.0) } else { bold_font(14.0) };
                        let keys = if keys.is_empty() { "–".to_owned() } else { keys.join("   ") };
                        ui.label(RichText::new(keys).font(font));
                        ui.label((action.name)(cx));
                        ui.end_row();
                    }
                });
            }
        });
    });
}
