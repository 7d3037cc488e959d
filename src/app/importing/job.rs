//! What an import does in the background.

use super::super::jobs::{Generation, Jobs, Outcome};
use crate::plan::Plan;
use crate::project::{
    Accepted, Batch, Control, Entry, Folder, IntakeError, Ledger, Line, PlanId, PlanRecord, ProjectError,
    Reading, Staged, Staging,
};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long results are gathered before they are sent, so that the window is not woken for every file.
const GATHER: Duration = Duration::from_millis(40);

/// A plan to be taken in.
pub(super) type Kept = PlanRecord;

/// What a job that takes plans in needs.
pub(super) struct ToTakeIn {
    pub(super) staging: Arc<Staging>,
    pub(super) kept: Vec<Kept>,
    pub(super) known: BTreeMap<PlanId, Entry>,
    pub(super) ledger: Ledger,
    pub(super) control: Arc<Control>,
}

/// A result of an import.
pub enum ImportOutcome {
    /// The folder for what is read was made, or could not be.
    Begun(Result<Arc<Staging>, Arc<IntakeError>>),
    /// Files were read.
    Lines(Vec<Line>),
    /// There are no more.
    Read,
    /// A plan as it would be taken in.
    Preview(PlanId, Result<Arc<Plan>, ProjectError>),
    /// A plan was read again, in another encoding.
    Reread(PlanId, Option<String>, Result<Box<Staged>, Arc<IntakeError>>),
    /// Plans were taken in, or could not be.
    Accepted(Vec<(PlanId, Result<Accepted, IntakeError>)>),
    /// No more are being taken in.
    Done,
}

/// What a reading job needs.
pub(super) struct ToRead {
    pub(super) folder: Folder,
    /// `None` before the first reading.
    pub(super) staging: Option<Arc<Staging>>,
    pub(super) known: BTreeMap<PlanId, Entry>,
    pub(super) waiting: HashMap<String, PlanId>,
    pub(super) reading: Reading,
    pub(super) control: Arc<Control>,
    pub(super) paths: Vec<PathBuf>,
}

impl Jobs {
    /// Reads files for an import.
    pub(super) fn read_import(&self, generation: Generation, number: u64, job: ToRead) {
        self.spawn("import", move |post| {
            let send = |outcome| post.send(Outcome::Import(generation, number, outcome));
            let staging = match job.staging.map_or_else(|| Staging::begin(&job.folder).map(Arc::new), Ok) {
                Ok(staging) => staging,
                Err(error) => return send(ImportOutcome::Begun(Err(Arc::new(error.into())))),
            };
            send(ImportOutcome::Begun(Ok(staging.clone())));
            let batch = Batch {
                folder: job.folder,
                staging,
                known: job.known,
                waiting: job.waiting,
                reading: job.reading,
                control: job.control,
                now: Timestamp::now(),
            };
            let (mut gathered, mut since) = (Vec::new(), Instant::now());
            batch.read(&job.paths, &mut |line| {
                gathered.push(line);
                if since.elapsed() >= GATHER {
                    send(ImportOutcome::Lines(std::mem::take(&mut gathered)));
                    since = Instant::now();
                }
            });
            send(ImportOutcome::Lines(gathered));
            send(ImportOutcome::Read);
        });
    }

    /// Reads a plan as it would be taken in.
    pub(super) fn preview_import(
        &self,
        generation: Generation,
        number: u64,
        staging: Arc<Staging>,
        record: PlanRecord,
    ) {
        self.spawn("preview", move |post| {
            let plan = staging.plan(&record).map(Arc::new);
            post.send(Outcome::Import(generation, number, ImportOutcome::Preview(record.id, plan)));
        });
    }

    /// Reads a plan again, in another encoding.
    pub(super) fn reread_import(
        &self,
        generation: Generation,
        number: u64,
        staging: Arc<Staging>,
        staged: Staged,
        encoding: Option<String>,
    ) {
        self.spawn("reread", move |post| {
            let reading = Reading { encoding: encoding.clone(), ..Reading::default() };
            let result = staging.reread(&staged, &reading).map(Box::new).map_err(Arc::new);
            let outcome = ImportOutcome::Reread(staged.record.id, encoding, result);
            post.send(Outcome::Import(generation, number, outcome));
        });
    }

    /// Takes plans into the project.
    pub(super) fn accept_import(&self, generation: Generation, number: u64, job: ToTakeIn) {
        self.spawn("take in", move |post| {
            let ToTakeIn { staging, kept, known, ledger, control } = job;
            control.note(|progress| progress.total = kept.len());
            staging.accept(kept, &known, &ledger, &control.cancel, &mut |accepted| {
                control.note(|progress| progress.done += accepted.len());
                post.send(Outcome::Import(generation, number, ImportOutcome::Accepted(accepted)));
            });
            post.send(Outcome::Import(generation, number, ImportOutcome::Done));
        });
    }
}
