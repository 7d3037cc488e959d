//! Finding words in texts: a plain substring, widths and case folded ([`fold`]), one and two characters too.
//!
//! The text itself is scanned, no folded copy and no index is made. The longest part of the query that only one
//! spelling has (Han, `。`, `“`) is looked for with memmem at near memory speed and the rest is compared around it;
//! a query without such a part (`JCI`, `30%`) is looked for by the spellings of its first two characters. A line
//! break inside a sentence (hard-wrapped files) does not hide words: line ends are few, each is looked at.

use crate::plan::{self, Correction, NodeIx, Outline, clause_path};
use crate::text::{CharPos, Layout, Span, Text, fold, fold_char, is_blank};
use aho_corasick::{AhoCorasick, Input, MatchKind};
use memchr::memmem;
use std::ops::Range;

/// Words to look for.
#[derive(Debug)]
pub struct Query {
    /// The folded words, blanks at both ends dropped.
    chars: Vec<char>,
    anchor: Anchor,
}

/// What is scanned for.
#[derive(Debug)]
enum Anchor {
    /// The longest part with one spelling, and the number of chars before it.
    Part(Box<memmem::Finder<'static>>, usize),
    /// All spellings of the first one or two chars.
    Spellings(AhoCorasick),
}

/// A place where the words stand, in bytes of the text.
pub type Bytes = Range<usize>;

impl Query {
    /// Prepares `words`; `None` where there is nothing to look for.
    pub fn new(words: &str) -> Option<Self> {
        let chars: Vec<char> = fold(words.trim_matches(is_blank)).chars().collect();
        let anchor = if let Some(part) = longest_part(&chars) {
            let words: String = chars[part.clone()].iter().collect();
            Anchor::Part(Box::new(memmem::Finder::new(words.as_bytes()).into_owned()), part.start)
        } else {
            // All spellings are equally long in chars, so none hides another; leftmost search is the fast one.
            let mut spellings = AhoCorasick::builder();
            let spellings = spellings.match_kind(MatchKind::LeftmostFirst).build(beginnings(&chars)?);
            Anchor::Spellings(spellings.ok()?)
        };
        Some(Self { chars, anchor })
    }

    /// Length of the query in chars.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Never: there is always something to look for.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// All places in `text` where the words stand, in order, none lying over another.
    pub fn find(&self, text: &str) -> Vec<Bytes> {
        let mut found = match &self.anchor {
            Anchor::Part(finder, before) => {
                let starts = finder.find_iter(text.as_bytes());
                starts.filter_map(|at| self.around(text, at, *before)).collect::<Vec<_>>()
            }
            Anchor::Spellings(spellings) => {
                // One after another from the next byte on: `aab` begins inside the first `aa` of `aaab`.
                let next =
                    |from: usize| spellings.find(Input::new(text).range(from..)).map(|hit| hit.start());
                let starts = std::iter::successors(next(0), |&at| next(at + 1));
                starts.filter_map(|at| self.around(text, at, 0)).collect()
            }
        };
        let broken = self.broken(text);
        if !broken.is_empty() {
            found.extend(broken);
            found.sort_by_key(|place| place.start);
        }
        let mut end = 0;
        found.retain(|place| {
            let apart = place.start >= end;
            end = if apart { place.end } else { end };
            apart
        });
        found
    }

    /// The place whose anchor is at byte `at`, with `before` chars before it.
    fn around(&self, text: &str, at: usize, before: usize) -> Option<Bytes> {
        let start = back(&text[..at], &self.chars[..before])?;
        let end = at + ahead(&text[at..], &self.chars[before..])?;
        Some(start..end)
    }

    /// The places that a line end parts.
    fn broken(&self, text: &str) -> Vec<Bytes> {
        if self.chars.len() < 2 {
            return Vec::new();
        }
        let mut found = Vec::new();
        for line_end in memchr::memchr_iter(b'\n', text.as_bytes()) {
            let left = text[..line_end].trim_end_matches(is_blank);
            let Some(last) = left.chars().next_back().map(fold_char) else { continue };
            let right = line_end + 1;
            let rest = text[right..].trim_start_matches(is_blank);
            let right = text.len() - rest.len();
            for cut in 1..self.chars.len() {
                if self.chars[cut - 1] != last {
                    continue;
                }
                let place = back(left, &self.chars[..cut]).zip(ahead(rest, &self.chars[cut..]));
                if let Some((start, len)) = place {
                    found.push(start..right + len);
                    break;
                }
            }
        }
        found
    }
}

/// Whether nothing else folds to this char: full-width and capital letters fold to ASCII, all else is itself.
fn has_one_spelling(char: char) -> bool {
    !char.is_ascii()
}

fn longest_part(chars: &[char]) -> Option<Range<usize>> {
    let (mut best, mut start): (Range<usize>, usize) = (0..0, 0);
    for (at, &char) in chars.iter().enumerate() {
        if !has_one_spelling(char) {
            start = at + 1;
        } else if at + 1 - start > best.len() {
            best = start..at + 1;
        }
    }
    (!best.is_empty()).then_some(best)
}

/// All spellings of an ASCII char in its folded form.
fn spellings(char: char) -> Vec<char> {
    let wide = |char: char| char::from_u32(char as u32 + 0xfee0);
    let mut all = vec![char];
    all.extend(wide(char));
    let upper = char.to_ascii_uppercase();
    if upper != char {
        all.push(upper);
        all.extend(wide(upper));
    }
    all
}

/// All spellings of how the words begin: two chars, or one where the second is a blank. `None` without words.
fn beginnings(chars: &[char]) -> Option<Vec<String>> {
    let first = spellings(*chars.first()?);
    let second = match chars.get(1) {
        Some(&char) if char != ' ' => spellings(char),
        _ => return Some(first.into_iter().map(String::from).collect()),
    };
    let pair = |a: &char| second.iter().map(|b| [*a, *b].iter().collect::<String>()).collect::<Vec<_>>();
    Some(first.iter().flat_map(pair).collect())
}

/// The length in bytes of the beginning of `text` that folds to `chars`.
fn ahead(text: &str, chars: &[char]) -> Option<usize> {
    let mut all = text.char_indices();
    for &wanted in chars {
        let (_, char) = all.next()?;
        if fold_char(char) != wanted {
            return None;
        }
    }
    Some(all.next().map_or(text.len(), |(at, _)| at))
}

/// Where the end of `text` that folds to `chars` begins.
fn back(text: &str, chars: &[char]) -> Option<usize> {
    let mut all = text.char_indices().rev();
    let mut start = text.len();
    for &wanted in chars.iter().rev() {
        let (at, char) = all.next()?;
        if fold_char(char) != wanted {
            return None;
        }
        start = at;
    }
    Some(start)
}

/// Char spans of byte places that stand in order.
pub fn spans(text: &str, places: &[Bytes]) -> Vec<Span> {
    let count = |range: Range<usize>| text.get(range).map_or(0, |words| words.chars().count() as u32);
    let (mut byte, mut char) = (0, 0);
    let mut spans = Vec::with_capacity(places.len());
    for place in places {
        let start = char + count(byte..place.start);
        let end = start + count(place.clone());
        spans.push(Span::new(CharPos(start), CharPos(end)));
        (byte, char) = (place.end, end);
    }
    spans
}

/// Words in their context: at most `before` and `after` chars of the line around them, line ends as blanks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// What stands before.
    pub before: String,
    /// The words as written.
    pub words: String,
    /// What stands after.
    pub after: String,
}

/// The words at `place` in their context.
pub fn context(text: &str, place: &Bytes, before: usize, after: usize) -> Context {
    let left = text[..place.start].rsplit('\n').next().unwrap_or_default();
    let right = text[place.end..].split('\n').next().unwrap_or_default();
    let from = left.char_indices().rev().take(before).last().map_or(left.len(), |(at, _)| at);
    let to = right.char_indices().nth(after).map_or(right.len(), |(at, _)| at);
    let mark = |cut: bool| if cut { "…" } else { "" };
    Context {
        before: format!("{}{}", mark(from > 0), left[from..].trim_start_matches(is_blank)).replace('\t', " "),
        words: text[place.clone()].replace(['\n', '\t'], " "),
        after: format!("{}{}", &right[..to], mark(to < right.len())).replace('\t', " "),
    }
}

/// Where a hit stands in a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The node whose words hold it; `None` before the first.
    pub node: Option<NodeIx>,
    /// Its clause number, `(二)-1`; empty before the first number and on what belongs to the page.
    pub number: String,
    /// Whether it stands on what belongs to the page and not to the plan.
    pub is_furniture: bool,
}

/// Where a hit stands; `None` where it reaches over two nodes, which only a line end between them can make.
pub fn clause(text: &Text, outline: &Outline, span: Span) -> Option<Clause> {
    let is_furniture = outline.furniture.iter().any(|part| part.span.contains(span.start));
    let node = outline.at(span.start).filter(|_| !is_furniture);
    let last = outline.at(CharPos(span.end.0.saturating_sub(1))).filter(|_| !is_furniture);
    if node != last {
        return None;
    }
    let number = node.map_or_else(String::new, |node| clause_path(text, outline, node, "-"));
    Some(Clause { node, number, is_furniture })
}

/// The outline of a plan with what people set right in it; quicker than [`plan::read`] where that is nothing.
pub fn outline(text: &Text, layout: &Layout, corrections: &[Correction]) -> Outline {
    if corrections.is_empty() {
        plan::read_outline(text, layout).0
    } else {
        plan::read(text, layout, corrections).outline
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, query: &str, expect: &[&str]) {
        let found = Query::new(query).map_or_else(Vec::new, |query| query.find(text));
        let words: Vec<_> = found.into_iter().map(|place| &text[place]).collect();
        assert_eq!(words, expect, "{query} in {text}");
    }

    #[test]
    fn a_plain_substring_is_found_in_every_width_and_case() {
        check("家庭医生签约，家庭医生团队", "家庭医生", &["家庭医生", "家庭医生"]);
        check("通过ＪＣＩ评审，jci、Jci认证", "jci", &["ＪＣＩ", "jci", "Jci"]);
        check("覆盖率达30%以上、达３０％", "30%", &["30%", "３０％"]);
        check("（二）完善，(二)推进", "(二)", &["（二）", "(二)"]);
        check("2017年２０１７年", "2017年", &["2017年", "２０１７年"]);
        check("“十四五”规划", "“十四五”", &["“十四五”"]);
        check("甲\u{3000}乙 丙", "甲 乙", &["甲\u{3000}乙"]);
        check("Family\u{a0}Doctor", "family doctor", &["Family\u{a0}Doctor"]);
    }

    #[test]
    fn one_and_two_characters_are_words_too() {
        check("控烟与禁烟", "烟", &["烟", "烟"]);
        check("控烟与禁烟", "控烟", &["控烟"]);
        check("A级、a类、Ａ型", "a", &["A", "a", "Ａ"]);
        check("", "烟", &[]);
        check("控烟", "", &[]);
        check("控烟", " \u{3000}", &[]);
    }

    #[test]
    fn a_line_end_inside_a_sentence_does_not_hide_words() {
        check("推进家庭医\n生签约", "家庭医生", &["家庭医\n生"]);
        check("推进家\r庭\n  \u{3000}医生签约", "庭医生", &["庭\n  \u{3000}医生"]);
        check("达到3\n0%", "30%", &["3\n0%"]);
        check("家庭\n\n医生", "家庭医生", &[]);
    }

    #[test]
    fn places_do_not_lie_over_each_other() {
        check("啊啊啊啊啊", "啊啊", &["啊啊", "啊啊"]);
        check("aaaaa", "aa", &["aa", "aa"]);
        check("啊啊\n啊啊", "啊啊", &["啊啊", "啊啊"]);
    }

    #[test]
    fn the_context_is_the_line_around_the_words() {
        let text = "第一行\n  加强控烟工作,开展健康教育。\n第三行";
        let place = Query::new("控烟").unwrap().find(text).remove(0);
        let context = |before, after| {
            let context = context(text, &place, before, after);
            (context.before, context.words, context.after)
        };
        assert_eq!(context(9, 30), ("加强".into(), "控烟".into(), "工作,开展健康教育。".into()));
        assert_eq!(context(1, 2), ("…强".into(), "控烟".into(), "工作…".into()));
    }

    proptest! {
        /// The same as folding the whole text and looking there, wherever no line end is in between.
        #[test]
        fn the_same_is_found_as_in_a_folded_copy(text in "[aAａ1１甲乙 \u{3000}。]{0,60}", query in "[aＡ1甲乙 。]{1,4}") {
            let folded: Vec<char> = fold(&text).chars().collect();
            let wanted: Vec<char> = fold(query.trim_matches(is_blank)).chars().collect();
            let mut expect = Vec::new();
            let mut at = 0;
            while !wanted.is_empty() && at + wanted.len() <= folded.len() {
                if folded[at..at + wanted.len()] == wanted[..] {
                    expect.push((at as u32, (at + wanted.len()) as u32));
                    at += wanted.len();
                } else {
                    at += 1;
                }
            }
            let found = Query::new(&query).map_or_else(Vec::new, |query| query.find(&text));
            let found: Vec<_> = spans(&text, &found).iter().map(|span| (span.start.0, span.end.0)).collect();
            prop_assert_eq!(found, expect);
        }
    }
}
