//! Bringing in a colleague's work: nothing of either is lost, a report tells what came, undo takes it back.

use super::killing::{app, open, wait};
use super::{PLANS, Study, at};
use duizhao::annotation::{Annotation, Body, Coder, Edit, Subject};
use duizhao::app::{App, CodersCommand, Command, SaveStatus};
use duizhao::project::{Change, File, FromCoder, Joining, conflict_copies};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Stores the new plans and carries the changes out, as the window does.
fn carry_out(study: &mut Study, joining: &Joining) {
    for plan in &joining.new_plans {
        plan.store(study.folder()).unwrap();
        study.folder().from_trash(plan.record.id).unwrap();
        study.project.expect_without_annotations(plan.record.id);
    }
    for change in &joining.change_set() {
        study.change(change);
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// A project, and a copy of it on which 乙 and 甲 both worked on.
fn ours_and_theirs(root: &Path) -> (Study, Study) {
    let mut ours = Study::new(&root.join("ours"), 1);
    let plan = ours.plans[0];
    let shared = ours.note(plan, "甲", "三师共管", "旧");
    copy_folder(&root.join("ours"), &root.join("theirs"));
    let mut theirs = Study::open(&root.join("theirs"));
    let alter = |study: &mut Study, words: &str, second| {
        let after = Annotation { body: Body::Note(words.into()), modified: at(second), ..shared.clone() };
        let edit = Edit { before: Some(shared.clone()), after: Some(after) };
        study.change(&Change::Annotation { plan, coder: Coder::new("甲"), edit });
    };
    alter(&mut ours, "我们的", 10);
    alter(&mut theirs, "他们的", 20);
    ours.tag(plan, "甲", "免疫规划", "immunization");
    theirs.tag(plan, "乙", "健康教育", "health_education");
    let extra = theirs.import("nanning.txt", PLANS[1]);
    theirs.tag(extra, "乙", "医联体", "medical_alliance");
    (ours, theirs)
}

/// What everybody says in the joined project.
fn check_joined(study: &Study) {
    let first = study.plans.iter().find(|&&id| study.text(id).as_str() == PLANS[0]).unwrap();
    let second = study.project.plans.keys().find(|&&id| study.text(id).as_str() == PLANS[1]).unwrap();
    assert_eq!(study.says(*first, "甲"), "“他们的” “我们的” immunization", "both notes are there");
    assert_eq!(study.says(*first, "乙"), "health_education");
    assert_eq!(study.says(*second, "乙"), "medical_alliance");
}

#[test]
fn a_colleagues_folder_is_brought_in_and_nothing_is_lost() {
    let root = tempfile::tempdir().unwrap();
    let (mut ours, theirs) = ours_and_theirs(root.path());
    let joining = ours.project.join(theirs.folder().root()).unwrap();
    let report = &joining.report;
    assert_eq!((report.plans_known, report.plans_new, report.plans_altered), (1, 1, 0));
    assert_eq!(report.coders[&Coder::new("甲")], FromCoder { added: 0, altered: 1, second_notes: 1 });
    assert_eq!(report.coders[&Coder::new("乙")], FromCoder { added: 2, altered: 0, second_notes: 0 });
    assert!(report.problems.is_empty());
    carry_out(&mut ours, &joining);
    check_joined(&ours);
    check_joined(&Study::open(ours.folder().root()));
    assert!(ours.project.join(theirs.folder().root()).unwrap().is_empty(), "a second time brings nothing");

    // Undo: the inverse, last first.
    for change in joining.changes.iter().rev() {
        ours.change(&change.inverse());
    }
    assert_eq!(ours.says(ours.plans[0], "甲"), "“我们的” immunization");
    assert_eq!(ours.says(ours.plans[0], "乙"), "");
}

#[test]
fn undoing_a_merge_puts_the_new_plans_into_the_trash_and_redoing_it_takes_them_out() {
    let home = tempfile::tempdir().unwrap();
    let (ours, theirs) = ours_and_theirs(home.path());
    let extra = *theirs.project.plans.keys().find(|id| !ours.project.plans.contains_key(id)).unwrap();
    let (root, from) = (ours.folder().root().to_owned(), theirs.folder().root().to_owned());
    drop(ours);
    let mut app = app(home.path());
    open(&mut app, &root);
    let saved = |app: &mut App| wait(app, |app| matches!(app.save_status(), SaveStatus::Saved));
    // Where the new plan is: in memory, in its place on disk, in the trash.
    let place = |app: &App| {
        let project = app.project.as_ref().unwrap();
        let trashed = app.trash().iter().any(|record| record.id == extra);
        assert_eq!(trashed, project.folder.trashed(extra).exists());
        (project.plans.contains_key(&extra), project.folder.record(extra).exists(), trashed)
    };
    app.run(Command::Coders(CodersCommand::Bring(from)));
    wait(&mut app, |app| app.coders.proposed.is_some());
    assert_eq!(place(&app), (false, false, false), "a look changes nothing");
    app.run(Command::Coders(CodersCommand::CarryOut));
    wait(&mut app, |app| app.coders.joined.is_some());
    saved(&mut app);
    assert_eq!(place(&app), (true, true, false));
    check_joined(&Study::open(&root));

    app.run(Command::Undo);
    saved(&mut app);
    assert_eq!(place(&app), (false, false, true));
    let now = Study::open(&root);
    assert_eq!(now.says(now.plans[0], "甲"), "“我们的” immunization");

    app.run(Command::Redo);
    saved(&mut app);
    assert_eq!(place(&app), (true, true, false));
    check_joined(&Study::open(&root));

    // Taken back again, the plan can still be had with all that was on it.
    app.run(Command::Undo);
    app.run(Command::RestorePlan(extra));
    wait(&mut app, |app| app.tagged_items(extra).is_some());
    saved(&mut app);
    assert_eq!(place(&app), (true, true, false));
    assert_eq!(Study::open(&root).says(extra, "乙"), "medical_alliance");
    let tags = app.project.as_ref().unwrap().annotations(extra, &Coder::new("乙")).count();
    assert_eq!(tags, 1, "memory holds what the disk holds");
}

#[test]
fn a_merge_whose_plans_cannot_be_moved_is_refused_whole() {
    let home = tempfile::tempdir().unwrap();
    let (ours, theirs) = ours_and_theirs(home.path());
    let extra = *theirs.project.plans.keys().find(|id| !ours.project.plans.contains_key(id)).unwrap();
    let root = ours.folder().root().to_owned();
    let folder = ours.folder().clone();
    drop(ours);
    let mut app = app(home.path());
    open(&mut app, &root);
    app.run(Command::Coders(CodersCommand::Bring(theirs.folder().root().to_owned())));
    wait(&mut app, |app| app.coders.proposed.is_some());
    // Something else stands in the place of the new plan.
    fs::create_dir_all(folder.plan(extra).join("in the way")).unwrap();
    app.run(Command::Coders(CodersCommand::CarryOut));
    wait(&mut app, |app| !app.notices.is_empty());
    assert!(app.coders.joined.is_none() && app.history.undo_name().is_none());
    assert!(folder.trashed(extra).join("plan.ron").exists(), "nothing is lost");
    wait(&mut app, |app| matches!(app.save_status(), SaveStatus::Saved));
    let sheet = app.project.as_ref().unwrap().plans.values().next().unwrap().sheets.clone().unwrap();
    assert!(sheet.get(&Coder::new("乙")).is_none_or(|sheet| sheet.is_empty()), "and nothing half done");
}

#[test]
fn the_same_plans_imported_apart_are_known_by_their_source() {
    let root = tempfile::tempdir().unwrap();
    let mut ours = Study::new(&root.path().join("ours"), 1);
    let mut theirs = Study::new(&root.path().join("theirs"), 2);
    assert_ne!(ours.plans[0], theirs.plans[0]);
    theirs.tag(theirs.plans[0], "乙", "健康教育", "health_education");
    let joining = ours.project.join(theirs.folder().root()).unwrap();
    assert_eq!((joining.report.plans_known, joining.report.plans_new), (1, 1));
    carry_out(&mut ours, &joining);
    assert_eq!(ours.says(ours.plans[0], "乙"), "health_education");
}

#[test]
fn a_zip_of_a_project_and_a_single_file_are_brought_in_too() {
    let root = tempfile::tempdir().unwrap();
    let (ours, theirs) = ours_and_theirs(root.path());
    let zipped = root.path().join("乙的项目.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&zipped).unwrap());
    let mut todo = vec![theirs.folder().root().to_owned()];
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(fs::read_dir(&path).unwrap().flatten().map(|entry| entry.path()));
        } else {
            let name = path.strip_prefix(root.path()).unwrap().to_str().unwrap();
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&fs::read(&path).unwrap()).unwrap();
        }
    }
    zip.finish().unwrap();
    let mut into = Study::open(ours.folder().root());
    let joining = into.project.join(&zipped).unwrap();
    carry_out(&mut into, &joining);
    check_joined(&into);

    // One file, as it comes by mail: which plan it is about is told by the words it quotes.
    let sheet = theirs.folder().path(&File::Sheet(theirs.plans[0], Coder::new("乙")));
    let mailed = root.path().join("来自乙.ron");
    fs::copy(sheet, &mailed).unwrap();
    let alone = Study::new(&root.path().join("alone"), 2);
    let joining = alone.project.join(&mailed).unwrap();
    assert_eq!(joining.changes.len(), 1);
    assert!(matches!(&joining.changes[0], Change::Annotation { plan, .. } if *plan == alone.plans[0]
        || alone.text(*plan).as_str().contains("健康教育")));
    let empty = Study::new(&root.path().join("empty"), 0);
    assert!(empty.project.join(&mailed).unwrap_err().to_string().contains("乙"), "no plan has these words");
}

#[test]
fn tags_of_both_codebooks_are_kept_and_ours_stand() {
    let root = tempfile::tempdir().unwrap();
    let mut ours = Study::new(&root.path().join("ours"), 0);
    let theirs = Study::new(&root.path().join("theirs"), 0);
    let mut book = (*theirs.project.codebook).clone();
    let mut own = book.tags[0].clone();
    own.id = "their_own".into();
    own.shortcut = None;
    book.tags.push(own);
    book.tags[1].zh = "他们的名称".into();
    let (differing, name) = (book.tags[1].id.clone(), ours.project.codebook.tags[1].zh.clone());
    let mut theirs = theirs;
    theirs.change(&Change::Codebook { before: theirs.project.codebook.clone(), after: book.into() });
    let joining = ours.project.join(theirs.folder().root()).unwrap();
    assert_eq!(joining.report.tags_new, ["their_own".into()]);
    assert_eq!(joining.report.tags_differing, std::slice::from_ref(&differing));
    carry_out(&mut ours, &joining);
    assert_eq!(ours.project.codebook.tag(&differing).unwrap().zh, name);
    assert!(ours.project.codebook.tag(&"their_own".into()).is_some());
}

#[test]
fn a_damaged_file_of_a_colleague_is_told_and_the_rest_comes() {
    let root = tempfile::tempdir().unwrap();
    let (ours, theirs) = ours_and_theirs(root.path());
    let sheet = theirs.folder().path(&File::Sheet(theirs.plans[0], Coder::new("乙")));
    fs::write(&sheet, "(version: 1, cut").unwrap();
    let joining = ours.project.join(theirs.folder().root()).unwrap();
    assert_eq!(joining.report.problems.len(), 1);
    assert_eq!(joining.report.problems[0].path, sheet);
    assert_eq!(joining.report.coders[&Coder::new("乙")], FromCoder { added: 1, altered: 0, second_notes: 0 });
    assert!(ours.project.join(&root.path().join("nowhere")).is_err());
    fs::create_dir(root.path().join("photos")).unwrap();
    assert!(
        ours.project.join(&root.path().join("photos")).unwrap_err().to_string().contains("not a project")
    );
}

#[test]
fn conflict_copies_are_found_merged_and_put_away() {
    let root = tempfile::tempdir().unwrap();
    let mut ours = Study::new(root.path(), 1);
    let plan = ours.plans[0];
    ours.tag(plan, "甲", "免疫规划", "immunization");
    let file = File::Sheet(plan, Coder::new("甲"));
    let path = ours.folder().path(&file);
    // The other machine had another tagging as well.
    let mut other = Study::open(root.path());
    other.tag(plan, "甲", "健康教育", "health_education");
    let copy = path.with_file_name("甲 (乙 的冲突副本 2026-11-25).ron");
    fs::rename(&path, &copy).unwrap();
    ours.snapshot(&file).write().unwrap();

    let copies = conflict_copies(ours.folder()).unwrap();
    assert_eq!((copies.len(), &copies[0].path, &copies[0].file), (1, &copy, &Some(file)));
    let joining = ours.project.join_copy(&copies[0]).unwrap();
    carry_out(&mut ours, &joining);
    let kept = copies[0].put_away(ours.folder()).unwrap();
    assert!(kept.starts_with(ours.folder().backups()) && kept.exists() && !copy.exists());
    assert_eq!(Study::open(root.path()).says(plan, "甲"), "immunization health_education");
}

#[test]
fn notes_on_tags_and_on_the_project_come_too() {
    let root = tempfile::tempdir().unwrap();
    let mut ours = Study::new(&root.path().join("ours"), 0);
    let mut theirs = Study::new(&root.path().join("theirs"), 0);
    for on in [Subject::Tag("family_doctor".into()), Subject::Project] {
        let note = Annotation::on(on, duizhao::annotation::Anchor::default(), Body::Note("注".into()), at(3));
        theirs.change(&Change::Note { coder: Coder::new("乙"), edit: Edit::put(note) });
    }
    let joining = ours.project.join(theirs.folder().root()).unwrap();
    carry_out(&mut ours, &joining);
    assert_eq!(ours.project.notes[&Coder::new("乙")].len(), 2);
    let file = ours.folder().path(&File::Notes(Coder::new("乙")));
    assert!(fs::read_to_string(file).unwrap().contains("on: tag(\"family_doctor\")"));
}
