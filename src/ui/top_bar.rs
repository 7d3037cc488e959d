//! The bar at the top: menu, screens, undo and redo, language and colours.

use super::cx::{Cx, t};
use super::dialogs::{Ask, Dialogs};
use super::icons::{Icon, icon_button};
use super::strings;
use super::theme::bold_font;
use crate::app::{Command, Language, Screen, Theme};
use egui::{Align, Layout, RichText, Ui};

/// Shows the bar.
pub fn top_bar_ui(ui: &mut Ui, cx: &Cx<'_>, dialogs: &mut Dialogs, help: &mut bool) {
    ui.horizontal_centered(|ui| {
        ui.menu_button(t!(cx, "menu"), |ui| menu_ui(ui, cx, dialogs));
        let title = cx.app.project.as_ref().map_or("", |project| project.manifest.title.as_str());
        ui.label(RichText::new(title).font(bold_font(15.0)));
        ui.add_space(18.0);
        for (screen, name) in [
            (Screen::Read, t!(cx, "screen-read")),
            (Screen::Compare, t!(cx, "screen-compare")),
            (Screen::Codebook, t!(cx, "screen-codebook")),
        ] {
            if ui.selectable_label(cx.app.view.screen == screen, RichText::new(name).size(15.0)).clicked() {
                cx.send(Command::Show(screen));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| right_ui(ui, cx, help));
    });
}

/// What stands at the right end, from right to left.
fn right_ui(ui: &mut Ui, cx: &Cx<'_>, help: &mut bool) {
    if ui.button("?").on_hover_text(t!(cx, "help")).clicked() {
        *help = !*help;
    }
    let next = match cx.app.settings.theme {
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::Paper,
        Theme::Paper => Theme::Light,
    };
    if icon_button(ui, Icon::Theme, &t!(cx, "change-theme"), true).clicked() {
        cx.send(Command::SetTheme(next));
    }
    if icon_button(ui, Icon::PanelRight, &t!(cx, "toggle-inspector"), true).clicked() {
        cx.send(Command::ToggleInspector);
    }
    if icon_button(ui, Icon::PanelLeft, &t!(cx, "toggle-left"), true).clicked() {
        cx.send(Command::ToggleLeft);
    }
    ui.separator();
    let history = &cx.app.history;
    let redo = history.redo_name().map(|name| strings::edit_name(cx, name));
    let name = redo.as_ref().map_or_else(|| t!(cx, "redo"), |edit| t!(cx, "redo-named", edit = edit.clone()));
    if icon_button(ui, Icon::Redo, &name, redo.is_some()).clicked() {
        cx.send(Command::Redo);
    }
    let undo = history.undo_name().map(|name| strings::edit_name(cx, name));
    let name = undo.as_ref().map_or_else(|| t!(cx, "undo"), |edit| t!(cx, "undo-named", edit = edit.clone()));
    if icon_button(ui, Icon::Undo, &name, undo.is_some()).clicked() {
        cx.send(Command::Undo);
    }
    ui.separator();
    if icon_button(ui, Icon::Forward, &t!(cx, "forward"), cx.app.can_go_forward()).clicked() {
        cx.send(Command::Forward);
    }
    if icon_button(ui, Icon::Back, &t!(cx, "back"), cx.app.can_go_back()).clicked() {
        cx.send(Command::Back);
    }
}

fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, dialogs: &mut Dialogs) {
    let asks = [
        (Ask::Files, t!(cx, "open-files")),
        (Ask::Folder, t!(cx, "open-folder")),
        (Ask::NewProject, t!(cx, "new-project")),
        (Ask::Project, t!(cx, "open-project")),
    ];
    for (ask, name) in asks {
        if ui.button(name).clicked() {
            dialogs.ask(ui.ctx(), ask);
            ui.close();
        }
    }
    if ui.button(t!(cx, "import-typed")).clicked() {
        dialogs.ask_typed(Ask::Files);
        ui.close();
    }
    if ui.button(t!(cx, "open-typed")).clicked() {
        dialogs.ask_typed(Ask::Project);
        ui.close();
    }
    if ui.button(t!(cx, "open-sample")).clicked() {
        cx.send(Command::OpenSample);
        ui.close();
    }
    let current = cx.app.project.as_ref().map(|project| project.folder.root().to_owned());
    let recent: Vec<_> =
        cx.app.settings.recent.iter().filter(|root| current.as_ref() != Some(root)).take(6).collect();
    if !recent.is_empty() {
        ui.separator();
        ui.weak(t!(cx, "recent-projects"));
        for root in recent {
            if ui.button(root.display().to_string()).clicked() {
                cx.send(Command::OpenProject(root.clone()));
                ui.close();
            }
        }
    }
    ui.separator();
    settings_ui(ui, cx);
}

fn settings_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let mut furniture = cx.app.view.furniture;
    if ui.checkbox(&mut furniture, t!(cx, "show-furniture")).changed() {
        cx.send(Command::ShowFurniture(furniture));
    }
    ui.horizontal(|ui| {
        ui.label(t!(cx, "language"));
        for (language, name) in [(Language::Chinese, "中文"), (Language::English, "English")] {
            if ui.selectable_label(cx.app.language() == language, name).clicked() {
                cx.send(Command::SetLanguage(Some(language)));
            }
        }
    });
    ui.horizontal(|ui| {
        ui.label(t!(cx, "colours"));
        let themes = [
            (Theme::Light, t!(cx, "theme-light")),
            (Theme::Dark, t!(cx, "theme-dark")),
            (Theme::Paper, t!(cx, "theme-paper")),
        ];
        for (theme, name) in themes {
            if ui.selectable_label(cx.app.settings.theme == theme, name).clicked() {
                cx.send(Command::SetTheme(theme));
            }
        }
    });
    ui.horizontal(|ui| {
        let size = cx.app.settings.reading_size;
        ui.label(t!(cx, "reading-size", size = size));
        if ui.button("−").on_hover_text(t!(cx, "smaller-text")).clicked() {
            cx.send(Command::SetReadingSize(size - 1.0));
        }
        if ui.button("+").on_hover_text(t!(cx, "larger-text")).clicked() {
            cx.send(Command::SetReadingSize(size + 1.0));
        }
    });
}
