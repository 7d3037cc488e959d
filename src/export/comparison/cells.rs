//! Plans' words in cells: clause numbers, quotations, values of targets.

use crate::export::table::Cell;
use crate::insight::{Aim, Nearest, Quotation};
use crate::plan::{Comparator, NodeIx, Plan, Segments, Target, clause_path};
use crate::text::Span;

/// A value as people write it: `≥30%(2017)`.
pub fn target_words(target: &Target) -> String {
    let sign = match target.comparator {
        Comparator::Equal => "",
        Comparator::AtLeast => "≥",
        Comparator::AtMost => "≤",
        Comparator::Below => "<",
        Comparator::Above => ">",
        Comparator::About => "≈",
        Comparator::Rise => "+",
        Comparator::Fall => "-",
    };
    let number = |value: f64| Cell::Number(value).read();
    let range = target.value_max.map(|upper| format!("–{}", number(upper))).unwrap_or_default();
    let year = target.year.map(|year| format!("({year})")).unwrap_or_default();
    let value =
        target.value.map_or_else(|| target.indicator.clone(), |value| number(value) + &range + &target.unit);
    format!("{sign}{value}{year}")
}

pub(super) fn years((first, last): (u16, u16)) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

pub(super) fn clause(plan: &Plan, node: NodeIx) -> String {
    clause_path(&plan.text, &plan.outline, node, "/")
}

pub(super) fn clauses(plan: &Plan, nodes: &[NodeIx]) -> String {
    nodes.iter().map(|&node| clause(plan, node)).collect::<Vec<_>>().join("; ")
}

/// Clause numbers with how alike each is.
pub(super) fn scored(plan: &Plan, nearest: &[Nearest]) -> String {
    let one = |near: &Nearest| format!("{} ({:.2})", clause(plan, near.node), near.score);
    nearest.iter().map(one).collect::<Vec<_>>().join("; ")
}

pub(super) fn read(plan: &Plan, words: &Segments) -> String {
    words.read(&plan.text)
}

/// The words of an item or a part of it, with a full stop behind the heading it begins with.
pub(super) fn item_words(plan: &Plan, node: NodeIx, words: &Segments) -> String {
    let heading = plan.outline.get(node).map(|node| node.heading.0.as_slice()).unwrap_or_default();
    let headed = !heading.is_empty() && words.0.len() > heading.len() && words.0.starts_with(heading);
    let behind = if headed { heading.len() } else { 0 };
    let stop = if headed { "。" } else { "" };
    let read = |spans: &[Span]| spans.iter().map(|&span| plan.text.slice(span)).collect::<String>();
    read(&words.0[..behind]) + stop + &read(&words.0[behind..])
}

/// Words and clause number.
pub(super) fn quotation(plan: &Plan, quotation: Option<Quotation>) -> [Cell; 2] {
    quotation.map_or([Cell::Empty, Cell::Empty], |quotation| {
        [Cell::text(plan.text.slice(quotation.span).trim()), Cell::text(clause(plan, quotation.node))]
    })
}

pub(super) fn target(plan: &Plan, index: Option<usize>) -> Option<&Target> {
    index.and_then(|index| plan.targets.get(index))
}

/// The words the aim was read from, and their clause number.
pub(super) fn wording(plan: &Plan, aim: Option<&Aim>) -> [Cell; 2] {
    let found = aim.and_then(|aim| target(plan, aim.target.or(aim.baseline)));
    found.map_or([Cell::Empty, Cell::Empty], |target| {
        [Cell::text(plan.text.slice(target.span).trim()), Cell::text(clause(plan, target.node))]
    })
}

/// Words on one line, with their clause number in brackets.
pub(super) fn with_clause(words: &str, clause: &str) -> String {
    let words = words.split(['\n', '\u{3000}']).map(str::trim).collect::<String>();
    if clause.is_empty() { words } else { format!("{words} [{clause}]") }
}
