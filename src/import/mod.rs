//! From bytes to canonical text: encodings, and a reader for every kind of file.
//!
//! Lives here: telling kinds of files and encodings apart, reading txt, md, html, mhtml, docx and pdf into
//! [`crate::text::Text`] plus [`crate::text::Layout`], and unpacking archives. Not here: outlines, the
//! project folder, folders on disk (readers take bytes and never touch the disk).
//!
//! Read in this order: [`read`] below, `format` (what kind of file), `encoding` (bytes to chars), then the
//! reader of the kind at hand. Every reader gets bytes from strangers: it returns an [`ImportError`], never
//! panics, and stays within the limits named in `error`.

pub mod archive;
mod docx;
mod encoding;
mod error;
mod format;
mod html;
mod lines;
mod markdown;
mod mhtml;
mod numerals;
mod pdf;
mod plain;
mod xml;

pub use encoding::{Decoded, decode};
pub use error::{ImportError, ImportWarning, MAX_SOURCE_BYTES, MAX_TEXT_BYTES};
pub use format::{ForeignFormat, Format};

use crate::text::{Layout, Text};
use jiff::Timestamp;

/// What the reader of a file may be told beforehand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The encoding to take instead of the detected one, by any of its usual names: `GB18030`, `big5`,
    /// `utf-16le`. It counts for txt, md, html and mhtml; other files name their encoding themselves.
    pub encoding: Option<String>,
}

/// A file as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The words, line by line.
    pub text: Text,
    /// What the file tells about its lines beside their words.
    pub layout: Layout,
    /// The kind of file, by its content first and its name second.
    pub format: Format,
    /// Name of the encoding its bytes were in: `UTF-8`, `UTF-16LE`, `GB18030`, `Big5`; `UTF-8` for docx,
    /// and empty for pdf, whose fonts each have their own.
    pub encoding: String,
    /// The title that the file gives apart from its text: `<title>`, or a document property.
    pub title: Option<String>,
    /// The address a saved page names as its origin.
    pub source_url: Option<String>,
    /// When a saved page was saved, where it tells.
    pub captured: Option<Timestamp>,
    /// What may have been lost on the way.
    pub warnings: Vec<ImportWarning>,
}

/// Reads a file of any kind. `name` is the file's name, of which only the extension counts.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Imported, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    if bytes.len() > MAX_SOURCE_BYTES {
        return Err(ImportError::TooLarge { bytes: bytes.len() as u64, limit: MAX_SOURCE_BYTES as u64 });
    }
    let format = Format::recognise(name, bytes)?;
    let imported = match format {
        Format::Text => plain::read(bytes, options)?,
        Format::Markdown => markdown::read(bytes, options)?,
        Format::Html => html::read(bytes, options)?,
        Format::Mhtml => mhtml::read(bytes, options)?,
        Format::Docx => docx::read(bytes)?,
        Format::Pdf => pdf::read(bytes)?,
    };
    if imported.text.as_str().trim().is_empty() { Err(ImportError::Empty) } else { Ok(imported) }
}
