//! Reading and writing single files: pretty RON with a `version`, whole or not at all.

use super::{Cause, ProjectError};
use ron::ser::PrettyConfig;
use serde::{Serialize, de::DeserializeOwned};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The newest version of the project's file formats that this program writes and reads.
pub const FORMAT_VERSION: u32 = 1;

/// Only the version of a file, whatever else it holds.
#[derive(serde::Deserialize)]
struct Versioned {
    version: u32,
}

/// A record as a file holds it: pretty RON, two blanks a level, LF, a final line end. Strings stay readable
/// (line ends in notes are written as `\n`, so that no tool that converts line ends can change a note).
pub fn to_ron<T: Serialize>(record: &T) -> Result<String, String> {
    let pretty = PrettyConfig::new().new_line("\n").indentor("  ").struct_names(false);
    let mut out = ron::ser::to_string_pretty(record, pretty).map_err(|error| error.to_string())?;
    out.push('\n');
    Ok(out)
}

/// Reads a record from the words of a file.
pub fn from_ron<T: DeserializeOwned>(content: &str) -> Result<T, Cause> {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let damaged = |error: ron::error::SpannedError| Cause::Damaged(format!("{error}"));
    match ron::from_str::<T>(content) {
        Ok(record) => {
            let Versioned { version } = ron::from_str(content).map_err(damaged)?;
            check_version(version)?;
            Ok(record)
        }
        Err(error) => {
            if let Ok(Versioned { version }) = ron::from_str(content) {
                check_version(version)?;
            }
            Err(damaged(error))
        }
    }
}

fn check_version(found: u32) -> Result<(), Cause> {
    if found > FORMAT_VERSION { Err(Cause::Newer { found, known: FORMAT_VERSION }) } else { Ok(()) }
}

/// Reads a RON file.
pub fn read_ron<T: DeserializeOwned>(path: &Path) -> Result<T, ProjectError> {
    let content = fs::read(path).map_err(|error| ProjectError::io(path, error))?;
    let content = String::from_utf8(content).map_err(|error| {
        ProjectError::new(path, Cause::Damaged(format!("byte {}", error.utf8_error().valid_up_to())))
    })?;
    from_ron(&content).map_err(|cause| ProjectError::new(path, cause))
}

/// Writes a file whole or not at all: temp file beside it, fsync, rename, fsync of the folder. Makes the
/// folder where it is missing.
pub fn write_atomic(path: &Path, content: &[u8]) -> Result<(), ProjectError> {
    let write = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = atomic_write_file::AtomicWriteFile::open(path)?;
        file.write_all(content)?;
        file.commit()
    };
    write().map_err(|error| ProjectError::io(path, error))
}

/// Writes a record as pretty RON, whole or not at all.
pub fn write_ron<T: Serialize>(path: &Path, record: &T) -> Result<(), ProjectError> {
    let content = to_ron(record).map_err(|error| ProjectError::new(path, Cause::Damaged(error)))?;
    write_atomic(path, content.as_bytes())
}

/// Keeps a damaged file under a new name beside it (`plan.ron` → `plan.ron.damaged`, `…damaged-2`) and tells
/// that name. The file itself stays where it is until something is written in its place.
pub fn keep_aside(path: &Path) -> Result<PathBuf, ProjectError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let free = (1..).map(|n| if n == 1 { format!("{name}.damaged") } else { format!("{name}.damaged-{n}") });
    let aside = free.map(|name| path.with_file_name(name)).find(|aside| !aside.exists());
    let aside = aside.unwrap_or_else(|| path.with_extension("damaged"));
    fs::copy(path, &aside).map_err(|error| ProjectError::io(path, error))?;
    Ok(aside)
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
    }

    #[test]
    fn a_newer_file_and_a_damaged_one_are_told_apart() {
        assert!(matches!(
            from_ron::<Record>("(version: 2, note: \"\")"),
            Err(Cause::Newer { found: 2, known: 1 })
        ));
        assert!(matches!(
            from_ron::<Record>("(version: 9, other: 1)"),
            Err(Cause::Newer { found: 9, known: 1 })
        ));
        assert!(matches!(from_ron::<Record>("(version: 1, not"), Err(Cause::Damaged(_))));
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
}
