//! Backups: the small files of a project (records, codebook, annotations, notes, links; not sources and texts,
//! which are never changed) in one zip under `backups/`, made daily and before everything that rewrites many
//! files at once, kept in a rolling set, and put back on demand.
//!
//! A backup is whole or not there, like every file. Putting one back first backs up what is there now, so that
//! it can be taken back too.

use super::bundle::{self, Bundle};
use super::disk::write_atomic;
use super::{Cause, File, Folder, PlanId, ProjectError};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;

/// How a time stands in the name of a backup: UTC, without chars that a file name may not hold.
const TIME: &str = "%Y-%m-%dT%H%M%SZ";

/// Days, weeks and months for each of which the newest daily backup is kept.
const DAYS: i64 = 7;
const WEEKS: i64 = 5;
const MONTHS: i64 = 12;

/// How many of the backups are kept that were made before something.
const BEFORE_SOMETHING: usize = 20;

/// Why a backup was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The first opening of a day.
    Daily,
    /// Before files of an older version are rewritten.
    Migration,
    /// Before a colleague's work is brought in.
    Merge,
    /// Before another backup is put back.
    Restore,
    /// Before damage is mended.
    Repair,
    /// Somebody asked for it.
    ByHand,
}

impl Reason {
    const ALL: [Self; 6] =
        [Self::Daily, Self::Migration, Self::Merge, Self::Restore, Self::Repair, Self::ByHand];

    /// How it stands in the name of the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Migration => "before-migration",
            Self::Merge => "before-merge",
            Self::Restore => "before-restore",
            Self::Repair => "before-repair",
            Self::ByHand => "by-hand",
        }
    }
}

/// A backup of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The zip.
    pub path: PathBuf,
    /// When it was made, UTC, to the second.
    pub made: Timestamp,
    /// Why.
    pub reason: Reason,
    /// Size of the zip in bytes.
    pub bytes: u64,
}

/// What putting a backup back did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What was there before.
    pub before: Backup,
    /// Files that are as they were again.
    pub written: Vec<PathBuf>,
    /// Files of coders that came after the backup and were taken away (they are in [`Self::before`]).
    pub removed: Vec<PathBuf>,
    /// Plans that came after the backup; they stay as they are.
    pub newer_plans: Vec<PlanId>,
}

impl Backup {
    /// The backup in this file, if its name says that it is one.
    fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.strip_suffix(".zip")?;
        let (time, word) = name.split_once(' ')?;
        let made = jiff::civil::DateTime::strptime(TIME, time).ok()?.to_zoned(TimeZone::UTC).ok()?;
        // A second one of the same second has a number: `… daily 2.zip`.
        let word = word.split(' ').next()?;
        let reason = Reason::ALL.into_iter().find(|reason| reason.word() == word)?;
        let bytes = fs::metadata(path).map_or(0, |metadata| metadata.len());
        Some(Self { path: path.to_owned(), made: made.timestamp(), reason, bytes })
    }

    /// Backs up the project as it is on disk. Where the newest backup holds the same, that one is given back
    /// (unless it is asked for by hand).
    pub fn make(folder: &Folder, reason: Reason, now: Timestamp) -> Result<Self, ProjectError> {
        let packed = pack(folder)?;
        let present = list(folder);
        if let Some(newest) = present.first()
            && reason != Reason::ByHand
            && comment_of(&newest.path).is_some_and(|comment| comment == packed.digest)
        {
            return Ok(newest.clone());
        }
        let stem = format!("{} {}", now.strftime(TIME), reason.word());
        let path = (1..1000)
            .map(|n| if n == 1 { format!("{stem}.zip") } else { format!("{stem} {n}.zip") })
            .map(|name| folder.backups().join(name))
            .find(|path| !path.exists())
            .unwrap_or_else(|| folder.backups().join(format!("{stem}.zip")));
        write_atomic(&path, &packed.bytes)?;
        let made =
            Self::of(&path).unwrap_or(Self { path, made: now, reason, bytes: packed.bytes.len() as u64 });
        prune(folder, now);
        Ok(made)
    }

    /// Backs up the project unless there is a daily backup of this day (UTC) already.
    pub fn daily(folder: &Folder, now: Timestamp) -> Result<Option<Self>, ProjectError> {
        let day = |time: Timestamp| time.to_zoned(TimeZone::UTC).date();
        let of_today = |b: &Self| b.reason == Reason::Daily && day(b.made) == day(now);
        if list(folder).iter().any(of_today) {
            return Ok(None);
        }
        Self::make(folder, Reason::Daily, now).map(Some)
    }

    /// The files in it.
    pub fn open(&self) -> Result<Bundle, ProjectError> {
        Bundle::open(&self.path)
    }

    /// Puts the backup back: every file in it is as it was; files of coders that came later, on plans the
    /// backup knows, are taken away; plans that came later stay. What is there now is backed up first. The
    /// project must be opened anew after this.
    pub fn restore(&self, folder: &Folder, now: Timestamp) -> Result<Restored, ProjectError> {
        let bundle = self.open()?;
        let names = bundle.records()?;
        let before = Self::make(folder, Reason::Restore, now)?;
        let known: BTreeSet<&String> = names.iter().collect();
        let plan_of = |name: &str| match bundle::file_of(name) {
            Some(File::Record(id) | File::Sheet(id, _)) => Some(id),
            _ => None,
        };
        let plans: BTreeSet<PlanId> = names.iter().filter_map(|name| plan_of(name)).collect();
        let (mut removed, mut newer_plans) = (Vec::new(), BTreeSet::new());
        let present = Bundle::open(folder.root())?;
        for name in present.records()?.iter().filter(|name| !known.contains(name)) {
            match plan_of(name) {
                Some(id) if !plans.contains(&id) => drop(newer_plans.insert(id)),
                _ if name == "project.ron" || name == "codebook.ron" => {}
                _ => removed.push(present.path(name)),
            }
        }
        let mut written = Vec::new();
        for name in &names {
            let path = present.path(name);
            let content = bundle.read(name)?.unwrap_or_default();
            if fs::read(&path).ok().as_ref() != Some(&content) {
                write_atomic(&path, &content)?;
                written.push(path);
            }
        }
        for path in &removed {
            fs::remove_file(path).map_err(|error| ProjectError::io(path, error))?;
        }
        Ok(Restored { before, written, removed, newer_plans: newer_plans.into_iter().collect() })
    }
}

/// The backups of a project, newest first.
pub fn list(folder: &Folder) -> Vec<Backup> {
    let entries = bundle::entries(&folder.backups()).unwrap_or_default();
    let mut found: Vec<Backup> = entries.iter().filter_map(|entry| Backup::of(&entry.path())).collect();
    found.sort_by(|a, b| (b.made, &b.path).cmp(&(a.made, &a.path)));
    found
}

/// A zip in memory.
struct Packed {
    bytes: Vec<u8>,
    /// SHA-256 of names and contents, as the comment of the zip, to know a backup of the same again.
    digest: String,
}

fn pack(folder: &Folder) -> Result<Packed, ProjectError> {
    let bundle = Bundle::open(folder.root())?;
    let failed = |error: zip::result::ZipError| match error {
        zip::result::ZipError::Io(error) => ProjectError::io(&folder.backups(), error),
        other => ProjectError::new(&folder.backups(), Cause::Damaged(other.to_string())),
    };
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut hasher = Sha256::new();
    for name in bundle.records()? {
        // A file may go while this runs.
        let Some(content) = bundle.read(&name)? else { continue };
        hasher.update((name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
        hasher.update((content.len() as u64).to_le_bytes());
        hasher.update(&content);
        zip.start_file(&name, SimpleFileOptions::default()).map_err(failed)?;
        zip.write_all(&content).map_err(|error| ProjectError::io(&folder.backups(), error))?;
    }
    let digest = hasher.finalize().iter().fold(String::new(), |digest, byte| format!("{digest}{byte:02x}"));
    zip.set_comment(digest.as_str()).map_err(failed)?;
    Ok(Packed { bytes: zip.finish().map_err(failed)?.into_inner(), digest })
}

fn comment_of(path: &Path) -> Option<String> {
    let archive = zip::ZipArchive::new(fs::File::open(path).ok()?).ok()?;
    String::from_utf8(archive.comment().to_vec()).ok()
}

/// Removes the backups that the rolling set no longer holds.
fn prune(folder: &Folder, now: Timestamp) {
    let present = list(folder);
    let kept = kept(&present, now);
    for backup in present.iter().filter(|backup| !kept.contains(&backup.path)) {
        // One that cannot be removed now is removed another day.
        let _ = fs::remove_file(&backup.path);
    }
}

/// Which of the backups (newest first) are kept: of the daily ones the newest of each of the last 7 days, 5
/// weeks and 12 months; of those made before something the newest 20; those made by hand all.
fn kept(present: &[Backup], now: Timestamp) -> BTreeSet<PathBuf> {
    let mut kept = BTreeSet::new();
    let mut spans = BTreeSet::new();
    let mut before_something = 0;
    for backup in present {
        let keep = match backup.reason {
            Reason::ByHand => true,
            Reason::Daily => {
                // Periods of the calendar, not of age: else no backup would live to be a week old.
                let fresh = [(1, DAYS), (7, WEEKS), (30, MONTHS)].map(|(days, most)| {
                    let period = |time: Timestamp| time.as_second().div_euclid(86_400 * days);
                    let age = period(now) - period(backup.made);
                    age < most && spans.insert((days, period(backup.made)))
                });
                fresh.contains(&true)
            }
            _ => {
                before_something += 1;
                before_something <= BEFORE_SOMETHING
            }
        };
        if keep {
            kept.insert(backup.path.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + day * 86_400).unwrap()
    }

    #[test]
    fn the_set_rolls_and_never_empties() {
        let backup = |at: i64, reason| Backup {
            path: format!("{at} {reason:?}").into(),
            made: day(at),
            reason,
            bytes: 0,
        };
        let mut present: Vec<Backup> = Vec::new();
        for today in 0..500 {
            present.insert(0, backup(today, Reason::Daily));
            let kept = kept(&present, day(today));
            present.retain(|backup| kept.contains(&backup.path));
            assert_eq!(present[0].made, day(today), "the newest stays");
        }
        let ages: Vec<i64> =
            present.iter().map(|b| (day(499).as_second() - b.made.as_second()) / 86_400).collect();
        assert_eq!(ages[..7], [0, 1, 2, 3, 4, 5, 6], "a week of days");
        assert!(ages.len() <= 24 && *ages.last().unwrap() >= 300, "and months back: {ages:?}");
        let others: Vec<Backup> = (0..50).rev().map(|at| backup(at, Reason::Merge)).collect();
        assert_eq!(kept(&others, day(60)).len(), BEFORE_SOMETHING);
        let by_hand: Vec<Backup> = (0..50).rev().map(|at| backup(at, Reason::ByHand)).collect();
        assert_eq!(kept(&by_hand, day(900)).len(), 50);
    }

    #[test]
    fn the_name_of_a_backup_says_when_and_why() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(root.path());
        fs::write(folder.manifest(), "(version: 1)").unwrap();
        let made = Backup::make(&folder, Reason::Merge, day(0)).unwrap();
        assert!(made.path.ends_with("backups/2023-11-14T221320Z before-merge.zip"));
        assert_eq!((made.made, made.reason), (day(0), Reason::Merge));
        assert_eq!(Backup::make(&folder, Reason::Daily, day(1)).unwrap(), made, "the same is not kept twice");
        let again = Backup::make(&folder, Reason::ByHand, day(0)).unwrap();
        let third = Backup::make(&folder, Reason::ByHand, day(0)).unwrap();
        assert!(third.path.ends_with("backups/2023-11-14T221320Z by-hand 2.zip"));
        assert_eq!(list(&folder).len(), 3);
        assert_eq!(again.reason, Reason::ByHand);
        fs::write(folder.backups().join("mine.zip"), "").unwrap();
        assert_eq!(list(&folder).len(), 3, "other files are left alone");
    }
}
