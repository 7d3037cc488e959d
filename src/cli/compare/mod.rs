//! `duizhao compare FILE_A FILE_B`: themes, matches and targets of two plans. The JSON form is a stable contract
//! for scripts; csv, xlsx and md are the tables that the views export; docx and html are the report.
//!
//! Read in this order: here (what can be asked), `view`, `matches`, `targets` (the contract), `listing` (for people).

mod listing;
mod matches;
mod targets;
mod view;

use super::{CliError, Format, in_format, read_plan, save};
use crate::annotation::Codebook;
use crate::export::{
    ComparisonTables, Counted, Document, Form, Language, Named, Picture, Table, chart, write,
};
use crate::insight::{Comparison, Item, MatrixSide, compare, cross, suggested};
use crate::plan::Plan;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use view::CompareView;

/// What `duizhao compare` takes.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The plan on the left.
    pub file_a: PathBuf,
    /// The plan on the right.
    pub file_b: PathBuf,
    /// How to print it. xlsx, docx and html are the report or its tables, and want `-o`.
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    pub format: CompareFormat,
    /// Which table to print, for csv, xlsx and md.
    #[arg(long, value_enum, default_value_t = Part::All)]
    pub table: Part,
    /// Which chart to draw, for svg and png.
    #[arg(long, value_enum, default_value_t = Drawn::Themes)]
    pub chart: Drawn,
    /// The language of heads.
    #[arg(long, value_enum, default_value_t = Heads::Zh)]
    pub lang: Heads,
    /// Where to write it; stdout without.
    #[arg(short, long)]
    pub output: Option<PathBuf>,
}

/// How a comparison prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// For people, at a glance.
    Text,
    /// For scripts; stable.
    Json,
    /// As the project folder stores things; the same fields as json.
    Ron,
    /// Tables for any program: UTF-8 with byte order mark.
    Csv,
    /// A workbook with a sheet per table.
    Xlsx,
    /// Tables as Markdown.
    Md,
    /// The report, for Word and its like.
    Docx,
    /// The report as a page that holds all it needs.
    Html,
    /// A chart as a drawing.
    Svg,
    /// A chart as a picture.
    Png,
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

/// A chart of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Drawn {
    /// Mirrored bars of the themes.
    Themes,
    /// Themes by policy instruments, as a heat map.
    Instruments,
    /// Themes by groups of people, as a heat map.
    Population,
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
    let view = || CompareView::of(&a, &b, &book, &comparison);
    let printed = match args.format {
        CompareFormat::Text => listing::listing(&view()).into_bytes(),
        CompareFormat::Json => in_format(&view(), Format::Json, |_| String::new())?.into_bytes(),
        CompareFormat::Ron => in_format(&view(), Format::Ron, |_| String::new())?.into_bytes(),
        _ => file(args, &a, &b, &book, &comparison)?,
    };
    match &args.output {
        Some(path) => save(path, &printed).map(|()| String::new()),
        None => String::from_utf8(printed).map_err(|_| CliError::NoTerminal),
    }
}

fn file(
    args: &CompareArgs,
    a: &Plan,
    b: &Plan,
    book: &Codebook,
    comparison: &Comparison,
) -> Result<Vec<u8>, CliError> {
    let language = match args.lang {
        Heads::Zh => Language::Chinese,
        Heads::En => Language::English,
    };
    let names = [(a, "A"), (b, "B")].map(|(plan, letter)| name(plan).unwrap_or_else(|| letter.to_owned()));
    let report = matches!(args.format, CompareFormat::Docx | CompareFormat::Html);
    let chart = matches!(args.format, CompareFormat::Svg | CompareFormat::Png);
    // Heads of csv and md are for scripts too, and must not change with the plans.
    let [name_a, name_b] = if report || chart || args.format == CompareFormat::Xlsx {
        names
    } else {
        ["A", "B"].map(str::to_owned)
    };
    let writer = ComparisonTables {
        a: Named { plan: a, name: &name_a },
        b: Named { plan: b, name: &name_b },
        book,
        language,
    };
    let form = match args.format {
        CompareFormat::Svg => return Ok(drawn(args.chart, &writer, comparison).drawing.svg().into_bytes()),
        CompareFormat::Png => {
            return Ok(drawn(args.chart, &writer, comparison).drawing.png(chart::PRINT)?.png);
        }
        CompareFormat::Docx => Form::Docx,
        CompareFormat::Html => Form::Html,
        CompareFormat::Xlsx => Form::Xlsx,
        CompareFormat::Csv => Form::Csv,
        _ => Form::Markdown,
    };
    let document = if report {
        writer.report(
            comparison,
            Counted::themes(comparison),
            ["population", "instrument"].map(|facet| heat_map(facet, &writer, comparison)).into(),
            Vec::new(),
        )
    } else {
        let title = format!("{name_a}{}{name_b}", language.say(" 对照 ", " and "));
        Document::of_tables(title, language, tables(args.table, &writer, comparison))
    };
    Ok(write(form, &document)?)
}

fn drawn(chart: Drawn, writer: &ComparisonTables<'_>, comparison: &Comparison) -> Picture {
    match chart {
        Drawn::Themes => writer.bars(&comparison.matrix, 1),
        Drawn::Instruments => heat_map("instrument", writer, comparison),
        Drawn::Population => heat_map("population", writer, comparison),
    }
}

/// Themes by another facet, as the words suggest both.
fn heat_map(facet: &str, writer: &ComparisonTables<'_>, comparison: &Comparison) -> Picture {
    let side = |plan: &Plan, items: &[Item]| {
        let mut tagged = suggested(plan, items, writer.book, "theme");
        tagged.extend(suggested(plan, items, writer.book, facet));
        cross(MatrixSide { plan, items, tagged: &tagged }, writer.book, "theme", facet)
    };
    writer.heat(&side(writer.a.plan, &comparison.items_a), &side(writer.b.plan, &comparison.items_b))
}

fn tables(part: Part, writer: &ComparisonTables<'_>, comparison: &Comparison) -> Vec<Table> {
    match part {
        Part::All => writer.all(comparison),
        Part::Matrix => vec![writer.matrix(&comparison.matrix, "matrix")],
        Part::Matches => vec![writer.matches(&comparison.alignment.a, writer.a, writer.b, "matches")],
        Part::Targets => vec![writer.targets(&comparison.targets)],
        Part::Coverage => vec![writer.coverage(&comparison.coverage)],
    }
}

/// A short name for a plan: city and years.
fn name(plan: &Plan) -> Option<String> {
    let place = &plan.metadata.place.as_ref()?.value;
    let place = if place.county.is_empty() { &place.city } else { &place.county };
    let years = plan.metadata.years.as_ref().map(|fact| fact.value);
    let years = years.map_or_else(String::new, |(first, last)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    });
    (!place.is_empty()).then(|| format!("{place}{years}"))
}
