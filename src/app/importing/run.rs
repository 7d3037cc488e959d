//! How the commands of an import are carried out, and its results taken in.

use super::job::{ImportOutcome, ToRead, ToTakeIn};
use super::{ImportCommand, Importing, Phase, Row, RowState};
use crate::app::state::NoticeKind;
use crate::app::{App, Command, EditName, Screen};
use crate::plan::MetadataField;
use crate::project::{Accepted, IntakeError, Line, Office, PlanId, Reading, Verdict};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

impl App {
    /// The import under way.
    pub fn importing(&self) -> Option<&Importing> {
        self.importing.as_ref()
    }

    /// Begins an import, or adds to the one under way.
    pub(in crate::app) fn import(&mut self, paths: Vec<PathBuf>) {
        if self.project.is_none() || paths.is_empty() {
            return;
        }
        match &mut self.importing {
            Some(importing) if matches!(importing.phase, Phase::Reading | Phase::TakingIn) => {
                return importing.queue.extend(paths);
            }
            Some(importing) if importing.phase == Phase::Review => {}
            _ => {
                self.import_number += 1;
                self.importing = Some(Importing::new(self.import_number));
            }
        }
        self.read_import(paths, Reading::default());
        self.run(Command::Show(Screen::Import));
    }

    fn read_import(&mut self, paths: Vec<PathBuf>, reading: Reading) {
        let Some((project, importing)) = self.project.as_ref().zip(self.importing.as_mut()) else { return };
        importing.phase = Phase::Reading;
        importing.stopped = false;
        importing.control = Arc::default();
        let waiting = importing.rows.iter().filter_map(Row::staged);
        let waiting = waiting.map(|staged| (staged.record.source.sha256.clone(), staged.record.id));
        let job = ToRead {
            folder: project.folder.clone(),
            staging: importing.staging.clone(),
            known: project.plans.clone(),
            waiting: waiting.collect::<HashMap<_, _>>(),
            reading,
            control: importing.control.clone(),
            paths,
        };
        self.jobs.read_import(self.generation, importing.number, job);
    }

    /// Carries out a command of the import.
    pub(in crate::app) fn run_import(&mut self, command: ImportCommand) {
        match command {
            ImportCommand::Stop => {
                if let Some(importing) = &mut self.importing {
                    importing.control.cancel();
                    importing.queue.clear();
                    importing.stopped = true;
                }
            }
            ImportCommand::Look(id) => self.look(id),
            ImportCommand::Set(id, field, words) => self.set_in_import(id, field, &words),
            ImportCommand::SetEncoding(id, encoding) => self.set_encoding(id, encoding),
            ImportCommand::Keep(id, kept) => self.alter(id, |row| row.kept = kept),
            ImportCommand::KeepAll(kept) => {
                if let Some(importing) = &mut self.importing {
                    importing.rows.iter_mut().for_each(|row| row.kept = kept);
                }
            }
            ImportCommand::AsVersion(id, version) => self.alter(id, |row| {
                if let Some(staged) = row.staged_mut() {
                    staged.record.version_of = staged.kin.as_ref().filter(|_| version).map(|kin| kin.of);
                }
            }),
            ImportCommand::Accept => self.accept_import(),
            ImportCommand::Close => self.close_import(),
            ImportCommand::Convert => self.convert(),
            ImportCommand::Separate(id) => {
                self.edit_record(id, EditName::Separate, |record| record.version_of.take().is_some());
            }
        }
    }

    fn alter(&mut self, id: PlanId, alter: impl FnOnce(&mut Row)) {
        if let Some(importing) = &mut self.importing {
            importing.revision += 1;
            importing.row_mut(id).map(alter);
        }
    }

    fn look(&mut self, id: PlanId) {
        let Some(importing) = &mut self.importing else { return };
        importing.looked_at = Some(id);
        self.request_preview();
    }

    /// Reads the plan that is looked at, unless it is read already.
    fn request_preview(&mut self) {
        let Some(importing) = &self.importing else { return };
        let Some(id) = importing.looked_at.filter(|&id| importing.preview(id).is_none()) else { return };
        let record = importing.row(id).and_then(Row::staged).map(|staged| staged.record.clone());
        if let (Some(record), Some(staging)) = (record, &importing.staging) {
            self.jobs.preview_import(self.generation, importing.number, staging.clone(), record);
        }
    }

    fn set_in_import(&mut self, id: PlanId, field: MetadataField, words: &str) {
        let Some(importing) = &mut self.importing else { return };
        let Some(staged) = importing.row_mut(id).and_then(Row::staged_mut) else { return };
        if staged.record.metadata.set_by_reader(field, words) {
            importing.edited = true;
            importing.revision += 1;
        } else {
            self.notify(NoticeKind::NotUnderstood(words.to_owned()));
        }
    }

    fn set_encoding(&mut self, id: PlanId, encoding: Option<String>) {
        let Some(importing) = &mut self.importing else { return };
        let Some(staged) = importing.row(id).and_then(Row::staged).cloned() else { return };
        if let Some(staging) = importing.staging.clone() {
            importing.rereading += 1;
            self.jobs.reread_import(self.generation, importing.number, staging, staged, encoding);
        }
    }

    fn accept_import(&mut self) {
        let Some((project, importing)) = self.project.as_ref().zip(self.importing.as_mut()) else { return };
        if importing.phase != Phase::Review || importing.rereading > 0 {
            return;
        }
        let kept = importing.to_take_in(|id| project.plans.contains_key(&id));
        let Some(staging) = importing.staging.clone().filter(|_| !kept.is_empty()) else { return };
        importing.phase = Phase::TakingIn;
        importing.control = Arc::default();
        let job = ToTakeIn {
            staging,
            kept,
            known: project.plans.clone(),
            ledger: project.ledger.clone(),
            control: importing.control.clone(),
        };
        self.jobs.accept_import(self.generation, importing.number, job);
    }

    fn close_import(&mut self) {
        if let Some(importing) = self.importing.take() {
            importing.control.cancel();
        }
        if self.view.screen == Screen::Import {
            self.run(Command::Show(Screen::Read));
        }
    }

    fn convert(&mut self) {
        let Some(importing) = &mut self.importing else { return };
        let Some(office) = Office::find() else { return self.notify(NoticeKind::NoOffice) };
        let (convertible, rest): (Vec<Row>, Vec<Row>) =
            std::mem::take(&mut importing.rows).into_iter().partition(Row::is_convertible);
        importing.rows = rest;
        importing.revision += 1;
        if importing.phase == Phase::Done {
            // What is done stays in the list; the staging folder is still there.
            importing.phase = Phase::Review;
        }
        let paths = convertible.into_iter().map(|row| row.path).collect();
        self.read_import(paths, Reading { office: Some(office), ..Reading::default() });
    }

    /// Takes in a result of the import with this number.
    pub(in crate::app) fn import_outcome(&mut self, number: u64, outcome: ImportOutcome) {
        let Some(importing) = self.importing.as_mut().filter(|importing| importing.number == number) else {
            // Closed meanwhile; what was already taken in belongs to the project all the same.
            if let ImportOutcome::Accepted(accepted) = outcome {
                self.taken_in(accepted.into_iter().filter_map(|(_, result)| result.ok()));
            }
            return;
        };
        importing.revision += 1;
        match outcome {
            ImportOutcome::Begun(Ok(staging)) => importing.staging = Some(staging),
            ImportOutcome::Begun(Err(error)) => {
                self.importing = None;
                self.notify(NoticeKind::NotOpened(error));
                self.close_import();
            }
            ImportOutcome::Lines(lines) => importing.rows.extend(lines.into_iter().map(Row::from)),
            ImportOutcome::Read => self.import_read(),
            ImportOutcome::Preview(id, Ok(plan)) if importing.looked_at == Some(id) => {
                importing.preview = Some((id, plan));
            }
            ImportOutcome::Preview(_, Ok(_)) => {}
            ImportOutcome::Preview(_, Err(error)) => {
                importing.looked_at = None;
                self.notify(NoticeKind::File(Arc::new(error)));
            }
            ImportOutcome::Reread(id, encoding, result) => self.import_reread(id, encoding, result),
            ImportOutcome::Accepted(accepted) => self.import_accepted(accepted),
            ImportOutcome::Done => self.import_done(),
        }
    }

    fn import_read(&mut self) {
        let Some(importing) = &mut self.importing else { return };
        importing.phase = if importing.kept() > 0 { Phase::Review } else { Phase::Done };
        let queue = std::mem::take(&mut importing.queue);
        if let Some(only) = importing.only() {
            self.look(only);
        }
        if !queue.is_empty() {
            self.import(queue);
        }
    }

    fn import_reread(
        &mut self,
        id: PlanId,
        encoding: Option<String>,
        result: Result<Box<crate::project::Staged>, Arc<IntakeError>>,
    ) {
        let Some(importing) = &mut self.importing else { return };
        importing.rereading = importing.rereading.saturating_sub(1);
        match result {
            Ok(staged) => {
                importing.preview = None;
                if let Some(row) = importing.row_mut(id) {
                    row.state = RowState::Staged(staged);
                    row.encoding = encoding;
                }
                self.request_preview();
            }
            Err(error) => self.notify(NoticeKind::NotOpened(error)),
        }
    }

    fn import_accepted(&mut self, accepted: Vec<(PlanId, Result<Accepted, IntakeError>)>) {
        let mut taken = Vec::with_capacity(accepted.len());
        let Some(importing) = &mut self.importing else { return };
        let places: HashMap<PlanId, usize> =
            importing.rows.iter().enumerate().filter_map(|(at, row)| Some((row.plan()?, at))).collect();
        for (id, result) in accepted {
            let Some(row) = places.get(&id).and_then(|&at| importing.rows.get_mut(at)) else { continue };
            row.state = match result {
                Ok(accepted) => {
                    let state = RowState::Imported(id, accepted.carried);
                    taken.push(accepted);
                    state
                }
                Err(error) => RowState::Failed(Arc::new(error)),
            };
        }
        self.taken_in(taken.into_iter());
    }

    /// Puts plans into the project in memory.
    fn taken_in(&mut self, accepted: impl Iterator<Item = Accepted>) {
        let Some(project) = &mut self.project else { return };
        let ids: Vec<PlanId> = accepted
            .map(|accepted| {
                let id = accepted.record.id;
                project.insert_accepted(accepted);
                id
            })
            .collect();
        self.revision += 1;
        self.library.is_stale = true;
        for id in ids {
            self.count_tagged(id);
        }
    }

    fn import_done(&mut self) {
        let Some(importing) = &mut self.importing else { return };
        importing.edited = false;
        // Stopped in the middle: the rest can still be taken in.
        importing.phase = if importing.stopped && importing.kept() > 0 { Phase::Review } else { Phase::Done };
        importing.looked_at = None;
        let queue = std::mem::take(&mut importing.queue);
        let imported: Vec<(PlanId, bool)> = importing
            .rows
            .iter()
            .filter_map(|row| match row.state {
                RowState::Imported(id, carried) => Some((id, carried.is_some_and(|c| c.total() > 0))),
                _ => None,
            })
            .collect();
        let nothing_to_tell =
            importing.rows.len() == 1 && imported.first().is_some_and(|(_, carried)| !carried);
        if let Some(&(first, _)) = imported.first()
            && (self.view.plan.is_none() || nothing_to_tell)
        {
            let screen = self.view.screen;
            self.run(Command::OpenPlan(first));
            self.view.screen = if nothing_to_tell { Screen::Read } else { screen };
        }
        if nothing_to_tell {
            self.importing = None;
        }
        if !queue.is_empty() {
            self.import(queue);
        }
    }
}

impl From<Line> for Row {
    fn from(line: Line) -> Self {
        let state = match line.verdict {
            Verdict::Staged(staged) => RowState::Staged(staged),
            Verdict::Known(id) => RowState::Known(id),
            Verdict::Failed(error) => RowState::Failed(error),
        };
        Self { path: line.path, kept: matches!(state, RowState::Staged(_)), state, encoding: None }
    }
}
