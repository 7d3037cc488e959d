//! Keywords: what the words of the dictionary say of a node whose cues say too little. They never contradict cues;
//! tags they speak for stand behind those.
//!
//! The keywords of a node are its words by TF-IDF, where the nodes of the plan are the documents: `托育` in one node of
//! a hundred tells what that node is about, `加强` in most of them tells nothing. They are looked for among the words
//! of the tags (names, cues, definitions); a word of many tags speaks little for each. One word alone (`方式`) is
//! no evidence, unless it is a whole cue or name; tags with others below them are not suggested.

use super::reading::Reading;
use super::{Evidence, Suggestion, THRESHOLD};
use crate::annotation::{Codebook, Tag, TagId};
use crate::insight::cues::matching;
use crate::plan::{NodeIx, Plan};
use crate::text::words;
use std::collections::{HashMap, HashSet};

/// What a word is worth in the name, in a cue, in the definition of a tag.
const NAME: f32 = 3.0;
const CUE: f32 = 2.0;
const DEFINITION: f32 = 1.0;
/// How many keywords of a node count.
const KEYWORDS: usize = 8;
/// In the heading or the first sentence a word counts so many times.
const OPENING: f32 = 2.0;
/// Tags below this share of the possible are not suggested.
const LEAST: f32 = 0.07;

/// Finds what keywords speak for, in one plan with one codebook.
#[derive(Clone, Debug)]
pub struct Keywords {
    tags: Vec<TagId>,
    /// For each word the tags that own it.
    owners: HashMap<String, Vec<Owner>>,
    /// In how many nodes of the plan each word stands.
    nodes_with: HashMap<String, u32>,
    nodes: usize,
}

/// A tag among whose words a word stands.
#[derive(Clone, Copy, Debug)]
struct Owner {
    tag: usize,
    /// What the word is worth there.
    worth: f32,
    /// Whether it is a cue or the name as a whole.
    is_whole: bool,
}

/// What speaks for a tag.
#[derive(Default)]
struct Spoken {
    worth: f32,
    words: usize,
    is_whole: bool,
    places: Vec<(usize, usize)>,
}

/// A keyword of a node: what it is worth and where it stands, in bytes of the reading.
struct Keyword {
    word: String,
    worth: f32,
    places: Vec<(usize, usize)>,
}

impl Keywords {
    /// Cuts the words of the tags of `facet` and of a plan. Loads the dictionary (0.15 s, 32 MB) if need be; call it
    /// off the thread that draws.
    pub fn new(codebook: &Codebook, facet: &str, plan: &Plan) -> Self {
        let parents: HashSet<&TagId> = codebook.tags.iter().filter_map(|tag| tag.parent.as_ref()).collect();
        let is_leaf = |tag: &&Tag| tag.facet == facet && !parents.contains(&tag.id);
        let tags: Vec<&Tag> = codebook.tags.iter().filter(is_leaf).collect();
        let mut owners: HashMap<String, Vec<Owner>> = HashMap::new();
        for (index, tag) in tags.iter().enumerate() {
            for (word, (worth, is_whole)) in worths(tag) {
                owners.entry(word).or_default().push(Owner { tag: index, worth, is_whole });
            }
        }
        let mut nodes_with: HashMap<String, u32> = HashMap::new();
        for (ix, _) in plan.outline.iter() {
            let read = Reading::of(plan, ix).folded;
            let own: HashSet<&str> = words(&read).into_iter().filter(|word| tells(word)).collect();
            for word in own {
                *nodes_with.entry(word.to_owned()).or_insert(0) += 1;
            }
        }
        let tags = tags.into_iter().map(|tag| tag.id.clone()).collect();
        Self { tags, owners, nodes_with, nodes: plan.outline.nodes.len() }
    }

    /// The tags that the keywords of a node speak for, best first. The score is below [`THRESHOLD`].
    pub fn suggest(&self, plan: &Plan, ix: NodeIx) -> Vec<Suggestion> {
        let reading = Reading::of(plan, ix);
        let keywords = self.of(&reading);
        let all: f32 = keywords.iter().map(|keyword| keyword.worth).sum();
        let mut spoken: HashMap<usize, Spoken> = HashMap::new();
        for keyword in &keywords {
            let Some(owners) = self.owners.get(&keyword.word) else { continue };
            let alone = 1.0 / owners.len() as f32;
            for owner in owners {
                let spoken = spoken.entry(owner.tag).or_default();
                spoken.worth += keyword.worth * owner.worth * alone;
                spoken.words += 1;
                spoken.is_whole |= owner.is_whole;
                spoken.places.extend(&keyword.places);
            }
        }
        let most = (all * NAME).max(f32::EPSILON);
        let mut found: Vec<Suggestion> = spoken
            .into_iter()
            .filter(|(_, spoken)| spoken.words > 1 || spoken.is_whole)
            .filter(|(_, spoken)| spoken.worth / most >= LEAST)
            .map(|(tag, mut spoken)| {
                spoken.places.sort_unstable();
                let cues = spoken.places.iter().map(|&(start, end)| reading.cue(start, end)).collect();
                let score = (spoken.worth / most).min(0.99) * THRESHOLD;
                Suggestion { tag: self.tags[tag].clone(), score, cues, evidence: Evidence::Keywords }
            })
            .collect();
        super::best_first(&mut found);
        found
    }

    /// The keywords of a node, the best first.
    fn of(&self, reading: &Reading) -> Vec<Keyword> {
        let mut keywords: HashMap<&str, Keyword> = HashMap::new();
        let mut start = 0;
        for word in words(&reading.folded) {
            let end = start + word.len();
            if tells(word) {
                let keyword = keywords.entry(word).or_insert_with(|| Keyword {
                    word: word.to_owned(),
                    worth: 0.0,
                    places: Vec::new(),
                });
                keyword.worth += if end <= reading.opening { OPENING } else { 1.0 };
                keyword.places.push((start, end));
            }
            start = end;
        }
        let mut keywords: Vec<Keyword> = keywords.into_values().collect();
        for keyword in &mut keywords {
            let with = self.nodes_with.get(&keyword.word).copied().unwrap_or(1).max(1);
            keyword.worth = (1.0 + keyword.worth.ln()) * (self.nodes as f32 / with as f32).ln_1p();
        }
        keywords.sort_by(|a, b| b.worth.total_cmp(&a.worth).then_with(|| a.places.cmp(&b.places)));
        keywords.truncate(KEYWORDS);
        keywords
    }
}

/// The words of a tag, what each is worth (the most where it stands in several places), and whether it is a whole
/// cue or name.
fn worths(tag: &Tag) -> HashMap<String, (f32, bool)> {
    let cues = tag.cues.strong.iter().chain(&tag.cues.weak).filter(|cue| !cue.starts_with("re:"));
    let texts = std::iter::once((&tag.zh, NAME))
        .chain(cues.map(|cue| (cue, CUE)))
        .chain(std::iter::once((&tag.definition_zh, DEFINITION)));
    let mut worths: HashMap<String, (f32, bool)> = HashMap::new();
    for (text, worth) in texts {
        let text = matching(text);
        for word in words(&text).into_iter().filter(|word| tells(word)) {
            let (most, is_whole) = worths.entry(word.to_owned()).or_insert((worth, false));
            *most = most.max(worth);
            *is_whole |= word == text;
        }
    }
    worths
}

/// Whether a word can tell anything: two letters at least, no number.
fn tells(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_alphabetic)
}
