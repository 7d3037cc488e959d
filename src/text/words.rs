//! Words, as the dictionary of jieba cuts them. For keywords and word-level comparison; search and alignment
//! stand on characters, because a third of the field's terms are no words of the dictionary.

use jieba_rs::Jieba;
use std::sync::OnceLock;

static DICTIONARY: OnceLock<Jieba> = OnceLock::new();

/// Loads the dictionary (about 0.15 s and 32 MB, once); call it off the thread that draws.
pub fn load_dictionary() -> &'static Jieba {
    DICTIONARY.get_or_init(Jieba::new)
}

/// The words of a text in order; together they are the text. Loads the dictionary if need be.
pub fn words(text: &str) -> Vec<&str> {
    load_dictionary().cut(text, false).into_iter().map(|token| token.word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_make_up_the_text() {
        let text = "加强社区卫生服务,\n培训全科医生20名。";
        let words = words(text);
        assert_eq!(words.concat(), text);
        assert!(words.contains(&"全科"), "{words:?}");
    }
}
