//! The tree: every paragraph finds its place among the open nodes.

use super::levels::{Order, Rung};
use super::lines::chars;
use super::marks::{CLASSES, Class, Mark};
use super::repair::Block;
use super::structure::{Part, Sort};
use super::{boxes, parts};
use crate::plan::{Flag, Kind};
use std::ops::Range;

/// A node before its heading is found and its offsets are counted in chars.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// First and last block.
    pub blocks: (usize, usize),
    /// Index of the parent.
    pub parent: Option<usize>,
    /// 1 = child of the document.
    pub level: u8,
    /// What it is.
    pub kind: Kind,
    /// Its step of the tree, if it is no plain paragraph.
    pub rung: Option<Rung>,
    /// Its mark.
    pub mark: Option<Mark>,
    /// The block that is its heading, where that stands on the line below its name: 附件2␤名单.
    pub title: Option<usize>,
    /// The name it is cited by where it has no mark, as bytes of the block's words: 附件2, 专栏1.
    pub label: Option<Range<usize>>,
    /// What is worth telling.
    pub flags: Vec<Flag>,
    /// The heading, as bytes of the block's words.
    pub heading: (usize, usize),
    /// Where the body begins, likewise.
    pub body: usize,
    /// Whether the heading fills its line.
    pub own_line: bool,
    /// Topic sentences inside the words, likewise.
    pub topics: Vec<Range<usize>>,
}

/// How deep lists of one class may stand in each other.
const DEEPEST: usize = 40;

/// An open node.
#[derive(Clone, Copy)]
struct Open {
    rung: Rung,
    value: u32,
    draft: usize,
}

/// Grows the tree of one part at the end of `drafts`.
pub(super) fn grow(source: &str, blocks: &[Block], sorts: &[Sort], part: &Part, drafts: &mut Vec<Draft>) {
    let root = part.heading.map(|at| {
        let mut heading = Draft::new((at, at), None, 1, Kind::Section);
        let words = blocks[at].words(source);
        heading.label(parts::annex_number(&words));
        let bare = heading.label.as_ref().is_some_and(|label| chars(&words[label.end..]) <= 1);
        heading.title = Some(at + 1)
            .filter(|&next| bare && next < part.to && sorts[next] == Sort::Paragraph)
            .filter(|&next| parts::is_annex_title(&blocks[next].words(source)));
        heading.blocks.1 = heading.title.unwrap_or(at);
        drafts.push(heading);
        drafts.len() - 1
    });
    let from = root.map_or(part.from, |root| drafts[root].blocks.1 + 1);
    grow_range(source, blocks, sorts, from..part.to, root, drafts);
}

fn grow_range(
    source: &str,
    blocks: &[Block],
    sorts: &[Sort],
    range: Range<usize>,
    root: Option<usize>,
    drafts: &mut Vec<Draft>,
) {
    let marks = Order::learn(&counted(blocks, sorts, range.clone()));
    let mut grower =
        Grower { source, blocks, sorts, order: marks, root, stack: Vec::new(), last: [0; CLASSES], drafts };
    let mut at = range.start;
    while at < range.end {
        match sorts[at] {
            Sort::Numbered => grower.numbered(at, None),
            Sort::Label(class) => grower.numbered(at, Some(class)),
            Sort::Named(class) => grower.named(at, Rung::Above(class)),
            Sort::Beside(class) => grower.named(at, Rung::Beside(class)),
            Sort::Paragraph => grower.paragraph(at),
            Sort::Closing => grower.closing(at),
            Sort::Table(end) => at = grower.table(at, end),
            Sort::Box(end) => at = grower.boxed(at, end),
        }
        at += 1;
    }
}

/// The marks that count in `range`, those inside boxes and tables left out.
fn counted(blocks: &[Block], sorts: &[Sort], range: Range<usize>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match sorts[at] {
            Sort::Numbered => marks.extend(blocks[at].mark),
            Sort::Table(end) | Sort::Box(end) => at = end,
            _ => {}
        }
        at += 1;
    }
    marks
}

impl Draft {
    fn new(blocks: (usize, usize), parent: Option<usize>, level: u8, kind: Kind) -> Self {
        Self {
            blocks,
            parent,
            level,
            kind,
            rung: None,
            mark: None,
            title: None,
            label: None,
            flags: Vec::new(),
            heading: (0, 0),
            body: 0,
            own_line: false,
            topics: Vec::new(),
        }
    }

    /// Names a heading that counts outside all runs.
    fn label(&mut self, label: Option<Range<usize>>) {
        if label.is_none() {
            self.flags.push(Flag::Unnumbered);
        }
        self.label = label;
    }
}

struct Grower<'a> {
    source: &'a str,
    sorts: &'a [Sort],
    blocks: &'a [Block],
    order: Order,
    /// The heading of the part, where it has one.
    root: Option<usize>,
    stack: Vec<Open>,
    /// The last number of every class.
    last: [u32; CLASSES],
    drafts: &'a mut Vec<Draft>,
}

impl Grower<'_> {
    fn top(&self) -> Option<usize> {
        self.stack.last().map(|open| open.draft).or(self.root)
    }

    fn push(&mut self, blocks: (usize, usize), kind: Kind) -> usize {
        let parent = self.top();
        let level = parent.map_or(1, |up| self.drafts[up].level.saturating_add(1));
        self.drafts.push(Draft::new(blocks, parent, level, kind));
        self.drafts.len() - 1
    }

    /// A numbered node; `above` is the class it is a label above.
    fn numbered(&mut self, at: usize, above: Option<Class>) {
        let Some(mark) = self.blocks[at].mark else { return self.paragraph(at) };
        let rung = above.map_or_else(|| Rung::Mark(self.order.class(mark)), Rung::Above);
        let flag = self.make_room(rung, mark);
        let new = self.push((at, at), Kind::Item);
        let lost = self.lost_steps(new, mark);
        let draft = &mut self.drafts[new];
        (draft.rung, draft.mark) = (Some(rung), Some(mark));
        draft.level = draft.level.saturating_add(lost);
        draft.flags.extend(flag.or((lost > 0).then_some(Flag::Gap)));
        if mark.repaired {
            draft.flags.push(Flag::Repaired);
        }
        self.stack.push(Open { rung, value: mark.value, draft: new });
        self.last[mark.class as usize] = mark.value;
    }

    /// Closes what a mark closes, and says what is odd about its number.
    fn make_room(&mut self, rung: Rung, mark: Mark) -> Option<Flag> {
        if let Some(open) = self.open_run(rung, mark) {
            let value = self.stack[open].value;
            let nests = mark.value == 1 && value >= 1 && self.stack.len() == open + 1 && open < DEEPEST;
            if nests && self.announces_list() {
                return None; // a list inside the last item: the class stands twice on the stack
            }
            self.stack.truncate(open);
            return match mark.value {
                _ if mark.class == Class::Dash => None,
                number if number == value + 1 => None,
                number if number == value => Some(Flag::Duplicate),
                number if number > value => Some(Flag::Gap),
                _ => Some(Flag::Order),
            };
        }
        while self.stack.last().is_some_and(|top| !self.order.is_under(rung, top.rung)) {
            self.stack.pop();
        }
        let running = mark.value == self.last[mark.class as usize] + 1;
        (mark.value > 1 && !running).then_some(Flag::Gap)
    }

    /// The open run a mark goes on with: the innermost whose next number it is, else the outermost of its class.
    fn open_run(&self, rung: Rung, mark: Mark) -> Option<usize> {
        let same = |open: &Open| open.rung == rung;
        let next = |open: &Open| same(open) && open.value + 1 == mark.value;
        let found = self.stack.iter().rposition(next).or_else(|| self.stack.iter().rposition(same))?;
        match mark.class {
            Class::Decimal2 | Class::Decimal3 | Class::Decimal4 if self.leaves_prefix(found, mark) => None,
            _ => Some(found),
        }
    }

    /// Whether a decimal belongs under another parent than the open run of its class does.
    fn leaves_prefix(&self, open: usize, mark: Mark) -> bool {
        self.drafts[self.stack[open].draft].mark.is_some_and(|last| last.prefix != mark.prefix)
    }

    /// Whether the last words end with a colon.
    fn announces_list(&self) -> bool {
        let last = self.drafts.last().and_then(|draft| self.blocks[draft.blocks.1].pieces.last());
        last.is_some_and(|piece| piece.of(self.source).ends_with([':', '：']))
    }

    /// How many steps are missing above a decimal: `1.1.1` right under `一、` lacks `1.1`.
    fn lost_steps(&self, draft: usize, mark: Mark) -> u8 {
        let parent = self.drafts[draft].parent.and_then(|up| self.drafts[up].rung);
        let seen = |class: Class| self.last[class as usize] > 0;
        match (mark.class, parent) {
            (Class::Decimal3, Some(Rung::Mark(Class::Chinese | Class::Chapter))) => 1,
            (Class::Decimal4, Some(Rung::Mark(Class::Decimal2))) if seen(Class::Decimal3) => 1,
            _ => 0,
        }
    }

    fn named(&mut self, at: usize, rung: Rung) {
        while self.stack.last().is_some_and(|top| !self.order.is_under(rung, top.rung)) {
            self.stack.pop();
        }
        let new = self.push((at, at), Kind::Section);
        self.drafts[new].rung = Some(rung);
        self.drafts[new].flags.push(Flag::Unnumbered);
        self.stack.push(Open { rung, value: 0, draft: new });
    }

    fn paragraph(&mut self, at: usize) {
        self.push((at, at), Kind::Paragraph);
    }

    /// Words that close the document: they belong to no section.
    fn closing(&mut self, at: usize) {
        self.stack.clear();
        self.paragraph(at);
    }

    fn table(&mut self, at: usize, end: usize) -> usize {
        self.push((at, end), Kind::Table);
        end
    }

    /// A box counts by itself; what stands in it belongs to it.
    fn boxed(&mut self, at: usize, end: usize) -> usize {
        let new = self.push((at, at), Kind::Section);
        self.drafts[new].label(boxes::box_number(&self.blocks[at].words(self.source)));
        grow_range(self.source, self.blocks, self.sorts, at + 1..end + 1, Some(new), self.drafts);
        end
    }
}
