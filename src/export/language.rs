//! The language of heads and fixed words in what is written out; the plans' words stay as they are.

/// In which language heads and fixed words are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// 中文
    #[default]
    Chinese,
    /// English
    English,
}

impl Language {
    /// One of two wordings.
    pub fn say<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Chinese => zh,
            Self::English => en,
        }
    }

    /// As files name it (BCP 47).
    pub fn code(self) -> &'static str {
        self.say("zh-CN", "en")
    }

    /// Heads of a table.
    pub(super) fn heads(self, heads: &[(&str, &str)]) -> Vec<String> {
        heads.iter().map(|&(zh, en)| self.say(zh, en).to_owned()).collect()
    }
}
