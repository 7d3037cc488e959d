//! A page that holds all it needs: no script, nothing from outside, heads repeated on every printed page.

use super::document::{Block, Document, Excerpt};
use super::table::{Cell, Fate, Piece, Table};
use super::xml::escaped;

const STYLE: &str = include_str!("html.css");

/// A document as a page.
pub fn html(document: &Document) -> String {
    let title = escaped(&document.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <h1>{title}</h1>\n",
        document.language.code()
    );
    for block in &document.blocks {
        match block {
            Block::Heading(words) => out.push_str(&format!("<h2>{}</h2>\n", escaped(words))),
            Block::Words(words) => out.push_str(&format!("<p>{}</p>\n", lines(words))),
            Block::Caution(words) => out.push_str(&format!("<p class=\"caution\">{}</p>\n", lines(words))),
            Block::Table(table) => out.push_str(&of_table(table)),
            Block::Picture(picture) => out.push_str(&format!(
                "<figure>\n{}\n<figcaption>{}</figcaption>\n</figure>\n",
                picture.drawing.svg(),
                escaped(&picture.caption)
            )),
            Block::Excerpt(excerpt) => out.push_str(&of_excerpt(excerpt)),
        }
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn of_table(table: &Table) -> String {
    let mut out = String::from("<div class=\"table\"><table>\n");
    if !table.name.is_empty() {
        out.push_str(&format!("<caption>{}</caption>\n", escaped(&table.name)));
    }
    out.push_str("<thead><tr>");
    for head in &table.head {
        out.push_str(&format!("<th scope=\"col\">{}</th>", lines(head)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for cell in row {
            let class = if cell.is_numeric() { " class=\"n\"" } else { "" };
            let words = match cell {
                Cell::Changed(pieces) => pieces.iter().map(piece).collect(),
                _ => lines(&cell.read()),
            };
            out.push_str(&format!("<td{class}>{words}</td>"));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
    out
}

fn of_excerpt(excerpt: &Excerpt) -> String {
    let note =
        if excerpt.note.is_empty() { String::new() } else { format!("<p>{}</p>\n", lines(&excerpt.note)) };
    format!(
        "<blockquote>\n<p>{}</p>\n<p><cite>{}</cite></p>\n</blockquote>\n{note}",
        lines(&excerpt.words),
        escaped(&excerpt.citation)
    )
}

fn piece(piece: &Piece) -> String {
    let words = lines(&piece.words);
    match piece.fate {
        Fate::Kept => words,
        Fate::Removed => format!("<del>{words}</del>"),
        Fate::Added => format!("<ins>{words}</ins>"),
    }
}

fn lines(words: &str) -> String {
    escaped(words).replace('\n', "<br>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Language;

    #[test]
    fn a_page_stands_alone() {
        let table = Table {
            name: "主题".to_owned(),
            head: vec!["词".to_owned(), "数".to_owned()],
            rows: vec![vec![Cell::text("甲<b>\n乙"), Cell::count(3)]],
        };
        let page = html(&Document::of_tables("甲 & 乙", Language::Chinese, vec![table]));
        assert!(page.contains("<html lang=\"zh-CN\">") && page.contains("<title>甲 &amp; 乙</title>"));
        assert!(page.contains("<td>甲&lt;b&gt;<br>乙</td><td class=\"n\">3</td>"));
        assert!(!page.contains("http") && !page.contains("<script"));
    }
}
