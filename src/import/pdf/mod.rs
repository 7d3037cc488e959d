//! PDFs with a text layer. A PDF knows signs and their places, not words, lines or paragraphs; those are made here.
//!
//! Read in this order: `guard` (what is refused), `glyphs` (signs and ruled lines out of the file, in a thread that may fail), `table` (ruled
//! tables), `row` (lines of signs), `columns`, `furniture` (page numbers, running heads), `reflow` (paragraphs).

mod columns;
mod furniture;
mod glyphs;
mod guard;
mod reflow;
mod row;
mod table;

use super::lines::Lines;
use super::{Format, ImportError, ImportWarning, Imported};
use glyphs::Page;
use row::Row;
use table::Table;

/// A page, read from top to bottom.
struct Sheet {
    /// Height of the paper, in points.
    height: f32,
    items: Vec<Item>,
}

/// What stands on a page.
enum Item {
    Row(Row),
    Table(Table),
}

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Imported, ImportError> {
    guard::check(bytes)?;
    let file = glyphs::extract(bytes)?;
    let without_text: Vec<u32> =
        (1..).zip(&file.pages).filter(|(_, page)| page.glyphs.is_empty()).map(|(number, _)| number).collect();
    if without_text.len() == file.pages.len() {
        return Err(ImportError::Scanned { pages: file.pages.len() });
    }
    let mut sheets: Vec<Sheet> = file.pages.into_iter().map(sheet_of).collect();
    furniture::remove(&mut sheets);

    let mut lines = Lines::default();
    reflow::write(&sheets, &mut lines)?;
    let (text, layout, mut warnings) = lines.finish();
    warnings.extend(file.warnings);
    if !without_text.is_empty() {
        warnings.push(ImportWarning::PagesWithoutText { pages: without_text });
    }
    let unreadable = text.as_str().chars().filter(|c| is_unreadable(*c)).count();
    if unreadable > 0 {
        warnings.push(ImportWarning::Undecodable { count: unreadable, encoding: "PDF".to_owned() });
    }
    Ok(Imported {
        text,
        layout,
        format: Format::Pdf,
        encoding: String::new(),
        title: None,
        source_url: None,
        captured: None,
        warnings,
    })
}

/// Signs of fonts that do not say which chars they show.
fn is_unreadable(c: char) -> bool {
    matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}')
}

/// Makes rows and tables of a page's signs.
fn sheet_of(page: Page) -> Sheet {
    let (tables, free) = table::split_off(page.glyphs, &page.rules);
    let mut items: Vec<Item> =
        columns::in_reading_order(row::rows(free)).into_iter().map(Item::Row).collect();
    for table in tables {
        // A table stands where the first row below it begins.
        let place = items.iter().position(|item| matches!(item, Item::Row(row) if row.y < table.top));
        items.insert(place.unwrap_or(items.len()), Item::Table(table));
    }
    Sheet { height: page.height, items }
}

#[cfg(test)]
mod tests;
