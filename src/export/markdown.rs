//! Tables and reports as Markdown.

use super::document::{Block, Document};
use super::table::{Cell, Piece, Table, marked};

/// A whole document. Of a drawing there is what it shows, in words.
pub fn document(document: &Document) -> String {
    let mut out = format!("# {}\n", escaped(&document.title));
    for block in &document.blocks {
        out.push('\n');
        match block {
            Block::Heading(words) => out.push_str(&format!("## {}\n", escaped(words))),
            Block::Words(words) => out.push_str(&format!("{}\n", escaped(words))),
            Block::Caution(words) => out.push_str(&format!("> ⚠ {}\n", escaped(words))),
            Block::Table(table) => out.push_str(&one(table)),
            Block::Picture(picture) => out.push_str(&format!("*{}*\n", escaped(&picture.caption))),
            Block::Excerpt(excerpt) => {
                out.push_str(&format!("> {} —— {}\n", escaped(&excerpt.words), escaped(&excerpt.citation)));
                if !excerpt.note.is_empty() {
                    out.push_str(&format!(">\n> {}\n", escaped(&excerpt.note)));
                }
            }
        }
    }
    out
}

/// Several tables, each under its name.
pub fn markdown(tables: &[Table]) -> String {
    tables.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn one(table: &Table) -> String {
    let rule = (0..table.head.len()).map(|column| if table.is_numeric(column) { "---:" } else { "---" });
    let mut out = format!("## {}\n\n", table.name);
    line(&mut out, table.head.iter().map(|head| escaped(head)));
    line(&mut out, rule.map(str::to_owned));
    for row in &table.rows {
        line(&mut out, row.iter().map(of_cell));
    }
    out
}

/// Removed words are struck through, added ones bold.
fn of_cell(cell: &Cell) -> String {
    let Cell::Changed(pieces) = cell else { return escaped(&cell.read()) };
    let plain = |piece: &Piece| Piece { words: escaped(&piece.words), ..*piece };
    marked(&pieces.iter().map(plain).collect::<Vec<_>>(), ["~~", "~~"], ["**", "**"])
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
    use crate::export::{Cell, Excerpt, Language};

    #[test]
    fn a_report_keeps_its_order() {
        let excerpt =
            Excerpt { words: "控烟。".into(), citation: "甲市2017 (一)".into(), note: "*".into() };
        let report = Document {
            title: "甲 对照 乙".to_owned(),
            language: Language::Chinese,
            blocks: vec![Block::Heading("摘录".to_owned()), Block::Excerpt(excerpt)],
        };
        assert_eq!(document(&report), "# 甲 对照 乙\n\n## 摘录\n\n> 控烟。 —— 甲市2017 (一)\n>\n> \\*\n");
    }

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
