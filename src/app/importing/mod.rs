//! Importing: files are read in the background, looked over by a person, and taken into the project.
//!
//! Nothing is in the project before it is accepted, and nothing waits for an answer: the import is a place to go to
//! and come back to. Read in this order: [`ImportCommand`], [`Importing`], `run` (how it is done), `job` (threads).

mod job;
mod run;

pub(super) use job::ImportOutcome;

use crate::plan::{MetadataField, Plan};
use crate::project::{Carried, Control, IntakeError, Kin, PlanId, Progress, Staged, Staging};
use job::Kept;
use std::path::PathBuf;
use std::sync::Arc;

/// What a person can do with an import.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportCommand {
    /// Stop what is running; what was read or taken in stays.
    Stop,
    /// Show a plan that was read.
    Look(PlanId),
    /// Set right what was recognised of a plan.
    Set(PlanId, MetadataField, String),
    /// Read a plan again in this encoding; `None`: in the one that is recognised.
    SetEncoding(PlanId, Option<String>),
    /// Take a plan in, or leave it out.
    Keep(PlanId, bool),
    /// Take all in, or none.
    KeepAll(bool),
    /// Take it in as the next version of the plan it resembles, or as a plan of its own.
    AsVersion(PlanId, bool),
    /// Take in what is kept.
    Accept,
    /// Leave out the rest and close the import.
    Close,
    /// Read what failed for being doc, wps, rtf or odt by way of LibreOffice.
    Convert,
    /// A plan is no version of another after all; can be undone.
    Separate(PlanId),
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Files are being read.
    Reading,
    /// A person looks them over.
    Review,
    /// They are being taken in.
    TakingIn,
    /// At an end; what became of each file is shown.
    Done,
}

/// An import under way.
pub struct Importing {
    /// Where it stands.
    pub phase: Phase,
    /// The files, in the order they were found.
    pub rows: Vec<Row>,
    /// The plan that is looked at.
    pub looked_at: Option<PlanId>,
    /// Whether reading was stopped before all files were read.
    pub stopped: bool,
    /// Whether a person set something right, which closing would lose.
    pub edited: bool,
    /// Grows with every change of the rows, so that views know when to sort anew.
    pub revision: u64,
    preview: Option<(PlanId, Arc<Plan>)>,
    staging: Option<Arc<Staging>>,
    control: Arc<Control>,
    /// Dropped on the window while it was busy.
    queue: Vec<PathBuf>,
    /// Which import results belong to; later ones have larger numbers.
    number: u64,
    /// Plans being read again.
    rereading: usize,
}

/// A file of an import.
#[derive(Clone, Debug)]
pub struct Row {
    /// The file; in an archive, the archive's path with the path inside it.
    pub path: PathBuf,
    /// What became of it so far.
    pub state: RowState,
    /// Whether it will be taken in.
    pub kept: bool,
    /// The encoding a person chose for it.
    pub encoding: Option<String>,
}

/// What became of a file.
#[derive(Clone, Debug)]
pub enum RowState {
    /// It was read, and can be taken in.
    Staged(Box<Staged>),
    /// It is a plan of the project now.
    Imported(PlanId, Option<Carried>),
    /// The project, or this import, has the same bytes already.
    Known(PlanId),
    /// It could not be read or taken in.
    Failed(Arc<IntakeError>),
}

impl Row {
    /// What was read, while it waits to be taken in.
    pub fn staged(&self) -> Option<&Staged> {
        match &self.state {
            RowState::Staged(staged) => Some(staged),
            _ => None,
        }
    }

    fn staged_mut(&mut self) -> Option<&mut Staged> {
        match &mut self.state {
            RowState::Staged(staged) => Some(staged),
            _ => None,
        }
    }

    /// The plan it is or would become.
    pub fn plan(&self) -> Option<PlanId> {
        match &self.state {
            RowState::Staged(staged) => Some(staged.record.id),
            RowState::Imported(id, _) => Some(*id),
            RowState::Known(_) | RowState::Failed(_) => None,
        }
    }

    /// The file's own name.
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    /// Whether LibreOffice could read it.
    pub fn is_convertible(&self) -> bool {
        use crate::import::ImportError::Unsupported;
        let RowState::Failed(error) = &self.state else { return false };
        let foreign =
            matches!(&**error, IntakeError::Import { cause: Unsupported(kind), .. } if kind.is_convertible());
        // What lies in an archive has no file of its own to convert.
        foreign && self.path.is_file()
    }
}

impl Importing {
    fn new(number: u64) -> Self {
        Self {
            phase: Phase::Reading,
            rows: Vec::new(),
            looked_at: None,
            stopped: false,
            edited: false,
            revision: 0,
            preview: None,
            staging: None,
            control: Arc::default(),
            queue: Vec::new(),
            number,
            rereading: 0,
        }
    }

    /// How far reading or taking in is, while it runs.
    pub fn progress(&self) -> Option<Progress> {
        matches!(self.phase, Phase::Reading | Phase::TakingIn).then(|| self.control.progress())
    }

    /// Whether something runs in the background.
    pub fn is_busy(&self) -> bool {
        let previewing =
            self.looked_at.is_some_and(|id| self.preview(id).is_none() && self.row(id).is_some());
        matches!(self.phase, Phase::Reading | Phase::TakingIn) || self.rereading > 0 || previewing
    }

    /// The plan that is looked at, once it was read.
    pub fn preview(&self, id: PlanId) -> Option<&Arc<Plan>> {
        self.preview.as_ref().filter(|(of, _)| *of == id).map(|(_, plan)| plan)
    }

    /// The row of a plan that waits to be taken in.
    pub fn row(&self, id: PlanId) -> Option<&Row> {
        self.rows.iter().find(|row| row.staged().is_some_and(|staged| staged.record.id == id))
    }

    fn row_mut(&mut self, id: PlanId) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.staged().is_some_and(|staged| staged.record.id == id))
    }

    /// The plan of the only file, where the import is about one file that was read.
    pub fn only(&self) -> Option<PlanId> {
        match self.rows.as_slice() {
            [row] if self.phase != Phase::Reading => row.staged().map(|staged| staged.record.id),
            _ => None,
        }
    }

    /// Number of plans that would be taken in.
    pub fn kept(&self) -> usize {
        self.rows.iter().filter(|row| row.kept && row.staged().is_some()).count()
    }

    /// What each file came to: taken in, known already, failed.
    pub fn counts(&self) -> (usize, usize, usize) {
        self.rows.iter().fold((0, 0, 0), |(imported, known, failed), row| match row.state {
            RowState::Staged(_) => (imported, known, failed),
            RowState::Imported(..) => (imported + 1, known, failed),
            RowState::Known(_) => (imported, known + 1, failed),
            RowState::Failed(_) => (imported, known, failed + 1),
        })
    }

    /// Whether there is something that LibreOffice could read.
    pub fn is_convertible(&self) -> bool {
        self.rows.iter().any(Row::is_convertible)
    }

    /// The plan that a row would be a version of.
    pub fn kin(&self, id: PlanId) -> Option<&Kin> {
        self.row(id)?.staged()?.kin.as_ref()
    }

    /// What is kept, to be taken in: a version of a plan that is neither in the project nor kept becomes a plan of
    /// its own.
    fn to_take_in(&self, known: impl Fn(PlanId) -> bool) -> Vec<Kept> {
        let kept = || self.rows.iter().filter(|row| row.kept).filter_map(Row::staged);
        let is_kept = |id: PlanId| kept().any(|staged| staged.record.id == id);
        kept()
            .map(|staged| {
                let mut record = staged.record.clone();
                record.version_of = record.version_of.filter(|&earlier| known(earlier) || is_kept(earlier));
                record
            })
            .collect()
    }
}
