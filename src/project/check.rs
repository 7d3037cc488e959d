//! Checking a project folder: every file is there, can be read, and agrees with the others. Nothing is changed.
//!
//! Not here: mending what was found (see `repair`), words for people beside the plain English of `cli`.

use super::bundle::{self, Bundle};
use super::disk;
use super::outside::Image;
use super::reading::rescue;
use super::{
    Cause, FORMAT_VERSION, File, Folder, Manifest, PlanId, PlanRecord, Project, ProjectError, conflict,
};
use crate::annotation::{AnnotationId, Codebook, Coder, Place, Sheet, TagId};
use crate::text::Text;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

/// What is wrong, or worth a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The system refuses to read it.
    Unreadable(String),
    /// It is not there, and must be.
    Missing,
    /// It is not the format it should be, and nothing in it can be read.
    Damaged(String),
    /// The same, but some records can be read.
    PartlyDamaged {
        /// Where the damage begins.
        place: String,
        /// Records that can be read.
        kept: usize,
        /// Records that cannot.
        lost: usize,
    },
    /// A newer version of the program wrote it.
    Newer(u32),
    /// An older version wrote it; it is lifted whenever it is written.
    Older(u32),
    /// A copy that a sync tool made of the named file.
    ConflictCopy(String),
    /// The bytes are not those that were imported.
    SourceAltered,
    /// The text is not the one that was imported.
    TextAltered,
    /// The record of a plan names another plan.
    ForeignId,
    /// What a crash left of a file being written.
    Leftover,
    /// A damaged file that was kept aside.
    KeptAside,
    /// The codebook has two tags of this id.
    DoubleTag(TagId),
    /// A tag lies under a tag, or in a facet, that is not there, or under itself.
    TagWithoutPlace(TagId),
    /// Two tags have the same shortcut.
    DoubleShortcut(char),
    /// Taggings with a tag that the codebook does not have.
    UnknownTag(TagId, usize),
    /// Another file has annotations of the same id.
    DoubleAnnotations(usize),
    /// Annotations that probably sit elsewhere now; a person should confirm them.
    Uncertain(usize),
    /// Annotations that no longer find their words.
    Unanchored(usize),
}

impl Trouble {
    /// Whether something is broken, or only worth a look.
    pub fn is_damage(&self) -> bool {
        !matches!(
            self,
            Self::Newer(_)
                | Self::Older(_)
                | Self::ConflictCopy(_)
                | Self::Leftover
                | Self::KeptAside
                | Self::DoubleAnnotations(_)
                | Self::DoubleShortcut(_)
                | Self::UnknownTag(..)
                | Self::Uncertain(_)
                | Self::Unanchored(_)
        )
    }

    /// Whether `repair` may be able to mend it.
    pub fn is_mendable(&self) -> bool {
        matches!(
            self,
            Self::Missing
                | Self::Damaged(_)
                | Self::PartlyDamaged { .. }
                | Self::Older(_)
                | Self::ConflictCopy(_)
                | Self::TextAltered
                | Self::ForeignId
                | Self::Leftover
                | Self::DoubleTag(_)
                | Self::TagWithoutPlace(_)
        )
    }
}

/// Something found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file.
    pub path: PathBuf,
    /// What.
    pub trouble: Trouble,
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were looked at.
    pub files: usize,
    /// Plans.
    pub plans: usize,
    /// Everybody who has a file.
    pub coders: BTreeSet<Coder>,
    /// Annotations, notes on tags and on the project among them.
    pub annotations: usize,
    /// What was found, damage first, then by path.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The damage among the findings.
    pub fn damage(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.trouble.is_damage())
    }
}

/// Checks the project in `folder`. Fails only where the folder is no project.
pub fn check(folder: &Folder) -> Result<Report, ProjectError> {
    let bundle = Bundle::open(folder.root())?;
    if !folder.manifest().exists() && !folder.plans().is_dir() && !folder.codebook().exists() {
        return Err(ProjectError::new(folder.root(), Cause::NotAProject));
    }
    let mut check = Check { folder, report: Report::default(), codebook: None, seen: BTreeMap::new() };
    check.manifest();
    let mut sheets: BTreeMap<PlanId, Vec<(PathBuf, Arc<Sheet>)>> = BTreeMap::new();
    for name in bundle.records()? {
        let path = bundle.path(&name);
        match bundle::file_of(&name) {
            None if name == "project.ron" => {}
            None => check.other(path, &name),
            Some(file) => match (check.file(&file, path.clone()), file) {
                (Some(Image::Sheet(sheet)), File::Sheet(id, _)) => {
                    sheets.entry(id).or_default().push((path, sheet));
                }
                (Some(Image::Codebook(book)), _) => check.codebook_found(&path, book),
                _ => {}
            },
        }
    }
    if !folder.codebook().exists() {
        check.find(folder.codebook(), Trouble::Missing);
    }
    check.plans(&sheets)?;
    check.unknown_tags(&sheets);
    check.leftovers()?;
    let mut report = check.report;
    report.findings.sort_by(|a, b| (!a.trouble.is_damage(), &a.path).cmp(&(!b.trouble.is_damage(), &b.path)));
    Ok(report)
}

struct Check<'a> {
    folder: &'a Folder,
    report: Report,
    codebook: Option<Arc<Codebook>>,
    /// Where each annotation was met first.
    seen: BTreeMap<AnnotationId, PathBuf>,
}

impl Check<'_> {
    fn find(&mut self, path: PathBuf, trouble: Trouble) {
        self.report.findings.push(Finding { path, trouble });
    }

    fn manifest(&mut self) {
        let path = self.folder.manifest();
        self.report.files += 1;
        match disk::load::<Manifest>(&path) {
            Ok(loaded) => self.version(path, loaded.version),
            Err(error) => drop(self.cause(path, error.cause, None)),
        }
    }

    fn version(&mut self, path: PathBuf, version: u32) {
        match version.cmp(&FORMAT_VERSION) {
            std::cmp::Ordering::Greater => self.find(path, Trouble::Newer(version)),
            std::cmp::Ordering::Less => self.find(path, Trouble::Older(version)),
            std::cmp::Ordering::Equal => {}
        }
    }

    /// Tells why a file could not be read; gives back what of it could.
    fn cause(&mut self, path: PathBuf, cause: Cause, file: Option<(&File, &[u8])>) -> Option<Image> {
        let (image, trouble) = match (cause, file) {
            (Cause::Damaged(place), Some((file, bytes))) => match rescue(bytes, file, &place) {
                (image, Cause::PartlyDamaged { place, kept, lost }) => {
                    (image, Trouble::PartlyDamaged { place, kept, lost })
                }
                _ => (None, Trouble::Damaged(place)),
            },
            (Cause::Damaged(place), None) => (None, Trouble::Damaged(place)),
            (Cause::Newer { found, .. }, _) => (None, Trouble::Newer(found)),
            (Cause::Io(error), _) if error.kind() == std::io::ErrorKind::NotFound => (None, Trouble::Missing),
            (other, _) => (None, Trouble::Unreadable(other.to_string())),
        };
        self.find(path, trouble);
        image
    }

    /// Reads a file; tells what is wrong with it.
    fn file(&mut self, file: &File, path: PathBuf) -> Option<Image> {
        self.report.files += 1;
        if let File::Sheet(_, coder) | File::Notes(coder) | File::Links(coder) = file {
            self.report.coders.insert(coder.clone());
        }
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => return self.cause(path, Cause::Io(error), None),
        };
        let image = match Image::parse(file, &bytes) {
            Ok(loaded) => {
                self.version(path.clone(), loaded.version);
                Some(loaded.record)
            }
            Err(cause) => self.cause(path.clone(), cause, Some((file, &bytes))),
        };
        if let Some(Image::Sheet(sheet)) = &image {
            self.report.annotations += sheet.len();
            let double = sheet.iter().filter(|a| self.seen.insert(a.id, path.clone()).is_some()).count();
            if double > 0 {
                self.find(path, Trouble::DoubleAnnotations(double));
            }
        }
        image
    }

    /// A file beside those of the format.
    fn other(&mut self, path: PathBuf, name: &str) {
        let file = name.rsplit('/').next().unwrap_or(name);
        if let Some(original) = conflict::original_of(file) {
            self.find(path, Trouble::ConflictCopy(original));
        }
    }

    fn codebook_found(&mut self, path: &Path, book: Arc<Codebook>) {
        let mut ids = BTreeSet::new();
        let mut shortcuts = BTreeSet::new();
        for tag in &book.tags {
            if !ids.insert(&tag.id) {
                self.find(path.to_owned(), Trouble::DoubleTag(tag.id.clone()));
            }
            let lost = |parent: &TagId| {
                book.tag(parent).is_none_or(|above| above.facet != tag.facet)
                    || book.is_within(parent, &tag.id)
            };
            if book.facet(&tag.facet).is_none() || tag.parent.as_ref().is_some_and(lost) {
                self.find(path.to_owned(), Trouble::TagWithoutPlace(tag.id.clone()));
            }
            if tag.shortcut.is_some_and(|key| !shortcuts.insert(key)) {
                self.find(path.to_owned(), Trouble::DoubleShortcut(tag.shortcut.unwrap_or_default()));
            }
        }
        self.codebook = Some(book);
    }

    /// The folder of every plan: record, source and text are there and fit; annotations find their words.
    fn plans(&mut self, sheets: &BTreeMap<PlanId, Vec<(PathBuf, Arc<Sheet>)>>) -> Result<(), ProjectError> {
        for entry in bundle::entries(&self.folder.plans())? {
            let Ok(id) = entry.file_name().to_string_lossy().parse::<Uuid>().map(PlanId) else { continue };
            self.report.plans += 1;
            let record = disk::load::<PlanRecord>(&self.folder.record(id));
            match &record {
                Err(error) if error.is_not_found() => self.find(self.folder.record(id), Trouble::Missing),
                Ok(record) if record.record.id != id => self.find(self.folder.record(id), Trouble::ForeignId),
                // What is damaged was told already.
                Ok(_) | Err(_) => {}
            }
            if let Ok(record) = &record {
                self.source(id, &record.record);
            }
            self.report.files += 1;
            match Project::read_text(self.folder, id) {
                Ok(text) => {
                    let known = record.as_ref().ok().and_then(|record| record.record.text_sha256.as_ref());
                    if known.is_some_and(|known| *known != sha256(text.as_str().as_bytes())) {
                        self.find(self.folder.text(id), Trouble::TextAltered);
                    }
                    self.anchors(&text, sheets.get(&id).map_or(&[], Vec::as_slice));
                }
                Err(error) => drop(self.cause(error.path, error.cause, None)),
            }
        }
        Ok(())
    }

    fn source(&mut self, id: PlanId, record: &PlanRecord) {
        let path = self.folder.source(id, &record.source.extension);
        self.report.files += 1;
        match fs::read(&path) {
            Err(error) => drop(self.cause(path, Cause::Io(error), None)),
            Ok(bytes) if sha256(&bytes) != record.source.sha256 => self.find(path, Trouble::SourceAltered),
            Ok(_) => {}
        }
    }

    fn anchors(&mut self, text: &Text, sheets: &[(PathBuf, Arc<Sheet>)]) {
        for (path, sheet) in sheets {
            let (mut uncertain, mut lost) = (0, 0);
            for annotation in sheet.iter() {
                match annotation.find(text) {
                    Place::Exact(_) | Place::Moved(_) => {}
                    Place::Uncertain(_) => uncertain += 1,
                    Place::Lost => lost += 1,
                }
            }
            if uncertain > 0 {
                self.find(path.clone(), Trouble::Uncertain(uncertain));
            }
            if lost > 0 {
                self.find(path.clone(), Trouble::Unanchored(lost));
            }
        }
    }

    fn unknown_tags(&mut self, sheets: &BTreeMap<PlanId, Vec<(PathBuf, Arc<Sheet>)>>) {
        let Some(book) = self.codebook.clone() else { return };
        for (path, sheet) in sheets.values().flatten() {
            let mut unknown: BTreeMap<&TagId, usize> = BTreeMap::new();
            for tag in sheet.iter().filter_map(|annotation| annotation.tag()) {
                if book.tag(book.resolve(tag)).is_none() {
                    *unknown.entry(tag).or_default() += 1;
                }
            }
            for (tag, taggings) in unknown {
                self.find(path.clone(), Trouble::UnknownTag(tag.clone(), taggings));
            }
        }
    }

    /// What a crash left of files being written, and damaged files that were kept aside.
    fn leftovers(&mut self) -> Result<(), ProjectError> {
        for path in beside_the_format(self.folder)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if is_leftover(&name) {
                self.find(path, Trouble::Leftover);
            } else if name.contains(".ron.damaged") {
                self.find(path, Trouble::KeptAside);
            }
        }
        Ok(())
    }
}

/// The files in the folders of a project that are none of the format's.
fn beside_the_format(folder: &Folder) -> Result<Vec<PathBuf>, ProjectError> {
    let root = folder.root();
    let mut folders =
        vec![root.to_owned(), folder.notes(), root.join("links"), folder.backups(), folder.locks()];
    for plan in bundle::entries(&folder.plans())? {
        folders.extend([plan.path(), plan.path().join("annotations")]);
    }
    let mut found = Vec::new();
    for folder in folders {
        let paths = bundle::entries(&folder)?.into_iter().map(|entry| entry.path());
        found.extend(paths.filter(|path| path.extension().is_none_or(|end| end != "ron" && end != "txt")));
    }
    Ok(found)
}

/// Removes what crashes left of files being written, once it is a day old: nobody is writing it any more. Nothing in
/// it was ever told as saved.
pub fn sweep(folder: &Folder, now: std::time::SystemTime) {
    const DAY: std::time::Duration = std::time::Duration::from_hours(24);
    let is_old = |path: &Path| {
        let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
        modified.is_ok_and(|modified| now.duration_since(modified).is_ok_and(|age| age >= DAY))
    };
    let leftover = |path: &PathBuf| path.file_name().is_some_and(|name| is_leftover(&name.to_string_lossy()));
    for path in beside_the_format(folder).unwrap_or_default().iter().filter(|path| leftover(path)) {
        if is_old(path) {
            // One that cannot be removed now is removed another day.
            let _ = fs::remove_file(path);
        }
    }
}

/// Whether a file is what a crash left of one being written: `.plan.ron.x1Yz2A`.
pub(super) fn is_leftover(name: &str) -> bool {
    let Some((stem, random)) = name.strip_prefix('.').and_then(|name| name.rsplit_once('.')) else {
        return false;
    };
    let written =
        [".ron", ".txt", ".zip"].iter().any(|end| stem.ends_with(end)) || stem.starts_with("source.");
    written && random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// SHA-256 in hexadecimal digits, as `sha256sum` prints it.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |digest, byte| format!("{digest}{byte:02x}"))
}
