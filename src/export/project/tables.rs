//! Taggings, notes, plans and codebook as tables. Heads are those of fields, in English, for statistics programs.

use super::{Found, PlanExport, ProjectExport};
use crate::annotation::{Place, Subject, Tag};
use crate::export::table::{Cell, Table};

const TAGGINGS: [&str; 22] = [
    "plan", "city", "province", "years", "clause", "heading", "quote", "facet", "tag", "tag_zh", "tag_en",
    "coder", "note", "created", "modified", "start", "end", "place", "on", "file", "plan_id", "id",
];
const NOTES: [&str; 14] = [
    "plan", "city", "years", "clause", "quote", "tag", "note", "coder", "created", "modified", "start",
    "end", "on", "id",
];

impl ProjectExport {
    /// A row for each tagging: plan, clause, words, tag, coder, and the coder's note on the same words.
    pub fn taggings(&self) -> Table {
        let mut rows = Vec::new();
        for plan in &self.plans {
            let found = plan.found();
            for tagging in found.iter().filter(|found| found.annotation.tag().is_some()) {
                rows.push(self.tagging(plan, &found, tagging));
            }
        }
        table("taggings", &TAGGINGS, rows)
    }

    fn tagging(&self, plan: &PlanExport, all: &[Found<'_>], found: &Found<'_>) -> Vec<Cell> {
        let id = found.annotation.tag();
        let tag = id.and_then(|id| self.book.tag(id));
        let (city, province, years) = plan.facts();
        let span = found.span();
        let whole = found.annotation.on == Subject::Plan;
        let own = |text: fn(&Tag) -> &String| Cell::text(tag.map(text).cloned().unwrap_or_default());
        let beside = all.iter().filter(|other| {
            other.coder == found.coder && other.span() == span && other.annotation.on == found.annotation.on
        });
        let notes: Vec<_> = beside.filter_map(|other| other.annotation.note()).collect();
        vec![
            Cell::text(plan.title()),
            Cell::text(city),
            Cell::text(province),
            Cell::text(years),
            Cell::text(if whole { String::new() } else { plan.clause(span) }),
            Cell::text(if whole { String::new() } else { plan.heading(span) }),
            Cell::text(found.annotation.anchor.quote.as_str()),
            own(|tag| &tag.facet),
            Cell::text(id.map(|id| id.0.clone()).unwrap_or_default()),
            own(|tag| &tag.zh),
            own(|tag| &tag.en),
            Cell::text(found.coder.as_str()),
            Cell::text(notes.join("\n")),
            Cell::text(found.annotation.created.to_string()),
            Cell::text(found.annotation.modified.to_string()),
            offset(whole, span.start.0),
            offset(whole, span.end.0),
            Cell::text(place(found)),
            Cell::text(subject(&found.annotation.on)),
            Cell::text(plan.record.source.file_name.as_str()),
            Cell::text(plan.record.id.0.to_string()),
            Cell::text(found.annotation.id.0.to_string()),
        ]
    }

    /// A row for each note: on a place, a plan, a tag, or the project.
    pub fn notes(&self) -> Table {
        let mut rows = Vec::new();
        for plan in &self.plans {
            let (city, _, years) = plan.facts();
            for found in plan.found() {
                let Some(note) = found.annotation.note() else { continue };
                let whole = found.annotation.on == Subject::Plan;
                let span = found.span();
                rows.push(vec![
                    Cell::text(plan.title()),
                    Cell::text(city.as_str()),
                    Cell::text(years.as_str()),
                    Cell::text(if whole { String::new() } else { plan.clause(span) }),
                    Cell::text(found.annotation.anchor.quote.as_str()),
                    Cell::Empty,
                    Cell::text(note),
                    Cell::text(found.coder.as_str()),
                    Cell::text(found.annotation.created.to_string()),
                    Cell::text(found.annotation.modified.to_string()),
                    offset(whole, span.start.0),
                    offset(whole, span.end.0),
                    Cell::text(subject(&found.annotation.on)),
                    Cell::text(found.annotation.id.0.to_string()),
                ]);
            }
        }
        for (coder, sheet) in &self.notes {
            for annotation in sheet.in_order() {
                let Some(note) = annotation.note() else { continue };
                let tag = if let Subject::Tag(id) = &annotation.on { id.0.as_str() } else { "" };
                let mut row = vec![Cell::Empty; NOTES.len()];
                row[5] = Cell::text(tag);
                row[6] = Cell::text(note);
                row[7] = Cell::text(coder.as_str());
                row[8] = Cell::text(annotation.created.to_string());
                row[9] = Cell::text(annotation.modified.to_string());
                row[12] = Cell::text(subject(&annotation.on));
                row[13] = Cell::text(annotation.id.0.to_string());
                rows.push(row);
            }
        }
        table("notes", &NOTES, rows)
    }

    /// A row for each tag of the codebook, parents before children.
    pub fn codebook(&self) -> Table {
        let head = ["facet", "tag", "parent", "zh", "en", "definition_zh", "definition_en", "domain"];
        let row = |(tag, _): (&Tag, u8)| {
            vec![
                Cell::text(tag.facet.as_str()),
                Cell::text(tag.id.0.as_str()),
                Cell::text(tag.parent.as_ref().map(|parent| parent.0.clone()).unwrap_or_default()),
                Cell::text(tag.zh.as_str()),
                Cell::text(tag.en.as_str()),
                Cell::text(tag.definition_zh.as_str()),
                Cell::text(tag.definition_en.as_str()),
                Cell::text(tag.domain.clone().unwrap_or_default()),
            ]
        };
        table("codebook", &head, self.book.in_tree_order().into_iter().map(row).collect())
    }

    /// A row for each plan.
    pub fn plan_list(&self) -> Table {
        let head = [
            "plan",
            "city",
            "province",
            "years",
            "issuer",
            "document_number",
            "date",
            "items",
            "file",
            "url",
            "sha256",
            "id",
        ];
        let row = |plan: &PlanExport| {
            let metadata = &plan.record.metadata;
            let source = &plan.record.source;
            let (city, province, years) = plan.facts();
            let fact = |fact: Option<&String>| Cell::text(fact.cloned().unwrap_or_default());
            vec![
                Cell::text(plan.title()),
                Cell::text(city),
                Cell::text(province),
                Cell::text(years),
                fact(metadata.issuer.as_ref().map(|fact| &fact.value)),
                fact(metadata.document_number.as_ref().map(|fact| &fact.value)),
                fact(metadata.date.as_ref().map(|fact| &fact.value)),
                Cell::count(crate::insight::items(&plan.plan).len()),
                Cell::text(source.file_name.as_str()),
                fact(source.url.as_ref()),
                Cell::text(source.sha256.as_str()),
                Cell::text(plan.record.id.0.to_string()),
            ]
        };
        table("plans", &head, self.plans.iter().map(row).collect())
    }
}

impl PlanExport {
    /// City, province, years; empty where unknown.
    pub(super) fn facts(&self) -> (String, String, String) {
        let metadata = &self.record.metadata;
        let place = metadata.place.as_ref().map(|fact| fact.value.clone());
        let years = metadata.years.as_ref().map(|fact| fact.value);
        let years = years.map_or_else(String::new, |(first, last)| {
            if first == last { first.to_string() } else { format!("{first}-{last}") }
        });
        let (city, province) = place.map(|place| (place.city, place.province)).unwrap_or_default();
        (city, province, years)
    }
}

fn table(name: &str, head: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table { name: name.to_owned(), head: head.iter().map(|&head| head.to_owned()).collect(), rows }
}

fn offset(whole_plan: bool, at: u32) -> Cell {
    if whole_plan { Cell::Empty } else { Cell::Number(f64::from(at)) }
}

/// How surely the words were found again.
fn place(found: &Found<'_>) -> &'static str {
    match found.place {
        Place::Exact(_) => "exact",
        Place::Moved(_) => "moved",
        Place::Uncertain(_) => "uncertain",
        Place::Lost => "unanchored",
    }
}

fn subject(on: &Subject) -> &'static str {
    match on {
        Subject::Node => "node",
        Subject::Row => "row",
        Subject::Passage => "passage",
        Subject::Plan => "plan",
        Subject::Tag(_) => "tag",
        Subject::Project => "project",
    }
}
