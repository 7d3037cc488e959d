//! Brings edits to disk in the background, within a second, and keeps trying where the disk refuses.

use crate::project::{File, Image, ProjectError, Snapshot};
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

/// A file that others had changed: what this window had, and what was written after their changes were merged
/// in.
pub struct Merged {
    /// Which file.
    pub file: File,
    /// What was to be written.
    pub ours: Image,
    /// What was written.
    pub written: Image,
}

#[derive(Default)]
struct State {
    /// What is to be written; a newer snapshot of a file replaces an older one.
    pending: BTreeMap<File, Snapshot>,
    /// What the disk refused, to be tried again; other files are written meanwhile.
    refused: BTreeMap<File, (Snapshot, Arc<ProjectError>)>,
    /// What came out otherwise than it was handed over.
    merged: Vec<Merged>,
    /// Whether a file is being written now.
    writing: bool,
    stop: bool,
}

impl State {
    fn is_saved(&self) -> bool {
        !self.writing && self.pending.is_empty() && self.refused.is_empty()
    }

    /// Puts what the disk refused among what is to be written, behind newer snapshots of the same files.
    fn retry(&mut self) {
        for (file, (snapshot, _)) in std::mem::take(&mut self.refused) {
            self.pending.entry(file).or_insert(snapshot);
        }
    }
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
        let mut state = lock(&self.shared.0);
        state.refused.remove(&file);
        state.pending.insert(file, snapshot);
        drop(state);
        self.shared.1.notify_all();
    }

    /// Tries again at once.
    pub fn retry(&self) {
        lock(&self.shared.0).retry();
        self.shared.1.notify_all();
    }

    /// Where saving stands.
    pub fn status(&self) -> SaveStatus {
        let state = lock(&self.shared.0);
        match state.refused.values().next() {
            Some((_, error)) => SaveStatus::Failed(error.clone()),
            None if state.is_saved() => SaveStatus::Saved,
            None => SaveStatus::Saving,
        }
    }

    /// The files into which changes of others were merged since the last call.
    pub fn take_merged(&self) -> Vec<Merged> {
        std::mem::take(&mut lock(&self.shared.0).merged)
    }

    /// Waits until everything is on disk, at most `limit`. Tells whether it is.
    pub fn flush(&self, limit: Duration) -> bool {
        self.retry();
        let end = Instant::now() + limit;
        let mut state = lock(&self.shared.0);
        while !state.is_saved() {
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
        let Some((file, snapshot)) = state.pending.pop_first() else {
            state = wait(shared, state);
            continue;
        };
        state.writing = true;
        drop(state);
        let result = snapshot.write();
        state = lock(&shared.0);
        state.writing = false;
        match result {
            Ok(None) => {}
            Ok(Some(written)) => state.merged.push(Merged { file, ours: snapshot.image().clone(), written }),
            // A newer snapshot that came meanwhile holds these edits too.
            Err(_) if state.pending.contains_key(&file) => {}
            Err(error) => drop(state.refused.insert(file, (snapshot, Arc::new(error)))),
        }
        shared.1.notify_all();
        wake();
    }
}

/// Waits for something to write; after a while, for the disk to have become willing.
fn wait<'a>(shared: &'a (Mutex<State>, Condvar), state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
    if state.refused.is_empty() {
        return shared.1.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
    let (mut state, timeout) = shared.1.wait_timeout(state, RETRY).unwrap_or_else(PoisonError::into_inner);
    if timeout.timed_out() {
        state.retry();
    }
    state
}
