//! Counts of things to build, train or hold: `培训50名…`, `…活动500场以上`. Which counts are aims: something is
//! done (a verb says so) to things that can be counted, not to aspects, stages or slogans.

use super::super::passage::{find, holds_any, longest_at_end, longest_at_start};
use super::super::quantity::Measure;
use super::Draft;
use super::phrase::{counted_noun, lead, trim};
use super::sentence::Place;
use super::words::{ABSTRACT, ABSTRACT_OPENINGS, CLOSING_TASKS, Lead, NOT_BEFORE, TASKS, THINGS};
use crate::plan::{Comparator, TargetKind};
use std::ops::Range;

/// Reads the quantity as a count of things to do.
pub(super) fn read(place: &Place) -> Option<Draft> {
    let quantity = place.quantity();
    if quantity.measure != Measure::Count || quantity.value < 1.0 {
        return None;
    }
    let passage = place.clause.passage();
    let before = place.words(place.before());
    let noun = counted_noun(passage, place.behind());
    if is_excluded(place, before, &noun) || !is_task(place, &noun) {
        return None;
    }
    let (indicator, start) = name(place, &noun)?;
    let (year, _, baseline) = place.dated();
    Some(Draft {
        range: start..noun.end.max(quantity.range.end),
        indicator,
        comparator: comparator(place),
        value: Some(quantity.value),
        max: quantity.max,
        unit: quantity.unit.clone(),
        year,
        base_year: None,
        kind: TargetKind::Count,
        baseline,
    })
}

fn is_excluded(place: &Place, before: &[char], noun: &Range<usize>) -> bool {
    let quantity = place.quantity();
    let words = place.words(noun.clone());
    let per = ["每", "各", "至少"];
    let small = quantity.spelt && quantity.value < 2.0 && !holds_any(place.clause_before(), &per);
    let things = longest_at_end(words, THINGS).is_some()
        || (2..words.len()).any(|at| longest_at_end(&words[..at], THINGS).is_some());
    // 三期工程 is the third stage, 四类 names a sort: neither counts things.
    let vague = quantity.spelt
        && (!things || matches!(quantity.unit.as_str(), "期" | "类" | "条" | "项" | "门" | "级"));
    let nothing = longest_at_end(strip_tasks(words), ABSTRACT).is_some()
        || longest_at_start(words, ABSTRACT_OPENINGS).is_some();
    // A verb may end in a word of the list; the longer one is meant.
    let task = longest_at_end(before, TASKS).unwrap_or(0);
    let excluded_before = longest_at_end(before, NOT_BEFORE).is_some_and(|length| task <= length);
    small || vague || nothing || excluded_before || is_frequency(place) || is_condition(place, words)
}

/// `示范点建设` → `示范点`.
fn strip_tasks(words: &[char]) -> &[char] {
    let length = longest_at_end(words, CLOSING_TASKS).filter(|length| *length < words.len()).unwrap_or(0);
    &words[..words.len() - length]
}

/// `每年开展2次体检`: how often, unless it is bounded.
fn is_frequency(place: &Place) -> bool {
    const OFTEN: [&str; 7] = ["每年", "每月", "每季度", "每周", "每半年", "每两年", "每天"];
    let bounded = place.quantity().bound.is_some() || holds_any(place.clause_before(), &["至少", "不少于"]);
    place.quantity().unit.ends_with('次') && !bounded && holds_any(place.clause_before(), &OFTEN)
}

/// `200张以上的医院`: which are meant, unless a task stands right before (`培养100名以上的骨干`).
fn is_condition(place: &Place, noun: &[char]) -> bool {
    let linked = place.is_followed_by(&["的"]);
    let tasked = longest_at_end(place.words(place.before()), TASKS).is_some();
    (linked && place.quantity().bound.is_some() && !tasked) || noun.first() == Some(&'以')
}

/// Whether the clause says that something is done.
fn is_task(place: &Place, noun: &Range<usize>) -> bool {
    let words = place.words(noun.clone());
    let per = longest_at_start(
        place.clause_before(),
        &["每个", "每所", "每家", "每县", "每村", "各县", "各乡镇", "每"],
    )
    .is_some();
    longest_at_end(words, CLOSING_TASKS).is_some()
        || per
        || TASKS.iter().any(|task| task.chars().count() > 1 && find(place.clause_before(), task).is_some())
        || longest_at_end(place.words(place.before()), TASKS).is_some()
        || is_done_to(place, words)
        || is_listed(place, noun)
        || place
            .previous
            .is_some_and(|previous| previous.kind == TargetKind::Count && place.before().len() <= 1)
}

/// `把15个示范点全面建成`, `对9种大病开展救治`: the verb stands behind what it is done to.
fn is_done_to(place: &Place, noun: &[char]) -> bool {
    let opened = holds_any(place.clause_before(), &["把", "将", "对", "为", "支持", "推动", "使", "让"]);
    let verb = |at: usize| longest_at_start(&noun[at..], TASKS).is_some_and(|length| length > 1);
    opened && !place.quantity().spelt && (2..noun.len()).any(verb)
}

/// `创建卫生乡镇6个,卫生村40个`: a further thing with its count and no verb of its own.
fn is_listed(place: &Place, noun: &Range<usize>) -> bool {
    let counted = place.previous.is_some_and(|previous| previous.kind == TargetKind::Count);
    counted && noun.is_empty() && (2..=16).contains(&place.before().len()) && !place.quantity().spelt
}

/// The name of what is counted, and where the words of the aim begin.
fn name(place: &Place, noun: &Range<usize>) -> Option<(String, usize)> {
    let passage = place.clause.passage();
    let before = place.before();
    let verb = longest_at_end(place.words(before.clone()), TASKS);
    if noun.len() > 1 {
        let start = before.end - verb.unwrap_or(0);
        return Some((passage.written(start..before.end) + &passage.written(noun.clone()), before.start));
    }
    let name = lead(passage, &before).map_or(before.clone(), |(_, rest)| rest);
    let mut name = trim(passage, name, &place.clause.sentence.years);
    let task = longest_at_start(place.words(name.clone()), TASKS).filter(|length| name.len() > length + 1);
    name.start += task.unwrap_or(0);
    (name.len() > 1).then(|| (passage.written(name), before.start))
}

fn comparator(place: &Place) -> Comparator {
    const MORE: [&str; 8] = ["新增", "净增", "增加", "增设", "净增加", "新增加", "新增设", "再增加"];
    if let Some(bound) = place.quantity().bound {
        return bound;
    }
    let before = place.words(place.before());
    match lead(place.clause.passage(), &place.before()) {
        Some((Lead::Level(comparator), _)) => comparator,
        _ if holds_any(before, &MORE) => Comparator::Rise,
        _ => Comparator::Equal,
    }
}
