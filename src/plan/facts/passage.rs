//! A passage: words of a node in matching form, each char with its place in the text, and which of them
//! stand inside titles, quotations and brackets. Not here: what the words mean.

use crate::plan::Segments;
use crate::plan::outline::reading;
use crate::text::{CharPos, Span, Text, fold_char, is_blank, is_han};
use std::ops::Range;

/// How far a closing mark may stand from its opening one. Beyond it the mark is taken for a slip of the
/// writer (`推进”健康某城“建设`) and hides nothing.
const REACH: usize = 80;

/// No sentence is longer; what seems to be is a page without marks.
const LONGEST: usize = 1000;

/// The words of one heading or body, run together for matching: widths folded, blanks and line ends
/// dropped (`70 %`, `2025 年`, names wrapped in a cell), except between two ASCII words.
#[derive(Clone, Debug, Default)]
pub(in crate::plan) struct Passage {
    /// The matching form.
    pub chars: Vec<char>,
    /// The same chars as written.
    written: Vec<char>,
    /// Where each stands in the text.
    places: Vec<CharPos>,
    /// Inside 《》 or “”: names and slogans, whose numbers count nothing.
    named: Vec<bool>,
    /// Inside round brackets.
    bracketed: Vec<bool>,
}

impl Passage {
    /// Reads the segments.
    pub fn new(text: &Text, segments: &Segments) -> Self {
        let room = segments.len() as usize;
        let mut passage = Self {
            chars: Vec::with_capacity(room),
            written: Vec::with_capacity(room),
            places: Vec::with_capacity(room),
            ..Self::default()
        };
        for &span in &segments.0 {
            passage.push(text.slice(span), span.start);
        }
        passage.named =
            enclosed(&passage.chars, &[('《', '》'), ('“', '”'), ('‘', '’'), ('"', '"'), ('「', '」')]);
        passage.bracketed = enclosed(&passage.chars, &[('(', ')'), ('〔', '〕'), ('[', ']')]);
        passage
    }

    fn push(&mut self, words: &str, from: CharPos) {
        let mut gap = false;
        let mut skipped = 0; // chars of a reading in brackets
        for (offset, (at, c)) in words.char_indices().enumerate() {
            if skipped > 0 {
                skipped -= 1;
                continue;
            }
            if c == '(' && self.written.last().is_some_and(|&last| is_han(last)) {
                skipped = reading(&words[at..]);
                if skipped > 0 {
                    skipped -= 1;
                    continue;
                }
            }
            if is_blank(c) || c == '\n' {
                gap = true;
                continue;
            }
            let ascii_words = |last: &char| last.is_ascii_alphabetic() && c.is_ascii_alphabetic();
            if gap && self.written.last().is_some_and(ascii_words) {
                self.add(' ', ' ', CharPos((from + offset as u32).0 - 1));
            }
            gap = false;
            self.add(c, fold(c), from + offset as u32);
        }
    }

    fn add(&mut self, written: char, folded: char, place: CharPos) {
        self.written.push(written);
        self.chars.push(folded);
        self.places.push(place);
    }

    /// Number of chars read.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether the char stands inside a title or quotation.
    pub fn is_named(&self, at: usize) -> bool {
        self.named.get(at).copied().unwrap_or(false)
    }

    /// Whether the char stands inside round brackets.
    pub fn is_bracketed(&self, at: usize) -> bool {
        self.bracketed.get(at).copied().unwrap_or(false)
    }

    /// The words of a range as written.
    pub fn written(&self, range: Range<usize>) -> String {
        self.written.get(range).map(|chars| chars.iter().collect()).unwrap_or_default()
    }

    /// Where a range stands in the text, from its first to its last char.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let at = |index: usize| self.places.get(index).copied();
        match (at(range.start), range.end.checked_sub(1).and_then(at)) {
            (Some(start), Some(last)) => Span::new(start, last + 1),
            _ => Span::default(),
        }
    }

    /// The sentences, in order, each without its closing mark; one longer than any real one is cut. `;` ends
    /// one too; an ASCII stop does after `%`, a closing mark or Han and before Han (`下降30%.全面提升`).
    pub fn sentences(&self) -> Vec<Range<usize>> {
        let sentences = Self::split(0..self.len(), |at| match self.chars[at] {
            '。' | ';' | '!' | '?' | '…' => !self.is_named(at) && !self.is_bracketed(at),
            '.' => self.is_stop(at),
            _ => false,
        });
        let pieces = |sentence: Range<usize>| {
            let end = sentence.end;
            sentence.step_by(LONGEST).map(move |from| from..end.min(from + LONGEST))
        };
        sentences.into_iter().flat_map(pieces).collect()
    }

    /// The clauses of a sentence: parts between commas and colons, none of them inside brackets or quotations.
    pub fn clauses(&self, sentence: &Range<usize>) -> Vec<Range<usize>> {
        Self::split(sentence.clone(), |at| {
            matches!(self.chars[at], ',' | ':')
                && !self.is_named(at)
                && !self.is_bracketed(at)
                && !self.between_digits(at)
        })
    }

    fn split(within: Range<usize>, ends: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut from = within.start;
        for at in within.clone() {
            if ends(at) {
                parts.push(from..at);
                from = at + 1;
            }
        }
        parts.push(from..within.end);
        parts.retain(|part| !part.is_empty());
        parts
    }

    fn is_stop(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|i| self.chars.get(i));
        let after = self.chars.get(at + 1);
        let closes = before.is_some_and(|&c| matches!(c, '%' | '”' | '》' | ')') || is_han(c));
        closes && after.is_none_or(|&c| is_han(c) || c == '“')
    }

    /// `1,200张` and `1:1.25` are one number.
    fn between_digits(&self, at: usize) -> bool {
        let digit =
            |index: Option<usize>| index.and_then(|i| self.chars.get(i)).is_some_and(char::is_ascii_digit);
        digit(at.checked_sub(1)) && digit(Some(at + 1)) && (self.chars[at] == ':' || self.thousands(at))
    }

    fn thousands(&self, at: usize) -> bool {
        let digits = self.chars[at + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
        digits == 3
    }
}

/// Matching form of a char in facts: like [`fold_char`], with the ratio sign and the long dashes made one.
fn fold(c: char) -> char {
    match c {
        '∶' => ':',
        '–' | '—' | '－' | '―' | '~' | '～' | '−' => '-',
        '≧' | '⩾' => '≥',
        '≦' | '⩽' => '≤',
        '﹪' => '%',
        _ => fold_char(c),
    }
}

/// Which chars stand between any of the pairs, the marks themselves among them.
fn enclosed(chars: &[char], pairs: &[(char, char)]) -> Vec<bool> {
    let mut inside = vec![false; chars.len()];
    let mut at = 0;
    while at < chars.len() {
        let end = pairs
            .iter()
            .find(|(open, _)| *open == chars[at])
            .and_then(|&(open, close)| closing(&chars[at..], open, close))
            .map(|length| at + length);
        if let Some(end) = end {
            inside[at..=end].fill(true);
            at = end;
        }
        at += 1;
    }
    inside
}

/// Offset of the mark that closes the one at the beginning, nested pairs balanced.
fn closing(chars: &[char], open: char, close: char) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, &c) in chars.iter().enumerate().take(REACH) {
        if c == close && at > 0 {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at);
            }
        } else if c == open {
            depth += 1;
        }
    }
    None
}

/// Whether `chars` begins with `word`.
pub(super) fn begins(chars: &[char], word: &str) -> bool {
    let mut at = 0;
    word.chars().all(|c| {
        at += 1;
        chars.get(at - 1) == Some(&c)
    })
}

/// Whether `chars` ends with `word`.
pub(super) fn ends(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter().rev();
    word.chars().rev().all(|c| rest.next() == Some(&c))
}

/// The longest of `words` that `chars` begins with, as its length in chars.
pub(super) fn longest_at_start(chars: &[char], words: &[&str]) -> Option<usize> {
    words.iter().filter(|word| begins(chars, word)).map(|word| word.chars().count()).max()
}

/// The longest of `words` that `chars` ends with, as its length in chars.
pub(super) fn longest_at_end(chars: &[char], words: &[&str]) -> Option<usize> {
    words.iter().filter(|word| ends(chars, word)).map(|word| word.chars().count()).max()
}

/// Where `word` begins for the first time.
pub(super) fn find(chars: &[char], word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    (0..chars.len()).find(|&at| chars[at] == first && begins(&chars[at..], word))
}

/// Whether any of `words` stands in `chars`.
pub(super) fn holds_any(chars: &[char], words: &[&str]) -> bool {
    words.iter().any(|word| find(chars, word).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(words: &str) -> (Text, Passage) {
        let text = Text::new(words);
        let passage = Passage::new(&text, &Segments::one(text.span()));
        (text, passage)
    }

    #[test]
    fn sentences_and_clauses() {
        let cases: [(&str, &[&str]); 5] = [
            ("甲率达到3%,乙率达到5%。丙", &["甲率达到3%|乙率达到5%", "丙"]),
            ("甲下降30%.全面提升乙", &["甲下降30%", "全面提升乙"]),
            ("甲(含乙,丙;丁)达到1,200张", &["甲(含乙,丙;丁)达到1,200张"]),
            ("医护比达到1:1.25;落实“甲。乙”要求", &["医护比达到1:1.25", "落实“甲。乙”要求"]),
            ("推进”健康某城“建设。乙", &["推进”健康某城“建设", "乙"]),
        ];
        for (words, expect) in cases {
            let (_, passage) = passage(words);
            let read = |clause: Range<usize>| passage.written(clause);
            let found: Vec<String> = passage
                .sentences()
                .iter()
                .map(|s| passage.clauses(s).into_iter().map(read).collect::<Vec<_>>().join("|"))
                .collect();
            assert_eq!(found, expect, "{words}");
        }
    }

    #[test]
    fn readings_in_brackets_fall_away() {
        let (text, passage) = passage("衛(wèi)生室覆蓋率(lǜ)達(dá)到90%(PM)");
        assert_eq!(passage.chars.iter().collect::<String>(), "衛生室覆蓋率達到90%(pm)");
        assert_eq!(text.slice(passage.span(&(1..3))), "生室");
    }

    #[test]
    fn blanks_fall_away_and_places_stay() {
        let (text, passage) = passage("覆盖 ７０ ％以上");
        assert_eq!(passage.chars.iter().collect::<String>(), "覆盖70%以上");
        assert_eq!(text.slice(passage.span(&(2..5))), "７０ ％");
    }
}
