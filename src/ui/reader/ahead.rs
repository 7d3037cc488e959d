//! Glyphs drawn ahead. The toolkit draws a char when it is first laid out, and doubles its picture of all glyphs when
//! that is full: a moment that is felt while scrolling. So the chars a plan needs are drawn while it stands still.

use super::draft::{Draft, Style};
use crate::text::Text;
use crate::ui::theme::{bold_font, regular_font};
use egui::{Color32, Ui};
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// How long a frame may draw glyphs that are out of view.
const DRAWING: Duration = Duration::from_micros(600);
/// Until the next frame that draws some: there is no hurry.
const PAUSE: Duration = Duration::from_millis(16);

/// A char as it looks.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Glyph {
    char: char,
    bold: bool,
    /// Size in points, as bits.
    size: u32,
}

/// The glyphs of a plan.
#[derive(Default)]
pub struct Ahead {
    met: HashSet<Glyph>,
    waiting: Vec<Glyph>,
}

impl Ahead {
    /// Notes the chars of a block.
    pub fn meet(&mut self, draft: &Draft, text: &Text) {
        for &(span, style, size) in draft.words.iter().flat_map(|words| &words.runs) {
            self.meet_words(text.slice(span), style, size);
        }
        for piece in &draft.pieces {
            self.meet_words(&piece.text, piece.style, piece.size);
        }
    }

    fn meet_words(&mut self, words: &str, style: Style, size: f32) {
        for char in words.chars() {
            let glyph = Glyph { char, bold: style == Style::Bold, size: size.to_bits() };
            if self.met.insert(glyph) {
                self.waiting.push(glyph);
            }
        }
    }

    /// Draws some of the glyphs that wait, and asks for another frame while there are more.
    pub fn draw(&mut self, ui: &Ui) {
        let began = Instant::now();
        while let Some(Glyph { char, bold, size }) = self.waiting.pop() {
            let size = f32::from_bits(size);
            let font = if bold { bold_font(size) } else { regular_font(size) };
            ui.fonts_mut(|fonts| fonts.layout_no_wrap(char.to_string(), font, Color32::PLACEHOLDER));
            if began.elapsed() >= DRAWING {
                break;
            }
        }
        if !self.waiting.is_empty() {
            ui.request_repaint_after(PAUSE);
        }
    }
}
