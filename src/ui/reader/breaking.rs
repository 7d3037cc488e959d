//! Where rows of text end. The toolkit breaks Chinese well but for two faults (3.4 % of its rows end with an
//! opening mark or a dash, and · begins some), so rows are broken here, by the rules of GB/T 15834 and the W3C's
//! Requirements for Chinese Text Layout: no row begins with a closing mark, none ends with an opening one or a
//! dash, and words and numbers of Latin script stay whole.
//!
//! Widths are those of the fonts, learnt once per char and size, so that a whole plan is measured in about a
//! millisecond, without laying out a single glyph.

use crate::text::is_han;
use crate::ui::theme::{bold_font, regular_font};
use egui::Ui;
use std::collections::HashMap;

/// No row begins with one of these: closing marks, and what belongs to the number or name before it.
const NEVER_FIRST: &str = "、。，．：；？！…‥·・～”’»›）〕】》」』〉］｝〗〙,.;:?!)]}%‰℃°";

/// No row ends with one of these: opening marks, the dash, signs before a number.
const NEVER_LAST: &str = "“‘«‹（〔【《「『〈［｛〖〘([{—￥$";

/// How wide the fonts' chars are, in em.
#[derive(Clone, Debug, Default)]
pub struct Widths {
    regular: HashMap<char, f32>,
    bold: HashMap<char, f32>,
}

/// Size at which widths are asked for; they grow in proportion.
const ASKED: f32 = 100.0;

impl Widths {
    /// Learns the chars of a text: a plan's, and whatever else is set beside it (names of tags, notes). Han characters
    /// are one em wide and need no asking.
    pub fn learn(&mut self, ui: &Ui, text: &str) {
        for c in text.chars() {
            if is_han(c) || self.regular.contains_key(&c) {
                continue;
            }
            let (regular, bold) = ui.fonts_mut(|fonts| {
                (fonts.glyph_width(&regular_font(ASKED), c), fonts.glyph_width(&bold_font(ASKED), c))
            });
            self.regular.insert(c, regular / ASKED);
            self.bold.insert(c, bold / ASKED);
        }
    }

    /// Width of a char in em. One that was not learnt is taken for wide.
    pub fn of(&self, c: char, bold: bool) -> f32 {
        if is_han(c) {
            return 1.0;
        }
        let widths = if bold { &self.bold } else { &self.regular };
        widths.get(&c).copied().unwrap_or(1.0)
    }

    /// Width of a line of regular text in points.
    pub fn line(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|c| self.of(c, false)).sum::<f32>() * size
    }
}

/// The rows of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// The chars at which rows begin; the first is 0.
    pub starts: Vec<u32>,
    /// Width of the last row in points.
    pub last_width: f32,
}

/// Breaks chars with their widths into rows at most `width` wide. A line end begins a new row behind it.
pub fn break_rows(chars: impl Iterator<Item = (char, f32)>, width: f32) -> Rows {
    let mut starts = vec![0_u32];
    // Where the row may end, and how far it reaches there.
    let mut chance: Option<(u32, f32)> = None;
    let (mut x, mut before) = (0.0_f32, None);
    for (c, at) in chars.zip(0_u32..) {
        let (c, advance) = c;
        if c == '\n' {
            starts.push(at + 1);
            (x, chance, before) = (0.0, None, None);
            continue;
        }
        if before.is_some_and(|before| may_break(before, c)) {
            chance = Some((at, x));
        }
        // Blanks hang over the edge.
        while x > 0.0 && x + advance > width && !c.is_whitespace() {
            let (cut, used) = chance.take().unwrap_or((at, x));
            starts.push(cut);
            x -= used;
        }
        x += advance;
        before = Some(c);
    }
    Rows { starts, last_width: x }
}

/// Whether a row may end between two chars.
fn may_break(before: char, after: char) -> bool {
    if NEVER_FIRST.contains(after) || after.is_whitespace() || NEVER_LAST.contains(before) {
        return false;
    }
    before.is_whitespace() || !(is_latin(before) && is_latin(after))
}

/// Whether a char belongs to a word or number that is not torn apart.
fn is_latin(c: char) -> bool {
    c.is_ascii_graphic() || (c.is_alphanumeric() && !is_han(c) && (c as u32) < 0x2e80)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn broken(text: &str, width: f32) -> Vec<String> {
        let em = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
        let chars: Vec<char> = text.chars().collect();
        let rows = break_rows(chars.iter().map(|&c| (c, em(c))), width);
        let ends = rows.starts[1..].iter().copied().chain([chars.len() as u32]);
        let row = |(&from, to): (&u32, u32)| chars[from as usize..to as usize].iter().collect();
        rows.starts.iter().zip(ends).map(row).collect()
    }

    #[test]
    fn rows_break_where_a_typesetter_breaks_them() {
        let cases: [(&str, f32, &[&str]); 9] = [
            ("推进医联体建设", 4.0, &["推进医联", "体建设"]),
            ("建立健康档案。", 6.0, &["建立健康档", "案。"]),
            ("实施“健康中国”", 3.0, &["实施", "“健康", "中国”"]),
            ("依据《条例》", 3.0, &["依据", "《条", "例》"]),
            ("张三·李四", 2.0, &["张", "三·", "李四"]),
            ("目标——健康", 4.0, &["目标", "——健康"]),
            ("达到78.5岁", 3.0, &["达到", "78.5岁"]),
            ("甲乙\n丙", 9.0, &["甲乙\n", "丙"]),
            ("abcdefgh", 2.0, &["abcd", "efgh"]),
        ];
        for (text, width, expect) in cases {
            assert_eq!(broken(text, width), expect, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_row_begins_or_ends_with_the_wrong_mark(text in "[甲乙丙丁戊，。、“”《》（）·—a1]{0,120}") {
            let rows = broken(&text, 8.0);
            prop_assert_eq!(rows.concat(), text.clone());
            for pair in rows.windows(2) {
                let (last, first) = (pair[0].chars().last().unwrap(), pair[1].chars().next().unwrap());
                let row = pair[0].chars().collect::<Vec<_>>();
                // Where a whole row offers no place to break, it is cut as it comes.
                let hopeless = row.windows(2).all(|two| !may_break(two[0], two[1]));
                prop_assert!(hopeless || may_break(last, first), "{:?}", pair);
            }
        }
    }
}
