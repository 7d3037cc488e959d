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
use glyphs::{Glyph, Page};
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
    let mut sheets = sheets_of(file.pages);
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

/// A page in parts: its height, its tables, the lines beside them.
type Parts = (f32, Vec<Table>, Vec<Vec<Glyph>>);

/// Makes rows and tables of the signs of pages. Where most are set in two columns, so is one with little on it.
fn sheets_of(pages: Vec<Page>) -> Vec<Sheet> {
    let parts = |page: Page| {
        let (tables, free) = table::split_off(page.glyphs, &page.rules);
        (page.height, tables, row::baselines(free))
    };
    let pages: Vec<Parts> = pages.into_iter().map(parts).collect();
    let strips: Vec<_> = pages.iter().map(|(_, _, lines)| row::white_strip(lines)).collect();
    let usual = columns::usual(&strips);
    pages.into_iter().map(|page| sheet_of(page, usual)).collect()
}

fn sheet_of((height, tables, lines): Parts, usual: Option<f32>) -> Sheet {
    let rows = columns::in_reading_order(row::rows(lines, usual), usual);
    let mut items: Vec<Item> = rows.into_iter().map(Item::Row).collect();
    for table in tables {
        // A table stands where the first row below it begins.
        let place = items.iter().position(|item| matches!(item, Item::Row(row) if row.y < table.top));
        items.insert(place.unwrap_or(items.len()), Item::Table(table));
    }
    Sheet { height, items }
}

#[cfg(test)]
mod tests;
