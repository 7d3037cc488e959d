//! Where an annotation sits: a span, and the words there and around it, so that it can be found again when
//! the text moves.
//!
//! Finding never guesses silently: a place is given as certain only where the words and what stood around
//! them prove it; a likely place is given as [`Place::Uncertain`] for a person to confirm; all else is lost.
//! The order (position, exact quote, approximate quote) follows the anchoring of the Hypothesis client. Not
//! here: the search for words that were changed (see `approximate`).

use super::approximate;
use super::unknown::{Unknown, keep_unknown};
use crate::text::{CharPos, Span, Text};
use memchr::memmem;
use serde::{Deserialize, Serialize};

/// How many chars of context an anchor keeps on either side.
const CONTEXT: u32 = 32;

/// How far the context of a side grows while the same words stand elsewhere behind the same context.
const MAX_CONTEXT: u32 = 256;

/// From how many chars on a quote speaks for itself: if it was the only such passage when the anchor was made,
/// finding it once is proof without its context.
const LONG: u32 = 12;

/// A place in a text: span + quote + prefix + suffix (the TextQuoteSelector and TextPositionSelector of the
/// W3C Web Annotation model, in one record).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Anchor {
    /// First char, counted from the beginning of the canonical text.
    pub start: CharPos,
    /// One past the last char.
    pub end: CharPos,
    /// The words there.
    pub quote: String,
    /// The 32 chars before (fewer where the text begins; up to 256 where 32 would fit another place too).
    #[serde(default)]
    pub prefix: String,
    /// The 32 chars after, likewise.
    #[serde(default)]
    pub suffix: String,
    /// How many other places had the same words when the anchor was made.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub alike: u32,
    /// Fields that a newer version wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}
keep_unknown!(Anchor);

#[allow(clippy::trivially_copy_pass_by_ref)] // the signature serde asks for
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// What an anchor finds in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The quote stands where it stood.
    Exact(Span),
    /// The quote stands elsewhere, once, with its context.
    Moved(Span),
    /// Probably here: the words, or what stands around them, changed. A person should confirm it.
    Uncertain(Span),
    /// Not found: shown as unanchored.
    Lost,
}

impl Place {
    /// Where it is, certain or not.
    pub fn span(self) -> Option<Span> {
        match self {
            Self::Exact(span) | Self::Moved(span) | Self::Uncertain(span) => Some(span),
            Self::Lost => None,
        }
    }

    /// Whether a person need not look at it.
    pub fn is_certain(self) -> bool {
        matches!(self, Self::Exact(_) | Self::Moved(_))
    }
}

/// A place where the quote stands word for word.
struct Occurrence {
    span: Span,
    /// Whether the whole prefix stands before it,
    before: bool,
    /// and the whole suffix after it.
    after: bool,
}

impl Anchor {
    /// An anchor on `span` of `text`.
    pub fn new(text: &Text, span: Span) -> Self {
        let span = Span::new(span.start.min(text.span().end), span.end.min(text.span().end));
        let quote = text.slice(span);
        let others: Vec<Span> = occurrences(text, quote).filter(|&found| found != span).collect();
        let prefix = telling_context(text, &others, |found, len| before(text, found, len), span);
        let suffix = telling_context(text, &others, |found, len| after(text, found, len), span);
        Self {
            start: span.start,
            end: span.end,
            quote: quote.to_owned(),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
            alike: others.len() as u32,
            unknown: Unknown::default(),
        }
    }

    /// The span as recorded.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Whether it quotes nothing, as the anchor of a whole plan does.
    pub fn is_empty(&self) -> bool {
        self.quote.is_empty()
    }

    /// Finds the anchor in `text`, which may be a later version of the one it was made on. Where the text did
    /// not change this looks only at the place itself; else it is linear in the length of the text.
    pub fn find(&self, text: &Text) -> Place {
        if self.is_empty() {
            return Place::Lost;
        }
        let here = self.occurrence(text, self.span());
        if let Some(here) = &here
            && here.before
            && here.after
            && self.has_telling_context()
        {
            return Place::Exact(here.span);
        }
        let found: Vec<Occurrence> =
            occurrences(text, &self.quote).filter_map(|span| self.occurrence(text, span)).collect();
        if found.is_empty() {
            let hint = approximate::Wanted {
                quote: &self.quote,
                prefix: &self.prefix,
                suffix: &self.suffix,
                start: self.start,
            };
            return approximate::find(text, &hint).map_or(Place::Lost, Place::Uncertain);
        }
        match self.certain(&found) {
            Some(span) if span == self.span() => Place::Exact(span),
            Some(span) => Place::Moved(span),
            None => self.likeliest(text, &found).map_or(Place::Lost, Place::Uncertain),
        }
    }

    /// The quote at `span`, if it stands there.
    fn occurrence(&self, text: &Text, span: Span) -> Option<Occurrence> {
        let (start, end) = (text.byte_of(span.start), text.byte_of(span.end));
        let words = text.as_str();
        (words[start..end] == self.quote && span.end <= text.span().end).then(|| Occurrence {
            span,
            before: words[..start].ends_with(&self.prefix),
            after: words[end..].starts_with(&self.suffix),
        })
    }

    /// Whether the words with their context stood only once when the anchor was made.
    fn has_telling_context(&self) -> bool {
        let capped = |side: &str| side.chars().count() as u32 >= MAX_CONTEXT;
        self.alike == 0 || !(capped(&self.prefix) && capped(&self.suffix))
    }

    /// The one occurrence that must be the place, if the words and their context prove one.
    fn certain(&self, found: &[Occurrence]) -> Option<Span> {
        let whole: Vec<Span> = found.iter().filter(|o| o.before && o.after).map(|o| o.span).collect();
        match whole.as_slice() {
            [only] if self.has_telling_context() && self.has_context() => return Some(*only),
            [] => {}
            // Long passages that stand several times: only if none came or went, and it is where it was.
            several => {
                let same_number = found.len() as u32 == self.alike + 1;
                return several.iter().copied().find(|&span| same_number && span == self.span());
            }
        }
        let telling = |side: &str| (CONTEXT..MAX_CONTEXT).contains(&(side.chars().count() as u32));
        let (before, after) = (telling(&self.prefix), telling(&self.suffix));
        let mut half = found.iter().filter(|o| (o.before && before) || (o.after && after));
        match (half.next(), half.next()) {
            (Some(only), None) => Some(only.span),
            (Some(_), Some(_)) => None,
            _ => match found {
                [only] if self.alike == 0 && self.span().len() >= LONG => Some(only.span),
                _ => None,
            },
        }
    }

    /// Whether anything is known of what stood around it: without, finding short words once proves nothing.
    fn has_context(&self) -> bool {
        !(self.prefix.is_empty() && self.suffix.is_empty()) || self.span().len() >= LONG
    }

    /// The occurrence with the most similar surroundings, the nearest among equals. `None` where nothing
    /// around any of them is left of what stood there and the quote is too short to speak for itself.
    fn likeliest(&self, text: &Text, found: &[Occurrence]) -> Option<Span> {
        let score = |o: &Occurrence| {
            let before =
                common(self.prefix.chars().rev(), text.as_str()[..text.byte_of(o.span.start)].chars().rev());
            let after = common(self.suffix.chars(), text.as_str()[text.byte_of(o.span.end)..].chars());
            (before + after, std::cmp::Reverse(o.span.start.0.abs_diff(self.start.0)))
        };
        let best = found.iter().max_by_key(|o| score(o))?;
        let speaks = self.span().len() >= 4 || score(best).0 >= 2;
        speaks.then_some(best.span)
    }
}

/// The places where `quote` stands in `text`, overlapping ones left out, in order.
fn occurrences<'a>(text: &'a Text, quote: &'a str) -> impl Iterator<Item = Span> + 'a {
    let len = quote.chars().count() as u32;
    let finder = memmem::Finder::new(quote.as_bytes()).into_owned();
    let mut from = if quote.is_empty() { text.as_str().len() + 1 } else { 0 };
    std::iter::from_fn(move || {
        let rest = text.as_str().as_bytes().get(from..)?;
        let byte = from + finder.find(rest)?;
        // The next may begin inside this one (哈哈哈), so step by one char only.
        from = byte + text.as_str()[byte..].chars().next().map_or(1, char::len_utf8);
        Some(Span::at(text.char_of(byte), len))
    })
}

/// The context on one side of `span`: 32 chars, more while one of the `others` has the same.
fn telling_context<'a>(
    text: &Text,
    others: &[Span],
    context: impl Fn(Span, u32) -> &'a str,
    span: Span,
) -> &'a str {
    let mut len = CONTEXT;
    let mut rivals: Vec<Span> = others.to_vec();
    loop {
        let own = context(span, len);
        rivals.retain(|&other| context(other, len) == own);
        let whole = own.chars().count() as u32;
        if rivals.is_empty() || len >= MAX_CONTEXT || whole < len || whole >= text.len() {
            return own;
        }
        len *= 2;
    }
}

/// At most `len` chars before a span.
fn before(text: &Text, span: Span, len: u32) -> &str {
    text.slice(Span::new(CharPos(span.start.0.saturating_sub(len)), span.start))
}

/// At most `len` chars after a span.
fn after(text: &Text, span: Span, len: u32) -> &str {
    text.slice(Span::at(span.end, len))
}

/// Length of the common beginning.
fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span::new(CharPos(start), CharPos(end))
    }

    /// Puts an anchor on the first `quote` of `old` and tells where it is found in `new`.
    fn check(old: &str, quote: &str, new: &str, expect: Place) {
        let old = Text::new(old);
        let at = old.char_of(old.as_str().find(quote).unwrap());
        let anchor = Anchor::new(&old, Span::at(at, quote.chars().count() as u32));
        assert_eq!(anchor.quote, quote);
        assert_eq!(anchor.find(&old), Place::Exact(anchor.span()), "{quote}: same text");
        assert_eq!(anchor.find(&Text::new(new)), expect, "{quote} in {new}");
    }

    #[test]
    fn an_anchor_finds_its_words_again() {
        let old = "一、完善制度。加强宣传。二、加强培训。";
        check(old, "加强宣传", "(新)一、完善制度。加强宣传。二、加强培训。", Place::Moved(span(10, 14)));
        check(old, "加强宣传", "一、健全制度。加强宣传。二、加强培训。", Place::Uncertain(span(7, 11)));
        check(
            old,
            "加强宣传。二、加强培训",
            "一、健全制度。加强宣传。二、加强培训。又",
            Place::Uncertain(span(7, 18)),
        );
        check(
            old,
            "完善制度。加强宣传。二、加强",
            "新完善制度。加强宣传。二、加强。",
            Place::Moved(span(1, 15)),
        );
    }

    #[test]
    fn changed_words_are_found_but_a_person_must_confirm() {
        let old = "一、家庭医生签约服务覆盖率达到40%以上。二、其他。";
        let new = "一、家庭医生签约服务覆盖率要达到45%以上。二、其他。";
        check(old, "家庭医生签约服务覆盖率达到40%以上", new, Place::Uncertain(span(2, 21)));
    }

    #[test]
    fn an_anchor_is_never_moved_to_a_look_alike() {
        check("甲,加强宣传,乙。", "加强宣传", "全文已改。", Place::Lost);
        check("甲,加强宣传,乙。", "加强宣传", "丙丙丙丙丙丙,加强宣传;丁。", Place::Uncertain(span(7, 11)));
        // The first of two is gone; what stood around the second never stood around the first.
        let (one, two) = ("市区要加强宣传,做到家喻户晓。", "县里也加强宣传,发放手册。");
        check(&format!("{one}{two}"), "加强宣传", two, Place::Uncertain(span(3, 7)));
    }

    #[test]
    fn of_long_passages_that_repeat_none_is_chosen_silently() {
        let block = "完善工作机制,明确责任分工,".repeat(30);
        let old = Text::new(&format!("{block}{block}{block}"));
        let anchor = Anchor::new(&old, span(400, 406));
        assert_eq!(anchor.find(&old), Place::Exact(span(400, 406)));
        assert!(!anchor.find(&Text::new(&format!("{block}{block}"))).is_certain());
    }

    #[test]
    fn context_grows_until_it_tells_places_apart() {
        let row = "一、完善制度,加强领导,落实经费,强化督查,严格考核,确保实效,按时完成,形成合力。";
        let old = Text::new(&format!("首行。{row}次行。{row}末行。"));
        let anchor = Anchor::new(&old, span(20, 24));
        assert_eq!(anchor.alike, 1);
        assert_eq!(anchor.prefix.chars().count(), 20, "to the beginning of the text");
        assert_eq!(anchor.suffix.chars().count(), 32);
        assert!(!anchor.find(&Text::new(&format!("首行。新增一句。次行。{row}末行。"))).is_certain());
    }

    #[test]
    fn a_place_past_the_end_is_cut_to_the_text() {
        let anchor = Anchor::new(&Text::new("甲乙"), span(1, 9));
        assert_eq!((anchor.span(), anchor.quote.as_str()), (span(1, 2), "乙"));
        assert_eq!(Anchor::default().find(&Text::new("甲")), Place::Lost);
    }
}
