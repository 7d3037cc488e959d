//! The printed form of a comparison: both plans, the matrix, and the whole. A stable contract.

use super::matches::{MatchBackView, MatchView};
use super::targets::TargetRowView;
use crate::annotation::Codebook;
use crate::cli::outline::MetadataView;
use crate::insight::{Basis, Caution, Cell, Comparison, Domains, Item, Matrix, MatrixRow, Presence, Subject};
use crate::plan::{NodeIx, Plan, clause_path};
use serde::Serialize;

/// The whole answer. Nodes are numbered as `duizhao outline` numbers them.
#[derive(Debug, Serialize)]
pub(super) struct CompareView {
    pub(super) a: SideView,
    pub(super) b: SideView,
    /// `suggested` or `tagged`: what the matrix counts.
    pub(super) basis: &'static str,
    pub(super) cautions: Vec<&'static str>,
    pub(super) matrix: Vec<MatrixView>,
    pub(super) domains: Vec<MatrixView>,
    pub(super) matches: Vec<MatchView>,
    /// The same from B's side.
    pub(super) matches_b: Vec<MatchBackView>,
    pub(super) targets: Vec<TargetRowView>,
}

#[derive(Debug, Serialize)]
pub(super) struct SideView {
    pub(super) metadata: MetadataView,
    pub(super) items: Vec<ItemView>,
}

#[derive(Debug, Serialize)]
pub(super) struct ItemView {
    pub(super) node: u32,
    pub(super) path: String,
    pub(super) text: String,
    pub(super) start: u32,
    pub(super) end: u32,
}

#[derive(Debug, Serialize)]
pub(super) struct MatrixView {
    /// Id of the tag or of the domain.
    pub(super) theme: String,
    pub(super) zh: String,
    pub(super) en: String,
    pub(super) depth: u8,
    /// `both`, `only_a`, `only_b`, `neither`.
    pub(super) group: &'static str,
    pub(super) a: CellView,
    pub(super) b: CellView,
}

#[derive(Debug, Serialize)]
pub(super) struct CellView {
    /// Number of items.
    pub(super) items: usize,
    /// Their share of the plan's items, 0-1.
    pub(super) share: f64,
    pub(super) strength: u8,
    pub(super) nodes: Vec<u32>,
    pub(super) quotation: Option<QuotationView>,
}

#[derive(Debug, Serialize)]
pub(super) struct QuotationView {
    pub(super) node: u32,
    pub(super) path: String,
    pub(super) text: String,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl CompareView {
    pub(super) fn of(a: &Plan, b: &Plan, book: &Codebook, comparison: &Comparison) -> Self {
        let Comparison { alignment, .. } = comparison;
        let caution = |caution: &Caution| match caution {
            Caution::Genre => "genre",
            Caution::Years => "years",
            Caution::Length(_) => "length",
            Caution::FewItems => "few_items",
        };
        Self {
            a: SideView::of(a, &comparison.items_a),
            b: SideView::of(b, &comparison.items_b),
            basis: match comparison.basis {
                Basis::Suggested => "suggested",
                Basis::Tagged => "tagged",
            },
            cautions: comparison.cautions.iter().map(caution).collect(),
            matrix: matrix_view(a, b, book, &comparison.matrix),
            domains: matrix_view(a, b, book, &comparison.domains),
            matches: alignment.a.iter().map(|found| MatchView::of(a, b, alignment, found)).collect(),
            matches_b: alignment.b.iter().map(|found| MatchBackView::of(a, b, found)).collect(),
            targets: comparison.targets.iter().map(|row| TargetRowView::of(a, b, row)).collect(),
        }
    }
}

impl SideView {
    pub(super) fn of(plan: &Plan, items: &[Item]) -> Self {
        let item = |item: &Item| ItemView {
            node: id(item.node),
            path: path(plan, item.node),
            text: item.read(&plan.text),
            start: item.span().start.0,
            end: item.span().end.0,
        };
        Self { metadata: MetadataView::of(&plan.metadata), items: items.iter().map(item).collect() }
    }
}

fn matrix_view(a: &Plan, b: &Plan, book: &Codebook, matrix: &Matrix) -> Vec<MatrixView> {
    let row = |row: &MatrixRow| {
        let (theme, names) = match &row.subject {
            Subject::Tag(id) => (&id.0, book.tag(id).map(|tag| (&tag.zh, &tag.en))),
            Subject::Domain(id) => (id, Domains::builtin().get(id).map(|domain| (&domain.zh, &domain.en))),
        };
        let (zh, en) = names.unwrap_or((theme, theme));
        MatrixView {
            theme: theme.clone(),
            zh: zh.clone(),
            en: en.clone(),
            depth: row.depth,
            group: match row.presence() {
                Presence::Both => "both",
                Presence::OnlyA => "only_a",
                Presence::OnlyB => "only_b",
                Presence::Neither => "neither",
            },
            a: CellView::of(a, &row.a),
            b: CellView::of(b, &row.b),
        }
    };
    matrix.rows.iter().map(row).collect()
}

impl CellView {
    pub(super) fn of(plan: &Plan, cell: &Cell) -> Self {
        Self {
            items: cell.items.len(),
            share: rounded(cell.share),
            strength: cell.strength,
            nodes: cell.items.iter().map(|&node| id(node)).collect(),
            quotation: cell.quotation.map(|quotation| QuotationView {
                node: id(quotation.node),
                path: path(plan, quotation.node),
                text: plan.text.slice(quotation.span).trim().to_owned(),
                start: quotation.span.start.0,
                end: quotation.span.end.0,
            }),
        }
    }
}

/// As `duizhao outline` numbers nodes: from 1.
pub(super) fn id(node: NodeIx) -> u32 {
    node.0 + 1
}

pub(super) fn path(plan: &Plan, node: NodeIx) -> String {
    clause_path(&plan.text, &plan.outline, node, "/")
}

/// Four decimals, so that the output does not change with the last bit.
pub(super) fn rounded(share: f32) -> f64 {
    (f64::from(share) * 10_000.0).round() / 10_000.0
}
