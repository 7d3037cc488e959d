//! The lines that a part of a page shows, as a browser would break them.

use super::table;
use crate::import::numerals::NumeralStyle;
use crate::text::is_han;
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};

/// A piece of the page, top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A line of words, trimmed, never empty.
    Line {
        /// The words.
        words: String,
        /// Level of the heading that it is, from 1.
        heading: Option<u8>,
        /// Whether all of it is a link.
        is_link: bool,
    },
    /// A table's rows of cells.
    Table(Vec<Vec<String>>),
}

/// What the page shows before the element `until`.
pub(super) fn blocks_before(page: &Html, until: NodeId) -> Vec<Block> {
    walk(page.tree.root(), Some(until))
}

/// What an element shows.
pub(super) fn blocks(element: NodeRef<Node>) -> Vec<Block> {
    walk(element, None)
}

/// Elements of which a reader sees nothing, or nothing of the document.
pub(super) fn is_unseen(node: NodeRef<Node>) -> bool {
    let Node::Element(element) = node.value() else { return false };
    let by_name = matches!(
        element.name(),
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "nav"
            | "iframe"
            | "svg"
            | "button"
            | "select"
            | "input"
            | "textarea"
            | "object"
            | "audio"
            | "video"
            | "canvas"
            | "rt"
            | "rp"
            | "math"
    );
    by_name || element.attr("hidden").is_some() || is_styled(element, "display:none")
}

/// Whether the element's own style says `declaration` (written without blanks).
fn is_styled(element: &Element, declaration: &str) -> bool {
    element.attr("style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        style.to_ascii_lowercase().contains(declaration)
    })
}

fn walk(from: NodeRef<Node>, until: Option<NodeId>) -> Vec<Block> {
    let mut writer = Writer::default();
    let mut passed_over: Option<NodeId> = None;
    for edge in from.traverse() {
        match edge {
            Edge::Open(node) if passed_over.is_none() => {
                if Some(node.id()) == until {
                    break;
                }
                if is_unseen(node) {
                    passed_over = Some(node.id());
                } else if let Some(rows) = table::rows(node) {
                    writer.end_line();
                    writer.blocks.push(Block::Table(rows));
                    passed_over = Some(node.id());
                } else {
                    writer.open(node);
                }
            }
            Edge::Close(node) if passed_over.is_none() => writer.close(node),
            Edge::Close(node) if passed_over == Some(node.id()) => passed_over = None,
            _ => {}
        }
    }
    writer.end_line();
    writer.blocks
}

/// A run of blanks in the source, shown as one blank or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    Blank,
    /// The source was broken here; between Han characters nothing is shown.
    LineEnd,
}

/// An `<ol>` (or, without a style, an `<ul>`) that is open.
struct List {
    style: Option<NumeralStyle>,
    next: u32,
}

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    line: String,
    gap: Gap,
    /// Chars of the line outside links.
    outside_links: usize,
    links: usize,
    pre: usize,
    heading: Option<u8>,
    lists: Vec<List>,
    /// The number of a list item whose words have not begun yet.
    number: Option<String>,
}

impl Writer {
    fn open(&mut self, node: NodeRef<Node>) {
        match node.value() {
            Node::Text(text) => self.write(text),
            Node::Element(element) => self.open_element(element),
            _ => {}
        }
    }

    fn open_element(&mut self, element: &Element) {
        let name = element.name();
        if is_block(name) {
            self.end_line();
        }
        match name {
            "a" => self.links += 1,
            "pre" => self.pre += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = name[1..].parse().ok(),
            "ol" | "ul" => self.lists.push(List::open(element)),
            "li" => self.number = self.lists.last_mut().and_then(|list| list.number(element)),
            _ => {}
        }
    }

    fn close(&mut self, node: NodeRef<Node>) {
        let Node::Element(element) = node.value() else { return };
        let name = element.name();
        if is_block(name) {
            self.end_line();
        }
        match name {
            "a" => self.links = self.links.saturating_sub(1),
            "pre" => self.pre = self.pre.saturating_sub(1),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
            "ol" | "ul" => _ = self.lists.pop(),
            "li" => self.number = None,
            _ => {}
        }
    }

    /// Writes words, with runs of blanks drawn together as browsers do.
    fn write(&mut self, words: &str) {
        for c in words.chars() {
            match c {
                '\n' if self.pre > 0 => self.end_line(),
                '\n' | '\r' => self.gap = Gap::LineEnd,
                ' ' | '\t' | '\u{c}' if self.gap == Gap::None => self.gap = Gap::Blank,
                ' ' | '\t' | '\u{c}' => {}
                _ => {
                    self.begin_item(words);
                    self.bridge(c);
                    self.line.push(c);
                    self.outside_links += usize::from(self.links == 0);
                }
            }
        }
    }

    /// Writes the number of a list item before its first word, unless the words bring their own:
    /// sites switch automatic numbers off in style sheets that are not saved.
    fn begin_item(&mut self, words: &str) {
        let Some(number) = self.number.take() else { return };
        if !begins_with_number(words.trim_start()) {
            self.line.push_str(&number);
        }
    }

    /// Writes the blank that stands before `next`, if one is shown there.
    fn bridge(&mut self, next: char) {
        let gap = std::mem::take(&mut self.gap);
        let Some(last) = self.line.chars().next_back() else { return };
        match gap {
            Gap::None => {}
            Gap::LineEnd if is_wide(last) && is_wide(next) => {}
            Gap::Blank | Gap::LineEnd => self.line.push(' '),
        }
    }

    fn end_line(&mut self) {
        let words = self.line.trim();
        if !words.is_empty() {
            let is_link = self.outside_links == 0;
            self.blocks.push(Block::Line { words: words.to_owned(), heading: self.heading, is_link });
        }
        self.line.clear();
        self.gap = Gap::None;
        self.outside_links = 0;
    }
}

impl List {
    fn open(element: &Element) -> Self {
        let styles = [
            ("cjk-ideographic", NumeralStyle::Chinese),
            ("chinese-informal", NumeralStyle::Chinese),
            ("alpha", NumeralStyle::LowerLetter),
            ("roman", NumeralStyle::LowerRoman),
            ("none", NumeralStyle::Silent),
        ];
        let by_css = || {
            let style = element.attr("style")?.to_ascii_lowercase();
            let (_, value) = style.split_once("list-style")?;
            styles.iter().find(|(name, _)| value.contains(name)).map(|(_, style)| *style)
        };
        let by_type = match element.attr("type") {
            Some("a") => NumeralStyle::LowerLetter,
            Some("A") => NumeralStyle::UpperLetter,
            Some("i") => NumeralStyle::LowerRoman,
            Some("I") => NumeralStyle::UpperRoman,
            _ => NumeralStyle::Decimal,
        };
        let style = (element.name() == "ol").then(|| by_css().unwrap_or(by_type));
        let next = element.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        Self { style: style.filter(|style| *style != NumeralStyle::Silent), next }
    }

    /// The printed number of the next item: `3.`, `三、`.
    fn number(&mut self, item: &Element) -> Option<String> {
        let style = self.style?;
        let n = item.attr("value").and_then(|value| value.trim().parse().ok()).unwrap_or(self.next);
        self.next = n.saturating_add(1);
        let stop = if style == NumeralStyle::Chinese { "、" } else { ". " };
        Some(format!("{}{stop}", style.print(n)))
    }
}

/// Whether words open with a number mark of their own: `一、`, `（二）`, `3.`, `第四条`.
fn begins_with_number(words: &str) -> bool {
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百①②③④⑤⑥⑦⑧⑨⑩".contains(c);
    let inner = words.trim_start_matches(['(', '（', '第']);
    let rest = inner.trim_start_matches(is_numeral);
    rest.len() < inner.len()
        && (rest.starts_with(['、', '.', '．', ')', '）', '章', '节', '条'])
            || inner.starts_with(['①', '②', '③']))
}

/// Chars that are written without blanks between them: Han and the signs of its width.
fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '—' | '…')
}

/// Elements that begin and end on a line of their own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "br"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ucapcontent"
            | "ul"
    )
}
