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
        }
    }
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
    fn cells_read_as_people_write() {
        let cases = [
            (Cell::Number(3.0), "3"),
            (Cell::Number(81.0 - 80.9), "0.1"),
            (Cell::Number(100.0), "100"),
            (Cell::Share(0.125), "12.5%"),
            (Cell::text(""), ""),
        ];
        for (cell, words) in cases {
            assert_eq!(cell.read(), words);
        }
    }
}
