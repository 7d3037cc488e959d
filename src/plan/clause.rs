//! Clause numbers: the citable address of a node, made from the document's own numbers.

use super::{Node, NodeIx, Outline};
use crate::text::{Text, is_blank};

/// The number as written, its closing mark dropped: `一、` → `一`, `(二)` → `(二)`, `3.` → `3`.
pub fn bare_number<'a>(text: &'a Text, node: &Node) -> &'a str {
    text.slice(node.number).trim_matches(is_blank).trim_end_matches(['、', '.', '．', '。', ',', ':', '：'])
}

/// The numbers from the top down to the node, joined: `二/(三)/1` with `/`, `(二)-1` with `-`. A node without
/// number adds nothing, so that a paragraph has the clause number of the node it belongs to.
pub fn clause_path(text: &Text, outline: &Outline, ix: NodeIx, separator: &str) -> String {
    let mut numbers: Vec<_> = std::iter::once(ix)
        .chain(outline.ancestors(ix))
        .filter_map(|ix| outline.get(ix))
        .map(|node| bare_number(text, node))
        .filter(|number| !number.is_empty())
        .collect();
    numbers.reverse();
    numbers.join(separator)
}
