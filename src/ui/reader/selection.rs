//! Selecting words: what a step of the keyboard or a click means, in places of the text.

use super::blocks::Block;
use super::draft::Drafter;
use crate::plan::{Plan, Segments};
use crate::text::{CharPos, Span, sentences, word_at};
use egui::{Event, Key, Modifiers, Ui};

/// A step of the end of a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A char forward or back.
    Char(bool),
    /// A word of the dictionary.
    Word(bool),
    /// A row down or up.
    Line(bool),
    /// To the end or the beginning of the row.
    Edge(bool),
}

/// The step that a key asks for: Shift with arrows, Home and End; with Ctrl by words.
pub fn step_pressed(ui: &Ui) -> Option<Step> {
    let mut step = None;
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            let found = of_key(*key, *modifiers);
            step = step.or(found);
            found.is_none()
        });
    });
    step
}

fn of_key(key: Key, modifiers: Modifiers) -> Option<Step> {
    if !modifiers.shift || modifiers.alt {
        return None;
    }
    match (key, modifiers.command) {
        (Key::ArrowRight, false) => Some(Step::Char(true)),
        (Key::ArrowLeft, false) => Some(Step::Char(false)),
        (Key::ArrowRight, true) => Some(Step::Word(true)),
        (Key::ArrowLeft, true) => Some(Step::Word(false)),
        (Key::ArrowDown, false) => Some(Step::Line(true)),
        (Key::ArrowUp, false) => Some(Step::Line(false)),
        (Key::End, false) => Some(Step::Edge(true)),
        (Key::Home, false) => Some(Step::Edge(false)),
        _ => None,
    }
}

/// The text as the column shows it, for stepping through it.
pub struct Stops<'a> {
    /// The blocks, in order.
    pub blocks: &'a [Block],
    /// What their rows are.
    pub drafter: &'a Drafter<'a>,
}

/// A place in a block: chars read before it.
struct Stop {
    block: usize,
    segments: Segments,
    starts: Vec<u32>,
    read: u32,
}

impl Stops<'_> {
    fn plan(&self) -> &Plan {
        self.drafter.plan
    }

    /// What is read in a block: its words, or the whole of a row of a table as one step.
    fn read(&self, block: usize) -> Option<(Segments, Vec<u32>)> {
        let &kind = self.blocks.get(block)?;
        if let Block::TableRow(..) = kind {
            return Some((Segments::one(kind.span(self.plan())), vec![0]));
        }
        let words = self.drafter.draft(kind).words?;
        (!words.runs.is_empty()).then(|| (words.segments(), words.rows.starts))
    }

    /// The block in which a place of the text stands.
    pub fn block_at(&self, pos: CharPos) -> Option<usize> {
        let after = self.blocks.partition_point(|block| block.span(self.plan()).start <= pos);
        (0..after).rev().find(|&at| self.read(at).is_some())
    }

    fn stop(&self, pos: CharPos) -> Option<Stop> {
        let block = self.block_at(pos)?;
        let (segments, starts) = self.read(block)?;
        let read = segments.from_text(pos);
        Some(Stop { block, segments, starts, read })
    }

    /// The beginning or end of the next block forward or back that has words.
    fn neighbour(&self, block: usize, forward: bool) -> Option<Stop> {
        let mut at = block;
        loop {
            at = if forward { at + 1 } else { at.checked_sub(1)? };
            if at >= self.blocks.len() {
                return None;
            }
            if let Some((segments, starts)) = self.read(at) {
                let read = if forward { 0 } else { segments.len() };
                return Some(Stop { block: at, segments, starts, read });
            }
        }
    }

    /// Where a step from a place of the text leads; the same place at either end of the text.
    pub fn step(&self, from: CharPos, step: Step) -> CharPos {
        let Some(stop) = self.stop(from) else { return from };
        let to = match step {
            Step::Char(forward) => {
                self.step_by(stop, forward, |_, read| if forward { read + 1 } else { read - 1 })
            }
            Step::Word(forward) => self.step_by(stop, forward, |segments, read| {
                let words = segments.read(&self.plan().text);
                let at = if forward { read } else { read - 1 } as usize;
                let word = word_at(&words, at);
                if forward { word.end as u32 } else { word.start as u32 }
            }),
            Step::Line(down) => self.step_line(&stop, down),
            Step::Edge(end) => {
                let row = row_of(&stop);
                let edge = if end { row_end(&stop, row) } else { stop.starts[row] };
                stop.segments.to_text(edge)
            }
        };
        to.unwrap_or(from)
    }

    fn step_by(&self, stop: Stop, forward: bool, to: impl Fn(&Segments, u32) -> u32) -> Option<CharPos> {
        let at_edge = if forward { stop.read >= stop.segments.len() } else { stop.read == 0 };
        let stop = if at_edge { self.neighbour(stop.block, forward)? } else { stop };
        let is_row = matches!(self.blocks[stop.block], Block::TableRow(..));
        let read = match (is_row, forward) {
            (true, true) => stop.segments.len(),
            (true, false) => 0,
            (false, _) => to(&stop.segments, stop.read),
        };
        stop.segments.to_text(read)
    }

    fn step_line(&self, stop: &Stop, down: bool) -> Option<CharPos> {
        let row = row_of(stop);
        let column = stop.read - stop.starts[row];
        let is_last = row + 1 == stop.starts.len();
        if (down && is_last) || (!down && row == 0) {
            let next = self.neighbour(stop.block, down)?;
            let row = if down { 0 } else { next.starts.len() - 1 };
            let whole = matches!(self.blocks[next.block], Block::TableRow(..));
            let read = match (whole, down) {
                (true, true) => next.segments.len(),
                (true, false) => 0,
                (false, _) => (next.starts[row] + column).min(row_end(&next, row)),
            };
            return next.segments.to_text(read);
        }
        let row = if down { row + 1 } else { row - 1 };
        stop.segments.to_text((stop.starts[row] + column).min(row_end(stop, row)))
    }

    /// The word of the dictionary at a place of the text.
    pub fn word(&self, pos: CharPos) -> Option<Span> {
        let stop = self.stop(pos)?;
        let word = word_at(&stop.segments.read(&self.plan().text), stop.read as usize);
        let (start, last) = (word.start as u32, (word.end as u32).checked_sub(1)?);
        Some(Span::new(stop.segments.to_text(start)?, stop.segments.to_text(last)? + 1))
    }

    /// The sentence at a place of the text: a heading, or a sentence of the body.
    pub fn sentence(&self, pos: CharPos) -> Option<Span> {
        let plan = self.plan();
        let node = plan.outline.get(plan.outline.at(pos)?)?;
        let hull = |segments: &Segments| segments.0.iter().copied().reduce(Span::hull);
        match hull(&node.heading) {
            Some(heading) if heading.contains(pos) => Some(heading),
            _ => sentences(&plan.text, hull(&node.body)?).into_iter().find(|sentence| sentence.contains(pos)),
        }
    }
}

fn row_of(stop: &Stop) -> usize {
    stop.starts.partition_point(|&start| start <= stop.read).saturating_sub(1)
}

/// The last place of a row; the char before the beginning of the next.
fn row_end(stop: &Stop, row: usize) -> u32 {
    stop.starts.get(row + 1).map_or_else(|| stop.segments.len(), |next| next - 1)
}

/// The words of a span as a reader reads them: numbers and headings as printed, sentences broken over lines whole,
/// marks of the site left out; a line for each node.
pub fn quote(plan: &Plan, span: Span) -> String {
    let mut lines: Vec<String> = Vec::new();
    let first = plan.outline.at(span.start).map_or(0, |ix| ix.0 as usize);
    for node in plan.outline.nodes[first..].iter().take_while(|node| node.span.start < span.end) {
        let mut pieces = vec![node.number];
        pieces.extend(&node.heading.0);
        if let (Some(heading), Some(body)) = (node.heading.0.last(), node.body.0.first())
            && !node.own_line
        {
            pieces.push(Span::new(heading.end, body.start));
        }
        pieces.extend(&node.body.0);
        let words = pieces.iter().filter_map(|piece| piece.intersection(span));
        let line: String = words.map(|piece| plan.text.slice(piece)).collect();
        // A table's rows are not in its body.
        let line = if line.is_empty() {
            node.span.intersection(span).map(|rows| plan.text.slice(rows).to_owned()).unwrap_or_default()
        } else {
            line
        };
        if !line.trim().is_empty() {
            lines.push(line.trim().to_owned());
        }
    }
    lines.join("\n")
}
