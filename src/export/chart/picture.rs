//! A drawing as a PNG picture, set in the program's own font, so that it is the same on every machine.

use super::drawing::{Anchor, Colour, Drawing, Fill, Shape, WHITE};
use super::texture::HATCH;
use crate::export::ExportError;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};
use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::kurbo::{Affine, BezPath, Rect, Shape as _};
use vello_cpu::{Pixmap, RenderContext, Resources};

/// Noto Sans SC, subset; also the font of the window.
pub static SANS: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSC-Regular.otf");
/// The same, bold.
pub static BOLD: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSC-Bold.otf");

/// The largest picture, in pixels either way.
const LARGEST: f32 = 16_000.0;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The file.
    pub png: Vec<u8>,
}

/// Paints a drawing, `scale` pixels for each unit of it; fewer where the picture would grow past all bounds.
pub(super) fn paint(drawing: &Drawing, scale: f32) -> Result<Raster, ExportError> {
    let scale = scale.min(LARGEST / drawing.width.max(1.0)).min(LARGEST / drawing.height.max(1.0));
    let pixels = |length: f32| (length * scale).ceil().clamp(1.0, LARGEST) as u16;
    let (width, height) = (pixels(drawing.width), pixels(drawing.height));
    let font = |bytes| FontRef::new(bytes).map_err(|error| ExportError::Picture(error.to_string()));
    let mut painter = Painter {
        context: RenderContext::new(width, height),
        scale: Affine::scale(f64::from(scale)),
        sans: font(SANS)?,
        bold: font(BOLD)?,
    };
    // One unit more, for the last column and row of pixels may be covered in part.
    let ground = Rect::new(0.0, 0.0, f64::from(drawing.width) + 1.0, f64::from(drawing.height) + 1.0);
    painter.fill(&ground.to_path(0.1), WHITE, 1.0);
    for shape in &drawing.shapes {
        painter.shape(shape);
    }
    let mut map = Pixmap::new(width, height);
    painter.context.flush();
    painter.context.render(&mut map, &mut Resources::new());
    let colours: Vec<u8> =
        map.data_as_u8_slice().chunks_exact(4).flat_map(|pixel| pixel[..3].to_vec()).collect();
    let png = encode(u32::from(width), u32::from(height), &colours)
        .map_err(|error| ExportError::Picture(error.to_string()))?;
    Ok(Raster { width: width.into(), height: height.into(), png })
}

fn encode(width: u32, height: u32, colours: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(colours)?;
    writer.finish()?;
    Ok(out)
}

struct Painter {
    context: RenderContext,
    scale: Affine,
    sans: FontRef<'static>,
    bold: FontRef<'static>,
}

impl Painter {
    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { place, fill, edge } => {
                let [x, y, width, height] = place.map(f64::from);
                let rect = Rect::new(x, y, x + width, y + height);
                match *fill {
                    Fill::Plain(colour, opacity) => self.fill(&rect.to_path(0.1), colour, opacity),
                    Fill::Bands(colour, opacity) => self.fill(&bands(rect), colour, opacity),
                    Fill::Nothing => {}
                }
                if let Some(colour) = edge {
                    for side in edges(rect) {
                        self.fill(&side.to_path(0.1), *colour, 1.0);
                    }
                }
            }
            Shape::Words { at, anchor, size, bold, colour, rise, words } => {
                let font = if *bold { &self.bold } else { &self.sans };
                let (path, width) = outline(font, words, *size);
                let back = match anchor {
                    Anchor::Start => 0.0,
                    Anchor::Middle => width / 2.0,
                    Anchor::End => width,
                };
                let place = Affine::translate((f64::from(at.0), f64::from(at.1)))
                    * Affine::rotate(-f64::from(*rise).to_radians())
                    * Affine::translate((-back, 0.0));
                self.fill(&(place * path), *colour, 1.0);
            }
        }
    }

    fn fill(&mut self, path: &BezPath, [red, green, blue]: Colour, opacity: f32) {
        let channel = |value: u8| f32::from(value) / 255.0;
        let colour: AlphaColor<Srgb> =
            AlphaColor::new([channel(red), channel(green), channel(blue), opacity]);
        self.context.set_transform(self.scale);
        self.context.set_paint(colour);
        self.context.fill_path(path);
    }
}

/// The bands inside a rectangle, as one path.
fn bands(rect: Rect) -> BezPath {
    let corners = [rect.x0, rect.y0, rect.x1, rect.y1].map(|at| at as f32);
    let mut path = BezPath::new();
    for band in HATCH.bands(corners, (0.0, 0.0)) {
        let mut corners = band.into_iter().map(|(x, y)| (f64::from(x), f64::from(y)));
        if let Some(start) = corners.next() {
            path.move_to(start);
            corners.for_each(|corner| path.line_to(corner));
            path.close_path();
        }
    }
    path
}

/// The four edges of a rectangle, one unit wide.
fn edges(rect: Rect) -> [Rect; 4] {
    let half = 0.5;
    [
        Rect::new(rect.x0 - half, rect.y0 - half, rect.x1 + half, rect.y0 + half),
        Rect::new(rect.x0 - half, rect.y1 - half, rect.x1 + half, rect.y1 + half),
        Rect::new(rect.x0 - half, rect.y0 + half, rect.x0 + half, rect.y1 - half),
        Rect::new(rect.x1 - half, rect.y0 + half, rect.x1 + half, rect.y1 - half),
    ]
}

/// The outline of a line of words that begins at the origin, and how long it is. Chars the font has not are boxes.
fn outline(font: &FontRef<'_>, words: &str, size: f32) -> (BezPath, f64) {
    let (charmap, glyphs) = (font.charmap(), font.outline_glyphs());
    let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
    let mut pen = Pen::default();
    for c in words.chars() {
        let glyph = charmap.map(c).unwrap_or_default();
        if let Some(outline) = glyphs.get(glyph) {
            let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
            // A glyph that cannot be drawn leaves its room empty.
            let _ = outline.draw(settings, &mut pen);
        }
        pen.x += f64::from(metrics.advance_width(glyph).unwrap_or(size));
    }
    (pen.path, pen.x)
}

/// Takes glyphs, y upwards, to a path, y downwards.
#[derive(Default)]
struct Pen {
    path: BezPath,
    x: f64,
}

impl Pen {
    fn point(&self, x: f32, y: f32) -> (f64, f64) {
        (self.x + f64::from(x), -f64::from(y))
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.point(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.point(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.point(cx, cy), self.point(x, y));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.path.curve_to(self.point(ax, ay), self.point(bx, by), self.point(x, y));
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::chart::drawing::INK;

    #[test]
    fn han_characters_are_painted() {
        let painted = |words: &str| {
            let mut drawing = Drawing::new("", 40.0, 20.0);
            drawing.text((2.0, 16.0), Anchor::Start, 14.0, INK, words);
            paint(&drawing, 2.0).unwrap()
        };
        let (none, han) = (painted(""), painted("健康"));
        assert_eq!((han.width, han.height), (80, 40));
        assert!(han.png.starts_with(b"\x89PNG") && han.png != none.png && han.png == painted("健康").png);
    }
}
