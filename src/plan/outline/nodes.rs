//! From drafts to nodes: bytes become chars, enumerations inside a body are found.

use super::furniture::Role;
use super::lines::{Line, Piece};
use super::repair::Block;
use super::tree::Draft;
use crate::plan::{Flag, Furniture, Injection, Kind, Node, NodeIx, Outline, Segments};
use crate::text::{CharPos, Span, Text};

/// What is not the plan's own.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    /// The lines.
    pub lines: &'a [Line],
    /// Their roles.
    pub roles: &'a [Role],
    /// Question marks where an indent was lost.
    pub lost: &'a [Piece],
    /// Page numbers glued to words.
    pub glued: &'a [Piece],
    /// Tables of contents inside lines.
    pub listed: &'a [Piece],
    /// Marks injected into sentences.
    pub injections: &'a [Piece],
}

/// The outline of the drafts.
pub(super) fn finish(text: &Text, page: Page, blocks: &[Block], drafts: Vec<Draft>) -> Outline {
    let ruler = Ruler { text };
    let nodes: Vec<Node> =
        drafts.into_iter().map(|draft| node(&ruler, text.as_str(), blocks, draft)).collect();
    let whole = page.lines.iter().zip(page.roles).filter_map(|(line, role)| match role {
        Role::Furniture(class) => Some((line.piece, *class)),
        Role::Body => None,
    });
    let glued = page.glued.iter().map(|&piece| (piece, "page_number"));
    let listed = page.listed.iter().map(|&piece| (piece, "contents"));
    let lost = page.lost.iter().map(|&piece| (piece, "navigation"));
    let mut furniture: Vec<Furniture> = whole
        .chain(glued)
        .chain(listed)
        .chain(lost)
        .map(|(piece, class)| Furniture { span: ruler.span(piece), class })
        .collect();
    let injections: Vec<Injection> =
        page.injections.iter().map(|&piece| Injection { span: ruler.span(piece) }).collect();
    furniture.sort_by_key(|item| item.span.start);
    furniture.extend(outside(&injections, &nodes, &furniture));
    furniture.sort_by_key(|item| item.span.start);
    Outline { nodes, furniture, injections }
}

/// Injected marks at the edge of a paragraph or alone on a line lie in no node: they are furniture.
fn outside(injections: &[Injection], nodes: &[Node], furniture: &[Furniture]) -> Vec<Furniture> {
    injections
        .iter()
        .filter(|mark| {
            let node = nodes.partition_point(|node| node.span.start <= mark.span.start);
            let item = furniture.partition_point(|item| item.span.start <= mark.span.start);
            let mut near = nodes[node.saturating_sub(1)..node]
                .iter()
                .map(|node| node.span)
                .chain(furniture[item.saturating_sub(1)..item].iter().map(|item| item.span));
            !near.any(|span| span.encloses(mark.span))
        })
        .map(|mark| Furniture { span: mark.span, class: "advert" })
        .collect()
}

/// Counts bytes in chars.
struct Ruler<'a> {
    text: &'a Text,
}

impl Ruler<'_> {
    fn at(&self, byte: usize) -> CharPos {
        self.text.char_of(byte)
    }

    fn span(&self, piece: Piece) -> Span {
        Span::new(self.at(piece.start), self.at(piece.end))
    }

    fn segments(&self, pieces: Vec<Piece>) -> Segments {
        Segments(pieces.into_iter().map(|piece| self.span(piece)).collect())
    }
}

fn node(ruler: &Ruler, source: &str, blocks: &[Block], draft: Draft) -> Node {
    let (first, last) = (&blocks[draft.blocks.0], &blocks[draft.blocks.1]);
    let hull = Piece { start: first.hull().start, end: last.hull().end };
    let number = draft
        .mark
        .map(|mark| mark.start..mark.end)
        .or(draft.label)
        .and_then(|number| first.cut(number.start, number.end).first().copied())
        .unwrap_or(Piece { start: hull.start, end: hull.start });
    let heading = match draft.title {
        Some(title) => blocks[title].pieces.clone(),
        None => first.cut(draft.heading.0, draft.heading.1),
    };
    let mut body = first.cut(draft.body, first.len());
    for block in &blocks[draft.title.unwrap_or(draft.blocks.0) + 1..=draft.blocks.1] {
        body.extend(block.pieces.iter().copied());
    }
    trim_start(source, &mut body);
    let mut flags = draft.flags;
    for (is, flag) in [(first.joined, Flag::Joined), (first.split, Flag::Split)] {
        if is && draft.kind != Kind::Table {
            flags.push(flag);
        }
    }
    let body = ruler.segments(body);
    let inline = super::enumerations::find(ruler.text, &body);
    let hull_of = |pieces: Vec<Piece>| {
        let (first, last) = (pieces.first()?, pieces.last()?);
        Some(ruler.span(Piece { start: first.start, end: last.end }))
    };
    let topics = draft.topics.iter().filter_map(|topic| hull_of(first.cut(topic.start, topic.end))).collect();
    Node {
        parent: draft.parent.map(|up| NodeIx(up as u32)),
        level: draft.level,
        kind: draft.kind,
        span: ruler.span(hull),
        number: ruler.span(number),
        heading: ruler.segments(heading),
        body,
        own_line: draft.own_line,
        topics,
        inline,
        departments: None,
        rows: Vec::new(),
        flags,
    }
}

/// A body begins with a word.
fn trim_start(source: &str, body: &mut [Piece]) {
    if let Some(first) = body.first_mut() {
        let words = first.of(source);
        first.start += words.len() - words.trim_start().len();
    }
}
