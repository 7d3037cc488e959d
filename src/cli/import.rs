//! `duizhao import PROJECT FILE_OR_FOLDER...`: what the window does, without it. One line a file, a summary last.

use super::{CliError, Format};
use crate::plan::MetadataField;
use crate::project::{
    Accepted, Batch, Carried, Cause, Control, IntakeError, Kin, Line, Office, PlanId, PlanRecord, Project,
    ProjectError, Reading, Staging, Verdict,
};
use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What `duizhao import` takes.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The project's folder; an empty or new one becomes a project.
    pub project: PathBuf,
    /// Files, folders (with everything below them) and zip archives.
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Read txt, md, html and mhtml in this encoding instead of the detected one: UTF-8, GB18030, Big5, UTF-16LE.
    #[arg(long)]
    pub encoding: Option<String>,
    /// Where the files were saved from, for those that do not tell.
    #[arg(long)]
    pub url: Option<String>,
    /// Turn doc, wps, rtf and odt into docx with LibreOffice, where it is installed.
    #[arg(long)]
    pub convert: bool,
    /// Take every file as a plan of its own, also where the project has the same document already.
    #[arg(long)]
    pub separate: bool,
    /// Only print what would be imported.
    #[arg(long)]
    pub dry_run: bool,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// What is printed.
#[derive(Debug, Serialize)]
pub struct Report {
    project: PathBuf,
    files: Vec<FileView>,
    summary: Summary,
}

#[derive(Debug, Default, Serialize)]
struct Summary {
    imported: usize,
    already_there: usize,
    failed: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Imported,
    AlreadyThere,
    Failed,
}

/// One file.
#[derive(Debug, Serialize)]
struct FileView {
    path: PathBuf,
    status: Status,
    plan: Option<PlanId>,
    title: Option<String>,
    city: Option<String>,
    years: Option<(u16, u16)>,
    items: Option<u32>,
    encoding: Option<String>,
    url: Option<String>,
    version_of: Option<PlanId>,
    likeness: Option<f32>,
    carried: Option<CarriedView>,
    warnings: Vec<String>,
    error: Option<String>,
}

/// How the annotations on the earlier version were found.
#[derive(Clone, Copy, Debug, Serialize)]
struct CarriedView {
    exact: usize,
    moved: usize,
    uncertain: usize,
    not_found: usize,
}

/// Imports; tells what to print, and an error where not every file is in the project now.
pub(super) fn print(args: &ImportArgs) -> Result<(String, Result<(), CliError>), CliError> {
    let project = open(&args.project, args.dry_run)?;
    let mut report = Report { project: args.project.clone(), files: Vec::new(), summary: Summary::default() };
    if let Some(label) = &args.encoding {
        // A wrong name is wrong usage of this command, not of every file.
        crate::import::decode(b"x", Some(label)).map_err(CliError::Encoding)?;
    }
    let office = if args.convert { Some(Office::find().ok_or(CliError::NoOffice)?) } else { None };
    let (encoding, url) = (args.encoding.clone(), args.url.clone());
    let reading = Reading { encoding, url, office, ..Reading::default() };
    import(&project, args, reading, &mut report)?;
    for file in &report.files {
        match file.status {
            Status::Imported => report.summary.imported += 1,
            Status::AlreadyThere => report.summary.already_there += 1,
            Status::Failed => report.summary.failed += 1,
        }
    }
    let text = super::in_format(&report, args.format, listing)?;
    let (failed, all) = (report.summary.failed, report.files.len());
    Ok((text, if failed == 0 { Ok(()) } else { Err(CliError::NotAllImported { failed, all }) }))
}

/// Opens the project, or makes one where the folder is new or empty.
fn open(root: &Path, dry_run: bool) -> Result<Project, IntakeError> {
    let now = Timestamp::now();
    let is_new = match std::fs::read_dir(root) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    };
    if is_new && !dry_run {
        let named = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let title = named.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok(Project::create(root, &title, now)?);
    }
    let (project, _) = Project::open(root)?;
    match &project.read_only {
        Some(why) => Err(ProjectError::new(root, Cause::ReadOnly(why.clone())).into()),
        None => Ok(project),
    }
}

fn import(
    project: &Project,
    args: &ImportArgs,
    reading: Reading,
    report: &mut Report,
) -> Result<(), IntakeError> {
    let staging = Arc::new(Staging::begin(&project.folder)?);
    let batch = Batch {
        folder: project.folder.clone(),
        staging: staging.clone(),
        known: project.plans.clone(),
        waiting: HashMap::new(),
        reading,
        control: Arc::new(Control::default()),
        now: Timestamp::now(),
    };
    let mut records = Vec::new();
    let mut places: HashMap<PlanId, usize> = HashMap::new();
    batch.read(&args.paths, &mut |Line { path, verdict }| {
        let mut file = FileView::of(path);
        match verdict {
            Verdict::Staged(mut staged) => {
                if args.separate {
                    (staged.record.version_of, staged.kin) = (None, None);
                }
                places.insert(staged.record.id, report.files.len());
                file.tell(&staged.record, staged.kin.as_ref());
                file.carried = staged.carried.filter(|_| !args.separate).map(CarriedView::from);
                file.warnings = staged.lost.iter().map(ToString::to_string).collect();
                records.push(staged.record);
            }
            Verdict::Known(plan) => (file.status, file.plan) = (Status::AlreadyThere, Some(plan)),
            Verdict::Failed(error) => file.error = Some(error.to_string()),
        }
        report.files.push(file);
    });
    if args.dry_run {
        return Ok(());
    }
    staging.accept(records, &project.plans, &project.ledger, &AtomicBool::new(false), &mut |batch| {
        for (plan, result) in batch {
            let Some(file) = places.get(&plan).and_then(|&at| report.files.get_mut(at)) else { continue };
            match result {
                Ok(Accepted { record, carried, .. }) => {
                    file.tell(&record, None);
                    file.carried = carried.map(CarriedView::from);
                }
                Err(error) => (file.status, file.error) = (Status::Failed, Some(error.to_string())),
            }
        }
    });
    Ok(())
}

impl From<Carried> for CarriedView {
    fn from(carried: Carried) -> Self {
        let Carried { exact, moved, uncertain, lost } = carried;
        Self { exact, moved, uncertain, not_found: lost }
    }
}

impl FileView {
    fn of(path: PathBuf) -> Self {
        Self {
            path,
            status: Status::Failed,
            plan: None,
            title: None,
            city: None,
            years: None,
            items: None,
            encoding: None,
            url: None,
            version_of: None,
            likeness: None,
            carried: None,
            warnings: Vec::new(),
            error: None,
        }
    }

    fn tell(&mut self, record: &PlanRecord, kin: Option<&Kin>) {
        let metadata = &record.metadata;
        self.status = Status::Imported;
        self.plan = Some(record.id);
        self.title = metadata.title.as_ref().map(|fact| fact.value.clone());
        self.city = Some(metadata.field(MetadataField::City)).filter(|city| !city.is_empty());
        self.years = metadata.years.as_ref().map(|fact| fact.value);
        self.items = Some(record.items);
        self.encoding = Some(record.source.encoding.clone()).filter(|encoding| !encoding.is_empty());
        self.url.clone_from(&record.source.url);
        self.version_of = record.version_of;
        self.likeness = kin.map(|kin| kin.likeness).or(self.likeness);
    }
}

/// For people: a line a file, the summary last.
fn listing(report: &Report) -> String {
    let lines: Vec<String> = report.files.iter().map(line).collect();
    let Summary { imported, already_there, failed } = report.summary;
    lines.concat() + &format!("{imported} imported, {already_there} already there, {failed} failed\n")
}

fn line(file: &FileView) -> String {
    let path = one_line(&file.path.display().to_string());
    match file.status {
        Status::AlreadyThere => format!("already there\t{path}\n"),
        // An error begins with its path.
        Status::Failed => format!("failed\t{}\n", one_line(file.error.as_deref().unwrap_or_default())),
        Status::Imported => {
            let years = file
                .years
                .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}-{to}") });
            let known = [file.city.clone(), years, file.title.clone()].into_iter().flatten();
            let mut notes: Vec<String> = vec![known.collect::<Vec<_>>().join(" ")];
            notes.push(format!("{} items", file.items.unwrap_or_default()));
            if let Some(earlier) = file.version_of {
                notes.push(format!("version of {}", earlier.0));
            }
            if let Some(CarriedView { exact, moved, uncertain, not_found }) = file.carried {
                notes.push(format!(
                    "annotations: {exact} found exactly, {moved} moved, {uncertain} to be confirmed, {not_found} not found"
                ));
            }
            notes.extend(file.warnings.iter().map(|warning| format!("note: {warning}")));
            notes.retain(|note| !note.is_empty());
            format!("imported\t{path}\t{}\n", one_line(&notes.join("; ")))
        }
    }
}

/// Words that stand in one line: names of files may hold line ends and tabs.
fn one_line(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
