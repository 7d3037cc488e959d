//! Tags and notes of the item in focus.

use super::{Action, Area, Request, ask};
use crate::app::Screen;
use crate::ui::cx::t;
use crate::ui::keys::Keys;
use egui::Key;

const READ: &[Screen] = &[Screen::Read];

/// Give the list of tags the keyboard.
pub const PICK_TAG: Action = ask!("pick-tag", Request::PickTag).keys(&[Keys::plain(Key::T)]).on(READ);
/// Give the note the keyboard.
pub const WRITE_NOTE: Action = ask!("write-note", Request::WriteNote).keys(&[Keys::plain(Key::N)]).on(READ);

/// The table.
pub static AREA: Area = Area { name: |cx| t!(cx, "area-annotating"), actions: &[PICK_TAG, WRITE_NOTE] };
