//! The codebook as a whole: what it holds, bringing one in, giving it out; the note on the project.

use super::card::{note_words, others_notes_ui};
use super::fields::{About, Fields, Shape};
use super::{heading_ui, proposal, send};
use crate::annotation::Subject;
use crate::app::{Chosen, CodebookCommand, Revise};
use crate::ui::cx::{Cx, t};
use crate::ui::dialogs::{Ask, Dialogs};
use crate::ui::theme::bold_font;
use egui::{RichText, Ui};

/// What stands above the list.
pub(super) fn head_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.horizontal(|ui| {
        let whole = cx.app.view.codebook.chosen == Chosen::Whole;
        let name = RichText::new(t!(cx, "codebook-whole")).font(bold_font(14.0));
        if ui.selectable_label(whole, name).clicked() {
            send(cx, CodebookCommand::Choose(Chosen::Whole));
        }
    });
}

/// The whole.
pub(super) fn whole_ui(ui: &mut Ui, cx: &Cx<'_>, fields: &mut Fields, dialogs: &mut Dialogs) {
    let Some(project) = &cx.app.project else { return };
    ui.label(RichText::new(t!(cx, "codebook-whole")).font(bold_font(20.0)));
    let (facets, tags) = (project.codebook.facets.len(), project.codebook.tags.len());
    ui.weak(t!(cx, "codebook-size", facets = facets, tags = tags));
    ui.horizontal_wrapped(|ui| {
        if ui.button(t!(cx, "codebook-new-facet")).clicked() {
            send(cx, CodebookCommand::CreateFacet(t!(cx, "codebook-facet-unnamed")));
        }
        for (ask, name) in [
            (Ask::CodebookIn, t!(cx, "codebook-import")),
            (Ask::QdcOut, t!(cx, "codebook-export-qdc")),
            (Ask::RonOut, t!(cx, "codebook-export-ron")),
        ] {
            if ui.button(name).clicked() {
                dialogs.ask(ui.ctx(), ask);
            }
        }
        if ui.button(t!(cx, "codebook-import-typed")).clicked() {
            dialogs.ask_typed(Ask::CodebookIn);
        }
        if ui.button(t!(cx, "codebook-export-typed")).clicked() {
            dialogs.ask_typed(Ask::QdcOut);
        }
    });
    ui.weak(t!(cx, "codebook-exchange-hint"));
    if let Some(found) = &cx.app.view.codebook.proposal
        && let Revise::Add(_) = &found.revise
    {
        proposal::addition_ui(ui, cx, found);
    }
    heading_ui(ui, &t!(cx, "project-note"));
    let (stored, name) = (note_words(cx, &Subject::Project), t!(cx, "project-note"));
    let shape = Shape { name: &name, hint: &t!(cx, "project-note-hint"), rows: 6 };
    fields.show_ui(ui, cx, &About::ProjectNote, &stored, shape);
    others_notes_ui(ui, cx, &Subject::Project);
    heading_ui(ui, &t!(cx, "codebook-keys"));
    for words in [t!(cx, "codebook-keys-choose"), t!(cx, "codebook-keys-move"), t!(cx, "codebook-keys-edit")]
    {
        ui.weak(words);
    }
}
