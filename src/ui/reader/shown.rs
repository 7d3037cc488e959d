//! What a column shows: which blocks, how high they are, which of them are laid out, and what that was made from.

use super::ahead::Ahead;
use super::blocks::{Block, blocks};
use super::breaking::Widths;
use super::chips::CHIP_SIGNS;
use super::draft::{Drafter, Measures, estimate, scale};
use super::heights::{Heights, Spot};
use super::selection::Stops;
use super::typeset::{Typeset, typeset};
use crate::annotation::Codebook;
use crate::app::{Division, Language, OpenPlan, Reading, Site, Theme};
use crate::plan::{Node, NodeIx, Plan};
use crate::text::{CharPos, is_blank};
use crate::ui::cx::Cx;
use crate::ui::theme::regular_font;
use egui::{Galley, Pos2, Ui, pos2};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a frame may measure blocks that are out of view.
const MEASURING: Duration = Duration::from_micros(800);
/// Room left and right of the text, in points.
pub const SIDE: f32 = 18.0;

/// What decides how blocks look. Any change lays all of them out anew.
#[derive(Clone, PartialEq)]
pub struct Look {
    /// Measures of the column.
    pub measures: Measures,
    /// Colours.
    pub theme: Theme,
    /// Language of names.
    pub language: Language,
    /// Names and hues of tags.
    pub codebook: Option<ByPlace<Codebook>>,
    /// A galley asked for in every frame: another one means that the toolkit forgot all glyphs.
    pub glyphs: ByPlace<Galley>,
}

/// Equal where it is the same thing in memory.
#[derive(Clone)]
pub struct ByPlace<T>(Arc<T>);

impl<T> PartialEq for ByPlace<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What was laid out last, and from what.
pub struct Shown {
    /// The plan.
    pub plan: Arc<Plan>,
    /// Whether what belongs to the page is shown.
    pub furniture: bool,
    /// Nodes shown in parts.
    pub divided: BTreeMap<NodeIx, Division>,
    /// How blocks look.
    pub look: Look,
    /// Of the marks.
    pub revision: u64,
    /// Widths of chars.
    pub widths: Widths,
    /// Widest number in the margin, in em.
    pub numbers: f32,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// How high they are.
    pub heights: Heights,
    /// Their glyphs.
    pub ahead: Ahead,
    /// What stands at the top.
    pub top: Spot,
    /// The last request to bring the focus into view that was followed.
    pub revealed: u64,
    /// Where the scroll area stood at the end of the last frame.
    pub offset: f32,
    /// The blocks in view.
    pub set: HashMap<Block, Typeset>,
    /// The same from before the last change of marks: their words are laid out already.
    pub before: HashMap<Block, Typeset>,
}

/// Width of the widest number of a plan in em, at most 5.5: numbers hang in a margin as wide as that.
pub fn widest_number(plan: &Plan) -> f32 {
    let em = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
    let width = |node: &Node| {
        let number = plan.text.slice(node.number).trim_matches(is_blank);
        number.chars().map(em).sum::<f32>() * scale(node)
    };
    plan.outline.nodes.iter().map(width).fold(1.0, f32::max).min(5.5)
}

impl Look {
    /// The look of this frame.
    pub fn new(ui: &Ui, cx: &Cx<'_>, numbers: f32, available: f32) -> Self {
        let settings = &cx.app.settings;
        let size = settings.reading_size;
        let numbers = ((numbers + 0.6) * size).round();
        let text =
            (available - numbers - 2.0 * SIDE - 8.0).min(settings.reading_chars * size).max(8.0 * size);
        let glyphs =
            ui.fonts_mut(|fonts| fonts.layout_no_wrap("读".to_owned(), regular_font(size), cx.palette.text));
        Self {
            measures: Measures {
                size,
                leading: settings.reading_leading,
                numbers,
                text: text.round(),
                pixels: ui.pixels_per_point(),
            },
            theme: settings.theme,
            language: cx.app.language(),
            codebook: cx.app.project.as_ref().map(|project| ByPlace(project.codebook.clone())),
            glyphs: ByPlace(glyphs),
        }
    }
}

impl Shown {
    /// A plan shown anew; `before` is what was shown of it before, whose top stays at the top.
    pub fn new(
        ui: &Ui,
        open: &OpenPlan,
        reading: &Reading,
        (furniture, numbers, look): (bool, f32, Look),
        before: Option<Self>,
    ) -> Self {
        let mut widths = Widths::default();
        widths.learn(ui, open.plan.text.as_str());
        learn_chips(ui, &mut widths, &look, open);
        let mut shown = Self {
            plan: open.plan.clone(),
            furniture,
            divided: reading.divided.clone(),
            look,
            revision: open.revision,
            widths,
            numbers,
            blocks: blocks(&open.plan, furniture, &reading.divided),
            heights: Heights::default(),
            ahead: Ahead::default(),
            top: Spot::default(),
            revealed: before.as_ref().map_or(0, |before| before.revealed),
            offset: before.as_ref().map_or(0.0, |before| before.offset),
            set: HashMap::new(),
            before: HashMap::new(),
        };
        shown.estimate();
        let place = |block: &Block| shown.blocks.iter().position(|other| other == block);
        let top = match before {
            Some(before) => {
                before.blocks.get(before.top.block).and_then(place).map(|at| (at, before.top.below))
            }
            None => reading.top.and_then(|ix| place(&Block::Node(ix))).map(|at| (at, 0.0)),
        };
        if let Some((block, below)) = top {
            shown.top = Spot { block, below };
        }
        shown
    }

    /// Learns how wide the names and notes of the chips are, after marks or the codebook changed.
    pub fn learn_chips(&mut self, ui: &Ui, open: &OpenPlan) {
        learn_chips(ui, &mut self.widths, &self.look, open);
    }

    /// Takes rough heights for all blocks.
    pub fn estimate(&mut self) {
        let m = self.look.measures;
        let heights = self.blocks.iter().map(|&block| estimate(&self.plan, block, &m));
        self.heights = Heights::estimated(heights.collect());
    }

    /// Does something with a planner of blocks.
    pub fn with_drafter<T>(&self, cx: &Cx<'_>, open: &OpenPlan, act: impl FnOnce(&Drafter<'_>) -> T) -> T {
        act(&Drafter {
            cx,
            plan: &self.plan,
            marks: &open.marks,
            m: self.look.measures,
            widths: &self.widths,
            is_divided: &|ix| self.divided.contains_key(&ix),
        })
    }

    /// Does something with the places a selection can step to.
    pub fn with_stops<T>(&self, cx: &Cx<'_>, open: &OpenPlan, act: impl FnOnce(&Stops<'_>) -> T) -> T {
        self.with_drafter(cx, open, |drafter| act(&Stops { blocks: &self.blocks, drafter }))
    }

    /// Lays out a block.
    pub fn typeset(&mut self, ui: &Ui, cx: &Cx<'_>, open: &OpenPlan, block: Block) -> Typeset {
        let draft = self.with_drafter(cx, open, |drafter| drafter.draft(block));
        let before = self.before.get(&block);
        typeset(ui, cx.palette, &self.plan.text, &self.look.measures, draft, before)
    }

    /// Measures the blocks around the top, then others for a little while; draws glyphs once all are measured.
    pub fn prepare(&mut self, ui: &Ui, cx: &Cx<'_>, open: &OpenPlan) {
        if self.heights.all_exact() {
            return self.ahead.draw(ui);
        }
        let began = Instant::now();
        let enough = ui.available_height() * 1.5;
        let mut heights = std::mem::take(&mut self.heights);
        let mut ahead = std::mem::take(&mut self.ahead);
        self.with_drafter(cx, open, |drafter| {
            let mut measure = |at: usize| {
                let draft = drafter.draft(self.blocks[at]);
                ahead.meet(&draft, &self.plan.text);
                draft.height
            };
            let mut below = -self.top.below;
            for at in self.top.block..self.blocks.len() {
                if !heights.is_exact(at) {
                    heights.set(at, measure(at));
                }
                below += heights.height(at);
                if below > enough {
                    break;
                }
            }
            while let Some(at) = heights.next_estimated() {
                heights.set(at, measure(at));
                if began.elapsed() >= MEASURING {
                    break;
                }
            }
        });
        heights.sum();
        if !heights.all_exact() {
            ui.request_repaint();
        }
        self.heights = heights;
        self.ahead = ahead;
    }

    /// Where to scroll: to the block at the top, or to the focus where it was asked for.
    pub fn wanted_offset(
        &mut self,
        cx: &Cx<'_>,
        open: &OpenPlan,
        reading: &Reading,
        (height, by_pointer): (f32, bool),
    ) -> f32 {
        let offset = self.heights.offset(self.top);
        if reading.reveal == self.revealed {
            return offset;
        }
        self.revealed = reading.reveal;
        if by_pointer {
            return offset;
        }
        let Some(place) = reading.site().and_then(|site| self.extent(cx, open, site)) else { return offset };
        offset_to_reveal(place, offset, height)
    }

    /// The block that shows a place.
    pub fn block_of(&self, open: &OpenPlan, site: Site) -> Option<usize> {
        let wanted = match site {
            Site::Node(ix) => Block::Node(ix),
            Site::Row(ix, row) => Block::TableRow(ix, row),
            Site::Passage(span) => {
                let after = self.blocks.partition_point(|block| block.span(&open.plan).start <= span.start);
                return after.checked_sub(1);
            }
            Site::Plan => return Some(0),
        };
        self.blocks.iter().position(|block| *block == wanted)
    }

    /// Where a place stands, in points from the beginning: a block, or the rows of a passage in it.
    pub fn extent(&self, cx: &Cx<'_>, open: &OpenPlan, site: Site) -> Option<(f32, f32)> {
        let at = self.block_of(open, site)?;
        let (top, height) = (self.heights.top(at), self.heights.height(at));
        let Site::Passage(span) = site else { return Some((top, top + height)) };
        let words = self.with_drafter(cx, open, |drafter| drafter.draft(self.blocks[at]).words)?;
        let segments = words.segments();
        let row = |pos| {
            let read = segments.from_text(pos);
            words.rows.starts.partition_point(|&start| start <= read).saturating_sub(1)
        };
        let reach = |rows: usize| words.heights.iter().take(rows).sum::<f32>();
        let end = reach(row(span.end) + 1).min(height);
        Some((top + reach(row(span.start)), top + end))
    }

    /// The place of the text nearest to a point on the screen; `origin` is where the column begins there.
    pub fn place_at(&self, point: Pos2, origin: Pos2) -> Option<CharPos> {
        let y = point.y - origin.y;
        let at = self.heights.spot(y.max(0.0)).block;
        let block = *self.blocks.get(at)?;
        let corner = pos2(origin.x, origin.y + self.heights.top(at));
        let words = self.set.get(&block).and_then(|set| set.words.as_ref());
        let span = block.span(&self.plan);
        match words {
            Some(words) => words.nearest((point - corner).to_pos2()),
            None if y < self.heights.top(at) + self.heights.height(at) / 2.0 => Some(span.start),
            None => Some(span.end),
        }
    }
}

fn learn_chips(ui: &Ui, widths: &mut Widths, look: &Look, open: &OpenPlan) {
    widths.learn(ui, CHIP_SIGNS);
    for tag in look.codebook.iter().flat_map(|book| &book.0.tags) {
        widths.learn(ui, &tag.zh);
        widths.learn(ui, &tag.en);
        widths.learn(ui, &tag.id.0);
    }
    open.marks.notes().for_each(|note| widths.learn(ui, note.lines().next().unwrap_or_default()));
}

/// The offset that shows a place: unchanged where it is in view, else with the place a quarter down.
fn offset_to_reveal((top, bottom): (f32, f32), offset: f32, height: f32) -> f32 {
    let in_view = top >= offset + 8.0 && bottom <= offset + height - 24.0;
    if in_view { offset } else { (top - height * 0.25).max(0.0) }
}
