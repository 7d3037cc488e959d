//! What some words speak of: the tags of a facet whose cues stand in them, and how clearly.
//!
//! Not here: suggestions for people, which also tell the cues and where they stand (see `suggest`).

use super::vector::Vector;
use crate::annotation::{Codebook, TagId};
use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use std::collections::BTreeSet;

/// What a strong and a weak cue count.
const STRONG: f32 = 3.0;
const WEAK: f32 = 1.0;

/// What a cue does for its tag.
#[derive(Clone, Copy)]
enum Role {
    Speaks(f32),
    /// Cues that overlap such words do not count: 健康档案 in 人事健康档案管理.
    Silences,
}

/// The cues of all tags of a facet, ready for use. In its vectors a dimension is a tag.
pub(super) struct FacetCues {
    tags: Vec<TagId>,
    cues: Option<AhoCorasick>,
    /// Tag and role of each literal cue.
    roles: Vec<(u32, Role)>,
    patterns: Vec<(u32, f32, Regex)>,
}

impl FacetCues {
    /// The cues of the tags of `facet`.
    pub fn new(book: &Codebook, facet: &str) -> Self {
        let (mut literals, mut roles, mut patterns) = (Vec::new(), Vec::new(), Vec::new());
        let tags: Vec<_> = book.tags.iter().filter(|tag| tag.facet == facet).collect();
        for (tag, number) in tags.iter().zip(0_u32..) {
            let kinds = [
                (&tag.cues.strong, Role::Speaks(STRONG)),
                (&tag.cues.weak, Role::Speaks(WEAK)),
                (&tag.cues.not, Role::Silences),
            ];
            for (cues, role) in kinds {
                for cue in cues {
                    match (cue.strip_prefix("re:"), role) {
                        (Some(pattern), Role::Speaks(weight)) => {
                            patterns.extend(Regex::new(pattern).ok().map(|regex| (number, weight, regex)));
                        }
                        (Some(_), Role::Silences) => {}
                        (None, _) => {
                            literals.push(cue.as_str());
                            roles.push((number, role));
                        }
                    }
                }
            }
        }
        let cues = AhoCorasick::builder().match_kind(MatchKind::Standard).build(literals).ok();
        Self { tags: tags.into_iter().map(|tag| tag.id.clone()).collect(), cues, roles, patterns }
    }

    /// The tag of a dimension.
    pub fn tag(&self, dimension: u32) -> Option<&TagId> {
        self.tags.get(dimension as usize)
    }

    /// How much `words` speak of each tag; cues in their first sentence count twice.
    pub fn of(&self, words: &str) -> Vector {
        let first = words.find(['。', ';', '；']).unwrap_or(words.len());
        let mut found: Vec<_> = self.cues(words);
        found.extend(self.cues(&words[..first]));
        Vector::sum(found)
    }

    /// Tag and weight of each cue that occurs; a cue counts once however often it occurs.
    fn cues(&self, words: &str) -> Vec<(u32, f32)> {
        let Some(cues) = &self.cues else { return Vec::new() };
        let mut silenced: Vec<(u32, usize, usize)> = Vec::new();
        let mut speaking: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
        for hit in cues.find_overlapping_iter(words) {
            let cue = hit.pattern().as_usize();
            match self.roles[cue] {
                (tag, Role::Silences) => silenced.push((tag, hit.start(), hit.end())),
                (_, Role::Speaks(_)) => {
                    speaking.insert((cue, hit.start(), hit.end()));
                }
            }
        }
        let heard = |&&(cue, start, end): &&(usize, usize, usize)| {
            let tag = self.roles[cue].0;
            !silenced.iter().any(|&(of, from, to)| of == tag && from < end && start < to)
        };
        let distinct: BTreeSet<usize> = speaking.iter().filter(heard).map(|&(cue, ..)| cue).collect();
        let literal = distinct.into_iter().filter_map(|cue| match self.roles[cue] {
            (tag, Role::Speaks(weight)) => Some((tag, weight)),
            (_, Role::Silences) => None,
        });
        let patterns = self
            .patterns
            .iter()
            .filter(|(.., regex)| regex.is_match(words))
            .map(|&(tag, weight, _)| (tag, weight));
        literal.chain(patterns).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_speak_of_the_tags_whose_cues_they_hold() {
        let themes = FacetCues::new(&Codebook::built_in(), "theme");
        let best = |words: &str| {
            let about = themes.of(words);
            let best = about.iter().max_by(|a, b| a.1.total_cmp(&b.1));
            best.and_then(|(theme, _)| themes.tag(theme)).map(|tag| tag.0.clone())
        };
        assert_eq!(best("推广家庭医生签约，做实签约服务。").as_deref(), Some("family_doctor"));
        assert_eq!(best("创建无烟机关，严格控烟。").as_deref(), Some("tobacco_alcohol"));
        assert_eq!(best("甲乙丙丁。"), None);
    }
}
