//! Gathers the lines of a text together with what the source tells about them, so that line numbers of the
//! layout always fit the text.

use super::{ImportError, ImportWarning, MAX_TEXT_BYTES};
use crate::text::{Layout, Text};

/// A text in the making. Every reader writes its result here, line by line.
#[derive(Debug, Default)]
pub(super) struct Lines {
    content: String,
    written: u32,
    layout: Layout,
    control_chars: usize,
}

impl Lines {
    /// Writes one line. Line ends inside it (a form feed, a vertical tab, U+2028) begin another line;
    /// control chars are left out and counted.
    pub(super) fn push(&mut self, line: &str) -> Result<(), ImportError> {
        if self.content.len() + line.len() > MAX_TEXT_BYTES {
            let bytes = (self.content.len() + line.len()) as u64;
            return Err(ImportError::TooLarge { bytes, limit: MAX_TEXT_BYTES as u64 });
        }
        for c in line.chars() {
            match c {
                '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    self.content.push('\n');
                    self.written += 1;
                }
                '\t' => self.content.push('\t'),
                _ if c.is_control() => self.control_chars += 1,
                _ => self.content.push(c),
            }
        }
        self.content.push('\n');
        self.written += 1;
        Ok(())
    }

    /// Writes a line that the source marks as a heading of `level` (from 1).
    pub(super) fn push_heading(&mut self, line: &str, level: u8) -> Result<(), ImportError> {
        self.layout.headings.push((self.written + 1, level));
        self.push(line)
    }

    /// Says that the next line begins a page.
    pub(super) fn begin_page(&mut self) {
        self.layout.pages.push(self.written + 1);
    }

    /// Writes the rows of a table: one line a row, cells parted by tabs, blanks for tabs and line ends
    /// inside a cell. A table without any words leaves nothing behind.
    pub(super) fn push_table<S: AsRef<str>>(&mut self, rows: &[Vec<S>]) -> Result<(), ImportError> {
        let first = self.written + 1;
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| one_line(cell.as_ref())).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                self.push(&cells.join("\t"))?;
            }
        }
        if self.written >= first {
            self.layout.tables.push((first, self.written));
        }
        Ok(())
    }

    /// The text, its layout, and what was left out.
    pub(super) fn finish(self) -> (Text, Layout, Vec<ImportWarning>) {
        let count = self.control_chars;
        let warnings = if count == 0 { Vec::new() } else { vec![ImportWarning::ControlChars { count }] };
        (Text::new(&self.content), self.layout, warnings)
    }
}

/// A cell's words in one line: each run of tabs and line ends is one blank.
fn one_line(cell: &str) -> String {
    let parts: Vec<&str> = cell
        .split(|c: char| c == '\t' || c.is_control())
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_counts_the_lines_of_the_text() {
        let mut lines = Lines::default();
        lines.push_heading("总体要求", 1).unwrap();
        lines.push("甲\u{b}乙\u{0}").unwrap();
        lines
            .push_table(&[vec!["指标", "2020年"], vec!["", ""], vec!["人均预期寿命\n(岁)", "81.5"]])
            .unwrap();
        lines.begin_page();
        lines.push("丙").unwrap();
        let (text, layout, warnings) = lines.finish();
        assert_eq!(text.as_str(), "总体要求\n甲\n乙\n指标\t2020年\n人均预期寿命 (岁)\t81.5\n丙\n");
        assert_eq!(layout, Layout { pages: vec![6], headings: vec![(1, 1)], tables: vec![(4, 5)] });
        assert_eq!(warnings, [ImportWarning::ControlChars { count: 1 }]);
    }
}
