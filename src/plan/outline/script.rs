//! Mirrors of pages: readings in brackets, and traditional script for matching: a text in it is read through its simplified form, which has the same bytes
//! at the same places; what is shown is always the text itself.

use crate::text::is_han;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// How far a text is looked at to tell its script, in bytes.
const SAMPLE: usize = 12_000;
/// So many different tell-tale chars make a text traditional.
const ENOUGH: usize = 4;
/// Chars that no simplified text about health holds.
const TELLTALE: [&str; 10] = ["衛", "醫", "務", "療", "發", "會", "實", "總", "標", "強"];

fn table() -> &'static HashMap<char, char> {
    static TABLE: OnceLock<HashMap<char, char>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let file = include_str!("../../../assets/reading/traditional.txt");
        let pairs = file.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
        pairs
            .filter_map(|pair| {
                let mut chars = pair.chars();
                let (from, to) = (chars.next()?, chars.next()?);
                (from.len_utf8() == to.len_utf8()).then_some((from, to))
            })
            .collect()
    })
}

/// The form in which a text is matched: itself, or its simplified form char by char where it is traditional.
pub(super) fn for_matching(text: &str) -> Cow<'_, str> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text.as_bytes()[..end];
    let found = TELLTALE.iter().filter(|c| memchr::memmem::find(sample, c.as_bytes()).is_some()).count();
    if found < ENOUGH {
        return Cow::Borrowed(text);
    }
    let table = table();
    Cow::Owned(text.chars().map(|c| table.get(&c).copied().unwrap_or(c)).collect())
}

/// Longest reading in brackets, in letters.
const LONGEST_READING: usize = 6;

/// How many chars a reading at the start of some words has, brackets included: `(wèi)` in `衛(wèi)生`, as mirrors
/// write beside chars. 0 where none stands there.
pub(in crate::plan) fn reading(words: &str) -> usize {
    let mut letters = 0;
    let mut vowels = 0;
    for c in words.chars().skip(1) {
        match c {
            ')' if letters > 0 && vowels > 0 => return letters + 2,
            'a' | 'e' | 'i' | 'o' | 'u' | 'à'..='ü' | 'ā'..='ǜ' => vowels += 1,
            'b'..='z' => {}
            _ => return 0,
        }
        letters += 1;
        if letters > LONGEST_READING {
            return 0;
        }
    }
    0
}

/// Some words without the readings in brackets behind their chars.
pub(super) fn without_readings(title: &str) -> String {
    let mut left = String::with_capacity(title.len());
    let mut rest = title;
    while let Some(at) = rest.find('(') {
        let skipped = if rest[..at].ends_with(is_han) { reading(&rest[at..]) } else { 0 };
        let end = at + rest[at..].chars().take(skipped.max(1)).map(char::len_utf8).sum::<usize>();
        left.push_str(if skipped > 0 { &rest[..at] } else { &rest[..end] });
        rest = &rest[end..];
    }
    left + rest
}

/// The words of `text` at the place where `matched` stands in its matching form; `matched` where it is not found.
pub(super) fn as_written(text: &str, form: &str, matched: &str) -> String {
    let written = |text: &str, form: &str| {
        let at = memchr::memmem::find(form.as_bytes(), matched.as_bytes())?;
        text.get(at..at + matched.len()).map(str::to_owned)
    };
    written(text, form)
        .or_else(|| written(&without_readings(text), &without_readings(form)))
        .unwrap_or_else(|| matched.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_stay_where_they_are() {
        let text = "甲縣衛生局關於印發醫療服務總體標準的通知(1)";
        let form = for_matching(text);
        assert_eq!(form, "甲县卫生局关于印发医疗服务总体标准的通知(1)");
        assert_eq!(form.len(), text.len());
        assert_eq!(as_written(text, &form, "医疗服务"), "醫療服務");
        assert!(matches!(for_matching("甲县卫生局"), Cow::Borrowed(_)));
    }

    #[test]
    fn readings_in_brackets() {
        assert_eq!(without_readings("甲縣衛(wèi)生局(試行)關(guān)于(a)"), "甲縣衛生局(試行)關于");
        assert_eq!(as_written("甲縣衛(wèi)生局", "甲县卫(wèi)生局", "县卫生局"), "縣衛生局");
    }
}
