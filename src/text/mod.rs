//! The canonical text of a plan, and places in it.
//!
//! Lives here: [`Text`], [`Span`], the matching form ([`fold`]), what a source file tells beside its
//! words ([`Layout`]), finding by name ([`Names`]). Not here: files, outlines, people. Read in this order: `span`,
//! `canonical`, `fold`, `sentences`, `words`.
//!
//! Every offset that leaves this room counts Unicode scalar values (chars) of the canonical text.

mod canonical;
mod fold;
mod layout;
mod names;
mod sentences;
mod span;
mod words;

pub use canonical::{Line, Text};
pub use fold::{fold, fold_char, is_blank, is_han};
pub use layout::Layout;
pub use names::{Fit, Names};
pub use sentences::sentences;
pub use span::{CharPos, Span};
pub use words::{dictionary_is_loaded, load_dictionary, word_at, words};
