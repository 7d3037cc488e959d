//! Metadata that a person set right: a typed value becomes a fact with [`Evidence::Reader`].

use super::places::{Found, places};
use super::{dates, genres, years};
use crate::plan::{Evidence, Fact, Metadata, Place};

/// A field of the metadata that a person can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MetadataField {
    /// The plan's own title; also tells the kind of document.
    Title,
    /// City or county: `厦门`, `厦门市`, `海盐县`.
    City,
    /// `2017` or `2017-2020`.
    Years,
    /// Full name of who issued it.
    Issuer,
    /// 文号.
    DocumentNumber,
    /// `2017-07-07` or `2017年7月7日`.
    Date,
}

impl MetadataField {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 6] =
        [Self::Title, Self::City, Self::Years, Self::Issuer, Self::DocumentNumber, Self::Date];
}

impl Metadata {
    /// A field as a person reads and types it; empty where there is none.
    pub fn field(&self, field: MetadataField) -> String {
        let words =
            |fact: &Option<Fact<String>>| fact.as_ref().map_or_else(String::new, |fact| fact.value.clone());
        match field {
            MetadataField::Title => words(&self.title),
            MetadataField::City => self.place.as_ref().map_or_else(String::new, |fact| {
                if fact.value.county.is_empty() { fact.value.city.clone() } else { fact.value.county.clone() }
            }),
            MetadataField::Years => self.years.as_ref().map_or_else(String::new, |fact| match fact.value {
                (from, to) if from == to => from.to_string(),
                (from, to) => format!("{from}-{to}"),
            }),
            MetadataField::Issuer => words(&self.issuer),
            MetadataField::DocumentNumber => words(&self.document_number),
            MetadataField::Date => words(&self.date),
        }
    }

    /// Sets a field to what a person typed; empty clears it. `false`, and nothing is changed, where the words
    /// are no place, years or date.
    pub fn set_by_reader(&mut self, field: MetadataField, words: &str) -> bool {
        let words = words.trim();
        let fact = |value: String| (!value.is_empty()).then_some(Fact { value, evidence: Evidence::Reader });
        match field {
            MetadataField::Title => {
                self.title = fact(words.to_owned());
                if let Some((doc_type, genre)) = genres::of_title(words) {
                    self.doc_type = fact(doc_type.to_owned());
                    self.genre = Some(Fact { value: genre, evidence: Evidence::Reader });
                }
            }
            MetadataField::Issuer => self.issuer = fact(words.to_owned()),
            MetadataField::DocumentNumber => self.document_number = fact(words.to_owned()),
            MetadataField::City => return set(&mut self.place, words, place),
            MetadataField::Years => return set(&mut self.years, words, period),
            MetadataField::Date => {
                return set(&mut self.date, words, |words| dates::read(words).map(|(date, _)| date.iso()));
            }
        }
        true
    }
}

/// Sets a fact to what `read` makes of the words, or clears it where there are none.
fn set<T>(slot: &mut Option<Fact<T>>, words: &str, read: impl Fn(&str) -> Option<T>) -> bool {
    if words.is_empty() {
        *slot = None;
        return true;
    }
    let Some(value) = read(words) else { return false };
    *slot = Some(Fact { value, evidence: Evidence::Reader });
    true
}

fn period(words: &str) -> Option<(u16, u16)> {
    let years = years::range(words).or_else(|| years::of_title(words));
    years.or_else(|| words.parse().ok().filter(|year| (1900..=2100).contains(year)).map(|year| (year, year)))
}

/// The place a name stands for, with its province; the last and narrowest where several are named.
fn place(words: &str) -> Option<Place> {
    let known = places();
    let of_city = |city: usize, county: &str| {
        let city = &known.cities[city];
        let province = known.provinces[city.province].to_owned();
        Place { city: city.name.to_owned(), province, county: county.to_owned() }
    };
    match known.find(words).last()?.found {
        Found::City(city) => Some(of_city(city, "")),
        Found::County(county) => Some(of_city(known.counties[county].city, known.counties[county].name)),
        Found::Province(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_is_understood() {
        let cases = [
            (MetadataField::City, "厦门", "厦门市"),
            (MetadataField::City, "海盐县", "海盐县"),
            (MetadataField::Years, "2017", "2017"),
            (MetadataField::Years, "2017—2020年", "2017-2020"),
            (MetadataField::Date, "2017年7月7日", "2017-07-07"),
            (MetadataField::Date, "2017-07-07", "2017-07-07"),
            (MetadataField::Issuer, " 某市卫生健康委员会 ", "某市卫生健康委员会"),
        ];
        for (field, typed, shown) in cases {
            let mut metadata = Metadata::default();
            assert!(metadata.set_by_reader(field, typed), "{typed}");
            assert_eq!(metadata.field(field), shown);
            assert!(metadata.set_by_reader(field, ""));
            assert_eq!(metadata.field(field), "");
        }
    }

    #[test]
    fn what_cannot_be_understood_changes_nothing() {
        let mut metadata = Metadata::default();
        metadata.set_by_reader(MetadataField::Years, "2017");
        assert!(!metadata.set_by_reader(MetadataField::Years, "去年"));
        assert_eq!(metadata.field(MetadataField::Years), "2017");
        assert!(!metadata.set_by_reader(MetadataField::City, "某某"));
    }
}
