//! Facets and tags as one list of rows; only the rows in view cost anything.
//!
//! Keys while a row has the keyboard: ↑ ↓ choose, ← → fold and unfold, Alt+↑ ↓ move, Ctrl+[ ] outdent and indent,
//! F2 name, Insert a new tag, Delete, the menu key or Shift+F10 the menu of the row, which holds the same.

use super::finder::Finder;
use super::{Wish, card};
use crate::annotation::{Codebook, TagId};
use crate::app::{Chosen, CodebookCommand, Command, Shift, Tally};
use crate::text::fold;
use crate::ui::cx::{Cx, t};
use crate::ui::icons;
use crate::ui::theme::{ROW_HEIGHT, bold_font, regular_font};
use egui::{
    Align2, EventFilter, Id, Key, KeyboardShortcut, Modifiers, Popup, Rect, Response, Role, ScrollArea,
    Sense, SetOpenCommand, TextEdit, Ui, WidgetInfo, pos2, vec2,
};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Width of a step of the tree, in points.
const STEP: f32 = 14.0;

/// A menu just opened: its lines are measured in the first frame and can have the keyboard from the second on.
const FRESH: u8 = 2;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    is: Chosen,
    depth: u8,
    /// Whether there are rows below it, shown or folded.
    opens: bool,
}

/// The list with its filter.
#[derive(Default)]
pub struct Tree {
    query: String,
    finder: Finder,
    folded: HashSet<Chosen>,
    /// Grows with every fold.
    folds: u64,
    made_from: Option<(Arc<Codebook>, String, u64)>,
    rows: Vec<Row>,
    at: HashMap<Chosen, usize>,
    revealed: u64,
    /// The row whose menu was opened by a key, and for how many frames more its first line gets the keyboard.
    menu: Option<(Chosen, u8)>,
    /// Whether the chosen row should get the keyboard as soon as it is there.
    wants_focus: bool,
}

impl Tree {
    /// Shows filter and rows.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, tally: &Tally, composing: bool) -> Option<Wish> {
        let codebook = &cx.app.project.as_ref()?.codebook;
        self.filter_ui(ui, cx, codebook);
        if !composing {
            self.follow(codebook);
        }
        let state = &cx.app.view.codebook;
        let chosen = self.at.get(&state.chosen).copied();
        let mut area = ScrollArea::vertical().id_salt("codebook-tree").auto_shrink(false);
        if self.revealed != state.reveal {
            self.revealed = state.reveal;
            if let Some(at) = chosen {
                let middle = at as f32 * ROW_HEIGHT - ui.available_height() / 2.0;
                area = area.vertical_scroll_offset(middle.max(0.0));
            }
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut wish = None;
        let shown = area.show_rows(ui, ROW_HEIGHT, self.rows.len(), |ui, range| {
            for at in range {
                let Some(row) = self.rows.get(at).cloned() else { continue };
                let response = self.row_ui(ui, cx, tally, &row);
                wish = self.use_row(ui, cx, &response, at, &row).or(wish.take());
            }
        });
        // The chosen row went out of view while it had the keyboard: bring it back, then give it the keyboard.
        if self.wants_focus
            && let Some(at) = chosen
        {
            let (top, height) = (shown.state.clamped_offset().y, shown.inner_rect.height());
            let y = at as f32 * ROW_HEIGHT;
            if y < top || y + ROW_HEIGHT > top + height {
                self.revealed = self.revealed.wrapping_sub(1);
                ui.ctx().request_repaint();
            }
        }
        wish
    }

    fn filter_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, codebook: &Arc<Codebook>) {
        let field = TextEdit::singleline(&mut self.query).id(Id::unique("codebook-filter"));
        let field = ui.add(field.hint_text(t!(cx, "codebook-find")).desired_width(f32::INFINITY));
        let field = field.accessible_name(t!(cx, "codebook-find"));
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            let best = self.finder.find(codebook, &self.query).first().and_then(|&at| codebook.tags.get(at));
            if let Some(tag) = best {
                cx.send(Command::Codebook(CodebookCommand::Choose(Chosen::Tag(tag.id.clone()))));
                // The tree stands around it again, so that the arrow keys lead on from there.
                self.query.clear();
                self.wants_focus = true;
            }
        }
    }

    /// Makes the rows anew where codebook, filter or folding changed.
    fn follow(&mut self, codebook: &Arc<Codebook>) {
        let is_same = |(book, query, folds): &(Arc<Codebook>, String, u64)| {
            Arc::ptr_eq(book, codebook) && *query == self.query && *folds == self.folds
        };
        if self.made_from.as_ref().is_some_and(is_same) {
            return;
        }
        let kept = (!fold(self.query.trim()).is_empty()).then(|| {
            let found = self.finder.find(codebook, &self.query);
            let found = found.into_iter().filter_map(|at| codebook.tags.get(at));
            found.flat_map(|tag| codebook.with_ancestors(&tag.id)).cloned().collect::<HashSet<TagId>>()
        });
        self.rows.clear();
        for facet in &codebook.facets {
            let is = Chosen::Facet(facet.id.clone());
            let open = kept.is_some() || !self.folded.contains(&is);
            let opens = codebook.children(&facet.id, None).next().is_some();
            self.rows.push(Row { is, depth: 0, opens });
            if open {
                self.push_below(codebook, &facet.id, None, 1, kept.as_ref());
            }
        }
        self.at = self.rows.iter().enumerate().map(|(at, row)| (row.is.clone(), at)).collect();
        self.made_from = Some((codebook.clone(), self.query.clone(), self.folds));
    }

    fn push_below(
        &mut self,
        codebook: &Codebook,
        facet: &str,
        parent: Option<&TagId>,
        depth: u8,
        kept: Option<&HashSet<TagId>>,
    ) {
        // A file made by hand may hold a cycle; it must not hang the window.
        if self.rows.len() > codebook.tags.len() + codebook.facets.len() {
            return;
        }
        for tag in
            codebook.children(facet, parent).filter(|tag| kept.is_none_or(|kept| kept.contains(&tag.id)))
        {
            let is = Chosen::Tag(tag.id.clone());
            let open = kept.is_some() || !self.folded.contains(&is);
            let opens = codebook.children(facet, Some(&tag.id)).next().is_some();
            self.rows.push(Row { is, depth, opens });
            if open {
                self.push_below(codebook, facet, Some(&tag.id), depth.saturating_add(1), kept);
            }
        }
    }

    fn row_ui(&self, ui: &mut Ui, cx: &Cx<'_>, tally: &Tally, row: &Row) -> Response {
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW_HEIGHT));
        let response = ui.interact(rect, row_id(&row.is), Sense::click());
        let (name, count, hue) = match &row.is {
            Chosen::Tag(id) => {
                let hue = cx.tag(id).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue));
                (cx.tag_name_of(id).to_owned(), Some(tally.of(id)), Some(hue))
            }
            Chosen::Facet(id) => (card::facet_name(cx, id), None, None),
            Chosen::Whole => (String::new(), None, None),
        };
        let key = match &row.is {
            Chosen::Tag(id) => cx.tag(id).and_then(|tag| tag.shortcut),
            _ => None,
        };
        let spoken = match count {
            Some(count) => t!(cx, "codebook-row", tag = name.clone(), count = count),
            None => t!(cx, "codebook-facet-row", facet = name.clone()),
        };
        let chosen = cx.app.view.codebook.chosen == row.is;
        response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, chosen, &spoken));
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        if chosen {
            painter.rect_filled(rect, 4.0, cx.palette.focus);
            painter.rect_filled(Rect::from_min_size(rect.min, vec2(3.0, ROW_HEIGHT)), 1.5, cx.palette.accent);
        } else if response.hovered() {
            painter.rect_filled(rect, 4.0, cx.palette.hover);
        }
        if response.has_focus() {
            let line = egui::Stroke::new(1.0, cx.palette.accent);
            painter.rect_stroke(rect.shrink(1.0), 4.0, line, egui::StrokeKind::Inside);
        }
        let left = rect.min.x + 8.0 + f32::from(row.depth) * STEP;
        let y = rect.center().y;
        if row.opens {
            icons::disclosure(&painter, pos2(left, y), !self.folded.contains(&row.is), cx.palette.muted);
        }
        let mut text_left = left + 12.0;
        if let Some(hue) = hue {
            painter.circle_filled(pos2(left + 14.0, y), 4.5, hue);
            text_left = left + 24.0;
        }
        let mut right = rect.max.x - 8.0;
        if let Some(count) = count.filter(|&count| count > 0) {
            let at = pos2(right, y);
            let drawn = painter.text(
                at,
                Align2::RIGHT_CENTER,
                count.to_string(),
                regular_font(12.5),
                cx.palette.muted,
            );
            right = drawn.min.x - 8.0;
        }
        if let Some(key) = key {
            let drawn = painter.text(
                pos2(right, y),
                Align2::RIGHT_CENTER,
                key.to_uppercase().to_string(),
                bold_font(12.0),
                cx.palette.muted,
            );
            let frame = drawn.expand2(vec2(4.0, 1.0));
            let line = egui::Stroke::new(1.0, cx.palette.line);
            painter.rect_stroke(frame, 3.0, line, egui::StrokeKind::Middle);
            right = frame.min.x - 6.0;
        }
        let font = if row.depth < 2 { bold_font(13.5) } else { regular_font(13.5) };
        let color = if row.depth == 0 { cx.palette.muted } else { cx.palette.text };
        let text = painter.with_clip_rect(rect.with_max_x(right).intersect(ui.clip_rect()));
        text.text(pos2(text_left, y), Align2::LEFT_CENTER, &name, font, color);
        response
    }

    /// Clicks and keys of a row.
    fn use_row(&mut self, ui: &Ui, cx: &Cx<'_>, response: &Response, at: usize, row: &Row) -> Option<Wish> {
        let choose = |chosen: &Chosen| {
            cx.send(Command::Codebook(CodebookCommand::Choose(chosen.clone())));
        };
        let chosen = cx.app.view.codebook.chosen == row.is;
        if self.wants_focus && chosen {
            self.wants_focus = false;
            response.request_focus();
        }
        if response.clicked() {
            let left = response.rect.min.x + 8.0 + f32::from(row.depth) * STEP;
            let on_fold = response.interact_pointer_pos().is_some_and(|at| (at.x - left).abs() < 9.0);
            if row.opens && on_fold {
                self.toggle(&row.is);
            } else {
                choose(&row.is);
                response.request_focus();
            }
        }
        let mut wish = self.row_menu_ui(cx, response, row);
        if !response.has_focus() {
            return wish;
        }
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        if let Chosen::Tag(id) = &row.is
            && let Some(shift) = read_shift(ui)
        {
            cx.send(Command::Codebook(CodebookCommand::Move(id.clone(), shift)));
            self.wants_focus = true;
            return wish;
        }
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let to = if pressed(Key::ArrowUp) {
            at.checked_sub(1)
        } else if pressed(Key::ArrowDown) {
            Some(at + 1)
        } else if pressed(Key::Home) {
            Some(0)
        } else if pressed(Key::End) {
            self.rows.len().checked_sub(1)
        } else {
            None
        };
        if let Some(row) = to.and_then(|to| self.rows.get(to)) {
            choose(&row.is);
            self.wants_focus = true;
        }
        let is_open = !self.folded.contains(&row.is);
        if pressed(Key::ArrowLeft) {
            if row.opens && is_open {
                self.toggle(&row.is);
            } else if let Some(above) = self.rows[..at].iter().rev().find(|above| above.depth < row.depth) {
                choose(&above.is);
                self.wants_focus = true;
            }
        }
        if pressed(Key::ArrowRight) && row.opens && !is_open {
            self.toggle(&row.is);
        }
        if pressed(Key::F2) {
            choose(&row.is);
            wish = Some(Wish::Name);
        }
        if pressed(Key::Insert) {
            choose(&row.is);
            wish = Some(Wish::New);
        }
        if pressed(Key::Delete) {
            choose(&row.is);
            wish = Some(Wish::Delete);
        }
        if pressed(Key::Menu) || ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::F10)) {
            self.menu = Some((row.is.clone(), FRESH));
            ui.ctx().request_repaint();
        }
        wish
    }

    /// The menu of a row: by a right click at the pointer, by the menu key below the row, with the keyboard on its
    /// first line; closed, the row has the keyboard again.
    fn row_menu_ui(&mut self, cx: &Cx<'_>, response: &Response, row: &Row) -> Option<Wish> {
        let mut wish = None;
        let by_key = self.menu.as_ref().filter(|(of, _)| *of == row.is).map(|(_, frames)| *frames);
        let Some(frames) = by_key else {
            response.context_menu(|ui| wish = card::menu_ui(ui, cx, &row.is, false));
            return wish;
        };
        let popup = Popup::context_menu(response).at_position(response.rect.left_bottom() + vec2(40.0, 0.0));
        let popup = if frames == FRESH { popup.open_memory(SetOpenCommand::Bool(true)) } else { popup };
        let shown = popup.show(|ui| wish = card::menu_ui(ui, cx, &row.is, frames > 0));
        let is_open = shown.is_some();
        self.menu = (is_open && wish.is_none()).then(|| (row.is.clone(), frames.saturating_sub(1)));
        if !is_open {
            response.request_focus();
        }
        wish
    }

    fn toggle(&mut self, row: &Chosen) {
        if !self.folded.remove(row) {
            self.folded.insert(row.clone());
        }
        self.folds += 1;
    }
}

fn row_id(row: &Chosen) -> Id {
    Id::unique(("codebook-row", row))
}

/// The key that moves a tag, if one is pressed.
fn read_shift(ui: &Ui) -> Option<Shift> {
    let keys = [
        (Modifiers::ALT, Key::ArrowUp, Shift::Up),
        (Modifiers::ALT, Key::ArrowDown, Shift::Down),
        (Modifiers::COMMAND, Key::CloseBracket, Shift::In),
        (Modifiers::COMMAND, Key::OpenBracket, Shift::Out),
    ];
    let pressed =
        |modifiers, key| ui.input_mut(|input| input.consume_shortcut(&KeyboardShortcut::new(modifiers, key)));
    keys.into_iter().find(|&(modifiers, key, _)| pressed(modifiers, key)).map(|(.., shift)| shift)
}
