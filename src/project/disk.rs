//! Reading and writing single files: versioned RON, whole or not at all. What RON looks like here is in
//! `notation`; how older versions are lifted, in `migrate`.

use super::migrate::{self, FORMAT_VERSION, Stored};
use super::notation::{to_ron, too_deep};
use super::{Cause, ProjectError};
use serde::{Serialize, de::DeserializeOwned};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Only the version of a file, whatever else it holds.
#[derive(serde::Deserialize)]
struct Versioned {
    version: u32,
}

/// What a file held, to see whether it changed. Not stored: it differs between builds of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(u64, u64);

impl Digest {
    /// The digest of these bytes.
    pub fn of(content: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        content.hash(&mut hasher);
        Self(content.len() as u64, hasher.finish())
    }
}

/// A record as read from a file.
#[derive(Debug)]
pub struct Loaded<T> {
    /// The record, lifted to the present version.
    pub record: T,
    /// The version of the file.
    pub version: u32,
    /// What the file held.
    pub digest: Digest,
}

impl<T> Loaded<T> {
    /// The same with another record.
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Loaded<U> {
        Loaded { record: change(self.record), version: self.version, digest: self.digest }
    }

    /// Whether a newer version of the program wrote the file: it must not be written by this one.
    pub fn is_newer(&self) -> bool {
        self.version > FORMAT_VERSION
    }

    /// Whether the file has an older version and was lifted.
    pub fn is_older(&self) -> bool {
        self.version < FORMAT_VERSION
    }
}

/// Reads a record from the words of a file. A file of a newer version is an error here.
pub fn from_ron<T: DeserializeOwned>(content: &str) -> Result<T, Cause> {
    let (version, record) = parse(content, &[])?;
    if version > FORMAT_VERSION { Err(newer(version)) } else { Ok(record) }
}

/// Reads a record of the project. Also one of a newer version, as far as this program understands it.
pub fn load<T: Stored>(path: &Path) -> Result<Loaded<T>, ProjectError> {
    let bytes = fs::read(path).map_err(|error| ProjectError::io(path, error))?;
    loaded(&bytes).map_err(|cause| ProjectError::new(path, cause))
}

/// Reads a record of the project from the bytes of its file.
pub fn loaded<T: Stored>(bytes: &[u8]) -> Result<Loaded<T>, Cause> {
    let (version, record) = parse(utf8(bytes)?, &T::STEPS)?;
    Ok(Loaded { record, version, digest: Digest::of(bytes) })
}

/// Reads a RON file that is not part of a project (settings).
pub fn read_ron<T: DeserializeOwned>(path: &Path) -> Result<T, ProjectError> {
    let bytes = fs::read(path).map_err(|error| ProjectError::io(path, error))?;
    utf8(&bytes).and_then(from_ron).map_err(|cause| ProjectError::new(path, cause))
}

fn utf8(bytes: &[u8]) -> Result<&str, Cause> {
    std::str::from_utf8(bytes).map_err(|error| Cause::Damaged(format!("byte {}", error.valid_up_to())))
}

fn newer(found: u32) -> Cause {
    Cause::Newer { found, known: FORMAT_VERSION }
}

/// The version of a file, and its record.
fn parse<T: DeserializeOwned>(content: &str, steps: &[Option<migrate::Step>]) -> Result<(u32, T), Cause> {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    if let Some(byte) = too_deep(content) {
        return Err(Cause::Damaged(format!("byte {byte}: brackets nested too deep")));
    }
    let damaged = |error: ron::error::SpannedError| Cause::Damaged(format!("{error}"));
    let version = version_of(content).map_err(damaged)?;
    if version == 0 {
        return Err(Cause::Damaged("its version, which is 0".to_owned()));
    }
    let lifted = migrate::lift(content, version, steps).map_err(Cause::Damaged)?;
    match ron::from_str::<T>(&lifted) {
        Ok(record) => Ok((version, record)),
        Err(_) if version > FORMAT_VERSION => Err(newer(version)),
        Err(error) => Err(damaged(error)),
    }
}

/// The version of a file: taken from its first line where it stands there, as it does in every file this
/// program writes, so that a large file is not read twice.
fn version_of(content: &str) -> Result<u32, ron::error::SpannedError> {
    let first = content.strip_prefix("(\n  version: ").and_then(|rest| rest.split_once(','));
    match first.and_then(|(version, _)| version.parse().ok()) {
        Some(version) => Ok(version),
        None => ron::from_str::<Versioned>(content).map(|file| file.version),
    }
}

/// Writes a file whole or not at all: temp file beside it, fsync, rename, fsync of the folder. Makes the
/// folder where it is missing.
pub fn write_atomic(path: &Path, content: &[u8]) -> Result<(), ProjectError> {
    let write = || -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = atomic_write_file::AtomicWriteFile::open(path)?;
        file.write_all(content)?;
        // Syncs the file before the rename and the folder after it.
        file.commit()
    };
    write().map_err(|error| ProjectError::io(path, error))
}

/// Writes a record as pretty RON, whole or not at all; tells what the file holds now.
pub fn write_ron<T: Serialize>(path: &Path, record: &T) -> Result<Digest, ProjectError> {
    let content = to_ron(record).map_err(|error| ProjectError::new(path, Cause::Damaged(error)))?;
    write_atomic(path, content.as_bytes())?;
    Ok(Digest::of(content.as_bytes()))
}

/// Keeps a copy of a damaged file under a new name beside it (`plan.ron` → `plan.ron.damaged`, `…damaged-2`)
/// and tells that name. Where such a copy is there already, it is taken.
pub fn keep_aside(path: &Path) -> Result<PathBuf, ProjectError> {
    let failed = |error| ProjectError::io(path, error);
    let content = fs::read(path).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for number in 1.. {
        let suffix = if number == 1 { String::new() } else { format!("-{number}") };
        let aside = path.with_file_name(format!("{name}.damaged{suffix}"));
        match fs::read(&aside) {
            Ok(kept) if kept == content => return Ok(aside),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                write_atomic(&aside, &content)?;
                return Ok(aside);
            }
            Err(error) => return Err(failed(error)),
        }
    }
    Err(failed(io::ErrorKind::AlreadyExists.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Record {
        version: u32,
        note: String,
    }

    #[test]
    fn a_record_survives_the_file() {
        let record = Record { version: 1, note: "第一行\n“第二行”\t\\".to_owned() };
        let content = to_ron(&record).unwrap();
        assert!(!content.contains('\r') && content.ends_with(")\n"));
        assert_eq!(from_ron::<Record>(&content).unwrap(), record);
        assert_eq!(from_ron::<Record>(&format!("\u{feff}{content}")).unwrap(), record);
        let other_layout = "// by hand\n(note: \"第一行\\n“第二行”\\t\\\\\", version: 1)";
        assert_eq!(from_ron::<Record>(other_layout).unwrap(), record);
    }

    #[test]
    fn a_newer_file_and_a_damaged_one_are_told_apart() {
        let newer = |content| matches!(from_ron::<Record>(content), Err(Cause::Newer { known: 1, .. }));
        assert!(newer("(version: 2, note: \"\")"));
        assert!(newer("(version: 9, other: 1)"));
        assert!(matches!(from_ron::<Record>("(version: 1, not"), Err(Cause::Damaged(_))));
        let deep = format!("(version: 1, note: {})", "(".repeat(100_000));
        assert!(matches!(from_ron::<Record>(&deep), Err(Cause::Damaged(_))));
    }

    #[test]
    fn a_failed_write_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.ron");
        write_atomic(&path, b"one").unwrap();
        write_atomic(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(write_atomic(&path.join("below-a-file.ron"), b"x").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no temp file stays");
    }

    #[test]
    fn a_damaged_file_is_kept_aside_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        fs::write(&path, "first").unwrap();
        assert_eq!(keep_aside(&path).unwrap(), keep_aside(&path).unwrap());
        fs::write(&path, "second").unwrap();
        assert!(keep_aside(&path).unwrap().ends_with("plan.ron.damaged-2"));
        assert_eq!(fs::read_to_string(folder.path().join("plan.ron.damaged")).unwrap(), "first");
    }
}
