//! Plans taken out of the project and put back: their folders move to `trash/` and back, as edits that undo takes
//! back like any other.

use super::state::NoticeKind;
use super::{App, ChangeSet, Command, EditName};
use crate::project::{Change, File, Folder, PlanId, PlanRecord, ProjectError};
use std::collections::{BTreeMap, BTreeSet};
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
        if let Some(project) = &mut self.project {
            project.expect_as_on_disk(id);
        }
        if self.do_set(ChangeSet { name, changes: vec![Change::Presence { record, present: true }] }) {
            self.run(Command::OpenPlan(id));
        }
    }

    /// Moves the folders of the plans that come and go with a change set, before it is carried out in memory: all
    /// of them or none. Tells whether they are moved.
    pub(super) fn move_plans(&mut self, set: &ChangeSet) -> bool {
        let moves: Vec<_> = presences(set).map(|(record, present)| (record.id, present)).collect();
        let Some(project) = self.project.as_ref().filter(|_| !moves.is_empty()) else {
            return self.project.is_some();
        };
        let folder = project.folder.clone();
        if let Some(why) = moves.iter().find_map(|(id, _)| project.is_read_only(&File::Record(*id))) {
            self.refuse(why);
            return false;
        }
        // A file written after the move would stand alone in the old place.
        self.flush(ON_THEIR_WAY);
        for (done, &(id, present)) in moves.iter().enumerate() {
            if let Err(problem) = move_plan(&folder, id, present) {
                move_back(&folder, moves[..done].iter().copied());
                self.notify(NoticeKind::File(Arc::new(problem)));
                return false;
            }
        }
        true
    }

    /// Moves them back, where the change set was refused after all.
    pub(super) fn move_plans_back(&self, set: &ChangeSet) {
        if let Some(project) = &self.project {
            let moves = presences(set).map(|(record, present)| (record.id, present));
            move_back(&project.folder, moves);
        }
    }

    /// Brings all that is shown up to date after plans went or came.
    pub(super) fn plans_moved(&mut self, set: &ChangeSet) {
        let (mut gone, mut unread) = (BTreeSet::new(), Vec::new());
        let mut moved: BTreeMap<PlanId, (&Arc<PlanRecord>, bool)> = BTreeMap::new();
        moved.extend(presences(set).map(|(record, present)| (record.id, (record, present))));
        if moved.is_empty() {
            return;
        }
        self.library.is_stale = true;
        self.trash.retain(|other| !moved.contains_key(&other.id));
        for (id, (record, present)) in moved {
            let entry = self.project.as_ref().and_then(|project| project.plans.get(&id));
            if !present {
                self.trash.push(record.clone());
                self.plans.remove(&id);
                self.requested.remove(&id);
                gone.insert(id);
            } else if entry.is_some_and(|entry| entry.sheets.is_none()) {
                unread.push(id);
            }
        }
        if let Some(project) = self.project.as_ref().filter(|_| !unread.is_empty()) {
            self.jobs.read_sheets(self.generation, project, unread);
        }
        self.leave_plans(&gone);
    }

    /// Shows another plan where one was shown that is gone: the next one in the library.
    fn leave_plans(&mut self, gone: &BTreeSet<PlanId>) {
        let shown = self.view.plan.filter(|plan| gone.contains(plan));
        let place = |plan| self.library.all.iter().position(|other| *other == plan);
        let at = shown.and_then(place).unwrap_or(0);
        let before = self.library.all[..at.min(self.library.all.len())].iter();
        let at = before.filter(|plan| !gone.contains(plan)).count();
        self.refresh_library();
        if shown.is_some() {
            self.view.plan = None;
            let all = &self.library.all;
            if let Some(&next) = all.get(at.min(all.len().saturating_sub(1))) {
                self.open_plan(next);
            }
        }
        let compare = &mut self.view.compare;
        compare.a = compare.a.filter(|a| !gone.contains(a));
        compare.b = compare.b.filter(|b| !gone.contains(b));
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

/// The plans that come (`true`) and go with a change set.
fn presences(set: &ChangeSet) -> impl DoubleEndedIterator<Item = (&Arc<PlanRecord>, bool)> {
    set.changes.iter().filter_map(|change| match change {
        Change::Presence { record, present } => Some((record, *present)),
        _ => None,
    })
}

fn move_plan(folder: &Folder, id: PlanId, present: bool) -> Result<(), ProjectError> {
    if present { folder.from_trash(id) } else { folder.to_trash(id) }
}

/// Takes moves back, the last first. What was just moved can be moved back; what cannot stays where it is, whole.
fn move_back(folder: &Folder, moves: impl DoubleEndedIterator<Item = (PlanId, bool)>) {
    for (id, present) in moves.rev() {
        let _ = move_plan(folder, id, !present);
    }
}

fn title(record: &PlanRecord) -> String {
    record.metadata.title.as_ref().map_or(&record.source.file_name, |fact| &fact.value).clone()
}
