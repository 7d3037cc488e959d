//! `duizhao search PROJECT QUERY`: the words in all plans of a project, each place with its clause number.

use super::{CliError, Format, in_format};
use crate::insight::search::{Query, clause, context, outline, spans};
use crate::plan::clause_path;
use crate::project::{Folder, PlanRecord, Project, ProjectError};
use crate::text::Text;
use clap::Args;
use serde::Serialize;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Chars of context before and after a hit.
const CONTEXT: (usize, usize) = (24, 48);

/// What `duizhao search` takes.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// The project folder.
    pub project: PathBuf,
    /// The words; full-width and capital letters make no difference.
    pub query: String,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// The whole answer.
#[derive(Debug, Serialize)]
struct SearchView {
    query: String,
    /// Plans that were searched.
    searched: usize,
    /// Hits in all plans.
    total: usize,
    /// Plans with hits, by province, city, year.
    plans: Vec<PlanView>,
}

/// A plan with hits.
#[derive(Debug, Serialize)]
struct PlanView {
    plan: String,
    title: String,
    city: Option<String>,
    years: Option<(u16, u16)>,
    hits: Vec<HitView>,
}

/// A hit: char offsets in the canonical text, and the id of its node in `outline`.
#[derive(Debug, Serialize)]
struct HitView {
    node: Option<u32>,
    clause: String,
    path: String,
    start: u32,
    end: u32,
    before: String,
    words: String,
    after: String,
    /// Whether it stands on what belongs to the page and not to the plan.
    furniture: bool,
}

/// Searches and gives the printed form.
pub(super) fn print(args: &SearchArgs) -> Result<String, CliError> {
    let Some(query) = Query::new(&args.query) else { return Err(CliError::NothingToFind) };
    let (project, problems) = Project::open(&args.project)?;
    for problem in problems {
        super::warn(&problem);
    }
    let mut records: Vec<_> = project.plans.values().map(|entry| entry.record.clone()).collect();
    records.sort_by_cached_key(|record| record.place_in_library());
    let plans = in_parallel(&records, |record| search_one(&project.folder, record, &query))?;
    let plans: Vec<_> = plans.into_iter().flatten().collect();
    let total = plans.iter().map(|plan| plan.hits.len()).sum();
    let view = SearchView { query: args.query.clone(), searched: records.len(), total, plans };
    in_format(&view, args.format, listing)
}

fn search_one(folder: &Folder, record: &PlanRecord, query: &Query) -> Result<Option<PlanView>, ProjectError> {
    let path = folder.text(record.id);
    let content = std::fs::read_to_string(&path).map_err(|error| ProjectError::io(&path, error))?;
    let places = query.find(&content);
    if places.is_empty() {
        return Ok(None);
    }
    let text = Text::new(&content);
    let outline = outline(&text, &record.layout, &record.corrections);
    let hits = places.iter().zip(spans(&content, &places)).filter_map(|(place, span)| {
        let clause = clause(&text, &outline, span)?;
        let context = context(&content, place, CONTEXT.0, CONTEXT.1);
        Some(HitView {
            node: clause.node.map(|ix| ix.0 + 1),
            path: clause.node.map_or_else(String::new, |ix| clause_path(&text, &outline, ix, "/")),
            clause: clause.number,
            start: span.start.0,
            end: span.end.0,
            before: context.before,
            words: context.words,
            after: context.after,
            furniture: clause.is_furniture,
        })
    });
    let hits: Vec<_> = hits.collect();
    let metadata = &record.metadata;
    let title = metadata.title.as_ref().map_or(&record.source.file_name, |fact| &fact.value);
    Ok((!hits.is_empty()).then(|| PlanView {
        plan: record.id.0.to_string(),
        title: title.clone(),
        city: metadata.place.as_ref().map(|fact| fact.value.city.clone()),
        years: metadata.years.as_ref().map(|fact| fact.value),
        hits,
    }))
}

/// Does `work` for every record on all cores; results in the order of the records, the first error instead.
fn in_parallel<T: Send>(
    records: &[Arc<PlanRecord>],
    work: impl Fn(&PlanRecord) -> Result<T, ProjectError> + Sync,
) -> Result<Vec<T>, ProjectError> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Result<T, ProjectError>)>> = Mutex::new(Vec::with_capacity(records.len()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(records.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(record) = records.get(at) else { break };
                    let result = work(record);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|&(at, _)| at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The form for people: a line for every hit.
fn listing(view: &SearchView) -> String {
    let mut out = String::new();
    for plan in &view.plans {
        let _ = writeln!(out, "{} ({})", plan.title, plan.hits.len());
        for hit in &plan.hits {
            let clause = if hit.furniture { "-" } else { &hit.clause };
            let _ = writeln!(out, "  {clause}\t{}[{}]{}", hit.before, hit.words, hit.after);
        }
    }
    let _ = writeln!(out, "{} hits in {} of {} plans", view.total, view.plans.len(), view.searched);
    out
}
