//! Char offsets and half-open ranges of them.

use serde::{Deserialize, Serialize};
use std::ops::{Add, Sub};

/// An offset into a [`super::Text`], in chars from its beginning (0-based).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CharPos(pub u32);

impl Add<u32> for CharPos {
    type Output = Self;
    fn add(self, chars: u32) -> Self {
        Self(self.0 + chars)
    }
}

impl Sub for CharPos {
    type Output = u32;
    /// Distance in chars; zero where `other` lies behind.
    fn sub(self, other: Self) -> u32 {
        self.0.saturating_sub(other.0)
    }
}

/// A half-open range `start..end` of chars in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first char of the range.
    pub start: CharPos,
    /// One past the last char of the range.
    pub end: CharPos,
}

impl Span {
    /// The range `start..end`; empty at `start` where `end` lies before it.
    pub fn new(start: CharPos, end: CharPos) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The range of `len` chars from `start`.
    pub fn at(start: CharPos, len: u32) -> Self {
        Self { start, end: start + len }
    }

    /// Number of chars.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the range holds no char.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `pos` is one of the chars of the range.
    pub fn contains(self, pos: CharPos) -> bool {
        self.start <= pos && pos < self.end
    }

    /// Whether all of `other` lies within this range.
    pub fn encloses(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The chars both ranges share, `None` where they share none.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let shared = Self { start: self.start.max(other.start), end: self.end.min(other.end) };
        (!shared.is_empty()).then_some(shared)
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span::new(CharPos(start), CharPos(end))
    }

    #[test]
    fn ranges_are_half_open() {
        assert!(span(2, 5).contains(CharPos(2)));
        assert!(!span(2, 5).contains(CharPos(5)));
        assert_eq!(span(2, 5).intersection(span(5, 9)), None);
        assert_eq!(span(2, 5).intersection(span(4, 9)), Some(span(4, 5)));
        assert_eq!(span(2, 5).hull(span(7, 9)), span(2, 9));
        assert!(span(5, 2).is_empty());
    }
}
