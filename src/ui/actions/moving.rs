//! Screens, and moving about in a plan.

use super::{Action, Area, Request, ask, send};
use crate::app::{Command, LibraryCommand, ReadingCommand, Screen};
use crate::ui::cx::t;
use crate::ui::icons::Icon;
use crate::ui::keys::Keys;
use egui::Key;

/// To the place before.
pub const BACK: Action = send!("back", |_| Some(Command::Back))
    .keys(&[Keys::alt(Key::ArrowLeft)])
    .icon(Icon::Back)
    .enabled(|cx| cx.app.can_go_back());
/// To the place after.
pub const FORWARD: Action = send!("forward", |_| Some(Command::Forward))
    .keys(&[Keys::alt(Key::ArrowRight)])
    .icon(Icon::Forward)
    .enabled(|cx| cx.app.can_go_forward());

/// To the next plan that is not tagged whole.
pub const NEXT_UNTAGGED_PLAN: Action =
    send!("next-untagged-plan", |_| Some(Command::Library(LibraryCommand::NextUntagged)))
        .keys(&[Keys::ctrl_shift(Key::U)])
        .icon(Icon::Next)
        .enabled(|cx| cx.app.view.plan.is_some());

const READ: &[Screen] = &[Screen::Read];

/// The table.
pub static AREA: Area = Area {
    name: |cx| t!(cx, "area-moving"),
    actions: &[
        send!("screen-read", |_| Some(Command::Show(Screen::Read))).keys(&[Keys::alt(Key::Num1)]),
        send!("next-item", |_| Some(Command::Step(1)))
            .keys(&[Keys::plain(Key::J), Keys::loose(Key::ArrowDown)])
            .on(READ),
        send!("previous-item", |_| Some(Command::Step(-1)))
            .keys(&[Keys::plain(Key::K), Keys::loose(Key::ArrowUp)])
            .on(READ),
        send!("next-untagged", |_| Some(Command::NextUntagged)).keys(&[Keys::loose(Key::Space)]).on(READ),
        NEXT_UNTAGGED_PLAN,
        send!("fold-or-out", |_| Some(Command::Reading(ReadingCommand::FoldOrOut)))
            .keys(&[Keys::plain(Key::H), Keys::loose(Key::ArrowLeft)])
            .on(READ),
        send!("unfold-or-in", |_| Some(Command::Reading(ReadingCommand::UnfoldOrIn)))
            .keys(&[Keys::plain(Key::L), Keys::loose(Key::ArrowRight)])
            .on(READ),
        ask!("go-to", Request::GoTo).keys(&[Keys::ctrl(Key::P)]),
        BACK,
        FORWARD,
        // In the comparison Escape ends linking and pairing.
        ask!("step-out", Request::StepOut)
            .keys(&[Keys::loose(Key::Escape)])
            .enabled(|cx| cx.app.view.screen != Screen::Compare),
    ],
};
