//! The files of a project wherever they lie: in a folder, or in a zip (a backup, or what a colleague mailed).
//!
//! Names are relative to the project and parted by `/`: `plans/<id>/plan.ron`. Not here: what the files say.

use super::{Cause, File, Folder, PlanId, ProjectError, conflict};
use crate::annotation::Coder;
use crate::import::archive;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};
use uuid::Uuid;

/// The files of a project, to be read.
#[derive(Debug)]
pub struct Bundle {
    origin: PathBuf,
    files: Files,
}

#[derive(Debug)]
enum Files {
    Folder,
    Packed(BTreeMap<String, Vec<u8>>),
}

impl Bundle {
    /// The project in a folder, or in a zip that holds one (in a folder of its own too, as zips often do).
    pub fn open(path: &Path) -> Result<Self, ProjectError> {
        let origin = path.to_owned();
        if path.is_dir() {
            return Ok(Self { origin, files: Files::Folder });
        }
        let bytes = fs::read(path).map_err(|error| ProjectError::io(path, error))?;
        let damaged = |what: String| ProjectError::new(path, Cause::Damaged(what));
        let mut files = BTreeMap::new();
        for (name, content) in archive::entries(&bytes).map_err(|error| damaged(error.to_string()))? {
            let content = content.map_err(|error| damaged(format!("{name}: {error}")))?;
            files.insert(name, content);
        }
        let marker = |name: &&String| name.rsplit('/').next() == Some("project.ron");
        let top = files.keys().filter(marker).min_by_key(|name| name.len());
        let Some(top) = top.map(|name| name[..name.len() - "project.ron".len()].to_owned()) else {
            return Err(ProjectError::new(path, Cause::NotAProject));
        };
        let files = files.into_iter().filter_map(|(name, content)| {
            let inside = name.strip_prefix(&top)?.to_owned();
            Some((inside, content))
        });
        Ok(Self { origin, files: Files::Packed(files.collect()) })
    }

    /// The folder or zip.
    pub fn origin(&self) -> &Path {
        &self.origin
    }

    /// Names of the small files that people's work lies in, in order: records, codebook, annotations, notes,
    /// links; with the copies that sync tools left beside them.
    pub fn records(&self) -> Result<Vec<String>, ProjectError> {
        let mut names = match &self.files {
            Files::Folder => records_below(&self.origin)?,
            Files::Packed(files) => files.keys().filter(|name| is_record(name)).cloned().collect(),
        };
        names.sort();
        Ok(names)
    }

    /// What a file holds; `None` where it is not there.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ProjectError> {
        match &self.files {
            Files::Packed(files) => Ok(files.get(name).cloned()),
            Files::Folder => {
                let path = self.path(name);
                match fs::read(&path) {
                    Ok(content) => Ok(Some(content)),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                    Err(error) => Err(ProjectError::io(&path, error)),
                }
            }
        }
    }

    /// The path to tell people: of the file in the folder, or within the zip.
    pub fn path(&self, name: &str) -> PathBuf {
        name.split('/').fold(self.origin.clone(), |path, part| path.join(part))
    }
}

/// Which file of the project a name stands for; `None` for `project.ron`, sources, and all else.
pub(super) fn file_of(name: &str) -> Option<File> {
    let coder = |file: &str| {
        let stem = file.strip_suffix(".ron")?;
        let hidden = stem.is_empty() || file.starts_with('.') || conflict::original_of(file).is_some();
        (!hidden).then(|| Coder::new(stem))
    };
    let plan = |id: &str| id.parse::<Uuid>().ok().map(PlanId);
    match *name.split('/').collect::<Vec<_>>() {
        ["codebook.ron"] => Some(File::Codebook),
        ["notes", file] => coder(file).map(File::Notes),
        ["links", file] => coder(file).map(File::Links),
        ["plans", id, "plan.ron"] => plan(id).map(File::Record),
        ["plans", id, "annotations", file] => Some(File::Sheet(plan(id)?, coder(file)?)),
        _ => None,
    }
}

/// Whether people's work lies in the file of this name.
fn is_record(name: &str) -> bool {
    let is_ron = Path::new(name).extension().is_some_and(|extension| extension == "ron");
    let parts: Vec<&str> = name.split('/').collect();
    let place = match parts.as_slice() {
        ["notes" | "links", _] | ["plans", _, _] | ["plans", _, "annotations", _] => true,
        // Conflict copies of the codebook lie beside it; settings of other programs do not count.
        [file] => file.starts_with("project") || file.starts_with("codebook"),
        _ => false,
    };
    is_ron && place && parts.iter().all(|part| !part.starts_with('.'))
}

fn records_below(root: &Path) -> Result<Vec<String>, ProjectError> {
    let mut names = Vec::new();
    list(root, "", &mut names)?;
    for folder in ["notes", "links"] {
        list(&root.join(folder), folder, &mut names)?;
    }
    let plans = root.join("plans");
    for plan in entries(&plans)? {
        let Some(name) = plan.file_name().to_str().map(str::to_owned) else { continue };
        list(&plan.path(), &format!("plans/{name}"), &mut names)?;
        list(&plan.path().join("annotations"), &format!("plans/{name}/annotations"), &mut names)?;
    }
    Ok(names)
}

/// Adds the names of the records in one folder.
fn list(folder: &Path, name: &str, names: &mut Vec<String>) -> Result<(), ProjectError> {
    for entry in entries(folder)? {
        let Some(file) = entry.file_name().to_str().map(str::to_owned) else { continue };
        let name = if name.is_empty() { file } else { format!("{name}/{file}") };
        if is_record(&name) {
            names.push(name);
        }
    }
    Ok(())
}

/// What lies in a folder; nothing where it is not there, or is a file.
pub(super) fn entries(folder: &Path) -> Result<Vec<fs::DirEntry>, ProjectError> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries.flatten().collect()),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(Vec::new())
        }
        Err(error) => Err(ProjectError::io(folder, error)),
    }
}

/// The name of a path within the project: `plans/<id>/plan.ron`.
pub(super) fn name_of(folder: &Folder, path: &Path) -> String {
    let inside = path.strip_prefix(folder.root()).unwrap_or(path);
    inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_a_file_is() {
        let id = PlanId(Uuid::from_u128(7));
        let plan = format!("plans/{}", id.0);
        let cases = [
            ("codebook.ron".to_owned(), Some(File::Codebook)),
            ("project.ron".into(), None),
            ("notes/张三.ron".into(), Some(File::Notes(Coder::new("张三")))),
            (format!("{plan}/plan.ron"), Some(File::Record(id))),
            (format!("{plan}/annotations/张三.ron"), Some(File::Sheet(id, Coder::new("张三")))),
            (format!("{plan}/annotations/张三 (conflicted copy).ron"), None),
            (format!("{plan}/annotations/.张三.ron.Ab12"), None),
            ("plans/elsewhere/plan.ron".into(), None),
            ("backups/codebook.ron".into(), None),
        ];
        let folder = Folder::new("/p");
        for (name, expect) in cases {
            let file = file_of(&name);
            assert_eq!(file, expect, "{name}");
            if let Some(file) = file {
                assert_eq!(name_of(&folder, &folder.path(&file)), name);
            }
        }
    }

    #[test]
    fn peoples_work_is_told_from_all_else() {
        for name in ["project.ron", "codebook (冲突).ron", "plans/x/plan.ron", "plans/x/annotations/甲.ron"]
        {
            assert!(is_record(name), "{name}");
        }
        for name in ["plans/x/text.txt", "backups/x.ron", "locks/甲.ron", "plans/x/.plan.ron", "notes.txt"] {
            assert!(!is_record(name), "{name}");
        }
    }
}
