//! The project folder on disk: create, open, save; every file versioned RON, written whole or not at all.
//!
//! Not here: words for people (errors carry the path and what is wrong; `ui` and `cli` say it), undo, jobs.
//! Read in this order: `folder` (where things lie), `record` (what the files hold), `study` (the project in
//! memory), `reading` (how it is opened), `change` (edits of it), `notation`, `migrate` and `disk` (reading and writing files), `intake` (how
//! a file becomes a plan), `links` (decisions on pairs of plans), `lock`, `outside`, `watch` and `conflict` (others at work in the same folder),
//! `bundle`, `backup` and `join` (many files at once), `agreement` (several coders on the same items),
//! `check`, `sound` and `repair` (a damaged folder).

mod agreement;
pub mod backup;
mod bundle;
mod change;
pub mod check;
mod conflict;
mod disk;
mod error;
mod folder;
mod intake;
mod join;
mod links;
mod lock;
mod migrate;
mod notation;
mod outside;
mod reading;
mod record;
mod repair;
mod sample;
mod sound;
mod study;
mod trash;
mod watch;

pub use agreement::{CodedPlan, ItemAgreement};
pub use backup::{Backup, Reason, Restored};
pub use bundle::Bundle;
pub use change::{Change, Refused};
pub use conflict::{ConflictCopy, conflict_copies, original_of};
pub use disk::{Digest, Loaded, from_ron, load, read_ron, write_atomic, write_ron};
pub use error::{Cause, ProjectError, ReadOnly};
pub use folder::Folder;
pub use intake::{
    Accepted, Batch, Candidate, Carried, Control, Draft, IntakeError, Kin, Line, Office, Progress, Reading,
    Staged, Staging, Verdict, likeness, read_candidate,
};
pub use join::{FromCoder, JoinReport, Joining, NewPlan};
pub use links::{End, Excerpt, Link, LinkEdit, LinkId, LinkKind, LinkRecord, LinkStatus, Links, LinksFile};
pub use lock::{Holder, Lock, RENEW, Refusal};
pub use migrate::FORMAT_VERSION;
pub use notation::{salvage, to_ron, too_deep};
pub use outside::{Image, Ledger, Snapshot};
pub use reading::SheetsRead;
pub use record::{Manifest, PlaceInLibrary, PlanId, PlanRecord, SheetFile, Source};
pub use repair::{Remedy, Repaired, repair};
pub use sample::{SAMPLES, create_sample};
pub use sound::{BroughtBack, damaged_original, sound_backup};
pub use study::{Entry, File, Project, Sheets, Touched};
pub use watch::Watch;
