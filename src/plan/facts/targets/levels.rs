//! Levels to reach and changes to make: `达到81岁`, `控制在116以内`, `下降30%`, `30%以上乡镇建成门诊`.

use super::super::passage::{Passage, begins, ends, longest_at_start};
use super::super::quantity::{Measure, Quantity};
use super::Draft;
use super::phrase::{counted_noun, head_noun, lead, names_a_measure, per_head, trim};
use super::sentence::Place;
use super::words::{COVERING, Lead, NOT_BEFORE, TASKS};
use crate::plan::{Comparator, TargetKind};
use crate::text::is_han;
use std::ops::Range;

/// Reads the quantity as a level or a change; `None` where it is neither.
pub(super) fn read(place: &Place) -> Option<Draft> {
    let quantity = place.quantity();
    let passage = place.clause.passage();
    let years = &place.clause.sentence.years;
    let before = trim_year(place, place.before());
    let lead = lead(passage, &before);
    let rest = lead.as_ref().map_or(before, |(_, rest)| rest.clone());
    let name = trim(passage, rest, years);
    if !is_level(place, lead.as_ref().map(|(lead, _)| *lead), &name) {
        return None;
    }
    let (indicator, range) = indicator(place, lead.is_some(), name)?;
    let change = match lead {
        Some((Lead::Change(comparator), _)) => Some(comparator),
        _ if quantity.measure == Measure::Points => return None,
        _ => None,
    };
    let told = match lead {
        Some((Lead::Level(comparator), _)) => comparator,
        _ => Comparator::Equal,
    };
    let (year, base_year, baseline) = place.dated();
    let whole = quantity.unit == "%" && quantity.max.is_none() && quantity.value.total_cmp(&100.0).is_eq();
    Some(Draft {
        range,
        indicator,
        comparator: change.or(quantity.bound).unwrap_or(told),
        value: Some(quantity.value),
        max: quantity.max,
        unit: quantity.unit.clone(),
        year,
        base_year: base_year.filter(|_| change.is_some()),
        kind: match change {
            Some(_) => TargetKind::Relative,
            None if whole => TargetKind::Coverage,
            None => TargetKind::Absolute,
        },
        baseline,
    })
}

/// Cuts a year and its 的 off the end: `提高到2025年的|79岁` has the verb 提高到.
fn trim_year(place: &Place, mut range: Range<usize>) -> Range<usize> {
    let years = &place.clause.sentence.years;
    let linked = range.end.saturating_sub(usize::from(ends(place.words(range.clone()), "的")));
    if let Some(year) = years.iter().find(|year| year.range.end == linked && year.range.start >= range.start)
    {
        range.end = year.range.start;
        // `提高到2025年的79岁`: the 到 was taken for the year's; give it back to the verb.
        if matches!(place.words(year.range.clone()).first(), Some('到' | '至')) {
            range.end += 1;
        }
    }
    range
}

fn is_level(place: &Place, lead: Option<Lead>, name: &Range<usize>) -> bool {
    let quantity = place.quantity();
    let passage = place.clause.passage();
    let measured = names_a_measure(passage, name);
    if is_age(place) || is_condition(place, lead) {
        return false;
    }
    match quantity.measure {
        Measure::Points => lead.is_some(),
        Measure::Rate => {
            let excluded =
                ["按", "按照", "以", "前", "第"].iter().any(|word| ends(place.words(place.before()), word));
            !excluded
                && (lead.is_some()
                    || measured
                    || quantity.bound.is_some()
                    || place.is_starting_point()
                    || spoken_of(place)
                    || is_all_that(place)
                    || repeats(place, name))
        }
        Measure::Level => {
            lead.is_some() || measured || place.is_starting_point() || per_head_of(place, name).is_some()
        }
        Measure::Bare => {
            let plain = quantity.unit.is_empty() && !place.is_followed_by(&["年", "、", "-", "号", "分之"]);
            plain && lead.is_some() && measured && !quantity.spelt
        }
        Measure::Count => {
            let listed =
                per_head_of(place, name).is_some() && (lead.is_some() || measured || name.len() <= 12);
            !quantity.spelt && (listed || (lead.is_some() && measured && !follows_task(place, name)))
        }
    }
}

/// `65岁以上老年人`, `0-6岁儿童`: a group of people, not an aim.
fn is_age(place: &Place) -> bool {
    let quantity = place.quantity();
    let behind = place.words(place.behind());
    quantity.unit.ends_with('岁')
        && behind.first().is_some_and(|c| is_han(*c) || matches!(c, '(' | '、' | '-'))
        && !place.is_starting_point()
        && longest_at_start(behind, &["提高", "提升", "增加", "上升", "下降", "以上", "和", "左右", "及"])
            .is_none()
}

/// `100张床位以上的医院`, `占股50%以上的企业`: says which are meant.
fn is_condition(place: &Place, lead: Option<Lead>) -> bool {
    let behind = place.words(place.behind());
    begins(behind, "的") && lead.is_none() && !spoken_of(place)
}

/// `30%以上的乡镇建成…`: the value stands before its noun, and a verb behind the noun says what is aimed at.
fn spoken_of(place: &Place) -> bool {
    place.quantity().measure == Measure::Rate && predicate(place).is_some()
}

/// `村卫生室100%能够提供服务`: the verb right behind says what all of them do.
fn is_all_that(place: &Place) -> bool {
    is_whole(place.quantity()) && longest_at_start(place.words(place.behind()), COVERING).is_some()
}

/// `2022年达到22%,2030年30%`: nothing between a year and the value, the indicator named before.
fn repeats(place: &Place, name: &Range<usize>) -> bool {
    let previous = place
        .previous
        .is_some_and(|previous| previous.unit == place.quantity().unit && previous.value.is_some());
    previous
        && (name.is_empty() || name.len() <= 12)
        && place.words(place.behind()).first().is_none_or(|c| !is_han(*c))
}

/// Whether the clause speaks of building or training something, so that the count is one of things.
fn follows_task(place: &Place, name: &Range<usize>) -> bool {
    longest_at_start(place.words(name.clone()), TASKS).is_some() && !place.words(place.behind()).is_empty()
}

/// The opening 每千人口 of the name, or of the aim before where this one leaves it out.
fn per_head_of(place: &Place, name: &Range<usize>) -> Option<String> {
    let own: String = place.words(name.clone()).iter().collect();
    if own.contains("每千")
        || own.contains("每万")
        || own.contains("千人口")
        || own.contains("千常住人口")
        || own.contains("万人口")
    {
        return Some(String::new());
    }
    let previous = place.previous.filter(|previous| previous.kind == TargetKind::Absolute)?;
    let counted = place.quantity().measure == Measure::Count && (1..=20).contains(&name.len());
    let tasked = longest_at_start(place.words(name.clone()), TASKS).is_some();
    per_head(&previous.indicator).filter(|_| counted && !tasked).map(str::to_owned)
}

/// The name of the indicator and the words the aim was read from.
fn indicator(place: &Place, led: bool, name: Range<usize>) -> Option<(String, Range<usize>)> {
    let passage = place.clause.passage();
    let end = place.quantity().range.end;
    if !led && !names_a_measure(passage, &name) && spoken_of(place) {
        let (indicator, last) = share(place)?;
        return Some((indicator, place.quantity().range.start..last));
    }
    let range = place.before().start.min(name.start)..end;
    if name.is_empty() {
        return Some((unnamed(place, led), from_clause(place, end)));
    }
    let own = passage.written(name.clone());
    if let Some(opening) = per_head_of(place, &name).filter(|opening| !opening.is_empty()) {
        return Some((opening + &own, range));
    }
    if is_all_that(place) {
        let behind = counted_noun(passage, place.behind());
        return Some((own + &passage.written(behind.clone()), range.start..behind.end));
    }
    let inherits =
        !names_a_measure(passage, &name) && name.len() <= 16 && place.quantity().measure == Measure::Rate;
    let head = place.previous.filter(|previous| inherits && previous.unit == place.quantity().unit);
    match head.and_then(|previous| head_noun(&previous.indicator)) {
        Some(head) => Some((own + head, range)),
        None => Some((with_noun_behind(place, own), range)),
    }
}

/// A name for a value that stands right after a year or a comma: that of the aim before it, the clause before
/// it, the noun behind it, or what the sentence before was about.
fn unnamed(place: &Place, led: bool) -> String {
    let passage = place.clause.passage();
    if let Some(previous) = place.previous {
        return previous.indicator.clone();
    }
    let behind = counted_noun(passage, place.behind());
    if led && !behind.is_empty() {
        return passage.written(behind);
    }
    let earlier =
        place.clause.before.clone().map(|clause| trim(passage, clause, &place.clause.sentence.years));
    let earlier = earlier.map(|range| passage.written(range)).filter(|words| !words.is_empty());
    earlier.or_else(|| place.clause.spoken.clone()).unwrap_or_default()
}

fn from_clause(place: &Place, end: usize) -> Range<usize> {
    let start =
        if place.previous.is_none() { place.clause.before.as_ref().map(|clause| clause.start) } else { None };
    start.unwrap_or(place.clause.range.start).min(place.before().start)..end
}

/// `实现100亿元产值`: the name behind the value, where the words before it are only a verb's.
fn with_noun_behind(place: &Place, own: String) -> String {
    let behind = counted_noun(place.clause.passage(), place.behind());
    let fits = own.chars().count() <= 2 && (2..=16).contains(&behind.len());
    if fits { own + &place.clause.passage().written(behind) } else { own }
}

/// Verbs that say what the share behind a value does.
const PREDICATES: [&str; 34] = [
    "建成",
    "达到",
    "设立",
    "设置",
    "开展",
    "提供",
    "实现",
    "配备",
    "具备",
    "能够",
    "建立",
    "完成",
    "纳入",
    "开设",
    "通过",
    "成为",
    "创成",
    "启用",
    "接入",
    "上线",
    "建有",
    "设有",
    "创建成",
    "达标",
    "开通",
    "实施",
    "实行",
    "参加",
    "接受",
    "获得",
    "享有",
    "推行",
    "覆盖",
    "拥有",
];

/// Where the verb behind a value that precedes its noun stands: `30%以上[的]|乡镇|建成|门诊`.
fn predicate(place: &Place) -> Option<Range<usize>> {
    let behind = place.behind();
    let words = place.words(behind.clone());
    let linked = usize::from(begins(words, "的"));
    let noun = words.get(linked).is_some_and(|c| is_han(*c))
        && !NOT_BEFORE.iter().any(|word| ends(place.words(place.before()), word));
    let passage = place.clause.passage();
    let at = |offset: usize| behind.start + offset;
    let verb = (linked + 2..words.len())
        .filter(|&offset| !passage.is_bracketed(at(offset)) && !passage.is_named(at(offset)))
        .find_map(|offset| {
            longest_at_start(&words[offset..], &PREDICATES).map(|length| at(offset)..at(offset + length))
        })?;
    // At once a verb (`30%以上开展…`) leaves no noun.
    (noun && longest_at_start(&words[linked..], &PREDICATES).is_none()).then_some(verb)
}

/// `30%以上乡镇建成门诊` as a share: `建成门诊的乡镇比例`, and where its words end.
fn share(place: &Place) -> Option<(String, usize)> {
    let verb = predicate(place)?;
    let passage: &Passage = place.clause.passage();
    let behind = place.behind();
    let linked = usize::from(begins(place.words(behind.clone()), "的"));
    let adverbs = ["全部", "基本", "均", "都", "要", "将"];
    let noun = behind.start + linked..verb.start;
    let cut = adverbs
        .iter()
        .filter(|word| ends(place.words(noun.clone()), word))
        .map(|word| word.chars().count())
        .max();
    let noun = passage.written(noun.start..noun.end - cut.unwrap_or(0));
    let done = passage.written(verb.start..behind.end);
    Some((format!("{done}的{noun}比例"), behind.end))
}

/// Whether `quantity` is a share of everything: 100 %.
pub(super) fn is_whole(quantity: &Quantity) -> bool {
    quantity.unit == "%" && quantity.value.total_cmp(&100.0).is_eq()
}
