//! Numbers as documents write them: 二十一, 〇, １２, ⑫, ㈡.

use crate::text::{fold_char, is_blank};
use std::ops::Range;

/// The value of a Chinese digit or ten-word, `None` for any other char. 十 is 10, 百 is 100.
fn chinese(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        _ => return None,
    })
}

/// Whether a char can stand in a Chinese number.
pub(super) fn is_chinese(c: char) -> bool {
    chinese(c).is_some()
}

/// Reads the Chinese number at the start of `text`: its value and length in bytes. `二十一、` gives (21, 9).
pub(in crate::plan) fn read_chinese(text: &str) -> Option<(u32, usize)> {
    let (mut total, mut digit, mut len, mut plain) = (0_u32, 0_u32, 0, true);
    for c in text.chars().take(7) {
        let Some(value) = chinese(c) else { break };
        len += c.len_utf8();
        if value >= 10 {
            total += if digit == 0 { value } else { digit * value };
            digit = 0;
            plain = false;
        } else if plain {
            digit = digit * 10 + value;
        } else {
            digit = value;
        }
    }
    (len > 0).then_some((total + digit, len))
}

/// Reads the Arabic number of at most `most` digits at the start of `text`, half or full width.
pub(in crate::plan) fn read_arabic(text: &str, most: usize) -> Option<(u32, usize)> {
    let (mut value, mut len) = (0_u32, 0);
    for (count, c) in text.chars().enumerate() {
        let Some(digit) = fold_char(c).to_digit(10) else { break };
        if count == most {
            return None;
        }
        value = value * 10 + digit;
        len += c.len_utf8();
    }
    (len > 0).then_some((value, len))
}

/// The bytes of a name with its number at the start of `words`, brackets around it left out: `专栏1` in `【专栏1】工程`,
/// `附件 二` in `附件 二:名单`. A name without a number stands alone.
pub(in crate::plan) fn named(words: &str, names: &[&str]) -> Option<Range<usize>> {
    let inside = words.trim_start_matches(|c| is_blank(c) || "【[(（".contains(c));
    let start = words.len() - inside.len();
    let name = names.iter().find(|name| inside.starts_with(**name))?;
    let rest = &inside[name.len()..];
    let number = rest.trim_start_matches(is_blank);
    let gap = rest.len() - number.len();
    let len = read_arabic(number, 2).or_else(|| read_chinese(number)).map_or(0, |(_, len)| gap + len);
    Some(start..start + name.len() + len)
}

/// The value of a char that is a number in a ring, in brackets or with a stop, and which of the three it is.
pub(in crate::plan) fn read_sign(c: char) -> Option<(Sign, u32)> {
    let nth = |first: char| c as u32 - first as u32 + 1;
    Some(match c {
        '①'..='⑳' => (Sign::Ring, nth('①')),
        '❶'..='❿' => (Sign::Ring, nth('❶')),
        '⑴'..='⒇' => (Sign::Brackets, nth('⑴')),
        '⒈'..='⒛' => (Sign::Stop, nth('⒈')),
        '㈠'..='㈩' => (Sign::ChineseBrackets, nth('㈠')),
        _ => return None,
    })
}

/// What stands around the number in such a char.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) enum Sign {
    /// ①
    Ring,
    /// ⑴
    Brackets,
    /// ⒈
    Stop,
    /// ㈠
    ChineseBrackets,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numbers() {
        let cases = [
            ("一、", 1),
            ("十", 10),
            ("十一", 11),
            ("二十", 20),
            ("三十七)", 37),
            ("一百零二", 102),
            ("二〇", 20),
        ];
        for (text, value) in cases {
            assert_eq!(read_chinese(text).map(|(value, _)| value), Some(value), "{text}");
        }
        assert_eq!(read_chinese("甲"), None);
    }

    #[test]
    fn arabic_numbers_of_both_widths() {
        assert_eq!(read_arabic("12.", 3), Some((12, 2)));
        assert_eq!(read_arabic("１２．", 3), Some((12, 6)));
        assert_eq!(read_arabic("2017年", 3), None);
    }
}
