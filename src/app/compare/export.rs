//! Writing what a view of the comparison shows into a file, on a thread of its own.

use super::compared::Compared;
use super::job::CompareOutcome;
use super::{CompareView, MatrixRows};
use crate::annotation::Codebook;
use crate::app::state::NoticeKind;
use crate::app::{App, Language, Side};
use crate::export::{
    self, Block, Cell, ComparisonTables, Counted, Document, Excerpt, ExportError, Named, Picture, Reading,
    RowsOf, Table, chart,
};
use crate::insight::{Cross, Filter, MatrixSide, Overlap, Subject, cross};
use crate::plan::{NodeIx, Plan, clause_path};
use crate::project::{ProjectError, write_atomic};
use std::path::PathBuf;
use std::sync::Arc;

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// What the view shows, or the whole report.
    Document(export::Form),
    /// A chart as a drawing.
    Svg(Chart),
    /// A chart as a picture.
    Png(Chart),
}

/// A chart of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chart {
    /// Mirrored bars of the rows of the matrix.
    Bars,
    /// Themes by the facet at this place in the codebook.
    Heat(usize),
}

impl Chart {
    /// The charts that a view has.
    pub fn of(view: CompareView, book: &Codebook) -> Vec<Self> {
        if !matches!(view, CompareView::Themes | CompareView::Reading) {
            return Vec::new();
        }
        let others = book.facets.iter().enumerate().filter(|(_, facet)| facet.id != "theme");
        std::iter::once(Self::Bars).chain(others.map(|(at, _)| Self::Heat(at))).collect()
    }
}

impl Form {
    /// The forms that every view can be written in: tables first, then reports.
    pub const DOCUMENTS: [Self; 5] = [
        Self::Document(export::Form::Xlsx),
        Self::Document(export::Form::Csv),
        Self::Document(export::Form::Markdown),
        Self::Document(export::Form::Docx),
        Self::Document(export::Form::Html),
    ];

    /// The ending of a file's name, without the stop.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Document(form) => form.extension(),
            Self::Svg(_) => "svg",
            Self::Png(_) => "png",
        }
    }
}

/// All that a file is written from.
struct Sources {
    compared: Arc<Compared>,
    /// What the texts take over from each other, where it was worked out already.
    overlap: Option<Arc<Overlap>>,
    names: [String; 2],
    book: Arc<Codebook>,
    language: export::Language,
    rows: MatrixRows,
    filter: Filter,
    subject: Option<Subject>,
    basket: Vec<Excerpt>,
}

impl App {
    pub(super) fn export_comparison(&mut self, view: CompareView, form: Form, path: PathBuf) {
        if view == CompareView::Basket {
            return self.export_basket(form, path);
        }
        let Some((compared, project)) = self.compared().zip(self.project.as_ref()) else { return };
        let compare = &self.view.compare;
        let sources = Sources {
            names: compared.ids.map(|id| self.plan_name(id)),
            compared: compared.clone(),
            overlap: self.overlap().cloned(),
            book: project.codebook.clone(),
            language: self.export_language(),
            rows: compare.rows.clone(),
            filter: compare.filter.clone(),
            subject: compare.subject.clone(),
            basket: self.quoted_basket(),
        };
        self.write_in_background(path, move || sources.bytes(view, form));
    }

    /// The basket needs no two plans: it is the coder's, whatever is compared.
    fn export_basket(&mut self, form: Form, path: PathBuf) {
        let Form::Document(form) = form else { return };
        let basket = basket(&self.quoted_basket(), self.export_language());
        self.write_in_background(path, move || export::write(form, &basket));
    }

    fn write_in_background(
        &mut self,
        path: PathBuf,
        bytes: impl FnOnce() -> Result<Vec<u8>, ExportError> + Send + 'static,
    ) {
        self.comparing.exporting += 1;
        self.jobs.compare(self.generation, move || {
            let failed =
                |error: ExportError| ProjectError::io(&path, std::io::Error::other(error.to_string()));
            let written = bytes().map_err(failed).and_then(|bytes| write_atomic(&path, &bytes));
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

    /// The language of heads and fixed words in files: that of the interface.
    pub(in crate::app) fn export_language(&self) -> export::Language {
        match self.language() {
            Language::Chinese => export::Language::Chinese,
            Language::English => export::Language::English,
        }
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
        match form {
            Form::Document(form @ (export::Form::Docx | export::Form::Html)) => {
                export::write(form, &self.report(view, writer))
            }
            Form::Document(form) => {
                let mut tables = self.tables(view, writer);
                if form != export::Form::Csv {
                    // A csv is read by programs: it begins with its table.
                    tables.insert(0, writer.overview(&self.compared.comparison, self.counted()));
                }
                export::write(form, &writer.document(tables.into_iter().map(Block::Table).collect()))
            }
            Form::Svg(chart) => Ok(self.chart(chart, writer).drawing.svg().into_bytes()),
            Form::Png(chart) => self.chart(chart, writer).drawing.png(chart::PRINT).map(|raster| raster.png),
        }
    }

    fn chart(&self, chart: Chart, writer: ComparisonTables<'_>) -> Picture {
        match chart {
            Chart::Bars => writer.bars(&self.compared.matrix, 0),
            Chart::Heat(facet) => {
                let [a, b] = self.crosses(facet);
                writer.heat(&a, &b)
            }
        }
    }

    /// Themes by another facet, of A and of B.
    fn crosses(&self, facet: usize) -> [Cross; 2] {
        let across = self.book.facets.get(facet).map_or("", |facet| facet.id.as_str());
        [Side::A, Side::B].map(|side| {
            let (plan, items) = (self.compared.plan(side), self.compared.items(side));
            let tagged = &self.compared.tagged[side.index()];
            cross(MatrixSide { plan, items, tagged }, &self.book, "theme", across)
        })
    }

    /// The heat maps that show anything.
    fn heat_maps(&self, writer: ComparisonTables<'_>) -> Vec<Picture> {
        let others = (0..self.book.facets.len()).filter(|&at| self.book.facets[at].id != "theme");
        let maps = others.map(|facet| self.crosses(facet));
        let shows = |crosses: &[Cross; 2]| crosses.iter().any(Cross::counts_any);
        maps.filter(shows).map(|[a, b]| writer.heat(&a, &b)).collect()
    }

    /// The matrix as it is shown.
    fn counted(&self) -> Counted<'_> {
        let rows = match &self.rows {
            MatrixRows::Facet(facet) => RowsOf::Facet(facet),
            MatrixRows::Domains => RowsOf::Domains,
        };
        Counted { matrix: &self.compared.matrix, rows, filter: &self.filter }
    }

    fn reading(&self) -> Reading<'_> {
        Reading {
            comparison: &self.compared.comparison,
            matrix: &self.compared.matrix,
            tagged: [&self.compared.tagged[0], &self.compared.tagged[1]],
            subject: self.subject.as_ref(),
        }
    }

    fn overlap(&self) -> Arc<Overlap> {
        self.overlap.clone().unwrap_or_else(|| Arc::new(Overlap::new(&self.compared.plans)))
    }

    /// For reading on paper: of a view that has a form of its own what it shows, of the others the whole report.
    fn report(&self, view: CompareView, writer: ComparisonTables<'_>) -> Document {
        let comparison = &self.compared.comparison;
        let of_view = match view {
            CompareView::Reading => writer.reading_blocks(self.reading()),
            CompareView::Texts | CompareView::Versions => {
                self.tables(view, writer).into_iter().map(Block::Table).collect()
            }
            _ => {
                return writer.report(
                    comparison,
                    self.counted(),
                    self.heat_maps(writer),
                    self.basket.clone(),
                );
            }
        };
        let mut blocks = writer.head(comparison, self.counted());
        blocks.extend(of_view);
        writer.document(blocks)
    }

    fn tables(&self, view: CompareView, writer: ComparisonTables<'_>) -> Vec<Table> {
        let comparison = &self.compared.comparison;
        let say = |zh: &'static str, en: &'static str| self.language.say(zh, en);
        match view {
            CompareView::Themes => {
                let counted = self.counted();
                vec![writer.matrix(counted.matrix, &writer.rows_name(counted.rows))]
            }
            CompareView::Reading => vec![writer.reading(self.reading())],
            CompareView::Matches => {
                let (a, b) = (writer.a, writer.b);
                let alignment = &comparison.alignment;
                vec![
                    writer.matches(&alignment.a, a, b, say("条款对应A→B", "Matches A to B")),
                    writer.matches(&alignment.b, b, a, say("条款对应B→A", "Matches B to A")),
                ]
            }
            CompareView::Targets => vec![writer.targets(&comparison.targets)],
            CompareView::Texts => writer.texts(comparison).into(),
            CompareView::Versions => {
                let overlap = self.overlap();
                let [a, b] = writer.taken(&overlap);
                vec![writer.overlap(&overlap), a, b]
            }
            CompareView::Basket => Vec::new(),
        }
    }
}

/// The basket: a table for sheets, quotations for reports.
fn basket(basket: &[Excerpt], language: export::Language) -> Document {
    let say = |zh: &'static str, en: &'static str| language.say(zh, en).to_owned();
    let head = vec![say("次序", "Order"), say("出处", "Source"), say("原文", "Words"), say("批注", "Note")];
    let row = |(at, kept): (usize, &Excerpt)| {
        let words = [&kept.citation, &kept.words, &kept.note];
        let cells = words.into_iter().map(|words| Cell::text(words.as_str()));
        std::iter::once(Cell::count(at + 1)).chain(cells).collect()
    };
    let rows = basket.iter().enumerate().map(row).collect();
    let table = Table { name: say("摘录", "Excerpts"), head, rows };
    let quotations = basket.iter().cloned().map(Block::Excerpt);
    Document {
        title: say("摘录", "Excerpts"),
        language,
        blocks: std::iter::once(Block::Table(table)).chain(quotations).collect(),
    }
}

/// The clause number of a node, as citations give it.
pub fn clause_number(plan: &Plan, node: NodeIx) -> String {
    clause_path(&plan.text, &plan.outline, node, "-")
}
