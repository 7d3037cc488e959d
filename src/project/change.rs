//! Changes of a project, each with images before and after, so that each can be taken back.

use super::{PlanId, PlanRecord, Project};
use crate::annotation::{Codebook, Coder, Edit};
use std::sync::Arc;

/// One change of a project.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// An annotation was put, altered or removed.
    Annotation {
        /// On this plan,
        plan: PlanId,
        /// by this coder,
        coder: Coder,
        /// so.
        edit: Edit,
    },
    /// The codebook was altered.
    Codebook {
        /// Before.
        before: Arc<Codebook>,
        /// After.
        after: Arc<Codebook>,
    },
    /// Metadata or corrections of a plan were altered.
    Record {
        /// Before.
        before: Arc<PlanRecord>,
        /// After.
        after: Arc<PlanRecord>,
    },
}

/// The project is not as the change expects it (changed elsewhere in the meantime); nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this place was changed elsewhere in the meantime")]
pub struct Conflict;

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self {
            Self::Annotation { plan, coder, edit } => {
                Self::Annotation { plan: *plan, coder: coder.clone(), edit: edit.inverse() }
            }
            Self::Codebook { before, after } => {
                Self::Codebook { before: after.clone(), after: before.clone() }
            }
            Self::Record { before, after } => Self::Record { before: after.clone(), after: before.clone() },
        }
    }

    /// Carries the change out in memory and marks the one file it belongs to as to be saved.
    pub(super) fn apply(&self, project: &mut Project) -> Result<super::File, Conflict> {
        match self {
            Self::Annotation { plan, coder, edit } => {
                let sheet = project.sheet_mut(*plan, coder).ok_or(Conflict)?;
                Arc::make_mut(sheet).apply(edit).map_err(|_| Conflict)?;
                Ok(super::File::Sheet(*plan, coder.clone()))
            }
            Self::Codebook { before, after } => {
                if project.codebook != *before {
                    return Err(Conflict);
                }
                project.codebook = after.clone();
                Ok(super::File::Codebook)
            }
            Self::Record { before, after } => {
                let entry = project.plans.get_mut(&before.id).ok_or(Conflict)?;
                if entry.record != *before {
                    return Err(Conflict);
                }
                entry.record = after.clone();
                Ok(super::File::Record(after.id))
            }
        }
    }
}
