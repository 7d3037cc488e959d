//! Several coders on one project: who they are, whose taggings are shown, how far they agree, bringing in a
//! colleague's work; and keeping the project safe: annotations that lost their place, backups, locks.
//!
//! Read in this order: this file (state and commands), `agreement`, `unanchored`, `joining` (a colleague's work,
//! conflict copies), `safekeeping` (backups, locks), `damage` (damaged files).

mod agreement;
mod damage;
mod joining;
mod safekeeping;
mod unanchored;

pub use agreement::{Agreed, AgreementWords, Among, Scope, Working};
pub use damage::{Damage, Remedy};
pub use joining::Proposed;
pub use unanchored::{Astray, PlanSurvey};

use super::{App, Marks, Screen};
use crate::annotation::{AnnotationId, Coder, TagId};
use crate::project::{Backup, ConflictCopy, JoinReport, PlanId, Project, ProjectError};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// The pages of the project screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ProjectPage {
    /// Who annotates here.
    #[default]
    Coders,
    /// Bringing in a colleague's work; conflict copies.
    Merge,
    /// Backups and damaged files.
    Backups,
}

/// Something to do with coders, or for the safety of the project.
#[derive(Clone, Debug, PartialEq)]
pub enum CodersCommand {
    /// Show a page of the project screen.
    Show(ProjectPage),
    /// Show or hide another coder's taggings beside one's own.
    ShowCoder(Coder, bool),
    /// Show or hide those of all other coders.
    ShowOthers(bool),

    /// Choose what is compared.
    SetScope(Scope),
    /// Work out the agreement for the scope, unless that is done.
    Agree,
    /// Stop working it out.
    StopAgreeing,
    /// Give the own file the tag of a disagreement, or take it away: the place, the tag, and which.
    Resolve(usize, TagId, bool),
    /// Write the figures to a file.
    ExportAgreement(PathBuf, Box<AgreementWords>),

    /// Show or hide the panel of annotations that lost their place.
    ToggleUnanchored,
    /// The likely place is right.
    Confirm(PlanId, AnnotationId),
    /// Put an annotation on what is selected in the plan, or on the item in focus.
    Reanchor(PlanId, AnnotationId),
    /// Remove an annotation.
    Remove(PlanId, AnnotationId),
    /// Look in all plans for annotations that lost their place.
    Survey,

    /// Work out what a colleague's folder, zip or file would bring.
    Bring(PathBuf),
    /// Work out what a conflict copy would bring.
    BringCopy(ConflictCopy),
    /// Bring it in, after a backup.
    CarryOut,
    /// Leave it.
    Withdraw,
    /// Look for conflict copies.
    FindCopies,

    /// Look for backups.
    FindBackups,
    /// Make a backup now.
    BackUp,
    /// Ask whether a backup shall take the place of what is there.
    AskRestore(Backup),
    /// Do not.
    KeepPresent,
    /// Put the backup back that was asked about.
    Restore,
    /// Take the coder's files over from another window.
    TakeOver,
    /// Leave them to it, and go on for reading only.
    ReadOnly,
    /// Take a damaged file (by the copy kept aside) from the newest backup that has it whole.
    BringBack(PathBuf),
}

/// What could not be done.
#[derive(Clone, Debug)]
pub enum CodersProblem {
    /// A file could not be read or written.
    File(Arc<ProjectError>),
    /// Annotations are still being read; try again in a moment.
    StillReading,
    /// Edits could not be brought to disk yet.
    NotSaved,
}

/// State of coders and safekeeping.
#[derive(Debug, Default)]
pub struct CodersState {
    /// The page of the project screen.
    pub page: ProjectPage,
    /// Other coders whose taggings are shown.
    pub shown: BTreeSet<Coder>,
    /// What is compared.
    pub scope: Scope,
    /// How far coders agree, as last worked out.
    pub agreed: Option<Arc<Agreed>>,
    /// The comparison that is under way.
    pub working: Option<Working>,
    /// Whether the panel of annotations that lost their place is open.
    pub unanchored_open: bool,
    /// Where annotations lost their place, in all plans, as last looked for.
    pub survey: Option<Arc<Vec<PlanSurvey>>>,
    /// The look that is under way.
    pub surveying: Option<Working>,
    /// What a colleague's work would bring.
    pub proposed: Option<Arc<Proposed>>,
    /// What was brought in last.
    pub joined: Option<Arc<JoinReport>>,
    /// Conflict copies in the folder.
    pub copies: Vec<ConflictCopy>,
    /// The backups, newest first; `None` until looked for.
    pub backups: Option<Arc<Vec<Backup>>>,
    /// The backup that shall take the place of what is there, if the person says so.
    pub restoring: Option<Backup>,
    /// Damaged files of this session.
    pub damaged: Vec<Damage>,
    /// Whether the person chose to go on for reading only while another window holds their files.
    pub reading_only: bool,
    /// Whether files are being worked on.
    pub busy: bool,
    /// Why the last thing was not done.
    pub problem: Option<CodersProblem>,
    /// The file that was written last.
    pub written: Option<PathBuf>,
    others: BTreeMap<PlanId, Vec<(Coder, Marks)>>,
    /// Copies whose content is in the project, to be put away once that is saved.
    brought: Vec<ConflictCopy>,
}

impl App {
    /// Carries out a command.
    pub(super) fn run_coders(&mut self, command: CodersCommand) {
        if !matches!(command, CodersCommand::Agree) {
            self.coders.problem = None;
            self.coders.written = None;
        }
        match command {
            CodersCommand::Show(page) => self.show_page(page),
            CodersCommand::ShowCoder(coder, show) => self.show_coder(coder, show),
            CodersCommand::ShowOthers(show) => self.show_others(show),
            CodersCommand::SetScope(scope) => self.set_scope(scope),
            CodersCommand::Agree => self.agree(),
            CodersCommand::StopAgreeing => {
                if let Some(working) = &self.coders.working {
                    working.stop();
                }
            }
            CodersCommand::Resolve(at, tag, give) => self.resolve(at, &tag, give),
            CodersCommand::ExportAgreement(path, words) => self.export_agreement(path, &words),
            CodersCommand::ToggleUnanchored => {
                self.coders.unanchored_open = !self.coders.unanchored_open;
                if self.coders.unanchored_open && self.view.screen != Screen::Read {
                    self.show(Screen::Read);
                }
            }
            CodersCommand::Confirm(plan, id) => self.confirm(plan, id),
            CodersCommand::Reanchor(plan, id) => self.reanchor(plan, id),
            CodersCommand::Remove(plan, id) => self.remove_astray(plan, id),
            CodersCommand::Survey => self.survey(),
            CodersCommand::Bring(path) => self.bring(path),
            CodersCommand::BringCopy(copy) => self.bring_copy(copy),
            CodersCommand::CarryOut => self.carry_out_joining(),
            CodersCommand::Withdraw => self.coders.proposed = None,
            CodersCommand::FindCopies => self.find_copies(),
            CodersCommand::FindBackups => self.find_backups(),
            CodersCommand::BackUp => self.back_up(),
            CodersCommand::AskRestore(backup) => self.coders.restoring = Some(backup),
            CodersCommand::KeepPresent => self.coders.restoring = None,
            CodersCommand::Restore => self.restore(),
            CodersCommand::TakeOver => self.take_over(),
            CodersCommand::ReadOnly => self.go_on_reading(),
            CodersCommand::BringBack(path) => self.bring_back(path),
        }
    }

    fn show_page(&mut self, page: ProjectPage) {
        self.coders.page = page;
        if self.view.screen != Screen::Project {
            self.show(Screen::Project);
        }
        match page {
            ProjectPage::Coders => {}
            ProjectPage::Merge => self.find_copies(),
            ProjectPage::Backups => self.find_backups(),
        }
    }

    fn set_scope(&mut self, scope: Scope) {
        if self.coders.scope != scope {
            if let Some(working) = &self.coders.working {
                working.stop();
            }
            self.coders.scope = scope;
        }
    }

    fn show_coder(&mut self, coder: Coder, show: bool) {
        let shown = &mut self.coders.shown;
        if if show { shown.insert(coder) } else { shown.remove(&coder) } {
            self.remark_all();
        }
    }

    fn show_others(&mut self, show: bool) {
        let own = self.coder();
        let all = self.project.as_ref().filter(|_| show).map(Project::coders).unwrap_or_default();
        self.coders.shown = all.into_iter().filter(|coder| *coder != own).collect();
        self.remark_all();
    }

    /// Whether anybody else annotated a plan.
    pub fn has_others(&self, plan: PlanId) -> bool {
        let own = self.coder();
        let entry = self.project.as_ref().and_then(|project| project.plans.get(&plan));
        let sheets = entry.and_then(|entry| entry.sheets.as_ref());
        sheets.is_some_and(|sheets| sheets.iter().any(|(coder, sheet)| *coder != own && !sheet.is_empty()))
    }

    /// Other coders' annotations on a plan, of those that are shown.
    pub fn others(&self, plan: PlanId) -> &[(Coder, Marks)] {
        self.coders.others.get(&plan).map_or(&[], Vec::as_slice)
    }

    /// Sorts the annotations of the other coders that are shown to the nodes of a plan anew.
    pub(super) fn remark_others(&mut self, id: PlanId) {
        self.coders.others.remove(&id);
        let own = self.coder();
        let Some((project, open)) = self.project.as_ref().zip(self.plans.get(&id)) else { return };
        let shown = self.coders.shown.iter().filter(|coder| **coder != own);
        let marks = |coder: &Coder| {
            let marks = Marks::new(&open.plan, project.annotations(id, coder));
            (coder.clone(), marks)
        };
        let others: Vec<_> = shown.map(marks).collect();
        if !others.is_empty() {
            self.coders.others.insert(id, others);
        }
    }
}
