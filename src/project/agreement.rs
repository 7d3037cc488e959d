//! How far the coders of a project agree: which items of which plans they coded, with what.
//!
//! The figures are worked out in `annotation::agreement`; here every tagging is brought to the item it is
//! about. A coder who put no tag on a plan did not code it; on a plan that was coded, an item without a tag is
//! a decision too.

use super::{PlanId, Project, Sheets};
use crate::annotation::agreement::{Agreement, TaggedUnit};
use crate::annotation::{Codebook, Coder, Sheet, TagId};
use crate::plan::{self, NodeIx, Plan};
use crate::text::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Agreement on the items of plans.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemAgreement {
    /// Who is compared, in the order of the units' values.
    pub coders: Vec<Coder>,
    /// The items; the units of [`Self::agreement`], by index.
    pub items: Vec<(PlanId, NodeIx)>,
    /// The figures, and what to resolve.
    pub agreement: Agreement,
    /// Taggings that no longer find their words for certain, and so are not counted.
    pub not_found: usize,
}

/// The items of one plan and what each coder gave them. Worked out plan by plan, so that a job can show how far
/// it is and be cancelled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodedPlan {
    /// The items of the plan, in order.
    pub items: Vec<NodeIx>,
    /// What the coders gave each.
    pub units: Vec<TaggedUnit>,
    /// Taggings that no longer find their words for certain.
    pub not_found: usize,
}

impl CodedPlan {
    /// What these coders gave the items of a plan.
    pub fn of(plan: &Plan, sheets: &Sheets, coders: &[Coder], book: &Codebook) -> Self {
        let items = plan::items(&plan.text, &plan.outline);
        let mut coded = Self { units: vec![TaggedUnit::new(); items.len()], items, not_found: 0 };
        let spans: Vec<Span> = coded.items.iter().map(|&ix| plan.outline.hull(ix)).collect();
        for coder in coders {
            let sheet = sheets.get(coder).filter(|sheet| has_tagging(sheet));
            let mut given: Vec<BTreeSet<TagId>> = vec![BTreeSet::new(); spans.len()];
            for annotation in sheet.into_iter().flat_map(|sheet| sheet.iter()) {
                let Some(tag) = annotation.tag() else { continue };
                if annotation.anchor.is_empty() {
                    continue;
                }
                let place = annotation.find(&plan.text);
                let Some(found) = place.span().filter(|_| place.is_certain()) else {
                    coded.not_found += 1;
                    continue;
                };
                // A passage counts for every item it touches; a tagging of a section for none of its items.
                let first = spans.partition_point(|span| span.end <= found.start);
                for (span, given) in spans.iter().zip(&mut given).skip(first) {
                    if span.start >= found.end {
                        break;
                    }
                    given.insert(book.resolve(tag).clone());
                }
            }
            for (unit, given) in coded.units.iter_mut().zip(given) {
                unit.push(sheet.map(|_| given));
            }
        }
        coded
    }
}

fn has_tagging(sheet: &Arc<Sheet>) -> bool {
    sheet.iter().any(|annotation| annotation.tag().is_some())
}

impl ItemAgreement {
    /// The figures over all plans.
    pub fn of(
        coders: Vec<Coder>,
        plans: impl IntoIterator<Item = (PlanId, CodedPlan)>,
        book: &Codebook,
    ) -> Self {
        let mut whole = Self { coders, ..Self::default() };
        let mut units = Vec::new();
        for (id, plan) in plans {
            whole.items.extend(plan.items.into_iter().map(|ix| (id, ix)));
            units.extend(plan.units);
            whole.not_found += plan.not_found;
        }
        whole.agreement = Agreement::with_facets(&units, book);
        whole
    }
}

impl Project {
    /// Everybody who annotated anything in the project, in order. Plans whose annotations are not read yet do
    /// not count.
    pub fn coders(&self) -> BTreeSet<Coder> {
        let on_plans = self.plans.values().filter_map(|entry| entry.sheets.as_ref());
        let on_plans = on_plans.flat_map(|sheets| sheets.iter().filter(|(_, sheet)| !sheet.is_empty()));
        on_plans.map(|(coder, _)| coder.clone()).chain(self.notes.keys().cloned()).collect()
    }

    /// The plans that at least two of these coders coded.
    pub fn coded_by_several(&self, coders: &[Coder]) -> Vec<PlanId> {
        let several = |sheets: &Sheets| {
            coders.iter().filter(|coder| sheets.get(coder).is_some_and(has_tagging)).count() > 1
        };
        let coded = self.plans.iter().filter(|(_, entry)| entry.sheets.as_ref().is_some_and(several));
        coded.map(|(&id, _)| id).collect()
    }
}
