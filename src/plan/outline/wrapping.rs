//! Whether the lines of a text were broken at a fixed width (as PDF text is), and at which.

use super::furniture::Role;
use super::lines::Line;
use super::marks::{self, Mark};
use crate::text::fold_char;

/// The width at which lines were broken, if they were.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrapping {
    /// In half-widths: a Han char is 2 wide. 0 where lines are whole paragraphs.
    width: usize,
}

/// How much shorter than the full width a broken line can be: a char and a half that did not fit, with a stop.
const SLACK: usize = 7;

impl Wrapping {
    /// Measures the body lines.
    pub fn of(source: &str, lines: &[Line], roles: &[Role]) -> Self {
        let mut counts = [0_u32; 130];
        let (mut long, mut all) = (0, 0);
        let body: Vec<&Line> =
            lines.iter().zip(roles).filter(|(_, role)| **role == Role::Body).map(|(line, _)| line).collect();
        for (at, line) in body.iter().enumerate() {
            if line.piece.end - line.piece.start > 400 {
                long += 1;
                continue;
            }
            let words = line.of(source);
            let width = width(words);
            if width >= counts.len() {
                long += 1;
            } else if width >= 20 {
                all += 1;
                let open =
                    !matches!(words.chars().next_back().map_or(' ', fold_char), '。' | ';' | ':' | '!' | '?');
                // A broken line goes on below; a line above a number is whole, however many end so. What may be
                // an amount at the start of a line (`3.2人`) is none.
                let goes_on = |next: &&Line| marks::read(next.of(source)).is_none_or(Mark::may_be_amount);
                counts[width] += u32::from(open && body.get(at + 1).is_some_and(goes_on));
            }
        }
        let window = |at: usize| counts[at.saturating_sub(SLACK)..=at].iter().sum::<u32>();
        let best = (30..counts.len()).max_by_key(|&at| (window(at), at)).unwrap_or(0);
        let wrapped = window(best) >= 6 && window(best) * 3 >= all && long * 10 <= all;
        Self { width: if wrapped { best } else { 0 } }
    }

    /// Whether lines were broken at all.
    pub fn is_wrapped(self) -> bool {
        self.width > 0
    }

    /// Whether a line fills the width, so that the next one may go on with it.
    pub fn is_full(self, words: &str) -> bool {
        self.width > 0 && width(words) + SLACK >= self.width
    }

    /// Whether the indent of `line` shows that a paragraph begins there.
    pub fn begins_paragraph(before: &Line, line: &Line) -> bool {
        line.indent >= 2 && before.indent + 2 <= line.indent
    }
}

/// Width in half-widths.
fn width(words: &str) -> usize {
    words.bytes().map(|byte| if byte < 0x80 { 1 } else { 2 * usize::from(byte >= 0xc0) }).sum()
}
