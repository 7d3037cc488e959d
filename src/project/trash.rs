//! Plans that were removed: their folders lie in `trash/`, sources, annotations and all, and can be put back.

use super::disk::load;
use super::{Folder, PlanId, PlanRecord, ProjectError};
use std::fs;
use std::path::{Path, PathBuf};
use uuid::Uuid;

impl Folder {
    /// `trash/`
    pub fn trash(&self) -> PathBuf {
        self.root().join("trash")
    }

    /// `trash/<id>/`
    pub fn trashed(&self, id: PlanId) -> PathBuf {
        self.trash().join(id.0.to_string())
    }

    /// Moves the folder of a plan to the trash. Nothing is deleted.
    pub fn to_trash(&self, id: PlanId) -> Result<(), ProjectError> {
        let trash = self.trash();
        fs::create_dir_all(&trash).map_err(|error| ProjectError::io(&trash, error))?;
        move_folder(&self.plan(id), &self.trashed(id))
    }

    /// The place of a plan in the trash, with nothing there: what lies there already is kept under another name.
    pub fn free_in_trash(&self, id: PlanId) -> Result<PathBuf, ProjectError> {
        let place = self.trashed(id);
        if place.exists() {
            let names = (1_u32..).map(|n| self.trash().join(format!("{} replaced {n}", id.0)));
            if let Some(aside) = names.into_iter().find(|aside| !aside.exists()) {
                move_folder(&place, &aside)?;
            }
        }
        Ok(place)
    }

    /// Moves it back.
    pub fn from_trash(&self, id: PlanId) -> Result<(), ProjectError> {
        move_folder(&self.trashed(id), &self.plan(id))
    }

    /// The plans in the trash. What cannot be read there is passed over: it stays where it is.
    pub fn read_trash(&self) -> Vec<PlanRecord> {
        let Ok(entries) = fs::read_dir(self.trash()) else { return Vec::new() };
        let ids = entries.flatten().filter_map(|entry| entry.file_name().to_string_lossy().parse().ok());
        let record = |id: Uuid| {
            let loaded = load::<PlanRecord>(&self.trashed(PlanId(id)).join("plan.ron")).ok()?;
            Some(PlanRecord { id: PlanId(id), ..loaded.record })
        };
        let mut records: Vec<_> = ids.filter_map(record).collect();
        records.sort_by_cached_key(PlanRecord::place_in_library);
        records
    }
}

/// On one disk this is a change of name, whole or not at all.
fn move_folder(from: &Path, to: &Path) -> Result<(), ProjectError> {
    fs::rename(from, to).map_err(|error| ProjectError::io(from, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::create_sample;
    use jiff::Timestamp;

    #[test]
    fn a_plan_goes_to_the_trash_whole_and_comes_back_whole() {
        let home = tempfile::tempdir().unwrap();
        let project = create_sample(&home.path().join("sample"), "样本", Timestamp::now()).unwrap();
        let (folder, id) = (&project.folder, *project.plans.keys().next().unwrap());
        let text = fs::read(folder.text(id)).unwrap();
        folder.to_trash(id).unwrap();
        assert!(!folder.plan(id).exists());
        assert_eq!(folder.read_trash().iter().map(|record| record.id).collect::<Vec<_>>(), [id]);
        assert!(folder.to_trash(id).is_err(), "what is not there cannot go");
        folder.from_trash(id).unwrap();
        assert_eq!(fs::read(folder.text(id)).unwrap(), text);
        assert!(folder.read_trash().is_empty());
    }

    #[test]
    fn what_lies_in_the_trash_is_not_written_over() {
        let home = tempfile::tempdir().unwrap();
        let (folder, id) = (Folder::new(home.path()), PlanId::random());
        for n in 1..=2 {
            let place = folder.free_in_trash(id).unwrap();
            assert_eq!(place, folder.trashed(id));
            fs::create_dir_all(&place).unwrap();
            fs::write(place.join("text.txt"), format!("{n}")).unwrap();
        }
        let aside = folder.trash().join(format!("{} replaced 1", id.0));
        assert_eq!(fs::read_to_string(aside.join("text.txt")).unwrap(), "1");
        assert_eq!(fs::read_to_string(folder.trashed(id).join("text.txt")).unwrap(), "2");
    }
}
