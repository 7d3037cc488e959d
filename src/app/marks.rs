//! The annotations of one plan, sorted to the nodes they sit on.

use super::Site;
use crate::annotation::{Annotation, AnnotationId, Body, Subject, TagId};
use crate::plan::{NodeIx, Plan};
use crate::text::{CharPos, Span};
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
    /// What sits on rows of tables; only tags and note of the row, no passages.
    rows: BTreeMap<(NodeIx, u32), NodeMarks>,
    /// All tagged passages, by where they begin.
    passages: Vec<(Span, TagId, AnnotationId)>,
    /// Length of the longest passage, in chars.
    longest: u32,
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
        marks.passages.sort_by_key(|(span, ..)| *span);
        marks.longest = marks.passages.iter().map(|(span, ..)| span.len()).max().unwrap_or(0);
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
        let row = (annotation.on == Subject::Row).then(|| row_at(plan, ix, span)).flatten();
        let whole = row.is_some() || (annotation.on == Subject::Node && is_whole(plan, ix, span));
        let marks = match row {
            Some(row) => self.rows.entry((ix, row)).or_default(),
            None => self.nodes.entry(ix).or_default(),
        };
        match &annotation.body {
            Body::Tag(tag) if whole => marks.tags.push((tag.clone(), annotation.id)),
            Body::Tag(tag) => {
                marks.passages.push((span, tag.clone(), annotation.id));
                self.passages.push((span, tag.clone(), annotation.id));
            }
            Body::Note(note) if whole => marks.note = Some((annotation.id, note.clone())),
            Body::Note(note) => marks.passage_notes.push((span, annotation.id, note.clone())),
        }
    }

    /// What sits on a node; nothing is the same as no entry.
    pub fn of(&self, ix: NodeIx) -> Option<&NodeMarks> {
        self.nodes.get(&ix)
    }

    /// What sits on a row of a table.
    pub fn of_row(&self, ix: NodeIx, row: u32) -> Option<&NodeMarks> {
        self.rows.get(&(ix, row))
    }

    /// The rows of tables that something sits on, in document order.
    pub fn rows(&self) -> impl Iterator<Item = ((NodeIx, u32), &NodeMarks)> {
        self.rows.iter().map(|(&at, marks)| (at, marks))
    }

    /// All tagged passages, by where they begin.
    pub fn passages(&self) -> &[(Span, TagId, AnnotationId)] {
        &self.passages
    }

    /// The tagged passages that share words with a span.
    pub fn passages_within(&self, span: Span) -> impl Iterator<Item = &(Span, TagId, AnnotationId)> {
        let reach = CharPos(span.start.0.saturating_sub(self.longest));
        let first = self.passages.partition_point(|(passage, ..)| passage.start < reach);
        let begun = self.passages[first..].iter().take_while(move |(passage, ..)| passage.start < span.end);
        begun.filter(move |(passage, ..)| passage.intersection(span).is_some())
    }

    /// The tags of exactly this place.
    pub fn tags_at(&self, site: Site) -> Box<dyn Iterator<Item = (&TagId, AnnotationId)> + '_> {
        let marks = match site {
            Site::Node(ix) => self.of(ix),
            Site::Row(ix, row) => self.of_row(ix, row),
            Site::Plan => None,
            Site::Passage(span) => {
                let first = self.passages.partition_point(|(passage, ..)| *passage < span);
                let same = self.passages[first..].iter().take_while(move |(passage, ..)| *passage == span);
                return Box::new(same.map(|(_, tag, id)| (tag, *id)));
            }
        };
        let whole = match marks {
            Some(marks) => marks.tags.as_slice(),
            None if site == Site::Plan => self.plan_tags.as_slice(),
            None => &[],
        };
        Box::new(whole.iter().map(|(tag, id)| (tag, *id)))
    }

    /// The note on exactly this place.
    pub fn note_at(&self, site: Site) -> Option<(AnnotationId, &str)> {
        let note = match site {
            Site::Node(ix) => self.of(ix)?.note.as_ref(),
            Site::Row(ix, row) => self.of_row(ix, row)?.note.as_ref(),
            Site::Plan => self.plan_note.as_ref(),
            Site::Passage(span) => {
                let notes = self.nodes.values().flat_map(|marks| &marks.passage_notes);
                let found = notes.into_iter().find(|(passage, ..)| *passage == span);
                return found.map(|(_, id, note)| (*id, note.as_str()));
            }
        };
        note.map(|(id, note)| (*id, note.as_str()))
    }

    /// All notes on the text, whatever they sit on.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        self.nodes.values().chain(self.rows.values()).flat_map(|marks| {
            let whole = marks.note.iter().map(|(_, note)| note.as_str());
            whole.chain(marks.passage_notes.iter().map(|(.., note)| note.as_str()))
        })
    }

    /// The tags of a whole node.
    pub fn tags(&self, ix: NodeIx) -> impl Iterator<Item = &TagId> {
        self.of(ix).into_iter().flat_map(|marks| marks.tags.iter().map(|(tag, _)| tag))
    }

    /// The tagging of a whole node with a tag.
    pub fn tagging(&self, ix: NodeIx, tag: &TagId) -> Option<AnnotationId> {
        self.of(ix)?.tags.iter().find(|(present, _)| present == tag).map(|&(_, id)| id)
    }

    /// Whether a node, a row or a passage in it carries a tag.
    pub fn is_tagged(&self, ix: NodeIx) -> bool {
        let carries = |marks: &NodeMarks| !marks.tags.is_empty() || !marks.passages.is_empty();
        self.of(ix).is_some_and(carries)
            || self.rows.range((ix, 0)..=(ix, u32::MAX)).any(|(_, marks)| carries(marks))
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

/// The row of a table that begins where an annotation was found.
fn row_at(plan: &Plan, ix: NodeIx, span: Span) -> Option<u32> {
    let rows = plan.outline.get(ix)?.rows.iter().zip(0..);
    rows.map(|(row, number)| (row.span, number)).find(|(row, _)| row.contains(span.start)).map(|(_, row)| row)
}
