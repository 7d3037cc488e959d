//! Undo and redo, panels, colours, zoom, help.

use super::{Action, Area, Request, ask, send};
use crate::app::{Command, Screen, Theme};
use crate::ui::cx::{Cx, t};
use crate::ui::icons::Icon;
use crate::ui::keys::Keys;
use crate::ui::strings;
use egui::Key;

/// Take back the last edit. (In a field, Ctrl+Z takes back typing.)
pub const UNDO: Action = send!("undo", |_| Some(Command::Undo))
    .keys(&[Keys::ctrl(Key::Z).not_typing()])
    .icon(Icon::Undo)
    .now(|cx| match cx.app.history.undo_name() {
        Some(name) => t!(cx, "undo-named", edit = strings::edit_name(cx, name)),
        None => t!(cx, "undo"),
    })
    .enabled(|cx| cx.app.history.undo_name().is_some());
/// Do it again.
pub const REDO: Action = send!("redo", |_| Some(Command::Redo))
    .keys(&[Keys::ctrl_shift(Key::Z).not_typing(), Keys::ctrl(Key::Y).not_typing()])
    .icon(Icon::Redo)
    .now(|cx| match cx.app.history.redo_name() {
        Some(name) => t!(cx, "redo-named", edit = strings::edit_name(cx, name)),
        None => t!(cx, "redo"),
    })
    .enabled(|cx| cx.app.history.redo_name().is_some());
/// The command palette.
pub const PALETTE: Action = ask!("palette", Request::Palette).keys(&[Keys::ctrl(Key::K)]);
/// Fold the left panel away, or back.
pub const LEFT_PANEL: Action =
    send!("toggle-left", |_| Some(Command::ToggleLeft)).keys(&[Keys::ctrl(Key::B)]).icon(Icon::PanelLeft);
/// Fold the inspector away, or back.
pub const INSPECTOR: Action = send!("toggle-inspector", |_| Some(Command::ToggleInspector))
    .keys(&[Keys::ctrl(Key::I)])
    .icon(Icon::PanelRight);
/// The next theme.
pub const CHANGE_THEME: Action =
    send!("change-theme", |cx| Some(Command::SetTheme(next_theme(cx)))).icon(Icon::Theme);
/// Keys and help.
pub const HELP: Action =
    send!("help", |cx| Some(toggle(cx, Screen::Help))).keys(&[Keys::function(Key::F1)]).icon(Icon::Help);

/// The table.
pub static AREA: Area = Area {
    name: |cx| t!(cx, "area-program"),
    actions: &[
        UNDO,
        REDO,
        PALETTE,
        LEFT_PANEL,
        INSPECTOR,
        send!("settings", |cx| Some(toggle(cx, Screen::Settings))).keys(&[Keys::ctrl(Key::Comma)]),
        CHANGE_THEME,
        send!("toggle-furniture", |cx| Some(Command::ShowFurniture(!cx.app.view.furniture))),
        send!("zoom-in", |cx| Some(Command::SetZoom(cx.app.settings.zoom + 0.1))).keys(&[
            Keys::ctrl(Key::Plus),
            Keys::ctrl(Key::Equals),
            Keys::ctrl_shift(Key::Plus),
            Keys::ctrl_shift(Key::Equals),
        ]),
        send!("zoom-out", |cx| Some(Command::SetZoom(cx.app.settings.zoom - 0.1)))
            .keys(&[Keys::ctrl(Key::Minus)]),
        send!("zoom-reset", |_| Some(Command::SetZoom(1.0))).keys(&[Keys::ctrl(Key::Num0)]),
        ask!("full-screen", Request::FullScreen).keys(&[Keys::function(Key::F11)]),
        HELP,
    ],
};

fn next_theme(cx: &Cx<'_>) -> Theme {
    match cx.app.settings.theme {
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::Paper,
        Theme::Paper => Theme::Light,
    }
}

/// To a place, or back from it.
fn toggle(cx: &Cx<'_>, screen: Screen) -> Command {
    if cx.app.view.screen == screen { Command::Back } else { Command::Show(screen) }
}
