//! What the source's heading styles say (docx styles and outline levels, `<h2>`): votes beside the words, never
//! alone. A style makes a doubtful number certain, and a short line without number a heading where the numbered
//! headings of the document wear the same style.

use super::lines::{Line, chars};
use super::marks::{CLASSES, Class, Mark};
use super::metadata::shapes;
use super::repair::Block;
use super::structure::Sort;
use crate::text::{Layout, fold_char};
use std::ops::Range;

/// Longest heading without number, in chars.
const LONGEST: u32 = 30;

/// The style of every block.
pub(super) struct Styles {
    /// Level of the heading style from 1, 0 for none; empty where the source has no styles.
    levels: Vec<u8>,
}

impl Styles {
    /// The styles of the lines on which blocks begin.
    pub fn of(blocks: &[Block], lines: &[Line], layout: &Layout) -> Self {
        if layout.headings.is_empty() {
            return Self { levels: Vec::new() };
        }
        let level = |block: &Block| {
            let number = lines[block.line].number;
            let found = layout.headings.binary_search_by_key(&number, |(line, _)| *line);
            found.map_or(0, |at| layout.headings[at].1)
        };
        // A block cut out of a longer line is no line of its own.
        let levels = blocks.iter().map(|block| if block.split { 0 } else { level(block) }).collect();
        Self { levels }
    }

    /// The level of a block's style, 0 for none.
    pub fn level(&self, at: usize) -> u8 {
        self.levels.get(at).copied().unwrap_or(0)
    }

    /// Marks as headings the short lines without number that wear the style of numbered ones.
    pub fn headings(&self, source: &str, blocks: &[Block], range: Range<usize>, sorts: &mut [Sort]) {
        if self.levels.is_empty() {
            return;
        }
        let worn = self.worn(blocks, range.clone(), sorts);
        for at in range {
            let level = self.level(at);
            if level == 0 || sorts[at] != Sort::Paragraph || !is_heading(&blocks[at].words(source)) {
                continue;
            }
            if let Some((class, _)) = worn.iter().find(|(_, of)| *of == level) {
                sorts[at] = Sort::Beside(*class);
            }
        }
    }

    /// The classes of numbers most of whose members wear one style, with its level.
    fn worn(&self, blocks: &[Block], range: Range<usize>, sorts: &[Sort]) -> Vec<(Class, u8)> {
        let mut counts: Vec<(Class, [u32; 10])> = Vec::with_capacity(CLASSES);
        let marks = range.filter(|&at| sorts[at] == Sort::Numbered);
        for (at, mark) in marks.filter_map(|at| Some((at, blocks[at].mark?))) {
            let Mark { class, .. } = mark;
            let level = usize::from(self.level(at)).min(9);
            if let Some((_, levels)) = counts.iter_mut().find(|(of, _)| *of == class) {
                levels[level] += 1;
            } else {
                let mut levels = [0; 10];
                levels[level] = 1;
                counts.push((class, levels));
            }
        }
        counts.sort_unstable_by_key(|(class, _)| *class);
        let most = |(class, levels): &(Class, [u32; 10])| {
            let all: u32 = levels.iter().sum();
            let level = (1..10).find(|&level| levels[level] * 2 > all && levels[level] >= 2)?;
            Some((*class, level as u8))
        };
        counts.iter().filter_map(most).collect()
    }
}

/// Whether a line can be a heading by its words: short, no sentence, no title, no signature.
fn is_heading(words: &str) -> bool {
    let end = words.chars().next_back().map_or(' ', fold_char);
    (2..=LONGEST).contains(&chars(words))
        && !matches!(end, '。' | ';' | '!' | '?' | ',')
        && !words.contains(['。', '；', ';'])
        && !words.starts_with("附件")
        && !shapes::is_title(words)
        && !shapes::is_date_line(words)
        && !shapes::is_signature(words)
}
