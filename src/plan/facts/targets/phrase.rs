//! The name of an indicator in the words of a clause: what is left when years, verbs and fillers fall away.

use super::super::passage::{Passage, begins, longest_at_end, longest_at_start};
use super::words::{ADVERBS, HEADS, LEADS, Lead, OPENINGS};
use super::years::YearMark;
use std::ops::Range;

/// The verb right before a value: what it says and the words before it.
pub(super) fn lead(passage: &Passage, before: &Range<usize>) -> Option<(Lead, Range<usize>)> {
    let words = &passage.chars[before.clone()];
    let lead = |(lead, verbs): &(Lead, &[&str])| longest_at_end(words, verbs).map(|length| (*lead, length));
    let (lead, length) = LEADS.iter().filter_map(lead).max_by_key(|(_, length)| *length)?;
    Some((lead, before.start..before.end - length))
}

/// Cuts years, verbs, fillers and hanging marks off both ends of `range`.
pub(super) fn trim(passage: &Passage, range: Range<usize>, years: &[YearMark]) -> Range<usize> {
    trim_end(passage, trim_start(passage, range, years), years)
}

fn trim_start(passage: &Passage, mut range: Range<usize>, years: &[YearMark]) -> Range<usize> {
    while !range.is_empty() {
        let words = &passage.chars[range.clone()];
        if let Some(year) =
            years.iter().find(|year| year.range.start <= range.start && range.start < year.range.end)
        {
            range.start = year.range.end.min(range.end);
        } else if matches!(words.first(), Some(',' | '、' | ':' | ';' | '-' | ')' | '”' | '》' | '和')) {
            range.start += 1;
        } else if let Some(length) =
            longest_at_start(words, OPENINGS).filter(|&length| keeps_sense(&words[length..]))
        {
            range.start += length;
        } else {
            break;
        }
    }
    range
}

/// Whether enough is left to be a name of its own: `提高率` is not cut down to 率, 全科医生 not to 科医生.
fn keeps_sense(rest: &[char]) -> bool {
    const BOUND: [&str; 12] = ["科", "民", "员", "身", "体", "程", "国", "率", "性", "者", "度", "人群"];
    rest.is_empty() || (rest.len() >= 2 && longest_at_start(rest, &BOUND).is_none())
}

fn trim_end(passage: &Passage, mut range: Range<usize>, years: &[YearMark]) -> Range<usize> {
    while !range.is_empty() {
        let words = &passage.chars[range.clone()];
        if let Some(year) =
            years.iter().find(|year| year.range.start < range.end && range.end <= year.range.end)
        {
            range.end = year.range.start.max(range.start);
        } else if matches!(words.last(), Some(',' | '、' | ':' | ';' | '-' | '(' | '“')) {
            range.end -= 1;
        } else if let Some(length) =
            longest_at_end(words, ADVERBS).filter(|_| longest_at_end(words, HEADS).is_none())
        {
            range.end -= length;
        } else if let Some(length) = verb_at_end(words) {
            range.end -= length;
        } else {
            break;
        }
    }
    range
}

/// Length of a verb of more than one char that leads up to a value, at the end of the words.
fn verb_at_end(words: &[char]) -> Option<usize> {
    LEADS.iter().filter_map(|(_, verbs)| longest_at_end(words, verbs)).max().filter(|length| *length > 1)
}

/// Whether the words end in the name of a measure (率, 床位数, 预期寿命), brackets behind it aside.
pub(super) fn names_a_measure(passage: &Passage, range: &Range<usize>) -> bool {
    let words = without_brackets(&passage.chars[range.clone()]);
    longest_at_end(words, HEADS).is_some()
}

/// The words without a closing bracket group: `药占比(不含中药饮片)`.
fn without_brackets(words: &[char]) -> &[char] {
    if words.last() != Some(&')') {
        return words;
    }
    words.iter().rposition(|&c| c == '(').map_or(words, |open| &words[..open])
}

/// The head noun of an indicator, which a later clause may leave out: 签约率 of 户籍人口签约率.
pub(super) fn head_noun(indicator: &str) -> Option<&str> {
    const OWNERS: [&str; 25] = [
        "人口",
        "医生",
        "人群",
        "居民",
        "患者",
        "儿童",
        "老年人",
        "妇女",
        "家庭",
        "机构",
        "医院",
        "学生",
        "人员",
        "群众",
        "孕产妇",
        "婴幼儿",
        "学校",
        "社区",
        "职工",
        "农村",
        "城市",
        "卫生院",
        "中心",
        "村",
        "的",
    ];
    let chars: Vec<char> = indicator.chars().collect();
    longest_at_end(
        without_brackets(&chars),
        &["率", "比例", "占比", "比重", "覆盖面", "水平", "满意度", "达标率"],
    )?;
    let bare = Some(indicator).filter(|_| chars.len() <= 6);
    OWNERS
        .iter()
        .filter_map(|owner| indicator.rfind(owner).map(|at| &indicator[at + owner.len()..]))
        .filter(|rest| rest.chars().count() >= 2)
        .min_by_key(|rest| rest.len())
        .or(bare)
}

/// The opening of an indicator counted per head, which later ones may leave out: `每千人口拥有`.
pub(super) fn per_head(indicator: &str) -> Option<&str> {
    let from = ["每千", "每万", "每十万", "每百", "千人口", "万人口", "每5万", "千常住人口"]
        .iter()
        .filter_map(|o| indicator.find(o))
        .min()?;
    let after = ["名常住人口", "常住人口", "名老年人", "老年人口", "名居民", "人口", "居民", "人"];
    let opening = &indicator[from..];
    let (at, word) = after
        .iter()
        .filter_map(|word| opening.find(word).map(|at| (at, *word)))
        .min_by_key(|(at, word)| (*at, usize::MAX - word.len()))?;
    let mut end = from + at + word.len();
    if indicator[end..].starts_with("拥有") {
        end += "拥有".len();
    }
    Some(&indicator[from..end])
}

/// The noun behind a count (`36个市级重点学科`): up to the end of the clause or the next action.
pub(super) fn counted_noun(passage: &Passage, behind: Range<usize>) -> Range<usize> {
    const STOPS: [&str; 8] = ["并", "以及", "以满足", "确保", "力争", "实现", "用于", "作为"];
    let mut range = behind;
    while begins(&passage.chars[range.clone()], "的") {
        range.start += 1;
    }
    let words = &passage.chars[range.clone()];
    // `3家、改造5家`: what follows is the next of a list.
    if matches!(words.first(), Some('、' | '和' | '及' | '与' | '或')) {
        return range.start..range.start;
    }
    let stop = (1..words.len()).find(|&at| {
        matches!(words[at], '、' | '和') && at + 1 == words.len()
            || longest_at_start(&words[at..], &STOPS).is_some()
    });
    range.end = range.start + stop.unwrap_or(words.len()).min(40);
    range
}
