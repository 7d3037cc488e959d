//! Edits of facets: moving a tag from one to another, deleting one with all its tags. As in `revision`, each gives
//! the codebook as it will be and what becomes of the taggings.

use super::effect::Rule;
use super::{Codebook, Revision, RevisionError, TagId};
use std::collections::BTreeSet;

impl Codebook {
    /// Moves a tag, with all below it, to the end of another facet. Its taggings stay as they are. In a facet without
    /// levels the tags below it come beside it.
    pub fn move_to_facet(&self, id: &TagId, facet: &str) -> Result<Revision, RevisionError> {
        let tag = self.tag(id).ok_or_else(|| RevisionError::NoTag(id.clone()))?;
        let to = self.facet(facet).ok_or_else(|| RevisionError::NoFacet(facet.to_owned()))?;
        if tag.facet == to.id {
            return Err(RevisionError::Place(id.clone()));
        }
        let moved: BTreeSet<TagId> =
            self.tags.iter().filter(|tag| self.is_within(&tag.id, id)).map(|tag| tag.id.clone()).collect();
        let mut codebook = self.clone();
        let (mut going, staying): (Vec<_>, Vec<_>) =
            codebook.tags.into_iter().partition(|tag| moved.contains(&tag.id));
        let mut raised = 0;
        for tag in &mut going {
            facet.clone_into(&mut tag.facet);
            if tag.id == *id || !to.tree {
                raised += usize::from(tag.id != *id);
                tag.parent = None;
            }
        }
        codebook.tags = staying;
        codebook.tags.append(&mut going);
        Ok(Revision { codebook: codebook.sorted_as_tree(), raised, rules: Vec::new() })
    }

    /// Deletes a facet with all its tags; their taggings go too.
    pub fn delete_facet(&self, facet: &str) -> Result<Revision, RevisionError> {
        if self.facet(facet).is_none() {
            return Err(RevisionError::NoFacet(facet.to_owned()));
        }
        let mut codebook = self.clone();
        codebook.facets.retain(|other| other.id != facet);
        codebook.tags.retain(|tag| tag.facet != facet);
        let gone = self.tags.iter().filter(|tag| tag.facet == facet);
        let rules = gone.map(|tag| Rule { from: tag.id.clone(), to: None, only: None }).collect();
        Ok(Revision { codebook, raised: 0, rules })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Facet, Tag, Unknown};
    use super::*;

    fn book() -> Codebook {
        let facet = |id: &str, tree| Facet {
            id: id.into(),
            zh: id.into(),
            en: id.into(),
            multiple: true,
            tree,
            unknown: Unknown::default(),
        };
        let tag = |id: &str, facet: &str, parent: Option<&str>| Tag {
            parent: parent.map(TagId::from),
            ..Tag::named(id.into(), facet, id)
        };
        Codebook {
            facets: vec![facet("theme", true), facet("means", true), facet("group", false)],
            tags: vec![
                tag("a", "theme", None),
                tag("a1", "theme", Some("a")),
                tag("a11", "theme", Some("a1")),
                tag("b", "theme", None),
                tag("m", "means", None),
                tag("g", "group", None),
            ],
            ..Codebook::empty()
        }
    }

    /// The tags as `facet:parent/id`.
    fn said(revision: Result<Revision, RevisionError>) -> String {
        let one = |tag: &Tag| match &tag.parent {
            Some(parent) => format!("{}:{parent}/{}", tag.facet, tag.id),
            None => format!("{}:{}", tag.facet, tag.id),
        };
        let all = |r: Revision| r.codebook.tags.iter().map(one).collect::<Vec<_>>().join(" ");
        revision.map_or_else(|error| error.to_string(), all)
    }

    #[test]
    fn a_tag_moves_to_another_facet_with_all_below_it() {
        let book = book();
        let moved = |id: &str, facet| book.move_to_facet(&id.into(), facet);
        assert_eq!(said(moved("a1", "means")), "theme:a theme:b means:m means:a1 means:a1/a11 group:g");
        assert_eq!(said(moved("a", "group")), "theme:b means:m group:g group:a group:a1 group:a11");
        assert_eq!(moved("a", "group").unwrap().raised, 2, "a facet without levels holds no tree");
        assert_eq!(said(moved("a", "theme")), "`a` cannot lie there");
        assert_eq!(said(moved("a", "nowhere")), "there is no facet `nowhere`");
        assert_eq!(said(moved("x", "group")), "there is no tag `x`");
        assert!(moved("a", "means").unwrap().rules.is_empty(), "taggings stay as they are");
    }

    #[test]
    fn a_facet_is_deleted_with_its_tags_and_their_taggings() {
        let book = book();
        let deleted = book.delete_facet("theme").unwrap();
        assert_eq!(deleted.rules.len(), 4);
        assert!(deleted.rules.iter().all(|rule| rule.to.is_none()));
        assert_eq!(deleted.codebook.facets.len(), 2);
        assert_eq!(said(Ok(deleted)), "means:m group:g");
        assert_eq!(said(book.delete_facet("nowhere")), "there is no facet `nowhere`");
    }
}
