//! Two programs on one folder, as two real processes: the lock tells who holds it and can be taken over, what
//! others change appears without restart, and only the history it touches is dropped.

use super::killing::{app, open, wait};
use super::{Study, at};
use duizhao::annotation::{Annotation, Coder, TagId};
use duizhao::app::{App, Command, SaveStatus};
use duizhao::project::{PlanId, ReadOnly};
use jiff::Timestamp;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};

const ROOT: &str = "DUIZHAO_OTHER_ROOT";
const WHO: &str = "DUIZHAO_OTHER_CODER";

/// Another process with the project open; it does what it is told line by line, and ends with its input.
struct Other {
    child: Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Other {
    fn start(root: &Path, coder: &str) -> Self {
        let mut child = Process::new(std::env::current_exe().unwrap())
            .args(["--exact", "project::together::the_other_process", "--ignored", "--nocapture"])
            .env(ROOT, root)
            .env(WHO, coder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        let mut other = Self { child, answers };
        other.answer();
        other
    }

    fn answer(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert!(self.answers.read_line(&mut line).unwrap() > 0, "the other process ended");
            if let Some((_, answer)) = line.split_once("answer: ") {
                return answer.trim().to_owned();
            }
        }
    }

    fn tell(&mut self, order: &str) -> String {
        writeln!(self.child.stdin.as_mut().unwrap(), "{order}").unwrap();
        self.answer()
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
#[ignore = "started by the tests of this file"]
fn the_other_process() {
    let Some(root) = std::env::var_os(ROOT) else { return };
    let mut study = Study::open(Path::new(&root));
    let who = std::env::var(WHO).unwrap();
    study.project.claim(&Coder::new(&who), false, Timestamp::now());
    println!("answer: {}", study.project.read_only.is_none());
    for order in std::io::stdin().lines().map_while(Result::ok) {
        let plan = study.plans[0];
        let words: Vec<&str> = order.splitn(3, ' ').collect();
        match words[..] {
            ["tag", place, tag] => drop(study.tag(plan, &who, place, tag)),
            ["note", place, note] => drop(study.note(plan, &who, place, note)),
            ["held"] => {
                let held = study.project.lock().is_some_and(|lock| lock.renew(Timestamp::now()));
                println!("answer: {held}");
                continue;
            }
            _ => panic!("{order}"),
        }
        println!("answer: done");
    }
}

fn project(root: &Path) -> PlanId {
    let mut study = Study::new(root, 1);
    study.tag(study.plans[0], "甲", "免疫规划", "immunization");
    study.plans[0]
}

#[test]
fn the_lock_tells_who_holds_it_and_can_be_taken_over() {
    let root = tempfile::tempdir().unwrap();
    project(root.path());
    let coder = Coder::new("甲");
    let mut other = Other::start(root.path(), "甲");
    let mut own = Study::open(root.path()).project;
    own.claim(&coder, false, Timestamp::now());
    let Some(ReadOnly::Held(holder)) = own.read_only.clone() else { panic!("claimed twice") };
    assert_eq!((holder.pid, holder.coder), (other.child.id(), coder.clone()));
    assert_eq!(other.tell("held"), "true");

    own.claim(&coder, true, Timestamp::now());
    assert!(own.read_only.is_none(), "taken over");
    assert_eq!(other.tell("held"), "false", "and the other learns it");

    let mut third = Study::open(root.path()).project;
    third.claim(&Coder::new("乙"), false, Timestamp::now());
    assert!(third.read_only.is_none(), "another coder has files of their own");
}

#[test]
fn a_killed_process_holds_nothing() {
    let root = tempfile::tempdir().unwrap();
    project(root.path());
    let other = Other::start(root.path(), "甲");
    assert!(root.path().join("locks/甲.ron").exists());
    drop(other);
    let mut own = Study::open(root.path()).project;
    own.claim(&Coder::new("甲"), false, Timestamp::now());
    assert!(own.read_only.is_none());
}

fn said(app: &App, plan: PlanId, coder: &str) -> Vec<String> {
    let coder = Coder::new(coder);
    let annotations = app.project.as_ref().unwrap().annotations(plan, &coder);
    let mut said: Vec<String> = annotations.map(|a: &Annotation| format!("{:?}", a.body)).collect();
    said.sort();
    said
}

#[test]
fn what_others_write_appears_without_restart() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("project");
    let plan = project(&root);
    let mut app = app(home.path());
    open(&mut app, &root);
    let mut other = Other::start(&root, "乙");
    assert_eq!(other.tell("tag 健康教育 health_education"), "done");
    wait(&mut app, |app| !said(app, plan, "乙").is_empty());
    assert_eq!(said(&app, plan, "乙"), ["Tag(TagId(\"health_education\"))"]);
    assert_eq!(other.tell("note 三师共管 何谓三师"), "done");
    wait(&mut app, |app| said(app, plan, "乙").len() == 2);
}

#[test]
fn two_machines_of_one_coder_lose_nothing_and_keep_their_own_history() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("project");
    let plan = project(&root);
    let mut app = app(home.path());
    open(&mut app, &root);
    // Two edits here,
    let nodes: Vec<_> = app.plan(plan).unwrap().plan.outline.iter().map(|(ix, _)| ix).collect();
    app.run(Command::SetNote(plan, nodes[0], "这里写的".to_owned()));
    app.run(Command::ToggleTag(plan, nodes[1], TagId::from("family_doctor")));
    wait(&mut app, |app| matches!(app.save_status(), SaveStatus::Saved));
    // and one of the same coder on another machine, which knows of no lock of this one.
    let mut other = Study::open(&root);
    other.note(plan, "甲", "健康教育", "那里写的");
    wait(&mut app, |app| said(app, plan, "甲").len() == 4);
    assert!(app.history.undo_name().is_some(), "edits of other annotations can still be taken back");
    app.run(Command::Undo);
    app.run(Command::Undo);
    wait(&mut app, |app| matches!(app.save_status(), SaveStatus::Saved));
    assert_eq!(Study::open(&root).says(plan, "甲"), "immunization “那里写的”");

    // The other machine changes the very note: that edit is out of this history, and only that one.
    app.run(Command::SetNote(plan, nodes[0], "这里写的".to_owned()));
    app.run(Command::ToggleTag(plan, nodes[1], TagId::from("family_doctor")));
    wait(&mut app, |app| matches!(app.save_status(), SaveStatus::Saved));
    let mut other = Study::open(&root);
    let note =
        other.sheets(plan)[&Coder::new("甲")].iter().find(|a| a.note() == Some("这里写的")).unwrap().clone();
    let after = Annotation {
        body: duizhao::annotation::Body::Note("那里改了".into()),
        modified: at(9),
        ..note.clone()
    };
    let edit = duizhao::annotation::Edit { before: Some(note), after: Some(after) };
    other.change(&duizhao::project::Change::Annotation { plan, coder: Coder::new("甲"), edit });
    wait(&mut app, |app| said(app, plan, "甲").iter().any(|words| words.contains("那里改了")));
    app.run(Command::Undo);
    assert!(
        app.history.undo_name().is_none(),
        "the note's edit is gone from the history, the tag's was undone"
    );
    wait(&mut app, |app| matches!(app.save_status(), SaveStatus::Saved));
    assert_eq!(Study::open(&root).says(plan, "甲"), "“那里改了” immunization “那里写的”");
}

#[test]
fn an_edit_made_while_another_machine_wrote_is_merged_on_saving() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("project");
    let plan = project(&root);
    let mut other = Study::open(&root);
    let mut own = Study::open(&root);
    other.tag(plan, "甲", "健康教育", "health_education");
    // This window has not seen it yet.
    own.tag(plan, "甲", "三师共管", "tiered");
    assert_eq!(Study::open(&root).says(plan, "甲"), "tiered immunization health_education");
}
