//! Facts that stand in the nodes: departments, table rows, targets.
//!
//! Read in this order: `passage` (words in matching form), `departments`, `table/`, `indicators` (the
//! canonical names), `quantity`, then `targets/`. Nothing here fails or does IO.

mod departments;
mod indicators;
mod numeral;
mod passage;
mod quantity;
mod table;
mod targets;
// Lists read better as lists than one word a line.
#[rustfmt::skip]
mod units;

pub(super) use departments::departments;
pub use indicators::{Direction, Indicator, Indicators};
pub(super) use table::tables;
pub(super) use targets::targets;

#[cfg(test)]
mod tests {
    use crate::plan::{Kind, Node, Outline, Segments};
    use crate::text::{Span, Text};

    /// An outline of one paragraph a line, so that facts can be tested on words alone.
    pub(super) fn lines(text: &Text) -> Outline {
        let nodes = text.lines().filter(|line| !line.content.trim().is_empty()).map(|line| node(line.span));
        Outline { nodes: nodes.collect(), ..Outline::default() }
    }

    /// A paragraph that holds `span`.
    pub(super) fn node(span: Span) -> Node {
        Node {
            parent: None,
            level: 1,
            kind: Kind::Paragraph,
            span,
            number: Span::new(span.start, span.start),
            heading: Segments::default(),
            body: Segments::one(span),
            own_line: false,
            topics: Vec::new(),
            inline: Vec::new(),
            departments: None,
            rows: Vec::new(),
            flags: Vec::new(),
        }
    }
}
