//! Who writes in a project: one window per coder.
//!
//! Coders write files of their own, so two coders never disturb each other; the same coder in two windows (or
//! on two machines, in a synced folder) would. `locks/<coder>.ron` tells who holds the coder's files and is
//! renewed every minute; beside it `locks/<coder>.lock` carries a lock of the operating system, which ends
//! with the process, so that on one machine a crash leaves nothing behind. A lock of another machine is stale
//! when it was not renewed for five minutes. Not here: what happens to files that others changed all the same
//! (see `outside`).

use super::disk::{read_ron, write_ron};
use super::{Folder, ProjectError};
use crate::annotation::Coder;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

/// How often the holder should renew its lock.
pub const RENEW: std::time::Duration = std::time::Duration::from_mins(1);

/// A lock that was not renewed for so many seconds is stale.
const STALE_SECONDS: i64 = 300;

/// Who holds the files of a coder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Version of the file format.
    pub version: u32,
    /// Random id of this claim.
    pub claim: Uuid,
    /// Whose files.
    pub coder: Coder,
    /// The account on the machine.
    pub user: String,
    /// The machine.
    pub host: String,
    /// The process.
    pub pid: u32,
    /// Since when, UTC.
    pub since: Timestamp,
    /// When it was last renewed, UTC.
    pub renewed: Timestamp,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { coder, user, host, pid, renewed, .. } = self;
        write!(f, "{} ({user} on {host}, process {pid}, last seen {renewed:.0})", coder.as_str())
    }
}

impl Holder {
    fn of_this_process(coder: &Coder, now: Timestamp) -> Self {
        let variable =
            |names: [&str; 2]| names.iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default();
        Self {
            version: super::migrate::FORMAT_VERSION,
            claim: Uuid::new_v4(),
            coder: coder.clone(),
            user: variable(["USER", "USERNAME"]),
            host: host_name(),
            pid: std::process::id(),
            since: now,
            renewed: now,
        }
    }

    /// Whether the holder is long gone. On this machine the system's lock decides, elsewhere the time.
    fn is_stale(&self, now: Timestamp) -> bool {
        now.duration_since(self.renewed) > SignedDuration::from_secs(STALE_SECONDS)
    }
}

/// The machine's name; the same for all windows on it.
fn host_name() -> String {
    let file = |path| fs::read_to_string(path).ok().map(|name| name.trim().to_owned());
    std::env::var("COMPUTERNAME")
        .ok()
        .or_else(|| file("/proc/sys/kernel/hostname"))
        .or_else(|| file("/etc/hostname"))
        .or_else(|| std::env::var("HOSTNAME").ok())
        .unwrap_or_default()
}

/// Why the files of a coder could not be claimed.
#[derive(Debug)]
pub enum Refusal {
    /// Somebody holds them.
    Held(Box<Holder>),
    /// The folder may not be written.
    NoRights,
    /// The system failed otherwise.
    Failed(ProjectError),
}

/// A claim on the files of a coder. Given back when dropped.
#[derive(Debug)]
pub struct Lock {
    folder: Folder,
    holder: Holder,
    /// Keeps the lock of the operating system while it is open.
    system: File,
    lost: AtomicBool,
}

impl Lock {
    /// Claims the files of `coder`. `take_over`: also from a holder that seems alive.
    pub fn claim(folder: &Folder, coder: &Coder, take_over: bool, now: Timestamp) -> Result<Self, Refusal> {
        let path = folder.lock(coder);
        let refused = |error: io::Error| match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Refusal::NoRights,
            _ => Refusal::Failed(ProjectError::io(&path, error)),
        };
        fs::create_dir_all(folder.locks()).map_err(refused)?;
        let guard = path.with_extension("lock");
        if !guard.exists() {
            File::create(&guard).map_err(refused)?;
        }
        // Open for reading, so that the disk can still be made read-only or taken off.
        let system = File::open(&guard).map_err(refused)?;
        let present = read_ron::<Holder>(&path).ok();
        let free_here = match system.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            // Some network folders know no locks; the times in the file must do.
            Err(TryLockError::Error(_)) => present.as_ref().is_none_or(|holder| holder.is_stale(now)),
        };
        if let Some(holder) = present
            && !take_over
        {
            let elsewhere = holder.host != host_name();
            if !free_here || (elsewhere && !holder.is_stale(now)) {
                return Err(Refusal::Held(Box::new(holder)));
            }
        }
        let holder = Holder::of_this_process(coder, now);
        match write_ron(&path, &holder) {
            Ok(_) => Ok(Self { folder: folder.clone(), holder, system, lost: AtomicBool::new(false) }),
            Err(ProjectError { cause: super::Cause::Io(error), .. }) => Err(refused(error)),
            Err(error) => Err(Refusal::Failed(error)),
        }
    }

    /// Everybody who has files of the project open just now.
    pub fn holders(folder: &Folder, now: Timestamp) -> Vec<Holder> {
        let entries = fs::read_dir(folder.locks()).into_iter().flatten().flatten();
        let alive = |path: &std::path::Path| {
            let holder = read_ron::<Holder>(path).ok()?;
            let held = match File::open(path.with_extension("lock")).map(|system| system.try_lock()) {
                Ok(Ok(())) => holder.host != host_name() && !holder.is_stale(now),
                Ok(Err(TryLockError::WouldBlock)) => true,
                Ok(Err(TryLockError::Error(_))) | Err(_) => !holder.is_stale(now),
            };
            held.then_some(holder)
        };
        let is_ron = |path: &std::path::PathBuf| path.extension().is_some_and(|extension| extension == "ron");
        entries.map(|entry| entry.path()).filter(is_ron).filter_map(|path| alive(&path)).collect()
    }

    /// Who holds it: this process.
    pub fn holder(&self) -> &Holder {
        &self.holder
    }

    /// Says that the holder is alive. Tells whether it still holds the lock; `false` once another window took
    /// it over, and ever after.
    pub fn renew(&self, now: Timestamp) -> bool {
        let path = self.folder.lock(&self.holder.coder);
        let taken = read_ron::<Holder>(&path).is_ok_and(|present| present.claim != self.holder.claim);
        if taken {
            self.lost.store(true, Ordering::Relaxed);
        }
        if self.lost.load(Ordering::Relaxed) {
            return false;
        }
        // After a take-over the former holder may have kept the system's lock until now.
        let _ = self.system.try_lock();
        // A disk that refuses for a while does not end the claim.
        let _ = write_ron(&path, &Holder { renewed: now, ..self.holder.clone() });
        true
    }

    /// Gives the claim back now, whoever still has a hand on it: the window opens the project anew, or another.
    pub fn release(&self) {
        self.lost.store(true, Ordering::Relaxed);
        self.remove();
        // Where the system knows no locks there is none to give back.
        let _ = self.system.unlock();
    }

    /// Removes the file that tells of this claim; one of another claim stays.
    fn remove(&self) {
        let path = self.folder.lock(&self.holder.coder);
        if read_ron::<Holder>(&path).is_ok_and(|present| present.claim == self.holder.claim) {
            let _ = fs::remove_file(path);
        }
    }

    /// Whether another window took it over.
    pub fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.remove();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + second).unwrap()
    }

    fn claim(folder: &Folder, take_over: bool, second: i64) -> Result<Lock, Refusal> {
        Lock::claim(folder, &Coder::new("甲"), take_over, at(second))
    }

    #[test]
    fn a_coder_writes_in_one_window_only() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(root.path());
        let first = claim(&folder, false, 0).unwrap();
        let Err(Refusal::Held(holder)) = claim(&folder, false, 10) else { panic!("claimed twice") };
        assert_eq!((holder.pid, holder.since), (std::process::id(), at(0)));
        assert!(
            Lock::claim(&folder, &Coder::new("乙"), false, at(0)).is_ok(),
            "another coder has other files"
        );
        assert!(first.renew(at(20)));
        drop(first);
        assert!(claim(&folder, false, 30).is_ok(), "given back");
    }

    #[test]
    fn a_released_lock_is_free_at_once() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(root.path());
        let first = claim(&folder, false, 0).unwrap();
        first.release();
        let second = claim(&folder, false, 1).unwrap();
        assert!(!first.renew(at(2)) && second.renew(at(2)));
        drop(first);
        assert!(folder.lock(&Coder::new("甲")).exists(), "what the first had is not the second's");
    }

    #[test]
    fn a_lock_can_be_taken_over_and_the_first_holder_learns_it() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(root.path());
        let first = claim(&folder, false, 0).unwrap();
        let second = claim(&folder, true, 10).unwrap();
        assert!(!first.renew(at(20)) && first.is_lost());
        drop(first);
        assert!(second.renew(at(30)), "dropping the first does not free the second");
    }

    #[test]
    fn a_lock_of_another_machine_is_held_until_it_is_stale() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(root.path());
        let coder = Coder::new("甲");
        let other = Holder { host: "elsewhere".into(), ..Holder::of_this_process(&coder, at(0)) };
        write_ron(&folder.lock(&coder), &other).unwrap();
        assert!(matches!(claim(&folder, false, 299), Err(Refusal::Held(_))));
        assert!(claim(&folder, false, 301).is_ok());
    }

    #[test]
    fn a_crash_on_this_machine_leaves_nothing_held() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::new(root.path());
        let coder = Coder::new("甲");
        write_ron(&folder.lock(&coder), &Holder::of_this_process(&coder, at(0))).unwrap();
        assert!(claim(&folder, false, 1).is_ok(), "no process holds the system's lock");
    }
}
