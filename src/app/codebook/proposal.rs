//! Edits of the codebook that touch taggings: worked out and shown first, then carried out as one change set.
//!
//! Only the coder's own files are written. Taggings of other coders stay as they are; those of a merged tag
//! count as the tag it was merged into ([`Codebook::resolve`]).

use super::{Chosen, CodebookProblem, fresh_tag};
use crate::annotation::{
    Annotation, AnnotationId, Codebook, Effect, Orphans, Revision, RevisionError, Tag, TagId, new_tags,
};
use crate::app::{App, ChangeSet, EditName};
use crate::project::{Change, PlanId, Project};
use crate::text::fold;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An edit that touches taggings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revise {
    /// The first becomes part of the second.
    Merge(TagId, TagId),
    /// A part of a tag's taggings gets a new tag.
    Split {
        /// The tag.
        tag: TagId,
        /// The id the new tag will have, so that a proposal can be shown twice.
        part: TagId,
        /// The name of the new tag.
        name: String,
        /// Which taggings get it.
        which: Which,
    },
    /// A tag is deleted.
    Delete(TagId, Fate),
    /// A tag goes to another facet with all below it.
    ToFacet(TagId, String),
    /// A facet is deleted with all its tags and their taggings.
    DeleteFacet(String),
    /// What another codebook has is added to this one; what both have stays as it is here.
    Add(Arc<Codebook>),
}

impl Revise {
    /// A split that gives nothing away yet.
    pub fn split(tag: TagId) -> Self {
        let part = TagId(uuid::Uuid::new_v4().to_string());
        Self::Split { tag, part, name: String::new(), which: Which::Plans(BTreeSet::new()) }
    }
}

/// What becomes of the taggings of a deleted tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They are removed.
    Remove,
    /// They get the tag above.
    ToParent,
    /// They get another tag of the facet.
    To(TagId),
}

/// Which taggings a split gives to the new tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those on these plans.
    Plans(BTreeSet<PlanId>),
    /// Those on places that also carry this tag or one below it.
    Beside(TagId),
    /// Those on places whose words contain this.
    Words(String),
}

/// What an edit would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consequence {
    /// What becomes of the coder's own taggings.
    pub own: Effect,
    /// On so many plans.
    pub plans: usize,
    /// Taggings of other coders with the tag. They stay in their files.
    pub others: usize,
    /// Tags below it that come elsewhere.
    pub raised: usize,
    /// Tags that are added.
    pub added: usize,
    /// Tags that go.
    pub gone: usize,
    /// The coder's places that will carry several tags of a facet that allows one.
    pub crowded: usize,
    /// Whether the annotations of some plans are not read yet, so that the numbers are too small.
    pub incomplete: bool,
}

/// An edit and what it would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The edit.
    pub revise: Revise,
    /// What it would do; why it cannot be done.
    pub outcome: Result<Consequence, RevisionError>,
}

/// An edit as worked out on the project as it is now.
struct Draft {
    name: EditName,
    changes: Vec<Change>,
    consequence: Consequence,
    /// What is shown afterwards.
    then: Chosen,
}

impl App {
    /// Works out an edit and shows what it would do.
    pub(super) fn propose(&mut self, revise: Revise) {
        let Some(project) = &self.project else { return };
        let outcome = self.draft(project, &revise).map(|draft| draft.consequence);
        self.view.codebook.proposal = Some(Proposal { revise, outcome });
    }

    /// Carries out the proposal, worked out anew on what is there now.
    pub(super) fn carry_out_proposal(&mut self) {
        let Some(proposal) = self.view.codebook.proposal.take() else { return };
        let Some(project) = &self.project else { return };
        let refused = match self.draft(project, &proposal.revise) {
            Ok(draft) if draft.consequence.incomplete => CodebookProblem::StillReading,
            Ok(draft) => {
                if self.do_set(ChangeSet { name: draft.name, changes: draft.changes }) {
                    self.view.codebook.chosen = draft.then;
                    self.view.codebook.reveal += 1;
                }
                return;
            }
            Err(error) => CodebookProblem::Revision(error),
        };
        self.view.codebook.proposal = Some(proposal);
        self.view.codebook.problem = Some(refused);
    }

    fn draft(&self, project: &Project, revise: &Revise) -> Result<Draft, RevisionError> {
        let book = &project.codebook;
        let name_of = |id: &TagId| book.tag(id).map_or_else(|| id.0.clone(), |tag| tag.zh.clone());
        let (revision, name, then) = match revise {
            Revise::Merge(from, into) => {
                let name = EditName::MergeTags(name_of(from), name_of(into));
                (book.merge_tags(from, into)?, name, Chosen::Tag(into.clone()))
            }
            Revise::Split { tag, part, name, which } => {
                let whole = book.tag(tag).ok_or_else(|| RevisionError::NoTag(tag.clone()))?;
                let fresh = fresh_tag(&whole.facet, whole.parent.clone(), name, whole.hue);
                let fresh = Tag { id: part.clone(), ..fresh };
                let chosen = self.taggings_of(project, tag, which);
                let given = chosen.into_iter().map(|id| (id, part.clone())).collect();
                let revision = book.split(tag, vec![fresh], &given)?;
                (revision, EditName::SplitTag(name_of(tag)), Chosen::Tag(part.clone()))
            }
            Revise::Delete(tag, fate) => {
                let revision = match fate {
                    Fate::Remove => book.delete(tag, Orphans::Remove)?,
                    Fate::ToParent => book.delete(tag, Orphans::ToParent)?,
                    Fate::To(other) => book.merge_tags(tag, other)?,
                };
                let above = book.tag(tag).and_then(|tag| tag.parent.clone());
                let facet = book.tag(tag).map(|tag| tag.facet.clone()).unwrap_or_default();
                let then = above.map_or(Chosen::Facet(facet), Chosen::Tag);
                (revision, EditName::DeleteTag(name_of(tag)), then)
            }
            Revise::ToFacet(tag, facet) => {
                let to = book.facet(facet).map_or_else(|| facet.clone(), |facet| facet.zh.clone());
                let name = EditName::MoveToFacet(name_of(tag), to);
                (book.move_to_facet(tag, facet)?, name, Chosen::Tag(tag.clone()))
            }
            Revise::DeleteFacet(facet) => {
                let name = book.facet(facet).map_or_else(|| facet.clone(), |facet| facet.zh.clone());
                (book.delete_facet(facet)?, EditName::DeleteFacet(name), Chosen::Whole)
            }
            Revise::Add(theirs) => return Ok(addition(book, theirs)),
        };
        let mut draft = self.retag(project, &revision);
        let consequence = &mut draft.consequence;
        match revise {
            Revise::Merge(tag, _) | Revise::Split { tag, .. } | Revise::Delete(tag, _) => {
                consequence.others = self.taggings_of_others(project, |given| given == tag);
            }
            Revise::ToFacet(_, facet) => {
                consequence.crowded = self.crowded_places(project, &revision.codebook, facet);
            }
            Revise::DeleteFacet(facet) => {
                let goes = |given: &TagId| book.tag(given).is_some_and(|tag| tag.facet == *facet);
                consequence.gone = book.tags.iter().filter(|tag| tag.facet == *facet).count();
                consequence.others = self.taggings_of_others(project, goes);
            }
            Revise::Add(_) => {}
        }
        Ok(Draft { name, then, ..draft })
    }

    /// The codebook and the coder's own taggings as a revision makes them.
    fn retag(&self, project: &Project, revision: &Revision) -> Draft {
        let (coder, now) = (self.coder(), Timestamp::now());
        let after = Arc::new(revision.codebook.clone());
        let mut changes = vec![Change::Codebook { before: project.codebook.clone(), after }];
        let mut consequence = Consequence { raised: revision.raised, ..Consequence::default() };
        for (&plan, entry) in &project.plans {
            consequence.incomplete |= entry.sheets.is_none();
            let annotations: Vec<&Annotation> = project.annotations(plan, &coder).collect();
            let (edits, effect) = revision.edits(&annotations, now);
            consequence.plans += usize::from(!edits.is_empty());
            consequence.own += effect;
            let change = |edit| Change::Annotation { plan, coder: coder.clone(), edit };
            changes.extend(edits.into_iter().map(change));
        }
        let notes: Vec<&Annotation> = project.notes.get(&coder).into_iter().flat_map(|n| n.iter()).collect();
        let (edits, effect) = revision.edits(&notes, now);
        consequence.own += effect;
        changes.extend(edits.into_iter().map(|edit| Change::Note { coder: coder.clone(), edit }));
        Draft { name: EditName::ImportCodebook, changes, consequence, then: Chosen::Whole }
    }

    /// The coder's own taggings with `tag` that a split gives away.
    fn taggings_of(&self, project: &Project, tag: &TagId, which: &Which) -> BTreeSet<AnnotationId> {
        let (coder, book) = (self.coder(), &project.codebook);
        let mut found = BTreeSet::new();
        for &plan in project.plans.keys() {
            let with_tag = || project.annotations(plan, &coder).filter(|a| a.tag() == Some(tag));
            match which {
                Which::Plans(plans) if plans.contains(&plan) => found.extend(with_tag().map(|a| a.id)),
                Which::Plans(_) => {}
                Which::Words(words) => {
                    let words = fold(words.trim());
                    let has = |a: &&Annotation| !words.is_empty() && fold(&a.anchor.quote).contains(&words);
                    found.extend(with_tag().filter(has).map(|a| a.id));
                }
                Which::Beside(other) => {
                    let is_other = |a: &&Annotation| a.tag().is_some_and(|tag| book.is_within(tag, other));
                    let beside: BTreeSet<_> = project
                        .annotations(plan, &coder)
                        .filter(is_other)
                        .map(|a| (a.on.clone(), a.anchor.start, a.anchor.end))
                        .collect();
                    let is_beside =
                        |a: &&Annotation| beside.contains(&(a.on.clone(), a.anchor.start, a.anchor.end));
                    found.extend(with_tag().filter(is_beside).map(|a| a.id));
                }
            }
        }
        found
    }

    fn taggings_of_others(&self, project: &Project, is_meant: impl Fn(&TagId) -> bool) -> usize {
        let own = self.coder();
        let sheets = project.plans.values().filter_map(|entry| entry.sheets.as_ref()).flatten();
        let others = sheets.filter(|(coder, _)| **coder != own).flat_map(|(_, sheet)| sheet.iter());
        others.filter(|a| a.tag().is_some_and(&is_meant)).count()
    }

    /// The coder's places with more than one tag of a facet of `book`, where that allows one only.
    fn crowded_places(&self, project: &Project, book: &Codebook, facet: &str) -> usize {
        if book.facet(facet).is_none_or(|facet| facet.multiple) {
            return 0;
        }
        let coder = self.coder();
        let in_facet =
            |a: &&Annotation| a.tag().and_then(|tag| book.tag(tag)).is_some_and(|tag| tag.facet == facet);
        let of_plan = |&plan: &PlanId| {
            let mut tags_at: BTreeMap<_, usize> = BTreeMap::new();
            for a in project.annotations(plan, &coder).filter(in_facet) {
                *tags_at.entry((a.on.clone(), a.anchor.start, a.anchor.end)).or_default() += 1;
            }
            tags_at.values().filter(|tags| **tags > 1).count()
        };
        project.plans.keys().map(of_plan).sum()
    }
}

/// What `theirs` has and `ours` has not, added to ours.
fn addition(ours: &Arc<Codebook>, theirs: &Codebook) -> Draft {
    let consequence = Consequence { added: new_tags(ours, theirs).len(), ..Consequence::default() };
    let after = Arc::new(ours.merge(None, theirs));
    let changes = vec![Change::Codebook { before: ours.clone(), after }];
    Draft { name: EditName::ImportCodebook, changes, consequence, then: Chosen::Whole }
}
