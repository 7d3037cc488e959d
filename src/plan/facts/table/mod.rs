//! Indicator tables: from the lines of a table node to rows of domain, indicator, unit and values.
//!
//! Here: which of the forms a table has (this file), heads (`header`), rows run together (`glued`, `split`),
//! rows with cells (`cells`), labels of merged cells (`label`). Not here: what a value means as an aim
//! (`targets/rows`). A row that cannot be read is given as it stands and reported, never invented.

mod cells;
mod glued;
mod header;
mod label;
mod split;

use crate::plan::{Flag, Kind, Outline, TableRow, Warning, WarningKind};
use crate::text::{CharPos, Span, Text, fold_char, is_blank};

/// A line of a table, blanks at its ends cut off (tabs kept: they part cells).
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    number: u32,
    span: Span,
    content: &'a str,
}

/// Whether a row is sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ambiguity {
    None,
    SeveralSplits,
    Unreadable,
}

/// The rows of a table, and the lines of those that are not sure.
#[derive(Debug, Default)]
struct Reading {
    rows: Vec<TableRow>,
    doubts: Vec<(u32, String)>,
}

impl Reading {
    fn push(&mut self, line: u32, (row, doubt): (TableRow, Ambiguity)) {
        if doubt != Ambiguity::None {
            self.doubts.push((line, row.indicator.clone()));
        }
        self.rows.push(row);
    }

    fn extend(&mut self, line: u32, row: Option<TableRow>) {
        if let Some(row) = row {
            self.push(line, (row, Ambiguity::None));
        }
    }
}

/// Splits the rows of every table node.
pub(in crate::plan) fn tables(text: &Text, outline: &mut Outline, warnings: &mut Vec<Warning>) {
    for node in outline.nodes.iter_mut().filter(|node| node.kind == Kind::Table) {
        let reading = read(text, &lines(text, node.span));
        node.rows = reading.rows;
        if !reading.doubts.is_empty() && !node.flags.contains(&Flag::Ambiguous) {
            node.flags.push(Flag::Ambiguous);
        }
        let warn = |(line, detail)| Warning { kind: WarningKind::AmbiguousTable, line, detail };
        warnings.extend(reading.doubts.into_iter().map(warn));
    }
}

fn lines(text: &Text, span: Span) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut at = span.start;
    for (number, content) in (text.line_number(span.start)..).zip(text.slice(span).split('\n')) {
        let blank = |c: char| is_blank(c) && c != '\t';
        let length = content.chars().count() as u32;
        let indent = content.chars().take_while(|c| blank(*c)).count() as u32;
        let trimmed = content.trim_matches(blank);
        if !trimmed.trim().is_empty() {
            let start = at + indent;
            lines.push(Line {
                number,
                span: Span::at(start, trimmed.chars().count() as u32),
                content: trimmed,
            });
        }
        at = CharPos(at.0 + length + 1);
    }
    lines
}

/// Finds the form of the table and reads it.
fn read(text: &Text, lines: &[Line]) -> Reading {
    let count = |holds: fn(&Line) -> bool| lines.iter().filter(|line| holds(line)).count();
    if count(|line| line.content.contains('\t')) >= 2 {
        return cells::tabbed(text, lines);
    }
    if count(|line| parted_by_bars(line.content)) >= 2 {
        return cells::barred(text, lines);
    }
    if cells::are_pairs(lines) {
        return cells::pairs(text, lines);
    }
    let head = lines.iter().enumerate().find_map(|(index, line)| {
        let folded: Vec<char> = line.content.chars().map(fold_char).collect();
        header::columns(&folded).map(|columns| (index, columns))
    });
    if let Some((index, columns)) = head {
        return glued::rows(text, &lines[index + 1..], &columns);
    }
    cells::one_a_line(text, lines).unwrap_or_default()
}

/// Whether a bar stands between words, not only at the end of the line.
fn parted_by_bars(line: &str) -> bool {
    line.trim_matches(|c| is_bar(c) || is_blank(c)).contains(is_bar)
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '│')
}

/// A value as it is kept: `-` and `—` say that there is none.
fn tidy_value(value: &str) -> String {
    if value.chars().all(|c| matches!(c, '-' | '—' | '–' | '－' | '/')) {
        String::new()
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::facts::tests::node;

    /// Rows as `domain/indicator/unit/head=value/…`, doubts as a last line `?n`.
    fn rows(table: &str) -> Vec<String> {
        let text = Text::new(table);
        let mut outline = Outline { nodes: vec![node(text.span())], ..Outline::default() };
        outline.nodes[0].kind = Kind::Table;
        let mut warnings = Vec::new();
        tables(&text, &mut outline, &mut warnings);
        let line = |row: &TableRow| {
            let values: Vec<String> =
                row.values.iter().map(|(head, value)| format!("{head}={value}")).collect();
            format!("{}/{}/{}/{}", row.domain, row.indicator, row.unit, values.join("/"))
        };
        let mut found: Vec<String> = outline.nodes[0].rows.iter().map(line).collect();
        found.extend(warnings.iter().map(|w| format!("?{}", w.line)));
        found
    }

    #[test]
    fn rows_run_together() {
        let found = rows(
            "表 主要指标\n领域指标2015年2020年\n健康 水平人均预期寿命(岁)78.379.1\n婴儿死亡率(‰)≤4.2≤4\n健康 服务每千人口床\n位数(张)5.86.2\n健康服务业总规模(亿元)-300",
        );
        assert_eq!(
            found,
            [
                "健康水平/人均预期寿命/岁/2015年=78.3/2020年=79.1",
                "健康水平/婴儿死亡率/‰/2015年=≤4.2/2020年=≤4",
                "健康服务/每千人口床位数/张/2015年=5.8/2020年=6.2",
                "健康服务/健康服务业总规模/亿元/2015年=/2020年=300",
            ]
        );
    }

    #[test]
    fn rows_with_cells() {
        let expect = [
            "健康水平/人均预期寿命/岁/2020年=78.3/2025年=79.1/属性=预期性",
            "健康水平/婴儿死亡率/‰/2020年=4.2/2025年=≤4/属性=预期性",
        ];
        let tabs = "领域\t指标\t单位\t2020年\t2025年\t属性\n健康水平\t人均预期寿命\t岁\t78.3\t79.1\t预期性\n婴儿死亡率\t‰\t4.2\t≤4\t预期性";
        let empty = "领域\t指标\t单位\t2020年\t2025年\t属性\n健康水平\t人均预期寿命\t岁\t78.3\t79.1\t预期性\n\t婴儿死亡率\t‰\t4.2\t≤4\t预期性";
        let bars = "| 领域 | 指标(单位) | 2020年 | 2025年 | 属性 |\n|---|---|---|---|---|\n| 健康水平 | 人均预期寿命(岁) | 78.3 | 79.1 | 预期性 |\n| | 婴儿死亡率(‰) | 4.2 | ≤4 | 预期性 |";
        let lines = "领域\n指标\n单位\n2020年\n2025年\n属性\n健康水平\n人均预期\n寿命\n岁\n78.3\n79.1\n预期性\n婴儿死亡率\n‰\n4.2\n≤4\n预期性";
        let trailing = "序号 |\n领域 |\n指标 |\n单位 |\n2020年 |\n2025年 |\n属性 |\n1 |\n健康水平 |\n人均预期寿命 |\n岁 |\n78.3 |\n79.1 |\n预期性 |\n2 |\n婴儿死亡率 |\n‰ |\n4.2 |\n≤4 |\n预期性 |";
        for table in [tabs, empty, bars, lines, trailing] {
            assert_eq!(rows(table), expect, "{table}");
        }
    }

    #[test]
    fn rows_of_pairs_wrapped_anywhere() {
        let found = rows(
            "主要指标\n领域：健康水平　指标：人均预期寿命（岁）　2015年：76.3　2020年：\n77.3\n领域：健康生活　指标：居民健康素养水平（%）　2015年：10　2020年：20",
        );
        assert_eq!(
            found,
            [
                "健康水平/人均预期寿命/岁/2015年=76.3/2020年=77.3",
                "健康生活/居民健康素养水平/%/2015年=10/2020年=20"
            ]
        );
    }

    #[test]
    fn what_cannot_be_split_is_kept_and_reported() {
        let found = rows("指标2015年2020年\n甲数(个)1234567\n乙数(个)≤");
        assert_eq!(found.last().map(String::as_str), Some("?2"), "{found:?}");
    }
}
