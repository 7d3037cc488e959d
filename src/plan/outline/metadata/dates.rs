//! Dates as documents write them: 2017年7月7日, 2018-12-22, 二〇一七年七月七日, ２０１７年７月.

use crate::plan::outline::numerals;
use crate::text::{fold_char, is_blank};

/// A date of a document, its day sometimes missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::plan::outline) struct Date {
    /// 1990-2099.
    pub year: u16,
    /// 1-12.
    pub month: u8,
    /// 1-31, 0 where it is not written.
    pub day: u8,
}

impl Date {
    /// ISO 8601: `2017-07-07`, `2017-07`.
    pub fn iso(self) -> String {
        match self.day {
            0 => format!("{:04}-{:02}", self.year, self.month),
            day => format!("{:04}-{:02}-{day:02}", self.year, self.month),
        }
    }

    fn of(parts: [u32; 3]) -> Option<Self> {
        let [year, month, day] = parts;
        let fits = (1990..2100).contains(&year) && (1..=12).contains(&month) && day <= 31;
        fits.then_some(Self { year: year as u16, month: month as u8, day: day as u8 })
    }
}

/// The date at the start of `text` and its length in bytes.
pub(in crate::plan::outline) fn read(text: &str) -> Option<(Date, usize)> {
    compact(text).or_else(|| parted(text))
}

/// The first date anywhere in `text`, with its place.
pub(in crate::plan::outline) fn find(text: &str) -> Option<(Date, usize, usize)> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let begins = fold_char(c).is_ascii_digit() || numerals::is_chinese(c);
        let inside = fold_char(before).is_ascii_digit() || numerals::is_chinese(before);
        if begins
            && !inside
            && let Some((date, len)) = read(&text[at..])
        {
            return Some((date, at, at + len));
        }
        before = c;
    }
    None
}

/// 20170707 and 201777 have lost their parts; only the first is certain.
fn compact(text: &str) -> Option<(Date, usize)> {
    let digits: Vec<u32> = text.chars().map_while(|c| fold_char(c).to_digit(10)).take(9).collect();
    if digits.len() != 8 {
        return None;
    }
    let number = |range: std::ops::Range<usize>| digits[range].iter().fold(0, |n, d| n * 10 + d);
    let date = Date::of([number(0..4), number(4..6), number(6..8)])?;
    let len = text.chars().take(8).map(char::len_utf8).sum();
    (date.day > 0).then_some((date, len))
}

/// Year, month and day with 年月日 or - / . between them; blanks may stand anywhere.
fn parted(text: &str) -> Option<(Date, usize)> {
    let mut at = 0;
    let skip = |at: &mut usize| *at += text[*at..].len() - text[*at..].trim_start_matches(is_blank).len();
    let (year, len) = year(text)?;
    at += len;
    skip(&mut at);
    let sign = fold_char(text[at..].chars().next()?);
    if !matches!(sign, '年' | '-' | '/' | '.') {
        return None;
    }
    at += text[at..].chars().next()?.len_utf8();
    skip(&mut at);
    let (month, len) = small(&text[at..])?;
    at += len;
    skip(&mut at);
    let written = text[at..].chars().next().unwrap_or('\0');
    let next = fold_char(written);
    if sign == '年' && next != '月' {
        return None;
    }
    let month_end = at + if next == '月' { '月'.len_utf8() } else { 0 };
    let mut day_at = month_end + if next == sign { written.len_utf8() } else { 0 };
    skip(&mut day_at);
    let has_day = next == '月' || next == sign;
    if let Some((day, len)) = small(text.get(day_at..)?).filter(|_| has_day) {
        let end = day_at + len;
        let rest = text[end..].trim_start_matches(is_blank);
        let closed = end + text[end..].len() - rest.len();
        let end = if rest.starts_with(['日', '号']) { closed + '日'.len_utf8() } else { end };
        if next != '月' || end > closed {
            return Date::of([year, month, day]).map(|date| (date, end));
        }
    }
    (sign == '年').then(|| Date::of([year, month, 0]).map(|date| (date, month_end))).flatten()
}

/// Four digits, Arabic or Chinese, also with blanks lost or O for zero.
fn year(text: &str) -> Option<(u32, usize)> {
    if let Some((value, len)) = numerals::read_arabic(text, 4) {
        return (1990..2100).contains(&value).then_some((value, len));
    }
    let mut value = 0;
    let mut len = 0;
    for c in text.chars().take(4) {
        let digit = match c {
            'O' | 'Ｏ' | 'о' | '0' => 0,
            _ => numerals::read_chinese(c.encode_utf8(&mut [0; 4])).map(|(digit, _)| digit)?,
        };
        value = value * 10 + digit;
        len += c.len_utf8();
    }
    (1990..2100).contains(&value).then_some((value, len))
}

/// A month or day, Arabic or Chinese.
fn small(text: &str) -> Option<(u32, usize)> {
    numerals::read_arabic(text, 2)
        .or_else(|| numerals::read_chinese(text))
        .filter(|(value, _)| (1..=31).contains(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_spelling() {
        let cases = [
            ("2017年7月7日", "2017-07-07"),
            ("2021 年 5 月 12 日", "2021-05-12"),
            ("2018-12-22", "2018-12-22"),
            ("2023/05/04 08:58:16", "2023-05-04"),
            ("２０２１年３月２日", "2021-03-02"),
            ("２０２１－０９－０３ １５:４２", "2021-09-03"),
            ("二○○七年十一月二十二日", "2007-11-22"),
            ("二〇二一年十二月", "2021-12"),
            ("20200928", "2020-09-28"),
            ("2021年5月", "2021-05"),
        ];
        for (text, iso) in cases {
            assert_eq!(read(text).map(|(date, _)| date.iso()).as_deref(), Some(iso), "{text}");
        }
        for text in ["2017年", "2017—2020年", "2017年13月", "12.5", "2025"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(
            find("甲市卫健委2021年6月3日印发").map(|(date, ..)| date.iso()).as_deref(),
            Some("2021-06-03")
        );
    }
}
