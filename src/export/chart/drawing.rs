//! A drawing: rectangles and lines of words, in units of 1/96 inch. It is written as SVG here, painted in `picture`.

use super::picture::{self, Raster};
use super::texture::{HATCH, TEXTURES, Texture};
use crate::export::ExportError;
use crate::export::xml::escaped;

/// A colour, red, green and blue.
pub type Colour = [u8; 3];

/// Colours of the sides, as on the screen in the light theme; of words, lines and grounds.
pub const A: Colour = [0x1f, 0x6f, 0xb2];
pub const B: Colour = [0xa3, 0x4b, 0x08];
pub const INK: Colour = [0x1b, 0x1f, 0x24];
pub const MUTED: Colour = [0x5b, 0x66, 0x72];
pub const LINE: Colour = [0xdd, 0xe1, 0xe7];
pub const WHITE: Colour = [0xff; 3];

/// The colours of A and B.
pub const SIDES: [Colour; 2] = [A, B];

/// Size of words.
pub const SIZE: f32 = 13.0;

/// Where words stand in relation to their place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Anchor {
    /// They begin there.
    Start,
    /// They stand around it.
    Middle,
    /// They end there.
    End,
}

/// What a rectangle is filled with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fill {
    /// A colour, 0-1 opaque.
    Plain(Colour, f32),
    /// Bands of a colour, as [`HATCH`] says, 0-1 opaque.
    Bands(Colour, f32),
    /// Nothing.
    Nothing,
}

/// A piece of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle: left, top, width, height.
    Rect {
        /// Where.
        place: [f32; 4],
        /// What is inside.
        fill: Fill,
        /// The colour of its edge, one unit wide.
        edge: Option<Colour>,
    },
    /// A line of words.
    Words {
        /// Where, on the base line.
        at: (f32, f32),
        /// What of them is there.
        anchor: Anchor,
        /// How tall.
        size: f32,
        /// Whether bold.
        bold: bool,
        /// In which colour.
        colour: Colour,
        /// How far they rise to the right, in degrees.
        rise: f32,
        /// What they say.
        words: String,
    },
}

/// A whole drawing on white ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// What it shows, for programs that read aloud.
    pub title: String,
    /// In units.
    pub width: f32,
    /// In units.
    pub height: f32,
    pub(super) shapes: Vec<Shape>,
}

impl Drawing {
    /// An empty drawing.
    pub(super) fn new(title: &str, width: f32, height: f32) -> Self {
        Self { title: title.to_owned(), width, height, shapes: Vec::new() }
    }

    /// Words on a line.
    pub(super) fn text(&mut self, at: (f32, f32), anchor: Anchor, size: f32, colour: Colour, words: &str) {
        let words = words.to_owned();
        self.shapes.push(Shape::Words { at, anchor, size, bold: false, colour, rise: 0.0, words });
    }

    /// Bold words on a line.
    pub(super) fn bold(&mut self, at: (f32, f32), anchor: Anchor, size: f32, words: &str) {
        let words = words.to_owned();
        self.shapes.push(Shape::Words { at, anchor, size, bold: true, colour: INK, rise: 0.0, words });
    }

    /// Words that rise to the right from their beginning.
    pub(super) fn rising(&mut self, at: (f32, f32), size: f32, words: &str) {
        let (words, anchor) = (words.to_owned(), Anchor::Start);
        self.shapes.push(Shape::Words { at, anchor, size, bold: false, colour: INK, rise: 40.0, words });
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, place: [f32; 4], fill: Fill, edge: Option<Colour>) {
        self.shapes.push(Shape::Rect { place, fill, edge });
    }

    /// A bar of a side, as [`TEXTURES`] says.
    pub(super) fn bar(&mut self, side: usize, place: [f32; 4]) {
        let colour = SIDES[side];
        match TEXTURES[side] {
            Texture::Full => self.rect(place, Fill::Plain(colour, 1.0), Some(colour)),
            Texture::Hatched(hatch) => {
                self.rect(place, Fill::Plain(colour, hatch.tint), None);
                self.rect(place, Fill::Bands(colour, 1.0), Some(colour));
            }
        }
    }

    /// An upright line.
    pub(super) fn upright(&mut self, x: f32, from: f32, to: f32, colour: Colour) {
        self.rect([x - 0.5, from, 1.0, to - from], Fill::Plain(colour, 1.0), None);
    }

    /// The drawing as an SVG document.
    pub fn svg(&self) -> String {
        let (width, step) = (HATCH.width, HATCH.step);
        // Turned so far, the pattern's upright band rises to the right.
        let pattern = |(side, colour): (&str, Colour)| {
            format!(
                "<pattern id=\"{side}\" width=\"{step}\" height=\"{step}\" patternUnits=\"userSpaceOnUse\" \
                 patternTransform=\"rotate(45)\"><rect width=\"{width}\" height=\"{step}\" fill=\"{}\"/></pattern>",
                hex(colour)
            )
        };
        let patterns = [("a", A), ("b", B)].map(pattern).concat();
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" \
             font-family=\"'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',\
             sans-serif\">\n<title>{2}</title>\n<defs>{patterns}</defs>\n<rect width=\"{0}\" height=\"{1}\" \
             fill=\"#ffffff\"/>\n",
            number(self.width),
            number(self.height),
            escaped(&self.title),
        );
        for shape in &self.shapes {
            out.push_str(&element(shape));
        }
        out.push_str("</svg>");
        out
    }

    /// The drawing as a picture, `scale` pixels for each unit.
    pub fn png(&self, scale: f32) -> Result<Raster, ExportError> {
        picture::paint(self, scale)
    }
}

fn element(shape: &Shape) -> String {
    match shape {
        Shape::Rect { place: [x, y, width, height], fill, edge } => {
            let [x, y, width, height] = [*x, *y, *width, *height].map(number);
            let fill = match *fill {
                Fill::Plain(colour, 1.0) => format!("fill=\"{}\"", hex(colour)),
                Fill::Plain(colour, opacity) => {
                    format!("fill=\"{}\" fill-opacity=\"{opacity:.2}\"", hex(colour))
                }
                Fill::Bands(colour, opacity) => {
                    let side = if colour == A { "a" } else { "b" };
                    let opacity =
                        if opacity < 1.0 { format!(" fill-opacity=\"{opacity:.2}\"") } else { String::new() };
                    format!("fill=\"url(#{side})\"{opacity}")
                }
                Fill::Nothing => "fill=\"none\"".to_owned(),
            };
            let edge = edge.map_or_else(String::new, |colour| format!(" stroke=\"{}\"", hex(colour)));
            format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {fill}{edge}/>\n")
        }
        Shape::Words { at: (x, y), anchor, size, bold, colour, rise, words } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let (x, y) = (number(*x), number(*y));
            let weight = if *bold { " font-weight=\"700\"" } else { "" };
            let turn =
                if *rise == 0.0 { String::new() } else { format!(" transform=\"rotate(-{rise} {x} {y})\"") };
            format!(
                "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\"{weight} fill=\"{}\"{turn}>{}</text>\n",
                hex(*colour),
                escaped(words)
            )
        }
    }
}

/// About how wide some words are.
pub(super) fn width(words: &str, size: f32) -> f32 {
    words.chars().map(|c| if u32::from(c) >= 0x1100 { size } else { size * 0.58 }).sum()
}

/// Words cut so that they fit a width, with an ellipsis where some are missing.
pub(super) fn fitting(words: &str, size: f32, room: f32) -> String {
    if width(words, size) <= room {
        return words.to_owned();
    }
    let mut kept = String::new();
    for c in words.chars() {
        kept.push(c);
        if width(&kept, size) + size > room {
            kept.pop();
            break;
        }
    }
    kept + "…"
}

fn hex([red, green, blue]: Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// One decimal at most, so that a drawing is the same on every machine.
fn number(value: f32) -> String {
    let rounded = format!("{value:.1}");
    rounded.strip_suffix(".0").map(str::to_owned).unwrap_or(rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_to_their_room() {
        assert_eq!(fitting("健康促进", 10.0, 40.0), "健康促进");
        assert_eq!(fitting("健康促进与健康生活", 10.0, 45.0), "健康促…");
    }
}
