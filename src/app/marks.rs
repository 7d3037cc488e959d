//! The annotations of one plan, sorted to the nodes they sit on.

use crate::annotation::{Annotation, AnnotationId, Body, Place, TagId};
use crate::plan::{NodeIx, Plan};
use crate::text::Span;
use std::collections::BTreeMap;

/// What sits on one node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeMarks {
    /// Tags of the whole node, in the order they were put.
    pub tags: Vec<(TagId, AnnotationId)>,
    /// Tags of passages that begin in it.
    pub passages: Vec<(Span, TagId, AnnotationId)>,
    /// The note on it.
    pub note: Option<(AnnotationId, String)>,
}

/// What sits on the nodes of a plan, for one coder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    nodes: BTreeMap<NodeIx, NodeMarks>,
    /// Annotations that no longer find their words.
    pub unanchored: Vec<AnnotationId>,
}

impl Marks {
    /// Sorts `annotations` to the nodes of `plan`.
    pub fn new<'a>(plan: &Plan, annotations: impl Iterator<Item = &'a Annotation>) -> Self {
        let mut marks = Self::default();
        let mut annotations: Vec<_> = annotations.collect();
        annotations.sort_by_key(|annotation| (annotation.created, annotation.id));
        for annotation in annotations {
            marks.place(plan, annotation);
        }
        marks
    }

    fn place(&mut self, plan: &Plan, annotation: &Annotation) {
        let span = match annotation.anchor.find(&plan.text) {
            Place::Exact(span) | Place::Moved(span) => span,
            Place::Lost => return self.unanchored.push(annotation.id),
        };
        let Some(ix) = plan.outline.at(span.start) else { return self.unanchored.push(annotation.id) };
        let whole = plan.outline.get(ix).is_some_and(|node| node.span == span);
        let marks = self.nodes.entry(ix).or_default();
        match &annotation.body {
            Body::Tag(tag) if whole => marks.tags.push((tag.clone(), annotation.id)),
            Body::Tag(tag) => marks.passages.push((span, tag.clone(), annotation.id)),
            Body::Note(note) => marks.note = Some((annotation.id, note.clone())),
        }
    }

    /// What sits on a node; nothing is the same as no entry.
    pub fn of(&self, ix: NodeIx) -> Option<&NodeMarks> {
        self.nodes.get(&ix)
    }

    /// The tags of a whole node.
    pub fn tags(&self, ix: NodeIx) -> impl Iterator<Item = &TagId> {
        self.of(ix).into_iter().flat_map(|marks| marks.tags.iter().map(|(tag, _)| tag))
    }

    /// The tagging of a whole node with a tag.
    pub fn tagging(&self, ix: NodeIx, tag: &TagId) -> Option<AnnotationId> {
        self.of(ix)?.tags.iter().find(|(present, _)| present == tag).map(|&(_, id)| id)
    }

    /// Whether a node or a passage in it carries a tag.
    pub fn is_tagged(&self, ix: NodeIx) -> bool {
        self.of(ix).is_some_and(|marks| !marks.tags.is_empty() || !marks.passages.is_empty())
    }

    /// The nodes that something sits on, in document order.
    pub fn iter(&self) -> impl Iterator<Item = (NodeIx, &NodeMarks)> {
        self.nodes.iter().map(|(&ix, marks)| (ix, marks))
    }
}
