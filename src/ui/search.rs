//! The search screen: words in all plans, hits by plan with their clause numbers and the words around them.

use super::actions::{SEARCH_EXPORT, SEARCH_EXPORT_TYPED, TAG_HITS};
use super::cx::{Cx, name_field, t};
use super::icons;
use super::line::line;
use super::search_tagging::SearchTaggingView;
use super::theme::{ROW_HEIGHT, bold_font, regular_font};
use super::typed::Typed;
use crate::app::{Command, FindCommand, Hit, SearchCommand};
use crate::insight::search::Context;
use crate::project::PlanId;
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, Frame, Id, Key, Margin, Modifiers, ProgressBar, Response, Role, ScrollArea, Sense, TextEdit,
    TextFormat, Ui, WidgetInfo, pos2, vec2,
};
use std::collections::HashSet;

/// Where the words of a hit begin, in points from the left of the row.
const CLAUSE: f32 = 150.0;
/// Size of the words around a hit, in points, and how much of a row may stand before it.
const CONTEXT_SIZE: f32 = 14.0;
const BEFORE: f32 = 0.45;

/// The screen, with the words being typed.
#[derive(Default)]
pub struct SearchScreen {
    typed: Typed,
    wants_focus: bool,
    folded: HashSet<PlanId>,
    rows: Vec<Row>,
    /// The revision of the search that `rows` were made from; reset by folding.
    listed: Option<u64>,
    chosen: usize,
    /// Whether `chosen` was moved and must come into view.
    moved: bool,
    offset: f32,
    tagging: SearchTaggingView,
}

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// A plan, by its place in the library.
    Plan(usize),
    /// A hit in it.
    Hit(usize, usize),
}

impl SearchScreen {
    /// Gives the field the keyboard.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Shows field and list. `composing`: an input method is at work, its letters are not yet words.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, composing: bool) {
        Frame::new().inner_margin(Margin::symmetric(24, 14)).show(ui, |ui| {
            if let Some(tagging) = &cx.app.search.tagging {
                return self.tagging.show_ui(ui, cx, tagging);
            }
            self.tagging = SearchTaggingView::default();
            self.field_ui(ui, cx, composing);
            ui.add_space(2.0);
            status_ui(ui, cx);
            ui.add_space(4.0);
            self.rows_ui(ui, cx);
        });
    }

    fn field_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, composing: bool) {
        let id = Id::unique("search-field");
        self.keys(ui, cx, id, composing);
        self.typed.follow(&cx.app.search.query);
        let field = TextEdit::singleline(&mut self.typed.words).id(id).font(regular_font(17.0));
        let field =
            ui.add(field.hint_text(t!(cx, "search-hint")).desired_width(ui.available_width().min(640.0)));
        name_field(&field, t!(cx, "search-hint"));
        if std::mem::take(&mut self.wants_focus) {
            field.request_focus();
        }
        if let Some(words) = self.typed.take_change(composing) {
            cx.send(Command::Search(SearchCommand::Find(words)));
            (self.chosen, self.moved) = (0, true);
        }
    }

    /// Arrows move in the list while the field has the keyboard; Enter opens.
    fn keys(&mut self, ui: &Ui, cx: &Cx<'_>, field: Id, composing: bool) {
        if composing || !ui.memory(|memory| memory.has_focus(field)) {
            return;
        }
        let taken = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = self.rows.len().saturating_sub(1);
        for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 12), (Key::PageUp, -12)]
        {
            if taken(key) {
                self.chosen = self.chosen.saturating_add_signed(step).min(last);
                self.moved = true;
            }
        }
        if taken(Key::Enter)
            && let Some(&row) = self.rows.get(self.chosen)
        {
            self.open(cx, row);
        }
    }

    fn open(&mut self, cx: &Cx<'_>, row: Row) {
        match row {
            Row::Hit(place, hit) => cx.send(Command::Find(FindCommand::OpenHit(place, hit))),
            Row::Plan(place) => {
                let Some(found) = cx.app.search.found.get(&place) else { return };
                if !self.folded.remove(&found.plan) {
                    self.folded.insert(found.plan);
                }
                self.listed = None;
            }
        }
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if self.listed != Some(cx.app.search.revision) {
            self.list(cx);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let height = ui.available_height();
        let mut area = ScrollArea::vertical().id_salt("search-rows").auto_shrink(false);
        if std::mem::take(&mut self.moved) {
            let top = self.chosen as f32 * ROW_HEIGHT;
            area = area.vertical_scroll_offset(
                self.offset.clamp((top - height + ROW_HEIGHT).min(top), top).max(0.0),
            );
        }
        let mut opened = None;
        let output = area.show_rows(ui, ROW_HEIGHT, self.rows.len(), |ui, range| {
            for at in range {
                let row = self.rows[at];
                let chosen = at == self.chosen;
                let clicked = match row {
                    Row::Plan(place) => self.plan_row_ui(ui, cx, place, chosen),
                    Row::Hit(place, hit) => hit_row_ui(ui, cx, place, hit, chosen),
                };
                if clicked.is_some_and(|response| response.clicked()) {
                    opened = Some((at, row));
                }
            }
        });
        self.offset = output.state.clamped_offset().y;
        if let Some((at, row)) = opened {
            self.chosen = at;
            self.open(cx, row);
        }
    }

    fn list(&mut self, cx: &Cx<'_>) {
        let search = &cx.app.search;
        self.rows.clear();
        for (&place, found) in &search.found {
            self.rows.push(Row::Plan(place));
            if !self.folded.contains(&found.plan) {
                self.rows.extend((0..found.hits.len()).map(|hit| Row::Hit(place, hit)));
            }
        }
        self.listed = Some(search.revision);
        self.chosen = self.chosen.min(self.rows.len().saturating_sub(1));
    }

    fn plan_row_ui(&self, ui: &mut Ui, cx: &Cx<'_>, place: usize, chosen: bool) -> Option<Response> {
        let found = cx.app.search.found.get(&place)?;
        let (name, title) = (cx.plan_name(found.plan), cx.plan_title(found.plan));
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
        let spoken =
            t!(cx, "search-plan", plan = name.clone(), title = title.to_owned(), count = found.count);
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, chosen, &spoken));
        row_ground(ui, cx, &response, chosen);
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let open = !self.folded.contains(&found.plan);
        let y = rect.center().y;
        icons::disclosure(&painter, pos2(rect.min.x + 10.0, y), open, cx.palette.muted);
        let at = pos2(rect.min.x + 22.0, y);
        let name = painter.text(at, Align2::LEFT_CENTER, name, bold_font(14.0), cx.palette.text);
        let count = found.count.to_string();
        let right = pos2(rect.max.x - 12.0, y);
        let count = painter.text(right, Align2::RIGHT_CENTER, count, regular_font(13.0), cx.palette.muted);
        let at = pos2(name.max.x + 10.0, y);
        line(&painter, at, count.min.x - 8.0, title, regular_font(13.0), cx.palette.muted);
        Some(response)
    }
}

/// The ground of a row: chosen, under the pointer, or with the keyboard.
pub fn row_ground(ui: &Ui, cx: &Cx<'_>, response: &Response, chosen: bool) {
    if chosen {
        ui.painter().rect_filled(response.rect, 4.0, cx.palette.focus);
    } else if response.hovered() {
        ui.painter().rect_filled(response.rect, 4.0, cx.palette.hover);
    }
    if response.has_focus() {
        icons::focus_ring(ui.painter(), response.rect, cx.palette);
    }
}

/// How many hits in how many plans; while it lasts, how far, and a way to stop.
fn status_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let search = &cx.app.search;
    ui.horizontal(|ui| {
        ui.set_min_height(26.0);
        if search.query.trim().is_empty() {
            ui.weak(t!(cx, "search-empty", plans = search.plans.max(cx.app.library().len())));
            return;
        }
        let plans = search.found.len();
        if search.is_scanning {
            let share = search.scanned as f32 / search.plans.max(1) as f32;
            ui.add(ProgressBar::new(share).desired_width(160.0));
            ui.label(t!(cx, "search-running", hits = search.total, plans = plans));
            if ui.button(t!(cx, "cancel")).clicked() {
                cx.send(Command::Search(SearchCommand::Cancel));
            }
        } else if search.total == 0 {
            ui.label(t!(cx, "search-nothing", plans = search.plans));
        } else {
            let ms = search.took.as_millis() as u64;
            ui.label(t!(cx, "search-done", hits = search.total, plans = plans, ms = ms));
            TAG_HITS.button_ui(ui, cx).on_hover_text(TAG_HITS.hint(cx));
            let kept: usize = search.found.values().map(|found| found.hits.len()).sum();
            if kept < search.total {
                ui.label(t!(cx, "search-kept", kept = kept));
            }
            SEARCH_EXPORT.button_ui(ui, cx);
            SEARCH_EXPORT_TYPED.button_ui(ui, cx);
        }
    });
}

fn hit_row_ui(ui: &mut Ui, cx: &Cx<'_>, place: usize, hit: usize, chosen: bool) -> Option<Response> {
    let found = cx.app.search.found.get(&place)?;
    let hit = found.hits.get(hit)?;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
    let clause = clause_words(cx, hit);
    let context = &hit.context;
    let spoken = || format!("{clause} {}{}{}", context.before, context.words, context.after);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, chosen, spoken()));
    row_ground(ui, cx, &response, chosen);
    let y = rect.center().y;
    let at = pos2(rect.min.x + 22.0, y);
    let right = rect.min.x + CLAUSE - 8.0;
    line(
        &ui.painter().with_clip_rect(ui.clip_rect()),
        at,
        right,
        &clause,
        regular_font(13.0),
        cx.palette.muted,
    );
    let words = ui.painter().with_clip_rect(rect.with_min_x(rect.min.x + CLAUSE).intersect(ui.clip_rect()));
    let galley =
        ui.fonts_mut(|fonts| fonts.layout_job(context_job(cx, &hit.context, rect.width() - CLAUSE - 10.0)));
    let at = pos2(rect.min.x + CLAUSE, y - galley.size().y / 2.0);
    words.galley(at, galley, cx.palette.text);
    Some(response)
}

fn clause_words(cx: &Cx<'_>, hit: &Hit) -> String {
    match &hit.clause {
        None => "…".to_owned(),
        Some(clause) if clause.is_furniture => t!(cx, "furniture"),
        Some(clause) if clause.number.is_empty() => t!(cx, "clause-none"),
        Some(clause) => clause.number.clone(),
    }
}

/// The words around a hit on one line, the hit itself bold on a tinted ground.
pub fn context_job(cx: &Cx<'_>, context: &Context, width: f32) -> LayoutJob {
    let mut job = LayoutJob { wrap: TextWrapping::truncate_at_width(width), ..LayoutJob::default() };
    let plain = TextFormat::simple(regular_font(CONTEXT_SIZE), cx.palette.text);
    let bold = TextFormat {
        background: cx.palette.selection,
        ..TextFormat::simple(bold_font(CONTEXT_SIZE), cx.palette.text)
    };
    // The hit itself stays in view in a narrow row.
    let room = (width / CONTEXT_SIZE * BEFORE) as usize;
    let before = context.before.chars().count();
    if before > room {
        let kept: String = context.before.chars().skip(before - room).collect();
        job.append(&format!("…{kept}"), 0.0, plain.clone());
    } else {
        job.append(&context.before, 0.0, plain.clone());
    }
    job.append(&context.words, 0.0, bold);
    job.append(&context.after, 0.0, plain);
    job
}
