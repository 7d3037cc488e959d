//! Signature, dates and the number of the document.

use super::dates::{self, Date};
use super::{Labelled, Sources, shapes};
use crate::plan::outline::furniture::Role;
use crate::plan::outline::lines::chars;
use crate::plan::outline::repair::Block;
use crate::plan::{Evidence, Fact};
use crate::text::{fold_char, is_han};

/// Who signed when.
pub(super) struct Signing {
    /// The body that signed, as written, with its line.
    pub signature: Option<(String, u32)>,
    /// The date of issue.
    pub date: Option<Fact<String>>,
    /// The date of publication on the site.
    pub published: Option<Fact<String>>,
}

/// Rows that give the date of issue.
const ISSUED: [&str; 9] = [
    "成文日期",
    "公文生成日期",
    "生成日期",
    "成文时间",
    "发文日期",
    "发文时间",
    "印发日期",
    "签发日期",
    "生效日期",
];
/// Rows that give the date of publication, the better first.
const PUBLISHED: [&str; 12] = [
    "颁布时间",
    "颁布日期",
    "发布日期",
    "发布时间",
    "发表时间",
    "公开日期",
    "公开时间",
    "时间",
    "日期",
    "更新时间",
    "录入时间",
    "访谈时间",
];

/// Finds signature and dates.
pub(super) fn find(sources: &Sources, rows: &[Labelled]) -> Signing {
    let row = |labels: &[&str]| labels.iter().find_map(|label| dated_row(rows, label));
    let signed = signed(sources.text, sources, sources.front())
        .or_else(|| signed(sources.text, sources, sources.tail()))
        .or_else(|| signed(sources.text, sources, sources.blocks))
        .or_else(|| signed_in_page(sources));
    let published = row(&PUBLISHED).or_else(|| dated_line(sources));
    let (signature, date) = signed.map_or((None, None), |signed| (signed.body, Some(signed.date)));
    let date = row(&ISSUED[..8])
        .or(date)
        .or_else(|| bracketed(sources))
        .or_else(|| printed(sources))
        .or_else(|| last_words(sources))
        .or_else(|| behind_annex(sources))
        .or_else(|| published.clone());
    Signing { signature, date, published }
}

fn dated_row(rows: &[Labelled], label: &str) -> Option<Fact<String>> {
    rows.iter().filter(|row| row.label == label).find_map(|row| {
        let (date, ..) = dates::find(row.value)?;
        Some(fact(date, row.line))
    })
}

fn fact(date: Date, line: u32) -> Fact<String> {
    Fact { value: date.iso(), evidence: Evidence::Line(line) }
}

/// A date line among the lines of the head: `2023-12-22 07:04:35`.
fn dated_line(sources: &Sources) -> Option<Fact<String>> {
    let rows =
        sources.lines.iter().zip(sources.roles).filter(|(_, role)| **role == Role::Furniture("metadata"));
    rows.filter_map(|(line, _)| Some((dates::find(line.of(sources.text))?.0, line.number)))
        .map(|(date, line)| fact(date, line))
        .next()
}

struct Signed {
    body: Option<(String, u32)>,
    date: Fact<String>,
}

/// The last date alone on its line (or after the name of a body), with the name above it.
fn signed(source: &str, sources: &Sources, blocks: &[Block]) -> Option<Signed> {
    for (at, block) in blocks.iter().enumerate().rev() {
        if block.len() > 150 {
            continue;
        }
        let words = block.words(source);
        if shapes::is_date_line(&words) && !words.starts_with(['(', '（']) {
            let (date, ..) = dates::find(&words)?;
            let above = at.checked_sub(1).map(|at| &blocks[at]);
            let body = above.and_then(|above| {
                let name = above.words(source);
                shapes::is_signature(&name).then(|| (name.into_owned(), sources.line_of(above)))
            });
            return Some(Signed { body, date: fact(date, sources.line_of(block)) });
        }
        let ends = words.trim_end().chars().next_back().map_or(' ', fold_char);
        if matches!(ends, '日' | '号' | '0'..='9')
            && let Some((date, start, end)) = dates::find(&words)
            && words[end..].trim().is_empty()
            && date.day > 0
            && shapes::is_signature(words[..start].trim())
        {
            let body = words[..start].trim().to_owned();
            return Some(Signed {
                body: Some((body, sources.line_of(block))),
                date: fact(date, sources.line_of(block)),
            });
        }
    }
    None
}

/// On a page whose line breaks were lost: the first full date right after the name of a body.
fn signed_in_page(sources: &Sources) -> Option<Signed> {
    let front = sources.front().iter().take(8).filter(|block| block.split || block.len() > 600);
    let last = sources.blocks.last().filter(|block| block.split);
    front.chain(last).find_map(|block| signed_in(&block.words(sources.text), sources.line_of(block)))
}

/// The first body in some words that is followed by a whole date.
fn signed_in(words: &str, line: u32) -> Option<Signed> {
    let mut from = 0;
    while let Some((date, start, end)) = dates::find(&words[from..]) {
        let before = words[..from + start].trim_end();
        let name = before.rsplit([' ', '。', '\u{3000}']).next().unwrap_or("");
        if date.day > 0 && shapes::is_signature(name) {
            return Some(Signed { body: Some((name.to_owned(), line)), date: fact(date, line) });
        }
        from += end;
    }
    None
}

/// A date in brackets below the title: `(2021年5月)`, `(2019年7月24日市政府常务会议通过)`.
fn bracketed(sources: &Sources) -> Option<Fact<String>> {
    let front =
        sources.front().iter().take(6).map(|block| (block.words(sources.text), sources.line_of(block)));
    let head = sources
        .lines
        .iter()
        .zip(sources.roles)
        .filter(|(_, role)| matches!(role, Role::Furniture("title" | "metadata")))
        .map(|(line, _)| (line.of(sources.text).into(), line.number));
    head.chain(front).find_map(|(words, line)| {
        let starts = words.starts_with(['(', '（', '—', '-']) || shapes::is_date_line(&words);
        let (date, ..) = dates::find(&words).filter(|_| starts && chars(&words) <= 120)?;
        Some(fact(date, line))
    })
}

/// `甲市人民政府办公室2021年6月3日印发`.
fn printed(sources: &Sources) -> Option<Fact<String>> {
    sources.blocks.iter().rev().take(12).find_map(|block| {
        let words = block.words(sources.text);
        let (date, _, end) = dates::find(&words).filter(|_| words.len() <= 200)?;
        words[end..].trim_start().starts_with("印发").then(|| fact(date, sources.line_of(block)))
    })
}

/// A full date behind the last stop of a page whose line breaks were lost.
fn last_words(sources: &Sources) -> Option<Fact<String>> {
    let last = sources.blocks.last().filter(|block| block.split)?;
    let words = last.words(sources.text);
    let from = words.rfind('。').map_or(0, |at| at + '。'.len_utf8());
    let (date, start, end) = dates::find(&words[from..]).filter(|(date, ..)| date.day > 0)?;
    let alone = words[from..][..start].trim().is_empty() && words[from..][end..].trim().is_empty();
    alone.then(|| fact(date, sources.line_of(last)))
}

/// The date of a signature that is glued to the list of annexes: `附件:甲统计表乙市卫生局2018年7月16日`.
fn behind_annex(sources: &Sources) -> Option<Fact<String>> {
    sources.tail().iter().rev().take(6).find_map(|block| {
        let words = block.words(sources.text);
        let (date, start, end) = dates::find(&words).filter(|(date, ..)| date.day > 0)?;
        let name = words[..start].rsplit(|c: char| !is_han(c)).next().unwrap_or("");
        let signs = words.starts_with("附件") && words[end..].trim().is_empty() && shapes::is_signature(name);
        signs.then(|| fact(date, sources.line_of(block)))
    })
}

/// The number of the document: a row, a line of the head, or a line before the first number. Numbers of other
/// documents that the body cites are not looked at.
pub(super) fn document_number(sources: &Sources, rows: &[Labelled]) -> Option<Fact<String>> {
    let row = rows
        .iter()
        .filter(|row| {
            matches!(
                row.label,
                "文号"
                    | "发文字号"
                    | "发布文号"
                    | "文件字号"
                    | "文件号"
                    | "发文文号"
                    | "文件编号"
                    | "公文字号"
            )
        })
        .find_map(|row| {
            let (start, end) = shapes::find_document_number(row.value)?;
            Some((row.value[start..end].to_owned(), row.line))
        });
    let head = || {
        sources.lines.iter().zip(sources.roles).filter(|(_, role)| **role != Role::Body).find_map(
            |(line, _)| {
                let words = line.of(sources.text);
                let (start, end) = shapes::find_document_number(words).filter(|_| line.chars <= 60)?;
                (start == 0 || !words.contains("关于")).then(|| (words[start..end].to_owned(), line.number))
            },
        )
    };
    let front = || {
        let front =
            sources.front().iter().take_while(|block| !shapes::is_addressees(&block.words(sources.text)));
        front.take(12).find_map(|block| {
            let words = block.words(sources.text);
            let (start, end) =
                shapes::find_document_number(&words).filter(|_| shapes::is_document_number(&words))?;
            Some((words[start..end].to_owned(), sources.line_of(block)))
        })
    };
    // On a page whose line breaks were lost the number stands before all else.
    let page = || {
        let first = sources.front().first()?;
        let words = first.words(sources.text);
        let (start, end) = shapes::find_document_number(&words).filter(|(start, _)| *start < 120)?;
        (!words[..start].contains(['，', ',', '《']))
            .then(|| (words[start..end].to_owned(), sources.line_of(first)))
    };
    let (number, line) = row.or_else(head).or_else(front).or_else(page)?;
    Some(Fact { value: normal(&number), evidence: Evidence::Line(line) })
}

/// One spelling: brackets 〔〕, no blanks.
fn normal(number: &str) -> String {
    number
        .chars()
        .filter(|c| !crate::text::is_blank(*c))
        .map(|c| match c {
            '[' | '(' | '（' | '﹝' | '【' | '［' | '〈' => '〔',
            ']' | ')' | '）' | '﹞' | '】' | '］' | '〉' => '〕',
            c => c,
        })
        .collect()
}
