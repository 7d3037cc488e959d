//! Aims and baselines in the rows of indicator tables.

use super::super::passage::Passage;
use super::super::quantity::{Quantity, of_cell};
use super::phrase::lead;
use super::words::Lead;
use super::years::{Role, years};
use super::{Draft, Setting};
use crate::plan::{Comparator, Node, NodeIx, Segments, TableRow, Target, TargetKind};
use crate::text::Text;

/// Reads the value columns of every row.
pub(super) fn targets(ix: NodeIx, node: &Node, setting: Setting, found: &mut Vec<Target>) {
    let columns = columns(&node.rows, setting);
    let whole = node.rows.iter().map(|row| row.values.len()).max().unwrap_or(0);
    // A row with fewer values than the table has columns could not be read: its numbers may be anything.
    for row in node.rows.iter().filter(|row| row.values.len() == whole) {
        for (head, value) in &row.values {
            let Some(column) = columns.iter().find(|column| column.head == *head) else { continue };
            if let Some(draft) = draft(row, value, column, setting) {
                found.push(draft.into_target(ix, row.span));
            }
        }
    }
}

/// A column of values.
struct Column {
    head: String,
    year: Option<u16>,
    baseline: bool,
}

/// The value columns of a table. Those before the plan's first year are baselines; where the plan's years are
/// not known, the earliest of several is.
fn columns(rows: &[TableRow], setting: Setting) -> Vec<Column> {
    let Some(first) = rows.iter().max_by_key(|row| row.values.len()) else { return Vec::new() };
    let mut columns: Vec<Column> =
        first.values.iter().filter_map(|(head, _)| column(head, setting)).collect();
    let earliest = columns.iter().filter_map(|column| column.year).min();
    let unknown = setting.period.first.is_none() && columns.len() > 1;
    for column in &mut columns {
        column.baseline |= setting.past || column.year.is_some_and(|year| setting.period.is_before(year));
        column.baseline |= unknown && column.year.is_some() && column.year == earliest;
    }
    columns
}

fn column(head: &str, setting: Setting) -> Option<Column> {
    const REACHED: [&str; 6] = ["基期", "基线", "现状", "现值", "实际", "完成"];
    const AIMED: [&str; 4] = ["目标", "规划值", "规划", "预期"];
    let digits: String =
        head.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let year = digits.parse().ok().filter(|year| (1980..=2060).contains(year));
    let baseline = REACHED.iter().any(|word| head.contains(word));
    let aimed =
        AIMED.iter().any(|word| head.contains(word)) && !head.contains('性') && !head.contains("国家");
    (year.is_some() || baseline || aimed).then(|| Column {
        head: head.to_owned(),
        year: year.or(setting.period.last.filter(|_| !baseline)),
        baseline,
    })
}

fn draft(row: &TableRow, value: &str, column: &Column, setting: Setting) -> Option<Draft> {
    if value.is_empty() || row.indicator.is_empty() {
        return None;
    }
    let text = Text::new(value);
    let words = Passage::new(&text, &Segments::one(text.span()));
    let marks = years(&words, &(0..words.len()), setting.period);
    let plain = Draft {
        range: 0..0,
        indicator: row.indicator.clone(),
        comparator: Comparator::Equal,
        value: None,
        max: None,
        unit: String::new(),
        year: column.year,
        base_year: None,
        kind: TargetKind::Qualitative,
        baseline: column.baseline,
    };
    let Some(quantity) = of_cell(&words) else {
        return value.chars().any(crate::text::is_han).then_some(plain);
    };
    let lead = lead(&words, &(0..quantity.range.start)).map(|(lead, _)| lead);
    let change = matches!(lead, Some(Lead::Change(_)));
    let base = marks.iter().find(|mark| mark.role == Role::Base).map(|mark| mark.year);
    Some(Draft {
        comparator: comparator(lead, &quantity),
        value: Some(quantity.value),
        max: quantity.max,
        unit: if quantity.unit.is_empty() { unit_of(row) } else { quantity.unit.clone() },
        base_year: base.filter(|_| change),
        kind: if change { TargetKind::Relative } else { TargetKind::Absolute },
        ..plain
    })
}

/// The unit of a row; a name such as 优良天数 carries its own.
fn unit_of(row: &TableRow) -> String {
    let carried = [("天数", "天"), ("人数", "人"), ("人次数", "人次")]
        .into_iter()
        .find(|(name, _)| row.indicator.ends_with(name));
    match carried {
        Some((_, unit)) if row.unit.is_empty() => unit.to_owned(),
        _ => row.unit.clone(),
    }
}

fn comparator(lead: Option<Lead>, quantity: &Quantity) -> Comparator {
    match lead {
        Some(Lead::Change(comparator)) => comparator,
        Some(Lead::Level(told)) => quantity.bound.unwrap_or(told),
        None => quantity.bound.unwrap_or(Comparator::Equal),
    }
}
