//! A REFI-QDA project (.qdpx), which NVivo, ATLAS.ti, MAXQDA and QualCoder open: plans as plain text, codes, codings
//! and notes. Standard: REFI-QDA 1.5, namespace `urn:QDA-XML:project:1.0` (Project-mrt2019.xsd).
//!
//! Positions count Unicode code points from 0, the end excluded, as ours do. What is not found in its text is left out
//! of the codings and told as a note, for nothing may land on words it was not put on.

use super::{Found, PlanExport, ProjectExport};
use crate::annotation::{Body, Coder, Subject, TagId};
use crate::export::ExportError;
use crate::export::package::package;
use crate::export::xml::escaped;
use std::collections::BTreeMap;
use std::fmt::Write;
use uuid::Uuid;

const NAMESPACE: &str = "urn:QDA-XML:project:1.0";

impl ProjectExport {
    /// The project as a .qdpx file. Names of codes in Chinese, or in English where `english`.
    pub fn qdpx(&self, english: bool) -> Result<Vec<u8>, ExportError> {
        let mut files = vec![("project.qde".to_owned(), self.qde(english).into_bytes())];
        files.extend(self.plans.iter().map(|plan| {
            (format!("sources/{}.txt", plan.record.id.0), plan.plan.text.as_str().as_bytes().to_vec())
        }));
        package(files)
    }

    /// The project file inside.
    pub(super) fn qde(&self, english: bool) -> String {
        let mut notes = Notes::default();
        let sources: String = self.plans.iter().map(|plan| source(plan, &mut notes)).collect();
        for (coder, sheet) in &self.notes {
            for annotation in sheet.in_order() {
                let Some(words) = annotation.note() else { continue };
                let about = match &annotation.on {
                    Subject::Tag(id) => {
                        self.book.tag(id).map_or(id.0.as_str(), |tag| if english { &tag.en } else { &tag.zh })
                    }
                    _ => &self.manifest.title,
                };
                notes.add(annotation.id.0, about, words, coder, &annotation.created.to_string());
            }
        }
        let mut users = String::new();
        for coder in self.coders() {
            users.push_str(&format!("<User guid=\"{}\" name=\"{}\"/>", user(coder), escaped(coder.as_str())));
        }
        let users = if users.is_empty() { String::new() } else { format!("<Users>{users}</Users>\n") };
        let codebook = self.book.to_qdc(english);
        let inside = |from: &str, to: &str| {
            let start = codebook.find(from)?;
            let end = codebook.rfind(to)?;
            codebook.get(start..end + to.len())
        };
        let codes = inside("<Codes>", "</Codes>")
            .map(|codes| format!("<CodeBook>{codes}</CodeBook>\n"))
            .unwrap_or_default();
        let sources = if sources.is_empty() { sources } else { format!("<Sources>\n{sources}</Sources>\n") };
        let notes =
            if notes.xml.is_empty() { String::new() } else { format!("<Notes>\n{}</Notes>\n", notes.xml) };
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project xmlns=\"{NAMESPACE}\" name=\"{}\" origin=\"Duizhao {}\" \
             creationDateTime=\"{}\">\n{users}{codes}{sources}{notes}</Project>\n",
            escaped(&self.manifest.title),
            env!("CARGO_PKG_VERSION"),
            self.manifest.created
        )
    }

    /// Everyone who annotated, once, by name.
    fn coders(&self) -> impl Iterator<Item = &Coder> {
        let all = self.plans.iter().flat_map(|plan| plan.sheets.keys()).chain(self.notes.keys());
        all.collect::<std::collections::BTreeSet<_>>().into_iter()
    }
}

/// Notes stand at the end of the file; places refer to them.
#[derive(Default)]
struct Notes {
    xml: String,
}

impl Notes {
    fn add(&mut self, guid: Uuid, name: &str, words: &str, coder: &Coder, created: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.xml,
            "<Note guid=\"{guid}\" name=\"{}\" creatingUser=\"{}\" creationDateTime=\"{created}\"><PlainTextContent>{}\
             </PlainTextContent></Note>",
            escaped(name),
            user(coder),
            escaped(words)
        );
    }
}

/// A plan with what is on it: passages with their codings, then codings and notes of the whole.
fn source(plan: &PlanExport, notes: &mut Notes) -> String {
    let mut passages: BTreeMap<(u32, u32), Vec<Found<'_>>> = BTreeMap::new();
    let mut whole = Vec::new();
    for found in plan.found() {
        if let Some(words) = found.annotation.note() {
            let at =
                if found.annotation.on == Subject::Plan { String::new() } else { plan.clause(found.span()) };
            let name = format!("{} {at}", plan.title());
            notes.add(
                found.annotation.id.0,
                name.trim(),
                words,
                found.coder,
                &found.annotation.created.to_string(),
            );
        }
        match (found.annotation.on == Subject::Plan, found.place.is_certain()) {
            (true, _) => whole.push(found),
            (false, true) => {
                passages.entry((found.span().start.0, found.span().end.0)).or_default().push(found);
            }
            (false, false) => lost(plan, &found, notes),
        }
    }
    let mut out = format!(
        "<TextSource guid=\"{0}\" name=\"{1}\" plainTextPath=\"internal://{0}.txt\" creationDateTime=\"{2}\">\n",
        plan.record.id.0,
        escaped(plan.title()),
        plan.record.source.imported
    );
    for ((start, end), found) in passages {
        let Some(first) = found.first() else { continue };
        let guid = derived(first.annotation.id.0, "selection");
        let words: String = first.annotation.anchor.quote.chars().take(40).collect();
        let _ = writeln!(
            out,
            "<PlainTextSelection guid=\"{guid}\" name=\"{}\" startPosition=\"{start}\" endPosition=\"{end}\" \
             creatingUser=\"{}\" creationDateTime=\"{}\">{}</PlainTextSelection>",
            escaped(&words).replace('\n', " "),
            user(first.coder),
            first.annotation.created,
            marks(&found)
        );
    }
    let _ = writeln!(out, "{}</TextSource>", marks(&whole));
    out
}

/// Codings, then references to notes, as the schema orders them.
fn marks(found: &[Found<'_>]) -> String {
    let mut codings = String::new();
    let mut notes = String::new();
    for found in found {
        let id = found.annotation.id.0;
        match &found.annotation.body {
            Body::Tag(tag) => {
                let _ = write!(
                    codings,
                    "<Coding guid=\"{id}\" creatingUser=\"{}\" creationDateTime=\"{}\"><CodeRef targetGUID=\"{}\"/></Coding>",
                    user(found.coder),
                    found.annotation.created,
                    code(tag)
                );
            }
            Body::Note(_) => {
                let _ = write!(notes, "<NoteRef targetGUID=\"{id}\"/>");
            }
        }
    }
    codings + &notes
}

/// What is no longer found, or not for certain, becomes a note that says so.
fn lost(plan: &PlanExport, found: &Found<'_>, notes: &mut Notes) {
    if let Some(tag) = found.annotation.tag() {
        let words = format!("{tag}\n{}", found.annotation.anchor.quote);
        let name = format!("{} (unanchored)", plan.title());
        notes.add(found.annotation.id.0, &name, &words, found.coder, &found.annotation.created.to_string());
    }
}

/// The code of a tag, as the codebook is written.
fn code(tag: &TagId) -> Uuid {
    tag.guid()
}

/// A coder's id: made from the name, for coders have no other.
fn user(coder: &Coder) -> Uuid {
    derived(Uuid::nil(), coder.as_str())
}

/// An id that is always the same for the same id and words.
fn derived(id: Uuid, words: &str) -> Uuid {
    TagId(format!("{id} {words}")).guid()
}
