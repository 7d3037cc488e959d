//! Bringing two versions of the same thing together so that nothing of either is lost.
//!
//! Two machines, or two people, may change the same file. With the version both began from, an annotation or
//! tag that only one changed is taken from that one; without, or where both changed it, the later change
//! stands and a note that would be overwritten is kept as a second note. Not here: files (see
//! `project::outside`, `project::join`).

use super::{Annotation, AnnotationId, Body, Codebook, Edit, Sheet};
use std::collections::{BTreeMap, BTreeSet};

/// What a merge brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// The edits that lead from our sheet to the merged one.
    pub edits: Vec<Edit>,
    /// Annotations that both had changed.
    pub clashes: usize,
    /// Notes among them that both had written otherwise, so that the earlier is kept as a second note.
    pub second_notes: usize,
}

impl Sheet {
    /// The edits that bring what `theirs` has into this sheet. `base` is the version both began from; empty
    /// where they have none in common (then nothing is ever taken away).
    pub fn merge(&self, base: &Self, theirs: &Self) -> Brought {
        let ids: BTreeSet<AnnotationId> =
            self.iter().chain(theirs.iter()).map(|annotation| annotation.id).collect();
        let mut brought = Brought::default();
        for id in ids {
            let (base, ours, theirs) = (base.get(id), self.get(id), theirs.get(id));
            if ours == theirs || theirs == base {
                continue;
            }
            if ours == base {
                brought.edits.push(Edit { before: ours.cloned(), after: theirs.cloned() });
                continue;
            }
            match (ours, theirs) {
                (Some(ours), Some(theirs)) => {
                    brought.clashes += 1;
                    brought.second_notes += usize::from(self.settle(ours, theirs, &mut brought.edits));
                }
                // One took it away while the other changed it: what was written stays.
                (None, Some(theirs)) => brought.edits.push(Edit::put(theirs.clone())),
                (_, None) => {}
            }
        }
        brought
    }

    /// Both changed an annotation: the later change stands. A note of other words is kept beside it, under an
    /// id made from both, so that both machines make the same second note. Tells whether one is made.
    fn settle(&self, ours: &Annotation, theirs: &Annotation, edits: &mut Vec<Edit>) -> bool {
        let (later, earlier) = if theirs.modified > ours.modified { (theirs, ours) } else { (ours, theirs) };
        if later != ours {
            edits.push(Edit { before: Some(ours.clone()), after: Some(later.clone()) });
        }
        let words = |note: &Annotation| match &note.body {
            Body::Note(words) => Some(words.trim().to_owned()),
            Body::Tag(_) => None,
        };
        let Some(kept) =
            words(earlier).filter(|kept| !kept.is_empty() && words(later).is_none_or(|w| !w.contains(kept)))
        else {
            return false;
        };
        let id = AnnotationId(uuid::Uuid::from_u128(earlier.id.0.as_u128() ^ hash_of(&kept)));
        let is_new = self.get(id).is_none();
        if is_new {
            edits.push(Edit::put(Annotation { id, ..earlier.clone() }));
        }
        is_new
    }
}

/// A number made from words, the same in every build and on every machine (FNV-1a, 128 bits).
fn hash_of(words: &str) -> u128 {
    let step = |hash: u128, byte: u8| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    };
    words.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, step)
}

impl Codebook {
    /// This codebook with what `theirs` has: facets and tags that only one changed since `base` are taken from
    /// that one; where both changed one, ours stands. Nothing that either added or changed is taken away.
    #[must_use]
    pub fn merge(&self, base: Option<&Self>, theirs: &Self) -> Self {
        if self == theirs {
            return self.clone();
        }
        let facets = merge_lists(base.map(|b| b.facets.as_slice()), &self.facets, &theirs.facets, |facet| {
            facet.id.clone()
        });
        let mut tags =
            merge_lists(base.map(|b| b.tags.as_slice()), &self.tags, &theirs.tags, |tag| tag.id.clone());
        // A tag that one moved under a tag that the other took away comes to the top of its facet.
        let present: BTreeSet<_> = tags.iter().map(|tag| tag.id.clone()).collect();
        for tag in &mut tags {
            tag.parent.take_if(|parent| !present.contains(parent));
        }
        let mut merged = Self { facets, tags, ..self.clone() };
        for (from, to) in &theirs.merged {
            merged.merged.entry(from.clone()).or_insert_with(|| to.clone());
        }
        merged.merged.retain(|from, _| !present.contains(from));
        merged.break_cycles();
        merged.sorted_as_tree()
    }
}

/// Three-way merge of lists whose elements have ids. Theirs come where they stood behind the same neighbour.
fn merge_lists<T: Clone + PartialEq, K: Ord + Clone>(
    base: Option<&[T]>,
    ours: &[T],
    theirs: &[T],
    key: impl Fn(&T) -> K,
) -> Vec<T> {
    let by_key =
        |list: &[T]| -> BTreeMap<K, T> { list.iter().map(|item| (key(item), item.clone())).collect() };
    let (base, their_map) = (base.map(by_key).unwrap_or_default(), by_key(theirs));
    let mut merged: Vec<T> = Vec::with_capacity(ours.len());
    for item in ours {
        match (base.get(&key(item)), their_map.get(&key(item))) {
            (Some(base), Some(theirs)) if item == base => merged.push(theirs.clone()),
            // They took away what we left as it was.
            (Some(base), None) if item == base => {}
            _ => merged.push(item.clone()),
        }
    }
    let known: BTreeSet<K> = ours.iter().map(&key).collect();
    let mut after = 0;
    for item in theirs {
        if let Some(at) = merged.iter().position(|present| key(present) == key(item)) {
            after = at + 1;
        } else if !known.contains(&key(item)) && base.get(&key(item)) != Some(item) {
            merged.insert(after, item.clone());
            after += 1;
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::super::{Anchor, TagId};
    use super::*;
    use crate::text::{CharPos, Span, Text};
    use jiff::Timestamp;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn note(words: &str, second: i64) -> Annotation {
        let anchor = Anchor::new(&Text::new("一二三四五六"), Span::at(CharPos(1), 2));
        Annotation {
            id: AnnotationId(uuid::Uuid::from_u128(7)),
            ..Annotation::new(anchor, Body::Note(words.into()), at(second))
        }
    }

    fn merged(base: &Sheet, ours: &Sheet, theirs: &Sheet) -> Sheet {
        let mut sheet = ours.clone();
        for edit in ours.merge(base, theirs).edits {
            sheet.apply(&edit).unwrap();
        }
        sheet
    }

    fn words(sheet: &Sheet) -> Vec<&str> {
        let mut words: Vec<_> = sheet.iter().filter_map(Annotation::note).collect();
        words.sort_unstable();
        words
    }

    #[test]
    fn what_only_one_changed_is_taken_from_that_one() {
        let sheet = |words: &[(&str, i64)]| Sheet::new(words.iter().map(|&(w, s)| note(w, s)));
        let base = sheet(&[("旧", 0)]);
        let none = Sheet::default();
        let cases = [
            (&base, &base, &sheet(&[("新", 1)]), vec!["新"]),
            (&base, &sheet(&[("新", 1)]), &base, vec!["新"]),
            (&base, &none, &base, vec![]),
            (&base, &base, &none, vec![]),
            (&base, &none, &sheet(&[("新", 1)]), vec!["新"]),
            (&base, &sheet(&[("新", 1)]), &none, vec!["新"]),
            (&none, &base, &none, vec!["旧"]),
            (&base, &sheet(&[("甲", 1)]), &sheet(&[("乙", 2)]), vec!["乙", "甲"]),
            (&base, &sheet(&[("甲", 1)]), &sheet(&[("甲,又乙", 2)]), vec!["甲,又乙"]),
        ];
        for (base, ours, theirs, expect) in cases {
            assert_eq!(words(&merged(base, ours, theirs)), expect);
        }
    }

    #[test]
    fn both_machines_come_to_the_same() {
        let (base, a, b) =
            (Sheet::new([note("旧", 0)]), Sheet::new([note("甲", 1)]), Sheet::new([note("乙", 2)]));
        assert_eq!(merged(&base, &a, &b), merged(&base, &b, &a));
    }

    #[test]
    fn codebooks_come_together() {
        let base = Codebook::built_in();
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        ours.tags[3].zh = "我们的名称".into();
        theirs.tags[4].zh = "他们的名称".into();
        theirs.tags[3].zh = "也改了".into();
        let mut added = base.tags[5].clone();
        added.id = TagId::from("added");
        theirs.tags.insert(6, added);
        let removed = base
            .tags
            .iter()
            .rfind(|tag| base.tags.iter().all(|t| t.parent.as_ref() != Some(&tag.id)))
            .unwrap()
            .id
            .clone();
        theirs.tags.retain(|tag| tag.id != removed);
        let merged = ours.merge(Some(&base), &theirs);
        let name = |id: &TagId| merged.tag(id).map(|tag| tag.zh.as_str());
        assert_eq!(name(&base.tags[3].id), Some("我们的名称"));
        assert_eq!(name(&base.tags[4].id), Some("他们的名称"));
        assert!(name(&TagId::from("added")).is_some());
        assert_eq!(name(&removed), None);
        assert!(base.merge(None, &ours.merge(None, &theirs)).tag(&removed).is_some());
        assert_eq!(base.merge(Some(&base), &base), base);
    }

    proptest! {
        #[test]
        fn nothing_of_either_is_lost(ours in prop::collection::vec((0u128..12, 0i64..5), 0..10), theirs in prop::collection::vec((0u128..12, 0i64..5), 0..10)) {
            let sheet = |list: &[(u128, i64)], who: &str| Sheet::new(list.iter().map(|&(id, second)| {
                Annotation { id: AnnotationId(uuid::Uuid::from_u128(id)), ..note(&format!("{who}{id}"), second) }
            }));
            let (ours, theirs) = (sheet(&ours, "甲"), sheet(&theirs, "乙"));
            let merged = merged(&Sheet::default(), &ours, &theirs);
            for annotation in ours.iter().chain(theirs.iter()) {
                prop_assert!(words(&merged).contains(&annotation.note().unwrap()));
            }
        }
    }
}
