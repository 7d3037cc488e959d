//! The headless commands: what `duizhao outline FILE` and its siblings print.
//!
//! Lives here: the command line, reading the named files, the printed forms. Not here: anything egui.

mod check;
mod compare;
mod export;
mod gold;
mod import;
mod outline;
mod search;
mod suggest;
mod targets;

pub use check::CheckArgs;
pub use compare::{CompareArgs, CompareFormat, Heads, Part};
pub use export::{ExportArgs, ExportKind};
pub use import::ImportArgs;

use crate::export::ExportError;
use crate::plan::Plan;
use crate::project::{IntakeError, ProjectError, read_candidate, write_atomic};
use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// A command that prints to stdout and opens no window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the outline of a plan, what it says of itself, and what belongs to its page.
    Outline(OutlineArgs),
    /// Print the quantitative aims and baselines of plans.
    Targets(TargetsArgs),
    /// Print the themes that each item of a plan speaks of.
    Suggest(SuggestArgs),
    /// Set two plans side by side: themes, matching items, targets.
    Compare(CompareArgs),
    /// Find words in all plans of a project, with their clause numbers.
    Search(search::SearchArgs),
    /// Check that every file of a project is there, can be read, and agrees with the others.
    Check(CheckArgs),
    /// Read files, folders and archives into a project; an empty or new folder becomes one.
    Import(ImportArgs),
    /// Write what a project holds in other programs' forms: taggings, notes, codebook.
    Export(ExportArgs),
}

/// What `duizhao outline` takes.
#[derive(Debug, Args)]
pub struct OutlineArgs {
    /// The file to read.
    pub file: PathBuf,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// What `duizhao targets` takes.
#[derive(Debug, Args)]
pub struct TargetsArgs {
    /// The files to read.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// How to print them.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// What `duizhao suggest` takes.
#[derive(Debug, Args)]
pub struct SuggestArgs {
    /// The file to read; several with --gold.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Count how often the suggested theme is the one a person gave. The file (JSON or RON) says which:
    /// `{"plans": {"xiamen-2017": {"2-1": ["family_doctor"]}}}`: a plan by its file name without ending, a clause number
    /// as people type it, its themes, the main one first.
    #[arg(long, value_name = "FILE")]
    pub gold: Option<PathBuf>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// How a command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For scripts; stable.
    Json,
    /// As the project folder stores things.
    Ron,
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// A file could not be read.
    #[error(transparent)]
    Read(#[from] IntakeError),
    /// A project could not be opened, or a file of it not be read.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// The query has no words.
    #[error("there is nothing to look for; give one character or more")]
    NothingToFind,
    /// A check found damage.
    #[error("{}: {findings} damaged; {}", project.display(), if *repaired {
        "the rest could not be mended: put the named files back from a copy of your own"
    } else {
        "run `duizhao check --repair`, which makes a backup first"
    })]
    Damage {
        /// The project.
        project: PathBuf,
        /// How many files or records.
        findings: usize,
        /// Whether mending was tried.
        repaired: bool,
    },
    /// Converting was asked for where nothing can convert.
    #[error(
        "LibreOffice was not found; install it, or leave out --convert and save the files as docx by hand"
    )]
    NoOffice,
    /// An encoding was named that does not exist.
    #[error("{0}")]
    Encoding(crate::import::ImportError),
    /// Some files could not be imported; the lines printed say which and why.
    #[error("{failed} of {all} files could not be imported; the lines above say which, why, and what to do")]
    NotAllImported {
        /// How many could not.
        failed: usize,
        /// How many there were.
        all: usize,
    },
    /// Suggestions of several files at once.
    #[error("suggestions are printed for one file at a time; several can be counted with --gold FILE")]
    SeveralFiles,
    /// The file that says what a person gave is none.
    #[error("{}: {problem}; it should be JSON or RON like {{\"plans\": {{\"xiamen-2017\": {{\"2-1\": [\"family_doctor\"]}}}}}}", path.display())]
    Gold {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// None of the files is in the gold file.
    #[error("{}: names none of these files; a plan is named there by its file name without ending", .0.display())]
    NothingInGold(PathBuf),
    /// The result could not be written out.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The result is no text.
    #[error("this form is no text and cannot be printed; name a file for it with -o PATH")]
    NoTerminal,
    /// The result could not be printed.
    #[error("cannot print the result: {0}")]
    Print(String),
}

/// Runs a command. Exit status: 0 done; 1 could not, with one line on stderr. (2, wrong usage, is clap's.)
pub fn run(command: &Command) -> ExitCode {
    let printed = match command {
        Command::Check(args) => return check(args),
        Command::Outline(args) => outline::print(&args.file, args.format),
        Command::Targets(args) => targets::print(&args.files, args.format),
        Command::Suggest(args) => match (&args.gold, args.files.as_slice()) {
            (Some(gold), files) => gold::print(gold, files, args.format),
            (None, [file]) => suggest::print(file, args.format),
            (None, _) => Err(CliError::SeveralFiles),
        },
        Command::Compare(args) => compare::print(args),
        Command::Search(args) => search::print(args),
        Command::Import(args) => {
            import::print(args).and_then(|(text, done)| put(&text).and(done)).map(|()| String::new())
        }
        Command::Export(args) => export::print(args),
    };
    match printed.and_then(|text| put(&text)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

/// Prints what a check found; damage is a failure too.
fn check(args: &CheckArgs) -> ExitCode {
    match check::print(args).and_then(|(text, damage)| put(&text).map(|()| damage)) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(error)) | Err(error) => fail(&error),
    }
}

/// One line on stderr, and the exit status of a command that could not do its work.
pub fn fail(error: &impl std::fmt::Display) -> ExitCode {
    // Where stderr is closed there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "duizhao: {error}");
    ExitCode::FAILURE
}

/// One line on stderr about what went wrong while the rest was done.
fn warn(problem: &impl std::fmt::Display) {
    // Where stderr is closed there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "duizhao: {problem}");
}

/// Writes to stdout. A reader that closed the pipe has all it wanted.
fn put(text: &str) -> Result<(), CliError> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(CliError::Print(error.to_string()))
        }
        _ => Ok(()),
    }
}

/// Writes a file whole or not at all.
fn save(path: &Path, content: &[u8]) -> Result<(), CliError> {
    Ok(write_atomic(path, content).map_err(IntakeError::from)?)
}

/// An answer in the wanted form; `listing` is the one for people.
fn in_format<View: Serialize>(
    view: &View,
    format: Format,
    listing: fn(&View) -> String,
) -> Result<String, CliError> {
    let printed = match format {
        Format::Text => return Ok(listing(view)),
        Format::Json => serde_json::to_string_pretty(view).map_err(|error| error.to_string()),
        Format::Ron => ron::ser::to_string_pretty(view, ron::ser::PrettyConfig::default())
            .map_err(|error| error.to_string()),
    };
    printed.map(|text| text + "\n").map_err(CliError::Print)
}

/// Reads the plan in a file.
fn read_plan(path: &Path) -> Result<Arc<Plan>, CliError> {
    Ok(read_candidate(path, Timestamp::now())?.plan)
}
