//! Which marks are numbers of the document: those whose shape is certain and those that fit a run.

use super::marks::{CLASSES, Class, Mark};
use super::metadata::shapes;
use super::repair::Block;
use super::structure::Sort;
use super::styles::Styles;
use std::ops::Range;

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
                let chapter = decimals.chapters.contains(&mark.value) || (expected && decimals.in_order >= 3);
                (chapter || styles.level(at) > 0) && is_short(source, block, 40)
            }
            Class::Decimal2 => decimals.in_order >= 3 || styles.level(at) > 0,
            Class::Article => !mark.doubtful || expected || mark.value == 1,
            Class::Volume | Class::Chapter | Class::Division => is_short(source, block, 60),
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

fn is_short(source: &str, block: &Block, most: usize) -> bool {
    let rest = block.rest(source);
    rest.len() <= most * 3 && rest.trim_end_matches('。').find('。').is_none()
}
