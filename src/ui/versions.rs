//! Versions in the library: the lines of a plan's menu that link it to an earlier version, or take that back.

use super::cx::{Cx, t};
use crate::app::{Command, LibraryCommand};
use crate::project::PlanId;
use egui::{ScrollArea, Ui};

/// Height of a row of the list, in points.
const ROW: f32 = 26.0;

/// A plan among others of the same city and years: `厦门 2017 · 2017年卫生计生工作要点`.
pub fn full_name(cx: &Cx<'_>, id: PlanId) -> String {
    format!("{} · {}", cx.plan_name(id), cx.plan_title(id))
}

/// The lines of the menu.
pub fn versions_menu_ui(ui: &mut Ui, cx: &Cx<'_>, id: PlanId) {
    let Some(project) = &cx.app.project else { return };
    if let Some(later) = cx.app.superseded_by(id)
        && ui.button(t!(cx, "version-open-later", plan = full_name(cx, later))).clicked()
    {
        cx.send(Command::OpenPlan(later));
        ui.close();
    }
    if let Some(earlier) = project.earlier_version(id) {
        if ui.button(t!(cx, "version-unlink", plan = full_name(cx, earlier))).clicked() {
            cx.send(Command::Library(LibraryCommand::SetEarlier(id, None)));
            ui.close();
        }
        return;
    }
    ui.menu_button(t!(cx, "version-link"), |ui| {
        // Made while the menu is open only.
        let plans = cx.app.possible_earlier_versions(id);
        if plans.is_empty() {
            ui.weak(t!(cx, "version-none"));
        }
        let height = ROW * plans.len().clamp(1, 12) as f32;
        ui.set_width(360.0);
        let list = ScrollArea::vertical().id_salt("earlier-versions").max_height(height);
        list.auto_shrink([false, true]).show_rows(ui, ROW, plans.len(), |ui, range| {
            for &earlier in &plans[range] {
                let button = egui::Button::new(full_name(cx, earlier)).truncate();
                if ui.add(button).clicked() {
                    cx.send(Command::Library(LibraryCommand::SetEarlier(id, Some(earlier))));
                    ui.close();
                }
            }
        });
    });
}
