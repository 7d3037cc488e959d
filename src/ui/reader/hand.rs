//! What hand and keyboard do in the column: clicks, words and sentences by double and triple click, dragging, the keys that
//! extend a selection, copy, open the menu.

use super::Column;
use super::menu::{self, About, OpenMenu};
use super::placed::{Placed, focus_on};
use super::selection::{quote, step_pressed};
use super::shown::Shown;
use crate::app::{Command, OpenPlan, Reading, ReadingCommand, Selection, Site};
use crate::project::PlanId;
use crate::text::{CharPos, Span, dictionary_is_loaded};
use crate::ui::cx::Cx;
use egui::{CursorIcon, Event, Key, Modifiers, Pos2, Response, Ui, pos2};

impl Column {
    /// Clicks on a block, and what the words under the pointer are.
    pub(super) fn pointer_ui(
        &mut self,
        ui: &Ui,
        cx: &Cx<'_>,
        place: &Placed<'_>,
        shown: &Shown,
        reading: &Reading,
        response: Response,
    ) {
        let point = response.interact_pointer_pos().or(response.hover_pos());
        let under = point.and_then(|point| place.set.words.as_ref()?.under((point - place.corner).to_pos2()));
        let passages =
            || under.map(|at| place.open.marks.passages_within(Span::at(at, 1)).collect::<Vec<_>>());
        let select = |selection| cx.send(Command::Reading(ReadingCommand::Select(place.id, selection)));
        if response.hovered() && under.is_some() {
            ui.set_cursor_icon(CursorIcon::Text);
            cx.app.prepare_words_when(ui.input(|input| input.pointer.any_pressed()));
        }
        if response.triple_clicked()
            && let Some(at) = under
        {
            let sentence = shown.with_stops(cx, place.open, |stops| stops.sentence(at));
            select(sentence.map(Selection::of));
        } else if response.double_clicked()
            && let Some(at) = under
        {
            self.word = Some((place.id, at));
        } else if response.secondary_clicked() {
            let inside = under.is_some_and(|at| reading.selection.is_some_and(|s| s.span().contains(at)));
            let passage = passages().and_then(|passages| passages.last().map(|(span, ..)| *span));
            let site = match (inside, reading.site(), passage) {
                (true, Some(site), _) => Some(site),
                (_, _, Some(span)) => Some(Site::Passage(span)),
                _ => place.site(),
            };
            let about = site.map(About::Site).or_else(|| place.furniture());
            if let (Some(about), Some(at)) = (about, point) {
                self.menu = Some(OpenMenu { at, about, split: under, fresh: true });
                if !inside && let About::Site(site) = about {
                    focus_on(cx, place.id, site);
                }
            }
        } else if response.clicked() {
            let shift = ui.input(|input| input.modifiers.shift);
            let anchor = reading.selection.map(|selection| selection.anchor).filter(|_| shift);
            let nearest = point.and_then(|p| place.set.words.as_ref()?.nearest((p - place.corner).to_pos2()));
            match (anchor, nearest, passages().and_then(|passages| passages.last().map(|(span, ..)| *span))) {
                (Some(anchor), Some(head), _) => select(Some(Selection { anchor, head })),
                (_, _, Some(span)) => select(Some(Selection::of(span))),
                _ => {
                    if let Some(site) = place.site() {
                        focus_on(cx, place.id, site);
                        self.by_pointer = point.is_some();
                    }
                }
            }
            // The arrow keys go on from the item, not from the widget.
            response.surrender_focus();
        }
        if response.hovered()
            && let Some(names) = passages().filter(|passages| !passages.is_empty())
        {
            let names: Vec<_> = names.iter().map(|(_, tag, _)| cx.tag_name_of(tag)).collect();
            response.on_hover_text_at_pointer(names.join(" · "));
        }
    }

    /// Selects by dragging, across blocks too.
    pub(super) fn drag_ui(
        &mut self,
        ui: &Ui,
        cx: &Cx<'_>,
        id: PlanId,
        shown: &Shown,
        words: &Response,
        origin: Pos2,
    ) {
        let (press, now) = ui.input(|input| (input.pointer.press_origin(), input.pointer.interact_pos()));
        if words.drag_started() {
            self.drag = press.and_then(|at| shown.place_at(at, origin));
        }
        let Some(anchor) = self.drag else { return };
        if words.dragged()
            && let Some(head) = now.and_then(|at| shown.place_at(at, origin))
        {
            let selection = Some(Selection { anchor, head });
            if cx.app.reading(id).is_some_and(|reading| reading.selection != selection) {
                cx.send(Command::Reading(ReadingCommand::Select(id, selection)));
            }
        } else if !words.dragged() {
            self.drag = None;
        }
    }

    /// Keys that mean the text: extending the selection, copying, the menu key.
    pub(super) fn keys(
        &mut self,
        ui: &Ui,
        cx: &Cx<'_>,
        id: PlanId,
        open: &OpenPlan,
        shown: &Shown,
        reading: &Reading,
    ) {
        if let Some((plan, at)) = self.word
            && plan == id
        {
            self.select_word(ui, cx, (id, open), shown, at);
        }
        if ui.text_edit_focused() {
            return;
        }
        if let Some(step) = step_pressed(ui) {
            cx.app.prepare_words_when(true);
            let start = reading.focus.and_then(|ix| Some(first_word(open.plan.outline.get(ix)?)));
            let selection = reading.selection.or(start.map(|at| Selection { anchor: at, head: at }));
            if let Some(Selection { anchor, head }) = selection {
                let head = shown.with_stops(cx, open, |stops| stops.step(head, step));
                let selection = Some(Selection { anchor, head });
                cx.send(Command::Reading(ReadingCommand::Select(id, selection)));
            }
        }
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let span = reading.site().and_then(|site| menu::span_of(&open.plan, site));
        if let Some(span) = span {
            if ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy))) {
                ui.copy_text(quote(&open.plan, span));
            }
            if pressed(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::C) {
                ui.copy_text(menu::cited(cx, id, open, span));
            }
        }
        if (pressed(Modifiers::NONE, Key::Menu) || pressed(Modifiers::SHIFT, Key::F10))
            && let Some(site) = reading.site()
        {
            let below =
                shown.block_of(open, site).map_or(0.0, |at| shown.heights.top(at) - shown.offset + 24.0);
            let view = ui.available_rect_before_wrap();
            let y = (view.min.y + below).clamp(view.min.y, view.max.y - 40.0);
            let at = pos2(view.center().x - 120.0, y);
            self.menu = Some(OpenMenu { at, about: About::Site(site), split: None, fresh: true });
        }
    }

    /// Selects the word of a double click as soon as the dictionary is loaded.
    fn select_word(
        &mut self,
        ui: &Ui,
        cx: &Cx<'_>,
        (id, open): (PlanId, &OpenPlan),
        shown: &Shown,
        at: CharPos,
    ) {
        cx.app.prepare_words_when(true);
        if !dictionary_is_loaded() {
            return;
        }
        self.word = None;
        let word = shown.with_stops(cx, open, |stops| stops.word(at));
        cx.send(Command::Reading(ReadingCommand::Select(id, word.map(Selection::of))));
        ui.request_repaint();
    }
}

/// Where the words of a node begin, behind its number.
fn first_word(node: &crate::plan::Node) -> CharPos {
    let first = node.heading.0.first().or(node.body.0.first());
    first.map_or(node.span.start, |span| span.start)
}
