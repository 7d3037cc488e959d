//! Versions of one document: which plan takes the place of which, told by the import or said by a person.

use super::{App, EditName};
use crate::project::PlanId;

impl App {
    /// The later version of a plan, where the project has one.
    pub fn superseded_by(&self, id: PlanId) -> Option<PlanId> {
        self.library.superseded.get(&id).copied()
    }

    /// The plans that `later` can be made a later version of: those that have no later version yet and are not later
    /// versions of it. Plans of the same place come first, each in the order of the library.
    pub fn possible_earlier_versions(&self, later: PlanId) -> Vec<PlanId> {
        let Some(project) = &self.project else { return Vec::new() };
        let place = |id: &PlanId| {
            project.plans.get(id)?.record.metadata.place.as_ref().map(|fact| fact.value.clone())
        };
        let is_free = |id: &&PlanId| **id != later && !self.library.superseded.contains_key(id);
        let is_before = |id: &&PlanId| !self.comes_before(later, **id);
        let mut found: Vec<PlanId> =
            self.library.all.iter().filter(is_free).filter(is_before).copied().collect();
        let here = place(&later);
        found.sort_by_key(|id| here.is_none() || place(id) != here);
        found
    }

    /// Whether `first` is an earlier version of `last`, over any number of versions.
    fn comes_before(&self, first: PlanId, last: PlanId) -> bool {
        let Some(project) = &self.project else { return false };
        let earlier = |id: &PlanId| project.earlier_version(*id);
        // A file made by hand may hold a ring.
        std::iter::successors(Some(last), earlier).take(project.plans.len()).any(|id| id == first)
    }

    /// Says which plan `later` is a later version of; `None`: of none. One edit.
    pub(super) fn set_earlier_version(&mut self, later: PlanId, earlier: Option<PlanId>) {
        let may = |earlier: PlanId| self.possible_earlier_versions(later).contains(&earlier);
        if earlier.is_none_or(may) {
            let name = if earlier.is_some() { EditName::Version } else { EditName::Separate };
            self.edit_record(later, name, |record| {
                record.version_of = earlier;
                true
            });
        }
    }
}
