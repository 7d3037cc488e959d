//! Where on a page the document is: the deepest element that holds at least 60 % of the text outside links,
//! as long as no sentences stay behind.

use super::render::is_unseen;
use super::table;
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};
use std::collections::HashMap;

/// Share of the text outside links that the document must hold.
const SHARE: f32 = 0.6;

/// What an element holds outside links.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    /// Chars other than blanks.
    chars: usize,
    /// Ends of sentences (。；). Navigation, date rows and footers have next to none.
    sentences: usize,
}

/// The element that holds the document; the whole page where nothing stands out.
pub(super) fn find(page: &Html) -> NodeRef<'_, Node> {
    let weights = weigh(page);
    let weight = |node: NodeRef<Node>| weights.get(&node.id()).copied().unwrap_or_default();
    let mut main = page.tree.root();
    let whole = weight(main);
    loop {
        let Some(heaviest) = main.children().filter(|c| is_container(*c)).max_by_key(|c| weight(*c).chars)
        else {
            return main;
        };
        let (inner, outer) = (weight(heaviest), weight(main));
        let left_behind = outer.sentences - inner.sentences;
        if (inner.chars as f32) < SHARE * whole.chars as f32 || left_behind > 2.max(whole.sentences / 20) {
            return main;
        }
        main = heaviest;
    }
}

/// Whether a document may live in this element, rather than be a part of it.
fn is_container(node: NodeRef<Node>) -> bool {
    let Node::Element(element) = node.value() else { return false };
    match element.name() {
        "table" => table::rows(node).is_none(),
        name => matches!(
            name,
            "html"
                | "body"
                | "div"
                | "article"
                | "section"
                | "main"
                | "form"
                | "center"
                | "td"
                | "tr"
                | "tbody"
                | "font"
                | "span"
                | "blockquote"
                | "ucapcontent"
                | "fieldset"
                | "dl"
                | "dd"
        ),
    }
}

/// What every element holds outside links.
fn weigh(page: &Html) -> HashMap<NodeId, Weight> {
    let mut weights = HashMap::new();
    let mut open: Vec<Weight> = Vec::new();
    let (mut unseen, mut links) = (0_usize, 0_usize);
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                unseen += usize::from(is_unseen(node));
                links += usize::from(is_link(node));
                let mut own = Weight::default();
                if let (Node::Text(text), 0, 0) = (node.value(), unseen, links) {
                    own.chars = text.chars().filter(|c| !c.is_whitespace()).count();
                    own.sentences = text.chars().filter(|c| matches!(c, '。' | '；')).count();
                }
                open.push(own);
            }
            Edge::Close(node) => {
                unseen -= usize::from(is_unseen(node));
                links -= usize::from(is_link(node));
                let own = open.pop().unwrap_or_default();
                if let Some(parent) = open.last_mut() {
                    parent.chars += own.chars;
                    parent.sentences += own.sentences;
                }
                if !node.value().is_text() {
                    weights.insert(node.id(), own);
                }
            }
        }
    }
    weights
}

fn is_link(node: NodeRef<Node>) -> bool {
    matches!(node.value(), Node::Element(element) if element.name() == "a" && element.attr("href").is_some())
}
