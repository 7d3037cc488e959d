//! What a caller asks of an import, and how it is watched and ended.

use super::Office;
use crate::import;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long reading a small file may take.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 2 });

/// How files are to be read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The encoding to take instead of the detected one.
    pub encoding: Option<String>,
    /// The address the files were saved from, for those that do not tell.
    pub url: Option<String>,
    /// What turns doc, wps, rtf and odt into docx, where a person asked for it.
    pub office: Option<Office>,
    /// How long reading the file at this path, of so many bytes, may take.
    pub patience: fn(&Path, u64) -> Duration,
}

impl Default for Reading {
    fn default() -> Self {
        Self { encoding: None, url: None, office: None, patience }
    }
}

/// How long reading a file may take: two seconds, and one more for every megabyte.
fn patience(_: &Path, bytes: u64) -> Duration {
    LIMIT + Duration::from_secs(bytes >> 20)
}

impl Reading {
    pub(super) fn options(&self) -> import::Options {
        import::Options { encoding: self.encoding.clone() }
    }
}

/// How far an import is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files done.
    pub done: usize,
    /// Files in all, as far as is known: archives add theirs when they are opened.
    pub total: usize,
    /// The file being read.
    pub name: String,
}

/// How an import is watched and ended from outside.
#[derive(Debug, Default)]
pub struct Control {
    /// Set to end it.
    pub cancel: AtomicBool,
    progress: Mutex<Progress>,
}

impl Control {
    /// Ends the import as soon as possible.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// Whether it was ended from outside.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says how far it is.
    pub fn note(&self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.progress.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
