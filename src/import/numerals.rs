//! How the number of a list item is printed: 一 十一 二十 ① ⑴ a iv. Word and web pages store the count and the
//! style apart; this is where they meet.

/// Styles of list numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NumeralStyle {
    /// 1 2 3
    #[default]
    Decimal,
    /// 01 02 03
    DecimalZero,
    /// １ ２ ３
    FullWidth,
    /// 一 二 … 十 十一 … 一百零一
    Chinese,
    /// 一 二 … 一〇 一一: digit by digit
    ChineseDigits,
    /// 壹 贰 … 壹拾壹
    ChineseLegal,
    /// ① ② ③, beyond 50 as decimals
    Circled,
    /// ⑴ ⑵ ⑶, beyond 20 as decimals in brackets
    Bracketed,
    /// ⒈ ⒉ ⒊, beyond 20 as decimals with a stop
    Stopped,
    /// ㈠ ㈡ ㈢, beyond 10 as Chinese numbers in brackets
    ChineseBracketed,
    /// 甲 乙 丙, beyond 10 as decimals
    HeavenlyStems,
    /// 子 丑 寅, beyond 12 as decimals
    EarthlyBranches,
    /// a b … z aa bb
    LowerLetter,
    /// A B … Z AA BB
    UpperLetter,
    /// i ii iii
    LowerRoman,
    /// I II III
    UpperRoman,
    /// Nothing is printed.
    Silent,
}

impl NumeralStyle {
    /// The number `n` in this style.
    pub(super) fn print(self, n: u32) -> String {
        let one_of = |first: char, count: u32| {
            (1..=count).contains(&n).then(|| char::from_u32(first as u32 + n - 1)).flatten().map(String::from)
        };
        let decimal = n.to_string();
        match self {
            Self::Decimal => decimal,
            Self::DecimalZero => format!("{n:02}"),
            Self::FullWidth => digits(&decimal, "０１２３４５６７８９"),
            Self::Chinese => chinese(n, &CURRENT),
            Self::ChineseDigits => digits(&decimal, "〇一二三四五六七八九"),
            Self::ChineseLegal => chinese(n, &LEGAL),
            Self::Circled => circled(n).map_or(decimal, String::from),
            Self::Bracketed => one_of('⑴', 20).unwrap_or_else(|| format!("({n})")),
            Self::Stopped => one_of('⒈', 20).unwrap_or_else(|| format!("{n}.")),
            Self::ChineseBracketed => {
                one_of('㈠', 10).unwrap_or_else(|| format!("({})", chinese(n, &CURRENT)))
            }
            Self::HeavenlyStems => nth("甲乙丙丁戊己庚辛壬癸", n).map_or(decimal, String::from),
            Self::EarthlyBranches => nth("子丑寅卯辰巳午未申酉戌亥", n).map_or(decimal, String::from),
            Self::LowerLetter => letters(n, b'a'),
            Self::UpperLetter => letters(n, b'A'),
            Self::LowerRoman => roman(n).to_ascii_lowercase(),
            Self::UpperRoman => roman(n),
            Self::Silent => String::new(),
        }
    }
}

/// The signs of one way to write Chinese numbers.
struct ChineseSigns {
    digits: [char; 10],
    /// 10, 100, 1000.
    units: [char; 3],
    /// Whether ten is written 十 (not 一十).
    bare_ten: bool,
}

const CURRENT: ChineseSigns = ChineseSigns {
    digits: ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    units: ['十', '百', '千'],
    bare_ten: true,
};
const LEGAL: ChineseSigns = ChineseSigns {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    units: ['拾', '佰', '仟'],
    bare_ten: false,
};

/// 0-9999 in words; larger numbers, which no list reaches, in decimals.
fn chinese(n: u32, signs: &ChineseSigns) -> String {
    if n > 9999 {
        return n.to_string();
    }
    if n == 0 {
        return signs.digits[0].into();
    }
    let mut words = String::new();
    let mut gap = false;
    for place in (0..4_usize).rev() {
        let digit = (n / 10_u32.pow(place as u32) % 10) as usize;
        if digit == 0 {
            gap |= !words.is_empty();
            continue;
        }
        if gap {
            words.push(signs.digits[0]);
            gap = false;
        }
        if !(signs.bare_ten && place == 1 && digit == 1 && words.is_empty()) {
            words.push(signs.digits[digit]);
        }
        if place > 0 {
            words.push(signs.units[place - 1]);
        }
    }
    words
}

fn digits(decimal: &str, signs: &str) -> String {
    let sign = |c: char| c.to_digit(10).and_then(|d| signs.chars().nth(d as usize)).unwrap_or(c);
    decimal.chars().map(sign).collect()
}

fn nth(signs: &str, n: u32) -> Option<char> {
    signs.chars().nth((n as usize).checked_sub(1)?)
}

fn circled(n: u32) -> Option<char> {
    match n {
        1..=20 => char::from_u32('①' as u32 + n - 1),
        21..=35 => char::from_u32('㉑' as u32 + n - 21),
        36..=50 => char::from_u32('㊱' as u32 + n - 36),
        _ => None,
    }
}

/// a … z, then aa bb … as Word prints them.
fn letters(n: u32, first: u8) -> String {
    let Some(index) = n.checked_sub(1) else { return n.to_string() };
    let letter = char::from(first + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26 + 1).min(9) as usize).collect()
}

fn roman(n: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&n) {
        return n.to_string();
    }
    let (mut rest, mut signs) = (n, String::new());
    for (value, sign) in STEPS {
        while rest >= value {
            signs.push_str(sign);
            rest -= value;
        }
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::NumeralStyle::*;
    use super::*;

    #[test]
    fn numbers_are_printed_as_word_prints_them() {
        let check = |style: NumeralStyle, cases: &[(u32, &str)]| {
            for (n, expect) in cases {
                assert_eq!(style.print(*n), *expect, "{style:?} {n}");
            }
        };
        check(Chinese, &[(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (37, "三十七")]);
        check(
            Chinese,
            &[(100, "一百"), (101, "一百零一"), (110, "一百一十"), (1005, "一千零五"), (10_000, "10000")],
        );
        check(ChineseDigits, &[(9, "九"), (10, "一〇"), (21, "二一")]);
        check(ChineseLegal, &[(3, "叁"), (11, "壹拾壹")]);
        check(Circled, &[(1, "①"), (20, "⑳"), (21, "㉑"), (50, "㊿"), (51, "51")]);
        check(Bracketed, &[(2, "⑵"), (21, "(21)")]);
        check(ChineseBracketed, &[(3, "㈢"), (11, "(十一)")]);
        check(LowerLetter, &[(1, "a"), (26, "z"), (27, "aa")]);
        check(UpperRoman, &[(4, "IV"), (19, "XIX"), (0, "0")]);
        check(HeavenlyStems, &[(2, "乙"), (11, "11")]);
        check(FullWidth, &[(12, "１２")]);
    }
}
