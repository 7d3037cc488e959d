//! The bar above the text that finds words in the open plan.

use super::actions::TAG_HITS;
use super::cx::{Cx, name_field, t};
use super::icons::{Icon, icon_button};
use super::typed::Typed;
use crate::app::{Command, FindCommand};
use egui::{Frame, Id, Key, Margin, Modifiers, TextEdit, Ui};

/// The bar, with the words being typed.
#[derive(Default)]
pub struct FindBar {
    typed: Typed,
    wants_focus: bool,
}

impl FindBar {
    /// Gives the field the keyboard, all words selected.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Shows the bar, if it is open. `composing`: an input method is at work, its letters are not yet words.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, composing: bool) {
        let find = &cx.app.find;
        if !find.is_open {
            return;
        }
        self.typed.follow(&find.query);
        let frame = Frame::new().fill(cx.palette.panel).inner_margin(Margin::symmetric(18, 5));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                self.field_ui(ui, cx, composing);
                let count = match (find.at, find.hits.len()) {
                    (_, 0) if find.query.trim().is_empty() => String::new(),
                    (_, 0) => t!(cx, "find-none"),
                    (at, all) => t!(cx, "find-count", at = at.map_or(0, |at| at + 1), all = all),
                };
                ui.label(count);
                for (icon, name, step) in
                    [(Icon::Up, t!(cx, "find-previous"), -1), (Icon::Down, t!(cx, "find-next"), 1)]
                {
                    if icon_button(ui, icon, &name, !find.hits.is_empty()).clicked() {
                        cx.send(Command::Find(FindCommand::Step(step)));
                    }
                }
                if !find.hits.is_empty() {
                    TAG_HITS.button_ui(ui, cx).on_hover_text(TAG_HITS.hint(cx));
                }
                if icon_button(ui, Icon::Close, &t!(cx, "find-close"), true).clicked() {
                    cx.send(Command::Find(FindCommand::Close));
                }
            });
        });
        ui.separator();
    }

    fn field_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, composing: bool) {
        let id = Id::unique("find-field");
        let has_focus = ui.memory(|memory| memory.has_focus(id));
        let taken = |modifiers, key| {
            has_focus && !composing && ui.input_mut(|input| input.consume_key(modifiers, key))
        };
        // The longer first: Enter alone also fits Shift+Enter.
        let step = if taken(Modifiers::SHIFT, Key::Enter) {
            -1
        } else {
            i32::from(taken(Modifiers::NONE, Key::Enter))
        };
        let field = TextEdit::singleline(&mut self.typed.words).id(id).desired_width(260.0);
        let mut output = field.hint_text(t!(cx, "find-hint")).show(ui);
        name_field(&output.response, t!(cx, "find-hint"));
        if std::mem::take(&mut self.wants_focus) {
            output.response.request_focus();
            let all = egui::text::CCursorRange::two(
                egui::text::CCursor::default(),
                egui::text::CCursor::new(self.typed.words.chars().count()),
            );
            output.state.cursor.set_char_range(Some(all));
            output.state.store(ui.ctx(), id);
        }
        if let Some(words) = self.typed.take_change(composing) {
            cx.send(Command::Find(FindCommand::Set(words)));
        } else if step != 0 {
            cx.send(Command::Find(FindCommand::Step(step)));
        }
    }
}
