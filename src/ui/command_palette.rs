//! The command palette: every action, plan, tag, and item of the open plan, found by Chinese, English, pinyin,
//! initials or clause number. Enter acts; Esc leaves and gives the keyboard back to who had it.

use super::actions::{self, Action};
use super::cx::{Cx, name_field, t};
use super::keys;
use super::line::line;
use super::theme::{ROW_HEIGHT, bold_font, regular_font};
use super::{Strings, theme};
use crate::annotation::TagId;
use crate::app::{Command, Destination, Language, Screen};
use crate::plan::{NodeIx, find_clause};
use crate::project::PlanId;
use crate::text::{Fit, Names, is_blank};
use egui::{
    Align2, Area, Context, Frame, Id, Key, Modifiers, Order, Response, Role, ScrollArea, Sense, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};

/// Width of the palette in points, where the window has room.
const WIDTH: f32 = 640.0;
/// Rows that are shown at once.
const ROWS: f32 = 12.0;
/// Windows narrower than this, in points, show only the key of the palette in the top bar.
const NARROW: f32 = 1240.0;
/// How many choices are remembered as recent.
const RECENT: usize = 12;

/// Something to choose.
#[derive(Clone, Debug, PartialEq)]
enum Thing {
    /// By its id.
    Action(&'static str),
    Plan(PlanId),
    Tag(TagId),
    Item(PlanId, NodeIx),
    /// A clause number, as typed, of a plan that may not be read yet.
    Clause(PlanId, String),
}

/// The palette. Closed, it is nothing but the last choices.
#[derive(Default)]
pub struct CommandPalette {
    open: Option<Open>,
    /// The last first.
    recent: Vec<Thing>,
}

/// The palette while it is open.
struct Open {
    query: String,
    /// Only plans and items.
    places_only: bool,
    chosen: usize,
    /// Whether `chosen` was moved and must come into view.
    moved: bool,
    /// Where the rows were scrolled to, in points.
    offset: f32,
    things: Vec<Thing>,
    names: Names,
    /// The query that `hits` answers.
    answered: Option<String>,
    hits: Vec<Thing>,
    /// Who had the keyboard.
    before: Option<Id>,
    wants_focus: bool,
}

impl CommandPalette {
    /// Opens it, or closes it where it is open.
    pub fn toggle(&mut self, ctx: &Context, cx: &Cx<'_>, places_only: bool) {
        if self.open.as_ref().is_some_and(|open| open.places_only == places_only) {
            return self.close(ctx);
        }
        let before = match self.open.take() {
            Some(open) => open.before,
            None => ctx.memory(egui::Memory::focused),
        };
        let (things, names) = index(cx, places_only);
        self.open = Some(Open {
            query: String::new(),
            places_only,
            chosen: 0,
            moved: false,
            offset: 0.0,
            things,
            names,
            answered: None,
            hits: Vec::new(),
            before,
            wants_focus: true,
        });
    }

    /// Closes it and gives the keyboard back.
    pub fn close(&mut self, ctx: &Context) {
        let Some(open) = self.open.take() else { return };
        ctx.memory_mut(|memory| match open.before {
            Some(id) => memory.request_focus(id),
            None => {
                if let Some(id) = memory.focused() {
                    memory.surrender_focus(id);
                }
            }
        });
    }

    /// Shows it, if it is open. `composing`: an input method is at work, its letters are not yet words.
    pub fn show_ui(&mut self, ctx: &Context, cx: &Cx<'_>, composing: bool) {
        let Some(open) = &mut self.open else { return };
        if !composing && open.answered.as_ref() != Some(&open.query) {
            open.answer(cx, &self.recent);
        }
        let taken = |key| !composing && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = open.hits.len().saturating_sub(1);
        for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 10), (Key::PageUp, -10)]
        {
            if taken(key) {
                open.chosen = open.chosen.saturating_add_signed(step).min(last);
                open.moved = true;
            }
        }
        let mut done = taken(Key::Enter).then(|| open.hits.get(open.chosen).cloned()).flatten();
        let screen = ctx.content_rect();
        let width = WIDTH.min(screen.width() - 40.0);
        let area = Area::new(Id::unique("command-palette"))
            .order(Order::Foreground)
            .fixed_pos(pos2(screen.center().x - width / 2.0, screen.min.y + 52.0));
        let shown = area.show(ctx, |ui| {
            Frame::popup(ui.style()).inner_margin(8).show(ui, |ui| {
                ui.set_width(width - 16.0);
                open.contents_ui(ui, cx)
            })
        });
        done = done.or(shown.inner.inner);
        let left = ctx.input(|input| input.key_pressed(Key::Escape)) || shown.response.clicked_elsewhere();
        if let Some(thing) = done {
            self.close(ctx);
            self.act(cx, thing);
        } else if left && !composing {
            self.close(ctx);
        }
    }

    fn act(&mut self, cx: &Cx<'_>, thing: Thing) {
        match &thing {
            Thing::Action(id) => actions::all().filter(|action| action.id == *id).for_each(|it| it.run(cx)),
            Thing::Plan(plan) => cx.send(Command::OpenPlan(*plan)),
            Thing::Item(plan, ix) => {
                cx.send(Command::OpenPlan(*plan));
                cx.send(Command::Focus(*plan, *ix));
            }
            Thing::Clause(plan, clause) => {
                cx.send(Command::OpenAt(*plan, Destination::Clause(clause.clone())));
            }
            Thing::Tag(tag) => match focus(cx) {
                Some((plan, ix)) => cx.send(Command::ToggleTag(plan, ix, tag.clone())),
                None => cx.send(Command::FilterByTag(Some(tag.clone()))),
            },
        }
        self.recent.retain(|recent| *recent != thing);
        self.recent.insert(0, thing);
        self.recent.truncate(RECENT);
    }
}

/// The item that a tag would be put on.
fn focus(cx: &Cx<'_>) -> Option<(PlanId, NodeIx)> {
    let plan = cx.app.view.plan.filter(|_| cx.app.view.screen == Screen::Read)?;
    Some((plan, cx.app.reading(plan)?.focus?))
}

/// Everything there is to choose, with its names in both languages.
fn index(cx: &Cx<'_>, places_only: bool) -> (Vec<Thing>, Names) {
    let mut things = Vec::new();
    let mut names: Vec<(String, String)> = Vec::new();
    if !places_only {
        let (zh, en) = (Strings::new(Language::Chinese), Strings::new(Language::English));
        let (zh, en) = (Cx::new(cx.app, &zh, cx.palette), Cx::new(cx.app, &en, cx.palette));
        for action in actions::all().filter(|action| action.is_possible(cx)) {
            things.push(Thing::Action(action.id));
            names.push(((action.name)(&zh), (action.name)(&en)));
        }
        for tag in cx.app.project.iter().flat_map(|project| &project.codebook.tags) {
            things.push(Thing::Tag(tag.id.clone()));
            names.push((tag.zh.clone(), tag.en.clone()));
        }
    }
    for plan in cx.app.library() {
        let name = format!("{} {}", cx.plan_name(plan), cx.plan_title(plan));
        things.push(Thing::Plan(plan));
        names.push((name.replace(is_blank, ""), name));
    }
    if let Some((plan, open)) = cx.app.current() {
        for (ix, _) in open.plan.outline.iter() {
            things.push(Thing::Item(plan, ix));
            names.push((cx.node_name(plan, ix), String::new()));
        }
    }
    let names = Names::new(names.iter().map(|(zh, en)| (zh.as_str(), en.as_str())));
    (things, names)
}

impl Open {
    /// Finds what fits the query: clause numbers first, then by fit, the recent first among equals.
    fn answer(&mut self, cx: &Cx<'_>, recent: &[Thing]) {
        self.answered = Some(self.query.clone());
        (self.chosen, self.moved) = (0, true);
        self.hits = clauses(cx, &self.query);
        let is_empty = self.query.trim().is_empty();
        let mut found: Vec<_> = self.names.find(&self.query).into_iter().collect();
        found.retain(|&(fit, at)| {
            // Scattered letters find a command or tag; a plan's or an item's long name would fit anything.
            let long = matches!(self.things[at], Thing::Plan(_) | Thing::Item(..));
            !(long && fit == Fit::Scattered)
        });
        let age = |at: usize| recent.iter().position(|thing| *thing == self.things[at]).unwrap_or(usize::MAX);
        // Without a query: what was used lately, then everything in order.
        found.sort_by_key(|&(fit, at)| (fit, age(at), at));
        let fitting = found.into_iter().map(|(_, at)| self.things[at].clone());
        let hits: Vec<_> = fitting.filter(|thing| is_empty || !self.hits.contains(thing)).collect();
        self.hits.extend(hits);
    }

    fn contents_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<Thing> {
        let hint = if self.places_only { t!(cx, "go-to-hint") } else { t!(cx, "palette-hint") };
        let field = TextEdit::singleline(&mut self.query).id(Id::unique("palette-field"));
        let field = ui.add(field.hint_text(&hint).font(regular_font(16.0)).desired_width(f32::INFINITY));
        name_field(&field, hint);
        if std::mem::take(&mut self.wants_focus) {
            field.request_focus();
        }
        ui.add_space(4.0);
        if self.hits.is_empty() {
            ui.weak(t!(cx, "palette-nothing"));
            return None;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().id_salt("palette-rows").max_height(ROWS * ROW_HEIGHT);
        if std::mem::take(&mut self.moved) {
            let top = self.chosen as f32 * ROW_HEIGHT;
            area =
                area.vertical_scroll_offset(self.offset.clamp(top - (ROWS - 1.0) * ROW_HEIGHT, top).max(0.0));
        }
        let mut clicked = None;
        let output = area.show_rows(ui, ROW_HEIGHT, self.hits.len(), |ui, range| {
            for at in range {
                let thing = &self.hits[at];
                if row_ui(ui, cx, thing, at == self.chosen).clicked() {
                    clicked = Some(thing.clone());
                }
            }
        });
        self.offset = output.state.clamped_offset().y;
        clicked
    }
}

/// What a query says as a clause number: of the open plan, or of a plan named before it.
fn clauses(cx: &Cx<'_>, query: &str) -> Vec<Thing> {
    let mut things = Vec::new();
    if let Some((plan, open)) = cx.app.current() {
        let found = find_clause(&open.plan.text, &open.plan.outline, query);
        things.extend(found.into_iter().map(|ix| Thing::Item(plan, ix)));
    }
    let joined = query.replace(is_blank, "");
    for plan in cx.app.library() {
        let name = cx.plan_name(plan).replace(is_blank, "");
        let rest = joined.strip_prefix(&name).filter(|rest| !name.is_empty() && !rest.is_empty());
        if let Some(rest) = rest.filter(|rest| rest.starts_with(|char: char| !char.is_ascii_digit())) {
            things.push(Thing::Clause(plan, rest.to_owned()));
        }
    }
    things
}

/// What a row says, and what kind of thing it is.
fn words(cx: &Cx<'_>, thing: &Thing) -> (String, String) {
    match thing {
        Thing::Action(id) => match actions::all().find(|action| action.id == *id) {
            Some(action) => {
                (action.words(cx), action.keys.first().map(|&keys| keys::name(keys)).unwrap_or_default())
            }
            None => Default::default(),
        },
        Thing::Plan(plan) => {
            (format!("{} {}", cx.plan_name(*plan), cx.plan_title(*plan)), t!(cx, "kind-plan"))
        }
        Thing::Item(plan, ix) => (cx.node_name(*plan, *ix), cx.plan_name(*plan)),
        Thing::Clause(plan, clause) => (format!("{} {clause}", cx.plan_name(*plan)), t!(cx, "kind-clause")),
        Thing::Tag(tag) => {
            let name = cx.tag(tag).map_or(tag.0.clone(), |tag| cx.tag_name(tag).to_owned());
            let is_on = focus(cx).is_some_and(|(plan, ix)| {
                cx.app.plan(plan).is_some_and(|open| open.marks.tagging(ix, tag).is_some())
            });
            (name, if is_on { t!(cx, "kind-tag-on") } else { t!(cx, "kind-tag") })
        }
    }
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, thing: &Thing, chosen: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
    let (name, kind) = words(cx, thing);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, chosen, format!("{name} · {kind}")));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if chosen {
        painter.rect_filled(rect, 4.0, cx.palette.selection);
    } else if response.hovered() {
        painter.rect_filled(rect, 4.0, cx.palette.hover);
    }
    let mut left = rect.min.x + 10.0;
    if let Thing::Tag(tag) = thing {
        let hue = cx.tag(tag).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue));
        painter.circle_filled(pos2(left + 4.0, rect.center().y), 4.5, hue);
        left += 16.0;
    }
    let right = pos2(rect.max.x - 10.0, rect.center().y);
    let kind =
        painter.text(right, Align2::RIGHT_CENTER, kind, regular_font(theme::SMALL_SIZE), cx.palette.muted);
    let font = if matches!(thing, Thing::Action(_)) { bold_font(14.0) } else { regular_font(14.0) };
    line(&painter, pos2(left, rect.center().y), kind.min.x - 8.0, &name, font, cx.palette.text);
    response
}

/// The field at the right of the top bar that opens the palette.
pub fn open_button_ui(ui: &mut Ui, cx: &Cx<'_>, action: &Action) {
    let hint = action.hint(cx);
    // In a narrow window the screens need the room.
    let narrow = ui.ctx().content_rect().width() < NARROW;
    let words = if narrow {
        action.keys.first().map_or_else(String::new, |&keys| keys::name(keys))
    } else {
        hint.clone()
    };
    let button = egui::Button::new(egui::RichText::new(words).color(cx.palette.muted))
        .min_size(vec2(if narrow { 64.0 } else { 190.0 }, 28.0));
    let button = ui.add(button);
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &hint));
    if button.on_hover_text(&hint).clicked() {
        action.run(cx);
    }
}
