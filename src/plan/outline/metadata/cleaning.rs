//! A title as the document has it: without what sites and files wrote before it, behind it or into it.

use super::shapes;
use crate::plan::outline::script::without_readings;
use crate::text::is_han;

/// A title without what sites put around it, and without readings in brackets (`衛(wèi)生`).
pub(super) fn clean(title: &str) -> String {
    let title = &without_readings(title);
    let bare = title
        .trim()
        .trim_matches(|c: char| matches!(c, '|' | '#' | '*' | '•' | '>' | '【' | '】') || c.is_whitespace());
    let cut =
        ["_", " - ", " | ", "|", "--"].iter().filter_map(|sign| bare.find(sign)).filter(|&at| at > 20).min();
    let bare = bare[..cut.unwrap_or(bare.len())].trim();
    // `甲政办发〔2021〕6号 甲区关于印发…`: the number stands on the line of the title.
    let number = shapes::find_document_number(bare).filter(|&(start, end)| start == 0 && end < bare.len());
    let bare = bare[number.map_or(0, |(_, end)| end)..].trim();
    let bare = without_state(without_page_count(without_annex(bare)));
    let bare = without_torn_number(bare);
    let history = bare.rfind(['(', '（']).filter(|&at| at > 0 && is_history(&bare[at..]));
    let bare = bare[..history.unwrap_or(bare.len())].trim();
    let unquoted =
        bare.strip_prefix('《').and_then(|rest| rest.strip_suffix('》')).filter(|rest| !rest.contains('《'));
    unquoted.unwrap_or(bare).to_owned()
}

/// Endings of the names of files that sharing sites show as titles.
const EXTENSIONS: [&str; 5] = [".docx", ".doc", ".pdf", ".wps", ".txt"];

pub(super) fn is_file_name(title: &str) -> bool {
    EXTENSIONS.iter().any(|extension| title.trim_end().ends_with(extension))
}

/// `甲市规划(11页).docx` without what the site wrote behind it.
pub(super) fn without_extension(title: &str) -> String {
    let stem =
        EXTENSIONS.iter().find_map(|extension| title.trim_end().strip_suffix(extension)).unwrap_or(title);
    let pages = stem.strip_suffix("页)").or_else(|| stem.strip_suffix("页）"));
    let bare = pages
        .map(|rest| rest.trim_end_matches(|c: char| c.is_ascii_digit()))
        .filter(|rest| rest.ends_with(['(', '（']));
    bare.map_or(stem, |rest| rest.trim_end_matches(['(', '（'])).to_owned()
}

/// A title without the name of the annex that it stands beside: `附件1 甲市任务清单`.
fn without_annex(title: &str) -> &str {
    let Some(rest) = title.strip_prefix("附件") else { return title };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let bare = rest.trim_start_matches([':', '：', ' ', '\u{3000}', '.', '、']);
    if bare.len() < rest.len() && shapes::is_title(bare) { bare } else { title }
}

/// A title without the number of pages that a file site writes before it: `3页甲市工作要点`.
fn without_page_count(title: &str) -> &str {
    let rest = title.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix('页').filter(|_| rest.len() < title.len()).unwrap_or(title)
}

/// A title without the state that a site writes before or behind it: `(已废止)甲市规划`.
fn without_state(title: &str) -> &str {
    let state =
        |inner: &str| ["有效", "现行有效", "失效", "已失效", "废止", "已废止", "已修改"].contains(&inner);
    let behind = title.trim_end_matches([')', '）']).rfind(['(', '（']);
    let title = behind
        .filter(|&at| state(title[at..].trim_matches(['(', '（', ')', '）'])))
        .map_or(title, |at| title[..at].trim_end());
    let before = title.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）']));
    before.filter(|(inner, _)| state(inner)).map_or(title, |(_, rest)| rest.trim_start())
}

/// A title without the rest of a document number before it: `甲政发〔2006 21甲县人民政府关于…`.
fn without_torn_number(title: &str) -> &str {
    let Some(open) = title.find(['〔', '[', '［', '【']).filter(|&at| (6..=30).contains(&at)) else {
        return title;
    };
    let rest = title[open..].trim_start_matches(|c: char| !is_han(c));
    let torn = title[..open].chars().all(is_han)
        && rest.len() < title[open..].len()
        && !title[..open].contains("关于");
    if torn && rest.contains("关于") && shapes::is_title(rest) { rest } else { title }
}

/// `(2021年6月30日市人大常委会通过)` behind the title of a regulation.
pub(super) fn is_history(words: &str) -> bool {
    let inner = words.strip_prefix(['(', '（']).and_then(|rest| Some(&rest[..rest.find([')', '）'])?]));
    inner.is_some_and(|inner| {
        inner.starts_with("20") && ["通过", "公布", "修订", "修正"].iter().any(|word| inner.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sites_write_around_a_title() {
        let cases = [
            ("(已废止)甲市规划", "甲市规划"),
            ("甲市工作方案（有效）", "甲市工作方案"),
            ("甲市工作方案(试行)", "甲市工作方案(试行)"),
            ("甲政办发〔2021〕6号 甲市关于印发乙方案的通知", "甲市关于印发乙方案的通知"),
            ("甲政发〔2006 21甲县关于印发《乙预案》的通知", "甲县关于印发《乙预案》的通知"),
            ("甲市规划 | |", "甲市规划"),
            ("3页甲市工作要点", "甲市工作要点"),
            ("附件1 甲市任务清单", "甲市任务清单"),
            ("附件一：甲市工作方案", "甲市工作方案"),
        ];
        for (found, title) in cases {
            assert_eq!(clean(found), title, "{found}");
        }
    }
}
