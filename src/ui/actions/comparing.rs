//! Setting two plans side by side.

use super::{Area, send};
use crate::app::{Command, Screen};
use crate::ui::cx::t;
use crate::ui::keys::Keys;
use egui::Key;

/// The table.
pub static AREA: Area = Area {
    name: |cx| t!(cx, "area-comparing"),
    actions: &[
        send!("screen-compare", |_| Some(Command::Show(Screen::Compare))).keys(&[Keys::alt(Key::Num2)]),
        send!("swap-sides", |_| Some(Command::SwapSides)).on(&[Screen::Compare]),
    ],
};
