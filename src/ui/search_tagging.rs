//! Looking over what would be tagged of the hits of a search: place by place, each can be left out; then all in one
//! edit.

use super::actions::TAG_HITS;
use super::cx::{Cx, t};
use super::line::line;
use super::search::{context_job, row_ground};
use super::theme::{ROW_HEIGHT, bold_font, regular_font};
use crate::app::{
    Command, HitPlace, HitsOf, Reach, Screen, SearchCommand, SearchTagging, SearchTaggingCommand, Standing,
};
use egui::{
    Align2, Button, Key, Modifiers, ProgressBar, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo,
    pos2, vec2,
};

/// Where plan, clause number and words begin, in points from the left of a row.
const PLAN: f32 = 36.0;
const CLAUSE: f32 = 176.0;
const WORDS: f32 = 290.0;
/// Side of the box that is ticked, in points.
const BOX: f32 = 15.0;

/// The hits that could be tagged where the person is.
pub fn hits(cx: &Cx<'_>) -> Option<HitsOf> {
    let search = &cx.app.search;
    match cx.app.view.screen {
        Screen::Search if search.tagging.is_some() => search.tagging.as_ref().map(|tagging| tagging.of),
        Screen::Search => (search.total > 0 && !search.is_scanning).then_some(HitsOf::Project),
        Screen::Read => (cx.app.find.is_open && !cx.app.find.hits.is_empty()).then_some(HitsOf::Plan),
        _ => None,
    }
}

/// What was looked for.
pub fn query(cx: &Cx<'_>, of: HitsOf) -> String {
    match of {
        HitsOf::Project => cx.app.search.query.clone(),
        HitsOf::Plan => cx.app.find.query.clone(),
    }
}

/// The list of places.
#[derive(Default)]
pub struct SearchTaggingView {
    chosen: usize,
    /// Whether `chosen` was moved and must come into view.
    moved: bool,
    offset: f32,
    /// Whether it was shown before: at first it takes the keyboard from the field behind it.
    shown: bool,
}

impl SearchTaggingView {
    /// Shows what would be tagged.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, tagging: &SearchTagging) {
        if !std::mem::replace(&mut self.shown, true) {
            ui.memory_mut(|memory| memory.focused().into_iter().for_each(|id| memory.surrender_focus(id)));
        }
        head_ui(ui, cx, tagging);
        if tagging.is_working {
            let share = tagging.looked_up() as f32 / tagging.plans.max(1) as f32;
            ui.add(ProgressBar::new(share).desired_width(240.0));
            ui.label(t!(cx, "tag-hits-working", done = tagging.looked_up(), all = tagging.plans));
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(60));
            return;
        }
        if tagging.places().is_empty() {
            ui.label(t!(cx, "tag-hits-none"));
            return;
        }
        counts_ui(ui, cx, tagging);
        self.keys(ui, cx, tagging);
        ui.add_space(4.0);
        self.rows_ui(ui, cx, tagging);
    }

    /// Keys of the list, while no control has the keyboard.
    fn keys(&mut self, ui: &Ui, cx: &Cx<'_>, tagging: &SearchTagging) {
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if pressed(Modifiers::COMMAND, Key::Enter) {
            send(cx, SearchTaggingCommand::CarryOut);
        }
        if pressed(Modifiers::COMMAND, Key::A) {
            send(cx, SearchTaggingCommand::TickAll(tagging.ticked() == 0));
        }
        if ui.memory(|memory| memory.focused().is_some()) {
            return;
        }
        let last = tagging.places().len().saturating_sub(1);
        for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 12), (Key::PageUp, -12)]
        {
            if pressed(Modifiers::NONE, key) {
                self.chosen = self.chosen.saturating_add_signed(step).min(last);
                self.moved = true;
            }
        }
        if pressed(Modifiers::NONE, Key::Space)
            && let Some(place) = tagging.places().get(self.chosen)
        {
            send(cx, SearchTaggingCommand::Tick(self.chosen, !place.ticked));
        }
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, tagging: &SearchTagging) {
        let places = tagging.places();
        self.chosen = self.chosen.min(places.len().saturating_sub(1));
        ui.spacing_mut().item_spacing.y = 0.0;
        let height = ui.available_height();
        let mut area = ScrollArea::vertical().id_salt("tag-hits-rows").auto_shrink(false);
        if std::mem::take(&mut self.moved) {
            let top = self.chosen as f32 * ROW_HEIGHT;
            let least = (top - height + ROW_HEIGHT).min(top);
            area = area.vertical_scroll_offset(self.offset.clamp(least, top).max(0.0));
        }
        let output = area.show_rows(ui, ROW_HEIGHT, places.len(), |ui, range| {
            for at in range {
                if row_ui(ui, cx, &places[at], at == self.chosen) {
                    self.chosen = at;
                    send(cx, SearchTaggingCommand::Tick(at, !places[at].ticked));
                }
            }
        });
        self.offset = output.state.clamped_offset().y;
    }
}

fn send(cx: &Cx<'_>, command: SearchTaggingCommand) {
    cx.send(Command::Search(SearchCommand::Tagging(command)));
}

/// What is tagged with what, and how far around a hit.
fn head_ui(ui: &mut Ui, cx: &Cx<'_>, tagging: &SearchTagging) {
    ui.label(RichText::new(t!(cx, "tag-hits-of", query = tagging.query.clone())).font(bold_font(17.0)));
    ui.horizontal(|ui| {
        let hue = cx.tag(&tagging.tag).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue));
        let (rect, _) = ui.allocate_exact_size(vec2(14.0, 26.0), Sense::hover());
        ui.painter().circle_filled(rect.center(), 5.0, hue);
        ui.label(RichText::new(cx.tag_name_of(&tagging.tag)).font(bold_font(14.0)));
        let other = ui.button(t!(cx, "tag-hits-other")).on_hover_text(TAG_HITS.hint(cx));
        if other.clicked() {
            TAG_HITS.run(cx);
        }
        ui.separator();
        ui.label(t!(cx, "tag-hits-reach"));
        for (reach, name) in [
            (Reach::Item, t!(cx, "reach-item")),
            (Reach::Sentence, t!(cx, "reach-sentence")),
            (Reach::Words, t!(cx, "reach-words")),
        ] {
            if ui.radio(tagging.reach == reach, name).clicked() {
                send(cx, SearchTaggingCommand::SetReach(reach));
            }
        }
    });
}

/// How many, and what can be done with all of them.
fn counts_ui(ui: &mut Ui, cx: &Cx<'_>, tagging: &SearchTagging) {
    let places = tagging.places();
    let carried = places.iter().filter(|place| place.standing == Standing::Carries).count();
    let plans = places.chunk_by(|a, b| a.plan == b.plan).count();
    let ticked = tagging.ticked();
    ui.horizontal(|ui| {
        let words = RichText::new(t!(cx, "tag-hits-do", count = ticked)).font(bold_font(14.0));
        if ui.add_enabled(ticked > 0, Button::new(words)).clicked() {
            send(cx, SearchTaggingCommand::CarryOut);
        }
        for (name, all) in [(t!(cx, "tag-hits-all"), true), (t!(cx, "tag-hits-nothing"), false)] {
            if ui.button(name).clicked() {
                send(cx, SearchTaggingCommand::TickAll(all));
            }
        }
        if ui.button(t!(cx, "cancel")).clicked() {
            send(cx, SearchTaggingCommand::Leave);
        }
        ui.label(t!(cx, "tag-hits-count", places = places.len(), plans = plans, carried = carried));
    });
    if tagging.is_early {
        ui.colored_label(cx.palette.caution, t!(cx, "tag-hits-early"));
    }
    ui.weak(t!(cx, "tag-hits-keys"));
}

/// A place: box, plan, clause number, words, what it carries. Tells whether it was clicked.
fn row_ui(ui: &mut Ui, cx: &Cx<'_>, place: &HitPlace, chosen: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
    let carried = place.standing == Standing::Carries;
    let plan = cx.plan_name(place.plan);
    let clause = if place.clause.is_empty() { t!(cx, "clause-none") } else { place.clause.clone() };
    let standing = match &place.standing {
        Standing::Free if place.hits > 1 => format!("×{}", place.hits),
        Standing::Free => String::new(),
        Standing::Carries => t!(cx, "tag-hits-carried"),
        Standing::Replaces(tag) => t!(cx, "tag-hits-replaces", tag = cx.tag_name_of(tag).to_owned()),
    };
    let context = &place.context;
    let spoken = || {
        let words = format!("{}{}{} {standing}", context.before, context.words, context.after);
        t!(cx, "tag-hits-row", plan = plan.clone(), clause = clause.clone(), words = words)
    };
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, !carried, place.ticked, spoken()));
    row_ground(ui, cx, &response, chosen);
    let y = rect.center().y;
    let mark = Rect::from_center_size(pos2(rect.min.x + 18.0, y), vec2(BOX, BOX));
    box_ui(ui, cx, mark, place.ticked, carried);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let x = |from: f32| pos2(rect.min.x + from, y);
    let muted = cx.palette.muted;
    line(&painter, x(PLAN), rect.min.x + CLAUSE - 8.0, &plan, regular_font(14.0), cx.palette.text);
    line(&painter, x(CLAUSE), rect.min.x + WORDS - 8.0, &clause, regular_font(13.0), muted);
    let right = pos2(rect.max.x - 10.0, y);
    let standing = painter.text(right, Align2::RIGHT_CENTER, &standing, regular_font(13.0), muted);
    let width = standing.min.x - 10.0 - rect.min.x - WORDS;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(context_job(cx, context, width)));
    painter.galley(pos2(rect.min.x + WORDS, y - galley.size().y / 2.0), galley, cx.palette.text);
    response.clicked()
}

/// The box of a row; without a box where nothing can be ticked.
fn box_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, ticked: bool, carried: bool) {
    if carried {
        return;
    }
    let color = if ticked { cx.palette.accent } else { cx.palette.muted };
    let painter = ui.painter();
    painter.rect_stroke(rect, 3.0, (1.5, color), egui::StrokeKind::Inside);
    if ticked {
        painter.rect_filled(rect, 3.0, color);
        let at = |x: f32, y: f32| rect.min + vec2(x * BOX, y * BOX);
        let stroke = (2.0, cx.palette.ground);
        painter.line(vec![at(0.22, 0.52), at(0.42, 0.72), at(0.78, 0.3)], stroke);
    }
}
