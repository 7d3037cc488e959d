//! The project in memory, and how it is opened and saved.

use super::disk::{self, Loaded};
use super::links::{Excerpt, Link, LinkId, LinkRecord, Links};
use super::lock::{Lock, Refusal};
use super::migrate::FORMAT_VERSION;
use super::notation::salvage;
use super::outside::{Image, Ledger, Snapshot};
use super::watch::coder_of;
use super::{
    Backup, Cause, Change, Folder, Manifest, PlanId, PlanRecord, ProjectError, ReadOnly, Reason, Refused,
    conflict,
};
use crate::annotation::{Annotation, AnnotationId, Codebook, Coder, Sheet, Tag, Unknown};
use crate::text::Text;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
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

/// Coders' sheets as read from a folder.
#[derive(Debug, Default)]
pub struct SheetsRead {
    /// What was read; `None` where the folder itself could not be.
    pub sheets: Option<Sheets>,
    /// Files that must not be written, and why.
    pub frozen: Vec<(File, ReadOnly)>,
    /// What is wrong.
    pub problems: Vec<ProjectError>,
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
    version: u32,
    /// Annotations of plans that are in the trash, as they were when the plans went there in this session.
    pub(super) set_aside: BTreeMap<PlanId, Sheets>,
    frozen: BTreeMap<File, ReadOnly>,
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

    fn new(folder: Folder, manifest: Manifest, codebook: Codebook) -> Self {
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

    /// Opens the project in `root`: manifest, codebook, notes and the record of every plan, but no text and no
    /// annotations yet. What is damaged is kept aside and told; everything else opens. Nobody holds a lock
    /// yet, see [`Self::claim`].
    pub fn open(root: impl Into<PathBuf>) -> Result<(Self, Vec<ProjectError>), ProjectError> {
        let folder = Folder::new(root);
        let mut problems = Vec::new();
        let (manifest, version) = read_manifest(&folder, &mut problems)?;
        let mut project = Self::new(folder, manifest, Codebook::empty());
        project.version = version;
        if version > FORMAT_VERSION {
            project.read_only = Some(ReadOnly::Newer { found: version, known: FORMAT_VERSION });
        }
        project.codebook = match project.read(&File::Codebook, &mut problems) {
            Some(Image::Codebook(codebook)) => codebook,
            _ => Arc::new(Codebook::built_in()),
        };
        let notes = read_coders(&project.folder, &project.ledger, &project.folder.notes(), File::Notes);
        project.notes = notes.sheets.unwrap_or_default();
        project.frozen.extend(notes.frozen);
        problems.extend(notes.problems);
        project.read_links(&mut problems);
        project.read_records(&mut problems)?;
        Ok((project, problems))
    }

    /// Reads the links of all coders; copies that sync tools made are told and left alone.
    fn read_links(&mut self, problems: &mut Vec<ProjectError>) {
        let Ok(entries) = fs::read_dir(self.folder.links()) else { return };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if let Some(original) = conflict::original_of(&name) {
                problems.push(ProjectError::new(&path, Cause::ConflictCopy { original }));
            } else if let Some(coder) = coder_of(&path)
                && let Some(Image::Links(links)) = self.read(&File::Links(coder.clone()), problems)
            {
                self.links.insert(coder, links);
            }
        }
    }

    fn read_records(&mut self, problems: &mut Vec<ProjectError>) -> Result<(), ProjectError> {
        let folder = self.folder.plans();
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            other => other.map_err(|error| ProjectError::io(&folder, error))?,
        };
        for entry in entries.flatten() {
            let Ok(id) = entry.file_name().to_string_lossy().parse::<Uuid>().map(PlanId) else { continue };
            if let Some(Image::Record(record)) = self.read(&File::Record(id), problems) {
                let record =
                    if record.id == id { record } else { Arc::new(PlanRecord { id, ..(*record).clone() }) };
                self.plans.insert(id, Entry { record, sheets: None });
            }
        }
        Ok(())
    }

    /// Reads one file of the project; what is wrong is told, and where it must not be written, remembered.
    fn read(&mut self, file: &File, problems: &mut Vec<ProjectError>) -> Option<Image> {
        let read = read_file(&self.folder, &self.ledger, file);
        if let Some(why) = read.frozen {
            self.frozen.insert(file.clone(), why);
        }
        problems.extend(read.problem);
        read.image
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

    /// Reads the canonical text of a plan.
    pub fn read_text(folder: &Folder, id: PlanId) -> Result<Text, ProjectError> {
        let path = folder.text(id);
        let content = fs::read(&path).map_err(|error| ProjectError::io(&path, error))?;
        let content = String::from_utf8(content).map_err(|error| {
            let place = format!("byte {}", error.utf8_error().valid_up_to());
            ProjectError::new(&path, Cause::Damaged(place))
        })?;
        Ok(Text::new(&content))
    }

    /// Reads all coders' annotations on a plan. A damaged file is kept aside and told, with what could be
    /// saved of it.
    pub fn read_sheets(folder: &Folder, ledger: &Ledger, id: PlanId) -> SheetsRead {
        read_coders(folder, ledger, &folder.sheets(id), |coder| File::Sheet(id, coder))
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

/// Reads `project.ron`, and its version. Where it is damaged or gone but the rest of a project is there, the
/// project opens all the same, with what can still be read of it.
fn read_manifest(folder: &Folder, problems: &mut Vec<ProjectError>) -> Result<(Manifest, u32), ProjectError> {
    let path = folder.manifest();
    let error = match disk::load::<Manifest>(&path) {
        Ok(Loaded { record, version, .. }) => return Ok((record, version)),
        Err(error) => error,
    };
    let rest = folder.codebook().exists() || folder.plans().is_dir();
    match &error.cause {
        Cause::Damaged(_) => {}
        Cause::Io(cause) if cause.kind() == io::ErrorKind::NotFound && rest => {}
        Cause::Io(cause) if cause.kind() == io::ErrorKind::NotFound => {
            return Err(ProjectError::new(folder.root(), Cause::NotAProject));
        }
        _ => return Err(error),
    }
    let content = fs::read(&path).unwrap_or_default();
    problems.push(match disk::keep_aside(&path) {
        Ok(path) => ProjectError { path, cause: error.cause },
        Err(_) => error,
    });
    Ok((Manifest::guessed(folder, &content, Timestamp::now()), FORMAT_VERSION))
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

/// One file as read.
struct FileRead {
    image: Option<Image>,
    frozen: Option<ReadOnly>,
    problem: Option<ProjectError>,
}

/// Reads one file. A newer file is read as far as it is understood, and not to be written; a damaged one is
/// kept aside and what can be saved of it is taken; one that cannot be read just now must not be overwritten.
fn read_file(folder: &Folder, ledger: &Ledger, file: &File) -> FileRead {
    let error = match Image::load(folder, file) {
        Ok(loaded) => {
            let why = ReadOnly::Newer { found: loaded.version, known: FORMAT_VERSION };
            let frozen = loaded.is_newer().then_some(why);
            ledger.note(file.clone(), loaded.digest, loaded.record.clone());
            return FileRead { image: Some(loaded.record), frozen, problem: None };
        }
        Err(error) => error,
    };
    match &error.cause {
        Cause::Damaged(place) => match disk::keep_aside(&error.path) {
            Ok(aside) => {
                let (image, cause) = rescue(fs::read(&error.path).unwrap_or_default(), file, place);
                FileRead { image, frozen: None, problem: Some(ProjectError { path: aside, cause }) }
            }
            Err(_) => FileRead { image: None, frozen: Some(ReadOnly::Unreadable), problem: Some(error) },
        },
        &Cause::Newer { found, known } => {
            FileRead { image: None, frozen: Some(ReadOnly::Newer { found, known }), problem: Some(error) }
        }
        _ => FileRead { image: None, frozen: Some(ReadOnly::Unreadable), problem: Some(error) },
    }
}

/// What can be saved of a damaged file (a list of annotations or tags), and how to tell it.
pub(super) fn rescue(content: impl AsRef<[u8]>, file: &File, place: &str) -> (Option<Image>, Cause) {
    let content = content.as_ref().to_vec();
    let (image, kept, lost) = match file {
        File::Sheet(..) | File::Notes(_) => {
            let (annotations, lost) = salvage::<Annotation>(&content, "annotations");
            let kept = annotations.len();
            (Some(Image::Sheet(Sheet::new(annotations).into())), kept, lost)
        }
        File::Codebook => {
            let (facets, _) = salvage(&content, "facets");
            let (tags, lost) = salvage::<Tag>(&content, "tags");
            let kept = tags.len();
            let built_in = Codebook::built_in();
            let facets = if facets.is_empty() { built_in.facets } else { facets };
            let book = Codebook { facets, tags, ..Codebook::empty() };
            ((kept > 0).then(|| Image::Codebook(book.into())), kept, lost)
        }
        File::Links(_) => {
            let (links, lost) = salvage::<Link>(&content, "matches");
            let (basket, lost_too) = salvage::<Excerpt>(&content, "basket");
            let kept = links.len() + basket.len();
            let records = links.into_iter().map(LinkRecord::Link);
            let links = Links::new(records.chain(basket.into_iter().map(LinkRecord::Excerpt)));
            (Some(Image::Links(links.into())), kept, lost + lost_too)
        }
        File::Record(_) => (None, 0, 0),
    };
    let place = place.to_owned();
    if kept == 0 {
        return (image, Cause::Damaged(place));
    }
    (image, Cause::PartlyDamaged { place, kept, lost })
}

/// Reads the files of all coders in a folder.
fn read_coders(folder: &Folder, ledger: &Ledger, inside: &Path, file: impl Fn(Coder) -> File) -> SheetsRead {
    let mut read = SheetsRead { sheets: Some(Sheets::new()), ..SheetsRead::default() };
    let entries = match fs::read_dir(inside) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return read,
        Err(error) => {
            return SheetsRead { sheets: None, problems: vec![ProjectError::io(inside, error)], ..read };
        }
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(original) = conflict::original_of(&name) {
            read.problems.push(ProjectError::new(&path, Cause::ConflictCopy { original }));
            continue;
        }
        let Some(coder) = coder_of(&path) else { continue };
        let one = read_file(folder, ledger, &file(coder.clone()));
        if let (Some(Image::Sheet(sheet)), Some(sheets)) = (one.image, &mut read.sheets) {
            sheets.insert(coder.clone(), sheet);
        }
        read.frozen.extend(one.frozen.map(|why| (file(coder), why)));
        read.problems.extend(one.problem);
    }
    read
}
