//! `duizhao export PROJECT --to KIND -o PATH`: what a project holds, in other programs' forms.

use super::{CliError, save, warn};
use crate::export::{Document, Form, Language, PlanExport, ProjectExport, Table, write};
use crate::plan;
use crate::project::{IntakeError, Project, to_ron};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::sync::Arc;

/// What `duizhao export` takes.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The folder of the project.
    pub project: PathBuf,
    /// What to write, and how.
    #[arg(long, value_enum)]
    pub to: ExportKind,
    /// Where to write it; stdout without.
    #[arg(short, long)]
    pub output: Option<PathBuf>,
    /// Names of codes in English, for qdc and qdpx.
    #[arg(long)]
    pub english: bool,
}

/// What can be written of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportKind {
    /// All taggings, a row each: UTF-8 with byte order mark.
    Csv,
    /// Taggings, notes, plans and codebook, a sheet each.
    Xlsx,
    /// The same as Markdown.
    Md,
    /// All notes as csv.
    Notes,
    /// The codebook as csv.
    Codes,
    /// The codebook as REFI-QDA exchange file.
    Qdc,
    /// The codebook as RON, nothing lost.
    Codebook,
    /// The whole project as REFI-QDA project, for NVivo, ATLAS.ti, MAXQDA, QualCoder.
    Qdpx,
    /// All annotations as W3C Web Annotations (JSON-LD).
    Jsonld,
}

/// Reads the project and gives the printed form.
pub(super) fn print(args: &ExportArgs) -> Result<String, CliError> {
    let project = read(args)?;
    let all = || vec![project.taggings(), project.notes(), project.plan_list(), project.codebook()];
    let tables = |form: Form, tables: Vec<Table>| {
        let title = project.manifest.title.as_str();
        write(form, &Document::of_tables(title, Language::Chinese, tables))
    };
    let written = match args.to {
        ExportKind::Csv => tables(Form::Csv, vec![project.taggings()])?,
        ExportKind::Notes => tables(Form::Csv, vec![project.notes()])?,
        ExportKind::Codes => tables(Form::Csv, vec![project.codebook()])?,
        ExportKind::Xlsx => tables(Form::Xlsx, all())?,
        ExportKind::Md => tables(Form::Markdown, all())?,
        ExportKind::Qdc => project.book.to_qdc(args.english).into_bytes(),
        ExportKind::Codebook => to_ron(&*project.book).map_err(CliError::Print)?.into_bytes(),
        ExportKind::Qdpx => project.qdpx(args.english)?,
        ExportKind::Jsonld => project.web_annotations().into_bytes(),
    };
    match &args.output {
        Some(path) => save(path, &written).map(|()| String::new()),
        None => String::from_utf8(written).map_err(|_| CliError::NoTerminal),
    }
}

/// Reads the whole project; what is damaged is told on stderr and the rest goes out.
fn read(args: &ExportArgs) -> Result<ProjectExport, CliError> {
    let (mut project, problems) = Project::open(&args.project).map_err(IntakeError::from)?;
    let mut told = problems;
    let ids: Vec<_> = project.plans.keys().copied().collect();
    let mut plans = Vec::new();
    for id in ids {
        let sheets = Project::read_sheets(&project.folder, &project.ledger, id);
        told.extend(project.take_in_sheets(id, sheets));
        let text = match Project::read_text(&project.folder, id) {
            Ok(text) => text,
            Err(error) => {
                told.push(error);
                continue;
            }
        };
        let Some(entry) = project.plans.get(&id) else { continue };
        let record = entry.record.clone();
        let plan = Arc::new(plan::read(&text, &record.layout, &record.corrections));
        plans.push(PlanExport { record, plan, sheets: entry.sheets.clone().unwrap_or_default() });
    }
    for problem in &told {
        warn(problem);
    }
    plans.sort_by(|a, b| {
        (&a.record.source.imported, a.record.id).cmp(&(&b.record.source.imported, b.record.id))
    });
    Ok(ProjectExport {
        manifest: project.manifest.clone(),
        book: project.codebook.clone(),
        plans,
        notes: project.notes.clone(),
    })
}
