//! Where imported plans lie until they are taken in: a folder of their own beside the plans, of which each is synced
//! to disk and then renamed to its place. A plan is there whole or not at all, whenever the machine stops.
//!
//! Nothing is synced while files are read: what was not taken in may be lost. Taking in syncs on several threads,
//! because the disk writes what many ask for at once; that is ten times faster than one file after another.

use super::carry::{self, Carried};
use super::{Draft, IntakeError, Kin, Reading, name_of};
use crate::annotation::{Coder, Sheet};
use crate::import::ImportWarning;
use crate::plan::{self, Evidence, Fact, Metadata, Plan, Warning};
use crate::project::disk::Digest;
use crate::project::notation::to_ron;
use crate::project::record::SheetFile;
use crate::project::{
    Cause, Entry, File as ProjectFile, Folder, Image, Ledger, PlanId, PlanRecord, Project, ProjectError,
    Sheets,
};
use crate::text::Text;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Threads that sync; they wait for the disk, not for the processor.
const SYNCING: usize = 8;
/// Plans that are taken in before the folder itself is synced and they are told.
const AT_ONCE: usize = 200;
/// What the name of the folder begins with; no plan's does.
const PREFIX: &str = ".import-";

/// The folder of one import. It goes away with this.
#[derive(Debug)]
pub struct Staging {
    folder: Folder,
    inside: Folder,
    root: PathBuf,
    /// Locked while the import lives, so that another process can tell it from one that crashed.
    _lock: File,
}

/// A file that was read and can be taken in.
#[derive(Clone, Debug)]
pub struct Staged {
    /// What is known of it; a person may set its metadata right before it is taken in.
    pub record: PlanRecord,
    /// What may have been lost while reading the file.
    pub lost: Vec<ImportWarning>,
    /// What the reader of plans was not sure of.
    pub doubts: Vec<Warning>,
    /// The plan of the project (or of this import) that has nearly the same words.
    pub kin: Option<Kin>,
    /// What would become of the annotations on it.
    pub carried: Option<Carried>,
}

/// A plan that was taken in.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// What is known of it.
    pub record: Arc<PlanRecord>,
    /// Annotations that came from the earlier version.
    pub sheets: Sheets,
    /// How they were found.
    pub carried: Option<Carried>,
}

/// What became of a plan that was to be taken in.
pub type Outcome = (PlanId, Result<Accepted, IntakeError>);

impl Staging {
    /// Makes the folder, and removes those that crashed imports left behind.
    pub fn begin(folder: &Folder) -> Result<Self, ProjectError> {
        let plans = folder.plans();
        remove_stale(&plans);
        let root = plans.join(format!("{PREFIX}{}", Uuid::new_v4()));
        let make = || -> io::Result<File> {
            fs::create_dir_all(root.join("plans"))?;
            let lock = File::create(root.join("lock"))?;
            lock.lock()?;
            Ok(lock)
        };
        let lock = make().map_err(|error| ProjectError::io(&root, error))?;
        Ok(Self { folder: folder.clone(), inside: Folder::new(&root), root, _lock: lock })
    }

    /// Puts down the words and bytes of a draft.
    pub(super) fn put(&self, draft: &Draft) -> Result<(), ProjectError> {
        let id = draft.record.id;
        let source = self.inside.source(id, &draft.record.source.extension);
        let folder = self.inside.plan(id);
        fs::create_dir_all(&folder).map_err(|error| ProjectError::io(&folder, error))?;
        fs::write(&source, &draft.bytes).map_err(|error| ProjectError::io(&source, error))?;
        let text = self.inside.text(id);
        fs::write(&text, draft.text.as_str()).map_err(|error| ProjectError::io(&text, error))
    }

    /// Forgets a plan that will not be taken in.
    pub fn discard(&self, id: PlanId) {
        // What stays is removed with the whole folder.
        let _ = fs::remove_dir_all(self.inside.plan(id));
    }

    /// The text of a plan as it would be taken in.
    pub fn text(&self, id: PlanId) -> Result<Text, ProjectError> {
        Project::read_text(&self.inside, id)
    }

    /// The plan as it would be taken in.
    pub fn plan(&self, record: &PlanRecord) -> Result<Plan, ProjectError> {
        Ok(plan::read(&self.text(record.id)?, &record.layout, &record.corrections))
    }

    /// Reads the bytes of a plan again, in another encoding. What a person set right in its metadata stays.
    pub fn reread(&self, staged: &Staged, reading: &Reading) -> Result<Staged, IntakeError> {
        let source = &staged.record.source;
        let path = self.inside.source(staged.record.id, &source.extension);
        let bytes = super::read_bytes(&path)?;
        let options = reading.options();
        let failed = |cause| IntakeError::Import { path: PathBuf::from(&source.file_name), cause };
        let mut draft = Draft::new(&source.file_name, bytes, &options, source.imported).map_err(failed)?;
        draft.record.id = staged.record.id;
        draft.record.source.captured = source.captured;
        draft.record.source.url = draft.record.source.url.or_else(|| source.url.clone());
        keep_set_by_reader(&staged.record.metadata, &mut draft.record.metadata);
        draft.record.version_of = staged.record.version_of;
        self.put(&draft)?;
        let Draft { record, lost, doubts, .. } = draft;
        Ok(Staged { record, lost, doubts, kin: staged.kin.clone(), carried: staged.carried })
    }

    /// Takes plans into the project, in this order; those taken in are told to `sink` when they are safe on
    /// disk. `known` are the plans of the project, for what comes over from earlier versions. Ends early when
    /// `cancel` is set; what was taken in stays.
    pub fn accept(
        &self,
        records: Vec<PlanRecord>,
        known: &BTreeMap<PlanId, Entry>,
        ledger: &Ledger,
        cancel: &AtomicBool,
        sink: &mut dyn FnMut(Vec<Outcome>),
    ) {
        let mut records = records.into_iter().peekable();
        while records.peek().is_some() && !cancel.load(Ordering::Relaxed) {
            let batch: Vec<PlanRecord> = records.by_ref().take(AT_ONCE).collect();
            let mut accepted = self.accept_batch(&batch, known, ledger);
            let plans = self.folder.plans();
            if sync(&plans).is_err() {
                // They are there, but may not be after a loss of power.
                for (_, result) in accepted.iter_mut().filter(|(_, result)| result.is_ok()) {
                    let error = io::Error::other("the folder cannot be synced to disk");
                    *result = Err(ProjectError::io(&plans, error).into());
                }
            }
            sink(accepted);
        }
    }

    fn accept_batch(
        &self,
        batch: &[PlanRecord],
        known: &BTreeMap<PlanId, Entry>,
        ledger: &Ledger,
    ) -> Vec<Outcome> {
        let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(batch.len())));
        std::thread::scope(|scope| {
            for _ in 0..SYNCING.min(batch.len()) {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(record) = batch.get(at) else { return };
                        let result = self.accept_one(record, known, ledger).map_err(IntakeError::Disk);
                        done.lock().unwrap_or_else(PoisonError::into_inner).push((at, record.id, result));
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|&(at, ..)| at);
        done.into_iter().map(|(_, id, result)| (id, result)).collect()
    }

    /// Completes a plan's folder, syncs all that is in it, and renames it to its place.
    fn accept_one(
        &self,
        record: &PlanRecord,
        known: &BTreeMap<PlanId, Entry>,
        ledger: &Ledger,
    ) -> Result<Accepted, ProjectError> {
        let id = record.id;
        let mut record = record.clone();
        let mut over = CarriedOver::default();
        if let Some(earlier) = record.version_of.and_then(|earlier| known.get(&earlier)) {
            over = self.carry_over(&mut record, earlier)?;
        }
        let digest = write_whole(&self.inside.record(id), &record)?;
        let sheets = self.inside.sheets(id);
        if !over.sheets.is_empty() {
            fs::create_dir_all(&sheets).map_err(|error| ProjectError::io(&sheets, error))?;
        }
        let mut digests = Vec::new();
        for (coder, sheet) in &over.sheets {
            let path = self.inside.sheet(id, coder);
            digests.push((coder.clone(), write_whole(&path, &SheetFile::new(coder, sheet))?));
        }
        let from = self.inside.plan(id);
        for path in [self.inside.source(id, &record.source.extension), self.inside.text(id)] {
            sync(&path).map_err(|error| ProjectError::io(&path, error))?;
        }
        for folder in [Some(&sheets).filter(|_| !over.sheets.is_empty()), Some(&from)].into_iter().flatten() {
            sync(folder).map_err(|error| ProjectError::io(folder, error))?;
        }
        let to = self.folder.plan(id);
        fs::rename(&from, &to).map_err(|error| ProjectError::io(&to, error))?;

        let record = Arc::new(record);
        ledger.note(ProjectFile::Record(id), digest, Image::Record(record.clone()));
        for (coder, digest) in digests {
            if let Some(sheet) = over.sheets.get(&coder) {
                ledger.note(ProjectFile::Sheet(id, coder), digest, Image::Sheet(sheet.clone()));
            }
        }
        Ok(Accepted { record, sheets: over.sheets, carried: over.carried })
    }

    /// What comes over from the earlier version: annotations, corrections, and what a person said of it.
    fn carry_over(&self, record: &mut PlanRecord, earlier: &Entry) -> Result<CarriedOver, ProjectError> {
        let text = self.text(record.id)?;
        let before = Project::read_text(&self.folder, earlier.record.id)?;
        record.corrections = carry::corrections(&before, &earlier.record.corrections, &text);
        keep_set_by_reader(&earlier.record.metadata, &mut record.metadata);
        let sheets = match &earlier.sheets {
            Some(sheets) => sheets.clone(),
            None => Project::read_sheets(&self.folder, &Ledger::default(), earlier.record.id)
                .sheets
                .unwrap_or_default(),
        };
        let mut over = CarriedOver { carried: Some(Carried::default()), sheets: Sheets::new() };
        for (coder, sheet) in &sheets {
            let (sheet, found) = carry::sheet(sheet, &text, record.id);
            over.carried = over.carried.map(|sum| sum + found);
            if !sheet.is_empty() {
                over.sheets.insert(coder.clone(), Arc::new(sheet));
            }
        }
        Ok(over)
    }
}

/// What a new version takes over from the earlier one.
#[derive(Default)]
struct CarriedOver {
    sheets: BTreeMap<Coder, Arc<Sheet>>,
    carried: Option<Carried>,
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is removed at the next import.
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// What a person set in `from` goes before what was read into `to`.
pub(super) fn keep_set_by_reader(from: &Metadata, to: &mut Metadata) {
    fn keep<T: Clone>(from: Option<&Fact<T>>, to: &mut Option<Fact<T>>) {
        if let Some(fact) = from.filter(|fact| fact.evidence == Evidence::Reader) {
            *to = Some(fact.clone());
        }
    }
    keep(from.title.as_ref(), &mut to.title);
    keep(from.place.as_ref(), &mut to.place);
    keep(from.years.as_ref(), &mut to.years);
    keep(from.doc_type.as_ref(), &mut to.doc_type);
    keep(from.genre.as_ref(), &mut to.genre);
    keep(from.issuer.as_ref(), &mut to.issuer);
    keep(from.document_number.as_ref(), &mut to.document_number);
    keep(from.date.as_ref(), &mut to.date);
}

/// Writes a record where nobody reads yet, and syncs it.
fn write_whole<T: serde::Serialize>(path: &Path, record: &T) -> Result<Digest, ProjectError> {
    let content = to_ron(record).map_err(|error| ProjectError::new(path, Cause::Damaged(error)))?;
    let write = || -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(content.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|error| ProjectError::io(path, error))?;
    Ok(Digest::of(content.as_bytes()))
}

/// Brings a file or folder to disk. Windows has no such thing for folders; its renames are journalled.
fn sync(path: &Path) -> io::Result<()> {
    if cfg!(windows) {
        if path.is_dir() {
            return Ok(());
        }
        return File::options().write(true).open(path)?.sync_all();
    }
    File::open(path)?.sync_all()
}

/// Removes the folders of imports that ended without cleaning up.
fn remove_stale(plans: &Path) {
    let Ok(entries) = fs::read_dir(plans) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if !name_of(&path).starts_with(PREFIX) {
            continue;
        }
        let alive =
            File::options().write(true).open(path.join("lock")).is_ok_and(|lock| lock.try_lock().is_err());
        if !alive {
            // Another process may be removing it just now.
            let _ = fs::remove_dir_all(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Options;
    use jiff::Timestamp;

    fn draft(words: &str) -> Draft {
        Draft::new("甲.txt", words.as_bytes().to_vec(), &Options::default(), Timestamp::UNIX_EPOCH).unwrap()
    }

    fn plans(project: &Project) -> Vec<String> {
        let entries = fs::read_dir(project.folder.plans()).unwrap();
        entries.map(|entry| name_of(&entry.unwrap().path())).collect()
    }

    #[test]
    fn nothing_is_there_before_it_is_taken_in_and_nothing_stays_behind() {
        let root = tempfile::tempdir().unwrap();
        let project = Project::create(root.path().join("p"), "p", Timestamp::UNIX_EPOCH).unwrap();
        let staging = Staging::begin(&project.folder).unwrap();
        let (one, two) = (draft("一、甲。"), draft("一、乙。"));
        staging.put(&one).unwrap();
        staging.put(&two).unwrap();
        assert_eq!(Project::open(project.folder.root()).unwrap().0.plans.len(), 0);
        let mut taken = Vec::new();
        staging.accept(
            vec![one.record.clone()],
            &BTreeMap::new(),
            &project.ledger,
            &AtomicBool::new(false),
            &mut |accepted| taken.extend(accepted.into_iter().map(|(_, one)| one.unwrap().record.id)),
        );
        assert_eq!(taken, [one.record.id]);
        drop(staging);
        assert_eq!(plans(&project), [one.record.id.0.to_string()]);
        let reopened = Project::open(project.folder.root()).unwrap().0;
        assert_eq!(*reopened.plans[&one.record.id].record, one.record);
    }

    #[test]
    fn what_a_crash_left_goes_and_what_lives_stays() {
        let root = tempfile::tempdir().unwrap();
        let project = Project::create(root.path().join("p"), "p", Timestamp::UNIX_EPOCH).unwrap();
        let alive = Staging::begin(&project.folder).unwrap();
        let crashed = project.folder.plans().join(".import-crashed");
        fs::create_dir_all(crashed.join("plans/x")).unwrap();
        fs::write(crashed.join("lock"), "").unwrap();
        let _second = Staging::begin(&project.folder).unwrap();
        assert!(!crashed.exists() && alive.root.exists());
    }
}
