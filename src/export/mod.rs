//! Tables and reports out: csv, xlsx, docx, html, md, REFI-QDA.
//!
//! Not here: what stands in them (see `insight`), dialogs that ask where to. Read in this order: `table` (what is
//! written), `comparison` (two plans as tables), then a file per form. Nothing here touches the disk: a form is
//! bytes or a string.

mod citation;
mod comparison;
mod csv;
mod markdown;
mod table;

pub use citation::{CITATION, FIELDS, cite, gb7714};
pub use comparison::{ComparisonTables, Language, Named, target_words};
pub use csv::{csv, csv_of_all};
pub use markdown::markdown;
pub use table::{Cell, Table};
