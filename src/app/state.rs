//! What there is: the open project, the plans that were read, what is shown, and notices.

use super::compare::{CompareState, Comparing};
use super::history::History;
use super::jobs::{Generation, Jobs};
use super::memory::Memory;
use super::saver::{SaveStatus, Saver};
use super::suggestions::Suggestions;
use super::{Command, Destination, Language, Marks, Places, Reading, Settings};
use crate::annotation::{Coder, TagId};
use crate::plan::{self, NodeIx, Plan};
use crate::project::{IntakeError, PlanId, PlanRecord, Project, ProjectError, ReadOnly};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// 阅读
    #[default]
    Read,
    /// 对照
    Compare,
    /// 检索
    Search,
    /// 分析
    Analyse,
    /// 编码表
    Codebook,
    /// 设置
    Settings,
    /// 按键与帮助
    Help,
    /// 导入
    Import,
    /// 项目: coders, merging, backups
    Project,
}

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The screen.
    pub screen: Screen,
    /// The plan in the reader.
    pub plan: Option<PlanId>,
    /// Where the person is in each plan.
    pub reading: BTreeMap<PlanId, Reading>,
    /// Only nodes with this tag are in the outline.
    pub filter: Option<TagId>,
    /// Whether page furniture is shown in the text.
    pub furniture: bool,
    /// Whether everything but the item in focus is dimmed.
    pub focus_mode: bool,
    /// The codebook screen.
    pub codebook: super::CodebookState,
    /// The comparison.
    pub compare: CompareState,
}

/// A plan that was read, with the marks of the coder.
#[derive(Clone, Debug)]
pub struct OpenPlan {
    /// The plan.
    pub plan: Arc<Plan>,
    /// Its items, in the order of the text.
    pub items: Vec<NodeIx>,
    /// The coder's annotations beside their nodes.
    pub marks: Marks,
    /// Grows with every change of `marks`, so that views know when to lay out anew.
    pub revision: u64,
}

impl OpenPlan {
    /// A plan as it was read; nobody looked for its marks yet.
    pub(super) fn new(plan: Arc<Plan>) -> Self {
        let items = plan::items(&plan.text, &plan.outline);
        Self { plan, items, marks: Marks::default(), revision: 0 }
    }

    /// Whether a node is one of the items.
    pub fn is_item(&self, ix: NodeIx) -> bool {
        self.items.binary_search(&ix).is_ok()
    }

    /// Whether something in an item carries a tag: the item, a passage, a row, or one of its paragraphs.
    pub fn is_done(&self, item: NodeIx) -> bool {
        let of_item = std::iter::once(item).chain(self.plan.outline.below(item));
        of_item.into_iter().any(|ix| self.marks.is_tagged(ix))
    }

    /// How many items carry a tag.
    pub fn done(&self) -> usize {
        self.items.iter().filter(|&&ix| self.is_done(ix)).count()
    }
}

/// Something a person should know.
#[derive(Clone, Debug)]
pub struct Notice {
    /// To close it by.
    pub id: u64,
    /// What it says.
    pub kind: NoticeKind,
}

/// What a notice says.
#[derive(Clone, Debug)]
pub enum NoticeKind {
    /// A file could not be used.
    File(Arc<ProjectError>),
    /// A damaged file was kept aside; the rest is open.
    Damaged(Arc<ProjectError>),
    /// A project could not be opened or made.
    NotOpened(Arc<IntakeError>),
    /// An edit did not fit what is there now.
    Conflict,
    /// The project is open for reading only.
    ReadOnly {
        /// Why.
        why: ReadOnly,
        /// Whether an edit was refused for it.
        refused: bool,
    },
    /// LibreOffice is not installed, or not where it is looked for.
    NoOffice,
    /// A file was written at this path.
    Written(PathBuf),
    /// Typed words are no place, years or date.
    NotUnderstood(String),
}

/// The program's state.
pub struct App {
    /// The person's settings.
    pub settings: Settings,
    /// The open project.
    pub project: Option<Project>,
    /// What is shown.
    pub view: View,
    /// Undo and redo.
    pub history: History,
    /// What the person should know, oldest first.
    pub notices: Vec<Notice>,
    /// Finding in the open plan.
    pub find: super::Find,
    /// The search across the project.
    pub search: super::Search,
    pub(super) trash: Vec<Arc<PlanRecord>>,
    pub(super) library: super::Library,
    /// Several coders, and keeping the project safe.
    pub coders: super::CodersState,
    pub(super) places: Places,
    pub(super) plans: BTreeMap<PlanId, OpenPlan>,
    pub(super) requested: BTreeSet<PlanId>,
    /// Where to go as soon as the plan is read.
    pub(super) bound_for: Option<(PlanId, Destination)>,
    pub(super) trail: super::navigation::Trail,
    pub(super) jobs: Jobs,
    pub(super) suggestions: Suggestions,
    pub(super) memory: Memory,
    pub(super) saver: Saver,
    pub(super) comparing: Comparing,
    pub(super) generation: Generation,
    pub(super) opening: bool,
    pub(super) importing: Option<super::Importing>,
    pub(super) import_number: u64,
    pub(super) next_notice: u64,
    pub(super) revision: u64,
    pub(super) errands: usize,
}

impl App {
    /// Starts with the person's settings; nothing is open yet. `wake` is called from other threads whenever
    /// there is something to [`Self::poll`].
    pub fn new(places: Places, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (settings, problem) = Settings::load(&places);
        let mut app = Self {
            settings,
            project: None,
            view: View::default(),
            history: History::default(),
            notices: Vec::new(),
            find: super::Find::default(),
            search: super::Search::default(),
            trash: Vec::new(),
            library: super::Library::default(),
            coders: super::CodersState::default(),
            places,
            plans: BTreeMap::new(),
            requested: BTreeSet::new(),
            bound_for: None,
            trail: super::navigation::Trail::default(),
            jobs: Jobs::new(wake.clone()),
            suggestions: Suggestions::new(wake.clone()),
            memory: Memory::default(),
            saver: Saver::start(wake),
            comparing: Comparing::default(),
            generation: 0,
            opening: false,
            importing: None,
            import_number: 0,
            next_notice: 0,
            revision: 0,
            errands: 0,
        };
        if let Some(problem) = problem {
            app.notify(NoticeKind::File(Arc::new(problem)));
        }
        app
    }

    /// Opens the project of the last session, or the sample project.
    pub fn open_last(&mut self) {
        match self.settings.recent.first().filter(|root| root.is_dir()).cloned() {
            Some(root) => self.run(Command::OpenProject(root)),
            None => self.run(Command::OpenSample),
        }
    }

    /// Language of the interface.
    pub fn language(&self) -> Language {
        self.settings.language.unwrap_or_else(Language::of_system)
    }

    /// Who annotates.
    pub fn coder(&self) -> Coder {
        Coder::new(&self.settings.coder)
    }

    /// A plan that was read; `None` while it is being read.
    pub fn plan(&self, id: PlanId) -> Option<&OpenPlan> {
        self.plans.get(&id)
    }

    /// The plan in the reader, where it was read.
    pub fn current(&self) -> Option<(PlanId, &OpenPlan)> {
        let id = self.view.plan?;
        Some((id, self.plan(id)?))
    }

    /// Where the person is in a plan.
    pub fn reading(&self, id: PlanId) -> Option<&Reading> {
        self.view.reading.get(&id)
    }

    /// Grows with every change of the project in memory (annotations, codebook, plans), so that what is worked
    /// out from it can be kept until then.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Where saving stands.
    pub fn save_status(&self) -> SaveStatus {
        self.saver.status()
    }

    /// Whether a project is being opened.
    pub fn is_opening(&self) -> bool {
        self.opening
    }

    /// Whether the sample project is open.
    pub fn is_sample(&self) -> bool {
        self.project.as_ref().is_some_and(|project| project.folder.root() == self.places.sample())
    }

    /// Whether there is a place to go back to.
    pub fn can_go_back(&self) -> bool {
        self.trail.can_go_back()
    }

    /// Whether there is a place to go forward to.
    pub fn can_go_forward(&self) -> bool {
        self.trail.can_go_forward()
    }

    /// Waits until every edit is on disk, at most `limit`. Tells whether it is.
    pub fn flush(&self, limit: Duration) -> bool {
        self.write_memory();
        self.saver.flush(limit)
    }

    pub(super) fn notify(&mut self, kind: NoticeKind) {
        if let NoticeKind::Damaged(problem) = &kind {
            self.coders.damaged.push(super::Damage::new(problem.clone()));
        }
        // Said again, it is said once.
        if let NoticeKind::ReadOnly { .. } = &kind {
            self.notices.retain(|notice| !matches!(notice.kind, NoticeKind::ReadOnly { .. }));
        }
        self.next_notice += 1;
        self.notices.push(Notice { id: self.next_notice, kind });
    }
}
