//! What coders put on a plan: the codebook, anchors, taggings, notes, and edits that can be taken back.
//!
//! Not here: files (see `project`), the outline (annotations hold anchors, never nodes). Read in this order:
//! `codebook` (the words coders use), `anchor` (where something sits), `record` (what sits there), `sheet`
//! (one coder's annotations on one plan, and edits of it).

mod anchor;
mod codebook;
mod record;
mod sheet;

pub use anchor::{Anchor, Place};
pub use codebook::{Codebook, Cues, Facet, Tag, TagId};
pub use record::{Annotation, AnnotationId, Body};
pub use sheet::{Coder, Edit, EditConflict, Sheet};
