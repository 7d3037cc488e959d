//! What a coder decided about pairs of plans, and the excerpts a coder keeps for the report.
//!
//! A link holds anchors at both ends, never nodes: a better reader or a corrected outline loses no decision. Every
//! record has an id of its own, so that what several machines wrote is merged record by record. Not here: what a
//! link means for the matches shown (see `insight::align`).

mod record;

pub use record::{End, Excerpt, Link, LinkEdit, LinkId, LinkKind, LinkRecord, LinkStatus};

use super::PlanId;
use crate::annotation::Coder;
use crate::annotation::unknown::{Unknown, keep_unknown};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One coder's links and basket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    records: BTreeMap<LinkId, LinkRecord>,
    /// Fields of the file that a newer version wrote.
    pub unknown: Unknown,
}

impl Links {
    /// These records.
    pub fn new(records: impl IntoIterator<Item = LinkRecord>) -> Self {
        let records = records.into_iter().map(|record| (record.id(), record)).collect();
        Self { records, unknown: Unknown::default() }
    }

    /// The decisions, by id.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.records.values().filter_map(|record| match record {
            LinkRecord::Link(link) => Some(link),
            LinkRecord::Excerpt(_) => None,
        })
    }

    /// The basket, in its order.
    pub fn basket(&self) -> Vec<&Excerpt> {
        let excerpts = self.records.values().filter_map(|record| match record {
            LinkRecord::Excerpt(excerpt) => Some(excerpt),
            LinkRecord::Link(_) => None,
        });
        let mut basket: Vec<_> = excerpts.collect();
        basket.sort_by_key(|excerpt| (excerpt.position, excerpt.id));
        basket
    }

    /// The excerpt with this id.
    pub fn excerpt(&self, id: LinkId) -> Option<&Excerpt> {
        match self.records.get(&id) {
            Some(LinkRecord::Excerpt(excerpt)) => Some(excerpt),
            _ => None,
        }
    }

    /// Carries out an edit, if the record is as the edit expects it; tells whether it was.
    pub(super) fn apply(&mut self, edit: &LinkEdit) -> bool {
        let Some(id) = edit.id() else { return true };
        if self.records.get(&id) != edit.before.as_ref() {
            return false;
        }
        match &edit.after {
            Some(record) => self.records.insert(id, record.clone()),
            None => self.records.remove(&id),
        };
        true
    }

    /// These records with what `theirs` changed since `base`. A record that both changed is taken as it was changed
    /// last; one that only one side took away is gone, unless the other changed it.
    #[must_use]
    pub fn merge(&self, base: &Self, theirs: &Self) -> Self {
        let mut merged = self.clone();
        let ids: BTreeSet<_> = base.records.keys().chain(theirs.records.keys()).collect();
        for id in ids {
            let (old, new, own) = (base.records.get(id), theirs.records.get(id), self.records.get(id));
            if old == new {
                continue;
            }
            let take = match (own, new) {
                (Some(own), Some(new)) => Some(own) == old || new.modified() > own.modified(),
                (Some(own), None) => Some(own) == old,
                (None, Some(_)) => true,
                (None, None) => false,
            };
            if take {
                match new {
                    Some(new) => drop(merged.records.insert(*id, new.clone())),
                    None => drop(merged.records.remove(id)),
                }
            }
        }
        merged
    }

    /// The edits that make `after` of these records.
    pub(super) fn edits_to(&self, after: &Self) -> Vec<LinkEdit> {
        let image = |links: &Self, id: LinkId| links.records.get(&id).cloned();
        let edit = |id| LinkEdit { before: image(self, id), after: image(after, id) };
        self.changed(after).into_iter().map(edit).collect()
    }

    /// The same records on other plans, where a colleague's copy has other ids for the same texts.
    #[must_use]
    pub(super) fn on_plans(&self, plan: impl Fn(PlanId) -> PlanId) -> Self {
        let mut moved = self.clone();
        for record in moved.records.values_mut() {
            match record {
                LinkRecord::Link(link) => {
                    link.ends.0.plan = plan(link.ends.0.plan);
                    link.ends.1.plan = plan(link.ends.1.plan);
                }
                LinkRecord::Excerpt(excerpt) => excerpt.at.plan = plan(excerpt.at.plan),
            }
        }
        moved
    }

    /// The records that are otherwise in `after`.
    pub(super) fn changed(&self, after: &Self) -> Vec<LinkId> {
        let ids: BTreeSet<_> = self.records.keys().chain(after.records.keys()).collect();
        ids.into_iter().filter(|id| self.records.get(id) != after.records.get(id)).copied().collect()
    }
}

/// `links/<coder>.ron`: decisions by when they were made, the basket in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct LinksFile {
    /// Version of the file format.
    pub version: u32,
    /// Who decided.
    pub coder: Coder,
    /// Decisions.
    #[serde(default)]
    pub matches: Vec<Link>,
    /// Kept quotations.
    #[serde(default)]
    pub basket: Vec<Excerpt>,
    /// Fields that a newer version wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}
keep_unknown!(LinksFile);

impl LinksFile {
    /// A coder's links as a file holds them.
    pub fn new(coder: &Coder, links: &Links) -> Self {
        let mut matches: Vec<_> = links.links().cloned().collect();
        matches.sort_by_key(|link| (link.created, link.id));
        let basket = links.basket().into_iter().cloned().collect();
        let unknown = links.unknown.clone();
        Self { version: super::FORMAT_VERSION, coder: coder.clone(), matches, basket, unknown }
    }
}

impl From<LinksFile> for Links {
    fn from(file: LinksFile) -> Self {
        let matches = file.matches.into_iter().map(LinkRecord::Link);
        let mut links = Self::new(matches.chain(file.basket.into_iter().map(LinkRecord::Excerpt)));
        links.unknown = file.unknown;
        links
    }
}

#[cfg(test)]
mod tests {
    use super::super::{from_ron, to_ron};
    use super::*;
    use crate::annotation::Anchor;
    use crate::text::{CharPos, Span, Text};
    use jiff::Timestamp;

    fn end(plan: PlanId, start: u32) -> End {
        End::new(plan, Anchor::new(&Text::new("推进分级诊疗，控烟限酒。"), Span::at(CharPos(start), 4)))
    }

    fn link(status: LinkStatus) -> Link {
        let ends = (end(PlanId::random(), 0), end(PlanId::random(), 2));
        Link::new(LinkKind::Item, status, ends, Timestamp::UNIX_EPOCH)
    }

    fn excerpt(position: u32) -> Excerpt {
        let now = Timestamp::UNIX_EPOCH;
        Excerpt {
            id: LinkId::random(),
            position,
            at: end(PlanId::random(), 7),
            note: "可引\n“原文”".to_owned(),
            created: now,
            modified: now,
            unknown: Unknown::default(),
        }
    }

    #[test]
    fn a_file_is_read_back_as_it_was_with_fields_it_does_not_know() {
        let records = [LinkRecord::Link(link(LinkStatus::Confirmed)), LinkRecord::Excerpt(excerpt(1))];
        let links = Links::new(records);
        let file = to_ron(&LinksFile::new(&Coder::new("张三"), &links)).unwrap();
        assert_eq!(Links::from(from_ron::<LinksFile>(&file).unwrap()), links);
        let newer = file.replacen("on: item,", "on: item,\n      weight: 3,", 1);
        let read = Links::from(from_ron::<LinksFile>(&newer).unwrap());
        assert!(to_ron(&LinksFile::new(&Coder::new("张三"), &read)).unwrap().contains("weight: 3"));
    }

    #[test]
    fn a_link_is_the_same_from_either_side() {
        let link = link(LinkStatus::Rejected);
        let (a, b) = (link.ends.0.plan, link.ends.1.plan);
        assert_eq!(link.between(a, b), Some((&link.ends.0, &link.ends.1)));
        assert_eq!(link.between(b, a), Some((&link.ends.1, &link.ends.0)));
        assert_eq!(link.between(a, a), None);
    }

    #[test]
    fn edits_expect_what_is_there_and_have_an_inverse() {
        let record = LinkRecord::Excerpt(excerpt(1));
        let put = LinkEdit { before: None, after: Some(record) };
        let mut links = Links::default();
        assert!(links.apply(&put));
        assert!(!links.apply(&put), "it is there already");
        assert!(links.apply(&put.inverse()));
        assert_eq!(links, Links::default());
    }

    #[test]
    fn nothing_of_either_machine_is_lost() {
        let (kept, gone, ours, theirs) = (excerpt(1), excerpt(2), excerpt(3), excerpt(4));
        let of =
            |list: &[&Excerpt]| Links::new(list.iter().map(|&excerpt| LinkRecord::Excerpt(excerpt.clone())));
        let later = Excerpt { note: "后改".into(), modified: Timestamp::now(), ..kept.clone() };
        let base = of(&[&kept, &gone]);
        let merged = of(&[&kept, &gone, &ours]).merge(&base, &of(&[&later, &theirs]));
        assert_eq!(merged, of(&[&later, &ours, &theirs]));
        let earlier = Excerpt { note: "先改".into(), ..kept.clone() };
        assert_eq!(of(&[&later]).merge(&of(&[&kept]), &of(&[&earlier])), of(&[&later]));
        assert_eq!(
            of(&[&later]).merge(&of(&[&kept]), &of(&[])),
            of(&[&later]),
            "changed here, removed there"
        );
    }
}
