//! When the disk refuses: a clear message, the edit stays in memory and is retried, nothing is truncated.
//!
//! Those that need root (they mount a small disk) are run by `scripts/disk-trouble`.

use super::Study;
use super::killing::{app, open, wait};
use duizhao::annotation::Coder;
use duizhao::app::{App, Command, NoticeKind, SaveStatus};
use duizhao::project::{File, PlanId, Project, ReadOnly};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

/// A home and a project in it that a coder has worked on.
struct Desk {
    app: App,
    plan: PlanId,
    root: PathBuf,
}

impl Desk {
    fn new(home: &Path, root: &Path) -> Self {
        let mut study = Study::new(root, 1);
        study.tag(study.plans[0], "甲", "免疫规划", "immunization");
        drop(study);
        let mut app = app(home);
        let plan = open(&mut app, root);
        wait(&mut app, |app| matches!(app.save_status(), SaveStatus::Saved));
        Self { app, plan, root: root.to_owned() }
    }

    fn sheet(&self) -> PathBuf {
        self.app.project.as_ref().unwrap().folder.path(&File::Sheet(self.plan, Coder::new("甲")))
    }

    /// Writes a note on the first node.
    fn edit(&mut self, note: &str) {
        let (ix, _) = self.app.plan(self.plan).unwrap().plan.outline.iter().next().unwrap();
        self.app.run(Command::SetNote(self.plan, ix, note.to_owned()));
    }

    /// Waits until saving failed; tells why.
    fn failure(&mut self) -> String {
        wait(&mut self.app, |app| matches!(app.save_status(), SaveStatus::Failed(_)));
        let SaveStatus::Failed(error) = self.app.save_status() else { unreachable!() };
        error.to_string()
    }

    /// The disk refuses an edit, for the reason told; nothing is truncated; once it is willing, the edit is saved
    /// without being made again.
    fn check(&mut self, refuse: impl FnOnce(&Self), why: &str, allow: impl FnOnce(&Self)) {
        let before = fs::read(self.sheet()).unwrap();
        refuse(self);
        let note = "甲".repeat(4000);
        self.edit(&note);
        let said = self.failure();
        assert!(said.contains(why) && said.contains("甲.ron"), "{said}");
        allow(self);
        assert_eq!(fs::read(self.sheet()).unwrap(), before, "the file is as it was");
        // Not told to: it is tried again by itself.
        wait(&mut self.app, |app| matches!(app.save_status(), SaveStatus::Saved));
        assert!(fs::read_to_string(self.sheet()).unwrap().contains(&note));
        let (project, problems) = Project::open(&self.root).unwrap();
        assert!(problems.is_empty());
        assert!(Project::read_sheets(&project.folder, &project.ledger, self.plan).problems.is_empty());
    }
}

fn mount(arguments: &[&str], at: &Path) {
    let status = Process::new("mount").args(arguments).arg(at).status().unwrap();
    assert!(status.success(), "mount {arguments:?}");
}

/// A small disk of its own, gone when dropped.
struct Disk(PathBuf);

impl Disk {
    fn new(at: PathBuf) -> Self {
        fs::create_dir_all(&at).unwrap();
        mount(&["-t", "tmpfs", "-o", "size=1m", "tmpfs"], &at);
        Self(at)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Process::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
#[ignore = "needs root: mounts a small disk; run by scripts/disk-trouble"]
fn a_full_disk() {
    let home = tempfile::tempdir().unwrap();
    let disk = Disk::new(home.path().join("disk"));
    let mut desk = Desk::new(home.path(), &disk.0.join("project"));
    let filler = disk.0.join("filler");
    let fill = |_: &Desk| {
        let mut block = vec![7_u8; 1 << 20];
        while !block.is_empty() {
            // Writes what fits, then smaller pieces, until not one block is left.
            let mut file = fs::File::options().append(true).create(true).open(&filler).unwrap();
            if std::io::Write::write(&mut file, &block).unwrap_or(0) < block.len() {
                block.truncate(block.len() / 2);
            }
        }
    };
    desk.check(fill, "the disk is full", |_| fs::remove_file(&filler).unwrap());
}

#[test]
#[ignore = "needs root: mounts a small disk; run by scripts/disk-trouble"]
fn a_disk_that_becomes_read_only() {
    let home = tempfile::tempdir().unwrap();
    let disk = Disk::new(home.path().join("disk"));
    let mut desk = Desk::new(home.path(), &disk.0.join("project"));
    let remount = |how: &'static str| {
        let at = disk.0.clone();
        move |_: &Desk| mount(&["-o", how], &at)
    };
    desk.check(remount("remount,ro"), "the disk is read-only", remount("remount,rw"));
}

#[test]
#[ignore = "needs root: mounts a small disk; run by scripts/disk-trouble"]
fn a_folder_that_is_read_only_from_the_start() {
    let home = tempfile::tempdir().unwrap();
    let disk = Disk::new(home.path().join("disk"));
    let root = disk.0.join("project");
    drop(Desk::new(home.path(), &root));
    // The thread that watches the folder lets go of the lock within seconds.
    let lock = root.join("locks/甲.ron");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while lock.exists() && std::time::Instant::now() < end {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let before = fs::read_dir(&root).unwrap().count();
    mount(&["-o", "remount,ro"], &disk.0);
    let mut app = app(home.path());
    let plan = open(&mut app, &root);
    let says = |app: &App, after_an_edit: bool| {
        let no_rights = NoticeKind::ReadOnly { why: ReadOnly::NoRights, refused: after_an_edit };
        app.notices.iter().any(|notice| format!("{:?}", notice.kind) == format!("{no_rights:?}"))
    };
    assert!(says(&app, false), "{:?}", app.notices);
    let (ix, _) = app.plan(plan).unwrap().plan.outline.iter().next().unwrap();
    app.run(Command::SetNote(plan, ix, "不成".to_owned()));
    assert!(app.history.undo_name().is_none(), "the edit was refused");
    assert!(says(&app, true), "and told: {:?}", app.notices);
    assert_eq!(fs::read_dir(&root).unwrap().count(), before);
}

#[test]
fn a_rename_that_fails() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::new(home.path(), &home.path().join("project"));
    let (sheet, aside) = (desk.sheet(), home.path().join("aside.ron"));
    // A folder in the place of the file: nothing can be renamed over it.
    let refuse = |_: &Desk| {
        fs::rename(&sheet, &aside).unwrap();
        fs::create_dir(&sheet).unwrap();
        fs::write(sheet.join("full"), "").unwrap();
    };
    let allow = |_: &Desk| {
        fs::remove_dir_all(&sheet).unwrap();
        fs::rename(&aside, &sheet).unwrap();
    };
    desk.check(refuse, "", allow);
    let left = fs::read_dir(sheet.parent().unwrap()).unwrap().count();
    assert_eq!(left, 1, "no temp file is left by the attempts");
}

#[test]
#[cfg(unix)]
fn too_many_open_files() {
    // In a process of its own: the limit counts for all threads.
    let home = tempfile::tempdir().unwrap();
    let limited = r#"ulimit -n 64; exec "$0" --exact project::trouble::out_of_files --ignored --nocapture"#;
    let output = Process::new("sh")
        .args(["-c", limited])
        .arg(std::env::current_exe().unwrap())
        .env("DUIZHAO_TROUBLE_HOME", home.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(home.path().join("done").exists(), "the test ran");
}

#[test]
#[ignore = "started by `too_many_open_files`"]
fn out_of_files() {
    let Some(home) = std::env::var_os("DUIZHAO_TROUBLE_HOME") else { return };
    let home = Path::new(&home);
    let mut desk = Desk::new(home, &home.join("project"));
    let open = std::cell::RefCell::new(Vec::new());
    let manifest = home.join("project/project.ron");
    // Other threads (the backup of the day, the watch) let go of files now and then: those are taken too, until an
    // edit can no longer be saved.
    let mut said = None;
    for attempt in 0..400 {
        while let Ok(file) = fs::File::open(&manifest) {
            open.borrow_mut().push(file);
        }
        desk.edit(&format!("没有文件句柄了{}", "。".repeat(attempt)));
        std::thread::sleep(std::time::Duration::from_millis(25));
        desk.app.poll();
        if let SaveStatus::Failed(error) = desk.app.save_status() {
            said = Some(error.to_string());
            break;
        }
    }
    open.borrow_mut().clear();
    let said = said.unwrap();
    assert!(said.contains("too many files are open") && said.contains("甲.ron"), "{said}");
    let (_, problems) = Project::open(home.join("project")).unwrap();
    assert!(
        problems.is_empty() && fs::read_to_string(desk.sheet()).unwrap().ends_with(")\n"),
        "nothing is cut"
    );
    wait(&mut desk.app, |app| matches!(app.save_status(), SaveStatus::Saved));
    assert!(fs::read_to_string(desk.sheet()).unwrap().contains("没有文件句柄了"));
    fs::write(home.join("done"), "").unwrap();
}
