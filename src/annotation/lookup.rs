//! Finding a tag by what a person types: Chinese, English, pinyin, or pinyin initials.

use super::Codebook;
use crate::text::Names;

/// Finds tags of one codebook; made once per codebook, because pinyin is worked out here.
#[derive(Clone, Debug)]
pub struct Lookup {
    names: Names,
}

impl Lookup {
    /// Prepares the tags of a codebook.
    pub fn new(codebook: &Codebook) -> Self {
        Self { names: Names::new(codebook.tags.iter().map(|tag| (tag.zh.as_str(), tag.en.as_str()))) }
    }

    /// The tags that fit what was typed, the best first and in the codebook's order among equals; all for an
    /// empty query. Gives indices into `codebook.tags`. Case, width and blanks do not matter.
    pub fn find(&self, query: &str) -> Vec<usize> {
        self.names.find(query).into_iter().map(|(_, at)| at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Tag;

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
