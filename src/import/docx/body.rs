//! The paragraphs, tables, text boxes and notes of a Word file, in the order in which they are read.

use super::numbering::{ListRef, Numbering};
use super::styles::Styles;
use crate::import::ImportError;
use crate::import::xml::{self, Piece, Tag};
use std::collections::HashMap;

/// Most columns that a merged cell may claim.
const MAX_SPAN: u32 = 64;

/// A piece of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A line of words, trimmed, never empty.
    Line {
        /// The words.
        words: String,
        /// Level of the heading that it is, from 1.
        heading: Option<u8>,
    },
    /// A table's rows of cells.
    Table(Vec<Vec<String>>),
}

/// Reads parts of a document, main text first.
pub(super) struct Body<'d> {
    styles: &'d Styles,
    numbering: Numbering,
    /// Where parts go: the document, then a cell or a text box within it, and so on inwards.
    open: Vec<Vec<Part>>,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    /// Elements that are passed over, down to the one that began it.
    passed_over: usize,
    /// For each open `AlternateContent`, whether a choice was taken.
    choices: Vec<bool>,
    properties: Properties,
    /// In an element whose words are the document's.
    in_words: bool,
    /// In a run that is hidden.
    is_hidden: bool,
    /// Words of a paragraph whose end was deleted: the next one goes on.
    carried: Option<Paragraph>,
    /// The note that is being read, as it is referred to (`1`, `i`).
    note: Option<String>,
    /// For each note referred to in the text, by kind and id, the mark it has there.
    marks: HashMap<(NoteKind, String), String>,
    notes: [u32; 2],
    unread: Vec<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum NoteKind {
    Foot,
    End,
}

/// Elements that hold properties; their children mean different things elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Properties {
    #[default]
    None,
    Paragraph,
    Row,
}

#[derive(Default)]
struct Paragraph {
    words: String,
    style: Option<String>,
    list: ListRef,
    outline: Option<u8>,
    /// Its end was deleted.
    runs_on: bool,
    /// What the text boxes anchored in it hold.
    boxes: Vec<Part>,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<Cell>>,
    row_is_deleted: bool,
    cell: Cell,
}

#[derive(Default)]
struct Cell {
    parts: Vec<Part>,
    /// Columns it takes.
    width: u32,
    /// It goes on with the cell above.
    continues: bool,
}

impl<'d> Body<'d> {
    /// A reader for a document with these styles and lists.
    pub(super) fn new(styles: &'d Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            open: vec![Vec::new()],
            paragraphs: Vec::new(),
            tables: Vec::new(),
            passed_over: 0,
            choices: Vec::new(),
            properties: Properties::None,
            in_words: false,
            is_hidden: false,
            carried: None,
            note: None,
            marks: HashMap::new(),
            notes: [0; 2],
            unread: Vec::new(),
        }
    }

    /// Reads the main document, or the notes to it.
    pub(super) fn read(&mut self, part: &str) -> Result<(), ImportError> {
        xml::walk(part, |piece| {
            match piece {
                Piece::Open(tag) => self.open(&tag),
                Piece::Close(name) => self.close(name),
                Piece::Words(words) => self.words(words),
            }
            Ok(())
        })
    }

    /// What was read, and what could not be.
    pub(super) fn finish(mut self) -> (Vec<Part>, Vec<&'static str>) {
        if let Some(paragraph) = self.carried.take() {
            self.put(paragraph);
        }
        self.unread.dedup();
        (self.open.into_iter().flatten().collect(), self.unread)
    }

    fn open(&mut self, tag: &Tag) {
        if self.passed_over > 0 {
            self.passed_over += 1;
            return;
        }
        if self.is_passed_over(tag) {
            self.passed_over = 1;
            return;
        }
        match tag.name {
            "p" => self.paragraphs.push(self.carried.take().unwrap_or_default()),
            "pPr" => self.properties = Properties::Paragraph,
            "trPr" => self.properties = Properties::Row,
            "t" | "m:t" => self.in_words = true,
            "r" => self.is_hidden = false,
            "tbl" => self.tables.push(Table::default()),
            "tr" => self.begin_row(),
            "tc" => self.begin_cell(),
            "txbxContent" => self.open.push(Vec::new()),
            "mc:AlternateContent" => self.choices.push(false),
            "footnote" | "endnote" => self.begin_note(tag),
            "altChunk" => self.unread.push("an embedded document"),
            _ if self.properties == Properties::Paragraph => self.paragraph_property(tag),
            _ => self.content(tag),
        }
    }

    /// Whether an element and all in it does not belong to the text as accepted and printed.
    fn is_passed_over(&mut self, tag: &Tag) -> bool {
        match tag.name {
            "del" | "moveFrom" => self.properties == Properties::None,
            "pPrChange" | "rPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange" | "sectPrChange"
            | "tblGridChange" | "rt" | "sectPr" => true,
            "mc:Choice" | "mc:Fallback" => {
                let taken = self.choices.last_mut();
                taken.is_some_and(|taken| std::mem::replace(taken, true))
            }
            _ => false,
        }
    }

    fn close(&mut self, name: &str) {
        if self.passed_over > 0 {
            self.passed_over -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "pPr" | "trPr" => self.properties = Properties::None,
            "t" | "m:t" => self.in_words = false,
            "tbl" => self.end_table(),
            "tr" => self.end_row(),
            "tc" => self.end_cell(),
            "txbxContent" => self.end_box(),
            "mc:AlternateContent" => _ = self.choices.pop(),
            "footnote" | "endnote" => self.end_note(),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.passed_over == 0 && self.in_words && !self.is_hidden {
            self.write(words);
        }
    }

    fn write(&mut self, words: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.words.push_str(words);
        }
    }

    fn paragraph_property(&mut self, tag: &Tag) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match tag.name {
            "pStyle" => paragraph.style = tag.val(),
            "numId" => paragraph.list.num_id = tag.number(),
            "ilvl" => paragraph.list.level = tag.number().map(|level| level as usize),
            "outlineLvl" => paragraph.outline = tag.number().map(|level| level.min(9) as u8),
            "del" | "moveFrom" => paragraph.runs_on = true,
            _ => {}
        }
    }

    /// What stands in runs beside words, and in the properties of rows, cells and runs.
    fn content(&mut self, tag: &Tag) {
        match tag.name {
            "tab" => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "vanish" => self.is_hidden = tag.is_on(),
            "sym" => self.symbol(tag),
            "footnoteReference" => self.refer(NoteKind::Foot, tag),
            "endnoteReference" => self.refer(NoteKind::End, tag),
            "gridSpan" => self.cell(|cell| cell.width = tag.number().unwrap_or(1).clamp(1, MAX_SPAN)),
            "vMerge" | "hMerge" => {
                self.cell(|cell| cell.continues = tag.val().is_none_or(|v| v == "continue"));
            }
            "gridBefore" => self.indent_row(tag.number().unwrap_or(0)),
            "del" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row_is_deleted = true;
                }
            }
            _ => {}
        }
    }

    /// A sign of a font; those without a Unicode place (U+F000-F0FF: ticks, arrows) are left out.
    fn symbol(&mut self, tag: &Tag) {
        let code = tag.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        if let Some(sign) = code.and_then(char::from_u32).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)) {
            self.write(sign.encode_utf8(&mut [0; 4]));
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        if paragraph.runs_on {
            self.carried = Some(Paragraph { runs_on: false, ..paragraph });
        } else {
            self.put(paragraph);
        }
    }

    /// Writes a paragraph where it belongs: its number, its words, one line for each line break in it.
    fn put(&mut self, mut paragraph: Paragraph) {
        let style = paragraph.style.as_deref();
        let by_style = self.styles.list(style);
        let list = ListRef {
            num_id: paragraph.list.num_id.or(by_style.num_id),
            level: paragraph.list.level.or(by_style.level),
        };
        let outline = paragraph.outline.or_else(|| self.styles.outline(style)).filter(|level| *level < 9);
        let heading = outline.map(|level| level + 1);
        let mut number = self.numbering.next(list, style, &paragraph.words);
        let mut parts = Vec::new();
        for line in paragraph.words.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
            parts.push(Part::Line { words: std::mem::take(&mut number) + line, heading });
        }
        parts.append(&mut paragraph.boxes);
        if let Some(place) = self.open.last_mut() {
            place.append(&mut parts);
        }
    }

    fn end_box(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        let mut parts = self.open.pop().unwrap_or_default();
        match (self.paragraphs.last_mut(), self.open.last_mut()) {
            (Some(anchor), _) => anchor.boxes.append(&mut parts),
            (None, Some(place)) => place.append(&mut parts),
            (None, None) => {}
        }
    }
}

/// Tables.
impl Body<'_> {
    fn begin_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.rows.push(Vec::new());
            table.row_is_deleted = false;
        }
    }

    fn begin_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.cell = Cell { width: 1, ..Cell::default() };
            self.open.push(Vec::new());
        }
    }

    fn cell(&mut self, change: impl FnOnce(&mut Cell)) {
        if let Some(table) = self.tables.last_mut() {
            change(&mut table.cell);
        }
    }

    /// Places that a row leaves free at its beginning.
    fn indent_row(&mut self, columns: u32) {
        if let Some(row) = self.tables.last_mut().and_then(|table| table.rows.last_mut()) {
            row.extend((0..columns.min(MAX_SPAN)).map(|_| Cell { width: 1, ..Cell::default() }));
        }
    }

    fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let parts = if self.open.len() > 1 { self.open.pop().unwrap_or_default() } else { Vec::new() };
        let cell = Cell { parts, ..std::mem::take(&mut table.cell) };
        if let Some(row) = table.rows.last_mut() {
            row.push(cell);
        }
    }

    fn end_row(&mut self) {
        if let Some(table) = self.tables.last_mut().filter(|table| table.row_is_deleted) {
            table.rows.pop();
        }
    }

    /// A table of one column is a frame around paragraphs (专栏); any other is a table.
    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let Some(place) = self.open.last_mut() else { return };
        if table.rows.iter().all(|row| row.len() < 2) {
            place.extend(table.rows.into_iter().flatten().flat_map(|cell| cell.parts));
        } else {
            place.push(Part::Table(table.rows.into_iter().map(row_of_words).collect()));
        }
    }
}

/// A row with each cell's words in its first place, and nothing in the other places it takes.
fn row_of_words(row: Vec<Cell>) -> Vec<String> {
    let mut words = Vec::new();
    for cell in row {
        words.push(if cell.continues { String::new() } else { words_of(&cell.parts) });
        words.extend((1..cell.width).map(|_| String::new()));
    }
    words
}

/// A cell's words in one line.
fn words_of(parts: &[Part]) -> String {
    let lines: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Part::Line { words, .. } => words.clone(),
            Part::Table(rows) => rows.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "),
        })
        .collect();
    lines.join(" ")
}

/// Notes: a mark `[1]` where the text refers to one, the words behind the text.
impl Body<'_> {
    fn refer(&mut self, kind: NoteKind, tag: &Tag) {
        let Some(id) = tag.attribute("id").filter(|_| tag.attribute("customMarkFollows").is_none()) else {
            return;
        };
        let count = &mut self.notes[kind as usize];
        *count += 1;
        let mark = match kind {
            NoteKind::Foot => format!("[{count}]"),
            NoteKind::End => format!("[尾注{count}]"),
        };
        self.write(&mark);
        self.marks.insert((kind, id), mark);
    }

    fn begin_note(&mut self, tag: &Tag) {
        let kind = if tag.name == "footnote" { NoteKind::Foot } else { NoteKind::End };
        self.note = tag.attribute("id").and_then(|id| self.marks.remove(&(kind, id)));
        self.open.push(Vec::new());
    }

    /// Writes a note behind the text. Separators, and notes that nothing refers to any more, have no mark.
    fn end_note(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        let parts = self.open.pop().unwrap_or_default();
        if let (Some(mark), Some(place)) = (self.note.take(), self.open.last_mut()) {
            place.push(Part::Line { words: format!("{mark} {}", words_of(&parts)), heading: None });
        }
    }
}
