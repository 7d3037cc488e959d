//! The codebook: facets (independent axes of codes) and a tree of tags in each.

use super::unknown::{Unknown, keep_unknown};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The stable id of a tag. Built-in tags have speaking ids (`family_doctor`), a person's own are UUIDs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TagId(pub String);

impl fmt::Display for TagId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for TagId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

/// An independent axis of codes: theme, instrument, population, commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Facet {
    /// Stable id.
    pub id: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Whether a place may carry several tags of this facet.
    pub multiple: bool,
    /// Whether its tags form a tree.
    pub tree: bool,
    /// Fields that a newer version wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}
keep_unknown!(Facet);

/// Words that speak for a tag. A cue that begins with `re:` is a regular expression.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cues {
    /// Each counts 3.
    pub strong: Vec<String>,
    /// Each counts 1.
    pub weak: Vec<String>,
    /// Taken out of the text before the others are looked for.
    pub not: Vec<String>,
}

/// A code of the codebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Tag {
    /// Stable id; taggings refer to it.
    pub id: TagId,
    /// The facet it belongs to.
    pub facet: String,
    /// The tag above it in the tree.
    #[serde(default)]
    pub parent: Option<TagId>,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// What belongs under it, in Chinese.
    #[serde(default)]
    pub definition_zh: String,
    /// What belongs under it, in English.
    #[serde(default)]
    pub definition_en: String,
    /// Which of the 12 tag hues, 0-11.
    pub hue: u8,
    /// Words that speak for it.
    #[serde(default)]
    pub cues: Cues,
    /// The Healthy China 2030 domain a theme belongs to: `健康服务`.
    #[serde(default)]
    pub domain: Option<String>,
    /// Whether it is one of the themes most plans have.
    #[serde(default)]
    pub core: bool,
    /// A key that toggles it on the item in focus.
    #[serde(default)]
    pub shortcut: Option<char>,
    /// Fields that a newer version wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}
keep_unknown!(Tag);

impl Tag {
    /// A tag of which no more is known than its name.
    pub fn named(id: TagId, facet: &str, name: &str) -> Self {
        Self {
            id,
            facet: facet.to_owned(),
            parent: None,
            zh: name.to_owned(),
            en: name.to_owned(),
            definition_zh: String::new(),
            definition_en: String::new(),
            hue: 0,
            cues: Cues::default(),
            domain: None,
            core: false,
            shortcut: None,
            unknown: Unknown::default(),
        }
    }
}

/// Facets and tags, in the order they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Codebook {
    /// Version of the file format.
    pub version: u32,
    /// The axes.
    pub facets: Vec<Facet>,
    /// All tags; children stand after their parent.
    pub tags: Vec<Tag>,
    /// Tags that were merged into another (former id → present id), so that taggings of coders whose files
    /// this window may not write still count.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub merged: BTreeMap<TagId, TagId>,
    /// Fields that a newer version wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}
keep_unknown!(Codebook);

impl Codebook {
    /// The codebook that new projects begin with (assets/codebook.ron).
    pub fn built_in() -> Self {
        const SOURCE: &str = include_str!("../../assets/codebook.ron");
        ron::from_str(SOURCE).unwrap_or_else(|_| Self::empty())
    }

    /// A codebook without facets and tags.
    pub fn empty() -> Self {
        Self {
            version: 1,
            facets: Vec::new(),
            tags: Vec::new(),
            merged: BTreeMap::new(),
            unknown: Unknown::default(),
        }
    }

    /// The tag with this id.
    pub fn tag(&self, id: &TagId) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.id == *id)
    }

    /// The tag that stands for this id now: itself, or what it was merged into.
    pub fn resolve<'a>(&'a self, id: &'a TagId) -> &'a TagId {
        let mut at = id;
        for _ in 0..=self.merged.len() {
            match self.merged.get(at) {
                Some(next) if self.tag(at).is_none() => at = next,
                _ => break,
            }
        }
        at
    }

    /// The facet with this id.
    pub fn facet(&self, id: &str) -> Option<&Facet> {
        self.facets.iter().find(|facet| facet.id == id)
    }

    /// The tags of one facet that have this parent, in order.
    pub fn children<'a>(
        &'a self,
        facet: &'a str,
        parent: Option<&'a TagId>,
    ) -> impl Iterator<Item = &'a Tag> {
        self.tags.iter().filter(move |tag| tag.facet == facet && tag.parent.as_ref() == parent)
    }

    /// The tags facet by facet, each followed by those below it, with their depth (0 = top of a facet).
    pub fn in_tree_order(&self) -> Vec<(&Tag, u8)> {
        let mut ordered = Vec::with_capacity(self.tags.len());
        for facet in &self.facets {
            self.push_below(&facet.id, None, 0, &mut ordered);
        }
        ordered
    }

    fn push_below<'a>(
        &'a self,
        facet: &'a str,
        parent: Option<&'a TagId>,
        depth: u8,
        out: &mut Vec<(&'a Tag, u8)>,
    ) {
        for tag in self.children(facet, parent) {
            // A file made by hand may hold a cycle; no tag is shown twice for it.
            if out.len() < self.tags.len() {
                out.push((tag, depth));
                self.push_below(facet, Some(&tag.id), depth.saturating_add(1), out);
            }
        }
    }

    /// A tag and those above it, from the tag up.
    pub fn with_ancestors<'a>(&'a self, id: &'a TagId) -> impl Iterator<Item = &'a TagId> {
        let above = |id: &&'a TagId| self.tag(id).and_then(|tag| tag.parent.as_ref());
        std::iter::successors(Some(id), above).take(self.tags.len() + 1)
    }

    /// Whether `id` is `above` or lies under it in the tree.
    pub fn is_within(&self, id: &TagId, above: &TagId) -> bool {
        self.with_ancestors(id).any(|id| id == above)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_built_in_codebook_is_whole() {
        let book: Codebook = ron::from_str(include_str!("../../assets/codebook.ron")).unwrap();
        assert_eq!(book, Codebook::built_in());
        let ids: HashSet<_> = book.tags.iter().map(|tag| &tag.id).collect();
        assert_eq!(ids.len(), book.tags.len(), "ids are unique");
        for tag in &book.tags {
            assert!(book.facet(&tag.facet).is_some(), "{}: facet", tag.id);
            assert!(!tag.zh.is_empty() && !tag.en.is_empty(), "{}: names", tag.id);
            assert!(tag.hue < 12, "{}: hue", tag.id);
            let parent = tag.parent.as_ref().map(|id| book.tag(id));
            assert!(
                parent.is_none_or(|parent| parent.is_some_and(|p| p.facet == tag.facet)),
                "{}: parent",
                tag.id
            );
        }
    }

    #[test]
    fn a_tag_lies_within_its_ancestors() {
        let book = Codebook::built_in();
        let child = book.tags.iter().find(|tag| tag.parent.is_some()).unwrap();
        let parent = child.parent.clone().unwrap();
        assert!(book.is_within(&child.id, &parent));
        assert!(!book.is_within(&parent, &child.id));
    }
}
