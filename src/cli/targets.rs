//! `duizhao targets FILE...`: the quantitative aims and baselines of files.

use super::{CliError, Format, in_format, read_plan};
use crate::plan::{Comparator, Plan, Target, TargetKind, clause_path};
use serde::Serialize;
use std::fmt::Write;
use std::path::PathBuf;

/// The whole answer.
#[derive(Debug, Serialize)]
struct TargetsView {
    files: Vec<FileView>,
}

/// The targets of one file.
#[derive(Debug, Serialize)]
struct FileView {
    file: String,
    targets: Vec<TargetView>,
}

/// A quantitative aim or baseline. Part of the stable contract, also in `outline`.
#[derive(Debug, Serialize)]
pub(super) struct TargetView {
    /// The id of the node in `outline`.
    node: u32,
    path: String,
    text: String,
    indicator: String,
    canonical: Option<String>,
    comparator: Comparator,
    value: Option<f64>,
    value_max: Option<f64>,
    unit: String,
    year: Option<u16>,
    base_year: Option<u16>,
    kind: TargetKind,
    baseline: bool,
    start: u32,
    end: u32,
}

impl TargetView {
    /// The printed form of a target of `plan`.
    pub(super) fn of(plan: &Plan, target: &Target) -> Self {
        Self {
            node: target.node.0 + 1,
            path: clause_path(&plan.text, &plan.outline, target.node, "/"),
            text: plan.text.slice(target.span).to_owned(),
            indicator: target.indicator.clone(),
            canonical: target.canonical.clone(),
            comparator: target.comparator,
            value: target.value,
            value_max: target.value_max,
            unit: target.unit.clone(),
            year: target.year,
            base_year: target.base_year,
            kind: target.kind,
            baseline: target.baseline,
            start: target.span.start.0,
            end: target.span.end.0,
        }
    }

    /// Sign, value, unit and year, as people write them.
    pub(super) fn words(&self) -> String {
        let value = self.value.map(|value| value.to_string()).unwrap_or_default();
        let max = self.value_max.map(|max| format!("-{max}")).unwrap_or_default();
        let year = self.year.map(|year| format!(" ({year})")).unwrap_or_default();
        let sign = serde_json::to_value(self.comparator).ok();
        let sign = sign.as_ref().and_then(|sign| sign.as_str()).unwrap_or_default();
        format!("{sign} {value}{max}{}{year}", self.unit)
    }
}

/// Reads `files` and gives the printed form.
pub(super) fn print(files: &[PathBuf], format: Format) -> Result<String, CliError> {
    let read = |file: &PathBuf| -> Result<FileView, CliError> {
        let plan = read_plan(file)?;
        let targets = plan.targets.iter().map(|target| TargetView::of(&plan, target)).collect();
        Ok(FileView { file: file.display().to_string(), targets })
    };
    let view = TargetsView { files: files.iter().map(read).collect::<Result<_, CliError>>()? };
    in_format(&view, format, listing)
}

/// The form for people: a line for every aim.
fn listing(view: &TargetsView) -> String {
    let mut out = String::new();
    for file in &view.files {
        let _ = writeln!(out, "{}", file.file);
        for target in &file.targets {
            let baseline = if target.baseline { "  baseline" } else { "" };
            let _ = writeln!(out, "  {}\t{} {}{baseline}", target.path, target.indicator, target.words());
        }
    }
    out
}
