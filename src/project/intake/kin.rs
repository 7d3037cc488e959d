//! The same document met before: in another format, in a later wording. Told by the words, never by file names.
//!
//! A sketch of a text is the 128 smallest hashes of its strings of eight letters, digits and Han characters
//! (bottom-k sketch, Broder 1997); two sketches give the share of strings that two texts have in common, to about
//! four points. Two cities' plans share below 2 %, two years of one city up to a third. Blanks, line ends and
//! punctuation do not count, because a docx and a PDF of one plan differ in them.

use crate::plan::Metadata;
use crate::project::{Entry, Folder, PlanId, Project};
use crate::text::{Text, fold_char};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Hashes in a sketch.
const SKETCH: usize = 128;
/// Length of the strings, in letters.
const STRING: usize = 8;
/// From this share of common strings on, two texts are versions of one document …
const ALIKE: f32 = 0.5;
/// … or from this one, where title, place and years are the same too.
const ALIKE_BY_NAME: f32 = 0.2;
/// From this share on, the words count as the same: PDFs lose a sign here and there.
const SAME: f32 = 0.97;

/// A plan that seems to be the same document.
#[derive(Clone, Debug, PartialEq)]
pub struct Kin {
    /// The plan.
    pub of: PlanId,
    /// Share of the words they have in common, 0-1.
    pub likeness: f32,
    /// Whether the words are the same, so that it is a copy in another format or encoding.
    pub same_words: bool,
}

/// The share of the words that two texts have in common, 0-1, to about four points.
pub fn likeness(a: &Text, b: &Text) -> f32 {
    Sketch::of(a).likeness(&Sketch::of(b))
}

/// What stands for the words of a text.
#[derive(Clone, Debug)]
struct Sketch {
    /// Sorted.
    hashes: Vec<u64>,
    /// Of all letters.
    digest: u64,
}

impl Sketch {
    fn of(text: &Text) -> Self {
        /// Any odd number with bits all over.
        const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
        let leaving = (0..STRING).fold(1_u64, |power, _| power.wrapping_mul(BASE));
        let letters =
            || text.as_str().chars().filter(|c| c.is_alphanumeric()).map(|c| u64::from(fold_char(c)));
        let mut digest = DefaultHasher::new();
        let (mut rolling, mut hashes, mut count) = (0_u64, Vec::new(), 0);
        let mut behind = letters();
        for letter in letters() {
            letter.hash(&mut digest);
            rolling = rolling.wrapping_mul(BASE).wrapping_add(letter);
            count += 1;
            if count > STRING {
                let left = behind.next().unwrap_or_default();
                rolling = rolling.wrapping_sub(left.wrapping_mul(leaving));
            }
            if count >= STRING {
                hashes.push(mix(rolling));
            }
        }
        if hashes.is_empty() {
            hashes.push(mix(rolling));
        }
        // Repeated strings must not crowd out the others, so more than needed is kept before they are removed.
        if hashes.len() > SKETCH * 16 {
            hashes.select_nth_unstable(SKETCH * 16);
            hashes.truncate(SKETCH * 16);
        }
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(SKETCH);
        Self { hashes, digest: digest.finish() }
    }

    /// Of the smallest hashes of both together, the share that both have.
    fn likeness(&self, other: &Self) -> f32 {
        let (mut a, mut b) = (self.hashes.iter().peekable(), other.hashes.iter().peekable());
        let (mut seen, mut common) = (0_usize, 0_usize);
        while seen < SKETCH {
            let (next_a, next_b) = (a.peek().copied(), b.peek().copied());
            match (next_a, next_b) {
                (None, None) => break,
                (Some(x), Some(y)) if x == y => {
                    common += 1;
                    a.next();
                    b.next();
                }
                (Some(x), Some(y)) if x < y => drop(a.next()),
                (Some(_), None) => drop(a.next()),
                _ => drop(b.next()),
            }
            seen += 1;
        }
        common as f32 / seen.max(1) as f32
    }
}

/// Spreads a number over all bits (the finaliser of splitmix64).
fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// A plan that another may be a version of.
struct Known {
    id: PlanId,
    place: Option<String>,
    years: Option<(u16, u16)>,
    title: Option<String>,
    extension: String,
    sketch: OnceCell<Option<Sketch>>,
}

/// The plans of the project and of the import so far.
pub(super) struct Kindred<'a> {
    folder: &'a Folder,
    entries: &'a BTreeMap<PlanId, Entry>,
    known: Vec<Known>,
}

impl<'a> Kindred<'a> {
    pub(super) fn new(folder: &'a Folder, entries: &'a BTreeMap<PlanId, Entry>) -> Self {
        let known = entries.values().map(|entry| {
            Known::new(
                entry.record.id,
                &entry.record.metadata,
                &entry.record.source.extension,
                OnceCell::new(),
            )
        });
        Self { folder, entries, known: known.collect() }
    }

    /// The plan that a text read from a file with this extension is most probably a version of. Remembers the
    /// text for those that follow.
    pub(super) fn meet(
        &mut self,
        id: PlanId,
        metadata: &Metadata,
        extension: &str,
        text: &Text,
    ) -> Option<Kin> {
        let sketch = Sketch::of(text);
        let new = Known::new(id, metadata, extension, OnceCell::from(Some(sketch.clone())));
        let mut best: Option<Kin> = None;
        for known in &self.known {
            if !new.may_be(known) {
                continue;
            }
            let read = || Project::read_text(self.folder, known.id).ok().map(|text| Sketch::of(&text));
            let Some(theirs) = known.sketch.get_or_init(read) else { continue };
            let likeness = sketch.likeness(theirs);
            let enough = if new.is_called(known) { ALIKE_BY_NAME } else { ALIKE };
            if likeness >= enough && best.as_ref().is_none_or(|best| likeness > best.likeness) {
                let same_words =
                    sketch.digest == theirs.digest || (likeness >= SAME && known.extension != new.extension);
                best = Some(Kin { of: known.id, likeness, same_words });
            }
        }
        self.known.push(new);
        best.map(|kin| Kin { of: self.present(kin.of), ..kin })
    }

    /// The latest version that follows a plan.
    fn present(&self, id: PlanId) -> PlanId {
        let mut at = id;
        for _ in 0..self.entries.len() {
            match self.entries.values().find(|entry| entry.record.version_of == Some(at)) {
                Some(next) if next.record.id != id => at = next.record.id,
                _ => break,
            }
        }
        at
    }
}

impl Known {
    fn new(id: PlanId, metadata: &Metadata, extension: &str, sketch: OnceCell<Option<Sketch>>) -> Self {
        let place = metadata.place.as_ref().map(|fact| format!("{}{}", fact.value.city, fact.value.county));
        let letters = |title: &str| title.chars().filter(|c| c.is_alphanumeric()).map(fold_char).collect();
        Self {
            id,
            place,
            years: metadata.years.as_ref().map(|fact| fact.value),
            title: metadata.title.as_ref().map(|fact| letters(&fact.value)),
            extension: extension.to_owned(),
            sketch,
        }
    }

    /// Whether nothing known of the two speaks against one document.
    fn may_be(&self, other: &Self) -> bool {
        fn agree<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
            a.is_none() || b.is_none() || a == b
        }
        agree(self.place.as_ref(), other.place.as_ref()) && agree(self.years.as_ref(), other.years.as_ref())
    }

    /// Whether title, place and years are known and the same.
    fn is_called(&self, other: &Self) -> bool {
        self.place.is_some()
            && self.years.is_some()
            && self.title.is_some()
            && (&self.place, &self.years, &self.title) == (&other.place, &other.years, &other.title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(from: u32, to: u32) -> Text {
        let lines = (from..to)
            .map(|i| format!("{i}、推进第{i}项重点工作，落实{}个单位，完成{}户。\n", i * 7, i * 13));
        Text::new(&lines.collect::<String>())
    }

    #[test]
    fn likeness_is_the_share_of_common_words() {
        for (from, to, share) in
            [(0, 100, 1.0), (10, 100, 0.9), (0, 50, 0.5), (50, 150, 0.34), (200, 300, 0.0)]
        {
            let found = likeness(&text(0, 100), &text(from, to));
            assert!((found - share).abs() < 0.15, "{from}-{to}: {found} instead of {share}");
        }
    }

    #[test]
    fn layout_and_punctuation_do_not_count_but_numbers_do() {
        let one = Sketch::of(&Text::new("一、完善制度，加强管理。\n二、培训30人。"));
        let same = Sketch::of(&Text::new("一．完善制度,\n加强 管理。 二、培训３０人"));
        assert_eq!((one.likeness(&same), one.digest), (1.0, same.digest));
        assert_ne!(one.digest, Sketch::of(&Text::new("一、完善制度，加强管理。\n二、培训40人。")).digest);
        assert!(likeness(&Text::new("甲"), &Text::new("乙")) < 1.0);
    }
}
