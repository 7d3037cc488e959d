//! The place a plan is for: by its title, by who issued it, or by the places its words speak of.

use super::Sources;
use super::places::{Found, Places, places};
use crate::plan::outline::lines::chars;
use crate::plan::{Evidence, Fact, Place};
use crate::text::is_han;
use std::collections::HashMap;

/// Most names of a list of counties that are looked at.
const MOST_LISTED: usize = 12;
/// How far before its end such a list can begin, in bytes.
const LONGEST_LIST: usize = 200;

/// How much of a body is searched for places, in bytes.
const SEARCHED: usize = 300_000;

/// The place, and whether it was inferred from weak hints.
pub(super) fn find(
    sources: &Sources,
    title: Option<&Fact<String>>,
    notice: Option<&Fact<String>>,
    issuers: &[&(String, u32)],
) -> Option<Fact<Place>> {
    let known = places();
    let titles = [title, notice].into_iter().flatten();
    let mut named: Vec<(&str, &Evidence)> =
        titles.map(|fact| (fact.value.as_str(), &fact.evidence)).collect();
    let issuers: Vec<(&str, Evidence)> =
        issuers.iter().map(|(name, line)| (name.as_str(), Evidence::Line(*line))).collect();
    let scope = Scope::of(named.iter().map(|(words, _)| *words));
    named.extend(issuers.iter().map(|(name, evidence)| (*name, evidence)));
    for (words, evidence) in &named {
        if let Some(found) = named_place(known, words) {
            return resolve(known, sources, found)
                .map(|place| Fact { value: place, evidence: (*evidence).clone() });
        }
        if Scope::of([*words]) == Scope::Nation {
            return None;
        }
    }
    infer(known, sources, scope)
}

/// For whom a title without place speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Nation,
    Province,
    County,
    Open,
}

impl Scope {
    fn of<'a>(titles: impl IntoIterator<Item = &'a str>) -> Self {
        for title in titles {
            let title = title.replace("健康中国", ""); // the name of a campaign, of cities too
            let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
            if has(&["全国", "中国", "国务院", "国家卫生", "中央", "中共中央", "国家疾控"])
            {
                return Self::Nation;
            }
            if has(&["全省", "全自治区"]) {
                return Self::Province;
            }
            if has(&["全县", "全旗"]) {
                return Self::County;
            }
            if has(&["全市", "全州", "我市"]) {
                return Self::Open;
            }
        }
        Self::Open
    }
}

/// The place a title or an issuer names: the narrowest of the first chain `省…市…县`.
fn named_place(known: &Places, words: &str) -> Option<Found> {
    let mut best = None;
    let mut end = 0;
    for hit in known.find(words) {
        let before = &words[..hit.start];
        let leads = before.is_empty()
            || before.ends_with(['年', '“', '"', '《', ':', '：', ' ', '在', '度', '-', '—'])
            || before.ends_with("健康")
            || before.ends_with("中共")
            || hit.start == end;
        let whole = hit.full || words[hit.end..].starts_with(['市', '省', '州']) || leads;
        if !whole || is_institution(&words[hit.end..]) {
            continue;
        }
        match best {
            None => best = Some(hit.found),
            Some(_) if hit.start == end => best = Some(hit.found),
            Some(_) => break,
        }
        end = hit.end;
    }
    best
}

/// A place name that belongs to the name of a school, hospital or street: `中山大学`, `甲交通大学附属乙医院`.
fn is_institution(rest: &str) -> bool {
    let end = rest.char_indices().nth(8).map_or(rest.len(), |(at, _)| at);
    let near = rest[..end].split(|c: char| !is_han(c)).next().unwrap_or("");
    ["医院", "路", "学院"].iter().any(|word| near.starts_with(word))
        || ["大学", "医学院"].iter().any(|word| near.contains(word))
}

/// A place that is spoken of as an example: `学习甲市医改经验`.
fn is_example(rest: &str) -> bool {
    let end = rest.char_indices().nth(8).map_or(rest.len(), |(at, _)| at);
    rest[..end].split(|c: char| !is_han(c)).next().is_some_and(|near| near.contains("经验"))
}

/// The full place of what was found; namesakes are told apart by the places the words speak of.
fn resolve(known: &Places, sources: &Sources, found: Found) -> Option<Place> {
    match found {
        Found::Province(province) => Some(Place {
            city: String::new(),
            province: known.provinces[province].to_owned(),
            county: String::new(),
        }),
        Found::City(city) => Some(place_of_city(known, city, "")),
        Found::County(county) => {
            let same = known.namesakes(county);
            let city = if same.len() == 1 {
                known.counties[county].city
            } else {
                let counts = Counts::of(known, sources);
                same.iter().map(|&at| known.counties[at].city).max_by_key(|&city| counts.city(known, city))?
            };
            Some(place_of_city(known, city, known.counties[county].name))
        }
    }
}

fn place_of_city(known: &Places, city: usize, county: &str) -> Place {
    Place {
        city: known.cities[city].name.to_owned(),
        province: known.provinces[known.cities[city].province].to_owned(),
        county: county.to_owned(),
    }
}

/// How often the words speak of places.
#[derive(Default)]
struct Counts {
    cities: HashMap<usize, u32>,
    by_counties: HashMap<usize, u32>,
    counties: HashMap<usize, u32>,
    provinces: HashMap<usize, u32>,
}

impl Counts {
    fn of(known: &Places, sources: &Sources) -> Self {
        let mut counts = Self::default();
        let mut end = sources.text.len().min(SEARCHED);
        while !sources.text.is_char_boundary(end) {
            end -= 1;
        }
        let words = &sources.text[..end];
        for hit in known.find(words) {
            let healthy = words[..hit.start].ends_with("健康");
            let rest = &words[hit.end..];
            match hit.found {
                Found::City(_) if is_example(rest) => {}
                Found::City(city) => {
                    let own = healthy || rest.starts_with("卫健") || hit.full && !is_institution(rest);
                    let weight = if own { 3 } else { u32::from(!is_institution(rest)) };
                    *counts.cities.entry(city).or_default() += weight;
                }
                Found::County(_) if !hit.full && !healthy => {}
                Found::County(county) => {
                    for &same in known.namesakes(county) {
                        *counts.by_counties.entry(known.counties[same].city).or_default() += 1;
                    }
                    *counts.counties.entry(county).or_default() += 1;
                }
                Found::Province(province) => *counts.provinces.entry(province).or_default() += 1,
            }
        }
        for county in listed(known, words) {
            *counts.by_counties.entry(known.counties[county].city).or_default() += 1;
        }
        counts
    }

    /// The weight of a city: its own name, its counties, its province.
    fn city(&self, known: &Places, city: usize) -> u32 {
        let own = self.cities.get(&city).copied().unwrap_or(0);
        let counties = self.by_counties.get(&city).copied().unwrap_or(0).min(10) * 2;
        let province = self.provinces.get(&known.cities[city].province).copied().unwrap_or(0).min(3);
        own + counties + province
    }
}

/// The counties in lists of short names: `支持甲、乙等县医院`. Names that several counties share tell nothing.
fn listed<'a>(known: &'a Places, words: &'a str) -> impl Iterator<Item = usize> + 'a {
    let ends = ["等县", "等区", "等市", "等地"];
    let lists =
        words.match_indices('等').filter(move |(at, _)| ends.iter().any(|end| words[*at..].starts_with(end)));
    let names = lists.flat_map(|(at, _)| {
        let near = &words[words.floor_char_boundary(at.saturating_sub(LONGEST_LIST))..at];
        let list = near.rsplit(|c: char| !is_han(c) && c != '、').next().unwrap_or("");
        list.rsplit(['、', '和']).take(MOST_LISTED)
    });
    names.filter_map(|name| {
        // Before the first name a verb may stand.
        let starts = name.char_indices().map(|(at, _)| at);
        let mut tails = starts.rev().take(4).map(|at| &name[at..]).filter(|tail| chars(tail) >= 2);
        tails.find_map(|tail| known.county_by_short_name(tail))
    })
}

/// Infers the place from the words, if enough hints agree.
fn infer(known: &Places, sources: &Sources, scope: Scope) -> Option<Fact<Place>> {
    let counts = Counts::of(known, sources);
    match scope {
        Scope::Nation => None,
        Scope::Province => {
            let (&province, &count) =
                counts.provinces.iter().max_by_key(|(at, count)| (**count, std::cmp::Reverse(**at)))?;
            let place = Place {
                city: String::new(),
                province: known.provinces[province].to_owned(),
                county: String::new(),
            };
            (count >= 2).then(|| inferred(place, format!("{}×{count}", known.provinces[province]), 70))
        }
        Scope::County => {
            let (&county, &count) =
                counts.counties.iter().max_by_key(|(at, count)| (**count, std::cmp::Reverse(**at)))?;
            let place = resolve(known, sources, Found::County(county))?;
            (count >= 2).then(|| inferred(place, format!("{}×{count}", known.counties[county].name), 60))
        }
        Scope::Open => infer_city(known, &counts),
    }
}

fn infer_city(known: &Places, counts: &Counts) -> Option<Fact<Place>> {
    let mut ranked: Vec<(u32, usize)> = counts
        .cities
        .keys()
        .chain(counts.by_counties.keys())
        .map(|&city| (counts.city(known, city), city))
        .collect();
    ranked.sort_by_key(|&(weight, city)| (std::cmp::Reverse(weight), city));
    ranked.dedup();
    let &(weight, city) = ranked.first()?;
    let second = ranked.get(1).map_or(0, |(weight, _)| *weight);
    let own = counts.cities.get(&city).copied().unwrap_or(0);
    if weight < 4 || own == 0 || weight * 2 < second * 3 {
        return None;
    }
    let counties = counts.by_counties.get(&city).copied().unwrap_or(0);
    let province = counts.provinces.get(&known.cities[city].province).copied().unwrap_or(0);
    let name = known.cities[city].name;
    let hints = format!("{name} weight {own}, its counties ×{counties}, its province ×{province}");
    let confidence = (50 + weight.min(40) + u32::from(second == 0) * 5).min(95) as u8;
    let mut place = place_of_city(known, city, "");
    if known.is_municipality(city) {
        place.province.clone_from(&place.city);
    }
    Some(inferred(place, hints, confidence))
}

fn inferred(value: Place, hints: String, confidence: u8) -> Fact<Place> {
    Fact { value, evidence: Evidence::Inferred { hints, confidence } }
}
