//! Finding a tag by what a person types: Chinese, English, pinyin, or pinyin initials.

use super::{Codebook, Tag};
use crate::text::fold;
use pinyin::ToPinyin;

/// How well a name fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Beginning,
    Initials,
    WordBeginning,
    Inside,
    /// The letters in order, with others between: `jtys` in `jiatingyisheng`.
    Scattered,
}

/// Finds tags of one codebook; made once per codebook, because pinyin is worked out here.
#[derive(Clone, Debug)]
pub struct Lookup {
    entries: Vec<Entry>,
}

/// The forms of a tag's names that are compared.
#[derive(Clone, Debug)]
struct Entry {
    zh: String,
    en: String,
    /// `jiatingyisheng`
    pinyin: String,
    /// `jtys`
    initials: String,
}

impl Lookup {
    /// Prepares the tags of a codebook.
    pub fn new(codebook: &Codebook) -> Self {
        Self { entries: codebook.tags.iter().map(Entry::new).collect() }
    }

    /// The tags that fit what was typed, the best first and in the codebook's order among equals; all for an
    /// empty query. Gives indices into `codebook.tags`. Case, width and blanks do not matter.
    pub fn find(&self, query: &str) -> Vec<usize> {
        let words = fold(query.trim());
        let joined: String = words.chars().filter(|char| !matches!(char, ' ' | '\'')).collect();
        let fits =
            self.entries.iter().enumerate().filter_map(|(at, entry)| Some((entry.fit(&words, &joined)?, at)));
        let mut found: Vec<_> = fits.collect();
        found.sort_unstable();
        found.into_iter().map(|(_, at)| at).collect()
    }
}

impl Entry {
    fn new(tag: &Tag) -> Self {
        let (mut pinyin, mut initials) = (String::new(), String::new());
        for char in fold(&tag.zh).chars() {
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
        Self { zh: fold(&tag.zh), en: fold(&tag.en), pinyin, initials }
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
            by_name(&self.en, words),
            by_name(&self.pinyin, joined),
        ];
        names.into_iter().chain([by_initials, inside_initials, scattered]).flatten().min()
    }
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

    fn check(names: &[(&str, &str)], query: &str, expect: &[&str]) {
        let model = Codebook::built_in().tags[0].clone();
        let tags = names.iter().map(|&(zh, en)| Tag { zh: zh.into(), en: en.into(), ..model.clone() });
        let codebook = Codebook { tags: tags.collect(), ..Codebook::empty() };
        let found: Vec<_> =
            Lookup::new(&codebook).find(query).into_iter().map(|at| codebook.tags[at].zh.clone()).collect();
        assert_eq!(found, expect, "{query}");
    }

    #[test]
    fn a_tag_is_found_by_every_way_of_typing_its_name() {
        let names = [
            ("家庭医生", "Family doctor"),
            ("分级诊疗", "Tiered care"),
            ("医防融合", "Prevention in care"),
            ("旅游卫生", "Travel"),
        ];
        for query in [
            "家庭医生",
            "家庭",
            "医生",
            "family",
            "Doctor",
            "ＦＡＭＩＬＹ",
            "jiatingyisheng",
            "jia ting",
            "jtys",
            "JT",
            "yisheng",
            "jiatys",
            "ys",
        ] {
            let expect: &[&str] = &["家庭医生"];
            check(&names, query, expect);
        }
        check(&names, "care", &["分级诊疗", "医防融合"]);
        check(&names, "lvyou", &["旅游卫生"]);
        check(&names, "", &["家庭医生", "分级诊疗", "医防融合", "旅游卫生"]);
        check(&names, "xyz", &[]);
    }

    #[test]
    fn better_fits_come_first() {
        let names = [("重点人群健康", ""), ("健康", ""), ("健康教育", ""), ("健全开放", "")];
        check(&names, "健康", &["健康", "健康教育", "重点人群健康"]);
        check(&names, "jk", &["健康", "健康教育", "重点人群健康", "健全开放"]);
    }

    #[test]
    fn every_built_in_tag_is_found_first_or_early_by_its_names() {
        let codebook = Codebook::built_in();
        let lookup = Lookup::new(&codebook);
        for (at, tag) in codebook.tags.iter().enumerate() {
            for query in [&tag.zh, &tag.en] {
                let rank = lookup.find(query).iter().position(|&found| found == at);
                assert!(rank.is_some_and(|rank| rank < 3), "{query}: {rank:?}");
            }
        }
    }
}
