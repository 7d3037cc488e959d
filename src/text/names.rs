//! Finding a thing by what a person types of its name: Chinese, English, pinyin, pinyin initials, or a mixture of
//! both. Chars with several readings are found by each: 厦门 by `xiamen` and `shamen`, 重 by `zhong` and `chong`.

use super::fold;
use pinyin::ToPinyinMulti;
use std::ops::Range;

/// How well a name fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the name.
    Whole,
    /// The name begins so.
    Beginning,
    /// The initials of its pinyin begin so, or initials and pinyin mixed: `jiatys`.
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
    sounds: Sounds,
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
        let zh = fold(zh);
        Self { sounds: Sounds::of(&zh), en: parted(&fold(en)), zh }
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
        let by_sound = if joined.is_ascii() { self.sounds.fit(joined.as_bytes()) } else { None };
        let names = [
            by_name(&self.zh, words),
            by_name(&self.zh, joined),
            by_name(&self.en, &parted(words)),
            by_sound,
        ];
        names.into_iter().flatten().min()
    }
}

/// With blanks for hyphens, which people leave out: `family-doctor` is `family doctor`.
fn parted(words: &str) -> String {
    words.replace('-', " ")
}

/// How the chars of a name sound: the readings of each in pinyin without tones, letters and digits as they are,
/// all else left out.
#[derive(Clone, Debug, Default)]
struct Sounds {
    readings: Vec<&'static str>,
    /// The readings of each char.
    chars: Vec<Range<u32>>,
}

impl Sounds {
    fn of(name: &str) -> Self {
        const ASCII: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
        let mut sounds = Self::default();
        for char in name.chars() {
            let from = sounds.readings.len();
            if let Some(at) = ASCII.find(char) {
                sounds.readings.push(&ASCII[at..=at]);
            } else if let Some(readings) = char.to_pinyin_multi() {
                for reading in readings {
                    let reading = reading.plain();
                    if !sounds.readings[from..].contains(&reading) {
                        sounds.readings.push(reading);
                    }
                }
            }
            let to = sounds.readings.len();
            if to > from {
                sounds.chars.push(from as u32..to as u32);
            }
        }
        sounds
    }

    fn of_char(&self, at: usize) -> &[&'static str] {
        self.chars.get(at).map_or(&[], |range| &self.readings[range.start as usize..range.end as usize])
    }

    fn fit(&self, query: &[u8]) -> Option<Fit> {
        if let Some(end) = self.read(0, query, true) {
            return Some(if end == self.chars.len() { Fit::Whole } else { Fit::Beginning });
        }
        if self.read(0, query, false).is_some() {
            return Some(Fit::Initials);
        }
        let inside = |whole| (1..self.chars.len()).any(|at| self.read(at, query, whole).is_some());
        if inside(true) || (query.len() > 1 && inside(false)) {
            return Some(Fit::Inside);
        }
        self.is_scattered(query).then_some(Fit::Scattered)
    }

    /// Reads `query` off the chars from `at` on; gives the char after the last one read. `whole`: every syllable but
    /// the last must be there to its end; else its beginning is enough.
    fn read(&self, at: usize, query: &[u8], whole: bool) -> Option<usize> {
        if query.is_empty() {
            return Some(at);
        }
        self.of_char(at).iter().find_map(|reading| {
            let (shared, len) = shared(reading, query);
            if shared == query.len() {
                // A part of a syllable at the end reads the char, but is not the whole name.
                return Some(if shared == len || !whole { at + 1 } else { at });
            }
            let least = if whole { len } else { 1 };
            (least..=shared)
                .rev()
                .filter(|&taken| taken > 0)
                .find_map(|taken| self.read(at + 1, &query[taken..], whole))
        })
    }

    /// Whether the letters of `query` stand in the first readings in their order, beginning with the first of both.
    fn is_scattered(&self, query: &[u8]) -> bool {
        let mut letters = (0..self.chars.len()).flat_map(|at| self.of_char(at)[0].bytes());
        let first = self.of_char(0).first().and_then(|reading| reading.bytes().next());
        query.len() > 1
            && first == query.first().copied()
            && query.iter().all(|wanted| letters.any(|letter| letter == *wanted))
    }
}

/// How many letters `query` shares with the beginning of a reading, and how many the reading has. `ü` is typed `v`.
fn shared(reading: &str, query: &[u8]) -> (usize, usize) {
    let typed = |char: char| if char == 'ü' { b'v' } else { u8::try_from(char).unwrap_or_default() };
    let shared = reading.chars().zip(query).take_while(|&(char, wanted)| typed(char) == *wanted).count();
    (shared, reading.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(names: &[(&str, &str)], query: &str) -> Vec<usize> {
        Names::new(names.iter().copied()).find(query).into_iter().map(|(_, at)| at).collect()
    }

    #[test]
    fn empty_names_never_fit_words() {
        let names = [("", "Undo"), ("撤销", "")];
        assert_eq!(find(&names, "undo"), [0]);
        assert_eq!(find(&names, "cx"), [1]);
        assert_eq!(find(&names, ""), [0, 1]);
    }

    #[test]
    fn every_reading_of_a_char_finds_it() {
        let names = [("厦门2017工作要点", ""), ("重庆2017", ""), ("南宁2017", "")];
        for query in ["xm2017", "xiamen", "xiam", "shamen", "xmen2017gz"] {
            assert_eq!(find(&names, query), [0], "{query}");
        }
        for query in ["cq", "chongqing", "zhongqing", "chongq2017"] {
            assert_eq!(find(&names, query), [1], "{query}");
        }
        assert_eq!(find(&names, "2017"), [0, 1, 2]);
    }

    #[test]
    fn hyphens_make_no_difference() {
        assert_eq!(find(&[("家庭医生", "Family-doctor contract")], "family doctor"), [0]);
    }
}
