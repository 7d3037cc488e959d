//! What belongs to the page and not to the plan: navigation, rows of metadata, headlines, buttons, footers.
//!
//! Only lines before the plan's first words and after its last ones are judged by what they hold; in the
//! middle a line is furniture only if it is made of furniture words alone, so that `打印` in a sentence stays.

use super::lexicon::lexicon;
use super::lines::{Line, chars};
use super::marks::{self, Class};
use super::metadata::{rows, shapes};
use crate::text::{fold_char, is_blank};

/// What a line is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Words of the plan.
    Body,
    /// Words of the page, with the class of the record.
    Furniture(&'static str),
}

/// Longest entry of a menu, in chars.
const ENTRY: u32 = 8;
/// How many lines at most a page shows after the plan before other pages are listed.
const TAIL_LINES: usize = 80;

/// The role of every line.
pub(super) fn classify(source: &str, lines: &[Line]) -> Vec<Role> {
    let mut roles = vec![Role::Body; lines.len()];
    for (line, role) in lines.iter().zip(&mut roles) {
        if line.chars <= 30 && made_of_furniture(line.of(source)) {
            *role = Role::Furniture("navigation");
        }
    }
    anthology(source, lines, &mut roles);
    let body = body_start(source, lines, &roles);
    head(source, &lines[..body], &mut roles);
    let tail = tail_start(source, lines, body);
    for (line, role) in lines.iter().zip(&mut roles).skip(tail) {
        *role = Role::Furniture(tail_class(line.of(source)));
    }
    for index in body..tail {
        if line_is_row_of_tail(source, &lines[index]) && lines.len() - index <= TAIL_LINES {
            roles[index] = Role::Furniture("metadata");
        }
    }
    roles
}

/// Sites that collect documents number them on a page: `第一篇:甲局总结(某网推荐)`. Such a line is no volume of a plan.
fn anthology(source: &str, lines: &[Line], roles: &mut [Role]) {
    let is_piece = |line: &Line| {
        let words = line.of(source);
        let volume = marks::read(words).filter(|mark| mark.class == Class::Volume && line.chars <= 40);
        volume.is_some_and(|mark| words[..mark.rest].ends_with([':', '：']))
    };
    let is_praised = |line: &Line| {
        let words = line.of(source);
        words.ends_with([')', '）']) && ["推荐", "范文", "精选"].iter().any(|word| words.contains(word))
    };
    // `第1篇` alone, without a second one, is no volume either.
    let volumes = lines.iter().filter(|line| {
        marks::read(line.of(source)).is_some_and(|mark| mark.class == Class::Volume && line.chars <= 60)
    });
    let alone = volumes.take(2).count() == 1;
    let is_bare = |line: &Line| {
        let words = line.of(source);
        line.chars <= 6
            && marks::read(words).is_some_and(|m| m.class == Class::Volume && m.rest == words.len())
    };
    let praised = lines.iter().any(|line| line.chars <= 40 && is_piece(line) && is_praised(line));
    if praised || alone {
        for (line, role) in lines.iter().zip(roles) {
            if praised && is_piece(line) || alone && is_bare(line) {
                *role = Role::Furniture("navigation");
            }
        }
    }
}

/// The first line of the plan's own words: addressees, a preface, the first numbered heading.
fn body_start(source: &str, lines: &[Line], roles: &[Role]) -> usize {
    let begins = |(line, role): (&Line, &Role)| {
        let words = line.of(source);
        if *role != Role::Body || is_furniture(words, line.chars) {
            return false;
        }
        let ends = words.chars().next_back().map_or(' ', fold_char);
        let addressees = ends == ':' && shapes::is_addressees(words) && !rows_of(words, line.chars);
        let clauses = line.chars >= 20 && words.contains(['，', ',']) && !shapes::is_title(words);
        let sentence =
            (line.chars >= 40 && matches!(ends, '。' | ':' | ';' | '!' | '”' | ',')) || words.contains('。');
        let sentence = (sentence || clauses) && !rows_of(words, line.chars);
        let heading = marks::read(words).is_some_and(|mark| {
            !mark.doubtful
                && !matches!(mark.class, Class::Dash | Class::Letter | Class::Ring | Class::Ordinal)
        });
        let standard = lexicon().unnumbered.contains(unspaced(words).as_str());
        addressees
            || sentence
            || heading
            || standard
            || is_contents_title(words)
            || (line.chars >= 90 && !rows_of(words, line.chars))
    };
    lines.iter().zip(roles).position(begins).unwrap_or(lines.len())
}

/// Whether a line is the title of a table of contents.
pub(super) fn is_contents_title(words: &str) -> bool {
    words.len() <= 40 && matches!(unspaced(words).as_str(), "目录" | "目次")
}

/// Judges the lines before the plan's first words. The first title is the headline of the page; a title after
/// it (that of a covering notice or of the plan itself) belongs to the text.
fn head(source: &str, lines: &[Line], roles: &mut [Role]) {
    let title = title_lines(source, lines);
    let mut value_below = false; // the line before is a label whose value stands on the next one
    for (index, line) in lines.iter().enumerate() {
        let words = line.of(source);
        let is_value =
            std::mem::replace(&mut value_below, is_lone_label(words, line.chars)) && line.chars <= 20;
        let in_title = title.is_some_and(|(first, last)| (first..=last).contains(&index));
        let before = title.is_none_or(|(first, _)| index < first);
        if in_title {
            roles[index] = Role::Furniture("title");
        } else if is_value
            || rows_of(words, line.chars)
            || shapes::is_document_number(words)
            || shapes::is_date_line(words)
            || is_time(words)
            || (index > 0 && roles[index - 1] == Role::Furniture("metadata") && rows::is_label(words))
        {
            roles[index] = Role::Furniture("metadata");
        } else if is_furniture(words, line.chars) || (before && line.chars < 40) {
            roles[index] = Role::Furniture("navigation");
        }
    }
}

/// `来源:` alone on its line.
fn is_lone_label(words: &str, count: u32) -> bool {
    count <= 12
        && words.ends_with([':', '：'])
        && matches!(rows::read(words).as_slice(), [row] if row.start == row.end)
}

/// First and last line of the headline. A title may be wrapped over up to three lines.
fn title_lines(source: &str, lines: &[Line]) -> Option<(usize, usize)> {
    let plain = |line: &Line| {
        let words = line.of(source);
        let head =
            shapes::is_document_number(words) || words.ends_with("文件") || shapes::is_date_line(words);
        let listed = words.starts_with(['•', '●', '▪']); // a row of metadata whose label was lost
        !head && !listed && !rows_of(words, line.chars) && !is_furniture(words, line.chars)
    };
    let last_alone = lines.iter().rposition(|line| plain(line) && shapes::stands_alone(line.of(source)));
    for (first, line) in lines.iter().enumerate() {
        if !plain(line) {
            continue;
        }
        let mut joined = String::new();
        for (offset, part) in lines[first..].iter().take(3).enumerate() {
            if offset > 0 && (!plain(part) || part.after_gap && offset > 1) {
                break;
            }
            joined.push_str(part.of(source));
            if shapes::is_title(&joined) {
                // Entries of a menu run together make no title where one stands below.
                let long = lines[first..=first + offset].iter().any(|line| line.chars > ENTRY);
                let led = offset == 0 || joined.contains("关于") || (long && shapes::is_whole_title(&joined));
                if !led && last_alone.is_some_and(|at| at >= first + offset) {
                    break;
                }
                let last = first + offset;
                // A line that is a whole title by itself goes on with nothing before it.
                let before = &joined[..joined.len() - part.of(source).len()];
                let whole = offset > 0 && shapes::stands_alone(part.of(source)) && !before.contains("关于");
                let first = if whole { last } else { first };
                let rest = lines[last + 1..].iter().take(2).take_while(|next| {
                    let goes_on = plain(next) && shapes::goes_on_as_title(&joined, next.of(source));
                    joined.push_str(if goes_on { next.of(source) } else { "" });
                    goes_on
                });
                let last = last + rest.count();
                let subtitle = lines.get(last + 1).is_some_and(|next| shapes::is_subtitle(next.of(source)));
                return Some((first, last + usize::from(subtitle)));
            }
        }
    }
    // A headline that is no title of a document, such as that of a press article: the longest plain line.
    let headline = |line: &Line| {
        (8..=60).contains(&line.chars) && plain(line) && !line.of(source).ends_with(['：', ':'])
    };
    let longest =
        lines.iter().enumerate().filter(|(_, line)| headline(line)).max_by_key(|(_, line)| line.chars)?.0;
    Some((longest, longest))
}

/// A clock time or a date with a time, alone on its line.
fn is_time(words: &str) -> bool {
    chars(words) <= 24
        && words.chars().all(|c| fold_char(c).is_ascii_digit() || ":- /.年月日时分：".contains(c))
}

/// The first line of the run of page lines that ends the text.
fn tail_start(source: &str, lines: &[Line], body: usize) -> usize {
    let from = body.max(lines.len().saturating_sub(TAIL_LINES * 4));
    let mut cut = lines.len();
    for index in (from..lines.len()).rev() {
        let line = &lines[index];
        let words = line.of(source);
        let empty_annex = cut == index + 1 && matches!(unspaced(words).trim_end_matches([':', '：']), "附件");
        let row = rows_of(words, line.chars) && is_tail_row(words);
        if is_furniture(words, line.chars) || row || empty_annex {
            cut = index;
        } else if is_last_words(line, words) {
            break;
        }
    }
    list_of_pages(source, lines, from, cut).unwrap_or(cut)
}

/// The line that opens a list of other pages (相关解读, 上一篇, …), if only short lines follow it.
fn list_of_pages(source: &str, lines: &[Line], from: usize, cut: usize) -> Option<usize> {
    let opens = |line: &Line| {
        let words = unspaced(line.of(source));
        let words = words.trim_end_matches([':', '：', '>', '»', '】']).trim_start_matches('【');
        lexicon().ends.contains(words) || ["上一篇", "下一篇", "上一条"].iter().any(|w| words.starts_with(w))
    };
    let mut found = None;
    for index in (from..lines.len()).rev() {
        let line = &lines[index];
        if line.chars <= 60 && opens(line) {
            found = Some(index);
        }
        let heading = marks::read(line.of(source)).is_some_and(|m| m.class <= Class::Chinese && !m.doubtful);
        if line.chars > 90 || heading {
            break;
        }
    }
    found.filter(|&index| index < cut)
}

/// Whether a line can be the last of the plan: a sentence, a numbered line, a signature, an annex.
fn is_last_words(line: &Line, words: &str) -> bool {
    let ends = words.chars().next_back().map_or(' ', fold_char);
    (matches!(ends, '。' | '!' | ';' | ')' | ':' | '”') && line.chars >= 6)
        || line.chars >= 60
        || shapes::is_date_line(words)
        || marks::read(words).is_some_and(|mark| !mark.doubtful)
        || words.starts_with("附件")
}

fn is_tail_row(words: &str) -> bool {
    rows::read(words).iter().all(|row| !matches!(row.label, "时间" | "名称" | "标题" | "类别"))
}

fn line_is_row_of_tail(source: &str, line: &Line) -> bool {
    let words = line.of(source);
    line.chars <= 40
        && ["信息来源", "来源", "责任编辑", "编辑", "审核", "校对"]
            .iter()
            .any(|label| words.starts_with(label))
        && rows_of(words, line.chars)
}

fn tail_class(words: &str) -> &'static str {
    if rows_of(words, chars(words)) {
        "metadata"
    } else if ["本网站", "投稿", "招聘"].iter().any(|word| words.contains(word)) {
        "advert"
    } else {
        "footer"
    }
}

/// Whether a short line is a row of metadata.
fn rows_of(words: &str, count: u32) -> bool {
    count <= 200 && !rows::read(words).is_empty()
}

/// Whether a line at the edge of the page is furniture by its beginning or by what it holds.
fn is_furniture(words: &str, count: u32) -> bool {
    if count > 200 {
        return false;
    }
    let folded = words.trim_start_matches(|c: char| is_blank(c) || "•·●▪".contains(c));
    let lexicon = lexicon();
    let narrow: String = folded
        .chars()
        .filter(|&c| !is_blank(c))
        .map(|c| match c {
            '：' => ':',
            '｜' => '|',
            _ => c,
        })
        .collect();
    made_of_furniture(words)
        || (count <= 120 && lexicon.starts.iter().any(|start| narrow.starts_with(start)))
        || (count <= 120 && lexicon.holds.iter().any(|part| narrow.contains(part)))
        || is_menu(words, count)
}

/// A menu on one line: many short words between bars, arrows or blanks.
fn is_menu(words: &str, count: u32) -> bool {
    let bars = words.chars().filter(|c| matches!(c, '|' | '>' | '»' | '›' | '丨' | '│' | '＞' | '｜')).count()
        as u32;
    let slashes = words.matches(" / ").count() as u32; // 某网 / 新闻频道 / 正文
    let entries =
        words.split(['|', '>', '»', '›', '丨', '│', '＞', '｜', '/']).filter(|part| !part.trim().is_empty());
    (bars >= 2 || slashes >= 2)
        && entries.count() >= 2
        && count / (bars + slashes + 1) <= 12
        && !words.contains('。')
}

/// Whether a line is made of furniture words, separators and numbers alone, with at least one such word.
pub(super) fn made_of_furniture(words: &str) -> bool {
    let mut rest = words;
    let mut found = false;
    while let Some(c) = rest.chars().next() {
        let word = lexicon().words.get(&c).and_then(|list| list.iter().find(|word| rest.starts_with(**word)));
        if let Some(word) = word {
            found |= word.len() > c.len_utf8();
            rest = &rest[word.len()..];
        } else if is_filler(c) {
            rest = &rest[c.len_utf8()..];
        } else {
            return false;
        }
    }
    found
}

/// What may stand between furniture words.
fn is_filler(c: char) -> bool {
    is_blank(c)
        || c.is_ascii_digit()
        || matches!(
            c,
            '|' | '>'
                | '»'
                | '<'
                | '['
                | ']'
                | '【'
                | '】'
                | ':'
                | '：'
                | '-'
                | '/'
                | '·'
                | '•'
                | '丨'
                | '+'
                | '('
                | ')'
                | '（'
                | '）'
                | '＞'
                | '｜'
                | '.'
                | '│'
        )
}

/// The words without blanks.
pub(super) fn unspaced(words: &str) -> String {
    words.chars().filter(|&c| !is_blank(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_furniture_words() {
        for line in [
            "打印 关闭",
            "【字体:大 中 小】",
            "分享到:",
            "扫一扫在手机上查看当前页面",
            "站点地图| 联系我们| 设为首页",
        ] {
            assert!(made_of_furniture(line), "{line}");
        }
        for line in ["打印机采购", "一、总体要求", "12", "大中小学健康教育"] {
            assert!(!made_of_furniture(line), "{line}");
        }
    }
}
