//! What can be learnt from plans and annotations: suggestions, search, alignment of two cities, targets.
//!
//! Not here: IO, state.
