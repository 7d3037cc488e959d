//! Codebook, coders and their agreement. (`Screen::Analyse` joins the top bar as soon as its line is here:
//! `screen-analyse`.)

use super::{Area, send};
use crate::app::{Command, Screen};
use crate::ui::cx::t;
use crate::ui::keys::Keys;
use egui::Key;

/// The table.
pub static AREA: Area = Area {
    name: |cx| t!(cx, "area-coding"),
    actions: &[
        send!("screen-codebook", |_| Some(Command::Show(Screen::Codebook))).keys(&[Keys::alt(Key::Num5)])
    ],
};
