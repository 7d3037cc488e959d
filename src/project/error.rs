//! What can go wrong with a file of the project, always with the path.

use std::io;
use std::path::{Path, PathBuf};

/// A file or folder could not be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {cause}", path.display())]
pub struct ProjectError {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong.
    pub cause: Cause,
}

/// What is wrong, and (in its words) what to do.
#[derive(Debug, thiserror::Error)]
pub enum Cause {
    /// The system refused.
    #[error("{hint} ({0})", hint = advice(.0))]
    Io(#[from] io::Error),
    /// Not the format it should be; a copy was or can be kept aside.
    #[error("the file is damaged at {0}; restore it from `backups` or mend it in a text editor")]
    Damaged(String),
    /// Written by a newer version of the program.
    #[error("the file has format version {found}, this program knows up to {known}; update the program")]
    Newer {
        /// Version in the file.
        found: u32,
        /// Newest version known here.
        known: u32,
    },
    /// The folder holds no project.ron.
    #[error("this folder is not a project (it holds no project.ron); choose another or make a new project")]
    NotAProject,
    /// A new project was asked for where there is something already.
    #[error("the folder is not empty; choose an empty or a new one")]
    NotEmpty,
}

impl ProjectError {
    /// An error of the system about `path`.
    pub fn io(path: &Path, error: io::Error) -> Self {
        Self { path: path.to_owned(), cause: Cause::Io(error) }
    }

    /// Another error about `path`.
    pub fn new(path: &Path, cause: Cause) -> Self {
        Self { path: path.to_owned(), cause }
    }
}

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there; was it moved or renamed?",
        io::ErrorKind::PermissionDenied => "no right to use it; check the folder's permissions",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full; make room",
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only; copy the project elsewhere",
        _ => "the system could not do it",
    }
}
