//! What can be learnt from plans and annotations: suggestions, search, alignment of two cities, targets.
//!
//! Not here: IO, state.

pub mod align;
mod items;

pub use items::{Item, item_of, items};
