//! What can be learnt from plans and annotations: suggestions, search, alignment of two cities, targets.
//!
//! Not here: IO, state. Two cities side by side, in this order: `items` (what is compared), `cues` and `tagged`
//! (what an item is about), `domains`, `matrix` and `coverage` (by theme), `align` (item by item), `target_table`, `paired`.
//! Two texts that do share sentences: `diff`, `borrowing`, `overlap`. One item: `suggest`. Words in texts: `search`.

pub mod align;
mod borrowing;
mod comparison;
mod coverage;
mod cross;
mod cues;
mod diff;
mod domains;
mod items;
mod matrix;
mod overlap;
mod paired;
pub mod search;
mod suggest;
mod tagged;
mod target_table;
mod vector;

pub use borrowing::{Borrowed, Origin, borrowed};
pub use comparison::{Basis, Caution, Comparison, compare, compare_tagged};
pub use coverage::{Coverage, CoverageRow, Nearest, Unmatched, coverage, nearest_to};
pub use cross::{Cross, cross};
pub use diff::{Change, Stretch, diff, whole};
pub use domains::{Domain, Domains};
pub use items::{Item, item_of, items};
pub use matrix::{Cell, Filter, Matrix, MatrixRow, MatrixSide, Presence, Quotation, Rows, Subject, matrix};
pub use overlap::{Overlap, Taken};
pub use paired::pair_targets;
pub use suggest::{Cue, Evidence, Keywords, OFFERED, Suggester, Suggestion, THRESHOLD, is_enough};
pub use tagged::{Tagged, suggested, tagged};
pub use target_table::{Aim, Difference, Standing, TargetRow, standing, target_table};
