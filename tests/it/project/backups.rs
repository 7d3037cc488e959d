//! Backups hold what people made, and put it back.

use super::{Study, at};
use duizhao::annotation::Coder;
use duizhao::project::{Backup, File, Reason, backup};
use std::fs;

#[test]
fn one_is_made_a_day() {
    let root = tempfile::tempdir().unwrap();
    let study = Study::new(root.path(), 1);
    let day = 86_400;
    assert!(Backup::daily(study.folder(), at(0)).unwrap().is_some());
    assert!(Backup::daily(study.folder(), at(60)).unwrap().is_none());
    assert!(Backup::daily(study.folder(), at(day)).unwrap().is_some());
    assert_eq!(
        backup::list(study.folder()).len(),
        1,
        "nothing changed, so the same backup stands for both days"
    );
}

#[test]
fn a_backup_holds_what_people_made_and_no_sources() {
    let root = tempfile::tempdir().unwrap();
    let mut study = Study::new(root.path(), 1);
    let plan = study.plans[0];
    study.tag(plan, "甲", "免疫规划", "immunization");
    fs::create_dir_all(root.path().join("links")).unwrap();
    fs::write(root.path().join("links/甲.ron"), "(version: 1)").unwrap();
    let made = Backup::make(study.folder(), Reason::ByHand, at(0)).unwrap();
    let id = plan.0;
    let expect = [
        "codebook.ron".to_owned(),
        "links/甲.ron".into(),
        format!("plans/{id}/annotations/甲.ron"),
        format!("plans/{id}/plan.ron"),
        "project.ron".into(),
    ];
    assert_eq!(made.open().unwrap().records().unwrap(), expect);
    let sheet = fs::read(study.folder().path(&File::Sheet(plan, Coder::new("甲")))).unwrap();
    assert_eq!(made.open().unwrap().read(&expect[2]).unwrap(), Some(sheet));
}

#[test]
fn what_is_put_back_is_as_it_was_and_can_be_taken_back() {
    let root = tempfile::tempdir().unwrap();
    let mut study = Study::new(root.path(), 1);
    let plan = study.plans[0];
    study.tag(plan, "甲", "免疫规划", "immunization");
    let before = Backup::make(study.folder(), Reason::Daily, at(0)).unwrap();
    // Later: another tag, another coder, another plan.
    study.tag(plan, "甲", "健康教育", "health_education");
    study.note(plan, "乙", "三师共管", "何谓三师?");
    let newer = study.import("later.txt", "鄂尔多斯市2018年工作要点\n一、一项\n二、二项\n三、三项\n");
    study.tag(newer, "甲", "二项", "x");

    let restored = before.restore(study.folder(), at(9)).unwrap();
    assert_eq!(restored.newer_plans, [newer], "a plan that came later stays");
    let now = Study::open(root.path());
    assert_eq!((now.says(plan, "甲").as_str(), now.says(plan, "乙").as_str()), ("immunization", ""));
    assert_eq!(now.says(newer, "甲"), "x");

    restored.before.restore(study.folder(), at(10)).unwrap();
    let now = Study::open(root.path());
    assert_eq!(now.says(plan, "甲"), "immunization health_education");
    assert_eq!(now.says(plan, "乙"), "“何谓三师?”");
}

#[test]
fn a_damaged_backup_changes_nothing() {
    let root = tempfile::tempdir().unwrap();
    let mut study = Study::new(root.path(), 1);
    study.tag(study.plans[0], "甲", "免疫规划", "immunization");
    let made = Backup::make(study.folder(), Reason::ByHand, at(0)).unwrap();
    let bytes = fs::read(&made.path).unwrap();
    study.tag(study.plans[0], "甲", "健康教育", "health_education");
    for keep in [0, 10, bytes.len() / 2, bytes.len() - 1] {
        fs::write(&made.path, &bytes[..keep]).unwrap();
        let error = made.restore(study.folder(), at(1)).unwrap_err();
        assert_eq!(error.path, made.path, "the error names the backup");
        assert_eq!(Study::open(root.path()).says(study.plans[0], "甲"), "immunization health_education");
    }
}
