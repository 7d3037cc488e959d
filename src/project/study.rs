//! The project in memory: what it holds, whether it may be written, and how edits and the changes of others reach it.

use super::disk;
use super::links::{LinkId, Links};
use super::lock::{Lock, Refusal};
use super::migrate::FORMAT_VERSION;
use super::outside::{Image, Ledger, Snapshot};
use super::{
    Backup, Cause, Change, Folder, Manifest, PlanId, PlanRecord, ProjectError, ReadOnly, Reason, Refused,
    SheetsRead,
};
use crate::annotation::{Annotation, AnnotationId, Codebook, Coder, Sheet, Unknown};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::{fs, io};
use uuid::Uuid;

/// The sheets of one plan, by coder.
pub type Sheets = BTreeMap<Coder, Arc<Sheet>>;

/// A plan of the project.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What is known of it.
    pub record: Arc<PlanRecord>,
    /// Its annotations; `None` until they are read.
    pub sheets: Option<Sheets>,
}

/// A file of the project that a change belongs to. One change touches one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum File {
    /// `codebook.ron`
    Codebook,
    /// `plans/<id>/plan.ron`
    Record(PlanId),
    /// `plans/<id>/annotations/<coder>.ron`
    Sheet(PlanId, Coder),
    /// `notes/<coder>.ron`
    Notes(Coder),
    /// `links/<coder>.ron`
    Links(Coder),
}

/// A project in memory.
#[derive(Clone, Debug)]
pub struct Project {
    /// Where it lies.
    pub folder: Folder,
    /// What it is.
    pub manifest: Manifest,
    /// Its codebook.
    pub codebook: Arc<Codebook>,
    /// Its plans, by id.
    pub plans: BTreeMap<PlanId, Entry>,
    /// Coders' notes on tags and on the project.
    pub notes: Sheets,
    /// Coders' decisions on pairs of plans, and their baskets.
    pub links: BTreeMap<Coder, Arc<Links>>,
    /// Why nothing may be written; `None` where it may.
    pub read_only: Option<ReadOnly>,
    /// What each file held when last read or written.
    pub ledger: Ledger,
    /// The version that `project.ron` has on disk.
    pub(super) version: u32,
    /// Annotations of plans that are in the trash, as they were when the plans went there in this session.
    pub(super) set_aside: BTreeMap<PlanId, Sheets>,
    pub(super) frozen: BTreeMap<File, ReadOnly>,
    lock: Option<Arc<Lock>>,
}

impl Project {
    /// Makes a new project in `root`, which must be empty or not there yet.
    pub fn create(root: impl Into<PathBuf>, title: &str, now: Timestamp) -> Result<Self, ProjectError> {
        let folder = Folder::new(root);
        match fs::read_dir(folder.root()) {
            Ok(entries) => {
                if entries.count() > 0 {
                    return Err(ProjectError::new(folder.root(), Cause::NotEmpty));
                }
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(ProjectError::io(folder.root(), error));
            }
            Err(_) => {}
        }
        let (id, title, unknown) = (Uuid::new_v4(), title.to_owned(), Unknown::default());
        let manifest = Manifest { version: FORMAT_VERSION, id, title, created: now, unknown };
        let project = Self::new(folder, manifest, Codebook::built_in());
        let digest = disk::write_ron(&project.folder.codebook(), &*project.codebook)?;
        project.ledger.note(File::Codebook, digest, Image::Codebook(project.codebook.clone()));
        disk::write_ron(&project.folder.manifest(), &project.manifest)?;
        Ok(project)
    }

    pub(super) fn new(folder: Folder, manifest: Manifest, codebook: Codebook) -> Self {
        Self {
            folder,
            manifest,
            codebook: Arc::new(codebook),
            plans: BTreeMap::new(),
            notes: Sheets::new(),
            links: BTreeMap::new(),
            read_only: None,
            ledger: Ledger::default(),
            version: FORMAT_VERSION,
            set_aside: BTreeMap::new(),
            frozen: BTreeMap::new(),
            lock: None,
        }
    }

    /// Claims the files of `coder` for writing. Where that is refused, the project is open for reading only;
    /// `take_over`: also from a window that seems alive.
    pub fn claim(&mut self, coder: &Coder, take_over: bool, now: Timestamp) {
        if matches!(self.read_only, Some(ReadOnly::Newer { .. })) {
            return;
        }
        if self.lock.as_ref().is_some_and(|lock| lock.holder().coder == *coder && !lock.is_lost()) {
            return;
        }
        self.lock = None;
        self.read_only = match Lock::claim(&self.folder, coder, take_over, now) {
            Ok(lock) => {
                self.lock = Some(Arc::new(lock));
                None
            }
            Err(Refusal::Held(holder)) => Some(ReadOnly::Held(holder)),
            Err(Refusal::NoRights) => Some(ReadOnly::NoRights),
            // Not even a lock can be written just now; every save will tell what is wrong.
            Err(Refusal::Failed(_)) => None,
        };
    }

    /// Backs up and lifts the project where an older version of the program made it; tells whether it did. Its
    /// files are lifted one by one, each when it is written next.
    pub fn migrate(&mut self, now: Timestamp) -> Result<bool, ProjectError> {
        if self.version >= FORMAT_VERSION || self.read_only.is_some() {
            return Ok(false);
        }
        Backup::make(&self.folder, Reason::Migration, now)?;
        self.manifest.version = FORMAT_VERSION;
        disk::write_ron(&self.folder.manifest(), &self.manifest)?;
        self.version = FORMAT_VERSION;
        Ok(true)
    }

    /// The lock, where this window holds one.
    pub fn lock(&self) -> Option<&Arc<Lock>> {
        self.lock.as_ref()
    }

    /// Says that a file must not be written.
    pub fn freeze(&mut self, file: &File, why: ReadOnly) {
        self.frozen.insert(file.clone(), why);
    }

    /// Why a file may not be written; `None` where it may.
    pub fn is_read_only(&self, file: &File) -> Option<ReadOnly> {
        if let Some(lock) = self.lock.as_ref().filter(|lock| lock.is_lost()) {
            return Some(ReadOnly::Held(Box::new(lock.holder().clone())));
        }
        self.read_only.clone().or_else(|| self.frozen.get(file).cloned())
    }

    /// Takes in the annotations of a plan, unless they are there already.
    pub fn take_in_sheets(&mut self, id: PlanId, read: SheetsRead) -> Vec<ProjectError> {
        if let Some(entry) = self.plans.get_mut(&id)
            && entry.sheets.is_none()
        {
            entry.sheets = read.sheets;
            self.frozen.extend(read.frozen);
        }
        read.problems
    }

    /// Says that a plan which comes next from the trash has no annotations yet.
    pub fn expect_without_annotations(&mut self, id: PlanId) {
        self.set_aside.insert(id, Sheets::new());
    }

    /// Says that the annotations of a plan which comes next from the trash are those on disk.
    pub fn expect_as_on_disk(&mut self, id: PlanId) {
        self.set_aside.remove(&id);
    }

    /// Carries out a change in memory; tells the file that is to be saved.
    pub fn apply(&mut self, change: &Change) -> Result<File, Refused> {
        change.apply(self)
    }

    /// The sheet of a file, made where it is missing; `None` where the plan is unknown or its annotations are
    /// not read yet.
    pub(super) fn sheet_mut(&mut self, file: &File) -> Option<&mut Arc<Sheet>> {
        match file {
            File::Sheet(plan, coder) => {
                let sheets = self.plans.get_mut(plan)?.sheets.as_mut()?;
                Some(sheets.entry(coder.clone()).or_default())
            }
            File::Notes(coder) => Some(self.notes.entry(coder.clone()).or_default()),
            File::Codebook | File::Record(_) | File::Links(_) => None,
        }
    }

    /// The annotations of one coder on a plan; none where they are not read yet.
    pub fn annotations<'a>(&'a self, plan: PlanId, coder: &Coder) -> impl Iterator<Item = &'a Annotation> {
        let sheet = self.plans.get(&plan).and_then(|entry| entry.sheets.as_ref()?.get(coder));
        sheet.into_iter().flat_map(|sheet| sheet.iter())
    }

    /// What a file holds in memory; `None` where the project has no such plan or sheet.
    pub fn image(&self, file: &File) -> Option<Image> {
        Some(match file {
            File::Codebook => Image::Codebook(self.codebook.clone()),
            File::Record(id) => Image::Record(self.plans.get(id)?.record.clone()),
            File::Sheet(id, coder) => Image::Sheet(self.plans.get(id)?.sheets.as_ref()?.get(coder)?.clone()),
            File::Notes(coder) => Image::Sheet(self.notes.get(coder)?.clone()),
            File::Links(coder) => Image::Links(self.links.get(coder)?.clone()),
        })
    }

    /// One file as it is now in memory, to be written here or on another thread; `None` where it must not be.
    pub fn snapshot(&self, file: &File) -> Option<Snapshot> {
        if self.frozen.contains_key(file) {
            return None;
        }
        let (folder, ledger) = (self.folder.clone(), self.ledger.clone());
        Some(Snapshot { folder, file: file.clone(), image: self.image(file)?, ledger })
    }

    /// Takes in what others wrote: `theirs` is what the file holds now, `base` what this window knew of it
    /// before. Tells what became otherwise in memory.
    pub fn take_in(&mut self, file: &File, base: Option<&Image>, theirs: &Image) -> Touched {
        let mut touched = Touched { file: Some(file.clone()), ..Touched::default() };
        let before = self.image(file);
        let merged = before.as_ref().map_or_else(|| theirs.clone(), |ours| ours.merge(base, theirs));
        touched.unsaved = merged != *theirs;
        if before.as_ref() == Some(&merged) {
            return Touched { unsaved: touched.unsaved, ..Touched::default() };
        }
        if let (Image::Sheet(after), before) = (&merged, &before) {
            let empty = Arc::default();
            let before = if let Some(Image::Sheet(before)) = before { before } else { &empty };
            let ids = before.iter().chain(after.iter()).map(|annotation| annotation.id);
            touched.annotations = ids.filter(|&id| before.get(id) != after.get(id)).collect();
        }
        if let (Image::Links(after), before) = (&merged, &before) {
            let empty = Arc::default();
            let before = if let Some(Image::Links(before)) = before { before } else { &empty };
            touched.links = before.changed(after);
        }
        match (file, merged) {
            (File::Links(coder), Image::Links(links)) => drop(self.links.insert(coder.clone(), links)),
            (File::Codebook, Image::Codebook(codebook)) => self.codebook = codebook,
            (File::Record(id), Image::Record(record)) => match self.plans.get_mut(id) {
                Some(entry) => entry.record = record,
                None => drop(self.plans.insert(*id, Entry { record, sheets: Some(Sheets::new()) })),
            },
            (_, Image::Sheet(sheet)) => {
                if let Some(place) = self.sheet_mut(file) {
                    *place = sheet;
                }
            }
            _ => {}
        }
        touched
    }
}

/// What became otherwise in memory because others changed a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// The file; `None` where nothing became otherwise.
    pub file: Option<File>,
    /// The annotations that became otherwise, where it is a sheet.
    pub annotations: Vec<AnnotationId>,
    /// The links and excerpts that became otherwise, where it is a file of links.
    pub links: Vec<LinkId>,
    /// Whether memory holds more than the file, so that it must be saved.
    pub unsaved: bool,
}
