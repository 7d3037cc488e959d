//! Two plans side by side: everything the comparison views and their exports stand on, computed once.

use super::align::{Alignment, align};
use super::coverage::{Coverage, coverage};
use super::items::{Item, items};
use super::matrix::{Filter, Matrix, MatrixSide, Rows, matrix};
use super::tagged::{Tagged, suggested};
use super::target_table::{TargetRow, target_table};
use crate::annotation::Codebook;
use crate::plan::{Indicators, Plan};

/// A text this many times as long as the other makes counts hard to set side by side.
const LENGTHS_APART: f32 = 2.0;

/// Two plans side by side.
#[derive(Clone)]
pub struct Comparison {
    /// What was counted.
    pub basis: Basis,
    /// The items of A.
    pub items_a: Vec<Item>,
    /// The items of B.
    pub items_b: Vec<Item>,
    /// By working area, of the tags given or suggested.
    pub matrix: Matrix,
    /// By domain of Healthy China 2030.
    pub domains: Matrix,
    /// Item by item.
    pub alignment: Alignment,
    /// Who covers what.
    pub coverage: Coverage,
    /// Targets.
    pub targets: Vec<TargetRow>,
    /// What to mind when reading all this.
    pub cautions: Vec<Caution>,
}

/// What the matrix counts. The two are never mixed without saying so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// What items' words suggest; nobody need have tagged anything.
    Suggested,
    /// The tags that people gave.
    Tagged,
}

/// What makes two plans hard to set side by side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Caution {
    /// Work points against a five-year plan, and the like.
    Genre,
    /// They are for different years.
    Years,
    /// One is so many times as long as the other.
    Length(f32),
    /// Fewer than three items on a side: the outline may not have been found.
    FewItems,
}

/// Compares two plans by what their words suggest; no one need have tagged anything.
pub fn compare(a: &Plan, b: &Plan, book: &Codebook) -> Comparison {
    let (items_a, items_b) = (items(a), items(b));
    let (tagged_a, tagged_b) = (suggested(a, &items_a, book, "theme"), suggested(b, &items_b, book, "theme"));
    Comparison { basis: Basis::Suggested, ..compare_tagged(a, b, book, &tagged_a, &tagged_b) }
}

/// Compares two plans by the tags their items carry.
pub fn compare_tagged(
    a: &Plan,
    b: &Plan,
    book: &Codebook,
    tagged_a: &[Tagged],
    tagged_b: &[Tagged],
) -> Comparison {
    let (items_a, items_b) = (items(a), items(b));
    let side_a = MatrixSide { plan: a, items: &items_a, tagged: tagged_a };
    let side_b = MatrixSide { plan: b, items: &items_b, tagged: tagged_b };
    let by = |rows| matrix(side_a, side_b, book, "theme", rows, &Filter::default());
    let (matrix, domains) = (by(Rows::Tags), by(Rows::Domains));
    let alignment = align(a, b, book);
    Comparison {
        basis: Basis::Tagged,
        coverage: coverage(&matrix, &alignment),
        targets: target_table(a, b, Indicators::builtin()),
        cautions: cautions(a, b, items_a.len().min(items_b.len())),
        matrix,
        domains,
        alignment,
        items_a,
        items_b,
    }
}

fn cautions(a: &Plan, b: &Plan, fewest_items: usize) -> Vec<Caution> {
    let mut cautions = Vec::new();
    let genre = |plan: &Plan| plan.metadata.genre.as_ref().map(|fact| fact.value);
    let years = |plan: &Plan| plan.metadata.years.as_ref().map(|fact| fact.value);
    if genre(a) != genre(b) {
        cautions.push(Caution::Genre);
    }
    if years(a) != years(b) {
        cautions.push(Caution::Years);
    }
    let lengths = [a.text.len().max(1) as f32, b.text.len().max(1) as f32];
    let ratio = lengths[0].max(lengths[1]) / lengths[0].min(lengths[1]);
    if ratio >= LENGTHS_APART {
        cautions.push(Caution::Length(ratio));
    }
    if fewest_items < 3 {
        cautions.push(Caution::FewItems);
    }
    cautions
}
