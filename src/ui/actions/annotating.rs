//! Tags and notes of the item in focus, or of the words selected in it.

use super::{Action, Area, Request, ask, send};
use crate::app::{Command, ReadingCommand, Screen};
use crate::ui::cx::{Cx, t};
use crate::ui::keys::Keys;
use crate::ui::reader::node_of;
use egui::Key;

const READ: &[Screen] = &[Screen::Read];

/// Give the list of tags the keyboard.
pub const PICK_TAG: Action = ask!("pick-tag", Request::PickTag).keys(&[Keys::plain(Key::T)]).on(READ);
/// Give the note the keyboard.
pub const WRITE_NOTE: Action = ask!("write-note", Request::WriteNote).keys(&[Keys::plain(Key::N)]).on(READ);

/// The table. (The keys of favourite tags, 1-9, and tags' own keys are read by `ui/tags.rs`: they are the person's.)
pub static AREA: Area = Area {
    name: |cx| t!(cx, "area-annotating"),
    actions: &[
        PICK_TAG,
        send!("accept-suggestion", |_| Some(Command::Reading(ReadingCommand::AcceptSuggestion)))
            .keys(&[Keys::plain(Key::A)])
            .on(READ)
            .enabled(is_anything_suggested),
        WRITE_NOTE,
        send!("divide", divide).keys(&[Keys::plain(Key::S)]).on(READ),
        send!("focus-mode", |cx| {
            Some(Command::Reading(ReadingCommand::SetFocusMode(!cx.app.view.focus_mode)))
        })
        .keys(&[Keys::plain(Key::F)])
        .on(READ),
    ],
};

fn is_anything_suggested(cx: &Cx<'_>) -> bool {
    cx.app.here().is_some_and(|(plan, site)| !cx.app.suggestions_at(plan, site).is_empty())
}

/// Shows the node where the person is in parts, or whole again.
fn divide(cx: &Cx<'_>) -> Option<Command> {
    let (plan, site) = cx.app.here()?;
    let node = node_of(&cx.app.plan(plan)?.plan, site)?;
    Some(Command::Reading(ReadingCommand::Divide(plan, node)))
}
