//! Finding words in a plan and in the project.

use super::{Action, Area, Request, ask, send};
use crate::app::{Command, FindCommand, Screen};
use crate::ui::cx::{Cx, t};
use crate::ui::dialogs::Ask;
use crate::ui::keys::Keys;
use crate::ui::search_tagging::hits;
use egui::Key;

const READ: &[Screen] = &[Screen::Read];
const SEARCH: &[Screen] = &[Screen::Search];

/// Tag all hits of the search, or of the find bar, with one tag.
pub const TAG_HITS: Action = ask!("tag-hits", Request::TagHits)
    .keys(&[Keys::ctrl_shift(Key::T)])
    .on(&[Screen::Read, Screen::Search])
    .enabled(are_there_hits);

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
        TAG_HITS,
        SEARCH_EXPORT,
        SEARCH_EXPORT_TYPED,
    ],
};

/// Writes what the search found into a table.
pub const SEARCH_EXPORT: Action =
    ask!("search-export", Request::Choose(Ask::HitsOut)).on(SEARCH).enabled(|cx| cx.app.search.total > 0);
/// The same with a typed path.
pub const SEARCH_EXPORT_TYPED: Action = ask!("search-export-typed", Request::TypePath(Ask::HitsOut))
    .on(SEARCH)
    .enabled(|cx| cx.app.search.total > 0);

fn are_there_hits(cx: &Cx<'_>) -> bool {
    hits(cx).is_some()
}
