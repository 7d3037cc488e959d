//! Charts of a comparison, as SVG text and as PNG pictures.
//!
//! A and B are told apart by hatching and by their letters, not by colour alone, so that a chart survives a black and
//! white copy. Not here: the numbers (see `insight`). Read in this order: `texture` (how the sides look, on the screen
//! too), `drawing` (pieces, and SVG), `bars` and `heat` (the charts), `picture` (PNG).

mod bars;
mod drawing;
mod heat;
mod picture;
mod texture;

pub use bars::{Bar, Bars};
pub use drawing::{Drawing, SIDES};
pub use heat::Heat;
pub use picture::{BOLD, Raster, SANS};
pub use texture::{HATCH, Hatch, TEXTURES, Texture};

/// Pixels of a picture for each unit of the drawing, for print.
pub const PRINT: f32 = 2.0;
