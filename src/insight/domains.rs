//! The five domains of Healthy China 2030, and which of them a theme belongs to.
//!
//! The table is data (`assets/domains.ron`): the codebook says of each theme to which part of the outline it belongs, the
//! table which parts are domains. What belongs to none is one remainder, so that no item is lost between the rows.

use crate::annotation::{Codebook, TagId};
use serde::Deserialize;
use std::sync::OnceLock;

/// A domain, or the remainder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Domain {
    /// Stable id: `living`.
    pub id: String,
    /// Its Chinese name: `普及健康生活`.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// The values of [`crate::annotation::Tag::domain`] that belong to it.
    pub takes_in: Vec<String>,
}

/// All domains.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Domains {
    domains: Vec<Domain>,
    rest: Domain,
}

impl Domains {
    /// The table that comes with the program.
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Domains> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            // A test reads the asset; a copy damaged later leaves the remainder alone rather than no program.
            ron::from_str(include_str!("../../assets/domains.ron")).unwrap_or_default()
        })
    }

    /// The five in the order of the outline, then the remainder.
    pub fn all(&self) -> impl Iterator<Item = &Domain> {
        self.domains.iter().chain([&self.rest])
    }

    /// The domain with this id.
    pub fn get(&self, id: &str) -> Option<&Domain> {
        self.all().find(|domain| domain.id == id)
    }

    /// The domain of a theme: by what the codebook says of it or, where it says nothing, of the nearest theme above it.
    pub fn of(&self, book: &Codebook, tag: &TagId) -> &Domain {
        let mut at = book.tag(tag);
        // No tree is deeper than it has tags, also where a damaged one goes in a circle.
        for _ in 0..book.tags.len() {
            let Some(tag) = at else { break };
            if let Some(value) = &tag.domain {
                let takes = |domain: &&Domain| domain.takes_in.contains(value);
                return self.domains.iter().find(takes).unwrap_or(&self.rest);
            }
            at = tag.parent.as_ref().and_then(|parent| book.tag(parent));
        }
        &self.rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_five_are_those_of_the_outline() {
        let names: Vec<_> = Domains::builtin().all().map(|domain| domain.zh.as_str()).collect();
        assert_eq!(
            names[..5],
            ["普及健康生活", "优化健康服务", "完善健康保障", "建设健康环境", "发展健康产业"]
        );
        assert_eq!(
            (names.len(), Domains::builtin().all().last().map(|rest| rest.id.as_str())),
            (6, Some("rest"))
        );
    }

    #[test]
    fn a_theme_belongs_to_one_domain_or_to_the_remainder() {
        let mut book = Codebook::built_in();
        let of = |book: &Codebook, id: &str| Domains::builtin().of(book, &id.into()).id.clone();
        let cases = [
            ("tobacco_alcohol", "living"),
            ("family_doctor", "services"),
            ("patriotic_health", "environment"),
            ("party", "rest"),
            ("g_A", "rest"),
            ("no such tag", "rest"),
        ];
        for (tag, domain) in cases {
            assert_eq!(of(&book, tag), domain, "{tag}");
        }
        let mut own = book.tag(&"tobacco_alcohol".into()).cloned().unwrap();
        (own.id, own.parent, own.domain) = ("e_cigarettes".into(), Some("tobacco_alcohol".into()), None);
        book.tags.push(own);
        assert_eq!(of(&book, "e_cigarettes"), "living", "a theme of one's own goes with the one above it");
        for tag in book.tags.iter().filter(|tag| tag.domain.as_deref() == Some("健康保障")) {
            assert_eq!(of(&book, &tag.id.0), "security", "{}", tag.id.0);
        }
    }
}
