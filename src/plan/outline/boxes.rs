//! Tables and boxes (专栏): where they begin and end.

use super::lines::{Line, chars};
use super::marks::{CLASSES, Class};
use super::numerals;
use super::parts;
use super::repair::Block;
use super::structure::Sort;
use crate::text::{Layout, fold_char};
use std::ops::Range;

/// Words that stand in the head of an indicator table.
const COLUMNS: [&str; 14] = [
    "领域",
    "指标",
    "单位",
    "属性",
    "备注",
    "序号",
    "类别",
    "现状值",
    "目标值",
    "基期",
    "性质",
    "责任",
    "牵头",
    "完成时限",
];

/// Cells that are heads of columns only as the whole cell; in a line they are words like others.
const CELLS: [&str; 10] =
    ["任务", "重点任务", "工作任务", "项目", "项目名称", "名称", "内容", "主要内容", "时限", "完成时间"];

/// Marks as [`Sort::Table`] what is a table in `range`.
pub(super) fn tables(
    source: &str,
    blocks: &[Block],
    lines: &[Line],
    layout: &Layout,
    range: Range<usize>,
    sorts: &mut [Sort],
) {
    let mut at = range.start;
    while at < range.end {
        let end = known_table(blocks, lines, layout, at, range.end)
            .or_else(|| flattened_table(source, blocks, at, range.end))
            .or_else(|| pairs(source, blocks, at, range.end));
        if let Some(end) = end {
            sorts[at] = Sort::Table(end);
            at = end;
        }
        at += 1;
    }
}

/// The last block of the table whose lines the source file told.
fn known_table(blocks: &[Block], lines: &[Line], layout: &Layout, at: usize, to: usize) -> Option<usize> {
    if layout.tables.is_empty() {
        return None;
    }
    let number = |at: usize| lines[blocks[at].line].number;
    let (_, last) = layout.tables.iter().find(|(first, last)| (*first..=*last).contains(&number(at)))?;
    (at..to).take_while(|&at| number(at) <= *last).last()
}

/// The last block of a flattened table that begins at `at` with its title or its head line.
fn flattened_table(source: &str, blocks: &[Block], at: usize, to: usize) -> Option<usize> {
    let words = blocks[at].words(source);
    if words.len() > 240 {
        return None;
    }
    // `(三)主要指标` is a heading with a table under it.
    let titled = is_table_title(&words) && blocks[at].mark.is_none_or(|mark| mark.doubtful);
    // Right below `附件` the title is the annex's.
    let is_annex = |above: &Block| {
        let words = above.words(source);
        parts::annex_number(&words).is_some_and(|name| name.end == words.len())
    };
    if titled && at.checked_sub(1).is_some_and(|above| is_annex(&blocks[above])) {
        return None;
    }
    let head = if titled { at + 1 } else { at };
    if head >= to {
        return None;
    }
    let (is_head, below) = head_lines(source, blocks, head, to);
    if !is_head {
        return None;
    }
    let mut end = below;
    let one_a_line = below > head + 1;
    while end < to
        && (is_row(source, &blocks[end])
            || (one_a_line && (is_remark(source, &blocks[end]) || is_group(source, blocks, end, to))))
    {
        end += 1;
    }
    let rows = end - below;
    (rows >= 2).then_some(end - 1)
}

/// Labels of the pairs that a table becomes on pages that write one cell to a line with its head.
const PAIRS: [&str; 9] = ["领域", "类别", "指标", "指标名称", "单位", "属性", "性质", "基期值", "目标值"];

/// The last block of a table of pairs that begins at `at`: `指标:甲率(%)`, `2015年:10`, `2020年:12`.
fn pairs(source: &str, blocks: &[Block], at: usize, to: usize) -> Option<usize> {
    let opens = ["领域", "类别", "指标"].iter().any(|label| blocks[at].words(source).starts_with(label));
    if !opens {
        return None;
    }
    let label = |at: usize| {
        let words = blocks[at].words(source);
        let end = words.find([':', '：']).filter(|_| chars(&words) <= 60 && !words.contains('。'))?;
        Some(words[..end].trim().to_owned())
    };
    let is_year = |label: &str| label.starts_with("20") && label.len() <= 16 && label.contains('年');
    let is_pair =
        |at: usize| label(at).is_some_and(|label| PAIRS.contains(&label.as_str()) || is_year(&label));
    if !matches!(label(at)?.as_str(), "领域" | "类别" | "指标" | "指标名称") {
        return None;
    }
    let end = (at..to).take_while(|&at| is_pair(at)).last()?;
    let years = (at..=end).filter(|&at| label(at).is_some_and(|label| is_year(&label))).count();
    (years >= 2).then_some(end)
}

/// `表1 主要指标`, `附表 甲`, `表  甲主要指标`, and the bare `甲主要指标`.
pub(super) fn is_table_title(words: &str) -> bool {
    let count = chars(words);
    if is_box_title(words) {
        return false; // the box is a node of its own, the table stands in it
    }
    let rest = words.strip_prefix("附").unwrap_or(words);
    let numbered = rest.strip_prefix("表").is_some_and(|rest| {
        rest.chars()
            .next()
            .map(fold_char)
            .is_some_and(|c| c == ' ' || c.is_ascii_digit() || c == ':' || "一二三四五".contains(c))
    });
    count <= 50
        && !words.contains('。')
        && (numbered || words.ends_with("主要指标") || words.ends_with("指标表"))
}

/// Whether the lines from `head` on are the head of a table, and where the rows begin. The head may stand on
/// one line (`领域指标2015年2020年`) or one cell to a line.
fn head_lines(source: &str, blocks: &[Block], head: usize, to: usize) -> (bool, usize) {
    let words = blocks[head].words(source);
    if chars(&words) <= 80 && columns(&words) >= 2 && !words.contains('。') {
        return (true, head + 1);
    }
    let mut at = head;
    let mut found = 0;
    while at < to && at < head + 10 {
        let cell = blocks[at].words(source);
        let year = cell.starts_with("20") && cell.contains('年');
        if chars(&cell) > 14 || (columns(&cell) == 0 && !year && !CELLS.contains(&cell.as_ref())) {
            break;
        }
        found += 1;
        at += 1;
    }
    (found >= 3, at)
}

/// How many different column heads a line holds.
fn columns(words: &str) -> usize {
    if words.contains([':', '：', '，', ',', '、', '。']) {
        return 0;
    }
    // 责任单位 is one column, not 责任单位 and 单位.
    let bare = words.replace("责任单位", "责任").replace("牵头单位", "牵头").replace("指标性质", "性质");
    let named = COLUMNS.iter().filter(|column| bare.contains(**column)).count();
    let years = words.matches("年").count().min(words.matches("20").count());
    named + usize::from(named > 0 && years >= 2)
}

/// Whether a line can be a row of a flattened table.
fn is_row(source: &str, block: &Block) -> bool {
    let words = block.words(source);
    let count = chars(&words);
    let sentence = words.contains('。') || words.ends_with(['；', ';', '：', ':', '，', ',']);
    let heading = block.mark.is_some_and(|mark| {
        !mark.doubtful
            && matches!(
                mark.class,
                Class::Volume
                    | Class::Chapter
                    | Class::Division
                    | Class::Article
                    | Class::Chinese
                    | Class::ChineseBracket
                    | Class::Dash
            )
    });
    count <= 90 && !sentence && !heading
}

/// `说明:…`, `计算方法:…` between the rows of a table.
fn is_remark(source: &str, block: &Block) -> bool {
    let words = block.words(source);
    ["说明", "注", "备注", "计算方法", "计算公式"]
        .iter()
        .any(|label| words.strip_prefix(label).is_some_and(|rest| rest.starts_with([':', '：'])))
}

/// How far behind the name of a group the cells of its rows begin.
const CELLS_WITHIN: usize = 7;

/// `(一)健康知识普及行动` as the name of a group of rows: short, with cells of numbers right behind it.
fn is_group(source: &str, blocks: &[Block], at: usize, to: usize) -> bool {
    let short = chars(&blocks[at].words(source)) <= 20;
    let bracketed = blocks[at].mark.is_some_and(|mark| mark.class == Class::ChineseBracket);
    let behind = (at + 1..to).take(CELLS_WITHIN).map(|at| blocks[at].words(source));
    let cells: Vec<_> = behind.take_while(|words| chars(words) <= 40 && !words.contains('。')).collect();
    let figures = cells.iter().filter(|words| {
        words.starts_with(|c: char| c.is_ascii_digit() || "≥≤<>＞＜".contains(c)) && chars(words) <= 8
    });
    short && bracketed && figures.count() >= 2
}

/// Marks as [`Sort::Box`] the boxes in `range`, whose numbers count by themselves.
pub(super) fn boxes(source: &str, blocks: &[Block], range: Range<usize>, sorts: &mut [Sort]) {
    let mut last = [0_u32; CLASSES];
    let mut at = range.start;
    while at < range.end {
        match sorts[at] {
            Sort::Table(end) => at = end,
            Sort::Numbered => {
                if let Some(mark) = blocks[at].mark {
                    last[mark.class as usize] = mark.value;
                    last[mark.class as usize + 1..].fill(0);
                }
            }
            _ if is_box_title(&blocks[at].words(source)) => {
                let end = box_end(blocks, &last, at, range.end, sorts);
                sorts[at] = Sort::Box(end);
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
}

/// The bytes of `专栏1` in `专栏1 重大工程`.
pub(super) fn box_number(words: &str) -> Option<Range<usize>> {
    numerals::named(words, &["专栏"])
}

/// `专栏1 重大工程`
fn is_box_title(words: &str) -> bool {
    let numbered = words.trim_start_matches(['【', '[']).strip_prefix("专栏").is_some_and(|rest| {
        rest.trim_start()
            .chars()
            .next()
            .map(fold_char)
            .is_none_or(|c| c.is_ascii_digit() || ":—-".contains(c) || numerals::is_chinese(c))
    });
    numbered && chars(words) <= 45 && !words.contains('。')
}

/// The last block of a box: before the next number that goes on with a run that was open when it began.
fn box_end(blocks: &[Block], last: &[u32; CLASSES], at: usize, to: usize, sorts: &[Sort]) -> usize {
    let closes = |next: &usize| {
        sorts[*next] == Sort::Numbered
            && blocks[*next].mark.is_some_and(|mark| {
                let open = last[mark.class as usize];
                (open > 0 && mark.value == open + 1)
                    || mark.class <= Class::Article
                    || (mark.class == Class::Chinese && open > 0)
            })
    };
    (at + 1..to).find(closes).unwrap_or(to) - 1
}
