//! The program without its window: state, commands, undo history, background jobs, settings.
//!
//! [`App::run`] is the only place that changes state; views read [`App`] and send [`Command`]s. Not here: egui.
//! Read in this order: `state` (what there is), `command` (what can be done), `run` (how it is done), `history`
//! (undo), `marks` (annotations beside their nodes), `reading` (what is selected, tagging), `suggestions`, `memory`
//! (places and favourites of a person), `jobs` and `saver` (what runs in the background), `importing`; then
//! the areas: `codebook`, `compare` (two plans side by side).

mod codebook;
mod coders;
mod command;
mod compare;
mod edits;
mod find;
mod history;
mod hits;
mod importing;
mod jobs;
mod library;
mod marks;
mod memory;
mod navigation;
mod opening;
mod reading;
mod run;
mod saver;
mod search;
mod search_tagging;
mod settings;
mod state;
mod suggestions;
mod tally;
mod trash;
mod versions;

pub use codebook::{
    Chosen, CodebookCommand, CodebookProblem, CodebookState, Consequence, ExchangeError, Fate, Proposal,
    Revise, Shift, TagField, Which,
};
pub use coders::{
    Agreed, AgreementWords, Among, Astray, CodersCommand, CodersProblem, CodersState, Damage, PlanSurvey,
    ProjectPage, Proposed, Remedy, Scope, Working,
};
pub use command::{Command, Destination, Side};
pub use compare::{
    Chart, CompareCommand, CompareState, CompareView, Compared, Counting, Form, MatchFilter, MatrixRows,
    clause_number,
};
pub use find::{Find, FindCommand};
pub use history::{ChangeSet, EditName, History};
use hits::table_form;
pub use importing::{ImportCommand, Importing, Phase, Row, RowState};
pub use library::{Group, GroupName, Grouping, Library, LibraryCommand, LibraryRow, Sorting};
pub use marks::{Marks, NodeMarks};
pub use reading::{Division, Reading, ReadingCommand, Selection, Site, parts, trimmed};
pub use saver::SaveStatus;
pub use search::{Hit, PlanHits, Search, SearchCommand};
pub use search_tagging::{HitPlace, HitsOf, Reach, SearchTagging, SearchTaggingCommand, Standing};
pub use settings::{Language, Places, Settings, Theme};
pub use state::{App, Notice, NoticeKind, OpenPlan, Screen, View};
pub use tally::{CoderCount, Tally};
