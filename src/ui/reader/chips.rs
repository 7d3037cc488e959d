//! Chips: the tags and notes at the end of a block, each as wide as its name, in rows behind or below the words.

use super::draft::{Draft, Drafter};
use crate::annotation::{AnnotationId, TagId};
use crate::app::{NodeMarks, Site};
use crate::text::Span;
use egui::{Rect, pos2, vec2};

/// Height of a chip, in points.
const CHIP: f32 = 22.0;
/// Size of a chip's name, in points.
pub const CHIP_SIZE: f32 = 13.0;
/// What stands before a chip's name, its dot, and after it, in points. A note has no dot.
const CHIP_BEFORE: f32 = 18.0;
const CHIP_AFTER: f32 = 8.0;
/// Longest note that a chip shows, in points: the whole of it stands beside the text.
const CHIP_NOTE: f32 = 240.0;
/// Chars of the chips' own, beside names and notes.
pub const CHIP_SIGNS: &str = "…※× 0123456789";
/// What a chip stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChipKind {
    /// A tag of the whole place.
    Tag(TagId),
    /// A tag of passages: the first of them.
    Passage(TagId, Span, AnnotationId),
    /// A note.
    Note,
}

impl ChipKind {
    /// What stands before the name, in points.
    pub fn before(&self) -> f32 {
        if *self == Self::Note { CHIP_AFTER } else { CHIP_BEFORE }
    }
}

/// A tag or note at the end of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip {
    /// What it stands for.
    pub kind: ChipKind,
    /// The place it sits on.
    pub site: Site,
    /// What it says.
    pub name: String,
    /// Where, relative to the block.
    pub rect: Rect,
}

impl Drafter<'_> {
    /// Tags and note behind the last row where there is room, else in rows below.
    pub(super) fn chips(
        &self,
        draft: &mut Draft,
        site: Site,
        marks: &NodeMarks,
        last_row: Option<(f32, f32)>,
    ) {
        let chips = self.chip_names(site, marks);
        if chips.is_empty() {
            return;
        }
        let (left, right) = (self.m.numbers, self.m.numbers + self.m.text);
        let below = pos2(left, draft.height + 2.0);
        let mut at = match last_row {
            Some((end, line)) => pos2(left + end + 10.0, draft.height - line + (line - CHIP) / 2.0),
            None => below,
        };
        for (kind, name) in chips {
            let width = self.widths.line(&name, CHIP_SIZE) + kind.before() + CHIP_AFTER;
            if at.x + width > right && at.x > left {
                at = if at.y < below.y { below } else { pos2(left, at.y + CHIP + 4.0) };
            }
            let rect = Rect::from_min_size(at, vec2(width, CHIP));
            at.x += width + 6.0;
            draft.height = draft.height.max(rect.max.y + 2.0);
            draft.chips.push(Chip { kind, site, name, rect });
        }
    }

    /// Tags of the whole place, then each tag of its passages once with their number, then notes.
    fn chip_names(&self, site: Site, marks: &NodeMarks) -> Vec<(ChipKind, String)> {
        let name = |tag: &TagId| {
            self.cx.tag(tag).map_or_else(|| tag.0.clone(), |tag| self.cx.tag_name(tag).to_owned())
        };
        let mut chips: Vec<_> =
            marks.tags.iter().map(|(tag, _)| (ChipKind::Tag(tag.clone()), name(tag))).collect();
        let divided = matches!(site, Site::Node(ix) if (self.is_divided)(ix));
        let mut passages: Vec<(&TagId, Span, AnnotationId, u32)> = Vec::new();
        for (span, tag, id) in marks.passages.iter().filter(|_| !divided) {
            match passages.iter_mut().find(|(other, ..)| *other == tag) {
                Some((.., times)) => *times += 1,
                None => passages.push((tag, *span, *id, 1)),
            }
        }
        for (tag, span, id, times) in passages {
            let words = if times > 1 { format!("{} ×{times}", name(tag)) } else { name(tag) };
            chips.push((ChipKind::Passage(tag.clone(), span, id), words));
        }
        let notes = marks.note.iter().map(|(_, note)| note);
        for note in notes.chain(marks.passage_notes.iter().map(|(.., note)| note)) {
            let line = note.lines().next().unwrap_or_default();
            chips.push((ChipKind::Note, format!("※ {line}")));
        }
        for (kind, name) in &mut chips {
            let room = self.m.text - kind.before() - CHIP_AFTER;
            self.shorten(name, if *kind == ChipKind::Note { room.min(CHIP_NOTE) } else { room });
        }
        chips
    }

    /// Cuts a name with an ellipsis where it is wider than `room` points.
    fn shorten(&self, name: &mut String, room: f32) {
        if self.widths.line(name, CHIP_SIZE) <= room {
            return;
        }
        let mut width = self.widths.of('…', false) * CHIP_SIZE;
        let fits = |&(_, c): &(usize, char)| {
            width += self.widths.of(c, false) * CHIP_SIZE;
            width <= room
        };
        let kept = name.char_indices().take_while(fits).last().map_or(0, |(at, c)| at + c.len_utf8());
        name.truncate(kept);
        name.push('…');
    }
}
