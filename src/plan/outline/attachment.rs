//! Which paragraphs after the last item of a group sum up the group rather than go on with the item.

use super::lines::chars;
use super::marks::Class;
use super::repair::Block;
use super::tree::Draft;
use crate::plan::Kind;
use crate::text::fold_char;

/// Beginnings of paragraphs that speak of the whole group: `到2020年,上述制度基本建成。`
const SUMMING: [&str; 12] = [
    "以上",
    "上述",
    "总之",
    "各地",
    "各部门",
    "各地区",
    "各县",
    "各区",
    "各单位",
    "各级各部门",
    "通过以上",
    "通过上述",
];

/// Moves a box that stands below the last words of an item (or of a number that has none below it) up beside it: a box of
/// projects is the section's. A box of indicators stays with the item that sets the aims.
pub(super) fn raise_boxes(source: &str, blocks: &[Block], drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        let is_box = draft.label.is_some() && !blocks[draft.blocks.0].words(source).contains("指标");
        let is_item = |up: usize| {
            let low = drafts[up].mark.is_some_and(|mark| mark.class >= Class::Arabic);
            let leaf =
                drafts[up + 1..at].iter().all(|child| child.parent != Some(up) || child.mark.is_none());
            drafts[up].kind == Kind::Item || (low && leaf)
        };
        let Some(owner) = draft.parent.filter(|&up| is_box && is_item(up)) else { continue };
        let level = draft.level;
        drafts[at].parent = drafts[owner].parent;
        drafts[at].level -= 1;
        for below in drafts[at + 1..].iter_mut().take_while(|below| below.level > level) {
            below.level -= 1;
        }
    }
}

/// Moves such paragraphs up to the parent of the group. `drafts` stay in document order.
pub(super) fn settle(source: &str, blocks: &[Block], drafts: &mut [Draft]) {
    let mut at = 0;
    while at < drafts.len() {
        let owner = drafts[at].parent.filter(|_| drafts[at].kind == Kind::Paragraph);
        let Some(owner) = owner else {
            at += 1;
            continue;
        };
        let run =
            drafts[at..].iter().take_while(|d| d.kind == Kind::Paragraph && d.parent == Some(owner)).count();
        let sums = (at..at + run).find(|&one| {
            (one > at || has_body(blocks, drafts, owner, at))
                && sums_up(&blocks[drafts[one].blocks.0].words(source))
        });
        if let Some(first) =
            sums.filter(|_| is_last(drafts, owner, at + run) && !has_continuations(drafts, owner))
        {
            let parent = drafts[owner].parent;
            let level = drafts[owner].level;
            for draft in &mut drafts[first..at + run] {
                (draft.parent, draft.level) = (parent, level);
            }
        }
        at += run;
    }
}

/// Whether the owner has words of its own, so that the paragraph is not its body.
fn has_body(blocks: &[Block], drafts: &[Draft], owner: usize, at: usize) -> bool {
    let draft = &drafts[owner];
    let own = blocks[draft.blocks.0].len().saturating_sub(draft.body);
    own > 0 || at > owner + 1
}

/// Whether the owner is numbered and the last of its run.
fn is_last(drafts: &[Draft], owner: usize, next: usize) -> bool {
    let same = |draft: &Draft| draft.parent == drafts[owner].parent && draft.rung == drafts[owner].rung;
    let first = drafts[..owner].iter().rev().take_while(|d| d.level >= drafts[owner].level).any(same);
    drafts[owner].mark.is_some()
        && first
        && drafts.get(next).is_none_or(|draft| draft.level < drafts[owner].level)
}

/// Whether earlier members of the run have second paragraphs as well.
fn has_continuations(drafts: &[Draft], owner: usize) -> bool {
    let level = drafts[owner].level;
    let mut paragraphs = 0;
    for draft in drafts[..owner].iter().rev().take_while(|draft| draft.level >= level) {
        if draft.kind == Kind::Paragraph && draft.level == level + 1 {
            paragraphs += 1;
        }
    }
    paragraphs > 0
}

fn sums_up(words: &str) -> bool {
    let by_year = words
        .strip_prefix("到20")
        .or_else(|| words.strip_prefix("至20"))
        .is_some_and(|rest| rest.get(2..).is_some_and(|rest| rest.starts_with('年')));
    let end = words.chars().next_back().map_or(' ', fold_char);
    by_year || SUMMING.iter().any(|start| words.starts_with(start)) || (end == ':' && chars(words) > 25)
}
