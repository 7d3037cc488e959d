//! What a node is among its siblings: section or item, its number in order or not. A correction of one node can
//! change it for others; only where it does are they set anew.

use crate::plan::{Flag, Kind, Node, NodeIx, Outline, outline};
use crate::text::{CharPos, Text};
use std::collections::{HashMap, HashSet};

/// How the numbered nodes stand, by the place where they begin.
pub(super) type Standings = HashMap<CharPos, Standing>;

/// How a numbered node stands among its siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// Whether any sibling of its run has numbered children.
    section: bool,
    /// Whether its number does not follow on that of the sibling before.
    odd: Option<Flag>,
}

/// A run of siblings: their parent and the class of their numbers.
type Run = (Option<NodeIx>, u8);

/// Judges all numbered nodes.
pub(super) fn judge(text: &Text, outline: &Outline) -> Standings {
    let mut parents: HashSet<NodeIx> = HashSet::new();
    parents.extend(outline.nodes.iter().filter(|node| is_numbered(node)).filter_map(|node| node.parent));
    let mut sections: HashSet<Run> = HashSet::new();
    let mut last: HashMap<Run, u32> = HashMap::new();
    let mut found: Vec<(CharPos, Run, Option<Flag>)> = Vec::new();
    for (ix, node) in outline.iter().filter(|(_, node)| is_numbered(node)) {
        let Some((class, value)) = outline::class_of(text.slice(node.number)) else { continue };
        let run = (node.parent, class);
        if parents.contains(&ix) {
            sections.insert(run);
        }
        let before = last.insert(run, value);
        let odd = before.filter(|_| value > 0).and_then(|before| match value {
            _ if value == before + 1 => None,
            _ if value == before => Some(Flag::Duplicate),
            _ if value > before => Some(Flag::Gap),
            _ => Some(Flag::Order),
        });
        found.push((node.span.start, run, odd));
    }
    let standing = |run, odd| Standing { section: sections.contains(&run), odd };
    found.into_iter().map(|(at, run, odd)| (at, standing(run, odd))).collect()
}

/// Sets anew those nodes that stand otherwise than `before`.
pub(super) fn renew(text: &Text, outline: &mut Outline, before: &Standings) {
    let now = judge(text, outline);
    for node in outline.nodes.iter_mut().filter(|node| is_numbered(node)) {
        let Some(standing) = now.get(&node.span.start) else { continue };
        let old = before.get(&node.span.start);
        if old.is_none_or(|old| old.section != standing.section) {
            node.kind = if standing.section { Kind::Section } else { Kind::Item };
        }
        if old.is_none_or(|old| old.odd != standing.odd) {
            node.flags.retain(|flag| !matches!(flag, Flag::Duplicate | Flag::Gap | Flag::Order));
            node.flags.extend(standing.odd);
        }
    }
}

fn is_numbered(node: &Node) -> bool {
    !node.number.is_empty()
}
