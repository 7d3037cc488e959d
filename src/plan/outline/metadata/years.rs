//! The period of a plan, as its title names it.

use crate::plan::outline::numerals;
use crate::text::{fold_char, is_blank};

/// First and last year a title names: `2017年`, `(2017-2020年)`, `“十四五”`, `健康甲城2030`.
pub(super) fn of_title(title: &str) -> Option<(u16, u16)> {
    range(title).or_else(|| single(title)).or_else(|| five_years(title)).or_else(|| bare(title))
}

/// `2017—2020年`, `2019年-2030年`, `2016~2020`, `2021至2025年`.
pub(super) fn range(text: &str) -> Option<(u16, u16)> {
    for (at, first) in years(text) {
        let rest = text[at + digits_len(&text[at..])..].trim_start_matches(is_blank);
        let rest = rest.strip_prefix('年').unwrap_or(rest).trim_start_matches(is_blank);
        let after = rest.trim_start_matches(|c: char| {
            matches!(c, '-' | '—' | '–' | '~' | '～' | '至' | '－' | '―' | '─' | '到') || is_blank(c)
        });
        if after.len() < rest.len()
            && let Some((0, last)) = years(after).next()
            && last > first
            && last - first <= 35
        {
            return Some((first, last));
        }
    }
    None
}

/// `2017年`; of two years in one title (`2022年总结和2023年计划`) both.
fn single(title: &str) -> Option<(u16, u16)> {
    let named: Vec<u16> = years(title)
        .filter(|(at, _)| {
            title[at + digits_len(&title[*at..])..].trim_start_matches(is_blank).starts_with('年')
        })
        .map(|(_, year)| year)
        .collect();
    Some((*named.iter().min()?, *named.iter().max()?))
}

/// 十三五 is 2016-2020, 第十四个五年规划 is 2021-2025; of two both.
fn five_years(title: &str) -> Option<(u16, u16)> {
    let mut found: Option<(u16, u16)> = None;
    for (at, _) in title.char_indices().filter(|(_, c)| *c == '十') {
        let Some((number, len)) = numerals::read_chinese(&title[at..]) else { continue };
        let rest = title[at + len..].trim_start_matches(['”', '"']);
        let counted = title[..at].ends_with('第') && rest.starts_with("个五年");
        let short = title[at..].chars().nth(2) == Some('五') && len == 9;
        let ordinal = if counted {
            number
        } else if short {
            second_digit(&title[at..])?
        } else {
            continue;
        };
        if (10..=20).contains(&ordinal) {
            let start = 2006 + 5 * (ordinal as u16).saturating_sub(11);
            let years = (start, start + 4);
            found = Some(found.map_or(years, |before| (before.0.min(years.0), before.1.max(years.1))));
        }
    }
    found
}

/// The plan number in 十四五: 14.
fn second_digit(text: &str) -> Option<u32> {
    let second = text.chars().nth(1)?;
    numerals::read_chinese(second.encode_utf8(&mut [0; 4])).map(|(digit, _)| 10 + digit)
}

/// A year without 年, as in `健康甲城2030`.
fn bare(title: &str) -> Option<(u16, u16)> {
    years(title).map(|(_, year)| (year, year)).last()
}

/// All four-digit years in a text, with their places.
fn years(text: &str) -> impl Iterator<Item = (usize, u16)> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let begins = fold_char(c).is_ascii_digit() && !fold_char(before).is_ascii_digit();
        before = c;
        let (year, _) = begins.then(|| numerals::read_arabic(&text[at..], 4)).flatten()?;
        (1990..=2060).contains(&year).then_some((at, year as u16))
    })
}

fn digits_len(text: &str) -> usize {
    text.chars().take_while(|&c| fold_char(c).is_ascii_digit()).map(char::len_utf8).sum()
}

/// How many years a title says it is for without naming them: 三年行动计划.
pub(super) fn span_of(title: &str) -> Option<u16> {
    [("三年", 3), ("五年", 5), ("两年", 2), ("3年", 3), ("5年", 5)]
        .iter()
        .find(|(word, _)| title.contains(word))
        .map(|(_, years)| *years)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_titles() {
        let cases = [
            ("2017年甲市卫生工作要点", Some((2017, 2017))),
            ("健康甲城行动计划(2017-2020年)", Some((2017, 2020))),
            ("健康甲城行动(2019年—2030年)", Some((2019, 2030))),
            ("甲市规划（２０２１～２０２５年）", Some((2021, 2025))),
            ("甲市“十四五”卫生健康发展规划", Some((2021, 2025))),
            ("甲市十三五卫生规划", Some((2016, 2020))),
            ("甲市第十四个五年规划和二〇三五年远景目标纲要", Some((2021, 2025))),
            ("“健康甲城2030”规划纲要", Some((2030, 2030))),
            ("2022年工作总结和2023年工作计划", Some((2022, 2023))),
            ("甲市若干措施", None),
        ];
        for (title, years) in cases {
            assert_eq!(of_title(title), years, "{title}");
        }
    }
}
