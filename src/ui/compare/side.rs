//! How the two cities look: one colour each, told apart by hatching and by their letters too, the same in every view.

use crate::app::Side;
use crate::export::chart::{TEXTURES, Texture};
use crate::ui::cx::Cx;
use crate::ui::theme::bold_font;
use egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, pos2};

/// The colour of a side.
pub fn color(cx: &Cx<'_>, side: Side) -> Color32 {
    match side {
        Side::A => cx.palette.side_a,
        Side::B => cx.palette.side_b,
    }
}

/// The letter of a side.
pub fn letter(side: Side) -> &'static str {
    match side {
        Side::A => "A",
        Side::B => "B",
    }
}

/// A bar of a side, filled as in charts.
pub fn bar(painter: &Painter, cx: &Cx<'_>, side: Side, rect: Rect) {
    painter.extend(filled(TEXTURES[side.index()], rect, color(cx, side), cx.palette.ground));
}

/// A rectangle with the texture of a side.
fn filled(texture: Texture, rect: Rect, color: Color32, ground: Color32) -> Vec<Shape> {
    let Texture::Hatched(hatch) = texture else { return vec![Shape::rect_filled(rect, 1.0, color)] };
    let mut shapes = vec![Shape::rect_filled(rect, 1.0, ground.lerp_to_gamma(color, hatch.tint))];
    let edges = [rect.min.x, rect.min.y, rect.max.x, rect.max.y];
    let bands = hatch.bands(edges, (rect.min.x, rect.min.y)).into_iter();
    shapes.extend(bands.map(|band| {
        let corners = band.into_iter().map(|(x, y)| pos2(x, y)).collect();
        Shape::convex_polygon(corners, color, Stroke::NONE)
    }));
    let edge = Stroke::new(1.0, color);
    shapes.push(Shape::rect_stroke(rect, 1.0, edge, egui::StrokeKind::Inside));
    shapes
}

/// The letter of a side in a small disc, its centre at `center`.
pub fn badge(painter: &Painter, cx: &Cx<'_>, side: Side, center: Pos2) {
    let color = color(cx, side);
    match side {
        Side::A => painter.circle_filled(center, 9.0, color),
        Side::B => painter.circle_stroke(center, 8.5, Stroke::new(1.5, color)),
    };
    let ink = if side == Side::A { cx.palette.ground } else { color };
    painter.text(center, Align2::CENTER_CENTER, letter(side), bold_font(12.5), ink);
}

/// How firm: three squares, as many filled.
pub fn strength(painter: &Painter, cx: &Cx<'_>, side: Side, left: Pos2, level: u8) {
    for step in 0..3 {
        let corner = pos2(left.x + f32::from(step) * 9.0, left.y - 3.5);
        let rect = Rect::from_min_size(corner, egui::vec2(7.0, 7.0));
        if step < level {
            painter.rect_filled(rect, 1.0, color(cx, side));
        } else {
            painter.rect_stroke(rect, 1.0, Stroke::new(1.0, cx.palette.line), egui::StrokeKind::Inside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Theme;
    use crate::export::chart::{HATCH, SIDES};
    use crate::ui::theme::palette;

    #[test]
    fn sides_look_on_the_screen_as_they_do_in_charts() {
        let light = palette(Theme::Light);
        let colors = [light.side_a, light.side_b].map(|color| [color.r(), color.g(), color.b()]);
        assert_eq!(colors, SIDES);
        let rect = Rect::from_min_max(pos2(3.0, 4.0), pos2(63.0, 18.0));
        let [of_a, of_b] = TEXTURES.map(|texture| filled(texture, rect, light.side_a, light.ground));
        assert_eq!(of_a.len(), 1, "A is full");
        let bands = HATCH.bands([3.0, 4.0, 63.0, 18.0], (3.0, 4.0)).len();
        assert!(bands > 5);
        assert_eq!(of_b.len(), bands + 2, "B has a tint, the bands of charts, and an edge");
    }
}
