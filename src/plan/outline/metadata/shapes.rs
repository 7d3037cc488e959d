//! What lines of a document's head and tail look like: titles, addressees, dates, document numbers, signatures.

use super::dates;
use super::genres;
use crate::plan::outline::furniture::{made_of_furniture, unspaced};
use crate::plan::outline::lines::chars;
use crate::plan::outline::marks;
use crate::text::{fold_char, is_blank, is_han};

/// Whether a line names whom a notice goes to: `各县(区)卫生局,委属各单位:`.
pub(in crate::plan::outline) fn is_addressees(words: &str) -> bool {
    let count = chars(words);
    let ends = words.chars().next_back().map_or(' ', fold_char);
    ends == ':'
        && (4..=400).contains(&count)
        && !words.contains(['。', ';', '；', '《'])
        && marks::read(words).is_none_or(|mark| mark.doubtful)
        && ["政府", "委", "局", "单位", "部门", "医院", "机构", "中心", "办公室", "公司", "学校"]
            .iter()
            .any(|body| words.contains(body))
        && (words.contains('各') || words.contains("有关") || words.contains("直属") || count <= 40)
}

/// Whether a line is a date and nothing else, perhaps in brackets.
pub(in crate::plan::outline) fn is_date_line(words: &str) -> bool {
    if words.len() > 90 {
        return false;
    }
    let bare = words.trim_matches(|c: char| is_blank(c) || "()（）[]【】".contains(c));
    dates::read(bare)
        .is_some_and(|(_, end)| bare[end..].chars().all(|c| is_blank(c) || ":：0123456789+UTC".contains(c)))
}

/// Whether a line is a document number and nothing else: `甲政办发〔2021〕19 号`.
pub(in crate::plan::outline) fn is_document_number(words: &str) -> bool {
    words.len() <= 100
        && find_document_number(words).is_some_and(|(start, end)| {
            let rest = words.len() - (end - start);
            rest <= 3
                || words[..start]
                    .chars()
                    .chain(words[end..].chars())
                    .all(|c| is_blank(c) || "()（）•●▪".contains(c))
        })
}

/// The first document number in `text`: its place in bytes.
pub(in crate::plan::outline) fn find_document_number(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(found) = text[from..].find('号') {
        let end = from + found + '号'.len_utf8();
        if let Some(start) = number_before(&text[..from + found]) {
            return Some((start, end));
        }
        from = end;
    }
    None
}

/// Where the document number begins whose 号 stands right after `before`.
fn number_before(before: &str) -> Option<usize> {
    let mut rest = before.trim_end_matches(is_blank);
    let strip_digits = |text: &str| text.trim_end_matches(|c: char| fold_char(c).is_ascii_digit()).len();
    let digits = strip_digits(rest);
    if digits == rest.len() {
        return None;
    }
    rest = rest[..digits].trim_end_matches(|c: char| is_blank(c) || c == '第');
    let open = rest.strip_suffix(['〕', ']', ')', '）', '﹞', '】', '］', '〉'])?.trim_end_matches(is_blank);
    let year_at = strip_digits(open);
    let year: String = open[year_at..].chars().map(fold_char).collect();
    if year.len() != 4 || !(year.starts_with("19") || year.starts_with("20")) {
        return None;
    }
    let name = open[..year_at].trim_end_matches(|c: char| is_blank(c) || "〔[(（﹝【［〈".contains(c));
    let start = name.char_indices().rev().take_while(|(_, c)| is_han(*c)).take(14).last()?.0;
    (name.len() - start >= 6).then_some(start)
}

/// Whether a line (or the lines of a wrapped title run together) is the title of a document.
pub(in crate::plan::outline) fn is_title(words: &str) -> bool {
    let count = chars(words);
    if !(6..=110).contains(&count) || words.contains(['。', ';', '；']) || made_of_furniture(words) {
        return false;
    }
    if marks::read(words).is_some_and(|mark| !mark.doubtful) {
        return false;
    }
    let bare = unspaced(words.trim_end_matches(|c: char| is_blank(c) || "|｜".contains(c)));
    let page = ["信息公开指南", "信息公开制度", "信息公开年报", "信息公开规定", "首页", "当前位置", "来源"];
    genres::of_title(&bare).is_some() && !page.iter().any(|word| bare.contains(word))
}

/// Whether a line is a title that begins with its year or its place: `甲市“十四五”规划`.
pub(in crate::plan::outline) fn is_whole_title(words: &str) -> bool {
    let led = words.starts_with("20") || words.starts_with("健康") || super::places::leads(words);
    led && chars(words) >= 8 && is_title(words)
}

/// Whether a line is a title to which nothing before it belongs: a whole one, or one with its issuer: `甲局关于…的意见`.
pub(in crate::plan::outline) fn stands_alone(words: &str) -> bool {
    is_whole_title(words) || (words.find("关于").is_some_and(|at| at > 0) && is_title(words))
}

/// Whether the line below a title is the rest of it: a notice that has not come to 通知 yet, `…攻坚行动␤实施方案`,
/// `…工作总结␤及未来工作谋划`.
pub(in crate::plan::outline) fn goes_on_as_title(title: &str, next: &str) -> bool {
    let plain = chars(next) <= 40
        && !next.contains(['。', ':', '：'])
        && marks::read(next).is_none_or(|mark| mark.doubtful);
    let whole = is_whole_title(next) || is_date_line(next) || is_document_number(next) || is_signature(next);
    if !plain || whole || is_addressees(next) || is_subtitle(next) {
        return false;
    }
    let bare = unspaced(title);
    let opened = bare.contains("关于") && !bare.contains("通知") && unspaced(next).ends_with("通知");
    let joined = ["及", "和", "与", "暨"].iter().any(|word| next.starts_with(word)) && !bare.contains("通知");
    let kind = genres::is_bare(&unspaced(next)) && !bare.ends_with("通知");
    opened || joined || kind
}

/// Whether the line below a title belongs to it: `——2016年2月19日在甲市第三次会议上`, `(2021—2025年)`, `(征求意见稿)`.
pub(in crate::plan::outline) fn is_subtitle(words: &str) -> bool {
    is_bracketed_subtitle(words) || is_dashed_subtitle(words)
}

/// `(2021—2025年)`, `(征求意见稿)`
pub(in crate::plan::outline) fn is_bracketed_subtitle(words: &str) -> bool {
    let first = words.chars().next().map_or(' ', fold_char);
    let ends = words.chars().next_back().map_or(' ', fold_char);
    let history = ["通过", "批准", "修订", "修正", "公布", "施行"].iter().any(|word| words.contains(word));
    first == '('
        && ends == ')'
        && chars(words) <= 60
        && !words.contains('。')
        && !history
        && marks::read(words).is_none()
}

/// `(此件公开发布)` below a signature.
pub(in crate::plan::outline) fn is_release(words: &str) -> bool {
    words.starts_with(['(', '（']) && words.chars().nth(1) == Some('此') && chars(words) <= 20
}

/// `——2016年2月19日在甲市第三次会议上`
pub(in crate::plan::outline) fn is_dashed_subtitle(words: &str) -> bool {
    let first = words.chars().next().map_or(' ', fold_char);
    let stopped = words.contains('。');
    matches!(first, '-' | '—' | '–')
        && chars(words) <= 60
        && !stopped
        && words.contains('在')
        && words.contains('会')
}

/// Whether a line is the name of a body that signs: `甲市人民政府办公室`.
pub(in crate::plan::outline) fn is_signature(words: &str) -> bool {
    let bare = unspaced(words);
    let count = chars(&bare);
    bare == "国务院"
        || (4..=40).contains(&count)
            && bare.chars().all(|c| is_han(c) || matches!(c, '(' | ')' | '（' | '）'))
            && [
                "政府",
                "委员会",
                "办公室",
                "办公厅",
                "局",
                "厅",
                "委",
                "医院",
                "中心",
                "指挥部",
                "领导小组",
                "司",
                "部",
                "会",
            ]
            .iter()
            .any(|body| bare.ends_with(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_head() {
        assert!(is_addressees("各县(区)卫生局,委属各单位:"));
        assert!(!is_addressees("重点做好以下工作:"));
        assert!(is_date_line("2021年6月3日") && is_date_line("（2018-12-22 08:00:00）"));
        assert!(!is_date_line("2021年6月3日印发"));
        assert!(is_document_number("甲政办发〔2021〕19 号") && is_document_number("甲卫发[2020] 3 号"));
        assert!(!is_document_number("按照《意见》(甲卫发〔2016〕5号)要求"));
        assert!(is_signature("甲市卫生健康委员会"));
    }

    #[test]
    fn titles_end_with_the_kind_of_document() {
        for title in [
            "2017年甲市卫生工作要点",
            "健康甲城行动计划(2017—2020年)",
            "甲市“十四五”卫生健康发展规划",
            "甲市人民政府关于印发乙计划的通知",
            "甲市卫生事业发展“十四五”规划（征求意见稿）",
        ] {
            assert!(is_title(title), "{title}");
        }
        for line in ["政策解读", "一、工作计划", "首页 > 规划计划", "来源:甲市规划"] {
            assert!(!is_title(line), "{line}");
        }
        assert!(is_subtitle("——2016年2月19日在甲市第三次会议上") && is_subtitle("(征求意见稿)"));
        assert!(!is_subtitle("——优先原则。把健康放在前面。") && !is_subtitle("(一)甲"));
    }
}
