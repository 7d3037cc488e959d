//! Splitting values that stand without any mark between them: `80.7681` under 2015年 2020年 is 80.76 and 81.
//!
//! All splits into the wanted number of values are tried and weighed (GRAMMAR section 7); where two are
//! nearly as good, both are told.

use super::super::indicators::{Direction, Indicator};
use super::super::passage::{begins, longest_at_end, longest_at_start};
use std::ops::Range;

/// Enough for any real row; keeps a freak row of digits from costing more.
const MOST_SPLITS: usize = 2000;
/// A tail longer than this is prose.
const LONGEST_TAIL: usize = 60;

const SIGNS: [&str; 12] =
    ["≤", "≥", "<", ">", "约", "不低于", "不高于", "不超过", "不少于", "达到", "小于", "大于"];
const SUFFIXES: [&str; 9] = ["左右", "以上", "以下", "以内", "及以上", "及以下", "%左右", "%以上", "%以下"];
/// Words that make up a whole value.
const PHRASES: [&str; 24] = [
    "持续改善",
    "持续提升",
    "持续提高",
    "持续下降",
    "持续降低",
    "持续上升",
    "逐步提高",
    "逐步下降",
    "逐步降低",
    "逐步提升",
    "稳步提高",
    "稳步提升",
    "稳步下降",
    "稳中有降",
    "有所提高",
    "有所下降",
    "全覆盖",
    "基本建成",
    "基本建立",
    "建成",
    "达标",
    "完成",
    "无",
    "未开展",
];

/// Where each value of a tail stands in it.
pub(super) type Values = Vec<Range<usize>>;

/// The ways to split a tail.
#[derive(Debug, PartialEq)]
pub(super) struct Splits {
    pub best: Values,
    /// Others that are nearly as good.
    pub alternatives: Vec<Values>,
}

/// Splits `tail` into `count` values; `None` where it is not made of exactly so many.
pub(super) fn split(
    tail: &[char],
    count: usize,
    indicator: Option<&Indicator>,
    name: &str,
    unit: &str,
) -> Option<Splits> {
    if tail.is_empty() || tail.len() > LONGEST_TAIL || count == 0 {
        return None;
    }
    let mut found = Vec::new();
    walk(tail, 0, count, &mut Vec::new(), &mut found);
    let read = |values: &Values| -> Vec<String> {
        values.iter().map(|range| tail[range.clone()].iter().collect()).collect()
    };
    let weight = |values: &Values| -> f32 { weigh(&read(values), indicator, name, unit) };
    let mut weighed: Vec<(f32, Values)> = found.into_iter().map(|values| (weight(&values), values)).collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut weighed = weighed.into_iter();
    let (weight, best) = weighed.next()?;
    let alternatives =
        weighed.take_while(|(other, _)| weight - other < 1.0).map(|(_, values)| values).collect();
    Some(Splits { best, alternatives })
}

/// Tries every value that may begin at `from`, and every rest after it.
fn walk(tail: &[char], from: usize, left: usize, taken: &mut Values, found: &mut Vec<Values>) {
    if left == 0 {
        if from == tail.len() && found.len() < MOST_SPLITS {
            found.push(taken.clone());
        }
        return;
    }
    for end in value_ends(tail, from) {
        taken.push(from..end);
        walk(tail, end, left - 1, taken, found);
        taken.pop();
    }
}

/// Where a value that begins at `from` may end.
fn value_ends(tail: &[char], from: usize) -> Vec<usize> {
    let rest = &tail[from..];
    let mut ends = Vec::new();
    if begins(rest, "-") {
        ends.push(from + 1);
        if begins(rest, "--") {
            ends.push(from + 2);
        }
        return ends;
    }
    if let Some(length) = change(rest).or_else(|| longest_at_start(rest, &PHRASES)) {
        return vec![from + length];
    }
    let signed = longest_at_start(rest, &SIGNS).unwrap_or(0);
    for length in number_lengths(&rest[signed..]) {
        let number = signed + length;
        ends.push(from + number);
        let after = &rest[number..];
        if let Some(suffix) = longest_at_start(after, &SUFFIXES) {
            ends.push(from + number + suffix);
        } else if begins(after, "%") || begins(after, "‰") {
            ends.push(from + number + 1);
        }
        // A range `4.5-5.0`.
        if begins(after, "-") {
            ends.extend(number_lengths(&after[1..]).map(|more| from + number + 1 + more));
        }
    }
    ends
}

/// Lengths of the numbers that `chars` may begin with: digits without leading zero, decimals, a ratio `1:1.25`.
fn number_lengths(chars: &[char]) -> impl Iterator<Item = usize> {
    let mut lengths = Vec::new();
    let whole = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    let zero = chars.first() == Some(&'0');
    lengths.extend(1..=if zero { whole.min(1) } else { whole });
    let decimals = |point: usize| chars[point + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
    let longest = if zero { 1 } else { whole };
    if whole == longest && matches!(chars.get(whole), Some('.')) && whole > 0 {
        lengths.extend((1..=decimals(whole)).map(|more| whole + 1 + more));
    }
    if whole == 1 && matches!(chars.get(1), Some(':')) {
        let more = chars[2..].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
        let once = |end: &usize| chars[2..*end].iter().filter(|c| **c == '.').count() <= 1;
        lengths.extend((3..=2 + more).filter(|&end| chars[end - 1] != '.').filter(once));
    }
    lengths.into_iter()
}

/// Length of a change against a year: `比2015年降低10%`, `较2020年提高1岁左右`.
fn change(chars: &[char]) -> Option<usize> {
    let opening = longest_at_start(chars, &["比", "较", "在"])?;
    let digits = chars.iter().position(char::is_ascii_digit).filter(|&at| at <= opening + 1)?;
    let year_end = digits + 4;
    let verb = year_end + chars.get(year_end..)?.iter().position(char::is_ascii_digit)?;
    let number = chars[verb..].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    let mut end = verb + number;
    end += longest_at_start(&chars[end..], &["%", "个百分点", "岁", "‰"]).unwrap_or(0);
    end += longest_at_start(&chars[end..], &SUFFIXES).unwrap_or(0);
    (verb - year_end <= 8).then_some(end)
}

/// How likely a split is. Between neighbours: as many decimals (+2; a rounded later value +1.5), of one size
/// (+3), moving the way the indicator should (+1), alike in sign (+1). Against: more than two decimals, a
/// percentage over 100, a value no city has.
fn weigh(values: &[String], indicator: Option<&Indicator>, name: &str, unit: &str) -> f32 {
    let numbers: Vec<Option<(f64, usize)>> = values.iter().map(|value| number(value)).collect();
    let mut weight = 0.0;
    for (pair, signs) in numbers.windows(2).zip(values.windows(2)) {
        let (Some((early, early_decimals)), Some((late, late_decimals))) = (pair[0], pair[1]) else {
            continue;
        };
        weight += match (early_decimals, late_decimals) {
            (a, b) if a == b => 2.0,
            (_, 0) => 1.5,
            _ => 0.0,
        };
        let ratio = if late == 0.0 { f64::INFINITY } else { early / late };
        weight += if (0.5..=2.0).contains(&ratio) { 3.0 } else { 0.0 };
        weight += if moves_rightly(early, late, indicator, name) { 1.0 } else { 0.0 };
        weight += if sign(&signs[0]) == sign(&signs[1]) { 1.0 } else { 0.0 };
    }
    for &(value, decimals) in numbers.iter().flatten() {
        weight -= if decimals > 2 { 2.0 } else { 0.0 };
        weight -= if unit == "%" && value > 100.0 { 3.0 } else { 0.0 };
        weight += indicator.map_or(0.0, |i| if i.takes_value(value) { 1.0 } else { -1.0 });
    }
    weight
}

fn moves_rightly(early: f64, late: f64, indicator: Option<&Indicator>, name: &str) -> bool {
    const FALLING: [&str; 8] =
        ["死亡率", "发病率", "患病率", "吸烟率", "近视率", "占比重", "自付比例", "费用的比重"];
    let falling = FALLING.iter().any(|word| name.contains(word));
    match indicator.map(|i| i.direction) {
        Some(Direction::Up) => late >= early,
        Some(Direction::Down) => late <= early,
        Some(Direction::None) => true,
        None => falling == (late < early) || early.total_cmp(&late).is_eq(),
    }
}

/// The number in a value, with its count of decimals.
fn number(value: &str) -> Option<(f64, usize)> {
    if value.contains(['比', '较', ':']) {
        return None;
    }
    let digits: String = value
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    digits.parse().ok().map(|number| (number, decimals))
}

fn sign(value: &str) -> Option<char> {
    value.chars().next().filter(|c| matches!(c, '≤' | '≥' | '<' | '>'))
}

/// Whether the cell holds a value rather than words: `80.76`, `≥90`, `-`, `比2015年降低10%`, `持续改善`.
pub(super) fn is_value(cell: &[char]) -> bool {
    !cell.is_empty() && value_ends(cell, 0).contains(&cell.len())
        || cell.first().is_some_and(char::is_ascii_digit)
            && longest_at_end(cell, &["%", "岁", "张", "人", "‰", "个", "天", "万", "元"]).is_some()
            && cell.iter().filter(|c| crate::text::is_han(**c)).count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::facts::indicators::Indicators;

    #[track_caller]
    fn check(name: &str, unit: &str, tail: &str, count: usize, expect: &str) {
        let tail: Vec<char> = tail.chars().collect();
        let splits = split(&tail, count, Indicators::builtin().named(name), name, unit);
        let read = |values: Values| {
            values.into_iter().map(|r| tail[r].iter().collect::<String>()).collect::<Vec<_>>()
        };
        let joined = splits.map(|s| (read(s.best).join("|"), s.alternatives.len()));
        assert_eq!(joined, Some((expect.to_owned(), 0)), "{name}");
    }

    #[test]
    fn values_without_a_mark_between_them() {
        check("甲指标", "%", "12.515", 2, "12.5|15");
        check("乙天数", "", "270292", 2, "270|292");
        check("丙率", "%", "-92", 2, "-|92");
        check("丁率", "%", "13.70比2015年降低10%", 2, "13.70|比2015年降低10%");
        check("戊数", "人", "1≥2", 2, "1|≥2");
        check("己比重", "%", "31.0228左右", 2, "31.02|28左右");
        check("人均预期寿命", "岁", "78.379.1", 2, "78.3|79.1");
        check("庚数", "张", "5.967.28.01", 3, "5.96|7.2|8.01");
        check("辛率", "%", "99.5100", 2, "99.5|100");
        check("壬比", "", "1:1.151:1.2", 2, "1:1.15|1:1.2");
        check("癸率", "%", "35.2持续提升", 2, "35.2|持续提升");
        check("子率", "‰", "≤6.5≤5", 2, "≤6.5|≤5");
    }

    #[test]
    fn what_cannot_be_told_says_so() {
        let tail: Vec<char> = "1.110.9".chars().collect();
        let splits = split(&tail, 2, None, "甲数", "个").unwrap();
        assert!(!splits.alternatives.is_empty(), "{splits:?}");
        assert_eq!(split(&tail, 5, None, "甲数", "个"), None);
    }
}
