//! What an item is compared by: pairs of neighbouring Han characters, weighed by how rare they are.
//!
//! Character pairs beat words here: a third of the field's terms are not words of any dictionary, and a cut
//! that falls differently in two plans hides what they share.

use crate::insight::vector::Vector;
use crate::plan::{Metadata, Plan, Segments};
use crate::text::is_han;
use std::collections::HashMap;

/// Stands for the plan's own place, so that 健康某市 of both plans meet.
const PLACE: char = '某';

/// The character pairs of both plans, numbered.
#[derive(Clone, Default)]
pub(super) struct Pairs {
    numbers: HashMap<(char, char), u32>,
}

impl Pairs {
    /// How often each pair stands in the words; both plans must be counted by the same `Pairs`.
    pub fn count(&mut self, plan: &Plan, places: &[String], words: &Segments) -> Vector {
        let mut found = Vec::new();
        for &span in &words.0 {
            let mut piece = plan.text.slice(span).to_owned();
            for name in places {
                if piece.contains(name.as_str()) {
                    piece = piece.replace(name.as_str(), &PLACE.to_string());
                }
            }
            found.extend(pairs(piece.chars()).map(|(_, pair)| (self.number(pair), 1.0)));
        }
        Vector::sum(found)
    }

    /// The number of a pair, if either plan has it.
    pub fn get(&self, pair: (char, char)) -> Option<u32> {
        self.numbers.get(&pair).copied()
    }

    fn number(&mut self, pair: (char, char)) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(pair).or_insert(next)
    }
}

/// The pairs of neighbouring Han characters with the place of the first, counted from the beginning.
pub(super) fn pairs(chars: impl Iterator<Item = char>) -> impl Iterator<Item = (u32, (char, char))> {
    let mut before = None;
    (0_u32..).zip(chars).filter_map(move |(at, c)| {
        let pair = before.filter(|_| is_han(c)).map(|first| (at - 1, (first, c)));
        before = is_han(c).then_some(c);
        pair
    })
}

/// How rare each pair is among all items: ln(1 + N / (df + ½)).
#[derive(Clone)]
pub(super) struct Rarity {
    items: f32,
    holders: Vec<f32>,
}

impl Rarity {
    /// Counts in how many of the items each dimension occurs.
    pub fn of<'a>(items: impl Iterator<Item = &'a Vector>) -> Self {
        let mut rarity = Self { items: 0.0, holders: Vec::new() };
        for item in items {
            rarity.items += 1.0;
            for (dimension, _) in item.iter() {
                let dimension = dimension as usize;
                if dimension >= rarity.holders.len() {
                    rarity.holders.resize(dimension + 1, 0.0);
                }
                rarity.holders[dimension] += 1.0;
            }
        }
        rarity
    }

    /// The weight of a dimension, however often it occurs in an item.
    pub fn weight(&self, dimension: u32) -> f32 {
        let holders = self.holders.get(dimension as usize).copied().unwrap_or(0.0);
        (1.0 + self.items / (holders + 0.5)).ln()
    }

    /// The share of the items that have this dimension, 0-1.
    pub fn share(&self, dimension: u32) -> f32 {
        self.holders.get(dimension as usize).map_or(0.0, |holders| holders / self.items.max(1.0))
    }

    /// Counts made weights: (1 + ln tf) · rarity.
    pub fn weigh(&self, counts: &Vector) -> Vector {
        counts.map(|dimension, count| (1.0 + count.ln()) * self.weight(dimension))
    }
}

/// The names by which a plan calls its own place, longest first: 某某市, 某某; province and county too.
pub(super) fn own_places(metadata: &Metadata) -> Vec<String> {
    let Some(place) = metadata.place.as_ref().map(|fact| &fact.value) else { return Vec::new() };
    let mut names = Vec::new();
    for full in [&place.city, &place.province, &place.county] {
        let short =
            ["自治州", "地区", "市", "省", "盟", "县", "区"].iter().find_map(|end| full.strip_suffix(end));
        names.extend(short.filter(|short| short.chars().count() >= 2).map(str::to_owned));
        if full.chars().count() >= 2 {
            names.push(full.clone());
        }
    }
    names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_do_not_cross_a_mark() {
        let found: Vec<_> = pairs("控烟，限酒A期".chars()).collect();
        assert_eq!(found, [(0, ('控', '烟')), (3, ('限', '酒'))]);
    }

    #[test]
    fn a_rare_pair_weighs_more() {
        let items = [Vector::sum(vec![(0, 1.0), (1, 1.0)]), Vector::sum(vec![(0, 2.0)])];
        let rarity = Rarity::of(items.iter());
        assert!(rarity.weight(1) > rarity.weight(0));
        assert_eq!((rarity.share(0), rarity.share(1)), (1.0, 0.5));
    }
}
