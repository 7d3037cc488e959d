//! Word-level difference of two texts that share sentences: two versions of one plan, or an item and the item of
//! the upper-level plan it was taken from. Between cities it says nothing; there see `align`.

use crate::plan::{Plan, Segments};
use crate::text::{Span, Text, words};
use imara_diff::{Algorithm, Diff, InternedInput};

/// A stretch of the comparison, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// What became of it.
    pub change: Change,
    /// The words in A; empty where they were added.
    pub a: Segments,
    /// The words in B; empty where they were removed.
    pub b: Segments,
}

/// What became of some words of A in B.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// They stand in both.
    Same,
    /// B lacks them.
    Removed,
    /// A lacks them.
    Added,
    /// Other words stand in their place.
    Replaced,
}

/// Compares words of A with words of B. Blanks and line ends do not count as words.
pub fn diff(a: (&Text, &Segments), b: (&Text, &Segments)) -> Vec<Stretch> {
    let (a, b) = (tokens(a), tokens(b));
    let mut input: InternedInput<&str> = InternedInput::default();
    input.update_before(a.iter().map(|&(word, _)| word));
    input.update_after(b.iter().map(|&(word, _)| word));
    let mut stretches = Vec::new();
    let (mut at_a, mut at_b) = (0, 0);
    let mut push = |change: Change, from_a: &[(&str, Span)], from_b: &[(&str, Span)]| {
        if !from_a.is_empty() || !from_b.is_empty() {
            stretches.push(Stretch { change, a: joined(from_a), b: joined(from_b) });
        }
    };
    for hunk in Diff::compute(Algorithm::Histogram, &input).hunks() {
        let (before, after) = (
            hunk.before.start as usize..hunk.before.end as usize,
            hunk.after.start as usize..hunk.after.end as usize,
        );
        push(Change::Same, &a[at_a..before.start], &b[at_b..after.start]);
        let change = match (before.is_empty(), after.is_empty()) {
            (false, false) => Change::Replaced,
            (false, true) => Change::Removed,
            (true, _) => Change::Added,
        };
        (at_a, at_b) = (before.end, after.end);
        push(change, &a[before], &b[after]);
    }
    push(Change::Same, &a[at_a..], &b[at_b..]);
    stretches
}

/// All words of a plan in document order, page furniture left out, numbers kept: what two versions are compared by.
pub fn whole(plan: &Plan) -> Segments {
    let of_node = |node: &crate::plan::Node| {
        let number = (!node.number.is_empty()).then_some(node.number);
        number.into_iter().chain(node.heading.0.clone()).chain(node.body.0.clone()).collect::<Vec<_>>()
    };
    Segments(plan.outline.nodes.iter().flat_map(of_node).collect())
}

/// The words that are no blanks, each with its place.
fn tokens<'a>((text, segments): (&'a Text, &Segments)) -> Vec<(&'a str, Span)> {
    let mut tokens = Vec::new();
    for &span in &segments.0 {
        let mut at = span.start;
        for word in words(text.slice(span)) {
            let place = Span::at(at, word.chars().count() as u32);
            at = place.end;
            if !word.trim().is_empty() {
                tokens.push((word, place));
            }
        }
    }
    tokens
}

/// The places of some words, neighbours run together.
fn joined(tokens: &[(&str, Span)]) -> Segments {
    let mut spans: Vec<Span> = Vec::new();
    for &(_, span) in tokens {
        match spans.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => spans.push(span),
        }
    }
    Segments(spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expect: &[(Change, &str, &str)]) {
        let (a, b) = (Text::new(a), Text::new(b));
        let whole = |text: &Text| Segments::one(text.span());
        let found = diff((&a, &whole(&a)), (&b, &whole(&b)));
        let read: Vec<_> = found.iter().map(|s| (s.change, s.a.read(&a), s.b.read(&b))).collect();
        let expect: Vec<_> = expect.iter().map(|&(c, a, b)| (c, a.to_owned(), b.to_owned())).collect();
        assert_eq!(read, expect);
    }

    #[test]
    fn words_stay_whole() {
        check(
            "建设社区医院20家。",
            "改造社区医院30家。",
            &[
                (Change::Replaced, "建设", "改造"),
                (Change::Same, "社区医院", "社区医院"),
                (Change::Replaced, "20", "30"),
                (Change::Same, "家。", "家。"),
            ],
        );
    }

    #[test]
    fn what_stands_in_one_alone_is_added_or_removed() {
        check(
            "控烟。限酒。",
            "控烟。",
            &[(Change::Same, "控烟。", "控烟。"), (Change::Removed, "限酒。", "")],
        );
        check("", "控烟", &[(Change::Added, "", "控烟")]);
        check("控烟", "控烟", &[(Change::Same, "控烟", "控烟")]);
    }
}
