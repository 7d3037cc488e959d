//! Damaged files of this session: which backup has a sound copy of each, and taking it from there.

use super::CodersProblem;
use super::joining::SAVING;
use crate::app::{App, ChangeSet, EditName, NoticeKind};
use crate::project::{
    Backup, BroughtBack, Cause, File, ProjectError, ReadOnly, damaged_original, sound_backup,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A damaged file, and what can be done about it.
#[derive(Clone, Debug)]
pub struct Damage {
    /// Which copy was kept aside, and what is wrong.
    pub problem: Arc<ProjectError>,
    /// Where a sound copy is.
    pub remedy: Remedy,
}

/// What can be done about a damaged file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Not looked for yet.
    Unknown,
    /// Being looked for.
    Looking,
    /// No backup holds a sound copy.
    None,
    /// The newest backup that holds one.
    Backup(Backup),
    /// It was brought back from this one.
    Done(Backup),
}

impl Damage {
    pub(in crate::app) fn new(problem: Arc<ProjectError>) -> Self {
        Self { problem, remedy: Remedy::Unknown }
    }

    /// Name of the file that was damaged.
    pub fn file_name(&self) -> String {
        let path = damaged_original(&self.problem.path);
        path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Whether the file is damaged, and not out of reach or a copy of a sync tool.
    pub fn is_damage(&self) -> bool {
        matches!(self.problem.cause, Cause::Damaged(_) | Cause::PartlyDamaged { .. })
    }
}

impl App {
    /// Looks in the background which backups have sound copies of what was found damaged.
    pub(in crate::app) fn follow_damage(&mut self) {
        let Some(project) = &self.project else { return };
        let is_open = |damage: &&mut Damage| damage.remedy == Remedy::Unknown && damage.is_damage();
        let mut paths = Vec::new();
        for damage in self.coders.damaged.iter_mut().filter(is_open) {
            damage.remedy = Remedy::Looking;
            paths.push(damage.problem.path.clone());
        }
        if paths.is_empty() {
            return;
        }
        let folder = project.folder.clone();
        self.errand("sound copies", move || {
            let look = |path: PathBuf| {
                let found = sound_backup(&folder, &path).map_or(Remedy::None, Remedy::Backup);
                (path, found)
            };
            let found: Vec<_> = paths.into_iter().map(look).collect();
            Box::new(move |app: &mut Self| {
                for (path, remedy) in found {
                    app.settle_damage(&path, &remedy);
                }
            })
        });
    }

    fn settle_damage(&mut self, path: &Path, remedy: &Remedy) {
        for damage in self.coders.damaged.iter_mut().filter(|damage| damage.problem.path == *path) {
            damage.remedy = remedy.clone();
        }
    }

    /// Takes a damaged file (by the copy kept aside) from the newest backup that has it whole, as one edit.
    pub(super) fn bring_back(&mut self, path: PathBuf) {
        let damage = self.coders.damaged.iter().find(|damage| damage.problem.path == path);
        let Some((damage, project)) = damage.zip(self.project.as_ref()) else { return };
        if project.plans.values().any(|entry| entry.sheets.is_none()) {
            self.coders.problem = Some(CodersProblem::StillReading);
            return;
        }
        if let Some(why) = project.is_read_only(&File::Codebook) {
            return self.refuse(why);
        }
        let is_lost = matches!(damage.problem.cause, Cause::Damaged(_));
        let (project, name) = (project.clone(), damage.file_name());
        if !self.flush(SAVING) {
            self.coders.problem = Some(CodersProblem::NotSaved);
            return;
        }
        self.errand_on_files("bring back", move || {
            let brought = project.bring_back(&path, is_lost);
            Box::new(move |app: &mut Self| match brought {
                Ok(brought) => app.brought_back(&path, name, brought),
                Err(error) => app.coders.problem = Some(CodersProblem::File(Arc::new(error))),
            })
        });
    }

    fn brought_back(&mut self, path: &Path, name: String, brought: Option<BroughtBack>) {
        let Some(BroughtBack { backup, changes, manifest }) = brought else {
            return self.settle_damage(path, &Remedy::None);
        };
        if let Some((project, manifest)) = self.project.as_mut().zip(manifest) {
            project.manifest = manifest;
        }
        // Where nothing is missing there is nothing to take back.
        if changes.is_empty() || self.do_set(ChangeSet { name: EditName::BringBack(name), changes }) {
            self.settle_damage(path, &Remedy::Done(backup));
            let is_of_it =
                |kind: &NoticeKind| matches!(kind, NoticeKind::Damaged(problem) if problem.path == *path);
            self.notices.retain(|notice| !is_of_it(&notice.kind));
        }
    }

    /// Says that an edit was not made because the project is open for reading only.
    pub(in crate::app) fn refuse(&mut self, why: ReadOnly) {
        self.notify(NoticeKind::ReadOnly { why, refused: true });
    }
}
