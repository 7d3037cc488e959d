//! What two texts take over from each other, with the word difference to where it was taken from: two versions of one
//! plan, or a city's plan and the province's.

use super::borrowing::{Borrowed, Origin, borrowed};
use super::diff::{Stretch, diff};
use super::items::{Item, items};
use crate::plan::{NodeIx, Plan, Segments};
use std::borrow::Borrow;

/// What each plan takes over from the other.
pub struct Overlap {
    /// By side; in the order of the items.
    pub sides: [Vec<Taken>; 2],
    /// Share of all chars of the items taken over, 0-1, by side.
    pub shares: [f32; 2],
}

/// What an item takes over.
pub struct Taken {
    /// How much, and from where.
    pub borrowed: Borrowed,
    /// From the source (first) to the item (second); empty where it has no source.
    pub diff: Vec<Stretch>,
}

impl Overlap {
    /// Compares two plans in both directions.
    pub fn new(plans: &[impl Borrow<Plan>; 2]) -> Self {
        let [a, b] = [plans[0].borrow(), plans[1].borrow()];
        let (of_a, share_a) = taken(a, b);
        let (of_b, share_b) = taken(b, a);
        Self { sides: [of_a, of_b], shares: [share_a, share_b] }
    }

    /// How many items of a side have this origin.
    pub fn count(&self, side: usize, origin: Origin) -> usize {
        self.sides[side].iter().filter(|taken| taken.borrowed.origin == origin).count()
    }
}

/// What the items of `own` take over from `other`, and their share of all chars of the items.
fn taken(own: &Plan, other: &Plan) -> (Vec<Taken>, f32) {
    let (own_items, other_items) = (items(own), items(other));
    let words = |items: &[Item], node: NodeIx| -> Option<Segments> {
        items.binary_search_by_key(&node, |item| item.node).ok().map(|at| items[at].words.clone())
    };
    let with_diff = |borrowed: Borrowed| {
        let source = borrowed.source.and_then(|node| words(&other_items, node));
        let diff = source
            .zip(words(&own_items, borrowed.node))
            .map(|(source, words)| diff((&other.text, &source), (&own.text, &words)));
        Taken { diff: diff.unwrap_or_default(), borrowed }
    };
    let taken: Vec<Taken> = borrowed(own, other).into_iter().map(with_diff).collect();
    let all: u32 = own_items.iter().map(|item| item.words.len()).sum();
    let common: u32 = taken.iter().map(|taken| taken.borrowed.words.len()).sum();
    (taken, common as f32 / all.max(1) as f32)
}
