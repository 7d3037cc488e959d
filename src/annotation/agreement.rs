//! How far coders agree on items: percent, Cohen's kappa, Krippendorff's alpha for nominal data, tag by tag
//! and overall, and the list of what they disagree on.
//!
//! Sources: J. Cohen, "A coefficient of agreement for nominal scales", 1960; K. Krippendorff, "Computing
//! Krippendorff's Alpha-Reliability", 2011. The tests hold their worked examples. Pure: the caller says what
//! each coder gave each unit (an item of a plan).

use super::{Codebook, TagId};
use std::collections::{BTreeMap, BTreeSet};

/// What the coders gave one unit: for each coder the value, `None` where the coder did not code it.
pub type Unit<V> = Vec<Option<V>>;

/// Share of pairs of values of a unit that are equal, over all units that two coded; `None` without such.
/// For two coders this is the percentage of units they agree on, as a fraction.
pub fn percent<V: PartialEq>(units: &[Unit<V>]) -> Option<f64> {
    let (mut equal, mut pairs) = (0_u64, 0_u64);
    for unit in units {
        let values: Vec<&V> = unit.iter().flatten().collect();
        for (at, one) in values.iter().enumerate() {
            for other in &values[at + 1..] {
                pairs += 1;
                equal += u64::from(one == other);
            }
        }
    }
    (pairs > 0).then(|| equal as f64 / pairs as f64)
}

/// Cohen's kappa of two coders, over the units both coded; `None` where they coded none in common, or where
/// both always gave one and the same value (chance agreement is then certain).
pub fn kappa<V: Ord>(pairs: &[(V, V)]) -> Option<f64> {
    let total = pairs.len() as f64;
    let mut margins: BTreeMap<&V, (f64, f64)> = BTreeMap::new();
    for (a, b) in pairs {
        margins.entry(a).or_default().0 += 1.0;
        margins.entry(b).or_default().1 += 1.0;
    }
    let observed = pairs.iter().filter(|(a, b)| a == b).count() as f64 / total;
    let expected = margins.values().map(|(a, b)| a * b).sum::<f64>() / (total * total);
    (total > 0.0 && expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

/// Krippendorff's alpha for nominal data, any number of coders, missing values allowed; `None` where no unit
/// has two values, or where all values are the same (there is nothing to disagree on).
pub fn alpha<V: Ord>(units: &[Unit<V>]) -> Option<f64> {
    let mut totals: BTreeMap<&V, f64> = BTreeMap::new();
    let (mut values_in_pairs, mut disagreement) = (0.0, 0.0);
    for unit in units {
        let values: Vec<&V> = unit.iter().flatten().collect();
        if values.len() < 2 {
            continue;
        }
        let count = values.len() as f64;
        let mut in_unit: BTreeMap<&V, f64> = BTreeMap::new();
        for value in values {
            *in_unit.entry(value).or_default() += 1.0;
            *totals.entry(value).or_default() += 1.0;
        }
        values_in_pairs += count;
        let equal: f64 = in_unit.values().map(|n| n * (n - 1.0)).sum();
        disagreement += (count * (count - 1.0) - equal) / (count - 1.0);
    }
    let equal: f64 = totals.values().map(|n| n * (n - 1.0)).sum();
    let expected = values_in_pairs * (values_in_pairs - 1.0) - equal;
    (expected > 0.0).then(|| 1.0 - (values_in_pairs - 1.0) * disagreement / expected)
}

/// The three figures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Units that at least two coded.
    pub units: usize,
    /// Equal pairs, 0 to 1.
    pub percent: Option<f64>,
    /// Cohen's kappa; the mean over all pairs of coders where there are more than two.
    pub kappa: Option<f64>,
    /// Krippendorff's alpha, nominal.
    pub alpha: Option<f64>,
}

impl Figures {
    /// The figures of these units.
    pub fn of<V: Ord + Clone>(units: &[Unit<V>]) -> Self {
        let coders = units.iter().map(Vec::len).max().unwrap_or_default();
        let mut kappas = Vec::new();
        for a in 0..coders {
            for b in a + 1..coders {
                let both = |unit: &Unit<V>| Some((unit.get(a)?.clone()?, unit.get(b)?.clone()?));
                kappas.extend(kappa(&units.iter().filter_map(both).collect::<Vec<_>>()));
            }
        }
        let mean = (!kappas.is_empty()).then(|| kappas.iter().sum::<f64>() / kappas.len() as f64);
        let coded_twice = units.iter().filter(|unit| unit.iter().flatten().count() > 1).count();
        Self { units: coded_twice, percent: percent(units), kappa: mean, alpha: alpha(units) }
    }
}

/// The tags that each coder gave a unit; `None` where the coder did not code it (did not work on the plan).
pub type TaggedUnit = Unit<BTreeSet<TagId>>;

/// Agreement on tags.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// Given or not given, over every tag and unit together.
    pub overall: Figures,
    /// Given or not given, tag by tag; only tags that somebody gave.
    pub by_tag: BTreeMap<TagId, Figures>,
    /// Facet by facet. Where a place carries at most one tag of the facet, its value is that tag or none; else
    /// given or not given, over every tag of the facet.
    pub by_facet: BTreeMap<String, Figures>,
    /// Unit (its index) and tag that some gave and others did not, with the coders (their indices) who gave
    /// it; to be resolved.
    pub disagreements: Vec<(usize, TagId, Vec<usize>)>,
}

impl Agreement {
    /// Compares what coders gave the units. A place may carry several tags, so each tag is a yes or no of
    /// its own.
    pub fn of(units: &[TaggedUnit]) -> Self {
        let tags: BTreeSet<&TagId> = units.iter().flatten().flatten().flatten().collect();
        let mut agreement = Self::default();
        let mut all: Vec<Unit<bool>> = Vec::new();
        for tag in tags {
            let given = |unit: &TaggedUnit| -> Unit<bool> {
                unit.iter().map(|tags| tags.as_ref().map(|tags| tags.contains(tag))).collect()
            };
            let by_unit: Vec<Unit<bool>> = units.iter().map(given).collect();
            for (at, unit) in by_unit.iter().enumerate() {
                let who = |wanted| {
                    unit.iter().enumerate().filter(move |(_, v)| **v == Some(wanted)).map(|(coder, _)| coder)
                };
                if who(true).next().is_some() && who(false).next().is_some() {
                    agreement.disagreements.push((at, tag.clone(), who(true).collect()));
                }
            }
            agreement.by_tag.insert(tag.clone(), Figures::of(&by_unit));
            all.extend(by_unit);
        }
        agreement.overall = Figures::of(&all);
        agreement.disagreements.sort();
        agreement
    }

    /// The same with figures for the facets of a codebook. A tag that was merged counts as the present one.
    pub fn with_facets(units: &[TaggedUnit], book: &Codebook) -> Self {
        let resolved = |tags: &BTreeSet<TagId>| tags.iter().map(|tag| book.resolve(tag).clone()).collect();
        let units: Vec<TaggedUnit> =
            units.iter().map(|unit| unit.iter().map(|tags| tags.as_ref().map(resolved)).collect()).collect();
        let mut agreement = Self::of(&units);
        for facet in &book.facets {
            let inside = |tag: &&TagId| book.tag(tag).is_some_and(|tag| tag.facet == facet.id);
            let tags: Vec<&TagId> = agreement.by_tag.keys().filter(inside).collect();
            if tags.is_empty() {
                continue;
            }
            let figures = if facet.multiple {
                let given = |tag: &TagId, unit: &TaggedUnit| -> Unit<bool> {
                    unit.iter().map(|tags| tags.as_ref().map(|tags| tags.contains(tag))).collect()
                };
                let all: Vec<_> =
                    tags.iter().flat_map(|tag| units.iter().map(|unit| given(tag, unit))).collect();
                Figures { units: Figures::of(&units).units, ..Figures::of(&all) }
            } else {
                let value = |tags: &BTreeSet<TagId>| tags.iter().find(inside).cloned();
                let all: Vec<Unit<Option<TagId>>> =
                    units.iter().map(|unit| unit.iter().map(|t| t.as_ref().map(value)).collect()).collect();
                Figures::of(&all)
            };
            agreement.by_facet.insert(facet.id.clone(), figures);
        }
        agreement
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<f64>, expect: f64) {
        assert!(found.is_some_and(|found| (found - expect).abs() < 0.0006), "{found:?}, not {expect}");
    }

    /// So many pairs of each combination.
    fn table<V: Copy>(counts: &[(V, V, usize)]) -> Vec<(V, V)> {
        counts.iter().flat_map(|&(a, b, n)| std::iter::repeat_n((a, b), n)).collect()
    }

    #[test]
    fn kappa_of_published_examples() {
        // Cohen 1960, the example in frequencies (N = 200, three categories): po = .70, pe = .41, kappa = .492.
        let cohen = table(&[
            (1, 1, 88),
            (1, 2, 14),
            (1, 3, 18),
            (2, 1, 10),
            (2, 2, 40),
            (2, 3, 10),
            (3, 1, 2),
            (3, 2, 6),
            (3, 3, 12),
        ]);
        assert_eq!(cohen.len(), 200);
        close(kappa(&cohen), 0.492);
        // The textbook case of 50 grant proposals (20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no): kappa = .4.
        close(
            kappa(&table(&[(true, true, 20), (true, false, 5), (false, true, 10), (false, false, 15)])),
            0.4,
        );
        assert_eq!(kappa::<u8>(&[]), None);
        assert_eq!(kappa(&[(1, 1), (1, 1)]), None);
    }

    /// One string per coder, a char per unit, `.` where it is missing.
    fn units(coders: &[&str]) -> Vec<Unit<char>> {
        let rows: Vec<Vec<char>> = coders.iter().map(|row| row.chars().collect()).collect();
        (0..rows[0].len())
            .map(|at| rows.iter().map(|row| Some(row[at]).filter(|&c| c != '.')).collect())
            .collect()
    }

    #[test]
    fn alpha_of_published_examples() {
        // Krippendorff 2011, section A: two observers, ten units, binary (five agree on 0, one on 1, four
        // differ): alpha = .095.
        close(alpha(&units(&["0100000000", "1110011000"])), 0.095);
        // Section B: two observers, twelve units, nominal values: alpha = .692.
        close(alpha(&units(&["aabbdcccedda", "babbbccceddd"])), 0.692);
        // Section C: four observers, twelve units, missing values: alpha = .743.
        close(alpha(&units(&["123321412...", "1233224125.3", ".3332342251.", "12332441251."])), 0.743);
        // The article "Krippendorff's alpha" of Wikipedia: three coders, fifteen units, many missing: alpha = .691.
        close(alpha(&units(&[".....34121133.3", "1.213343.......", "..21344.21133.4"])), 0.691);
        assert_eq!(alpha(&units(&["aaa", "aaa"])), None);
        assert_eq!(alpha(&units(&["ab.", "..a"])), None);
    }

    #[test]
    fn tags_are_compared_one_by_one() {
        let tags = |list: &[&str]| Some(list.iter().map(|&tag| TagId::from(tag)).collect::<BTreeSet<_>>());
        let units = vec![
            vec![tags(&["a", "b"]), tags(&["a"])],
            vec![tags(&["a"]), tags(&["a"])],
            vec![tags(&[]), tags(&["b"])],
            vec![tags(&[]), tags(&[])],
            vec![tags(&["c"]), None],
        ];
        let agreement = Agreement::of(&units);
        assert_eq!(agreement.by_tag[&"a".into()].percent, Some(1.0));
        assert_eq!(agreement.by_tag[&"a".into()].kappa, Some(1.0));
        assert_eq!(agreement.by_tag[&"b".into()].percent, Some(0.5));
        assert_eq!(agreement.by_tag[&"a".into()].units, 4);
        assert_eq!(agreement.disagreements, [(0, "b".into(), vec![0]), (2, "b".into(), vec![1])]);
    }
}
