//! Which items of two plans correspond: for each item the best of the other side, or that there is none.
//!
//! Cities share almost no sentences, so items are compared by character pairs, by the section they stand in, and
//! by what they are about. Many items may go to one. Not here: what a person confirmed (it is applied on top, see
//! [`Alignment::judge`]), texts that do share sentences (see `insight::diff`).
//!
//! Read in this order: `parts` (an item that speaks of several things), `terms` (what is compared), then the
//! scores below, `shared` (what to show).

mod parts;
mod shared;
mod terms;

pub use shared::SharedWord;

use crate::annotation::Codebook;
use crate::insight::cues::FacetCues;
use crate::insight::items::{Item, items};
use crate::insight::vector::{Grid, Vector};
use crate::plan::{NodeIx, Plan, Segments};
use std::collections::HashMap;
use terms::{Pairs, Rarity, own_places};

/// How much the headings above an item count beside its own words.
const ABOVE: f32 = 0.5;
/// Weights of the three likenesses, together 1. The scores of the gold list lie on a plateau around them: half or
/// twice a weight moves right-at-one by two points, so nothing is gained by fitting them closer.
const OWN_WORDS: f32 = 0.62;
const SECTION: f32 = 0.25;
const THEME: f32 = 0.13;
/// What the likeness of parts counts for the items they are parts of.
const PART: f32 = 0.8;
/// Below this the best counterpart is none. Calibrated on tests/gold_matches.json, its test third left out: from 0.12 to
/// 0.125 most items are told rightly, of the samples and of the originals (`tests/it/matches.rs` prints the curve).
const NO_COUNTERPART: f32 = 0.12;
/// Candidates must reach this share of the best one's score …
const WORTH_SHOWING: f32 = 0.5;
/// … and there are at most so many.
const CANDIDATES: usize = 5;

/// Which items of two plans correspond, in both directions.
#[derive(Clone)]
pub struct Alignment {
    /// The items of A and what corresponds to each in B.
    pub a: Vec<Match>,
    /// The items of B and what corresponds to each in A.
    pub b: Vec<Match>,
    pairs: Pairs,
    rarity: Rarity,
}

/// An item and its counterparts.
#[derive(Clone, Debug)]
pub struct Match {
    /// The item.
    pub item: Item,
    /// The best items of the other side, best first; nearest by words even where `none` holds.
    pub candidates: Vec<Candidate>,
    /// Whether the best candidate is too weak to be a counterpart.
    pub none: bool,
    /// The same for each part of an item that speaks of several things; else empty.
    pub parts: Vec<PartMatch>,
}

/// A part of an item and its counterparts.
#[derive(Clone, Debug)]
pub struct PartMatch {
    /// The words of the part.
    pub words: Segments,
    /// As for a whole item.
    pub candidates: Vec<Candidate>,
    /// As for a whole item.
    pub none: bool,
}

/// An item of the other side.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The node of the item.
    pub node: NodeIx,
    /// Its words that are meant: the whole item or the part that is most alike.
    pub words: Segments,
    /// How alike, 0-1.
    pub score: f32,
    /// Whether a person confirmed it.
    pub confirmed: bool,
}

/// Aligns two plans. Linear in their lengths but for the number of items of A times those of B.
pub fn align(a: &Plan, b: &Plan, book: &Codebook) -> Alignment {
    let themes = FacetCues::of(book, "theme");
    let mut pairs = Pairs::default();
    let mut sides = [Side::read(a, &themes, &mut pairs), Side::read(b, &themes, &mut pairs)];
    let wholes = |sides: &[Side; 2], of: fn(&Piece) -> &Vector| {
        let all = sides.iter().flat_map(|side| side.pieces.iter().filter(|piece| piece.whole).map(of));
        Rarity::of(all)
    };
    let rarity = wholes(&sides, |piece| &piece.counts);
    let theme_rarity = wholes(&sides, |piece| &piece.themes);
    for side in &mut sides {
        side.weigh(&rarity, &theme_rarity);
    }
    let [a, b] = sides;
    let likeness = likeness(&a, &b);
    Alignment { a: a.matches(&b, &likeness), b: b.matches(&a, &likeness.turned()), pairs, rarity }
}

impl Alignment {
    /// The match of an item of A.
    pub fn of_a(&self, node: NodeIx) -> Option<&Match> {
        self.a.binary_search_by_key(&node, |found| found.item.node).ok().map(|at| &self.a[at])
    }

    /// The match of an item of B.
    pub fn of_b(&self, node: NodeIx) -> Option<&Match> {
        self.b.binary_search_by_key(&node, |found| found.item.node).ok().map(|at| &self.b[at])
    }

    /// The words to mark where `of_a` and `of_b`, words of the aligned plans, stand side by side.
    pub fn shared_words(&self, a: (&Plan, &Segments), b: (&Plan, &Segments)) -> Vec<SharedWord> {
        shared::words((&a.0.text, a.1), (&b.0.text, b.1), &self.pairs, &self.rarity)
    }

    /// Applies what a person decided: confirmed pairs of items come first and make `none` false, rejected ones
    /// go away. Pairs are (item of A, item of B).
    pub fn judge(&mut self, confirmed: &[(NodeIx, NodeIx)], rejected: &[(NodeIx, NodeIx)]) {
        let turned = |pairs: &[(NodeIx, NodeIx)]| pairs.iter().map(|&(a, b)| (b, a)).collect::<Vec<_>>();
        let words = |matches: &[Match]| -> HashMap<NodeIx, Segments> {
            matches.iter().map(|found| (found.item.node, found.item.words.clone())).collect()
        };
        let (words_a, words_b) = (words(&self.a), words(&self.b));
        judge(&mut self.a, &words_b, confirmed, rejected);
        judge(&mut self.b, &words_a, &turned(confirmed), &turned(rejected));
    }
}

fn judge(
    matches: &mut [Match],
    others: &HashMap<NodeIx, Segments>,
    confirmed: &[(NodeIx, NodeIx)],
    rejected: &[(NodeIx, NodeIx)],
) {
    for found in matches {
        let own = found.item.node;
        let before = found.candidates.len();
        found.candidates.retain(|candidate| !rejected.contains(&(own, candidate.node)));
        let lost_some = found.candidates.len() < before;
        for &(_, node) in confirmed.iter().filter(|pair| pair.0 == own) {
            let Some(words) = others.get(&node) else { continue };
            let known = found.candidates.iter().position(|candidate| candidate.node == node);
            let mut candidate = known.map(|at| found.candidates.remove(at)).unwrap_or(Candidate {
                node,
                words: words.clone(),
                score: 0.0,
                confirmed: true,
            });
            candidate.confirmed = true;
            found.candidates.insert(0, candidate);
        }
        let best = found.candidates.first();
        let settled = best.is_some_and(|best| best.confirmed);
        let weak = best.is_none_or(|best| best.score < NO_COUNTERPART);
        found.none = !settled && (found.none || (lost_some && weak));
    }
}

/// One plan, made ready.
struct Side {
    items: Vec<Item>,
    /// All items and parts, each item directly before its parts.
    pieces: Vec<Piece>,
    /// The words of each section.
    sections: Vec<Vector>,
}

/// An item or a part of one.
struct Piece {
    /// Index in `Side::items`.
    item: usize,
    whole: bool,
    words: Segments,
    /// Index in `Side::sections`.
    section: usize,
    counts: Vector,
    above: Vector,
    themes: Vector,
    /// Own words and headings above, weighed; length 1.
    terms: Vector,
}

impl Side {
    fn read(plan: &Plan, themes: &FacetCues, pairs: &mut Pairs) -> Self {
        let places = own_places(&plan.metadata);
        let items = items(plan);
        let mut side = Self { items: Vec::new(), pieces: Vec::new(), sections: Vec::new() };
        let mut sections: HashMap<Option<NodeIx>, usize> = HashMap::new();
        let mut headings: HashMap<NodeIx, (Vector, Vector)> = HashMap::new();
        for (index, item) in items.iter().enumerate() {
            let next = sections.len();
            let section = *sections.entry(item.above.first().copied()).or_insert(next);
            let (mut above, mut about) = (Vector::default(), Vector::default());
            for &up in &item.above {
                let (counts, themes) = headings.entry(up).or_insert_with(|| {
                    let heading = plan.outline.get(up).map(|node| node.heading.clone()).unwrap_or_default();
                    (pairs.count(plan, &places, &heading), themes.about(&heading.read(&plan.text)))
                });
                above = above.plus(counts, 1.0);
                about = about.plus(themes, ABOVE);
            }
            let mut all = vec![item.words.clone()];
            all.extend(parts::parts(plan, item, themes));
            for (at, words) in all.into_iter().enumerate() {
                let read = if at == 0 { item.read(&plan.text) } else { words.read(&plan.text) };
                side.pieces.push(Piece {
                    item: index,
                    whole: at == 0,
                    section,
                    counts: pairs.count(plan, &places, &words),
                    above: above.clone(),
                    themes: themes.about(&read).plus(&about, 1.0),
                    terms: Vector::default(),
                    words,
                });
            }
        }
        side.sections = vec![Vector::default(); sections.len()];
        for piece in side.pieces.iter().filter(|piece| piece.whole) {
            side.sections[piece.section] = side.sections[piece.section].plus(&piece.counts, 1.0);
        }
        side.items = items;
        side
    }

    /// Makes weights of the counts.
    fn weigh(&mut self, rarity: &Rarity, theme_rarity: &Rarity) {
        for piece in &mut self.pieces {
            let above = rarity.weigh(&piece.above);
            piece.terms = rarity.weigh(&piece.counts).plus(&above, ABOVE).unit();
            piece.themes = piece.themes.map(|theme, weight| weight * theme_rarity.weight(theme)).unit();
        }
        for section in &mut self.sections {
            *section = rarity.weigh(section).unit();
        }
    }

    /// The matches of the items of this side; `likeness` has a row per piece of this side, a column per piece of
    /// the other.
    fn matches(&self, other: &Self, likeness: &Grid) -> Vec<Match> {
        let mut by_item = vec![Vec::new(); self.items.len()];
        for (index, piece) in self.pieces.iter().enumerate() {
            by_item[piece.item].push(index);
        }
        let matches = self.items.iter().zip(by_item).map(|(item, pieces)| {
            let rank = |own: &[usize]| {
                let mut best: Vec<Option<(f32, usize)>> = vec![None; other.items.len()];
                for &row in own {
                    let is_part = own.len() > 1 && !self.pieces[row].whole;
                    let scores = other.pieces.iter().zip(likeness.row(row)).enumerate();
                    for (column, (piece, &score)) in scores {
                        let score = score * if is_part || !piece.whole { PART } else { 1.0 };
                        let best = &mut best[piece.item];
                        if best.is_none_or(|(least, _)| score > least) {
                            *best = Some((score, column));
                        }
                    }
                }
                other.candidates(best)
            };
            let (candidates, none) = rank(&pieces);
            let parts = pieces[1..].iter().map(|&row| {
                let (candidates, none) = rank(&[row]);
                PartMatch { words: self.pieces[row].words.clone(), candidates, none }
            });
            Match { item: item.clone(), candidates, none, parts: parts.collect() }
        });
        matches.collect()
    }

    /// The best items of this side and whether even the best is none, from score and piece per item.
    fn candidates(&self, best: Vec<Option<(f32, usize)>>) -> (Vec<Candidate>, bool) {
        let mut ranked: Vec<(f32, usize)> = best.into_iter().flatten().collect();
        let order = |a: &(f32, usize), b: &(f32, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if ranked.len() > CANDIDATES {
            ranked.select_nth_unstable_by(CANDIDATES, order);
            ranked.truncate(CANDIDATES);
        }
        ranked.sort_unstable_by(order);
        let top = ranked.first().map_or(0.0, |&(score, _)| score);
        let shown = ranked
            .into_iter()
            .take(CANDIDATES)
            .take_while(|&(score, _)| score > 0.0 && score >= WORTH_SHOWING * top);
        let candidate = |(score, piece): (f32, usize)| {
            let piece = &self.pieces[piece];
            Candidate {
                node: self.items[piece.item].node,
                words: piece.words.clone(),
                score,
                confirmed: false,
            }
        };
        (shown.map(candidate).collect(), top < NO_COUNTERPART)
    }
}

/// How alike each piece of A (row) and each piece of B (column) are, 0-1.
fn likeness(a: &Side, b: &Side) -> Grid {
    fn list(side: &Side, of: fn(&Piece) -> &Vector) -> Vec<&Vector> {
        side.pieces.iter().map(of).collect()
    }
    let grid = |of| Grid::cosines(&list(a, of), &list(b, of));
    let (terms, themes) = (grid(|piece| &piece.terms), grid(|piece| &piece.themes));
    let [of_a, of_b] = [a, b].map(|side| side.sections.iter().collect::<Vec<_>>());
    let sections = Grid::cosines(&of_a, &of_b);
    terms.map(|row, column, words| {
        let section = sections.row(a.pieces[row].section)[b.pieces[column].section];
        OWN_WORDS * words + SECTION * section + THEME * themes.row(row)[column]
    })
}
