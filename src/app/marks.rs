//! The annotations of one plan, sorted to the nodes they sit on.

use crate::annotation::{Annotation, AnnotationId, Body, Subject, TagId};
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
    /// The note on the whole node.
    pub note: Option<(AnnotationId, String)>,
    /// Notes on passages that begin in it.
    pub passage_notes: Vec<(Span, AnnotationId, String)>,
}

/// What sits on the nodes of a plan, for one coder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    nodes: BTreeMap<NodeIx, NodeMarks>,
    /// Tags of the whole plan, in the order they were put.
    pub plan_tags: Vec<(TagId, AnnotationId)>,
    /// The note on the whole plan.
    pub plan_note: Option<(AnnotationId, String)>,
    /// Annotations whose words changed or moved: where they probably belong, for a person to confirm. They
    /// are shown there meanwhile.
    pub uncertain: Vec<(AnnotationId, Span)>,
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
        if annotation.on == Subject::Plan {
            return match &annotation.body {
                Body::Tag(tag) => self.plan_tags.push((tag.clone(), annotation.id)),
                Body::Note(note) => self.plan_note = Some((annotation.id, note.clone())),
            };
        }
        let place = annotation.find(&plan.text);
        let at = place.span().and_then(|span| Some((span, plan.outline.at(span.start)?)));
        let Some((span, ix)) = at else { return self.unanchored.push(annotation.id) };
        if !place.is_certain() {
            self.uncertain.push((annotation.id, span));
        }
        let whole = annotation.on == Subject::Node && is_whole(plan, ix, span);
        let marks = self.nodes.entry(ix).or_default();
        match &annotation.body {
            Body::Tag(tag) if whole => marks.tags.push((tag.clone(), annotation.id)),
            Body::Tag(tag) => marks.passages.push((span, tag.clone(), annotation.id)),
            Body::Note(note) if whole => marks.note = Some((annotation.id, note.clone())),
            Body::Note(note) => marks.passage_notes.push((span, annotation.id, note.clone())),
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

/// Whether an annotation on a node, found at `span`, is on this node. A better reader may have cut the node
/// otherwise: it still is the node where more than half of the words are the same.
fn is_whole(plan: &Plan, ix: NodeIx, span: Span) -> bool {
    let Some(node) = plan.outline.get(ix) else { return false };
    let shared = node.span.intersection(span).map_or(0, Span::len);
    node.span == span || (shared * 2 > node.span.len() && shared * 2 > span.len())
}
