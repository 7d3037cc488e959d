//! One coder's annotations on one plan, and edits of them that carry their own inverse.

use super::unknown::Unknown;
use super::{Annotation, AnnotationId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The person who annotates, as named in the settings. Also the stem of the coder's files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Coder(String);

impl Coder {
    /// Takes a name; chars that no file name may hold become `_`, so that it can name a file on every
    /// system. An empty name becomes `coder`.
    pub fn new(name: &str) -> Self {
        let safe = |c: char| if c.is_control() || r#"\/:*?"<>|."#.contains(c) { '_' } else { c };
        let name: String = name.trim().chars().take(60).map(safe).collect();
        Self(if name.is_empty() { "coder".to_owned() } else { name })
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One coder's annotations on one plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    annotations: BTreeMap<AnnotationId, Annotation>,
    /// Fields of the file that a newer version wrote.
    pub unknown: Unknown,
}

/// A change of one annotation: what was there before and what is there after. `None` means: not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Image before.
    pub before: Option<Annotation>,
    /// Image after.
    pub after: Option<Annotation>,
}

/// The sheet is not as the edit expects it; nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the annotation was changed elsewhere in the meantime")]
pub struct EditConflict;

impl Edit {
    /// Puts a new annotation.
    pub fn put(annotation: Annotation) -> Self {
        Self { before: None, after: Some(annotation) }
    }

    /// Takes an annotation away.
    pub fn remove(annotation: Annotation) -> Self {
        Self { before: Some(annotation), after: None }
    }

    /// The edit that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }

    /// The annotation it is about.
    pub fn id(&self) -> Option<AnnotationId> {
        self.after.as_ref().or(self.before.as_ref()).map(|annotation| annotation.id)
    }
}

impl Sheet {
    /// A sheet with these annotations.
    pub fn new(annotations: impl IntoIterator<Item = Annotation>) -> Self {
        let annotations = annotations.into_iter().map(|annotation| (annotation.id, annotation)).collect();
        Self { annotations, unknown: Unknown::default() }
    }

    /// Carries out an edit, if the annotation is as the edit expects it.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), EditConflict> {
        let Some(id) = edit.id() else { return Ok(()) };
        if self.annotations.get(&id) != edit.before.as_ref() {
            return Err(EditConflict);
        }
        match &edit.after {
            Some(annotation) => self.annotations.insert(id, annotation.clone()),
            None => self.annotations.remove(&id),
        };
        Ok(())
    }

    /// The annotations, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Annotation> {
        self.annotations.values()
    }

    /// The annotation with this id.
    pub fn get(&self, id: AnnotationId) -> Option<&Annotation> {
        self.annotations.get(&id)
    }

    /// Number of annotations.
    pub fn len(&self) -> usize {
        self.annotations.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.annotations.is_empty()
    }

    /// The annotations in the order of the text (then of their ids), as files hold them.
    pub fn in_order(&self) -> Vec<&Annotation> {
        let mut list: Vec<_> = self.annotations.values().collect();
        list.sort_by_key(|annotation| (annotation.anchor.start, annotation.anchor.end, annotation.id));
        list
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Anchor, Body, TagId};
    use super::*;
    use crate::text::{CharPos, Span, Text};
    use jiff::Timestamp;
    use proptest::prelude::*;

    fn annotation(start: u32, tag: &str) -> Annotation {
        let text = Text::new("一二三四五六七八九十");
        let anchor = Anchor::new(&text, Span::at(CharPos(start), 2));
        Annotation::new(anchor, Body::Tag(TagId::from(tag)), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn an_edit_that_expects_something_else_changes_nothing() {
        let (one, other) = (annotation(0, "a"), annotation(2, "b"));
        let mut sheet = Sheet::new([one.clone()]);
        let before = sheet.clone();
        assert_eq!(sheet.apply(&Edit::remove(other)), Err(EditConflict));
        assert_eq!(sheet.apply(&Edit::put(one)), Err(EditConflict));
        assert_eq!(sheet, before);
    }

    #[test]
    fn a_coders_name_can_name_a_file() {
        for (name, file) in [("张 三", "张 三"), ("a/b:c", "a_b_c"), ("  ", "coder"), ("..", "__")] {
            assert_eq!(Coder::new(name).as_str(), file);
        }
    }

    proptest! {
        #[test]
        fn the_inverse_of_every_edit_restores_the_sheet(starts in prop::collection::vec(0u32..8, 1..20)) {
            let mut sheet = Sheet::default();
            for start in starts {
                let edit = match sheet.iter().find(|a| a.anchor.start == CharPos(start)) {
                    Some(present) => Edit::remove(present.clone()),
                    None => Edit::put(annotation(start, "t")),
                };
                let before = sheet.clone();
                sheet.apply(&edit).unwrap();
                prop_assert_ne!(&sheet, &before);
                let mut back = sheet.clone();
                back.apply(&edit.inverse()).unwrap();
                prop_assert_eq!(back, before);
            }
        }
    }
}
