//! Changes of a project, each with images before and after, so that each can be taken back.

use super::{Entry, File, PlanId, PlanRecord, Project, ReadOnly};
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
    /// A note on a tag or on the project was put, altered or removed.
    Note {
        /// By this coder,
        coder: Coder,
        /// so.
        edit: Edit,
    },
    /// A link or an excerpt was put, altered or removed.
    Link {
        /// By this coder,
        coder: Coder,
        /// so.
        edit: Box<super::LinkEdit>,
    },
    /// The codebook was altered.
    Codebook {
        /// Before.
        before: Arc<Codebook>,
        /// After.
        after: Arc<Codebook>,
    },
    /// A plan came from the trash, or went there. Its folder is moved by the caller, before. Its annotations are
    /// those it had when it went, as far as this session knows; else they are read.
    Presence {
        /// What is known of it.
        record: Arc<PlanRecord>,
        /// Whether it is a plan of the project afterwards.
        present: bool,
    },
    /// Metadata or corrections of a plan were altered.
    Record {
        /// Before.
        before: Arc<PlanRecord>,
        /// After.
        after: Arc<PlanRecord>,
    },
}

/// The change was not carried out; nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The project is not as the change expects it.
    #[error("this place was changed elsewhere in the meantime")]
    Conflict,
    /// The project, or the one file, may not be written.
    #[error("the project is open for reading only: {0}")]
    ReadOnly(ReadOnly),
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self {
            Self::Annotation { plan, coder, edit } => {
                Self::Annotation { plan: *plan, coder: coder.clone(), edit: edit.inverse() }
            }
            Self::Note { coder, edit } => Self::Note { coder: coder.clone(), edit: edit.inverse() },
            Self::Link { coder, edit } => Self::Link { coder: coder.clone(), edit: Box::new(edit.inverse()) },
            Self::Codebook { before, after } => {
                Self::Codebook { before: after.clone(), after: before.clone() }
            }
            Self::Presence { record, present } => {
                Self::Presence { record: record.clone(), present: !present }
            }
            Self::Record { before, after } => Self::Record { before: after.clone(), after: before.clone() },
        }
    }

    /// The one file it belongs to.
    pub fn file(&self) -> File {
        match self {
            Self::Annotation { plan, coder, .. } => File::Sheet(*plan, coder.clone()),
            Self::Note { coder, .. } => File::Notes(coder.clone()),
            Self::Link { coder, .. } => File::Links(coder.clone()),
            Self::Codebook { .. } => File::Codebook,
            Self::Presence { record, .. } => File::Record(record.id),
            Self::Record { after, .. } => File::Record(after.id),
        }
    }

    /// Carries the change out in memory; tells the file that is to be saved.
    pub(super) fn apply(&self, project: &mut Project) -> Result<File, Refused> {
        let file = self.file();
        if let Some(why) = project.is_read_only(&file) {
            return Err(Refused::ReadOnly(why));
        }
        match self {
            Self::Annotation { edit, .. } | Self::Note { edit, .. } => {
                let sheet = project.sheet_mut(&file).ok_or(Refused::Conflict)?;
                Arc::make_mut(sheet).apply(edit).map_err(|_| Refused::Conflict)?;
            }
            Self::Link { coder, edit } => {
                let links = project.links.entry(coder.clone()).or_default();
                if !Arc::make_mut(links).apply(edit) {
                    return Err(Refused::Conflict);
                }
            }
            Self::Codebook { before, after } => replace(&mut project.codebook, before, after)?,
            Self::Presence { record, present: true } => {
                if project.plans.contains_key(&record.id) {
                    return Err(Refused::Conflict);
                }
                let sheets = project.set_aside.remove(&record.id);
                project.plans.insert(record.id, Entry { record: record.clone(), sheets });
            }
            Self::Presence { record, present: false } => {
                let entry = project.plans.remove(&record.id).ok_or(Refused::Conflict)?;
                project.set_aside.extend(entry.sheets.map(|sheets| (record.id, sheets)));
            }
            Self::Record { before, after } => {
                let entry = project.plans.get_mut(&before.id).ok_or(Refused::Conflict)?;
                replace(&mut entry.record, before, after)?;
            }
        }
        Ok(file)
    }
}

/// Puts `after` in the place of `before`, if that is what stands there.
fn replace<T: PartialEq>(place: &mut Arc<T>, before: &Arc<T>, after: &Arc<T>) -> Result<(), Refused> {
    if place != before {
        return Err(Refused::Conflict);
    }
    *place = after.clone();
    Ok(())
}
