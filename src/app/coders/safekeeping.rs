//! Backups: looking at them, making one, putting one back. Locks: taking a coder's files over.

use super::CodersProblem;
use super::joining::SAVING;
use crate::app::{App, NoticeKind};
use crate::project::{Backup, Reason, backup};
use jiff::Timestamp;
use std::sync::Arc;

impl App {
    /// Looks for backups.
    pub(super) fn find_backups(&mut self) {
        let Some(project) = &self.project else { return };
        let folder = project.folder.clone();
        self.errand_on_files("backups", move || {
            let found = Arc::new(backup::list(&folder));
            Box::new(move |app: &mut Self| app.coders.backups = Some(found))
        });
    }

    /// Makes a backup now.
    pub(super) fn back_up(&mut self) {
        let Some(folder) = self.project.as_ref().map(|project| project.folder.clone()) else { return };
        if !self.flush(SAVING) {
            self.coders.problem = Some(CodersProblem::NotSaved);
            return;
        }
        self.errand_on_files("backup", move || {
            let made = Backup::make(&folder, Reason::ByHand, Timestamp::now());
            Box::new(move |app: &mut Self| match made {
                Ok(made) => {
                    app.coders.written = Some(made.path);
                    app.find_backups();
                }
                Err(error) => app.coders.problem = Some(CodersProblem::File(Arc::new(error))),
            })
        });
    }

    /// Puts the backup back that was asked about, and opens the project anew. What is there now is backed up
    /// first. Until then nothing is open, so that nothing can be edited that would be lost.
    pub(super) fn restore(&mut self) {
        let Some(backup) = self.coders.restoring.take() else { return };
        let Some(project) = &self.project else { return };
        if let Some(why) = project.is_read_only(&crate::project::File::Codebook) {
            return self.refuse(why);
        }
        let folder = project.folder.clone();
        if !self.flush(SAVING) {
            self.coders.problem = Some(CodersProblem::NotSaved);
            return;
        }
        let generation = self.begin_opening();
        self.project = None;
        self.plans.clear();
        self.jobs.restore(generation, folder, backup, self.coder());
    }

    /// Claims the files of the coder who annotates from now on, and tells where another window holds them.
    pub(in crate::app) fn claim_files(&mut self) {
        self.claim(false);
    }

    /// Takes the coder's files over from another window; it learns that it may no longer write.
    pub(super) fn take_over(&mut self) {
        self.claim(true);
    }

    fn claim(&mut self, take_over: bool) {
        let coder = self.coder();
        let Some(project) = &mut self.project else { return };
        project.claim(&coder, take_over, Timestamp::now());
        self.jobs.watch(self.generation, project);
        self.coders.reading_only = false;
        self.notices.retain(|notice| !matches!(notice.kind, NoticeKind::ReadOnly { .. }));
        self.tell_read_only();
    }

    /// The other window keeps the files: everything can be read here, edits are refused and say so.
    pub(super) fn go_on_reading(&mut self) {
        self.coders.reading_only = true;
        self.notices.retain(|notice| !matches!(notice.kind, NoticeKind::ReadOnly { .. }));
    }
}
