//! How the two cities look: one colour each, told apart by hatching and by their letters too, the same in every view.

use crate::app::Side;
use crate::ui::cx::Cx;
use crate::ui::theme::bold_font;
use egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, pos2};

/// Points between the lines of the hatching.
const HATCH: f32 = 5.0;

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

/// A bar: filled for A, hatched for B.
pub fn bar(painter: &Painter, cx: &Cx<'_>, side: Side, rect: Rect) {
    let color = color(cx, side);
    match side {
        Side::A => {
            painter.rect_filled(rect, 1.0, color);
        }
        Side::B => {
            painter.rect_filled(rect, 1.0, cx.palette.ground.lerp_to_gamma(color, 0.25));
            hatch(painter, rect, Stroke::new(1.2, color));
            painter.rect_stroke(rect, 1.0, Stroke::new(1.0, color), egui::StrokeKind::Inside);
        }
    }
}

fn hatch(painter: &Painter, rect: Rect, stroke: Stroke) {
    let clip = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let mut x = rect.min.x - rect.height();
    while x < rect.max.x {
        clip.line_segment([pos2(x, rect.max.y), pos2(x + rect.height(), rect.min.y)], stroke);
        x += HATCH;
    }
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
