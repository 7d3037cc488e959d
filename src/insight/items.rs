//! What is compared: the items of a plan, each with all its words, the headings above it, and the parts it
//! falls into where it speaks of several things.
//!
//! Not here: how two items are compared (see `align`), what an item is about (see `themes`).

use crate::plan::{self, Kind, Node, NodeIx, Plan, Segments};
use crate::text::{Span, Text};

/// A unit of comparison: an item of the plan ([`plan::items`] says what that is) with its unnumbered paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The node it stands for.
    pub node: NodeIx,
    /// Its heading; may be empty.
    pub heading: Segments,
    /// All its words, heading first, without the closing note of departments.
    pub words: Segments,
    /// The headed nodes above it, nearest first.
    pub above: Vec<NodeIx>,
}

impl Item {
    /// The words, run together, with a full stop behind a heading.
    pub fn read(&self, text: &Text) -> String {
        let heading = self.heading.0.len();
        let mut read = self.heading.read(text);
        if heading > 0 && heading < self.words.0.len() {
            read.push('。');
        }
        read.extend(self.words.0[heading..].iter().map(|&span| text.slice(span)));
        read
    }

    /// The sentences behind the heading, each with its closing mark; a piece of the words ends a sentence too.
    pub fn sentences(&self, text: &Text) -> Vec<Span> {
        let mut sentences = Vec::new();
        for &span in &self.words.0[self.heading.0.len().min(self.words.0.len())..] {
            let mut start = span.start;
            let mut at = span.start;
            for c in text.slice(span).chars() {
                at = at + 1;
                if matches!(c, '。' | ';' | '；' | '!' | '！') {
                    sentences.push(Span::new(start, at));
                    start = at;
                }
            }
            sentences.push(Span::new(start, span.end));
        }
        sentences.retain(|sentence| !sentence.is_empty());
        sentences
    }

    /// From the first char of its words to the last.
    pub fn span(&self) -> Span {
        let hull = self.words.0.iter().copied().reduce(Span::hull);
        hull.unwrap_or_default()
    }
}

/// The items of a plan ([`plan::items`]) in document order, with their words.
pub fn items(plan: &Plan) -> Vec<Item> {
    let items = plan::items(&plan.text, &plan.outline).into_iter().map(|ix| item(plan, ix));
    items.filter(|item| !item.words.is_empty()).collect()
}

/// The item whose words hold those of `node`: the node itself or the item it is a paragraph of.
pub fn item_of(items: &[Item], plan: &Plan, node: NodeIx) -> Option<usize> {
    std::iter::once(node)
        .chain(plan.outline.ancestors(node))
        .find_map(|ix| items.binary_search_by_key(&ix, |item| item.node).ok())
}

fn item(plan: &Plan, ix: NodeIx) -> Item {
    let outline = &plan.outline;
    let heading = outline.get(ix).map(|node| node.heading.clone()).unwrap_or_default();
    let mut words = heading.0.clone();
    let mut pending = vec![ix];
    while let Some(at) = pending.pop() {
        let Some(node) = outline.get(at) else { continue };
        if node.kind == Kind::Table {
            continue;
        }
        if at != ix {
            words.extend(&node.heading.0);
        }
        words.extend(body(plan, node));
        let children: Vec<_> = outline.children(Some(at)).collect();
        pending.extend(children.into_iter().rev());
    }
    let headed = |&up: &NodeIx| outline.get(up).is_some_and(|node| !node.heading.is_empty());
    Item { node: ix, heading, words: Segments(words), above: outline.ancestors(ix).filter(headed).collect() }
}

/// The body without the closing note of departments and its brackets.
fn body(plan: &Plan, node: &Node) -> Vec<Span> {
    let Some(departments) = &node.departments else { return node.body.0.clone() };
    let note = departments.span;
    let bracket = |from, to| Span::new(from, to);
    let mut kept = Vec::new();
    for &span in &node.body.0 {
        if span.intersection(note).is_none() {
            kept.push(span);
            continue;
        }
        let before = bracket(span.start, note.start.min(span.end));
        let opened = before.len().saturating_sub(u32::from(plan.text.slice(before).ends_with(['(', '（'])));
        kept.push(Span::at(before.start, opened));
        let after = bracket(note.end.max(span.start), span.end);
        let closed = u32::from(plan.text.slice(after).starts_with([')', '）']));
        kept.push(bracket(after.start + closed, after.end));
    }
    kept.retain(|span| !span.is_empty());
    kept
}
