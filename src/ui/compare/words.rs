//! Words of a plan with marks in them: cue words, figures, shared words, what was added and removed.

use crate::plan::Segments;
use crate::text::{CharPos, Span, Text};
use crate::ui::cx::Cx;
use crate::ui::theme::{self, bold_font, regular_font};
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontId, Galley, Stroke, Ui};
use std::sync::Arc;

/// Why some words are marked. Each looks different without colour too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// They speak for a theme of this hue: a tint and an underline.
    Cue(u8),
    /// A quantitative aim: bold figures.
    Figure,
    /// The other item has them too: a ground.
    Shared,
    /// They were taken over from the other text: an underline.
    Taken,
    /// Added: an underline in green.
    Added,
    /// Removed: struck through.
    Removed,
}

/// How words are set.
#[derive(Clone, Copy)]
pub struct Setting {
    /// Size in points.
    pub size: f32,
    /// Their colour.
    pub color: Color32,
}

impl Setting {
    /// Reading text.
    pub fn reading(cx: &Cx<'_>) -> Self {
        Self { size: (cx.app.settings.reading_size - 1.0).max(13.0), color: cx.palette.text }
    }

    fn format(self, bold: bool) -> TextFormat {
        let font = if bold { bold_font(self.size) } else { regular_font(self.size) };
        let line_height = Some(self.size * (theme::READING_LEADING - 0.1));
        TextFormat { font_id: font, color: self.color, line_height, ..Default::default() }
    }
}

/// Appends words to a job, bold or not, cut where marks begin and end. Among marks over one place the last wins.
pub fn append(
    job: &mut LayoutJob,
    cx: &Cx<'_>,
    (text, segments): (&Text, &[Span]),
    marks: &[(Span, Mark)],
    (setting, bold): (Setting, bool),
) {
    let plain = setting.format(bold);
    for &span in segments {
        let mut cuts: Vec<CharPos> = vec![span.start, span.end];
        for (marked, _) in marks {
            if let Some(shared) = marked.intersection(span) {
                cuts.extend([shared.start, shared.end]);
            }
        }
        cuts.sort_unstable();
        cuts.dedup();
        for (&start, &end) in cuts.iter().zip(cuts.iter().skip(1)) {
            let mut format = plain.clone();
            for &(_, mark) in marks.iter().filter(|(marked, _)| marked.contains(start)) {
                apply(&mut format, cx, mark);
            }
            job.append(text.slice(Span::new(start, end)), 0.0, format);
        }
    }
}

fn apply(format: &mut TextFormat, cx: &Cx<'_>, mark: Mark) {
    let palette = cx.palette;
    match mark {
        Mark::Cue(hue) => {
            format.background = palette.tint(hue);
            format.underline = Stroke::new(1.0, palette.hue(hue));
        }
        Mark::Figure => format.font_id = bold_font(format.font_id.size),
        Mark::Shared => format.background = palette.selection,
        Mark::Taken => format.underline = Stroke::new(1.5, palette.accent),
        Mark::Added => {
            format.color = palette.good;
            format.underline = Stroke::new(1.5, palette.good);
        }
        Mark::Removed => {
            format.color = palette.danger;
            format.strikethrough = Stroke::new(1.5, palette.danger);
        }
    }
}

/// A heading in bold on its own line, then the words; laid out to a width.
pub fn item_galley(
    ui: &Ui,
    cx: &Cx<'_>,
    text: &Text,
    (heading, words): (&Segments, &Segments),
    marks: &[(Span, Mark)],
    width: f32,
) -> Arc<Galley> {
    let setting = Setting::reading(cx);
    let mut job = LayoutJob::default();
    append(&mut job, cx, (text, &heading.0), marks, (setting, true));
    let body = &words.0[heading.0.len().min(words.0.len())..];
    if !heading.is_empty() && !body.is_empty() {
        job.append("\n", 0.0, setting.format(false));
    }
    append(&mut job, cx, (text, body), marks, (setting, false));
    lay_out(ui, job, width)
}

/// Lays a job out to a width.
pub fn lay_out(ui: &Ui, mut job: LayoutJob, width: f32) -> Arc<Galley> {
    job.wrap = TextWrapping { max_width: width.max(40.0), ..Default::default() };
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Words in at most so many rows, with … where they are cut.
pub fn elided(
    ui: &Ui,
    words: &str,
    font: FontId,
    color: Color32,
    (width, rows): (f32, usize),
) -> Arc<Galley> {
    let short: String = words.chars().take(240).map(|c| if c == '\n' { ' ' } else { c }).collect();
    let mut job = LayoutJob::single_section(short, TextFormat { font_id: font, color, ..Default::default() });
    job.wrap = TextWrapping {
        max_width: width.max(8.0),
        max_rows: rows,
        // English words stay whole where there are rows to go on in.
        break_anywhere: rows == 1,
        overflow_character: Some('…'),
    };
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// A guess how high `chars` of reading text will be in a width.
pub fn estimate(cx: &Cx<'_>, chars: u32, width: f32) -> f32 {
    let size = Setting::reading(cx).size;
    let per_line = (width / size).max(4.0);
    (chars as f32 / per_line).ceil().max(1.0) * size * (theme::READING_LEADING - 0.1)
}
