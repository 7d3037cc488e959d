//! The outline: nodes in document order, each with its span, number as written, and heading.

use crate::text::{CharPos, Span, Text};
use serde::{Deserialize, Serialize};

/// Index of a node in its [`Outline`]. Never stored: a better reader may count otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIx(pub u32);

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A numbered node whose sibling group has numbered children, or an unnumbered heading.
    Section,
    /// A numbered node of a group without numbered children.
    Item,
    /// An unnumbered paragraph.
    Paragraph,
    /// A table, flattened or with cells.
    Table,
}

/// What is worth telling about a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// The document gives the same number twice; kept as written.
    Duplicate,
    /// A number before this one is missing.
    Gap,
    /// The number is lower than the one before.
    Order,
    /// A heading without number.
    Unnumbered,
    /// A lost stop or bracket was made good to find the heading or number.
    Repaired,
    /// A line break inside a sentence was closed.
    Joined,
    /// The node was found inside a longer line.
    Split,
    /// A table row or heading could be read in several ways.
    Ambiguous,
    /// A person set this place right.
    Corrected,
}

/// Pieces of the text that are read as one: the parts of a sentence broken over lines, or the words on both
/// sides of an injected mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segments(pub Vec<Span>);

impl Segments {
    /// One piece, or none where the span is empty.
    pub fn one(span: Span) -> Self {
        Self(if span.is_empty() { Vec::new() } else { vec![span] })
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|span| span.is_empty())
    }

    /// The words, run together.
    pub fn read(&self, text: &Text) -> String {
        self.0.iter().map(|&span| text.slice(span)).collect()
    }

    /// Length in chars of what [`Self::read`] gives.
    pub fn len(&self) -> u32 {
        self.0.iter().map(|span| span.len()).sum()
    }

    /// From a char offset in what is read to the char offset in the text.
    pub fn to_text(&self, mut read: u32) -> Option<CharPos> {
        for span in &self.0 {
            if read < span.len() {
                return Some(span.start + read);
            }
            read -= span.len();
        }
        let end = self.0.last()?.end;
        (read == 0).then_some(end)
    }

    /// From a char offset in the text to the char offset in what is read; a char that is not read counts as
    /// the next one that is.
    pub fn from_text(&self, pos: CharPos) -> u32 {
        self.0.iter().map(|span| pos.max(span.start).min(span.end) - span.start).sum()
    }
}

/// A node of the outline.
#[derive(Clone, Debug)]
pub struct Node {
    /// The node this one belongs to; `None` at the top.
    pub parent: Option<NodeIx>,
    /// 1 = child of the document.
    pub level: u8,
    /// What it is.
    pub kind: Kind,
    /// Its own words (number, heading, body; not its children), from the first to the last char that is no
    /// blank. The spans of all nodes, furniture and blanks tile the text.
    pub span: Span,
    /// The number as written, with its mark: `一、` `(二)` `3.` `第四条` `——`; empty where there is none.
    pub number: Span,
    /// The heading without number and closing stop.
    pub heading: Segments,
    /// What follows number and heading in the node's own words.
    pub body: Segments,
    /// Whether the heading fills its own line (rather than leading into the body).
    pub own_line: bool,
    /// Topic sentences inside the body (unnumbered, e.g. `政府主导,共建共享。`), as spans of the text.
    pub topics: Vec<Span>,
    /// Enumerations inside the body (`一是…二是…`), as spans of the text.
    pub inline: Vec<Span>,
    /// Who is responsible, as the closing bracket says.
    pub departments: Option<Departments>,
    /// Rows, where the node is a table.
    pub rows: Vec<TableRow>,
    /// What is worth telling.
    pub flags: Vec<Flag>,
}

impl Node {
    /// A paragraph at `level` with no words yet: what a reader or a test begins with.
    pub fn paragraph(span: Span, level: u8) -> Self {
        Self {
            parent: None,
            level,
            kind: Kind::Paragraph,
            span,
            number: Span::at(span.start, 0),
            heading: Segments::default(),
            body: Segments::default(),
            own_line: false,
            topics: Vec::new(),
            inline: Vec::new(),
            departments: None,
            rows: Vec::new(),
            flags: Vec::new(),
        }
    }
}

/// A note of responsibility: `(委办公室牵头,市爱卫办等参与落实)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departments {
    /// Bodies in the lead, as written.
    pub lead: Vec<String>,
    /// Bodies that take part, as written, `等` dropped.
    pub others: Vec<String>,
    /// Where the note stands, without its outer brackets.
    pub span: Span,
}

/// A row of an indicator table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// The whole row in the text.
    pub span: Span,
    /// The group it belongs to (`健康水平`), carried down; may be empty.
    pub domain: String,
    /// The indicator's name, inner blanks of a wrapped name removed.
    pub indicator: String,
    /// The unit, without brackets; may be empty.
    pub unit: String,
    /// Column head and value of each further column, as written; the value is empty where there is none.
    pub values: Vec<(String, String)>,
    /// Other ways of splitting the values, where the row is ambiguous.
    pub alternatives: Vec<Vec<String>>,
}

/// A part of the text that belongs to the page, not to the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// Where it stands.
    pub span: Span,
    /// Why it is taken for furniture: `navigation`, `title`, `metadata`, `page_number`, `contents`, `footer`,
    /// `advert`, `correction`.
    pub class: &'static str,
}

/// A mark that a site put into the middle of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Injection {
    /// Where it stands in the text; left out of the reading.
    pub span: Span,
}

/// The tree of a plan, as a list in document order: parents stand before their children.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// All nodes.
    pub nodes: Vec<Node>,
    /// What belongs to the page.
    pub furniture: Vec<Furniture>,
    /// Marks inside sentences.
    pub injections: Vec<Injection>,
}

impl Outline {
    /// The node at `ix`, `None` for an index of another outline.
    pub fn get(&self, ix: NodeIx) -> Option<&Node> {
        self.nodes.get(ix.0 as usize)
    }

    /// All nodes with their indices, in document order.
    pub fn iter(&self) -> impl Iterator<Item = (NodeIx, &Node)> {
        self.nodes.iter().enumerate().map(|(ix, node)| (NodeIx(ix as u32), node))
    }

    /// The ancestors of a node, from its parent up.
    pub fn ancestors(&self, ix: NodeIx) -> impl Iterator<Item = NodeIx> {
        std::iter::successors(self.get(ix).and_then(|n| n.parent), |&up| self.get(up).and_then(|n| n.parent))
    }

    /// The children of a node (`None`: of the document), in order.
    pub fn children(&self, parent: Option<NodeIx>) -> impl Iterator<Item = NodeIx> {
        let from = parent.map_or(0, |ix| ix.0 + 1);
        let depth = parent.and_then(|ix| self.get(ix)).map_or(0, |n| n.level);
        self.nodes[(from as usize).min(self.nodes.len())..]
            .iter()
            .zip(from..)
            .take_while(move |(node, _)| node.level > depth || parent.is_none())
            .filter(move |(node, _)| node.parent == parent)
            .map(|(_, ix)| NodeIx(ix))
    }

    /// All nodes below a node, in document order.
    pub fn below(&self, ix: NodeIx) -> impl Iterator<Item = NodeIx> {
        let depth = self.get(ix).map_or(0, |node| node.level);
        let after = self.nodes.iter().zip(0..).skip(ix.0 as usize + 1);
        after.take_while(move |(node, _)| node.level > depth).map(|(_, ix)| NodeIx(ix))
    }

    /// The words of a node and of all nodes below it, from the first char to the last.
    pub fn hull(&self, ix: NodeIx) -> Span {
        let own = self.get(ix).map_or_else(Span::default, |node| node.span);
        let last = self.below(ix).last().and_then(|last| self.get(last));
        last.map_or(own, |last| own.hull(last.span))
    }

    /// The node whose own words hold `pos`, or the last one that begins before it.
    pub fn at(&self, pos: CharPos) -> Option<NodeIx> {
        let after = self.nodes.partition_point(|node| node.span.start <= pos);
        after.checked_sub(1).map(|ix| NodeIx(ix as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_read_over_a_gap() {
        let text = Text::new("甲乙XX丙丁");
        let span = |a, b| Span::new(CharPos(a), CharPos(b));
        let segments = Segments(vec![span(0, 2), span(4, 6)]);
        assert_eq!(segments.read(&text), "甲乙丙丁");
        assert_eq!(segments.to_text(2), Some(CharPos(4)));
        assert_eq!(segments.to_text(4), Some(CharPos(6)));
        assert_eq!(segments.to_text(5), None);
        assert_eq!(segments.from_text(CharPos(3)), 2);
        assert_eq!(segments.from_text(CharPos(5)), 3);
    }
}
