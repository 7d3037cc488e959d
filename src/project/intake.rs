//! How a file becomes a plan of the project: read, understood, then stored as one folder.

use super::disk::{write_atomic, write_ron};
use super::migrate::FORMAT_VERSION;
use super::{Entry, Folder, PlanId, PlanRecord, Project, ProjectError, Source};
use crate::annotation::Unknown;
use crate::import::{self, ImportError, Imported, MAX_SOURCE_BYTES};
use crate::plan::{self, Kind, Plan};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

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
    let failed = |error: io::Error| IntakeError::Disk(ProjectError::io(path, error));
    let size = fs::metadata(path).map_err(failed)?.len();
    if size > MAX_SOURCE_BYTES as u64 {
        return Err(IntakeError::Import {
            path: path.to_owned(),
            cause: ImportError::TooLarge { bytes: size, limit: MAX_SOURCE_BYTES as u64 },
        });
    }
    let bytes = fs::read(path).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Candidate::new(&name, bytes, now).map_err(|cause| IntakeError::Import { path: path.to_owned(), cause })
}

impl Candidate {
    /// Reads the bytes of a file called `name` as a plan.
    pub fn new(name: &str, bytes: Vec<u8>, now: Timestamp) -> Result<Self, ImportError> {
        let Imported { text, layout, encoding, source_url, .. } =
            import::read(name, &bytes, &import::Options::default())?;
        let plan = plan::read(&text, &layout, &[]);
        let extension =
            Path::new(name).extension().map_or("txt".into(), |e| e.to_string_lossy().to_lowercase());
        let source = Source {
            file_name: name.to_owned(),
            extension,
            encoding,
            sha256: hex(&Sha256::digest(&bytes)),
            url: source_url,
            imported: now,
            unknown: Unknown::default(),
        };
        let record = PlanRecord {
            version: FORMAT_VERSION,
            id: PlanId::random(),
            metadata: plan.metadata.clone().into(),
            source,
            layout,
            corrections: Vec::new(),
            items: items(&plan),
            unknown: Unknown::default(),
        };
        Ok(Self { record, plan: Arc::new(plan), bytes: bytes.into() })
    }
}

/// Number of items of a plan, as the library shows it.
fn items(plan: &Plan) -> u32 {
    plan.outline.nodes.iter().filter(|node| node.kind == Kind::Item).count() as u32
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
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
}

impl Candidate {
    /// Writes the plan's folder: source, text, record, in this order, so that a folder with a record is
    /// complete.
    pub fn store(&self, folder: &Folder) -> Result<(), ProjectError> {
        let id = self.record.id;
        write_atomic(&folder.source(id, &self.record.source.extension), &self.bytes)?;
        write_atomic(&folder.text(id), self.plan.text.as_str().as_bytes())?;
        write_ron(&folder.record(id), &self.record).map(|_| ())
    }
}
