//! Promise: an annotation is right, flagged, or unanchored after any edit of the text, never silently wrong.

use duizhao::annotation::{Anchor, Place};
use duizhao::text::{CharPos, Span, Text};
use proptest::prelude::*;

/// An edit of the text: so many chars from `at` are replaced by `words`.
#[derive(Clone, Debug)]
struct Edit {
    at: usize,
    removed: usize,
    words: String,
}

/// A text of few phrases, so that the same words stand in many places.
fn texts() -> impl Strategy<Value = String> {
    let phrase = prop::sample::select(vec![
        "加强宣传。", "完善制度,", "一、", "(二)推进家庭医生签约服务。", "到2020年达到40%以上;", "\n",
        "各县(市、区)要加强组织领导,落实工作责任。", "建立健全分级诊疗制度,", "市卫生健康委牵头,", "加强宣传,",
    ]);
    prop::collection::vec(phrase, 3..60).prop_map(|phrases| phrases.concat())
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let words = prop::sample::select(vec!["", "", "新", "加强宣传", "经市政府同意,", "完善制度,加强宣传。", "3", "\n\n"]);
    let edit = (any::<prop::sample::Index>(), 0_usize..40, words)
        .prop_map(|(at, removed, words)| Edit { at: at.index(4000), removed, words: words.to_owned() });
    prop::collection::vec(edit, 1..6)
}

/// Carries out the edits, and follows every char: where each char of the old text stands in the new one.
fn edited(old: &[char], edits: &[Edit]) -> (String, Vec<Option<usize>>) {
    let mut text: Vec<(char, Option<usize>)> = old.iter().enumerate().map(|(at, &char)| (char, Some(at))).collect();
    for edit in edits {
        let at = edit.at % (text.len() + 1);
        let end = (at + edit.removed).min(text.len());
        text.splice(at..end, edit.words.chars().map(|char| (char, None)));
    }
    let mut places = vec![None; old.len()];
    for (new, &(_, origin)) in text.iter().enumerate() {
        if let Some(origin) = origin {
            places[origin] = Some(new);
        }
    }
    (text.into_iter().map(|(char, _)| char).collect(), places)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn never_silently_wrong(old in texts(), start in any::<prop::sample::Index>(), len in 1_usize..50, edits in edits()) {
        let chars: Vec<char> = old.chars().collect();
        let start = start.index(chars.len());
        let end = (start + len).min(chars.len());
        let anchor = Anchor::new(&Text::new(&old), Span::new(CharPos(start as u32), CharPos(end as u32)));
        let (new, places) = edited(&chars, &edits);
        let text = Text::new(&new);
        let place = anchor.find(&text);
        if let Some(span) = place.span() {
            prop_assert!(span.end.0 <= text.len() && span.start <= span.end);
        }
        if place.is_certain() {
            let span = place.span().unwrap();
            prop_assert_eq!(text.slice(span), anchor.quote.as_str());
            // Right: it holds a char that was there; or those all went, and the same words with the same
            // surroundings came in their place, which is the same text.
            let kept: Vec<usize> = places[start..end].iter().flatten().copied().collect();
            let overlaps = kept.iter().any(|&at| span.contains(CharPos(at as u32)));
            let same_text = new == old;
            let beside = places[..start].iter().flatten().last().is_some_and(|&before| before + 1 == span.start.0 as usize)
                || places[end..].iter().flatten().next().is_some_and(|&after| after == span.end.0 as usize);
            prop_assert!(overlaps || same_text || beside, "{:?} in {}", place, new);
        }
    }

    #[test]
    fn without_edits_every_anchor_stands(old in texts(), start in any::<prop::sample::Index>(), len in 1_usize..80) {
        let text = Text::new(&old);
        let start = start.index(text.len() as usize) as u32;
        let span = Span::new(CharPos(start), CharPos((start + len as u32).min(text.len())));
        prop_assert_eq!(Anchor::new(&text, span).find(&text), Place::Exact(span));
    }

    #[test]
    fn words_moved_as_a_whole_are_found(old in texts(), added in "[甲乙丙丁,。]{1,60}") {
        let text = Text::new(&old);
        let span = Span::new(CharPos(text.len() / 3), CharPos(text.len() / 2 + 1));
        let anchor = Anchor::new(&text, span);
        let moved = Text::new(&format!("{added}{old}"));
        let place = anchor.find(&moved);
        prop_assert!(place != Place::Lost);
        if place.is_certain() {
            prop_assert_eq!(place.span().unwrap().start.0, span.start.0 + added.chars().count() as u32);
        }
    }
}

#[test]
fn a_thousand_lost_anchors_in_a_long_text_take_no_long_time() {
    let text = Text::new(&"各县要加强组织领导,落实工作责任,完善制度,推进家庭医生签约服务。\n".repeat(4000));
    let other = Text::new(&"此处是完全不同的一段文字,用来测试找不到原文时的速度。".repeat(3));
    let anchors: Vec<Anchor> =
        (0..1000).map(|n| Anchor::new(&other, Span::at(CharPos(n % 40), 12 + n % 20))).collect();
    let begun = std::time::Instant::now();
    assert!(anchors.iter().all(|anchor| anchor.find(&text) == Place::Lost));
    assert!(begun.elapsed().as_secs() < 20, "{:?} in a debug build", begun.elapsed());
}
