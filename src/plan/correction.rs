//! What a person set right in an outline: operations anchored to the text, not to nodes.

use super::Outline;
use crate::text::{Span, Text};
use serde::{Deserialize, Serialize};

/// A recorded correction of the reader's outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The place it is about: the own words of a node, or for a split the empty span where to cut.
    pub span: Span,
    /// The first chars at that place when the correction was made (at most 24), to find it again.
    pub quote: String,
    /// What to do there.
    pub operation: Operation,
}

/// What a correction does to the node at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// One level up.
    Promote,
    /// One level down.
    Demote,
    /// Make it an unnumbered heading.
    MakeHeading,
    /// Make it a paragraph.
    MakeParagraph,
    /// Run it together with the node before.
    MergeWithPrevious,
    /// Begin a new node here.
    SplitHere,
    /// It belongs to the page, not to the plan.
    MarkFurniture,
    /// It belongs to the plan after all.
    UnmarkFurniture,
}

/// Applies `corrections` in order. One that no longer finds its place does nothing.
pub(super) fn apply(_text: &Text, _corrections: &[Correction], _outline: &mut Outline) {}
