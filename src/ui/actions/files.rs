//! Projects and files.

use super::{Action, Area, Request, ask, send};
use crate::app::{Command, Screen};
use crate::ui::cx::t;
use crate::ui::dialogs::Ask;
use crate::ui::keys::Keys;
use egui::Key;

/// Import chosen files.
pub const OPEN_FILES: Action =
    ask!("open-files", Request::Choose(Ask::Files)).enabled(|cx| cx.app.project.is_some());
/// Import everything below a chosen folder.
pub const OPEN_FOLDER: Action =
    ask!("open-folder", Request::Choose(Ask::Folder)).enabled(|cx| cx.app.project.is_some());
/// Make a project.
pub const NEW_PROJECT: Action = ask!("new-project", Request::Choose(Ask::NewProject));

/// The table.
pub static AREA: Area = Area {
    name: |cx| t!(cx, "area-files"),
    actions: &[
        OPEN_FILES,
        OPEN_FOLDER,
        ask!("import-typed", Request::TypePath(Ask::Files)).enabled(|cx| cx.app.project.is_some()),
        NEW_PROJECT,
        ask!("open-project", Request::Choose(Ask::Project)),
        ask!("open-typed", Request::TypePath(Ask::Project)),
        ask!("rename-plan", Request::RenamePlan)
            .keys(&[Keys::function(Key::F2)])
            .on(&[Screen::Read])
            .enabled(|cx| cx.app.view.plan.is_some()),
        send!("remove-plan", |cx| cx.app.view.plan.map(Command::RemovePlan))
            .on(&[Screen::Read])
            .enabled(|cx| cx.app.view.plan.is_some()),
        send!("open-sample", |_| Some(Command::OpenSample)).enabled(|cx| !cx.app.is_sample()),
    ],
};
