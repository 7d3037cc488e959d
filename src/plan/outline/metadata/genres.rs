//! The kind of a document by the last words of its title.

use crate::plan::Genre;
use std::sync::OnceLock;

/// The words titles end with, longest first, with the class they make.
fn genres() -> &'static [(&'static str, Genre)] {
    static GENRES: OnceLock<Vec<(&'static str, Genre)>> = OnceLock::new();
    GENRES.get_or_init(|| {
        let mut genre = Genre::Other;
        let mut words = Vec::new();
        for line in include_str!("../../../../assets/reading/genres.txt").lines() {
            match line {
                "[work_points]" => genre = Genre::WorkPoints,
                "[five_year_plan]" => genre = Genre::FiveYearPlan,
                "[action_plan]" => genre = Genre::ActionPlan,
                "[scheme]" => genre = Genre::Scheme,
                "[work_report]" => genre = Genre::WorkReport,
                "[regulation]" => genre = Genre::Regulation,
                "[other]" => genre = Genre::Other,
                _ if line.starts_with('#') => {}
                _ => words.extend(line.split_whitespace().map(|word| (word, genre))),
            }
        }
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        words
    })
}

/// The kind of document a title names with its last words, years and notes in brackets left out:
/// `健康甲城行动计划(2017—2020年)` is a 行动计划. `title` holds no blanks.
pub(in crate::plan::outline) fn of_title(title: &str) -> Option<(&'static str, Genre)> {
    let mut bare = title.trim_end_matches(['》', '”', '"']);
    while bare.ends_with([')', '）', ']', '】', '〕']) {
        bare = bare[..bare.rfind(['(', '（', '[', '【', '〔'])?].trim_end_matches(['》', '”']);
    }
    genres().iter().find(|(word, _)| bare.ends_with(word)).copied()
}

/// Whether words name a kind of document and nothing else, as the last line of a wrapped title does:
/// `实施方案(2021—2023年)`. `words` hold no blanks.
pub(in crate::plan::outline) fn is_bare(words: &str) -> bool {
    of_title(words).is_some_and(|(word, _)| words.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins() {
        let cases = [
            ("2017年甲市卫生工作要点", "工作要点", Genre::WorkPoints),
            ("健康甲城行动计划(2017—2020年)", "行动计划", Genre::ActionPlan),
            ("甲市“十四五”规划", "规划", Genre::FiveYearPlan),
            ("甲市若干措施(试行)", "若干措施", Genre::Scheme),
            ("甲市急救条例", "条例", Genre::Regulation),
        ];
        for (title, word, genre) in cases {
            assert_eq!(of_title(title), Some((word, genre)), "{title}");
        }
        assert_eq!(of_title("甲市医院"), None);
    }
}
