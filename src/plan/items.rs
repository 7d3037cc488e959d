//! Which nodes of a plan are its items: what is counted, tagged one by one, compared and agreed on. The one place
//! that says so, for library, status line, outline, next untagged item, comparison and agreement alike.

use super::{Kind, Node, NodeIx, Outline};
use crate::text::Text;

/// Endings of headings under which a plan looks back or states its creed. What stands there commits to nothing,
/// yet names every subject, so that it would be a match for everything: `一、发展成就`, `(一)指导思想`.
const RETROSPECT: [&str; 19] = [
    "成就",
    "成效",
    "工作回顾",
    "发展回顾",
    "面临形势",
    "面临的形势",
    "形势分析",
    "规划背景",
    "编制背景",
    "发展现状",
    "现状",
    "发展基础",
    "现实基础",
    "指导思想",
    "基本原则",
    "机遇与挑战",
    "机遇和挑战",
    "面临挑战",
    "面临的挑战",
];

/// Longest heading, in chars, that is taken for one of [`RETROSPECT`].
const RETROSPECT_LENGTH: u32 = 14;

/// The items of a plan in document order: numbered nodes and headings without such nodes beneath them (each
/// together with its unnumbered paragraphs), also a section that has none, like `一、总体要求` beside `(二)` with
/// its `1.`; the paragraphs, where the plan has no numbers. Retrospects and creeds are none, nor is what has no
/// words but those of a table.
///
/// Anything can be tagged; items are what a plan is done with when all of them are.
pub fn items(text: &Text, outline: &Outline) -> Vec<NodeIx> {
    let mut leads = vec![false; outline.nodes.len()];
    for node in outline.nodes.iter().filter(|node| is_numbered(node)) {
        if let Some(above) = node.parent.and_then(|ix| leads.get_mut(ix.0 as usize)) {
            *above = true;
        }
    }
    let any_number = outline.nodes.iter().any(is_numbered);
    let stands_alone = |(ix, node): &(NodeIx, &Node)| {
        if any_number { is_numbered(node) && !leads[ix.0 as usize] } else { node.kind == Kind::Paragraph }
    };
    let items = outline.iter().filter(stands_alone).map(|(ix, _)| ix);
    items.filter(|&ix| has_words(outline, ix) && !is_retrospect(text, outline, ix)).collect()
}

/// Sections and items count as numbered, headings without a number too.
fn is_numbered(node: &Node) -> bool {
    matches!(node.kind, Kind::Section | Kind::Item)
}

fn has_words(outline: &Outline, ix: NodeIx) -> bool {
    let of_item = std::iter::once(ix).chain(outline.below(ix)).filter_map(|ix| outline.get(ix));
    let mut words = of_item.filter(|node| node.kind != Kind::Table);
    words.any(|node| !node.heading.is_empty() || !node.body.is_empty())
}

fn is_retrospect(text: &Text, outline: &Outline, ix: NodeIx) -> bool {
    std::iter::once(ix).chain(outline.ancestors(ix)).filter_map(|ix| outline.get(ix)).any(|node| {
        node.heading.len() <= RETROSPECT_LENGTH && {
            let heading = node.heading.read(text);
            RETROSPECT.iter().any(|end| heading.ends_with(end))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Layout;

    /// The items of a plan of these words, by the first words of each.
    fn found(words: &str) -> Vec<String> {
        let text = Text::new(words);
        let (outline, ..) = crate::plan::read_outline(&text, &Layout::default());
        let words = |ix: NodeIx| text.slice(outline.get(ix).unwrap().span).chars().take(6).collect();
        items(&text, &outline).into_iter().map(words).collect()
    }

    #[test]
    fn items_are_the_leaves_that_commit_to_something() {
        let cases: [(&str, &[&str]); 3] = [
            (
                "一、总体要求\n坚持预防为主。\n二、主要任务\n(一)完善服务。建立制度。\n(二)加强培训。培训医生。\n",
                &["一、总体要求", "(一)完善服", "(二)加强培"],
            ),
            (
                "一、指导思想\n坚持预防为主。\n二、主要任务\n(一)完善服务。建立制度。\n(二)加强培训。\n1.培训医生。\n2.培训护士。\n",
                &["(一)完善服", "1.培训医生", "2.培训护士"],
            ),
            ("坚持预防为主,建立制度。\n培训全科医生。\n", &["坚持预防为主", "培训全科医生"]),
        ];
        for (words, expect) in cases {
            assert_eq!(found(words), expect, "{words}");
        }
    }
}
