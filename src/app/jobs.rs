//! What runs in the background: opening, reading, importing. Results come back as [`Outcome`]s and are
//! discarded where they belong to a project that is no longer open.

use super::compare::CompareOutcome;
use super::importing::ImportOutcome;
use crate::annotation::Coder;
use crate::plan::{self, Plan};
use crate::project::{
    Backup, File, Folder, Image, IntakeError, Loaded, PlanId, PlanRecord, Project, ProjectError, RENEW,
    SheetsRead, Watch, create_sample,
};
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

/// How often to look for what others changed.
const LOOK: Duration = Duration::from_secs(2);

/// Which opened project a result belongs to.
pub type Generation = u64;

/// A result of background work.
pub(super) enum Outcome {
    /// A project was opened (with what was damaged in it), or could not be.
    Opened(Generation, Result<(Box<Project>, Vec<ProjectError>), Arc<IntakeError>>),
    /// A plan was read, with its annotations.
    Read(Generation, PlanId, Result<Arc<Plan>, ProjectError>),
    /// The annotations of a plan were read.
    Sheets(Generation, PlanId, SheetsRead),
    /// Others changed a file: what this window knew of it, and what it holds now.
    Outside(Generation, File, Option<Image>, Loaded<Image>),
    /// Another window took over the lock.
    LockLost(Generation),
    /// The daily backup was made, was there already, or could not be made.
    BackedUp(Generation, Result<Option<Backup>, ProjectError>),
    /// News of a search, by its number.
    Search(u64, super::search::News),
    /// A result of the import with this number.
    Import(Generation, u64, ImportOutcome),
    /// Work without a kind of its own is done; the program goes on with this.
    Errand(Generation, Then),
    /// Something of a comparison was worked out or written.
    Compare(Generation, CompareOutcome),
}

/// How the program goes on when an errand is done.
pub type Then = Box<dyn FnOnce(&mut super::App) + Send>;

/// Starts background work and collects its results.
pub struct Jobs {
    sender: Sender<Outcome>,
    receiver: Receiver<Outcome>,
    wake: Arc<dyn Fn() + Send + Sync>,
    /// The plans in view, for the thread that looks for changes of others; it ends when this is dropped.
    watched: Option<Arc<Mutex<Vec<PlanId>>>>,
}

/// Sends results and wakes the window.
#[derive(Clone)]
pub(super) struct Post {
    sender: Sender<Outcome>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Post {
    pub(super) fn send(&self, outcome: Outcome) {
        // The receiver is gone only while the program ends.
        let _ = self.sender.send(outcome);
        (self.wake)();
    }
}

impl Jobs {
    /// No work yet; `wake` is called whenever a result is there.
    pub fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, wake, watched: None }
    }

    /// The next result, if there is one.
    pub fn next(&mut self) -> Option<Outcome> {
        self.receiver.try_recv().ok()
    }

    /// Asks for another look at the results.
    pub(super) fn wake(&self) {
        (self.wake)();
    }

    pub(super) fn spawn(&self, name: &str, work: impl FnOnce(Post) + Send + 'static) {
        let post = Post { sender: self.sender.clone(), wake: self.wake.clone() };
        let _ = std::thread::Builder::new().name(name.into()).spawn(move || work(post));
    }

    /// Does work that has no kind of its own.
    pub fn errand(&self, generation: Generation, name: &str, work: impl FnOnce() -> Then + Send + 'static) {
        self.spawn(name, move |post| post.send(Outcome::Errand(generation, work())));
    }

    /// Opens a project and claims it for `coder`. What has an older version is backed up first.
    pub fn open(&self, generation: Generation, root: PathBuf, coder: Coder) {
        self.spawn("open", move |post| {
            let result = Project::open(root).map(|(mut project, mut problems)| {
                project.claim(&coder, false, Timestamp::now());
                // What could not be backed up is not lifted; it is read as it is, and told.
                problems.extend(project.migrate(Timestamp::now()).err());
                (Box::new(project), problems)
            });
            let folder = result
                .as_ref()
                .ok()
                .map(|(project, _)| (project.folder.clone(), project.read_only.is_none()));
            post.send(Outcome::Opened(generation, result.map_err(|error| Arc::new(error.into()))));
            if let Some((folder, true)) = folder {
                post.send(Outcome::BackedUp(generation, Backup::daily(&folder, Timestamp::now())));
                crate::project::check::sweep(&folder, std::time::SystemTime::now());
            }
        });
    }

    /// Puts a backup back and opens the project anew. The window that asks holds the coder's files itself, so
    /// they are claimed from it.
    pub fn restore(&self, generation: Generation, folder: Folder, backup: Backup, coder: Coder) {
        self.spawn("restore", move |post| {
            let now = Timestamp::now();
            let result = backup.restore(&folder, now).and_then(|_| Project::open(folder.root())).map(
                |(mut project, problems)| {
                    project.claim(&coder, true, now);
                    (Box::new(project), problems)
                },
            );
            post.send(Outcome::Opened(generation, result.map_err(|error| Arc::new(error.into()))));
        });
    }

    /// Looks every few seconds for what others changed in the project, and renews the lock. Ends with the next
    /// call, or with the program.
    pub fn watch(&mut self, generation: Generation, project: &Project) {
        let in_view = Arc::new(Mutex::new(Vec::new()));
        let theirs = Arc::downgrade(&in_view);
        self.watched = Some(in_view);
        let (folder, ledger) = (project.folder.clone(), project.ledger.clone());
        // Weak: the lock must be free at once when the project is closed, not when this thread next looks.
        let lock = project.lock().map(Arc::downgrade);
        let mut watch = Watch::new(&folder, project.plans.keys().copied().collect());
        self.spawn("watch", move |post| {
            let mut renewed = Instant::now();
            while let Some(in_view) = theirs.upgrade() {
                let plans = in_view.lock().unwrap_or_else(PoisonError::into_inner).clone();
                drop(in_view);
                for file in watch.look(&plans) {
                    let base = ledger.get(&file).map(|(_, image)| image);
                    // A file that cannot be read now may still be on its way; the next look will tell.
                    if let Ok(Some(loaded)) = ledger.changed(&folder, &file) {
                        ledger.note(file.clone(), loaded.digest, loaded.record.clone());
                        post.send(Outcome::Outside(generation, file, base, loaded));
                    }
                }
                if renewed.elapsed() >= RENEW {
                    renewed = Instant::now();
                    let lock = lock.as_ref().and_then(Weak::upgrade);
                    if lock.is_some_and(|lock| !lock.renew(Timestamp::now())) {
                        post.send(Outcome::LockLost(generation));
                        return;
                    }
                }
                std::thread::sleep(LOOK);
            }
        });
    }

    /// Says which plans are in view, so that they are looked at every time.
    pub fn set_in_view(&self, plans: Vec<PlanId>) {
        if let Some(watched) = &self.watched {
            *watched.lock().unwrap_or_else(PoisonError::into_inner) = plans;
        }
    }

    /// Opens the sample project, made anew where it is missing.
    pub fn open_sample(&self, generation: Generation, root: PathBuf, title: String, coder: Coder) {
        self.spawn("sample", move |post| {
            let result = match Project::open(&root) {
                Ok((mut project, problems)) => {
                    project.claim(&coder, false, Timestamp::now());
                    Ok((Box::new(project), problems))
                }
                Err(_) => create_sample(&root, &title, Timestamp::now())
                    .map(|mut project| {
                        project.claim(&coder, false, Timestamp::now());
                        (Box::new(project), Vec::new())
                    })
                    .map_err(Arc::new),
            };
            post.send(Outcome::Opened(generation, result));
        });
    }

    /// Makes a project.
    pub fn create(&self, generation: Generation, root: PathBuf, coder: Coder) {
        self.spawn("create", move |post| {
            let title = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let result = Project::create(root, &title, Timestamp::now());
            let result = result.map(|mut project| {
                project.claim(&coder, false, Timestamp::now());
                (Box::new(project), Vec::new())
            });
            post.send(Outcome::Opened(generation, result.map_err(|error| Arc::new(error.into()))));
        });
    }

    /// Works something of a comparison out.
    pub(super) fn compare(
        &self,
        generation: Generation,
        work: impl FnOnce() -> CompareOutcome + Send + 'static,
    ) {
        self.spawn("compare", move |post| post.send(Outcome::Compare(generation, work())));
    }

    /// Reads a plan: its text, its outline, its facts.
    pub fn read(&self, generation: Generation, folder: &Folder, record: Arc<PlanRecord>) {
        let folder = folder.clone();
        self.spawn("read", move |post| {
            let text = Project::read_text(&folder, record.id);
            let plan = text.map(|text| Arc::new(plan::read(&text, &record.layout, &record.corrections)));
            post.send(Outcome::Read(generation, record.id, plan));
        });
    }

    /// Reads the annotations of these plans, in this order, on two threads.
    pub fn read_sheets(&self, generation: Generation, project: &Project, plans: Vec<PlanId>) {
        let (plans, next) = (Arc::new(plans), Arc::new(AtomicUsize::new(0)));
        for _ in 0..2 {
            let (folder, ledger) = (project.folder.clone(), project.ledger.clone());
            let (plans, next) = (plans.clone(), next.clone());
            self.spawn("sheets", move |post| {
                while let Some(&id) = plans.get(next.fetch_add(1, Ordering::Relaxed)) {
                    post.send(Outcome::Sheets(generation, id, Project::read_sheets(&folder, &ledger, id)));
                }
            });
        }
    }
}
