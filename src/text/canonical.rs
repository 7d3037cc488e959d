//! [`Text`]: the words of a plan as imported, with fast conversion between char and byte offsets.

use super::{CharPos, Span};
use std::fmt;
use std::sync::Arc;

/// Every how many chars a byte offset is remembered. Finding any char then costs at most this many steps.
const STRIDE: u32 = 32;

/// The canonical text of a plan: UTF-8, LF line ends, never edited after import. Cheap to clone.
#[derive(Clone)]
pub struct Text {
    content: Arc<str>,
    /// Byte offset of the chars 0, STRIDE, 2 * STRIDE, …
    milestones: Arc<[u32]>,
    chars: u32,
}

/// One line of a text, without its line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// 1-based, as editors count.
    pub number: u32,
    /// Where it lies, in chars.
    pub span: Span,
    /// Its words.
    pub content: &'a str,
}

impl Text {
    /// Takes `content` as canonical text. CRLF and CR become LF and a leading byte order mark is dropped,
    /// so that every text has one spelling of a line end; nothing else changes.
    pub fn new(content: &str) -> Self {
        let content = content.strip_prefix('\u{feff}').unwrap_or(content);
        if content.contains('\r') {
            Self::index(&content.replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            Self::index(content)
        }
    }

    fn index(content: &str) -> Self {
        let mut milestones = Vec::with_capacity(content.len() / (STRIDE as usize * 2) + 1);
        let mut chars = 0_u32;
        for (byte, _) in content.char_indices() {
            if chars.is_multiple_of(STRIDE) {
                milestones.push(byte as u32);
            }
            chars += 1;
        }
        Self { content: content.into(), milestones: milestones.into(), chars }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// Length in chars.
    pub fn len(&self) -> u32 {
        self.chars
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.chars == 0
    }

    /// The range of the whole text.
    pub fn span(&self) -> Span {
        Span::at(CharPos(0), self.chars)
    }

    /// Byte offset of a char; the length in bytes for any position at or past the end.
    pub fn byte_of(&self, pos: CharPos) -> usize {
        let Some(&from) = self.milestones.get((pos.0 / STRIDE) as usize) else { return self.content.len() };
        let rest = &self.content[from as usize..];
        let steps = (pos.0 % STRIDE) as usize;
        rest.char_indices().nth(steps).map_or(self.content.len(), |(byte, _)| from as usize + byte)
    }

    /// Char offset of a byte offset; a byte inside a char counts as that char.
    pub fn char_of(&self, byte: usize) -> CharPos {
        let milestone = self.milestones.partition_point(|&at| at as usize <= byte).saturating_sub(1);
        let from = self.milestones.get(milestone).map_or(0, |&at| at as usize);
        // Bytes that begin a char; whole vectors of them are counted at once.
        let between = &self.content.as_bytes()[from..byte.clamp(from, self.content.len())];
        let within = between.iter().filter(|byte| byte.cast_signed() >= -0x40).count();
        let inside = byte < self.content.len() && !self.content.is_char_boundary(byte);
        CharPos(milestone as u32 * STRIDE + within as u32 - u32::from(inside))
    }

    /// The words of a span; the part of it that exists where it reaches past the end.
    pub fn slice(&self, span: Span) -> &str {
        let start = self.byte_of(span.start);
        &self.content[start..self.byte_of(span.end).max(start)]
    }

    /// The lines, in order. A final line end does not begin another line.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let mut at = CharPos(0);
        self.content.lines().enumerate().map(move |(index, content)| {
            let span = Span::at(at, content.chars().count() as u32);
            at = span.end + 1;
            Line { number: index as u32 + 1, span, content }
        })
    }

    /// The 1-based number of the line on which `pos` lies.
    pub fn line_number(&self, pos: CharPos) -> u32 {
        let before = &self.content.as_bytes()[..self.byte_of(pos)];
        memchr::memchr_iter(b'\n', before).count() as u32 + 1
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.content == other.content
    }
}

impl Eq for Text {}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} chars)", self.chars)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_spelling_of_a_line_end() {
        assert_eq!(Text::new("\u{feff}甲\r\n乙\r丙").as_str(), "甲\n乙\n丙");
    }

    #[test]
    fn lines_know_where_they_are() {
        let text = Text::new("一、甲\n\n  乙\n");
        let lines: Vec<_> =
            text.lines().map(|l| (l.number, l.span.start.0, l.span.end.0, l.content)).collect();
        assert_eq!(lines, [(1, 0, 3, "一、甲"), (2, 4, 4, ""), (3, 5, 8, "  乙")]);
        assert_eq!(text.line_number(CharPos(6)), 3);
    }

    #[test]
    fn positions_past_the_end_are_the_end() {
        let text = Text::new("甲乙");
        assert_eq!(text.slice(Span::new(CharPos(1), CharPos(99))), "乙");
        assert_eq!(text.slice(Span::new(CharPos(50), CharPos(99))), "");
    }

    proptest! {
        #[test]
        fn chars_and_bytes_convert_both_ways(content in "[a甲ß𠀀\n]{0,400}") {
            let text = Text::new(&content);
            for (char, (byte, _)) in content.char_indices().enumerate() {
                prop_assert_eq!(text.byte_of(CharPos(char as u32)), byte);
                prop_assert_eq!(text.char_of(byte), CharPos(char as u32));
            }
            prop_assert_eq!(text.char_of(content.len()), CharPos(text.len()));
        }
    }
}
