//! Rows whose cells are known (parted by tabs or bars), or stand one a line, or as `指标:…` pairs.

use super::super::passage::{Passage, begins};
use super::header::{self, Column, Role};
use super::{Ambiguity, Line, Reading, glued, label, split, tidy_value};
use crate::plan::{Segments, TableRow};
use crate::text::{Span, Text};

/// A cell: its words as written, blanks dropped, and the same in matching form.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    span: Span,
    written: String,
    folded: Vec<char>,
}

impl Cell {
    fn new(text: &Text, span: Span) -> Self {
        let words = Passage::new(text, &Segments::one(span));
        Self { span, written: words.written(0..words.len()), folded: words.chars }
    }
}

/// The cells of a line, parted by `mark`.
fn cells(text: &Text, line: &Line, mark: fn(char) -> bool) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut from = line.span.start;
    for (offset, c) in line.content.chars().enumerate() {
        if mark(c) {
            let at = line.span.start + offset as u32;
            cells.push(Cell::new(text, Span::new(from, at)));
            from = at + 1;
        }
    }
    cells.push(Cell::new(text, Span::new(from, line.span.end)));
    cells
}

/// Rows of lines with tabs.
pub(super) fn tabbed(text: &Text, lines: &[Line]) -> Reading {
    grid(&lines.iter().map(|line| (line.number, cells(text, line, |c| c == '\t'))).collect::<Vec<_>>())
}

/// Rows of lines with bars; the bars at both ends and rules (`|---|`) fall away.
pub(super) fn barred(text: &Text, lines: &[Line]) -> Reading {
    let inner = |line: &Line| {
        let mut cells = cells(text, line, super::is_bar);
        if cells.first().is_some_and(|cell| cell.written.is_empty()) {
            cells.remove(0);
        }
        if cells.last().is_some_and(|cell| cell.written.is_empty()) {
            cells.pop();
        }
        (line.number, cells)
    };
    let rule = |cells: &[Cell]| cells.iter().all(|cell| cell.folded.iter().all(|c| matches!(c, '-' | ':')));
    grid(&lines.iter().map(inner).filter(|(_, cells)| !rule(cells)).collect::<Vec<_>>())
}

/// Rows below the first line of cells that reads as a head; without one, the first line of several cells is it.
fn grid(rows: &[(u32, Vec<Cell>)]) -> Reading {
    let known = |cells: &[Cell]| cells.iter().filter(|cell| header::column(&cell.folded).is_some()).count();
    let at = rows
        .iter()
        .position(|(_, cells)| known(cells) >= 2)
        .or_else(|| rows.iter().position(|(_, cells)| cells.len() >= 2));
    let Some(at) = at else { return Reading::default() };
    let columns = head_of(&rows[at].1);
    let mut reading = Reading::default();
    let mut domain = String::new();
    for (line, cells) in &rows[at + 1..] {
        if cells.iter().any(|cell| !cell.written.is_empty()) {
            reading.push(*line, (fill(cells, &columns, &mut domain), Ambiguity::None));
        }
    }
    reading
}

/// The columns of a line of heads; a head of no known kind is a note, the first one the name if none is.
fn head_of(cells: &[Cell]) -> Vec<Column> {
    let read = |cell: &Cell| {
        header::column(&cell.folded).unwrap_or(Column { role: Role::Note, head: cell.written.clone() })
    };
    let mut columns: Vec<Column> = cells.iter().map(read).collect();
    if !columns.iter().any(|column| column.role == Role::Name)
        && let Some(first) = columns.iter_mut().find(|column| column.role == Role::Note)
    {
        first.role = Role::Name;
    }
    columns
}

/// One row. Merged cells at its beginning may be missing: then the cells belong to the last columns.
fn fill(cells: &[Cell], columns: &[Column], domain: &mut String) -> TableRow {
    let missing = columns.len().saturating_sub(cells.len());
    let mergeable = columns.iter().take(missing).all(|c| matches!(c.role, Role::Domain | Role::Number));
    let skipped = if mergeable { missing } else { 0 };
    let span = cells.iter().map(|cell| cell.span).reduce(Span::hull).unwrap_or_default();
    let mut row = TableRow {
        span,
        domain: String::new(),
        indicator: String::new(),
        unit: String::new(),
        values: Vec::new(),
        alternatives: Vec::new(),
    };
    for (cell, column) in cells.iter().zip(&columns[skipped..]) {
        match column.role {
            Role::Number => {}
            Role::Domain if cell.written.is_empty() => {}
            Role::Domain => domain.clone_from(&cell.written),
            Role::Name => (row.indicator, row.unit) = name_and_unit(cell, row.unit),
            Role::Unit => row.unit.clone_from(&cell.written),
            Role::Value | Role::Attribute | Role::Note => {
                row.values.push((column.head.clone(), tidy_value(&cell.written)));
            }
        }
    }
    row.domain.clone_from(domain);
    row
}

/// A name with its unit in brackets, parted: `人均预期寿命(岁)`.
fn name_and_unit(cell: &Cell, unit: String) -> (String, String) {
    let open = cell.folded.iter().rposition(|&c| c == '(');
    let inside =
        open.filter(|_| cell.folded.last() == Some(&')')).map(|open| open + 1..cell.folded.len() - 1);
    match inside.filter(|inside| glued::is_unit(&cell.folded[inside.clone()])) {
        Some(inside) => {
            let chars: Vec<char> = cell.written.chars().collect();
            (chars[..inside.start - 1].iter().collect(), chars[inside].iter().collect())
        }
        None => (cell.written.clone(), unit),
    }
}

/// Rows of one cell a line. The head is a run of lines that are column heads; after it a row is its text
/// cells, then unit, values and attribute in the order of the head.
pub(super) fn one_a_line(text: &Text, lines: &[Line]) -> Option<Reading> {
    let stripped = |line: &Line| {
        let content = line.content.trim_end_matches(|c| super::is_bar(c) || crate::text::is_blank(c));
        Cell::new(text, Span::at(line.span.start, content.chars().count() as u32))
    };
    let cells: Vec<(u32, Cell)> = lines.iter().map(|line| (line.number, stripped(line))).collect();
    let is_head = |(_, cell): &(u32, Cell)| header::column(&cell.folded).is_some();
    let from = cells.windows(2).position(|pair| pair.iter().all(is_head))?;
    let columns: Vec<Column> =
        cells[from..].iter().map_while(|(_, cell)| header::column(&cell.folded)).collect();
    if !columns.iter().any(|column| column.role == Role::Value) {
        return None;
    }
    let rows: Vec<(u32, Cell)> =
        cells.into_iter().skip(from + columns.len()).filter(|(_, cell)| !is_aside(&cell.folded)).collect();
    Some(stream(&rows, &columns))
}

/// `说明:…`, `计算方法:…`, `(一)健康环境` between the rows: no cell of any.
fn is_aside(cell: &[char]) -> bool {
    let words: String = cell.iter().take(6).collect();
    let remark =
        ["说明:", "注:", "备注:", "计算方法:", "计算公式:"].iter().any(|label| words.starts_with(label));
    let group = words
        .strip_prefix('(')
        .is_some_and(|rest| rest.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']));
    remark || group
}

fn stream(cells: &[(u32, Cell)], columns: &[Column]) -> Reading {
    let mut reading = Reading::default();
    let mut domain = String::new();
    let mut words: Vec<&Cell> = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        let (line, cell) = &cells[at];
        if !split::is_value(&cell.folded) || is_running_number(&words, cell, columns) {
            words.push(cell);
            at += 1;
            continue;
        }
        let wanted = columns.iter().filter(|c| c.role == Role::Value).count();
        let values =
            cells[at..].iter().take(wanted).take_while(|(_, cell)| split::is_value(&cell.folded)).count();
        let mut rest: Vec<&Cell> = cells[at..at + values].iter().map(|(_, cell)| cell).collect();
        at += values;
        let attribute = columns.iter().any(|c| c.role == Role::Attribute);
        if attribute && cells.get(at).is_some_and(|(_, cell)| cell.written.ends_with('性')) {
            rest.push(&cells[at].1);
            at += 1;
        }
        let doubt = if values == wanted { Ambiguity::None } else { Ambiguity::Unreadable };
        reading.push(*line, (assemble(&words, &rest, columns, &mut domain), doubt));
        words.clear();
    }
    reading
}

/// Whether a bare number opens a row rather than being its first value.
fn is_running_number(words: &[&Cell], cell: &Cell, columns: &[Column]) -> bool {
    let numbered = columns.iter().any(|column| column.role == Role::Number);
    numbered
        && words.iter().all(|w| label::is_label(&w.written))
        && cell.folded.iter().all(char::is_ascii_digit)
}

/// A row of its text cells (number, label, wrapped name, unit) and the cells of its further columns.
fn assemble(words: &[&Cell], rest: &[&Cell], columns: &[Column], domain: &mut String) -> TableRow {
    let mut words: Vec<&Cell> =
        words.iter().copied().filter(|w| !w.folded.iter().all(char::is_ascii_digit)).collect();
    let span = words.iter().chain(rest).map(|cell| cell.span).reduce(Span::hull).unwrap_or_default();
    let has = |role| columns.iter().any(|column: &Column| column.role == role);
    let mut unit = String::new();
    if has(Role::Unit) && words.len() > 1 && words.last().is_some_and(|w| glued::is_unit(&w.folded)) {
        unit = words.pop().map(|cell| cell.written.clone()).unwrap_or_default();
    }
    if has(Role::Domain) && words.len() > 1 && label::is_label(&words[0].written) {
        domain.clone_from(&words.remove(0).written);
    }
    let name: String = words.iter().map(|cell| cell.written.as_str()).collect();
    let whole = Cell {
        span,
        folded: words.iter().flat_map(|cell| cell.folded.iter().copied()).collect(),
        written: name,
    };
    let (indicator, unit) = name_and_unit(&whole, unit);
    let further = columns.iter().filter(|c| matches!(c.role, Role::Value | Role::Attribute));
    let values = further.zip(rest).map(|(column, cell)| (column.head.clone(), tidy_value(&cell.written)));
    TableRow {
        span,
        domain: domain.clone(),
        indicator,
        unit,
        values: values.collect(),
        alternatives: Vec::new(),
    }
}

/// Rows of pairs, wrapped anywhere: `领域:健康水平 指标:人均预期寿命(岁) 2015年:76.3 2020年:77.3`.
pub(super) fn pairs(text: &Text, lines: &[Line]) -> Reading {
    let words = Passage::new(text, &Segments(lines.iter().map(|line| line.span).collect()));
    let keys = keys(&words);
    let mut reading = Reading::default();
    let mut domain = String::new();
    let mut row: Option<TableRow> = None;
    for (index, (at, column)) in keys.iter().enumerate() {
        let from = at + column.head.chars().count() + 1;
        let end = keys.get(index + 1).map_or(words.len(), |(next, _)| *next);
        let value = words.written(from..end).trim_end_matches([';', '；', '。', ',', '，']).to_owned();
        let line = text.line_number(words.span(&(*at..from)).start);
        match column.role {
            Role::Domain => domain = value,
            Role::Name => {
                reading.extend(line, row.take());
                let cell = Cell {
                    span: words.span(&(*at..end)),
                    folded: words.chars[from..from + value.chars().count()].to_vec(),
                    written: value,
                };
                let (indicator, unit) = name_and_unit(&cell, String::new());
                row = Some(TableRow {
                    span: cell.span,
                    domain: domain.clone(),
                    indicator,
                    unit,
                    values: Vec::new(),
                    alternatives: Vec::new(),
                });
            }
            _ => {
                let Some(row) = row.as_mut() else { continue };
                row.span = row.span.hull(words.span(&(*at..end)));
                match column.role {
                    Role::Unit => row.unit = value,
                    Role::Number => {}
                    _ => row.values.push((column.head.clone(), tidy_value(&value))),
                }
            }
        }
    }
    reading.extend(lines.last().map_or(0, |line| line.number), row);
    reading
}

/// Where the keys of pairs stand: a column head followed by a colon.
fn keys(words: &Passage) -> Vec<(usize, Column)> {
    let colons = (1..words.len()).filter(|&at| words.chars[at] == ':');
    let mut keys: Vec<(usize, Column)> = Vec::new();
    for colon in colons {
        let earliest = keys.last().map_or(0, |(at, column)| at + column.head.chars().count() + 1);
        let head = (earliest.max(colon.saturating_sub(12))..colon)
            .find_map(|from| header::column(&words.chars[from..colon]).map(|column| (from, column)));
        keys.extend(head);
    }
    keys
}

/// Whether the lines are pairs.
pub(super) fn are_pairs(lines: &[Line]) -> bool {
    let folded = |line: &Line| {
        line.content.chars().map(crate::text::fold_char).filter(|c| *c != ' ').collect::<Vec<_>>()
    };
    lines.iter().any(|line| {
        let words = folded(line);
        begins(&words, "领域:") || begins(&words, "指标:") || begins(&words, "指标名称:")
    })
}
