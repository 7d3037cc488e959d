//! Which files an import is about: those named, everything below folders, and what lies packed in zip archives.

use super::{IntakeError, name_of, read_bytes};
use crate::import::{ImportError, archive};
use crate::project::ProjectError;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Files of one import.
const MAX_FILES: usize = 100_000;

/// A file to be read.
pub(super) struct Task {
    /// Where it lies; for a file in an archive, the archive's path with the path inside it.
    pub(super) path: PathBuf,
    pub(super) content: Content,
}

/// Where its bytes are.
pub(super) enum Content {
    /// On disk.
    File,
    /// Unpacked from an archive.
    Packed(Vec<u8>),
    /// Nowhere: it failed already.
    Failed(IntakeError),
}

/// A file to import, or why a folder could not be looked into.
pub(super) type Found = Result<PathBuf, IntakeError>;

/// The files among `paths` and below the folders among them, each once, folders in name order. Left out are hidden
/// files, and the folders with pictures and scripts that browsers save beside a page. Links are followed once.
/// `go_on` is asked at every folder; `false` ends the search.
pub(super) fn files_below(paths: &[PathBuf], go_on: &dyn Fn() -> bool) -> Vec<Found> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    let mut todo: Vec<PathBuf> = paths.iter().rev().cloned().collect();
    while let Some(path) = todo.pop() {
        let identity = path.canonicalize().unwrap_or_else(|_| path.clone());
        if !seen.insert(identity) {
            continue;
        }
        if !path.is_dir() {
            found.push(Ok(path));
            continue;
        }
        if !go_on() {
            break;
        }
        if found.len() + todo.len() > MAX_FILES {
            found.push(Err(IntakeError::TooMany { path, limit: MAX_FILES }));
            break;
        }
        if path.join("project.ron").is_file() {
            found.push(Err(IntakeError::IsProject { path }));
            continue;
        }
        match inside(&path) {
            Ok(inside) => todo.extend(inside),
            Err(error) => found.push(Err(ProjectError::io(&path, error).into())),
        }
    }
    found
}

/// What is in a folder, last name first.
fn inside(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !name_of(&path).starts_with('.') {
            paths.push(path);
        }
    }
    let pages: HashSet<String> =
        paths.iter().filter(|path| is_page(path)).map(|path| stem_of(path)).collect();
    paths.retain(|path| !companion_of(path).is_some_and(|page| pages.contains(page) && path.is_dir()));
    paths.sort_by(|a, b| b.cmp(a));
    Ok(paths)
}

fn is_page(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    matches!(extension.as_deref(), Some("html" | "htm" | "xhtml" | "shtml"))
}

fn stem_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The page that a folder would hold the pictures of: `计划_files`, `计划.files`, `计划_文件` beside `计划.html`.
fn companion_of(path: &Path) -> Option<&str> {
    let name = path.file_name()?.to_str()?;
    ["_files", ".files", "_文件", "-Dateien"].iter().find_map(|end| name.strip_suffix(end))
}

/// Hands out what is to be read: the file, or the files packed in it. `false` from `put` ends it.
pub(super) fn unpack(path: PathBuf, put: &mut dyn FnMut(Task) -> bool) -> bool {
    if !is_zip(&path) {
        return put(Task { path, content: Content::File });
    }
    let bytes = match read_bytes(&path) {
        Ok(bytes) => bytes,
        Err(error) => return put(Task { path, content: Content::Failed(error) }),
    };
    if archive::is_document(&bytes) {
        return put(Task { path, content: Content::Packed(bytes) });
    }
    let failed = |path: &Path, cause: ImportError| {
        Content::Failed(IntakeError::Import { path: path.to_owned(), cause })
    };
    let entries = match archive::entries(&bytes) {
        Ok(entries) => entries,
        Err(cause) => {
            let content = failed(&path, cause);
            return put(Task { path, content });
        }
    };
    let mut any = false;
    for (name, content) in entries {
        any = true;
        let inside = path.join(&name);
        let content = match content {
            Ok(bytes) => Content::Packed(bytes),
            Err(cause) => failed(&inside, cause),
        };
        if !put(Task { path: inside, content }) {
            return false;
        }
    }
    if any {
        return true;
    }
    let content = failed(&path, ImportError::Empty);
    put(Task { path, content })
}

/// Whether a file is called an archive and looks like one. A docx is a zip too, but is read as one document.
fn is_zip(path: &Path) -> bool {
    let is_called = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    let begins = |path: &Path| {
        use std::io::Read;
        let mut head = [0; 4];
        fs::File::open(path)?.read_exact(&mut head)?;
        std::io::Result::Ok(archive::is_archive(&head))
    };
    is_called && path.is_file() && begins(path).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_searched_once_and_without_what_is_no_plan() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        };
        for name in [
            "乙.txt",
            "甲/丙.txt",
            "甲/.hidden",
            "页.html",
            "页_files/a.css",
            "other_files/丁.txt",
            "p/project.ron",
        ] {
            put(name);
        }
        let paths = [folder.path().to_owned(), folder.path().join("乙.txt"), folder.path().join("gone.txt")];
        let found = files_below(&paths, &|| true);
        let names: Vec<String> = found
            .iter()
            .map(|found| match found {
                Ok(path) => path.strip_prefix(folder.path()).unwrap().display().to_string(),
                Err(IntakeError::IsProject { path }) => format!("project {}", name_of(path)),
                Err(other) => other.to_string(),
            })
            .collect();
        assert_eq!(names, ["other_files/丁.txt", "project p", "乙.txt", "甲/丙.txt", "页.html", "gone.txt"]);
    }
}
