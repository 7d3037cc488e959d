//! From rows to paragraphs: which row goes on with the sentence of the row before.

use super::row::{Column, Row, append};
use super::{Item, Sheet};
use crate::import::ImportError;
use crate::import::lines::Lines;
use std::collections::HashMap;

/// A row that ends this near to the right edge, in sizes of the type, is full: a sign that may not begin a row
/// takes its neighbour with it to the next.
const FULL: f32 = 2.2;
/// A row that ends this near to the right edge may be full: `(区)、` goes to the next row as a whole.
const NEARLY_FULL: f32 = 3.5;
/// A row set in by this much begins a paragraph. Chinese paragraphs are set in by two signs.
const INDENT: f32 = 0.8;

/// Writes the pages as paragraphs and tables.
pub(super) fn write(sheets: &[Sheet], lines: &mut Lines) -> Result<(), ImportError> {
    let measures = Measures::of(sheets);
    let mut writer = Writer { lines, paragraph: String::new(), before: None, begins_page: false };
    for (number, sheet) in sheets.iter().enumerate() {
        writer.begins_page = true;
        let mut items = sheet.items.iter().peekable();
        while let Some(item) = items.next() {
            match item {
                Item::Table(table) => {
                    writer.end_paragraph()?;
                    writer.begin_page();
                    writer.lines.push_table(&table.rows)?;
                }
                Item::Row(row) => {
                    let mut pieces = vec![row];
                    while let Some(Item::Row(next)) =
                        items.next_if(|next| is_beside(pieces[pieces.len() - 1], next))
                    {
                        pieces.push(next);
                    }
                    writer.row(line_of(&pieces), number, &measures)?;
                }
            }
        }
    }
    writer.end_paragraph()
}

/// Whether an item goes on, after a wide gap, on the baseline of a row.
fn is_beside(row: &Row, next: &Item) -> bool {
    matches!(next, Item::Row(next) if (row.y - next.y).abs() < 0.4 * row.size && next.left > row.right)
}

/// One row of pieces that stand on one baseline: a contents line, a table without lines, `前      言`.
fn line_of(pieces: &[&Row]) -> Row {
    let words: Vec<&str> = pieces.iter().map(|piece| piece.words.as_str()).collect();
    let is_title = pieces.len() == 2 && words.iter().all(|piece| piece.chars().count() == 1);
    Row {
        words: words.join(if is_title { " " } else { "\t" }),
        right: pieces[pieces.len() - 1].right,
        ink: pieces[pieces.len() - 1].ink,
        ..pieces[0].clone()
    }
}

struct Writer<'l> {
    lines: &'l mut Lines,
    paragraph: String,
    /// The row written last.
    before: Option<Placed>,
    begins_page: bool,
}

/// A row and where it stands.
#[derive(Clone)]
struct Placed {
    row: Row,
    /// Index of its page.
    page: usize,
    /// Whether its paragraph begins with it.
    is_first: bool,
}

impl Writer<'_> {
    fn row(&mut self, row: Row, page: usize, measures: &Measures) -> Result<(), ImportError> {
        let mut placed = Placed { row, page, is_first: false };
        if !self.before.as_ref().is_some_and(|before| measures.goes_on(before, &placed)) {
            self.end_paragraph()?;
            self.begin_page();
            placed.is_first = true;
        }
        append(&mut self.paragraph, &placed.row.words);
        self.before = Some(placed);
        Ok(())
    }

    fn end_paragraph(&mut self) -> Result<(), ImportError> {
        self.before = None;
        let paragraph = std::mem::take(&mut self.paragraph);
        if paragraph.is_empty() { Ok(()) } else { self.lines.push(&paragraph) }
    }

    /// Tells where a page begins, at its first line that begins on it.
    fn begin_page(&mut self) {
        if std::mem::take(&mut self.begins_page) {
            self.lines.begin_page();
        }
    }
}

/// The edges between which text is set, in points.
#[derive(Clone, Copy, Debug)]
struct Edges {
    left: f32,
    right: f32,
}

/// How the document is set.
struct Measures {
    /// Size of most of the text.
    size: f32,
    /// From one baseline to the next in the body.
    leading: f32,
    /// By page and column.
    edges: HashMap<(usize, Column), Edges>,
}

impl Measures {
    fn of(sheets: &[Sheet]) -> Self {
        let mut places: HashMap<(usize, Column), Vec<&Row>> = HashMap::new();
        let mut by_column: HashMap<Column, Vec<&Row>> = HashMap::new();
        for (page, sheet) in sheets.iter().enumerate() {
            for item in &sheet.items {
                if let Item::Row(row) = item {
                    places.entry((page, row.column)).or_default().push(row);
                    by_column.entry(row.column).or_default().push(row);
                }
            }
        }
        let size = body_size(by_column.values().flatten());
        let leading = leading(places.values(), size);
        let whole: HashMap<Column, Edges> =
            by_column.iter().map(|(column, rows)| (*column, edges(rows, size))).collect();
        // Pages with little on them tell little about their edges.
        let of_page = |(place, rows): (&(usize, Column), &Vec<&Row>)| {
            let edges = if rows.len() < 8 { whole[&place.1] } else { edges(rows, size) };
            (*place, edges)
        };
        Self { size, leading, edges: places.iter().map(of_page).collect() }
    }

    /// Whether `next` goes on with the paragraph of `last`.
    fn goes_on(&self, last: &Placed, next: &Placed) -> bool {
        let (before, row) = (&last.row, &next.row);
        let edges_of = |placed: &Placed| self.edges.get(&(placed.page, placed.row.column)).copied();
        let (Some(then), Some(now)) = (edges_of(last), edges_of(next)) else { return false };
        let is_same_place = last.page == next.page && before.column == row.column;
        let is_apart = is_same_place && before.y - row.y > 1.5 * self.leading.max(1.2 * before.size);
        let is_other_type = !(0.88..1.14).contains(&(row.size / before.size));
        if is_other_type || is_apart || before.words.contains('\t') || row.words.contains('\t') {
            return false;
        }
        if is_same_place && self.is_title(before, then) && self.is_title(row, now) {
            let is_long = before.right - before.left > 0.5 * (then.right - then.left);
            return is_long && row.left > now.left + self.size;
        }
        let ended = ends_sentence(&before.words);
        let is_full = before.right > then.right - self.size * if ended { FULL } else { NEARLY_FULL };
        let is_item = begins_item(&row.words);
        is_full && !(is_item && (ended || !is_same_place)) && !self.begins_by_indent(last, then, next, now)
    }

    /// Whether a row is set in so that it begins a paragraph. It does not where the row before hangs out by as much:
    /// `1.` before an item that is set in as a whole.
    fn begins_by_indent(&self, last: &Placed, then: Edges, next: &Placed, now: Edges) -> bool {
        let set_in = next.row.left - now.left;
        let hangs_out = set_in - (last.row.left - then.left) > INDENT * self.size;
        let is_hanging =
            last.is_first && hangs_out && begins_item(&last.row.words) && !ends_sentence(&last.row.words);
        set_in > INDENT * self.size && !is_hanging
    }

    /// Whether a row is set larger than the body, in the middle.
    fn is_title(&self, row: &Row, edges: Edges) -> bool {
        let (left, right) = (row.left - edges.left, edges.right - row.right);
        row.size > 1.1 * self.size && (left - right).abs() < 2.0 * row.size
    }
}

/// The size in which most signs are set.
fn body_size<'r>(rows: impl Iterator<Item = &'r &'r Row>) -> f32 {
    let mut counts: HashMap<i32, usize> = HashMap::new();
    for row in rows {
        *counts.entry((row.size * 2.0).round() as i32).or_default() += row.words.chars().count();
    }
    let most = counts.into_iter().max_by_key(|(size, count)| (*count, *size));
    most.map_or(12.0, |(size, _)| size as f32 / 2.0)
}

/// The usual distance of baselines.
fn leading<'r>(places: impl Iterator<Item = &'r Vec<&'r Row>>, size: f32) -> f32 {
    let mut steps: Vec<f32> = places
        .flat_map(|rows| rows.windows(2).map(|pair| pair[0].y - pair[1].y))
        .filter(|step| (0.9 * size..3.5 * size).contains(step))
        .collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(1.5 * size)
}

/// The edges that at least two rows share.
fn edges(rows: &[&Row], size: f32) -> Edges {
    let mut lefts: Vec<f32> = rows.iter().map(|row| row.left).collect();
    let mut rights: Vec<f32> = rows.iter().map(|row| -row.right).collect();
    Edges { left: shared(&mut lefts, size), right: -shared(&mut rights, size) }
}

/// The smallest position that another is near to; the smallest of all where none is.
fn shared(positions: &mut [f32], size: f32) -> f32 {
    positions.sort_by(f32::total_cmp);
    let pair = positions.windows(2).find(|pair| pair[1] - pair[0] < 0.6 * size);
    pair.map(|pair| pair[0]).or(positions.first().copied()).unwrap_or(0.0)
}

/// Whether a paragraph may end here: a sentence does, or the bracket that names who is in charge.
fn ends_sentence(words: &str) -> bool {
    let bare = words.trim_end_matches(['”', '’', '』', '」']);
    bare.ends_with(['。', '！', '？', '；', '：', ';', ':', '…', '.', ')', '）'])
}

/// Whether words open like an item: `一、`, `（二）`, `3.`, `第四章`, `——`; `1.5万` does not.
fn begins_item(words: &str) -> bool {
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let rest = words.trim_start_matches(['(', '（', '第']);
    let after = rest.trim_start_matches(is_numeral);
    let mut marks = after.chars();
    let is_marked = after.len() < rest.len()
        && matches!(marks.next(), Some('、' | '.' | '．' | ')' | '）' | '章' | '节' | '条'))
        && !marks.next().is_some_and(|c| c.is_ascii_digit());
    is_marked
        || words.starts_with("——")
        || words.starts_with("附件")
        || words.starts_with(|c| ('①'..='⑳').contains(&c))
}
