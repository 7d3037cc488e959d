//! Undo and redo: named change sets with images before and after.

use crate::annotation::{AnnotationId, Body, TagId};
use crate::plan::{MetadataField, Operation};
use crate::project::{Change, File, LinkStatus, Touched};

/// What an edit is called, for "undo: …". Clause numbers are as shown: `(二)-1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditName {
    /// A tag was put on a clause.
    Tag(TagId, String),
    /// A tag was taken off a clause.
    Untag(TagId, String),
    /// A tag was put on so many places of a search for these words.
    TagHits(TagId, String, usize),
    /// A note of a clause was written.
    Note(String),
    /// The outline was set right at a clause.
    Correct(Operation, String),
    /// What is known of a plan was set right.
    Metadata(MetadataField),
    /// A plan, by its title, went to the trash.
    RemovePlan(String),
    /// A plan came back from there.
    RestorePlan(String),
    /// A note on a tag was written.
    TagNote(TagId),
    /// A note on the project was written.
    ProjectNote,
    /// A tag of the codebook was made.
    CreateTag(String),
    /// A tag was named anew: before, after.
    RenameTag(String, String),
    /// A tag was defined otherwise.
    DefineTag(String),
    /// A tag got other cues.
    CueTag(String),
    /// A tag got another colour.
    RecolourTag(String),
    /// A tag got another key, or none.
    KeyTag(String),
    /// A tag was moved in its tree.
    MoveTag(String),
    /// A facet of the codebook was made.
    CreateFacet(String),
    /// A tag was moved to a facet.
    MoveToFacet(String, String),
    /// A facet was named anew: before, after.
    RenameFacet(String, String),
    /// A facet was altered otherwise.
    AlterFacet(String),
    /// A facet was deleted with its tags.
    DeleteFacet(String),
    /// A tag was merged into another.
    MergeTags(String, String),
    /// A tag was split.
    SplitTag(String),
    /// A tag was deleted.
    DeleteTag(String),
    /// A codebook was brought in.
    ImportCodebook,
    /// Two clauses were linked, confirmed or rejected as counterparts.
    Link(LinkStatus, String, String),
    /// A decision on two clauses was taken back.
    Unlink(String, String),
    /// A quotation was put into the basket.
    Keep(String),
    /// A quotation was taken out of the basket.
    Drop(String),
    /// The basket was put into another order.
    Arrange,
    /// The note on an excerpt was written.
    ExcerptNote(String),
    /// The place of an annotation was confirmed or set anew.
    Reanchor(String),
    /// An annotation was removed.
    Remove(String),
    /// A plan was made a later version of another.
    Version,
    /// A plan is no later version of another any more.
    Separate,
    /// A colleague's work was brought in from a folder or file of this name.
    Join(String),
    /// A damaged file of this name was taken from a backup.
    BringBack(String),
}

/// One edit: all its changes are taken back together.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeSet {
    /// What it is called.
    pub name: EditName,
    /// What it changed, in order.
    pub changes: Vec<Change>,
}

/// The edits of this session.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<ChangeSet>,
    undone: Vec<ChangeSet>,
    /// Whether the next edit of the same note may join the last one.
    open: bool,
}

impl ChangeSet {
    /// The edit that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let changes = self.changes.iter().rev().map(Change::inverse).collect();
        Self { name: self.name.clone(), changes }
    }

    /// The note it writes, where that is all it does.
    fn note(&self) -> Option<AnnotationId> {
        let [Change::Annotation { edit, .. } | Change::Note { edit, .. }] = self.changes.as_slice() else {
            return None;
        };
        let is_note = |a: &crate::annotation::Annotation| matches!(a.body, Body::Note(_));
        let notes = edit.before.iter().chain(&edit.after).all(is_note);
        if notes { edit.id() } else { None }
    }
}

impl History {
    /// Records an edit that was carried out. Consecutive edits of the same note become one.
    pub fn record(&mut self, set: ChangeSet) {
        self.undone.clear();
        if self.open
            && let Some(last) = self.done.last_mut()
            && set.note().is_some()
            && last.note() == set.note()
            && let (
                [Change::Annotation { edit: first, .. } | Change::Note { edit: first, .. }],
                [Change::Annotation { edit: second, .. } | Change::Note { edit: second, .. }],
            ) = (last.changes.as_mut_slice(), set.changes.as_slice())
        {
            first.after.clone_from(&second.after);
            return;
        }
        self.open = set.note().is_some();
        self.done.push(set);
    }

    /// Drops the edits that changes from outside touched, and only those: their images before and after are
    /// no longer true. Edits of other annotations, in the same file too, can still be taken back.
    pub fn drop_touched(&mut self, touched: &Touched) {
        let Some(file) = &touched.file else { return };
        let is_touched = |change: &Change| {
            let same = change.file() == *file;
            match (file, change) {
                (
                    File::Sheet(..) | File::Notes(_),
                    Change::Annotation { edit, .. } | Change::Note { edit, .. },
                ) => same && edit.id().is_some_and(|id| touched.annotations.contains(&id)),
                (File::Links(_), Change::Link { edit, .. }) => {
                    same && edit.id().is_some_and(|id| touched.links.contains(&id))
                }
                _ => same,
            }
        };
        self.done.retain(|set| !set.changes.iter().any(is_touched));
        self.undone.retain(|set| !set.changes.iter().any(is_touched));
        self.open = false;
    }

    /// Ends the joining of edits: the focus moved on.
    pub fn close(&mut self) {
        self.open = false;
    }

    /// The edit that undo would take back.
    pub fn undo_name(&self) -> Option<&EditName> {
        self.done.last().map(|set| &set.name)
    }

    /// The edit that redo would do again.
    pub fn redo_name(&self) -> Option<&EditName> {
        self.undone.last().map(|set| &set.name)
    }

    /// Takes the last edit off the history, to be carried out inversely by the caller.
    pub fn pop_done(&mut self) -> Option<ChangeSet> {
        self.open = false;
        self.done.pop()
    }

    /// Takes the last undone edit off the history, to be carried out by the caller.
    pub fn pop_undone(&mut self) -> Option<ChangeSet> {
        self.open = false;
        self.undone.pop()
    }

    /// Puts an edit that was taken back where redo finds it.
    pub fn push_undone(&mut self, set: ChangeSet) {
        self.undone.push(set);
    }

    /// Puts an edit that was done again where undo finds it.
    pub fn push_done(&mut self, set: ChangeSet) {
        self.done.push(set);
    }
}
