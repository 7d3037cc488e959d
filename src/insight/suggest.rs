//! Suggestions: which tags the words of a node speak for, and with which words. Nothing is tagged here; a
//! person's key does that.
//!
//! A tag's cues are looked for in the node's own words and those of the unnumbered paragraphs under it, its
//! note of responsibility left out. A strong cue counts 3, a weak one 1; a cue met again counts less each
//! time. In the heading, or in the first sentence where there is no heading, it counts double, the more so
//! the more of the heading it fills; further sentences count ever less, and their sum is damped, so that a
//! long text does not outvote its heading. A cue inside a longer cue of another tag counts half
//! (`研究` in `研究型医院`). The heading above helps a little.

use crate::annotation::{Codebook, Cues, TagId};
use crate::plan::{Kind, NodeIx, Outline, Plan};
use crate::text::{CharPos, Span, Text, fold_char, is_blank};
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::collections::HashMap;

/// A tag is suggested from this score on.
pub const THRESHOLD: f32 = 3.0;

const STRONG: f32 = 3.0;
const WEAK: f32 = 1.0;
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
    /// How strongly; at least [`THRESHOLD`].
    pub score: f32,
    /// The words that speak for it, in the order of the text.
    pub cues: Vec<Cue>,
}

/// A word that speaks for a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// As the codebook writes it, widths folded.
    pub words: String,
    /// Where it stands in the text, in chars.
    pub span: Span,
}

/// Finds suggestions with the cues of one codebook. Build it once per codebook: that takes some milliseconds.
#[derive(Debug)]
pub struct Suggester {
    tags: Vec<TagId>,
    /// All cues of all tags; `None` where no automaton could be built, which costs the suggestions.
    automaton: Option<AhoCorasick>,
    /// For each pattern of the automaton: the words and the tags that own them.
    patterns: Vec<Pattern>,
    /// Cues that are regular expressions (`re:…`), with tag and role. One that does not parse is left out.
    expressions: Vec<(Regex, usize, Role)>,
}

#[derive(Debug)]
struct Pattern {
    words: String,
    owners: Vec<(usize, Role)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Strong,
    Weak,
    /// Takes the words out of the text for its tag.
    Not,
}

impl Suggester {
    /// Takes the cues of the tags of `facet` (`theme`).
    pub fn new(codebook: &Codebook, facet: &str) -> Self {
        let tags: Vec<_> = codebook.tags.iter().filter(|tag| tag.facet == facet).collect();
        let mut expressions = Vec::new();
        let mut owners: HashMap<String, Vec<(usize, Role)>> = HashMap::new();
        for (index, tag) in tags.iter().enumerate() {
            for (cue, role) in roles(&tag.cues) {
                if let Some(pattern) = cue.strip_prefix("re:") {
                    expressions.extend(Regex::new(pattern).ok().map(|regex| (regex, index, role)));
                } else {
                    let words = folded(cue);
                    if !words.is_empty() {
                        owners.entry(words).or_default().push((index, role));
                    }
                }
            }
        }
        let mut patterns: Vec<Pattern> =
            owners.into_iter().map(|(words, owners)| Pattern { words, owners }).collect();
        patterns.sort_by(|a, b| a.words.cmp(&b.words));
        Self {
            tags: tags.iter().map(|tag| tag.id.clone()).collect(),
            automaton: AhoCorasick::new(patterns.iter().map(|pattern| &pattern.words)).ok(),
            patterns,
            expressions,
        }
    }

    /// The tags that the words of a node speak for, best first. Equal scores: the one spoken of earlier.
    pub fn suggest(&self, plan: &Plan, ix: NodeIx) -> Vec<Suggestion> {
        let reading = Reading::of(plan, ix);
        let hits = self.hits(&reading.folded);
        let above = self.above(plan, ix);
        let mut found: Vec<Suggestion> = (0..self.tags.len())
            .filter_map(|tag| self.weigh(tag, &reading, &hits, above.get(&tag).copied().unwrap_or(0.0)))
            .collect();
        let first = |suggestion: &Suggestion| suggestion.cues.first().map(|cue| cue.span.start);
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(first(a).cmp(&first(b))));
        found
    }

    /// Every cue in the words, by where it begins; longer ones first.
    fn hits(&self, words: &str) -> Vec<Hit> {
        let literal = self.automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(words));
        let literal = literal.flat_map(|hit| {
            let owners = self.patterns.get(hit.pattern().as_usize()).map_or(&[][..], |p| &p.owners);
            owners.iter().map(move |&(tag, role)| Hit {
                start: hit.start(),
                end: hit.end(),
                tag,
                role,
                inside: false,
            })
        });
        let expressed = self.expressions.iter().flat_map(|(regex, tag, role)| {
            regex.find_iter(words).map(|hit| Hit {
                start: hit.start(),
                end: hit.end(),
                tag: *tag,
                role: *role,
                inside: false,
            })
        });
        let mut hits: Vec<Hit> = literal.chain(expressed).filter(|hit| hit.start < hit.end).collect();
        hits.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        mark_inside(&mut hits);
        hits
    }

    /// What the heading of the section above says for each tag.
    fn above(&self, plan: &Plan, ix: NodeIx) -> HashMap<usize, f32> {
        let up = plan.outline.get(ix).and_then(|node| node.parent).and_then(|up| plan.outline.get(up));
        let heading = up.map(|node| folded(&node.heading.read(&plan.text))).unwrap_or_default();
        let mut scores = HashMap::new();
        let mut seen: Vec<(usize, String)> = Vec::new();
        for hit in self.hits(&heading) {
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
        let own: Vec<&Hit> = speaking(hits.iter().filter(|hit| hit.tag == tag).collect());
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
        let cues = own.iter().map(|hit| reading.cue(hit)).collect();
        (score >= THRESHOLD).then(|| Suggestion { tag: self.tags[tag].clone(), score, cues })
    }
}

fn roles(cues: &Cues) -> impl Iterator<Item = (&str, Role)> {
    let mut roles = Vec::new();
    for (list, role) in [(&cues.strong, Role::Strong), (&cues.weak, Role::Weak), (&cues.not, Role::Not)] {
        roles.extend(list.iter().map(move |cue| (cue.as_str(), role)));
    }
    roles.into_iter()
}

impl Role {
    fn weight(self) -> f32 {
        match self {
            Self::Strong => STRONG,
            Self::Weak => WEAK,
            Self::Not => 0.0,
        }
    }
}

/// A cue where it stands, in bytes of the reading.
#[derive(Clone, Debug)]
struct Hit {
    start: usize,
    end: usize,
    tag: usize,
    role: Role,
    /// Inside a longer cue of whatever tag.
    inside: bool,
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

/// Of the hits of one tag those that speak: not touched by its not-cues, not inside another of its own.
fn speaking(hits: Vec<&Hit>) -> Vec<&Hit> {
    let (silencing, speaking): (Vec<&Hit>, Vec<&Hit>) =
        hits.into_iter().partition(|hit| hit.role == Role::Not);
    let mut reach = 0;
    let untouched = |hit: &&Hit| !silencing.iter().any(|not| not.start < hit.end && hit.start < not.end);
    let outermost = |hit: &&Hit| {
        let inside = hit.end <= reach;
        reach = reach.max(hit.end);
        !inside
    };
    speaking.into_iter().filter(untouched).filter(outermost).collect()
}

/// The words of a node in matching form, blanks dropped.
#[derive(Debug, Default)]
struct Reading {
    folded: String,
    /// Byte offset in `folded` and place in the text of every char.
    places: Vec<(usize, CharPos)>,
    /// Where the heading ends, or the first sentence of a node without heading, in bytes.
    opening: usize,
    /// Length of the heading in bytes, 0 without one.
    heading: usize,
    /// Where sentences end, in bytes.
    stops: Vec<usize>,
}

impl Reading {
    fn of(plan: &Plan, ix: NodeIx) -> Self {
        let mut reading = Self::default();
        let Some(node) = plan.outline.get(ix) else { return reading };
        for &span in &node.heading.0 {
            reading.push(&plan.text, span, None);
        }
        reading.heading = reading.folded.len();
        reading.stops.push(reading.folded.len());
        let note = node.departments.as_ref().map(|note| note.span);
        for &span in &node.body.0 {
            reading.push(&plan.text, span, note);
        }
        for child in unnumbered(&plan.outline, ix) {
            for &span in plan.outline.get(child).map_or(&[][..], |node| &node.body.0) {
                reading.push(&plan.text, span, None);
            }
            reading.stops.push(reading.folded.len());
        }
        reading.opening = match reading.heading {
            0 => reading.stops.iter().copied().find(|&stop| stop > 0).unwrap_or(reading.folded.len()),
            heading => heading,
        };
        reading
    }

    fn push(&mut self, text: &Text, span: Span, left_out: Option<Span>) {
        for (offset, c) in text.slice(span).chars().enumerate() {
            let place = span.start + offset as u32;
            if is_blank(c) || c == '\n' || left_out.is_some_and(|out| out.contains(place)) {
                continue;
            }
            self.places.push((self.folded.len(), place));
            self.folded.push(fold_char(c));
            if matches!(c, '。' | ';' | '；') {
                self.stops.push(self.folded.len());
            }
        }
    }

    /// The share of the heading that a hit fills.
    fn share(&self, hit: &Hit) -> f32 {
        if self.heading == 0 { 0.0 } else { (hit.end - hit.start) as f32 / self.heading as f32 }
    }

    /// How many sentences behind the first one of the body a byte lies.
    fn sentence(&self, byte: usize) -> f32 {
        let before = self.stops.partition_point(|&stop| stop <= byte);
        before.saturating_sub(1) as f32
    }

    fn cue(&self, hit: &Hit) -> Cue {
        let at = |byte: usize| self.places.partition_point(|(start, _)| *start < byte);
        let place = |index: usize| self.places.get(index).map_or(CharPos(0), |(_, place)| *place);
        let span = Span::new(place(at(hit.start)), place(at(hit.end).saturating_sub(1)) + 1);
        Cue { words: self.folded[hit.start..hit.end].to_owned(), span }
    }
}

/// The unnumbered paragraphs right under a node: the body of an own-line heading.
fn unnumbered(outline: &Outline, ix: NodeIx) -> impl Iterator<Item = NodeIx> {
    let own = |&child: &NodeIx| {
        outline.get(child).is_some_and(|n| n.kind == Kind::Paragraph && n.number.is_empty())
    };
    outline.children(Some(ix)).filter(own)
}

/// The matching form of a cue.
fn folded(words: &str) -> String {
    words.chars().filter(|c| !is_blank(*c)).map(fold_char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Facet, Tag, Unknown};
    use crate::plan::{self, Node, Segments};
    use crate::text::Layout;

    fn tag(id: &str, strong: &[&str], weak: &[&str], not: &[&str]) -> Tag {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Tag {
            id: id.into(),
            facet: "theme".to_owned(),
            parent: None,
            zh: id.to_owned(),
            en: id.to_owned(),
            definition_zh: String::new(),
            definition_en: String::new(),
            hue: 0,
            cues: Cues { strong: list(strong), weak: list(weak), not: list(not) },
            domain: None,
            core: true,
            shortcut: None,
            unknown: Unknown::default(),
        }
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
        plan.outline = Outline { nodes: vec![paragraph(text.span())], ..Outline::default() };
        let show = |s: &Suggestion| {
            let cues: Vec<_> = s.cues.iter().map(|cue| plan.text.slice(cue.span)).collect();
            format!("{}({})", s.tag, cues.join(","))
        };
        suggester().suggest(&plan, NodeIx(0)).iter().map(show).collect::<Vec<_>>().join(" ")
    }

    fn paragraph(span: Span) -> Node {
        Node {
            parent: None,
            level: 1,
            kind: Kind::Paragraph,
            span,
            number: Span::at(span.start, 0),
            heading: Segments::default(),
            body: Segments::one(span),
            own_line: false,
            topics: Vec::new(),
            inline: Vec::new(),
            departments: None,
            rows: Vec::new(),
            flags: Vec::new(),
        }
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
