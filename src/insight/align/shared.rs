//! The words two items share: what to mark on both sides so that a match can be checked at a glance.

use super::terms::{Pairs, Rarity, pairs};
use crate::plan::Segments;
use crate::text::{CharPos, Span, Text, is_han};
use std::collections::{BTreeMap, HashMap};

/// A pair that more of the items have says nothing: 工作, 推进, 加强.
const COMMON: f32 = 0.12;

/// Stands between pieces of the words, so that no stretch reaches over the gap.
const GAP: (char, CharPos) = ('\0', CharPos(0));

/// A stretch of Han characters that both items have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedWord {
    /// As written.
    pub word: String,
    /// Where it stands in A.
    pub a: Vec<Span>,
    /// Where it stands in B.
    pub b: Vec<Span>,
}

/// The longest shared stretches of at least two characters that say something, in the order of A's words.
pub(super) fn words(
    a: (&Text, &Segments),
    b: (&Text, &Segments),
    known: &Pairs,
    rarity: &Rarity,
) -> Vec<SharedWord> {
    let (a, b) = (chars(a), chars(b));
    let mut places: HashMap<(char, char), Vec<usize>> = HashMap::new();
    for (at, pair) in pairs(b.iter().map(|&(c, _)| c)) {
        places.entry(pair).or_default().push(at as usize);
    }
    let tells = |pair: (char, char)| known.get(pair).is_some_and(|number| rarity.share(number) <= COMMON);
    let mut found: BTreeMap<String, SharedWord> = BTreeMap::new();
    let mut at = 0;
    while at + 1 < a.len() {
        let starts = places.get(&(a[at].0, a[at + 1].0)).map_or(&[][..], Vec::as_slice);
        let reach: Vec<_> = starts.iter().map(|&start| common_length(&a[at..], &b[start..])).collect();
        let longest = reach.iter().copied().max().unwrap_or(0);
        if longest < 2 {
            at += 1;
            continue;
        }
        let word: String = a[at..at + longest].iter().map(|&(c, _)| c).collect();
        if pairs(word.chars()).any(|(_, pair)| tells(pair)) {
            let in_b = || starts.iter().zip(&reach).filter(|&(_, &length)| length == longest);
            let spans = || in_b().map(|(&start, _)| span(&b[start..start + longest])).collect();
            let shared =
                found.entry(word.clone()).or_insert_with(|| SharedWord { word, a: Vec::new(), b: spans() });
            shared.a.push(span(&a[at..at + longest]));
        }
        at += longest;
    }
    let mut shared: Vec<_> = found.into_values().collect();
    shared.sort_by_key(|shared| shared.a.first().map(|span| span.start));
    shared
}

/// The chars of some words, each with its place in the text.
fn chars((text, words): (&Text, &Segments)) -> Vec<(char, CharPos)> {
    let mut chars = Vec::new();
    for &span in &words.0 {
        chars.extend(text.slice(span).chars().zip((span.start.0..).map(CharPos)));
        chars.push(GAP);
    }
    chars
}

/// For how many Han characters both run alike.
fn common_length(a: &[(char, CharPos)], b: &[(char, CharPos)]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a.0 == b.0 && is_han(a.0)).count()
}

fn span(chars: &[(char, CharPos)]) -> Span {
    let place = |at: Option<&(char, CharPos)>| at.map(|&(_, place)| place).unwrap_or_default();
    Span::new(place(chars.first()), place(chars.last()) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::vector::Vector;
    use crate::plan::Plan;
    use crate::text::Layout;

    #[test]
    fn the_longest_stretches_are_marked_on_both_sides() {
        let read = |words: &str| crate::plan::read(&Text::new(words), &Layout::default(), &[]);
        let (a, b): (Plan, Plan) =
            (read("推进分级诊疗，做好双向转诊。"), read("双向转诊先行，建立分级诊疗制度。"));
        let whole = |plan: &Plan| Segments::one(plan.text.span());
        let mut known = Pairs::default();
        let counts: Vec<Vector> = vec![known.count(&a, &[], &whole(&a)), known.count(&b, &[], &whole(&b))];
        let other = (0..30).map(|_| Vector::default()).collect::<Vec<_>>();
        let rarity = Rarity::of(counts.iter().chain(&other));
        let shared = words((&a.text, &whole(&a)), (&b.text, &whole(&b)), &known, &rarity);
        let list: Vec<_> = shared.iter().map(|s| (s.word.as_str(), s.a[0].start.0, s.b[0].start.0)).collect();
        assert_eq!(list, [("分级诊疗", 2, 9), ("双向转诊", 9, 0)]);
    }
}
