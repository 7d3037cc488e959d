//! Headings: those that fill their line, and those that lead into the body up to the first stop.

use super::boxes;
use super::levels::Rung;
use super::lexicon::lexicon;
use super::lines::chars;
use super::marks::Class;
use super::repair::Block;
use super::tree::Draft;
use crate::plan::{Flag, Kind};
use crate::text::{fold_char, is_blank, is_han};
use std::collections::HashMap;

/// Longest heading on a line of its own, in chars.
const OWN_LINE: u32 = 60;
/// Longest heading on a line of its own that ends with a stop.
const OWN_LINE_STOPPED: u32 = 45;
/// Longest heading that leads into a body.
const RUN_IN: u32 = 40;

/// What the words after a mark look like.
#[derive(Clone, Copy, Debug)]
struct Shape {
    /// Where the words begin, in bytes of the block's words.
    from: usize,
    /// Bytes of the first sentence, its stop left out.
    first: usize,
    /// Chars of the same.
    length: u32,
    /// Where the text after the stop begins, from `from`.
    after: usize,
    /// Commas and list marks in the first sentence.
    commas: u32,
    lists: u32,
    /// Whether nothing follows the first sentence.
    single: bool,
    /// Whether the first sentence ends with a stop at all.
    stopped: bool,
    /// Bytes up to the first colon, if it comes early.
    colon: Option<usize>,
    /// Whether an enumeration follows the first sentence, which then names what it is of: `抓好两件事。一是甲。`
    enumerates: bool,
}

/// Finds the headings of all drafts.
pub(super) fn decide(source: &str, blocks: &[Block], drafts: &mut [Draft]) {
    let mut groups: HashMap<(usize, u8), Vec<usize>> = HashMap::new();
    let mut order: Vec<(usize, u8)> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        if let (Some(rung), Some(_)) = (draft.rung, draft.mark) {
            let class = match rung {
                Rung::Mark(class) => class as u8,
                Rung::Above(class) | Rung::Beside(class) => 100 + class as u8,
            };
            let key = (draft.parent.map_or(0, |up| up + 1), class);
            groups.entry(key).or_insert_with(|| {
                order.push(key);
                Vec::new()
            });
            if let Some(group) = groups.get_mut(&key) {
                group.push(at);
            }
        }
    }
    let has_numbered = numbered_parents(drafts);
    for key in order {
        let Some(group) = groups.get(&key) else { continue };
        let kind = if group.iter().any(|&at| has_numbered[at]) { Kind::Section } else { Kind::Item };
        for &at in group {
            drafts[at].kind = kind;
        }
        decide_group(source, blocks, drafts, group);
    }
    unnumbered(source, blocks, drafts);
    super::topics::lead_paragraphs(source, blocks, drafts);
}

/// For every draft whether it has numbered children.
fn numbered_parents(drafts: &[Draft]) -> Vec<bool> {
    let mut has = vec![false; drafts.len()];
    for draft in drafts {
        if let (Some(up), Some(_)) = (draft.parent, draft.mark) {
            has[up] = true;
        }
    }
    has
}

/// Headings without number and titles of tables and boxes: the whole line.
fn unnumbered(source: &str, blocks: &[Block], drafts: &mut [Draft]) {
    for draft in drafts {
        let whole = match draft.kind {
            Kind::Section => draft.mark.is_none(),
            // A table without title begins with the heads of its columns.
            Kind::Table => boxes::is_table_title(&blocks[draft.blocks.0].words(source)),
            _ => false,
        };
        if whole {
            let words = blocks[draft.blocks.0].words(source);
            let end = words.trim_end_matches(['。', ':', '：', ' ']).len();
            let after = draft.label.as_ref().map_or(0, |label| label.end).min(end);
            let rest =
                words[after..end].trim_start_matches(|c| is_blank(c) || "】])）:：.．、—-".contains(c));
            draft.heading = (if draft.label.is_some() { end - rest.len() } else { 0 }, end);
            draft.body = words.len();
            draft.own_line = true;
        }
    }
}

/// Decides for a run of siblings first, then for its members.
fn decide_group(source: &str, blocks: &[Block], drafts: &mut [Draft], group: &[usize]) {
    let class = drafts[group[0]].mark.map_or(Class::Arabic, |mark| mark.class);
    let shapes: Vec<Shape> = group.iter().map(|&at| shape(source, &blocks[drafts[at].blocks.0])).collect();
    let own: Vec<bool> = group
        .iter()
        .zip(&shapes)
        .map(|(&at, shape)| is_own_line(source, blocks, drafts, at, shape, class))
        .collect();
    let others = || shapes.iter().zip(&own).filter(|(_, own)| !**own).map(|(shape, _)| shape);
    let count = others().count();
    let strict = others().filter(|shape| is_strict(shape)).count();
    let lenient = strict * 5 >= count * 3;
    let colons = others().filter(|shape| shape.colon.is_some()).count() * 2 >= count;
    let short =
        lenient && others().filter(|shape| is_strict(shape) && shape.length <= 12).count() * 2 > count;
    for ((&at, shape), own) in group.iter().zip(&shapes).zip(own) {
        let draft = &mut drafts[at];
        draft.body = shape.from;
        if own {
            draft.own_line = true;
            set(draft, shape.from, shape.first, blocks[draft.blocks.0].len());
        } else if class == Class::Article {
            // An article's words are its body, however short its first sentence.
        } else if let Some(end) = runs_into_list(source, &blocks[draft.blocks.0], shape.from) {
            set(draft, shape.from, end, shape.from + end);
        } else if let Some(end) = shape.colon.filter(|_| colons) {
            let words = blocks[draft.blocks.0].words(source);
            let sign = words[shape.from + end..].chars().next().map_or(1, char::len_utf8);
            set(draft, shape.from, end, shape.from + end + sign);
        } else if is_strict(shape) || ((lenient || shape.enumerates) && is_lenient(shape)) {
            set(draft, shape.from, shape.first, shape.from + shape.after);
        } else if short && (shape.length > 25 || !shape.stopped) {
            let words = blocks[draft.blocks.0].words(source);
            if let Some(end) = lost_stop(&words[shape.from..]) {
                set(draft, shape.from, end, shape.from + end);
                draft.flags.push(Flag::Repaired);
            }
        } else if blocks[draft.blocks.0].split {
            let words = blocks[draft.blocks.0].words(source);
            if let Some(length) = split_heading(&words[shape.from..]) {
                set(draft, shape.from, length, shape.from + length);
            }
        }
    }
}

fn set(draft: &mut Draft, from: usize, length: usize, body: usize) {
    draft.heading = (from, from + length);
    draft.body = body;
}

/// One sentence without comma, short, with text after it.
fn is_strict(shape: &Shape) -> bool {
    shape.stopped
        && !shape.single
        && shape.length <= RUN_IN
        && shape.length >= 2
        && shape.commas == 0
        && shape.lists <= 3
}

/// The same with up to two commas; right where most siblings are strict.
fn is_lenient(shape: &Shape) -> bool {
    shape.stopped && !shape.single && shape.length <= RUN_IN && shape.commas <= 2 && shape.lists <= 3
}

/// Whether the words are a heading that fills its line.
fn is_own_line(
    source: &str,
    blocks: &[Block],
    drafts: &[Draft],
    at: usize,
    shape: &Shape,
    class: Class,
) -> bool {
    if !shape.single || shape.length == 0 || shape.length > OWN_LINE {
        return false;
    }
    let below = drafts.get(at + 1).is_some_and(|next| {
        next.parent == Some(at) && (next.mark.is_some() || !is_note(&blocks[next.blocks.0].words(source)))
    });
    if class <= Class::Division {
        return true;
    }
    if class == Class::Article {
        let words = blocks[drafts[at].blocks.0].words(source);
        let announces = words.trim_end_matches(is_blank).ends_with([':', '：']);
        return !shape.stopped && !announces && shape.length <= 25 && shape.commas == 0;
    }
    if shape.stopped {
        below && shape.length <= OWN_LINE_STOPPED
    } else {
        below || shape.length <= OWN_LINE_STOPPED
    }
}

/// A line that only says who is responsible is no body: `(市卫健委牵头)`, `责任单位:…`.
fn is_note(words: &str) -> bool {
    let bare = words.trim_start_matches(['(', '（', '【', '[']);
    let named = ["责任单位", "责任部门", "牵头", "配合", "主要协作", "完成时限", "责任领导", "责任科室"];
    named.iter().any(|start| bare.starts_with(start))
        || (bare.len() < words.len()
            && ["牵头", "负责", "参与", "配合"].iter().any(|verb| words.contains(verb)))
}

/// Looks at the words after the mark of a block.
fn shape(source: &str, block: &Block) -> Shape {
    let words = block.words(source);
    let from = block.mark.map_or(0, |mark| mark.rest).min(words.len());
    let text = &words[from..];
    let (mut commas, mut lists, mut length, mut colon) = (0, 0, 0, None);
    let mut before = ' ';
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        let next_at = at + c.len_utf8();
        let folded = fold_char(c);
        let full = c == '。' || folded == '!';
        let ascii = folded == '.' && is_lost_stop(before, &text[next_at..]);
        if full || ascii {
            let rest = text[next_at..].trim_start_matches(|c: char| is_blank(c) || c == '”');
            let after = text.len() - rest.len();
            return Shape {
                from,
                first: trim(text, at),
                length,
                after,
                commas,
                lists,
                single: rest.is_empty(),
                stopped: true,
                colon,
                enumerates: rest.starts_with("一是") || rest.starts_with("一要"),
            };
        }
        match folded {
            '(' | '《' => depth += 1,
            ')' | '》' => depth = depth.saturating_sub(1),
            ',' | ';' if depth == 0 => commas += 1,
            '、' if depth == 0 => lists += 1,
            ':' if colon.is_none() && commas == 0 && length <= 15 && next_at < text.len() => colon = Some(at),
            _ => {}
        }
        length += 1;
        before = c;
        if length > 200 {
            return Shape {
                from,
                first: at,
                length,
                after: at,
                commas,
                lists,
                single: false,
                stopped: false,
                colon,
                enumerates: false,
            };
        }
    }
    let end =
        text.trim_end_matches(|c: char| is_blank(c) || matches!(c, ':' | '：' | ';' | '；' | '*')).len();
    let ends = text[end..].contains([';', '；']);
    Shape {
        from,
        first: end,
        length,
        after: text.len(),
        commas,
        lists,
        single: true,
        stopped: ends,
        colon,
        enumerates: false,
    }
}

/// Longest heading before a blank on a page whose line breaks were lost, in chars.
const BEFORE_BLANK: u32 = 16;

/// The length of the heading on a page whose line breaks were lost: up to the blank the break left, else a
/// standard heading.
fn split_heading(words: &str) -> Option<usize> {
    let end = words.find(is_blank).filter(|&end| {
        (2..=BEFORE_BLANK).contains(&chars(&words[..end]))
            && words[..end].chars().all(|c| is_han(c) || matches!(c, '“' | '”' | '、' | '，' | ','))
            && words.len() > end + 30
    });
    end.or_else(|| Some(lexicon().standard.iter().find(|word| words.starts_with(**word))?.len()))
}

/// The length of a standard heading that a page without line breaks runs into an enumeration: `存在问题一是甲。`
fn runs_into_list(source: &str, block: &Block, from: usize) -> Option<usize> {
    let words = block.words(source);
    let rest = words.get(from..).filter(|_| block.split)?;
    let standard = lexicon().standard.iter().find(|heading| rest.starts_with(**heading))?;
    rest[standard.len()..].starts_with("一是").then_some(standard.len())
}

/// The end of a heading without the comma or blank before its stop.
fn trim(text: &str, end: usize) -> usize {
    text[..end].trim_end_matches(|c: char| is_blank(c) || matches!(c, ',' | '，')).len()
}

/// An ASCII stop for 。: after a closing quotation, a percent sign or a Han char, before a Han char or the end.
fn is_lost_stop(before: char, rest: &str) -> bool {
    let after = rest.chars().next();
    (is_han(before) || matches!(before, '”' | '%' | ')' | '）' | '》')) && after.is_none_or(is_han)
}

/// Where a heading of the form verb + object ends whose stop was lost: `加强宣传引导坚持导向,…`.
fn lost_stop(text: &str) -> Option<usize> {
    let verb = lexicon().verbs.iter().find(|verb| text.starts_with(**verb))?;
    let begins = chars(verb);
    for (length, (at, c)) in (begins..).zip(text.char_indices().skip(begins as usize)) {
        if !is_han(c) || length > 12 {
            return None;
        }
        let body = |body: &&str| body.len() > 3 && text[at..].starts_with(*body);
        if length >= 4 && lexicon().bodies.iter().any(body) {
            return Some(at);
        }
    }
    None
}
