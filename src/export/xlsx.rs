//! A workbook: a sheet per table, numbers and percentages as such, columns as wide as their words, the head frozen,
//! filtered, and repeated on every printed page.

use super::document::Document;
use super::form::ExportError;
use super::table::{Cell, Fate, Piece, Table, lines};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Workbook,
    Worksheet, XlsxError,
};
use std::collections::BTreeSet;

/// Most chars (UTF-16 units) of a cell in Excel.
const CELL: usize = 32_767;
/// Most chars of a sheet's name in Excel.
const NAME: usize = 31;
/// The font that Chinese Excel begins with; others fall back to their own.
const FONT: &str = "等线";
/// A4, as Excel numbers papers.
const A4: u8 = 9;
/// Height of a line and of the highest row, in points.
const LINE: f64 = 15.6;
const HIGHEST: f64 = 409.0;

impl From<XlsxError> for ExportError {
    fn from(error: XlsxError) -> Self {
        Self::Package(error.to_string())
    }
}

/// The tables of a document as a workbook. The same tables give the same bytes: no time of writing is noted.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(&document.title).set_creation_datetime(&day));
    let looks = Looks::new();
    let mut taken = BTreeSet::new();
    for table in document.tables() {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&table.name, &mut taken))?;
        fill(sheet, table, &looks)?;
    }
    Ok(book.save_to_buffer()?)
}

/// Formats of cells.
struct Looks {
    head: Format,
    words: Format,
    number: Format,
    share: Format,
    kept: Format,
    removed: Format,
    added: Format,
}

impl Looks {
    fn new() -> Self {
        let font = Format::new().set_font_name(FONT).set_font_charset(134);
        let cell = font.clone().set_align(FormatAlign::Top);
        Self {
            head: cell
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0x00E8_ECF1))
                .set_border_bottom(FormatBorder::Thin)
                .set_border_bottom_color(Color::RGB(0x008A_94A0)),
            words: cell.clone().set_text_wrap(),
            number: cell.clone(),
            share: cell.set_num_format("0.0%"),
            removed: font.clone().set_font_strikethrough().set_font_color(Color::RGB(0x00B3_261E)),
            added: font
                .clone()
                .set_underline(FormatUnderline::Single)
                .set_font_color(Color::RGB(0x001E_7B4F)),
            kept: font,
        }
    }

    fn of(&self, fate: Fate) -> &Format {
        match fate {
            Fate::Kept => &self.kept,
            Fate::Removed => &self.removed,
            Fate::Added => &self.added,
        }
    }
}

/// Writes a table into a sheet.
fn fill(sheet: &mut Worksheet, table: &Table, looks: &Looks) -> Result<(), XlsxError> {
    for (column, head) in (0..).zip(&table.head) {
        sheet.write_string_with_format(0, column, head, &looks.head)?;
    }
    let widths = table.widths();
    for (column, &width) in (0..).zip(&widths) {
        sheet.set_column_width(column, width + 2)?;
    }
    // Programs other than Excel do not work out for themselves how high a row must be.
    sheet.set_row_height(0, height(table.head.iter().map(String::as_str), &widths))?;
    let mut at = 1;
    for row in &table.rows {
        let words: Vec<_> = row.iter().map(Cell::read).collect();
        let height = height(words.iter().map(String::as_str), &widths);
        let rows = write_row(sheet, at, row, looks)?;
        for row in at..at + rows {
            sheet.set_row_height(row, height)?;
        }
        at += rows;
    }
    let last = (table.head.len().max(1) - 1) as u16;
    if at > 1 {
        sheet.autofilter(0, 0, at - 1, last)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    Ok(())
}

/// How high a row must be to show all its words.
fn height<'a>(cells: impl Iterator<Item = &'a str>, widths: &[u16]) -> f64 {
    let most = cells.zip(widths).map(|(words, &width)| lines(words, width)).max().unwrap_or(1);
    (f64::from(most) * LINE).min(HIGHEST)
}

/// One row of a table: one of the sheet, and more where a cell's words are too long for it. Gives how many.
fn write_row(sheet: &mut Worksheet, at: u32, row: &[Cell], looks: &Looks) -> Result<u32, XlsxError> {
    let mut rows = 1;
    for (column, cell) in (0..).zip(row) {
        match cell {
            Cell::Empty => {}
            Cell::Number(number) => {
                sheet.write_number_with_format(at, column, *number, &looks.number)?;
            }
            Cell::Share(share) => {
                sheet.write_number_with_format(at, column, *share, &looks.share)?;
            }
            Cell::Changed(pieces) if write_changed(sheet, (at, column), pieces, looks)? => {}
            Cell::Text(_) | Cell::Changed(_) => {
                for (beneath, words) in (0..).zip(pieces(&cell.read())) {
                    sheet.write_string_with_format(at + beneath, column, words, &looks.words)?;
                    rows = rows.max(beneath + 1);
                }
            }
        }
    }
    Ok(rows)
}

/// Words with their changes marked in one cell; tells whether they fit, with all that marks them.
fn write_changed(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    pieces: &[Piece],
    looks: &Looks,
) -> Result<bool, XlsxError> {
    let filled = pieces.iter().filter(|piece| !piece.words.is_empty());
    let runs: Vec<_> = filled.map(|piece| (looks.of(piece.fate), piece.words.as_str())).collect();
    if runs.is_empty() {
        return Ok(true);
    }
    match sheet.write_rich_string_with_format(row, column, &runs, &looks.words) {
        Ok(_) => Ok(true),
        Err(XlsxError::MaxStringLengthExceeded) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Words that a cell cannot hold go on in the cell beneath: nothing is lost.
fn pieces(words: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut units) = (0, 0);
    for (at, c) in words.char_indices() {
        if units + c.len_utf16() > CELL {
            pieces.push(&words[start..at]);
            (start, units) = (at, 0);
        }
        units += c.len_utf16();
    }
    pieces.push(&words[start..]);
    pieces
}

/// A name that Excel takes for a tab: not empty, short, without its special chars, told apart from the others.
fn sheet_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let safe = |c: char| if c.is_control() || r"[]:*?/\".contains(c) { ' ' } else { c };
    let clean: String = name.chars().map(safe).collect();
    let clean = clean.trim().trim_matches('\'');
    let base = if clean.is_empty() { "1" } else { clean };
    let numbered = |number: usize| {
        let end = if number == 1 { String::new() } else { format!(" {number}") };
        let room = NAME - end.chars().count();
        // Excel counts UTF-16 units.
        let mut units = 0;
        let fits = |c: &char| {
            units += c.len_utf16();
            units <= room
        };
        base.chars().take_while(fits).collect::<String>() + &end
    };
    let mut number = 1;
    while !taken.insert(numbered(number).to_lowercase()) {
        number += 1;
    }
    numbered(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Language;

    #[test]
    fn names_of_tabs_are_what_excel_takes() {
        let mut taken = BTreeSet::new();
        let names = ["主题/领域", "主题/领域", "", &"甲".repeat(40), &"甲".repeat(40)];
        let found: Vec<_> = names.iter().map(|name| sheet_name(name, &mut taken)).collect();
        assert_eq!(
            found,
            ["主题 领域", "主题 领域 2", "1", &"甲".repeat(31), &format!("{} 2", "甲".repeat(29))]
        );
    }

    #[test]
    fn long_words_go_on_beneath() {
        let long = "𠀀".repeat(20_000);
        let found = pieces(&long);
        assert_eq!(found.concat(), long);
        assert!(found.len() == 2 && found.iter().all(|piece| piece.encode_utf16().count() <= CELL));
        let mut sheet = Worksheet::new();
        let row = [Cell::count(1), Cell::text(long)];
        assert_eq!(write_row(&mut sheet, 1, &row, &Looks::new()).unwrap(), 2);
    }

    #[test]
    fn a_document_without_tables_is_a_workbook_all_the_same() {
        let none = Document::of_tables("空", Language::Chinese, Vec::new());
        assert!(xlsx(&none).unwrap().starts_with(b"PK"));
    }
}
