//! What the column shows, block by block, in the order of the text.

use crate::app::{Division, parts};
use crate::plan::{Kind, NodeIx, Plan};
use crate::text::{CharPos, Span};
use std::collections::BTreeMap;

/// A block of the column. Each is laid out, measured and painted on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Block {
    /// The own words of a node; only its heading, where it is shown in parts.
    Node(NodeIx),
    /// A part of a node that is shown in parts: by its index, and where it stands.
    Part(NodeIx, u32, Span),
    /// The head of a table.
    TableHead(NodeIx),
    /// A row of a table, by its index.
    TableRow(NodeIx, u32),
    /// A part of the page that is not of the plan, by its index.
    Furniture(u32),
}

impl Block {
    /// The node it belongs to.
    pub fn node(self) -> Option<NodeIx> {
        match self {
            Self::Node(ix) | Self::Part(ix, ..) | Self::TableHead(ix) | Self::TableRow(ix, _) => Some(ix),
            Self::Furniture(_) => None,
        }
    }

    /// The chars of the text that it stands for; those of the whole node for the block that begins it.
    pub fn span(self, plan: &Plan) -> Span {
        let node = |ix| plan.outline.get(ix);
        let span = match self {
            Self::Node(ix) | Self::TableHead(ix) => node(ix).map(|node| node.span),
            Self::Part(_, _, span) => Some(span),
            Self::TableRow(ix, row) => node(ix).and_then(|node| node.rows.get(row as usize)).map(|r| r.span),
            Self::Furniture(part) => plan.outline.furniture.get(part as usize).map(|part| part.span),
        };
        span.unwrap_or_default()
    }
}

/// The blocks of a plan, with or without what belongs to the page, some nodes in parts.
pub fn blocks(plan: &Plan, furniture: bool, divided: &BTreeMap<NodeIx, Division>) -> Vec<Block> {
    let mut blocks: Vec<(CharPos, Block)> = Vec::with_capacity(plan.outline.nodes.len());
    for (ix, node) in plan.outline.iter() {
        blocks.push((node.span.start, Block::Node(ix)));
        if let Some(&division) = divided.get(&ix) {
            let parts = parts(plan, ix, division).into_iter().zip(0..);
            blocks.extend(parts.map(|(span, number)| (span.start, Block::Part(ix, number, span))));
        }
        if node.kind == Kind::Table && !node.rows.is_empty() {
            blocks.push((node.span.start, Block::TableHead(ix)));
            let rows = node.rows.iter().zip(0..);
            blocks.extend(rows.map(|(row, number)| (row.span.start, Block::TableRow(ix, number))));
        }
    }
    if furniture {
        let parts = plan.outline.furniture.iter().zip(0..);
        blocks.extend(parts.map(|(part, number)| (part.span.start, Block::Furniture(number))));
        blocks.sort_by_key(|&(start, _)| start);
    }
    blocks.into_iter().map(|(_, block)| block).collect()
}
