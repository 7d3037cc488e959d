//! The theme strip: the themes with the number of items on both sides, beside the aligned reading.

use super::row::row_ui;
use super::words::elided;
use super::{matrix, send, side};
use crate::app::{CompareCommand, Compared, Side};
use crate::insight::Subject;
use crate::ui::cx::{Cx, t};
use crate::ui::theme::{ROW_HEIGHT, bold_font, regular_font};
use egui::{Align2, ScrollArea, Ui, pos2};
use std::sync::Arc;

/// The strip; keeps which rows it shows.
#[derive(Default)]
pub struct ThemeStrip {
    key: Option<Arc<Compared>>,
    /// Indices of the rows of the matrix, those that either side has first.
    rows: Vec<usize>,
}

impl ThemeStrip {
    /// Shows the strip; a click puts a theme in focus.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some(compared) = cx.app.compared() else { return };
        self.follow(compared);
        let chosen = cx.app.view.compare.subject.as_ref();
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().id_salt("themes").auto_shrink(false).show_rows(
            ui,
            ROW_HEIGHT,
            self.rows.len(),
            |ui, range| {
                for &at in &self.rows[range] {
                    theme_row_ui(ui, cx, compared, at, chosen);
                }
            },
        );
    }

    fn follow(&mut self, compared: &Arc<Compared>) {
        if self.key.as_ref().is_some_and(|at| Arc::ptr_eq(at, compared)) {
            return;
        }
        self.rows = order(compared);
        self.key = Some(compared.clone());
    }
}

/// The rows of the matrix in the order of reading: those that either side has, then those that neither has.
pub fn order(compared: &Compared) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..compared.matrix.rows.len()).collect();
    let empty = |at: usize| {
        let row = &compared.matrix.rows[at];
        row.a.items.is_empty() && row.b.items.is_empty()
    };
    rows.sort_by_key(|&at| empty(at));
    rows
}

fn theme_row_ui(ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, at: usize, chosen: Option<&Subject>) {
    let found = &compared.matrix.rows[at];
    let counts = [found.a.items.len(), found.b.items.len()];
    let name = matrix::subject_name(cx, &found.subject);
    let spoken = t!(cx, "theme-row", tag = name.clone(), a = counts[0], b = counts[1]);
    let (rect, response) = row_ui(ui, cx, ROW_HEIGHT, chosen == Some(&found.subject), &spoken);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let hue = match &found.subject {
        Subject::Tag(tag) => cx.tag(tag).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue)),
        Subject::Domain(_) => cx.palette.muted,
    };
    let depth = f32::from(found.depth) * 14.0;
    painter.circle_filled(pos2(rect.min.x + 12.0 + depth, rect.center().y), 4.0, hue);
    let font = if found.depth == 0 { bold_font(13.5) } else { regular_font(13.5) };
    let left = rect.min.x + 22.0 + depth;
    let galley = elided(ui, &name, font, cx.palette.text, (rect.max.x - 62.0 - left, 1));
    painter.galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, cx.palette.text);
    for (side, x) in Side::BOTH.into_iter().zip([36.0, 8.0]) {
        let count = counts[side.index()];
        let color = if count == 0 { cx.palette.muted } else { side::color(cx, side) };
        let right = pos2(rect.max.x - x, rect.center().y);
        painter.text(right, Align2::RIGHT_CENTER, count.to_string(), regular_font(12.5), color);
    }
    if response.on_hover_text(spoken).clicked() {
        send(cx, CompareCommand::Subject(Some(found.subject.clone())));
    }
}
