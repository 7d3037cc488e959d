//! Who covers what: themes that both plans have, one of them, or neither; and items without counterpart. An
//! absence comes with the nearest items by words, so that it can be checked.

use super::align::{Alignment, Candidate, Match};
use super::matrix::{Matrix, MatrixRow, Presence, Subject};
use crate::plan::NodeIx;

/// How many nearest items are told of an absence.
const NEAREST: usize = 3;

/// What two plans cover.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// A row per subject of the matrix, in its order.
    pub rows: Vec<CoverageRow>,
    /// Items of A without counterpart in B.
    pub unmatched_a: Vec<Unmatched>,
    /// Items of B without counterpart in A.
    pub unmatched_b: Vec<Unmatched>,
}

/// A subject and who has it.
#[derive(Clone, Debug)]
pub struct CoverageRow {
    /// The subject.
    pub subject: Subject,
    /// How deep it lies in the tree, 0 at the top.
    pub depth: u8,
    /// Who has it.
    pub presence: Presence,
    /// Items of A.
    pub a: Vec<NodeIx>,
    /// Items of B.
    pub b: Vec<NodeIx>,
    /// Where one side has nothing: its items nearest by words to those of the other, best first.
    pub nearest: Vec<Nearest>,
}

/// An item of the side that has nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    /// The item.
    pub node: NodeIx,
    /// How alike it is, 0-1.
    pub score: f32,
}

/// An item without counterpart.
#[derive(Clone, Debug)]
pub struct Unmatched {
    /// The item.
    pub node: NodeIx,
    /// The items of the other side nearest by words, best first.
    pub nearest: Vec<Nearest>,
}

/// Who covers what, from the matrix of two plans and their alignment.
pub fn coverage(matrix: &Matrix, alignment: &Alignment) -> Coverage {
    let rows = matrix.rows.iter().map(|row| CoverageRow {
        subject: row.subject.clone(),
        depth: row.depth,
        presence: row.presence(),
        a: row.a.items.clone(),
        b: row.b.items.clone(),
        nearest: match row.presence() {
            Presence::OnlyA => nearest(row.a.items.iter().filter_map(|&node| alignment.of_a(node))),
            Presence::OnlyB => nearest(row.b.items.iter().filter_map(|&node| alignment.of_b(node))),
            Presence::Both | Presence::Neither => Vec::new(),
        },
    });
    Coverage {
        rows: rows.collect(),
        unmatched_a: unmatched(&alignment.a),
        unmatched_b: unmatched(&alignment.b),
    }
}

fn unmatched(matches: &[Match]) -> Vec<Unmatched> {
    let missing = matches.iter().filter(|found| found.none);
    missing.map(|found| Unmatched { node: found.item.node, nearest: nearest([found]) }).collect()
}

/// The items of a side (0: A, 1: B) nearest by words to what the other side has on a subject, best first: what an absence
/// can be checked by.
pub fn nearest_to(alignment: &Alignment, side: usize, row: &MatrixRow) -> Vec<Nearest> {
    let found = |&node: &NodeIx| if side == 0 { alignment.of_b(node) } else { alignment.of_a(node) };
    nearest([&row.b, &row.a][side].items.iter().filter_map(found))
}

/// The best candidates of some items, each node once.
fn nearest<'a>(matches: impl IntoIterator<Item = &'a Match>) -> Vec<Nearest> {
    let mut all: Vec<&Candidate> = matches.into_iter().flat_map(|found| &found.candidates).collect();
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.node.cmp(&b.node)));
    let mut found: Vec<Nearest> = Vec::new();
    for candidate in all {
        if found.len() < NEAREST && found.iter().all(|known| known.node != candidate.node) {
            found.push(Nearest { node: candidate.node, score: candidate.score });
        }
    }
    found
}
