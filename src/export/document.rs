//! What is written out, whatever the form: a title and a sequence of blocks.

use super::chart::Drawing;
use super::language::Language;
use super::table::Table;

/// Something to be written out: one view's table, or a whole report.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it is: `厦门2017 对照 南宁2017`.
    pub title: String,
    /// The language of its fixed words.
    pub language: Language,
    /// What stands in it, in order.
    pub blocks: Vec<Block>,
}

/// A part of a document. Forms that hold tables alone (csv, xlsx) leave the others out.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading under the title.
    Heading(String),
    /// A paragraph.
    Words(String),
    /// A paragraph that warns.
    Caution(String),
    /// A table, under its own name.
    Table(Table),
    /// A drawing.
    Picture(Picture),
    /// Words of a plan, where they stand, and a note.
    Excerpt(Excerpt),
}

/// A drawing with what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The drawing.
    pub drawing: Drawing,
    /// What it shows, in words.
    pub caption: String,
}

/// Words of a plan with their source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The words as written.
    pub words: String,
    /// Where they stand, ready to be cited: `厦门市2017 (二)-1`.
    pub citation: String,
    /// What the reader noted on them; may be empty.
    pub note: String,
}

impl Document {
    /// A document of tables alone.
    pub fn of_tables(title: impl Into<String>, language: Language, tables: Vec<Table>) -> Self {
        Self { title: title.into(), language, blocks: tables.into_iter().map(Block::Table).collect() }
    }

    /// Its tables, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }
}
