//! Pages set in two columns: which rows are read first.

use super::row::{Column, Row};

/// Rows that a page needs on each side before it can be two columns.
const MIN_ROWS: usize = 8;
/// Share of a column's rows that must fill it. Prose does; two columns of table cells do not.
const FULL_SHARE: f32 = 0.5;

/// Puts rows in the order in which a person reads them. They come top to bottom; where a page is set in two columns,
/// the left column comes first, up to the next row that spans both. `usual`: where the columns of other pages are parted,
/// for a page with few rows.
pub(super) fn in_reading_order(rows: Vec<Row>, usual: Option<f32>) -> Vec<Row> {
    let Some(gutter) = gutter(&rows).or_else(|| usual.filter(|&at| stand_beside(&rows, at))) else {
        return rows;
    };
    let mut ordered = Vec::with_capacity(rows.len());
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in rows {
        if row.ink <= gutter {
            left.push(Row { column: Column::Left, ..row });
        } else if row.left >= gutter {
            right.push(Row { column: Column::Right, ..row });
        } else {
            ordered.append(&mut left);
            ordered.append(&mut right);
            ordered.push(row);
        }
    }
    ordered.append(&mut left);
    ordered.append(&mut right);
    ordered
}

/// Where the white between two columns is, if the page has two: the place that the fewest rows reach over, because rows
/// that end a little behind a place beside it would part the columns as if they spanned both.
fn gutter(rows: &[Row]) -> Option<f32> {
    let left = rows.iter().map(|r| r.left).fold(f32::INFINITY, f32::min);
    let right = rows.iter().map(|r| r.right).fold(f32::NEG_INFINITY, f32::max);
    let width = right - left;
    let places = (70..=130).map(|half_percent| left + width * half_percent as f32 / 200.0);
    let parting: Vec<(usize, f32)> = places.filter_map(|at| Some((parted_at(rows, at)?, at))).collect();
    let fewest = parting.iter().map(|(across, _)| *across).min()?;
    // In the middle of the white: a row may be a hair wider than its column.
    let best: Vec<f32> =
        parting.into_iter().filter(|(across, _)| *across == fewest).map(|(_, at)| at).collect();
    best.get(best.len() / 2).copied()
}

/// How many rows reach over a place that parts two columns; `None` where it does not.
fn parted_at(rows: &[Row], at: f32) -> Option<usize> {
    let (before, behind, across) = sides(rows, at);
    let parts = before.len() >= MIN_ROWS
        && behind.len() >= MIN_ROWS
        && across.len() * 5 < before.len() + behind.len()
        && is_full(&before)
        && is_full(&behind);
    parts.then_some(across.len())
}

/// The rows on the two sides of a place, and those that reach over it.
fn sides(rows: &[Row], at: f32) -> (Vec<&Row>, Vec<&Row>, Vec<&Row>) {
    let (before, rest): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.ink <= at);
    let (behind, across) = rest.into_iter().partition(|row| row.left >= at);
    (before, behind, across)
}

/// Whether there are rows on both sides of the place where the columns of other pages are parted, and few over it.
fn stand_beside(rows: &[Row], at: f32) -> bool {
    let (before, behind, across) = sides(rows, at);
    !before.is_empty() && !behind.is_empty() && across.len() * 5 < before.len() + behind.len()
}

/// Where the columns of a document are usually parted: the middle of what its pages show; `None` where less than half of
/// them show columns.
pub(super) fn usual(strips: &[Option<f32>]) -> Option<f32> {
    let mut shown: Vec<f32> = strips.iter().copied().flatten().collect();
    shown.sort_by(f32::total_cmp);
    let middle = shown.get(shown.len() / 2).copied();
    middle.filter(|_| shown.len() * 2 >= strips.len())
}

/// Whether most rows reach from edge to edge of what they share.
fn is_full(rows: &[&Row]) -> bool {
    let left = rows.iter().map(|r| r.left).fold(f32::INFINITY, f32::min);
    let right = rows.iter().map(|r| r.right).fold(f32::NEG_INFINITY, f32::max);
    let full = rows.iter().filter(|row| row.right - row.left > 0.8 * (right - left)).count();
    full as f32 >= FULL_SHARE * rows.len() as f32
}
