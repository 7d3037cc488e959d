//! What coders put on a plan: the codebook, anchors, taggings, notes, and edits that can be taken back.
//!
//! Not here: files (see `project`), the outline (annotations hold anchors, never nodes). Read in this order:
//! `codebook` (the words coders use), `anchor` (where something sits) and `approximate` (finding changed words),
//! `record` (what sits there), `sheet` (one coder's annotations on one plan, and edits of it), `revision` and
//! `facets` (edits of the codebook), `effect` (what they do to taggings) and `order` (its tree), `lookup` (finding a tag), `merge` and
//! `agreement` (several coders), `qdc` (exchange), `unknown` (what a newer version wrote).

pub mod agreement;
mod anchor;
mod approximate;
mod codebook;
mod effect;
mod facets;
mod lookup;
mod merge;
mod order;
mod qdc;
mod record;
mod revision;
mod sheet;
pub(crate) mod unknown;

pub use anchor::{Anchor, Place};
pub use codebook::{Codebook, Cues, Facet, Tag, TagId};
pub use effect::Effect;
pub use lookup::Lookup;
pub use merge::Brought;
pub use qdc::{QdcError, new_tags};
pub use record::{Annotation, AnnotationId, Body, Subject};
pub use revision::{Orphans, Revision, RevisionError};
pub use sheet::{Coder, Edit, EditConflict, Sheet};
pub use unknown::{Kept, Unknown};
