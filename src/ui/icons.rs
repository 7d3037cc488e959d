//! Icons, painted, so that they need no font and take the colours of the theme.

use egui::{
    Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// The icons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Curved arrow to the left.
    Undo,
    /// Curved arrow to the right.
    Redo,
    /// Arrow to the left.
    Back,
    /// Arrow to the right.
    Forward,
    /// A cross.
    Close,
    /// Two arrows past each other.
    Swap,
    /// A panel on the left.
    PanelLeft,
    /// A panel on the right.
    PanelRight,
    /// A half-filled circle.
    Theme,
    /// A question mark.
    Help,
    /// A pencil: a person set this right.
    Pencil,
    /// An arrow to a bar: on to what is next.
    Next,
    /// An arrow head up.
    Up,
    /// An arrow head down.
    Down,
}

/// A button with an icon and an accessible name, which is also its tooltip.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str, enabled: bool) -> Response {
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(30.0, 28.0), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let visuals = ui.style().interact(&response);
    if enabled && (response.hovered() || response.has_focus()) {
        ui.painter().rect(rect, 4.0, visuals.bg_fill, visuals.bg_stroke, egui::StrokeKind::Inside);
    }
    let color = if enabled { visuals.text_color() } else { ui.visuals().gray_out(ui.visuals().text_color()) };
    paint(ui.painter(), icon, rect.center(), color);
    response.on_hover_text(name)
}

/// Paints an icon around `center`, 16 points wide.
pub fn paint(painter: &Painter, icon: Icon, center: Pos2, color: Color32) {
    let stroke = Stroke::new(1.6, color);
    let at = |x: f32, y: f32| center + vec2(x, y);
    let line = |points: &[(f32, f32)]| {
        painter.add(Shape::line(points.iter().map(|&(x, y)| at(x, y)).collect(), stroke));
    };
    match icon {
        Icon::Undo | Icon::Redo => {
            let side = if icon == Icon::Undo { 1.0 } else { -1.0 };
            let arc: Vec<_> = (0..=12)
                .map(|step| {
                    let angle = std::f32::consts::PI * (-0.5 + step as f32 / 12.0);
                    (side * (1.0 + 5.0 * angle.cos()), 1.0 + 5.0 * angle.sin())
                })
                .collect();
            line(&arc);
            line(&[(side, -4.0), (side * -5.5, -4.0)]);
            line(&[(side * -2.5, -7.0), (side * -6.0, -4.0), (side * -2.5, -1.0)]);
        }
        Icon::Back => line(&[(3.0, -6.0), (-3.0, 0.0), (3.0, 6.0)]),
        Icon::Forward => line(&[(-3.0, -6.0), (3.0, 0.0), (-3.0, 6.0)]),
        Icon::Pencil => {
            line(&[(-4.0, 4.0), (-3.0, 1.0), (3.0, -5.0), (5.0, -3.0), (-1.0, 3.0), (-4.0, 4.0)]);
        }
        Icon::Next => {
            line(&[(-7.0, 0.0), (3.0, 0.0)]);
            line(&[(-1.0, -4.0), (3.0, 0.0), (-1.0, 4.0)]);
            line(&[(6.5, -5.0), (6.5, 5.0)]);
        }
        Icon::Up => line(&[(-5.0, 2.5), (0.0, -3.0), (5.0, 2.5)]),
        Icon::Down => line(&[(-5.0, -2.5), (0.0, 3.0), (5.0, -2.5)]),
        Icon::Close => {
            line(&[(-4.0, -4.0), (4.0, 4.0)]);
            line(&[(-4.0, 4.0), (4.0, -4.0)]);
        }
        Icon::Swap => {
            line(&[(-7.0, -3.0), (7.0, -3.0), (4.0, -6.0)]);
            line(&[(7.0, 3.0), (-7.0, 3.0), (-4.0, 6.0)]);
        }
        Icon::PanelLeft | Icon::PanelRight => {
            let frame = Rect::from_center_size(center, Vec2::new(15.0, 12.0));
            painter.rect_stroke(frame, 2.0, stroke, egui::StrokeKind::Middle);
            let x = if icon == Icon::PanelLeft { -2.5 } else { 2.5 };
            line(&[(x, -6.0), (x, 6.0)]);
        }
        Icon::Help => {
            painter.text(center, egui::Align2::CENTER_CENTER, "?", super::theme::bold_font(16.0), color);
        }
        Icon::Theme => {
            painter.circle_stroke(center, 6.5, stroke);
            let half = (0..=12).map(|step| {
                let angle = std::f32::consts::PI * (-0.5 + step as f32 / 12.0);
                at(6.5 * angle.cos(), 6.5 * angle.sin())
            });
            painter.add(Shape::convex_polygon(half.collect(), color, Stroke::NONE));
        }
    }
}

/// The ring around a row or control that has the keyboard.
pub fn focus_ring(painter: &Painter, rect: Rect, palette: &super::theme::Palette) {
    let stroke = Stroke::new(2.0, palette.accent);
    painter.rect_stroke(rect.shrink(1.0), 4.0, stroke, egui::StrokeKind::Inside);
}

/// A triangle that tells whether a row is unfolded, 8 points wide.
pub fn disclosure(painter: &Painter, center: Pos2, open: bool, color: Color32) {
    let points =
        if open { [(-4.0, -2.0), (4.0, -2.0), (0.0, 3.0)] } else { [(-2.0, -4.0), (3.0, 0.0), (-2.0, 4.0)] };
    let points = points.map(|(x, y)| pos2(center.x + x, center.y + y));
    painter.add(Shape::convex_polygon(points.to_vec(), color, Stroke::NONE));
}
