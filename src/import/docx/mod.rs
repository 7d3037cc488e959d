//! Word files, with the numbers that Word prints and does not store.
//!
//! Read in this order: `package` (the parts in the zip), `styles`, `numbering` (from counts to `一、`), `body`
//! (paragraphs, tables, notes). Changes that are tracked count as accepted; headers and footers are not read.

mod body;
mod numbering;
mod package;
mod styles;

use super::lines::Lines;
use super::xml::{self, Piece};
use super::{Format, ImportError, ImportWarning, Imported};
use body::{Body, Part};
use numbering::Numbering;
use package::Package;
use styles::Styles;

/// Reads a docx.
pub(super) fn read(bytes: &[u8]) -> Result<Imported, ImportError> {
    let mut package = Package::open(bytes)?;
    let document = package.document()?;
    let styles = Styles::read(package.related("styles")?.as_deref())?;
    let numbering = Numbering::read(package.related("numbering")?.as_deref())?;
    let mut body = Body::new(&styles, numbering);
    body.read(&document)?;
    drop(document);
    for notes in ["footnotes", "endnotes"] {
        if let Some(part) = package.related(notes)? {
            body.read(&part)?;
        }
    }
    let (parts, unread) = body.finish();

    let mut lines = Lines::default();
    for part in parts {
        match part {
            Part::Line { words, heading: Some(level) } => lines.push_heading(&words, level)?,
            Part::Line { words, heading: None } => lines.push(&words)?,
            Part::Table(rows) => lines.push_table(&rows)?,
        }
    }
    let title = title_of(&mut package);
    let (text, layout, mut warnings) = lines.finish();
    warnings.extend(unread.into_iter().map(|what| ImportWarning::PartUnread { what: what.to_owned() }));
    Ok(Imported {
        text,
        layout,
        format: Format::Docx,
        encoding: "UTF-8".to_owned(),
        title,
        source_url: None,
        captured: None,
        warnings,
    })
}

/// The title among the document's properties. It may be anything, so a broken part is no error.
fn title_of(package: &mut Package) -> Option<String> {
    let part = package.part("docProps/core.xml").ok().flatten()?;
    let (mut title, mut within) = (String::new(), false);
    let read = xml::walk(&part, |piece| {
        match piece {
            Piece::Open(tag) => within = tag.name == "dc:title",
            Piece::Close(_) => within = false,
            Piece::Words(words) if within => title.push_str(words),
            Piece::Words(_) => {}
        }
        Ok(())
    });
    let title = title.trim();
    (read.is_ok() && !title.is_empty()).then(|| title.to_owned())
}

#[cfg(test)]
mod tests;
