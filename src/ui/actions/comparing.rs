//! Setting two plans side by side.

use super::{Action, Area, send};
use crate::app::{Command, CompareCommand, CompareView, Screen};
use crate::ui::cx::t;
use crate::ui::keys::Keys;
use egui::Key;

const COMPARE: &[Screen] = &[Screen::Compare];

/// The views of a comparison, in their order.
pub const VIEWS: [(CompareView, Action); 7] = [
    (
        CompareView::Themes,
        send!("cmp-view-themes", |_| Some(view(CompareView::Themes)))
            .keys(&[Keys::ctrl(Key::Num1)])
            .on(COMPARE),
    ),
    (
        CompareView::Reading,
        send!("cmp-view-reading", |_| Some(view(CompareView::Reading)))
            .keys(&[Keys::ctrl(Key::Num2)])
            .on(COMPARE),
    ),
    (
        CompareView::Matches,
        send!("cmp-view-matches", |_| Some(view(CompareView::Matches)))
            .keys(&[Keys::ctrl(Key::Num3)])
            .on(COMPARE),
    ),
    (
        CompareView::Targets,
        send!("cmp-view-targets", |_| Some(view(CompareView::Targets)))
            .keys(&[Keys::ctrl(Key::Num4)])
            .on(COMPARE),
    ),
    (
        CompareView::Texts,
        send!("compare-whole-texts", |_| Some(view(CompareView::Texts)))
            .keys(&[Keys::ctrl(Key::Num5)])
            .on(COMPARE),
    ),
    (
        CompareView::Versions,
        send!("cmp-view-versions", |_| Some(view(CompareView::Versions)))
            .keys(&[Keys::ctrl(Key::Num6)])
            .on(COMPARE),
    ),
    (
        CompareView::Basket,
        send!("cmp-view-basket", |_| Some(view(CompareView::Basket)))
            .keys(&[Keys::ctrl(Key::Num7)])
            .on(COMPARE),
    ),
];

/// The table.
pub static AREA: Area = Area {
    name: |cx| t!(cx, "area-comparing"),
    actions: &[
        send!("screen-compare", |_| Some(Command::Show(Screen::Compare))).keys(&[Keys::alt(Key::Num2)]),
        send!("swap-sides", |_| Some(Command::SwapSides)).on(COMPARE),
        VIEWS[0].1,
        VIEWS[1].1,
        VIEWS[2].1,
        VIEWS[3].1,
        VIEWS[4].1,
        VIEWS[5].1,
        VIEWS[6].1,
    ],
};

fn view(view: CompareView) -> Command {
    Command::Compare(CompareCommand::View(view))
}
