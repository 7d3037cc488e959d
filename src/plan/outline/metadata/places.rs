//! The national table of places: provinces, prefecture-level units, counties, and finding them in words.

use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A prefecture-level unit.
#[derive(Debug)]
pub(super) struct City {
    /// Full name: `甲市`, `甲回族自治州`, `甲地区`, `甲盟`.
    pub name: &'static str,
    /// Index of its province.
    pub province: usize,
}

/// A county, district, banner or county-level city.
#[derive(Debug)]
pub(super) struct County {
    /// Full name.
    pub name: &'static str,
    /// Index of its city.
    pub city: usize,
}

/// A place found in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Found {
    /// Index of a province.
    Province(usize),
    /// Index of a city, by its full name or by its short name.
    City(usize),
    /// Index of the first county of this name; others of the same name follow in [`Places::namesakes`].
    County(usize),
}

/// A place found, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// What was found.
    pub found: Found,
    /// Whether by its full name.
    pub full: bool,
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// The table with an index of its names.
pub(super) struct Places {
    /// Full names of provinces.
    pub provinces: Vec<&'static str>,
    /// All prefecture-level units.
    pub cities: Vec<City>,
    /// All counties.
    pub counties: Vec<County>,
    finder: Option<AhoCorasick>,
    targets: Vec<(Found, bool)>,
    namesakes: HashMap<&'static str, Vec<usize>>,
    municipalities: Vec<bool>,
    /// Counties by their names without 县, 区, 市 or 旗.
    by_short_name: HashMap<&'static str, Vec<usize>>,
}

/// The table.
pub(super) fn places() -> &'static Places {
    static PLACES: OnceLock<Places> = OnceLock::new();
    PLACES.get_or_init(Places::parse)
}

/// Whether words begin with the full name of a place.
pub(in crate::plan::outline) fn leads(words: &str) -> bool {
    places().find(words).next().is_some_and(|hit| hit.start == 0 && hit.full)
}

/// The columns of a table file.
fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

/// What a banner is called for short: its first char with what stands around 翼 (the left-wing middle banner of 甲乙丙 is
/// 甲左中旗).
fn banner(name: &str) -> Option<String> {
    let (wing, which) = name.split_once('翼')?;
    let (first, side) = (wing.chars().next()?, wing.chars().next_back()?);
    (which.ends_with('旗') && wing.chars().count() > 2).then(|| format!("{first}{side}{which}"))
}

impl Places {
    fn parse() -> Self {
        let mut names: Vec<(String, Found, bool)> = Vec::new();
        let (mut provinces, mut by_code) = (Vec::new(), HashMap::new());
        for row in rows(include_str!("../../../../assets/places/provinces.tsv")) {
            let [code, name, short, ..] = row.as_slice() else { continue };
            by_code.insert(*code, provinces.len());
            names.push(((*name).to_owned(), Found::Province(provinces.len()), true));
            names.push(((*short).to_owned(), Found::Province(provinces.len()), false));
            provinces.push(*name);
        }
        let (mut cities, mut city_codes, mut municipalities) = (Vec::new(), HashMap::new(), Vec::new());
        for row in rows(include_str!("../../../../assets/places/cities.tsv")) {
            let [code, name, short, _, _, level, province] = row.as_slice() else { continue };
            let Some(&province) = by_code.get(province) else { continue };
            let found = Found::City(cities.len());
            city_codes.insert(*code, cities.len());
            names.push(((*name).to_owned(), found, true));
            names.push(((*short).to_owned(), found, false));
            if *level == "autonomous-prefecture" {
                names.push((format!("{short}州"), found, true));
            }
            municipalities.push(*level == "municipality");
            cities.push(City { name, province });
        }
        let (mut counties, mut namesakes): (Vec<County>, HashMap<_, Vec<usize>>) =
            (Vec::new(), HashMap::new());
        let mut by_short_name: HashMap<_, Vec<usize>> = HashMap::new();
        for row in rows(include_str!("../../../../assets/places/counties.tsv")) {
            let [_, name, city] = row.as_slice() else { continue };
            let Some(&city) = city_codes.get(city) else { continue };
            let same = namesakes.entry(*name).or_default();
            // Names of two chars (泾县) are also parts of other words (和县级…): they count only where they lead.
            let long = name.chars().count() > 2;
            if same.is_empty() && (long || name.ends_with('县')) {
                names.push(((*name).to_owned(), Found::County(counties.len()), long));
                names.extend(banner(name).map(|short| (short, Found::County(counties.len()), true)));
            }
            same.push(counties.len());
            if let Some(short) = name.strip_suffix(['县', '区', '市', '旗']) {
                by_short_name.entry(short).or_default().push(counties.len());
            }
            counties.push(County { name, city });
        }
        // A full name wins over a short one, a municipality over the province of the same name.
        names.sort_by_key(|(_, found, full)| (!full, !matches!(found, Found::City(_))));
        let mut seen = std::collections::HashSet::new();
        names.retain(|(name, ..)| seen.insert(name.clone()));
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.iter().map(|(name, ..)| name.as_str()))
            .ok();
        let targets = names.iter().map(|(_, found, full)| (*found, *full)).collect();
        Self { provinces, cities, counties, finder, targets, namesakes, municipalities, by_short_name }
    }

    /// All places in `words`, from left to right, the longest name at each position.
    pub fn find<'a>(&'a self, words: &'a str) -> impl Iterator<Item = Hit> + 'a {
        self.finder.iter().flat_map(move |finder| finder.find_iter(words)).map(|found| {
            let (target, full) = self.targets[found.pattern().as_usize()];
            Hit { found: target, full, start: found.start(), end: found.end() }
        })
    }

    /// The counties that share a name.
    pub fn namesakes(&self, county: usize) -> &[usize] {
        self.namesakes.get(self.counties[county].name).map_or(&[], Vec::as_slice)
    }

    /// The only county of this short name.
    pub fn county_by_short_name(&self, name: &str) -> Option<usize> {
        match self.by_short_name.get(name)?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Whether a city is one of the four that are provinces themselves.
    pub fn is_municipality(&self, city: usize) -> bool {
        self.municipalities[city]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let places = places();
        assert!(places.provinces.len() >= 31 && places.cities.len() > 330 && places.counties.len() > 2800);
    }

    #[test]
    fn the_longest_name_wins() {
        let name = |words: &str| {
            let places = places();
            places.find(words).next().map(|hit| match hit.found {
                Found::Province(at) => places.provinces[at],
                Found::City(at) => places.cities[at].name,
                Found::County(at) => places.counties[at].name,
            })
        };
        let cases = [
            ("吉林省卫生", "吉林省"),
            ("吉林市卫生", "吉林市"),
            ("恩施州卫生", "恩施土家族苗族自治州"),
            ("邹城市卫生", "邹城市"),
            ("健康大连行动", "大连市"),
            ("北京市卫生", "北京市"),
            ("科左后旗卫生", "科尔沁左翼后旗"),
        ];
        for (words, expect) in cases {
            assert_eq!(name(words), Some(expect), "{words}");
        }
    }
}
