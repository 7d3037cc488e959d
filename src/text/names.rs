//! Finding a thing by what a person types of its name: Chinese, English, pinyin, or pinyin initials.

use super::fold;
use pinyin::ToPinyin;

/// How well a name fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the name.
    Whole,
    /// The name begins so.
    Beginning,
    /// The initials of its pinyin begin so.
    Initials,
    /// A word of it begins so.
    WordBeginning,
    /// It is somewhere in the name.
    Inside,
    /// The letters in order, with others between: `jtys` in `jiatingyisheng`.
    Scattered,
}

/// Names to find things by; made once, because pinyin is worked out here.
#[derive(Clone, Debug, Default)]
pub struct Names {
    entries: Vec<Entry>,
}

/// The forms of a thing's names that are compared.
#[derive(Clone, Debug)]
struct Entry {
    zh: String,
    en: String,
    /// `jiatingyisheng`
    pinyin: String,
    /// `jtys`
    initials: String,
}

impl Names {
    /// Prepares pairs of a Chinese and an English name; either may be empty.
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self { entries: names.into_iter().map(|(zh, en)| Entry::new(zh, en)).collect() }
    }

    /// The names that fit what was typed, by their place, with how well they fit: the best first and in the
    /// given order among equals; all for an empty query. Case, width and blanks do not matter.
    pub fn find(&self, query: &str) -> Vec<(Fit, usize)> {
        let words = fold(query.trim());
        let joined: String = words.chars().filter(|char| !matches!(char, ' ' | '\'')).collect();
        let fits =
            self.entries.iter().enumerate().filter_map(|(at, entry)| Some((entry.fit(&words, &joined)?, at)));
        let mut found: Vec<_> = fits.collect();
        found.sort_unstable();
        found
    }
}

impl Entry {
    fn new(zh: &str, en: &str) -> Self {
        let (mut pinyin, mut initials) = (String::new(), String::new());
        for char in fold(zh).chars() {
            match char.to_pinyin() {
                Some(sound) => {
                    pinyin.push_str(&sound.plain().replace('ü', "v"));
                    initials.push_str(&sound.first_letter().replace('ü', "v"));
                }
                None if char.is_alphanumeric() => {
                    pinyin.push(char);
                    initials.push(char);
                }
                None => {}
            }
        }
        Self { zh: fold(zh), en: parted(&fold(en)), pinyin, initials }
    }

    fn fit(&self, words: &str, joined: &str) -> Option<Fit> {
        if joined.is_empty() {
            return Some(Fit::Whole);
        }
        let by_name = |name: &str, query: &str| {
            if name == query {
                Some(Fit::Whole)
            } else if name.starts_with(query) {
                Some(Fit::Beginning)
            } else if name.split(|char: char| !char.is_alphanumeric()).any(|word| word.starts_with(query)) {
                Some(Fit::WordBeginning)
            } else {
                name.contains(query).then_some(Fit::Inside)
            }
        };
        let by_initials = self.initials.starts_with(joined).then_some(Fit::Initials);
        let inside_initials = (joined.len() > 1 && self.initials.contains(joined)).then_some(Fit::Inside);
        let scattered = (joined.is_ascii() && is_scattered(joined, &self.pinyin)).then_some(Fit::Scattered);
        let names = [
            by_name(&self.zh, words),
            by_name(&self.zh, joined),
            by_name(&self.en, &parted(words)),
            by_name(&self.pinyin, joined),
        ];
        names.into_iter().chain([by_initials, inside_initials, scattered]).flatten().min()
    }
}

/// With blanks for hyphens, which people leave out: `family-doctor` is `family doctor`.
fn parted(words: &str) -> String {
    words.replace('-', " ")
}

/// Whether the chars of `query` stand in `name` in their order, beginning with the first of both.
fn is_scattered(query: &str, name: &str) -> bool {
    let mut rest = name.chars();
    query.len() > 1
        && name.chars().next() == query.chars().next()
        && query.chars().all(|wanted| rest.any(|char| char == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_names_never_fit_words() {
        let names = Names::new([("", "Undo"), ("撤销", "")]);
        let found = |query| names.find(query).into_iter().map(|(_, at)| at).collect::<Vec<_>>();
        assert_eq!(found("undo"), [0]);
        assert_eq!(found("cx"), [1]);
        let names = Names::new([("家庭医生", "Family-doctor contract")]);
        assert_eq!(names.find("family doctor").len(), 1, "hyphens make no difference");
        assert_eq!(found(""), [0, 1]);
    }
}
