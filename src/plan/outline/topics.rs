//! Topic sentences of paragraphs without number: `政府主导,共建共享。…`

use super::lines::chars;
use super::repair::Block;
use super::tree::Draft;
use crate::plan::Kind;
use crate::text::fold_char;

/// Longest topic sentence, in chars.
const TOPIC: u32 = 25;

/// Gives a heading to neighbouring paragraphs that each lead in with a short first sentence.
pub(super) fn lead_paragraphs(source: &str, blocks: &[Block], drafts: &mut [Draft]) {
    let mut at = 0;
    while at < drafts.len() {
        let run = drafts[at..]
            .iter()
            .take_while(|draft| draft.kind == Kind::Paragraph && draft.parent == drafts[at].parent)
            .count();
        let ends: Vec<Option<usize>> =
            drafts[at..at + run].iter().map(|draft| lead(&blocks[draft.blocks.0].words(source))).collect();
        if ends.iter().flatten().count() >= 3 && drafts[at].parent.is_some() {
            for (draft, end) in drafts[at..at + run].iter_mut().zip(ends) {
                if let Some(end) = end {
                    draft.heading = (0, end);
                    draft.body = end + '。'.len_utf8();
                }
            }
        }
        at += run.max(1);
    }
}

/// Where the short first sentence of a longer paragraph ends.
fn lead(words: &str) -> Option<usize> {
    let end = words.find('。')?;
    let first = &words[..end];
    let commas = first.chars().filter(|&c| fold_char(c) == ',').count();
    let digits = first.chars().any(|c| c.is_ascii_digit());
    (chars(first) <= TOPIC && commas <= 1 && !digits && words.len() > end + 60).then_some(end)
}
