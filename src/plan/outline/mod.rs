//! From lines to the tree, a file per step.
//!
//! Read in this order: `lines`, `furniture` (what belongs to the page), `repair` and `wrapping` (broken lines),
//! `marks` and `numerals` (numbers), `structure` with `vetting`, `boxes`, `parts`, `unnumbered`, `styles`, `closing`
//! (what each paragraph is), `levels` and `tree` (where it belongs), `attachment`, `headings`, `topics`, `enumerations`,
//! `nodes` (the result), `metadata/` (what the document says of itself), `lexicon` (word lists).
//!
//! Inside this folder offsets are bytes; they become chars in `nodes` alone.

mod attachment;
mod boxes;
mod closing;
mod contents;
mod enumerations;
mod furniture;
mod headings;
mod levels;
mod lexicon;
mod lines;
mod marks;
mod metadata;
mod nodes;
pub(super) mod numerals;
mod pages;
mod parts;
mod repair;
mod script;
mod splitting;
mod structure;
mod styles;
mod topics;
mod tree;
mod unnumbered;
mod vetting;
mod wrapping;

pub use metadata::MetadataField;
pub(super) use script::reading;

use super::{Flag, Metadata, Outline, Warning, WarningKind};
use crate::text::{Layout, Text};
use std::borrow::Cow;

/// A document with fewer numbers than this has no outline of its own.
const FEWEST_NUMBERS: usize = 3;

/// Reads the outline and what the document says of itself.
pub(super) fn read(text: &Text, layout: &Layout) -> (Outline, Metadata, Vec<Warning>) {
    let form = script::for_matching(text.as_str());
    let source: &str = &form;
    let lines = lines::split(source);
    let mut roles = furniture::classify(source, &lines);
    contents::find(source, &lines, &mut roles);
    let lost = lines::lost_indents(source, &lines);
    let mut glued = pages::find(source, &lines, layout, &mut roles);
    let previewed = pages::previewed(source, &lines, &roles);
    if previewed.is_empty() {
        glued.extend(pages::numbered_inside(source, &lines, &roles));
    }
    glued.extend(previewed.iter().map(|&(_, piece)| piece));
    let injections = repair::injections(source);
    let listed = contents::inside(source, &lines, &roles, &glued);
    glued.retain(|number| !listed.iter().any(|list| list.start <= number.start && number.end <= list.end));
    let unread = repair::unread(&injections, &[&glued[..], &listed].concat());
    let torn: Vec<usize> = previewed.iter().skip(1).map(|&(line, _)| line).collect();
    let edges = repair::Edges { pages: &layout.pages, torn: &torn };
    let mut blocks = splitting::split(source, repair::blocks(source, &lines, &roles, &unread, edges));
    vetting::decimals(source, &mut blocks);
    vetting::lost_signs(&mut blocks);
    let structure = structure::read(source, &blocks, &lines, layout);
    let mut drafts = Vec::with_capacity(blocks.len());
    for part in &structure.parts {
        tree::grow(source, &blocks, &structure.sorts, part, &mut drafts);
    }
    headings::decide(source, &blocks, &mut drafts);
    attachment::settle(source, &blocks, &mut drafts);
    attachment::raise_boxes(source, &blocks, &mut drafts);
    topics::inside(source, &blocks, &mut drafts);
    let mut warnings = warnings(&lines, &blocks, &drafts, structure.documents);
    let sources = metadata::Sources {
        text: source,
        lines: &lines,
        roles: &roles,
        blocks: &blocks,
        sorts: &structure.sorts,
    };
    let mut metadata = metadata::read(&sources, &mut warnings);
    let written = [&mut metadata.title, &mut metadata.notice_title, &mut metadata.document_number];
    for fact in written.into_iter().flatten() {
        fact.value = script::as_written(text.as_str(), source, &fact.value);
    }
    let outline = nodes::finish(
        text,
        nodes::Page {
            lines: &lines,
            roles: &roles,
            lost: &lost,
            glued: &glued,
            listed: &listed,
            injections: &injections,
        },
        &blocks,
        drafts,
    );
    (outline, metadata, warnings)
}

/// The number at the start of some words, if one stands there: where it begins, where it ends, where the words
/// after it begin, in bytes. For what people split off by hand.
pub(super) fn number_at(words: &str) -> Option<(usize, usize, usize)> {
    marks::read(words).filter(|mark| !mark.doubtful).map(|mark| (mark.start, mark.end, mark.rest))
}

/// A text in traditional script as the reader matches it: in simplified script, every char at its place. `None` for
/// a text that is read as it is.
pub(super) fn simplified(text: &Text) -> Option<Text> {
    match script::for_matching(text.as_str()) {
        Cow::Borrowed(_) => None,
        Cow::Owned(form) => Some(Text::new(&form)),
    }
}

/// The class and the value of a number as written, for telling which numbers form a run. The class is the same for
/// numbers of one run and means nothing else.
pub(super) fn class_of(number: &str) -> Option<(u8, u32)> {
    marks::read(number).map(|mark| (mark.class as u8, mark.value))
}

/// What the outline is not sure of.
fn warnings(
    lines: &[lines::Line],
    blocks: &[repair::Block],
    drafts: &[tree::Draft],
    documents: u32,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if drafts.iter().filter(|draft| draft.mark.is_some()).count() < FEWEST_NUMBERS {
        warnings.push(Warning { kind: WarningKind::Unstructured, line: 0, detail: String::new() });
    }
    if documents > 1 {
        let detail = documents.to_string();
        warnings.push(Warning { kind: WarningKind::SeveralDocuments, line: 0, detail });
    }
    for draft in drafts {
        let odd = draft.flags.iter().find(|flag| matches!(flag, Flag::Duplicate | Flag::Gap | Flag::Order));
        if let (Some(_), Some(mark)) = (odd, draft.mark) {
            let line = lines[blocks[draft.blocks.0].line].number;
            warnings.push(Warning { kind: WarningKind::Numbering, line, detail: mark.value.to_string() });
        }
    }
    warnings
}
