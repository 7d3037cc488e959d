//! Fields of the codebook screen while they are typed in. What was typed is sent when the keyboard leaves the
//! field (a note: also after a pause), and never while an input method is composing.

use crate::annotation::{Facet, TagId};
use crate::app::{CodebookCommand, Command, TagField};
use crate::ui::cx::Cx;
use egui::{Event, Id, ImeEvent, TextEdit, Ui};
use std::time::{Duration, Instant};

/// A note goes to disk when nothing was typed for this long.
const PAUSE: Duration = Duration::from_millis(500);

/// What a field is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// A field of a tag.
    Tag(TagId, TagField),
    /// The Chinese name of a facet.
    FacetZh(String),
    /// Its English name.
    FacetEn(String),
    /// The coder's note on a tag.
    TagNote(TagId),
    /// The coder's note on the project.
    ProjectNote,
}

impl About {
    fn is_note(&self) -> bool {
        matches!(self, Self::TagNote(_) | Self::ProjectNote)
    }

    fn command(self, cx: &Cx<'_>, words: String) -> Option<CodebookCommand> {
        let facet = |id: &str| cx.app.project.as_ref()?.codebook.facet(id).cloned();
        Some(match self {
            Self::Tag(id, field) => CodebookCommand::Set(id, field, words),
            Self::FacetZh(id) => {
                CodebookCommand::SetFacet(Facet { zh: words.trim().to_owned(), ..facet(&id)? })
            }
            Self::FacetEn(id) => {
                CodebookCommand::SetFacet(Facet { en: words.trim().to_owned(), ..facet(&id)? })
            }
            Self::TagNote(id) => CodebookCommand::NoteTag(id, words),
            Self::ProjectNote => CodebookCommand::NoteProject(words),
        })
    }
}

/// A field while it is typed in.
struct Draft {
    about: About,
    words: String,
    /// Since when it differs from what is stored.
    changed: Option<Instant>,
    /// Whether it was shown in this frame.
    shown: bool,
}

/// The fields; one at most has the keyboard.
#[derive(Default)]
pub struct Fields {
    draft: Option<Draft>,
    composing: bool,
}

/// How a field looks.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    /// Its accessible name.
    pub name: &'a str,
    /// What it says while empty.
    pub hint: &'a str,
    /// Lines; one makes a field that Enter ends.
    pub rows: usize,
}

impl Fields {
    /// Begins a frame: follows the input method.
    pub fn begin(&mut self, ui: &Ui) {
        ui.input(|input| {
            for event in &input.events {
                match event {
                    Event::Ime(ImeEvent::Preedit { text, .. }) => self.composing = !text.is_empty(),
                    Event::Ime(ImeEvent::Commit(_)) => self.composing = false,
                    _ => {}
                }
            }
        });
        if let Some(draft) = &mut self.draft {
            draft.shown = false;
        }
    }

    /// Ends a frame: a field that is no longer shown sends what was typed.
    pub fn end(&mut self, cx: &Cx<'_>) {
        if self.draft.as_ref().is_some_and(|draft| !draft.shown) {
            self.finish(cx);
        }
    }

    /// Sends what was typed and not yet sent.
    pub fn finish(&mut self, cx: &Cx<'_>) {
        if let Some(draft) = self.draft.take()
            && draft.changed.is_some()
            && let Some(command) = draft.about.command(cx, draft.words)
        {
            cx.send(Command::Codebook(command));
        }
    }

    /// Whether an input method is composing: what a field shows then is not yet text.
    pub fn is_composing(&self) -> bool {
        self.composing
    }

    /// Shows a field.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, about: &About, stored: &str, shape: Shape<'_>) {
        let is_draft = self.draft.as_ref().is_some_and(|draft| draft.about == *about);
        let mut words = match &self.draft {
            Some(draft) if is_draft && (draft.changed.is_some() || self.composing) => draft.words.clone(),
            _ => stored.to_owned(),
        };
        let id = field_id(about);
        let field = if shape.rows > 1 {
            TextEdit::multiline(&mut words).desired_rows(shape.rows)
        } else {
            TextEdit::singleline(&mut words)
        };
        let response = ui.add(field.id(id).hint_text(shape.hint).desired_width(f32::INFINITY));
        let response = response.accessible_name(shape.name);
        if response.has_focus() {
            let changed = self.draft.as_ref().filter(|_| is_draft).and_then(|draft| draft.changed);
            if !is_draft {
                self.finish(cx);
            }
            let changed = if response.changed() { Some(Instant::now()) } else { changed };
            self.draft = Some(Draft { about: about.clone(), words, changed, shown: true });
            self.send_after_pause(ui, cx);
        } else if is_draft {
            if response.changed()
                && let Some(draft) = &mut self.draft
            {
                (draft.words, draft.changed) = (words, Some(Instant::now()));
            }
            self.finish(cx);
        }
    }

    fn send_after_pause(&mut self, ui: &Ui, cx: &Cx<'_>) {
        let Some(draft) = self.draft.as_mut().filter(|draft| draft.about.is_note()) else { return };
        let Some(since) = draft.changed else { return };
        if self.composing || since.elapsed() < PAUSE {
            return ui.ctx().request_repaint_after(PAUSE);
        }
        draft.changed = None;
        if let Some(command) = draft.about.clone().command(cx, draft.words.clone()) {
            cx.send(Command::Codebook(command));
        }
    }
}

/// The id of a field, to give it the keyboard.
pub fn field_id(about: &About) -> Id {
    Id::unique(("codebook-field", about))
}
