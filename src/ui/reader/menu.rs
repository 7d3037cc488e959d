//! The menu of a place in the text: the same for a right click, the menu key, a chip.

use super::selection::quote;
use crate::app::{Command, Division, OpenPlan, ReadingCommand, Site};
use crate::export;
use crate::plan::{NodeIx, Plan};
use crate::project::PlanId;
use crate::text::{CharPos, Span};
use crate::ui::actions::Request;
use crate::ui::correct;
use crate::ui::cx::{Cx, t};
use egui::{Button, Pos2, Ui};

/// The menu while it is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenMenu {
    /// Where it was asked for.
    pub at: Pos2,
    /// What it is about.
    pub about: About,
    /// Where the words would be split.
    pub split: Option<CharPos>,
    /// It was just asked for.
    pub fresh: bool,
}

/// What a menu is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum About {
    /// A place that can be tagged.
    Site(Site),
    /// A part of the page.
    Furniture(Span),
}

/// Fills the menu.
pub fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, id: PlanId, open: &OpenPlan, menu: &OpenMenu) {
    match menu.about {
        About::Furniture(span) => {
            correct::furniture_menu_ui(ui, cx, id, span);
        }
        About::Site(site) => {
            tagging_ui(ui, cx, id, open, site);
            ui.separator();
            copying_ui(ui, cx, id, open, site);
            ui.separator();
            outline_ui(ui, cx, id, open, site, menu.split);
        }
    }
}

fn tagging_ui(ui: &mut Ui, cx: &Cx<'_>, id: PlanId, open: &OpenPlan, site: Site) {
    if item_ui(ui, &t!(cx, "menu-pick-tag"), "T") {
        cx.ask(Request::PickTag);
    }
    for (at, suggestion) in cx.app.suggestions_at(id, site).into_iter().enumerate() {
        let tag = cx.tag_name_of(&suggestion.tag).to_owned();
        if item_ui(ui, &t!(cx, "menu-accept", tag = tag), if at == 0 { "A" } else { "" }) {
            cx.send(Command::Reading(ReadingCommand::Toggle(id, site, suggestion.tag.clone())));
        }
    }
    let mut carried: Vec<_> = open.marks.tags_at(site).collect();
    if let Site::Passage(span) = site {
        // A part, or a selection, may hold passages of its own.
        carried = open
            .marks
            .passages_within(span)
            .filter(|(passage, ..)| span.encloses(*passage))
            .map(|(_, tag, annotation)| (tag, *annotation))
            .collect();
    }
    for (tag, annotation) in carried {
        let name = cx.tag_name_of(tag).to_owned();
        if item_ui(ui, &t!(cx, "remove-tag", tag = name), "") {
            cx.send(Command::Reading(ReadingCommand::Remove(id, annotation)));
        }
    }
    if item_ui(ui, &t!(cx, "menu-note"), "N") {
        cx.ask(Request::WriteNote);
    }
}

fn copying_ui(ui: &mut Ui, cx: &Cx<'_>, id: PlanId, open: &OpenPlan, site: Site) {
    let Some(span) = span_of(&open.plan, site) else { return };
    if item_ui(ui, &t!(cx, "menu-copy"), "Ctrl+C") {
        ui.copy_text(quote(&open.plan, span));
    }
    if item_ui(ui, &t!(cx, "menu-copy-cited"), "Ctrl+Shift+C") {
        ui.copy_text(cited(cx, id, open, span));
    }
}

fn outline_ui(ui: &mut Ui, cx: &Cx<'_>, id: PlanId, open: &OpenPlan, site: Site, split: Option<CharPos>) {
    let Some((ix, node)) = node_of(&open.plan, site).and_then(|ix| Some((ix, open.plan.outline.get(ix)?)))
    else {
        return;
    };
    let divided = cx.app.reading(id).and_then(|reading| reading.divided.get(&ix)).copied();
    let words = match divided {
        None if node.topics.is_empty() => t!(cx, "divide-sentences"),
        None => t!(cx, "divide-topics"),
        Some(Division::Topics) => t!(cx, "divide-sentences"),
        Some(Division::Sentences) => t!(cx, "divide-whole"),
    };
    if item_ui(ui, &words, "S") {
        cx.send(Command::Reading(ReadingCommand::Divide(id, ix)));
    }
    ui.menu_button(t!(cx, "correct-outline"), |ui| correct::node_menu_ui(ui, cx, id, node, split));
}

/// A line of the menu with its key. Tells whether it was chosen, and closes the menu.
fn item_ui(ui: &mut Ui, words: &str, key: &str) -> bool {
    let chosen = ui.add(Button::new(words).shortcut_text(key).frame(false)).clicked();
    if chosen {
        ui.close();
    }
    chosen
}

/// The node in which a place stands.
pub fn node_of(plan: &Plan, site: Site) -> Option<NodeIx> {
    match site {
        Site::Node(ix) | Site::Row(ix, _) => Some(ix),
        Site::Passage(span) => plan.outline.at(span.start),
        Site::Plan => None,
    }
}

/// The words of a place.
pub fn span_of(plan: &Plan, site: Site) -> Option<Span> {
    match site {
        Site::Node(ix) => plan.outline.get(ix).map(|node| node.span),
        Site::Row(ix, row) => plan.outline.get(ix)?.rows.get(row as usize).map(|row| row.span),
        Site::Passage(span) => Some(span),
        Site::Plan => None,
    }
}

/// The clause number of the node at a place, as the person's template cites it.
pub fn citation(cx: &Cx<'_>, id: PlanId, open: &OpenPlan, at: CharPos) -> String {
    let clause = open.plan.outline.at(at).map_or_else(String::new, |ix| cx.app.clause(id, ix));
    cx.record(id).map_or(clause.clone(), |record| export::cite(&cx.app.settings.citation, record, &clause))
}

/// Words with where they stand: `“…”（厦门2017 (二)-1）`.
pub fn cited(cx: &Cx<'_>, id: PlanId, open: &OpenPlan, span: Span) -> String {
    format!("“{}”（{}）", quote(&open.plan, span), citation(cx, id, open, span.start))
}
