//! Facts that stand in the nodes: departments, table rows, targets.

use super::{Metadata, Outline, Target, Warning};
use crate::text::Text;

/// Finds the note of responsibility of every node.
pub(super) fn departments(_text: &Text, _outline: &mut Outline) {}

/// Splits the rows of every table node.
pub(super) fn tables(_text: &Text, _outline: &mut Outline, _warnings: &mut Vec<Warning>) {}

/// Finds the quantitative aims and baselines.
pub(super) fn targets(_text: &Text, _outline: &Outline, _metadata: &Metadata) -> Vec<Target> {
    Vec::new()
}
