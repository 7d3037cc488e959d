//! The row in focus, below the matrix: shown while a row is chosen, so that until then all rows have the room.

use super::super::{item, send};
use super::{cell, subject_name};
use crate::app::{CompareCommand, CompareView, Compared, Counting, Side};
use crate::insight::{MatrixRow, nearest_to};
use crate::ui::cx::{Cx, t};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::bold_font;
use egui::{Align, Layout, RichText, ScrollArea, Ui};

/// The row in focus: on each side the best quotation and the clauses; where there are none, the nearest items.
pub fn detail_ui(ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, found: &MatrixRow) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(subject_name(cx, &found.subject)).font(bold_font(15.0)));
        if ui.button(t!(cx, "cmp-read-aligned")).clicked() {
            send(cx, CompareCommand::View(CompareView::Reading));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, Icon::Close, &t!(cx, "cmp-close-row"), true).clicked() {
                send(cx, CompareCommand::Subject(None));
            }
        });
    });
    ui.columns(2, |columns| {
        for (ui, side) in columns.iter_mut().zip(Side::BOTH) {
            let area = ScrollArea::vertical().id_salt(("matrix-detail", side)).auto_shrink(false);
            area.show(ui, |ui| detail_side_ui(ui, cx, compared, side, found));
        }
    });
}

fn detail_side_ui(ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, side: Side, found: &MatrixRow) {
    let own = cell(found, side);
    if own.items.is_empty() {
        let plan = cx.plan_name(compared.ids[side.index()]);
        let words = match compared.counting {
            Counting::Tagged => t!(cx, "cmp-none-tagged", plan = plan),
            Counting::Suggested => t!(cx, "cmp-none-suggested", plan = plan),
        };
        ui.label(RichText::new(words).color(cx.palette.caution));
        let near = nearest_to(&compared.comparison.alignment, side.index(), found);
        if !near.is_empty() {
            ui.weak(t!(cx, "cmp-nearest"));
        }
        for near in near {
            item::clause_link_ui(ui, cx, compared, side, near.node, Some(near.score));
        }
        return;
    }
    if let Some(quotation) = own.quotation {
        item::quotation_ui(ui, cx, compared, side, quotation.node, quotation.span);
    }
    for &node in &own.items {
        item::clause_link_ui(ui, cx, compared, side, node, None);
    }
}
