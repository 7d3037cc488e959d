//! The labelled rows that sites print above or below a document: `发布机构:甲市卫健委  发布日期:2023-06-30`.

use crate::plan::outline::lexicon::lexicon;
use crate::text::{fold_char, is_blank};

/// Whether words are a label and nothing else: `文号`. A short one counts only among others.
pub(in crate::plan::outline) fn is_label(words: &str) -> bool {
    let last = words.chars().next_back().unwrap_or(' ');
    lexicon().labels.get(&last).is_some_and(|labels| labels.contains(&words))
}

/// A label and its value, as byte range of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::plan::outline) struct Row {
    /// The label as the lexicon spells it.
    pub label: &'static str,
    /// Where the value begins in the line.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// A char of the line that is no blank.
struct Letter {
    at: usize,
    folded: char,
    len: usize,
    /// Whether a blank or a separator stands before it.
    parted: bool,
}

/// The rows in a line; labels may hold blanks (`索 引 号:`), several may share a line. Empty for other lines.
pub(in crate::plan::outline) fn read(line: &str) -> Vec<Row> {
    let letters = letters(line);
    let mut found: Vec<(usize, usize, &'static str)> = Vec::new(); // first letter, letter after the colon, label
    for (colon, letter) in letters.iter().enumerate() {
        if letter.folded == ':'
            && let Some((first, label)) = label_before(&letters, colon)
        {
            found.push((first, colon + 1, label));
        }
    }
    if found.is_empty() {
        found.extend(label_without_colon(&letters));
    }
    if found.len() <= 1 {
        let parted = labels_without_colons(&letters);
        if parted.len() > found.len() {
            found = parted;
        }
    }
    let place = |index: usize| letters.get(index).map_or(line.len(), |letter| letter.at);
    (0..found.len())
        .map(|nth| {
            let (_, from, label) = found[nth];
            let to = found.get(nth + 1).map_or(letters.len(), |next| next.0);
            let to =
                to - letters[from.min(to)..to].iter().rev().take_while(|l| is_separator(l.folded)).count();
            let from = from + letters[from..to.max(from)].iter().take_while(|l| l.folded == '|').count();
            let end = if to > from { letters[to - 1].at + letters[to - 1].len } else { place(from) };
            Row { label, start: place(from).min(end), end }
        })
        .collect()
}

fn letters(line: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut parted = true;
    for (at, c) in line.char_indices() {
        if is_blank(c) {
            parted = true;
        } else {
            let folded = fold_char(c);
            letters.push(Letter { at, folded, len: c.len_utf8(), parted });
            parted = is_separator(folded);
        }
    }
    letters
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        '|' | '【' | '】' | '[' | ']' | '(' | '•' | '●' | '·' | ';' | '/' | '丨' | '│' | '▪' | '-' | '*'
    )
}

/// The label that ends before the colon, where something parts it from what stands before.
fn label_before(letters: &[Letter], colon: usize) -> Option<(usize, &'static str)> {
    let last = letters.get(colon.checked_sub(1)?)?.folded;
    lexicon().labels.get(&last)?.iter().find_map(|label| {
        let first = colon.checked_sub(label.chars().count())?;
        let same = letters[first..colon].iter().map(|letter| letter.folded).eq(label.chars());
        (same && letters[first].parted).then_some((first, *label))
    })
}

/// `发布时间 2023-01-01`, or the label alone on its line.
fn label_without_colon(letters: &[Letter]) -> Option<(usize, usize, &'static str)> {
    lexicon().labels.values().flatten().find_map(|label| {
        let len = label.chars().count();
        let same = len >= 3 && len <= letters.len();
        let same = same && letters[..len].iter().map(|letter| letter.folded).eq(label.chars());
        (same && letters.get(len).is_none_or(|next| next.parted)).then_some((0, len, *label))
    })
}

/// Two or more labels with blanks between and no colons: `文号 发布时间 2020-10-15`; `名称 关于…的通知`.
fn labels_without_colons(letters: &[Letter]) -> Vec<(usize, usize, &'static str)> {
    let mut found = Vec::new();
    // Between bars a label may hold blanks: `索 引 号 | 000/2021 | 发文字号 | 甲政〔2021〕2号`.
    let bar = |at: usize| letters[at].folded == '|';
    let barred = (0..letters.len()).any(bar);
    let is_start =
        |&at: &usize| if barred { !bar(at) && (at == 0 || bar(at - 1)) } else { letters[at].parted };
    let mut starts: Vec<usize> = (0..letters.len()).filter(is_start).collect();
    starts.push(letters.len());
    if letters.iter().any(|letter| letter.folded == ':') {
        return found;
    }
    for word in starts.windows(2) {
        let letters = &letters[word[0]..word[1]];
        let bars = letters.iter().rev().take_while(|letter| letter.folded == '|').count();
        let letters = &letters[..letters.len() - bars];
        let last = letters.last().map_or(' ', |letter| letter.folded);
        let label = lexicon().labels.get(&last).and_then(|labels| {
            labels.iter().find(|label| letters.iter().map(|letter| letter.folded).eq(label.chars()))
        });
        match label {
            Some(label) => found.push((word[0], word[0] + letters.len(), *label)),
            // The line must begin with a label.
            None if found.is_empty() => return found,
            None => {}
        }
    }
    let alone = matches!(found.as_slice(), [(_, _, "名称" | "标题")]) && letters.len() >= 10;
    if found.len() < 2 && !alone {
        found.clear();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: &[(&str, &str)]) {
        let rows = read(line);
        let rows: Vec<_> = rows.iter().map(|row| (row.label, &line[row.start..row.end])).collect();
        assert_eq!(rows, expect, "{line}");
    }

    #[test]
    fn rows_of_government_sites() {
        check("• 发布机构:甲市卫生局", &[("发布机构", "甲市卫生局")]);
        check(
            "索 引 号：000/2021-1　　发文日期：2021年3月2日",
            &[("索引号", "000/2021-1"), ("发文日期", "2021年3月2日")],
        );
        check(
            "时间:2018-12-22 来源: 未知 点击次数:",
            &[("时间", "2018-12-22"), ("来源", "未知"), ("点击次数", "")],
        );
        check(
            "发布时间:2023-03-07   信息来源:市卫健委   【字体:",
            &[("发布时间", "2023-03-07"), ("信息来源", "市卫健委"), ("字体", "")],
        );
        check(
            "索  引  号 | 000/2021-1 | 发布机构 | 甲市政府 | 发文字号 | 甲政〔2021〕2号 |",
            &[("索引号", "000/2021-1"), ("发布机构", "甲市政府"), ("发文字号", "甲政〔2021〕2号")],
        );
        check("文号 发布时间 2020-10-15", &[("文号", ""), ("发布时间", "2020-10-15")]);
        check("名称 市政府关于印发甲方案的通知", &[("名称", "市政府关于印发甲方案的通知")]);
        check("时间 就是生命", &[]);
        check("发布日期 2023-01-02", &[("发布日期", "2023-01-02")]);
        check("一、工作来源广泛:甲", &[]);
    }
}
