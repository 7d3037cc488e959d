//! A scrolling list of things of different heights, of which only the visible ones are laid out.

use egui::{Rect, ScrollArea, Ui, UiBuilder, pos2};
use std::hash::Hash;

/// Heights of the things, estimated until they were seen.
#[derive(Default)]
pub struct Pile {
    heights: Vec<f32>,
    /// Where each begins; one more than there are things.
    tops: Vec<f32>,
    width: f32,
    /// What the list shows; another key begins at the top.
    key: u64,
    reveal: Option<usize>,
    to_top: bool,
}

impl Pile {
    /// Brings a thing into view in the next frame.
    pub fn reveal(&mut self, at: usize) {
        self.reveal = Some(at);
    }

    /// Shows `count` things. `estimate` guesses the height of one; `one_ui` shows it in the Ui it gets.
    pub fn show_ui(
        &mut self,
        ui: &mut Ui,
        salt: impl Hash + std::fmt::Debug,
        (key, count): (u64, usize),
        estimate: impl Fn(usize) -> f32,
        mut one_ui: impl FnMut(&mut Ui, usize),
    ) {
        let width = ui.available_width().round();
        if self.key != key || self.heights.len() != count || (self.width - width).abs() > 0.5 {
            self.to_top |= self.key != key;
            (self.key, self.width) = (key, width);
            self.heights = (0..count).map(estimate).collect();
            self.sum();
        }
        let mut area = ScrollArea::vertical().id_salt(salt).auto_shrink(false);
        if std::mem::take(&mut self.to_top) {
            area = area.vertical_scroll_offset(0.0);
        }
        let mut changed = false;
        area.show_viewport(ui, |ui, viewport| {
            let origin = ui.max_rect().min;
            let total = self.tops.last().copied().unwrap_or(0.0);
            ui.set_height(total + 24.0);
            if let Some(at) = self.reveal.take().filter(|&at| at < count) {
                let top = pos2(origin.x, origin.y + self.tops[at]);
                let rect =
                    Rect::from_min_size(top, egui::vec2(width, self.heights[at].min(viewport.height())));
                ui.scroll_to_rect(rect, None);
            }
            let first = self.tops.partition_point(|&top| top <= viewport.min.y).saturating_sub(1);
            for at in first..count {
                if self.tops[at] > viewport.max.y {
                    break;
                }
                let corner = pos2(origin.x, origin.y + self.tops[at]);
                let room = Rect::from_min_size(corner, egui::vec2(ui.max_rect().width(), f32::INFINITY));
                let shown = ui.scope_builder(UiBuilder::new().id_salt(("pile", at)).max_rect(room), |ui| {
                    one_ui(ui, at);
                });
                let height = shown.response.rect.height();
                if (height - self.heights[at]).abs() > 0.5 {
                    self.heights[at] = height;
                    changed = true;
                }
            }
        });
        if changed {
            self.sum();
            ui.ctx().request_repaint();
        }
    }

    fn sum(&mut self) {
        self.tops.clear();
        let mut top = 0.0;
        self.tops.push(top);
        for height in &self.heights {
            top += height;
            self.tops.push(top);
        }
    }
}
