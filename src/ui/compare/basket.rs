//! The basket: excerpts from either side, each with its citation and a note, in an order made by hand.

use super::pile::Pile;
use super::words::estimate;
use super::{keys, send, side};
use crate::app::{Command, CompareCommand, Side};
use crate::project::{Excerpt, LinkId};
use crate::ui::cx::{Cx, t};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::note::composing;
use crate::ui::right_end::at_right_end;
use crate::ui::theme::{bold_font, regular_font};
use egui::{Frame, Id, Key, Margin, Modifiers, Rect, RichText, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};
use std::time::{Duration, Instant};

/// A note goes to disk when nothing was typed for this long.
const PAUSE: Duration = Duration::from_millis(500);

/// The view, with the note being written.
#[derive(Default)]
pub struct BasketView {
    focus: Option<LinkId>,
    pile: Pile,
    note: Option<Draft>,
}

/// A note while it is typed.
struct Draft {
    id: LinkId,
    words: String,
    /// Since when it differs from what is stored.
    changed: Option<Instant>,
    /// Whether an input method is composing: what it shows is not yet text.
    composing: bool,
}

impl BasketView {
    /// Sends what was typed and not yet sent.
    pub fn finish(&mut self, cx: &Cx<'_>) {
        if let Some(draft) = &mut self.note
            && draft.changed.take().is_some()
        {
            send(cx, CompareCommand::ExcerptNote(draft.id, draft.words.clone()));
        }
    }

    /// Shows the excerpts.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let links = cx.app.links().cloned();
        let basket = links.as_ref().map(|links| links.basket()).unwrap_or_default();
        ui.painter().rect_filled(ui.available_rect_before_wrap(), 0.0, cx.palette.ground);
        if basket.is_empty() {
            super::message_ui(ui, t!(cx, "cmp-basket-empty"));
            return;
        }
        self.read_keys(ui, cx, &basket);
        Frame::new().fill(cx.palette.panel).inner_margin(Margin::symmetric(12, 4)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                ui.label(
                    RichText::new(t!(cx, "cmp-basket-count", count = basket.len())).font(bold_font(14.0)),
                );
                ui.weak(t!(cx, "cmp-basket-keys"));
            });
        });
        let width = ui.available_width();
        let mut pile = std::mem::take(&mut self.pile);
        pile.show_ui(
            ui,
            "basket",
            (1, basket.len()),
            |at| estimate(cx, basket[at].at.anchor.quote.chars().count() as u32, width - 60.0) + 96.0,
            |ui, at| self.excerpt_ui(ui, cx, &basket, at),
        );
        self.pile = pile;
    }

    fn read_keys(&mut self, ui: &Ui, cx: &Cx<'_>, basket: &[&Excerpt]) {
        let at = self.focus.and_then(|id| basket.iter().position(|excerpt| excerpt.id == id));
        if super::keys_are_free(ui)
            && let Some(at) = at
        {
            for (key, by) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
                if ui.input_mut(|input| input.consume_key(Modifiers::ALT, key)) {
                    send(cx, CompareCommand::Move(basket[at].id, by));
                    self.pile.reveal(at.saturating_add_signed(by as isize));
                }
            }
            if keys::pressed(ui, Key::Delete) {
                send(cx, CompareCommand::Drop(basket[at].id));
                self.focus =
                    basket.get(at + 1).or_else(|| basket.get(at.wrapping_sub(1))).map(|next| next.id);
            }
            if keys::pressed(ui, Key::N) {
                ui.memory_mut(|memory| memory.request_focus(note_id(basket[at].id)));
            }
        }
        let steps = keys::steps(ui);
        if steps != 0
            && let Some(to) = keys::step(at, steps, basket.len())
        {
            self.focus = Some(basket[to].id);
            self.pile.reveal(to);
        }
    }

    fn excerpt_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, basket: &[&Excerpt], at: usize) {
        let excerpt = basket[at];
        let plan = excerpt.at.plan;
        let compare = &cx.app.view.compare;
        let side = Side::BOTH.into_iter().find(|&side| compare.side(side) == Some(plan));
        let color = side.map_or(cx.palette.muted, |side| side::color(cx, side));
        let place = cx.app.plan(plan).map(|open| (open, excerpt.at.anchor.find(&open.plan.text)));
        let node = place.as_ref().and_then(|(open, place)| open.plan.outline.at(place.span()?.start));
        let lost = place.as_ref().is_some_and(|(_, place)| place.span().is_none());
        let clause = node.map(|node| cx.app.clause(plan, node)).unwrap_or_default();
        let source = format!("{} {clause}", cx.plan_name(plan)).trim_end().to_owned();
        let background = ui.painter().add(egui::Shape::Noop);
        let frame = Frame::new().inner_margin(Margin { left: 40, right: 16, top: 8, bottom: 10 });
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                let link = ui.link(RichText::new(&source).font(bold_font(13.5)).color(color));
                if link.on_hover_text(t!(cx, "open-in-reader")).clicked()
                    && let Some(node) = node
                {
                    cx.send(Command::OpenPlan(plan));
                    cx.send(Command::Focus(plan, node));
                }
                if lost {
                    ui.label(RichText::new(t!(cx, "cmp-excerpt-lost")).color(cx.palette.caution));
                }
                at_right_end(ui, |ui| {
                    for (label, name, by, can) in [
                        ("↑", t!(cx, "cmp-basket-up", clause = source.clone()), -1, at > 0),
                        ("↓", t!(cx, "cmp-basket-down", clause = source.clone()), 1, at + 1 < basket.len()),
                    ] {
                        let button = ui.add_enabled(can, egui::Button::new(label));
                        button.widget_info(|| WidgetInfo::labeled(Role::Button, can, &name));
                        if button.on_hover_text(name).clicked() {
                            send(cx, CompareCommand::Move(excerpt.id, by));
                            self.focus = Some(excerpt.id);
                        }
                    }
                    let name = t!(cx, "cmp-basket-drop", clause = source.clone());
                    if icon_button(ui, Icon::Close, &name, true).clicked() {
                        send(cx, CompareCommand::Drop(excerpt.id));
                    }
                });
            });
            let size = (cx.app.settings.reading_size - 1.0).max(13.0);
            let words = RichText::new(&excerpt.at.anchor.quote).font(regular_font(size));
            ui.label(words.line_height(Some(size * 1.65)));
            self.note_ui(ui, cx, excerpt, &source);
        });
        let rect = shown.response.rect;
        let in_focus = self.focus == Some(excerpt.id);
        let name = format!("{} {source}", at + 1);
        let number = Rect::from_min_size(rect.min, vec2(36.0, rect.height()));
        let handle = ui.interact(number, ui.scope_id().with(("excerpt", excerpt.id)), Sense::click());
        handle.widget_info(|| WidgetInfo::selected(Role::ListItem, true, in_focus, &name));
        if handle.clicked() {
            self.focus = Some(excerpt.id);
            handle.surrender_focus();
        }
        let fill = if in_focus { cx.palette.focus } else { cx.palette.ground };
        ui.painter().set(background, egui::Shape::rect_filled(rect, 3.0, fill));
        if let Some(side) = side {
            side::badge(ui.painter(), cx, side, number.center_top() + vec2(0.0, 40.0));
        }
        let at_top = number.center_top() + vec2(0.0, 18.0);
        let words = format!("{}", at + 1);
        ui.painter().text(at_top, egui::Align2::CENTER_CENTER, words, bold_font(13.5), cx.palette.muted);
        ui.painter().hline(rect.x_range(), rect.max.y, egui::Stroke::new(0.5, cx.palette.line));
    }

    fn note_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, excerpt: &Excerpt, source: &str) {
        let mut words = match &self.note {
            Some(draft) if draft.id == excerpt.id => draft.words.clone(),
            _ => excerpt.note.clone(),
        };
        let field = TextEdit::multiline(&mut words).id(note_id(excerpt.id)).desired_rows(1);
        let response = ui.add(field.desired_width(f32::INFINITY).hint_text(t!(cx, "note-hint")));
        let name = t!(cx, "cmp-note-of", clause = source.to_owned());
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
        if response.gained_focus() && self.note.as_ref().is_none_or(|draft| draft.id != excerpt.id) {
            self.finish(cx);
            let words = excerpt.note.clone();
            self.note = Some(Draft { id: excerpt.id, words, changed: None, composing: false });
            self.focus = Some(excerpt.id);
        }
        let Some(draft) = self.note.as_mut().filter(|draft| draft.id == excerpt.id) else { return };
        draft.composing = composing(ui, draft.composing);
        if response.changed() {
            draft.words = words;
            draft.changed = Some(Instant::now());
        } else if draft.changed.is_none() && !draft.composing {
            draft.words.clone_from(&excerpt.note);
        }
        let paused = draft.changed.is_some_and(|since| since.elapsed() >= PAUSE);
        if draft.changed.is_some() && !draft.composing && (paused || response.lost_focus()) {
            draft.changed = None;
            send(cx, CompareCommand::ExcerptNote(draft.id, draft.words.clone()));
        } else if draft.changed.is_some() {
            ui.request_repaint_after(PAUSE);
        }
    }
}

fn note_id(id: LinkId) -> Id {
    Id::unique(("excerpt note", id))
}
