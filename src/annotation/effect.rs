//! What an edit of the codebook does to annotations: which taggings get another tag, which go, and how many, so
//! that it can be shown before it is done.
//!
//! Not here: the edits themselves (see `revision`), whose files are written (see the callers).

use super::{Annotation, AnnotationId, Body, Edit, Revision, Subject, TagId};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// What an edit of the codebook does to taggings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Taggings that get another tag.
    pub retagged: usize,
    /// Taggings that go because the place carries the other tag already.
    pub joined: usize,
    /// Taggings that go because their tag goes.
    pub removed: usize,
    /// Notes on the tag that go with it, or come to the tag it is merged into.
    pub notes: usize,
}

impl std::ops::AddAssign for Effect {
    fn add_assign(&mut self, other: Self) {
        self.retagged += other.retagged;
        self.joined += other.joined;
        self.removed += other.removed;
        self.notes += other.notes;
    }
}

/// What becomes of the taggings with a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// Taggings with this tag.
    pub from: TagId,
    /// The tag they get; `None`: they go.
    pub to: Option<TagId>,
    /// Only these taggings; `None`: all.
    pub only: Option<BTreeSet<AnnotationId>>,
}

impl Revision {
    /// What becomes of the annotations of one coder on one plan, or of the coder's notes: the edits, and the same
    /// in figures.
    pub fn edits(&self, on_a_plan: &[&Annotation], now: Timestamp) -> (Vec<Edit>, Effect) {
        let (mut edits, mut effect) = (Vec::new(), Effect::default());
        for rule in &self.rules {
            let ruled = |a: &&&Annotation| {
                a.tag() == Some(&rule.from) && rule.only.as_ref().is_none_or(|only| only.contains(&a.id))
            };
            for &annotation in on_a_plan.iter().filter(ruled) {
                let before = annotation.clone();
                let has = |to: &TagId| {
                    let mut others = on_a_plan
                        .iter()
                        .filter(|other| other.on == before.on && other.anchor == before.anchor);
                    others.any(|other| other.tag() == Some(to))
                };
                match &rule.to {
                    None => effect.removed += 1,
                    Some(to) if has(to) => effect.joined += 1,
                    Some(to) => {
                        effect.retagged += 1;
                        let after =
                            Annotation { body: Body::Tag(to.clone()), modified: now, ..before.clone() };
                        edits.push(Edit { before: Some(before), after: Some(after) });
                        continue;
                    }
                }
                edits.push(Edit::remove(before));
            }
            let is_note_on =
                |a: &&&Annotation| rule.only.is_none() && a.on == Subject::Tag(rule.from.clone());
            for &note in on_a_plan.iter().filter(is_note_on) {
                effect.notes += 1;
                edits.push(match &rule.to {
                    Some(to) => {
                        let after =
                            Annotation { on: Subject::Tag(to.clone()), modified: now, ..note.clone() };
                        Edit { before: Some(note.clone()), after: Some(after) }
                    }
                    None => Edit::remove(note.clone()),
                });
            }
        }
        (edits, effect)
    }
}
