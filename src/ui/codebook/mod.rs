//! 编码表: facets and tags on the left, what is chosen on the right.
//!
//! Read in this order: `tree` (the list), `card` (a tag), `whole` (the codebook, a facet), `proposal` (merging,
//! splitting, deleting: shown first), `fields` and `finder` (what they are made of).

mod card;
mod fields;
mod finder;
mod proposal;
mod taggings;
mod tree;
mod whole;

pub use card::{facet_name, inset};
pub use finder::Finder;

use super::cx::{Cx, t};
use super::dialogs::Dialogs;
use super::theme::bold_font;
use crate::app::{Chosen, CodebookCommand, CodebookProblem, Command, Tally};
use egui::{Frame, Margin, Panel, RichText, ScrollArea, Ui};

/// What a key or a menu asks the screen to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    /// Give the name of what is chosen the keyboard.
    Name,
    /// Ask for the name of a new tag.
    New,
    /// Ask for a tag to merge into.
    Merge,
    /// Ask for the tag to move below.
    Move,
    /// Split the tag.
    Split,
    /// Delete the tag.
    Delete,
}

/// The screen with what only it knows: fields being typed in, folded rows, numbers.
#[derive(Default)]
pub struct CodebookScreen {
    tree: tree::Tree,
    fields: fields::Fields,
    tally: Tally,
    taggings: taggings::Taggings,
    card: card::Card,
    /// What was asked for in the last frame. The row it is about is chosen by now, and the key that asked is not
    /// taken for one typed into a field.
    wish: Option<Wish>,
}

impl CodebookScreen {
    /// Shows the screen below the bars.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, dialogs: &mut Dialogs) {
        let Some(project) = &cx.app.project else { return };
        self.fields.begin(ui);
        self.tally.follow(project, cx.app.revision());
        let list = Panel::left("codebook-list").resizable(true).default_size(340.0).size_range(240.0..=520.0);
        let mut wish = self.wish.take();
        let asked = list.show(ui, |ui| {
            whole::head_ui(ui, cx);
            self.tree.show_ui(ui, cx, &self.tally, self.fields.is_composing())
        });
        if asked.inner.is_some() {
            self.wish = asked.inner;
            ui.ctx().request_repaint();
        }
        let ground = Frame::new().fill(cx.palette.ground);
        egui::CentralPanel::default().frame(ground).show(ui, |ui| {
            ScrollArea::vertical().id_salt("codebook-card").auto_shrink(false).show(ui, |ui| {
                Frame::new().inner_margin(Margin::symmetric(22, 14)).show(ui, |ui| {
                    ui.set_max_width(ui.available_width().min(880.0));
                    ui.set_width(ui.available_width());
                    outcome_ui(ui, cx);
                    match cx.app.view.codebook.chosen.clone() {
                        Chosen::Whole => whole::whole_ui(ui, cx, &mut self.fields, dialogs),
                        Chosen::Facet(id) => self.facet_ui(ui, cx, &id, wish.take()),
                        Chosen::Tag(id) => self.tag_ui(ui, cx, &id, wish.take()),
                    }
                });
            });
        });
        self.fields.end(cx);
    }

    /// Sends what is still being typed.
    pub fn finish(&mut self, cx: &Cx<'_>) {
        self.fields.finish(cx);
    }
}

/// Why the last edit was not done, or where the codebook was written to.
fn outcome_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let state = &cx.app.view.codebook;
    if let Some(problem) = &state.problem {
        ui.label(RichText::new(problem_words(cx, problem)).color(cx.palette.danger));
    }
    if let Some(path) = &state.written {
        let words = t!(cx, "codebook-written", path = path.display().to_string());
        ui.label(RichText::new(words).color(cx.palette.good));
    }
}

fn problem_words(cx: &Cx<'_>, problem: &CodebookProblem) -> String {
    match problem {
        CodebookProblem::Revision(error) => proposal::refusal(cx, error),
        CodebookProblem::StillReading => t!(cx, "codebook-still-reading"),
        CodebookProblem::Exchange(error) => proposal::exchange_error(cx, error),
    }
}

/// A small heading above a part of a card.
fn heading_ui(ui: &mut Ui, words: &str) {
    ui.add_space(10.0);
    ui.label(RichText::new(words).font(bold_font(13.0)).color(ui.visuals().weak_text_color()));
}

fn send(cx: &Cx<'_>, command: CodebookCommand) {
    cx.send(Command::Codebook(command));
}
