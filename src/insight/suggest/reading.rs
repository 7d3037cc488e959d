//! The words of a node as cues are looked for in them.

use super::Cue;
use crate::insight::cues::Hit;
use crate::plan::{Kind, NodeIx, Outline, Plan};
use crate::text::{CharPos, Span, Text, fold_char, is_blank};

/// The words of a node in matching form, blanks dropped.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The words.
    pub folded: String,
    /// Byte offset in `folded` and place in the text of every char.
    places: Vec<(usize, CharPos)>,
    /// Where the heading ends, or the first sentence of a node without heading, in bytes.
    pub opening: usize,
    /// Length of the heading in bytes, 0 without one.
    heading: usize,
    /// Where sentences end, in bytes.
    stops: Vec<usize>,
}

impl Reading {
    /// Reads a node: its own words without its note of responsibility, and the unnumbered paragraphs under it.
    pub fn of(plan: &Plan, ix: NodeIx) -> Self {
        let mut reading = Self::default();
        let Some(node) = plan.outline.get(ix) else { return reading };
        for &span in &node.heading.0 {
            reading.push(&plan.text, span, None);
        }
        reading.heading = reading.folded.len();
        reading.stops.push(reading.folded.len());
        let note = node.departments.as_ref().map(|note| note.span);
        for &span in &node.body.0 {
            reading.push(&plan.text, span, note);
        }
        for child in unnumbered(&plan.outline, ix) {
            for &span in plan.outline.get(child).map_or(&[][..], |node| &node.body.0) {
                reading.push(&plan.text, span, None);
            }
            reading.stops.push(reading.folded.len());
        }
        reading.opening = match reading.heading {
            0 => reading.stops.iter().copied().find(|&stop| stop > 0).unwrap_or(reading.folded.len()),
            heading => heading,
        };
        reading
    }

    fn push(&mut self, text: &Text, span: Span, left_out: Option<Span>) {
        for (offset, c) in text.slice(span).chars().enumerate() {
            let place = span.start + offset as u32;
            if is_blank(c) || c == '\n' || left_out.is_some_and(|out| out.contains(place)) {
                continue;
            }
            self.places.push((self.folded.len(), place));
            self.folded.push(fold_char(c));
            if matches!(c, '。' | ';' | '；') {
                self.stops.push(self.folded.len());
            }
        }
    }

    /// The share of the heading that a hit fills.
    pub fn share(&self, hit: &Hit) -> f32 {
        if self.heading == 0 { 0.0 } else { (hit.end - hit.start) as f32 / self.heading as f32 }
    }

    /// How many sentences behind the first one of the body a byte lies.
    pub fn sentence(&self, byte: usize) -> f32 {
        let before = self.stops.partition_point(|&stop| stop <= byte);
        before.saturating_sub(1) as f32
    }

    /// The words from byte `start` to `end` with their place in the text.
    pub fn cue(&self, start: usize, end: usize) -> Cue {
        let at = |byte: usize| self.places.partition_point(|(start, _)| *start < byte);
        let place = |index: usize| self.places.get(index).map_or(CharPos(0), |(_, place)| *place);
        let span = Span::new(place(at(start)), place(at(end).saturating_sub(1)) + 1);
        Cue { words: self.folded[start..end].to_owned(), span }
    }
}

/// The unnumbered paragraphs right under a node: the body of an own-line heading.
fn unnumbered(outline: &Outline, ix: NodeIx) -> impl Iterator<Item = NodeIx> {
    let own = |&child: &NodeIx| {
        outline.get(child).is_some_and(|n| n.kind == Kind::Paragraph && n.number.is_empty())
    };
    outline.children(Some(ix)).filter(own)
}
