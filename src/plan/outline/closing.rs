//! What closes a document: signature and date, the list of annexes, a last appeal.

use super::marks::Class;
use super::metadata::shapes;
use super::parts::is_annex_list;
use super::repair::Block;
use super::structure::Sort;
use crate::text::fold_char;
use std::ops::Range;

/// Marks as [`Sort::Closing`] what closes the part in `range`.
pub(super) fn find(source: &str, blocks: &[Block], range: Range<usize>, sorts: &mut [Sort]) {
    annex_lists(source, blocks, range.clone(), sorts);
    let last = range.clone().rev().find(|&at| sorts[at] == Sort::Numbered);
    let Some(last) = last else { return };
    let mut closes = false;
    for at in last + 1..range.end {
        if sorts[at] == Sort::Paragraph {
            closes |= closes_document(&blocks[at].words(source), at == last + 1);
            if closes {
                sorts[at] = Sort::Closing;
            }
        }
    }
}

/// `附件:1.甲` and the numbered lines below it.
fn annex_lists(source: &str, blocks: &[Block], range: Range<usize>, sorts: &mut [Sort]) {
    let mut at = range.start;
    while at < range.end {
        let words = blocks[at].words(source);
        if words.starts_with("附件") && sorts[at] == Sort::Paragraph && is_annex_list(&words) {
            sorts[at] = Sort::Closing;
            let mut expected = None;
            while at + 1 < range.end {
                let Some(mark) = blocks[at + 1].mark.filter(|mark| mark.class == Class::Arabic) else {
                    break;
                };
                if expected.is_some_and(|number| number != mark.value)
                    || !is_name(&blocks[at + 1].words(source))
                {
                    break;
                }
                expected = Some(mark.value + 1);
                at += 1;
                sorts[at] = Sort::Closing;
            }
        }
        at += 1;
    }
}

fn is_name(words: &str) -> bool {
    words.len() <= 180 && !words.contains('。')
}

/// Whether a paragraph after the last number speaks for the document.
fn closes_document(words: &str, first: bool) -> bool {
    let end = words.chars().next_back().map_or(' ', fold_char);
    let year = words.get(..4).is_some_and(|year| year.starts_with("20")) && words[4..].starts_with('年');
    let appeal = end == '!'
        || words.contains("而努力奋斗")
        || words.starts_with("各位")
        || words.starts_with("让我们");
    let formal = [
        "(此件",
        "（此件",
        "本规划自",
        "本方案自",
        "本办法自",
        "本意见自",
        "本计划自",
        "本措施自",
        "联系人",
        "抄送",
        "特此",
    ]
    .iter()
    .any(|start| words.starts_with(start));
    let signed = shapes::is_date_line(words) || shapes::is_signature(words);
    appeal || formal || signed || (year && words.contains("我们") && !first)
}
