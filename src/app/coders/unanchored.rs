//! Annotations that lost their place: those whose words are gone, and those that were found where something
//! changed. None is dropped; each waits for a person.

use super::Working;
use crate::annotation::{Annotation, AnnotationId, Subject};
use crate::annotation::{Edit, Place};
use crate::app::{App, EditName, Selection};
use crate::plan::NodeIx;
use crate::project::{PlanId, Project};
use crate::text::Span;
use jiff::Timestamp;
use std::sync::Arc;

/// An annotation that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Astray {
    /// The annotation.
    pub annotation: Annotation,
    /// Where it probably belongs; `None` where its words are gone.
    pub likely: Option<Span>,
    /// The node at the likely place, or where it stood.
    pub near: Option<NodeIx>,
}

/// How many annotations of a plan lost their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanSurvey {
    /// The plan.
    pub plan: PlanId,
    /// Those whose words are gone.
    pub lost: usize,
    /// Those to be confirmed.
    pub uncertain: usize,
}

impl App {
    /// The coder's annotations on a plan that lost their place: those to be confirmed first.
    pub fn astray(&self, plan: PlanId) -> Vec<Astray> {
        let Some(open) = self.plan(plan) else { return Vec::new() };
        let marks = &open.marks;
        let likely = marks.uncertain.iter().map(|&(id, span)| (id, Some(span)));
        let lost = marks.unanchored.iter().map(|&id| (id, None));
        let find = |(id, likely): (AnnotationId, Option<Span>)| {
            let annotation = self.annotation(plan, id)?;
            let last = open.plan.text.len().saturating_sub(1);
            let start = likely.unwrap_or(annotation.anchor.span()).start.0.min(last);
            let near = open.plan.outline.at(crate::text::CharPos(start));
            Some(Astray { annotation, likely, near })
        };
        likely.chain(lost).filter_map(find).collect()
    }

    /// How many annotations of the plan in the reader lost their place.
    pub fn astray_count(&self) -> usize {
        self.current().map_or(0, |(_, open)| open.marks.uncertain.len() + open.marks.unanchored.len())
    }

    pub(super) fn confirm(&mut self, plan: PlanId, id: AnnotationId) {
        let Some(open) = self.plan(plan) else { return };
        if let Some(&(_, span)) = open.marks.uncertain.iter().find(|(uncertain, _)| *uncertain == id) {
            self.put_on(plan, id, span, None);
        }
    }

    pub(super) fn reanchor(&mut self, plan: PlanId, id: AnnotationId) {
        let Some((open, reading)) = self.plan(plan).zip(self.reading(plan)) else { return };
        let passage = reading.selection.map(Selection::span).filter(|span| !span.is_empty());
        let node = reading.focus.and_then(|ix| open.plan.outline.get(ix)).map(|node| node.span);
        let Some(span) = passage.or(node) else { return };
        let on = if passage.is_some() { Subject::Passage } else { Subject::Node };
        self.put_on(plan, id, span, Some(on));
    }

    /// Puts an annotation on a span, as an edit.
    fn put_on(&mut self, plan: PlanId, id: AnnotationId, span: Span, on: Option<Subject>) {
        let Some((before, open)) = self.annotation(plan, id).zip(self.plan(plan)) else { return };
        let moved = before.moved_to(&open.plan.text, span, Timestamp::now());
        let after = Annotation { on: on.unwrap_or_else(|| before.on.clone()), ..moved };
        let name = EditName::Reanchor(self.clause_at(plan, span));
        self.edit(plan, name, vec![Edit { before: Some(before), after: Some(after) }]);
    }

    pub(super) fn remove_astray(&mut self, plan: PlanId, id: AnnotationId) {
        let Some(annotation) = self.annotation(plan, id) else { return };
        let name = EditName::Remove(annotation.anchor.quote.chars().take(12).collect());
        self.edit(plan, name, vec![Edit::remove(annotation)]);
    }

    /// Looks in all plans, in the background.
    pub(super) fn survey(&mut self) {
        if self.coders.surveying.is_some() {
            return;
        }
        let Some(project) = &self.project else { return };
        let own = self.coder();
        let sheets: Vec<_> = project
            .plans
            .iter()
            .filter_map(|(&id, entry)| Some((id, entry.sheets.as_ref()?.get(&own)?.clone())))
            .collect();
        let folder = project.folder.clone();
        let working = Working::on(sheets.len());
        self.coders.surveying = Some(working.clone());
        self.errand("survey", move || {
            let mut found = Vec::new();
            for (plan, sheet) in sheets {
                if !working.step() {
                    break;
                }
                let Ok(text) = Project::read_text(&folder, plan) else { continue };
                let (mut lost, mut uncertain) = (0, 0);
                for annotation in sheet.iter() {
                    match annotation.find(&text) {
                        Place::Lost => lost += 1,
                        Place::Uncertain(_) => uncertain += 1,
                        Place::Exact(_) | Place::Moved(_) => {}
                    }
                }
                if lost + uncertain > 0 {
                    found.push(PlanSurvey { plan, lost, uncertain });
                }
            }
            Box::new(move |app: &mut Self| {
                app.coders.surveying = None;
                app.coders.survey = Some(Arc::new(found));
            })
        });
    }
}
