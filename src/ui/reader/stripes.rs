//! The strip beside the text: what is tagged over the whole length of the plan, and where the view is in it.

use super::blocks::Block;
use super::heights::Heights;
use crate::annotation::TagId;
use crate::app::{Command, OpenPlan, ReadingCommand, Site};
use crate::project::PlanId;
use crate::text::Span;
use crate::ui::cx::{Cx, t};
use crate::ui::theme::Palette;
use egui::epaint::Mesh;
use egui::{Color32, Key, Rect, Role, Sense, Shape, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;

/// Width of the strip, in points.
pub const WIDTH: f32 = 16.0;
/// Lanes side by side, so that tags of one place do not hide each other.
const LANES: usize = 3;
/// Smallest height of a stripe, in points.
const THIN: f32 = 2.5;
/// How near the pointer must be to a stripe, in points.
const NEAR: f32 = 4.0;

/// A stripe: where it stands, and what for.
struct Stripe {
    top: f32,
    bottom: f32,
    lane: usize,
    site: Site,
    tag: Option<TagId>,
}

/// The strip, kept until something in it changes.
#[derive(Default)]
pub struct Stripes {
    key: Option<Made>,
    all: Vec<Stripe>,
    mesh: Arc<Mesh>,
}

/// What the strip was made from.
#[derive(Clone, Copy, PartialEq)]
struct Made {
    plan: PlanId,
    revision: u64,
    total: f32,
    rect: Rect,
    ground: Color32,
}

impl Stripes {
    /// Shows the strip in `rect`. `view` is the part of the text that is in view, in points from its beginning.
    pub fn show_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        (id, open): (PlanId, &OpenPlan),
        rect: Rect,
        (blocks, heights): (&[Block], &Heights),
        view: (f32, f32),
    ) {
        let (revision, total, ground) = (open.revision, heights.total(), cx.palette.ground);
        let key = Made { plan: id, revision, total, rect, ground };
        if self.key != Some(key) {
            self.key = Some(key);
            self.all = stripes(open, rect, blocks, heights);
            self.mesh = Arc::new(mesh(cx, cx.palette, rect, &self.all));
        }
        let scale = rect.height() / total.max(1.0);
        let seen = rect
            .with_min_y(rect.min.y + view.0 * scale)
            .with_max_y((rect.min.y + view.1 * scale).min(rect.max.y));
        ui.painter().rect_filled(seen, 2.0, cx.palette.hover);
        ui.painter().add(Shape::Mesh(self.mesh.clone()));
        self.pointer_ui(ui, cx, id, rect);
    }

    fn pointer_ui(&self, ui: &Ui, cx: &Cx<'_>, id: PlanId, rect: Rect) {
        let response = ui.interact(rect, ui.scope_id().with("stripes"), Sense::click());
        let name = t!(cx, "stripes", count = self.all.len());
        response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, &name));
        if response.has_focus() {
            ui.painter().rect_stroke(rect, 2.0, (1.5, cx.palette.accent), egui::StrokeKind::Inside);
            self.keys(ui, cx, id);
        }
        let Some(at) = response.hover_pos().and_then(|at| self.near(rect, at)) else { return };
        ui.set_cursor_icon(egui::CursorIcon::PointingHand);
        let name = stripe_name(cx, id, &self.all[at]);
        if response.clicked() {
            self.go(cx, id, at);
            response.surrender_focus();
        }
        response.on_hover_text_at_pointer(name);
    }

    /// The stripe at or near a point, the one in the pointer's lane first.
    fn near(&self, rect: Rect, at: egui::Pos2) -> Option<usize> {
        let lane = lane_at(rect, at.x);
        let distance = |stripe: &Stripe| (stripe.top - at.y).max(at.y - stripe.bottom).max(0.0);
        let near = self.all.iter().enumerate().filter(|(_, stripe)| distance(stripe) <= NEAR);
        let rank = |stripe: &Stripe| (stripe.lane != lane, distance(stripe));
        near.min_by(|(_, a), (_, b)| {
            let ((a_lane, a), (b_lane, b)) = (rank(a), rank(b));
            a_lane.cmp(&b_lane).then(a.total_cmp(&b))
        })
        .map(|(at, _)| at)
    }

    fn go(&self, cx: &Cx<'_>, id: PlanId, at: usize) {
        if let Some(stripe) = self.all.get(at) {
            cx.send(go_to(id, stripe.site));
        }
    }

    /// Up and down go from stripe to stripe while the strip has the keyboard.
    fn keys(&self, ui: &Ui, cx: &Cx<'_>, id: PlanId) {
        let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
        let steps = i32::from(pressed(Key::ArrowDown)) - i32::from(pressed(Key::ArrowUp));
        if steps == 0 || self.all.is_empty() {
            return;
        }
        let here = cx.app.reading(id).and_then(crate::app::Reading::site);
        let at = here.and_then(|here| self.all.iter().position(|stripe| stripe.site == here));
        let to = at.map_or(0, |at| at.saturating_add_signed(steps as isize).min(self.all.len() - 1));
        self.go(cx, id, to);
    }
}

/// The command that brings a place into view.
pub fn go_to(id: PlanId, site: Site) -> Command {
    match site {
        Site::Node(ix) => Command::Focus(id, ix),
        Site::Row(ix, row) => Command::Reading(ReadingCommand::FocusRow(id, ix, row)),
        Site::Passage(span) => Command::Reading(ReadingCommand::Show(id, span)),
        Site::Plan => Command::OpenPlan(id),
    }
}

fn lane_at(rect: Rect, x: f32) -> usize {
    (((x - rect.min.x) / rect.width() * LANES as f32).max(0.0) as usize).min(LANES - 1)
}

/// What a stripe stands for: `(二)-1 家庭医生签约服务`.
fn stripe_name(cx: &Cx<'_>, id: PlanId, stripe: &Stripe) -> String {
    let place = match stripe.site {
        Site::Node(ix) | Site::Row(ix, _) => cx.node_name(id, ix),
        Site::Passage(span) => cx.app.plan(id).map_or_else(String::new, |open| short(open, span)),
        Site::Plan => String::new(),
    };
    match &stripe.tag {
        Some(tag) => format!("{} · {place}", cx.tag_name_of(tag)),
        None => format!("{} · {place}", t!(cx, "note")),
    }
}

/// The first words of a span.
pub fn short(open: &OpenPlan, span: Span) -> String {
    let words: String = open.plan.text.slice(span).chars().filter(|c| *c != '\n').take(24).collect();
    if span.len() > 24 { format!("“{words}…”") } else { format!("“{words}”") }
}

fn stripes(open: &OpenPlan, rect: Rect, blocks: &[Block], heights: &Heights) -> Vec<Stripe> {
    let scale = rect.height() / heights.total().max(1.0);
    let place = |at: usize| {
        (rect.min.y + heights.top(at) * scale, rect.min.y + (heights.top(at) + heights.height(at)) * scale)
    };
    let mut stripes = Vec::new();
    for (at, &block) in blocks.iter().enumerate() {
        let (top, bottom) = place(at);
        let (site, marks) = match block {
            Block::Node(ix) => (Site::Node(ix), open.marks.of(ix)),
            Block::TableRow(ix, row) => (Site::Row(ix, row), open.marks.of_row(ix, row)),
            Block::Part(..) | Block::TableHead(_) | Block::Furniture(_) => continue,
        };
        let Some(marks) = marks else { continue };
        for (lane, (tag, _)) in marks.tags.iter().enumerate() {
            let lane = lane.min(LANES - 1);
            stripes.push(Stripe { top, bottom, lane, site, tag: Some(tag.clone()) });
        }
        let span = block.span(&open.plan);
        for (passage, tag, _) in &marks.passages {
            let share = |pos| (pos - span.start) as f32 / span.len().max(1) as f32;
            let from = top + (bottom - top) * share(passage.start).min(1.0);
            let to = top + (bottom - top) * share(passage.end).min(1.0);
            let (site, tag) = (Site::Passage(*passage), Some(tag.clone()));
            stripes.push(Stripe { top: from, bottom: to, lane: LANES - 1, site, tag });
        }
        if marks.note.is_some() {
            stripes.push(Stripe { top, bottom: top, lane: 0, site, tag: None });
        }
    }
    for stripe in &mut stripes {
        stripe.bottom = stripe.bottom.max(stripe.top + THIN);
    }
    stripes
}

/// All stripes in one shape: a frame costs the same with five of them and with five thousand.
fn mesh(cx: &Cx<'_>, palette: &Palette, rect: Rect, stripes: &[Stripe]) -> Mesh {
    let mut mesh = Mesh::default();
    let lane = rect.width() / LANES as f32;
    for stripe in stripes {
        let color = match &stripe.tag {
            Some(tag) => cx.tag(tag).map_or(palette.muted, |tag| palette.hue(tag.hue)),
            None => palette.muted,
        };
        let corner = pos2(rect.min.x + lane * stripe.lane as f32 + 0.5, stripe.top);
        mesh.add_colored_rect(
            Rect::from_min_size(corner, vec2(lane - 1.0, stripe.bottom - stripe.top)),
            color,
        );
    }
    mesh
}
