//! The project folder on disk: create, open, save; every file versioned RON, written whole or not at all.
//!
//! Not here: words for people (errors carry the path and what is wrong; `ui` and `cli` say it), undo, jobs.
//! Read in this order: `folder` (where things lie), `record` (what the files hold), `study` (the project in
//! memory), `change` (edits of it), `disk` (reading and writing files), `intake` (how a file becomes a plan).

mod change;
mod disk;
mod error;
mod folder;
mod intake;
mod record;
mod sample;
mod study;

pub use change::{Change, Conflict};
pub use disk::{from_ron, read_ron, to_ron, write_atomic, write_ron};
pub use error::{Cause, ProjectError};
pub use folder::Folder;
pub use intake::{Candidate, IntakeError, read_candidate};
pub use record::{Manifest, PlanId, PlanRecord, Source};
pub use sample::{SAMPLES, create_sample};
pub use study::{Entry, File, Project, Sheets, Snapshot};
