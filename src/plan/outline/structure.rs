//! What every paragraph is to the tree, and the parts of the document with a numbering of their own.

use super::lines::Line;
use super::marks::Class;
use super::repair::Block;
use super::styles::Styles;
use super::{boxes, closing, parts, unnumbered, vetting};
use crate::text::Layout;

/// What a paragraph is to the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// It begins with a number that counts.
    Numbered,
    /// A numbered or dashed label above a run of this class: `——社会:` above `1.`
    Label(Class),
    /// A heading without number, right above this class.
    Named(Class),
    /// A heading without number, on the step of this class: 附则.
    Beside(Class),
    /// Plain words.
    Paragraph,
    /// Words that belong to the document as a whole: signature, list of annexes, closing appeal.
    Closing,
    /// A table, up to this block.
    Table(usize),
    /// A box (专栏), up to this block.
    Box(usize),
}

/// A part of the document with a numbering of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// First block.
    pub from: usize,
    /// One past the last block.
    pub to: usize,
    /// The block that is the part's heading (`附件2`) and stands above all in it.
    pub heading: Option<usize>,
}

/// Everything the tree grows from.
pub(super) struct Structure {
    /// For every block.
    pub sorts: Vec<Sort>,
    /// In order, covering all blocks.
    pub parts: Vec<Part>,
    /// How many documents stand in the text.
    pub documents: u32,
}

/// Judges every block.
pub(super) fn read(source: &str, blocks: &[Block], lines: &[Line], layout: &Layout) -> Structure {
    let (mut parts, documents) = parts::divide(source, blocks);
    let styles = Styles::of(blocks, lines, layout);
    let mut sorts = vec![Sort::Paragraph; blocks.len()];
    for part in &parts {
        let range = part.from..part.to;
        boxes::tables(source, blocks, lines, layout, range.clone(), &mut sorts);
        vetting::numbers(source, blocks, &styles, range.clone(), &mut sorts);
        boxes::boxes(source, blocks, range.clone(), &mut sorts);
        unnumbered::headings(source, blocks, range.clone(), &mut sorts);
        styles.headings(source, blocks, range.clone(), &mut sorts);
        closing::find(source, blocks, range, &mut sorts);
    }
    parts::promote_main(&sorts, &mut parts);
    Structure { sorts, parts, documents }
}
