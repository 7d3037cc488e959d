//! Markdown, of which plans hold little: marks of headings, emphasis, links and tables are read and left out;
//! numbers stay as written. No line is joined with another.

use super::encoding::decode;
use super::lines::Lines;
use super::{Format, ImportError, Imported, Options};

/// Reads Markdown.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Imported, ImportError> {
    let decoded = decode(bytes, options.encoding.as_deref())?;
    let content = decoded.content.replace("\r\n", "\n").replace('\r', "\n");
    let (title, content) = front_matter(&content);
    let mut lines = Lines::default();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut is_code = false;
    for line in content.lines() {
        if let Some(row) = table_row(line).filter(|_| !is_code) {
            rows.extend(Some(row).filter(|row| !is_separator(row)));
            continue;
        }
        put_table(&mut lines, &mut rows)?;
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if is_code {
            lines.push(line)?;
        } else if let Some((level, words)) = heading(line) {
            lines.push_heading(&without_marks(words), level)?;
        } else if !is_rule(line) {
            lines.push(&without_marks(without_block_marks(line)))?;
        }
    }
    put_table(&mut lines, &mut rows)?;
    let (text, layout, left_out) = lines.finish();
    Ok(Imported {
        text,
        layout,
        format: Format::Markdown,
        encoding: decoded.encoding.to_owned(),
        title,
        source_url: None,
        captured: None,
        warnings: [decoded.warnings, left_out].concat(),
    })
}

/// A single row between bars is a line that somebody drew, not a table.
fn put_table(lines: &mut Lines, rows: &mut Vec<Vec<String>>) -> Result<(), ImportError> {
    match std::mem::take(rows) {
        rows if rows.is_empty() => Ok(()),
        rows if rows.len() == 1 => lines.push(&rows.concat().join(" ")),
        rows => lines.push_table(&rows),
    }
}

/// The title in the YAML between `---` lines at the top, and what follows.
fn front_matter(content: &str) -> (Option<String>, &str) {
    let Some((yaml, rest)) = content.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) else {
        return (None, content);
    };
    if !yaml.lines().all(|line| line.contains(':') || line.starts_with([' ', '-', '#']) || line.is_empty()) {
        return (None, content);
    }
    let title = yaml.lines().find_map(|line| line.strip_prefix("title:"));
    (title.map(|title| title.trim().trim_matches(['"', '\'']).to_owned()), rest)
}

/// `## 标题 ##` with its level.
fn heading(line: &str) -> Option<(u8, &str)> {
    let line = line.trim();
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let words = line.get(level..)?.trim_start();
    let is_heading = (1..=6).contains(&level) && !words.is_empty();
    is_heading.then(|| (level as u8, words.trim_end_matches('#').trim_end()))
}

/// `---`, `***`, `===`: rules and the underlines of headings. The dash of Chinese lists has words after it.
fn is_rule(line: &str) -> bool {
    let line: String = line.chars().filter(|c| *c != ' ').collect();
    line.len() >= 3
        && ["-", "*", "_", "="].iter().any(|sign| line.trim_matches(|c| sign.contains(c)).is_empty())
}

/// The cells between `|`; a line that does not begin with one is no row.
fn table_row(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?;
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    Some(
        inner
            .replace("\\|", "\u{1}")
            .split('|')
            .map(|cell| without_marks(cell.trim()).replace('\u{1}', "|"))
            .collect(),
    )
}

/// `|---|:--:|`
fn is_separator(row: &[String]) -> bool {
    row.iter().all(|cell| cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':' | ' ')))
}

/// A line without `> ` and without the bullet of a list.
fn without_block_marks(line: &str) -> &str {
    let mut words = line;
    while let Some(quoted) = words.trim_start().strip_prefix('>') {
        words = quoted;
    }
    let bullet = ["- ", "* ", "+ "].iter().find_map(|bullet| words.trim_start().strip_prefix(bullet));
    bullet.unwrap_or(words)
}

/// Words without `**`, `__`, `` ` ``, `~~`, links and backslashes. A single `*` or `_` stays unless it embraces
/// words: `PM_2.5`, `5*8`.
fn without_marks(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        if c == '\\' && after.starts_with(|c: char| c.is_ascii_punctuation()) {
            plain.push_str(&after[..1]);
            rest = &after[1..];
        } else if let Some((shown, behind)) = link(rest) {
            plain.push_str(&without_marks(shown));
            rest = behind;
        } else if let Some((inner, behind)) = embraced(rest) {
            plain.push_str(&without_marks(inner));
            rest = behind;
        } else if let Some(behind) = ["<br>", "<br/>", "<br />"].iter().find_map(|br| rest.strip_prefix(br)) {
            plain.push('\n');
            rest = behind;
        } else {
            plain.push(c);
            rest = after;
        }
    }
    plain
}

/// `[words](address)` gives its words, `![…](…)` nothing.
fn link(rest: &str) -> Option<(&str, &str)> {
    let (is_picture, opened) = match rest.strip_prefix("![") {
        Some(opened) => (true, opened),
        None => (false, rest.strip_prefix('[')?),
    };
    let (shown, behind) = opened.split_once("](")?;
    let (_, behind) = behind.split_once(')')?;
    (!shown.contains(['[', ']'])).then_some((if is_picture { "" } else { shown }, behind))
}

/// Words between two equal marks of emphasis, and what follows.
fn embraced(rest: &str) -> Option<(&str, &str)> {
    let mark = ["**", "__", "~~", "`", "*"].into_iter().find(|mark| rest.starts_with(mark))?;
    let opened = &rest[mark.len()..];
    let end = opened.find(mark)?;
    let inner = &opened[..end];
    let is_tight = !inner.is_empty() && inner.trim() == inner;
    is_tight.then_some((inner, &opened[end + mark.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_left_out_and_words_stay() {
        let check = |md: &str, text: &str| {
            let read = read(md.as_bytes(), &Options::default()).unwrap();
            assert_eq!(read.text.as_str(), format!("{text}\n"), "{md}");
        };
        check("# 一、总体要求 #\n正文", "一、总体要求\n正文");
        check("**（一）加强领导。** 落实`责任`，*分工*明确", "（一）加强领导。 落实责任，分工明确");
        check("PM_2.5 与 5*8 小时", "PM_2.5 与 5*8 小时");
        check("1\\. 甲\n2. 乙", "1. 甲\n2. 乙");
        check("见[附件](a.pdf)![图](b.png)及[1]注", "见附件及[1]注");
        check("- 甲\n> 乙\n——丙\n-丁", "甲\n 乙\n——丙\n-丁");
        check("标题\n====\n\n---\n甲", "标题\n\n甲");
        check("甲<br>乙", "甲\n乙");
    }

    #[test]
    fn tables_and_headings_are_told() {
        let md = "---\ntitle: \"某市计划\"\n---\n## 指标\n| 指标 | 值 |\n|---|--:|\n| **寿命** | 80 |\n完";
        let read = read(md.as_bytes(), &Options::default()).unwrap();
        assert_eq!(read.text.as_str(), "指标\n指标\t值\n寿命\t80\n完\n");
        assert_eq!((&read.layout.headings[..], &read.layout.tables[..]), (&[(1, 2)][..], &[(2, 3)][..]));
        assert_eq!(read.title.as_deref(), Some("某市计划"));
    }
}
