//! Which marks are numbers of the document: those whose shape is certain and those that fit a run.

use super::marks::{self, CLASSES, Class, Mark};
use super::metadata::shapes;
use super::repair::Block;
use super::structure::Sort;
use super::styles::Styles;
use std::ops::Range;

/// How many articles may be lost in a row.
const FEW: u32 = 3;

/// Fewest clauses `1.1` of a document that numbers its clauses so.
const FEWEST_DECIMALS: usize = 3;

/// Marks as [`Sort::Numbered`] what is numbered in `range`. Blocks that already belong to a table stay. A heading
/// style makes a doubtful mark certain.
pub(super) fn numbers(
    source: &str,
    blocks: &[Block],
    styles: &Styles,
    range: Range<usize>,
    sorts: &mut [Sort],
) {
    let start = range.start;
    let within = tabled(sorts, range.clone());
    let marks: Vec<(usize, Mark)> = range
        .filter(|at| !within[at - start])
        .filter_map(|at| blocks[at].mark.map(|mark| (at, mark)))
        .collect();
    let following = following(&marks);
    let decimals = Decimals::of(&marks);
    let mut last = [0_u32; CLASSES];
    for (index, &(at, mark)) in marks.iter().enumerate() {
        let class = mark.class as usize;
        let expected = last[class] > 0 && mark.value == last[class] + 1;
        let opens = mark.value == 1 && following[index] == Some(2);
        let block = &blocks[at];
        let fits = expected || opens || styles.level(at) > 0;
        let counts = match mark.class {
            Class::Dash => !is_subtitle(source, blocks, at),
            Class::Ordinal => (expected || opens) && !holds_whole_list(source, block, mark),
            Class::Letter | Class::Ring | Class::HalfBracket => fits,
            Class::Decimal1 => {
                // `1总则`, without a blank, needs its `1.1` right below.
                let parted = mark.rest > mark.end;
                let heads = marks.get(index + 1).is_some_and(|(_, next)| next.opens_chapter(mark.value));
                let chapter = decimals.chapters.contains(&mark.value)
                    || (expected && decimals.in_order >= FEWEST_DECIMALS);
                let glued = heads || (expected && chapter && ends_open(source, block));
                (if parted { chapter } else { glued } || styles.level(at) > 0) && is_short(source, block, 40)
            }
            Class::Decimal2 => decimals.in_order >= FEWEST_DECIMALS || styles.level(at) > 0,
            // Where a number was lost, `第四条甲` at the start of a line still goes on; `第四条规定…` is a reference.
            Class::Article => {
                let ahead = last[class] > 0 && (last[class] + 1..=last[class] + FEW).contains(&mark.value);
                !mark.doubtful || expected || mark.value == 1 || (ahead && !is_reference(source, block))
            }
            // Where a page lost its breaks the body is glued to the heading.
            Class::Volume | Class::Chapter | Class::Division => {
                is_short(source, block, 60) || (block.split && (expected || mark.value == 1))
            }
            Class::Chinese if mark.doubtful => fits && is_short(source, block, 40),
            _ if mark.doubtful => fits,
            _ => mark.value > 0 && !block.rest(source).is_empty(),
        };
        if counts {
            sorts[at] = Sort::Numbered;
            last[class] = mark.value;
        }
    }
}

/// `4.1分级响应` reads like an amount (`4.1分`), and is a clause all the same where chapter 4 or the clause before was the last number.
pub(super) fn decimals(source: &str, blocks: &mut [Block]) {
    let clauses = blocks.iter().filter(|block| block.mark.is_some_and(|mark| mark.class == Class::Decimal2));
    if clauses.count() < FEWEST_DECIMALS {
        return;
    }
    let (mut chapter, mut clause) = (0, 0); // the last numbers
    for block in blocks {
        let Some(mark) = block.mark else { continue };
        let hidden = || marks::as_decimal(&block.words(source)).filter(|mark| mark.class == Class::Decimal2);
        if mark.doubtful
            && mark.class == Class::Arabic
            && let Some(decimal) = hidden()
            && decimal.prefix[0] == chapter
            && decimal.value == clause + 1
        {
            block.mark = Some(decimal);
            clause += 1;
            continue;
        }
        match mark.class {
            Class::Decimal1 | Class::Chinese | Class::Chapter => (chapter, clause) = (mark.value, 0),
            Class::Decimal2 => (chapter, clause) = (mark.prefix[0], mark.value),
            _ => {}
        }
    }
}

/// `1坚持…` above `2、…`, or between `2、` and `4、`: the sign behind the number was lost.
pub(super) fn lost_signs(blocks: &mut [Block]) {
    let is_decimal = |block: &Block| block.mark.is_some_and(|mark| mark.class == Class::Decimal2);
    if blocks.iter().filter(|block| is_decimal(block)).count() >= FEWEST_DECIMALS {
        return;
    }
    let mut next = None; // the number of the run below, and whether 、 stands behind it
    let mut found = Vec::new();
    for (at, block) in blocks.iter().enumerate().rev() {
        match block.mark {
            Some(mark) if mark.class == Class::Arabic && !mark.doubtful => {
                next = Some((mark.value, mark.comma));
            }
            Some(mark) if mark.class == Class::Decimal1 && mark.rest == mark.end => {
                if let Some((_, comma)) = next.filter(|&(value, _)| value == mark.value + 1) {
                    next = Some((mark.value, comma));
                    found.push((at, Mark { class: Class::Arabic, doubtful: false, comma, ..mark }));
                }
            }
            Some(mark) if mark.class < Class::Arabic && !mark.doubtful => next = None,
            _ => {}
        }
    }
    let certain =
        |at: usize| blocks[..at].iter().rev().filter_map(|block| block.mark).filter(|mark| !mark.doubtful);
    let before = |at: usize| certain(at).find(|mark| mark.class == Class::Arabic).map(|mark| mark.value);
    // `1所医院开工` below `1、` is a sentence of it.
    let opens =
        |at: usize| certain(at).next().is_none_or(|mark| mark.class < Class::Arabic) || before(at) != Some(1);
    found.retain(|&(at, mark)| match mark.value {
        1 => opens(at),
        value => before(at) == Some(value - 1),
    });
    for (at, mark) in found {
        blocks[at].mark = Some(mark);
    }
}

/// For every block of the range whether it stands inside a table.
fn tabled(sorts: &[Sort], range: Range<usize>) -> Vec<bool> {
    let mut end = None;
    range
        .map(|at| {
            if let Sort::Table(last) = sorts[at] {
                end = Some(last);
            }
            end.is_some_and(|last| at <= last)
        })
        .collect()
}

/// For every mark the number of the next mark of its class.
fn following(marks: &[(usize, Mark)]) -> Vec<Option<u32>> {
    let mut next = [None; CLASSES];
    let mut following: Vec<Option<u32>> =
        marks.iter().rev().map(|(_, mark)| next[mark.class as usize].replace(mark.value)).collect();
    following.reverse();
    following
}

/// The decimals of a part.
struct Decimals {
    /// How many `1.1` there are.
    in_order: usize,
    /// The chapters they name.
    chapters: Vec<u32>,
}

impl Decimals {
    fn of(marks: &[(usize, Mark)]) -> Self {
        let second = || marks.iter().filter(|(_, mark)| mark.class == Class::Decimal2);
        Self { in_order: second().count(), chapters: second().map(|(_, mark)| mark.prefix[0]).collect() }
    }
}

/// `——2016年2月19日在…会议上` below the title.
fn is_subtitle(source: &str, blocks: &[Block], at: usize) -> bool {
    at < 4 && shapes::is_subtitle(&blocks[at].words(source))
}

/// Whether the paragraph holds the whole list itself: `一是甲。二是乙。`
fn holds_whole_list(source: &str, block: &Block, mark: Mark) -> bool {
    let next = ["二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"];
    let next = next.get(mark.value as usize - 1).copied().unwrap_or("\n");
    block.rest(source).contains(next)
}

/// `第四条规定的情形`, `第四条第二款` at the start of a line.
fn is_reference(source: &str, block: &Block) -> bool {
    let rest = block.rest(source);
    ["规定", "第", "的", "所", "和", "、", "至", "中", "及", "或"].iter().any(|word| rest.starts_with(word))
}

/// Whether a line ends without a stop, as headings do.
fn ends_open(source: &str, block: &Block) -> bool {
    block.rest(source).ends_with(|c: char| crate::text::is_han(c) || c == '》' || c == '”')
}

fn is_short(source: &str, block: &Block, most: usize) -> bool {
    let rest = block.rest(source);
    rest.len() <= most * 3 && rest.trim_end_matches('。').find('。').is_none()
}
