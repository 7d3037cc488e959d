//! Tables and reports out: csv, xlsx, docx, html, md, charts, whole projects.
//!
//! Not here: what stands in them (see `insight`), dialogs that ask where to. Read in this order: `table` and
//! `document` (what is written), `citation`, `comparison` (two plans as tables and as a report), `chart` (drawings),
//! `project` (all of a project), `form` (which forms there are), then a file per form. Nothing here touches the disk: a
//! form is bytes or a string.

// Forms are built of small pieces; `let _ = write!(…)` on every line would hide them, and saves nothing measurable.
#![allow(clippy::format_push_string)]

pub mod chart;
mod citation;
mod comparison;
mod csv;
mod document;
mod docx;
mod form;
mod hits;
mod html;
mod language;
mod markdown;
mod package;
mod project;
mod table;
mod xlsx;
mod xml;

pub use citation::{CITATION, FIELDS, TemplateProblem, check_template, cite, gb7714};
pub use comparison::{ComparisonTables, Counted, Named, Reading, RowsOf, target_words};
pub use csv::{csv, csv_of_all};
pub use document::{Block, Document, Excerpt, Picture};
pub use form::{ExportError, Form, write};
pub use hits::{HitRow, hits};
pub use language::Language;
pub use markdown::markdown;
pub use project::{PlanExport, ProjectExport};
pub use table::{Cell, Fate, Piece, Table};
