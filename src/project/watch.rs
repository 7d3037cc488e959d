//! Noticing what others change in the folder, by looking: size and time of the small files, every few seconds.
//!
//! The system's notifications do not reach network folders and several sync tools replace files behind them,
//! so looking is the one way that works everywhere. The files in view are looked at every time, the rest in
//! turn. Whether a file that looks changed really holds something else is decided by its content (see
//! `outside`), so the program's own writing needs no special care.

use super::{File, Folder, PlanId, conflict};
use crate::annotation::Coder;
use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

/// How many plans out of view are looked at each time.
const IN_TURN: usize = 50;

/// Size and time of a file.
type Look = (u64, Option<SystemTime>);

/// Remembers how the files looked.
#[derive(Debug)]
pub struct Watch {
    folder: Folder,
    plans: Vec<PlanId>,
    next: usize,
    looks: BTreeMap<File, Look>,
    begun: bool,
}

impl Watch {
    /// Will look at the files of these plans, the codebook, the notes and the links.
    pub fn new(folder: &Folder, plans: Vec<PlanId>) -> Self {
        Self { folder: folder.clone(), plans, next: 0, looks: BTreeMap::new(), begun: false }
    }

    /// Looks at the files that belong to all plans, to those `in_view`, and at the next few others. Gives the
    /// files that look otherwise than last time, or are new. The first round only remembers.
    pub fn look(&mut self, in_view: &[PlanId]) -> Vec<File> {
        let mut found = Vec::new();
        self.look_at(File::Codebook, &mut found);
        self.look_into(&self.folder.notes(), File::Notes, &mut found);
        self.look_into(&self.folder.links(), File::Links, &mut found);
        let in_turn = if self.begun { IN_TURN.min(self.plans.len()) } else { self.plans.len() };
        let turn: Vec<PlanId> =
            (0..in_turn).map(|step| self.plans[(self.next + step) % self.plans.len()]).collect();
        self.next = (self.next + in_turn) % self.plans.len().max(1);
        for &plan in in_view.iter().chain(turn.iter().filter(|plan| !in_view.contains(plan))) {
            self.look_at(File::Record(plan), &mut found);
            self.look_into(&self.folder.sheets(plan), |coder| File::Sheet(plan, coder), &mut found);
        }
        if !std::mem::replace(&mut self.begun, true) {
            found.clear();
        }
        found
    }

    fn look_at(&mut self, file: File, found: &mut Vec<File>) {
        if let Ok(metadata) = fs::metadata(self.folder.path(&file)) {
            self.compare(file, &metadata, found);
        }
    }

    /// Looks at all coders' files in a folder.
    fn look_into(&mut self, folder: &Path, file: impl Fn(Coder) -> File, found: &mut Vec<File>) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            if let (Some(coder), Ok(metadata)) = (coder_of(&entry.path()), entry.metadata()) {
                self.compare(file(coder), &metadata, found);
            }
        }
    }

    fn compare(&mut self, file: File, metadata: &Metadata, found: &mut Vec<File>) {
        let look = (metadata.len(), metadata.modified().ok());
        if self.looks.insert(file.clone(), look) != Some(look) {
            found.push(file);
        }
    }
}

/// Whose sheet a file is; `None` for conflict copies, temp files and all else.
pub(super) fn coder_of(path: &Path) -> Option<Coder> {
    let name = path.file_name()?.to_string_lossy();
    let stem = name.strip_suffix(".ron")?;
    (!stem.is_empty() && !name.starts_with('.') && conflict::original_of(&name).is_none())
        .then(|| Coder::new(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_of_others_are_noticed() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(root.path());
        let plans: Vec<PlanId> = (0..200).map(|_| PlanId::random()).collect();
        for &plan in &plans {
            fs::create_dir_all(folder.sheets(plan)).unwrap();
            fs::write(folder.record(plan), "()").unwrap();
        }
        let mut watch = Watch::new(&folder, plans.clone());
        assert_eq!(watch.look(&[]), [], "the first look only remembers");
        assert_eq!(watch.look(&plans[..1]), []);
        let (in_view, elsewhere) = (File::Sheet(plans[150], Coder::new("李")), File::Record(plans[190]));
        fs::write(folder.path(&in_view), "new").unwrap();
        fs::write(folder.path(&elsewhere), "longer").unwrap();
        fs::write(folder.sheets(plans[150]).join("李 (conflicted copy).ron"), "x").unwrap();
        assert_eq!(watch.look(&[plans[150]]), [in_view]);
        let rest: Vec<File> = (0..4).flat_map(|_| watch.look(&[])).collect();
        assert_eq!(rest, [elsewhere]);
    }
}
