//! Marks that begin with an Arabic number: `1.` `1、` `1)` `1.1` `1.1.1`, and the doubtful `1 总则`.

use super::{Class, Mark, Scan, mark};
use crate::plan::outline::numerals;
use crate::text::{fold_char, is_blank, is_han};

/// Measure words: a figure before one of them is an amount, not a number of the document.
const MEASURES: &str = "万亿个张名人家倍岁元年月日米级分项场次户%‰";

/// 1. 1、 1．, 1), 1.1, 1.1.1, `1 总则`, `1总则`.
pub(super) fn read(scan: Scan) -> Option<Mark> {
    let start = scan.at;
    decimals(Scan { ..scan }, start, false).or_else(|| before_figure(scan, start))
}

/// The decimal at the start of some words, though a measure word stands behind it: `4.1分级响应`.
pub(super) fn as_decimal(scan: Scan) -> Option<Mark> {
    let start = scan.at;
    decimals(scan, start, true)
}

/// `4.15岁以上人群吸烟率` and `1.2025年,甲率`: a number right before a figure, or an amount; only its neighbours tell.
fn before_figure(mut scan: Scan, start: usize) -> Option<Mark> {
    let (value, len) = numerals::read_arabic(scan.rest(), 2)?;
    scan.at += len;
    if scan.peek() != '.' {
        return None;
    }
    scan.bump();
    let (_, len) = numerals::read_arabic(scan.rest(), 4)?;
    let measure = scan.rest()[len..].chars().next().filter(|&c| MEASURES.contains(c));
    measure.map(|_| Mark { doubtful: true, ..mark(scan, Class::Arabic, value, start) })
}

/// `measured`: whether a measure word may follow.
fn decimals(mut scan: Scan, start: usize, measured: bool) -> Option<Mark> {
    let mut parts = [0_u32; 4];
    let mut depth = 0;
    loop {
        let (value, len) = numerals::read_arabic(scan.rest(), 3)?;
        parts[depth] = value;
        depth += 1;
        scan.at += len;
        let next = scan.rest().chars().nth(1).map_or('\0', fold_char);
        if depth < 4 && scan.peek() == '.' && next.is_ascii_digit() {
            scan.bump();
        } else {
            break;
        }
    }
    if depth > 1 { decimal(scan, start, parts, depth, measured) } else { arabic(scan, start, parts[0]) }
}

fn decimal(mut scan: Scan, start: usize, parts: [u32; 4], depth: usize, measured: bool) -> Option<Mark> {
    let class = [Class::Decimal2, Class::Decimal3, Class::Decimal4][depth - 2];
    if matches!(scan.peek(), '.' | '、') {
        scan.bump();
    }
    let follows = scan.peek();
    let worded = is_han(follows) || (depth > 2 && follows.is_alphabetic());
    if !(is_blank(follows) || worded || matches!(follows, '“' | '"' | '《' | '\0' | '*')) {
        return None;
    }
    if !measured && depth == 2 && MEASURES.contains(follows) {
        return None;
    }
    if parts[..depth].contains(&0) {
        return None;
    }
    let mut mark = mark(scan, class, parts[depth - 1], start);
    mark.prefix[..depth - 1].copy_from_slice(&parts[..depth - 1]);
    Some(mark)
}

fn arabic(mut scan: Scan, start: usize, value: u32) -> Option<Mark> {
    let number_end = scan.at;
    let blank = is_blank(scan.peek());
    scan.skip_blanks();
    let sign = scan.peek();
    match sign {
        '.' | '、' => {
            scan.bump();
            let listed = sign == '、' && continues_list(scan.rest());
            let mut mark = mark(scan, Class::Arabic, value, start);
            (mark.comma, mark.doubtful) = (sign == '、', listed);
            Some(mark)
        }
        ')' => {
            scan.bump();
            Some(mark(scan, Class::HalfBracket, value, start))
        }
        // `1总则` is one only with `1.1` below it: see `vetting`.
        _ if (blank && (is_han(sign) || sign == '“')) || (is_han(sign) && !MEASURES.contains(sign)) => {
            scan.at = number_end;
            Some(Mark { doubtful: true, ..mark(scan, Class::Decimal1, value, start) })
        }
        _ => None,
    }
}

/// Whether a list of numbers goes on: `1、` before `2、3号楼`, `3、` before `4月份`.
fn continues_list(rest: &str) -> bool {
    numerals::read_arabic(rest, 2)
        .and_then(|(_, len)| rest[len..].chars().next())
        .is_some_and(|c| "、月号日级类楼期".contains(c))
}
