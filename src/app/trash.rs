//! Plans taken out of the project and put back: their folders move to `trash/` and back, as edits that undo takes
//! back like any other.

use super::state::NoticeKind;
use super::{App, ChangeSet, Command, EditName};
use crate::project::{Cause, Change, File, PlanId, PlanRecord, ProjectError};
use std::sync::Arc;
use std::time::Duration;

/// How long the move waits for edits of the plan that are on their way to disk.
const ON_THEIR_WAY: Duration = Duration::from_millis(500);

impl App {
    /// Plans in the trash, by place.
    pub fn trash(&self) -> &[Arc<PlanRecord>] {
        &self.trash
    }

    /// Takes a plan out of the project, with its annotations; sources stay in the trash.
    pub(super) fn remove_plan(&mut self, id: PlanId) {
        let entry = self.project.as_ref().and_then(|project| project.plans.get(&id));
        let Some(record) = entry.map(|entry| entry.record.clone()) else { return };
        let name = EditName::RemovePlan(title(&record));
        self.do_set(ChangeSet { name, changes: vec![Change::Presence { record, present: false }] });
    }

    /// Puts a plan of the trash back.
    pub(super) fn restore_plan(&mut self, id: PlanId) {
        let Some(record) = self.trash.iter().find(|record| record.id == id).cloned() else { return };
        let name = EditName::RestorePlan(title(&record));
        if self.do_set(ChangeSet { name, changes: vec![Change::Presence { record, present: true }] }) {
            self.run(Command::OpenPlan(id));
        }
    }

    /// Moves the folder of a plan, before the change is carried out in memory. Tells whether it is moved.
    pub(super) fn move_plan(&mut self, id: PlanId, present: bool) -> bool {
        let Some(project) = &self.project else { return false };
        let folder = project.folder.clone();
        let moved = if let Some(why) = project.is_read_only(&File::Record(id)) {
            Err(ProjectError::new(folder.root(), Cause::ReadOnly(why)))
        } else {
            // A file written after the move would stand alone in the old place.
            self.flush(ON_THEIR_WAY);
            if present { folder.from_trash(id) } else { folder.to_trash(id) }
        };
        moved.map_err(|problem| self.notify(NoticeKind::File(Arc::new(problem)))).is_ok()
    }

    /// Brings all that is shown up to date after a plan went or came.
    pub(super) fn plan_moved(&mut self, record: &Arc<PlanRecord>, present: bool) {
        let id = record.id;
        self.library.is_stale = true;
        self.trash.retain(|other| other.id != id);
        if present {
            if let Some(project) = &self.project {
                self.jobs.read_sheets(self.generation, project, vec![id]);
            }
            return;
        }
        self.trash.push(record.clone());
        self.plans.remove(&id);
        self.requested.remove(&id);
        let at = self.library.all.iter().position(|other| *other == id).unwrap_or(0);
        self.refresh_library();
        let all = &self.library.all;
        let next = all.get(at.min(all.len().saturating_sub(1))).copied();
        if self.view.plan == Some(id) {
            self.view.plan = None;
            if let Some(next) = next {
                self.open_plan(next);
            }
        }
        let compare = &mut self.view.compare;
        compare.a = compare.a.filter(|a| *a != id);
        compare.b = compare.b.filter(|b| *b != id);
    }

    /// Looks what is in the trash of the project that was just opened.
    pub(super) fn look_into_trash(&mut self) {
        self.trash.clear();
        let Some(folder) = self.project.as_ref().map(|project| project.folder.clone()) else { return };
        self.errands += 1;
        self.jobs.errand(self.generation, "trash", move || {
            let trash: Vec<_> = folder.read_trash().into_iter().map(Arc::new).collect();
            Box::new(move |app| app.trash = trash)
        });
    }
}

fn title(record: &PlanRecord) -> String {
    record.metadata.title.as_ref().map_or(&record.source.file_name, |fact| &fact.value).clone()
}
