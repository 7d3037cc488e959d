//! Writing what a view of the comparison shows into a file, on a thread of its own.

use super::compare::{CompareView, Counting, MatrixRows};
use super::compare_job::{CompareOutcome, Compared};
use super::state::NoticeKind;
use super::{App, Language};
use crate::annotation::Codebook;
use crate::export::{self, ComparisonTables, Named, Table};
use crate::insight::Subject;
use crate::plan::{NodeIx, Plan, clause_path};
use crate::project::{ProjectError, write_atomic};
use std::path::PathBuf;
use std::sync::Arc;

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A table with commas; UTF-8 with byte order mark.
    Csv,
    /// A table in Markdown.
    Markdown,
}

impl Form {
    /// The forms that a view can be written in.
    pub fn of(view: CompareView) -> &'static [Self] {
        match view {
            CompareView::Texts => &[],
            _ => &[Self::Csv, Self::Markdown],
        }
    }

    /// The ending of a file's name, without the stop.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Markdown => "md",
        }
    }

    /// The form that the ending of a name asks for.
    pub fn of_path(path: &std::path::Path) -> Option<Self> {
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        [Self::Csv, Self::Markdown].into_iter().find(|form| form.extension() == ending)
    }
}

/// All that a file is written from.
struct Sources {
    compared: Arc<Compared>,
    names: [String; 2],
    book: Arc<Codebook>,
    language: export::Language,
    rows: MatrixRows,
    subject: Option<Subject>,
}

impl App {
    pub(super) fn export_comparison(&mut self, view: CompareView, form: Form, path: PathBuf) {
        let Some((compared, project)) = self.compared().zip(self.project.as_ref()) else { return };
        let compare = &self.view.compare;
        let sources = Sources {
            names: compared.ids.map(|id| self.plan_name(id)),
            compared: compared.clone(),
            book: project.codebook.clone(),
            language: match self.language() {
                Language::Chinese => export::Language::Chinese,
                Language::English => export::Language::English,
            },
            rows: compare.rows.clone(),
            subject: compare.subject.clone(),
        };
        self.comparing.exporting += 1;
        self.jobs.compare(self.generation, move || {
            let written = write_atomic(&path, &sources.bytes(view, form));
            CompareOutcome::Exported(written.map(|()| path).map_err(Arc::new))
        });
    }

    pub(super) fn exported(&mut self, result: Result<PathBuf, Arc<ProjectError>>) {
        self.comparing.exporting = self.comparing.exporting.saturating_sub(1);
        self.notify(match result {
            Ok(path) => NoticeKind::Written(path),
            Err(problem) => NoticeKind::File(problem),
        });
    }
}

impl Sources {
    fn bytes(&self, view: CompareView, form: Form) -> Vec<u8> {
        let tables = self.tables(view);
        match form {
            Form::Csv => match tables.as_slice() {
                [only] => export::csv(only),
                several => export::csv_of_all(several),
            }
            .into_bytes(),
            Form::Markdown => export::markdown(&tables).into_bytes(),
        }
    }

    fn tables(&self, view: CompareView) -> Vec<Table> {
        let [a, b] = &self.compared.plans;
        let named = |plan, side: usize| Named { plan, name: &self.names[side] };
        let (a, b) = (named(a, 0), named(b, 1));
        let writer = ComparisonTables { a, b, book: &self.book, language: self.language };
        let comparison = &self.compared.comparison;
        let say = |zh: &'static str, en: &'static str| match self.language {
            export::Language::Chinese => zh,
            export::Language::English => en,
        };
        let basis = match self.compared.counting {
            Counting::Tagged => "",
            Counting::Suggested => say("(按建议)", " (by suggestions)"),
        };
        match view {
            CompareView::Themes | CompareView::Reading => {
                let name = match self.rows {
                    MatrixRows::Domains => say("健康中国领域", "Healthy China domains"),
                    MatrixRows::Facet(_) => say("主题对照", "Themes"),
                };
                let mut matrix = self.compared.matrix.clone();
                if let (CompareView::Reading, Some(subject)) = (view, &self.subject) {
                    matrix.rows.retain(|row| row.subject == *subject);
                }
                vec![writer.matrix(&matrix, &format!("{name}{basis}"))]
            }
            CompareView::Matches => vec![
                writer.matches(&comparison.alignment.a, a, b, say("条款对应A→B", "Matches A to B")),
                writer.matches(&comparison.alignment.b, b, a, say("条款对应B→A", "Matches B to A")),
            ],
            CompareView::Targets => vec![writer.targets(&comparison.targets)],
            CompareView::Texts | CompareView::Versions | CompareView::Basket => writer.all(comparison),
        }
    }
}

/// The clause number of a node, as citations give it.
pub fn clause_number(plan: &Plan, node: NodeIx) -> String {
    clause_path(&plan.text, &plan.outline, node, "-")
}
