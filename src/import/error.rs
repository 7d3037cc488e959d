//! Why a file could not be read, what may have been lost, and the limits that guard every reader.

use super::ForeignFormat;
use thiserror::Error;

/// The largest file that is looked at. Plans are 10-400 KB; a 100 MB scan is still named as a scan.
pub const MAX_SOURCE_BYTES: usize = 128 << 20;
/// The largest text, in bytes of UTF-8. Offsets are `u32` and must stay far from their end.
pub const MAX_TEXT_BYTES: usize = 64 << 20;

/// Why a file could not be read, and what to do about it. The caller adds the file's path.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    /// No bytes, or no words in them.
    #[error("the file holds no text; check that it was saved completely")]
    Empty,
    /// Pictures, programs, data: not words.
    #[error("this is not a text document; choose a txt, md, html, mhtml, docx or pdf file")]
    NotText,
    /// A password guards it.
    #[error("the file is protected by a password; save a copy without password and import that")]
    Encrypted,
    /// A PDF of page pictures.
    #[error(
        "the {pages} page(s) of this PDF are pictures without text; run text recognition (OCR) on it first"
    )]
    Scanned {
        /// Number of pages.
        pages: usize,
    },
    /// More bytes than any plan has.
    #[error("{} MB is more than the {} MB that can be read; split the file", bytes >> 20, limit >> 20)]
    TooLarge {
        /// What there is, in bytes; a lower bound where reading stopped early.
        bytes: u64,
        /// What can be read, in bytes.
        limit: u64,
    },
    /// The file breaks the rules of its own kind.
    #[error("the file is damaged ({what}); open it in the program that made it and save it again")]
    Damaged {
        /// What was met, in a few words.
        what: String,
    },
    /// A kind of document that is known, but not read.
    #[error("{} files cannot be read; {}", .0.name(), .0.advice())]
    Unsupported(ForeignFormat),
    /// The file asks for more work than any honest one: too many entries, too deep, too tightly packed.
    #[error(
        "the file goes beyond what a document needs ({what}); open it in the program that made it and save it again"
    )]
    LimitExceeded {
        /// Which limit, in a few words.
        what: &'static str,
    },
    /// The caller asked for an encoding that does not exist.
    #[error("`{0}` is no known encoding; use UTF-8, GB18030, Big5, UTF-16LE or UTF-16BE")]
    UnknownEncoding(String),
}

impl ImportError {
    /// A [`ImportError::Damaged`] that says `what`.
    pub(super) fn damaged(what: impl std::fmt::Display) -> Self {
        Self::Damaged { what: format!("{what}") }
    }
}

/// What may have been lost or guessed while reading. The text is usable; a reader should know.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportWarning {
    /// Bytes that no char stands for, each shown as U+FFFD.
    #[error(
        "{count} place(s) could not be decoded as {encoding}; compare with the source or choose another encoding"
    )]
    Undecodable {
        /// Number of U+FFFD put in.
        count: usize,
        /// The encoding that was taken.
        encoding: String,
    },
    /// Control chars that no document means, left out.
    #[error("{count} control character(s) were left out")]
    ControlChars {
        /// Number of chars left out.
        count: usize,
    },
    /// A page says one encoding and is in another.
    #[error("the page declares {declared} but was read as {taken}")]
    CharsetDiffers {
        /// As written in the page.
        declared: String,
        /// As taken.
        taken: String,
    },
    /// Part of the file could not be read; the rest was.
    #[error("a part could not be read: {what}")]
    PartUnread {
        /// Which part, in a few words.
        what: String,
    },
    /// Pages of a PDF that hold pictures only.
    #[error("page(s) {pages:?} hold pictures without text")]
    PagesWithoutText {
        /// 1-based page numbers.
        pages: Vec<u32>,
    },
}
