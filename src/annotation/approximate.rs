//! Finding words again that were changed: a search with a bounded number of errors (chars put in, left out, or
//! exchanged), whose candidates are weighed by quote, prefix, suffix and position as the Hypothesis client
//! does.
//!
//! Bounded in work: of a quote cut into one piece more than errors are allowed, at least one piece must
//! stand unchanged (the pigeonhole principle); so unchanged pieces vote for places, and only the places with
//! the most votes are measured. Not here: exact finding (see `anchor`).

use crate::text::{CharPos, Span, Text};
use memchr::memmem;
use std::collections::BTreeMap;

/// A quote shorter than this is not searched for approximately: one changed char of three proves nothing.
const SHORTEST: usize = 4;

/// More errors than these are never accepted, however long the quote.
const MOST_ERRORS: usize = 64;

/// One error is accepted for this many chars of the quote.
const CHARS_PER_ERROR: usize = 4;

/// How many places are measured.
const CANDIDATES: usize = 8;

/// How many hits of one piece are counted; a piece that stands more often tells nothing.
const HITS: usize = 200;

/// What is searched for.
pub(super) struct Wanted<'a> {
    /// The words.
    pub quote: &'a str,
    /// What stood before,
    pub prefix: &'a str,
    /// and after.
    pub suffix: &'a str,
    /// Where the words began.
    pub start: CharPos,
}

/// A place and how many errors it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Match {
    /// Char range in the measured window.
    start: usize,
    end: usize,
    errors: usize,
}

/// The likeliest place of the words, `None` where every place has too many errors.
pub(super) fn find(text: &Text, wanted: &Wanted<'_>) -> Option<Span> {
    let quote: Vec<char> = wanted.quote.chars().collect();
    if quote.len() < SHORTEST {
        return None;
    }
    let bound = (quote.len() / CHARS_PER_ERROR).clamp(1, MOST_ERRORS);
    let found = candidates(text, &quote, bound).into_iter().filter_map(|start| {
        let window_start = start.saturating_sub(bound as u32);
        let window: Vec<char> = text
            .slice(Span::at(CharPos(window_start), quote.len() as u32 + 3 * bound as u32))
            .chars()
            .collect();
        let found = best_match(&quote, &window, bound)?;
        let span =
            Span::new(CharPos(window_start + found.start as u32), CharPos(window_start + found.end as u32));
        Some((weight(text, wanted, span, found.errors, quote.len()), span))
    });
    found.max_by_key(|&(weight, _)| weight).map(|(_, span)| span)
}

/// Starts of the places for which most unchanged pieces of the quote vote, best first.
fn candidates(text: &Text, quote: &[char], bound: usize) -> Vec<u32> {
    let pieces = (bound + 1).min(quote.len());
    let mut votes: BTreeMap<u32, u32> = BTreeMap::new();
    // Places that differ by a few errors count as one: their votes go to the same cell, or its neighbour.
    let cell = (bound as u32).max(4);
    for piece in 0..pieces {
        let (from, to) = (piece * quote.len() / pieces, (piece + 1) * quote.len() / pieces);
        let words: String = quote[from..to].iter().collect();
        let finder = memmem::Finder::new(words.as_bytes());
        let hits: Vec<usize> = finder.find_iter(text.as_str().as_bytes()).take(HITS + 1).collect();
        if hits.len() <= HITS {
            for byte in hits {
                let start = text.char_of(byte).0.saturating_sub(from as u32);
                *votes.entry(start / cell).or_default() += 1;
            }
        }
    }
    let near = |at: u32| votes.get(&at).copied().unwrap_or_default();
    let mut cells: Vec<(u32, u32)> =
        votes.keys().map(|&at| (near(at) + near(at + 1).max(near(at.wrapping_sub(1))), at)).collect();
    cells.sort_unstable_by(|a, b| b.cmp(a));
    cells.truncate(CANDIDATES);
    cells.into_iter().map(|(_, at)| at * cell).collect()
}

/// The part of `window` with the fewest errors against `quote`, at most `bound`. Sellers' algorithm: the
/// quote may begin anywhere near the window's beginning at no cost; the beginning is carried along with the
/// errors. Only a band around the diagonal is measured, so the cost is the quote's length times the bound.
fn best_match(quote: &[char], window: &[char], bound: usize) -> Option<Match> {
    let width = 4 * bound + 4;
    // One column: errors, and where the match began, for every length of the quote's beginning.
    let mut column: Vec<(usize, usize)> = (0..=quote.len()).map(|row| (row, 0)).collect();
    let mut best: Option<Match> = None;
    for (at, &char) in window.iter().enumerate() {
        let (low, high) = ((at + 1).saturating_sub(width).max(1), (at + 1 + width).min(quote.len()));
        if low > high {
            break;
        }
        let mut diagonal = column[low - 1];
        column[low - 1] = if low == 1 { (0, at + 1) } else { (quote.len() + 1, 0) };
        for row in low..=high {
            let exchanged = (diagonal.0 + usize::from(quote[row - 1] != char), diagonal.1);
            let put_in = (column[row].0 + 1, column[row].1);
            let left_out = (column[row - 1].0 + 1, column[row - 1].1);
            diagonal = column[row];
            column[row] = cheapest(cheapest(exchanged, put_in), left_out);
        }
        let (errors, start) = column[quote.len()];
        if high == quote.len() && errors <= bound && best.is_none_or(|best| errors < best.errors) {
            best = Some(Match { start, end: at + 1, errors });
        }
    }
    best.filter(|found| found.start < found.end)
}

/// The way with fewer errors; among equals the one that begins later, because a match holds no words before
/// the quote.
fn cheapest(a: (usize, usize), b: (usize, usize)) -> (usize, usize) {
    if b.0 < a.0 || (b.0 == a.0 && b.1 > a.1) { b } else { a }
}

/// How likely a place is: 50 parts the quote, 20 each prefix and suffix, 2 the position, as in the Hypothesis
/// client, times a thousand.
fn weight(text: &Text, wanted: &Wanted<'_>, span: Span, errors: usize, len: usize) -> u32 {
    let (start, end) = (text.byte_of(span.start), text.byte_of(span.end));
    let share = |part: usize, whole: usize| (part * 1000).checked_div(whole).unwrap_or(1000) as u32;
    let before = similar(wanted.prefix.chars().rev(), text.as_str()[..start].chars().rev());
    let after = similar(wanted.suffix.chars(), text.as_str()[end..].chars());
    let away = span.start.0.abs_diff(wanted.start.0) as usize;
    50 * share(len - errors, len)
        + 20 * share(before, wanted.prefix.chars().count())
        + 20 * share(after, wanted.suffix.chars().count())
        + 2 * (1000 - share(away.min(text.len() as usize), text.len() as usize))
}

/// How many chars of the context stand in their place.
fn similar(context: impl Iterator<Item = char>, text: impl Iterator<Item = char>) -> usize {
    context.zip(text).filter(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(quote: &str, text: &str, expect: Option<&str>) {
        let text = Text::new(text);
        let wanted = Wanted { quote, prefix: "", suffix: "", start: CharPos(0) };
        assert_eq!(find(&text, &wanted).map(|span| text.slice(span)), expect, "{quote}");
    }

    #[test]
    fn words_are_found_with_a_bounded_number_of_errors() {
        let text = "一、推进家庭医生签约服务,覆盖率达到40%以上。二、加强基层人才培养。";
        check("推进家庭医生签约服务", text, Some("推进家庭医生签约服务"));
        check("推进家庭医师签约服务", text, Some("推进家庭医生签约服务"));
        check("推进家庭医生的签约服务", text, Some("推进家庭医生签约服务"));
        check("推进家庭签约服务", text, Some("推进家庭医生签约服务"));
        check("覆盖率达到35%以上", text, Some("覆盖率达到40%以上"));
        check("完善公立医院补偿机制", text, None);
        check("加强医院管理水平", text, None);
        check("培训", text, None);
    }

    #[test]
    fn among_alike_places_the_context_decides() {
        let text = Text::new("甲区要加强疾病预防控制体系。乙区要加强疾病预防控制体制。");
        let wanted =
            Wanted {
                quote: "加强疾病预防控制系统", prefix: "乙区要", suffix: "。", start: CharPos(3)
            };
        let found = find(&text, &wanted).unwrap();
        assert!(found.start >= CharPos(17), "{found:?}");
    }

    #[test]
    fn the_work_is_bounded_for_long_and_repetitive_texts() {
        let text = Text::new(&"完善制度,加强宣传,推进工作。".repeat(20_000));
        let quote = "完善制度,加强宣传,落实工作。".repeat(100);
        let begun = std::time::Instant::now();
        let wanted = Wanted { quote: &quote, prefix: "", suffix: "", start: CharPos(0) };
        let _ = find(&text, &wanted);
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }
}
