//! Changes that others make on disk: a colleague, the same coder on another machine, a sync tool.
//!
//! The program remembers what every file held when it last read or wrote it. A file that holds something else
//! was changed by others; it is never overwritten but merged, with the remembered version as the common
//! ground. Contents are compared, not times, which network folders and sync tools do not keep. Not here:
//! noticing changes (see `watch`), copies that sync tools make (see `conflict`).
//!
//! How to add a kind of file: a variant of [`File`], its path in `folder` and its name in `bundle`; a variant of
//! [`Image`] and its arms below (read, written, merged); `Stored` in `migrate`; a variant of `Change`; the field of
//! `Project` that `Project::image` and `Project::take_in` reach, read in `Project::open`; what of it can be rescued
//! from a damaged file; its folder in `watch`; what a colleague's brings in `join`; docs/FILE_FORMAT.md and a file
//! under tests/fixtures/formats. Saving, undo, outside changes, backups, the check and repair then work.

use super::disk::{self, Digest, Loaded};
use super::links::{Links, LinksFile};
use super::migrate::FORMAT_VERSION;
use super::notation::to_ron;
use super::record::SheetFile;
use super::{Cause, File, Folder, PlanRecord, ProjectError};
use crate::annotation::{Codebook, Sheet};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, io};

/// What a file of the project holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Image {
    /// `codebook.ron`
    Codebook(Arc<Codebook>),
    /// `plan.ron`
    Record(Arc<PlanRecord>),
    /// `annotations/<coder>.ron` and `notes/<coder>.ron`
    Sheet(Arc<Sheet>),
    /// `links/<coder>.ron`
    Links(Arc<Links>),
}

impl Image {
    /// Reads a file of the project.
    pub fn load(folder: &Folder, file: &File) -> Result<Loaded<Self>, ProjectError> {
        let path = folder.path(file);
        match file {
            File::Codebook => {
                disk::load::<Codebook>(&path).map(|l| l.map(|book| Self::Codebook(book.into())))
            }
            File::Record(_) => {
                disk::load::<PlanRecord>(&path).map(|l| l.map(|record| Self::Record(record.into())))
            }
            File::Links(_) => {
                disk::load::<LinksFile>(&path).map(|l| l.map(|file| Self::Links(Links::from(file).into())))
            }
            File::Sheet(..) | File::Notes(_) => {
                disk::load::<SheetFile>(&path).map(|l| l.map(|file| Self::Sheet(Sheet::from(file).into())))
            }
        }
    }

    /// Reads what the file `file` of some project holds.
    pub fn parse(file: &File, bytes: &[u8]) -> Result<Loaded<Self>, Cause> {
        match file {
            File::Codebook => {
                disk::loaded::<Codebook>(bytes).map(|l| l.map(|book| Self::Codebook(book.into())))
            }
            File::Record(_) => {
                disk::loaded::<PlanRecord>(bytes).map(|l| l.map(|record| Self::Record(record.into())))
            }
            File::Links(_) => {
                disk::loaded::<LinksFile>(bytes).map(|l| l.map(|file| Self::Links(Links::from(file).into())))
            }
            File::Sheet(..) | File::Notes(_) => {
                disk::loaded::<SheetFile>(bytes).map(|l| l.map(|file| Self::Sheet(Sheet::from(file).into())))
            }
        }
    }

    /// The words of the file that holds this.
    fn to_ron(&self, file: &File) -> Result<String, String> {
        match (self, file) {
            (Self::Codebook(book), _) => to_ron(&Codebook { version: FORMAT_VERSION, ..(**book).clone() }),
            (Self::Record(record), _) => {
                to_ron(&PlanRecord { version: FORMAT_VERSION, ..(**record).clone() })
            }
            (Self::Sheet(sheet), File::Sheet(_, coder) | File::Notes(coder)) => {
                to_ron(&SheetFile::new(coder, sheet))
            }
            (Self::Links(links), File::Links(coder)) => to_ron(&LinksFile::new(coder, links)),
            (Self::Sheet(_) | Self::Links(_), _) => Err("a sheet belongs to a coder".to_owned()),
        }
    }

    /// This image with what `theirs` changed since `base`; nothing of either is lost.
    #[must_use]
    pub fn merge(&self, base: Option<&Self>, theirs: &Self) -> Self {
        match (self, theirs) {
            (Self::Codebook(ours), Self::Codebook(theirs)) => {
                let base =
                    base.and_then(|base| if let Self::Codebook(book) = base { Some(&**book) } else { None });
                Self::Codebook(ours.merge(base, theirs).into())
            }
            (Self::Sheet(ours), Self::Sheet(theirs)) => {
                let none = Arc::default();
                let base =
                    base.and_then(|base| if let Self::Sheet(sheet) = base { Some(sheet) } else { None });
                let mut merged = (**ours).clone();
                for edit in ours.merge(base.unwrap_or(&none), theirs).edits {
                    // The edits were made for this very sheet.
                    let _ = merged.apply(&edit);
                }
                Self::Sheet(merged.into())
            }
            (Self::Links(ours), Self::Links(theirs)) => {
                let none = Arc::default();
                let base =
                    base.and_then(|base| if let Self::Links(links) = base { Some(links) } else { None });
                Self::Links(ours.merge(base.unwrap_or(&none), theirs).into())
            }
            (Self::Record(ours), Self::Record(theirs)) => {
                let base = base
                    .and_then(|base| if let Self::Record(record) = base { Some(&**record) } else { None });
                Self::Record(merge_records(base, ours, theirs).into())
            }
            _ => self.clone(),
        }
    }
}

/// Metadata and corrections are taken from the side that changed them; from ours where both did.
pub(super) fn merge_records(base: Option<&PlanRecord>, ours: &PlanRecord, theirs: &PlanRecord) -> PlanRecord {
    let mut merged = ours.clone();
    if base.is_some_and(|base| base.metadata == ours.metadata) {
        merged.metadata = theirs.metadata.clone();
    }
    if base.is_some_and(|base| base.corrections == ours.corrections) {
        merged.corrections.clone_from(&theirs.corrections);
    } else {
        let fresh = theirs.corrections.iter().filter(|correction| {
            !ours.corrections.contains(correction)
                && base.is_none_or(|base| !base.corrections.contains(correction))
        });
        merged.corrections.extend(fresh.cloned());
    }
    merged
}

/// What every file held when it was last read or written. Shared by all that read and write the project.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<BTreeMap<File, (Digest, Image)>>>);

impl Ledger {
    /// Remembers what a file holds.
    pub fn note(&self, file: File, digest: Digest, image: Image) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(file, (digest, image));
    }

    /// What the file held, as far as is known.
    pub fn get(&self, file: &File) -> Option<(Digest, Image)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(file).cloned()
    }

    /// Reads a file that may have been changed by others; `None` where it holds what was last read or written.
    pub fn changed(&self, folder: &Folder, file: &File) -> Result<Option<Loaded<Image>>, ProjectError> {
        let known = self.get(file).map(|(digest, _)| digest);
        let path = folder.path(file);
        match fs::read(&path) {
            Ok(content) if known == Some(Digest::of(&content)) => Ok(None),
            Ok(_) => Image::load(folder, file).map(Some),
            // Taken away by others: what is in memory is written again with the next edit.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ProjectError::io(&path, error)),
        }
    }
}

/// A file of the project as it was in memory at one moment, to be written here or on another thread.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub(super) folder: Folder,
    pub(super) file: File,
    pub(super) image: Image,
    pub(super) ledger: Ledger,
}

impl Snapshot {
    /// Where it will be written.
    pub fn path(&self) -> PathBuf {
        self.folder.path(&self.file)
    }

    /// What will be written.
    pub fn image(&self) -> &Image {
        &self.image
    }

    /// Writes the file, whole or not at all. Where others changed it meanwhile, their changes are merged in
    /// and what was written is given back; a damaged file is kept aside first.
    pub fn write(&self) -> Result<Option<Image>, ProjectError> {
        let path = self.path();
        let merged = match self.ledger.changed(&self.folder, &self.file) {
            Ok(None) => None,
            Ok(Some(theirs)) if theirs.is_newer() => {
                let cause = Cause::Newer { found: theirs.version, known: FORMAT_VERSION };
                return Err(ProjectError::new(&path, cause));
            }
            Ok(Some(theirs)) => {
                let base = self.ledger.get(&self.file).map(|(_, image)| image);
                Some(self.image.merge(base.as_ref(), &theirs.record))
            }
            Err(ProjectError { cause: Cause::Damaged(_), .. }) => {
                disk::keep_aside(&path)?;
                None
            }
            Err(error) => return Err(error),
        };
        self.put(merged.as_ref().unwrap_or(&self.image))?;
        Ok(merged)
    }

    /// Writes the file, whole or not at all, whatever it holds now.
    pub(super) fn overwrite(&self) -> Result<(), ProjectError> {
        self.put(&self.image)
    }

    fn put(&self, image: &Image) -> Result<(), ProjectError> {
        let path = self.path();
        let content =
            image.to_ron(&self.file).map_err(|error| ProjectError::new(&path, Cause::Damaged(error)))?;
        disk::write_atomic(&path, content.as_bytes())?;
        self.ledger.note(self.file.clone(), Digest::of(content.as_bytes()), image.clone());
        Ok(())
    }
}
