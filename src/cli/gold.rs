//! `duizhao suggest --gold GOLD FILE...`: how often the suggested theme is the one a person gave.

use super::{CliError, Format, in_format, read_plan};
use crate::annotation::Codebook;
use crate::insight::{Keywords, OFFERED, Suggester};
use crate::plan::{NodeIx, Plan, clause_path, find_clause};
use crate::project::ProjectError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// What a person gave: plan -> clause number -> themes, the main one first. Whatever else the file says is left alone.
#[derive(Debug, Deserialize)]
struct Gold {
    plans: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// The whole answer.
#[derive(Debug, Default, Serialize)]
struct GoldView {
    plans: Vec<PlanView>,
    all: Count,
}

/// One plan.
#[derive(Debug, Serialize)]
struct PlanView {
    plan: String,
    #[serde(flatten)]
    count: Count,
    /// Where the first suggestion is another theme than the main one.
    others: Vec<OtherView>,
    /// Clause numbers of the gold file that the plan does not have; they count as items without suggestion.
    not_found: Vec<String>,
}

/// An item whose first suggestion is not the main theme.
#[derive(Debug, Serialize)]
struct OtherView {
    clause: String,
    path: String,
    given: Vec<String>,
    suggested: Vec<String>,
}

/// How often the main theme is suggested.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Count {
    items: u32,
    /// As the first.
    first: u32,
    /// Among the three that are offered.
    among_three: u32,
    first_share: f64,
    among_three_share: f64,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.items += other.items;
        self.first += other.first;
        self.among_three += other.among_three;
        let share = |part: u32| {
            // Thousandths: more would be noise.
            (f64::from(part) / f64::from(self.items.max(1)) * 1000.0).round() / 1000.0
        };
        (self.first_share, self.among_three_share) = (share(self.first), share(self.among_three));
    }
}

/// Reads the gold file and the plans and gives the printed form.
pub(super) fn print(gold: &Path, files: &[std::path::PathBuf], format: Format) -> Result<String, CliError> {
    let given = read(gold)?;
    let mut view = GoldView::default();
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let Some(themes) = given.plans.get(&name) else {
            super::warn(&format!("{}: the gold file has no plan {name}; left out", file.display()));
            continue;
        };
        let plan = count(name, &*read_plan(file)?, themes);
        view.all.add(plan.count);
        view.plans.push(plan);
    }
    if view.plans.is_empty() {
        return Err(CliError::NothingInGold(gold.to_owned()));
    }
    in_format(&view, format, listing)
}

fn read(path: &Path) -> Result<Gold, CliError> {
    let words = std::fs::read_to_string(path).map_err(|error| ProjectError::io(path, error))?;
    let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let read = if is_json {
        serde_json::from_str(&words).map_err(|error| error.to_string())
    } else {
        ron::from_str(&words).map_err(|error| error.to_string())
    };
    read.map_err(|problem| CliError::Gold { path: path.to_owned(), problem })
}

fn count(name: String, plan: &Plan, themes: &BTreeMap<String, Vec<String>>) -> PlanView {
    let codebook = Codebook::built_in();
    let (suggester, keywords) = (Suggester::new(&codebook, "theme"), Keywords::new(&codebook, "theme", plan));
    let mut view =
        PlanView { plan: name, count: Count::default(), others: Vec::new(), not_found: Vec::new() };
    for (clause, given) in themes {
        let Some(main) = given.first() else { continue };
        let found = node(plan, clause);
        if found.is_none() {
            view.not_found.push(clause.clone());
        }
        let suggested = found.map(|ix| suggester.suggest_with(&keywords, plan, ix)).unwrap_or_default();
        let suggested: Vec<String> = suggested.into_iter().map(|suggestion| suggestion.tag.0).collect();
        let place = suggested.iter().position(|theme| theme == main);
        let is_among = |count: usize| u32::from(place.is_some_and(|place| place < count));
        view.count.add(Count {
            items: 1,
            first: is_among(1),
            among_three: is_among(OFFERED),
            ..Count::default()
        });
        if place != Some(0) {
            let path = found.map(|ix| clause_path(&plan.text, &plan.outline, ix, "/")).unwrap_or_default();
            let (clause, given) = (clause.clone(), given.clone());
            view.others.push(OtherView { clause, path, given, suggested });
        }
    }
    view
}

/// The node of a clause number: where several end in these numbers, the one with the fewest above them.
fn node(plan: &Plan, clause: &str) -> Option<NodeIx> {
    let found = find_clause(&plan.text, &plan.outline, clause);
    found.into_iter().min_by_key(|&ix| clause_path(&plan.text, &plan.outline, ix, "/").matches('/').count())
}

/// The form for people: a line for every plan, one for all, then what the first suggestion missed.
fn listing(view: &GoldView) -> String {
    let mut out = String::new();
    let line = |out: &mut String, name: &str, count: &Count| {
        let percent = |share: f64| format!("{:.1} %", share * 100.0);
        let (first, three) = (percent(count.first_share), percent(count.among_three_share));
        let _ = writeln!(
            out,
            "{name}\t{} items\tfirst {} ({first})\tamong three {} ({three})",
            count.items, count.first, count.among_three
        );
    };
    for plan in &view.plans {
        line(&mut out, &plan.plan, &plan.count);
    }
    line(&mut out, "all", &view.all);
    for plan in &view.plans {
        for clause in &plan.not_found {
            let _ = writeln!(out, "not found\t{} {clause}", plan.plan);
        }
        for other in &plan.others {
            let suggested: Vec<&str> = other.suggested.iter().take(OFFERED).map(String::as_str).collect();
            let (given, suggested) = (other.given.join(", "), suggested.join(", "));
            let _ =
                writeln!(out, "other\t{} {}\tgiven {given}\tsuggested {suggested}", plan.plan, other.clause);
        }
    }
    out
}
