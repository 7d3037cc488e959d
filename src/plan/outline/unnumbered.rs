//! Headings without number: 总则, 2024年工作回顾, and labels above a run that begins anew.

use super::furniture::unspaced;
use super::lexicon::lexicon;
use super::lines::chars;
use super::marks::{Class, Mark};
use super::metadata::{places, shapes};
use super::repair::Block;
use super::structure::Sort;
use crate::text::{fold_char, is_blank};
use std::ops::Range;

/// Marks as [`Sort::Named`] or [`Sort::Label`] the headings without number in `range`.
pub(super) fn headings(source: &str, blocks: &[Block], range: Range<usize>, sorts: &mut [Sort]) {
    let numbered: Vec<(usize, Mark)> = range
        .clone()
        .filter(|&at| sorts[at] == Sort::Numbered)
        .filter_map(|at| blocks[at].mark.map(|mark| (at, mark)))
        .collect();
    for (index, &(at, mark)) in numbered.iter().enumerate() {
        if mark.value != 1 || mark.class == Class::Dash || at == range.start {
            continue;
        }
        let label = label_above(source, blocks, sorts, at);
        let Some(label) = label.filter(|&label| label >= range.start) else { continue };
        let restart = restarts(&numbered, index, label);
        let again = begins_again(source, blocks, sorts, &numbered, index);
        if restart || again || is_year_section(&blocks[label].words(source)) {
            sorts[label] = match sorts[label] {
                Sort::Numbered => Sort::Label(mark.class),
                _ => Sort::Named(mark.class),
            };
        }
    }
    standard(source, blocks, range, sorts, &numbered);
}

/// How many paragraphs may stand between a label and the number 1 below it.
const INTRODUCTION: usize = 3;

/// The short line above a number 1, if it can be a label: no sentence, no signature. A few sentences may
/// introduce the run.
fn label_above(source: &str, blocks: &[Block], sorts: &[Sort], at: usize) -> Option<usize> {
    for label in (at.saturating_sub(INTRODUCTION + 1)..at).rev() {
        let block = &blocks[label];
        let dashed =
            block.mark.is_some_and(|mark| mark.class == Class::Dash) && sorts[label] == Sort::Numbered;
        if sorts[label] != Sort::Paragraph && !(dashed && label + 1 == at) {
            return None;
        }
        if is_label(&block.rest(source)) {
            return Some(label);
        }
    }
    None
}

fn is_label(words: &str) -> bool {
    let end = words.chars().next_back().map_or(' ', fold_char);
    let count = chars(words);
    (2..=25).contains(&count)
        && !matches!(end, '。' | ';' | '!' | '?' | ')' | ',')
        && !words.contains(['。', '；', ';'])
        && !shapes::is_date_line(words)
        && !shapes::is_signature(words)
        && !words.starts_with("附件")
        && (!shapes::is_title(words) || chars(words) < 10 || is_year_section(words))
}

/// Whether the run that begins at `index` begins anew without a number above it in between.
fn restarts(numbered: &[(usize, Mark)], index: usize, label: usize) -> bool {
    let class = numbered[index].1.class;
    let before = numbered[..index].iter().rev().filter(|(at, _)| *at < label);
    for (_, mark) in before {
        if mark.class == class {
            return true;
        }
        if mark.class < class {
            return false;
        }
    }
    false
}

/// Whether a later run of the same class begins anew below another label.
fn begins_again(
    source: &str,
    blocks: &[Block],
    sorts: &[Sort],
    numbered: &[(usize, Mark)],
    index: usize,
) -> bool {
    let class = numbered[index].1.class;
    for &(at, mark) in &numbered[index + 1..] {
        if mark.class == class && mark.value == 1 {
            return label_above(source, blocks, sorts, at).is_some();
        }
        if mark.class < class {
            return false;
        }
    }
    false
}

/// `2024年工作回顾`, `2025年工作安排` alone on their line.
fn is_year_section(words: &str) -> bool {
    let bare = unspaced(words);
    let named = bare.get(4..).map(|rest| rest.trim_start_matches(['年', '度', '-', '—']));
    chars(&bare) <= 18
        && bare.starts_with("20")
        && !named.is_some_and(places::leads) // `2024年甲市工作总结` is the title of a document
        && ["回顾", "总结", "安排", "打算", "计划", "重点工作", "工作思路", "工作情况", "任务"]
            .iter()
            .any(|end| bare.ends_with(end))
}

/// 总则, 前言, 结语 and their like between numbered headings.
fn standard(
    source: &str,
    blocks: &[Block],
    range: Range<usize>,
    sorts: &mut [Sort],
    numbered: &[(usize, Mark)],
) {
    let Some(top) = numbered.iter().map(|(_, mark)| mark.class).min() else { return };
    for at in range {
        if sorts[at] != Sort::Paragraph || blocks[at].len() > 60 {
            continue;
        }
        let words = unspaced(&blocks[at].words(source));
        let bare = words.trim_end_matches(|c: char| is_blank(c) || matches!(c, '。' | ':' | '：'));
        if lexicon().unnumbered.contains(bare) {
            sorts[at] = Sort::Beside(top);
        }
    }
}
