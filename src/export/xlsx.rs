//! A workbook (ECMA-376): a sheet per table, numbers and percentages as such, columns as wide as their words, the head
//! frozen, filtered, and repeated on every printed page.
//!
//! Written here and not by a crate: what tables need of the format is small, and the package is written anyway.

use super::document::Document;
use super::form::ExportError;
use super::package::{XML, package};
use super::table::{Cell, Table};
use super::xml::escaped;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Most chars (UTF-16 units) of a cell in Excel.
const CELL: usize = 32_767;
/// Most chars of a sheet's name in Excel.
const NAME: usize = 31;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// Formats of cells, as numbered in [`STYLES`].
const HEAD: u8 = 1;
const WORDS: u8 = 2;
const NUMBER: u8 = 3;
const SHARE: u8 = 4;

/// Two fonts, the head's ground and line, a percentage with one decimal.
const STYLES: &str = "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts>\
<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"等线\"/><family val=\"2\"/><charset val=\"134\"/></font>\
<font><b/><sz val=\"11\"/><name val=\"等线\"/><family val=\"2\"/><charset val=\"134\"/></font></fonts>\
<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE8ECF1\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>\
<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>\
<border><left/><right/><top/><bottom style=\"thin\"><color rgb=\"FF8A94A0\"/></bottom><diagonal/></border></borders>\
<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
<cellXfs count=\"5\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
<xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\" borderId=\"1\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" \
applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment vertical=\"top\" \
wrapText=\"1\"/></xf>\
<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>\
<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\">\
<alignment vertical=\"top\"/></xf></cellXfs>\
<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

/// The tables of a document as a workbook.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, ExportError> {
    let mut taken = BTreeSet::new();
    let mut sheets: Vec<(String, String, String)> = document
        .tables()
        .map(|table| {
            let (content, reach) = sheet(table);
            (sheet_name(&table.name, &mut taken), content, reach)
        })
        .collect();
    if sheets.is_empty() {
        let empty = Table { name: String::new(), head: Vec::new(), rows: Vec::new() };
        let (content, reach) = sheet(&empty);
        sheets.push((sheet_name("", &mut taken), content, reach));
    }
    let count = sheets.len();
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), content_types(count)),
        ("_rels/.rels".to_owned(), relations_of_package()),
        ("docProps/core.xml".to_owned(), properties(document)),
        ("xl/workbook.xml".to_owned(), workbook(&sheets)),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations_of_workbook(count)),
        ("xl/styles.xml".to_owned(), format!("{XML}<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>")),
    ];
    let numbered = sheets.into_iter().enumerate();
    files.extend(
        numbered.map(|(at, (_, content, _))| (format!("xl/worksheets/sheet{}.xml", at + 1), content)),
    );
    package(files.into_iter().map(|(name, content)| (name, content.into_bytes())).collect())
}

/// A sheet, and its cells from first to last (`A1:C9`).
fn sheet(table: &Table) -> (String, String) {
    let mut rows = String::new();
    let heads: Vec<Cell> = table.head.iter().map(|head| Cell::text(head.as_str())).collect();
    let mut at = 0;
    push_rows(&mut rows, &mut at, &heads, HEAD);
    for row in &table.rows {
        push_rows(&mut rows, &mut at, row, WORDS);
    }
    let last = table.head.len().saturating_sub(1);
    let reach = format!("A1:{}{}", letters(last), at.max(1));
    let mut columns = String::new();
    for (column, width) in (1..).zip(table.widths()) {
        // Writing to a string cannot fail.
        let _ = write!(
            columns,
            "<col min=\"{column}\" max=\"{column}\" width=\"{}\" customWidth=\"1\"/>",
            width + 2
        );
    }
    let columns = if columns.is_empty() { columns } else { format!("<cols>{columns}</cols>") };
    let filter = if table.rows.is_empty() { String::new() } else { format!("<autoFilter ref=\"{reach}\"/>") };
    let content = format!(
        "{XML}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"{reach}\"/>\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" \
         state=\"frozen\"/><selection pane=\"bottomLeft\" activeCell=\"A2\" sqref=\"A2\"/></sheetView></sheetViews>\
         <sheetFormatPr defaultRowHeight=\"15\"/>{columns}<sheetData>\n{rows}</sheetData>{filter}<pageMargins left=\"0.5\" \
         right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" \
         orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/></worksheet>"
    );
    (content, reach)
}

/// One row of a table: one of the sheet, and more where a cell's words are too long for it. `at` counts rows.
fn push_rows(out: &mut String, at: &mut usize, row: &[Cell], style: u8) {
    let pieces: Vec<Vec<&str>> = row
        .iter()
        .map(|cell| if let Cell::Text(words) = cell { pieces(words) } else { Vec::new() })
        .collect();
    let lines = pieces.iter().map(Vec::len).max().unwrap_or(0).max(1);
    for line in 0..lines {
        *at += 1;
        let _ = write!(out, "<row r=\"{at}\">");
        for (column, cell) in row.iter().enumerate() {
            let place = format!("{}{at}", letters(column));
            let _ = match cell {
                Cell::Text(_) => match pieces[column].get(line) {
                    Some(words) => write!(
                        out,
                        "<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                        escaped(words)
                    ),
                    None => Ok(()),
                },
                Cell::Number(value) if line == 0 => {
                    write!(out, "<c r=\"{place}\" s=\"{NUMBER}\"><v>{value}</v></c>")
                }
                Cell::Share(value) if line == 0 => {
                    write!(out, "<c r=\"{place}\" s=\"{SHARE}\"><v>{value}</v></c>")
                }
                _ => Ok(()),
            };
        }
        out.push_str("</row>\n");
    }
}

/// The letters of a column: A, Z, AA.
fn letters(column: usize) -> String {
    let (above, letter) = (column / 26, char::from(b'A' + (column % 26) as u8));
    if above == 0 { letter.to_string() } else { letters(above - 1) + &letter.to_string() }
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

fn content_types(sheets: usize) -> String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let sheet = |at: usize| {
        format!("<Override PartName=\"/xl/worksheets/sheet{at}.xml\" ContentType=\"{kind}.worksheet+xml\"/>")
    };
    format!(
        "{XML}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}.styles+xml\"/><Override \
         PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>{}\
         </Types>",
        (1..=sheets).map(sheet).collect::<String>()
    )
}

fn relations_of_package() -> String {
    format!(
        "{XML}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
         Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/><Relationship Id=\"rId2\" \
         Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn relations_of_workbook(sheets: usize) -> String {
    let sheet = |at: usize| {
        format!(
            "<Relationship Id=\"rId{at}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
        )
    };
    format!(
        "{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">{}<Relationship Id=\"rId{}\" Type=\"{RELATIONS}/styles\" \
         Target=\"styles.xml\"/></Relationships>",
        (1..=sheets).map(sheet).collect::<String>(),
        sheets + 1
    )
}

fn properties(document: &Document) -> String {
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title></cp:coreProperties>",
        escaped(&document.title)
    )
}

fn workbook(sheets: &[(String, String, String)]) -> String {
    let mut list = String::new();
    let mut names = String::new();
    for (at, (name, _, reach)) in sheets.iter().enumerate() {
        let quoted = escaped(&name.replace('\'', "''"));
        let fixed = reach.split_once(':').map_or("A1", |(_, last)| last);
        let column = fixed.trim_end_matches(|c: char| c.is_ascii_digit());
        let row = fixed.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let _ =
            write!(list, "<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"/>", escaped(name), at + 1, at + 1);
        let _ = write!(
            names,
            "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{at}\" hidden=\"1\">'{quoted}'!$A$1:${column}${row}\
             </definedName><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{at}\">'{quoted}'!$1:$1</definedName>"
        );
    }
    format!(
        "{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><bookViews><workbookView/></bookViews><sheets>{list}\
         </sheets><definedNames>{names}</definedNames></workbook>"
    )
}

/// A name that Excel takes for a tab: not empty, short, without its special chars, told apart from the others.
fn sheet_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let safe = |c: char| if c.is_control() || r"[]:*?/\".contains(c) { ' ' } else { c };
    let clean: String = name.chars().map(safe).collect();
    let clean = clean.trim().trim_matches('\'');
    let base = if clean.is_empty() { "1" } else { clean };
    let numbered = |number: usize| {
        let end = if number == 1 { String::new() } else { format!(" {number}") };
        base.chars().take(NAME - end.chars().count()).collect::<String>() + &end
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
    fn columns_are_lettered() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn long_words_go_on_beneath() {
        let long = "𠀀".repeat(20_000);
        let found = pieces(&long);
        assert_eq!(found.concat(), long);
        assert!(found.len() == 2 && found.iter().all(|piece| piece.encode_utf16().count() <= CELL));
        let table =
            Table { name: "甲".into(), head: vec!["词".into()], rows: vec![vec![Cell::text(long)]] };
        assert!(sheet(&table).0.contains("<row r=\"3\">"));
    }
}
