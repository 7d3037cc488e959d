//! A codebook as a file of its own: RON (keeps everything) and REFI-QDA .qdc (other programs read it). Reading
//! and writing happen in the background.

use super::{CodebookProblem, Revise};
use crate::annotation::{Codebook, QdcError};
use crate::app::{App, Language};
use crate::project::{Cause, ProjectError, load, to_ron, write_atomic};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A codebook file could not be brought in or written.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The file could not be read or written.
    #[error(transparent)]
    File(#[from] ProjectError),
    /// It is no REFI-QDA codebook.
    #[error("{path}: {cause}", path = .0.display(), cause = .1)]
    Qdc(PathBuf, QdcError),
}

impl App {
    /// Reads a codebook file, then proposes to add what it has.
    pub(super) fn read_codebook(&mut self, path: PathBuf) {
        let Some(known) = self.codebook() else { return };
        self.errand("codebook file", move || {
            let read = read(&path, &known);
            Box::new(move |app: &mut Self| match read {
                Ok(book) => app.propose(Revise::Add(Arc::new(book))),
                Err(error) => app.view.codebook.problem = Some(CodebookProblem::Exchange(error.into())),
            })
        });
    }

    /// Writes the codebook to a file. In .qdc the names are those of the interface's language.
    pub(super) fn write_codebook(&mut self, path: PathBuf) {
        let Some(book) = self.codebook() else { return };
        let english = self.language() == Language::English;
        let path = if path.extension().is_some() { path } else { path.with_extension("qdc") };
        self.errand("codebook file", move || {
            let written = write(&path, &book, english);
            Box::new(move |app: &mut Self| match written {
                Ok(()) => app.view.codebook.written = Some(path),
                Err(error) => app.view.codebook.problem = Some(CodebookProblem::Exchange(error.into())),
            })
        });
    }
}

fn is_qdc(path: &Path) -> bool {
    path.extension().is_some_and(|extension| !extension.eq_ignore_ascii_case("ron"))
}

fn read(path: &Path, known: &Codebook) -> Result<Codebook, ExchangeError> {
    if !is_qdc(path) {
        return Ok(load::<Codebook>(path)?.record);
    }
    let bytes = std::fs::read(path).map_err(|error| ProjectError::io(path, error))?;
    let words = String::from_utf8(bytes).map_err(|error| {
        let place = format!("byte {}", error.utf8_error().valid_up_to());
        ProjectError::new(path, Cause::Damaged(place))
    })?;
    Codebook::from_qdc(&words, known).map_err(|error| ExchangeError::Qdc(path.to_owned(), error))
}

fn write(path: &Path, book: &Codebook, english: bool) -> Result<(), ExchangeError> {
    let words = if is_qdc(path) {
        book.to_qdc(english)
    } else {
        to_ron(book).map_err(|error| ProjectError::new(path, Cause::Damaged(error)))?
    };
    Ok(write_atomic(path, words.as_bytes())?)
}
