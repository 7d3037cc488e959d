//! A report for Word and its like (ECMA-376, transitional): A4 across, heads of tables repeated on every page,
//! Chinese fonts named for Chinese and Latin ones for the rest.
//!
//! Written here and not by a crate: the parts needed are few, and the East Asian fonts, repeated heads and fixed
//! column widths must be right in Word, WPS and LibreOffice alike. Read in this order: `body` (what stands in it),
//! `parts` (styles and the other fixed files of the package).

mod body;
mod parts;

use super::document::Document;
use super::form::ExportError;
use super::package::package;
use body::Body;

/// A document as a .docx file.
pub fn docx(document: &Document) -> Result<Vec<u8>, ExportError> {
    let body = Body::of(document)?;
    package(parts::all(document, &body))
}
