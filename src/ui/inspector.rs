//! The inspector: tags and note of the item in focus, its facts, where it stands, how to cite it.

use super::correct::{AboutPlan, correct_button_ui};
use super::cx::{Cx, t};
use super::tags::{Picker, removable_chip_ui};
use super::theme::bold_font;
use crate::app::{Command, OpenPlan};
use crate::plan::{Node, NodeIx};
use crate::project::PlanId;
use egui::{Event, Id, ImeEvent, RichText, TextEdit, Ui};
use std::time::{Duration, Instant};

/// A note goes to disk when nothing was typed for this long.
const PAUSE: Duration = Duration::from_millis(500);

/// The panel, with the note being written.
#[derive(Default)]
pub struct Inspector {
    /// The list of tags.
    pub picker: Picker,
    about: AboutPlan,
    note: Option<Draft>,
    wants_note: bool,
}

/// A note while it is typed.
struct Draft {
    plan: PlanId,
    node: NodeIx,
    words: String,
    /// Since when it differs from what is stored.
    changed: Option<Instant>,
    /// Whether an input method is composing: what it shows is not yet text.
    composing: bool,
}

impl Inspector {
    /// Gives the note the keyboard.
    pub fn focus_note(&mut self) {
        self.wants_note = true;
    }

    /// Sends what was typed and not yet sent, e.g. before the window closes.
    pub fn finish(&mut self, cx: &Cx<'_>) {
        if let Some(draft) = &mut self.note
            && draft.changed.take().is_some()
        {
            cx.send(Command::SetNote(draft.plan, draft.node, draft.words.clone()));
        }
    }

    /// Shows the panel for the focus of `plan`.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, plan: PlanId) {
        let Some(open) = cx.app.plan(plan) else { return };
        let focus = cx.app.reading(plan).and_then(|reading| reading.focus);
        let Some((ix, node)) = focus.and_then(|ix| Some((ix, open.plan.outline.get(ix)?))) else {
            ui.label(t!(cx, "inspector-empty"));
            return;
        };
        citation_ui(ui, cx, plan, ix);
        ui.separator();
        Self::tags_ui(ui, cx, plan, open, ix);
        ui.separator();
        self.note_ui(ui, cx, plan, open, ix);
        ui.separator();
        facts_ui(ui, cx, open, ix, node);
        correct_button_ui(ui, cx, plan, node);
        self.about.show_ui(ui, cx, plan, open);
        ui.separator();
        heading_ui(ui, &t!(cx, "codebook"));
        let picked = self.picker.show_ui(ui, cx, |tag| open.marks.tagging(ix, tag).is_some());
        if let Some(tag) = picked {
            cx.send(Command::ToggleTag(plan, ix, tag));
        }
    }

    fn tags_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, open: &OpenPlan, ix: NodeIx) {
        heading_ui(ui, &t!(cx, "tags"));
        let tags: Vec<_> = open.marks.tags(ix).collect();
        if tags.is_empty() {
            ui.weak(t!(cx, "no-tags"));
        }
        for tag in tags {
            if removable_chip_ui(ui, cx, tag) {
                cx.send(Command::ToggleTag(plan, ix, tag.clone()));
            }
        }
    }

    fn note_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, open: &OpenPlan, ix: NodeIx) {
        heading_ui(ui, &t!(cx, "note"));
        let stored =
            open.marks.of(ix).and_then(|marks| marks.note.as_ref()).map_or("", |(_, note)| note.as_str());
        if self.note.as_ref().is_none_or(|draft| draft.plan != plan || draft.node != ix) {
            self.finish(cx);
            self.note =
                Some(Draft { plan, node: ix, words: stored.to_owned(), changed: None, composing: false });
        }
        let wants_note = std::mem::take(&mut self.wants_note);
        let Some(draft) = &mut self.note else { return };
        if draft.changed.is_none() && !draft.composing && draft.words != stored {
            stored.clone_into(&mut draft.words);
        }
        let field = TextEdit::multiline(&mut draft.words).id(Id::unique("note-field"));
        let response =
            ui.add(field.desired_rows(3).desired_width(f32::INFINITY).hint_text(t!(cx, "note-hint")));
        if wants_note {
            response.request_focus();
        }
        draft.watch_composing(ui);
        if response.changed() {
            draft.changed = Some(Instant::now());
        }
        let paused = draft.changed.is_some_and(|since| since.elapsed() >= PAUSE);
        if draft.changed.is_some() && !draft.composing && (paused || response.lost_focus()) {
            draft.changed = None;
            cx.send(Command::SetNote(plan, ix, draft.words.clone()));
        } else if draft.changed.is_some() {
            ui.request_repaint_after(PAUSE);
        }
    }
}

impl Draft {
    /// Follows the input method: between preedit and commit the field holds words that are not yet chosen.
    fn watch_composing(&mut self, ui: &Ui) {
        ui.input(|input| {
            for event in &input.events {
                match event {
                    Event::Ime(ImeEvent::Preedit { text, .. }) => self.composing = !text.is_empty(),
                    Event::Ime(ImeEvent::Commit(_)) => self.composing = false,
                    _ => {}
                }
            }
        });
    }
}

fn heading_ui(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(bold_font(13.0)).color(ui.visuals().weak_text_color()));
}

/// `厦门 2017 (二)-1`, with a button that copies it.
fn citation_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, ix: NodeIx) {
    let citation = format!("{} {}", cx.plan_name(plan), cx.app.clause(plan, ix));
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(&citation).font(bold_font(14.0)));
        if ui.small_button(t!(cx, "copy-citation")).clicked() {
            ui.copy_text(citation.clone());
        }
    });
}

/// Departments, targets and source lines of a node.
fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, open: &OpenPlan, ix: NodeIx, node: &Node) {
    heading_ui(ui, &t!(cx, "facts"));
    if let Some(departments) = &node.departments {
        if !departments.lead.is_empty() {
            ui.label(t!(cx, "departments-lead", names = departments.lead.join("、")));
        }
        if !departments.others.is_empty() {
            ui.label(t!(cx, "departments-others", names = departments.others.join("、")));
        }
    }
    for target in open.plan.targets.iter().filter(|target| target.node == ix).take(8) {
        let words = open.plan.text.slice(target.span).replace('\n', "");
        ui.label(if target.baseline {
            t!(cx, "baseline", words = words)
        } else {
            t!(cx, "target", words = words)
        });
    }
    let (from, to) = (open.plan.text.line_number(node.span.start), open.plan.text.line_number(node.span.end));
    ui.weak(if from == to {
        t!(cx, "source-line", line = from)
    } else {
        t!(cx, "source-lines", from = from, to = to)
    });
}
