//! Rows whose cells were run together into one line: `健康␠水平人均预期寿命(岁)80.7681`.

use super::super::indicators::Indicators;
use super::super::passage::{Passage, ends};
use super::header::{Column, Role};
use super::split::{Splits, split};
use super::{Ambiguity, Line, Reading, label, tidy_value};
use crate::plan::{Segments, TableRow};
use crate::text::{Span, Text};
use std::ops::Range;

/// A name may be wrapped over so many lines before its values come.
const MOST_WRAPPED: usize = 3;
/// What the attribute column may say.
const ATTRIBUTES: [&str; 6] = ["预期性", "约束性", "倡导性", "引导性", "个人和社会倡导性", "监测性"];

/// The rows below a head; a line without values is held back and joined to the next one.
pub(super) fn rows(text: &Text, lines: &[Line], columns: &[Column]) -> Reading {
    let mut reading = Reading::default();
    let mut domain = String::new();
    let mut held: Vec<Span> = Vec::new();
    let labelled = columns.iter().any(|column| column.role == Role::Domain);
    let openings = label::openings(lines);
    for line in lines {
        let mut span = line.span;
        if labelled
            && held.is_empty()
            && let Some((name, length)) = label::glued(line.content, &openings)
        {
            domain = name;
            span = Span::new(span.start + length, span.end);
            if span.is_empty() {
                continue;
            }
        }
        held.push(span);
        let words = Passage::new(text, &Segments(held.clone()));
        if let Some(row) = row(&words, columns) {
            reading.push(line.number, row.into_row(&words, columns, &domain, hull(&held)));
            held.clear();
        } else if held.len() >= MOST_WRAPPED || holds_values(&words) {
            reading.push(line.number, raw(&words, columns, &domain, hull(&held)));
            held.clear();
        }
    }
    reading
}

fn hull(spans: &[Span]) -> Span {
    spans.iter().copied().reduce(Span::hull).unwrap_or_default()
}

/// Whether a line that fits no split has digits after its unit, so that it is a row and not half a name.
fn holds_values(words: &Passage) -> bool {
    words.chars.last().is_some_and(char::is_ascii_digit)
}

/// A row that could not be split: its words as they stand, never invented values.
fn raw(words: &Passage, columns: &[Column], domain: &str, span: Span) -> (TableRow, Ambiguity) {
    let values =
        columns.iter().filter(|c| c.role == Role::Value).map(|c| (c.head.clone(), String::new())).collect();
    let indicator = words.written(0..words.len());
    let row = TableRow {
        span,
        domain: domain.to_owned(),
        indicator,
        unit: String::new(),
        values,
        alternatives: Vec::new(),
    };
    (row, Ambiguity::Unreadable)
}

/// The parts of a row, as ranges of its words.
struct Row {
    name: Range<usize>,
    unit: Range<usize>,
    tail: usize,
    splits: Splits,
    attribute: Option<String>,
}

impl Row {
    fn into_row(
        self,
        words: &Passage,
        columns: &[Column],
        domain: &str,
        span: Span,
    ) -> (TableRow, Ambiguity) {
        let at =
            |range: &Range<usize>| tidy_value(&words.written(self.tail + range.start..self.tail + range.end));
        let mut values = self.splits.best.iter();
        let filled = columns.iter().filter_map(|column| match column.role {
            Role::Value => values.next().map(|range| (column.head.clone(), at(range))),
            Role::Attribute => self.attribute.clone().map(|attribute| (column.head.clone(), attribute)),
            _ => None,
        });
        let row = TableRow {
            span,
            domain: domain.to_owned(),
            indicator: words.written(self.name.clone()),
            unit: words.written(self.unit.clone()),
            values: filled.collect(),
            alternatives: self
                .splits
                .alternatives
                .iter()
                .map(|other| other.iter().map(at).collect())
                .collect(),
        };
        let doubt = if row.alternatives.is_empty() { Ambiguity::None } else { Ambiguity::SeveralSplits };
        (row, doubt)
    }
}

/// Reads one row: name, unit in brackets, and as many values as the head has.
fn row(words: &Passage, columns: &[Column]) -> Option<Row> {
    let count = columns.iter().filter(|column| column.role == Role::Value).count();
    let (end, attribute) = attribute(words, columns);
    let start = running_number(words, columns);
    let attempt = |name: Range<usize>, unit: Range<usize>, tail: usize| {
        let spoken = words.written(name.clone());
        let unit_words = words.written(unit.clone());
        let indicator = Indicators::builtin().named(&spoken);
        let splits = split(&words.chars[tail..end], count, indicator, &spoken, &unit_words)?;
        Some(Row { name, unit, tail, splits, attribute: attribute.clone() })
    };
    if let Some(unit) = last_unit(&words.chars[..end]) {
        return attempt(start..unit.start - 1, unit.clone(), unit.end + 1);
    }
    // No unit in brackets: the values begin after a Han char, as late as the count allows.
    let boundary = |at: &usize| {
        let before = words.chars[*at - 1];
        let opens = |c: char| {
            c.is_ascii_digit()
                || matches!(c, '≤' | '≥' | '<' | '>' | '-' | '约' | '比' | '较' | '持' | '逐' | '稳')
        };
        opens(words.chars[*at]) && (crate::text::is_han(before) || before == ')')
    };
    (start + 1..end).rev().filter(boundary).find_map(|at| attempt(start..at, at..at, at))
}

/// Where the words before the attribute end, and the attribute that closes the row.
fn attribute(words: &Passage, columns: &[Column]) -> (usize, Option<String>) {
    let expected = columns.iter().any(|column| column.role == Role::Attribute);
    let found =
        ATTRIBUTES.iter().filter(|word| expected && ends(&words.chars, word)).max_by_key(|word| word.len());
    found.map_or((words.len(), None), |word| (words.len() - word.chars().count(), Some((*word).to_owned())))
}

/// Length of the running number that opens the row, where the head has a column for it.
fn running_number(words: &Passage, columns: &[Column]) -> usize {
    let numbered = columns.first().is_some_and(|column| column.role == Role::Number);
    let digits = words.chars.iter().take_while(|c| c.is_ascii_digit()).count();
    if numbered && digits <= 2 { digits } else { 0 }
}

/// The words of the last bracket group that is a unit.
fn last_unit(chars: &[char]) -> Option<Range<usize>> {
    let groups = (0..chars.len()).rev().filter(|&at| chars[at] == '(');
    groups
        .filter_map(|open| chars[open..].iter().position(|&c| c == ')').map(|length| open + 1..open + length))
        .find(|inside| is_unit(&chars[inside.clone()]))
}

/// Whether the words can be a unit: `岁` `%` `1/10万` `亿元` `女=100`.
pub(super) fn is_unit(words: &[char]) -> bool {
    const LETTERS: &str = "%‰/0123456789.万千百亿人口名位张个所家辆台套件户例份批次种项支处座条组对岁周年月日天时小分钟秒元克毫升立方平米公里顷亩吨微μugkm³32²级倍床学车:=女男标准煤";
    !words.is_empty()
        && words.len() <= 9
        && words.iter().all(|c| LETTERS.contains(*c))
        && !words.iter().all(char::is_ascii_digit)
}
