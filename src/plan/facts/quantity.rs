//! Quantities: a number with its unit and what stands right beside it (`≥`, `以上`). Not here: what the
//! quantity is said of.

use super::numeral::{self, Number};
use super::passage::{Passage, begins, ends, longest_at_start};
use super::units::{BOUNDS, COUNTS, LEVELS, MULTIPLIERS, NEVER, PER, RATES};
use crate::plan::Comparator;
use std::ops::Range;

/// What sort of unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// %, ‰, 1/10万, 1:x.
    Rate,
    /// 个百分点: always a change.
    Points,
    /// 岁, 元, 平方米: a level.
    Level,
    /// 个, 家, 名: things counted.
    Count,
    /// No unit.
    Bare,
}

/// A number with unit. Ranges are char offsets in the passage.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    /// From the sign before the number to the end of 以上, 左右 behind it.
    pub range: Range<usize>,
    pub value: f64,
    /// The upper end of a range (`3-5家`).
    pub max: Option<f64>,
    /// As written, without blanks; `/10万` is given as `1/10万`.
    pub unit: String,
    pub measure: Measure,
    /// What `≥` before or 以上 behind says; the one behind wins.
    pub bound: Option<Comparator>,
    /// In Han numerals (`两个`), where a number often counts no things.
    pub spelt: bool,
}

/// The quantities of a range of a passage, in order. Names, slogans, years and numbers that belong to a word
/// (H7N9, 5G, 第3次) are left out.
pub(super) fn quantities(passage: &Passage, within: Range<usize>) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = within.start;
    while at < within.end {
        let words = &passage.chars[at..within.end];
        let (quantity, length) = match opening(words[0]) {
            _ if passage.is_named(at) => (None, 1),
            Opening::Digit => digit_quantity(&passage.chars, at, within.end),
            Opening::Numeral => spelt_quantity(&passage.chars, at, within.end),
            Opening::None => (None, 1),
        };
        found.extend(quantity.map(|quantity| with_bounds(&passage.chars, quantity, &within)));
        at += length.max(1);
    }
    found
}

/// The quantity a table cell holds: `≤4.3`, `28左右`, `10%`; the unit of the row is used where it has none.
pub(super) fn of_cell(passage: &Passage) -> Option<Quantity> {
    quantities(passage, 0..passage.len()).into_iter().next_back()
}

enum Opening {
    Digit,
    Numeral,
    None,
}

fn opening(c: char) -> Opening {
    match c {
        '0'..='9' => Opening::Digit,
        '两' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' => {
            Opening::Numeral
        }
        _ => Opening::None,
    }
}

/// A quantity in digits, and how many chars to skip.
fn digit_quantity(chars: &[char], at: usize, end: usize) -> (Option<Quantity>, usize) {
    let Some(first) = numeral::digits(&chars[at..end]) else { return (None, 1) };
    let before = at.checked_sub(1).map(|i| chars[i]);
    let glued = before.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '第' | '.' | '+' | '〔' | '#'));
    let rest = &chars[at + first.length..end];
    if glued || names_a_thing(rest) {
        return (None, first.length);
    }
    if let Some(ratio) = ratio(chars, at, first, end) {
        let length = ratio.range.len();
        return (Some(ratio), length);
    }
    let quantity = measured(chars, at, first, end, false);
    let length = quantity.as_ref().map_or(first.length, |q| q.range.len());
    (quantity, length)
}

/// Whether the number is part of a name: `5G网络`, `1+X`. `5g` at the end of a clause is a weight.
fn names_a_thing(rest: &[char]) -> bool {
    match rest {
        ['g', after, ..] => crate::text::is_han(*after) && *after != '以' || after.is_ascii_alphanumeric(),
        ['g'] | [] => false,
        [first, ..] => first.is_ascii_alphabetic() || *first == '+',
    }
}

/// `1:1.25`: the value is what stands after the colon.
fn ratio(chars: &[char], at: usize, first: Number, end: usize) -> Option<Quantity> {
    let colon = at + first.length;
    let rest = chars.get(colon + 1..end).filter(|_| chars[colon] == ':')?;
    let second = numeral::digits(rest)?;
    let range = at..colon + 1 + second.length;
    let one = first.value.total_cmp(&1.0).is_eq();
    let unit = if one { "1:x".to_owned() } else { format!("{}:x", first.value) };
    Some(Quantity {
        range,
        value: second.value,
        max: None,
        unit,
        measure: Measure::Rate,
        bound: None,
        spelt: false,
    })
}

/// A quantity in Han numerals, and how many chars to skip.
fn spelt_quantity(chars: &[char], at: usize, end: usize) -> (Option<Quantity>, usize) {
    let words = &chars[at..end];
    if let Some((number, unit)) = numeral::fraction(words) {
        let range = at..at + number.length;
        let unit = unit.to_owned();
        let quantity = Quantity {
            range,
            value: number.value,
            max: None,
            unit,
            measure: Measure::Rate,
            bound: None,
            spelt: false,
        };
        return (Some(quantity), number.length);
    }
    let Some(number) = numeral::han(words) else { return (None, 1) };
    let ordinal = at > 0 && matches!(chars[at - 1], '第' | '每' | '之' | '唯');
    let quantity = (!ordinal).then(|| measured(chars, at, number, end, true)).flatten();
    let counted = quantity.filter(|q| q.measure == Measure::Count);
    let length = counted.as_ref().map_or(number.length, |q| q.range.len());
    (counted, length)
}

/// The number at `at` with its range and unit; `None` where it counts years, months, pages.
fn measured(chars: &[char], at: usize, first: Number, end: usize, spelt: bool) -> Option<Quantity> {
    let mut cursor = at + first.length;
    let mut max = None;
    let (mut unit, mut measure, length) = unit_at(&chars[cursor..end])?;
    if let Some((second, width, second_unit)) = range_end(&chars[cursor + length..end], &unit) {
        cursor += length + width;
        max = Some(second);
        (unit, measure) = second_unit;
    } else if unit.is_empty() && chars.get(cursor) == Some(&'-') {
        // `2016-2020年`, `010-8231`: the end of the range is no quantity, so this is none.
        return None;
    } else {
        cursor += length;
    }
    Some(Quantity { range: at..cursor, value: first.value, max, unit, measure, bound: None, spelt })
}

/// The other end of a range, where one begins here (`-5家`, `%至80%`): value, length and unit.
fn range_end(rest: &[char], first_unit: &str) -> Option<(f64, usize, (String, Measure))> {
    let mark = longest_at_start(rest, &["-", "至", "--"])?;
    let number = numeral::digits(&rest[mark..])?;
    let (unit, measure, length) = unit_at(&rest[mark + number.length..])?;
    (first_unit.is_empty() || first_unit == unit).then_some((
        number.value,
        mark + number.length + length,
        (unit, measure),
    ))
}

/// The unit that begins here: as written, its sort, its length. `None` for units of time and order.
fn unit_at(rest: &[char]) -> Option<(String, Measure, usize)> {
    const OTHER_WORDS: [&str; 21] = [
        "人口", "人均", "人员", "人民", "人群", "人才", "家庭", "家长", "部门", "场所", "条件", "条例",
        "组织", "所有", "处置", "处理", "支持", "项目", "类型", "类别", "对口",
    ];
    let many = usize::from(matches!(rest.first(), Some('余' | '多' | '来')));
    if longest_at_start(rest, &OTHER_WORDS).is_some() {
        return None;
    }
    let rest = &rest[many..];
    let rate = RATES.iter().filter(|(word, _)| begins(rest, word)).max_by_key(|(word, _)| word.len());
    if let Some((word, unit)) = rate {
        let measure = if unit.ends_with('点') { Measure::Points } else { Measure::Rate };
        return Some(((*unit).to_owned(), measure, many + word.chars().count()));
    }
    let multiplier = longest_at_start(rest, MULTIPLIERS).unwrap_or(0);
    let after = &rest[multiplier..];
    let unit = [
        (Measure::Level, longest_at_start(after, LEVELS)),
        (Measure::Count, longest_at_start(after, COUNTS)),
    ];
    let best = unit
        .into_iter()
        .filter_map(|(measure, length)| length.map(|length| (measure, length)))
        .max_by_key(|u| u.1);
    let never = longest_at_start(after, NEVER).unwrap_or(0);
    match best {
        Some((_, length)) if never > length => None,
        _ if never > 0 && best.is_none() => None,
        Some((measure, length)) => {
            let per = longest_at_start(&after[length..], PER).unwrap_or(0);
            let whole = multiplier + length + per;
            Some((rest[..whole].iter().collect(), measure, many + whole))
        }
        None if multiplier > 0 && many == 0 => {
            Some((rest[..multiplier].iter().collect(), Measure::Bare, multiplier))
        }
        None => Some((String::new(), Measure::Bare, 0)),
    }
}

/// Takes in the sign before and the bound behind.
fn with_bounds(chars: &[char], mut quantity: Quantity, within: &Range<usize>) -> Quantity {
    const SIGNS: [(&str, Comparator); 7] = [
        (">=", Comparator::AtLeast),
        ("<=", Comparator::AtMost),
        ("≥", Comparator::AtLeast),
        ("≤", Comparator::AtMost),
        (">", Comparator::Above),
        ("<", Comparator::Below),
        ("约", Comparator::About),
    ];
    let before = &chars[within.start..quantity.range.start];
    if let Some((sign, bound)) = SIGNS.iter().find(|(sign, _)| ends(before, sign)) {
        quantity.range.start -= sign.chars().count();
        quantity.bound = Some(*bound);
    }
    let after = &chars[quantity.range.end..within.end];
    let bound = BOUNDS.iter().filter(|(word, _)| begins(after, word)).max_by_key(|(word, _)| word.len());
    if let Some((word, bound)) = bound {
        quantity.range.end += word.chars().count();
        quantity.bound = Some(*bound);
    }
    quantity
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Segments;
    use crate::text::Text;

    /// Quantities as `bound value[-max] unit measure`.
    fn read(words: &str) -> String {
        let text = Text::new(words);
        let passage = Passage::new(&text, &Segments::one(text.span()));
        let show = |q: &Quantity| {
            let max = q.max.map(|max| format!("-{max}")).unwrap_or_default();
            let bound = q.bound.map(|b| format!("{b:?} ")).unwrap_or_default();
            format!("{bound}{}{max}{} {:?}", q.value, q.unit, q.measure)
        };
        quantities(&passage, 0..passage.len()).iter().map(show).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn numbers_with_units_and_bounds() {
        let cases = [
            ("达到８０.５岁", "80.5岁 Level"),
            ("≥90%", "AtLeast 90% Rate"),
            ("降到30%以下", "Below 30% Rate"),
            ("控制在18/10万以内", "AtMost 181/10万 Rate"),
            ("控制在116以内", "AtMost 116 Bare"),
            ("培训50名", "50名 Count"),
            ("1.5万张床位", "1.5万张 Count"),
            ("3-5家", "3-5家 Count"),
            ("70%至80%", "70-80% Rate"),
            ("百分之九十以上", "AtLeast 90% Rate"),
            ("两个专科", "2个 Count"),
            ("医护比1:1.25", "1.251:x Rate"),
            ("提高2个百分点左右", "About 2个百分点 Points"),
            ("每千人口床位6.5张", "6.5张 Count"),
            ("28左右", "About 28 Bare"),
            ("人均经费89元/人", "89元/人 Level"),
        ];
        for (words, expect) in cases {
            assert_eq!(read(words), expect, "{words}");
        }
    }

    #[test]
    fn numbers_that_measure_nothing() {
        for words in [
            "到2025年",
            "2017年7月7日",
            "H7N9",
            "5G网络",
            "三年行动",
            "第十五次会议",
            "第3次",
            "“十四五”规划",
            "《条例(2005)》",
            "“1+10”文件",
            "3个月内",
            "2个工作日",
            "20学时",
            "三级医院",
            "每两年",
            "十五届",
            "五大中心",
            "2016-2020年",
        ] {
            assert_eq!(read(words), "", "{words}");
        }
    }
}
