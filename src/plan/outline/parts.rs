//! Parts with a numbering of their own: annexes, and other documents on the same page.

use super::lines::chars;
use super::marks::{CLASSES, Class, Mark};
use super::metadata::shapes;
use super::numerals;
use super::repair::Block;
use super::structure::{Part, Sort};
use crate::text::{fold_char, is_blank};
use std::ops::Range;

/// Divides the blocks into parts; also says how many documents there are beside annexes.
pub(super) fn divide(source: &str, blocks: &[Block]) -> (Vec<Part>, u32) {
    let mut parts: Vec<Part> = Vec::new();
    let mut documents = 1;
    let mut from = 0;
    let mut heading = None;
    let mut counts = [0_u32; CLASSES];
    for at in 0..blocks.len() {
        if let Some(mark) = blocks[at].mark.filter(|mark| !mark.doubtful) {
            counts[mark.class as usize] += 1;
        }
        let annex = is_annex_heading(source, blocks, at);
        let document = !annex && begins_document(source, blocks, at, &counts);
        if !(annex || document) {
            continue;
        }
        if at > from {
            parts.push(Part { from, to: at, heading });
        }
        documents += u32::from(document);
        (from, heading) = (at, annex.then_some(at));
    }
    parts.push(Part { from, to: blocks.len(), heading });
    (parts, documents)
}

/// Whether a block is the line `附件2` (perhaps with a title) that an annex begins with, not one of a list.
fn is_annex_heading(source: &str, blocks: &[Block], at: usize) -> bool {
    let words = blocks[at].words(source);
    let Some(annex) = Annex::read(&words) else { return false };
    let neighbour = |at: Option<usize>| {
        at.and_then(|at| blocks.get(at)).is_some_and(|block| Annex::read(&block.words(source)).is_some())
    };
    let listed = annex.titled && (neighbour(at.checked_sub(1)) || neighbour(Some(at + 1)));
    let opens_list = annex.colon && annex.titled && !annex.numbered;
    let numbered_below = annex.colon
        && !annex.numbered
        && blocks
            .get(at + 1)
            .is_some_and(|next| next.mark.is_some_and(|m| m.class == Class::Arabic && m.value == 1));
    !listed && !opens_list && !numbered_below && at + 1 < blocks.len()
}

/// The bytes of `附件2` in the line that an annex begins with; without a number those of `附件` alone.
pub(super) fn annex_number(words: &str) -> Option<Range<usize>> {
    numerals::named(words, &["附件", "附录"])
}

/// Whether the line below `附件2` is its title.
pub(super) fn is_annex_title(words: &str) -> bool {
    let stops = ['。', ';', '；', ':', '：', '!', '！', '|', '\t'];
    (2..=50).contains(&chars(words)) && !words.contains(stops) && !shapes::is_date_line(words)
}

/// A line that begins with 附件.
struct Annex {
    numbered: bool,
    colon: bool,
    titled: bool,
}

impl Annex {
    fn read(words: &str) -> Option<Self> {
        let rest = words.trim_start_matches(['【', '[', '(', '（']);
        let rest =
            rest.strip_prefix("附件").or_else(|| rest.strip_prefix("附录"))?.trim_start_matches(is_blank);
        if chars(words) > 60 || words.contains('。') {
            return None;
        }
        let number = numerals::read_arabic(rest, 2).or_else(|| numerals::read_chinese(rest));
        let rest = &rest[number.map_or(0, |(_, len)| len)..];
        let rest = rest.trim_start_matches(|c: char| is_blank(c) || "】])）".contains(c));
        let colon = rest.starts_with([':', '：']);
        let title = rest.trim_start_matches(|c: char| is_blank(c) || ":：.．、".contains(c));
        let blank_before = colon || rest.len() != words.len() && number.is_some();
        (title.is_empty() || blank_before).then_some(Self {
            numbered: number.is_some(),
            colon,
            titled: !title.is_empty(),
        })
    }
}

/// Whether another document begins: a title after a whole document, with its numbers beginning anew.
/// `counts` are the marks of each class before it.
fn begins_document(source: &str, blocks: &[Block], at: usize, counts: &[u32; CLASSES]) -> bool {
    if at == 0 || blocks[at].mark.is_some_and(|mark| !mark.doubtful) {
        return false;
    }
    let words = blocks[at].words(source);
    if words.len() > 240 || chars(&words) > 60 || !shapes::is_title(&words) {
        return false;
    }
    let first = |mark: &Mark| mark.value == 1 && mark.class <= Class::Chinese && !mark.doubtful;
    let restarts = blocks[at + 1..]
        .iter()
        .take(12)
        .filter_map(|block| block.mark)
        .find(|m| m.class <= Class::Chinese && !m.doubtful);
    let Some(restart) = restarts.filter(first) else { return false };
    counts[restart.class as usize] >= 2
}

/// An annex that holds the plan itself (a notice with the plan as its only annex) is no heading above it.
pub(super) fn promote_main(sorts: &[Sort], parts: &mut [Part]) {
    let numbered =
        |part: &Part| sorts[part.from..part.to].iter().filter(|sort| **sort == Sort::Numbered).count();
    let mut before = 0;
    for part in parts {
        let count = numbered(part);
        if part.heading.is_some() && before < count.max(1) {
            part.heading = None;
        }
        before += count;
    }
}

/// Whether a line lists annexes at the end of a document: `附件:1.任务分工表`.
pub(super) fn is_annex_list(words: &str) -> bool {
    Annex::read(words).is_some_and(|annex| annex.titled)
        || (words.starts_with("附件") && words.chars().nth(2).map(fold_char) == Some(':'))
}
