//! The text of a plan: a virtualised column of blocks, in which words can be selected and tagged.
//!
//! A frame lays out and paints only the blocks in view; heights of the others are measured from the widths of their
//! chars alone, a millisecond's worth at a time, while the block at the top stays where it is. Read in this
//! order: `blocks` (what is shown), `breaking` (where rows end), `draft` and `chips` (what stands where), `typeset` (glyphs),
//! `tints` (what lies behind the words), `heights` and `shown` (what is laid out), `ahead` (glyphs not yet in view),
//! `selection`, `placed` (a block on the screen), `stripes` and `menu` (beside the text), `hand` (pointer and keys),
//! `column` (the view).
//!
//! # Marks of a screen
//!
//! The coder's own annotations are shown by themselves. A screen lays its own marks on the text with
//! [`Column::mark`]: `column.mark(MarkRole::Shared, spans)`. Spans are chars of the plan's text; they replace those
//! marked for the same reason before, an empty list takes them away. Marks change no height and lay nothing out, so
//! they may change in any frame; call it when they change, not in every frame. [`MarkRole`] says what there is and
//! how it looks. To bring words into view, send `ReadingCommand::Show`.

mod ahead;
mod blocks;
mod breaking;
mod chips;
mod column;
mod draft;
mod hand;
mod heights;
mod marking;
mod menu;
mod placed;
mod selection;
mod shown;
mod stripes;
#[cfg(test)]
mod tests;
mod tints;
mod typeset;

pub use column::Column;
pub use marking::MarkRole;
pub use menu::{citation, node_of, span_of};
#[allow(unused_imports)] // for what is quoted elsewhere
pub use selection::quote;
pub use stripes::short;
