//! Aims at all of a kind: 全覆盖, 全部纳入, 均建有, 所有…都, 每个…能够, 应检尽检.

use super::super::passage::{Passage, begins, find, longest_at_start};
use super::super::quantity::Measure;
use super::Draft;
use super::phrase::trim;
use super::sentence::{Clause, Place};
use super::words::{COVERING, NOT_BEFORE};
use crate::plan::{Comparator, TargetKind};
use std::ops::Range;

/// So far before its verb a subject may stand.
const FAR: usize = 60;

/// Reads a clause that speaks of all of a kind.
pub(super) fn read(clause: &Clause) -> Option<Draft> {
    let cue = cue(clause.passage(), &clause.range)?;
    let (mut indicator, range) = name(clause, &cue);
    if indicator.is_empty() {
        indicator = clause.passage().written(cue.clone()); // `做到应救尽救`
    }
    let sentence = clause.sentence;
    Some(Draft {
        range,
        indicator,
        comparator: Comparator::Equal,
        value: Some(100.0),
        max: None,
        unit: "%".to_owned(),
        year: sentence.year(cue.start),
        base_year: None,
        kind: TargetKind::Coverage,
        baseline: sentence.is_done(clause.range.start, cue.start) || is_done_behind(clause, &cue),
    })
}

/// `12个县(区)全覆盖`: so many of them, and all.
pub(super) fn counted(place: &Place) -> Option<Draft> {
    let quantity = place.quantity();
    if quantity.measure != Measure::Count || quantity.spelt && quantity.value < 2.0 {
        return None;
    }
    let passage = place.clause.passage();
    let behind = place.behind();
    let cue = cue(passage, &behind).filter(|cue| cue.start - behind.start <= 14)?;
    let ordinal =
        NOT_BEFORE[..3].iter().any(|word| super::super::passage::ends(place.words(place.before()), word));
    if ordinal {
        return None;
    }
    let (year, _, baseline) = place.dated();
    let subject = passage.written(behind.start..cue.start);
    let own = trim(passage, place.before(), &place.clause.sentence.years);
    let object = passage.written(cue.end..behind.end);
    let indicator = format!("{}{subject}{object}", passage.written(own));
    Some(Draft {
        range: place.before().start..behind.end,
        indicator,
        comparator: Comparator::Equal,
        value: Some(quantity.value),
        max: None,
        unit: quantity.unit.clone(),
        year,
        base_year: None,
        kind: TargetKind::Coverage,
        baseline,
    })
}

/// Where the words stand that say "all of them".
fn cue(passage: &Passage, within: &Range<usize>) -> Option<Range<usize>> {
    within.clone().find_map(|at| {
        if !matches!(passage.chars[at], '全' | '均' | '都' | '能' | '应') {
            return None;
        }
        let words = &passage.chars[at..within.end];
        let earlier = &passage.chars[within.start.max(at.saturating_sub(FAR))..at];
        let length = match words[0] {
            _ if passage.is_named(at) || passage.is_bracketed(at) => None,
            '全' => whole(words, earlier),
            '均' => all_of_them(words, earlier),
            '都' => (every(earlier) && longest_at_start(&words[1..], COVERING).is_some()).then_some(1),
            '能' => each(earlier).then_some(0),
            '应' => as_should_be(words),
            _ => None,
        };
        length.map(|length| at..at + length)
    })
}

/// 全覆盖; 全部 before a verb; 全面推开 where all institutions are named as its subject.
fn whole(words: &[char], earlier: &[char]) -> Option<usize> {
    // 健全|覆盖城乡, 完全, 安全
    if earlier.last().is_some_and(|c| matches!(c, '健' | '完' | '安' | '齐' | '周' | '保')) {
        return None;
    }
    if begins(words, "全覆盖") {
        return (words.get(3) != Some(&'的')).then_some(3);
    }
    if begins(words, "全面") {
        const BEGUN: [&str; 8] = ["推开", "铺开", "实施", "实行", "取消", "启动", "建立", "落实"];
        return (every(earlier) && longest_at_start(&words[2..], &BEGUN).is_some()).then_some(2);
    }
    (begins(words, "全部") && longest_at_start(&words[2..], COVERING).is_some()).then_some(2)
}

/// 均建有, with a subject before it; not 人均, 平均, 均衡, 均等.
fn all_of_them(words: &[char], earlier: &[char]) -> Option<usize> {
    const BOUND: [char; 10] = ['人', '平', '年', '户', '日', '月', '次', '地', '床', '不'];
    let subject = earlier.len() >= 2 && earlier.last().is_some_and(|c| !BOUND.contains(c));
    (subject && longest_at_start(&words[1..], COVERING).is_some()).then_some(1)
}

/// Whether the words before speak of every one of a kind.
fn every(earlier: &[char]) -> bool {
    ["所有", "全部", "每个", "每所", "每家", "每户", "各级各类", "各类", "各县", "各区", "各乡镇"]
        .iter()
        .any(|word| find(earlier, word).is_some())
}

/// `每个团队能够提供…`: one of each, without 都.
fn each(earlier: &[char]) -> bool {
    ["每个", "每所", "每家", "所有"]
        .iter()
        .any(|word| find(earlier, word).is_some_and(|at| at + 3 < earlier.len()))
}

/// 应检尽检, 应保尽保.
fn as_should_be(words: &[char]) -> Option<usize> {
    (words.len() >= 4 && words[2] == '尽' && words[1] == words[3]).then_some(4)
}

/// What all of them are, and the words it was read from.
fn name(clause: &Clause, cue: &Range<usize>) -> (String, Range<usize>) {
    let passage = clause.passage();
    let years = &clause.sentence.years;
    let subject = trim(passage, clause.range.start..cue.start, years);
    let object = passage.written(cue.end..clause.range.end);
    if subject.len() >= 2 {
        return (passage.written(subject) + &object, clause.range.clone());
    }
    let before = clause.before.clone().unwrap_or(clause.range.start..clause.range.start);
    let earlier = trim(passage, before.clone(), years);
    (passage.written(earlier) + &object, before.start.min(clause.range.start)..clause.range.end)
}

/// `实现全覆盖了`, `全覆盖的目标已实现`.
fn is_done_behind(clause: &Clause, cue: &Range<usize>) -> bool {
    let behind = &clause.passage().chars[cue.end..clause.range.end];
    behind.last() == Some(&'了')
}
