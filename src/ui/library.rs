//! The plans of the project: city and years, title, and how far the coder is.

use super::cx::{Cx, t};
use super::theme::{bold_font, regular_font};
use crate::app::Command;
use crate::project::PlanId;
use egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

const ROW: f32 = 44.0;

/// Shows the list; a click opens a plan.
pub fn library_ui(ui: &mut Ui, cx: &Cx<'_>, order: &[PlanId]) {
    if order.is_empty() {
        ui.add_space(8.0);
        ui.label(t!(cx, "library-empty"));
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("library").auto_shrink([false, true]).show_rows(
        ui,
        ROW,
        order.len(),
        |ui, range| {
            for &id in &order[range] {
                row_ui(ui, cx, id);
            }
        },
    );
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, id: PlanId) {
    let Some(record) = cx.record(id) else { return };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let (name, title) = (cx.plan_name(id), cx.plan_title(id));
    let tagged = cx.app.tagged_places(id).unwrap_or(0).min(record.items as usize);
    let spoken = t!(
        cx,
        "library-row",
        name = name.clone(),
        title = title.to_owned(),
        tagged = tagged,
        items = record.items
    );
    let open = cx.app.view.plan == Some(id);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, open, &spoken));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if open {
        painter.rect_filled(rect, 4.0, cx.palette.focus);
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(3.0, ROW)), 1.5, cx.palette.accent);
    } else if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 4.0, cx.palette.hover);
    }
    let left = rect.min.x + 12.0;
    painter.text(pos2(left, rect.min.y + 13.0), Align2::LEFT_CENTER, &name, bold_font(14.0), cx.palette.text);
    let count = format!("{tagged}/{}", record.items);
    let right = pos2(rect.max.x - 10.0, rect.min.y + 13.0);
    painter.text(right, Align2::RIGHT_CENTER, count, regular_font(12.0), cx.palette.muted);
    painter.text(
        pos2(left, rect.min.y + 31.0),
        Align2::LEFT_CENTER,
        title,
        regular_font(12.0),
        cx.palette.muted,
    );
    let bar = Rect::from_min_size(pos2(left, rect.max.y - 3.0), vec2(rect.width() - 22.0, 2.0));
    painter.rect_filled(bar, 1.0, cx.palette.line);
    if record.items > 0 && tagged > 0 {
        let share = tagged as f32 / record.items as f32;
        painter.rect_filled(bar.with_max_x(bar.min.x + bar.width() * share), 1.0, cx.palette.good);
    }
    if response.clicked() {
        cx.send(Command::OpenPlan(id));
        response.surrender_focus();
    }
    response.on_hover_text(title);
}
