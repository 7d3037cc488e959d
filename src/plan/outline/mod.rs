//! From lines to the tree.

use super::{Metadata, Outline, Warning};
use crate::text::{Layout, Text};

/// Reads the outline and what the document says of itself.
pub(super) fn read(_text: &Text, _layout: &Layout) -> (Outline, Metadata, Vec<Warning>) {
    (Outline::default(), Metadata::default(), Vec::new())
}
