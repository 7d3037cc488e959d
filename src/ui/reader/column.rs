//! The view: scrolling, focus, hovering, and the accessible name of every visible block.

use super::blocks::{Block, blocks};
use super::heights::{Heights, Spot};
use super::typeset::{Measures, Typeset, estimate, typeset};
use crate::app::{Command, OpenPlan};
use crate::plan::Plan;
use crate::project::PlanId;
use crate::text::{CharPos, is_blank};
use crate::ui::correct;
use crate::ui::cx::{Cx, t};
use crate::ui::theme;
use egui::{Pos2, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a frame may measure blocks that are out of view.
const MEASURING: Duration = Duration::from_millis(2);
/// Room left and right of the text, in points.
const SIDE: f32 = 18.0;

/// A column of reading text. One for each place where a plan is read, so that each keeps its own scrolling.
#[derive(Default)]
pub struct Column {
    shown: Option<Shown>,
}

/// What was laid out last, and for which plan, width and size.
struct Shown {
    plan: Arc<Plan>,
    furniture: bool,
    measures: Measures,
    revision: u64,
    blocks: Vec<Block>,
    heights: Heights,
    top: Spot,
    /// The last request to bring the focus into view that was followed.
    revealed: u64,
    /// Where the scroll area stood at the end of the last frame.
    offset: f32,
}

impl Column {
    /// Shows a plan; a message while it is being read.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, salt: &str, id: PlanId) {
        let Some(open) = cx.app.plan(id) else {
            self.shown = None;
            ui.centered_and_justified(|ui| ui.label(t!(cx, "reading-plan", plan = cx.plan_name(id))));
            return;
        };
        let measures = measure_column(&open.plan, cx.app.settings.reading_size, ui.available_width());
        let shown = self.follow(cx, open, measures);
        shown.measure_more(ui, cx, open);
        let reading = cx.app.reading(id).cloned().unwrap_or_default();
        let mut offset = shown.heights.offset(shown.top);
        if reading.reveal != shown.revealed {
            shown.revealed = reading.reveal;
            offset = shown.offset_to_reveal(reading.focus, offset, ui.available_height());
        }
        let mut area = ScrollArea::vertical().id_salt((salt, id)).auto_shrink(false);
        if (offset - shown.offset).abs() > 0.5 {
            area = area.vertical_scroll_offset(offset);
        }
        let output = area.show_viewport(ui, |ui, viewport| {
            ui.set_height(shown.heights.total() + viewport.height() * 0.4);
            shown.blocks_ui(ui, cx, id, open, viewport);
        });
        shown.offset = output.state.clamped_offset().y;
        let top = shown.heights.spot(shown.offset);
        shown.top = top;
        let node = shown.blocks.get(top.block).and_then(|block| block.node());
        if let Some(node) = node
            && reading.top != Some(node)
        {
            cx.send(Command::Scrolled(id, node));
        }
    }

    /// Brings what is shown up to date with plan, width, size and marks. The block at the top stays there.
    fn follow(&mut self, cx: &Cx<'_>, open: &OpenPlan, measures: Measures) -> &mut Shown {
        let furniture = cx.app.view.furniture;
        let kept = self.shown.take().filter(|shown| Arc::ptr_eq(&shown.plan, &open.plan));
        let shown = match kept {
            Some(mut shown) if shown.furniture == furniture => {
                if shown.measures != measures {
                    shown.measures = measures;
                    shown.estimate();
                } else if shown.revision != open.revision {
                    shown.heights.doubt();
                }
                shown.revision = open.revision;
                shown
            }
            kept => Shown::new(open, furniture, measures, kept),
        };
        self.shown.insert(shown)
    }
}

/// Numbers hang in a margin as wide as the widest of them; the text is as wide as the space allows, at most 42
/// Han characters.
fn measure_column(plan: &Plan, size: f32, available: f32) -> Measures {
    let em = |c: char| if c.is_ascii() { 0.55 } else { 1.0 };
    let widths = plan
        .outline
        .nodes
        .iter()
        .map(|node| plan.text.slice(node.number).trim_matches(is_blank).chars().map(em).sum::<f32>());
    let numbers = (widths.fold(1.0, f32::max).min(5.5) + 0.6) * size;
    let text = (available - numbers - 2.0 * SIDE - 8.0).min(theme::READING_CHARS * size).max(8.0 * size);
    Measures { size, numbers, text: text.round() }
}

impl Shown {
    fn new(open: &OpenPlan, furniture: bool, measures: Measures, before: Option<Self>) -> Self {
        let mut shown = Self {
            plan: open.plan.clone(),
            furniture,
            measures,
            revision: open.revision,
            blocks: blocks(&open.plan, furniture),
            heights: Heights::default(),
            top: Spot::default(),
            revealed: before.as_ref().map_or(0, |before| before.revealed),
            offset: before.as_ref().map_or(0.0, |before| before.offset),
        };
        shown.estimate();
        if let Some(before) = before
            && let Some(block) = before.blocks.get(before.top.block)
            && let Some(at) = shown.blocks.iter().position(|other| other == block)
        {
            shown.top = Spot { block: at, below: before.top.below };
        }
        shown
    }

    fn estimate(&mut self) {
        let heights = self.blocks.iter().map(|&block| estimate(&self.plan, block, &self.measures));
        self.heights = Heights::estimated(heights.collect());
    }

    fn measure(&mut self, ui: &Ui, cx: &Cx<'_>, open: &OpenPlan, at: usize) {
        let block = self.blocks[at];
        let marks = block.node().and_then(|ix| open.marks.of(ix));
        let height = typeset(ui, cx, &self.plan, block, marks, &self.measures).height;
        self.heights.set(at, height);
    }

    /// Measures the blocks around the top, then others for a little while.
    fn measure_more(&mut self, ui: &Ui, cx: &Cx<'_>, open: &OpenPlan) {
        let began = Instant::now();
        let mut changed = false;
        let mut below = -self.top.below;
        for at in self.top.block..self.blocks.len() {
            if !self.heights.is_exact(at) {
                self.measure(ui, cx, open, at);
                changed = true;
            }
            below += self.heights.height(at);
            if below > ui.available_height() * 1.5 {
                break;
            }
        }
        while began.elapsed() < MEASURING
            && let Some(at) = self.heights.next_estimated()
        {
            self.measure(ui, cx, open, at);
            changed = true;
        }
        if changed {
            self.heights.sum();
            if self.heights.next_estimated().is_some() {
                ui.request_repaint();
            }
        }
    }

    /// The offset that shows the focus: unchanged where it is in view, else with the focus a quarter down.
    fn offset_to_reveal(&self, focus: Option<crate::plan::NodeIx>, offset: f32, height: f32) -> f32 {
        let Some(at) = self.blocks.iter().position(|block| block.node() == focus && focus.is_some()) else {
            return offset;
        };
        let (top, bottom) = (self.heights.top(at), self.heights.top(at) + self.heights.height(at));
        let in_view = top >= offset + 8.0 && bottom <= offset + height - 24.0;
        if in_view { offset } else { (top - height * 0.25).max(0.0) }
    }

    fn blocks_ui(&self, ui: &mut Ui, cx: &Cx<'_>, id: PlanId, open: &OpenPlan, viewport: Rect) {
        let origin = ui.max_rect().min;
        let width = ui.max_rect().width();
        let column = self.measures.numbers + self.measures.text;
        let left = origin.x + ((width - column) / 2.0).max(SIDE).floor();
        let focus = cx.app.reading(id).and_then(|reading| reading.focus);
        let first = self.heights.spot(viewport.min.y).block;
        for at in first..self.blocks.len() {
            let top = self.heights.top(at);
            if top > viewport.max.y {
                break;
            }
            let block = self.blocks[at];
            let set = typeset(
                ui,
                cx,
                &self.plan,
                block,
                block.node().and_then(|ix| open.marks.of(ix)),
                &self.measures,
            );
            let corner = pos2(left, origin.y + top);
            let rect = Rect::from_min_size(pos2(left - 12.0, corner.y), vec2(column + 24.0, set.height));
            self.ground_ui(ui, cx, id, (block, rect, corner, &set), focus);
            set.paint(ui, cx.palette, corner);
        }
    }

    /// Ground, accent bar, pointer and accessible name of a block.
    fn ground_ui(
        &self,
        ui: &Ui,
        cx: &Cx<'_>,
        id: PlanId,
        place: (Block, Rect, Pos2, &Typeset),
        focus: Option<crate::plan::NodeIx>,
    ) {
        let (block, rect, corner, set) = place;
        let response = ui.interact(rect, ui.scope_id().with((id, block)), Sense::click());
        let name = match block {
            Block::TableRow(ix, number) => self
                .plan
                .outline
                .get(ix)
                .and_then(|node| node.rows.get(number as usize))
                .map_or_else(String::new, |row| format!("{} {}", row.domain, row.indicator)),
            Block::Furniture(_) => t!(cx, "furniture"),
            Block::Node(ix) | Block::TableHead(ix) => cx.node_name(id, ix),
        };
        let in_focus = block.node().is_some() && block.node() == focus;
        response.widget_info(|| WidgetInfo::selected(Role::Paragraph, true, in_focus, &name));
        let ground = rect.with_min_y(rect.min.y + (set.top - 6.0).max(0.0));
        if in_focus {
            ui.painter().rect_filled(ground, 3.0, cx.palette.focus);
            ui.painter().rect_filled(
                Rect::from_min_size(ground.min, vec2(3.0, ground.height())),
                1.5,
                cx.palette.accent,
            );
        } else if response.hovered() && block.node().is_some() {
            ui.painter().rect_filled(ground, 3.0, cx.palette.hover);
        }
        self.menu_ui(ui, cx, id, &response, (block, corner, set));
        if response.clicked()
            && let Some(ix) = block.node()
        {
            cx.send(Command::Focus(id, ix));
            // The arrow keys go on from the item, not from the widget.
            response.surrender_focus();
        }
    }

    /// The menu of a block: what can be set right there.
    fn menu_ui(&self, ui: &Ui, cx: &Cx<'_>, id: PlanId, response: &Response, place: (Block, Pos2, &Typeset)) {
        let (block, corner, set) = place;
        if response.secondary_clicked() {
            let point = response.interact_pointer_pos();
            let split = point.and_then(|point| set.char_at((point - corner).to_pos2()));
            ui.data_mut(|data| data.insert_temp(response.id, split.map(|at| at.0)));
        }
        response.context_menu(|ui| match block {
            Block::Furniture(number) => {
                if let Some(part) = self.plan.outline.furniture.get(number as usize) {
                    correct::furniture_menu_ui(ui, cx, id, part.span);
                }
            }
            Block::Node(ix) | Block::TableHead(ix) | Block::TableRow(ix, _) => {
                if let Some(node) = self.plan.outline.get(ix) {
                    let split: Option<Option<u32>> = ui.data(|data| data.get_temp(response.id));
                    correct::node_menu_ui(ui, cx, id, node, split.flatten().map(CharPos));
                }
            }
        });
    }
}
