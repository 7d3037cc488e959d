//! What a project holds, for other programs: taggings and notes as tables, a REFI-QDA project, Web Annotations.
//!
//! Offsets count Unicode scalar values in the canonical text, as everywhere. Read in this order: here (what is
//! written), `tables`, `refi`, `web`.

mod refi;
mod tables;
mod web;

use crate::annotation::{Annotation, Codebook, Coder, Place, Sheet};
use crate::plan::{NodeIx, Plan, clause_path};
use crate::project::{Manifest, PlanRecord};
use crate::text::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A project, read whole.
pub struct ProjectExport {
    /// What it is.
    pub manifest: Manifest,
    /// Its codebook.
    pub book: Arc<Codebook>,
    /// Its plans with all coders' annotations.
    pub plans: Vec<PlanExport>,
    /// Coders' notes on tags and on the project.
    pub notes: BTreeMap<Coder, Arc<Sheet>>,
}

/// A plan with all coders' annotations.
pub struct PlanExport {
    /// What is known of it.
    pub record: Arc<PlanRecord>,
    /// The plan as read, with what people set right.
    pub plan: Arc<Plan>,
    /// The annotations, by coder.
    pub sheets: BTreeMap<Coder, Arc<Sheet>>,
}

/// An annotation and where it was found.
#[derive(Clone, Copy)]
struct Found<'a> {
    coder: &'a Coder,
    annotation: &'a Annotation,
    place: Place,
}

impl PlanExport {
    /// All annotations in the order of the text, of the coders' names, and of their making.
    fn found(&self) -> Vec<Found<'_>> {
        let mut found: Vec<Found<'_>> = Vec::new();
        for (coder, sheet) in &self.sheets {
            for annotation in sheet.iter() {
                found.push(Found { coder, annotation, place: annotation.find(&self.plan.text) });
            }
        }
        found.sort_by_key(|found| {
            (found.span().start, found.coder, found.annotation.created, found.annotation.id)
        });
        found
    }

    /// What the plan is called: its title, else the name of its file.
    fn title(&self) -> &str {
        self.record.metadata.title.as_ref().map_or(&self.record.source.file_name, |title| &title.value)
    }

    /// The clause number of a place.
    fn clause(&self, span: Span) -> String {
        let node = self.plan.outline.at(span.start);
        node.map(|node| clause_path(&self.plan.text, &self.plan.outline, node, "/")).unwrap_or_default()
    }

    /// The nearest heading at or above a place.
    fn heading(&self, span: Span) -> String {
        let outline = &self.plan.outline;
        let Some(node) = outline.at(span.start) else { return String::new() };
        let headed = |ix: NodeIx| outline.get(ix).filter(|node| !node.heading.is_empty());
        let nearest = std::iter::once(node).chain(outline.ancestors(node)).find_map(headed);
        nearest.map(|node| node.heading.read(&self.plan.text)).unwrap_or_default()
    }
}

impl Found<'_> {
    /// Where it was found; where it was put, if it was not.
    fn span(&self) -> Span {
        self.place.span().unwrap_or_else(|| self.annotation.anchor.span())
    }
}
