//! The project in memory, and how it is opened and saved.

use super::disk::{self, FORMAT_VERSION};
use super::record::{SheetFile, SheetRecord};
use super::{Cause, Change, Conflict, Folder, Manifest, PlanId, PlanRecord, ProjectError};
use crate::annotation::{Annotation, Codebook, Coder, Sheet};
use crate::text::Text;
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
        let manifest =
            Manifest { version: FORMAT_VERSION, id: Uuid::new_v4(), title: title.to_owned(), created: now };
        let project =
            Self { folder, manifest, codebook: Arc::new(Codebook::built_in()), plans: BTreeMap::new() };
        disk::write_ron(&project.folder.codebook(), &*project.codebook)?;
        disk::write_ron(&project.folder.manifest(), &project.manifest)?;
        Ok(project)
    }

    /// Opens the project in `root`: manifest, codebook and the record of every plan, but no text and no
    /// annotations yet. What is damaged is kept aside and told; everything else opens.
    pub fn open(root: impl Into<PathBuf>) -> Result<(Self, Vec<ProjectError>), ProjectError> {
        let folder = Folder::new(root);
        let manifest: Manifest = match disk::read_ron(&folder.manifest()) {
            Err(ProjectError { cause: Cause::Io(error), .. }) if error.kind() == io::ErrorKind::NotFound => {
                return Err(ProjectError::new(folder.root(), Cause::NotAProject));
            }
            other => other?,
        };
        let mut problems = Vec::new();
        let codebook = match disk::read_ron(&folder.codebook()) {
            Ok(codebook) => codebook,
            Err(problem) => {
                problems.push(set_aside(problem));
                Codebook::built_in()
            }
        };
        let mut project = Self { folder, manifest, codebook: Arc::new(codebook), plans: BTreeMap::new() };
        project.read_records(&mut problems)?;
        Ok((project, problems))
    }

    fn read_records(&mut self, problems: &mut Vec<ProjectError>) -> Result<(), ProjectError> {
        let folder = self.folder.plans();
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            other => other.map_err(|error| ProjectError::io(&folder, error))?,
        };
        for entry in entries.flatten() {
            let Ok(id) = entry.file_name().to_string_lossy().parse::<Uuid>().map(PlanId) else { continue };
            match disk::read_ron::<PlanRecord>(&self.folder.record(id)) {
                Ok(record) => {
                    self.plans
                        .insert(id, Entry { record: Arc::new(PlanRecord { id, ..record }), sheets: None });
                }
                Err(problem) => problems.push(set_aside(problem)),
            }
        }
        Ok(())
    }

    /// Reads the canonical text of a plan.
    pub fn read_text(folder: &Folder, id: PlanId) -> Result<Text, ProjectError> {
        let path = folder.text(id);
        let content = fs::read_to_string(&path).map_err(|error| ProjectError::io(&path, error))?;
        Ok(Text::new(&content))
    }

    /// Reads all coders' annotations on a plan. A damaged file is kept aside and told.
    pub fn read_sheets(folder: &Folder, id: PlanId) -> (Sheets, Vec<ProjectError>) {
        let (mut sheets, mut problems) = (Sheets::new(), Vec::new());
        let Ok(entries) = fs::read_dir(folder.sheets(id)) else { return (sheets, problems) };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.extension().is_none_or(|extension| extension != "ron") {
                continue;
            }
            match disk::read_ron::<SheetFile>(&path) {
                Ok(file) => {
                    let coder = Coder::new(&path.file_stem().unwrap_or_default().to_string_lossy());
                    sheets.insert(coder, Arc::new(Sheet::new(file.annotations)));
                }
                Err(problem) => problems.push(set_aside(problem)),
            }
        }
        (sheets, problems)
    }

    /// Carries out a change in memory; tells the file that is to be saved.
    pub fn apply(&mut self, change: &Change) -> Result<File, Conflict> {
        change.apply(self)
    }

    /// The sheet of a coder on a plan, made where it is missing; `None` where the plan is unknown or its
    /// annotations are not read yet.
    pub(super) fn sheet_mut(&mut self, plan: PlanId, coder: &Coder) -> Option<&mut Arc<Sheet>> {
        let sheets = self.plans.get_mut(&plan)?.sheets.as_mut()?;
        Some(sheets.entry(coder.clone()).or_default())
    }

    /// The annotations of one coder on a plan; none where they are not read yet.
    pub fn annotations<'a>(&'a self, plan: PlanId, coder: &Coder) -> impl Iterator<Item = &'a Annotation> {
        let sheet = self.plans.get(&plan).and_then(|entry| entry.sheets.as_ref()?.get(coder));
        sheet.into_iter().flat_map(|sheet| sheet.iter())
    }

    /// One file as it is now in memory, to be written here or on another thread; `None` where the project has
    /// no such plan or sheet.
    pub fn snapshot(&self, file: &File) -> Option<Snapshot> {
        match file {
            File::Codebook => Some(Snapshot::Codebook(self.folder.codebook(), self.codebook.clone())),
            File::Record(id) => {
                let record = self.plans.get(id)?.record.clone();
                Some(Snapshot::Record(self.folder.record(*id), record))
            }
            File::Sheet(id, coder) => {
                let sheet = self.plans.get(id)?.sheets.as_ref()?.get(coder)?.clone();
                Some(Snapshot::Sheet(self.folder.sheet(*id, coder), coder.clone(), sheet))
            }
        }
    }
}

/// A file of the project as it was at one moment.
#[derive(Clone, Debug)]
pub enum Snapshot {
    /// `codebook.ron`
    Codebook(PathBuf, Arc<Codebook>),
    /// `plan.ron`
    Record(PathBuf, Arc<PlanRecord>),
    /// `annotations/<coder>.ron`
    Sheet(PathBuf, Coder, Arc<Sheet>),
}

impl Snapshot {
    /// Writes the file, whole or not at all.
    pub fn write(&self) -> Result<(), ProjectError> {
        match self {
            Self::Codebook(path, codebook) => disk::write_ron(path, &**codebook),
            Self::Record(path, record) => disk::write_ron(path, &**record),
            Self::Sheet(path, coder, sheet) => {
                let annotations = sheet.in_order();
                let record = SheetRecord { version: FORMAT_VERSION, coder: coder.clone(), annotations };
                disk::write_ron(path, &record)
            }
        }
    }
}

/// Keeps a damaged file aside, so that nothing written later can destroy what can still be read in it.
fn set_aside(problem: ProjectError) -> ProjectError {
    if matches!(problem.cause, Cause::Damaged(_))
        && let Ok(aside) = disk::keep_aside(&problem.path)
    {
        return ProjectError { path: aside, cause: problem.cause };
    }
    problem
}
