//! The item in focus with its counterparts, and the words they share: worked out once for an item.

use super::super::words::Mark;
use super::of;
use crate::app::{Compared, Side};
use crate::insight::align::Candidate;
use crate::plan::{NodeIx, Plan, Segments};
use crate::text::Span;
use std::sync::Arc;

/// The item in focus with its counterparts.
pub struct Focus {
    /// What it was worked out from.
    pub compared: Arc<Compared>,
    /// Its side.
    pub side: Side,
    /// The item.
    pub node: NodeIx,
    /// Which of its parts is asked for; `None`: the whole.
    pub part: Option<usize>,
    /// Whether there is no counterpart, only the nearest by words.
    pub none: bool,
    /// Best first; what was rejected at the end.
    pub candidates: Vec<Counterpart>,
}

/// An item of the other side.
pub struct Counterpart {
    /// What the alignment says of it.
    pub candidate: Candidate,
    /// Whether a person rejected it.
    pub rejected: bool,
    /// Marks in the item in focus.
    pub own: Marks,
    /// Marks in the counterpart.
    pub theirs: Marks,
}

impl Focus {
    /// The item of a side with its counterparts; `None` where there is no such item.
    pub fn new(compared: &Arc<Compared>, side: Side, node: NodeIx, part: Option<usize>) -> Option<Self> {
        let found = of(compared, side, node)?;
        let (candidates, none, own) = match part.and_then(|part| found.parts.get(part)) {
            Some(part) => (&part.candidates, part.none, Some(part.words.clone())),
            None => (&found.candidates, found.none, None),
        };
        let other = side.other();
        let asked = own.clone().unwrap_or_else(|| found.item.words.clone());
        let is_rejected = |theirs: NodeIx| {
            let pair = if side == Side::A { (node, theirs) } else { (theirs, node) };
            compared.rejected.contains(&pair)
        };
        let counterpart = |candidate: &Candidate, rejected: bool| {
            let theirs = compared.item(other, candidate.node).map(|item| &item.words);
            let (own, theirs) = shared(
                compared,
                (side, compared.plan(side), &asked),
                (compared.plan(other), theirs.unwrap_or(&candidate.words)),
            );
            Counterpart { candidate: candidate.clone(), rejected, own, theirs }
        };
        let mut shown: Vec<Counterpart> =
            candidates.iter().filter(|c| !is_rejected(c.node)).map(|c| counterpart(c, false)).collect();
        // What was rejected stays at the end, so that it can be taken back.
        let pairs = compared.rejected.iter().map(|&(a, b)| if side == Side::A { (a, b) } else { (b, a) });
        for (_, theirs) in pairs.filter(|&(own, _)| own == node) {
            if let Some(item) = compared.item(other, theirs) {
                let candidate =
                    Candidate { node: theirs, words: item.words.clone(), score: 0.0, confirmed: false };
                shown.push(counterpart(&candidate, true));
            }
        }
        if let Some(own) = own {
            // The part that is asked for is underlined in the whole item.
            for counterpart in &mut shown {
                counterpart.own.extend(own.0.iter().map(|&span| (span, Mark::Taken)));
            }
        }
        Some(Self { compared: compared.clone(), side, node, part, none, candidates: shown })
    }
}

/// Marks in the words of an item.
pub type Marks = Vec<(Span, Mark)>;

/// Marks for the words that two items share, in the first and in the second.
fn shared(
    compared: &Compared,
    (side, plan, words): (Side, &Plan, &Segments),
    (other, theirs): (&Plan, &Segments),
) -> (Marks, Marks) {
    let alignment = &compared.comparison.alignment;
    let mark = |span: &Span| (*span, Mark::Shared);
    let found = match side {
        Side::A => alignment.shared_words((plan, words), (other, theirs)),
        Side::B => alignment.shared_words((other, theirs), (plan, words)),
    };
    let in_a = found.iter().flat_map(|shared| shared.a.iter().map(mark)).collect();
    let in_b = found.iter().flat_map(|shared| shared.b.iter().map(mark)).collect();
    if side == Side::A { (in_a, in_b) } else { (in_b, in_a) }
}
