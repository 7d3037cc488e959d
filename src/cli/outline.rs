//! `duizhao outline FILE`: what the reader makes of a file. The JSON form is a stable contract for scripts.

use super::targets::TargetView;
use super::{CliError, Format, in_format, read_plan};
use crate::plan::{Evidence, Fact, Flag, Kind, Metadata, Node, Plan, Warning, WarningKind};
use crate::text::Text;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// The whole answer.
#[derive(Debug, Serialize)]
pub(super) struct OutlineView {
    metadata: MetadataView,
    nodes: Vec<NodeView>,
    targets: Vec<TargetView>,
    furniture: Vec<FurnitureView>,
    warnings: Vec<WarningView>,
}

/// What the document says of itself.
#[derive(Debug, Serialize)]
pub(super) struct MetadataView {
    title: Option<String>,
    notice_title: Option<String>,
    city: Option<String>,
    province: Option<String>,
    county: Option<String>,
    /// Every year of the period.
    years: Vec<u16>,
    /// First and last year, where the plan is for more than one.
    period: Option<(u16, u16)>,
    doc_type: Option<String>,
    genre: Option<String>,
    issuer: Option<String>,
    document_number: Option<String>,
    date: Option<String>,
    published: Option<String>,
    /// By field: `line 7` or `inferred: …`.
    evidence: BTreeMap<&'static str, String>,
}

/// A node.
#[derive(Debug, Serialize)]
pub(super) struct NodeView {
    id: u32,
    parent: Option<u32>,
    level: u8,
    kind: Kind,
    number: String,
    heading: String,
    text: String,
    start: u32,
    end: u32,
    departments: Option<DepartmentsView>,
    flags: Vec<Flag>,
}

/// Who is responsible.
#[derive(Debug, Serialize)]
pub(super) struct DepartmentsView {
    lead: Vec<String>,
    others: Vec<String>,
}

/// A part of the page.
#[derive(Debug, Serialize)]
pub(super) struct FurnitureView {
    class: &'static str,
    text: String,
    start: u32,
    end: u32,
}

/// A doubt.
#[derive(Debug, Serialize)]
pub(super) struct WarningView {
    kind: &'static str,
    line: u32,
    detail: String,
}

/// Reads `file` and gives the printed form.
pub(super) fn print(file: &Path, format: Format) -> Result<String, CliError> {
    let plan = read_plan(file)?;
    let view = OutlineView::of(&plan);
    in_format(&view, format, listing)
}

impl OutlineView {
    /// The printed form of a plan as read.
    pub(super) fn of(plan: &Plan) -> Self {
        let text = &plan.text;
        Self {
            metadata: MetadataView::of(&plan.metadata),
            nodes: plan.outline.iter().map(|(ix, node)| NodeView::of(text, ix.0, node)).collect(),
            targets: plan.targets.iter().map(|target| TargetView::of(plan, target)).collect(),
            furniture: plan
                .outline
                .furniture
                .iter()
                .map(|item| FurnitureView {
                    class: item.class,
                    text: text.slice(item.span).to_owned(),
                    start: item.span.start.0,
                    end: item.span.end.0,
                })
                .collect(),
            warnings: plan.warnings.iter().map(WarningView::of).collect(),
        }
    }
}

impl MetadataView {
    /// The printed form of what a document says of itself.
    pub(super) fn of(metadata: &Metadata) -> Self {
        let place = metadata.place.as_ref().map(|fact| &fact.value);
        let part =
            |get: fn(&crate::plan::Place) -> &String| place.map(get).filter(|name| !name.is_empty()).cloned();
        let years = metadata.years.as_ref().map(|fact| fact.value);
        Self {
            title: value(metadata.title.as_ref()),
            notice_title: value(metadata.notice_title.as_ref()),
            city: part(|place| &place.city),
            province: part(|place| &place.province),
            county: part(|place| &place.county),
            years: years.map(|(first, last)| (first..=last).collect()).unwrap_or_default(),
            period: years.filter(|(first, last)| first != last),
            doc_type: value(metadata.doc_type.as_ref()),
            genre: metadata.genre.as_ref().and_then(|fact| {
                serde_json::to_value(fact.value).ok().and_then(|value| value.as_str().map(str::to_owned))
            }),
            issuer: value(metadata.issuer.as_ref()),
            document_number: value(metadata.document_number.as_ref()),
            date: value(metadata.date.as_ref()),
            published: value(metadata.published.as_ref()),
            evidence: evidence(metadata),
        }
    }

    /// The title, where there is one.
    pub(super) fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }
}

fn value(fact: Option<&Fact<String>>) -> Option<String> {
    fact.map(|fact| fact.value.clone())
}

/// Where each value was taken from.
fn evidence(metadata: &Metadata) -> BTreeMap<&'static str, String> {
    let fields = [
        ("title", metadata.title.as_ref().map(|fact| &fact.evidence)),
        ("notice_title", metadata.notice_title.as_ref().map(|fact| &fact.evidence)),
        ("place", metadata.place.as_ref().map(|fact| &fact.evidence)),
        ("years", metadata.years.as_ref().map(|fact| &fact.evidence)),
        ("doc_type", metadata.doc_type.as_ref().map(|fact| &fact.evidence)),
        ("genre", metadata.genre.as_ref().map(|fact| &fact.evidence)),
        ("issuer", metadata.issuer.as_ref().map(|fact| &fact.evidence)),
        ("document_number", metadata.document_number.as_ref().map(|fact| &fact.evidence)),
        ("date", metadata.date.as_ref().map(|fact| &fact.evidence)),
        ("published", metadata.published.as_ref().map(|fact| &fact.evidence)),
    ];
    fields.into_iter().filter_map(|(name, evidence)| Some((name, describe(evidence?)))).collect()
}

fn describe(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Line(line) => format!("line {line}"),
        Evidence::Inferred { hints, confidence } => format!("inferred: {hints} ({confidence} %)"),
        Evidence::Reader => "set by the reader".to_owned(),
    }
}

impl NodeView {
    fn of(text: &Text, ix: u32, node: &Node) -> Self {
        Self {
            id: ix + 1,
            parent: node.parent.map(|up| up.0 + 1),
            level: node.level,
            kind: node.kind,
            number: text.slice(node.number).to_owned(),
            heading: node.heading.read(text),
            text: if node.kind == Kind::Table { rows(text, node) } else { node.body.read(text) },
            start: node.span.start.0,
            end: node.span.end.0,
            departments: node
                .departments
                .as_ref()
                .map(|note| DepartmentsView { lead: note.lead.clone(), others: note.others.clone() }),
            flags: node.flags.clone(),
        }
    }
}

/// The rows of a table, a line each.
fn rows(text: &Text, node: &Node) -> String {
    node.body.0.iter().map(|&span| text.slice(span)).collect::<Vec<_>>().join("\n")
}

impl WarningView {
    fn of(warning: &Warning) -> Self {
        let kind = match warning.kind {
            WarningKind::Unstructured => "unstructured",
            WarningKind::Numbering => "numbering",
            WarningKind::AmbiguousTable => "ambiguous_table",
            WarningKind::UncertainPlace => "uncertain_place",
            WarningKind::SeveralDocuments => "several_documents",
        };
        Self { kind, line: warning.line, detail: warning.detail.clone() }
    }
}

/// The form for people: what the document says of itself, then a line for every node.
fn listing(view: &OutlineView) -> String {
    let mut out = String::new();
    let meta = &view.metadata;
    let years = match (meta.years.first(), meta.years.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}-{last}"),
        (Some(first), _) => first.to_string(),
        _ => String::new(),
    };
    let fields = [
        ("title", meta.title.as_deref()),
        ("notice", meta.notice_title.as_deref()),
        ("province", meta.province.as_deref()),
        ("city", meta.city.as_deref()),
        ("county", meta.county.as_deref()),
        ("years", Some(years.as_str()).filter(|years| !years.is_empty())),
        ("type", meta.doc_type.as_deref()),
        ("issuer", meta.issuer.as_deref()),
        ("number", meta.document_number.as_deref()),
        ("date", meta.date.as_deref()),
        ("published", meta.published.as_deref()),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(out, "{name}: {value}");
        }
    }
    for node in &view.nodes {
        let indent = "  ".repeat(usize::from(node.level.saturating_sub(1)));
        let kind = match node.kind {
            Kind::Section | Kind::Item => "",
            Kind::Paragraph => "¶ ",
            Kind::Table => "▦ ",
        };
        let text: String = node.text.chars().take(30).collect();
        let flags = if node.flags.is_empty() { String::new() } else { format!("  {:?}", node.flags) };
        let _ = writeln!(out, "{indent}{kind}{}{} | {text}{flags}", node.number, node.heading);
    }
    for warning in &view.warnings {
        let _ = writeln!(out, "warning: {} (line {}) {}", warning.kind, warning.line, warning.detail);
    }
    out
}
