//! Everything a person can do. Menus, keys, the palette and tests all send these.

use super::{
    CodebookCommand, CodersCommand, FindCommand, ImportCommand, Language, LibraryCommand, ReadingCommand,
    Screen, SearchCommand, Theme,
};
use crate::annotation::TagId;
use crate::plan::{MetadataField, NodeIx, Operation};
use crate::project::PlanId;
use crate::text::{CharPos, Span};
use std::path::PathBuf;

/// One of the two plans of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Side {
    /// City A, left.
    #[default]
    A,
    /// City B, right.
    B,
}

/// A place in a plan that may not be read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// The node that a clause number names, as people type it: `(二)-1`, `2.1`.
    Clause(String),
    /// The node that holds this char.
    Char(CharPos),
    /// The first item without a tag.
    Untagged,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    // Projects and plans
    /// Open the project in this folder.
    OpenProject(PathBuf),
    /// Make a project in this (empty or new) folder and open it.
    NewProject(PathBuf),
    /// Open the sample project, made anew where it is missing.
    OpenSample,
    /// Read these files, all files below these folders and in these archives, to be looked over and taken in.
    Import(Vec<PathBuf>),
    /// Something about the import under way.
    Importing(ImportCommand),

    // Moving about
    /// Show a screen.
    Show(Screen),
    /// Open a plan in the reader.
    OpenPlan(PlanId),
    /// Open a plan at a place, as soon as it is read.
    OpenAt(PlanId, Destination),
    /// Put the focus on a node and bring it into view.
    Focus(PlanId, NodeIx),
    /// Move the focus by so many visible nodes (negative: up).
    Step(i32),
    /// Put the focus on the next item without a tag.
    NextUntagged,
    /// The reader scrolled: this node is now at the top.
    Scrolled(PlanId, NodeIx),
    /// Fold or unfold a node of the outline.
    ToggleFold(PlanId, NodeIx),
    /// Fold all nodes of this level and deeper; `None` unfolds all.
    FoldFrom(PlanId, Option<u8>),
    /// Group, sort, filter the library.
    Library(LibraryCommand),
    /// Show only nodes with this tag (and the nodes above them).
    FilterByTag(Option<TagId>),
    /// Show or hide page furniture in the text.
    ShowFurniture(bool),
    /// To the place before.
    Back,
    /// To the place after.
    Forward,

    // Annotating
    /// What is done with the text of a plan: selecting, tagging, dividing.
    Reading(ReadingCommand),
    /// Put a tag on a node, or take it off.
    ToggleTag(PlanId, NodeIx, TagId),
    /// Write the note of a node; empty removes it.
    SetNote(PlanId, NodeIx, String),
    /// Set right what the reader made of a place: the own words of a node, or the empty span where to split.
    Correct(PlanId, Span, Operation),
    /// Set right what the reader found out about a plan.
    SetMetadata(PlanId, MetadataField, String),
    /// Take a plan out of the project; it stays in the project's trash.
    RemovePlan(PlanId),
    /// Put a plan of the trash back.
    RestorePlan(PlanId),
    /// Take back the last edit.
    Undo,
    /// Do it again.
    Redo,

    /// Something on the codebook screen.
    Codebook(CodebookCommand),
    /// Something with coders, their agreement, merging, backups.
    Coders(CodersCommand),

    // Finding
    /// Find words in the open plan.
    Find(FindCommand),
    /// Look for words in all plans.
    Search(SearchCommand),

    // Comparing
    /// Choose the plan of one side.
    SetSide(Side, PlanId),
    /// Exchange A and B.
    SwapSides,
    /// Bring the items with this tag next to each other; `None` shows both plans whole.
    CompareTheme(Option<TagId>),
    /// All else in the comparison.
    Compare(super::CompareCommand),

    // The program
    /// Who annotates from now on.
    SetCoder(String),
    /// Language of the interface; `None` follows the system.
    SetLanguage(Option<Language>),
    /// Colours.
    SetTheme(Theme),
    /// Size of the reading text in points, 13-28.
    SetReadingSize(f32),
    /// Magnification of the whole window, 0.5-3.
    SetZoom(f32),
    /// Fold the left panel away, or back.
    ToggleLeft,
    /// Fold the inspector away, or back.
    ToggleInspector,
    /// Close the welcome strip for good.
    CloseWelcome,
    /// Close a notice.
    DismissNotice(u64),
    /// Try to save again what could not be saved.
    RetrySave,
}
