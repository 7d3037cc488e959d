//! Merging, splitting, deleting and bringing in: what would happen is shown before it is done.

use super::card::{facet_name, inset};
use super::finder::Chooser;
use super::send;
use super::taggings::Numbers;
use crate::annotation::{QdcError, RevisionError, Tag, TagId};
use crate::app::{CodebookCommand, Consequence, ExchangeError, Fate, Proposal, Revise, Which};
use crate::project::PlanId;
use crate::ui::cx::{Cx, t};
use crate::ui::strings;
use crate::ui::theme::bold_font;
use egui::{Id, RichText, ScrollArea, TextEdit, Ui};
use std::collections::BTreeSet;

/// What is being chosen for a proposal.
#[derive(Default)]
pub struct ProposalView {
    /// The tag for which a tag to merge into is sought.
    merging: Option<TagId>,
    chooser: Chooser,
}

impl ProposalView {
    /// Asks for the tag that `tag` becomes part of.
    pub fn begin_merge(&mut self, tag: TagId) {
        self.merging = Some(tag);
        self.chooser.clear();
    }
}

/// Shows what is proposed for the chosen tag, if anything is.
pub fn proposal_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut ProposalView, numbers: &Numbers) {
    merge_choice_ui(ui, cx, view);
    let Some(proposal) = &cx.app.view.codebook.proposal else { return };
    inset(cx).show(ui, |ui| match &proposal.revise {
        Revise::Merge(from, into) => {
            let (from, into) = (cx.tag_name_of(from).to_owned(), cx.tag_name_of(into).to_owned());
            title_ui(ui, &t!(cx, "propose-merge", from = from, into = into));
            outcome_ui(ui, cx, proposal);
            buttons_ui(ui, cx, &t!(cx, "propose-merge-do"), proposal.outcome.is_ok());
        }
        Revise::Split { tag, part, name, which } => {
            title_ui(ui, &t!(cx, "propose-split", tag = cx.tag_name_of(tag).to_owned()));
            let split = Split { tag, part, name, which };
            split.show_ui(ui, cx, &mut view.chooser, numbers);
            outcome_ui(ui, cx, proposal);
            buttons_ui(ui, cx, &t!(cx, "propose-split-do"), proposal.outcome.is_ok());
        }
        Revise::Delete(tag, fate) => {
            title_ui(ui, &t!(cx, "propose-delete", tag = cx.tag_name_of(tag).to_owned()));
            fate_ui(ui, cx, &mut view.chooser, tag, fate);
            outcome_ui(ui, cx, proposal);
            buttons_ui(ui, cx, &t!(cx, "propose-delete-do"), proposal.outcome.is_ok());
        }
        Revise::ToFacet(tag, facet) => {
            let (tag, facet) = (cx.tag_name_of(tag).to_owned(), facet_name(cx, facet));
            title_ui(ui, &t!(cx, "propose-facet", tag = tag, facet = facet));
            outcome_ui(ui, cx, proposal);
            buttons_ui(ui, cx, &t!(cx, "propose-facet-do"), proposal.outcome.is_ok());
        }
        Revise::DeleteFacet(facet) => {
            title_ui(ui, &t!(cx, "propose-delete-facet", facet = facet_name(cx, facet)));
            outcome_ui(ui, cx, proposal);
            buttons_ui(ui, cx, &t!(cx, "propose-delete-facet-do"), proposal.outcome.is_ok());
        }
        Revise::Add(_) => {}
    });
}

/// What another codebook would add.
pub fn addition_ui(ui: &mut Ui, cx: &Cx<'_>, proposal: &Proposal) {
    inset(cx).show(ui, |ui| {
        title_ui(ui, &t!(cx, "propose-add"));
        let added = proposal.outcome.as_ref().map_or(0, |consequence| consequence.added);
        ui.label(t!(cx, "propose-add-count", count = added));
        ui.weak(t!(cx, "propose-add-hint"));
        buttons_ui(ui, cx, &t!(cx, "propose-add-do"), proposal.outcome.is_ok());
    });
}

/// What a deletion proposes first: nothing is lost where there is a tag above.
pub fn deletion(cx: &Cx<'_>, id: &TagId) -> Revise {
    let has_parent = cx.tag(id).is_some_and(|tag| tag.parent.is_some());
    Revise::Delete(id.clone(), if has_parent { Fate::ToParent } else { Fate::Remove })
}

fn merge_choice_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut ProposalView) {
    let Some(id) = view.merging.clone() else { return };
    let Some(tag) = cx.tag(&id).filter(|_| is_chosen(cx, &id)) else {
        view.merging = None;
        return;
    };
    let may = may_take_over(cx, tag);
    inset(cx).show(ui, |ui| {
        title_ui(ui, &t!(cx, "propose-merge-into", tag = cx.tag_name(tag).to_owned()));
        if let Some(into) = view.chooser.show_ui(ui, cx, "merge-into", None, may) {
            send(cx, CodebookCommand::Propose(Revise::Merge(id.clone(), into)));
            view.merging = None;
        }
        if ui.button(t!(cx, "cancel")).clicked() {
            view.merging = None;
        }
    });
}

fn is_chosen(cx: &Cx<'_>, id: &TagId) -> bool {
    cx.app.view.codebook.chosen == crate::app::Chosen::Tag(id.clone())
}

/// Which tags can take over the taggings of `tag`.
fn may_take_over<'a>(cx: &'a Cx<'_>, tag: &'a Tag) -> impl Fn(&Tag) -> bool + 'a {
    let book = cx.app.project.as_ref().map(|project| &project.codebook);
    move |other| other.facet == tag.facet && book.is_some_and(|book| !book.is_within(&other.id, &tag.id))
}

fn fate_ui(ui: &mut Ui, cx: &Cx<'_>, chooser: &mut Chooser, id: &TagId, fate: &Fate) {
    let Some(tag) = cx.tag(id) else { return };
    let propose = |fate: Fate| send(cx, CodebookCommand::Propose(Revise::Delete(id.clone(), fate)));
    ui.label(t!(cx, "propose-fate"));
    if let Some(parent) = &tag.parent {
        let name = t!(cx, "propose-fate-parent", tag = cx.tag_name_of(parent).to_owned());
        if ui.radio(*fate == Fate::ToParent, name).clicked() {
            propose(Fate::ToParent);
        }
    }
    if ui.radio(*fate == Fate::Remove, t!(cx, "propose-fate-remove")).clicked() {
        propose(Fate::Remove);
    }
    let other = match fate {
        Fate::To(other) => Some(other),
        _ => None,
    };
    let name = other.map_or_else(
        || t!(cx, "propose-fate-other"),
        |other| t!(cx, "propose-fate-parent", tag = cx.tag_name_of(other).to_owned()),
    );
    ui.collapsing(name, |ui| {
        if let Some(other) = chooser.show_ui(ui, cx, "delete-to", other, may_take_over(cx, tag)) {
            propose(Fate::To(other));
        }
    });
}

/// A split while it is put together.
struct Split<'a> {
    tag: &'a TagId,
    part: &'a TagId,
    name: &'a str,
    which: &'a Which,
}

impl Split<'_> {
    fn propose(&self, cx: &Cx<'_>, name: &str, which: Which) {
        let (tag, part) = (self.tag.clone(), self.part.clone());
        send(cx, CodebookCommand::Propose(Revise::Split { tag, part, name: name.to_owned(), which }));
    }

    fn show_ui(&self, ui: &mut Ui, cx: &Cx<'_>, chooser: &mut Chooser, numbers: &Numbers) {
        ui.horizontal(|ui| {
            let label = ui.label(t!(cx, "propose-split-name"));
            let mut name = self.name.to_owned();
            let field = TextEdit::singleline(&mut name).id(Id::unique("split-name")).desired_width(240.0);
            if ui.add(field).labelled_by(label.id).changed() {
                self.propose(cx, &name, self.which.clone());
            }
        });
        ui.horizontal(|ui| {
            let by_plan = matches!(self.which, Which::Plans(_));
            if ui.radio(by_plan, t!(cx, "propose-split-plans")).clicked() && !by_plan {
                self.propose(cx, self.name, Which::Plans(BTreeSet::new()));
            }
            let by_words = matches!(self.which, Which::Words(_));
            if ui.radio(by_words, t!(cx, "propose-split-words")).clicked() && !by_words {
                self.propose(cx, self.name, Which::Words(String::new()));
            }
            let by_tag = matches!(self.which, Which::Beside(_));
            if ui.radio(by_tag, t!(cx, "propose-split-beside")).clicked() && !by_tag {
                self.propose(cx, self.name, Which::Beside(TagId(String::new())));
            }
        });
        match self.which {
            Which::Plans(plans) => self.plans_ui(ui, cx, plans, numbers),
            Which::Words(words) => {
                let mut words = words.clone();
                let field = TextEdit::singleline(&mut words).id(Id::unique("split-words"));
                let field = ui.add(field.hint_text(t!(cx, "propose-split-words-hint")).desired_width(300.0));
                if field.accessible_name(t!(cx, "propose-split-words-hint")).changed() {
                    self.propose(cx, self.name, Which::Words(words));
                }
            }
            Which::Beside(other) => {
                let may = |tag: &Tag| tag.id != *self.tag;
                if let Some(other) = chooser.show_ui(ui, cx, "split-beside", Some(other), may) {
                    self.propose(cx, self.name, Which::Beside(other));
                }
            }
        }
    }

    fn plans_ui(&self, ui: &mut Ui, cx: &Cx<'_>, plans: &BTreeSet<PlanId>, numbers: &Numbers) {
        let own = cx.app.coder();
        let rows: Vec<(PlanId, usize)> =
            numbers.plans.iter().filter_map(|(plan, coders)| Some((*plan, *coders.get(&own)?))).collect();
        if rows.is_empty() {
            ui.weak(t!(cx, "propose-split-none"));
        }
        let height = 28.0 * rows.len().min(7) as f32;
        let list = ScrollArea::vertical().id_salt("split-plans").max_height(height);
        list.auto_shrink([false, true]).show_rows(ui, 28.0, rows.len(), |ui, range| {
            for &(plan, count) in &rows[range] {
                let mut on = plans.contains(&plan);
                let name = t!(cx, "taggings-row", plan = cx.plan_name(plan), count = count);
                if ui.checkbox(&mut on, name).changed() {
                    let mut plans = plans.clone();
                    if on {
                        plans.insert(plan)
                    } else {
                        plans.remove(&plan)
                    };
                    self.propose(cx, self.name, Which::Plans(plans));
                }
            }
        });
    }
}

fn title_ui(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(bold_font(14.0)));
}

/// What would happen, or why it cannot.
fn outcome_ui(ui: &mut Ui, cx: &Cx<'_>, proposal: &Proposal) {
    match &proposal.outcome {
        Ok(consequence) => {
            for words in consequence_words(cx, &proposal.revise, consequence) {
                ui.label(words);
            }
        }
        Err(RevisionError::NoName) => {
            ui.weak(t!(cx, "revision-no-name"));
        }
        Err(error) => {
            ui.label(RichText::new(refusal(cx, error)).color(cx.palette.caution));
        }
    }
}

fn consequence_words(cx: &Cx<'_>, revise: &Revise, consequence: &Consequence) -> Vec<String> {
    let own = &consequence.own;
    let mut words = Vec::new();
    if matches!(revise, Revise::ToFacet(..)) {
        words.push(t!(cx, "effect-stay"));
    }
    if consequence.gone > 0 {
        words.push(t!(cx, "effect-tags-gone", count = consequence.gone));
    }
    if own.retagged > 0 {
        words.push(t!(cx, "effect-retagged", count = own.retagged, plans = consequence.plans));
    }
    if own.joined > 0 {
        words.push(t!(cx, "effect-joined", count = own.joined));
    }
    if own.removed > 0 {
        words.push(t!(cx, "effect-removed", count = own.removed, plans = consequence.plans));
    }
    if consequence.crowded > 0 {
        words.push(t!(cx, "effect-crowded", count = consequence.crowded));
    }
    if own.retagged + own.joined + own.removed == 0 && !matches!(revise, Revise::ToFacet(..)) {
        words.push(t!(cx, "effect-none"));
    }
    if own.notes > 0 {
        words.push(t!(cx, "effect-notes", count = own.notes));
    }
    if consequence.raised > 0 {
        words.push(t!(cx, "effect-raised", count = consequence.raised));
    }
    if consequence.others > 0 {
        words.push(t!(cx, "effect-others", count = consequence.others));
    }
    if consequence.incomplete {
        words.push(t!(cx, "codebook-still-reading"));
    }
    words
}

fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, does: &str, enabled: bool) {
    ui.horizontal(|ui| {
        if ui.add_enabled(enabled, egui::Button::new(does)).clicked() {
            send(cx, CodebookCommand::CarryOut);
        }
        if ui.button(t!(cx, "cancel")).clicked() {
            send(cx, CodebookCommand::Withdraw);
        }
        ui.weak(t!(cx, "propose-undo"));
    });
}

/// Why the codebook cannot be edited so.
pub fn refusal(cx: &Cx<'_>, error: &RevisionError) -> String {
    let name = |id: &TagId| cx.tag(id).map_or_else(|| id.0.clone(), |tag| cx.tag_name(tag).to_owned());
    match error {
        RevisionError::NoTag(_) | RevisionError::NoFacet(_) => t!(cx, "codebook-gone"),
        RevisionError::Taken(id) => t!(cx, "revision-taken", tag = name(id)),
        RevisionError::NoName => t!(cx, "revision-no-name"),
        RevisionError::ShortcutTaken { shortcut, tag } => {
            t!(cx, "revision-key-taken", key = shortcut.to_string(), tag = name(tag))
        }
        RevisionError::Place(id) => t!(cx, "revision-place", tag = name(id)),
    }
}

/// Why a codebook file could not be used.
pub fn exchange_error(cx: &Cx<'_>, error: &ExchangeError) -> String {
    match error {
        ExchangeError::File(error) => strings::project_error(cx, error),
        ExchangeError::Qdc(path, cause) => {
            let what = match cause {
                QdcError::Xml { byte, .. } => t!(cx, "qdc-xml", byte = byte.to_string()),
                QdcError::NoCodes => t!(cx, "qdc-no-codes"),
                QdcError::TooDeep => t!(cx, "qdc-too-deep"),
            };
            t!(cx, "error-line", path = path.display().to_string(), what = what)
        }
    }
}
