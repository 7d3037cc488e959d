//! A note while it is written: saved when nothing was typed for a moment, never while an input method composes.

use super::cx::{Cx, name_field, t};
use crate::app::{Command, ReadingCommand, Site};
use crate::project::PlanId;
use egui::{Event, Id, ImeEvent, TextEdit, Ui};
use std::time::{Duration, Instant};

/// A note goes to disk when nothing was typed for this long.
const PAUSE: Duration = Duration::from_millis(500);

/// The field of a note.
#[derive(Default)]
pub struct NoteField {
    draft: Option<Draft>,
    wants_focus: bool,
}

/// A note while it is typed.
struct Draft {
    plan: PlanId,
    site: Site,
    words: String,
    /// Since when it differs from what is stored.
    changed: Option<Instant>,
    /// Whether an input method is composing: what it shows is not yet text.
    composing: bool,
}

impl NoteField {
    /// Gives the field the keyboard.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Sends what was typed and not yet sent, e.g. before the window closes.
    pub fn finish(&mut self, cx: &Cx<'_>) {
        if let Some(draft) = &mut self.draft
            && draft.changed.take().is_some()
        {
            draft.send(cx);
        }
    }

    /// Shows the note of a place.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, site: Site, salt: &str) {
        let Some(open) = cx.app.plan(plan) else { return };
        let stored = open.marks.note_at(site).map_or("", |(_, note)| note);
        if self.draft.as_ref().is_none_or(|draft| draft.plan != plan || draft.site != site) {
            self.finish(cx);
            self.draft =
                Some(Draft { plan, site, words: stored.to_owned(), changed: None, composing: false });
        }
        let wants_focus = std::mem::take(&mut self.wants_focus);
        let Some(draft) = &mut self.draft else { return };
        if draft.changed.is_none() && !draft.composing && draft.words != stored {
            stored.clone_into(&mut draft.words);
        }
        let field = TextEdit::multiline(&mut draft.words).id(Id::unique(salt));
        let rows = if stored.is_empty() { 2 } else { 4 };
        let hint = if site == Site::Plan { t!(cx, "plan-note-hint") } else { t!(cx, "note-hint") };
        let response = ui.add(field.desired_rows(rows).desired_width(f32::INFINITY).hint_text(&hint));
        name_field(&response, hint);
        if wants_focus {
            response.request_focus();
            response.scroll_to_me(None);
        }
        if response.has_focus() {
            draft.watch_composing(ui);
        }
        if response.changed() {
            draft.changed = Some(Instant::now());
        }
        let paused = draft.changed.is_some_and(|since| since.elapsed() >= PAUSE);
        if draft.changed.is_some() && !draft.composing && (paused || response.lost_focus()) {
            draft.changed = None;
            draft.send(cx);
        } else if draft.changed.is_some() {
            ui.request_repaint_after(PAUSE);
        }
    }
}

impl Draft {
    fn send(&self, cx: &Cx<'_>) {
        cx.send(Command::Reading(ReadingCommand::SetNote(self.plan, self.site, self.words.clone())));
    }

    /// Follows the input method: between preedit and commit the field holds words that are not yet chosen.
    fn watch_composing(&mut self, ui: &Ui) {
        self.composing = composing(ui, self.composing);
    }
}

/// Whether an input method is composing after the events of this frame.
pub fn composing(ui: &Ui, before: bool) -> bool {
    ui.input(|input| {
        input.events.iter().fold(before, |composing, event| match event {
            Event::Ime(ImeEvent::Preedit { text, .. }) => !text.is_empty(),
            Event::Ime(ImeEvent::Commit(_)) => false,
            _ => composing,
        })
    })
}
