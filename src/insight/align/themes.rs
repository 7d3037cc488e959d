//! What some words are about: the themes of the codebook whose cues stand in them.
//!
//! Not here: suggestions for people, which also tell the cues and where they stand.

use super::vector::Vector;
use crate::annotation::Codebook;
use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use std::collections::BTreeSet;

/// What a strong and a weak cue count.
const STRONG: f32 = 3.0;
const WEAK: f32 = 1.0;

/// What a cue does for its theme.
#[derive(Clone, Copy)]
enum Role {
    Speaks(f32),
    /// Cues that overlap such words do not count: 健康档案 in 人事健康档案管理.
    Silences,
}

/// The cues of all themes, ready for use.
pub(super) struct Themes {
    cues: Option<AhoCorasick>,
    /// Theme and role of each literal cue.
    roles: Vec<(u32, Role)>,
    patterns: Vec<(u32, f32, Regex)>,
}

impl Themes {
    /// The cues of the theme facet.
    pub fn new(book: &Codebook) -> Self {
        let (mut literals, mut roles, mut patterns) = (Vec::new(), Vec::new(), Vec::new());
        let themes = book.tags.iter().filter(|tag| tag.facet == "theme").zip(0_u32..);
        for (tag, theme) in themes {
            let kinds = [
                (&tag.cues.strong, Role::Speaks(STRONG)),
                (&tag.cues.weak, Role::Speaks(WEAK)),
                (&tag.cues.not, Role::Silences),
            ];
            for (cues, role) in kinds {
                for cue in cues {
                    match (cue.strip_prefix("re:"), role) {
                        (Some(pattern), Role::Speaks(weight)) => {
                            patterns.extend(Regex::new(pattern).ok().map(|regex| (theme, weight, regex)));
                        }
                        (Some(_), Role::Silences) => {}
                        (None, _) => {
                            literals.push(cue.as_str());
                            roles.push((theme, role));
                        }
                    }
                }
            }
        }
        let cues = AhoCorasick::builder().match_kind(MatchKind::Standard).build(literals).ok();
        Self { cues, roles, patterns }
    }

    /// How much `words` speak of each theme; cues in their first sentence count twice.
    pub fn of(&self, words: &str) -> Vector {
        let first = words.find(['。', ';', '；']).unwrap_or(words.len());
        let mut found: Vec<_> = self.cues(words);
        found.extend(self.cues(&words[..first]));
        Vector::sum(found)
    }

    /// Theme and weight of each cue that occurs; a cue counts once however often it occurs.
    fn cues(&self, words: &str) -> Vec<(u32, f32)> {
        let Some(cues) = &self.cues else { return Vec::new() };
        let mut silenced: Vec<(u32, usize, usize)> = Vec::new();
        let mut speaking: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
        for hit in cues.find_overlapping_iter(words) {
            let cue = hit.pattern().as_usize();
            match self.roles[cue] {
                (theme, Role::Silences) => silenced.push((theme, hit.start(), hit.end())),
                (_, Role::Speaks(_)) => {
                    speaking.insert((cue, hit.start(), hit.end()));
                }
            }
        }
        let heard = |&&(cue, start, end): &&(usize, usize, usize)| {
            let theme = self.roles[cue].0;
            !silenced.iter().any(|&(of, from, to)| of == theme && from < end && start < to)
        };
        let distinct: BTreeSet<usize> = speaking.iter().filter(heard).map(|&(cue, ..)| cue).collect();
        let literal = distinct.into_iter().filter_map(|cue| match self.roles[cue] {
            (theme, Role::Speaks(weight)) => Some((theme, weight)),
            (_, Role::Silences) => None,
        });
        let patterns = self
            .patterns
            .iter()
            .filter(|(.., regex)| regex.is_match(words))
            .map(|&(theme, weight, _)| (theme, weight));
        literal.chain(patterns).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_about_the_themes_whose_cues_they_hold() {
        let book = Codebook::built_in();
        let themes = Themes::new(&book);
        let names: Vec<_> =
            book.tags.iter().filter(|tag| tag.facet == "theme").map(|tag| tag.id.0.as_str()).collect();
        let best = |words: &str| {
            let about = themes.of(words);
            about.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(theme, _)| names[theme as usize])
        };
        assert_eq!(best("推广家庭医生签约，做实签约服务。"), Some("family_doctor"));
        assert_eq!(best("创建无烟机关，严格控烟。"), Some("tobacco_alcohol"));
        assert_eq!(best("甲乙丙丁。"), None);
    }
}
