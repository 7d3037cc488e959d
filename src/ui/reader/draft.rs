//! The plan of a block: which words stand in which row, how high it is, where cells go (chips: see `chips`). Only widths are
//! needed for it, so that all blocks of a long plan can be measured in a moment (see `breaking`); `typeset` makes
//! glyphs of it for the blocks in view.

use super::blocks::Block;
use super::breaking::{Rows, Widths, break_rows};
use super::chips::{CHIP_SIZE, Chip};
use crate::app::{Marks, NodeMarks, Site};
use crate::plan::{Flag, Kind, Node, NodeIx, Plan, Segments, TableRow};
use crate::text::{Span, is_blank};
use crate::ui::cx::{Cx, t};
use egui::pos2;

/// Measures of the column, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// Size of the reading text.
    pub size: f32,
    /// Height of a line as a multiple of its size.
    pub leading: f32,
    /// Width of the margin column in which numbers hang.
    pub numbers: f32,
    /// Width of the text beside it.
    pub text: f32,
    /// Pixels of the screen per point: rows begin on whole pixels.
    pub pixels: f32,
}

/// How words look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Reading text.
    Plain,
    /// A heading or a topic sentence.
    Bold,
    /// A note of responsibility.
    Muted,
}

/// The words of a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// Pieces of the plan's text in one style and size, in order.
    pub runs: Vec<(Span, Style, f32)>,
    /// The rows they fill.
    pub rows: Rows,
    /// Height of each row.
    pub heights: Vec<f32>,
}

/// A text of the program's own, in rows: a number, a cell, a chip's name.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Left and top, relative to the block.
    pub at: egui::Pos2,
    /// The words, with a line end where a row ends.
    pub text: String,
    /// Size in points.
    pub size: f32,
    /// Height of a line in points.
    pub line: f32,
    /// How it looks.
    pub style: Style,
}

/// A block, planned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Where the text begins, below the space above.
    pub top: f32,
    /// Height in points, space above included.
    pub height: f32,
    /// The words of the plan, which stand at (`numbers`, `top`).
    pub words: Option<Words>,
    /// Number, cells, furniture.
    pub pieces: Vec<Piece>,
    /// Tags and notes at the end.
    pub chips: Vec<Chip>,
    /// Horizontal rules of a table, by their y.
    pub rules: Vec<f32>,
    /// Edges of a table's columns, by their x.
    pub columns: Vec<f32>,
    /// Whether the reader was in doubt or set something right here.
    pub remark: bool,
    /// Whether it is a part of a node: a topic sentence (`true`) or another.
    pub part: Option<bool>,
}

/// Space above a heading by its level, in em; other blocks get the last.
const ABOVE: [f32; 5] = [1.2, 0.9, 0.6, 0.4, 0.35];
/// Size of a heading by its level, in em.
const HEADING: [f32; 4] = [1.35, 1.2, 1.08, 1.0];
/// Space between a cell and its edge, in points.
const CELL_INSET: f32 = 5.0;

fn of_level(values: &[f32], level: u8) -> f32 {
    values[usize::from(level.saturating_sub(1)).min(values.len() - 1)]
}

/// Size of a node's words as a multiple of the reading text's: a heading on its own line is larger.
pub fn scale(node: &Node) -> f32 {
    if node.own_line && !node.heading.is_empty() { of_level(&HEADING, node.level) } else { 1.0 }
}

impl Measures {
    /// Height of a line of text of this size, in whole pixels.
    pub fn line(&self, size: f32, leading: f32) -> f32 {
        (size * leading * self.pixels).round() / self.pixels
    }
}

impl Words {
    /// The pieces that are read as one.
    pub fn segments(&self) -> Segments {
        Segments(self.runs.iter().map(|&(span, ..)| span).collect())
    }

    fn height(&self) -> f32 {
        self.heights.iter().sum()
    }
}

/// A rough height of a block, before it is planned.
pub fn estimate(plan: &Plan, block: Block, m: &Measures) -> f32 {
    let chars = match block {
        Block::Node(ix) if plan.outline.get(ix).is_some_and(|node| !node.rows.is_empty()) => 10,
        Block::TableHead(_) | Block::TableRow(..) => 1,
        _ => block.span(plan).len(),
    };
    let per_line = (m.text / m.size).max(1.0);
    (chars as f32 / per_line).ceil().max(1.0) * m.line(m.size, m.leading) + m.size * 0.5
}

/// Plans blocks of one plan.
pub struct Drafter<'a> {
    /// Names of tags.
    pub cx: &'a Cx<'a>,
    /// The plan.
    pub plan: &'a Plan,
    /// What sits on it.
    pub marks: &'a Marks,
    /// Measures of the column.
    pub m: Measures,
    /// Widths of chars.
    pub widths: &'a Widths,
    /// Whether a node is shown in parts.
    pub is_divided: &'a dyn Fn(NodeIx) -> bool,
}

impl Drafter<'_> {
    /// Plans a block.
    pub fn draft(&self, block: Block) -> Draft {
        match block {
            Block::Node(ix) => self.plan.outline.get(ix).map(|node| self.node(ix, node)),
            Block::Part(ix, _, span) => self.plan.outline.get(ix).map(|node| self.part(node, span)),
            Block::TableHead(ix) => {
                let first = self.plan.outline.get(ix).and_then(|node| node.rows.first());
                first.map(|row| self.row(&self.head_cells(row), true))
            }
            Block::TableRow(ix, number) => {
                let row = self.plan.outline.get(ix).and_then(|node| node.rows.get(number as usize));
                row.map(|row| {
                    let mut draft = self.row(&row_cells(row), false);
                    if let Some(marks) = self.marks.of_row(ix, number) {
                        self.chips(&mut draft, Site::Row(ix, number), marks, None);
                    }
                    draft
                })
            }
            Block::Furniture(number) => {
                let part = self.plan.outline.furniture.get(number as usize);
                part.map(|part| self.furniture(part.span))
            }
        }
        .unwrap_or_default()
    }

    fn node(&self, ix: NodeIx, node: &Node) -> Draft {
        let is_heading = node.own_line && !node.heading.is_empty();
        let size = self.m.size * scale(node);
        let above =
            if node.number.is_empty() && !is_heading { ABOVE[4] } else { of_level(&ABOVE, node.level) };
        let mut draft = Draft { top: self.m.size * above, ..Draft::default() };
        let line = self.m.line(size, self.m.leading);
        let number = self.plan.text.slice(node.number).trim_matches(is_blank);
        if !number.is_empty() {
            let width = number.chars().map(|c| self.widths.of(c, is_heading)).sum::<f32>() * size;
            let x = (self.m.numbers - self.m.size * 0.4 - width).max(0.0);
            let style = if is_heading { Style::Bold } else { Style::Muted };
            draft.pieces.push(Piece { at: pos2(x, draft.top), text: number.to_owned(), size, line, style });
        }
        let divided = (self.is_divided)(ix);
        let words = self.set(self.runs(node, size, is_heading, divided));
        draft.height = draft.top + words.height().max(if number.is_empty() { 0.0 } else { line });
        let end = words.rows.last_width;
        draft.words = Some(words);
        draft.remark = node.flags.iter().any(|flag| is_remarkable(*flag)) || self.is_injected(node);
        if let Some(marks) = self.marks.of(ix) {
            self.chips(&mut draft, Site::Node(ix), marks, Some((end, line)));
        }
        draft.height += self.m.size * 0.15;
        draft
    }

    /// A part of a node: a row of its own, its passages' chips behind it.
    fn part(&self, node: &Node, span: Span) -> Draft {
        let mut draft = Draft { top: self.m.size * 0.1, ..Draft::default() };
        let topic = node.topics.iter().find(|topic| topic.start >= span.start && span.encloses(**topic));
        let within = |piece: &Span| piece.intersection(span);
        let mut runs = Vec::new();
        for piece in node.body.0.iter().filter_map(within) {
            self.push_body(&mut runs, piece, node, topic.copied());
        }
        let words = self.set(runs);
        let line = self.m.line(self.m.size, self.m.leading);
        draft.height = draft.top + words.height();
        let end = words.rows.last_width;
        draft.words = Some(words);
        draft.part = Some(topic.is_some());
        let passages = self.marks.passages_within(span).filter(|(passage, ..)| span.encloses(*passage));
        let marks = NodeMarks { passages: passages.cloned().collect(), ..NodeMarks::default() };
        self.chips(&mut draft, Site::Passage(span), &marks, Some((end, line)));
        draft
    }

    /// Heading in bold, then what stands between heading and body, then the body.
    fn runs(&self, node: &Node, size: f32, is_heading: bool, divided: bool) -> Vec<(Span, Style, f32)> {
        let mut runs: Vec<_> = node.heading.0.iter().map(|&span| (span, Style::Bold, size)).collect();
        if let (Some(heading), Some(body)) = (node.heading.0.last(), node.body.0.first())
            && !is_heading
        {
            let between = crate::app::trimmed(self.plan, Span::new(heading.end, body.start));
            runs.push((between, Style::Bold, size));
        }
        runs.retain(|(span, ..)| !span.is_empty());
        if divided || (node.kind == Kind::Table && !node.rows.is_empty()) {
            return runs;
        }
        for &span in &node.body.0 {
            self.push_body(&mut runs, span, node, None);
        }
        runs
    }

    /// A piece of the body: the note of responsibility muted, topic sentences bold where they are asked for.
    fn push_body(&self, runs: &mut Vec<(Span, Style, f32)>, span: Span, node: &Node, topic: Option<Span>) {
        let note = node.departments.as_ref().map(|note| note.span);
        let special = [note.map(|span| (span, Style::Muted)), topic.map(|span| (span, Style::Bold))];
        let mut special: Vec<_> = special.into_iter().flatten().collect();
        special.sort_by_key(|(span, _)| span.start);
        let mut at = span.start;
        for (place, style) in special {
            let Some(shared) = place.intersection(Span::new(at, span.end)) else { continue };
            runs.push((Span::new(at, shared.start), Style::Plain, self.m.size));
            runs.push((shared, style, self.m.size));
            at = shared.end;
        }
        runs.push((Span::new(at, span.end), Style::Plain, self.m.size));
        runs.retain(|(span, ..)| !span.is_empty());
    }

    /// Breaks runs into rows. Where the size changes, a row ends: a heading stands on its own line.
    fn set(&self, runs: Vec<(Span, Style, f32)>) -> Words {
        let mut words = Words::default();
        let mut read = 0;
        for group in runs.chunk_by(|before, after| before.2.total_cmp(&after.2).is_eq()) {
            let chars = group.iter().flat_map(|&(span, style, size)| {
                let bold = style == Style::Bold;
                self.plan.text.slice(span).chars().map(move |c| (c, self.widths.of(c, bold) * size))
            });
            let rows = break_rows(chars, self.m.text);
            let size = group.first().map_or(self.m.size, |&(.., size)| size);
            let line = self.m.line(size, self.m.leading);
            words.heights.extend(std::iter::repeat_n(line, rows.starts.len()));
            words.rows.starts.extend(rows.starts.iter().map(|start| start + read));
            words.rows.last_width = rows.last_width;
            read += group.iter().map(|(span, ..)| span.len()).sum::<u32>();
        }
        words.runs = runs;
        words
    }

    fn is_injected(&self, node: &Node) -> bool {
        let injections = &self.plan.outline.injections;
        let first = injections.partition_point(|injection| injection.span.end <= node.span.start);
        injections.get(first).is_some_and(|injection| injection.span.start < node.span.end)
    }

    fn furniture(&self, span: Span) -> Draft {
        let words = self.plan.text.slice(span).lines().map(str::trim).filter(|line| !line.is_empty());
        let (size, line) = (CHIP_SIZE, self.m.line(CHIP_SIZE, self.m.leading));
        let (text, rows) =
            self.wrapped(&words.collect::<Vec<_>>().join("\n"), size, Style::Muted, self.m.text);
        let at = pos2(self.m.numbers, 3.0);
        let height = rows as f32 * line + 6.0;
        Draft {
            height,
            pieces: vec![Piece { at, text, size, line, style: Style::Muted }],
            ..Draft::default()
        }
    }

    /// A text with line ends where rows end, and the number of rows.
    fn wrapped(&self, text: &str, size: f32, style: Style, width: f32) -> (String, usize) {
        let bold = style == Style::Bold;
        let rows = break_rows(text.chars().map(|c| (c, self.widths.of(c, bold) * size)), width);
        let mut out = String::with_capacity(text.len() + rows.starts.len());
        for (c, at) in text.chars().zip(0_u32..) {
            if at > 0 && rows.starts.binary_search(&at).is_ok() && !out.ends_with('\n') {
                out.push('\n');
            }
            out.push(c);
        }
        (out, rows.starts.len())
    }

    fn head_cells(&self, row: &TableRow) -> Vec<String> {
        let cx = self.cx;
        let mut cells = vec![t!(cx, "table-domain"), t!(cx, "table-indicator"), t!(cx, "table-unit")];
        cells.extend(row.values.iter().map(|(head, _)| head.clone()));
        cells
    }

    fn row(&self, cells: &[String], head: bool) -> Draft {
        let mut draft = Draft::default();
        let (size, style) = (self.m.size * 0.92, if head { Style::Bold } else { Style::Plain });
        let line = self.m.line(size, 1.45);
        let (mut x, mut rows) = (self.m.numbers, 1);
        draft.columns.push(x);
        for (cell, share) in cells.iter().zip(column_shares(cells.len())) {
            let width = self.m.text * share;
            let (text, filled) = self.wrapped(cell, size, style, width - 2.0 * CELL_INSET);
            rows = rows.max(filled);
            draft.pieces.push(Piece { at: pos2(x + CELL_INSET, 4.0), text, size, line, style });
            x += width;
            draft.columns.push(x);
        }
        draft.height = rows as f32 * line + 8.0;
        draft.rules.push(draft.height - 0.5);
        if head {
            draft.rules.push(0.5);
        }
        draft
    }
}

/// Whether a person should hear of a flag in the margin.
pub fn is_remarkable(flag: Flag) -> bool {
    match flag {
        Flag::Duplicate | Flag::Gap | Flag::Order | Flag::Repaired | Flag::Ambiguous | Flag::Corrected => {
            true
        }
        Flag::Unnumbered | Flag::Joined | Flag::Split => false,
    }
}

fn row_cells(row: &TableRow) -> Vec<String> {
    let mut cells = vec![row.domain.clone(), row.indicator.clone(), row.unit.clone()];
    cells.extend(row.values.iter().map(|(_, value)| value.clone()));
    cells
}

/// Shares of the width for domain, indicator, unit and the value columns.
fn column_shares(columns: usize) -> Vec<f32> {
    let values = columns.saturating_sub(3).max(1);
    let mut shares = vec![0.16, 0.40, 0.12];
    shares.extend(std::iter::repeat_n(0.32 / values as f32, values));
    shares
}
