//! The word lists of `assets/reading`, parsed once.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// The lists of one file, by the name in its `[brackets]`.
type Lists = HashMap<&'static str, Vec<&'static str>>;

/// The lists the reader knows furniture and headings by.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Words that alone make a line furniture, longest first, by their first char.
    pub words: HashMap<char, Vec<&'static str>>,
    /// Beginnings of furniture lines.
    pub starts: Vec<&'static str>,
    /// What short furniture lines hold.
    pub holds: Vec<&'static str>,
    /// Lines after which a page lists other pages.
    pub ends: HashSet<&'static str>,
    /// Labels of metadata rows, by their last char.
    pub labels: HashMap<char, Vec<&'static str>>,
    /// Headings that stand in plans word for word, longest first.
    pub standard: Vec<&'static str>,
    /// Headings that stand without number.
    pub unnumbered: HashSet<&'static str>,
    /// Verbs that begin a heading.
    pub verbs: Vec<&'static str>,
    /// Verbs that begin a body.
    pub bodies: Vec<&'static str>,
    /// Marks that sites inject.
    pub injected: Vec<&'static str>,
}

/// The lexicon.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let furniture = lists(include_str!("../../../assets/reading/furniture.txt"));
        let headings = lists(include_str!("../../../assets/reading/headings.txt"));
        let injected = include_str!("../../../assets/reading/injected.txt");
        let take = |lists: &Lists, name: &str| lists.get(name).cloned().unwrap_or_default();
        Lexicon {
            words: by_char(take(&furniture, "words"), |word| word.chars().next()),
            starts: take(&furniture, "starts"),
            holds: take(&furniture, "holds"),
            ends: take(&furniture, "ends").into_iter().collect(),
            labels: by_char(take(&furniture, "labels"), |word| word.chars().last()),
            standard: longest_first(take(&headings, "standard")),
            unnumbered: take(&headings, "unnumbered").into_iter().collect(),
            verbs: take(&headings, "verbs"),
            bodies: take(&headings, "bodies"),
            injected: content(injected).map(str::trim).collect(),
        }
    })
}

/// The lines of a list file that are neither empty nor a comment.
fn content(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with("# "))
}

/// Splits a file into its lists. Words are parted by blanks.
fn lists(file: &'static str) -> Lists {
    let mut lists = Lists::new();
    let mut name = "";
    for line in content(file) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(section) if section.is_ascii() => name = section,
            _ => lists.entry(name).or_default().extend(line.split_whitespace()),
        }
    }
    lists
}

fn longest_first(mut words: Vec<&'static str>) -> Vec<&'static str> {
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

fn by_char(words: Vec<&'static str>, key: fn(&str) -> Option<char>) -> HashMap<char, Vec<&'static str>> {
    let mut map: HashMap<char, Vec<&'static str>> = HashMap::new();
    for word in longest_first(words) {
        if let Some(c) = key(word) {
            map.entry(c).or_default().push(word);
        }
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_there() {
        let lexicon = lexicon();
        assert!(lexicon.words[&'打'].contains(&"打印"));
        assert!(lexicon.starts.contains(&"当前位置"));
        assert!(lexicon.holds.contains(&"ICP备"));
        assert!(lexicon.ends.contains("相关解读"));
        assert!(lexicon.labels[&'间'].contains(&"发布时间"));
        assert!(lexicon.standard.contains(&"总体要求"));
        assert!(lexicon.unnumbered.contains("总则"));
        assert!(lexicon.bodies.contains(&"坚持"));
        assert!(lexicon.injected.iter().all(|mark| !mark.starts_with('#')));
    }
}
