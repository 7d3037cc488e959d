//! The titles: that of the plan itself, and that of a notice that covers it.

use super::cleaning::{clean, is_file_name, is_history, without_extension};
use super::{Labelled, Sources};
use super::{dates, shapes};
use crate::plan::outline::furniture::{Role, unspaced};
use crate::plan::outline::lines::chars;
use crate::plan::outline::repair::Block;
use crate::plan::{Evidence, Fact};

/// The titles of a document.
pub(super) struct Titles {
    /// The plan's own.
    pub plan: Option<Fact<String>>,
    /// That of the covering notice.
    pub notice: Option<Fact<String>>,
    /// The headline of the page, whatever it is.
    pub headline: Option<Fact<String>>,
}

/// Verbs of notices that hand out another document.
const HANDING_OUT: [&str; 7] = ["印发", "转发", "发布", "下发", "公布", "批转", "颁布"];

/// Finds the titles.
pub(super) fn find(sources: &Sources, rows: &[Labelled]) -> Titles {
    let headline = headline(sources).or_else(|| named_row(rows));
    // The name of a file is the title only where the document has none itself.
    let own =
        headline.as_ref().is_some_and(|fact| is_file_name(&fact.value)).then(|| glued(sources)).flatten();
    let own = own.filter(|fact| !fact.value.contains("关于"));
    let headline = own.or(headline).map(|fact| Fact { value: without_extension(&fact.value), ..fact });
    let fronts = fronts(sources);
    let is_notice = |fact: &&Fact<String>| inner(&fact.value).is_some() || is_cut_notice(&fact.value);
    let all = || headline.iter().chain(&fronts);
    let notice = all()
        .filter(is_notice)
        .max_by_key(|fact| (inner(&fact.value).is_some(), chars(&fact.value)))
        .cloned();
    let expected = notice.as_ref().and_then(|fact| inner(&fact.value));
    let quoted = quoted(sources);
    // A notice that hands out two documents in one file: the file is both.
    if let Some(both) = expected.as_deref().and_then(joint) {
        let evidence = notice.as_ref().map_or(Evidence::Line(0), |fact| fact.evidence.clone());
        return Titles { plan: Some(Fact { value: both, evidence }), notice, headline };
    }
    let own = fronts.iter().rfind(|fact| !is_notice(fact)).cloned();
    let plan = if notice.is_some() {
        own.or_else(|| {
            let evidence = notice.as_ref().map(|fact| fact.evidence.clone())?;
            let from_notice = expected.map(|value| Fact { value, evidence });
            match (quoted, from_notice) {
                (Some(quoted), Some(named)) if is_same(&quoted.value, &named.value) => Some(quoted),
                (quoted, named) => named.or(quoted),
            }
        })
    } else {
        match (&headline, own) {
            (Some(head), Some(own)) if is_same(&head.value, &own.value) => Some(own),
            (Some(head), _) if shapes::is_title(&head.value) => Some(head.clone()),
            (_, Some(own)) => Some(own),
            (head, None) => {
                quoted.or_else(|| head.clone()).or_else(|| glued(sources)).or_else(|| explained(sources))
            }
        }
    };
    // A notice that hands out nothing is itself the document.
    let plan = plan.or_else(|| notice.clone());
    let notice = notice.filter(|fact| plan.as_ref().is_some_and(|plan| plan.value != fact.value));
    Titles { plan, notice, headline }
}

/// The headline of the page, its lines run together.
fn headline(sources: &Sources) -> Option<Fact<String>> {
    let mut value = String::new();
    let mut number = 0;
    for (line, role) in sources.lines.iter().zip(sources.roles) {
        if *role != Role::Furniture("title") {
            continue;
        }
        let words = line.of(sources.text);
        if number == 0 {
            number = line.number;
        } else if shapes::is_dashed_subtitle(words) {
            break;
        }
        value.push_str(words);
    }
    (number > 0).then(|| Fact { value: clean(&value), evidence: Evidence::Line(number) })
}

/// The row 名称 or 标题.
fn named_row(rows: &[Labelled]) -> Option<Fact<String>> {
    let row = rows.iter().find(|row| {
        matches!(row.label, "名称" | "标题" | "文件名称" | "中文名" | "信息名称" | "公文名称" | "访谈主题")
            && chars(row.value) >= 6
    })?;
    Some(Fact { value: clean(row.value), evidence: Evidence::Line(row.line) })
}

/// Titles among the paragraphs before the first number, wrapped ones run together.
fn fronts(sources: &Sources) -> Vec<Fact<String>> {
    let front = sources.front();
    let mut titles: Vec<Fact<String>> = Vec::new();
    let mut at = 0;
    while at < front.len() {
        let mut joined = String::new();
        let mut used = 0;
        for (offset, block) in front[at..].iter().take(3).enumerate() {
            let words = block.words(sources.text);
            if words.len() > 250
                || shapes::is_addressees(&words)
                || shapes::is_document_number(&words)
                || shapes::is_date_line(&words)
                || (shapes::is_subtitle(&words) || starts_with_date(&words)) && offset == 0
                || shapes::is_release(&words)
            {
                break;
            }
            // A line that is a whole title by itself goes on with nothing but the beginning of a notice.
            if shapes::stands_alone(&words) && !joined.contains("关于") {
                joined.clear();
            }
            joined.push_str(&words);
            if shapes::is_title(&joined) {
                used = offset + 1;
                while let Some(next) = front.get(at + used).map(|next| next.words(sources.text))
                    && used < 4
                    && shapes::goes_on_as_title(&joined, &next)
                {
                    joined.push_str(&next);
                    used += 1;
                }
                let next = front.get(at + used).map(|next| next.words(sources.text));
                if let Some(next) = next.filter(|next| shapes::is_bracketed_subtitle(next)) {
                    joined.push_str(&next);
                    used += 1;
                }
                break;
            }
        }
        if used > 0 {
            titles
                .push(Fact { value: clean(&joined), evidence: Evidence::Line(sources.line_of(&front[at])) });
        }
        at += used.max(1);
    }
    titles
}

/// The title in 《》 that the first words speak of as their own: `《2017年甲市工作要点》已经会议通过,现印发给你们`,
/// `依据《乙省规划》,特制定《甲市规划》`.
fn quoted(sources: &Sources) -> Option<Fact<String>> {
    sources.preface().iter().take(8).find_map(|block| {
        let words = block.words(sources.text);
        let fact =
            |title: &str| Fact { value: clean(title), evidence: Evidence::Line(sources.line_of(block)) };
        let named = || in_quotes(&words).filter(|(_, title)| shapes::is_title(title));
        if let Some((_, made)) = named().find(|(before, _)| ends_with_any(before, &MAKING)) {
            return Some(fact(made));
        }
        let unquoted: String =
            words.split('《').map(|part| part.split_once('》').map_or(part, |(_, behind)| behind)).collect();
        if !["印发", "通过", "同意", "下发", "发布", "公布"].iter().any(|verb| unquoted.contains(verb))
        {
            return None;
        }
        named().find(|(before, _)| !ends_with_any(before, &FOLLOWING)).map(|(_, title)| fact(title))
    })
}

/// Verbs before the title of what is made here.
const MAKING: [&str; 4] = ["制定", "制订", "编制", "起草"];
/// Words before the title of what is followed here.
const FOLLOWING: [&str; 8] = ["按照", "根据", "依据", "依照", "贯彻", "落实", "贯彻落实", "执行"];

/// Longest title looked for in 《》, in bytes.
const LONGEST_QUOTED: usize = 400;

fn ends_with_any(words: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| words.ends_with(end))
}

/// What stands in 《》, each with the words before it; several in a row share those before the first.
fn in_quotes(words: &str) -> impl Iterator<Item = (&str, &str)> {
    let (mut lead, mut end) = (0, 0);
    words.match_indices('《').filter_map(move |(at, open)| {
        let title = &words[at + open.len()..];
        let title = &title[..title.floor_char_boundary(LONGEST_QUOTED)];
        let title = &title[..title.find('》')?];
        if end == 0 || !matches!(words.get(end..at), Some("" | "、" | "和" | "及" | "以及")) {
            lead = at;
        }
        end = at + open.len() + title.len() + '》'.len_utf8();
        Some((&words[..lead], title))
    })
}

/// The title that a site gives beside the plan, with what explains it: `【解读】《甲市方案》政策解读`.
fn explained(sources: &Sources) -> Option<Fact<String>> {
    let beside = sources.lines.iter().zip(sources.roles).filter(|(_, role)| **role != Role::Body);
    beside.filter(|(line, _)| line.chars <= 120).find_map(|(line, _)| {
        let words = line.of(sources.text);
        let (_, title) = in_quotes(words).find(|(_, title)| shapes::is_title(title))?;
        words.contains("解读").then(|| Fact { value: clean(title), evidence: Evidence::Line(line.number) })
    })
}

/// The title that a page without line breaks runs into its preface: `甲市工作方案为加快推进…`.
fn glued(sources: &Sources) -> Option<Fact<String>> {
    sources.front().iter().take(8).find_map(|block| glued_in(sources, block))
}

fn glued_in(sources: &Sources, first: &Block) -> Option<Fact<String>> {
    let words = first.words(sources.text);
    let preface = ["为了", "为", "根据", "按照", "近年来", "一、", "各", "“", "健康是", " ", "\u{3000}"];
    let end = words.char_indices().take(80).map(|(at, _)| at).find(|&at| {
        at > 18
            && (preface.iter().any(|word| words[at..].starts_with(word))
                || begins_year(&words[at..])
                || is_history(&words[at..]))
            && shapes::is_title(words[..at].trim())
    })?;
    Some(Fact { value: clean(&words[..end]), evidence: Evidence::Line(sources.line_of(first)) })
}

/// A date, also one that lost its parts (`2023928`), at the start of some words.
fn starts_with_date(words: &str) -> bool {
    dates::read(words).is_some() || (words.starts_with("20") && words.chars().all(|c| c.is_ascii_digit()))
}

/// `2023年,` at the start of a preface.
fn begins_year(words: &str) -> bool {
    words.starts_with("20")
        && words.get(4..).is_some_and(|rest| rest.starts_with("年,") || rest.starts_with("年，"))
}

/// The title inside the title of a notice: `关于印发甲计划的通知`.
pub(super) fn inner(notice: &str) -> Option<String> {
    let bare = unspaced(notice);
    if bare.ends_with("解读") {
        return None; // it explains a notice
    }
    // `关于《甲市规划》征求公众意见的公告` shows a draft.
    if let Some((before, behind)) = bare.split_once('》')
        && behind.contains("征求")
        && behind.contains("意见")
    {
        return before.split_once('《').map(|(_, title)| title.to_owned());
    }
    let end = bare.rfind("的通知").or_else(|| bare.rfind("的函")).or_else(|| bare.rfind("通知"))?;
    if chars(&bare[end..]) > 14 {
        return None;
    }
    let verb = HANDING_OUT.iter().filter_map(|verb| Some(bare[..end].find(verb)? + verb.len())).min()?;
    let named = &bare[verb..end];
    let title = match (named.find('《'), named.rfind('》')) {
        (Some(open), Some(close)) if open < close => match named[open..close].find('》') {
            Some(first) if named[open + first..].starts_with("》的通知") => {
                &named[open + '《'.len_utf8()..open + first]
            }
            _ => &named[open + '《'.len_utf8()..close],
        },
        _ => named,
    };
    (chars(title) >= 4).then(|| title.to_owned())
}

/// The two titles that a notice hands out together: `2022年工作总结和2023年工作要点`, without their marks.
fn joint(inner: &str) -> Option<String> {
    let bare = inner.trim_matches(['《', '》']).replace("》和《", "和").replace("》、《", "、");
    let (first, second) = bare.split_once(['和', '、'])?;
    let years = first.starts_with("20") && second.starts_with("20");
    (years && shapes::is_title(first) && shapes::is_title(second)).then_some(bare)
}

/// A notice's title whose beginning was cut off: `甲行动计划的通知`.
fn is_cut_notice(title: &str) -> bool {
    let bare = unspaced(title);
    bare.ends_with("的通知") || bare.ends_with("的公告") && bare.contains("关于")
}

/// Whether two spellings are of one title.
fn is_same(a: &str, b: &str) -> bool {
    let bare = |title: &str| -> String { title.chars().filter(|c| c.is_alphanumeric()).collect() };
    let (a, b) = (bare(a), bare(b));
    a == b || a.contains(&b) || b.contains(&a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_inside_notices() {
        let cases = [
            (
                "甲市人民政府办公厅关于印发健康甲城行动计划(2017—2020年)的通知",
                Some("健康甲城行动计划(2017—2020年)"),
            ),
            ("关于印发《甲市规划》的通知", Some("甲市规划")),
            ("转发乙部关于印发《甲市办法》的通知的通知", Some("甲市办法")),
            ("甲局关于印发《甲市规划》和《乙市方案》的通知", Some("甲市规划》和《乙市方案")),
            ("关于《甲市规划(草案)》征求公众意见的公告", Some("甲市规划(草案)")),
            ("关于《甲市印发乙意见的通知》的政策解读", None),
            ("甲市卫生健康工作要点", None),
            ("关于做好防控工作的通知", None),
        ];
        for (notice, title) in cases {
            assert_eq!(inner(notice).as_deref(), title, "{notice}");
        }
    }

    #[test]
    fn two_documents_handed_out_together() {
        let both = "2022年甲市工作总结和2023年甲市工作要点";
        assert_eq!(joint(both).as_deref(), Some(both));
        assert_eq!(joint("2022年甲市工作总结》和《2023年甲市工作要点").as_deref(), Some(both));
        assert_eq!(joint("甲市卫生和健康规划"), None);
    }
}
