//! The lines of the text that hold words, as byte ranges without the blanks around them.

use crate::text::is_blank;

/// A piece of the source, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Piece {
    /// Its words.
    pub fn of(self, source: &str) -> &str {
        source.get(self.start..self.end).unwrap_or("")
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// A line that holds at least one char that is no blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its words, without the blanks on both sides.
    pub piece: Piece,
    /// 1-based number in the canonical text.
    pub number: u32,
    /// Number of blanks before its words.
    pub indent: u32,
    /// Number of its chars.
    pub chars: u32,
    /// Whether an empty line stands before it.
    pub after_gap: bool,
}

impl Line {
    /// Its words.
    pub fn of<'a>(&self, source: &'a str) -> &'a str {
        self.piece.of(source)
    }
}

/// The question marks before the words of lines in which mirrors lost the blanks of the indent: `??一、目标`. They
/// are left out of the lines and belong to the page.
pub(super) fn lost_indents(source: &str, lines: &[Line]) -> Vec<Piece> {
    let marks = |line: &Line| {
        let before = &source.as_bytes()[..line.piece.start];
        let count = before.iter().rev().take_while(|&&byte| byte == b'?').count();
        (count > 0).then(|| Piece { start: line.piece.start - count, end: line.piece.start })
    };
    lines.iter().filter_map(marks).collect()
}

/// Some words without the question marks of a lost indent.
fn without_lost_indent(words: &str) -> &str {
    let rest = words.trim_start_matches('?');
    let lost = words.len() - rest.len() >= 2;
    if lost && rest.starts_with(|c: char| crate::text::is_han(c) || "（(“《0123456789".contains(c)) {
        rest
    } else {
        words
    }
}

/// Splits `source` at LF and leaves out the empty lines.
pub(super) fn split(source: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(source.len() / 120 + 1);
    let mut start = 0;
    let mut after_gap = false;
    let ends = memchr::memchr_iter(b'\n', source.as_bytes()).chain(std::iter::once(source.len()));
    for (index, end) in ends.enumerate() {
        let raw = &source[start..end];
        let tail = without_lost_indent(raw.trim_start_matches(is_layout));
        let words = tail.trim_end_matches(is_layout);
        if words.is_empty() {
            after_gap = true;
        } else {
            let from = start + raw.len() - tail.len();
            lines.push(Line {
                piece: Piece { start: from, end: from + words.len() },
                number: index as u32 + 1,
                indent: chars(&raw[..raw.len() - tail.len()]),
                chars: chars(words),
                after_gap,
            });
            after_gap = false;
        }
        start = end + 1;
    }
    lines
}

/// Blanks and invisible controls, as they stand around the words of a line.
pub(super) fn is_layout(c: char) -> bool {
    is_blank(c) || c.is_whitespace() || c.is_control()
}

/// Number of chars, counted as bytes that begin one.
pub(super) fn chars(text: &str) -> u32 {
    text.bytes().filter(|&byte| byte.cast_signed() >= -0x40).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_marks_for_a_lost_indent() {
        let source = "??一、甲\n什么??\n??\n?乙";
        let lines = split(source);
        let words: Vec<_> = lines.iter().map(|line| line.of(source)).collect();
        assert_eq!(words, ["一、甲", "什么??", "??", "?乙"]);
        assert_eq!(lost_indents(source, &lines), [Piece { start: 0, end: 2 }]);
    }

    #[test]
    fn blanks_of_every_kind_are_no_words() {
        let source = "\u{3000}\u{3000}一、甲 \n\u{a0}\n\u{200b}\n  乙丙";
        let lines: Vec<_> = split(source)
            .iter()
            .map(|line| (line.number, line.indent, line.chars, line.after_gap, line.of(source)))
            .collect();
        assert_eq!(lines, [(1, 2, 3, false, "一、甲"), (4, 2, 2, true, "乙丙")]);
    }
}
