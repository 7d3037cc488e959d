//! Tables as Markdown.

use super::table::{Cell, Table};

/// Several tables, each under its name.
pub fn markdown(tables: &[Table]) -> String {
    tables.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn one(table: &Table) -> String {
    let numeric = |column: usize| {
        let mut cells = table
            .rows
            .iter()
            .filter_map(|row| row.get(column))
            .filter(|cell| **cell != Cell::Empty)
            .peekable();
        cells.peek().is_some() && cells.all(|cell| matches!(cell, Cell::Number(_) | Cell::Share(_)))
    };
    let rule = (0..table.head.len()).map(|column| if numeric(column) { "---:" } else { "---" });
    let mut out = format!("## {}\n\n", table.name);
    line(&mut out, table.head.iter().map(|head| escaped(head)));
    line(&mut out, rule.map(str::to_owned));
    for row in &table.rows {
        line(&mut out, row.iter().map(|cell| escaped(&cell.read())));
    }
    out
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    out.push_str("| ");
    out.push_str(&cells.collect::<Vec<_>>().join(" | "));
    out.push_str(" |\n");
}

/// What would end a cell or begin other Markdown is escaped.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '|' | '\\' | '*' | '_' | '`' | '<' | '[' | ']' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_right_and_bars_are_escaped() {
        let table = Table {
            name: "主题".to_owned(),
            head: vec!["词".to_owned(), "数".to_owned()],
            rows: vec![vec![Cell::text("甲|乙\n丙"), Cell::count(3)]],
        };
        assert_eq!(markdown(&[table]), "## 主题\n\n| 词 | 数 |\n| --- | ---: |\n| 甲\\|乙 丙 | 3 |\n");
    }
}
