//! A line of words in a row: what does not fit ends in `…`, never in half a character.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId, Painter, Pos2, Rect, pos2};

/// Paints words from `at` (left, middle of the height) up to `right`; gives where they stand.
pub fn line(painter: &Painter, at: Pos2, right: f32, words: &str, font: FontId, color: Color32) -> Rect {
    let mut job = LayoutJob::simple_singleline(words.to_owned(), font, color);
    job.wrap = TextWrapping::truncate_at_width((right - at.x).max(0.0));
    let galley = painter.layout_job(job);
    let rect = Rect::from_min_size(pos2(at.x, at.y - galley.size().y / 2.0), galley.size());
    painter.galley(rect.min, galley, color);
    rect
}
