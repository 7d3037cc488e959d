//! What comes over to a new version of a plan: annotations found again by their anchors, and corrections.

use crate::annotation::{Anchor, Annotation, AnnotationId, Place, Sheet};
use crate::plan::Correction;
use crate::project::PlanId;
use crate::text::Text;
use sha2::{Digest, Sha256};
use std::ops::Add;
use uuid::Builder;

/// How the annotations of the earlier version were found in the new text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Where they stood.
    pub exact: usize,
    /// Elsewhere, for certain.
    pub moved: usize,
    /// Probably, because words changed: a person should confirm them.
    pub uncertain: usize,
    /// Not at all: they are kept, and shown as unanchored.
    pub lost: usize,
}

impl Carried {
    /// All of them.
    pub fn total(&self) -> usize {
        self.exact + self.moved + self.uncertain + self.lost
    }
}

impl Add for Carried {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            exact: self.exact + other.exact,
            moved: self.moved + other.moved,
            uncertain: self.uncertain + other.uncertain,
            lost: self.lost + other.lost,
        }
    }
}

/// A coder's annotations as they stand on the new text. One that is not found for certain keeps its anchor, so
/// that a person can confirm its place or see what it was about.
pub(super) fn sheet(earlier: &Sheet, text: &Text, plan: PlanId) -> (Sheet, Carried) {
    let mut carried = Carried::default();
    let annotations: Vec<Annotation> = earlier
        .iter()
        .map(|annotation| {
            let place = annotation.find(text);
            match place {
                Place::Exact(_) => carried.exact += 1,
                Place::Moved(_) => carried.moved += 1,
                Place::Uncertain(_) => carried.uncertain += 1,
                Place::Lost => carried.lost += 1,
            }
            let span = place.span().filter(|_| place.is_certain() && !annotation.anchor.is_empty());
            let anchor = span.map_or_else(|| annotation.anchor.clone(), |span| Anchor::new(text, span));
            Annotation { id: id_on(plan, annotation.id), anchor, ..annotation.clone() }
        })
        .collect();
    (Sheet::new(annotations), carried)
}

/// How a coder's annotations would be found, without making them.
pub(super) fn count(earlier: &Sheet, text: &Text) -> Carried {
    sheet(earlier, text, PlanId::random()).1
}

/// The id of an annotation's copy on another plan: the same wherever and whenever it is made, so that copies made
/// on two machines are one.
fn id_on(plan: PlanId, id: AnnotationId) -> AnnotationId {
    let digest = Sha256::new().chain_update(id.0.as_bytes()).chain_update(plan.0.as_bytes()).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    AnnotationId(Builder::from_custom_bytes(bytes).into_uuid())
}

/// The corrections whose places are found for certain in the new text.
pub(super) fn corrections(before: &Text, corrections: &[Correction], text: &Text) -> Vec<Correction> {
    let moved = |correction: &Correction| {
        // A split is an empty span: its place is where the words after it begin.
        let len = correction.span.len().max(correction.quote.chars().count() as u32);
        let anchor = Anchor::new(before, crate::text::Span::at(correction.span.start, len));
        let place = anchor.find(text);
        let start = place.span().filter(|_| place.is_certain())?.start;
        let span = crate::text::Span::at(start, correction.span.len());
        Some(Correction { span, ..correction.clone() })
    };
    corrections.iter().filter_map(moved).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Body;
    use crate::plan::Operation;
    use crate::text::{CharPos, Span};
    use jiff::Timestamp;

    const OLD: &str = "某市工作要点\n一、推进分级诊疗制度建设,完善双向转诊。\n二、加强基层卫生队伍建设,培训全科医生。\n\
                       三、做好家庭医生签约服务,覆盖率达到40%。\n四、开展健康教育宣传活动,普及健康知识。\n";

    fn on(text: &Text, words: &str) -> Annotation {
        let start = text.char_of(text.as_str().find(words).unwrap());
        let span = Span::at(start, words.chars().count() as u32);
        Annotation::new(Anchor::new(text, span), Body::Tag("t".into()), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn annotations_are_found_moved_doubted_or_lost_and_none_is_dropped() {
        let old = Text::new(OLD);
        let new = OLD.replace("四、开展健康教育宣传活动,普及健康知识。\n", "").replace(
            "三、做好家庭医生签约服务,覆盖率达到40%。",
            "三、抓好控烟工作。\n四、做好家庭医生签约服务,覆盖率要达到45%。",
        );
        let new = Text::new(&new.replace("二、加强", "增补一行说明。\n二、加强"));
        let words = [
            "一、推进分级诊疗制度建设",
            "二、加强基层卫生队伍建设,培训全科医生。",
            "做好家庭医生签约服务,覆盖率达到40%",
            "四、开展健康教育宣传活动,普及健康知识。",
        ];
        let earlier = Sheet::new(words.map(|words| on(&old, words)));
        let plan = PlanId::random();
        let (carried_over, carried) = sheet(&earlier, &new, plan);
        assert_eq!(carried, Carried { exact: 1, moved: 1, uncertain: 1, lost: 1 });
        assert_eq!(carried_over.len(), 4);
        let found = carried_over.iter().filter(|a| matches!(a.anchor.find(&new), Place::Exact(_))).count();
        assert_eq!(found, 2, "what was found for certain stands where it belongs");
        let quotes = |sheet: &Sheet| {
            let mut quotes: Vec<_> = sheet.iter().map(|a| a.anchor.quote.clone()).collect();
            quotes.sort();
            quotes
        };
        assert_eq!(quotes(&carried_over), quotes(&earlier));
        assert_eq!(sheet(&earlier, &new, plan).0, carried_over, "made again, it is the same");
    }

    #[test]
    fn corrections_come_over_where_their_words_are() {
        let (old, new) =
            (Text::new(OLD), Text::new(&format!("增补说明。\n{OLD}").replace("四、开展", "四、组织")));
        let at = |words: &str| {
            let span = Span::at(old.char_of(old.as_str().find(words).unwrap()), words.chars().count() as u32);
            Correction { span, quote: words.to_owned(), operation: Operation::Demote }
        };
        let kept = corrections(&old, &[at("二、加强基层卫生队伍建设"), at("四、开展健康教育")], &new);
        let places: Vec<_> = kept.iter().map(|c| new.slice(c.span)).collect();
        assert_eq!(places, ["二、加强基层卫生队伍建设"]);
        let _: CharPos = kept[0].span.start;
    }
}
