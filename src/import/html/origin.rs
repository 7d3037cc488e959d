//! What a page says about itself: its title, where it was saved from, the rows of date and issuer above the text.

use super::render::Block;
use crate::text::fold;
use jiff::Timestamp;
use scraper::{Html, Node};

/// What stands in the head of a page.
#[derive(Debug, Default)]
pub(super) struct Origin {
    /// `<meta name="ArticleTitle">`, which the rules for government sites demand.
    pub(super) article_title: Option<String>,
    /// `<title>`; often with the name of the site at its end.
    pub(super) page_title: Option<String>,
    /// The address the page was saved from.
    pub(super) url: Option<String>,
    /// When it was saved.
    pub(super) captured: Option<Timestamp>,
}

/// Reads the head of a page, and the comments that browsers leave when they save it.
pub(super) fn of(page: &Html) -> Origin {
    let mut origin = Origin::default();
    let (mut saved_from, mut canonical, mut shared) = (None, None, None);
    for node in page.tree.nodes() {
        match node.value() {
            Node::Comment(comment) => {
                saved_from = saved_from.or_else(|| url_of_comment(&comment.comment));
                origin.captured = origin.captured.or_else(|| moment_of_comment(&comment.comment));
            }
            Node::Element(element) => match element.name() {
                "title" if origin.page_title.is_none() => {
                    let words: String =
                        node.descendants().filter_map(|n| n.value().as_text().map(|t| &**t)).collect();
                    origin.page_title = clean(&words);
                }
                "meta" => {
                    let name = element.attr("name").or(element.attr("property")).unwrap_or_default();
                    let content = element.attr("content").unwrap_or_default();
                    match name.to_ascii_lowercase().as_str() {
                        "articletitle" => {
                            origin.article_title = origin.article_title.take().or(clean(content));
                        }
                        // `Url` is what the rules for government sites demand (国办发〔2017〕47号).
                        "url" => canonical = canonical.or_else(|| web_address(content)),
                        "og:url" => shared = shared.or_else(|| web_address(content)),
                        _ => {}
                    }
                }
                "link" if element.attr("rel") == Some("canonical") => {
                    canonical = canonical.or_else(|| element.attr("href").and_then(web_address));
                }
                _ => {}
            },
            _ => {}
        }
    }
    origin.url = saved_from.or(canonical).or(shared);
    origin
}

/// The address in `<!-- saved from url=(0042)https://… -->` (browsers) or `url: https://…` (SingleFile).
fn url_of_comment(comment: &str) -> Option<String> {
    let is_mark = comment.contains("saved from url=") || comment.contains("SingleFile");
    let from = comment.find("http").filter(|_| is_mark)?;
    web_address(comment[from..].split_whitespace().next()?)
}

/// The moment in SingleFile's `saved date: Wed Nov 25 2026 10:11:12 GMT+0800 (中国标准时间)`.
fn moment_of_comment(comment: &str) -> Option<Timestamp> {
    let (_, date) = comment.split_once("saved date:")?;
    let date = date.split(['(', '\n']).next()?.trim();
    jiff::fmt::strtime::parse("%a %b %d %Y %H:%M:%S GMT%z", date).ok()?.to_timestamp().ok()
}

/// An address of the web, as it stands. Paths on somebody's disk are no source.
pub(in crate::import) fn web_address(address: &str) -> Option<String> {
    let address = address.trim();
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    (is_web && address.len() < 2000).then(|| address.to_owned())
}

fn clean(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// Labels of the rows above a document that tell about it.
const LABELS: [&str; 24] = [
    "发文机关",
    "发文机构",
    "发布机构",
    "发布机关",
    "发布单位",
    "发文单位",
    "制发机关",
    "成文日期",
    "成文时间",
    "发文日期",
    "发布日期",
    "发布时间",
    "公开日期",
    "生成日期",
    "发文字号",
    "发文文号",
    "文号",
    "索引号",
    "信息来源",
    "文章来源",
    "来源",
    "文件名称",
    "公文名称",
    "时效",
];

/// Of what the page shows above the text: the headline with what follows it, and the rows that tell date,
/// issuer or number. Also gives the headline's words.
pub(super) fn head_of(before: Vec<Block>, origin: &Origin) -> (Vec<Block>, Option<String>) {
    let titles: Vec<String> =
        [&origin.article_title, &origin.page_title].into_iter().flatten().map(|t| fold(t)).collect();
    let in_title = |block: &Block| match block {
        Block::Line { words, is_link: false, .. } => {
            words.chars().count() >= 6 && titles.iter().any(|title| title.contains(&fold(words)))
        }
        _ => false,
    };
    let is_heading =
        |block: &Block| matches!(block, Block::Line { heading: Some(1..=3), is_link: false, .. });
    let last = before.iter().rposition(in_title).or_else(|| before.iter().rposition(is_heading));
    // A headline broken in two stands in the title line by line.
    let first = last.map(|last| (0..last).rev().take_while(|i| in_title(&before[*i])).last().unwrap_or(last));
    let headline = first.zip(last).map(|(first, last)| {
        before[first..=last]
            .iter()
            .filter_map(|b| if let Block::Line { words, .. } = b { Some(words.as_str()) } else { None })
            .collect()
    });
    let kept = before.into_iter().enumerate().filter(|(i, block)| {
        let follows = first.is_some_and(|first| *i >= first);
        match block {
            Block::Line { is_link: true, .. } => false,
            Block::Line { words, .. } => follows || (words.chars().count() < 200 && is_labelled(words)),
            Block::Table(rows) => follows || rows.iter().flatten().any(|cell| is_labelled(cell)),
        }
    });
    (kept.map(|(_, block)| block).collect(), headline)
}

/// Whether words tell something about a document: `发布日期：2023-05-04`, `【发文字号】…`, `文 号：…`.
fn is_labelled(words: &str) -> bool {
    let words: String = fold(words).chars().filter(|c| *c != ' ').collect();
    let opens = words.trim_start_matches(['[', '【', '〔', '(']);
    LABELS.iter().any(|label| {
        opens
            .strip_prefix(label)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ']', '】', '〕', ')']))
            || words.contains(&format!("{label}:"))
    })
}
