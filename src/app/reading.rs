//! Reading and tagging: where a person is in a plan, what is selected there, and what can be done with it.

use super::{App, Command};
use crate::annotation::{AnnotationId, TagId};
use crate::export::check_template;
use crate::plan::{NodeIx, Plan};
use crate::project::PlanId;
use crate::text::{CharPos, Span, dictionary_is_loaded, is_blank, load_dictionary, sentences};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

/// Something to do with the text of a plan.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadingCommand {
    /// Select words, or nothing.
    Select(PlanId, Option<Selection>),
    /// Select words and bring them into view.
    Show(PlanId, Span),
    /// Put the focus on a row of a table.
    FocusRow(PlanId, NodeIx, u32),
    /// To the node above; folds nothing.
    ToParent,
    /// Fold the node in focus, or go to the one above where there is nothing to fold.
    FoldOrOut,
    /// Unfold the node in focus, or go to the first one in it.
    UnfoldOrIn,
    /// Put a tag on a place, or take it off.
    Toggle(PlanId, Site, TagId),
    /// The favourite tag of a number from 1 to 9, on or off where the person is.
    ToggleFavourite(u8),
    /// Put the first suggested tag on the place where the person is.
    AcceptSuggestion,
    /// Write the note of a place; empty removes it.
    SetNote(PlanId, Site, String),
    /// Remove one annotation.
    Remove(PlanId, AnnotationId),
    /// Show a node in parts, or whole again: by its topic sentences where it has some, then by its sentences.
    Divide(PlanId, NodeIx),
    /// Dim everything but the item in focus, or nothing.
    SetFocusMode(bool),
    /// Make a tag the favourite of a number from 1 to 9, or leave the number without one.
    SetFavourite(u8, Option<TagId>),
    /// Height of a line of reading text as a multiple of its size, 1.3-2.4.
    SetLeading(f32),
    /// Longest line of reading text, 24-60 Han characters.
    SetColumnChars(f32),
    /// How a clause is cited: a template, see [`crate::export::cite`]. One that cannot be filled changes nothing.
    SetCitation(String),
}

/// Selected words: from where the selection was begun to where it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Where it was begun.
    pub anchor: CharPos,
    /// Where it stands; may lie before `anchor`.
    pub head: CharPos,
}

impl Selection {
    /// A selection of a span, begun at its start.
    pub fn of(span: Span) -> Self {
        Self { anchor: span.start, head: span.end }
    }

    /// The selected span.
    pub fn span(self) -> Span {
        Span::new(self.anchor.min(self.head), self.anchor.max(self.head))
    }
}

/// A place that can be tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Site {
    /// A node, whole.
    Node(NodeIx),
    /// A row of a table, by its index.
    Row(NodeIx, u32),
    /// Any words, also across nodes.
    Passage(Span),
    /// The whole plan.
    Plan,
}

/// Into what a node is cut while it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Division {
    /// A topic sentence with what follows it.
    Topics,
    /// Sentence by sentence.
    Sentences,
}

/// Where a person is in a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The node in focus.
    pub focus: Option<NodeIx>,
    /// The row in focus, where the node in focus is a table.
    pub row: Option<u32>,
    /// The selected words.
    pub selection: Option<Selection>,
    /// The node at the top of the text.
    pub top: Option<NodeIx>,
    /// Nodes folded in the outline.
    pub folded: BTreeSet<NodeIx>,
    /// Nodes shown in parts.
    pub divided: BTreeMap<NodeIx, Division>,
    /// Grows with every request to bring the focus into view.
    pub reveal: u64,
}

impl Reading {
    /// The place that a key would tag: what is selected, else the row or node in focus.
    pub fn site(&self) -> Option<Site> {
        let selected = self.selection.map(Selection::span).filter(|span| !span.is_empty());
        match (selected, self.focus?, self.row) {
            (Some(span), ..) => Some(Site::Passage(span)),
            (None, ix, Some(row)) => Some(Site::Row(ix, row)),
            (None, ix, None) => Some(Site::Node(ix)),
        }
    }
}

/// The parts of a node, as spans of the text; none where it has no body.
pub fn parts(plan: &Plan, ix: NodeIx, division: Division) -> Vec<Span> {
    let Some(node) = plan.outline.get(ix) else { return Vec::new() };
    let (Some(first), Some(last)) = (node.body.0.first(), node.body.0.last()) else { return Vec::new() };
    let body = trimmed(plan, Span::new(first.start, last.end));
    match division {
        Division::Sentences => sentences(&plan.text, body),
        Division::Topics => {
            let starts = node.topics.iter().map(|topic| topic.start).filter(|&at| at > body.start);
            let cuts: Vec<CharPos> =
                std::iter::once(body.start).chain(starts).chain(std::iter::once(body.end)).collect();
            let spans = cuts.windows(2).map(|cut| trimmed(plan, Span::new(cut[0], cut[1])));
            spans.filter(|span| !span.is_empty()).collect()
        }
    }
}

/// A span without the blanks and line ends around it.
pub fn trimmed(plan: &Plan, span: Span) -> Span {
    let words = plan.text.slice(span);
    let is_space = |c: char| is_blank(c) || c == '\n';
    let before = words.chars().take_while(|&c| is_space(c)).count() as u32;
    let kept = words.trim_matches(is_space).chars().count() as u32;
    Span::at(span.start + before, kept)
}

/// A step among the parts of a whole: place 0 is the whole itself, which stands before its parts. `None` where the
/// step leads out of it.
fn within(place: usize, parts: usize, steps: i32) -> Option<usize> {
    place.checked_add_signed(steps as isize).filter(|&to| to <= parts)
}

impl App {
    /// Carries out a command about the text of a plan.
    pub(super) fn run_reading(&mut self, command: ReadingCommand) {
        match command {
            ReadingCommand::Select(plan, selection) => self.select(plan, selection),
            ReadingCommand::Show(plan, span) => self.show_words(plan, span),
            ReadingCommand::FocusRow(plan, node, row) => {
                self.focus(plan, node);
                self.reading_mut(plan).row = Some(row);
            }
            ReadingCommand::ToParent => self.go_out(),
            ReadingCommand::FoldOrOut => self.fold_or_out(),
            ReadingCommand::UnfoldOrIn => self.unfold_or_in(),
            ReadingCommand::Toggle(plan, site, tag) => self.toggle(plan, site, tag),
            ReadingCommand::ToggleFavourite(number) => {
                if let (Some(tag), Some((plan, site))) = (self.favourite(number).cloned(), self.here()) {
                    self.toggle(plan, site, tag);
                }
            }
            ReadingCommand::AcceptSuggestion => self.accept_suggestion(),
            ReadingCommand::SetNote(plan, site, note) => self.set_note(plan, site, &note),
            ReadingCommand::Remove(plan, annotation) => self.remove(plan, annotation),
            ReadingCommand::Divide(plan, node) => self.divide(plan, node),
            ReadingCommand::SetFocusMode(on) => self.view.focus_mode = on,
            ReadingCommand::SetFavourite(number, tag) => self.set_favourite(number, tag),
            setting => self.set_reading(setting),
        }
    }

    fn set_reading(&mut self, command: ReadingCommand) {
        let settings = &mut self.settings;
        match command {
            ReadingCommand::SetLeading(leading) => settings.reading_leading = leading.clamp(1.3, 2.4),
            ReadingCommand::SetColumnChars(chars) => settings.reading_chars = chars.clamp(24.0, 60.0),
            ReadingCommand::SetCitation(template) if check_template(&template).is_ok() => {
                settings.citation = template;
            }
            _ => return,
        }
        self.save_settings();
    }

    /// Loads the dictionary of words on a thread, once, when `wanted`: it takes a tenth of a second and 32 MB, so it
    /// is not loaded before a person begins to select.
    pub fn prepare_words_when(&self, wanted: bool) {
        static ASKED: AtomicBool = AtomicBool::new(false);
        if wanted && !dictionary_is_loaded() && !ASKED.swap(true, Ordering::Relaxed) {
            let wake = self.suggestions.wake();
            let load = move || {
                load_dictionary();
                wake();
            };
            let _ = std::thread::Builder::new().name("words".into()).spawn(load);
        }
    }

    /// The plan in the reader and the place in it that a key would tag.
    pub fn here(&self) -> Option<(PlanId, Site)> {
        let (plan, _) = self.current()?;
        Some((plan, self.reading(plan)?.site()?))
    }

    /// Selects words. The node in which the selection stands gets the focus, without scrolling.
    fn select(&mut self, plan: PlanId, selection: Option<Selection>) {
        let node = self.plans.get(&plan).zip(selection).and_then(|(open, selection)| {
            let head =
                if selection.head > selection.anchor { selection.span().end.0 - 1 } else { selection.head.0 };
            open.plan.outline.at(CharPos(head))
        });
        let reading = self.reading_mut(plan);
        reading.selection = selection;
        if let Some(node) = node {
            reading.focus = Some(node);
            reading.row = None;
        }
        self.history.close();
    }

    /// Selects words and brings them into view.
    fn show_words(&mut self, plan: PlanId, span: Span) {
        let node = self.plans.get(&plan).and_then(|open| open.plan.outline.at(span.start));
        if let Some(node) = node {
            self.focus(plan, node);
        }
        self.select(plan, Some(Selection::of(span)));
    }

    fn go_out(&mut self) {
        let Some((plan, open)) = self.current() else { return };
        let up = self.reading(plan).and_then(|reading| open.plan.outline.ancestors(reading.focus?).next());
        if let Some(up) = up {
            self.focus(plan, up);
        }
    }

    fn fold_or_out(&mut self) {
        let Some((plan, open)) = self.current() else { return };
        let Some((ix, folded)) = self.focus_and_fold(plan) else { return };
        if !folded && open.plan.outline.children(Some(ix)).next().is_some() {
            self.run(Command::ToggleFold(plan, ix));
        } else {
            self.go_out();
        }
    }

    fn unfold_or_in(&mut self) {
        let Some((plan, open)) = self.current() else { return };
        let Some((ix, folded)) = self.focus_and_fold(plan) else { return };
        let child = open.plan.outline.children(Some(ix)).next();
        if folded {
            self.run(Command::ToggleFold(plan, ix));
        } else if let Some(child) = child {
            self.focus(plan, child);
        }
    }

    fn focus_and_fold(&self, plan: PlanId) -> Option<(NodeIx, bool)> {
        let reading = self.reading(plan)?;
        let ix = reading.focus?;
        Some((ix, reading.folded.contains(&ix)))
    }

    /// The next division of a node: whole, by topics where it has some, by sentences, whole.
    fn divide(&mut self, plan: PlanId, node: NodeIx) {
        let Some(open) = self.plans.get(&plan) else { return };
        let present = self.reading(plan).and_then(|reading| reading.divided.get(&node)).copied();
        let wanted = match present {
            None => [Some(Division::Topics), Some(Division::Sentences)],
            Some(Division::Topics) => [Some(Division::Sentences), None],
            Some(Division::Sentences) => [None, None],
        };
        let several = |division: &Division| parts(&open.plan, node, *division).len() > 1;
        let next = wanted.into_iter().flatten().find(several);
        let reading = self.reading_mut(plan);
        match next {
            Some(division) => reading.divided.insert(node, division),
            None => reading.divided.remove(&node),
        };
        reading.selection = None;
        reading.reveal += 1;
    }

    /// Moves within what is shown in parts or rows. Tells whether there was somewhere to go.
    pub(super) fn step_inside(&mut self, steps: i32) -> bool {
        let Some((plan, open)) = self.current() else { return false };
        let Some(reading) = self.reading(plan) else { return false };
        let Some(ix) = reading.focus else { return false };
        let rows = open.plan.outline.get(ix).map_or(0, |node| node.rows.len());
        if rows > 0 {
            let place = reading.row.map_or(0, |row| row as usize + 1);
            let Some(place) = within(place, rows, steps) else { return false };
            let reading = self.reading_mut(plan);
            (reading.row, reading.selection) = (place.checked_sub(1).map(|row| row as u32), None);
            reading.reveal += 1;
            return true;
        }
        let Some(&division) = reading.divided.get(&ix) else { return false };
        let parts = parts(&open.plan, ix, division);
        let selected = reading.selection.map(Selection::span);
        let at = selected.and_then(|span| parts.iter().position(|part| *part == span));
        let Some(place) = within(at.map_or(0, |at| at + 1), parts.len(), steps) else { return false };
        let reading = self.reading_mut(plan);
        let part = place.checked_sub(1).and_then(|at| parts.get(at));
        reading.selection = part.copied().map(Selection::of);
        reading.reveal += 1;
        true
    }

    fn accept_suggestion(&mut self) {
        let Some((plan, site)) = self.here() else { return };
        let first =
            self.suggestions_at(plan, site).into_iter().map(|suggestion| suggestion.tag.clone()).next();
        if let Some(tag) = first {
            self.toggle(plan, site, tag);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_goes_from_the_whole_through_its_parts_and_out() {
        for (place, steps, expect) in
            [(0, 1, Some(1)), (1, 1, Some(2)), (2, 1, None), (1, -1, Some(0)), (0, -1, None)]
        {
            assert_eq!(within(place, 2, steps), expect, "{place} {steps}");
        }
    }
}
