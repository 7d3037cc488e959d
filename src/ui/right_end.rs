//! Widgets at the right end of a line, in the order in which they are read.
//!
//! The toolkit's own layout from right to left also makes Tab go from right to left. Here the width of the widgets is
//! remembered from the pass before; the first pass, and one after they changed, is laid out twice.

use egui::Ui;

/// Shows widgets at the right end of a horizontal line, from left to right.
pub fn at_right_end(ui: &mut Ui, show: impl FnOnce(&mut Ui)) {
    let id = ui.next_auto_id().with("right-end");
    let known: Option<f32> = ui.data(|data| data.get_temp(id));
    // Unknown, they stand at the left for one pass: further right they could widen what they stand in.
    ui.add_space(known.map_or(0.0, |known| (ui.available_width() - known).max(0.0)));
    let width = ui.horizontal(show).response.rect.width();
    if known.is_none_or(|known| (known - width).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(id, width));
        ui.ctx().request_discard("widgets at the right end changed their width");
    }
}
