//! What can go wrong with a file of the project, always with the path; and why a project may not be written.

use super::Holder;
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
    /// Damaged, but most of its records could be read. A copy was kept aside.
    #[error(
        "the file is damaged at {place}: {kept} records were read, {lost} could not; compare with `backups`"
    )]
    PartlyDamaged {
        /// Where the damage begins.
        place: String,
        /// Records that were read.
        kept: usize,
        /// Records that could not be read.
        lost: usize,
    },
    /// Written by a newer version of the program.
    #[error("the file has format version {found}, this program knows up to {known}; update the program")]
    Newer {
        /// Version in the file.
        found: u32,
        /// Newest version known here.
        known: u32,
    },
    /// The project can be read but not written.
    #[error("the project is open for reading only: {0}")]
    ReadOnly(ReadOnly),
    /// A copy that a sync tool made where two machines wrote the same file.
    #[error("a conflict copy of `{original}` made by a sync tool; merge it into the project, or delete it")]
    ConflictCopy {
        /// Name of the file it is a copy of.
        original: String,
    },
    /// A coder's file does not say which plan it is about, and quotes none of the project.
    #[error("none of the plans here holds the words that `{0}` annotated; import that plan first")]
    NoPlanFor(String),
    /// The folder holds no project.ron.
    #[error("this folder is not a project (it holds no project.ron); choose another or make a new project")]
    NotAProject,
    /// A new project was asked for where there is something already.
    #[error("the folder is not empty; choose an empty or a new one")]
    NotEmpty,
}

/// Why a project may not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadOnly {
    /// A file of it cannot be read just now, so it must not be overwritten.
    #[error("the file cannot be read; it stays as it is until it can")]
    Unreadable,
    /// A newer version of the program wrote it.
    #[error("it has format version {found}, this program knows up to {known}; update the program")]
    Newer {
        /// Version in the file.
        found: u32,
        /// Newest version known here.
        known: u32,
    },
    /// The person may not write in the folder.
    #[error("no right to write in the folder; check its permissions, or copy the project elsewhere")]
    NoRights,
    /// The same coder has it open elsewhere.
    #[error("{0} has it open; close it there, or take it over")]
    Held(Box<Holder>),
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

    /// Whether the file is simply not there.
    pub fn is_not_found(&self) -> bool {
        matches!(&self.cause, Cause::Io(error) if error.kind() == io::ErrorKind::NotFound)
    }
}

fn advice(error: &io::Error) -> &'static str {
    // No kind of std's: EMFILE and ENFILE, ERROR_TOO_MANY_OPEN_FILES.
    let too_many_files: &[i32] = if cfg!(windows) { &[4] } else { &[23, 24] };
    if error.raw_os_error().is_some_and(|code| too_many_files.contains(&code)) {
        return "too many files are open; close other programs";
    }
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there; was it moved or renamed?",
        io::ErrorKind::PermissionDenied => "no right to use it; check the folder's permissions",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full; make room",
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only; copy the project elsewhere",
        _ => "the system could not do it",
    }
}
