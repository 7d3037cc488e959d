//! How a block is laid out: the words of a node as one galley, a table row as one galley a cell, chips below.

use super::blocks::Block;
use crate::app::NodeMarks;
use crate::plan::{Kind, Node, Plan, Segments, TableRow};
use crate::text::{CharPos, Span, Text, is_blank};
use crate::ui::cx::Cx;
use crate::ui::theme::{self, Palette, bold_font, regular_font};
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontId, Galley, Pos2, Rect, Stroke, Ui, Vec2, pos2, vec2};
use std::sync::Arc;

/// Measures of the column, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// Size of the reading text.
    pub size: f32,
    /// Width of the margin column in which numbers hang.
    pub numbers: f32,
    /// Width of the text beside it.
    pub text: f32,
}

/// A block, laid out. Positions are relative to its upper left corner.
pub struct Typeset {
    /// Pieces of text and where they stand.
    pub pieces: Vec<(Pos2, Arc<Galley>)>,
    /// Chips below the text: where, colour, and whether filled.
    pub chips: Vec<(Rect, Color32)>,
    /// Rules of a table: where.
    pub rules: Vec<(Pos2, Pos2)>,
    /// Height in points, space above included.
    pub height: f32,
    /// Where the text begins, below the space above.
    pub top: f32,
    /// Which piece holds the words of a node, and where in the plan's text they stand.
    words: Option<(usize, Segments)>,
}

/// Space above a heading by its level, in em; other blocks get the last.
const ABOVE: [f32; 5] = [1.2, 0.9, 0.6, 0.4, 0.35];
/// Size of a heading by its level, in em.
const HEADING: [f32; 4] = [1.35, 1.2, 1.08, 1.0];
const CHIP_HEIGHT: f32 = 22.0;

fn of_level(values: &[f32], level: u8) -> f32 {
    values[usize::from(level.saturating_sub(1)).min(values.len() - 1)]
}

/// A rough height of a block, before it is laid out.
pub fn estimate(plan: &Plan, block: Block, measures: &Measures) -> f32 {
    let line = measures.size * theme::READING_LEADING;
    let chars = match block {
        Block::Node(ix) => {
            plan.outline.get(ix).map_or(0, |node| if node.rows.is_empty() { node.span.len() } else { 10 })
        }
        Block::Furniture(number) => {
            plan.outline.furniture.get(number as usize).map_or(0, |part| part.span.len())
        }
        Block::TableHead(_) | Block::TableRow(..) => 1,
    };
    let per_line = (measures.text / measures.size).max(1.0);
    (chars as f32 / per_line).ceil().max(1.0) * line + measures.size * 0.5
}

/// Lays out a block.
pub fn typeset(
    ui: &Ui,
    cx: &Cx<'_>,
    plan: &Plan,
    block: Block,
    marks: Option<&NodeMarks>,
    m: &Measures,
) -> Typeset {
    let mut setter = Setter { ui, cx, plan, m, out: Typeset::empty() };
    match block {
        Block::Node(ix) => {
            if let Some(node) = plan.outline.get(ix) {
                setter.node(node, marks);
            }
        }
        Block::TableHead(ix) => {
            let cells =
                plan.outline.get(ix).and_then(|node| node.rows.first()).map(|row| setter.head_cells(row));
            setter.row(&cells.unwrap_or_default(), true);
        }
        Block::TableRow(ix, number) => {
            let row = plan.outline.get(ix).and_then(|node| node.rows.get(number as usize));
            setter.row(&row.map(row_cells).unwrap_or_default(), false);
        }
        Block::Furniture(number) => {
            if let Some(part) = plan.outline.furniture.get(number as usize) {
                setter.furniture(part.span);
            }
        }
    }
    setter.out
}

impl Typeset {
    fn empty() -> Self {
        Self { pieces: Vec::new(), chips: Vec::new(), rules: Vec::new(), height: 0.0, top: 0.0, words: None }
    }
}

struct Setter<'a> {
    ui: &'a Ui,
    cx: &'a Cx<'a>,
    plan: &'a Plan,
    m: &'a Measures,
    out: Typeset,
}

/// Reading text: generous leading.
fn reading_format(font: FontId, color: Color32) -> TextFormat {
    let line_height = Some(font.size * theme::READING_LEADING);
    TextFormat { font_id: font, color, line_height, ..Default::default() }
}

impl Setter<'_> {
    fn palette(&self) -> &Palette {
        self.cx.palette
    }

    fn layout(&self, mut job: LayoutJob, width: f32) -> Arc<Galley> {
        job.wrap = TextWrapping { max_width: width, ..Default::default() };
        self.ui.fonts_mut(|fonts| fonts.layout_job(job))
    }

    fn node(&mut self, node: &Node, marks: Option<&NodeMarks>) {
        let is_heading = node.own_line && !node.heading.is_empty();
        let scale = if is_heading { of_level(&HEADING, node.level) } else { 1.0 };
        let above =
            if node.number.is_empty() && !is_heading { ABOVE[4] } else { of_level(&ABOVE, node.level) };
        let font_size = self.m.size * scale;
        self.out.top = self.m.size * above;

        let number = self.plan.text.slice(node.number).trim_matches(is_blank);
        if !number.is_empty() {
            let font = if is_heading { bold_font(font_size) } else { regular_font(font_size) };
            let format = reading_format(font, self.palette().muted);
            let galley = self.layout(LayoutJob::single_section(number.to_owned(), format), f32::INFINITY);
            let x = (self.m.numbers - self.m.size * 0.4 - galley.size().x).max(0.0);
            self.out.pieces.push((pos2(x, self.out.top), galley));
        }

        let (job, words) = self.words(node, font_size, is_heading, marks);
        let galley = self.layout(job, self.m.text);
        self.out.words = Some((self.out.pieces.len(), words));
        let mut bottom = self.out.top + galley.size().y;
        self.out.pieces.push((pos2(self.m.numbers, self.out.top), galley));
        if let Some(marks) = marks {
            bottom = self.chips(marks, bottom);
        }
        self.out.height = bottom + self.m.size * 0.15;
    }

    /// Heading in bold, then what stands between heading and body, then the body.
    fn words(
        &self,
        node: &Node,
        size: f32,
        is_heading: bool,
        marks: Option<&NodeMarks>,
    ) -> (LayoutJob, Segments) {
        let text = &self.plan.text;
        let mut job = LayoutJob { break_on_newline: true, ..Default::default() };
        let plain = reading_format(regular_font(self.m.size), self.palette().text);
        let bold = reading_format(bold_font(size), self.palette().text);
        for &span in &node.heading.0 {
            job.append(text.slice(span), 0.0, bold.clone());
        }
        let mut words = node.heading.clone();
        if let (Some(heading), Some(body)) = (node.heading.0.last(), node.body.0.first())
            && !is_heading
        {
            let between = trimmed(text, Span::new(heading.end, body.start));
            job.append(text.slice(between), 0.0, bold);
            words.0.push(between);
        }
        if node.kind == Kind::Table && !node.rows.is_empty() {
            return (job, words);
        }
        for &span in &node.body.0 {
            self.append_body(&mut job, span, &plain, marks);
            words.0.push(span);
        }
        (job, words)
    }

    /// A piece of the body, with a tint behind tagged passages.
    fn append_body(&self, job: &mut LayoutJob, span: Span, plain: &TextFormat, marks: Option<&NodeMarks>) {
        let mut cuts = vec![span.start, span.end];
        let passages = marks.map_or(&[][..], |marks| marks.passages.as_slice());
        for (passage, ..) in passages {
            if let Some(shared) = passage.intersection(span) {
                cuts.extend([shared.start, shared.end]);
            }
        }
        cuts.sort_unstable();
        cuts.dedup();
        for (&start, &end) in cuts.iter().zip(cuts.iter().skip(1)) {
            let mut format = plain.clone();
            let tag = passages.iter().find(|(passage, ..)| passage.contains(start)).map(|(_, tag, _)| tag);
            if let Some(tag) = tag.and_then(|tag| self.cx.tag(tag)) {
                format.background = self.palette().tint(tag.hue);
            }
            job.append(self.plan.text.slice(Span::new(start, end)), 0.0, format);
        }
    }

    /// Chips of tags and the note, in rows below the text. Gives the new bottom.
    fn chips(&mut self, marks: &NodeMarks, bottom: f32) -> f32 {
        let (left, right) = (self.m.numbers, self.m.numbers + self.m.text);
        let mut at = pos2(left, bottom + 2.0);
        let mut chips: Vec<(String, Color32)> = Vec::new();
        for (id, _) in &marks.tags {
            let color = self.cx.tag(id).map_or(self.palette().muted, |tag| self.palette().hue(tag.hue));
            chips.push((self.cx.tag_name_of(id).to_owned(), color));
        }
        if let Some((_, note)) = &marks.note {
            let line = note.lines().next().unwrap_or_default();
            chips.push((format!("※ {}", line.chars().take(24).collect::<String>()), self.palette().muted));
        }
        for (name, color) in &chips {
            let format = TextFormat { font_id: regular_font(13.0), color: *color, ..Default::default() };
            let galley = self.layout(LayoutJob::single_section(name.clone(), format), f32::INFINITY);
            let width = galley.size().x + 26.0;
            if at.x + width > right && at.x > left {
                at = pos2(left, at.y + CHIP_HEIGHT + 4.0);
            }
            let rect = Rect::from_min_size(at, vec2(width, CHIP_HEIGHT));
            let inset = vec2(18.0, (CHIP_HEIGHT - galley.size().y) / 2.0);
            self.out.pieces.push((at + inset, galley));
            self.out.chips.push((rect, *color));
            at.x += width + 6.0;
        }
        if chips.is_empty() { bottom } else { at.y + CHIP_HEIGHT + 2.0 }
    }

    fn furniture(&mut self, span: Span) {
        let format = reading_format(regular_font(13.0), self.palette().muted);
        let words = self.plan.text.slice(span).lines().map(str::trim).filter(|line| !line.is_empty());
        let words: Vec<_> = words.collect();
        let galley = self.layout(LayoutJob::single_section(words.join("\n"), format), self.m.text);
        self.out.height = galley.size().y + 6.0;
        self.out.pieces.push((pos2(self.m.numbers, 3.0), galley));
    }

    fn head_cells(&self, row: &TableRow) -> Vec<String> {
        let strings = self.cx;
        let mut cells = vec![
            super::super::cx::t!(strings, "table-domain"),
            super::super::cx::t!(strings, "table-indicator"),
            super::super::cx::t!(strings, "table-unit"),
        ];
        cells.extend(row.values.iter().map(|(head, _)| head.clone()));
        cells
    }

    fn row(&mut self, cells: &[String], head: bool) {
        let shares = column_shares(cells.len());
        let (mut x, mut height) = (self.m.numbers, 0.0_f32);
        let size = self.m.size * 0.92;
        for (cell, share) in cells.iter().zip(shares) {
            let width = self.m.text * share;
            let font = if head { bold_font(size) } else { regular_font(size) };
            let mut format = reading_format(font, self.palette().text);
            format.line_height = Some(size * 1.45);
            let galley = self.layout(LayoutJob::single_section(cell.clone(), format), width - 10.0);
            height = height.max(galley.size().y);
            self.out.pieces.push((pos2(x + 5.0, 4.0), galley));
            x += width;
        }
        self.out.height = height + 8.0;
        let bottom = self.out.height - 0.5;
        self.out.rules.push((pos2(self.m.numbers, bottom), pos2(self.m.numbers + self.m.text, bottom)));
        if head {
            self.out.rules.push((pos2(self.m.numbers, 0.5), pos2(self.m.numbers + self.m.text, 0.5)));
        }
    }
}

/// A span without the blanks and line ends around it.
fn trimmed(text: &Text, span: Span) -> Span {
    let words = text.slice(span);
    let is_space = |c: char| is_blank(c) || c == '\n';
    let before = words.chars().take_while(|&c| is_space(c)).count() as u32;
    let kept = words.trim_matches(is_space).chars().count() as u32;
    Span::at(span.start + before, kept)
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

impl Typeset {
    /// The char of the plan's text at a point relative to the upper left corner.
    pub fn char_at(&self, point: Pos2) -> Option<CharPos> {
        let (piece, words) = self.words.as_ref()?;
        let (corner, galley) = self.pieces.get(*piece)?;
        let cursor = galley.cursor_from_pos(point - *corner);
        words.to_text(cursor.index.0 as u32)
    }

    /// Paints the block with its upper left corner at `origin`.
    pub fn paint(&self, ui: &Ui, palette: &Palette, origin: Pos2) {
        let painter = ui.painter();
        let offset = origin.to_vec2();
        for &(from, to) in &self.rules {
            painter.line_segment([from + offset, to + offset], Stroke::new(1.0, palette.line));
        }
        for &(rect, color) in &self.chips {
            let rect = rect.translate(offset);
            painter.rect_filled(rect, 11.0, palette.ground.lerp_to_gamma(color, 0.10));
            painter.circle_filled(rect.left_center() + Vec2::new(10.0, 0.0), 4.0, color);
        }
        for (at, galley) in &self.pieces {
            painter.galley(*at + offset, galley.clone(), palette.text);
        }
    }
}
