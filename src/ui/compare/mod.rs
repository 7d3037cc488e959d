//! Two plans side by side. On top of every view what is compared and what to mind; below it one of the views.
//!
//! Read in this order: `header`, then a file per view: `matrix` (themes), `reading` (the items of a theme next to each
//! other), `matches`, `targets`, `texts`, `versions`, `basket`. `side` says how the cities look, `words` how marked
//! words are set, `item` how an item is shown, `pile` how a long list is scrolled. What is shown is worked out in
//! `app::compare`; while it is, the place says so.

mod basket;
mod export_bar;
mod header;
mod item;
mod keys;
mod matches;
mod matrix;
mod pile;
mod reading;
mod row;
mod side;
mod strip;
mod targets;
mod texts;
mod versions;
mod words;

use super::cx::{Cx, t};
use crate::app::{Command, CompareCommand, CompareView, Compared};
use crate::project::PlanId;
use egui::{Frame, Margin, Ui};
use std::sync::Arc;
pub use strip::ThemeStrip;

/// The screen, with what its views keep between frames.
#[derive(Default)]
pub struct CompareScreen {
    matrix: matrix::MatrixView,
    reading: reading::ReadingView,
    matches: matches::MatchesView,
    targets: targets::TargetsView,
    texts: texts::TextsView,
    versions: versions::VersionsView,
    basket: basket::BasketView,
    export: export_bar::ExportBar,
}

impl CompareScreen {
    /// Sends what was typed and not yet sent, e.g. before the window closes.
    pub fn finish(&mut self, cx: &Cx<'_>) {
        self.basket.finish(cx);
    }

    /// Shows the header and the view.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, order: &[PlanId]) {
        self.export.poll(cx);
        let frame = Frame::new().fill(cx.palette.panel).inner_margin(Margin::symmetric(12, 6));
        egui::Panel::top("compare-head").frame(frame).show(ui, |ui| {
            header::header_ui(ui, cx, order);
            header::views_ui(ui, cx, &mut self.export);
            self.export.show_ui(ui, cx);
        });
        let compare = &cx.app.view.compare;
        if compare.view != CompareView::Texts {
            self.texts.left();
        }
        if compare.view == CompareView::Basket {
            return self.basket.show_ui(ui, cx);
        }
        let (Some(a), Some(b)) = (compare.a, compare.b) else {
            message_ui(ui, t!(cx, "cmp-choose-two"));
            return;
        };
        if compare.view == CompareView::Texts {
            return self.texts.show_ui(ui, cx, [a, b]);
        }
        let Some(compared) = cx.app.compared() else {
            ui.centered_and_justified(|ui| {
                ui.horizontal(|ui| {
                    ui.spinner();
                    ui.label(t!(cx, "cmp-working", a = cx.plan_name(a), b = cx.plan_name(b)));
                })
            });
            return;
        };
        self.view_ui(ui, cx, compared);
    }

    fn view_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Arc<Compared>) {
        match cx.app.view.compare.view {
            CompareView::Themes => self.matrix.show_ui(ui, cx, compared),
            CompareView::Reading => self.reading.show_ui(ui, cx, compared),
            CompareView::Matches => self.matches.show_ui(ui, cx, compared),
            CompareView::Targets => self.targets.show_ui(ui, cx, compared),
            CompareView::Versions => self.versions.show_ui(ui, cx, compared),
            CompareView::Texts | CompareView::Basket => {}
        }
    }
}

/// A message in the middle of an empty place.
fn message_ui(ui: &mut Ui, words: String) {
    ui.centered_and_justified(|ui| ui.label(words));
}

/// Sends a command of the comparison.
fn send(cx: &Cx<'_>, command: CompareCommand) {
    cx.send(Command::Compare(command));
}

/// Whether letters are keys now: nobody is typing.
fn keys_are_free(ui: &Ui) -> bool {
    !ui.ctx().text_edit_focused()
}
