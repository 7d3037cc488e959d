//! Clause numbers: the citable address of a node, made from the document's own numbers.

use super::outline::numerals::{read_arabic, read_chinese, read_sign};
use super::{Node, NodeIx, Outline};
use crate::text::{Text, fold, is_blank};

/// The number as written, its closing mark dropped: `一、` → `一`, `(二)` → `(二)`, `3.` → `3`.
pub fn bare_number<'a>(text: &'a Text, node: &Node) -> &'a str {
    text.slice(node.number).trim_matches(is_blank).trim_end_matches(['、', '.', '．', '。', ',', ':', '：'])
}

/// The numbers from the top down to the node, joined: `二/(三)/1` with `/`, `(二)-1` with `-`. A node without
/// number adds nothing, so that a paragraph has the clause number of the node it belongs to.
pub fn clause_path(text: &Text, outline: &Outline, ix: NodeIx, separator: &str) -> String {
    let mut numbers: Vec<_> = std::iter::once(ix)
        .chain(outline.ancestors(ix))
        .filter_map(|ix| outline.get(ix))
        .map(|node| bare_number(text, node))
        .filter(|number| !number.is_empty())
        .collect();
    numbers.reverse();
    numbers.join(separator)
}

/// The nodes that a person may mean by a clause number, the closest first: `(二)-1`, `二/1`, `2.1` and `第二条 1`
/// all name `(二)-1`, also where more numbers stand above it. None where the words are no clause number.
pub fn find_clause(text: &Text, outline: &Outline, typed: &str) -> Vec<NodeIx> {
    let Some(wanted) = numbers(typed).filter(|wanted| !wanted.is_empty()) else { return Vec::new() };
    // The numbers of a node are those of its parent and its own; parents stand before their children.
    let mut paths: Vec<Vec<u32>> = Vec::with_capacity(outline.nodes.len());
    let mut found = Vec::new();
    let as_typed = fold(typed).replace(' ', "");
    for (ix, node) in outline.iter() {
        let above = node.parent.and_then(|up| paths.get(up.0 as usize));
        let mut path = above.cloned().unwrap_or_default();
        let own = numbers(bare_number(text, node)).unwrap_or_default();
        path.extend(&own);
        if !own.is_empty() && path.ends_with(&wanted) {
            // Written as typed first: `(二)-1` is not `二-(一)`, though both are 2 and 1.
            let written = fold(&clause_path(text, outline, ix, "-"));
            found.push((!written.ends_with(&as_typed), path.len() - wanted.len(), ix));
        }
        paths.push(path);
    }
    found.sort_unstable();
    found.into_iter().map(|(_, _, ix)| ix).collect()
}

/// The numbers in a clause number; `None` where there are words that belong to none.
fn numbers(typed: &str) -> Option<Vec<u32>> {
    const AROUND: &str = "()（）[]〔〕-–—/.．、,，·第章节条款项:：";
    let mut numbers = Vec::new();
    let mut rest = typed;
    while let Some(char) = rest.chars().next() {
        let number = read_chinese(rest).or_else(|| read_arabic(rest, 4));
        let sign = || read_sign(char).map(|(_, value)| (value, char.len_utf8()));
        if let Some((value, len)) = number.or_else(sign) {
            numbers.push(value);
            rest = &rest[len..];
        } else if is_blank(char) || AROUND.contains(char) {
            rest = &rest[char.len_utf8()..];
        } else {
            return None;
        }
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Layout;

    #[test]
    fn a_clause_number_may_be_typed_in_many_ways() {
        let text = "一、完善服务\n(一)加强管理。建立制度。\n(二)加强培训。\n1.培训医生。\n2.培训护士。\n\
                    二、保障措施\n(一)加强领导。\n(二)落实经费。\n1.财政投入。\n2.社会投入。\n";
        let text = Text::new(text);
        let (outline, _, _) = crate::plan::read_outline(&text, &Layout::default());
        let first = |typed: &str| {
            let found = find_clause(&text, &outline, typed);
            found.first().map(|&ix| clause_path(&text, &outline, ix, "-"))
        };
        for typed in ["二-(二)-1", "二/二/1", "2.2.1", "２ ２ 1", "二(二)1"] {
            assert_eq!(first(typed).as_deref(), Some("二-(二)-1"), "{typed}");
        }
        assert_eq!(first("(二)-1").as_deref(), Some("一-(二)-1"), "the first of two");
        assert_eq!(first("二").as_deref(), Some("二"), "the least deep");
        for typed in ["", "家庭医生", "9", "二、保障"] {
            assert_eq!(first(typed), None, "{typed}");
        }
    }
}
