//! Facts that stand in the nodes: departments, table rows, targets.
//!
//! Read in this order: `passage` (words in matching form), `departments`, `table/`, `indicators` (the
//! canonical names), `quantity`, then `targets/`. Nothing here fails or does IO.

mod as_written;
mod departments;
mod indicators;
mod numeral;
mod passage;
mod quantity;
mod table;
mod targets;
// Lists read better as lists than one word a line.
#[rustfmt::skip]
mod units;

pub(super) use as_written::as_written;
pub(super) use departments::departments;
pub use indicators::{Direction, Indicator, Indicators};
pub(super) use table::tables;
pub(super) use targets::targets;

#[cfg(test)]
mod tests {
    use crate::plan::{Kind, Metadata, Node, Outline, Segments};
    use crate::text::{Span, Text};

    /// An outline of one paragraph a line, so that facts can be tested on words alone.
    pub(super) fn lines(text: &Text) -> Outline {
        let nodes = text.lines().filter(|line| !line.content.trim().is_empty()).map(|line| node(line.span));
        Outline { nodes: nodes.collect(), ..Outline::default() }
    }

    proptest::proptest! {
        /// Whatever the words, and whether or not they are taken for a table: a result, within the text.
        #[test]
        fn any_words_give_facts(
            words in "([0-9]{1,4}|[.:%‰≤≥<>()《》“”|\\t\\n,、。;： -]|到|至|由|比|年|底前|分别|均建有|都|全部|应检尽检|培训|建设|名|个|岁|万|率|的|健康 水平|领域指标2015年2020年|指标|单位|牵头|责任单位:|等|以上|左右|达到|不低于){0,60}",
            is_table in proptest::bool::ANY,
        ) {
            let text = Text::new(&words);
            let mut outline = lines(&text);
            if is_table {
                outline.nodes = vec![node(text.span())];
                outline.nodes[0].kind = Kind::Table;
            }
            super::departments(&text, &mut outline);
            super::tables(&text, &mut outline, &mut Vec::new());
            for target in super::targets(&text, &outline, &Metadata::default()) {
                proptest::prop_assert!(text.span().encloses(target.span), "{target:?}");
            }
        }
    }

    /// A paragraph that holds `span`.
    pub(super) fn node(span: Span) -> Node {
        Node { body: Segments::one(span), ..Node::paragraph(span, 1) }
    }
}
