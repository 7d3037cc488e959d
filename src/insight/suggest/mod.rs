//! Suggestions: which tags the words of a node speak for, and with which words. Nothing is tagged here; a
//! person's key does that.
//!
//! A tag's cues are looked for in the node's own words and those of the unnumbered paragraphs under it, its
//! note of responsibility left out. A strong cue counts 3, a weak one 1; a cue met again counts less each
//! time. In the heading, or in the first sentence where there is no heading, it counts double, the more so
//! the more of the heading it fills; further sentences count ever less, and their sum is damped, so that a
//! long text does not outvote its heading. A cue inside a longer cue of another tag counts half
//! (`研究` in `研究型医院`). The heading above helps a little.
//!
//! Where cues say too little, keywords may say more (see `keywords`); they need the dictionary, cues do not.

mod keywords;
mod reading;

pub use keywords::Keywords;

use super::cues::{FacetCues, Hit, Role, matching};
use crate::annotation::{Codebook, TagId};
use crate::plan::{NodeIx, Plan};
use crate::text::Span;
use reading::Reading;
use std::collections::HashMap;
use std::sync::Arc;

/// A tag is suggested from this score on.
pub const THRESHOLD: f32 = 3.0;

/// How many suggestions are offered to a person; keywords fill up to as many.
pub const OFFERED: usize = 3;

/// From this score on the first suggestion needs no keywords beside it.
const ENOUGH: f32 = 2.0 * THRESHOLD;

/// In the heading or the first sentence.
const HEADING: f32 = 2.0;
/// What each further time of the same cue is worth of the one before.
const REPEATED: f32 = 0.3;
/// A cue that lies in a longer one of another tag.
const INSIDE: f32 = 0.5;
/// By how much each sentence is worth less than the one before it.
const DECAY: f32 = 0.1;
/// Where the sum of the body's cues begins to be damped.
const DAMPING: f32 = 6.0;
/// What the cues in the heading above are worth, and how much of them at most counts.
const ABOVE: f32 = 0.3;
const MOST_ABOVE: f32 = 6.0;

/// A tag that the words of a node speak for.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The tag.
    pub tag: TagId,
    /// How strongly; at least [`THRESHOLD`] where cues speak, less where only keywords do.
    pub score: f32,
    /// The words that speak for it, in the order of the text.
    pub cues: Vec<Cue>,
    /// What these words are.
    pub evidence: Evidence,
}

/// What speaks for a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Cues of the codebook.
    Cues,
    /// Keywords of the node that stand in name, cues or definition of the tag.
    Keywords,
}

/// A word that speaks for a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// As the codebook writes it, widths folded.
    pub words: String,
    /// Where it stands in the text, in chars.
    pub span: Span,
}

/// Finds suggestions with the cues of one codebook.
#[derive(Clone, Debug)]
pub struct Suggester {
    cues: Arc<FacetCues>,
}

impl Suggester {
    /// Takes the cues of the tags of `facet` (`theme`). The first time for a codebook that takes some milliseconds.
    pub fn new(codebook: &Codebook, facet: &str) -> Self {
        Self { cues: FacetCues::of(codebook, facet) }
    }

    /// The tags that the words of a node speak for, best first. Equal scores: the one spoken of earlier.
    pub fn suggest(&self, plan: &Plan, ix: NodeIx) -> Vec<Suggestion> {
        let reading = Reading::of(plan, ix);
        let mut by_tag: HashMap<usize, Vec<Hit>> = HashMap::new();
        for hit in self.cues.hits(&reading.folded) {
            by_tag.entry(hit.tag).or_default().push(hit);
        }
        let above = self.above(plan, ix);
        let mut found: Vec<Suggestion> = by_tag
            .iter()
            .filter_map(|(&tag, hits)| {
                self.weigh(tag, &reading, hits, above.get(&tag).copied().unwrap_or(0.0))
            })
            .collect();
        best_first(&mut found);
        found
    }

    /// The same, filled up with what keywords speak for where cues say too little.
    pub fn suggest_with(&self, keywords: &Keywords, plan: &Plan, ix: NodeIx) -> Vec<Suggestion> {
        let mut found = self.suggest(plan, ix);
        if !is_enough(&found) {
            let known: Vec<TagId> = found.iter().map(|suggestion| suggestion.tag.clone()).collect();
            let more = keywords.suggest(plan, ix).into_iter().filter(|more| !known.contains(&more.tag));
            found.extend(more.take(OFFERED.saturating_sub(known.len())));
        }
        found
    }

    /// What the heading of the section above says for each tag.
    fn above(&self, plan: &Plan, ix: NodeIx) -> HashMap<usize, f32> {
        let up = plan.outline.get(ix).and_then(|node| node.parent).and_then(|up| plan.outline.get(up));
        let heading = up.map(|node| matching(&node.heading.read(&plan.text))).unwrap_or_default();
        let mut scores = HashMap::new();
        let mut seen: Vec<(usize, String)> = Vec::new();
        for hit in self.cues.hits(&heading) {
            let cue = (hit.tag, heading[hit.start..hit.end].to_owned());
            if hit.role != Role::Not && !seen.contains(&cue) {
                *scores.entry(hit.tag).or_insert(0.0) += hit.role.weight();
                seen.push(cue);
            }
        }
        for score in scores.values_mut() {
            *score = ABOVE * score.min(MOST_ABOVE);
        }
        scores
    }

    /// The score of one tag, `None` below the threshold.
    fn weigh(&self, tag: usize, reading: &Reading, hits: &[Hit], above: f32) -> Option<Suggestion> {
        let own: Vec<&Hit> = speaking(hits);
        let mut times: HashMap<&str, i32> = HashMap::new();
        let (mut heading, mut body) = (0.0, 0.0);
        for hit in &own {
            let time = times.entry(&reading.folded[hit.start..hit.end]).or_insert(0);
            let mut weight = hit.role.weight() * REPEATED.powi(*time) * if hit.inside { INSIDE } else { 1.0 };
            *time += 1;
            if hit.end <= reading.opening {
                weight *= HEADING * (1.0 + reading.share(hit));
                heading += weight;
            } else {
                body += weight / (1.0 + DECAY * reading.sentence(hit.start));
            }
        }
        let score = heading + DAMPING * (body / DAMPING).ln_1p() + above;
        let cues = own.iter().map(|hit| reading.cue(hit.start, hit.end)).collect();
        let tag = self.cues.tag(tag)?.clone();
        (score >= THRESHOLD).then_some(Suggestion { tag, score, cues, evidence: Evidence::Cues })
    }
}

/// Whether cues say enough of a node.
pub fn is_enough(suggestions: &[Suggestion]) -> bool {
    suggestions.len() >= OFFERED || suggestions.first().is_some_and(|best| best.score >= ENOUGH)
}

/// Equal scores: the one spoken of earlier.
fn best_first(found: &mut [Suggestion]) {
    let order =
        |suggestion: &Suggestion| (suggestion.cues.first().map(|cue| cue.span.start), suggestion.tag.clone());
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| order(a).cmp(&order(b))));
}

/// Of the hits of one tag those that speak: not touched by its not-cues, not inside another of its own.
fn speaking(hits: &[Hit]) -> Vec<&Hit> {
    let (silencing, speaking): (Vec<&Hit>, Vec<&Hit>) = hits.iter().partition(|hit| hit.role == Role::Not);
    let mut reach = 0;
    let untouched = |hit: &&Hit| !silencing.iter().any(|not| not.start < hit.end && hit.start < not.end);
    let outermost = |hit: &&Hit| {
        let inside = hit.end <= reach;
        reach = reach.max(hit.end);
        !inside
    };
    speaking.into_iter().filter(untouched).filter(outermost).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Cues, Facet, Tag, Unknown};
    use crate::plan::{self, Node, Outline, Segments};
    use crate::text::{Layout, Text};

    fn tag(id: &str, strong: &[&str], weak: &[&str], not: &[&str]) -> Tag {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let cues = Cues { strong: list(strong), weak: list(weak), not: list(not) };
        Tag { cues, core: true, ..Tag::named(id.into(), "theme", id) }
    }

    fn suggester() -> Suggester {
        let facet = Facet {
            id: "theme".to_owned(),
            zh: String::new(),
            en: String::new(),
            multiple: true,
            tree: true,
            unknown: Unknown::default(),
        };
        let tags = vec![
            tag("hospital", &["研究型医院"], &[], &[]),
            tag("research", &["科研"], &["研究"], &["研究制定"]),
            tag("digital", &["5G", "re:互联网.{1,3}医疗"], &["平台"], &[]),
        ];
        Suggester::new(&Codebook { facets: vec![facet], tags, ..Codebook::empty() }, "theme")
    }

    /// What is suggested for an item of these words, as `id(cues) …`.
    fn suggested(words: &str) -> String {
        let text = Text::new(words);
        let mut plan = plan::read(&text, &Layout::default(), &[]);
        let item = Node { body: Segments::one(text.span()), ..Node::paragraph(text.span(), 1) };
        plan.outline = Outline { nodes: vec![item], ..Outline::default() };
        let show = |s: &Suggestion| {
            let cues: Vec<_> = s.cues.iter().map(|cue| plan.text.slice(cue.span)).collect();
            format!("{}({})", s.tag, cues.join(","))
        };
        suggester().suggest(&plan, NodeIx(0)).iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cues_speak_with_their_places() {
        let cases = [
            ("加快建设研究型医院。", "hospital(研究型医院)"),
            ("加强科研工作。研究制定办法。", "research(科研)"),
            ("推广 ５Ｇ 应用，建设平台。", "digital(５Ｇ,平台)"),
            ("发展互联网+医疗。", "digital(互联网+医疗)"),
            ("研究制定办法。", ""),
            ("完善平台。", ""),
        ];
        for (words, expect) in cases {
            assert_eq!(suggested(words), expect, "{words}");
        }
    }
}
