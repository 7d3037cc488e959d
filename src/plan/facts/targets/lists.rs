//! Paired lists: `婴儿死亡率、孕产妇死亡率分别控制在5‰、12/10万以内`, `到2022年和2030年,分别不低于22%和30%`.

use super::super::passage::{Passage, find};
use super::super::quantity::{Measure, Quantity};
use super::Draft;
use super::phrase::{lead, names_a_measure, per_head, trim};
use super::sentence::Clause;
use super::words::Lead;
use super::years::{Role, YearMark, adjoin};
use crate::plan::{Comparator, TargetKind};
use std::ops::Range;

/// One aim per value of a list after 分别; `None` where there is no such list.
pub(super) fn read(clause: &Clause) -> Option<Vec<Draft>> {
    let passage = clause.passage();
    let mark = clause.range.start + find(&passage.chars[clause.range.clone()], "分别")?;
    let values = values(passage, clause.quantities.iter().filter(|q| q.range.start > mark));
    if values.len() < 2 || values.iter().all(|q| q.measure == Measure::Bare) {
        return None;
    }
    let lead = lead(passage, &(mark + 2..values[0].range.start)).map(|(lead, _)| lead);
    let years = year_list(clause, mark, values.len());
    let names = names(clause, mark, values.len(), years.is_some());
    let bound = values.iter().rev().find_map(|q| q.bound);
    let drafts = values.iter().enumerate().map(|(index, quantity)| {
        let at = quantity.range.start;
        let year = years.as_ref().map_or_else(|| clause.sentence.year(at), |years| Some(years[index]));
        let change = matches!(lead, Some(Lead::Change(_))).then(|| clause.sentence.base_year(at)).flatten();
        Draft {
            range: clause.range.start..values[values.len() - 1].range.end,
            indicator: names.get(index).or(names.last()).cloned().unwrap_or_default(),
            comparator: comparator(lead, quantity.bound.or(bound)),
            value: Some(quantity.value),
            max: quantity.max,
            unit: quantity.unit.clone(),
            year,
            base_year: change,
            kind: kind(lead, quantity),
            baseline: clause.sentence.is_done(clause.range.start, at),
        }
    });
    Some(drafts.collect())
}

/// The quantities that follow each other with only 、 or 和 between; a unit given once at the end holds for all
/// (`22和30%` is rare and left alone).
fn values<'a>(passage: &Passage, quantities: impl Iterator<Item = &'a Quantity>) -> Vec<&'a Quantity> {
    let mut values: Vec<&Quantity> = Vec::new();
    for quantity in quantities {
        if values.last().is_none_or(|last| adjoin(passage, last.range.end, quantity.range.start)) {
            values.push(quantity);
        } else {
            break;
        }
    }
    values
}

fn comparator(lead: Option<Lead>, bound: Option<Comparator>) -> Comparator {
    match lead {
        Some(Lead::Change(comparator)) => comparator,
        Some(Lead::Level(told)) => bound.unwrap_or(told),
        None => bound.unwrap_or(Comparator::Equal),
    }
}

fn kind(lead: Option<Lead>, quantity: &Quantity) -> TargetKind {
    match lead {
        Some(Lead::Change(_)) => TargetKind::Relative,
        _ if super::levels::is_whole(quantity) => TargetKind::Coverage,
        _ => TargetKind::Absolute,
    }
}

/// The years before the list, where there are as many as values.
fn year_list(clause: &Clause, mark: usize, count: usize) -> Option<Vec<u16>> {
    let passage = clause.passage();
    let before: Vec<&YearMark> = clause
        .sentence
        .years
        .iter()
        .filter(|year| year.range.end <= mark && year.role == Role::Aim)
        .collect();
    let list = before.get(before.len().checked_sub(count)?..)?;
    let joined = list.windows(2).all(|pair| adjoin(passage, pair[0].range.end, pair[1].range.start));
    joined.then(|| list.iter().map(|year| year.year).collect())
}

/// The names the values belong to: as many as values, or one for all.
fn names(clause: &Clause, mark: usize, count: usize, by_year: bool) -> Vec<String> {
    let passage = clause.passage();
    let years = &clause.sentence.years;
    let mut range = trim(passage, clause.range.start..mark, years);
    if range.len() < 2
        && let Some(before) = &clause.before
    {
        range = trim(passage, before.clone(), years);
    }
    if by_year {
        let named = names_a_measure(passage, &range) || range.len() >= 2;
        let own = passage.written(range);
        return vec![if named { own } else { clause.previous.as_ref().map_or(own, |p| p.indicator.clone()) }];
    }
    let parts = [
        parts(passage, &range, |c| c == '、'),
        parts_and_last(passage, &range),
        parts(passage, &range, |c| matches!(c, '、' | '和' | '与' | '及')),
    ];
    match parts.into_iter().find(|parts| parts.len() == count) {
        Some(parts) => with_shared_words(passage, &parts),
        None => vec![passage.written(range)],
    }
}

/// The parts of a range between marks that stand outside brackets.
fn parts(passage: &Passage, range: &Range<usize>, mark: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = range.start;
    for at in range.clone() {
        if mark(passage.chars[at]) && !passage.is_bracketed(at) && !passage.is_named(at) && at > from {
            parts.push(from..at);
            from = at + 1;
        }
    }
    parts.push(from..range.end);
    parts
}

/// Parts at 、 and at the last 和.
fn parts_and_last(passage: &Passage, range: &Range<usize>) -> Vec<Range<usize>> {
    let last = range
        .clone()
        .rev()
        .find(|&at| matches!(passage.chars[at], '和' | '与' | '及') && !passage.is_bracketed(at));
    let Some(last) = last else { return parts(passage, range, |c| c == '、') };
    let mut list = parts(passage, &(range.start..last), |c| c == '、');
    list.extend(parts(passage, &(last + 1..range.end), |c| c == '、'));
    list
}

/// Gives each name what the others say for it: the head noun of the last (`高血压、糖尿病患者管理率`), the
/// opening 每千人口 of the first.
fn with_shared_words(passage: &Passage, parts: &[Range<usize>]) -> Vec<String> {
    let last = parts.last().cloned().unwrap_or_default();
    let first = passage.written(parts[0].clone());
    let opening = per_head(&first).unwrap_or_default().to_owned();
    let name = |(index, part): (usize, &Range<usize>)| {
        let own = passage.written(part.clone());
        let own = if index > 0 && per_head(&own).is_none() { opening.clone() + &own } else { own };
        let tail = last.start + part.len()..last.end;
        let headless = !names_a_measure(passage, part) && names_a_measure(passage, &last) && tail.len() >= 2;
        if headless { own + &passage.written(tail) } else { own }
    };
    parts.iter().enumerate().map(name).collect()
}
