//! The import as a place in the window: what is being read, what was recognised, what to take in, what came of it.
//!
//! One file is shown whole (`preview`); many are a table whose cells can be typed in (`table`), with the file that is
//! looked at beside it. Read in this order: this file (what is where, keys), `table`, `preview`, `words`.

mod preview;
mod table;
mod words;

use words::encoding_names;
pub(super) use words::intake_error;

use super::cx::{Cx, t};
use super::right_end::at_right_end;
use super::theme::bold_font;
use crate::app::{Command, ImportCommand, Importing, Phase, Screen};
use crate::plan::MetadataField;
use crate::project::PlanId;
use egui::{Context, Frame, Key, Margin, Modifiers, Panel, ProgressBar, RichText, TextEdit, Ui};
use table::Table;

/// The screen of an import, with what is being typed on it.
#[derive(Default)]
pub struct ImportScreen {
    typing: Typing,
    table: Table,
    /// Whether a control had the keyboard in the frame before: Escape takes it away before a frame begins.
    had_focus: bool,
}

/// The field that has the keyboard, while it is typed in.
#[derive(Default)]
pub(super) struct Typing(Option<(PlanId, MetadataField, String)>);

impl Typing {
    /// A field of what was recognised; what was typed is sent when the keyboard leaves it.
    fn field_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, spec: &FieldSpec<'_>) -> egui::Response {
        let FieldSpec { plan, field, stored, name, width, place } = spec;
        let is_typing = self.0.as_ref().is_some_and(|(id, at, _)| id == plan && at == field);
        let mut words = match &self.0 {
            Some((.., words)) if is_typing => words.clone(),
            _ => (*stored).to_owned(),
        };
        let edit = TextEdit::singleline(&mut words)
            .id(egui::Id::unique((*place, *plan, *field)))
            .desired_width(*width)
            .clip_text(true);
        let response = ui.add_enabled(cx.app.importing().is_some_and(|i| i.phase == Phase::Review), edit);
        let enabled = response.enabled();
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::text_edit(enabled, "", &words, "");
            info.label = Some((*name).to_owned());
            info
        });
        if response.has_focus() {
            self.0 = Some((*plan, *field, words.clone()));
        }
        if response.lost_focus() {
            self.0 = None;
            if words != *stored {
                cx.send(Command::Importing(ImportCommand::Set(*plan, *field, words)));
            }
        }
        response
    }
}

/// A field to type in.
struct FieldSpec<'a> {
    plan: PlanId,
    field: MetadataField,
    /// What is stored now.
    stored: &'a str,
    /// Accessible name.
    name: &'a str,
    width: f32,
    /// Where it is shown: the same field may stand in the table and beside it.
    place: &'static str,
}

impl ImportScreen {
    /// Reads the keys that mean something here, before anything else does: Enter takes in, Esc leaves, the arrows move
    /// in the table, the space bar ticks.
    pub fn keys(&mut self, ctx: &Context, cx: &Cx<'_>) {
        let Some(importing) = cx.app.importing().filter(|_| cx.app.view.screen == Screen::Import) else {
            return;
        };
        if ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter)) {
            cx.send(Command::Importing(ImportCommand::Accept));
        }
        let focused = ctx.memory(|memory| memory.focused().is_some());
        if std::mem::replace(&mut self.had_focus, focused) || focused {
            return;
        }
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::Enter) {
            cx.send(match importing.phase {
                Phase::Done => Command::Importing(ImportCommand::Close),
                _ => Command::Importing(ImportCommand::Accept),
            });
        }
        if pressed(Key::Escape) {
            // What a person typed is not thrown away by a key; the import stays open behind the screen.
            let leave = importing.edited || importing.is_busy();
            cx.send(if leave {
                Command::Show(Screen::Read)
            } else {
                Command::Importing(ImportCommand::Close)
            });
        }
        self.table.keys(importing, cx, pressed);
    }

    /// Shows the import.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some(importing) = cx.app.importing() else {
            ui.centered_and_justified(|ui| ui.label(t!(cx, "import-none")));
            return;
        };
        let bar = Frame::new().fill(cx.palette.panel).inner_margin(Margin::symmetric(16, 8));
        Panel::top("import-bar").frame(bar).show(ui, |ui| bar_ui(ui, cx, importing));
        if let Some(only) = importing.only() {
            let frame = Frame::new().fill(cx.palette.ground).inner_margin(Margin::symmetric(18, 12));
            frame.show(ui, |ui| preview::single_ui(ui, cx, importing, only, &mut self.typing));
            return;
        }
        if let Some(looked_at) = importing.looked_at.filter(|&id| importing.row(id).is_some()) {
            let frame = Frame::new().fill(cx.palette.panel).inner_margin(Margin::symmetric(12, 8));
            let panel = Panel::right("import-preview").default_size(360.0).size_range(280.0..=560.0);
            panel.resizable(true).frame(frame).show(ui, |ui| {
                preview::beside_ui(ui, cx, importing, looked_at, &mut self.typing);
            });
        }
        let frame = Frame::new().fill(cx.palette.ground).inner_margin(Margin::symmetric(12, 6));
        frame.show(ui, |ui| self.table.show_ui(ui, cx, importing, &mut self.typing));
    }
}

/// Where the import stands, and what to do with it.
fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, importing: &Importing) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(t!(cx, "import-title")).font(bold_font(16.0)));
        ui.add_space(10.0);
        state_ui(ui, cx, importing);
        at_right_end(ui, |ui| actions_ui(ui, cx, importing));
    });
}

fn state_ui(ui: &mut Ui, cx: &Cx<'_>, importing: &Importing) {
    let (imported, known, failed) = importing.counts();
    match importing.phase {
        Phase::Reading | Phase::TakingIn => progress_ui(ui, cx, importing),
        Phase::Review => {
            if importing.stopped {
                ui.label(RichText::new(t!(cx, "import-stopped")).color(cx.palette.caution));
            }
            let kept = importing.kept();
            ui.label(t!(cx, "import-review", kept = kept, known = known, failed = failed));
        }
        Phase::Done => {
            ui.label(t!(cx, "import-summary", imported = imported, known = known, failed = failed));
        }
    }
}

/// A bar with count and name, and the way to stop it.
pub(super) fn progress_ui(ui: &mut Ui, cx: &Cx<'_>, importing: &Importing) {
    let Some(progress) = importing.progress() else { return };
    let share = progress.done as f32 / progress.total.max(1) as f32;
    let name: String = progress.name.chars().take(40).collect();
    ui.add(ProgressBar::new(share).desired_width(160.0));
    ui.label(match importing.phase {
        Phase::Reading => t!(cx, "importing", done = progress.done, total = progress.total, name = name),
        _ => t!(cx, "import-taking-in", done = progress.done, total = progress.total),
    });
    if ui.button(t!(cx, "import-stop")).clicked() {
        cx.send(Command::Importing(ImportCommand::Stop));
    }
}

fn actions_ui(ui: &mut Ui, cx: &Cx<'_>, importing: &Importing) {
    let send = |command| cx.send(Command::Importing(command));
    if importing.is_convertible() && ui.button(t!(cx, "import-convert")).clicked() {
        send(ImportCommand::Convert);
    }
    match importing.phase {
        Phase::Reading | Phase::TakingIn => {}
        Phase::Review => {
            let kept = importing.kept();
            let words = RichText::new(t!(cx, "import-accept", count = kept)).strong();
            if ui
                .add_enabled(kept > 0, egui::Button::new(words))
                .on_hover_text("Enter / Ctrl+Enter")
                .clicked()
            {
                send(ImportCommand::Accept);
            }
            if ui.button(t!(cx, "import-discard")).on_hover_text("Esc").clicked() {
                send(ImportCommand::Close);
            }
        }
        Phase::Done => {
            if ui.button(t!(cx, "import-close")).on_hover_text("Enter / Esc").clicked() {
                send(ImportCommand::Close);
            }
        }
    }
}

/// The strip above other screens while an import is open.
pub fn strip_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(importing) = cx.app.importing() else { return };
    ui.horizontal(|ui| {
        state_ui(ui, cx, importing);
        if ui.button(t!(cx, "import-show")).clicked() {
            cx.send(Command::Show(Screen::Import));
        }
        if importing.phase == Phase::Done && ui.button(t!(cx, "import-close")).clicked() {
            cx.send(Command::Importing(ImportCommand::Close));
        }
    });
}
