//! What the column shows, block by block, in the order of the text.

use crate::plan::{Kind, NodeIx, Plan};
use crate::text::CharPos;

/// A block of the column. Each is laid out, measured and painted on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Block {
    /// The own words of a node.
    Node(NodeIx),
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
            Self::Node(ix) | Self::TableHead(ix) | Self::TableRow(ix, _) => Some(ix),
            Self::Furniture(_) => None,
        }
    }
}

/// The blocks of a plan, with or without what belongs to the page.
pub fn blocks(plan: &Plan, furniture: bool) -> Vec<Block> {
    let mut blocks: Vec<(CharPos, Block)> = Vec::with_capacity(plan.outline.nodes.len());
    for (ix, node) in plan.outline.iter() {
        blocks.push((node.span.start, Block::Node(ix)));
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
