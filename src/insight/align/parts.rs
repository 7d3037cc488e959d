//! The parts of an item that speaks of several things: `聚焦慢性病…。发展职业健康…。关心心理健康…。`
//!
//! Not here: enumerations (`一是…二是…`), whose members speak of one thing.

use crate::insight::cues::FacetCues;
use crate::insight::items::Item;
use crate::plan::{NodeIx, Plan, Segments};
use crate::text::{CharPos, Span, Text};

/// Items below this length, in chars, speak of one thing.
const SHORTEST_ITEM: u32 = 150;
/// Shorter parts are joined to what follows.
const SHORTEST_PART: u32 = 24;
/// A cue of this weight says what a sentence is about.
const CLEAR: f32 = 3.0;

/// The parts in order, together all words of the item; empty where it speaks of one thing.
pub(super) fn parts(plan: &Plan, item: &Item, themes: &FacetCues) -> Vec<Segments> {
    let text = &plan.text;
    if item.words.len() < SHORTEST_ITEM {
        return Vec::new();
    }
    let marked = marked_starts(plan, item);
    let starts = if marked.len() >= 2 { marked } else { changes_of_theme(text, item, themes) };
    if starts.len() < 2 { Vec::new() } else { cut(item, &starts) }
}

/// Where the outline says that another topic begins: topic sentences and headed paragraphs.
fn marked_starts(plan: &Plan, item: &Item) -> Vec<CharPos> {
    let within = plan
        .outline
        .iter()
        .filter(|&(ix, _)| ix == item.node || plan.outline.ancestors(ix).any(|up: NodeIx| up == item.node));
    let mut starts = Vec::new();
    for (ix, node) in within {
        starts.extend(node.topics.iter().map(|topic| topic.start));
        let headed = (ix != item.node).then(|| node.heading.0.first()).flatten();
        starts.extend(headed.map(|heading| heading.start));
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Where a sentence has clear themes and the part before it has clear themes, but none in common.
fn changes_of_theme(text: &Text, item: &Item, themes: &FacetCues) -> Vec<CharPos> {
    let mut starts = Vec::new();
    let mut about: Vec<u32> = Vec::new();
    let mut length = 0;
    for sentence in item.sentences(text) {
        let clear: Vec<u32> = themes
            .about(text.slice(sentence))
            .iter()
            .filter(|&(_, weight)| weight >= CLEAR)
            .map(|(theme, _)| theme)
            .collect();
        let other =
            !clear.is_empty() && !about.is_empty() && !clear.iter().any(|theme| about.contains(theme));
        if starts.is_empty() || (other && length >= SHORTEST_PART) {
            starts.push(sentence.start);
            about.clear();
            length = 0;
        }
        about.extend(clear);
        length += sentence.len();
    }
    starts
}

/// The words of the item cut at `starts`; what stands before the first start goes with it.
fn cut(item: &Item, starts: &[CharPos]) -> Vec<Segments> {
    let ends = starts[1..].iter().copied().chain([CharPos(u32::MAX)]);
    let begins = [CharPos(0)].into_iter().chain(starts[1..].iter().copied());
    let part =
        |range: Span| Segments(item.words.0.iter().filter_map(|&span| span.intersection(range)).collect());
    begins
        .zip(ends)
        .map(|(start, end)| part(Span::new(start, end)))
        .filter(|part: &Segments| !part.is_empty())
        .collect()
}
