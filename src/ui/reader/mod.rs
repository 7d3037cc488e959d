//! The text of a plan: a virtualised column of blocks.
//!
//! A frame lays out and paints only the blocks in view; heights of the others are estimated and made exact a
//! few at a time, while the block at the top stays where it is. Read in this order: `blocks` (what is shown),
//! `typeset` (how a block is laid out), `heights` (where it stands), `column` (the view).

mod blocks;
mod column;
mod heights;
mod typeset;

pub use column::Column;
