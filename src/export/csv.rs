//! Tables as CSV (RFC 4180) that Excel opens with the right encoding: UTF-8 with byte order mark, CRLF.

use super::table::{Cell, Table};

/// Without it Excel takes UTF-8 for the system's old code page.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// One table: heads, then rows. Shares are written as numbers 0-1.
pub fn csv(table: &Table) -> String {
    let mut out = String::from(BYTE_ORDER_MARK);
    write(&mut out, table);
    out
}

/// Several tables in one file, each under a line with its name, an empty line between.
pub fn csv_of_all(tables: &[Table]) -> String {
    let mut out = String::from(BYTE_ORDER_MARK);
    for (index, table) in tables.iter().enumerate() {
        if index > 0 {
            out.push_str("\r\n");
        }
        line(&mut out, [table.name.clone()]);
        write(&mut out, table);
    }
    out
}

fn write(out: &mut String, table: &Table) {
    line(out, table.head.iter().cloned());
    for row in &table.rows {
        line(out, row.iter().map(value));
    }
}

fn value(cell: &Cell) -> String {
    match cell {
        Cell::Share(share) => format!("{share:.4}"),
        other => other.read(),
    }
}

fn line(out: &mut String, fields: impl IntoIterator<Item = String>) {
    let fields: Vec<String> = fields.into_iter().map(|field| quoted(&field)).collect();
    out.push_str(&fields.join(","));
    out.push_str("\r\n");
}

/// In quotes where a reader would misread it. A field that a sheet would take for a formula gets a leading
/// apostrophe: texts come from strangers.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '@', '\t'])
        || (field.starts_with(['+', '-']) && field.parse::<f64>().is_err());
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let cases = [
            ("甲", "甲"),
            ("甲,乙", "\"甲,乙\""),
            ("他说\"好\"", "\"他说\"\"好\"\"\""),
            ("=1+1", "'=1+1"),
            ("-2.5", "-2.5"),
            ("+加强", "'+加强"),
        ];
        for (field, written) in cases {
            assert_eq!(quoted(field), written);
        }
    }

    #[test]
    fn a_table_begins_with_its_heads() {
        let table = Table {
            name: "甲".to_owned(),
            head: vec!["主题".to_owned(), "占比".to_owned()],
            rows: vec![vec![Cell::text("控烟"), Cell::Share(0.25)]],
        };
        assert_eq!(csv(&table), "\u{feff}主题,占比\r\n控烟,0.2500\r\n");
        assert_eq!(csv_of_all(&[table.clone(), table]).matches("甲\r\n主题").count(), 2);
    }
}
