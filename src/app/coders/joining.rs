//! Bringing in a colleague's folder, zip or file, and the conflict copies of sync tools: worked out and shown
//! first, carried out after a backup as one edit that can be taken back.

use super::CodersProblem;
use crate::app::jobs::Then;
use crate::app::{App, ChangeSet, EditName, SaveStatus};
use crate::project::{Backup, ConflictCopy, Joining, Project, ProjectError, Reason, conflict_copies};
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How long a backup waits for the last edits to be on disk. They are there within milliseconds, unless the
/// disk refuses.
pub(super) const SAVING: Duration = Duration::from_millis(500);

/// What a colleague's work would bring.
#[derive(Debug)]
pub struct Proposed {
    /// The work, and the report of it.
    pub joining: Joining,
    /// The conflict copy it comes from, if it does.
    pub copy: Option<ConflictCopy>,
}

impl App {
    pub(super) fn bring(&mut self, path: PathBuf) {
        self.propose_joining(None, move |project| project.join(&path));
    }

    pub(super) fn bring_copy(&mut self, copy: ConflictCopy) {
        let theirs = copy.clone();
        self.propose_joining(Some(copy), move |project| project.join_copy(&theirs));
    }

    fn propose_joining(
        &mut self,
        copy: Option<ConflictCopy>,
        join: impl FnOnce(&Project) -> Result<Joining, ProjectError> + Send + 'static,
    ) {
        let Some(project) = self.project.clone() else { return };
        self.coders.proposed = None;
        self.coders.joined = None;
        self.errand_on_files("join", move || {
            let joining = join(&project);
            Box::new(move |app: &mut Self| match joining {
                Ok(joining) => app.coders.proposed = Some(Arc::new(Proposed { joining, copy })),
                Err(error) => app.coders.problem = Some(CodersProblem::File(Arc::new(error))),
            })
        });
    }

    /// Backs up, stores the new plans in the trash, then makes the edit, which takes them out of there.
    pub(super) fn carry_out_joining(&mut self) {
        let Some((proposed, project)) = self.coders.proposed.clone().zip(self.project.as_ref()) else {
            return;
        };
        if project.plans.values().any(|entry| entry.sheets.is_none()) {
            self.coders.problem = Some(CodersProblem::StillReading);
            return;
        }
        let folder = project.folder.clone();
        if !self.flush(SAVING) {
            self.coders.problem = Some(CodersProblem::NotSaved);
            return;
        }
        self.errand_on_files("join", move || {
            let stored = Backup::make(&folder, Reason::Merge, Timestamp::now())
                .and_then(|_| proposed.joining.new_plans.iter().try_for_each(|plan| plan.store(&folder)));
            Box::new(move |app: &mut Self| match stored {
                Ok(()) => app.join_in(&proposed),
                Err(error) => app.coders.problem = Some(CodersProblem::File(Arc::new(error))),
            })
        });
    }

    /// The edit itself: everything is stored and backed up.
    fn join_in(&mut self, proposed: &Proposed) {
        let Some(project) = &mut self.project else { return };
        for plan in &proposed.joining.new_plans {
            project.expect_without_annotations(plan.record.id);
        }
        let origin = &proposed.joining.report.origin;
        let name = origin.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let set = ChangeSet { name: EditName::Join(name), changes: proposed.joining.change_set() };
        if set.changes.is_empty() || self.do_set(set) {
            self.coders.joined = Some(Arc::new(proposed.joining.report.clone()));
            self.coders.proposed = None;
            self.coders.brought.extend(proposed.copy.clone());
        }
    }

    /// Looks for conflict copies in the folder.
    pub(super) fn find_copies(&mut self) {
        let Some(project) = &self.project else { return };
        let folder = project.folder.clone();
        self.errand_on_files("conflict copies", move || {
            let copies = conflict_copies(&folder);
            Box::new(move |app: &mut Self| match copies {
                Ok(copies) => app.coders.copies = copies,
                Err(error) => app.coders.problem = Some(CodersProblem::File(Arc::new(error))),
            })
        });
    }

    /// Puts copies away whose content is in the project and on disk.
    pub(in crate::app) fn put_copies_away(&mut self) {
        if self.coders.brought.is_empty() || !matches!(self.save_status(), SaveStatus::Saved) {
            return;
        }
        let Some(project) = &self.project else { return };
        let (folder, copies) = (project.folder.clone(), std::mem::take(&mut self.coders.brought));
        self.errand_on_files("conflict copies", move || {
            let put_away: Result<Vec<_>, _> = copies.iter().map(|copy| copy.put_away(&folder)).collect();
            Box::new(move |app: &mut Self| {
                if let Err(error) = put_away {
                    app.coders.problem = Some(CodersProblem::File(Arc::new(error)));
                }
                app.find_copies();
            })
        });
    }

    /// An errand during which the project screen says that it is at work.
    pub(super) fn errand_on_files(&mut self, name: &str, work: impl FnOnce() -> Then + Send + 'static) {
        self.coders.busy = true;
        self.errand(name, move || {
            let then = work();
            Box::new(move |app: &mut Self| {
                app.coders.busy = false;
                then(app);
            })
        });
    }
}
