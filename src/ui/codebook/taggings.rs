//! Where a tag was used: numbers by plan and coder.

use super::{CodebookScreen, heading_ui};
use crate::annotation::{Coder, TagId};
use crate::app::Command;
use crate::project::PlanId;
use crate::ui::cx::{Cx, t};
use egui::{ScrollArea, Ui};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Height of a row, in points.
const ROW: f32 = 26.0;

/// The numbers of one tag, kept until something changes.
#[derive(Default)]
pub struct Taggings {
    made_from: Option<(TagId, u64)>,
    numbers: Arc<Numbers>,
}

/// Taggings of one tag.
#[derive(Default)]
pub struct Numbers {
    /// By plan, in the order of the library.
    pub plans: Vec<(PlanId, BTreeMap<Coder, usize>)>,
    /// In all, by coder.
    pub coders: BTreeMap<Coder, usize>,
}

impl CodebookScreen {
    /// The numbers of a tag.
    pub(super) fn taggings_of(&mut self, cx: &Cx<'_>, id: &TagId) -> Arc<Numbers> {
        let key = (id.clone(), cx.app.revision());
        if self.taggings.made_from.as_ref() != Some(&key) {
            let mut by_plan = self.tally.by_plan(id);
            let order = cx.app.library();
            let plans: Vec<_> =
                order.into_iter().filter_map(|plan| Some((plan, by_plan.remove(&plan)?))).collect();
            let mut coders: BTreeMap<Coder, usize> = BTreeMap::new();
            for (coder, count) in plans.iter().flat_map(|(_, coders)| coders) {
                *coders.entry(coder.clone()).or_default() += count;
            }
            self.taggings = Taggings { made_from: Some(key), numbers: Arc::new(Numbers { plans, coders }) };
        }
        self.taggings.numbers.clone()
    }

    /// Shows the numbers; a click on a plan opens it with only the places that carry the tag in the outline.
    pub(super) fn taggings_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, id: &TagId) {
        let numbers = self.taggings_of(cx, id);
        let total: usize = numbers.coders.values().sum();
        heading_ui(ui, &t!(cx, "taggings", count = total, plans = numbers.plans.len()));
        if total == 0 {
            ui.weak(t!(cx, "taggings-none"));
            return;
        }
        let coders: BTreeSet<&Coder> = numbers.coders.keys().collect();
        let summary: Vec<String> = coders
            .iter()
            .filter_map(|&coder| Some(format!("{} {}", coder.as_str(), numbers.coders.get(coder)?)))
            .collect();
        ui.weak(summary.join(" · "));
        let height = ROW * numbers.plans.len().min(9) as f32;
        let list = ScrollArea::vertical().id_salt("taggings").max_height(height).auto_shrink([false, true]);
        list.show_rows(ui, ROW, numbers.plans.len(), |ui, range| {
            for (plan, by_coder) in &numbers.plans[range] {
                let count: usize = by_coder.values().sum();
                let parts: Vec<String> =
                    by_coder.iter().map(|(coder, count)| format!("{} {count}", coder.as_str())).collect();
                ui.horizontal(|ui| {
                    let name = t!(cx, "taggings-row", plan = cx.plan_name(*plan), count = count);
                    if ui.link(name).on_hover_text(t!(cx, "taggings-open")).clicked() {
                        cx.send(Command::OpenPlan(*plan));
                        cx.send(Command::FilterByTag(Some(id.clone())));
                    }
                    if by_coder.len() > 1 {
                        ui.weak(parts.join(" · "));
                    }
                });
            }
        });
    }
}
