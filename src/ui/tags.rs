//! Tags as the window shows them: chips, and the list from which a person picks.

use super::cx::{Cx, name_field, t};
use super::icons;
use super::line::line;
use super::note::composing;
use super::theme::{bold_font, regular_font};
use crate::annotation::{Codebook, Lookup, Tag, TagId};
use crate::app::{Command, HitsOf, ReadingCommand, Screen, SearchCommand, SearchTaggingCommand, Site};
use crate::project::PlanId;
use egui::{
    Area, Event, Frame, Id, Key, Modifiers, Order, Rect, Response, RichText, Role, ScrollArea, Sense,
    TextEdit, Ui, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// Height of a row of the list, in points.
const ROW: f32 = 26.0;
/// Size of the list, in points.
const LIST: egui::Vec2 = vec2(400.0, 364.0);

/// A chip: colour dot, name, and a cross that removes it. Tells whether the cross was clicked.
pub fn removable_chip_ui(ui: &mut Ui, cx: &Cx<'_>, id: &TagId) -> bool {
    let name = cx.tag_name_of(id);
    let hue = cx.tag(id).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue));
    let mut removed = false;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(12.0, 20.0), Sense::hover());
        ui.painter().circle_filled(rect.center(), 4.5, hue);
        let label = ui.label(name);
        if let Some(tag) = cx.tag(id) {
            label.on_hover_text(definition(cx, tag));
        }
        let cross = t!(cx, "remove-tag", tag = name.to_owned());
        removed = icons::icon_button(ui, icons::Icon::Close, &cross, true).clicked();
    });
    removed
}

/// What belongs under a tag, in the language of the interface.
pub fn definition<'a>(cx: &Cx<'_>, tag: &'a Tag) -> &'a str {
    match cx.app.language() {
        crate::app::Language::Chinese => &tag.definition_zh,
        crate::app::Language::English => &tag.definition_en,
    }
}

/// What a tag is picked for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Aim {
    /// To be put on a place, or taken off.
    Place(PlanId, Site),
    /// For all hits of a search; picking closes the list.
    Hits(HitsOf),
}

/// The list of tags over the text: a field that finds while typing, arrows that choose, Enter that puts on or off.
#[derive(Default)]
pub struct Picker {
    open: Option<Open>,
    /// The list was asked for where the person is.
    wanted: bool,
    lookup: Option<(Arc<Codebook>, Lookup)>,
}

/// The list while it is open.
struct Open {
    aim: Aim,
    query: String,
    /// What the rows were found for; differs from `query` while an input method composes.
    found: Option<String>,
    /// Tags and their depth in the tree; the first `recent` of them were used lately.
    rows: Vec<(TagId, u8)>,
    recent: usize,
    at: usize,
    composing: bool,
    /// Who had the keyboard before.
    before: Option<Id>,
    fresh: bool,
    follow: bool,
}

impl Picker {
    /// Opens the list for the place where the person is, and gives it the keyboard.
    pub fn focus(&mut self) {
        self.wanted = true;
    }

    /// Opens the list for a place.
    pub fn open_for(&mut self, ctx: &egui::Context, plan: PlanId, site: Site) {
        self.open(ctx, Aim::Place(plan, site));
    }

    /// Opens the list for all hits of a search.
    pub fn open_for_hits(&mut self, ctx: &egui::Context, of: HitsOf) {
        self.open(ctx, Aim::Hits(of));
    }

    fn open(&mut self, ctx: &egui::Context, aim: Aim) {
        self.open = Some(Open {
            aim,
            query: String::new(),
            found: None,
            rows: Vec::new(),
            recent: 0,
            at: 0,
            composing: false,
            before: ctx.memory(egui::Memory::focused),
            fresh: true,
            follow: false,
        });
    }

    /// Shows the list over the window, if it is open. Escape and a click elsewhere close it.
    pub fn show_ui(&mut self, ui: &Ui, cx: &Cx<'_>) {
        if std::mem::take(&mut self.wanted)
            && let Some((plan, site)) = cx.app.here()
        {
            self.open_for(ui.ctx(), plan, site);
        }
        let Some(codebook) = cx.app.project.as_ref().map(|project| &project.codebook) else { return };
        let Some(mut open) = self.open.take() else { return };
        if self.lookup.as_ref().is_none_or(|(book, _)| !Arc::ptr_eq(book, codebook)) {
            self.lookup = Some((codebook.clone(), Lookup::new(codebook)));
            open.found = None;
        }
        if let Some((_, lookup)) = &self.lookup {
            open.find(cx, codebook, lookup);
        }
        let window = ui.ctx().content_rect();
        let corner = pos2((window.center().x - LIST.x / 2.0).round(), window.min.y + 72.0);
        let area = Area::new(Id::unique("tag-picker")).order(Order::Foreground).fixed_pos(corner);
        let area = area.accessible_name(t!(cx, "pick-tags"));
        let shown = area.show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| open.contents_ui(ui, cx, codebook)).inner
        });
        let elsewhere = !open.fresh && shown.response.clicked_elsewhere();
        open.fresh = false;
        if shown.inner || elsewhere {
            open.give_back(ui);
        } else {
            self.open = Some(open);
        }
    }
}

impl Open {
    /// Finds the rows anew where the words changed and no input method is composing them.
    fn find(&mut self, cx: &Cx<'_>, codebook: &Codebook, lookup: &Lookup) {
        if self.found.as_ref() == Some(&self.query) || (self.composing && self.found.is_some()) {
            return;
        }
        self.found = Some(self.query.clone());
        self.at = 0;
        if self.query.trim().is_empty() {
            let recent = cx.app.recent_tags().iter().filter(|id| codebook.tag(id).is_some());
            self.rows = recent.map(|id| (id.clone(), 0)).collect();
            self.recent = self.rows.len();
            let all = codebook.in_tree_order();
            self.rows.extend(all.into_iter().map(|(tag, depth)| (tag.id.clone(), depth)));
        } else {
            let found = lookup.find(&self.query).into_iter().filter_map(|at| codebook.tags.get(at));
            self.rows = found.map(|tag| (tag.id.clone(), 0)).collect();
            self.recent = 0;
        }
    }

    /// Field and rows. Tells whether the list should close.
    fn contents_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, codebook: &Codebook) -> bool {
        ui.set_width(LIST.x);
        self.composing = composing(ui, self.composing);
        let close = !self.composing && self.keys(ui, cx);
        ui.label(RichText::new(self.place(cx)).font(bold_font(13.0)).color(cx.palette.muted));
        let field = TextEdit::singleline(&mut self.query).id(Id::unique("tag-picker-field"));
        let field = ui.add(field.hint_text(t!(cx, "find-tag")).desired_width(f32::INFINITY));
        name_field(&field, t!(cx, "find-tag"));
        if !close {
            field.request_focus();
        }
        let picked = self.rows_ui(ui, cx, codebook);
        if self.rows.is_empty() {
            ui.weak(t!(cx, "no-such-tag"));
        }
        let is_for_hits = matches!(self.aim, Aim::Hits(_));
        ui.weak(if is_for_hits { t!(cx, "picker-keys-hits") } else { t!(cx, "picker-keys") });
        close || (picked && is_for_hits)
    }

    fn place(&self, cx: &Cx<'_>) -> String {
        let (plan, site) = match self.aim {
            Aim::Place(plan, site) => (plan, site),
            Aim::Hits(of) => return t!(cx, "tag-hits-of", query = super::search_tagging::query(cx, of)),
        };
        match (site, cx.app.plan(plan)) {
            (Site::Node(ix) | Site::Row(ix, _), _) => cx.node_name(plan, ix),
            (Site::Passage(span), Some(open)) => super::reader::short(open, span),
            _ => cx.plan_name(plan),
        }
    }

    /// Arrows choose, Enter puts the chosen tag on or off (with Shift the list stays), Ctrl and a digit make it
    /// a favourite. Tells whether the list should close.
    fn keys(&mut self, ui: &Ui, cx: &Cx<'_>) -> bool {
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let steps = [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 10), (Key::PageUp, -10)];
        for (key, step) in steps {
            if pressed(Modifiers::NONE, key) {
                let last = self.rows.len().saturating_sub(1);
                self.at = self.at.saturating_add_signed(step).min(last);
                self.follow = true;
            }
        }
        let Some((tag, _)) = self.rows.get(self.at) else { return pressed(Modifiers::NONE, Key::Escape) };
        if let Some(number) = favourite_pressed(ui) {
            let tag = (cx.app.number_of(tag) != Some(number)).then(|| tag.clone());
            cx.send(Command::Reading(ReadingCommand::SetFavourite(number, tag)));
        }
        let stay = pressed(Modifiers::SHIFT, Key::Enter);
        let enter = !stay && pressed(Modifiers::NONE, Key::Enter);
        if stay || enter {
            self.toggle(cx, tag.clone());
        }
        enter || pressed(Modifiers::NONE, Key::Escape)
    }

    fn toggle(&self, cx: &Cx<'_>, tag: TagId) {
        cx.send(match self.aim {
            Aim::Place(plan, site) => Command::Reading(ReadingCommand::Toggle(plan, site, tag)),
            Aim::Hits(of) => Command::Search(SearchCommand::Tagging(SearchTaggingCommand::Propose(of, tag))),
        });
    }

    /// The tags that the place carries.
    fn carried(&self, cx: &Cx<'_>) -> Vec<TagId> {
        let Aim::Place(plan, site) = self.aim else { return Vec::new() };
        let tags =
            |open: &crate::app::OpenPlan| open.marks.tags_at(site).map(|(tag, _)| tag.clone()).collect();
        cx.app.plan(plan).map(tags).unwrap_or_default()
    }

    /// The rows. Tells whether one was clicked.
    fn rows_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, codebook: &Codebook) -> bool {
        let on = self.carried(cx);
        let mut picked = false;
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area =
            ScrollArea::vertical().id_salt("tag-picker").max_height(LIST.y).auto_shrink([false, true]);
        if std::mem::take(&mut self.follow) {
            area = area.vertical_scroll_offset((self.at as f32 * ROW - LIST.y / 2.0).max(0.0));
        }
        let (recent, at) = (self.recent, self.at);
        area.show_rows(ui, ROW, self.rows.len(), |ui, range| {
            for number in range {
                let Some((id, depth)) = self.rows.get(number) else { continue };
                let Some(tag) = codebook.tag(id) else { continue };
                let row = Row {
                    depth: (number >= recent && self.query.is_empty()).then_some(*depth),
                    on: on.contains(id),
                    chosen: number == at,
                    recent: number < recent,
                };
                let response = tag_row_ui(ui, cx, tag, row);
                if response.clicked() {
                    self.toggle(cx, id.clone());
                    picked = true;
                }
                response.context_menu(|ui| favourite_menu_ui(ui, cx, id));
            }
        });
        picked
    }

    /// The keyboard goes back to who had it.
    fn give_back(&self, ui: &Ui) {
        ui.memory_mut(|memory| {
            memory.surrender_focus(Id::unique("tag-picker-field"));
            if let Some(before) = self.before {
                memory.request_focus(before);
            }
        });
    }
}

/// Ctrl and a digit from 1 to 9.
fn favourite_pressed(ui: &Ui) -> Option<u8> {
    let digits =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    let pressed = |key: &Key| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, *key));
    digits.iter().position(pressed).map(|at| at as u8 + 1)
}

/// Makes a tag a favourite with the mouse.
fn favourite_menu_ui(ui: &mut Ui, cx: &Cx<'_>, id: &TagId) {
    ui.label(t!(cx, "make-favourite"));
    let present = cx.app.number_of(id);
    ui.horizontal(|ui| {
        for number in 1..=9 {
            let button = ui.selectable_label(present == Some(number), number.to_string());
            if button.clicked() {
                let tag = (present != Some(number)).then(|| id.clone());
                cx.send(Command::Reading(ReadingCommand::SetFavourite(number, tag)));
                ui.close();
            }
        }
    });
}

/// How a row of the list of tags looks.
#[derive(Clone, Copy, Default)]
pub struct Row {
    /// Depth in the tree; `None` outside of a tree.
    pub depth: Option<u8>,
    /// Whether the place carries the tag.
    pub on: bool,
    /// Whether Enter means it.
    pub chosen: bool,
    /// Whether it stands among those used lately.
    pub recent: bool,
}

/// A row of a list of tags: dot, name, its keys, and a mark where it is on.
pub fn tag_row_ui(ui: &mut Ui, cx: &Cx<'_>, tag: &Tag, row: Row) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = cx.tag_name(tag);
    let spoken = if row.recent { t!(cx, "recent-tag", tag = name.to_owned()) } else { name.to_owned() };
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, row.on, &spoken));
    if row.chosen || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, cx.palette.focus);
        ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(3.0, ROW)), 1.5, cx.palette.accent);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, cx.palette.hover);
    }
    let x = rect.min.x + 14.0 + f32::from(row.depth.unwrap_or(0)) * 14.0;
    let (hue, dot) = (cx.palette.hue(tag.hue), pos2(x, rect.center().y));
    if row.on {
        ui.painter().circle_filled(dot, 5.0, hue);
    } else {
        ui.painter().circle_stroke(dot, 4.5, egui::Stroke::new(1.5, hue));
    }
    let keys: Vec<String> = cx
        .app
        .number_of(&tag.id)
        .map(|number| number.to_string())
        .into_iter()
        .chain(tag.shortcut.map(|key| key.to_uppercase().to_string()))
        .collect();
    let right = ui.painter().text(
        pos2(rect.max.x - 10.0, rect.center().y),
        egui::Align2::RIGHT_CENTER,
        keys.join("  "),
        regular_font(12.5),
        cx.palette.muted,
    );
    let font = if row.depth == Some(0) { bold_font(13.5) } else { regular_font(13.5) };
    let at = pos2(x + 12.0, rect.center().y);
    line(ui.painter(), at, right.min.x - 6.0, name, font, cx.palette.text);
    let definition = definition(cx, tag);
    if definition.is_empty() { response } else { response.on_hover_text(definition) }
}

/// Tags by a tag's own key, or by its number as a favourite, where one was typed in this frame and no field has the
/// keyboard. Keys of the program come first: what they took is no longer among the events.
pub fn typed_ui(ui: &Ui, cx: &Cx<'_>) {
    if cx.app.view.screen == Screen::Read
        && !ui.text_edit_focused()
        && let Some(command) = typed_tag(ui, cx)
    {
        cx.send(Command::Reading(command));
    }
}

fn typed_tag(ui: &Ui, cx: &Cx<'_>) -> Option<ReadingCommand> {
    let (plan, site) = cx.app.here()?;
    let codebook = &cx.app.project.as_ref()?.codebook;
    let typed = ui.input(|input| {
        let plain = !input.modifiers.command && !input.modifiers.alt;
        input.events.iter().find_map(|event| match event {
            Event::Text(text) if plain => text.chars().next(),
            _ => None,
        })
    })?;
    let key = typed.to_ascii_lowercase();
    let is_key = |tag: &&Tag| tag.shortcut.is_some_and(|shortcut| shortcut.to_ascii_lowercase() == key);
    if let Some(tag) = codebook.tags.iter().find(is_key) {
        return Some(ReadingCommand::Toggle(plan, site, tag.id.clone()));
    }
    let number = key.to_digit(10).filter(|number| *number > 0)?;
    Some(ReadingCommand::ToggleFavourite(number as u8))
}
