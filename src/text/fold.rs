//! The matching form: one spelling for widths and case, so that `（１）`, `(1)` and `ＪＣＩ`, `jci` meet.
//!
//! Folding maps one char to one char, so offsets in the folded form are offsets in the text.

/// The matching form of one char: full-width ASCII becomes ASCII, letters become small, blanks of every
/// kind (NBSP, U+3000, tab) become a blank. All else, also `、。“”《》①Ⅲ‰`, stays.
pub fn fold_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
        'A'..='Z' => c.to_ascii_lowercase(),
        _ if is_blank(c) => ' ',
        _ => c,
    }
}

/// The matching form of a text, char by char.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// Blanks that documents use for layout: ASCII blank and tab, NBSP, U+3000, zero-width and thin blanks.
/// Line ends are not blanks.
pub fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{a0}' | '\u{3000}' | '\u{feff}' | '\u{2000}'
            ..='\u{200f}' | '\u{202f}' | '\u{205f}' | '\u{2060}'
    )
}

/// Whether a char is a Han ideograph (or the zero 〇).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_case_and_blanks_fold_one_to_one() {
        let cases =
            [("（１）ＪＣＩ", "(1)jci"), ("甲\u{3000}乙\u{a0}", "甲 乙 "), ("“十四五”。", "“十四五”。")];
        for (text, folded) in cases {
            assert_eq!(fold(text), folded);
            assert_eq!(fold(text).chars().count(), text.chars().count());
        }
    }
}
