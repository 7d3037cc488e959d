//! Views by themselves, with nothing around them: what `benches/frames.rs` measures.

use super::cx::Cx;
use super::outline_tree::OutlineTree;
use super::reader::Column;
use super::{Strings, theme};
use crate::app::App;
use crate::project::PlanId;
use egui::{Ui, UiBuilder};

/// Two columns of text over one state.
pub struct TwoTexts {
    /// The state.
    pub app: App,
    strings: Strings,
    columns: [Column; 2],
}

impl TwoTexts {
    /// Columns over a state; `ctx` is dressed for it.
    pub fn new(ctx: &egui::Context, app: App) -> Self {
        ctx.set_fonts(theme::fonts());
        theme::apply(ctx, app.settings.theme);
        Self { strings: Strings::new(app.language()), app, columns: Default::default() }
    }

    /// One frame: both plans, `width` points wide together.
    pub fn frame_ui(&mut self, ui: &mut Ui, plans: [PlanId; 2], width: f32) {
        self.app.poll();
        let cx = Cx::new(&self.app, &self.strings, theme::palette(self.app.settings.theme));
        let whole = ui.max_rect();
        let (left, right) = whole.with_max_x(whole.min.x + width).split_left_right_at_fraction(0.5);
        for (side, (column, rect)) in self.columns.iter_mut().zip([left, right]).enumerate() {
            ui.scope_builder(UiBuilder::new().id_salt(side).max_rect(rect), |ui| {
                let salt = if side == 0 { "a" } else { "b" };
                column.show_ui(ui, &cx, salt, plans[side]);
            });
        }
        for command in cx.into_commands() {
            self.app.run(command);
        }
    }
}

/// The outline of one plan over one state.
pub struct OneTree {
    /// The state.
    pub app: App,
    strings: Strings,
    tree: OutlineTree,
}

impl OneTree {
    /// A tree over a state; `ctx` is dressed for it.
    pub fn new(ctx: &egui::Context, app: App) -> Self {
        ctx.set_fonts(theme::fonts());
        theme::apply(ctx, app.settings.theme);
        Self { strings: Strings::new(app.language()), app, tree: OutlineTree::default() }
    }

    /// One frame: the outline in a column as wide as the left panel.
    pub fn frame_ui(&mut self, ui: &mut Ui, plan: PlanId) {
        self.app.poll();
        let cx = Cx::new(&self.app, &self.strings, theme::palette(self.app.settings.theme));
        let column = ui.max_rect().with_max_x(ui.max_rect().min.x + 290.0);
        ui.scope_builder(UiBuilder::new().max_rect(column), |ui| self.tree.show_ui(ui, &cx, "tree", plan));
        for command in cx.into_commands() {
            self.app.run(command);
        }
    }
}
