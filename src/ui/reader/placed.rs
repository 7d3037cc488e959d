//! A block on the screen: what a click on it means, its name, its chips, and the mark of a doubt beside it.

use super::blocks::Block;
use super::chips::{Chip, ChipKind};
use super::draft::is_remarkable;
use super::menu::{About, OpenMenu};
use super::stripes;
use super::typeset::Typeset;
use crate::app::{Command, OpenPlan, Reading, ReadingCommand, Selection, Site};
use crate::plan::Flag;
use crate::project::PlanId;
use crate::ui::cx::{Cx, t};
use crate::ui::icons::focus_ring;
use egui::{CursorIcon, Pos2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// A block where it stands.
pub struct Placed<'a> {
    /// Of which plan.
    pub id: PlanId,
    /// The plan with its marks.
    pub open: &'a OpenPlan,
    /// Which block.
    pub block: Block,
    /// Its glyphs.
    pub set: &'a Typeset,
    /// Its upper left corner on the screen.
    pub corner: Pos2,
    /// Its ground on the screen.
    pub rect: Rect,
}

impl Placed<'_> {
    /// The place a click on it means.
    pub fn site(&self) -> Option<Site> {
        match self.block {
            Block::Node(ix) | Block::TableHead(ix) => Some(Site::Node(ix)),
            Block::Part(_, _, span) => Some(Site::Passage(span)),
            Block::TableRow(ix, row) => Some(Site::Row(ix, row)),
            Block::Furniture(_) => None,
        }
    }

    /// The part of the page it is.
    pub fn furniture(&self) -> Option<About> {
        matches!(self.block, Block::Furniture(_)).then(|| About::Furniture(self.block.span(&self.open.plan)))
    }

    /// Whether the person is at it.
    pub fn is_in_focus(&self, reading: &Reading) -> bool {
        match self.block {
            Block::Node(ix) | Block::TableHead(ix) => reading.focus == Some(ix) && reading.row.is_none(),
            Block::Part(ix, _, span) => {
                reading.focus == Some(ix)
                    && reading.selection.is_some_and(|selection| selection.span() == span)
            }
            Block::TableRow(ix, row) => reading.focus == Some(ix) && reading.row == Some(row),
            Block::Furniture(_) => false,
        }
    }

    /// What a screen reader says.
    pub fn name(&self, cx: &Cx<'_>) -> String {
        let plan = &self.open.plan;
        match self.block {
            Block::TableRow(ix, number) => plan
                .outline
                .get(ix)
                .and_then(|node| node.rows.get(number as usize))
                .map_or_else(String::new, |row| format!("{} {}", row.domain, row.indicator)),
            Block::Furniture(_) => t!(cx, "furniture"),
            Block::Part(_, number, span) => {
                let number: u32 = number + 1;
                t!(cx, "part-name", number = number, words = stripes::short(self.open, span))
            }
            Block::Node(ix) | Block::TableHead(ix) => cx.node_name(self.id, ix),
        }
    }
}

/// Puts the focus on a place that is in view.
pub fn focus_on(cx: &Cx<'_>, id: PlanId, site: Site) {
    cx.send(match site {
        Site::Passage(span) => Command::Reading(ReadingCommand::Select(id, Some(Selection::of(span)))),
        site => stripes::go_to(id, site),
    });
}

/// The colour of a chip.
pub fn chip_hue(cx: &Cx<'_>, chip: &Chip) -> egui::Color32 {
    match &chip.kind {
        ChipKind::Tag(tag) | ChipKind::Passage(tag, ..) => {
            cx.tag(tag).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue))
        }
        ChipKind::Note => cx.palette.muted,
    }
}

/// The chips of a block as buttons: each opens the menu of the place it sits on.
pub fn chips_ui(ui: &Ui, cx: &Cx<'_>, place: &Placed<'_>) -> Option<OpenMenu> {
    let mut menu = None;
    for (number, chip) in place.set.draft.chips.iter().enumerate() {
        let rect = chip.rect.translate(place.corner.to_vec2());
        let response = ui.interact(rect, ui.scope_id().with((place.id, place.block, number)), Sense::click());
        response.widget_info(|| {
            let name = match chip.kind {
                ChipKind::Note => t!(cx, "chip-note", note = chip.name.clone()),
                _ => t!(cx, "chip-tag", tag = chip.name.clone()),
            };
            WidgetInfo::labeled(Role::Button, true, name)
        });
        if response.has_focus() {
            focus_ring(ui.painter(), rect, cx.palette);
        }
        if response.clicked() {
            let site = match chip.kind {
                ChipKind::Passage(_, span, _) => Site::Passage(span),
                ChipKind::Tag(_) | ChipKind::Note => chip.site,
            };
            focus_on(cx, place.id, site);
            menu =
                Some(OpenMenu { at: rect.left_bottom(), about: About::Site(site), split: None, fresh: true });
            response.surrender_focus();
        } else if response.hovered() {
            ui.set_cursor_icon(CursorIcon::PointingHand);
        }
    }
    menu
}

/// A small mark in the margin where the reader was in doubt or a person set something right, with what it means.
pub fn remark_ui(ui: &Ui, cx: &Cx<'_>, place: &Placed<'_>) {
    let Some(node) = place.block.node().and_then(|ix| place.open.plan.outline.get(ix)) else { return };
    let middle = pos2(place.corner.x - 2.0, place.corner.y + place.set.draft.top + 10.0);
    let rect = Rect::from_center_size(middle, vec2(12.0, 16.0));
    let id = ui.scope_id().with((place.id, place.block, "remark"));
    let mut words: Vec<String> =
        node.flags.iter().filter(|flag| is_remarkable(**flag)).map(|flag| flag_words(cx, *flag)).collect();
    if words.is_empty() {
        words.push(t!(cx, "flag-injected"));
    }
    let words = words.join("\n");
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let color = if node.flags.contains(&Flag::Corrected) { cx.palette.accent } else { cx.palette.caution };
    let tip = [middle + vec2(-3.0, 3.0), middle + vec2(3.0, 3.0), middle + vec2(0.0, -3.0)];
    ui.painter().add(egui::Shape::convex_polygon(tip.to_vec(), color, egui::Stroke::NONE));
    response.on_hover_text(words);
}

fn flag_words(cx: &Cx<'_>, flag: Flag) -> String {
    match flag {
        Flag::Duplicate => t!(cx, "flag-duplicate"),
        Flag::Gap => t!(cx, "flag-gap"),
        Flag::Order => t!(cx, "flag-order"),
        Flag::Repaired => t!(cx, "flag-repaired"),
        Flag::Ambiguous => t!(cx, "flag-ambiguous"),
        Flag::Corrected => t!(cx, "corrected"),
        Flag::Unnumbered | Flag::Joined | Flag::Split => String::new(),
    }
}
