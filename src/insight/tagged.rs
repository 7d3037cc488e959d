//! Which tags an item carries: those a coder put on it, or those its words suggest.
//!
//! Views count either; the two are never mixed without saying so.

use super::items::{Item, item_of};
use super::suggest::Suggester;
use crate::annotation::{Annotation, Codebook, Place, TagId};
use crate::plan::Plan;
use crate::text::Span;

/// Tags suggested beside the best reach this share of its score …
const BESIDE: f32 = 0.5;
/// … and there are at most so many in all.
const SUGGESTIONS: usize = 3;

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

/// The tags of a facet that the items' words suggest: the best, and those not far behind it.
pub fn suggested(plan: &Plan, items: &[Item], book: &Codebook, facet: &str) -> Vec<Tagged> {
    let suggester = Suggester::new(book, facet);
    let mut tagged = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let suggestions = suggester.suggest(plan, item.node);
        let best = suggestions.first().map_or(0.0, |suggestion| suggestion.score);
        let near = suggestions.into_iter().take(SUGGESTIONS).filter(|other| other.score >= BESIDE * best);
        tagged.extend(near.map(|near| Tagged { item: index, tag: near.tag, span: None }));
    }
    tagged
}
