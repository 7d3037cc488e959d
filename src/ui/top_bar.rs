//! The bar at the top: menu, screens, and the actions that are always at hand.

use super::actions::{self, Action};
use super::command_palette::open_button_ui;
use super::cx::{Cx, t};
use super::right_end::at_right_end;
use super::theme::bold_font;
use crate::app::{Command, Screen};
use egui::{RichText, Ui};

/// The screens in the order of the bar. One is shown as soon as the table of actions has a line that leads there.
const SCREENS: [(Screen, &str); 5] = [
    (Screen::Read, "screen-read"),
    (Screen::Compare, "screen-compare"),
    (Screen::Search, "screen-search"),
    (Screen::Analyse, "screen-analyse"),
    (Screen::Codebook, "screen-codebook"),
];

/// Room that the button of the palette needs, in points.
const PALETTE_ROOM: f32 = 92.0;
/// Room that the icons need, in points.
const ICONS_ROOM: f32 = 332.0;

/// Shows the bar.
pub fn top_bar_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.horizontal_centered(|ui| {
        ui.menu_button(t!(cx, "menu"), |ui| menu_ui(ui, cx));
        let title = cx.app.project.as_ref().map_or("", |project| project.manifest.title.as_str());
        let title = RichText::new(title).font(bold_font(15.0));
        let project = ui.selectable_label(cx.app.view.screen == Screen::Project, title);
        if project.on_hover_text(t!(cx, "screen-project")).clicked() {
            cx.send(Command::Show(Screen::Project));
        }
        ui.add_space(18.0);
        for (screen, id) in SCREENS {
            if let Some(action) = actions::all().find(|action| action.id == id) {
                screen_ui(ui, cx, screen, action);
            }
        }
        let has_room = ui.available_width() > ICONS_ROOM + PALETTE_ROOM;
        at_right_end(ui, |ui| right_ui(ui, cx, has_room));
    });
}

fn screen_ui(ui: &mut Ui, cx: &Cx<'_>, screen: Screen, action: &Action) {
    let here = cx.app.view.screen == screen;
    let words = RichText::new((action.name)(cx)).size(15.0);
    let label = ui.selectable_label(here, words);
    if label.clicked() {
        action.run(cx);
    }
    label.on_hover_text(action.hint(cx));
}

/// What stands at the right end. In a window narrower than any screen needs (much magnified, say) the screens come
/// first, and the button of the palette is left out.
fn right_ui(ui: &mut Ui, cx: &Cx<'_>, has_room: bool) {
    if has_room {
        open_button_ui(ui, cx, &actions::PALETTE);
        ui.separator();
    }
    let groups: [&[Action]; 3] = [
        &[actions::BACK, actions::FORWARD],
        &[actions::UNDO, actions::REDO],
        &[actions::LEFT_PANEL, actions::INSPECTOR, actions::CHANGE_THEME, actions::HELP],
    ];
    for (at, group) in groups.into_iter().enumerate() {
        if at > 0 {
            ui.separator();
        }
        for action in group {
            action.icon_button_ui(ui, cx);
        }
    }
}

/// Everything that can be done, by area, and the projects opened lately.
fn menu_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let current = cx.app.project.as_ref().map(|project| project.folder.root().to_owned());
    let recent: Vec<_> =
        cx.app.settings.recent.iter().filter(|root| current.as_ref() != Some(root)).take(8).collect();
    for area in actions::AREAS.iter().filter(|area| !area.actions.is_empty()) {
        ui.menu_button((area.name)(cx), |ui| {
            for action in area.actions {
                action.menu_ui(ui, cx);
            }
        });
    }
    if recent.is_empty() {
        return;
    }
    ui.separator();
    ui.menu_button(t!(cx, "recent-projects"), |ui| {
        for root in recent {
            let name = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if ui.button(name).on_hover_text(root.display().to_string()).clicked() {
                cx.send(Command::OpenProject(root.clone()));
                ui.close();
            }
        }
    });
}
