//! Which tags an item carries: those a coder put on it, or those its words suggest.
//!
//! Views count either; the two are never mixed without saying so.

use super::cues::FacetCues;
use super::items::{Item, item_of};
use crate::annotation::{Annotation, Codebook, Place, TagId};
use crate::plan::Plan;
use crate::text::Span;

/// A tag speaks clearly from this weight on: one strong cue.
const CLEAR: f32 = 3.0;
/// Tags suggested beside the best reach this share of its weight …
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

/// The tags of a facet that the items' words suggest: those with a strong cue, not far behind the best.
pub fn suggested(plan: &Plan, items: &[Item], book: &Codebook, facet: &str) -> Vec<Tagged> {
    let cues = FacetCues::new(book, facet);
    let mut tagged = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let mut about: Vec<_> = cues.of(&item.read(&plan.text)).iter().collect();
        about.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let best = about.first().map_or(0.0, |&(_, weight)| weight);
        let clear = about.into_iter().take(SUGGESTIONS).filter(|&(_, w)| w >= CLEAR && w >= BESIDE * best);
        let tags = clear.filter_map(|(dimension, _)| cues.tag(dimension));
        tagged.extend(tags.map(|tag| Tagged { item: index, tag: tag.clone(), span: None }));
    }
    tagged
}
