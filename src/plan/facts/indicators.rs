//! The canonical indicators of city health plans: names, synonyms, units, plausible ranges; and how the
//! words of a plan are recognised as one of them.
//!
//! The table is data (`assets/indicators.ron`); adding a synonym needs no code.

use crate::text::{fold_char, is_blank};
use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;
use std::sync::OnceLock;

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better: 床位数, 素养水平.
    Up,
    /// Less is better: 死亡率.
    Down,
    /// It depends on the plan.
    None,
}

/// A canonical indicator.
#[derive(Clone, Debug, Deserialize)]
pub struct Indicator {
    /// Stable id: `life_expectancy`.
    pub id: String,
    /// Its Chinese name: `人均预期寿命`.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// The group it is shown in: `level`, `service`, …
    pub domain: String,
    /// Unit as plans write it: `岁`, `%`, `1/10万`; empty for an index.
    pub unit: String,
    /// Other spellings of the unit.
    pub unit_aliases: Vec<String>,
    /// Which way is better.
    pub direction: Direction,
    /// What a city's value can plausibly be, both ends included; not a norm.
    pub range: Option<(f64, f64)>,
    /// Other names.
    pub synonyms: Vec<String>,
    /// The theme it belongs to, a tag id of the default codebook.
    pub theme: Option<String>,
    /// What to mind when values are set side by side.
    pub note: String,
}

impl Indicator {
    /// Whether a value in `unit` can be one of this indicator. A bare number fits only an indicator that has
    /// no spelling of a unit (`性别比控制在116以内`).
    pub fn takes_unit(&self, unit: &str) -> bool {
        let unit = normal(unit);
        let spelt = |alias: &String| normal(alias) == unit;
        if unit.is_empty() {
            return self.unit_aliases.is_empty();
        }
        // 名 and 人 count the same people.
        let people = |u: &str| matches!(u, "人" | "名" | "位");
        spelt(&self.unit)
            || self.unit_aliases.iter().any(spelt)
            || (people(&unit)
                && self.unit_aliases.iter().chain([&self.unit]).any(|alias| people(&normal(alias))))
            || (unit == "张" && self.unit.starts_with('张'))
    }

    /// Whether a value is plausible for a city.
    pub fn takes_value(&self, value: f64) -> bool {
        self.range.is_none_or(|(low, high)| (low..=high).contains(&value))
    }
}

#[derive(Deserialize)]
struct File {
    #[allow(dead_code, reason = "kept in the file so that a later format can be told apart")]
    version: u32,
    indicators: Vec<Indicator>,
}

/// The table of indicators with the automaton that finds their names.
#[derive(Debug)]
pub struct Indicators {
    list: Vec<Indicator>,
    /// `None` where no automaton could be built, which costs the canonical names and nothing else.
    names: Option<AhoCorasick>,
    /// For each name in the automaton: its indicator, and its length in chars.
    owners: Vec<(usize, usize)>,
}

impl Indicators {
    /// The table that comes with the program.
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Indicators> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let file = ron::from_str(include_str!("../../../assets/indicators.ron"));
            // A test reads the asset; a copy damaged later gives no canonical names rather than no program.
            Self::new(file.map(|file: File| file.indicators).unwrap_or_default())
        })
    }

    /// A table of `list`.
    pub fn new(list: Vec<Indicator>) -> Self {
        let mut names = Vec::new();
        let mut owners = Vec::new();
        for (index, indicator) in list.iter().enumerate() {
            for name in indicator.synonyms.iter().chain([&indicator.zh]) {
                let name = normal(name);
                owners.push((index, name.chars().count()));
                names.push(name);
            }
        }
        let names = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names).ok();
        Self { list, names, owners }
    }

    /// All indicators, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Indicator> {
        self.list.iter()
    }

    /// The indicator of an id.
    pub fn get(&self, id: &str) -> Option<&Indicator> {
        self.list.iter().find(|indicator| indicator.id == id)
    }

    /// The indicator that the words of a target name: the longest name in them whose unit agrees and for
    /// which `value` is plausible. A shorter name inside a longer one never counts, so that
    /// 健康预期寿命 is not taken for 预期寿命. `value` is `None` for a change (`下降10%`), whose unit says nothing.
    pub fn recognise(&self, words: &str, unit: &str, value: Option<f64>) -> Option<&Indicator> {
        let words = normal(words);
        let per_head = words.contains("每千") || words.contains("每万") || words.contains("千人口");
        let fits = |indicator: &Indicator, length: usize| {
            // 护士 alone is a name only beside 每千人口.
            (length > 2 || per_head)
                && value.is_none_or(|value| indicator.takes_unit(unit) && indicator.takes_value(value))
        };
        self.names
            .iter()
            .flat_map(|names| names.find_iter(&words))
            .filter_map(|hit| self.owners.get(hit.pattern().as_usize()))
            .filter_map(|&(index, length)| self.list.get(index).map(|indicator| (indicator, length)))
            .filter(|(indicator, length)| fits(indicator, *length))
            .max_by_key(|(_, length)| *length)
            .map(|(indicator, _)| indicator)
    }

    /// Like [`Self::recognise`] for the name alone, as a table row gives it before its values are split.
    pub fn named(&self, words: &str) -> Option<&Indicator> {
        self.recognise(words, "", None)
    }
}

/// The matching form of a name: widths and case folded, blanks and quotation marks dropped.
fn normal(words: &str) -> String {
    words
        .chars()
        .filter(|&c| !is_blank(c) && !matches!(c, '《' | '》' | '“' | '”' | '"' | '‘' | '’'))
        .map(|c| if c == '∶' { ':' } else { fold_char(c) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_asset_is_read() {
        assert!(Indicators::builtin().iter().count() > 100);
        let expectancy = Indicators::builtin().get("life_expectancy").unwrap();
        assert_eq!((expectancy.unit.as_str(), expectancy.direction), ("岁", Direction::Up));
    }

    #[test]
    fn names_units_and_ranges_decide() {
        let cases = [
            ("居民人均期望寿命", "岁", Some(81.0), Some("life_expectancy")),
            // Longest name first: never the shorter one inside it.
            ("人均健康预期寿命", "岁", Some(70.0), Some("healthy_life_expectancy")),
            ("人均健康预期寿命", "岁", Some(12.0), None),
            ("婴儿死亡率", "‰", Some(4.3), Some("infant_mortality")),
            ("5岁以下儿童死亡率", "‰", Some(5.3), Some("u5_mortality")),
            ("婴儿死亡率", "%", Some(4.3), None),
            ("孕产妇死亡率", "1/10万", Some(9.0), Some("maternal_mortality")),
            ("出生人口性别比", "", Some(110.0), Some("sex_ratio_birth")),
            ("每千人口护士", "人", Some(3.1), Some("nurses_per_1000")),
            ("培训护士", "名", Some(3.1), None),
            ("万车死亡率", "%", None, Some("traffic_death")),
            ("每千常住人口执业（助理）医师数", "名", Some(3.2), Some("physicians_per_1000")),
        ];
        for (words, unit, value, expect) in cases {
            let found = Indicators::builtin().recognise(words, unit, value).map(|i| i.id.as_str());
            assert_eq!(found, expect, "{words} {unit}");
        }
    }
}
