//! Labels of a merged first column (健康水平, 资源配置): given once for several rows, often wrapped, so that a
//! blank stands inside (`健康␠水平人均预期寿命`).

use super::Line;
use crate::plan::facts::indicators::Indicators;
use crate::text::{is_blank, is_han};

/// Labels that tables of health plans use; the first five are those of the national outline of 2016.
const KNOWN: [&str; 44] = [
    "健康水平",
    "健康生活",
    "健康服务",
    "健康保障",
    "健康环境",
    "健康产业",
    "健康服务与保障",
    "健康服务和保障",
    "健康促进",
    "健康社会",
    "健康文化",
    "资源配置",
    "资源配备",
    "卫生资源",
    "医疗资源",
    "医疗卫生资源",
    "服务能力",
    "服务提供",
    "服务质量",
    "服务效率",
    "医疗服务",
    "公共卫生",
    "疾病防控",
    "疾病预防控制",
    "妇幼健康",
    "妇幼卫生",
    "老年健康",
    "一老一小",
    "重点人群",
    "人口发展",
    "人口家庭",
    "家庭发展",
    "中医药",
    "中医药服务",
    "信息化",
    "健康信息化",
    "人才队伍",
    "医疗保障",
    "卫生健康投入",
    "卫生费用",
    "综合监管",
    "生活方式",
    "人群健康",
    "健康管理",
];

/// How long a piece of a wrapped label can be: the column is narrow.
const WIDEST: usize = 4;

/// Opening words before the first blank of a line that several lines share: the first piece of wrapped labels.
pub(super) fn openings(lines: &[Line]) -> Vec<String> {
    let mut pieces: Vec<String> = lines.iter().filter_map(|line| first_piece(line.content)).collect();
    pieces.sort();
    let mut repeated: Vec<String> =
        pieces.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone()).collect();
    repeated.dedup();
    repeated
}

fn first_piece(line: &str) -> Option<String> {
    let (piece, _) = line.trim_start_matches(is_blank).split_once(is_blank)?;
    let length = piece.chars().count();
    ((2..=WIDEST).contains(&length) && piece.chars().all(is_han)).then(|| piece.to_owned())
}

/// The label that a row begins with, and how many chars of the line it takes.
pub(super) fn glued(line: &str, openings: &[String]) -> Option<(String, u32)> {
    let chars: Vec<char> = line.chars().collect();
    if let Some(found) = KNOWN.iter().filter_map(|word| spelt(&chars, word)).max_by_key(|(_, length)| *length)
    {
        return Some(found);
    }
    let piece = first_piece(line)?;
    let width = piece.chars().count();
    if width > 2 && !openings.contains(&piece) {
        return None;
    }
    let indent = chars.iter().take_while(|c| is_blank(**c)).count();
    let rest = &chars[indent + width + 1..];
    let second = rest.iter().take(width).take_while(|c| is_han(**c)).count();
    let label = format!("{piece}{}", rest[..second].iter().collect::<String>());
    (second > 0).then_some((label, (indent + width + 1 + second) as u32))
}

/// A known label at the beginning of the line. With a blank inside it surely is one; without, the words after
/// it must open an indicator (`健康服务业总规模` begins with no label).
fn spelt(chars: &[char], word: &str) -> Option<(String, u32)> {
    let mut at = 0;
    let mut inner_blank = false;
    let indent = chars.iter().take_while(|c| is_blank(**c)).count();
    for c in word.chars() {
        while chars.get(indent + at).is_some_and(|c| is_blank(*c)) {
            inner_blank |= at > 0;
            at += 1;
        }
        if chars.get(indent + at) != Some(&c) {
            return None;
        }
        at += 1;
    }
    let rest: String = chars[indent + at..].iter().filter(|c| !is_blank(**c)).collect();
    let parted = chars.get(indent + at).is_some_and(|c| is_blank(*c));
    let sure = inner_blank || parted || rest.is_empty() || opens_indicator(&rest);
    sure.then(|| (word.to_owned(), (indent + at) as u32))
}

fn opens_indicator(words: &str) -> bool {
    const OPENINGS: [&str; 6] = ["人均", "每千", "每万", "千人口", "居民", "孕产妇"];
    OPENINGS.iter().any(|opening| words.starts_with(opening))
        || Indicators::builtin()
            .iter()
            .any(|i| words.starts_with(&i.zh) || i.synonyms.iter().any(|s| words.starts_with(s)))
}

/// Whether a cell can be a label of its group: short words without digits.
pub(super) fn is_label(cell: &str) -> bool {
    let length = cell.chars().count();
    KNOWN.contains(&cell)
        || ((2..=8).contains(&length)
            && cell.chars().all(is_han)
            && !cell.ends_with(['率', '数', '比', '重', '例']))
}
