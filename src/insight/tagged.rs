//! Which tags an item carries: those a coder put on it, or those its words suggest.
//!
//! Views count either; the two are never mixed without saying so.

use super::items::{Item, item_of};
use super::suggest::Suggester;
use crate::annotation::{Annotation, Codebook, Place, TagId};
use crate::plan::Plan;
use crate::text::Span;

/// A tag on an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Index in the list of items.
    pub item: usize,
    /// The tag.
    pub tag: TagId,
    /// The words it was put on; `None` for a suggestion, which is about the whole item.
    pub span: Option<Span>,
}

/// The taggings of a coder (or several) on items of a plan. Annotations that are not found in the text, or lie
/// outside every item, are left out.
pub fn tagged<'a>(
    plan: &Plan,
    items: &[Item],
    annotations: impl IntoIterator<Item = &'a Annotation>,
) -> Vec<Tagged> {
    let found = annotations.into_iter().filter_map(|annotation| {
        let tag = annotation.tag()?;
        let (Place::Exact(span) | Place::Moved(span)) = annotation.anchor.find(&plan.text) else {
            return None;
        };
        let item = item_of(items, plan, plan.outline.at(span.start)?)?;
        Some(Tagged { item, tag: tag.clone(), span: Some(span) })
    });
    let mut tagged: Vec<_> = found.collect();
    tagged.sort_by(|a, b| {
        (a.item, &a.tag, a.span.map(|s| s.start)).cmp(&(b.item, &b.tag, b.span.map(|s| s.start)))
    });
    tagged
}

/// The tags of a facet that the items' words suggest: every one that they clearly speak of, not the best alone. A
/// theme that stands only in the body of a broad item is still there, and a table must not call it missing.
pub fn suggested(plan: &Plan, items: &[Item], book: &Codebook, facet: &str) -> Vec<Tagged> {
    let suggester = Suggester::new(book, facet);
    let of_item = |(index, item): (usize, &Item)| {
        let suggestions = suggester.suggest(plan, item.node).into_iter();
        suggestions
            .map(move |suggestion| Tagged { item: index, tag: suggestion.tag, span: None })
            .collect::<Vec<_>>()
    };
    items.iter().enumerate().flat_map(of_item).collect()
}
