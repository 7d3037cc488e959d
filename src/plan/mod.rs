//! Reading a plan: from canonical text to a tree of sections and items, and the facts that stand in it.
//!
//! [`read`] never fails: what could not be understood is returned as paragraphs with warnings. Nothing here
//! does IO, and nothing derived here is the anchor of an annotation, so a better reader loses no work.
//! Read in this order: `node` (the tree), `metadata`, `target` (what comes out), then `outline/` and `facts/`
//! (how it is found, a file per step of the pipeline), `items` (what is counted and tagged), `correction` (what a
//! person set right).

mod clause;
mod correction;
mod facts;
mod items;
mod metadata;
mod node;
mod outline;
mod target;

pub use clause::{bare_number, clause_path, find_clause};
pub use correction::{Correction, Operation};
pub use facts::{Direction, Indicator, Indicators};
pub use items::items;
pub use metadata::{Evidence, Fact, Genre, Metadata, Place};
pub use node::{Departments, Flag, Furniture, Injection, Kind, Node, NodeIx, Outline, Segments, TableRow};
pub use outline::MetadataField;
pub use target::{Comparator, Target, TargetKind};

use crate::text::{Layout, Text};

/// A plan as read: the text, its outline, and the facts in it.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The words, never changed.
    pub text: Text,
    /// The tree of sections, items, paragraphs and tables.
    pub outline: Outline,
    /// What the document says of itself.
    pub metadata: Metadata,
    /// Quantitative aims and baselines, in the order of the text.
    pub targets: Vec<Target>,
    /// What the reader was not sure of, for people.
    pub warnings: Vec<Warning>,
}

/// Something the reader was not sure of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What kind of doubt.
    pub kind: WarningKind,
    /// 1-based line of the canonical text it is about, 0 for the whole document.
    pub line: u32,
    /// A short quotation or name it is about; may be empty.
    pub detail: String,
}

/// The kinds of doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarningKind {
    /// Fewer than three numbered items: the document is given as paragraphs.
    Unstructured,
    /// A number of the document's own numbering is missing, doubled or out of order.
    Numbering,
    /// A table row could be split in several ways.
    AmbiguousTable,
    /// The city was inferred from weak hints.
    UncertainPlace,
    /// Several documents stand in one file.
    SeveralDocuments,
}

/// Reads the outline and what the document says of itself, without the facts in it. What [`read`] does first;
/// for callers that need no more.
pub fn read_outline(text: &Text, layout: &Layout) -> (Outline, Metadata, Vec<Warning>) {
    outline::read(text, layout)
}

/// Reads a plan. `layout` is what the source told beside the words; `corrections` are what people set right,
/// applied last so that they outlive a better reader. Linear in the length of the text; never panics.
pub fn read(text: &Text, layout: &Layout, corrections: &[Correction]) -> Plan {
    let (mut outline, metadata, mut warnings) = outline::read(text, layout);
    correction::apply(text, corrections, &mut outline);
    if !corrections.is_empty() {
        forget_settled(text, &outline, &mut warnings);
    }
    let simplified = outline::simplified(text);
    let form = simplified.as_ref().unwrap_or(text);
    facts::departments(form, &mut outline);
    facts::tables(form, &mut outline, &mut warnings);
    let mut targets = facts::targets(form, &outline, &metadata);
    if simplified.is_some() {
        facts::as_written(text, form, &mut outline, &mut targets);
    }
    Plan { text: text.clone(), outline, metadata, targets, warnings }
}

/// Drops the warnings about numbers that a correction put in order.
fn forget_settled(text: &Text, outline: &Outline, warnings: &mut Vec<Warning>) {
    let is_odd =
        |node: &Node| node.flags.iter().any(|flag| matches!(flag, Flag::Duplicate | Flag::Gap | Flag::Order));
    let odd: Vec<u32> = outline
        .nodes
        .iter()
        .filter(|node| is_odd(node))
        .map(|node| text.line_number(node.span.start))
        .collect();
    warnings.retain(|warning| warning.kind != WarningKind::Numbering || odd.contains(&warning.line));
}
