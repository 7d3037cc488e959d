//! Reading the files of a project folder. What is damaged is kept aside and told, and everything else is read; what can
//! still be read of a damaged list is taken.
//!
//! Not here: the project in memory and its edits (see `study`), how one file is parsed (see `outside`, `disk`).

use super::disk::{self, Loaded};
use super::links::{Excerpt, Link, LinkRecord, Links};
use super::migrate::FORMAT_VERSION;
use super::notation::salvage;
use super::outside::{Image, Ledger};
use super::watch::coder_of;
use super::{
    Cause, Entry, File, Folder, Manifest, PlanId, PlanRecord, Project, ProjectError, ReadOnly, Sheets,
    conflict,
};
use crate::annotation::{Annotation, Codebook, Coder, Sheet, Tag};
use crate::text::Text;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};
use uuid::Uuid;

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

impl Project {
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
