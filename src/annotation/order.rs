//! The order of the codebook: every tag once, in a facet, behind its parent.

use super::{Codebook, Facet, Tag, TagId};
use std::collections::{BTreeMap, BTreeSet};

impl Codebook {
    /// The same with every child behind its parent, siblings in their order, facet by facet. Tags of an
    /// unknown facet stand last.
    #[must_use]
    pub(super) fn sorted_as_tree(mut self) -> Self {
        let mut children: BTreeMap<Option<TagId>, Vec<Tag>> = BTreeMap::new();
        let ids: BTreeSet<TagId> = self.tags.iter().map(|tag| tag.id.clone()).collect();
        for tag in std::mem::take(&mut self.tags) {
            let parent = tag.parent.clone().filter(|parent| ids.contains(parent));
            children.entry(parent).or_default().push(tag);
        }
        let mut top = children.remove(&None).unwrap_or_default();
        let rank =
            |tag: &Tag| self.facets.iter().position(|facet| facet.id == tag.facet).unwrap_or(usize::MAX);
        top.sort_by_key(rank);
        let mut stack: Vec<Tag> = top.into_iter().rev().collect();
        while let Some(tag) = stack.pop() {
            stack.extend(children.remove(&Some(tag.id.clone())).unwrap_or_default().into_iter().rev());
            self.tags.push(tag);
        }
        self
    }

    /// The same with every tag once, in a facet, and in a place of the tree; as a file made by hand, or salvaged,
    /// may not be.
    #[must_use]
    pub fn put_in_order(mut self) -> Self {
        let mut ids = BTreeSet::new();
        self.tags.retain(|tag| ids.insert(tag.id.clone()));
        for tag in &self.tags {
            if self.facets.iter().all(|facet| facet.id != tag.facet) {
                let (id, zh, en) = (tag.facet.clone(), tag.facet.clone(), tag.facet.clone());
                let unknown = super::Unknown::default();
                self.facets.push(Facet { id, zh, en, multiple: true, tree: true, unknown });
            }
        }
        let facets: BTreeMap<TagId, String> =
            self.tags.iter().map(|tag| (tag.id.clone(), tag.facet.clone())).collect();
        for tag in &mut self.tags {
            tag.parent.take_if(|parent| facets.get(parent) != Some(&tag.facet));
        }
        self.break_cycles();
        self.sorted_as_tree()
    }

    /// Brings tags that lie under themselves (two merged moves can do that) to the top of their facet.
    pub(super) fn break_cycles(&mut self) {
        for at in 0..self.tags.len() {
            let id = self.tags[at].id.clone();
            if self.tags[at].parent.clone().is_some_and(|parent| self.is_within(&parent, &id)) {
                self.tags[at].parent = None;
            }
        }
    }
}
