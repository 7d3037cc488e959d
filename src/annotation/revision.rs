//! Edits of the codebook: create, alter, move, merge, split, delete; each gives the codebook as it will be and
//! tells what becomes of the taggings, so that it can be shown before it is done.
//!
//! What becomes of the taggings is worked out in `effect`; the order of the tree is kept in `order`. Pure: nothing is
//! changed here. The caller asks [`Revision::edits`] plan by plan, shows the sum of the effects, then makes one named
//! change set of the codebook and the edits, which undo takes back as one. A plan's text is never touched.

use super::effect::Rule;
use super::{AnnotationId, Codebook, Facet, Tag, TagId};
use std::collections::{BTreeMap, BTreeSet};

/// A codebook edit, worked out but not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The codebook as it will be.
    pub codebook: Codebook,
    /// Tags that come one level up because the tag above them goes.
    pub raised: usize,
    pub(super) rules: Vec<Rule>,
}

/// Why the codebook cannot be edited so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RevisionError {
    /// No such tag.
    #[error("there is no tag `{0}`")]
    NoTag(TagId),
    /// No such facet.
    #[error("there is no facet `{0}`")]
    NoFacet(String),
    /// The id is taken.
    #[error("there is a tag `{0}` already")]
    Taken(TagId),
    /// A tag needs a name in one language at least.
    #[error("the tag needs a name")]
    NoName,
    /// Another tag has the shortcut.
    #[error("`{shortcut}` is the shortcut of `{tag}`")]
    ShortcutTaken {
        /// The key.
        shortcut: char,
        /// Whose it is.
        tag: TagId,
    },
    /// A tag cannot lie under itself or under a tag of another facet.
    #[error("`{0}` cannot lie there")]
    Place(TagId),
}

/// What happens to the taggings of a tag that is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orphans {
    /// They go too.
    Remove,
    /// They get the tag above, where there is one.
    ToParent,
}

impl Codebook {
    /// Adds a tag behind the last of its siblings. Facet, parent and names are as `tag` says.
    pub fn create(&self, tag: Tag) -> Result<Revision, RevisionError> {
        if self.tag(&tag.id).is_some() || self.merged.contains_key(&tag.id) {
            return Err(RevisionError::Taken(tag.id));
        }
        self.check(&tag)?;
        let mut codebook = self.clone();
        codebook.tags.push(tag);
        Ok(Revision::of(codebook.sorted_as_tree()))
    }

    /// Alters the names, colour, definition, cues or shortcut of a tag. To move it, see [`Self::move_tag`].
    pub fn alter(&self, tag: Tag) -> Result<Revision, RevisionError> {
        let at = self.index_of(&tag.id)?;
        self.check(&tag)?;
        let mut codebook = self.clone();
        let before = &self.tags[at];
        codebook.tags[at] = Tag { facet: before.facet.clone(), parent: before.parent.clone(), ..tag };
        Ok(Revision::of(codebook))
    }

    /// Moves a tag, with all below it, under `parent` (`None`: to the top of its facet), before the sibling
    /// `before` or behind the last one.
    pub fn move_tag(
        &self,
        id: &TagId,
        parent: Option<&TagId>,
        before: Option<&TagId>,
    ) -> Result<Revision, RevisionError> {
        let at = self.index_of(id)?;
        if let Some(parent) = parent {
            let above = &self.tags[self.index_of(parent)?];
            if self.is_within(parent, id) || above.facet != self.tags[at].facet {
                return Err(RevisionError::Place(id.clone()));
            }
        }
        let mut codebook = self.clone();
        let mut tag = codebook.tags.remove(at);
        tag.parent = parent.cloned();
        let to = before.and_then(|sibling| codebook.index_of(sibling).ok()).unwrap_or(codebook.tags.len());
        codebook.tags.insert(to, tag);
        Ok(Revision::of(codebook.sorted_as_tree()))
    }

    /// Merges `from` into `into`: its taggings become taggings with `into`, its cues are added, its children
    /// come under `into`. Taggings of coders whose files this window may not write count as `into` through
    /// [`Codebook::resolve`].
    pub fn merge_tags(&self, from: &TagId, into: &TagId) -> Result<Revision, RevisionError> {
        let (from_at, into_at) = (self.index_of(from)?, self.index_of(into)?);
        if from == into || self.is_within(into, from) || self.tags[from_at].facet != self.tags[into_at].facet
        {
            return Err(RevisionError::Place(from.clone()));
        }
        let mut codebook = self.clone();
        let cues = self.tags[from_at].cues.clone();
        let target = &mut codebook.tags[into_at].cues;
        for (to, more) in
            [(&mut target.strong, cues.strong), (&mut target.weak, cues.weak), (&mut target.not, cues.not)]
        {
            let fresh: Vec<_> = more.into_iter().filter(|cue| !to.contains(cue)).collect();
            to.extend(fresh);
        }
        let raised = codebook.adopt(from, Some(into));
        codebook.tags.remove(from_at);
        codebook.merged.insert(from.clone(), into.clone());
        let rule = Rule { from: from.clone(), to: Some(into.clone()), only: None };
        Ok(Revision { codebook: codebook.sorted_as_tree(), raised, rules: vec![rule] })
    }

    /// Splits a tag: adds `parts` behind it and gives the taggings named in `assignment` their part. Taggings
    /// that are not named keep the tag.
    pub fn split(
        &self,
        id: &TagId,
        parts: Vec<Tag>,
        assignment: &BTreeMap<AnnotationId, TagId>,
    ) -> Result<Revision, RevisionError> {
        let at = self.index_of(id)?;
        let (facet, parent) = (self.tags[at].facet.clone(), self.tags[at].parent.clone());
        let mut codebook = self.clone();
        for part in parts.into_iter().rev() {
            if codebook.tag(&part.id).is_some() {
                return Err(RevisionError::Taken(part.id));
            }
            let part = Tag { facet: facet.clone(), parent: parent.clone(), ..part };
            codebook.check(&part)?;
            codebook.tags.insert(at + 1, part);
        }
        if let Some(missing) = assignment.values().find(|part| codebook.tag(part).is_none()) {
            return Err(RevisionError::NoTag(missing.clone()));
        }
        let mut groups: BTreeMap<&TagId, BTreeSet<AnnotationId>> = BTreeMap::new();
        for (&annotation, part) in assignment {
            groups.entry(part).or_default().insert(annotation);
        }
        let rule =
            |(part, only): (&TagId, _)| Rule { from: id.clone(), to: Some(part.clone()), only: Some(only) };
        let rules = groups.into_iter().map(rule).collect();
        Ok(Revision { codebook: codebook.sorted_as_tree(), raised: 0, rules })
    }

    /// Deletes a tag. Its children come one level up; its taggings go, or get the tag above.
    pub fn delete(&self, id: &TagId, orphans: Orphans) -> Result<Revision, RevisionError> {
        let at = self.index_of(id)?;
        let parent = self.tags[at].parent.clone();
        let mut codebook = self.clone();
        let raised = codebook.adopt(id, parent.as_ref());
        codebook.tags.remove(at);
        let to = parent.filter(|_| orphans == Orphans::ToParent);
        if let Some(to) = &to {
            codebook.merged.insert(id.clone(), to.clone());
        }
        let rule = Rule { from: id.clone(), to, only: None };
        Ok(Revision { codebook: codebook.sorted_as_tree(), raised, rules: vec![rule] })
    }

    /// Adds a facet, or alters the one with the same id.
    pub fn put_facet(&self, facet: Facet) -> Revision {
        let mut codebook = self.clone();
        match codebook.facets.iter_mut().find(|present| present.id == facet.id) {
            Some(present) => *present = facet,
            None => codebook.facets.push(facet),
        }
        Revision::of(codebook)
    }

    fn index_of(&self, id: &TagId) -> Result<usize, RevisionError> {
        self.tags.iter().position(|tag| tag.id == *id).ok_or_else(|| RevisionError::NoTag(id.clone()))
    }

    /// Whether `tag` may stand in the codebook.
    fn check(&self, tag: &Tag) -> Result<(), RevisionError> {
        if tag.zh.trim().is_empty() && tag.en.trim().is_empty() {
            return Err(RevisionError::NoName);
        }
        if self.facet(&tag.facet).is_none() {
            return Err(RevisionError::NoFacet(tag.facet.clone()));
        }
        if let Some(parent) = &tag.parent
            && self.tags[self.index_of(parent)?].facet != tag.facet
        {
            return Err(RevisionError::Place(tag.id.clone()));
        }
        let holder = |key| self.tags.iter().find(|other| other.shortcut == Some(key) && other.id != tag.id);
        match tag.shortcut.and_then(|key| Some((key, holder(key)?))) {
            Some((shortcut, holder)) => {
                Err(RevisionError::ShortcutTaken { shortcut, tag: holder.id.clone() })
            }
            None => Ok(()),
        }
    }

    /// Puts the children of `of` under `parent`; tells how many.
    fn adopt(&mut self, of: &TagId, parent: Option<&TagId>) -> usize {
        let children = self.tags.iter_mut().filter(|tag| tag.parent.as_ref() == Some(of));
        children.map(|tag| tag.parent = parent.cloned()).count()
    }
}

impl Revision {
    fn of(codebook: Codebook) -> Self {
        Self { codebook, raised: 0, rules: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Anchor, Annotation, Body, Effect, Sheet, Unknown};
    use super::*;
    use crate::text::{CharPos, Span, Text};
    use jiff::Timestamp;

    fn tag(id: &str, parent: Option<&str>) -> Tag {
        Tag {
            parent: parent.map(TagId::from),
            en: String::new(),
            ..Tag::named(id.into(), "theme", &format!("标签{id}"))
        }
    }

    /// a(a1 a2) b
    fn book() -> Codebook {
        let facet = |id: &str| Facet {
            id: id.into(),
            zh: id.into(),
            en: id.into(),
            multiple: true,
            tree: true,
            unknown: Unknown::default(),
        };
        let tags = vec![tag("a", None), tag("a1", Some("a")), tag("a2", Some("a")), tag("b", None)];
        Codebook { facets: vec![facet("theme"), facet("other")], tags, ..Codebook::empty() }
    }

    fn ids(codebook: &Codebook) -> String {
        let indent = |tag: &Tag| {
            std::iter::successors(tag.parent.clone(), |id| codebook.tag(id)?.parent.clone()).count()
        };
        codebook
            .tags
            .iter()
            .map(|tag| format!("{}{}", "-".repeat(indent(tag)), tag.id))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn tagging(start: u32, tag: &str) -> Annotation {
        let anchor = Anchor::new(&Text::new("一二三四五六七八九十"), Span::at(CharPos(start), 2));
        Annotation::new(anchor, Body::Tag(tag.into()), Timestamp::UNIX_EPOCH)
    }

    fn check(revision: Result<Revision, RevisionError>, expect: &str) {
        assert_eq!(revision.map_or_else(|e| e.to_string(), |r| ids(&r.codebook)), expect);
    }

    #[test]
    fn the_tree_is_edited() {
        let book = book();
        let id = |id: &str| TagId::from(id);
        check(book.create(tag("a3", Some("a"))), "a -a1 -a2 -a3 b");
        check(book.create(tag("a", None)), "there is a tag `a` already");
        check(book.create(Tag { zh: " ".into(), ..tag("c", None) }), "the tag needs a name");
        check(book.create(tag("c", Some("x"))), "there is no tag `x`");
        check(book.move_tag(&id("a"), Some(&id("b")), None), "b -a --a1 --a2");
        check(book.move_tag(&id("a"), Some(&id("a1")), None), "`a` cannot lie there");
        check(book.move_tag(&id("b"), None, Some(&id("a"))), "b a -a1 -a2");
        check(book.move_tag(&id("a2"), Some(&id("a")), Some(&id("a1"))), "a -a2 -a1 b");
        check(book.merge_tags(&id("a"), &id("b")), "b -a1 -a2");
        check(book.merge_tags(&id("a"), &id("a1")), "`a` cannot lie there");
        check(book.delete(&id("a"), Orphans::Remove), "a1 a2 b");
        check(
            book.split(&id("a1"), vec![tag("x", None), tag("y", None)], &BTreeMap::new()),
            "a -a1 -x -y -a2 b",
        );
    }

    #[test]
    fn renaming_keeps_the_place_and_shortcuts_are_unique() {
        let book = book();
        let renamed =
            book.alter(Tag { zh: "新名".into(), shortcut: Some('1'), ..tag("a1", None) }).unwrap().codebook;
        assert_eq!(ids(&renamed), ids(&book));
        assert_eq!(renamed.tag(&"a1".into()).unwrap().zh, "新名");
        let clash = renamed.alter(Tag { shortcut: Some('1'), ..tag("b", None) }).unwrap_err();
        assert_eq!(clash, RevisionError::ShortcutTaken { shortcut: '1', tag: "a1".into() });
    }

    #[test]
    fn what_becomes_of_taggings_is_told_first_and_can_be_taken_back() {
        let book = book();
        let sheet = Sheet::new([tagging(0, "a1"), tagging(0, "a2"), tagging(4, "a1"), tagging(6, "b")]);
        let list: Vec<&Annotation> = sheet.iter().collect();
        let second = list.iter().find(|a| a.anchor.start == CharPos(4)).unwrap().id;
        let now = Timestamp::from_second(9).unwrap();
        let cases = [
            (
                book.merge_tags(&"a1".into(), &"a2".into()),
                Effect { retagged: 1, joined: 1, removed: 0, notes: 0 },
            ),
            (
                book.delete(&"a1".into(), Orphans::Remove),
                Effect { retagged: 0, joined: 0, removed: 2, notes: 0 },
            ),
            (
                book.delete(&"a1".into(), Orphans::ToParent),
                Effect { retagged: 2, joined: 0, removed: 0, notes: 0 },
            ),
            (
                book.split(&"a1".into(), vec![tag("x", None)], &[(second, "x".into())].into()),
                Effect { retagged: 1, joined: 0, removed: 0, notes: 0 },
            ),
            (book.move_tag(&"a1".into(), None, None), Effect::default()),
        ];
        for (revision, expect) in cases {
            let (edits, effect) = revision.unwrap().edits(&list, now);
            assert_eq!(effect, expect);
            let mut after = sheet.clone();
            for edit in &edits {
                after.apply(edit).unwrap();
            }
            for edit in edits.iter().rev() {
                after.apply(&edit.inverse()).unwrap();
            }
            assert_eq!(after, sheet);
        }
    }

    #[test]
    fn taggings_of_other_coders_follow_a_merge() {
        let merged = book().merge_tags(&"a1".into(), &"a2".into()).unwrap().codebook;
        let merged = merged.merge_tags(&"a2".into(), &"b".into()).unwrap().codebook;
        assert_eq!(merged.resolve(&"a1".into()), &TagId::from("b"));
        assert_eq!(merged.resolve(&"a".into()), &TagId::from("a"));
    }
}
