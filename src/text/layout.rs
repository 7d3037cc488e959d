//! What a source file tells about its lines beside their words.

use serde::{Deserialize, Serialize};

/// Hints of the source's layout, by 1-based line number of the canonical text. Plain text has none.
/// Cells of a table row stand in one line, parted by tabs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    /// Lines that begin a page (PDF).
    pub pages: Vec<u32>,
    /// Lines that the source marks as headings, with their level from 1 (docx styles, `<h1>`).
    pub headings: Vec<(u32, u8)>,
    /// First and last line of each table whose cells are known.
    pub tables: Vec<(u32, u32)>,
}

impl Layout {
    /// Whether the source told nothing.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.headings.is_empty() && self.tables.is_empty()
    }
}
