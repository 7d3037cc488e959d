//! Years in a sentence: which of them a target is to be reached by, and which it is measured against.

use super::super::passage::{Passage, begins, ends, longest_at_end, longest_at_start};
use std::ops::Range;

/// What a year says of the quantities behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// `到2025年`, `2025年`: to be reached by then.
    Aim,
    /// `比2020年`, `在2020年基础上`: the base of a change.
    Base,
    /// `由2020年的77岁`, `截至2020年底`: what was reached then.
    Past,
}

/// A year where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct YearMark {
    pub range: Range<usize>,
    pub year: u16,
    pub role: Role,
    /// `到2025年`, `2025年底前`: holds for the sentences that follow, too.
    pub lasting: bool,
}

/// What is known of the plan's own years.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Period {
    pub first: Option<u16>,
    pub last: Option<u16>,
}

impl Period {
    /// Whether the year lies before the plan begins, so that what is said of it has happened.
    pub fn is_before(self, year: u16) -> bool {
        self.first.is_some_and(|first| year < first)
    }
}

/// The years of a sentence in order. Years inside names count only where a five-year plan is meant.
pub(super) fn years(passage: &Passage, sentence: &Range<usize>, period: Period) -> Vec<YearMark> {
    let mut marks = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        // Whatever tells a year begins with one of these.
        if !matches!(passage.chars[at], '0'..='9' | '十' | '“' | '"' | '上' | '去' | '今' | '年') {
            at += 1;
            continue;
        }
        let mark = year_at(passage, at, sentence)
            .or_else(|| five_years_at(passage, at, sentence))
            .or_else(|| relative_at(passage, at, sentence, period));
        match mark {
            Some(mark) => {
                at = mark.range.end.max(at + 1);
                marks.push(mark);
            }
            None => at += 1,
        }
    }
    join_lists(passage, &mut marks);
    for mark in &mut marks {
        if mark.role == Role::Aim && period.is_before(mark.year) {
            mark.role = Role::Past;
        }
    }
    marks
}

fn year_at(passage: &Passage, at: usize, sentence: &Range<usize>) -> Option<YearMark> {
    let words = &passage.chars[at..sentence.end];
    let digits = words.iter().take(5).take_while(|c| c.is_ascii_digit()).count();
    let inside = at > sentence.start && passage.chars[at - 1].is_ascii_digit();
    if digits != 4 || inside || passage.is_named(at) || !matches!(words.get(4), Some('年' | '和' | '、')) {
        return None;
    }
    let year = words[..4].iter().fold(0_u16, |year, c| year * 10 + c.to_digit(10).unwrap_or(0) as u16);
    if !(1980..=2060).contains(&year) || words[4] != '年' && !lists_on(&words[4..]) {
        return None;
    }
    let mut end = at + 4 + usize::from(words[4] == '年');
    let tail = longest_at_start(
        &passage.chars[end..sentence.end],
        &["底前", "年底前", "末", "底", "前", "年末", "底之前"],
    );
    end += tail.unwrap_or(0);
    let before = &passage.chars[sentence.start..at];
    let (role, opening, lasting) = role(before, &passage.chars[end..sentence.end]);
    Some(YearMark { range: at - opening..end, year, role, lasting: lasting || tail.is_some() })
}

/// `2022和2030年`: a further year follows that carries the 年.
fn lists_on(words: &[char]) -> bool {
    let digits = words[1..].iter().take_while(|c| c.is_ascii_digit()).count();
    digits == 4 && words.get(5) == Some(&'年')
}

/// What the words around a year make of it: its role, how many chars of them belong to it, whether it lasts.
fn role(before: &[char], after: &[char]) -> (Role, usize, bool) {
    const BASES: [&str; 7] = ["比", "较", "与", "同", "相比", "相较于", "对比"];
    const PASTS: [&str; 7] = ["由", "从", "自", "截至", "截止", "截止到", "截至到"];
    const AIMS: [&str; 9] = ["到", "至", "力争到", "争取到", "确保到", "力争", "在", "于", "预计到"];
    let based = longest_at_start(after, &["基础上", "的基础上", "相比"]).is_some();
    if let Some(length) = longest_at_end(before, &BASES) {
        return (Role::Base, length, false);
    }
    if based {
        return (Role::Base, usize::from(ends(before, "在")), false);
    }
    if let Some(length) = longest_at_end(before, &PASTS) {
        return (Role::Past, length, false);
    }
    let opening = longest_at_end(before, &AIMS).unwrap_or(0);
    // `2021-2025年`, `2021年至2025年`: the end of a period.
    let lasting = opening > 0 && !ends(before, "在") && !ends(before, "于");
    (Role::Aim, opening, lasting)
}

/// `“十四五”末`, `“十三五”期间`: the last year of the five.
fn five_years_at(passage: &Passage, at: usize, sentence: &Range<usize>) -> Option<YearMark> {
    let words = &passage.chars[at..sentence.end];
    let quoted = usize::from(matches!(words.first(), Some('“' | '"')));
    let words = &words[quoted..];
    let ["十", which, "五"] = [words.first()?, words.get(1)?, words.get(2)?].map(|c| match c {
        '十' => "十",
        '一' => "一",
        '二' => "二",
        '三' => "三",
        '四' => "四",
        '五' => "五",
        '六' => "六",
        _ => "",
    }) else {
        return None;
    };
    let index = ["一", "二", "三", "四", "五", "六"].iter().position(|numeral| *numeral == which)?;
    let closing = usize::from(quoted == 1 && words.get(3).is_some_and(|c| matches!(c, '”' | '"')));
    let after = &words[3 + closing..];
    let tail = longest_at_start(
        after,
        &["末", "期末", "时期末", "期间", "时期", "以来", "末期", "规划期末", "期内"],
    )?;
    let since = begins(after, "以来");
    let from = at + quoted + 3 + closing;
    let year = 2010 + 5 * index as u16;
    let opening = longest_at_end(&passage.chars[sentence.start..at], &["到", "至"]).unwrap_or(0);
    let based = longest_at_end(&passage.chars[sentence.start..at], &["比", "较", "与"]).is_some();
    let role = if based {
        Role::Base
    } else if since {
        Role::Past
    } else {
        Role::Aim
    };
    Some(YearMark { range: at - opening..from + tail, year, role, lasting: !since && !based })
}

/// `上年`, `去年`, `今年底`, counted from the year of an annual plan.
fn relative_at(passage: &Passage, at: usize, sentence: &Range<usize>, period: Period) -> Option<YearMark> {
    let year = period.first.filter(|_| period.first == period.last)?;
    let words = &passage.chars[at..sentence.end];
    let (length, year, past) = if let Some(length) =
        longest_at_start(words, &["上年", "上一年", "去年", "上年度", "上一年度"])
    {
        (length, year - 1, true)
    } else {
        (longest_at_start(words, &["今年底前", "今年底", "年底前", "今年", "年内"])?, year, false)
    };
    let before = &passage.chars[sentence.start..at];
    let digit_before = before.last().is_some_and(char::is_ascii_digit);
    let based = longest_at_end(before, &["比", "较", "与", "同"]);
    let role = match (based, past) {
        (Some(_), _) => Role::Base,
        (None, true) => Role::Past,
        (None, false) => Role::Aim,
    };
    (!digit_before && !passage.is_named(at)).then(|| YearMark {
        range: at - based.unwrap_or(0)..at + length,
        year,
        role,
        lasting: false,
    })
}

/// In `到2022年和2030年` the later years take the role of the first.
fn join_lists(passage: &Passage, marks: &mut [YearMark]) {
    for at in 1..marks.len() {
        let (earlier, later) = marks.split_at_mut(at);
        let (Some(first), second) = (earlier.last(), &mut later[0]) else { continue };
        if adjoin(passage, first.range.end, second.range.start) {
            second.role = first.role;
            second.lasting = first.lasting;
        }
    }
}

/// Whether only 和, 、 or 与 stands between.
pub(super) fn adjoin(passage: &Passage, end: usize, start: usize) -> bool {
    matches!(passage.chars.get(end..start), Some(['和' | '、' | '与' | '及'] | ['以', '及'] | ['、', '到']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Segments;
    use crate::text::Text;

    #[test]
    fn years_and_their_roles() {
        let period = Period { first: Some(2021), last: Some(2025) };
        let cases = [
            ("到2025年,甲率达到3%", "2025 Aim lasting"),
            ("2025年底前完成", "2025 Aim lasting"),
            ("2023年,甲率达到3%", "2023 Aim"),
            ("比2020年降低10%", "2020 Base"),
            ("在2020年基础上提高10%", "2020 Base"),
            ("由2020年的77岁提高到2025年的79岁", "2020 Past; 2025 Aim lasting"),
            ("截至2020年底,甲率达到3%", "2020 Past lasting"),
            ("2019年,甲率达到3%", "2019 Past"),
            ("到2022年和2030年,分别", "2022 Aim lasting; 2030 Aim lasting"),
            ("到2022、2025年", "2022 Aim lasting; 2025 Aim lasting"),
            ("“十三五”期间,甲率达到3%", "2020 Past lasting"),
            ("到“十四五”末", "2025 Aim lasting"),
            ("落实“十四五”规划", ""),
            ("《甲规划(2016-2020年)》", ""),
        ];
        for (words, expect) in cases {
            let text = Text::new(words);
            let passage = Passage::new(&text, &Segments::one(text.span()));
            let show =
                |m: &YearMark| format!("{} {:?}{}", m.year, m.role, if m.lasting { " lasting" } else { "" });
            let found: Vec<_> = years(&passage, &(0..passage.len()), period).iter().map(show).collect();
            assert_eq!(found.join("; "), expect, "{words}");
        }
    }
}
