//! Writing what a view of the comparison shows into a file, on a thread of its own.

use super::compare::{CompareView, Counting, MatrixRows};
use super::compare_job::{CompareOutcome, Compared};
use super::state::NoticeKind;
use super::{App, Language};
use crate::annotation::Codebook;
use crate::export::{self, Block, Cell, ComparisonTables, Document, Excerpt, ExportError, Named, Table};
use crate::insight::Subject;
use crate::plan::{NodeIx, Plan, clause_path};
use crate::project::{ProjectError, write_atomic};
use std::path::PathBuf;
use std::sync::Arc;

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// What the view shows, or the whole report.
    Document(export::Form),
    /// The bars of the themes as a drawing.
    Svg,
    /// The same as a picture.
    Png,
}

/// Tables first, then reports.
const DOCUMENTS: [Form; 5] = [
    Form::Document(export::Form::Xlsx),
    Form::Document(export::Form::Csv),
    Form::Document(export::Form::Markdown),
    Form::Document(export::Form::Docx),
    Form::Document(export::Form::Html),
];
/// The same and the charts.
const WITH_CHARTS: [Form; 7] =
    [DOCUMENTS[0], DOCUMENTS[1], DOCUMENTS[2], DOCUMENTS[3], DOCUMENTS[4], Form::Svg, Form::Png];

impl Form {
    /// The forms that a view can be written in.
    pub fn of(view: CompareView) -> &'static [Self] {
        match view {
            CompareView::Texts => &[],
            CompareView::Themes | CompareView::Reading => &WITH_CHARTS,
            _ => &DOCUMENTS,
        }
    }

    /// The ending of a file's name, without the stop.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Document(form) => form.extension(),
            Self::Svg => "svg",
            Self::Png => "png",
        }
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
    basket: Vec<Excerpt>,
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
            basket: self.quoted_basket(),
        };
        self.comparing.exporting += 1;
        self.jobs.compare(self.generation, move || {
            let failed =
                |error: ExportError| ProjectError::io(&path, std::io::Error::other(error.to_string()));
            let written = sources.bytes(view, form).map_err(failed);
            let written = written.and_then(|bytes| write_atomic(&path, &bytes));
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

    /// The basket as reports quote it: words, city and clause number, note.
    fn quoted_basket(&self) -> Vec<Excerpt> {
        let basket = self.links().map(|links| links.basket()).unwrap_or_default();
        let quoted = basket.into_iter().map(|kept| {
            let clause = self.clause_of(kept.at.plan, kept.at.anchor.span());
            Excerpt {
                words: kept.at.anchor.quote.clone(),
                citation: format!("{} {clause}", self.plan_name(kept.at.plan)).trim_end().to_owned(),
                note: kept.note.clone(),
            }
        });
        quoted.collect()
    }
}

impl Sources {
    fn bytes(&self, view: CompareView, form: Form) -> Result<Vec<u8>, ExportError> {
        let [a, b] = &self.compared.plans;
        let named = |plan, side: usize| Named { plan, name: &self.names[side] };
        let (a, b) = (named(a, 0), named(b, 1));
        let writer = ComparisonTables { a, b, book: &self.book, language: self.language };
        let form = match form {
            Form::Document(form) => form,
            Form::Svg => return Ok(writer.bars(&self.compared.matrix, 0).drawing.svg().into_bytes()),
            Form::Png => {
                let picture = writer.bars(&self.compared.matrix, 0);
                return picture.drawing.png(export::chart::PRINT).map(|raster| raster.png);
            }
        };
        let is_report = matches!(form, export::Form::Docx | export::Form::Html);
        let document = match view {
            CompareView::Basket => self.basket(),
            _ if is_report => writer.report(&self.compared.comparison, Vec::new(), self.basket.clone()),
            _ => Document::of_tables(self.title(), self.language, self.tables(view, writer)),
        };
        export::write(form, &document)
    }

    fn title(&self) -> String {
        format!("{}{}{}", self.names[0], self.language.say(" 对照 ", " and "), self.names[1])
    }

    /// The basket: a table for sheets, quotations for reports.
    fn basket(&self) -> Document {
        let say = |zh: &'static str, en: &'static str| self.language.say(zh, en).to_owned();
        let head =
            vec![say("次序", "Order"), say("出处", "Source"), say("原文", "Words"), say("批注", "Note")];
        let row = |(at, kept): (usize, &Excerpt)| {
            let words = [&kept.citation, &kept.words, &kept.note];
            let cells = words.into_iter().map(|words| Cell::text(words.as_str()));
            std::iter::once(Cell::count(at + 1)).chain(cells).collect()
        };
        let rows = self.basket.iter().enumerate().map(row).collect();
        let table = Table { name: say("摘录", "Excerpts"), head, rows };
        let quotations = self.basket.iter().cloned().map(Block::Excerpt);
        Document {
            title: say("摘录", "Excerpts"),
            language: self.language,
            blocks: std::iter::once(Block::Table(table)).chain(quotations).collect(),
        }
    }

    fn tables(&self, view: CompareView, writer: ComparisonTables<'_>) -> Vec<Table> {
        let comparison = &self.compared.comparison;
        let say = |zh: &'static str, en: &'static str| self.language.say(zh, en);
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
            CompareView::Matches => {
                let (a, b) = (writer.a, writer.b);
                let alignment = &comparison.alignment;
                vec![
                    writer.matches(&alignment.a, a, b, say("条款对应A→B", "Matches A to B")),
                    writer.matches(&alignment.b, b, a, say("条款对应B→A", "Matches B to A")),
                ]
            }
            CompareView::Targets => vec![writer.targets(&comparison.targets)],
            CompareView::Texts | CompareView::Versions | CompareView::Basket => writer.all(comparison),
        }
    }
}

/// The clause number of a node, as citations give it.
pub fn clause_number(plan: &Plan, node: NodeIx) -> String {
    clause_path(&plan.text, &plan.outline, node, "-")
}
