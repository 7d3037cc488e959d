//! Mending what `check` found, as far as it can be mended: after a backup, with every damaged file kept aside
//! under a new name, from what can still be read of it, from the newest backup that has it whole, and from the
//! source of the plan.
//!
//! Nothing is guessed: what cannot be mended is left and told.

use super::backup::{Backup, Reason};
use super::bundle;
use super::check::{self, Finding, Report, Trouble, check};
use super::conflict::{ConflictCopy, conflict_copies};
use super::disk::{self, keep_aside, write_atomic, write_ron};
use super::outside::{Image, Ledger, Snapshot};
use super::reading::rescue;
use super::sound::{image_in_backups, manifest_in_backups};
use super::{
    Cause, FORMAT_VERSION, File, Folder, Lock, Manifest, PlanId, PlanRecord, Project, ProjectError, ReadOnly,
    Source,
};
use crate::annotation::Unknown;
use crate::import::{self, Imported};
use crate::plan;
use crate::text::Text;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// What mending did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// What was there before.
    pub backup: Backup,
    /// What was mended, and how.
    pub mended: Vec<(Finding, Remedy)>,
    /// What a check finds now.
    pub left: Report,
}

/// How something was mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// From what could still be read of the file, and from the newest backup that has it whole (made then,
    /// UTC), where there is one.
    Salvaged(Option<Timestamp>),
    /// The file as the newest backup has it that has it whole (made then, UTC).
    FromBackup(Timestamp),
    /// Made anew from the source of the plan, or from the other files.
    MadeAnew,
    /// Rewritten in order.
    Rewritten,
    /// What it held was merged into the project.
    Merged,
    /// Removed; it held nothing that was ever told as saved.
    Removed,
}

/// Checks the project in `folder` and mends what can be mended. Refused while a window has it open.
pub fn repair(folder: &Folder, now: Timestamp) -> Result<Repaired, ProjectError> {
    if let Some(holder) = Lock::holders(folder, now).into_iter().next() {
        let cause = Cause::ReadOnly(ReadOnly::Held(Box::new(holder)));
        return Err(ProjectError::new(folder.root(), cause));
    }
    let found = check(folder)?;
    let backup = Backup::make(folder, Reason::Repair, now)?;
    let mut mended = Vec::new();
    let mut done: BTreeSet<PathBuf> = BTreeSet::new();
    let copies = |finding: &&Finding| matches!(finding.trouble, Trouble::ConflictCopy(_));
    // What damaged files hold comes first, so that conflict copies are merged into something whole.
    for finding in found.findings.iter().filter(|finding| !copies(finding)) {
        if finding.trouble.is_mendable()
            && !done.contains(&finding.path)
            && let Some(remedy) = mend(folder, finding, now)?
        {
            done.insert(finding.path.clone());
            mended.push((finding.clone(), remedy));
        }
    }
    if found.findings.iter().any(|finding| copies(&finding)) {
        let merged = merge_copies(folder)?;
        let is_merged = |finding: &&Finding| merged.contains(&finding.path);
        mended.extend(found.findings.iter().filter(is_merged).map(|f| (f.clone(), Remedy::Merged)));
    }
    Ok(Repaired { backup, mended, left: check(folder)? })
}

fn mend(folder: &Folder, finding: &Finding, now: Timestamp) -> Result<Option<Remedy>, ProjectError> {
    let path = &finding.path;
    if finding.trouble == Trouble::Leftover {
        fs::remove_file(path).map_err(|error| ProjectError::io(path, error))?;
        return Ok(Some(Remedy::Removed));
    }
    let name = bundle::name_of(folder, path);
    if name == "project.ron" {
        return mend_manifest(folder, &finding.trouble, now).map(Some);
    }
    let Some(file) = bundle::file_of(&name) else {
        return mend_text(folder, &name, path, &finding.trouble);
    };
    match &finding.trouble {
        Trouble::PartlyDamaged { place, .. } => mend_lists(folder, &file, path, place).map(Some),
        Trouble::Missing | Trouble::Damaged(_) => mend_whole(folder, &file, path, now),
        Trouble::Older(_) | Trouble::ForeignId | Trouble::DoubleTag(_) | Trouble::TagWithoutPlace(_) => {
            rewrite(folder, &file).map(Some)
        }
        _ => Ok(None),
    }
}

/// Keeps a damaged file aside, where there is one.
fn aside(path: &Path) -> Result<(), ProjectError> {
    if path.exists() { keep_aside(path).map(drop) } else { Ok(()) }
}

fn write(folder: &Folder, file: &File, image: Image) -> Result<(), ProjectError> {
    let snapshot = Snapshot { folder: folder.clone(), file: file.clone(), image, ledger: Ledger::default() };
    snapshot.overwrite()
}

/// A list of records that can be read in part: what can be read, and what a backup has beside.
fn mend_lists(folder: &Folder, file: &File, path: &Path, place: &str) -> Result<Remedy, ProjectError> {
    let bytes = fs::read(path).map_err(|error| ProjectError::io(path, error))?;
    let (salvaged, _) = rescue(&bytes, file, place);
    aside(path)?;
    let in_backup = image_in_backups(folder, file);
    let remedy = Remedy::Salvaged(in_backup.as_ref().map(|(backup, _)| backup.made));
    let image = match (salvaged, in_backup.map(|(_, image)| image)) {
        (Some(salvaged), Some(backup)) => salvaged.merge(None, &backup),
        (Some(image), None) | (None, Some(image)) => image,
        (None, None) => return Ok(remedy),
    };
    write(folder, file, image)?;
    Ok(remedy)
}

/// A file that is not there, or of which nothing can be read.
fn mend_whole(
    folder: &Folder,
    file: &File,
    path: &Path,
    now: Timestamp,
) -> Result<Option<Remedy>, ProjectError> {
    if let Some((backup, image)) = image_in_backups(folder, file) {
        aside(path)?;
        write(folder, file, image)?;
        return Ok(Some(Remedy::FromBackup(backup.made)));
    }
    match file {
        File::Codebook => {
            aside(path)?;
            write(folder, file, Image::Codebook(crate::annotation::Codebook::built_in().into()))?;
            Ok(Some(Remedy::MadeAnew))
        }
        File::Record(id) => match reread(folder, *id, now)? {
            Some(record) => {
                aside(path)?;
                write(folder, file, Image::Record(record.into()))?;
                Ok(Some(Remedy::MadeAnew))
            }
            None => Ok(None),
        },
        // Nothing can be read, and no backup has it: kept aside, so that the coder can go on.
        _ => {
            aside(path)?;
            fs::remove_file(path).map_err(|error| ProjectError::io(path, error))?;
            Ok(Some(Remedy::MadeAnew))
        }
    }
}

/// Reads a file and writes it in the present form.
fn rewrite(folder: &Folder, file: &File) -> Result<Remedy, ProjectError> {
    let image = match (Image::load(folder, file)?.record, file) {
        (Image::Record(record), &File::Record(id)) => {
            Image::Record(PlanRecord { id, ..(*record).clone() }.into())
        }
        (Image::Codebook(book), _) => Image::Codebook((*book).clone().put_in_order().into()),
        (other, _) => other,
    };
    write(folder, file, image)?;
    Ok(Remedy::Rewritten)
}

/// `project.ron` from a backup; else with what can still be read of it.
fn mend_manifest(folder: &Folder, trouble: &Trouble, now: Timestamp) -> Result<Remedy, ProjectError> {
    let path = folder.manifest();
    if let Trouble::Older(_) = trouble {
        let manifest: Manifest = disk::load(&path)?.record;
        write_ron(&path, &Manifest { version: FORMAT_VERSION, ..manifest })?;
        return Ok(Remedy::Rewritten);
    }
    let in_backup = manifest_in_backups(folder);
    let content = fs::read(&path).unwrap_or_default();
    aside(&path)?;
    let remedy = in_backup.as_ref().map_or(Remedy::MadeAnew, |(backup, _)| Remedy::FromBackup(backup.made));
    let manifest =
        in_backup.map_or_else(|| Manifest::guessed(folder, &content, now), |(_, manifest)| manifest);
    write_ron(&path, &manifest)?;
    Ok(remedy)
}

impl Manifest {
    /// What can still be read of a damaged `project.ron`: id and title stand in lines of their own. What cannot
    /// is made anew: the title is the name of the folder.
    pub(super) fn guessed(folder: &Folder, content: &[u8], now: Timestamp) -> Self {
        let content = String::from_utf8_lossy(content);
        let field = |name: &str| -> Option<String> {
            let line =
                content.lines().find_map(|line| line.trim().strip_prefix(name)?.trim().strip_prefix(':'))?;
            ron::from_str(line.trim().trim_end_matches(',')).ok()
        };
        let name = folder.root().file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self {
            version: FORMAT_VERSION,
            id: field("id").and_then(|id| id.parse().ok()).unwrap_or_else(Uuid::new_v4),
            title: field("title").unwrap_or(name),
            created: field("created").and_then(|time| time.parse().ok()).unwrap_or(now),
            unknown: Unknown::default(),
        }
    }
}

/// The file of a plan's source: its name and bytes.
fn source_of(folder: &Folder, id: PlanId) -> Result<Option<(String, Vec<u8>)>, ProjectError> {
    for entry in bundle::entries(&folder.plan(id))? {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("source.") {
            let path = entry.path();
            let bytes = fs::read(&path).map_err(|error| ProjectError::io(&path, error))?;
            return Ok(Some((name, bytes)));
        }
    }
    Ok(None)
}

fn import_source(
    folder: &Folder,
    id: PlanId,
    encoding: Option<&str>,
) -> Result<Option<(String, Vec<u8>, Imported)>, ProjectError> {
    let Some((name, bytes)) = source_of(folder, id)? else { return Ok(None) };
    let options =
        import::Options { encoding: encoding.filter(|encoding| !encoding.is_empty()).map(str::to_owned) };
    let imported = import::read(&name, &bytes, &options).ok();
    Ok(imported.map(|imported| (name, bytes, imported)))
}

/// The record of a plan, read anew from its source and text.
fn reread(folder: &Folder, id: PlanId, now: Timestamp) -> Result<Option<PlanRecord>, ProjectError> {
    let Some((name, bytes, imported)) = import_source(folder, id, None)? else { return Ok(None) };
    let text = Project::read_text(folder, id).unwrap_or_else(|_| imported.text.clone());
    let layout = if text == imported.text { imported.layout } else { crate::text::Layout::default() };
    let plan = plan::read(&text, &layout, &[]);
    let items = plan::items(&plan.text, &plan.outline).len() as u32;
    let source = Source {
        extension: name.trim_start_matches("source.").to_owned(),
        sha256: check::sha256(&bytes),
        file_name: name,
        encoding: imported.encoding,
        url: imported.source_url,
        captured: imported.captured,
        imported: now,
        converted_by: None,
        unknown: Unknown::default(),
    };
    Ok(Some(PlanRecord {
        version: FORMAT_VERSION,
        id,
        metadata: plan.metadata.into(),
        source,
        text_sha256: Some(check::sha256(text.as_str().as_bytes())),
        version_of: None,
        layout,
        corrections: Vec::new(),
        items,
        unknown: Unknown::default(),
    }))
}

/// A text that is not there or is no text: read anew from the source. Annotations find their words in it.
fn mend_text(
    folder: &Folder,
    name: &str,
    path: &Path,
    trouble: &Trouble,
) -> Result<Option<Remedy>, ProjectError> {
    let id = match *name.split('/').collect::<Vec<_>>() {
        ["plans", id, "text.txt"] => id.parse::<Uuid>().ok().map(PlanId),
        _ => None,
    };
    let Some(id) = id else { return Ok(None) };
    let record = disk::load::<PlanRecord>(&folder.record(id)).ok().map(|loaded| loaded.record);
    let encoding = record.as_ref().map(|record| record.source.encoding.as_str());
    let Some((_, _, imported)) = import_source(folder, id, encoding)? else { return Ok(None) };
    let text: &Text = &imported.text;
    let digest = check::sha256(text.as_str().as_bytes());
    let known = record.as_ref().and_then(|record| record.text_sha256.clone());
    if known.as_ref().is_some_and(|known| *known != digest) && *trouble == Trouble::TextAltered {
        // Another reader of files than the one that imported it: neither text is the one that was.
        return Ok(None);
    }
    aside(path)?;
    write_atomic(path, text.as_str().as_bytes())?;
    if let Some(record) = record.filter(|_| known.is_some_and(|known| known != digest)) {
        let record = PlanRecord { text_sha256: Some(digest), ..record };
        write(folder, &File::Record(id), Image::Record(record.into()))?;
    }
    Ok(Some(Remedy::MadeAnew))
}

/// Merges conflict copies into the project and puts them away; tells which.
fn merge_copies(folder: &Folder) -> Result<BTreeSet<PathBuf>, ProjectError> {
    let mut merged = BTreeSet::new();
    for copy in conflict_copies(folder)? {
        // Opened anew for each: what one brought counts for the next.
        let (mut project, _) = Project::open(folder.root())?;
        for id in project.plans.keys().copied().collect::<Vec<_>>() {
            let read = Project::read_sheets(folder, &project.ledger, id);
            project.take_in_sheets(id, read);
        }
        if merge_copy(&mut project, &copy)? {
            merged.insert(copy.path.clone());
        }
    }
    Ok(merged)
}

fn merge_copy(project: &mut Project, copy: &ConflictCopy) -> Result<bool, ProjectError> {
    let joining = project.join_copy(copy)?;
    if !joining.report.problems.is_empty() {
        return Ok(false);
    }
    for change in &joining.changes {
        if project.apply(change).is_err() {
            return Ok(false);
        }
    }
    if let Some(file) = joining.changes.first().map(super::Change::file)
        && let Some(snapshot) = project.snapshot(&file)
    {
        snapshot.write()?;
    }
    copy.put_away(&project.folder)?;
    Ok(true)
}
