//! Where things lie in a project folder.
//!
//! ```text
//! project.ron  codebook.ron  plans/<plan-id>/{source.<ext>, text.txt, plan.ron, annotations/<coder>.ron}
//! notes/<coder>.ron  links/<coder>.ron  backups/  locks/<coder>.ron
//! ```

use super::{File, PlanId};
use crate::annotation::Coder;
use std::path::{Path, PathBuf};

/// A project folder; knows the path of every file in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a file that changes belong to lies.
    pub fn path(&self, file: &File) -> PathBuf {
        match file {
            File::Codebook => self.codebook(),
            File::Record(id) => self.record(*id),
            File::Sheet(id, coder) => self.sheet(*id, coder),
            File::Notes(coder) => self.note_sheet(coder),
            File::Links(coder) => self.links().join(format!("{}.ron", coder.as_str())),
        }
    }

    /// `project.ron`
    pub fn manifest(&self) -> PathBuf {
        self.root.join("project.ron")
    }

    /// `codebook.ron`
    pub fn codebook(&self) -> PathBuf {
        self.root.join("codebook.ron")
    }

    /// `notes/`
    pub fn notes(&self) -> PathBuf {
        self.root.join("notes")
    }

    /// `notes/<coder>.ron`
    pub fn note_sheet(&self, coder: &Coder) -> PathBuf {
        self.notes().join(format!("{}.ron", coder.as_str()))
    }

    /// `links/`
    pub fn links(&self) -> PathBuf {
        self.root.join("links")
    }

    /// `locks/`
    pub fn locks(&self) -> PathBuf {
        self.root.join("locks")
    }

    /// `locks/<coder>.ron`
    pub fn lock(&self, coder: &Coder) -> PathBuf {
        self.locks().join(format!("{}.ron", coder.as_str()))
    }

    /// `backups/`
    pub fn backups(&self) -> PathBuf {
        self.root.join("backups")
    }

    /// `plans/`
    pub fn plans(&self) -> PathBuf {
        self.root.join("plans")
    }

    /// `plans/<id>/`
    pub fn plan(&self, id: PlanId) -> PathBuf {
        self.plans().join(id.0.to_string())
    }

    /// `plans/<id>/plan.ron`
    pub fn record(&self, id: PlanId) -> PathBuf {
        self.plan(id).join("plan.ron")
    }

    /// `plans/<id>/text.txt`
    pub fn text(&self, id: PlanId) -> PathBuf {
        self.plan(id).join("text.txt")
    }

    /// `plans/<id>/source.<ext>`
    pub fn source(&self, id: PlanId, extension: &str) -> PathBuf {
        self.plan(id).join(format!("source.{extension}"))
    }

    /// `plans/<id>/annotations/`
    pub fn sheets(&self, id: PlanId) -> PathBuf {
        self.plan(id).join("annotations")
    }

    /// `plans/<id>/annotations/<coder>.ron`
    pub fn sheet(&self, id: PlanId, coder: &Coder) -> PathBuf {
        self.sheets(id).join(format!("{}.ron", coder.as_str()))
    }
}
