//! What a plan takes over from another: a city's from the province's or the nation's, a new version's from the old.
//!
//! Counted in strings of eight characters: two cities share under 2 % of theirs by chance and formula, so a share
//! of a fifth is no accident.

use super::items::{Item, items};
use crate::plan::{NodeIx, Plan, Segments};
use crate::text::{CharPos, Span, fold_char, is_blank};
use std::collections::{BTreeMap, HashMap};

/// Length of the strings, in chars that are no blanks.
const STRING: usize = 8;
/// From this share on an item is copied …
const COPIED: f32 = 0.8;
/// … and from this on adapted.
const ADAPTED: f32 = 0.2;

/// Where an item comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Borrowed {
    /// The item.
    pub node: NodeIx,
    /// Share of its chars that stand in the other plan in strings of eight or more, 0-1.
    pub share: f32,
    /// What that makes of it.
    pub origin: Origin,
    /// The words taken over.
    pub words: Segments,
    /// The item of the other plan that most of them stand in.
    pub source: Option<NodeIx>,
}

/// What an item is in relation to another plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Taken over nearly whole.
    Copied,
    /// Taken over in part.
    Adapted,
    /// The plan's own.
    Own,
}

/// What each item of `own` takes over from `other`, in document order. Linear in the lengths of both.
pub fn borrowed(own: &Plan, other: &Plan) -> Vec<Borrowed> {
    let mut holders = Holders::new();
    for item in items(other) {
        for string in chars(other, &item).windows(STRING) {
            let nodes = holders.entry(letters(string)).or_default();
            if nodes.last() != Some(&item.node) {
                nodes.push(item.node);
            }
        }
    }
    items(own).iter().map(|item| of_item(own, item, &holders)).collect()
}

/// The items that hold each string.
type Holders = HashMap<[char; STRING], Vec<NodeIx>>;

/// The chars of a window without their places.
fn letters(window: &[(char, CharPos)]) -> [char; STRING] {
    let mut letters = ['\0'; STRING];
    for (letter, &(c, _)) in letters.iter_mut().zip(window) {
        *letter = c;
    }
    letters
}

fn of_item(own: &Plan, item: &Item, holders: &Holders) -> Borrowed {
    let chars = chars(own, item);
    let mut taken = vec![false; chars.len()];
    let mut votes: BTreeMap<NodeIx, u32> = BTreeMap::new();
    for (at, string) in chars.windows(STRING).enumerate() {
        if let Some(nodes) = holders.get(&letters(string)) {
            taken[at..at + STRING].fill(true);
            for &node in nodes {
                *votes.entry(node).or_default() += 1;
            }
        }
    }
    let count = taken.iter().filter(|&&taken| taken).count();
    let share = count as f32 / chars.len().max(1) as f32;
    let places = chars.iter().zip(&taken).filter(|&(_, &taken)| taken).map(|(&(_, place), _)| place);
    Borrowed {
        node: item.node,
        share,
        origin: match share {
            share if share >= COPIED => Origin::Copied,
            share if share >= ADAPTED => Origin::Adapted,
            _ => Origin::Own,
        },
        words: runs(places),
        source: votes
            .into_iter()
            .max_by_key(|&(node, votes)| (votes, std::cmp::Reverse(node)))
            .map(|(node, _)| node),
    }
}

/// The chars of an item in matching form, blanks and line ends left out, each with its place.
fn chars(plan: &Plan, item: &Item) -> Vec<(char, CharPos)> {
    let of_span =
        |&span: &Span| plan.text.slice(span).chars().zip((span.start.0..).map(CharPos)).collect::<Vec<_>>();
    let all = item.words.0.iter().flat_map(of_span);
    all.filter(|&(c, _)| !is_blank(c) && c != '\n').map(|(c, place)| (fold_char(c), place)).collect()
}

/// Places that follow each other make a span.
fn runs(places: impl Iterator<Item = CharPos>) -> Segments {
    let mut spans: Vec<Span> = Vec::new();
    for place in places {
        match spans.last_mut() {
            Some(last) if last.end == place => last.end = place + 1,
            _ => spans.push(Span::at(place, 1)),
        }
    }
    Segments(spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Layout, Text};

    fn plan(words: &str) -> Plan {
        crate::plan::read(&Text::new(words), &Layout::default(), &[])
    }

    #[test]
    fn an_item_is_copied_adapted_or_the_plans_own() {
        let upper = plan(
            "一、预防\n1.每年为全体市民免费提供一次健康体检服务。\n2.在所有学校配备专职卫生老师,每月检查教室采光。\n二、治疗\n\
             1.县级医院全部建成卒中中心。\n",
        );
        let own = plan(
            "一、预防\n1.每年为全体市民免费提供一次健康体检服务。\n2.在所有学校配备专职卫生老师,并给每间教室换上护眼灯具,\
             逐步添置可调课桌椅,让孩子少近视。\n二、治疗\n1.扩建南山医院门诊楼。\n",
        );
        let found = borrowed(&own, &upper);
        let origins: Vec<_> = found.iter().map(|borrowed| borrowed.origin).collect();
        assert_eq!(origins, [Origin::Copied, Origin::Adapted, Origin::Own]);
        assert_eq!(found[1].words.read(&own.text), "在所有学校配备专职卫生老师,");
        assert!(found[0].source.is_some() && found[2].source.is_none());
    }
}
