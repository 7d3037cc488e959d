//! Finding words in a plan and in the project.

use super::{Area, Request, ask, send};
use crate::app::{Command, FindCommand, Screen};
use crate::ui::cx::t;
use crate::ui::keys::Keys;
use egui::Key;

const READ: &[Screen] = &[Screen::Read];

/// The table.
pub static AREA: Area = Area {
    name: |cx| t!(cx, "area-finding"),
    actions: &[
        send!("screen-search", |_| Some(Command::Show(Screen::Search))).keys(&[Keys::alt(Key::Num3)]),
        ask!("find", Request::Find).keys(&[Keys::ctrl(Key::F)]).on(READ),
        send!("find-next", |_| Some(Command::Find(FindCommand::Step(1))))
            .keys(&[Keys::function(Key::F3)])
            .on(READ),
        send!("find-previous", |_| Some(Command::Find(FindCommand::Step(-1))))
            .keys(&[Keys::shift(Key::F3)])
            .on(READ),
        ask!("search", Request::Search).keys(&[Keys::ctrl_shift(Key::F)]),
    ],
};
