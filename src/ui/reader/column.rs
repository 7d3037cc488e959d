//! The view: scrolling, focus, hovering, selecting, and the accessible name of every visible block.

use super::ahead::Ahead;
use super::heights::Spot;
use super::marking::{MarkRole, Marking, Spans};
use super::menu::{self, OpenMenu};
use super::placed::{Placed, chip_hue, chips_ui, remark_ui};
use super::shown::{Look, SIDE, Shown, widest_number};
use super::stripes::{self, Stripes};
use super::tints::Ground;
use crate::app::{Command, OpenPlan, Reading, Screen, Site};
use crate::project::PlanId;
use crate::text::{CharPos, Span};
use crate::ui::cx::{Cx, t};
use crate::ui::icons::focus_ring;
use egui::{
    Id, Popup, PopupKind, Rect, Role, ScrollArea, Sense, SetOpenCommand, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};
use std::collections::HashMap;
use std::sync::Arc;

/// How near the edge a drag begins to scroll, and how fast it scrolls there, in points.
const DRAG_EDGE: f32 = 24.0;
/// How clearly the rest is seen in focus mode.
const DIMMED: f32 = 0.28;

/// A column of reading text. One for each place where a plan is read, so that each keeps its own scrolling.
#[derive(Default)]
pub struct Column {
    shown: Option<Shown>,
    marking: Marking,
    stripes: Stripes,
    pub(super) menu: Option<OpenMenu>,
    /// Where a selection by dragging was begun.
    pub(super) drag: Option<CharPos>,
    /// A double click that waits for the dictionary.
    pub(super) word: Option<(PlanId, CharPos)>,
    /// The focus was put by the pointer: what is clicked is in view already.
    pub(super) by_pointer: bool,
    /// What the words that speak for suggestions were marked for.
    cued: Option<(PlanId, Site, u64, usize)>,
    /// What hits of a search were marked for: the words, how many, which one.
    found: Option<(PlanId, String, usize, Option<usize>)>,
}

impl Column {
    /// Marks words for a reason, in place of those marked for it before. Costs nothing while out of view.
    pub fn mark(&mut self, role: MarkRole, spans: impl IntoIterator<Item = Span>) {
        self.marking.insert(role, Spans::new(spans));
    }

    /// Brings a node to the top in the next frame, e.g. because another column follows this one.
    pub fn put_at_top(&mut self, node: crate::plan::NodeIx) {
        if let Some(shown) = &mut self.shown
            && let Some(block) = shown.blocks.iter().position(|block| block.node() == Some(node))
        {
            shown.top = Spot { block, below: 0.0 };
        }
    }

    /// Shows a plan; a message while it is being read.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, salt: &str, id: PlanId) {
        let Some(open) = cx.app.plan(id) else {
            self.shown = None;
            ui.centered_and_justified(|ui| ui.label(t!(cx, "reading-plan", plan = cx.plan_name(id))));
            return;
        };
        let whole = ui.available_rect_before_wrap();
        // Comparing has strips of its own.
        let is_read = cx.app.view.screen == Screen::Read;
        let strip = whole.with_min_x(whole.max.x - if is_read { stripes::WIDTH } else { 0.0 });
        let text = whole.with_max_x(strip.min.x);
        let nothing = Reading::default();
        let reading = cx.app.reading(id).unwrap_or(&nothing);
        let mut shown = self.follow(ui, cx, open, reading, text.width());
        shown.prepare(ui, cx, open);
        if is_read {
            self.mark_cues(cx, id, open, reading);
            self.mark_found(cx, id);
            self.keys(ui, cx, id, open, &shown, reading);
        }
        let by_pointer = std::mem::take(&mut self.by_pointer);
        let offset = shown.wanted_offset(cx, open, reading, (text.height(), by_pointer));
        let offset = offset + self.drag_scroll(ui, text);
        let scope = UiBuilder::new().id_salt((salt, "text")).max_rect(text);
        let output = ui.scope_builder(scope, |ui| {
            let mut area = ScrollArea::vertical().id_salt((salt, id)).auto_shrink(false);
            if (offset - shown.offset).abs() > 0.5 {
                area = area.vertical_scroll_offset(offset);
            }
            area.show_viewport(ui, |ui, viewport| {
                ui.set_height(shown.heights.total() + viewport.height() * 0.4);
                self.blocks_ui(ui, cx, (id, open), &mut shown, reading, viewport);
            })
        });
        shown.offset = output.inner.state.clamped_offset().y;
        shown.top = shown.heights.spot(shown.offset);
        if is_read {
            let view = (shown.offset, shown.offset + text.height());
            let strip = strip.shrink2(vec2(1.0, 2.0));
            self.stripes.show_ui(ui, cx, (id, open), strip, (&shown.blocks, &shown.heights), view);
        }
        let node = shown.blocks.get(shown.top.block).and_then(|block| block.node());
        if let Some(node) = node
            && reading.top != Some(node)
        {
            cx.send(Command::Scrolled(id, node));
        }
        self.shown = Some(shown);
        self.menu_ui(ui, cx, salt, id, open);
    }

    /// Marks the words that speak for the tags that are suggested where the person is.
    fn mark_cues(&mut self, cx: &Cx<'_>, id: PlanId, open: &OpenPlan, reading: &Reading) {
        let Some(site) = reading.site() else { return };
        let suggestions = cx.app.suggestions_at(id, site);
        let key = Some((id, site, open.revision, suggestions.len()));
        if self.cued != key {
            self.cued = key;
            let spans =
                suggestions.into_iter().flat_map(|suggestion| suggestion.cues.iter().map(|cue| cue.span));
            self.mark(MarkRole::Cue, spans.collect::<Vec<_>>());
        }
    }

    /// Marks the hits of the search in the plan.
    fn mark_found(&mut self, cx: &Cx<'_>, id: PlanId) {
        let find = &cx.app.find;
        let is_same = self.found.as_ref().is_some_and(|(plan, query, hits, at)| {
            *plan == id && *query == find.query && *hits == find.hits.len() && *at == find.at
        });
        if !is_same {
            self.found = Some((id, find.query.clone(), find.hits.len(), find.at));
            let here = find.at.and_then(|at| find.hits.get(at)).copied();
            self.mark(MarkRole::Found, find.hits.iter().copied().filter(|hit| Some(*hit) != here));
            self.mark(MarkRole::FoundHere, here);
        }
    }

    /// Brings what is shown up to date with plan, width, size and marks. The block at the top stays there.
    fn follow(&mut self, ui: &Ui, cx: &Cx<'_>, open: &OpenPlan, reading: &Reading, width: f32) -> Shown {
        let furniture = cx.app.view.furniture;
        let kept = self.shown.take().filter(|shown| Arc::ptr_eq(&shown.plan, &open.plan));
        let numbers = kept.as_ref().map_or_else(|| widest_number(&open.plan), |shown| shown.numbers);
        let look = Look::new(ui, cx, numbers, width);
        match kept {
            Some(mut shown) if shown.furniture == furniture && shown.divided == reading.divided => {
                if shown.look != look {
                    let same_measures = shown.look.measures == look.measures;
                    shown.look = look;
                    shown.set.clear();
                    shown.before.clear();
                    shown.ahead = Ahead::default();
                    shown.learn_chips(ui, open);
                    if same_measures { shown.heights.doubt() } else { shown.estimate() }
                } else if shown.revision != open.revision {
                    shown.heights.doubt();
                    shown.before = std::mem::take(&mut shown.set);
                    shown.learn_chips(ui, open);
                }
                shown.revision = open.revision;
                shown
            }
            kept => Shown::new(ui, open, reading, (furniture, numbers, look), kept),
        }
    }

    /// Dragging a selection over the edge scrolls. Gives by how many points.
    fn drag_scroll(&self, ui: &Ui, view: Rect) -> f32 {
        let pointer = ui.input(|input| input.pointer.interact_pos());
        let Some(at) = pointer.filter(|_| self.drag.is_some()) else { return 0.0 };
        let over = (at.y - view.max.y + DRAG_EDGE).max(0.0) - (view.min.y + DRAG_EDGE - at.y).max(0.0);
        if over != 0.0 {
            ui.request_repaint();
        }
        (over * 0.5).clamp(-DRAG_EDGE * 2.0, DRAG_EDGE * 2.0)
    }

    fn blocks_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        (id, open): (PlanId, &OpenPlan),
        shown: &mut Shown,
        reading: &Reading,
        viewport: Rect,
    ) {
        let origin = ui.max_rect().min;
        let m = shown.look.measures;
        let column = m.numbers + m.text;
        let left = origin.x + ((ui.max_rect().width() - column) / 2.0).max(SIDE).floor();
        let words = ui.interact(ui.clip_rect(), ui.scope_id().with((id, "words")), Sense::DRAG);
        let first = shown.heights.spot(viewport.min.y).block;
        let last = shown.heights.spot(viewport.max.y).block;
        let mut set = HashMap::with_capacity(last + 1 - first);
        for at in first..=last.min(shown.blocks.len().saturating_sub(1)) {
            let Some(&block) = shown.blocks.get(at) else { break };
            let ready = shown.set.remove(&block);
            set.insert(block, ready.unwrap_or_else(|| shown.typeset(ui, cx, open, block)));
        }
        shown.set = set;
        shown.before.clear();
        for at in first..=last.min(shown.blocks.len().saturating_sub(1)) {
            let Some(&block) = shown.blocks.get(at) else { break };
            let Some(set) = shown.set.get(&block) else { continue };
            let corner = pos2(left, origin.y + shown.heights.top(at));
            let rect = Rect::from_min_size(corner - vec2(12.0, 0.0), vec2(column + 24.0, set.draft.height));
            let place = Placed { id, open, block, set, corner, rect };
            self.block_ui(ui, cx, &place, shown, reading);
        }
        self.drag_ui(ui, cx, id, shown, &words, pos2(left, origin.y));
    }

    /// One block: ground, what lies behind its words, the words, chips; pointer and accessible name.
    fn block_ui(&mut self, ui: &Ui, cx: &Cx<'_>, place: &Placed<'_>, shown: &Shown, reading: &Reading) {
        let (block, rect, set) = (place.block, place.rect, place.set);
        let response = ui.interact(rect, ui.scope_id().with((place.id, block)), Sense::click());
        let in_focus = place.is_in_focus(reading);
        response.widget_info(|| WidgetInfo::selected(Role::Paragraph, true, in_focus, place.name(cx)));
        let mut painter = ui.painter().clone();
        let ground = rect.with_min_y(rect.min.y + (set.draft.top - 6.0).max(0.0));
        if in_focus {
            painter.rect_filled(ground, 3.0, cx.palette.focus);
            let bar = Rect::from_min_size(ground.min, vec2(3.0, ground.height()));
            painter.rect_filled(bar, 1.5, cx.palette.accent);
        } else if response.hovered() && block.node().is_some() {
            painter.rect_filled(ground, 3.0, cx.palette.hover);
        }
        if response.has_focus() {
            focus_ring(&painter, ground, cx.palette);
        }
        if cx.app.view.focus_mode && block.node() != reading.focus {
            painter.set_opacity(DIMMED);
        }
        if let Some(words) = &set.words {
            let span = block.span(&place.open.plan);
            let ground = Ground { painter: &painter, cx, words, origin: place.corner };
            ground.passages(&place.open.marks, span);
            ground.marks(&self.marking, span);
            if let Some(selection) = reading.selection {
                ground.selection(selection.span());
            }
            ground.targets(&place.open.plan, span);
        }
        let hue = |number: usize| chip_hue(cx, &set.draft.chips[number]);
        set.paint(&painter, cx.palette, place.corner, hue);
        if let Some(is_topic) = set.draft.part {
            let dot = place.corner
                + vec2(shown.look.measures.numbers - 14.0, set.draft.top + 0.9 * shown.look.measures.size);
            painter.circle_filled(dot, 3.0, if is_topic { cx.palette.accent } else { cx.palette.line });
        }
        if set.draft.remark {
            remark_ui(ui, cx, place);
        }
        let menu = chips_ui(ui, cx, place);
        self.menu = menu.or(self.menu.take());
        self.pointer_ui(ui, cx, place, shown, reading, response);
    }

    fn menu_ui(&mut self, ui: &Ui, cx: &Cx<'_>, salt: &str, id: PlanId, open: &OpenPlan) {
        let Some(menu) = &mut self.menu else { return };
        let id_of_menu = Id::unique((salt, "menu"));
        // The toolkit knows of it as of any other menu: Escape is the menu's while it is open.
        let opened = std::mem::take(&mut menu.fresh).then_some(SetOpenCommand::Bool(true));
        Popup::new(id_of_menu, ui.ctx().clone(), menu.at, ui.layer_id())
            .kind(PopupKind::Menu)
            .accessible_name(t!(cx, "menu-place"))
            .open_memory(opened)
            .show(|ui| menu::menu_ui(ui, cx, id, open, menu));
        if !Popup::is_id_open(ui.ctx(), id_of_menu) {
            self.menu = None;
        }
    }
}
