//! How files become plans of the project: found, read, put down beside the others, and taken in.
//!
//! Read in this order: this file (one file, read), `control` (what is asked for), `walk` (which files an import is about), `batch` (reading them on
//! two threads, with a limit of time for each), `staging` (where they lie until they are taken in, and how that is
//! done whole or not at all), `kin` (the same document met before), `carry` (annotations from an earlier version),
//! `office` (kinds of files that LibreOffice turns into docx).

mod batch;
mod carry;
mod control;
mod kin;
mod office;
mod staging;
mod walk;

pub use batch::{Batch, Line, Verdict};
pub use carry::Carried;
pub use control::{Control, Progress, Reading};
pub use kin::{Kin, likeness};
pub use office::Office;
pub use staging::{Accepted, Staged, Staging};

use super::disk::{write_atomic, write_ron};
use super::migrate::FORMAT_VERSION;
use super::{Entry, Folder, PlanId, PlanRecord, Project, ProjectError, Source};
use crate::annotation::Unknown;
use crate::import::{self, ImportError, ImportWarning, Imported, MAX_SOURCE_BYTES};
use crate::plan::{self, Plan, Warning};
use crate::text::Text;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, fs::File};

/// A file could not become a plan.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The file could not be read from disk, or the plan not written.
    #[error(transparent)]
    Disk(#[from] ProjectError),
    /// The file was read but is not a text this program understands.
    #[error("{}: {cause}", path.display())]
    Import {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: ImportError,
    },
    /// Reading took longer than any plan needs, and was given up.
    #[error(
        "{}: not read within {seconds} s and given up; open it in the program that made it and save it again, or split it",
        path.display()
    )]
    TooSlow {
        /// The file.
        path: PathBuf,
        /// How long was waited.
        seconds: u64,
    },
    /// A device, a pipe, a socket.
    #[error("{}: this is no file; choose a file or a folder", path.display())]
    NoFile {
        /// What it was called.
        path: PathBuf,
    },
    /// The folder is a project, not a folder of plans.
    #[error("{}: this folder is a project; open it, or choose the files it was made from", path.display())]
    IsProject {
        /// The folder.
        path: PathBuf,
    },
    /// More files than any study has.
    #[error("{}: more than {limit} files; import it in parts", path.display())]
    TooMany {
        /// The folder at which counting stopped.
        path: PathBuf,
        /// How many are taken at once.
        limit: usize,
    },
    /// LibreOffice did not turn the file into docx.
    #[error("{}: LibreOffice could not convert it ({what}); save it as docx by hand and import that", path.display())]
    NotConverted {
        /// The file.
        path: PathBuf,
        /// What happened, in a few words.
        what: String,
    },
}

/// A file as read: its words, what they say of themselves, and its bytes.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What will be stored of it.
    pub record: PlanRecord,
    /// The canonical text.
    pub text: Text,
    /// What may have been lost while reading the file.
    pub lost: Vec<ImportWarning>,
    /// What the reader of plans was not sure of.
    pub doubts: Vec<Warning>,
    /// The bytes as imported.
    pub bytes: Vec<u8>,
}

/// A file as read and understood, not yet part of the project.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What will be stored of it.
    pub record: PlanRecord,
    /// The plan as read.
    pub plan: Arc<Plan>,
    bytes: Arc<[u8]>,
}

/// Reads a file as a plan. Nothing is stored.
pub fn read_candidate(path: &Path, now: Timestamp) -> Result<Candidate, IntakeError> {
    let bytes = read_bytes(path)?;
    Candidate::new(&name_of(path), bytes, now)
        .map_err(|cause| IntakeError::Import { path: path.to_owned(), cause })
}

/// The bytes of a file, as long as it is no larger than what can be read.
fn read_bytes(path: &Path) -> Result<Vec<u8>, IntakeError> {
    let failed = |error: io::Error| IntakeError::Disk(ProjectError::io(path, error));
    let too_large = |bytes| IntakeError::Import {
        path: path.to_owned(),
        cause: ImportError::TooLarge { bytes, limit: MAX_SOURCE_BYTES as u64 },
    };
    // Opening a pipe waits for its writer, so this comes first.
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(IntakeError::NoFile { path: path.to_owned() });
    }
    if metadata.len() > MAX_SOURCE_BYTES as u64 {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    // It may grow meanwhile.
    let mut file = File::open(path).map_err(failed)?.take(MAX_SOURCE_BYTES as u64 + 1);
    file.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > MAX_SOURCE_BYTES { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// The name of a file, readable whatever bytes it is made of.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

impl Draft {
    /// Reads the bytes of a file called `name`, without the facts in it.
    pub fn new(
        name: &str,
        bytes: Vec<u8>,
        options: &import::Options,
        now: Timestamp,
    ) -> Result<Self, ImportError> {
        let imported = import::read(name, &bytes, options)?;
        Ok(Self::of(name, bytes, imported, now))
    }

    /// The draft of a file of which `imported` was read.
    fn of(name: &str, bytes: Vec<u8>, imported: Imported, now: Timestamp) -> Self {
        let Imported { text, layout, encoding, source_url, captured, warnings: lost, .. } = imported;
        let (outline, metadata, doubts) = plan::read_outline(&text, &layout);
        let source = Source {
            file_name: name.to_owned(),
            extension: extension_of(name),
            encoding,
            sha256: sha256(&bytes),
            url: source_url,
            captured,
            imported: now,
            converted_by: None,
            unknown: Unknown::default(),
        };
        let record = PlanRecord {
            version: FORMAT_VERSION,
            id: PlanId::random(),
            metadata: metadata.into(),
            source,
            text_sha256: Some(sha256(text.as_str().as_bytes())),
            version_of: None,
            layout,
            corrections: Vec::new(),
            items: plan::items(&text, &outline).len() as u32,
            unknown: Unknown::default(),
        };
        Self { record, text, lost, doubts, bytes }
    }
}

impl Candidate {
    /// Reads the bytes of a file called `name` as a plan.
    pub fn new(name: &str, bytes: Vec<u8>, now: Timestamp) -> Result<Self, ImportError> {
        let Draft { record, text, bytes, .. } = Draft::new(name, bytes, &import::Options::default(), now)?;
        let plan = plan::read(&text, &record.layout, &[]);
        Ok(Self { record, plan: Arc::new(plan), bytes: bytes.into() })
    }

    /// Writes the plan's folder: source, text, record, in this order, so that a folder with a record is
    /// complete.
    pub fn store(&self, folder: &Folder) -> Result<(), ProjectError> {
        let id = self.record.id;
        write_atomic(&folder.source(id, &self.record.source.extension), &self.bytes)?;
        write_atomic(&folder.text(id), self.plan.text.as_str().as_bytes())?;
        write_ron(&folder.record(id), &self.record).map(|_| ())
    }
}

/// The extension under which the bytes are kept: letters and digits only, so that it can stand in every file
/// system; `txt` where there is none.
fn extension_of(name: &str) -> String {
    let extension =
        Path::new(name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_plain = (1..=8).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_plain { extension } else { "txt".to_owned() }
}

/// SHA-256 of bytes in hexadecimal digits.
fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

impl Project {
    /// The plan with the same source bytes, where the project has it already.
    pub fn with_source(&self, sha256: &str) -> Option<PlanId> {
        self.plans.values().find(|entry| entry.record.source.sha256 == sha256).map(|entry| entry.record.id)
    }

    /// Takes a stored plan into the project in memory.
    pub fn insert(&mut self, record: PlanRecord) {
        self.plans.insert(record.id, Entry { record: Arc::new(record), sheets: Some(super::Sheets::new()) });
    }

    /// Takes a plan into the project in memory that was taken into its folder.
    pub fn insert_accepted(&mut self, accepted: Accepted) {
        let Accepted { record, sheets, .. } = accepted;
        self.plans.insert(record.id, Entry { record, sheets: Some(sheets) });
    }

    /// The plan that takes the place of this one: the later version that no other follows. The plan itself
    /// where there is none.
    pub fn present_version(&self, id: PlanId) -> PlanId {
        let mut at = id;
        for _ in 0..self.plans.len() {
            let next = self.plans.values().find(|entry| entry.record.version_of == Some(at));
            match next.map(|entry| entry.record.id) {
                Some(next) if next != id => at = next,
                _ => break,
            }
        }
        at
    }

    /// The plan that this one is a later version of, where it is in the project.
    pub fn earlier_version(&self, id: PlanId) -> Option<PlanId> {
        self.plans
            .get(&id)?
            .record
            .version_of
            .filter(|earlier| *earlier != id && self.plans.contains_key(earlier))
    }
}
