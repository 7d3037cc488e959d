//! `duizhao check PROJECT` tells what is wrong with a folder; `--repair` mends what can be mended.

use super::{PLANS, Study, at};
use duizhao::annotation::{Coder, Tag};
use duizhao::project::check::{Trouble, check, sweep};
use duizhao::project::{
    Backup, Cause, Change, File, Project, Reason, Remedy, damaged_original, repair, sound_backup,
};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A project with two plans and two coders, backed up.
fn study(root: &Path) -> Study {
    let mut study = Study::new(root, 2);
    let plan = study.plans[0];
    study.tag(plan, "甲", "免疫规划", "immunization");
    study.tag(plan, "甲", "健康教育", "health_literacy");
    study.note(plan, "乙", "三师共管", "何谓“三师”?\n第二行");
    study
}

/// The tags of the codebook, whatever their order.
fn tags(study: &Study) -> Vec<Tag> {
    let mut tags = study.project.codebook.tags.clone();
    tags.sort_by(|a, b| a.id.cmp(&b.id));
    tags
}

fn troubles(study: &Study) -> Vec<(PathBuf, Trouble)> {
    let report = check(study.folder()).unwrap();
    report.findings.into_iter().map(|finding| (finding.path, finding.trouble)).collect()
}

/// Spoils a project, with a backup before, and tells what repair does. `None`: no finding.
fn check_mended(spoil: impl Fn(&Study) -> PathBuf, found: impl Fn(&Trouble) -> bool, remedy: Remedy) {
    let root = tempfile::tempdir().unwrap();
    let study = study(root.path());
    Backup::make(study.folder(), Reason::Daily, at(0)).unwrap();
    let path = spoil(&study);
    let before = troubles(&study);
    assert!(before.iter().any(|(at, trouble)| *at == path && found(trouble)), "{before:?}");
    let repaired = repair(study.folder(), at(1)).unwrap();
    let how: Vec<Remedy> =
        repaired.mended.iter().filter(|(f, _)| f.path == path).map(|&(_, how)| how).collect();
    assert_eq!(how, [remedy], "{}", path.display());
    assert_eq!(repaired.left.damage().count(), 0, "{:?}", repaired.left);
    let now = Study::open(root.path());
    assert_eq!(now.says(study.plans[0], "甲"), "immunization health_literacy");
    assert_eq!(now.says(study.plans[0], "乙"), "“何谓“三师”?\n第二行”");
    assert!(tags(&now) == tags(&study));
    assert_eq!(now.project.manifest.id, study.project.manifest.id);
    assert_eq!(now.text(study.plans[0]).as_str(), PLANS[0]);
}

#[test]
fn a_whole_project_is_whole() {
    let root = tempfile::tempdir().unwrap();
    let study = study(root.path());
    let report = check(study.folder()).unwrap();
    assert_eq!((report.plans, report.coders.len(), report.annotations), (2, 2, 3));
    assert_eq!(report.findings, []);
}

#[test]
fn damage_is_mended_from_what_is_left_and_from_the_backup() {
    let sheet = |study: &Study| study.folder().path(&File::Sheet(study.plans[0], Coder::new("甲")));
    let cut = |path: PathBuf, at: &str| {
        let content = fs::read_to_string(&path).unwrap();
        fs::write(&path, &content[..content.rfind(at).unwrap()]).unwrap();
        path
    };
    let partly = |trouble: &Trouble| matches!(trouble, Trouble::PartlyDamaged { .. });
    let damaged = |trouble: &Trouble| matches!(trouble, Trouble::Damaged(_));
    let missing = |trouble: &Trouble| *trouble == Trouble::Missing;
    let remove = |path: PathBuf| {
        fs::remove_file(&path).unwrap();
        path
    };
    check_mended(|s| cut(sheet(s), "body"), partly, Remedy::Salvaged(Some(at(0))));
    check_mended(|s| cut(sheet(s), "version"), damaged, Remedy::FromBackup(at(0)));
    check_mended(|s| cut(s.folder().codebook(), "zh:"), partly, Remedy::Salvaged(Some(at(0))));
    check_mended(|s| remove(s.folder().codebook()), missing, Remedy::FromBackup(at(0)));
    check_mended(|s| cut(s.folder().manifest(), "title"), damaged, Remedy::FromBackup(at(0)));
    check_mended(|s| cut(s.folder().record(s.plans[1]), "source"), damaged, Remedy::FromBackup(at(0)));
    check_mended(|s| remove(s.folder().record(s.plans[1])), missing, Remedy::FromBackup(at(0)));
    check_mended(|s| remove(s.folder().text(s.plans[0])), missing, Remedy::MadeAnew);
    let not_utf8 = |s: &Study| {
        fs::write(s.folder().text(s.plans[0]), b"\xff\xfe").unwrap();
        s.folder().text(s.plans[0])
    };
    check_mended(not_utf8, damaged, Remedy::MadeAnew);
    let altered = |s: &Study| {
        fs::write(s.folder().text(s.plans[0]), PLANS[0].replace("60%", "66%")).unwrap();
        s.folder().text(s.plans[0])
    };
    check_mended(altered, |trouble| *trouble == Trouble::TextAltered, Remedy::MadeAnew);
    let leftover = |s: &Study| {
        let path = sheet(s).with_file_name(".甲.ron.aB3dE6");
        fs::write(&path, "(version: 1,").unwrap();
        path
    };
    check_mended(leftover, |trouble| *trouble == Trouble::Leftover, Remedy::Removed);
    let copy = |s: &Study| {
        let copy = sheet(s).with_file_name("甲.sync-conflict-20261125-101500-ABCDEFG.ron");
        fs::copy(sheet(s), &copy).unwrap();
        copy
    };
    check_mended(copy, |trouble| matches!(trouble, Trouble::ConflictCopy(_)), Remedy::Merged);
}

#[test]
fn without_a_backup_records_are_made_anew_from_the_sources() {
    let root = tempfile::tempdir().unwrap();
    let study = study(root.path());
    fs::write(study.folder().record(study.plans[0]), "broken").unwrap();
    fs::write(study.folder().manifest(), "broken").unwrap();
    // The backup that repair makes holds the broken files; nothing is taken from it.
    let repaired = repair(study.folder(), at(1)).unwrap();
    assert_eq!(repaired.left.damage().count(), 0, "{:?}", repaired.left);
    let now = Study::open(root.path());
    let record = &now.project.plans[&study.plans[0]].record;
    assert_eq!(record.metadata.place.as_ref().unwrap().value.city, "厦门市");
    assert_eq!(record.source.sha256, study.project.plans[&study.plans[0]].record.source.sha256);
    assert_eq!(now.says(study.plans[0], "甲"), "immunization health_literacy");
    assert_eq!(fs::read_to_string(root.path().join("project.ron.damaged")).unwrap(), "broken");
}

#[test]
fn what_cannot_be_mended_is_left_and_told() {
    let root = tempfile::tempdir().unwrap();
    let study = study(root.path());
    let source = study.folder().source(study.plans[0], "txt");
    fs::write(&source, "other bytes").unwrap();
    let repaired = repair(study.folder(), at(1)).unwrap();
    assert_eq!(repaired.left.findings[0].trouble, Trouble::SourceAltered);
    assert_eq!(fs::read_to_string(&source).unwrap(), "other bytes");
}

#[test]
fn a_text_that_changed_is_seen_at_its_annotations() {
    let root = tempfile::tempdir().unwrap();
    let study = study(root.path());
    let text = study.folder().text(study.plans[0]);
    fs::write(&text, PLANS[0].replace("免疫规划", "预防接种")).unwrap();
    let found = troubles(&study);
    assert!(
        found.iter().any(|(_, t)| matches!(t, Trouble::Uncertain(_) | Trouble::Unanchored(1))),
        "{found:?}"
    );
}

#[test]
fn what_a_crash_left_is_swept_away_when_nobody_writes_it_any_more() {
    let root = tempfile::tempdir().unwrap();
    let study = study(root.path());
    let sheet = study.folder().sheet(study.plans[0], &Coder::new("甲"));
    let names = [".甲.ron.aB3dE6", ".notes.ron", ".甲.ron.damaged", "甲.ron.damaged"];
    let paths = names.map(|name| sheet.with_file_name(name));
    for path in &paths {
        fs::write(path, "(version: 1,").unwrap();
    }
    let there = || paths.iter().filter(|path| path.exists()).count();
    let now = std::time::SystemTime::now();
    sweep(study.folder(), now);
    assert_eq!(there(), 4, "another window may be writing it just now");
    sweep(study.folder(), now + std::time::Duration::from_secs(25 * 3600));
    assert_eq!(there(), 3);
    assert!(!paths[0].exists() && sheet.exists());
}

#[test]
fn a_folder_in_use_is_not_mended() {
    let root = tempfile::tempdir().unwrap();
    let mut study = study(root.path());
    study.project.claim(&Coder::new("甲"), false, at(0));
    let error = repair(study.folder(), at(1)).unwrap_err().to_string();
    assert!(error.contains("甲") && error.contains("close it"), "{error}");
}

#[test]
fn the_newest_backup_with_a_sound_copy_of_a_damaged_file_is_named_and_used() {
    let root = tempfile::tempdir().unwrap();
    let mut study = study(root.path());
    let file = File::Sheet(study.plans[0], Coder::new("甲"));
    let sheet = study.folder().path(&file);
    let cut = |to: usize| {
        let content = fs::read(&sheet).unwrap();
        fs::write(&sheet, &content[..to]).unwrap();
    };
    Backup::make(study.folder(), Reason::ByHand, at(0)).unwrap();
    study.tag(study.plans[0], "甲", "三师共管", "tiered");
    let second = Backup::make(study.folder(), Reason::ByHand, at(100)).unwrap();
    cut(20);
    // The newest backup holds the damage itself; it is passed over.
    Backup::make(study.folder(), Reason::ByHand, at(200)).unwrap();
    assert_eq!(sound_backup(study.folder(), &sheet), Some(second.clone()));
    let (status, out, _) = run(root.path(), &["--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&out).unwrap();
    let name = format!("backups/{}", second.path.file_name().unwrap().to_str().unwrap());
    assert_eq!((status, answer["findings"][0]["backup"].as_str()), (1, Some(name.as_str())));
    let says = answer["findings"][0]["says"].as_str().unwrap();
    assert!(says.contains("--repair") && says.contains(&format!("{:.0}", second.made)), "{says}");
    let (status, out, err) = run(root.path(), &["--repair"]);
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    assert!(out.contains(&format!("from_backup, backup of {}", second.made)), "{out}");
    assert!(sheet.with_extension("ron.damaged").exists(), "the damaged file is kept aside");
    assert_eq!(Study::open(root.path()).says(study.plans[0], "甲"), "tiered immunization health_literacy");
}

#[test]
fn what_no_backup_has_is_left_and_the_reason_is_told() {
    let root = tempfile::tempdir().unwrap();
    let study = study(root.path());
    // Neither a backup nor a source to make it anew from.
    fs::write(study.folder().record(study.plans[0]), "broken").unwrap();
    fs::remove_file(study.folder().source(study.plans[0], "txt")).unwrap();
    let (status, out, err) = run(root.path(), &["--repair"]);
    assert_eq!((status, err.lines().count()), (1, 1));
    assert!(out.contains("could not be mended: no backup holds a sound copy"), "{out}");
}

/// What bringing one damaged file back from its backup makes of a project.
fn check_brought_back(spoil: impl Fn(&Study) -> PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let study = study(root.path());
    Backup::make(study.folder(), Reason::Daily, at(0)).unwrap();
    let spoiled = spoil(&study);
    let (mut project, problems) = Project::open(root.path()).unwrap();
    let mut all = problems;
    for id in project.plans.keys().copied().collect::<Vec<_>>() {
        let read = Project::read_sheets(&project.folder, &project.ledger, id);
        all.extend(project.take_in_sheets(id, read));
    }
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(damaged_original(&all[0].path), spoiled);
    let is_lost = matches!(all[0].cause, Cause::Damaged(_));
    let brought = project.bring_back(&all[0].path, is_lost).unwrap().unwrap();
    for change in &brought.changes {
        if let Change::Presence { record, .. } = change {
            project.folder.from_trash(record.id).unwrap();
        }
        let file = project.apply(change).unwrap();
        project.snapshot(&file).unwrap().write().unwrap();
    }
    let now = Study::open(root.path());
    assert_eq!(now.says(study.plans[0], "甲"), "immunization health_literacy", "{}", spoiled.display());
    assert_eq!(now.says(study.plans[0], "乙"), "“何谓“三师”?\n第二行”");
    assert!(tags(&now) == tags(&study));
    assert_eq!(now.project.manifest, study.project.manifest);
    assert!(all[0].path.exists(), "the damaged file is kept aside");
}

#[test]
fn one_damaged_file_is_brought_back_from_its_backup() {
    let spoil = |path: PathBuf, to: usize| {
        let content = fs::read(&path).unwrap();
        fs::write(&path, &content[..content.len() * to / 100]).unwrap();
        path
    };
    for share in [0, 1, 50, 90] {
        check_brought_back(|s| spoil(s.folder().sheet(s.plans[0], &Coder::new("甲")), share));
        check_brought_back(|s| spoil(s.folder().codebook(), share));
        check_brought_back(|s| spoil(s.folder().record(s.plans[0]), share));
        check_brought_back(|s| spoil(s.folder().manifest(), share));
    }
}

/// Runs `duizhao check`: exit status, stdout, stderr.
fn run(root: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_duizhao")).arg("check").arg(root).args(arguments).output().unwrap();
    let words = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), words(output.stdout), words(output.stderr))
}

#[test]
fn the_command_tells_by_its_exit_status() {
    let root = tempfile::tempdir().unwrap();
    let study = study(root.path());
    let (status, out, err) = run(root.path(), &[]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("2 plans, 2 coders, 3 annotations: whole"), "{out}");

    let sheet = study.folder().path(&File::Sheet(study.plans[0], Coder::new("甲")));
    let content = fs::read_to_string(&sheet).unwrap();
    fs::write(&sheet, content.replacen("quote: \"", "quote: ", 1)).unwrap();
    let (status, out, err) = run(root.path(), &["--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(status, 1);
    assert_eq!(answer["whole"], false);
    assert_eq!(answer["findings"][0]["trouble"], "partly_damaged");
    assert!(answer["findings"][0]["file"].as_str().unwrap().ends_with("/annotations/甲.ron"));
    assert_eq!(answer["findings"][0]["backup"], serde_json::Value::Null);
    assert!(answer["findings"][0]["says"].as_str().unwrap().contains("no backup holds a sound copy"));
    assert_eq!(err.lines().count(), 1, "{err}");
    assert!(err.contains("--repair"), "{err}");

    let (status, out, err) = run(root.path(), &["--repair", "--format", "ron"]);
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("before-repair") && out.contains("salvaged"));
    let (status, _, err) = run(&root.path().join("nowhere"), &[]);
    assert_eq!(status, 1);
    assert_eq!(err.lines().count(), 1, "{err}");
    assert_eq!(
        Command::new(env!("CARGO_BIN_EXE_duizhao")).arg("check").output().unwrap().status.code(),
        Some(2)
    );
}
