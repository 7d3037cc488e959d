//! Aims without a number: 人人享有, 进入…行列, 主要指标持续改善.

use super::super::passage::{Passage, ends, find, longest_at_end};
use super::Draft;
use super::phrase::{names_a_measure, trim};
use super::sentence::Clause;
use crate::plan::{Comparator, TargetKind};
use std::ops::Range;

/// How a measure is to move, at the end of a clause.
const MOVES: [(&str, Comparator); 20] = [
    ("大幅减少", Comparator::Fall),
    ("大幅下降", Comparator::Fall),
    ("持续下降", Comparator::Fall),
    ("稳步下降", Comparator::Fall),
    ("逐步下降", Comparator::Fall),
    ("明显下降", Comparator::Fall),
    ("显著下降", Comparator::Fall),
    ("明显减少", Comparator::Fall),
    ("持续降低", Comparator::Fall),
    ("逐年下降", Comparator::Fall),
    ("持续提高", Comparator::Rise),
    ("稳步提高", Comparator::Rise),
    ("显著提高", Comparator::Rise),
    ("明显提高", Comparator::Rise),
    ("持续提升", Comparator::Rise),
    ("稳步提升", Comparator::Rise),
    ("显著提升", Comparator::Rise),
    ("逐年提高", Comparator::Rise),
    ("持续改善", Comparator::Rise),
    ("零增长", Comparator::Equal),
];

/// Reads a clause without quantity.
pub(super) fn read(clause: &Clause) -> Option<Draft> {
    let passage = clause.passage();
    let words = &passage.chars[clause.range.clone()];
    let (name, comparator) = moved(clause)
        .or_else(|| shared(passage, &clause.range))
        .or_else(|| ranked(passage, &clause.range))?;
    let name = trim(passage, name, &clause.sentence.years);
    let sentence = clause.sentence;
    let last = clause.range.end - 1;
    (name.len() >= 2 && words.len() <= 60).then(|| Draft {
        range: clause.range.clone(),
        indicator: passage.written(name),
        comparator,
        value: None,
        max: None,
        unit: String::new(),
        year: sentence.year(last),
        base_year: None,
        kind: TargetKind::Qualitative,
        baseline: sentence.is_done(clause.range.start, last),
    })
}

/// `新滋生人数大幅减少`: a measure and how it moves.
fn moved(clause: &Clause) -> Option<(Range<usize>, Comparator)> {
    let passage = clause.passage();
    let words = &passage.chars[clause.range.clone()];
    let (word, comparator) = MOVES.iter().find(|(word, _)| ends(words, word))?;
    let name = clause.range.start..clause.range.end - word.chars().count();
    let measure = names_a_measure(passage, &name)
        || longest_at_end(&passage.chars[name.clone()], &["指标", "发病", "发生"]).is_some();
    (measure && passage.chars[name.clone()].len() <= 40).then_some((name, *comparator))
}

/// `人人享有基本医疗卫生服务`.
fn shared(passage: &Passage, clause: &Range<usize>) -> Option<(Range<usize>, Comparator)> {
    let at = find(&passage.chars[clause.clone()], "人人享有")? + clause.start;
    Some((at + 4..clause.end, Comparator::Equal))
}

/// `主要指标进入全国前列`, `达到国内先进水平` is too common to be one.
fn ranked(passage: &Passage, clause: &Range<usize>) -> Option<(Range<usize>, Comparator)> {
    let words = &passage.chars[clause.clone()];
    longest_at_end(words, &["行列", "前列", "第一方阵", "先进行列"])?;
    let at = ["进入", "位居", "走在", "位列", "保持在"].iter().find_map(|verb| find(words, verb))?;
    (at >= 2).then(|| (clause.start..clause.start + at, Comparator::Equal))
}
