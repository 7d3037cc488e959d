//! Brings edits to disk in the background, within a second, and keeps trying where the disk refuses.

use crate::project::{File, ProjectError, Snapshot};
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long to wait before trying again what the disk refused.
const RETRY: Duration = Duration::from_secs(2);

/// What the status line tells about saving.
#[derive(Clone, Debug)]
pub enum SaveStatus {
    /// Everything is on disk.
    Saved,
    /// On its way.
    Saving,
    /// The disk refused; the edits are kept in memory and tried again.
    Failed(Arc<ProjectError>),
}

#[derive(Default)]
struct State {
    /// What is to be written; a newer snapshot of a file replaces an older one.
    pending: BTreeMap<File, Snapshot>,
    /// The file being written now.
    writing: bool,
    failed: Option<Arc<ProjectError>>,
    stop: bool,
}

/// The thread that writes.
pub struct Saver {
    shared: Arc<(Mutex<State>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Saver {
    /// Starts the thread; `wake` is called whenever the status changes.
    pub fn start(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let shared = Arc::new((Mutex::new(State::default()), Condvar::new()));
        let theirs = shared.clone();
        let thread =
            std::thread::Builder::new().name("saver".into()).spawn(move || work(&theirs, &*wake)).ok();
        Self { shared, thread }
    }

    /// Hands over a file to be written.
    pub fn save(&self, file: File, snapshot: Snapshot) {
        lock(&self.shared.0).pending.insert(file, snapshot);
        self.shared.1.notify_all();
    }

    /// Tries again at once.
    pub fn retry(&self) {
        lock(&self.shared.0).failed = None;
        self.shared.1.notify_all();
    }

    /// Where saving stands.
    pub fn status(&self) -> SaveStatus {
        let state = lock(&self.shared.0);
        match &state.failed {
            Some(error) => SaveStatus::Failed(error.clone()),
            None if state.writing || !state.pending.is_empty() => SaveStatus::Saving,
            None => SaveStatus::Saved,
        }
    }

    /// Waits until everything is on disk, at most `limit`. Tells whether it is.
    pub fn flush(&self, limit: Duration) -> bool {
        self.retry();
        let end = Instant::now() + limit;
        let mut state = lock(&self.shared.0);
        while state.writing || !state.pending.is_empty() {
            let Some(left) = end.checked_duration_since(Instant::now()) else { return false };
            state = self.shared.1.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        self.flush(Duration::from_secs(5));
        lock(&self.shared.0).stop = true;
        self.shared.1.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn work(shared: &(Mutex<State>, Condvar), wake: &dyn Fn()) {
    let mut state = lock(&shared.0);
    while !state.stop {
        if state.failed.is_some() {
            state = shared.1.wait_timeout(state, RETRY).unwrap_or_else(PoisonError::into_inner).0;
            if state.stop {
                break;
            }
        }
        let Some((file, snapshot)) = state.pending.pop_first() else {
            state = shared.1.wait(state).unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        state.writing = true;
        drop(state);
        let result = snapshot.write();
        state = lock(&shared.0);
        state.writing = false;
        match result {
            Ok(()) => state.failed = None,
            Err(error) => {
                // A newer snapshot that came meanwhile holds these edits too.
                state.pending.entry(file).or_insert(snapshot);
                state.failed = Some(Arc::new(error));
            }
        }
        shared.1.notify_all();
        wake();
    }
}
