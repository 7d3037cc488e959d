//! The hits of the search as a table in a file; and which form the name of a file asks for.

use super::state::NoticeKind;
use super::{App, PlanHits};
use crate::export::{Document, Form, HitRow, hits, write};
use crate::project::{ProjectError, write_atomic};
use std::path::PathBuf;
use std::sync::Arc;

/// The form of a file for tables, by the ending of its name: csv where it has none or another.
pub(super) fn table_form(path: PathBuf) -> (PathBuf, Form) {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_owned);
    let form = ending.as_deref().and_then(Form::of_extension);
    match (form, ending) {
        (Some(form), _) => (path, form),
        (None, Some(_)) => (path, Form::Csv),
        (None, None) => (path.with_extension("csv"), Form::Csv),
    }
}

impl App {
    /// Writes what the search found, as far as it is kept, into a file on a thread of its own.
    pub(super) fn export_hits(&mut self, path: PathBuf) {
        let (path, form) = table_form(path);
        let (rows, language) = (self.hit_rows(), self.export_language());
        let title = self.search.query.clone();
        self.errand("search table", move || {
            let document = Document::of_tables(title, language, vec![hits(language, &rows)]);
            let written = write(form, &document)
                .map_err(|error| ProjectError::io(&path, std::io::Error::other(error.to_string())))
                .and_then(|bytes| write_atomic(&path, &bytes));
            Box::new(move |app: &mut Self| {
                app.notify(match written {
                    Ok(()) => NoticeKind::Written(path),
                    Err(problem) => NoticeKind::File(Arc::new(problem)),
                });
            })
        });
    }

    /// The kept hits in the order of the library and of the texts.
    fn hit_rows(&self) -> Vec<HitRow> {
        let of_plan = |found: &PlanHits| {
            let record = self.project.as_ref().and_then(|project| project.plans.get(&found.plan));
            let metadata = record.map(|entry| &entry.record.metadata);
            let title = metadata.and_then(|metadata| metadata.title.as_ref());
            let plan = title.map_or_else(|| self.plan_name(found.plan), |title| title.value.clone());
            let city = metadata.and_then(|metadata| metadata.place.as_ref());
            let city = city.map_or_else(String::new, |place| place.value.city.clone());
            let years = metadata.and_then(|metadata| metadata.years.as_ref());
            let years = years.map_or_else(String::new, |years| match years.value {
                (first, last) if first == last => first.to_string(),
                (first, last) => format!("{first}–{last}"),
            });
            let row = move |hit: &super::Hit| HitRow {
                plan: plan.clone(),
                city: city.clone(),
                years: years.clone(),
                clause: hit.clause.as_ref().map(|clause| clause.number.clone()).unwrap_or_default(),
                words: [&hit.context.before, &hit.context.words, &hit.context.after].map(String::clone),
                span: hit.span,
            };
            found.hits.iter().map(row).collect::<Vec<_>>()
        };
        self.search.found.values().flat_map(of_plan).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_name_is_the_form() {
        let cases = [
            ("a.xlsx", "a.xlsx", Form::Xlsx),
            ("a.MD", "a.MD", Form::Markdown),
            ("a.csv", "a.csv", Form::Csv),
            ("a.txt", "a.txt", Form::Csv),
            ("a", "a.csv", Form::Csv),
        ];
        for (typed, path, form) in cases {
            assert_eq!(table_form(typed.into()), (path.into(), form), "{typed}");
        }
    }
}
