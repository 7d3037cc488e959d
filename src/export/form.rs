//! The forms a document can be written in.

use super::csv::{csv, csv_of_all};
use super::document::Document;
use super::{docx, html, markdown, xlsx};

/// A form of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Tables for any program: UTF-8 with byte order mark.
    Csv,
    /// A workbook with a sheet per table.
    Xlsx,
    /// Plain text with marks.
    Markdown,
    /// A report for Word and its like.
    Docx,
    /// A page that holds all it needs, for reading and printing.
    Html,
}

/// Why something could not be written out. The caller adds the path.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The package of files could not be put together.
    #[error("the file cannot be put together: {0}")]
    Package(String),
    /// A drawing could not be made a picture.
    #[error("the chart cannot be made a picture: {0}")]
    Picture(String),
}

impl Form {
    /// All forms, as menus offer them.
    pub const ALL: [Self; 5] = [Self::Xlsx, Self::Csv, Self::Docx, Self::Html, Self::Markdown];

    /// The extension of its files, without dot; also its name on the command line.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Markdown => "md",
            Self::Docx => "docx",
            Self::Html => "html",
        }
    }

    /// The form of an extension, in whatever case.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.extension().eq_ignore_ascii_case(extension))
    }
}

/// A document in a form, as the bytes of a file. The same document gives the same bytes.
pub fn write(form: Form, document: &Document) -> Result<Vec<u8>, ExportError> {
    match form {
        Form::Csv => {
            let tables: Vec<_> = document.tables().cloned().collect();
            let text = if let [one] = tables.as_slice() { csv(one) } else { csv_of_all(&tables) };
            Ok(text.into_bytes())
        }
        Form::Xlsx => xlsx::xlsx(document),
        Form::Markdown => Ok(markdown::document(document).into_bytes()),
        Form::Docx => docx::docx(document),
        Form::Html => Ok(html::html(document).into_bytes()),
    }
}
