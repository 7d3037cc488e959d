//! The cues of a facet, found in one pass: which words speak for which tags, and how clearly some words speak of
//! each. Suggestions, matching and the matrix all stand on it.
//!
//! Not here: what a suggestion weighs (see `suggest`).

use super::vector::Vector;
use crate::annotation::{Codebook, Tag, TagId};
use crate::text::{fold_char, is_blank};
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

/// What a strong and a weak cue count.
const STRONG: f32 = 3.0;
const WEAK: f32 = 1.0;

/// How many facets are kept ready: those of two codebooks.
const KEPT: usize = 8;

/// What a cue does for its tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Speaks for it clearly.
    Strong,
    /// Speaks for it a little.
    Weak,
    /// Takes the words out of the text for it: 健康档案 in 人事健康档案管理.
    Not,
}

impl Role {
    /// What a cue counts.
    pub fn weight(self) -> f32 {
        match self {
            Self::Strong => STRONG,
            Self::Weak => WEAK,
            Self::Not => 0.0,
        }
    }
}

/// A cue where it stands, in bytes of the words.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The tag, as an index for [`FacetCues::tag`].
    pub tag: usize,
    /// What it does for the tag.
    pub role: Role,
    /// Inside a longer cue of whatever tag.
    pub inside: bool,
    /// Which cue: equal numbers are the same entry of the codebook.
    cue: usize,
}

/// The cues of all tags of a facet, ready for use. In its vectors a dimension is a tag.
#[derive(Debug)]
pub(super) struct FacetCues {
    tags: Vec<TagId>,
    /// All literal cues; `None` where no automaton could be built, which costs the suggestions.
    automaton: Option<AhoCorasick>,
    /// For each literal cue the tags that own it.
    owners: Vec<Vec<(usize, Role)>>,
    /// Cues that are regular expressions (`re:…`), with tag and role. One that does not parse is left out.
    expressions: Vec<(Regex, usize, Role)>,
}

impl FacetCues {
    /// The cues of the tags of `facet`. Made once per codebook and kept: that takes some milliseconds.
    pub fn of(book: &Codebook, facet: &str) -> Arc<Self> {
        static READY: Mutex<Vec<(u64, Arc<FacetCues>)>> = Mutex::new(Vec::new());
        let tags: Vec<&Tag> = book.tags.iter().filter(|tag| tag.facet == facet).collect();
        let key = fingerprint(&tags);
        let find = |ready: &[(u64, Arc<Self>)]| {
            ready.iter().find(|(of, _)| *of == key).map(|(_, cues)| cues.clone())
        };
        if let Some(cues) = find(&READY.lock().unwrap_or_else(PoisonError::into_inner)) {
            return cues;
        }
        let made = Arc::new(Self::new(&tags));
        let mut ready = READY.lock().unwrap_or_else(PoisonError::into_inner);
        if ready.len() >= KEPT {
            ready.remove(0);
        }
        ready.push((key, made.clone()));
        made
    }

    fn new(tags: &[&Tag]) -> Self {
        let mut expressions = Vec::new();
        let mut owners: HashMap<String, Vec<(usize, Role)>> = HashMap::new();
        for (index, tag) in tags.iter().enumerate() {
            let lists =
                [(&tag.cues.strong, Role::Strong), (&tag.cues.weak, Role::Weak), (&tag.cues.not, Role::Not)];
            for (cue, role) in
                lists.into_iter().flat_map(|(list, role)| list.iter().map(move |cue| (cue, role)))
            {
                if let Some(pattern) = cue.strip_prefix("re:") {
                    expressions.extend(Regex::new(pattern).ok().map(|regex| (regex, index, role)));
                } else {
                    let words = matching(cue);
                    if !words.is_empty() {
                        owners.entry(words).or_default().push((index, role));
                    }
                }
            }
        }
        let mut literal: Vec<_> = owners.into_iter().collect();
        literal.sort_by(|a, b| a.0.cmp(&b.0));
        let (words, owners): (Vec<String>, Vec<_>) = literal.into_iter().unzip();
        let tags = tags.iter().map(|tag| tag.id.clone()).collect();
        Self { tags, automaton: AhoCorasick::new(words).ok(), owners, expressions }
    }

    /// The tag of an index or a dimension.
    pub fn tag(&self, index: usize) -> Option<&TagId> {
        self.tags.get(index)
    }

    /// Every cue in words in matching form, by where it begins; longer ones first.
    pub fn hits(&self, words: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for found in self.automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(words)) {
            let cue = found.pattern().as_usize();
            let (start, end) = (found.start(), found.end());
            for &(tag, role) in self.owners.get(cue).map_or(&[][..], Vec::as_slice) {
                hits.push(Hit { start, end, tag, role, inside: false, cue });
            }
        }
        for (number, (regex, tag, role)) in self.expressions.iter().enumerate() {
            let cue = self.owners.len() + number;
            let found = regex.find_iter(words).filter(|found| !found.is_empty());
            hits.extend(found.map(|found| Hit {
                start: found.start(),
                end: found.end(),
                tag: *tag,
                role: *role,
                inside: false,
                cue,
            }));
        }
        hits.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then(a.tag.cmp(&b.tag)));
        mark_inside(&mut hits);
        hits
    }

    /// How much words speak of each tag: a cue counts once however often it occurs, in the first sentence twice.
    pub fn about(&self, words: &str) -> Vector {
        let words = matching(words);
        let first = words.find(['。', ';']).unwrap_or(words.len());
        let hits = self.hits(&words);
        let silenced = |hit: &Hit| {
            let not = |other: &&Hit| other.role == Role::Not && other.tag == hit.tag;
            hits.iter().filter(not).any(|other| other.start < hit.end && hit.start < other.end)
        };
        let any_not = hits.iter().any(|hit| hit.role == Role::Not);
        let mut heard: Vec<(usize, usize, f32, bool)> = hits
            .iter()
            .filter(|hit| hit.role != Role::Not && !(any_not && silenced(hit)))
            .map(|hit| (hit.cue, hit.tag, hit.role.weight(), hit.end > first))
            .collect();
        // The earliest of equal cues stands first.
        heard.sort_by_key(|&(cue, tag, _, later)| (cue, tag, later));
        heard.dedup_by_key(|&mut (cue, tag, ..)| (cue, tag));
        let weight = |(_, tag, weight, later): (usize, usize, f32, bool)| {
            (tag as u32, if later { weight } else { 2.0 * weight })
        };
        Vector::sum(heard.into_iter().map(weight).collect())
    }
}

/// Words in matching form, without blanks and line ends.
pub(super) fn matching(words: &str) -> String {
    words.chars().filter(|&c| !is_blank(c) && c != '\n').map(fold_char).collect()
}

/// Tells codebooks apart by what matters here.
fn fingerprint(tags: &[&Tag]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for tag in tags {
        (&tag.id, &tag.cues.strong, &tag.cues.weak, &tag.cues.not).hash(&mut hasher);
    }
    hasher.finish()
}

/// Marks the hits that lie in a longer one. `hits` are sorted by start, longer first.
fn mark_inside(hits: &mut [Hit]) {
    let mut reach = (0, 0);
    for hit in hits {
        hit.inside = hit.end <= reach.1 && (hit.start, hit.end) != reach;
        if hit.end > reach.1 {
            reach = (hit.start, hit.end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_speak_of_the_tags_whose_cues_they_hold() {
        let themes = FacetCues::of(&Codebook::built_in(), "theme");
        let best = |words: &str| {
            let about = themes.about(words);
            let best = about.iter().max_by(|a, b| a.1.total_cmp(&b.1));
            best.and_then(|(theme, _)| themes.tag(theme as usize)).map(|tag| tag.0.clone())
        };
        assert_eq!(best("推广家庭医生签约，做实签约服务。").as_deref(), Some("family_doctor"));
        assert_eq!(best("创建无烟机关，严格控烟。").as_deref(), Some("tobacco_alcohol"));
        assert_eq!(best("甲乙丙丁。"), None);
    }

    #[test]
    fn a_codebook_is_made_ready_once() {
        let book = Codebook::built_in();
        assert!(Arc::ptr_eq(&FacetCues::of(&book, "theme"), &FacetCues::of(&book.clone(), "theme")));
        let mut other = book.clone();
        other.tags.retain(|tag| tag.id.0 != "tobacco_alcohol");
        assert!(FacetCues::of(&other, "theme").about("严格控烟。").iter().next().is_none());
    }
}
