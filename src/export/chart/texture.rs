//! How the two sides look wherever bars are drawn, on the screen and in charts alike: A full, B hatched over a tint.
//!
//! Not here: their colours, which change with the theme of the window; charts take those of the light one.

/// What fills the bars of a side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Texture {
    /// The colour of the side.
    Full,
    /// Bands of the colour over a tint of it.
    Hatched(Hatch),
}

/// Bands that rise to the right at 45 degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hatch {
    /// How wide a band is, square to it.
    pub width: f32,
    /// From one band to the next, square to them.
    pub step: f32,
    /// How much of the colour lies under the bands, 0-1.
    pub tint: f32,
}

/// The hatching of B.
pub const HATCH: Hatch = Hatch { width: 1.4, step: 4.0, tint: 0.22 };

/// What fills the bars of A and of B.
pub const TEXTURES: [Texture; 2] = [Texture::Full, Texture::Hatched(HATCH)];

impl Hatch {
    /// The bands within a rectangle (left, top, right, bottom), cut to it: convex polygons, each a list of corners. The
    /// bands are counted from `origin`, so that what moves takes its hatching along.
    pub fn bands(self, [left, top, right, bottom]: [f32; 4], origin: (f32, f32)) -> Vec<Vec<(f32, f32)>> {
        let root = std::f32::consts::SQRT_2;
        let (width, step) = (self.width * root, self.step * root);
        let from = origin.0 + origin.1;
        let first = ((left + top - from - width) / step).floor() as i32;
        let last = ((right + bottom - from) / step).ceil() as i32;
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        let band = |number: i32| {
            // The points of the rectangle with near <= x + y <= near + width: at most six corners.
            let near = from + number as f32 * step;
            cut(&cut(&corners, |(x, y)| x + y - near), |(x, y)| near + width - x - y)
        };
        (first..=last).map(band).filter(|corners| corners.len() > 2).collect()
    }
}

/// The part of a convex polygon where `side` is not negative.
fn cut(corners: &[(f32, f32)], side: impl Fn((f32, f32)) -> f32) -> Vec<(f32, f32)> {
    let mut kept = Vec::with_capacity(corners.len() + 1);
    for (at, &here) in corners.iter().enumerate() {
        let next = corners[(at + 1) % corners.len()];
        let (a, b) = (side(here), side(next));
        if a >= 0.0 {
            kept.push(here);
        }
        if (a < 0.0) != (b < 0.0) {
            let share = a / (a - b);
            kept.push((here.0 + (next.0 - here.0) * share, here.1 + (next.1 - here.1) * share));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twice the area of a polygon, by the shoelace formula.
    fn twice_the_area(corners: &[(f32, f32)]) -> f32 {
        let next = corners.iter().cycle().skip(1);
        corners.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f32>().abs()
    }

    #[test]
    fn bands_stay_in_their_rectangle_and_cover_their_share_of_it() {
        let bands = HATCH.bands([10.0, 20.0, 110.0, 80.0], (3.0, 4.0));
        for &(x, y) in bands.iter().flatten() {
            assert!((10.0..=110.0).contains(&x) && (20.0..=80.0).contains(&y), "{x} {y}");
        }
        let covered = bands.iter().map(|corners| twice_the_area(corners)).sum::<f32>() / 2.0 / 6000.0;
        assert!((covered - HATCH.width / HATCH.step).abs() < 0.02, "{covered}");
    }

    #[test]
    fn what_moves_takes_its_hatching_along() {
        let moved = HATCH.bands([17.0, 5.0, 37.0, 15.0], (17.0, 5.0));
        let there = HATCH.bands([0.0, 0.0, 20.0, 10.0], (0.0, 0.0));
        assert_eq!(moved.len(), there.len());
        for (&(x, y), &(x0, y0)) in moved.iter().flatten().zip(there.iter().flatten()) {
            assert!((x - x0 - 17.0).abs() < 1e-3 && (y - y0 - 5.0).abs() < 1e-3);
        }
    }
}
