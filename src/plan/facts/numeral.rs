//! Numbers as plans write them: `1,200`, `80.5`, `十五`, `两`, `百分之三十`.

use super::passage::begins;

/// A number and its length in chars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub value: f64,
    pub length: usize,
}

/// The number in digits that begins here, thousands parted by commas, with decimals.
pub(super) fn digits(chars: &[char]) -> Option<Number> {
    let mut value = 0.0;
    let mut length = 0;
    while let Some(&c) = chars.get(length) {
        if let Some(digit) = c.to_digit(10) {
            value = value * 10.0 + f64::from(digit);
        } else if !(c == ',' && length > 0 && is_group(&chars[length + 1..])) {
            break;
        }
        length += 1;
    }
    if length == 0 {
        return None;
    }
    let decimals = chars[length..].iter().skip(1).take_while(|c| c.is_ascii_digit()).count();
    if chars.get(length) == Some(&'.') && decimals > 0 {
        // Read the digits as one decimal number, so that 80.5 is exactly 80.5.
        let whole: String = chars[..length + 1 + decimals].iter().filter(|c| **c != ',').collect();
        value = whole.parse().unwrap_or(value);
        length += 1 + decimals;
    }
    Some(Number { value, length })
}

/// Three digits and no fourth: a group of thousands.
fn is_group(chars: &[char]) -> bool {
    chars.iter().take_while(|c| c.is_ascii_digit()).count() == 3
}

/// The number in Han numerals that begins here, up to 9999: `十`, `两`, `三十六`, `一百二十`.
pub(super) fn han(chars: &[char]) -> Option<Number> {
    let length =
        chars.iter().take(8).take_while(|c| han_digit(**c).is_some() || power(**c).is_some()).count();
    if length == 0 {
        return None;
    }
    let (mut total, mut digit) = (0_u32, None);
    for &c in &chars[..length] {
        match (han_digit(c), power(c)) {
            // Two digits side by side (`一二`, `三四`) are no number.
            (Some(_), _) if digit.is_some_and(|d| d != 0) => return None,
            (Some(value), _) => digit = Some(value),
            (_, Some(power)) => total += digit.take().unwrap_or(1) * power,
            _ => {}
        }
    }
    Some(Number { value: f64::from(total + digit.unwrap_or(0)), length })
}

/// `百分之三十`, `百分之百`, `千分之五`, `十万分之18`: value, unit and length.
pub(super) fn fraction(chars: &[char]) -> Option<(Number, &'static str)> {
    let (opening, unit) = [("百分之", "%"), ("千分之", "‰"), ("十万分之", "1/10万")]
        .into_iter()
        .find(|(o, _)| begins(chars, o))?;
    let skip = opening.chars().count();
    let rest = &chars[skip..];
    let number = digits(rest).or_else(|| han(rest)).filter(|number| number.length > 0)?;
    Some((Number { length: number.length + skip, ..number }, unit))
}

fn han_digit(c: char) -> Option<u32> {
    "零一二三四五六七八九".chars().position(|digit| digit == c).map(|at| at as u32).or(match c {
        '两' => Some(2),
        '〇' => Some(0),
        _ => None,
    })
}

fn power(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_written() {
        let chars = |words: &str| words.chars().collect::<Vec<_>>();
        for (words, value, length) in
            [("80.5岁", 80.5, 4), ("1,200张", 1200.0, 5), ("3,4", 3.0, 1), ("30.全", 30.0, 2)]
        {
            assert_eq!(digits(&chars(words)), Some(Number { value, length }), "{words}");
        }
        for (words, value, length) in
            [("十个", 10.0, 1), ("三十六家", 36.0, 3), ("两所", 2.0, 1), ("一百二十名", 120.0, 4)]
        {
            assert_eq!(han(&chars(words)), Some(Number { value, length }), "{words}");
        }
        assert_eq!(han(&chars("三四个")), None);
        assert_eq!(fraction(&chars("百分之三十以上")).map(|(n, u)| (n.value, u)), Some((30.0, "%")));
        assert_eq!(fraction(&chars("百分之百")).map(|(n, _)| n.value), Some(100.0));
    }
}
