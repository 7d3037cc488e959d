//! A table to be written out: typed cells, so that a sheet gets numbers and percentages and not words.

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its name, short enough for the tab of a sheet (31 chars).
    pub name: String,
    /// The heads of the columns.
    pub head: Vec<String>,
    /// The rows, each with as many cells as there are heads.
    pub rows: Vec<Vec<Cell>>,
}

/// Narrowest and widest column, in Latin chars.
const NARROWEST: u16 = 6;
const WIDEST: u16 = 50;

impl Table {
    /// How wide each column wants to be, in Latin chars (a Han character counts two): as its widest cell or half
    /// its head, which may break, within limits.
    pub fn widths(&self) -> Vec<u16> {
        let of_column = |(column, head): (usize, &String)| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            let widest =
                cells.map(|cell| columns(&cell.read())).chain([columns(head).div_ceil(2)]).max().unwrap_or(0);
            widest.clamp(NARROWEST, WIDEST)
        };
        self.head.iter().enumerate().map(of_column).collect()
    }

    /// Whether a column holds numbers alone.
    pub fn is_numeric(&self, column: usize) -> bool {
        let filled =
            || self.rows.iter().filter_map(|row| row.get(column)).filter(|cell| **cell != Cell::Empty);
        filled().next().is_some() && filled().all(Cell::is_numeric)
    }
}

/// How many lines some words take in a column so many Latin chars wide.
pub(super) fn lines(words: &str, width: u16) -> u16 {
    // Breaking before a char that must not begin a line, and wider fonts, cost a little room.
    let of_line = |line: &str| columns(line).saturating_add(columns(line) / 16).div_ceil(width.max(1)).max(1);
    words.lines().map(of_line).fold(0, u16::saturating_add).max(1)
}

/// The width of the widest line of some words, in Latin chars.
pub(super) fn columns(words: &str) -> u16 {
    let wide = |c: char| if u32::from(c) >= 0x1100 { 2_u32 } else { 1 };
    let line = |line: &str| line.chars().map(wide).sum::<u32>().min(u32::from(u16::MAX)) as u16;
    words.lines().map(line).max().unwrap_or(0)
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A count or value.
    Number(f64),
    /// A share, 0-1, shown as a percentage.
    Share(f64),
    /// Words beside those they were taken from, with what became of each stretch.
    Changed(Vec<Piece>),
}

/// A stretch of words that were compared with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What became of them.
    pub fate: Fate,
    /// The words.
    pub words: String,
}

/// What became of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They stand in both.
    Kept,
    /// The new text lacks them.
    Removed,
    /// The new text has them more.
    Added,
}

impl Cell {
    /// Words, or nothing where there are none.
    pub fn text(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Empty } else { Self::Text(words) }
    }

    /// A count.
    pub fn count(count: usize) -> Self {
        Self::Number(count as f64)
    }

    /// The cell as words: shares as percentages with one decimal.
    pub fn read(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(words) => words.clone(),
            Self::Number(number) => number_words(*number),
            Self::Share(share) => format!("{:.1}%", share * 100.0),
            Self::Changed(pieces) => marked(pieces, ["[-", "-]"], ["{+", "+}"]),
        }
    }

    /// Whether it is a number or a share.
    pub fn is_numeric(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Share(_))
    }
}

/// Pieces as plain words, those removed and those added between marks.
pub(super) fn marked(pieces: &[Piece], removed: [&str; 2], added: [&str; 2]) -> String {
    let one = |piece: &Piece| match piece.fate {
        Fate::Kept => piece.words.clone(),
        Fate::Removed => format!("{}{}{}", removed[0], piece.words, removed[1]),
        Fate::Added => format!("{}{}{}", added[0], piece.words, added[1]),
    };
    pieces.iter().map(one).collect()
}

/// A number without the noise of floating point: 80.5, 3, 0.1.
fn number_words(number: f64) -> String {
    let rounded = format!("{number:.4}");
    rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_words() {
        let table = Table {
            name: String::new(),
            head: vec!["主题".to_owned(), "n".to_owned(), "摘录".to_owned()],
            rows: vec![vec![Cell::text("家庭医生签约"), Cell::count(3), Cell::text("甲".repeat(200))]],
        };
        assert_eq!(table.widths(), [12, NARROWEST, WIDEST]);
        assert_eq!([0, 1, 2].map(|column| table.is_numeric(column)), [false, true, false]);
    }

    #[test]
    fn words_are_as_high_as_the_lines_they_take() {
        let cases = [("", 10, 1), ("控烟", 10, 1), ("家庭医生签约服务", 10, 2), ("甲\n乙", 10, 2)];
        for (words, width, expect) in cases {
            assert_eq!(lines(words, width), expect, "{words}");
        }
    }

    #[test]
    fn cells_read_as_people_write() {
        let cases = [
            (Cell::Number(3.0), "3"),
            (Cell::Number(81.0 - 80.9), "0.1"),
            (Cell::Number(100.0), "100"),
            (Cell::Share(0.125), "12.5%"),
            (Cell::text(""), ""),
            (
                Cell::Changed(vec![
                    Piece { fate: Fate::Removed, words: "建设".into() },
                    Piece { fate: Fate::Added, words: "改造".into() },
                    Piece { fate: Fate::Kept, words: "医院。".into() },
                ]),
                "[-建设-]{+改造+}医院。",
            ),
        ];
        for (cell, words) in cases {
            assert_eq!(cell.read(), words);
        }
    }
}
