//! What a person set right in an outline: operations anchored to the text, not to nodes.

mod standing;

use super::{Flag, Furniture, Kind, Node, NodeIx, Outline, Segments, outline};
use crate::text::{CharPos, Span, Text};
use serde::{Deserialize, Serialize};

/// A recorded correction of the reader's outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The place it is about: the own words of a node, or for a split the empty span where to cut.
    pub span: Span,
    /// The first chars at that place when the correction was made (at most 24), to find it again.
    pub quote: String,
    /// What to do there.
    pub operation: Operation,
}

/// What a correction does to the node at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// One level up.
    Promote,
    /// One level down.
    Demote,
    /// Make it an unnumbered heading.
    MakeHeading,
    /// Make it a paragraph.
    MakeParagraph,
    /// Run it together with the node before.
    MergeWithPrevious,
    /// Begin a new node here.
    SplitHere,
    /// It belongs to the page, not to the plan.
    MarkFurniture,
    /// It belongs to the plan after all.
    UnmarkFurniture,
}

/// How far, in chars, a quote is looked for around the place where it stood.
const NEARBY: u32 = 2000;

/// Applies `corrections` in order. One that no longer finds its place does nothing. What the places around
/// follow from (section or item, a number missing or doubled) is judged anew.
pub(super) fn apply(text: &Text, corrections: &[Correction], outline: &mut Outline) {
    if corrections.is_empty() {
        return;
    }
    let before = standing::judge(text, outline);
    for correction in corrections {
        if let Some(at) = place(text, correction) {
            let mut editor = Editor { text, outline };
            if editor.apply(at, correction.operation) {
                editor.settle();
            }
        }
    }
    standing::renew(text, outline, &before);
}

/// Where the correction's words stand now: at the recorded place, else at the nearest place with the same words.
fn place(text: &Text, correction: &Correction) -> Option<CharPos> {
    let start = correction.span.start;
    let quote = correction.quote.as_str();
    let rest = text.slice(Span::new(start, text.span().end));
    if start.0 < text.len() && rest.starts_with(quote) {
        return Some(start);
    }
    if quote.is_empty() {
        return None;
    }
    let window = Span::new(CharPos(start.0.saturating_sub(NEARBY)), start + NEARBY);
    let words = text.slice(window);
    let found = words.match_indices(quote).map(|(at, _)| window.start + words[..at].chars().count() as u32);
    found.min_by_key(|at| at.0.abs_diff(start.0))
}

/// Changes an outline; [`Editor::settle`] makes it a tree again.
struct Editor<'a> {
    text: &'a Text,
    outline: &'a mut Outline,
}

impl Editor<'_> {
    /// Whether something changed.
    fn apply(&mut self, at: CharPos, operation: Operation) -> bool {
        if operation == Operation::UnmarkFurniture {
            return self.unmark(at);
        }
        let Some(ix) = self.outline.at(at).map(|ix| ix.0 as usize) else { return false };
        if !self.outline.nodes[ix].span.contains(at) {
            return false;
        }
        match operation {
            Operation::Promote => self.shift(ix, false),
            Operation::Demote => self.shift(ix, true),
            Operation::MakeHeading => self.make_heading(ix),
            Operation::MakeParagraph => self.make_paragraph(ix),
            Operation::MergeWithPrevious => self.merge(ix),
            Operation::SplitHere => self.split(ix, at),
            Operation::MarkFurniture => self.mark(ix),
            Operation::UnmarkFurniture => false,
        }
    }

    /// One past the last node under `ix`.
    fn end_of(&self, ix: usize) -> usize {
        let level = self.outline.nodes[ix].level;
        let below = self.outline.nodes[ix + 1..].iter().take_while(|node| node.level > level);
        ix + 1 + below.count()
    }

    /// Moves a node with all under it one level up or down.
    fn shift(&mut self, ix: usize, down: bool) -> bool {
        let node = &self.outline.nodes[ix];
        let level = node.level;
        let sibling = self.outline.nodes[..ix].iter().rev().find(|before| before.level <= level);
        let can = if down { sibling.is_some_and(|up| up.level == level && holds(up)) } else { level > 1 };
        if can {
            let end = self.end_of(ix);
            for node in &mut self.outline.nodes[ix..end] {
                node.level = if down { node.level.saturating_add(1) } else { node.level - 1 };
            }
            correct(&mut self.outline.nodes[ix]);
        }
        can
    }

    /// A paragraph becomes a heading; the paragraphs right after it stand under it.
    fn make_heading(&mut self, ix: usize) -> bool {
        let node = &mut self.outline.nodes[ix];
        let level = node.level;
        let mut words = std::mem::take(&mut node.heading).0;
        words.append(&mut node.body.0);
        (node.heading, node.own_line, node.kind) = (Segments(words), true, Kind::Section);
        if node.number.is_empty() {
            node.flags.push(Flag::Unnumbered);
        }
        correct(node);
        let after = self.outline.nodes[ix + 1..].iter_mut();
        for node in
            after.take_while(|node| node.level == level && matches!(node.kind, Kind::Paragraph | Kind::Table))
        {
            node.level = node.level.saturating_add(1);
        }
        true
    }

    /// A heading or item becomes a paragraph; what stood under it moves up.
    fn make_paragraph(&mut self, ix: usize) -> bool {
        self.lift_children(ix);
        let text = self.text;
        let node = &mut self.outline.nodes[ix];
        node.body = own_words(text, node);
        (node.heading, node.own_line, node.kind) = (Segments::default(), false, Kind::Paragraph);
        node.number = Span::at(node.span.start, 0);
        node.flags.retain(|flag| *flag != Flag::Unnumbered);
        correct(node);
        true
    }

    fn lift_children(&mut self, ix: usize) {
        let end = self.end_of(ix);
        for node in &mut self.outline.nodes[ix + 1..end] {
            node.level -= 1;
        }
    }

    /// Runs a node together with the one before it in the text.
    fn merge(&mut self, ix: usize) -> bool {
        if ix == 0 {
            return false;
        }
        let node = self.outline.nodes.remove(ix);
        let mut words = own_words(self.text, &node).0;
        let before = &mut self.outline.nodes[ix - 1];
        before.span = before.span.hull(node.span);
        // The rest of a heading that was broken over two lines belongs to the heading.
        let heading = before.own_line && before.body.is_empty() && is_rest_of_heading(self.text, node.span);
        let into = if heading { &mut before.heading } else { &mut before.body };
        into.0.append(&mut words);
        before.rows.extend(node.rows);
        correct(before);
        true
    }

    /// Begins a new node at a place inside a node: an item where a number stands there, else a paragraph.
    fn split(&mut self, ix: usize, at: CharPos) -> bool {
        let whole = self.outline.nodes[ix].span;
        let first = trimmed(self.text, Span::new(whole.start, at));
        let second = trimmed(self.text, Span::new(at, whole.end));
        if first.is_empty() || second.is_empty() || at <= self.outline.nodes[ix].number.end {
            return false;
        }
        let node = &mut self.outline.nodes[ix];
        let mut rest = clip(&node.heading, second).0;
        rest.extend(clip(&node.body, second).0);
        (node.heading, node.body) = (clip(&node.heading, first), clip(&node.body, first));
        node.span = first;
        node.inline.retain(|span| first.encloses(*span));
        node.topics.retain(|span| first.encloses(*span));
        node.rows.retain(|row| first.encloses(row.span));
        let (level, holds) = (node.level, holds(node));
        correct(node);
        let mut new = Node::paragraph(second, if holds { level.saturating_add(1) } else { level });
        new.body = Segments(rest);
        if let Some((start, end, words)) = outline::number_at(self.text.slice(second)) {
            let chars = |byte: usize| second.start + self.text.slice(second)[..byte].chars().count() as u32;
            new.number = Span::new(chars(start), chars(end));
            new.body = clip(&new.body, Span::new(chars(words), second.end));
            (new.kind, new.level) = (Kind::Item, level);
        }
        correct(&mut new);
        self.outline.nodes.insert(ix + 1, new);
        true
    }

    /// A node becomes part of the page; what stood under it moves up.
    fn mark(&mut self, ix: usize) -> bool {
        self.lift_children(ix);
        let node = self.outline.nodes.remove(ix);
        let at = self.outline.furniture.partition_point(|item| item.span.start < node.span.start);
        self.outline.furniture.retain(|item| !node.span.encloses(item.span));
        let at = at.min(self.outline.furniture.len());
        self.outline.furniture.insert(at, Furniture { span: node.span, class: "correction" });
        true
    }

    /// A part of the page becomes a paragraph.
    fn unmark(&mut self, at: CharPos) -> bool {
        let Some(found) = self.outline.furniture.iter().position(|item| item.span.contains(at)) else {
            return false;
        };
        let span = self.outline.furniture[found].span;
        if self.outline.nodes.iter().any(|node| node.span.intersection(span).is_some()) {
            return false;
        }
        self.outline.furniture.remove(found);
        let ix = self.outline.nodes.partition_point(|node| node.span.start < span.start);
        let level = ix.checked_sub(1).map_or(1, |before| {
            let before = &self.outline.nodes[before];
            if holds(before) { before.level.saturating_add(1) } else { before.level }
        });
        let mut new = Node::paragraph(span, level);
        new.body = Segments::one(span);
        correct(&mut new);
        self.outline.nodes.insert(ix, new);
        true
    }

    /// Finds the parents anew from the levels: the nearest node before that is higher and can hold others.
    fn settle(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        for ix in 0..self.outline.nodes.len() {
            let level = self.outline.nodes[ix].level;
            while open.last().is_some_and(|&up| self.outline.nodes[up].level >= level) {
                open.pop();
            }
            self.outline.nodes[ix].parent = open.last().map(|&up| NodeIx(up as u32));
            if open.is_empty() {
                self.outline.nodes[ix].level = 1;
            }
            if holds(&self.outline.nodes[ix]) {
                open.push(ix);
            }
        }
    }
}

/// Whether other nodes can stand under a node.
fn holds(node: &Node) -> bool {
    matches!(node.kind, Kind::Section | Kind::Item)
}

fn correct(node: &mut Node) {
    if !node.flags.contains(&Flag::Corrected) {
        node.flags.push(Flag::Corrected);
    }
}

/// Longest rest of a heading, in chars.
const HEADING_REST: u32 = 40;

fn is_rest_of_heading(text: &Text, span: Span) -> bool {
    span.len() <= HEADING_REST && !text.slice(span).contains(['。', '；', ';'])
}

/// All of a node's words: number, heading, the stop between, body.
fn own_words(text: &Text, node: &Node) -> Segments {
    match (node.heading.0.first(), node.body.0.first(), node.body.0.last()) {
        _ if node.heading.is_empty() && node.number.is_empty() => node.body.clone(),
        (_, Some(_), Some(last)) if node.body.0.len() == 1 => {
            Segments::one(Span::new(node.span.start, last.end))
        }
        _ => {
            let mut words = vec![trimmed(text, node.number)];
            words.extend(node.heading.0.iter().chain(&node.body.0).copied());
            words.retain(|span| !span.is_empty());
            Segments(words)
        }
    }
}

/// The part of the segments that lies in a span.
fn clip(segments: &Segments, span: Span) -> Segments {
    Segments(segments.0.iter().filter_map(|piece| piece.intersection(span)).collect())
}

/// A span without the blanks on both sides.
fn trimmed(text: &Text, span: Span) -> Span {
    let words = text.slice(span);
    let blank = |c: &char| c.is_whitespace() || crate::text::is_blank(*c);
    let before = words.chars().take_while(blank).count() as u32;
    let after = words.chars().rev().take_while(blank).count() as u32;
    let end = CharPos(span.end.0.saturating_sub(after)).max(span.start);
    Span::new((span.start + before).min(end), end)
}
