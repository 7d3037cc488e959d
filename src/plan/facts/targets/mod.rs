//! Quantitative aims and baselines in the words of the nodes (GRAMMAR section 9).
//!
//! Read in this order: `years`, `words` (the lists), `phrase` (names of indicators), `sentence` (clause by
//! clause), and the sorts of aims: `levels`, `counts`, `coverage`, `lists` (分别), `qualitative`, `rows` (tables).

mod counts;
mod coverage;
mod levels;
mod lists;
mod phrase;
mod qualitative;
mod rows;
mod sentence;
// Lists read better as lists than one word a line.
#[rustfmt::skip]
mod words;
#[cfg(test)]
mod tests;
mod years;

use super::indicators::Indicators;
use super::passage::{Passage, holds_any};
use crate::plan::{Comparator, Kind, Metadata, Node, NodeIx, Outline, Target, TargetKind};
use crate::text::{Span, Text};
use std::ops::Range;
use years::Period;

/// An aim as found in a passage, before it is tied to a node.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    /// The words it was read from, as a range of the passage.
    range: Range<usize>,
    indicator: String,
    comparator: Comparator,
    value: Option<f64>,
    max: Option<f64>,
    unit: String,
    year: Option<u16>,
    base_year: Option<u16>,
    kind: TargetKind,
    baseline: bool,
}

impl Draft {
    fn into_target(self, node: NodeIx, span: Span) -> Target {
        let value = self.value.filter(|_| self.kind != TargetKind::Relative);
        let named = !self.indicator.is_empty() && self.value.is_some();
        let canonical = named
            .then(|| Indicators::builtin().recognise(&self.indicator, &self.unit, value))
            .flatten()
            .filter(|_| !matches!(self.kind, TargetKind::Count));
        Target {
            node,
            span,
            indicator: self.indicator,
            canonical: canonical.map(|indicator| indicator.id.clone()),
            comparator: self.comparator,
            value: self.value,
            value_max: self.max,
            unit: self.unit,
            year: self.year,
            base_year: self.base_year,
            kind: self.kind,
            baseline: self.baseline,
        }
    }
}

/// What a sentence is read with.
#[derive(Clone, Copy, Debug, Default)]
struct Setting {
    period: Period,
    /// The section looks back.
    past: bool,
    /// A year that was told before and still holds (`到2025年,` in the sentence before).
    carried: Option<u16>,
    /// The year where none is told: the end of the plan; before it began, where the section looks back.
    otherwise: Option<u16>,
}

/// Finds the quantitative aims and baselines, in the order of the text.
pub(in crate::plan) fn targets(text: &Text, outline: &Outline, metadata: &Metadata) -> Vec<Target> {
    let years = metadata.years.as_ref().map(|years| years.value);
    let period = Period { first: years.map(|y| y.0), last: years.map(|y| y.1) };
    let mut found = Vec::new();
    let title = metadata.title.as_ref().map_or("", |title| title.value.as_str());
    let mut report = is_report(title);
    // What `2023年工作总结及2024年工作计划` looks back on is its own first year.
    let first_is_past = title.contains("总结");
    let mut nodes: Vec<Told> = Vec::with_capacity(outline.nodes.len());
    for (ix, node) in outline.iter() {
        report = titled_report(text, node).unwrap_or(report);
        let told = inherited(text, outline, node, &nodes, report);
        let past = looks_back(text, node).unwrap_or(told.past);
        let year = heading_year(text, node).or(told.year);
        let otherwise = year.or(match (past, report) {
            (false, _) => period.last,
            (true, true) => period.first,
            (true, false) if first_is_past => period.first,
            (true, false) => period.first.map(|first| first.saturating_sub(1)),
        });
        let setting = Setting { period, past, carried: told.carried, otherwise };
        let carried = if node.kind == Kind::Table && !node.rows.is_empty() {
            rows::targets(ix, node, setting, &mut found);
            None
        } else {
            passages(text, ix, node, setting, &mut found)
        };
        nodes.push(Told {
            ix,
            parent: node.parent,
            past: setting.past,
            year,
            carried,
            opens_list: opens_list(text, node),
        });
    }
    found
}

/// What a node tells those below and behind it.
#[derive(Clone, Copy)]
struct Told {
    ix: NodeIx,
    parent: Option<NodeIx>,
    past: bool,
    /// The year that a heading above names: `2023年工作情况`.
    year: Option<u16>,
    carried: Option<u16>,
    /// Its words end in a colon, so that its year holds for the siblings behind it.
    opens_list: bool,
}

/// What the parent and the sibling before tell a node.
fn inherited(text: &Text, outline: &Outline, node: &Node, nodes: &[Told], report: bool) -> Told {
    let parent = node.parent.and_then(|up| nodes.get(up.0 as usize));
    let sibling = nodes.iter().rev().take(64).find(|told| told.parent == node.parent);
    let marked = text.slice(node.number).starts_with(['-', '—', '–']);
    let listed = sibling.filter(|told| {
        let of_same_run =
            outline.get(told.ix).is_some_and(|n| text.slice(n.number).starts_with(['-', '—', '–']));
        told.opens_list || (marked && of_same_run)
    });
    Told {
        ix: NodeIx(0),
        parent: None,
        past: parent.map_or(report, |told| told.past),
        year: parent.and_then(|told| told.year),
        carried: listed.and_then(|told| told.carried).or(parent.and_then(|told| told.carried)),
        opens_list: false,
    }
}

fn opens_list(text: &Text, node: &Node) -> bool {
    text.slice(node.span).trim_end().ends_with([':', '：'])
}

/// Whether the heading says that the section looks back (`发展成就`, `2016年工作回顾`) or ahead (`下一步工作打算`).
fn looks_back(text: &Text, node: &Node) -> Option<bool> {
    let heading: Vec<char> = node.heading.read(text).chars().filter(|c| !crate::text::is_blank(*c)).collect();
    if heading.is_empty() || heading.len() > 24 {
        return None;
    }
    if holds_any(&heading, words::LOOKING_AHEAD) {
        return holds_any(&heading, words::NEXT).then_some(false);
    }
    holds_any(&heading, words::LOOKING_BACK).then_some(true)
}

/// The year a heading begins with: `2023年工作总体情况`.
fn heading_year(text: &Text, node: &Node) -> Option<u16> {
    let heading = node.heading.0.first().map(|&span| text.slice(span))?;
    let year = heading.get(..4)?.parse().ok().filter(|year| (1990..=2060).contains(year))?;
    heading[4..].trim_start().starts_with('年').then_some(year)
}

/// Whether a document with this title tells what was done (`2022年工作总结`).
fn is_report(title: &str) -> bool {
    let ahead = ["计划", "打算", "安排", "要点", "规划", "方案"];
    (title.contains("总结") || title.contains("完成情况")) && !ahead.iter().any(|word| title.contains(word))
}

/// Longest title above a document among others in one file, in chars.
const TITLE: u32 = 40;

/// Whether a document begins here that tells what was done, or one that looks ahead; `None` where none begins.
fn titled_report(text: &Text, node: &Node) -> Option<bool> {
    if node.parent.is_some() || node.kind != Kind::Paragraph || node.span.len() > TITLE {
        return None;
    }
    let words = text.slice(node.span);
    let title = words.starts_with("20") && !words.contains('。');
    let kinds = ["总结", "要点", "计划", "安排", "规划", "方案"];
    (title && kinds.iter().any(|kind| words.ends_with(kind))).then(|| is_report(words))
}

/// Reads heading and body of a node; gives the year that holds at its end.
fn passages(
    text: &Text,
    ix: NodeIx,
    node: &Node,
    mut setting: Setting,
    found: &mut Vec<Target>,
) -> Option<u16> {
    for segments in [&node.heading, &node.body] {
        if segments.is_empty() {
            continue;
        }
        let passage = Passage::new(text, segments);
        let mut drafts = Vec::new();
        for sentence in passage.sentences() {
            setting.carried = sentence::read(&passage, &sentence, setting, &mut drafts);
        }
        found.extend(drafts.into_iter().map(|draft| {
            let span = passage.span(&draft.range);
            draft.into_target(ix, span)
        }));
    }
    setting.carried
}
