//! Reading many files at once: two threads read, one finds the next files, the caller's thread puts the results in the
//! order of the files and looks for the same document met before.
//!
//! A file that takes too long is given up and its thread replaced; a thread cannot be ended, so the old one is left
//! behind until it comes to an end by itself or with the program. A panic in a reader is a damaged file.

use super::control::{Control, Reading};
use super::kin::Kindred;
use super::office::PATIENCE;
use super::walk::{self, Content, Task, files_below};
use super::{Draft, IntakeError, Kin, Staged, Staging, carry, name_of, read_bytes, sha256};
use crate::import::{self, ForeignFormat, ImportError, Imported};
use crate::project::{Entry, Folder, Ledger, PlanId, Project};
use crate::text::Text;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Threads that read.
const READERS: usize = 2;
/// Files found and not yet read; those from archives are in memory.
const AHEAD: usize = 4;
/// How often to look for files that take too long.
const LOOK: Duration = Duration::from_millis(50);

/// What became of one file.
#[derive(Debug)]
pub struct Line {
    /// The file; in an archive, the archive's path with the path inside it.
    pub path: PathBuf,
    /// What became of it.
    pub verdict: Verdict,
}

/// What became of a file that was read.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It can be taken in.
    Staged(Box<Staged>),
    /// The project, or this import, has the same bytes already.
    Known(PlanId),
    /// It could not be read.
    Failed(Arc<IntakeError>),
}

/// Files to be read for a project.
pub struct Batch {
    /// The project's folder.
    pub folder: Folder,
    /// Where what was read is put down.
    pub staging: Arc<Staging>,
    /// The project's plans.
    pub known: BTreeMap<PlanId, Entry>,
    /// Hashes of bytes that were read before and wait to be taken in.
    pub waiting: HashMap<String, PlanId>,
    /// How they are read.
    pub reading: Reading,
    /// How it is watched and ended.
    pub control: Arc<Control>,
    /// When they are imported.
    pub now: Timestamp,
}

/// A file as one of the readers left it.
enum Read {
    Draft(Box<Draft>),
    Known(PlanId),
    Failed(IntakeError),
}

/// What a reader says: which file, and what became of it.
type Message = (usize, PathBuf, Read);

/// What all readers share.
struct Shared {
    tasks: Mutex<Receiver<(usize, Task)>>,
    results: Sender<Message>,
    staging: Arc<Staging>,
    by_source: HashMap<String, PlanId>,
    reading: Reading,
    control: Arc<Control>,
    now: Timestamp,
    /// How many files there are; the largest number until all are found.
    fed: AtomicUsize,
    /// Threads that were given up and have not come to an end.
    strays: AtomicUsize,
}

/// The file a reader is at, and when it is to be done; taken away where it is given up.
#[derive(Default)]
struct Slot(Mutex<Option<Running>>);

struct Running {
    index: usize,
    path: PathBuf,
    since: Instant,
    limit: Duration,
}

impl Slot {
    fn set(&self, running: Option<Running>) -> Option<Running> {
        std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), running)
    }

    /// Allows the file more time, unless it was given up.
    fn allow(&self, limit: Duration) {
        if let Some(running) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            running.limit = running.limit.saturating_add(limit);
        }
    }

    /// Takes the file away from a reader that is over its time.
    fn give_up(&self) -> Option<Running> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slot.take_if(|running| running.since.elapsed() > running.limit)
    }
}

impl Batch {
    /// Reads `paths`, with everything below folders and in archives. Every file is told to `sink`, in order. Ends
    /// early when cancelled.
    pub fn read(self, paths: &[PathBuf], sink: &mut dyn FnMut(Line)) {
        let mut by_source = self.waiting.clone();
        by_source.extend(self.known.values().map(|e| (e.record.source.sha256.clone(), e.record.id)));
        let (feed, tasks) = sync_channel(AHEAD);
        let (results, messages) = channel();
        let shared = Arc::new(Shared {
            tasks: Mutex::new(tasks),
            results,
            staging: self.staging.clone(),
            by_source,
            reading: self.reading.clone(),
            control: self.control.clone(),
            now: self.now,
            fed: AtomicUsize::new(usize::MAX),
            strays: AtomicUsize::new(0),
        });
        let found = files_below(paths, &|| !self.control.is_cancelled());
        self.control.note(|progress| progress.total = found.len());
        let control = self.control.clone();
        let theirs = shared.clone();
        let finder = std::thread::Builder::new().name("find".into());
        let finding =
            finder.spawn(move || theirs.fed.store(feed_all(found, &feed, &control), Ordering::Release));
        if finding.is_err() {
            return;
        }
        let readers = (0..READERS).filter_map(|_| start(&shared)).collect();
        let (waiting, by_source) = (BTreeMap::new(), HashMap::new());
        let gather = Gather {
            staging: self.staging,
            folder: self.folder,
            shared,
            readers,
            waiting,
            next: 0,
            by_source,
        };
        gather.run(&self.known, &messages, sink);
    }
}

/// Feeds the readers until all is fed, or it is cancelled, or nobody reads any more. Tells how many were fed.
fn feed_all(found: Vec<walk::Found>, feed: &SyncSender<(usize, Task)>, control: &Control) -> usize {
    let mut index = 0;
    for found in found {
        let mut of_this = 0;
        let mut put = |task: Task| {
            if control.is_cancelled() {
                return false;
            }
            of_this += 1;
            if of_this > 1 {
                control.note(|progress| progress.total += 1);
            }
            index += 1;
            feed.send((index - 1, task)).is_ok()
        };
        let go_on = match found {
            Ok(path) => walk::unpack(path, &mut put),
            Err(error) => {
                let path = match &error {
                    IntakeError::Disk(error) => error.path.clone(),
                    IntakeError::IsProject { path } | IntakeError::TooMany { path, .. } => path.clone(),
                    _ => PathBuf::new(),
                };
                put(Task { path, content: Content::Failed(error) })
            }
        };
        if !go_on {
            break;
        }
    }
    index
}

/// Starts a reader; its slot tells what it is at. `None` where the system has no thread to give.
fn start(shared: &Arc<Shared>) -> Option<Arc<Slot>> {
    let slot = Arc::new(Slot::default());
    let (shared, theirs) = (shared.clone(), slot.clone());
    let thread = std::thread::Builder::new().name("reader".into()).stack_size(8 << 20);
    thread.spawn(move || read_on(&shared, &theirs)).ok().map(|_| slot)
}

/// Reads one file after another, until there are none or this thread was given up.
fn read_on(shared: &Shared, slot: &Slot) {
    loop {
        let task = shared.tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((index, Task { path, content })) = task else { return };
        let size = match &content {
            Content::File => std::fs::metadata(&path).map_or(0, |metadata| metadata.len()),
            Content::Packed(bytes) => bytes.len() as u64,
            Content::Failed(_) => 0,
        };
        // Threads that were given up still take their share of the processors.
        let strays = shared.strays.load(Ordering::Relaxed) as u32;
        let limit = (shared.reading.patience)(&path, size).saturating_mul(1 + strays);
        slot.set(Some(Running { index, path: path.clone(), since: Instant::now(), limit }));
        shared.control.note(|progress| progress.name = name_of(&path));
        let read = catch_unwind(AssertUnwindSafe(|| read_one(shared, slot, &path, content)));
        let read = match read {
            Ok(Ok(read)) => read,
            Ok(Err(error)) => Read::Failed(error),
            Err(_) => Read::Failed(IntakeError::Import {
                path: path.clone(),
                cause: ImportError::Damaged { what: "the reader stumbled over it".to_owned() },
            }),
        };
        if slot.set(None).is_none() {
            // Given up meanwhile, and told as such.
            shared.strays.fetch_sub(1, Ordering::Relaxed);
            if let Read::Draft(draft) = read {
                shared.staging.discard(draft.record.id);
            }
            return;
        }
        if shared.results.send((index, path, read)).is_err() {
            return;
        }
    }
}

fn read_one(shared: &Shared, slot: &Slot, path: &Path, content: Content) -> Result<Read, IntakeError> {
    let (bytes, on_disk) = match content {
        Content::File => (read_bytes(path)?, true),
        Content::Packed(bytes) => (bytes, false),
        Content::Failed(error) => return Err(error),
    };
    if let Some(&id) = shared.by_source.get(&sha256(&bytes)) {
        return Ok(Read::Known(id));
    }
    let name = name_of(path);
    let failed = |cause| IntakeError::Import { path: path.to_owned(), cause };
    let mut converted_by = None;
    let imported = match import::read(&name, &bytes, &shared.reading.options()) {
        Err(ImportError::Unsupported(kind)) if kind.is_convertible() && shared.reading.office.is_some() => {
            converted_by = Some("LibreOffice".to_owned());
            convert(shared, slot, path, &bytes, kind)?
        }
        other => other.map_err(failed)?,
    };
    let mut draft = Draft::of(&name, bytes, imported, shared.now);
    let source = &mut draft.record.source;
    source.converted_by = converted_by;
    source.url = source.url.take().or_else(|| shared.reading.url.clone());
    if source.captured.is_none() && on_disk {
        let modified = std::fs::metadata(path).and_then(|metadata| metadata.modified());
        source.captured = modified.ok().and_then(|time| Timestamp::try_from(time).ok());
    }
    shared.staging.put(&draft)?;
    draft.bytes = Vec::new();
    Ok(Read::Draft(Box::new(draft)))
}

/// Reads a document by way of docx.
fn convert(
    shared: &Shared,
    slot: &Slot,
    path: &Path,
    bytes: &[u8],
    kind: ForeignFormat,
) -> Result<Imported, IntakeError> {
    let failed = |cause| IntakeError::Import { path: path.to_owned(), cause };
    let Some(office) = &shared.reading.office else { return Err(failed(ImportError::Unsupported(kind))) };
    slot.allow(PATIENCE * 2);
    let docx = office.to_docx(path, bytes, &shared.control.cancel)?;
    import::read("plan.docx", &docx, &import::Options::default()).map_err(failed)
}

/// Puts the results in order, gives up what takes too long, and looks for kin.
struct Gather {
    staging: Arc<Staging>,
    folder: Folder,
    shared: Arc<Shared>,
    readers: Vec<Arc<Slot>>,
    waiting: BTreeMap<usize, (PathBuf, Read)>,
    /// The first file that was not told yet.
    next: usize,
    /// Plans of this import by the hash of their bytes.
    by_source: HashMap<String, PlanId>,
}

impl Gather {
    fn run(
        mut self,
        known: &BTreeMap<PlanId, Entry>,
        messages: &Receiver<Message>,
        sink: &mut dyn FnMut(Line),
    ) {
        let folder = self.folder.clone();
        let mut kindred = Kindred::new(&folder, known);
        while !self.shared.control.is_cancelled() && self.next != self.shared.fed.load(Ordering::Acquire) {
            if let Ok((index, path, read)) = messages.recv_timeout(LOOK) {
                self.waiting.insert(index, (path, read));
            }
            self.give_up();
            while let Some((path, read)) = self.waiting.remove(&self.next) {
                self.next += 1;
                self.shared.control.note(|progress| progress.done += 1);
                let verdict = match read {
                    Read::Draft(draft) => self.verdict(*draft, &mut kindred, known),
                    Read::Known(id) => Verdict::Known(id),
                    Read::Failed(error) => Verdict::Failed(Arc::new(error)),
                };
                sink(Line { path, verdict });
            }
            if self.readers.is_empty() {
                break;
            }
        }
    }

    /// What becomes of a draft: the same bytes may have come before in this import.
    fn verdict(
        &mut self,
        draft: Draft,
        kindred: &mut Kindred<'_>,
        known: &BTreeMap<PlanId, Entry>,
    ) -> Verdict {
        let id = draft.record.id;
        if let Some(&first) = self.by_source.get(&draft.record.source.sha256) {
            self.staging.discard(id);
            return Verdict::Known(first);
        }
        self.by_source.insert(draft.record.source.sha256.clone(), id);
        Verdict::Staged(Box::new(staged(draft, kindred, &self.folder, known)))
    }

    /// Takes files away from readers that are over their time, and starts others in their place.
    fn give_up(&mut self) {
        for slot in &mut self.readers {
            let Some(Running { index, path, limit, .. }) = slot.give_up() else { continue };
            self.shared.strays.fetch_add(1, Ordering::Relaxed);
            let error = IntakeError::TooSlow { path: path.clone(), seconds: limit.as_secs() };
            self.waiting.insert(index, (path, Read::Failed(error)));
            if let Some(fresh) = start(&self.shared) {
                *slot = fresh;
            }
        }
    }
}

/// What a draft is beside the plans that are there.
fn staged(
    draft: Draft,
    kindred: &mut Kindred<'_>,
    folder: &Folder,
    known: &BTreeMap<PlanId, Entry>,
) -> Staged {
    let Draft { mut record, text, lost, doubts, .. } = draft;
    let kin = kindred.meet(record.id, &record.metadata, &record.source.extension, &text);
    record.version_of = kin.as_ref().map(|kin| kin.of);
    let carried = kin.as_ref().and_then(|kin| count(kin, &text, folder, known));
    Staged { record, lost, doubts, kin, carried }
}

/// What would become of the annotations on the earlier version.
fn count(kin: &Kin, text: &Text, folder: &Folder, known: &BTreeMap<PlanId, Entry>) -> Option<carry::Carried> {
    let entry = known.get(&kin.of)?;
    let read;
    let sheets = if let Some(sheets) = &entry.sheets {
        sheets
    } else {
        read = Project::read_sheets(folder, &Ledger::default(), kin.of).sheets?;
        &read
    };
    Some(sheets.values().map(|sheet| carry::count(sheet, text)).fold(carry::Carried::default(), |a, b| a + b))
}
