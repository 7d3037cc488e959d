//! `duizhao suggest FILE`: the themes each item of a plan speaks of, by the cues of the built-in codebook and, where
//! they say too little, by keywords.

use super::{CliError, Format, in_format, read_plan};
use crate::annotation::Codebook;
use crate::insight::{Keywords, Suggester, Suggestion};
use crate::plan::{Node, NodeIx, clause_path};
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;

/// The whole answer.
#[derive(Debug, Serialize)]
struct SuggestView {
    items: Vec<ItemView>,
}

/// A node with its themes, best first.
#[derive(Debug, Serialize)]
struct ItemView {
    /// The id of the node in `outline`.
    node: u32,
    path: String,
    text: String,
    themes: Vec<ThemeView>,
}

/// A theme with the words that speak for it.
#[derive(Debug, Serialize)]
struct ThemeView {
    id: String,
    score: f32,
    cues: Vec<String>,
}

/// Reads `file` and gives the printed form.
pub(super) fn print(file: &Path, format: Format) -> Result<String, CliError> {
    let plan = read_plan(file)?;
    let codebook = Codebook::built_in();
    let (suggester, keywords) =
        (Suggester::new(&codebook, "theme"), Keywords::new(&codebook, "theme", &plan));
    let item = |(ix, node): (NodeIx, &Node)| ItemView {
        node: ix.0 + 1,
        path: clause_path(&plan.text, &plan.outline, ix, "/"),
        text: node.heading.read(&plan.text) + &node.body.read(&plan.text),
        themes: suggester.suggest_with(&keywords, &plan, ix).iter().map(ThemeView::of).collect(),
    };
    let view = SuggestView { items: plan.outline.iter().map(item).collect() };
    in_format(&view, format, listing)
}

impl ThemeView {
    fn of(suggestion: &Suggestion) -> Self {
        let mut cues: Vec<String> = Vec::new();
        for cue in &suggestion.cues {
            if !cues.contains(&cue.words) {
                cues.push(cue.words.clone());
            }
        }
        // One decimal: a score is a hint, not a measurement.
        Self { id: suggestion.tag.to_string(), score: (suggestion.score * 10.0).round() / 10.0, cues }
    }
}

/// The form for people: a line for every item, its first three themes.
fn listing(view: &SuggestView) -> String {
    let mut out = String::new();
    for item in &view.items {
        let text: String = item.text.chars().take(24).collect();
        let themes: Vec<String> =
            item.themes.iter().take(3).map(|theme| format!("{} {}", theme.id, theme.score)).collect();
        let _ = writeln!(out, "{}\t{text}\t{}", item.path, themes.join(", "));
    }
    out
}
