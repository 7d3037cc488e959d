//! Words, as the dictionary of jieba cuts them. For keywords and word-level comparison; search and alignment
//! stand on characters, because a third of the field's terms are no words of the dictionary.

use super::is_han;
use jieba_rs::Jieba;
use std::ops::Range;
use std::sync::OnceLock;

static DICTIONARY: OnceLock<Jieba> = OnceLock::new();

/// Loads the dictionary (about 0.15 s and 32 MB, once); call it off the thread that draws.
pub fn load_dictionary() -> &'static Jieba {
    DICTIONARY.get_or_init(Jieba::new)
}

/// Whether the dictionary is loaded.
pub fn dictionary_is_loaded() -> bool {
    DICTIONARY.get().is_some()
}

/// The words of a text in order; together they are the text. Loads the dictionary if need be.
pub fn words(text: &str) -> Vec<&str> {
    load_dictionary().cut(text, false).into_iter().map(|token| token.word).collect()
}

/// The word around the char `at` of a short text (a sentence), in chars. While the dictionary is not loaded: the
/// run of like chars around it.
pub fn word_at(text: &str, at: usize) -> Range<usize> {
    let mut from = 0;
    for word in loaded_words(text) {
        let to = from + word.chars().count();
        if at < to {
            return from..to;
        }
        from = to;
    }
    from..from
}

/// Words where the dictionary is loaded, else runs of Han chars, of letters and digits, and single other chars.
fn loaded_words(text: &str) -> Vec<&str> {
    match DICTIONARY.get() {
        Some(dictionary) => dictionary.cut(text, false).into_iter().map(|token| token.word).collect(),
        None => runs(text),
    }
}

fn runs(text: &str) -> Vec<&str> {
    let class = |c: char| if is_han(c) { 1 } else { 2 * u8::from(c.is_alphanumeric()) };
    let (mut runs, mut start, mut before) = (Vec::new(), 0, None);
    for (at, c) in text.char_indices() {
        let class = class(c);
        if before.is_some_and(|before| before != class || class == 0) {
            runs.push(&text[start..at]);
            start = at;
        }
        before = Some(class);
    }
    if start < text.len() {
        runs.push(&text[start..]);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_around_a_char() {
        load_dictionary();
        let text = "加强社区卫生服务，培训全科医生20名";
        let word =
            |at| text.chars().skip(word_at(text, at).start).take(word_at(text, at).len()).collect::<String>();
        for (at, expect) in [(0, "加强"), (3, "社区卫生"), (8, "，"), (12, "全科"), (16, "20")] {
            assert_eq!(word(at), expect, "{at}");
        }
        assert!(word_at(text, 99).is_empty());
    }

    #[test]
    fn without_a_dictionary_runs_of_like_chars_stand_for_words() {
        assert_eq!(runs("加强，20名a。”"), ["加强", "，", "20", "名", "a", "。", "”"]);
    }

    #[test]
    fn words_make_up_the_text() {
        let text = "加强社区卫生服务,\n培训全科医生20名。";
        let words = words(text);
        assert_eq!(words.concat(), text);
        assert!(words.contains(&"全科"), "{words:?}");
    }
}
