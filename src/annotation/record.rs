//! An annotation: a tagging or a note that one coder put on an anchor.

use super::unknown::{Unknown, keep_unknown};
use super::{Anchor, Place, TagId};
use crate::text::{CharPos, Span, Text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The random id of an annotation; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AnnotationId(pub Uuid);

impl AnnotationId {
    /// A new id.
    pub fn random() -> Self {
        Self(Uuid::new_v4())
    }
}

/// What an annotation says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// The place is tagged.
    Tag(TagId),
    /// A note in the coder's own words, plain text.
    Note(String),
}

/// What an annotation is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A node of the outline (section, item, paragraph, table): the one whose own words the anchor quotes.
    #[default]
    Node,
    /// A row of a table.
    Row,
    /// Any passage, also across nodes.
    Passage,
    /// The whole plan. The anchor is empty.
    Plan,
    /// A tag of the codebook. The anchor is empty; stands in a coder's notes, not on a plan.
    Tag(TagId),
    /// The project. The anchor is empty; stands in a coder's notes, not on a plan.
    Project,
}

/// A tagging or a note on a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Annotation {
    /// Random id.
    pub id: AnnotationId,
    /// What it is about.
    #[serde(default)]
    pub on: Subject,
    /// Where it sits; empty where it is about a whole plan, a tag, or the project.
    #[serde(default, skip_serializing_if = "Anchor::is_empty")]
    pub anchor: Anchor,
    /// What it says.
    pub body: Body,
    /// When it was made, UTC.
    pub created: Timestamp,
    /// When it was last changed, UTC.
    pub modified: Timestamp,
    /// Fields that a newer version wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}
keep_unknown!(Annotation);

impl Annotation {
    /// A new annotation on a node, made at `now`.
    pub fn new(anchor: Anchor, body: Body, now: Timestamp) -> Self {
        Self::on(Subject::Node, anchor, body, now)
    }

    /// A new annotation, made at `now`. The anchor of a plan, a tag or the project is `Anchor::default()`.
    pub fn on(on: Subject, anchor: Anchor, body: Body, now: Timestamp) -> Self {
        let id = AnnotationId::random();
        Self { id, on, anchor, body, created: now, modified: now, unknown: Unknown::default() }
    }

    /// Where it sits in `text`. What is about the whole plan sits at its beginning, for certain.
    pub fn find(&self, text: &Text) -> Place {
        match self.on {
            Subject::Node | Subject::Row | Subject::Passage => self.anchor.find(text),
            Subject::Plan | Subject::Tag(_) | Subject::Project => Place::Exact(Span::at(CharPos(0), 0)),
        }
    }

    /// The same annotation, put on `span` of `text` by a person who confirmed or moved it at `now`.
    #[must_use]
    pub fn moved_to(&self, text: &Text, span: Span, now: Timestamp) -> Self {
        Self { anchor: Anchor::new(text, span), modified: now, ..self.clone() }
    }

    /// The tag, where it is a tagging.
    pub fn tag(&self) -> Option<&TagId> {
        match &self.body {
            Body::Tag(tag) => Some(tag),
            Body::Note(_) => None,
        }
    }

    /// The words of the note, where it is one.
    pub fn note(&self) -> Option<&str> {
        match &self.body {
            Body::Note(note) => Some(note),
            Body::Tag(_) => None,
        }
    }
}
