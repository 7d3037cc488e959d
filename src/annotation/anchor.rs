//! Where an annotation sits: a span, and the words there and around it, so that it can be found again when
//! the text moves.

use crate::text::{CharPos, Span, Text};
use serde::{Deserialize, Serialize};

/// How many chars of context an anchor keeps on either side.
const CONTEXT: u32 = 32;

/// A place in a text: span + quote + prefix + suffix (the TextQuoteSelector and TextPositionSelector of the
/// W3C Web Annotation model, in one record).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// First char, counted from the beginning of the canonical text.
    pub start: CharPos,
    /// One past the last char.
    pub end: CharPos,
    /// The words there.
    pub quote: String,
    /// At most 32 chars before.
    #[serde(default)]
    pub prefix: String,
    /// At most 32 chars after.
    #[serde(default)]
    pub suffix: String,
}

/// What an anchor finds in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The quote stands where it stood.
    Exact(Span),
    /// The quote stands elsewhere, once, with its context.
    Moved(Span),
    /// Not found with certainty: shown as unanchored, never guessed.
    Lost,
}

impl Anchor {
    /// An anchor on `span` of `text`.
    pub fn new(text: &Text, span: Span) -> Self {
        let before = Span::new(CharPos(span.start.0.saturating_sub(CONTEXT)), span.start);
        Self {
            start: span.start,
            end: span.end,
            quote: text.slice(span).to_owned(),
            prefix: text.slice(before).to_owned(),
            suffix: text.slice(Span::at(span.end, CONTEXT)).to_owned(),
        }
    }

    /// The span as recorded.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Finds the anchor in `text`, which may be a later version of the one it was made on.
    pub fn find(&self, text: &Text) -> Place {
        if text.slice(self.span()) == self.quote {
            return Place::Exact(self.span());
        }
        let mut found = text.as_str().match_indices(self.quote.as_str()).filter(|&(byte, _)| {
            let (before, after) = (&text.as_str()[..byte], &text.as_str()[byte + self.quote.len()..]);
            before.ends_with(&self.prefix) || after.starts_with(&self.suffix)
        });
        match (self.quote.is_empty(), found.next(), found.next()) {
            (false, Some((byte, quote)), None) => {
                Place::Moved(Span::at(text.char_of(byte), quote.chars().count() as u32))
            }
            _ => Place::Lost,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span::new(CharPos(start), CharPos(end))
    }

    #[test]
    fn an_anchor_finds_its_words_again() {
        let old = Text::new("一、完善制度。加强宣传。二、加强培训。");
        let anchor = Anchor::new(&old, span(7, 11));
        assert_eq!(anchor.quote, "加强宣传");
        assert_eq!(anchor.find(&old), Place::Exact(span(7, 11)));
        let newer = Text::new("(新)一、完善制度。加强宣传。二、加强培训。");
        assert_eq!(anchor.find(&newer), Place::Moved(span(10, 14)));
    }

    #[test]
    fn an_anchor_is_never_moved_to_a_look_alike() {
        let anchor = Anchor::new(&Text::new("甲,加强宣传,乙。"), span(2, 6));
        assert_eq!(anchor.find(&Text::new("丙丙丙丙丙丙,加强宣传;丁。")), Place::Lost);
        assert_eq!(anchor.find(&Text::new("全文已改。")), Place::Lost);
    }
}
