//! An annotation: a tagging or a note that one coder put on an anchor.

use super::{Anchor, TagId};
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

/// A tagging or a note on a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// Random id.
    pub id: AnnotationId,
    /// Where it sits.
    pub anchor: Anchor,
    /// What it says.
    pub body: Body,
    /// When it was made, UTC.
    pub created: Timestamp,
    /// When it was last changed, UTC.
    pub modified: Timestamp,
}

impl Annotation {
    /// A new annotation, made at `now`.
    pub fn new(anchor: Anchor, body: Body, now: Timestamp) -> Self {
        Self { id: AnnotationId::random(), anchor, body, created: now, modified: now }
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
