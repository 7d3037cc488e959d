//! From signs to rows: what stands on one baseline, with the blanks that a reader sees.

use super::glyphs::Glyph;
use crate::text::{is_blank, is_han};

/// A row of signs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// The words.
    pub(super) words: String,
    /// Left edge of the first sign, in points.
    pub(super) left: f32,
    /// Right edge of the last sign.
    pub(super) right: f32,
    /// Right edge of its ink, see [`ink_right`].
    pub(super) ink: f32,
    /// The baseline.
    pub(super) y: f32,
    /// Size of most signs.
    pub(super) size: f32,
    /// The column of the page it stands in.
    pub(super) column: Column,
}

/// Where on the page a row stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Column {
    /// The page has one column, or the row spans both.
    #[default]
    Whole,
    Left,
    Right,
}

/// The rows of a page, top to bottom, left to right. Signs far apart on one baseline, and those on either side of the
/// white strip between two columns, are rows of their own. `usual`: where that strip is on other pages; it holds where
/// this one has too few lines to show its own and none runs over it.
pub(super) fn rows(lines: Vec<Vec<Glyph>>, usual: Option<f32>) -> Vec<Row> {
    let kept = || usual.filter(|&at| is_white(&visible(&lines), at, 1));
    let strip = white_strip(&lines).or_else(kept);
    lines.into_iter().flat_map(|line| split_at_wide_gaps(&line, strip)).collect()
}

fn visible(lines: &[Vec<Glyph>]) -> Vec<Vec<Glyph>> {
    lines.iter().map(|line| line.iter().copied().filter(|g| is_visible(g.sign)).collect()).collect()
}

/// Where the ink of a sign ends. Points stand in the left of their square; at the end of a row the square may hang over
/// the edge of the column, into the white between two.
fn ink_right(glyph: Glyph) -> f32 {
    let is_point = matches!(glyph.sign, ',' | '.' | ';' | ':' | '，' | '。' | '、' | '；' | '：' | '．');
    let share = if is_point && glyph.width > 0.6 * glyph.size { 0.3 } else { 1.0 };
    glyph.x + glyph.width * share
}

/// Room at the white strip, in sizes of the type: `w:space="240"` of Word is 12 points, beside type of 16.
const STRIP_ROOM: f32 = 0.4;

/// Lines that must be parted by a white strip before it parts columns.
const MIN_PARTED: usize = 8;

/// The middle of the white strip that runs down between two columns, however narrow: most lines that reach over it
/// leave room there. Lines of one column have signs everywhere.
pub(super) fn white_strip(lines: &[Vec<Glyph>]) -> Option<f32> {
    let visible = visible(lines);
    let left = visible.iter().flatten().map(|g| g.x).fold(f32::INFINITY, f32::min);
    let right = visible.iter().flatten().map(|g| g.x + g.width).fold(f32::NEG_INFINITY, f32::max);
    let places = (70..=130).map(|half_percent| left + (right - left) * half_percent as f32 / 200.0);
    let white: Vec<f32> = places.filter(|&at| is_white(&visible, at, MIN_PARTED)).collect();
    white.get(white.len() / 2).copied()
}

/// Whether at least `least` lines are parted at a place, and few run over it.
fn is_white(lines: &[Vec<Glyph>], at: f32, least: usize) -> bool {
    let (mut parted, mut crossed) = (0, 0);
    for line in lines {
        let behind = line.partition_point(|g| f32::midpoint(g.x, ink_right(*g)) < at);
        // A line that ends before the strip or begins behind it tells nothing.
        let (Some(before), Some(next)) = (behind.checked_sub(1).and_then(|i| line.get(i)), line.get(behind))
        else {
            continue;
        };
        let (from, to) = (ink_right(*before), next.x);
        let room = to - from >= STRIP_ROOM * before.size.min(next.size);
        if room && from <= at && at <= to { parted += 1 } else { crossed += 1 }
    }
    parted >= least && crossed * 5 < parted
}

/// The words of signs on one or more baselines: a cell of a table.
pub(super) fn words_of(glyphs: Vec<Glyph>) -> String {
    let mut words = String::new();
    for line in baselines(glyphs) {
        append(&mut words, &words_of_line(&line));
    }
    words
}

/// Writes `more` behind `words`; between Latin words with a blank, as the line end was one.
pub(super) fn append(words: &mut String, more: &str) {
    let (last, first) = (words.chars().next_back(), more.chars().next());
    if let (Some(last), Some(first)) = (last, first)
        && last.is_ascii_alphanumeric()
        && first.is_ascii_alphanumeric()
        && !(last.is_ascii_digit() && first.is_ascii_digit())
    {
        words.push(' ');
    }
    words.push_str(more);
}

/// Signs by baseline, top to bottom, each sorted from the left. Sub- and superscripts belong to the line that they
/// overlap: PM2.5 with its 2.5 set low.
pub(super) fn baselines(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    let mut tallest: Option<Glyph> = None;
    for glyph in glyphs {
        match (&mut tallest, lines.last_mut()) {
            (Some(tall), Some(line)) if overlaps(*tall, glyph) => {
                if glyph.size > tall.size && !is_blank(glyph.sign) {
                    *tall = glyph;
                }
                line.push(glyph);
            }
            _ => {
                tallest = Some(glyph);
                lines.push(vec![glyph]);
            }
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
        drop_doubles(line);
    }
    lines
}

/// Whether two signs share a good part of the smaller one's height.
fn overlaps(a: Glyph, b: Glyph) -> bool {
    let top = (a.y + a.size * 0.8).min(b.y + b.size * 0.8);
    let shared = top - a.y.max(b.y);
    shared > 0.3 * a.size.min(b.size)
}

/// Bold type is sometimes a sign set twice, a hair apart.
fn drop_doubles(line: &mut Vec<Glyph>) {
    let mut kept: Vec<Glyph> = Vec::with_capacity(line.len());
    for glyph in line.drain(..) {
        let is_double = kept.iter().rev().take(3).any(|before| {
            before.sign == glyph.sign && (glyph.x - before.x).abs() < 0.3 * before.width.max(0.3 * glyph.size)
        });
        if !is_double {
            kept.push(glyph);
        }
    }
    *line = kept;
}

/// Gaps this wide, in sizes of the type, part columns.
const WIDE_GAP: f32 = 2.5;

fn split_at_wide_gaps(line: &[Glyph], strip: Option<f32>) -> Vec<Row> {
    let visible: Vec<Glyph> = line.iter().copied().filter(|g| is_visible(g.sign)).collect();
    let mut rows = Vec::new();
    let mut from = 0;
    for at in 1..=visible.len() {
        let ends = at == visible.len() || {
            let (before, next) = (visible[at - 1], visible[at]);
            let gap = next.x - (before.x + before.width);
            let ink = ink_right(before);
            let at_strip = strip.is_some_and(|strip| {
                ink <= strip && strip <= next.x && next.x - ink >= STRIP_ROOM * before.size
            });
            at_strip || gap > WIDE_GAP * before.size.max(next.size)
        };
        if ends {
            rows.extend(row_of(&visible[from..at], line));
            from = at;
        }
    }
    rows
}

/// A row of visible signs; `line` has the blanks between them too.
fn row_of(visible: &[Glyph], line: &[Glyph]) -> Option<Row> {
    let (first, last) = (visible.first()?, visible.last()?);
    let part: Vec<Glyph> = line.iter().copied().filter(|g| g.x >= first.x && g.x <= last.x).collect();
    let mut sizes: Vec<f32> = visible.iter().map(|g| g.size).collect();
    sizes.sort_by(f32::total_cmp);
    let size = sizes[sizes.len() / 2];
    let base = visible.iter().find(|g| (g.size - size).abs() < 0.1).unwrap_or(first);
    let (left, right) = (first.x, last.x + last.width);
    let ink = ink_right(*last);
    Some(Row { words: words_of_line(&part), left, right, ink, y: base.y, size, column: Column::Whole })
}

/// The words of signs sorted from the left. Between Han characters a blank is shown where there is room for most
/// of a character; between Latin ones where the file has a blank or room for one. The little space that typesetters
/// put between Han and Latin is none.
fn words_of_line(line: &[Glyph]) -> String {
    let mut words = String::new();
    let (mut before, mut blank): (Option<Glyph>, bool) = (None, false);
    for glyph in line {
        if !is_visible(glyph.sign) {
            blank |= is_blank(glyph.sign);
            continue;
        }
        if let Some(before) = before {
            let gap = (glyph.x - (before.x + before.width)) / before.size.max(glyph.size);
            let is_shown = match (is_wide(before.sign), is_wide(glyph.sign)) {
                (false, false) => gap > 0.2 || (blank && gap > 0.1),
                (true, true) => gap > 0.75,
                _ => gap > 0.6,
            };
            if is_shown {
                words.push(' ');
            }
        }
        words.push(glyph.sign);
        (before, blank) = (Some(*glyph), false);
    }
    words
}

fn is_visible(sign: char) -> bool {
    !is_blank(sign) && !sign.is_control()
}

/// Signs that fill a square.
fn is_wide(sign: char) -> bool {
    is_han(sign)
        || matches!(sign, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}
