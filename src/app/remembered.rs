//! What is remembered of each project on this machine: panels, the plan that was open.

use super::App;
use crate::project::PlanId;
use serde::{Deserialize, Serialize};

/// How a person left a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// Whether the left panel was open.
    pub left_open: bool,
    /// Whether the inspector was open.
    pub inspector_open: bool,
    /// The plan in the reader.
    pub plan: Option<PlanId>,
}

impl Default for Remembered {
    fn default() -> Self {
        Self { left_open: true, inspector_open: true, plan: None }
    }
}

impl App {
    /// Notes how the project is left: at the end, before another one, when a panel folds.
    pub fn remember(&mut self) {
        let Some(project) = &self.project else { return };
        let settings = &mut self.settings;
        let left = Remembered {
            left_open: settings.left_open,
            inspector_open: settings.inspector_open,
            plan: self.view.plan,
        };
        let before = settings.remembered.insert(project.folder.root().to_owned(), left.clone());
        // As long as a project is offered as recent, it is remembered.
        settings.remembered.retain(|root, _| settings.recent.contains(root));
        if before != Some(left) {
            self.save_settings();
        }
    }

    /// Brings panels and plan back as they were left; the first plan where there is nothing to bring back.
    pub(super) fn take_up(&mut self) {
        let Some(project) = &self.project else { return };
        let left = self.settings.remembered.get(project.folder.root()).cloned();
        let left = left.unwrap_or_default();
        let plan = left.plan.filter(|plan| project.plans.contains_key(plan));
        (self.settings.left_open, self.settings.inspector_open) = (left.left_open, left.inspector_open);
        if let Some(plan) = plan.or(self.library_order().first().copied()) {
            self.open_plan(plan);
        }
    }
}
