//! A row of a list: its ground, its accessible name, and what a click leaves behind.

use crate::ui::cx::Cx;
use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

/// Takes the room of a row, paints its ground and names it. The keyboard stays free after a click.
pub fn row_ui(ui: &mut Ui, cx: &Cx<'_>, height: f32, chosen: bool, spoken: &str) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, chosen, spoken));
    if chosen {
        ui.painter().rect_filled(rect, 3.0, cx.palette.focus);
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, 1.5, cx.palette.accent);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 3.0, cx.palette.hover);
    }
    if response.clicked() {
        response.surrender_focus();
    }
    (rect, response)
}
