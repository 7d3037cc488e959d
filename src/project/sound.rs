//! The newest backup that holds a sound copy of one damaged file, and what that copy would bring back.
//!
//! Whole backups are put back by `backup`; this is for the one file that is damaged while the rest is fine. What
//! comes back is a change set like any other, so that undo takes it away again. Not here: finding damage (see
//! `study` and `check`), mending a folder without a window (see `repair`).

use super::backup::{self, Backup};
use super::disk::{self, write_ron};
use super::join::changes_from;
use super::outside::Image;
use super::{Change, File, Folder, Manifest, PlanRecord, Project, ProjectError, bundle};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a sound copy of a damaged file brings back.
#[derive(Clone, Debug)]
pub struct BroughtBack {
    /// Where it comes from.
    pub backup: Backup,
    /// What changes, as one change set. Where a plan comes back, its folder waits in the trash.
    pub changes: Vec<Change>,
    /// `project.ron`, where that was damaged: written already.
    pub manifest: Option<Manifest>,
}

/// The newest backup in which `read` makes sense of the file of this name.
pub(super) fn in_backups<T>(
    folder: &Folder,
    name: &str,
    read: impl Fn(&[u8]) -> Option<T>,
) -> Option<(Backup, T)> {
    backup::list(folder).into_iter().find_map(|backup| {
        let content = backup.open().ok()?.read(name).ok()??;
        Some((backup, read(&content)?))
    })
}

/// What a file holds in the newest backup that has it whole.
pub(super) fn image_in_backups(folder: &Folder, file: &File) -> Option<(Backup, Image)> {
    let name = bundle::name_of(folder, &folder.path(file));
    in_backups(folder, &name, |content| Image::parse(file, content).ok().map(|loaded| loaded.record))
}

/// `project.ron` in the newest backup that has it whole, and not of a newer version.
pub(super) fn manifest_in_backups(folder: &Folder) -> Option<(Backup, Manifest)> {
    in_backups(folder, "project.ron", |content| {
        disk::loaded::<Manifest>(content).ok().filter(|loaded| !loaded.is_newer()).map(|loaded| loaded.record)
    })
}

/// The file that a damaged copy was kept aside from: `张三.ron.damaged-2` → `张三.ron`. Another path is given back
/// as it is.
pub fn damaged_original(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_number = |rest: &str| rest.chars().all(|c| c.is_ascii_digit() || c == '-');
    match name.rsplit_once(".damaged") {
        Some((stem, rest)) if is_number(rest) => path.with_file_name(stem),
        _ => path.to_owned(),
    }
}

/// The newest backup with a sound copy of a damaged file; `path` is the file itself or the copy kept aside.
pub fn sound_backup(folder: &Folder, path: &Path) -> Option<Backup> {
    let name = bundle::name_of(folder, &damaged_original(path));
    if name == "project.ron" {
        return manifest_in_backups(folder).map(|(backup, _)| backup);
    }
    image_in_backups(folder, &bundle::file_of(&name)?).map(|(backup, _)| backup)
}

impl Project {
    /// Works out what the newest sound copy of a damaged file brings back; `None` where no backup has one. `path`
    /// is the file or the copy kept aside; `is_lost`: nothing of the file could be read. Annotations and links
    /// made since stay; of the codebook what was read or made since stays, unless it is lost whole.
    pub fn bring_back(&self, path: &Path, is_lost: bool) -> Result<Option<BroughtBack>, ProjectError> {
        let folder = &self.folder;
        let name = bundle::name_of(folder, &damaged_original(path));
        if name == "project.ron" {
            let Some((backup, manifest)) = manifest_in_backups(folder) else { return Ok(None) };
            write_ron(&folder.manifest(), &manifest)?;
            return Ok(Some(BroughtBack { backup, changes: Vec::new(), manifest: Some(manifest) }));
        }
        let found = bundle::file_of(&name).and_then(|file| Some((image_in_backups(folder, &file)?, file)));
        let Some(((backup, image), file)) = found else { return Ok(None) };
        let changes = match (&file, image) {
            (File::Codebook, Image::Codebook(after)) if is_lost => {
                vec![Change::Codebook { before: self.codebook.clone(), after }]
            }
            (File::Record(id), Image::Record(record)) if !self.plans.contains_key(id) => {
                let record = Arc::new(PlanRecord { id: *id, ..(*record).clone() });
                write_ron(&folder.record(*id), &*record)?;
                folder.free_in_trash(*id)?;
                folder.to_trash(*id)?;
                vec![Change::Presence { record, present: true }]
            }
            (_, image) => changes_from(self, &folder.path(&file), file, image),
        };
        Ok(Some(BroughtBack { backup, changes, manifest: None }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_kept_aside_tells_what_it_is_a_copy_of() {
        for (aside, original) in [
            ("a/张三.ron.damaged", "a/张三.ron"),
            ("a/张三.ron.damaged-2", "a/张三.ron"),
            ("a/张三.ron", "a/张三.ron"),
            ("a/李.damaged.ron", "a/李.damaged.ron"),
        ] {
            assert_eq!(damaged_original(Path::new(aside)), Path::new(original));
        }
    }
}
