//! Reading many files: a file that the system refuses, that goes while it is waited for, or that takes too long is one
//! line of the list, and the others go on.

use duizhao::project::{Batch, Control, IntakeError, Project, Reading, Staging, Verdict};
use jiff::Timestamp;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

const PLAN: &str =
    "某县2024年卫生健康工作要点\n一、完善服务体系\n(一)推进分级诊疗制度建设。\n二、抓好公共卫生\n";

/// Files in a folder of their own.
struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        let files = Self(tempfile::tempdir().unwrap());
        fs::create_dir(files.folder()).unwrap();
        files
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("files")
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// A plan of this year.
    fn plan(&self, name: &str, year: u32) {
        self.put(name, PLAN.replace("2024", &year.to_string()));
    }

    /// Reads the folder; what became of every file, by name.
    fn read(&self, patience: fn(&Path, u64) -> Duration) -> Vec<(String, Verdict)> {
        let project = Project::create(self.0.path().join("project"), "研究", Timestamp::now()).unwrap();
        let batch = Batch {
            folder: project.folder.clone(),
            staging: Arc::new(Staging::begin(&project.folder).unwrap()),
            known: project.plans.clone(),
            waiting: HashMap::new(),
            reading: Reading { patience, ..Reading::default() },
            control: Arc::new(Control::default()),
            now: Timestamp::now(),
        };
        let mut lines = Vec::new();
        batch.read(&[self.folder()], &mut |line| {
            let name = line.path.file_name().unwrap().to_string_lossy().into_owned();
            lines.push((name, line.verdict));
        });
        lines
    }
}

fn forever(_: &Path, _: u64) -> Duration {
    Duration::MAX
}

/// Says of every line `staged`, or the kind of error.
fn said(lines: &[(String, Verdict)]) -> Vec<String> {
    let verdict = |verdict: &Verdict| match verdict {
        Verdict::Staged(_) => "staged".to_owned(),
        Verdict::Known(_) => "known".to_owned(),
        Verdict::Failed(error) => match &**error {
            IntakeError::Disk(error) => format!("{:?}", error.cause).split('(').next().unwrap().to_owned(),
            IntakeError::TooSlow { .. } => "too slow".to_owned(),
            other => other.to_string(),
        },
    };
    lines.iter().map(|(name, is)| format!("{name} {}", verdict(is))).collect()
}

#[test]
fn a_file_that_takes_too_long_is_given_up_and_the_others_go_on() {
    let files = Files::new();
    files.plan("1.txt", 2021);
    // Far more than can be read between two looks.
    files.put("2 slow.html", "<p>推进<b>分级</b>诊疗。</p>".repeat(300_000));
    for n in 3..9 {
        files.plan(&format!("{n}.txt"), 2020 + n);
    }
    let no_time_for_slow_ones = |path: &Path, _: u64| {
        let is_slow = path.to_string_lossy().contains("slow");
        if is_slow { Duration::ZERO } else { Duration::MAX }
    };
    let lines = files.read(no_time_for_slow_ones);
    let mut expect = vec!["1.txt staged".to_owned(), "2 slow.html too slow".to_owned()];
    expect.extend((3..9).map(|n| format!("{n}.txt staged")));
    assert_eq!(said(&lines), expect);
    let Verdict::Failed(error) = &lines[1].1 else { panic!("it was given up") };
    assert_eq!(error.to_string().lines().count(), 1, "one clear line: {error}");
}

#[test]
fn a_file_that_goes_between_listing_and_reading_is_one_line() {
    let files = Files::new();
    for (n, name) in ["1.txt", "2 goes.txt", "3.txt"].into_iter().enumerate() {
        files.plan(name, 2021 + n as u32);
    }
    // Asked when the file was listed and is about to be read.
    let goes = |path: &Path, _: u64| {
        if path.to_string_lossy().contains("goes") {
            fs::remove_file(path).unwrap();
        }
        Duration::MAX
    };
    let lines = files.read(goes);
    assert_eq!(said(&lines), ["1.txt staged", "2 goes.txt Io", "3.txt staged"]);
    let Verdict::Failed(error) = &lines[1].1 else { panic!("it is gone") };
    assert!(
        error.to_string().contains("2 goes.txt") && error.to_string().contains("moved or renamed"),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn a_file_or_folder_without_the_right_to_read_it_is_one_line() {
    use std::os::unix::fs::PermissionsExt;
    let files = Files::new();
    files.plan("1.txt", 2021);
    let closed = files.put("2 closed.txt", PLAN);
    let folder = files.folder().join("3 closed");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("inside.txt"), PLAN).unwrap();
    // The system refuses this one to everybody.
    std::os::unix::fs::symlink(files.folder().join("4 loop.txt"), files.folder().join("4 loop.txt")).unwrap();
    files.plan("5.txt", 2025);
    let allow = |mode| {
        for path in [&closed, &folder] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    allow(0o000);
    // Root may read all the same.
    let refused = fs::read(&closed).is_err();
    let lines = files.read(forever);
    allow(0o755);
    let rest: Vec<_> = said(&lines)
        .into_iter()
        .filter(|line| !line.contains("closed") && !line.contains("inside"))
        .collect();
    assert_eq!(rest, ["1.txt staged", "4 loop.txt Io", "5.txt staged"]);
    if refused {
        assert_eq!(said(&lines)[1..3], ["2 closed.txt Io", "3 closed Io"]);
        let Verdict::Failed(error) = &lines[1].1 else { panic!("it may not be read") };
        assert!(error.to_string().contains("no right to use it"), "{error}");
    }
}
