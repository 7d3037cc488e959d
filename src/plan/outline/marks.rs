//! Numbering marks at the start of a paragraph: which class, which number, how long.

mod arabic;

use super::numerals::{self, Sign};
use crate::text::{fold_char, is_blank, is_han};

/// A class of marks. The order is the usual rank in Chinese documents, which only breaks ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Class {
    /// 第一篇, 第一部分
    Volume,
    /// 第一章
    Chapter,
    /// 第一节
    Division,
    /// 第一条
    Article,
    /// 一、
    Chinese,
    /// `1 总则` above `1.1`
    Decimal1,
    /// 1.1
    Decimal2,
    /// (一)
    ChineseBracket,
    /// 1.1.1
    Decimal3,
    /// 1.1.1.1
    Decimal4,
    /// 1. (and `1、` unless both are open at once)
    Arabic,
    /// 1、 where it is a class of its own
    ArabicComma,
    /// (1)
    ArabicBracket,
    /// 1)
    HalfBracket,
    /// ①
    Ring,
    /// A. a)
    Letter,
    /// ——
    Dash,
    /// 一是
    Ordinal,
}

/// Number of classes.
pub(super) const CLASSES: usize = Class::Ordinal as usize + 1;

/// A mark at the start of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its class.
    pub class: Class,
    /// Its number; for decimals the last part, for —— 0.
    pub value: u32,
    /// The parts before the last of a decimal: `1.2.3` has [1, 2].
    pub prefix: [u32; 3],
    /// Where the number begins, in bytes from the start of the paragraph (after bullets and # signs).
    pub start: usize,
    /// Where the number ends, its own mark included.
    pub end: usize,
    /// Where the words begin.
    pub rest: usize,
    /// Whether it counts only where its number is the expected one: a bracket lost, a stop lost.
    pub doubtful: bool,
    /// Whether half of its brackets is missing.
    pub repaired: bool,
    /// `1、` rather than `1.`.
    pub comma: bool,
}

impl Mark {
    /// Whether it reads like a figure with its measure: `4.15岁`, `1总则`.
    pub fn may_be_amount(self) -> bool {
        self.doubtful && matches!(self.class, Class::Arabic | Class::Decimal1)
    }

    /// Whether it is the `N.1` that stands first below chapter `N`.
    pub fn opens_chapter(&self, chapter: u32) -> bool {
        self.class == Class::Decimal2 && self.value == 1 && self.prefix[0] == chapter
    }
}

/// A reader of chars that remembers where it is.
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> char {
        self.rest().chars().next().map_or('\0', fold_char)
    }

    fn bump(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    fn skip_blanks(&mut self) {
        while is_blank(self.peek()) {
            self.bump();
        }
    }
}

/// The mark at the start of `text`, if there is one. Only the shape is judged here; whether the number
/// fits its neighbours is judged in `vetting`.
pub(super) fn read(text: &str) -> Option<Mark> {
    let mut scan = Scan { text, at: 0 };
    skip_bullets(&mut scan);
    let first = scan.peek();
    match first {
        '第' => read_division(scan),
        '(' | '〔' => read_bracket(scan),
        '0'..='9' => arabic::read(scan),
        '—' | '–' | '-' | '─' | '━' | '―' => read_dash(scan),
        'a'..='z' => read_letter(scan),
        _ if numerals::is_chinese(first) => read_chinese(scan),
        _ => read_sign(scan),
    }
}

/// The decimal at the start of `text`, though the word behind it could make it an amount.
pub(super) fn as_decimal(text: &str) -> Option<Mark> {
    let mut scan = Scan { text, at: 0 };
    skip_bullets(&mut scan);
    arabic::as_decimal(scan)
}

/// Markdown signs and bullets before a number: `### 一、`, `**第一条**`, `● 1.`.
fn skip_bullets(scan: &mut Scan) {
    while matches!(scan.peek(), '#' | '*' | '>' | '•' | '●' | '■' | '◆' | '▪' | '★' | '▲' | '※' | '□' | '◇')
        || is_blank(scan.peek())
    {
        scan.bump();
    }
}

/// Builds a mark whose number ends where `scan` stands, and finds where the words begin.
fn mark(mut scan: Scan, class: Class, value: u32, start: usize) -> Mark {
    let end = scan.at;
    while is_blank(scan.peek()) || scan.peek() == '*' {
        scan.bump();
    }
    Mark {
        class,
        value,
        prefix: [0; 3],
        start,
        end,
        rest: scan.at,
        doubtful: false,
        repaired: false,
        comma: false,
    }
}

/// 第一篇, 第 二 章, 第3节, 第十条, 第一部分.
fn read_division(mut scan: Scan) -> Option<Mark> {
    let start = scan.at;
    scan.bump();
    scan.skip_blanks();
    let (value, len) =
        numerals::read_chinese(scan.rest()).or_else(|| numerals::read_arabic(scan.rest(), 3))?;
    scan.at += len;
    scan.skip_blanks();
    let class = match scan.peek() {
        '篇' | '编' | '編' => Class::Volume,
        '章' => Class::Chapter,
        '节' | '節' => Class::Division,
        '条' | '條' => Class::Article,
        '部' if scan.rest().starts_with("部分") => {
            scan.bump();
            Class::Volume
        }
        _ => return None,
    };
    scan.bump();
    let parted = matches!(scan.peek(), '\0' | ':' | '、' | '*' | '.') || is_blank(scan.peek());
    if matches!(scan.peek(), ':' | '、' | '.') {
        scan.bump();
    }
    let mut mark = mark(scan, class, value, start);
    mark.doubtful = !parted;
    Some(mark)
}

/// (一) （1） and the same with one bracket lost: `(一` before a word, `一)`.
fn read_bracket(mut scan: Scan) -> Option<Mark> {
    let start = scan.at;
    scan.bump();
    scan.skip_blanks();
    let (class, value, len) = if let Some((value, len)) = numerals::read_chinese(scan.rest()) {
        (Class::ChineseBracket, value, len)
    } else {
        let (value, len) = numerals::read_arabic(scan.rest(), 2)?;
        (Class::ArabicBracket, value, len)
    };
    scan.at += len;
    scan.skip_blanks();
    let closed = matches!(scan.peek(), ')' | '〕');
    if closed {
        scan.bump();
    } else if class == Class::ArabicBracket || !(is_han(scan.peek()) || scan.peek() == '、') {
        return None;
    }
    let end = scan.at;
    if matches!(scan.peek(), '、' | '.') {
        scan.bump();
    }
    let mut mark = mark(scan, class, value, start);
    (mark.end, mark.doubtful, mark.repaired) = (end, !closed, !closed);
    Some(mark)
}

/// 一、 一是 一． and the doubtful `一 总体要求`.
fn read_chinese(mut scan: Scan) -> Option<Mark> {
    let start = scan.at;
    let (value, len) = numerals::read_chinese(scan.rest())?;
    scan.at += len;
    let number_end = scan.at;
    let blank = is_blank(scan.peek());
    scan.skip_blanks();
    let sign = scan.peek();
    let mark = match sign {
        '、' => {
            scan.bump();
            // `一、二级医院`, `十一、十二月` go on with a list.
            let listed = numerals::read_chinese(scan.rest())
                .and_then(|(_, len)| scan.rest()[len..].chars().next())
                .is_some_and(|c| "、级类期线档批孩胎等次月年产院甲".contains(c));
            Mark { doubtful: listed, ..mark(scan, Class::Chinese, value, start) }
        }
        '.' | ',' | ':' => {
            scan.bump();
            Mark { doubtful: true, ..mark(scan, Class::Chinese, value, start) }
        }
        '是' => {
            scan.bump();
            if matches!(scan.peek(), ':' | ',') {
                scan.bump();
            }
            mark(scan, Class::Ordinal, value, start)
        }
        ')' => {
            scan.bump();
            Mark { doubtful: true, repaired: true, ..mark(scan, Class::ChineseBracket, value, start) }
        }
        _ if blank && is_han(sign) => {
            scan.at = number_end;
            Mark { doubtful: true, ..mark(scan, Class::Chinese, value, start) }
        }
        _ => return None,
    };
    (mark.value > 0).then_some(mark)
}

/// `A.` `a)` `B、`; doubtful, since names begin so too.
fn read_letter(mut scan: Scan) -> Option<Mark> {
    let start = scan.at;
    let value = scan.peek() as u32 - 'a' as u32 + 1;
    scan.bump();
    if !matches!(scan.peek(), '.' | ')' | '、') {
        return None;
    }
    scan.bump();
    Some(Mark { doubtful: true, ..mark(scan, Class::Letter, value, start) })
}

/// —— ---- and a single — before a word.
fn read_dash(mut scan: Scan) -> Option<Mark> {
    let start = scan.at;
    let mut count = 0;
    let ascii = scan.peek() == '-';
    while matches!(scan.peek(), '—' | '–' | '-' | '─' | '━' | '―') {
        scan.bump();
        count += 1;
    }
    let worded = !matches!(scan.peek(), '0'..='9' | '\0');
    (worded && (count >= 2 || !ascii)).then(|| mark(scan, Class::Dash, 0, start))
}

/// ① ⑴ ⒈ ㈠.
fn read_sign(mut scan: Scan) -> Option<Mark> {
    let start = scan.at;
    let first = scan.rest().chars().next()?;
    let (sign, value) = numerals::read_sign(first)?;
    scan.bump();
    let class = match sign {
        Sign::Ring => Class::Ring,
        Sign::Brackets => Class::ArabicBracket,
        Sign::Stop => Class::Arabic,
        Sign::ChineseBrackets => Class::ChineseBracket,
    };
    let end = scan.at;
    if matches!(scan.peek(), '、' | '.') {
        scan.bump();
    }
    Some(Mark { end, ..mark(scan, class, value, start) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_what_only_looks_like_one() {
        use Class::*;
        let cases: &[(&str, Option<(Class, u32)>)] = &[
            ("一、目标", Some((Chinese, 1))),
            ("二十一、  目标", Some((Chinese, 21))),
            ("(三)甲", Some((ChineseBracket, 3))),
            ("（三) 甲", Some((ChineseBracket, 3))),
            ("(12)甲", Some((ArabicBracket, 12))),
            ("3．甲", Some((Arabic, 3))),
            ("3、2020年建成", Some((Arabic, 3))),
            ("3)甲", Some((HalfBracket, 3))),
            ("1.1“中心”如期建成", Some((Decimal2, 1))),
            ("1.1.2 甲", Some((Decimal3, 2))),
            ("第 四 章 甲", Some((Chapter, 4))),
            ("### 第十条　甲", Some((Article, 10))),
            ("——健康优先。", Some((Dash, 0))),
            ("一是抓好", Some((Ordinal, 1))),
            ("②甲", Some((Ring, 2))),
            ("⑵甲", Some((ArabicBracket, 2))),
            ("㈡甲", Some((ChineseBracket, 2))),
            ("2017年,新建医院3家。", None),
            ("3岁以下婴幼儿入托率提高。", None),
            ("0-6岁儿童", None),
            ("十四五时期", None),
            ("三医联动", None),
            ("第三次国家复审", None),
            ("(含中药饮片)", None),
            ("-12.5", None),
        ];
        for (text, expect) in cases {
            let found = read(text).map(|mark| (mark.class, mark.value));
            assert_eq!(found, *expect, "{text}");
        }
    }

    #[test]
    fn shapes_that_need_their_neighbours_are_doubtful() {
        for text in [
            "一、二级医院全部参加。",
            "1、2、3号楼",
            "一)加强领导",
            "(一加强领导",
            "一 总体要求",
            "第一条生产线",
            "1.5万张床位投入使用。",
            "4.15岁以上人群吸烟率下降",
            "1.2025年建成",
            "1总则",
        ] {
            assert!(read(text).is_some_and(|mark| mark.doubtful), "{text}");
        }
    }
}
