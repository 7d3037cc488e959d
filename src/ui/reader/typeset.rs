//! A block made of glyphs: the galleys of a draft, where the chars of the plan stand in them, and painting.

use super::draft::{Draft, Measures, Style, Words};
use crate::plan::Segments;
use crate::text::{CharPos, Span, Text};
use crate::ui::theme::{Palette, bold_font, regular_font};
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, Galley, Painter, Pos2, Rect, Stroke, Ui, Vec2, pos2, vec2};
use std::sync::Arc;

/// How high the ground of a row is, as a multiple of the size of its text: high enough for the glyphs, low enough
/// that rows stay apart.
const GROUND: f32 = 1.45;

/// A block, ready to be painted. Positions are relative to its upper left corner.
pub struct Typeset {
    /// What it was made from.
    pub draft: Draft,
    /// The words of the plan.
    pub words: Option<SetWords>,
    /// Number, cells, furniture, names of chips: where and what.
    pieces: Vec<(Pos2, Arc<Galley>)>,
}

/// The words of a block as glyphs.
#[derive(Clone)]
pub struct SetWords {
    at: Pos2,
    galley: Arc<Galley>,
    /// The pieces of the text that are read here.
    pub segments: Segments,
    /// The chars read at which rows begin.
    starts: Vec<u32>,
    /// Half the height of a ground around the middle of a row, row by row.
    half: Vec<f32>,
    /// Chars that are read.
    len: u32,
}

/// Lays out a draft. `before` is what the same block was laid out as last: its glyphs are taken over where its words
/// are the same.
pub fn typeset(
    ui: &Ui,
    palette: &Palette,
    text: &Text,
    m: &Measures,
    draft: Draft,
    before: Option<&Typeset>,
) -> Typeset {
    let kept = before
        .filter(|before| before.draft.words == draft.words && before.draft.top.total_cmp(&draft.top).is_eq());
    let words = match kept {
        Some(before) => before.words.clone(),
        None => draft
            .words
            .as_ref()
            .filter(|words| !words.runs.is_empty())
            .map(|words| SetWords::new(ui, palette, text, words, m, draft.top)),
    };
    let mut pieces = Vec::with_capacity(draft.pieces.len() + draft.chips.len());
    for piece in &draft.pieces {
        let format = format(palette, piece.style, piece.size, Some(piece.line));
        pieces.push((piece.at, galley(ui, LayoutJob::single_section(piece.text.clone(), format))));
    }
    for chip in &draft.chips {
        let format = format(palette, Style::Plain, super::chips::CHIP_SIZE, None);
        let galley = galley(ui, LayoutJob::single_section(chip.name.clone(), format));
        let inset = vec2(chip.kind.before(), (chip.rect.height() - galley.size().y) / 2.0);
        pieces.push((chip.rect.min + inset, galley));
    }
    Typeset { draft, words, pieces }
}

fn format(palette: &Palette, style: Style, size: f32, line_height: Option<f32>) -> TextFormat {
    let (font_id, color) = match style {
        Style::Plain => (regular_font(size), palette.text),
        Style::Bold => (bold_font(size), palette.text),
        Style::Muted => (regular_font(size), palette.muted),
    };
    TextFormat { font_id, color, line_height, ..Default::default() }
}

/// Rows end where the job says so, nowhere else. A limit of rows, though none is meant, keeps the toolkit from laying
/// out and remembering every row by itself.
fn galley(ui: &Ui, mut job: LayoutJob) -> Arc<Galley> {
    job.wrap = TextWrapping { max_width: f32::INFINITY, max_rows: usize::MAX - 1, ..Default::default() };
    job.break_on_newline = true;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

impl SetWords {
    fn new(ui: &Ui, palette: &Palette, text: &Text, words: &Words, m: &Measures, top: f32) -> Self {
        let mut job = LayoutJob::default();
        let mut starts = words.rows.starts.iter().skip(1).copied().peekable();
        let (mut read, mut row, mut half) = (0_u32, 0, vec![0.0_f32; words.heights.len()]);
        let mut piece = String::new();
        for &(span, style, size) in &words.runs {
            let line = Some(m.line(size, m.leading));
            for c in text.slice(span).chars() {
                if starts.peek() == Some(&read) {
                    starts.next();
                    row += 1;
                    let written = if piece.is_empty() { &job.text } else { &piece };
                    if !written.ends_with('\n') {
                        piece.push('\n');
                    }
                }
                if let Some(half) = half.get_mut(row) {
                    *half = half.max(size * GROUND / 2.0);
                }
                piece.push(if c == '\t' { ' ' } else { c });
                read += 1;
            }
            job.append(&piece, 0.0, format(palette, style, size, line));
            piece.clear();
        }
        let galley = galley(ui, job);
        Self {
            at: pos2(m.numbers, top),
            galley,
            segments: words.segments(),
            starts: words.rows.starts.clone(),
            half,
            len: read,
        }
    }

    /// The rows as they are read from the screen.
    #[cfg(test)]
    pub fn rows(&self) -> Vec<String> {
        self.galley.rows.iter().map(|row| row.text()).collect()
    }

    /// Height of all rows in points.
    #[cfg(test)]
    pub fn height(&self) -> f32 {
        self.galley.size().y
    }

    /// Width of the longest row in points.
    #[cfg(test)]
    pub fn width(&self) -> f32 {
        self.galley.size().x
    }

    /// The char at which a row ends, of those read.
    fn row_end(&self, row: usize) -> u32 {
        self.starts.get(row + 1).copied().unwrap_or(self.len)
    }

    /// The rectangles that a span of the text fills, one a row.
    pub fn rects(&self, span: Span) -> impl Iterator<Item = Rect> {
        let (from, to) = (self.segments.from_text(span.start), self.segments.from_text(span.end));
        let first = self.starts.partition_point(|&start| start <= from).saturating_sub(1);
        let rows = self.galley.rows.iter().enumerate().skip(first);
        let rows = rows.take_while(move |&(row, _)| self.starts.get(row).is_some_and(|&start| start < to));
        rows.filter_map(move |(row, placed)| {
            let start = self.starts[row];
            let column = |read: u32| {
                let column = (read.clamp(start, self.row_end(row)) - start) as usize;
                placed.x_offset(egui::text::CharIndex(column.min(placed.glyphs.len())))
            };
            let (left, right) = (column(from), column(to));
            let corner = self.at + placed.pos.to_vec2();
            let middle = corner.y + placed.size.y / 2.0;
            let half = self.half.get(row).copied().unwrap_or(placed.size.y / 2.0).min(placed.size.y / 2.0);
            (right > left).then(|| {
                Rect::from_min_max(
                    pos2(corner.x + left, middle - half),
                    pos2(corner.x + right, middle + half),
                )
            })
        })
    }

    /// The char read nearest to a point: before which a cursor would stand.
    fn read_at(&self, point: Pos2, inside: bool) -> Option<u32> {
        let point = point - self.at;
        let rows = &self.galley.rows;
        let row = rows.iter().position(|row| point.y < row.max_y()).unwrap_or(rows.len().checked_sub(1)?);
        let placed = rows.get(row)?;
        let x = point.x - placed.pos.x;
        let column = if inside {
            placed.glyphs.iter().position(|glyph| x < glyph.max_x())?
        } else {
            placed.char_at(x).0
        };
        let start = *self.starts.get(row)?;
        Some((start + column as u32).min(self.row_end(row)))
    }

    /// The place in the text nearest to a point: before which char a cursor would stand.
    pub fn nearest(&self, point: Pos2) -> Option<CharPos> {
        self.segments.to_text(self.read_at(point, false)?)
    }

    /// The char under a point.
    pub fn under(&self, point: Pos2) -> Option<CharPos> {
        let below = point.y < self.at.y || point.y > self.at.y + self.galley.size().y;
        if below || point.x < self.at.x {
            return None;
        }
        self.segments.to_text(self.read_at(point, true)?)
    }
}

impl Typeset {
    /// Paints glyphs and chips with the block's upper left corner at `origin`. What lies behind and under the words
    /// is painted before (see `tints`).
    pub fn paint(&self, painter: &Painter, palette: &Palette, origin: Pos2, hue: impl Fn(usize) -> Color32) {
        let offset = origin.to_vec2();
        let line = Stroke::new(1.0, palette.line);
        if let (Some(&left), Some(&right)) = (self.draft.columns.first(), self.draft.columns.last()) {
            for &y in &self.draft.rules {
                painter.line_segment([pos2(left, y) + offset, pos2(right, y) + offset], line);
            }
            for &x in &self.draft.columns {
                painter.line_segment([pos2(x, 0.0) + offset, pos2(x, self.draft.height) + offset], line);
            }
        }
        for (number, chip) in self.draft.chips.iter().enumerate() {
            paint_chip(painter, palette, chip, offset, hue(number));
        }
        if let Some(words) = &self.words {
            painter.galley(words.at + offset, words.galley.clone(), palette.text);
        }
        for (at, galley) in &self.pieces {
            painter.galley(*at + offset, galley.clone(), palette.text);
        }
    }
}

/// A tag of the whole place has a filled ground, one of passages an edge, a note neither.
fn paint_chip(painter: &Painter, palette: &Palette, chip: &super::chips::Chip, offset: Vec2, hue: Color32) {
    use super::chips::ChipKind;
    let rect = chip.rect.translate(offset);
    let dot = rect.left_center() + vec2(10.0, 0.0);
    match chip.kind {
        ChipKind::Tag(_) => {
            painter.rect_filled(rect, 11.0, palette.ground.lerp_to_gamma(hue, 0.12));
            painter.circle_filled(dot, 4.0, hue);
        }
        ChipKind::Passage(..) => {
            let edge = Stroke::new(1.0, palette.ground.lerp_to_gamma(hue, 0.5));
            painter.rect_stroke(rect.shrink(0.5), 11.0, edge, egui::StrokeKind::Inside);
            painter.rect_filled(Rect::from_center_size(dot, vec2(8.0, 4.0)), 1.0, hue);
        }
        ChipKind::Note => drop(painter.rect_filled(rect, 4.0, palette.panel)),
    }
}
