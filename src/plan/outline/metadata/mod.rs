//! What a document says of itself, from its headline, rows, notice, signature and, failing those, its body.

pub(super) mod dates;
pub(super) mod genres;
pub(super) mod rows;
pub(super) mod shapes;
