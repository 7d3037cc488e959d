//! `duizhao compare FILE_A FILE_B`: themes, matches and targets of two plans. The JSON form is a stable contract
//! for scripts; csv and md are the tables that the views export.

use super::outline::MetadataView;
use super::targets::TargetView;
use super::{CliError, Format, in_format, read_plan};
use crate::annotation::{Codebook, Tag};
use crate::export::{ComparisonTables, Language, Named, Table, csv, csv_of_all, markdown};
use crate::insight::align::{Alignment, Candidate, Match};
use crate::insight::{
    Aim, Caution, Cell, Comparison, Difference, Item, Matrix, Presence, Standing, Subject, TargetRow, compare,
};
use crate::plan::{Direction, NodeIx, Plan, Segments, clause_path};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::path::PathBuf;

/// What `duizhao compare` takes.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The plan on the left.
    pub file_a: PathBuf,
    /// The plan on the right.
    pub file_b: PathBuf,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = CompareFormat::Md)]
    pub format: CompareFormat,
    /// Which table to print, for csv and md.
    #[arg(long, value_enum, default_value_t = Part::All)]
    pub table: Part,
    /// The language of heads, for csv and md.
    #[arg(long, value_enum, default_value_t = Heads::Zh)]
    pub lang: Heads,
}

/// How a comparison prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// For scripts; stable.
    Json,
    /// As the project folder stores things; the same fields as json.
    Ron,
    /// For sheets: UTF-8 with byte order mark.
    Csv,
    /// For people.
    #[value(alias = "text")]
    Md,
}

/// A table of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Every table, one below the other.
    All,
    /// Counts by theme.
    Matrix,
    /// Counterparts of A's items.
    Matches,
    /// Targets by indicator.
    Targets,
    /// Who covers what.
    Coverage,
}

/// The language of heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Heads {
    /// 中文
    Zh,
    /// English
    En,
}

/// Compares two files and gives the printed form.
pub(super) fn print(args: &CompareArgs) -> Result<String, CliError> {
    let (a, b) = (read_plan(&args.file_a)?, read_plan(&args.file_b)?);
    let book = Codebook::built_in();
    let comparison = compare(&a, &b, &book);
    match args.format {
        CompareFormat::Json => {
            in_format(&CompareView::of(&a, &b, &book, &comparison), Format::Json, |_| String::new())
        }
        CompareFormat::Ron => {
            in_format(&CompareView::of(&a, &b, &book, &comparison), Format::Ron, |_| String::new())
        }
        CompareFormat::Csv | CompareFormat::Md => Ok(tables(args, &a, &b, &book, &comparison)),
    }
}

fn tables(args: &CompareArgs, a: &Plan, b: &Plan, book: &Codebook, comparison: &Comparison) -> String {
    let language = match args.lang {
        Heads::Zh => Language::Chinese,
        Heads::En => Language::English,
    };
    let writer =
        ComparisonTables { a: Named { plan: a, name: "A" }, b: Named { plan: b, name: "B" }, book, language };
    let tables: Vec<Table> = match args.table {
        Part::All => writer.all(comparison),
        Part::Matrix => vec![writer.matrix(&comparison.matrix, "matrix")],
        Part::Matches => vec![writer.matches(&comparison.alignment.a, writer.a, writer.b, "matches")],
        Part::Targets => vec![writer.targets(&comparison.targets)],
        Part::Coverage => vec![writer.coverage(&comparison.coverage)],
    };
    match (args.format, tables.as_slice()) {
        (CompareFormat::Csv, [one]) => csv(one),
        (CompareFormat::Csv, all) => csv_of_all(all),
        (_, all) => markdown(all),
    }
}

/// The whole answer. Nodes are numbered as `duizhao outline` numbers them.
#[derive(Debug, Serialize)]
struct CompareView {
    a: SideView,
    b: SideView,
    cautions: Vec<&'static str>,
    matrix: Vec<MatrixView>,
    domains: Vec<MatrixView>,
    matches: Vec<MatchView>,
    /// The same from B's side.
    matches_b: Vec<MatchBackView>,
    targets: Vec<TargetRowView>,
}

#[derive(Debug, Serialize)]
struct SideView {
    metadata: MetadataView,
    items: Vec<ItemView>,
}

#[derive(Debug, Serialize)]
struct ItemView {
    node: u32,
    path: String,
    text: String,
    start: u32,
    end: u32,
}

#[derive(Debug, Serialize)]
struct MatrixView {
    /// Tag id, or the domain's name.
    theme: String,
    zh: String,
    en: String,
    depth: u8,
    /// `both`, `only_a`, `only_b`, `neither`.
    group: &'static str,
    a: CellView,
    b: CellView,
}

#[derive(Debug, Serialize)]
struct CellView {
    /// Number of items.
    items: usize,
    /// Their share of the plan's items, 0-1.
    share: f64,
    strength: u8,
    nodes: Vec<u32>,
    quotation: Option<QuotationView>,
}

#[derive(Debug, Serialize)]
struct QuotationView {
    node: u32,
    path: String,
    text: String,
    start: u32,
    end: u32,
}

#[derive(Debug, Serialize)]
struct MatchView {
    a: u32,
    a_path: String,
    a_text: String,
    none: bool,
    candidates: Vec<CandidateView>,
    /// The same for each part of an item that speaks of several things.
    parts: Vec<PartView>,
}

#[derive(Debug, Serialize)]
struct CandidateView {
    b: u32,
    b_path: String,
    b_text: String,
    score: f64,
    shared: Vec<String>,
}

#[derive(Debug, Serialize)]
struct PartView {
    text: String,
    start: u32,
    end: u32,
    none: bool,
    candidates: Vec<CandidateView>,
}

#[derive(Debug, Serialize)]
struct MatchBackView {
    b: u32,
    b_path: String,
    b_text: String,
    none: bool,
    candidates: Vec<CandidateBackView>,
}

#[derive(Debug, Serialize)]
struct CandidateBackView {
    a: u32,
    a_path: String,
    a_text: String,
    score: f64,
}

#[derive(Debug, Serialize)]
struct TargetRowView {
    indicator: String,
    canonical: Option<String>,
    /// `up`, `down`, `none`: which way is better.
    direction: &'static str,
    /// `comparable`, `different`, `only_a`, `only_b`.
    group: &'static str,
    differences: Vec<&'static str>,
    /// B less A, where comparable.
    gap: Option<f64>,
    /// The gap turned so that more is better.
    advantage_b: Option<f64>,
    a: Option<AimView>,
    b: Option<AimView>,
}

#[derive(Debug, Serialize)]
struct AimView {
    baseline: Option<TargetView>,
    target: Option<TargetView>,
    others: Vec<TargetView>,
}

impl CompareView {
    fn of(a: &Plan, b: &Plan, book: &Codebook, comparison: &Comparison) -> Self {
        let Comparison { alignment, .. } = comparison;
        let caution = |caution: &Caution| match caution {
            Caution::Genre => "genre",
            Caution::Years => "years",
            Caution::Length(_) => "length",
            Caution::FewItems => "few_items",
        };
        Self {
            a: SideView::of(a, &comparison.items_a),
            b: SideView::of(b, &comparison.items_b),
            cautions: comparison.cautions.iter().map(caution).collect(),
            matrix: matrix_view(a, b, book, &comparison.matrix),
            domains: matrix_view(a, b, book, &comparison.domains),
            matches: alignment.a.iter().map(|found| MatchView::of(a, b, alignment, found)).collect(),
            matches_b: alignment.b.iter().map(|found| MatchBackView::of(a, b, found)).collect(),
            targets: comparison.targets.iter().map(|row| TargetRowView::of(a, b, row)).collect(),
        }
    }
}

impl SideView {
    fn of(plan: &Plan, items: &[Item]) -> Self {
        let item = |item: &Item| ItemView {
            node: id(item.node),
            path: path(plan, item.node),
            text: item.read(&plan.text),
            start: item.span().start.0,
            end: item.span().end.0,
        };
        Self { metadata: MetadataView::of(&plan.metadata), items: items.iter().map(item).collect() }
    }
}

fn matrix_view(a: &Plan, b: &Plan, book: &Codebook, matrix: &Matrix) -> Vec<MatrixView> {
    let row = |row: &crate::insight::MatrixRow| {
        let (theme, tag): (String, Option<&Tag>) = match &row.subject {
            Subject::Tag(id) => (id.0.clone(), book.tag(id)),
            Subject::Domain(name) => (name.clone(), None),
        };
        MatrixView {
            zh: tag.map_or_else(|| theme.clone(), |tag| tag.zh.clone()),
            en: tag.map(|tag| tag.en.clone()).unwrap_or_default(),
            theme,
            depth: row.depth,
            group: match row.presence() {
                Presence::Both => "both",
                Presence::OnlyA => "only_a",
                Presence::OnlyB => "only_b",
                Presence::Neither => "neither",
            },
            a: CellView::of(a, &row.a),
            b: CellView::of(b, &row.b),
        }
    };
    matrix.rows.iter().map(row).collect()
}

impl CellView {
    fn of(plan: &Plan, cell: &Cell) -> Self {
        Self {
            items: cell.items.len(),
            share: rounded(cell.share),
            strength: cell.strength,
            nodes: cell.items.iter().map(|&node| id(node)).collect(),
            quotation: cell.quotation.map(|quotation| QuotationView {
                node: id(quotation.node),
                path: path(plan, quotation.node),
                text: plan.text.slice(quotation.span).trim().to_owned(),
                start: quotation.span.start.0,
                end: quotation.span.end.0,
            }),
        }
    }
}

impl MatchView {
    fn of(a: &Plan, b: &Plan, alignment: &Alignment, found: &Match) -> Self {
        let candidates = |own: &Segments, list: &[Candidate]| {
            list.iter()
                .map(|candidate| CandidateView::of(a, b, alignment, own, candidate))
                .collect::<Vec<_>>()
        };
        let parts = found.parts.iter().map(|part| PartView {
            text: part.words.read(&a.text),
            start: part.words.0.first().map_or(0, |span| span.start.0),
            end: part.words.0.last().map_or(0, |span| span.end.0),
            none: part.none,
            candidates: candidates(&part.words, &part.candidates),
        });
        Self {
            a: id(found.item.node),
            a_path: path(a, found.item.node),
            a_text: found.item.read(&a.text),
            none: found.none,
            candidates: candidates(&found.item.words, &found.candidates),
            parts: parts.collect(),
        }
    }
}

impl CandidateView {
    fn of(a: &Plan, b: &Plan, alignment: &Alignment, own: &Segments, candidate: &Candidate) -> Self {
        let shared = alignment.shared_words((a, own), (b, &candidate.words));
        Self {
            b: id(candidate.node),
            b_path: path(b, candidate.node),
            b_text: candidate.words.read(&b.text),
            score: rounded(candidate.score),
            shared: shared.into_iter().map(|shared| shared.word).collect(),
        }
    }
}

impl MatchBackView {
    fn of(a: &Plan, b: &Plan, found: &Match) -> Self {
        let candidate = |candidate: &Candidate| CandidateBackView {
            a: id(candidate.node),
            a_path: path(a, candidate.node),
            a_text: candidate.words.read(&a.text),
            score: rounded(candidate.score),
        };
        Self {
            b: id(found.item.node),
            b_path: path(b, found.item.node),
            b_text: found.item.read(&b.text),
            none: found.none,
            candidates: found.candidates.iter().map(candidate).collect(),
        }
    }
}

impl TargetRowView {
    fn of(a: &Plan, b: &Plan, row: &TargetRow) -> Self {
        let (group, differences, gap, advantage_b) = match &row.standing {
            Standing::Comparable { gap, advantage_b } => ("comparable", Vec::new(), Some(*gap), *advantage_b),
            Standing::Different(set) => {
                ("different", set.iter().copied().map(difference).collect(), None, None)
            }
            Standing::OnlyA => ("only_a", Vec::new(), None, None),
            Standing::OnlyB => ("only_b", Vec::new(), None, None),
        };
        Self {
            indicator: row.name.clone(),
            canonical: row.canonical.clone(),
            direction: match row.direction {
                Direction::Up => "up",
                Direction::Down => "down",
                Direction::None => "none",
            },
            group,
            differences,
            gap,
            advantage_b,
            a: row.a.as_ref().map(|aim| AimView::of(a, aim)),
            b: row.b.as_ref().map(|aim| AimView::of(b, aim)),
        }
    }
}

fn difference(difference: Difference) -> &'static str {
    match difference {
        Difference::Year => "year",
        Difference::Unit => "unit",
        Difference::Kind => "kind",
        Difference::Base => "base_year",
        Difference::Bound => "bound",
        Difference::Value => "value",
        Difference::Aim => "baseline_alone",
    }
}

impl AimView {
    fn of(plan: &Plan, aim: &Aim) -> Self {
        let value = |index: usize| plan.targets.get(index).map(|target| TargetView::of(plan, target));
        Self {
            baseline: aim.baseline.and_then(value),
            target: aim.target.and_then(value),
            others: aim.others.iter().copied().filter_map(value).collect(),
        }
    }
}

/// As `duizhao outline` numbers nodes: from 1.
fn id(node: NodeIx) -> u32 {
    node.0 + 1
}

fn path(plan: &Plan, node: NodeIx) -> String {
    clause_path(&plan.text, &plan.outline, node, "/")
}

/// Four decimals, so that the output does not change with the last bit.
fn rounded(share: f32) -> f64 {
    (f64::from(share) * 10_000.0).round() / 10_000.0
}
