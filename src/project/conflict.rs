//! Conflict copies: what sync tools leave beside a file that two machines wrote at the same time; which there are, and
//! putting them away. Not here: bringing in what they hold (see `join`).

use super::bundle::{self, Bundle};
use super::{File, Folder, ProjectError};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// The name of the file that `name` is a conflict copy of, if it is one.
///
/// Known forms, all with the original's name in front: Dropbox and Nextcloud `甲 (conflicted copy 2026-03-01).ron`,
/// `甲 (李's conflicted copy).ron`, their Chinese forms `甲 (李 的冲突副本 2026-03-01).ron`; Nutstore
/// `甲(冲突文件-李).ron`; Syncthing `甲.sync-conflict-20260301-101500-ABCDEFG.ron`; ownCloud
/// `甲_conflict-20260301-101500.ron`.
pub fn original_of(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    let marked = |marker: &str| stem.find(marker).map(|at| &stem[..at]);
    let original =
        marked(".sync-conflict-").or_else(|| marked("_conflict-")).or_else(|| before_bracket(stem))?;
    let original = original.trim_end();
    (!original.is_empty()).then(|| format!("{original}.{extension}"))
}

/// What stands before a closing bracket that speaks of a conflict.
fn before_bracket(stem: &str) -> Option<&str> {
    let inner = stem.strip_suffix([')', '）'])?;
    let open = inner.rfind(['(', '（'])?;
    let words = inner[open..].to_lowercase();
    let speaks = ["conflict", "冲突", "衝突"].iter().any(|word| words.contains(word));
    speaks.then(|| &stem[..open])
}

/// A copy that a sync tool left beside a file of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictCopy {
    /// The copy.
    pub path: PathBuf,
    /// The file it is a copy of; `None` for `project.ron`, of which only the title could differ.
    pub file: Option<File>,
}

/// The conflict copies in a project folder.
pub fn conflict_copies(folder: &Folder) -> Result<Vec<ConflictCopy>, ProjectError> {
    let bundle = Bundle::open(folder.root())?;
    let copy = |name: String| {
        let (place, file) = name.rsplit_once('/').map_or(("", name.as_str()), |(place, file)| (place, file));
        let original = original_of(file)?;
        let whole = if place.is_empty() { original } else { format!("{place}/{original}") };
        Some(ConflictCopy { path: bundle.path(&name), file: bundle::file_of(&whole) })
    };
    Ok(bundle.records()?.into_iter().filter_map(copy).collect())
}

impl ConflictCopy {
    /// Moves the copy to `backups/conflict copies`, once its content is in the project and saved.
    pub fn put_away(&self, folder: &Folder) -> Result<PathBuf, ProjectError> {
        let place = folder.backups().join("conflict copies");
        let failed = |error| ProjectError::io(&self.path, error);
        fs::create_dir_all(&place).map_err(failed)?;
        let name = bundle::name_of(folder, &self.path).replace('/', " ");
        let taken: BTreeSet<_> = bundle::entries(&place)?.iter().map(fs::DirEntry::file_name).collect();
        let free = (1_u32..).map(|n| if n == 1 { name.clone() } else { format!("{name}.{n}") });
        let mut free = free.filter(|name| !taken.contains(std::ffi::OsStr::new(name)));
        let to = place.join(free.next().unwrap_or(name.clone()));
        fs::rename(&self.path, &to).map_err(failed)?;
        Ok(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_sync_tools_are_known_by_their_names() {
        for copy in [
            "张三 (conflicted copy 2026-03-01 101500).ron",
            "张三 (Li's conflicted copy 2026-03-01).ron",
            "张三 (李四 的冲突副本 2026-03-01).ron",
            "张三(冲突文件-李四-20260301).ron",
            "张三（衝突）.ron",
            "张三.sync-conflict-20260301-101500-ABCDEFG.ron",
            "张三_conflict-20260301-101500.ron",
        ] {
            assert_eq!(original_of(copy).as_deref(), Some("张三.ron"), "{copy}");
        }
        for name in ["张三.ron", "张三 (2).ron", "conflict.ron", "(conflict).ron", "张三"] {
            assert_eq!(original_of(name), None, "{name}");
        }
    }
}
