//! Codebook, coders and their agreement, merging, backups.

use super::{Action, Area, Request, ask, send};
use crate::app::{CodersCommand, Command, ProjectPage, Screen};
use crate::ui::cx::t;
use crate::ui::dialogs::Ask;
use crate::ui::keys::Keys;
use egui::Key;

const fn page(action: Action) -> Action {
    action.enabled(|cx| cx.app.project.is_some())
}

/// The table.
pub static AREA: Area = Area {
    name: |cx| t!(cx, "area-coding"),
    actions: &[
        send!("screen-analyse", |_| Some(Command::Show(Screen::Analyse))).keys(&[Keys::alt(Key::Num4)]),
        send!("screen-codebook", |_| Some(Command::Show(Screen::Codebook))).keys(&[Keys::alt(Key::Num5)]),
        page(ask!("codebook-import", Request::Choose(Ask::CodebookIn))),
        page(ask!("codebook-export-qdc", Request::Choose(Ask::QdcOut))),
        page(send!("show-coders", |_| Some(Command::Coders(CodersCommand::Show(ProjectPage::Coders))))),
        page(send!("show-merge", |_| Some(Command::Coders(CodersCommand::Show(ProjectPage::Merge))))),
        page(send!("show-backups", |_| Some(Command::Coders(CodersCommand::Show(ProjectPage::Backups))))),
        page(send!("show-unanchored", |_| Some(Command::Coders(CodersCommand::ToggleUnanchored)))),
    ],
};
