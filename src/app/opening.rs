//! Opening projects and plans, importing, and taking in the results of background work.

use super::jobs::{Outcome, Then};
use super::state::{NoticeKind, OpenPlan};
use super::{App, CompareState, History, Language, Screen, View};
use crate::plan::Plan;
use crate::project::{
    Cause, File, Image, IntakeError, Loaded, PlanId, Project, ProjectError, SheetsRead, Touched,
};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long taking in results may hold up a frame.
const SLICE: Duration = Duration::from_millis(4);

impl App {
    /// Takes in what background work has finished. Tells whether anything came.
    pub fn poll(&mut self) -> bool {
        let (mut any, since) = (false, Instant::now());
        while let Some(outcome) = self.jobs.next() {
            self.take_in(outcome);
            any = true;
            if since.elapsed() > SLICE {
                // The rest comes with the next frame.
                self.jobs.wake();
                break;
            }
        }
        for merged in self.saver.take_merged() {
            self.others_changed(&merged.file, Some(&merged.ours), &merged.written);
            any = true;
        }
        if any {
            self.refresh_library();
            self.follow_comparison();
        }
        self.follow_suggestions();
        self.follow_memory();
        self.put_copies_away();
        self.follow_damage();
        any
    }

    /// Whether background work is under way (saving aside).
    pub fn is_busy(&self) -> bool {
        self.opening
            || self.errands > 0
            || self.importing.as_ref().is_some_and(super::Importing::is_busy)
            || self.suggestions.is_busy()
            || self.comparing.is_busy()
            || self.requested.iter().any(|id| !self.plans.contains_key(id))
    }

    pub(super) fn open_project(&mut self, root: PathBuf) {
        // Opened anew, it must not be held by its own former opening.
        if let Some(open) = self.project.as_ref().filter(|open| open.folder.root() == root)
            && let Some(lock) = open.lock()
        {
            lock.release();
        }
        let generation = self.begin_opening();
        self.jobs.open(generation, root, self.coder());
    }

    pub(super) fn new_project(&mut self, root: PathBuf) {
        let generation = self.begin_opening();
        self.jobs.create(generation, root, self.coder());
    }

    pub(super) fn open_sample(&mut self) {
        let title = match self.language() {
            Language::Chinese => "示例项目",
            Language::English => "Sample project",
        };
        let generation = self.begin_opening();
        self.jobs.open_sample(generation, self.places.sample(), title.to_owned(), self.coder());
    }

    pub(super) fn begin_opening(&mut self) -> u64 {
        self.opening = true;
        self.generation += 1;
        self.generation
    }

    fn take_in(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Opened(generation, result) if generation == self.generation => self.opened(result),
            Outcome::Read(generation, id, result) if generation == self.generation => self.read(id, result),
            Outcome::Sheets(generation, id, read) if generation == self.generation => {
                self.sheets_read(id, read);
            }
            Outcome::Outside(generation, file, base, loaded) if generation == self.generation => {
                self.outside(&file, base.as_ref(), &loaded);
            }
            Outcome::LockLost(generation) if generation == self.generation => self.tell_read_only(),
            Outcome::BackedUp(generation, Err(error)) if generation == self.generation => {
                self.notify(NoticeKind::File(Arc::new(error)));
            }
            Outcome::Import(generation, number, outcome) if generation == self.generation => {
                self.import_outcome(number, outcome);
            }
            Outcome::Errand(generation, then) => {
                self.errands -= 1;
                if generation == self.generation {
                    then(self);
                }
            }
            Outcome::Search(number, news) => self.searched(number, news),
            Outcome::Compare(generation, outcome) if generation == self.generation => {
                self.take_in_compared(outcome);
            }
            _stale => {}
        }
    }

    fn opened(&mut self, result: Result<(Box<Project>, Vec<ProjectError>), Arc<IntakeError>>) {
        self.opening = false;
        let (project, problems) = match result {
            Ok(opened) => opened,
            Err(error) => return self.notify(NoticeKind::NotOpened(error)),
        };
        self.coders = super::CodersState::default();
        for problem in problems {
            self.notify(NoticeKind::Damaged(Arc::new(problem)));
        }
        self.remember();
        self.settings.remember(project.folder.root());
        self.save_settings();
        self.plans.clear();
        self.requested.clear();
        self.bound_for = None;
        self.forget_search();
        self.history = History::default();
        self.trail = super::navigation::Trail::default();
        self.view = View { screen: Screen::Read, compare: CompareState::default(), ..View::default() };
        self.importing = None;
        self.leave_memory();
        self.comparing = super::compare::Comparing::default();
        self.project = Some(*project);
        self.revision += 1;
        // Opened anew, it was still held by this window itself until a moment ago.
        let coder = self.coder();
        if let Some(project) = &mut self.project
            && matches!(project.read_only, Some(crate::project::ReadOnly::Held(_)))
        {
            project.claim(&coder, false, jiff::Timestamp::now());
        }
        (self.library.is_stale, self.library.filter) = (true, String::new());
        self.library.tagged.clear();
        self.refresh_library();
        self.suggestions.clear();
        self.recall();
        let library = self.library();
        if let Some(project) = &self.project {
            self.jobs.read_sheets(self.generation, project, library.clone());
            self.jobs.watch(self.generation, project);
        }
        self.tell_read_only();
        self.look_into_trash();
        self.take_up();
    }

    fn read(&mut self, id: PlanId, result: Result<Arc<Plan>, ProjectError>) {
        match result {
            Ok(plan) => {
                if let Some(before) = self.plans.get(&id) {
                    let before = before.plan.clone();
                    self.keep_place(id, &before, &plan);
                }
                self.plans.insert(id, OpenPlan::new(plan));
                self.library.counts_are_stale = true;
                self.remark(id);
                self.focus_first(id);
                self.arrive(id);
                self.follow_find();
            }
            Err(error) => {
                self.requested.remove(&id);
                self.notify(NoticeKind::File(Arc::new(error)));
            }
        }
    }

    fn sheets_read(&mut self, id: PlanId, read: SheetsRead) {
        self.revision += 1;
        let Some(project) = &mut self.project else { return };
        for problem in project.take_in_sheets(id, read) {
            self.notify(NoticeKind::Damaged(Arc::new(problem)));
        }
        self.remark(id);
    }

    /// The watching thread found a file that others changed.
    fn outside(&mut self, file: &File, base: Option<&Image>, loaded: &Loaded<Image>) {
        if loaded.is_newer()
            && let Some(project) = &mut self.project
        {
            let (found, known) = (loaded.version, crate::project::FORMAT_VERSION);
            project.freeze(file, crate::project::ReadOnly::Newer { found, known });
            let problem = ProjectError::new(&project.folder.path(file), Cause::Newer { found, known });
            self.notify(NoticeKind::File(Arc::new(problem)));
        }
        self.others_changed(file, base, &loaded.record);
    }

    /// Takes in what others wrote into a file; drops just the history it touches.
    fn others_changed(&mut self, file: &File, base: Option<&Image>, theirs: &Image) {
        let Some(project) = &mut self.project else { return };
        let touched: Touched = project.take_in(file, base, theirs);
        if touched.unsaved
            && project.is_read_only(file).is_none()
            && let Some(snapshot) = project.snapshot(file)
        {
            self.saver.save(file.clone(), snapshot);
        }
        self.history.drop_touched(&touched);
        self.revision += 1;
        match touched.file {
            Some(File::Codebook) => self.remark_all(),
            Some(File::Sheet(id, _)) => self.remark(id),
            Some(File::Record(id)) => {
                self.library.is_stale = true;
                if self.plans.remove(&id).is_none() {
                    return;
                }
                self.requested.remove(&id);
                self.request_plan(id);
            }
            _ => {}
        }
    }

    /// Tells why the project is open for reading only, where it is.
    pub(super) fn tell_read_only(&mut self) {
        let Some(project) = &self.project else { return };
        if let Some(why) = project.is_read_only(&File::Codebook) {
            self.notify(NoticeKind::ReadOnly { why, refused: false });
        }
    }

    /// Makes sure that a plan is read, now or soon.
    pub(super) fn request_plan(&mut self, id: PlanId) {
        let Some(entry) = self.project.as_ref().and_then(|project| project.plans.get(&id)) else { return };
        self.jobs.set_in_view(vec![id]);
        if !self.plans.contains_key(&id) && self.requested.insert(id) {
            let record = entry.record.clone();
            if let Some(project) = &self.project {
                self.jobs.read(self.generation, &project.folder, record);
            }
        }
    }

    /// Reads a plan again, e.g. because its corrections changed; what is shown stays until then.
    pub(super) fn reread(&mut self, id: PlanId) {
        let Some(project) = &self.project else { return };
        if let Some(entry) = project.plans.get(&id) {
            self.jobs.read(self.generation, &project.folder, entry.record.clone());
        }
    }

    /// Does work in the background, then what it says to the program, unless another project was opened
    /// meanwhile.
    pub(super) fn errand(&mut self, name: &str, work: impl FnOnce() -> Then + Send + 'static) {
        self.errands += 1;
        self.jobs.errand(self.generation, name, work);
    }

    pub(super) fn save_settings(&mut self) {
        if let Err(error) = self.settings.save(&self.places) {
            self.notify(NoticeKind::File(Arc::new(error)));
        }
    }
}
