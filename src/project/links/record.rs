//! The records of a coder's links: decisions on pairs of places, and quotations kept for the report.

use crate::annotation::Anchor;
use crate::annotation::unknown::{Unknown, keep_unknown};
use crate::project::PlanId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The random id of a link or an excerpt; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LinkId(pub Uuid);

impl LinkId {
    /// A new id.
    pub fn random() -> Self {
        Self(Uuid::new_v4())
    }
}

/// A place in a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct End {
    /// The plan.
    pub plan: PlanId,
    /// Where in its text.
    pub anchor: Anchor,
    /// Fields that a newer version wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}
keep_unknown!(End);

impl End {
    /// An end at `anchor`.
    pub fn new(plan: PlanId, anchor: Anchor) -> Self {
        Self { plan, anchor, unknown: Unknown::default() }
    }
}

/// What two linked places are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// Items that correspond.
    Item,
    /// Targets on one indicator.
    Target,
}

/// What was decided of two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkStatus {
    /// They correspond.
    Confirmed,
    /// They do not.
    Rejected,
}

/// What a coder decided of two places in two plans. Which of them is A and which B does not matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Link {
    /// Random id.
    pub id: LinkId,
    /// What the places are.
    pub on: LinkKind,
    /// What was decided.
    pub status: LinkStatus,
    /// The two places.
    pub ends: (End, End),
    /// When it was made, UTC.
    pub created: Timestamp,
    /// When it was last changed, UTC.
    pub modified: Timestamp,
    /// Fields that a newer version wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}
keep_unknown!(Link);

impl Link {
    /// A new link, made at `now`.
    pub fn new(on: LinkKind, status: LinkStatus, ends: (End, End), now: Timestamp) -> Self {
        let id = LinkId::random();
        Self { id, on, status, ends, created: now, modified: now, unknown: Unknown::default() }
    }

    /// The ends in `a` and in `b`, where it links these two plans.
    pub fn between(&self, a: PlanId, b: PlanId) -> Option<(&End, &End)> {
        let (first, second) = &self.ends;
        match (first.plan, second.plan) {
            (from, to) if (from, to) == (a, b) => Some((first, second)),
            (from, to) if (from, to) == (b, a) => Some((second, first)),
            _ => None,
        }
    }
}

/// A quotation kept for the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Excerpt {
    /// Random id.
    pub id: LinkId,
    /// Its place in the basket, lowest first; equal ones stand by id.
    pub position: u32,
    /// Where it stands.
    pub at: End,
    /// The coder's own words on it.
    #[serde(default)]
    pub note: String,
    /// When it was kept, UTC.
    pub created: Timestamp,
    /// When it was last changed, UTC.
    pub modified: Timestamp,
    /// Fields that a newer version wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}
keep_unknown!(Excerpt);

/// One record of a coder's links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkRecord {
    /// A decision.
    Link(Link),
    /// A kept quotation.
    Excerpt(Excerpt),
}

impl LinkRecord {
    /// Its id.
    pub fn id(&self) -> LinkId {
        match self {
            Self::Link(link) => link.id,
            Self::Excerpt(excerpt) => excerpt.id,
        }
    }

    /// When it was last changed.
    pub(super) fn modified(&self) -> Timestamp {
        match self {
            Self::Link(link) => link.modified,
            Self::Excerpt(excerpt) => excerpt.modified,
        }
    }
}

/// A change of one record: what was there before and what is there after. `None` means: not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkEdit {
    /// Image before.
    pub before: Option<LinkRecord>,
    /// Image after.
    pub after: Option<LinkRecord>,
}

impl LinkEdit {
    /// The edit that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }

    /// The record it is about.
    pub fn id(&self) -> Option<LinkId> {
        self.after.as_ref().or(self.before.as_ref()).map(LinkRecord::id)
    }
}
