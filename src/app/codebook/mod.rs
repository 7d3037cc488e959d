//! The codebook screen: what is chosen in it, edits of facets and tags, notes on tags and on the project.
//!
//! Every edit is one named change set, taken back as one. What touches taggings (merging, splitting, deleting,
//! bringing in a file) is first a [`Proposal`] that says what would happen, then carried out. Not here: the
//! rules of the edits (see `annotation::revision`). Read `proposal` next, then `naming`, `exchange` (files).

mod exchange;
mod naming;
mod proposal;

pub use exchange::ExchangeError;
pub use proposal::{Consequence, Fate, Proposal, Revise, Which};

use super::{App, ChangeSet, EditName, Screen};
use crate::annotation::{
    Anchor, Annotation, Body, Codebook, Edit, Facet, Revision, RevisionError, Subject, Tag, TagId, Unknown,
};
use crate::project::Change;
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;

/// What is chosen on the codebook screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Chosen {
    /// The codebook as a whole, and the project.
    #[default]
    Whole,
    /// A facet.
    Facet(String),
    /// A tag.
    Tag(TagId),
}

/// A field of a tag that holds words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TagField {
    /// Chinese name.
    Zh,
    /// English name.
    En,
    /// Definition in Chinese.
    DefinitionZh,
    /// Definition in English.
    DefinitionEn,
    /// Strong cues, one a line.
    Strong,
    /// Weak cues, one a line.
    Weak,
    /// Words taken out before cues are looked for, one a line.
    Not,
}

impl TagField {
    /// The words of the field.
    pub fn read(self, tag: &Tag) -> String {
        match self {
            Self::Zh => tag.zh.clone(),
            Self::En => tag.en.clone(),
            Self::DefinitionZh => tag.definition_zh.clone(),
            Self::DefinitionEn => tag.definition_en.clone(),
            Self::Strong => tag.cues.strong.join("\n"),
            Self::Weak => tag.cues.weak.join("\n"),
            Self::Not => tag.cues.not.join("\n"),
        }
    }

    fn write(self, tag: &mut Tag, words: &str) {
        let line = || words.trim().to_owned();
        let lines =
            || words.lines().map(str::trim).filter(|cue| !cue.is_empty()).map(str::to_owned).collect();
        match self {
            Self::Zh => tag.zh = line(),
            Self::En => tag.en = line(),
            Self::DefinitionZh => tag.definition_zh = line(),
            Self::DefinitionEn => tag.definition_en = line(),
            Self::Strong => tag.cues.strong = lines(),
            Self::Weak => tag.cues.weak = lines(),
            Self::Not => tag.cues.not = lines(),
        }
    }
}

/// Where a tag goes in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shift {
    /// Before the sibling above it.
    Up,
    /// Behind the sibling below it.
    Down,
    /// Under the sibling above it.
    In,
    /// Behind the tag it lies under.
    Out,
    /// Under this tag, as its last; `None`: to the top of the facet.
    Below(Option<TagId>),
}

/// Something to do on the codebook screen.
#[derive(Clone, Debug, PartialEq)]
pub enum CodebookCommand {
    /// Show a facet, a tag, or the whole.
    Choose(Chosen),
    /// Make a tag in a facet, under a tag or at its top, and choose it. Both names may be the same.
    Create {
        /// In this facet,
        facet: String,
        /// under this tag,
        parent: Option<TagId>,
        /// with this name.
        name: String,
    },
    /// Make a facet with this name and choose it.
    CreateFacet(String),
    /// Name a facet anew, or allow one or several of its tags on a place.
    SetFacet(Facet),
    /// Write a field of a tag.
    Set(TagId, TagField, String),
    /// Give a tag one of the 12 hues.
    Recolour(TagId, u8),
    /// Give a tag a key, or take it away.
    SetShortcut(TagId, Option<char>),
    /// Move a tag in its tree.
    Move(TagId, Shift),
    /// Work out what an edit would do, and show it.
    Propose(Revise),
    /// Drop the proposal.
    Withdraw,
    /// Carry out the proposal.
    CarryOut,
    /// Write the coder's note on a tag; empty removes it.
    NoteTag(TagId, String),
    /// Write the coder's note on the project; empty removes it.
    NoteProject(String),
    /// Read a codebook file (RON or REFI-QDA .qdc) and propose to add what it has.
    Import(PathBuf),
    /// Write the codebook to a file; the ending says the form: `.qdc` or `.ron`.
    Export(PathBuf),
}

/// What an edit of the codebook could not do.
#[derive(Clone, Debug)]
pub enum CodebookProblem {
    /// The codebook cannot be edited so.
    Revision(RevisionError),
    /// Annotations are still being read; what becomes of them is not known yet.
    StillReading,
    /// A file could not be brought in or written.
    Exchange(Arc<ExchangeError>),
}

impl PartialEq for CodebookProblem {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Revision(one), Self::Revision(other)) => one == other,
            (Self::StillReading, Self::StillReading) => true,
            (Self::Exchange(one), Self::Exchange(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Eq for CodebookProblem {}

/// State of the codebook screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodebookState {
    /// What is chosen.
    pub chosen: Chosen,
    /// What would be done, shown before it is.
    pub proposal: Option<Proposal>,
    /// Why the last edit was not carried out.
    pub problem: Option<CodebookProblem>,
    /// The file that was written last.
    pub written: Option<PathBuf>,
    /// Grows whenever something was chosen that should come into view.
    pub reveal: u64,
}

impl App {
    /// Carries out a command of the codebook screen.
    pub(super) fn run_codebook(&mut self, command: CodebookCommand) {
        self.view.codebook.problem = None;
        self.view.codebook.written = None;
        match command {
            CodebookCommand::Choose(chosen) => self.choose(chosen),
            CodebookCommand::Create { facet, parent, name } => self.create_tag(&facet, parent, &name),
            CodebookCommand::CreateFacet(name) => self.create_facet(&name),
            CodebookCommand::SetFacet(facet) => self.set_facet(facet),
            CodebookCommand::Set(id, field, words) => {
                let name = |before: &Tag, after: &Tag| field.edit_name(before, after);
                self.alter_tag(&id, name, |tag| field.write(tag, &words));
            }
            CodebookCommand::Recolour(id, hue) => {
                let name = |tag: &Tag, _: &Tag| EditName::RecolourTag(tag.zh.clone());
                self.alter_tag(&id, name, |tag| tag.hue = hue % 12);
            }
            CodebookCommand::SetShortcut(id, key) => {
                let name = |tag: &Tag, _: &Tag| EditName::KeyTag(tag.zh.clone());
                self.alter_tag(&id, name, |tag| tag.shortcut = key);
            }
            CodebookCommand::Move(id, shift) => self.shift_tag(&id, &shift),
            CodebookCommand::Propose(revise) => self.propose(revise),
            CodebookCommand::Withdraw => self.view.codebook.proposal = None,
            CodebookCommand::CarryOut => self.carry_out_proposal(),
            CodebookCommand::NoteTag(id, words) => {
                self.write_note(Subject::Tag(id.clone()), EditName::TagNote(id), &words);
            }
            CodebookCommand::NoteProject(words) => {
                self.write_note(Subject::Project, EditName::ProjectNote, &words);
            }
            CodebookCommand::Import(path) => {
                if self.view.screen != Screen::Codebook {
                    self.show(Screen::Codebook);
                }
                self.choose(Chosen::Whole);
                self.read_codebook(path);
            }
            CodebookCommand::Export(path) => self.write_codebook(path),
        }
    }

    fn choose(&mut self, chosen: Chosen) {
        let state = &mut self.view.codebook;
        if state.chosen != chosen {
            state.proposal = None;
            state.chosen = chosen;
            self.history.close();
        }
    }

    /// Chooses something that may be out of view.
    fn choose_and_reveal(&mut self, chosen: Chosen) {
        self.choose(chosen);
        self.view.codebook.reveal += 1;
    }

    fn create_tag(&mut self, facet: &str, parent: Option<TagId>, name: &str) {
        let Some(book) = self.codebook() else { return };
        let above = parent.as_ref().and_then(|id| book.tag(id));
        let hue = above.map_or_else(|| least_used_hue(&book, facet), |tag| tag.hue);
        let tag = fresh_tag(facet, parent, name, hue);
        let id = tag.id.clone();
        if self.revise(EditName::CreateTag(tag.zh.clone()), |book| book.create(tag)) {
            self.choose_and_reveal(Chosen::Tag(id));
        }
    }

    fn create_facet(&mut self, name: &str) {
        let name = name.trim().to_owned();
        let facet = Facet {
            id: uuid::Uuid::new_v4().to_string(),
            zh: name.clone(),
            en: name.clone(),
            multiple: true,
            tree: true,
            unknown: Unknown::default(),
        };
        if name.is_empty() {
            self.view.codebook.problem = Some(CodebookProblem::Revision(RevisionError::NoName));
            return;
        }
        let id = facet.id.clone();
        if self.revise(EditName::CreateFacet(name), |book| Ok(book.put_facet(facet))) {
            self.choose_and_reveal(Chosen::Facet(id));
        }
    }

    fn set_facet(&mut self, facet: Facet) {
        let nameless = facet.zh.trim().is_empty() && facet.en.trim().is_empty();
        let before = self.codebook().and_then(|book| book.facet(&facet.id).cloned());
        let name = naming::facet_edit_name(before.as_ref(), &facet);
        let put = |book: &Codebook| {
            if nameless { Err(RevisionError::NoName) } else { Ok(book.put_facet(facet)) }
        };
        self.revise(name, put);
    }

    fn alter_tag(
        &mut self,
        id: &TagId,
        name: impl FnOnce(&Tag, &Tag) -> EditName,
        alter: impl FnOnce(&mut Tag),
    ) {
        let Some(before) = self.codebook().and_then(|book| book.tag(id).cloned()) else { return };
        let mut after = before.clone();
        alter(&mut after);
        if after != before {
            self.revise(name(&before, &after), |book| book.alter(after));
        }
    }

    fn shift_tag(&mut self, id: &TagId, shift: &Shift) {
        let Some(book) = self.codebook() else { return };
        let Some(tag) = book.tag(id) else { return };
        let Some((parent, before)) = place_after(&book, tag, shift) else { return };
        let name = EditName::MoveTag(tag.zh.clone());
        if self.revise(name, |book| book.move_tag(id, parent.as_ref(), before.as_ref())) {
            self.view.codebook.reveal += 1;
        }
    }

    /// The codebook of the open project.
    pub(super) fn codebook(&self) -> Option<Arc<Codebook>> {
        Some(self.project.as_ref()?.codebook.clone())
    }

    /// Makes an edit of the codebook alone, as one change set. Tells whether it was done; why not is shown.
    fn revise(
        &mut self,
        name: EditName,
        edit: impl FnOnce(&Codebook) -> Result<Revision, RevisionError>,
    ) -> bool {
        let Some(before) = self.codebook() else { return false };
        match edit(&before) {
            Ok(revision) if revision.codebook == *before => false,
            Ok(revision) => {
                let change = Change::Codebook { before, after: Arc::new(revision.codebook) };
                self.do_set(ChangeSet { name, changes: vec![change] })
            }
            Err(error) => {
                self.view.codebook.problem = Some(CodebookProblem::Revision(error));
                false
            }
        }
    }

    /// The coder's note on a tag or on the project.
    pub fn own_note(&self, on: &Subject) -> Option<&Annotation> {
        let sheet = self.project.as_ref()?.notes.get(&self.coder())?;
        sheet.iter().find(|note| note.on == *on && note.note().is_some())
    }

    fn write_note(&mut self, on: Subject, name: EditName, words: &str) {
        let before = self.own_note(&on).cloned();
        if before.as_ref().and_then(Annotation::note).unwrap_or_default() == words {
            return;
        }
        let (now, body) = (Timestamp::now(), Body::Note(words.to_owned()));
        let after = (!words.is_empty()).then(|| match &before {
            Some(before) => Annotation { body, modified: now, ..before.clone() },
            None => Annotation::on(on, Anchor::default(), body, now),
        });
        let change = Change::Note { coder: self.coder(), edit: Edit { before, after } };
        self.do_set(ChangeSet { name, changes: vec![change] });
    }
}

/// Where a tag comes by a shift: the tag above it, and the sibling it stands before. `None` where it is there
/// already or cannot go.
fn place_after(book: &Codebook, tag: &Tag, shift: &Shift) -> Option<(Option<TagId>, Option<TagId>)> {
    let siblings = |parent: Option<&TagId>| -> Vec<TagId> {
        book.children(&tag.facet, parent).map(|sibling| sibling.id.clone()).collect()
    };
    let own = siblings(tag.parent.as_ref());
    let at = own.iter().position(|id| *id == tag.id)?;
    match shift {
        Shift::Up => Some((tag.parent.clone(), Some(own.get(at.checked_sub(1)?)?.clone()))),
        Shift::Down => {
            own.get(at + 1)?;
            Some((tag.parent.clone(), own.get(at + 2).cloned()))
        }
        Shift::In => Some((Some(own.get(at.checked_sub(1)?)?.clone()), None)),
        Shift::Out => {
            let above = book.tag(tag.parent.as_ref()?)?;
            let aunts = siblings(above.parent.as_ref());
            let next = aunts.iter().position(|id| *id == above.id)? + 1;
            Some((above.parent.clone(), aunts.get(next).cloned()))
        }
        Shift::Below(parent) => (*parent != tag.parent).then(|| (parent.clone(), None)),
    }
}

/// A tag that is not in the codebook yet.
fn fresh_tag(facet: &str, parent: Option<TagId>, name: &str, hue: u8) -> Tag {
    let id = TagId(uuid::Uuid::new_v4().to_string());
    Tag { parent, hue, ..Tag::named(id, facet, name.trim()) }
}

/// The hue that the fewest tags at the top of a facet have, so that neighbours stay apart.
fn least_used_hue(book: &Codebook, facet: &str) -> u8 {
    let used = |hue: u8| book.children(facet, None).filter(|tag| tag.hue == hue).count();
    (0..12).min_by_key(|&hue| used(hue)).unwrap_or_default()
}
