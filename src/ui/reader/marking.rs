//! Marks that a screen lays on the text beside the coder's own annotations: words that speak for a suggestion,
//! hits of a search, what two cities share.

use crate::text::{CharPos, Span};
use std::collections::BTreeMap;

/// What a mark says of its words, and so how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkRole {
    /// Speaks for a suggestion: underlined in the accent colour.
    Cue,
    /// Also stands in what it is compared with: a thin underline.
    Shared,
    /// A hit of a search: a ground.
    Found,
    /// The hit a person is at: a stronger ground.
    FoundHere,
}

/// Spans of a text, found by place in no time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans {
    sorted: Vec<Span>,
    /// Length of the longest, in chars.
    longest: u32,
}

impl Spans {
    /// Takes spans in any order; empty ones are left out.
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut sorted: Vec<_> = spans.into_iter().filter(|span| !span.is_empty()).collect();
        sorted.sort_unstable();
        let longest = sorted.iter().map(|span| span.len()).max().unwrap_or(0);
        Self { sorted, longest }
    }

    /// Those that share chars with `place`.
    pub fn within(&self, place: Span) -> impl Iterator<Item = Span> {
        let reach = CharPos(place.start.0.saturating_sub(self.longest));
        let first = self.sorted.partition_point(|span| span.start < reach);
        let begun = self.sorted[first..].iter().take_while(move |span| span.start < place.end);
        begun.copied().filter(move |span| span.intersection(place).is_some())
    }
}

/// The marks of a column, by what they say.
pub type Marking = BTreeMap<MarkRole, Spans>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_found_where_they_reach_into_a_place() {
        let span = |a, b| Span::new(CharPos(a), CharPos(b));
        let spans = Spans::new([span(40, 42), span(0, 30), span(5, 6), span(7, 7)]);
        let within = |place| spans.within(place).collect::<Vec<_>>();
        assert_eq!(within(span(20, 41)), [span(0, 30), span(40, 42)]);
        assert_eq!(within(span(5, 8)), [span(0, 30), span(5, 6)]);
        assert!(within(span(30, 40)).is_empty());
    }
}
