//! A coder's decisions on pairs of plans and the basket (`links/<coder>.ron`): newer, damaged, changed by others.

use super::killing::{app, open, wait};
use super::{Study, at};
use duizhao::annotation::{Anchor, Coder};
use duizhao::app::{Command, CompareCommand, SaveStatus};
use duizhao::project::check::{Trouble, check};
use duizhao::project::{
    Cause, Change, End, Excerpt, FORMAT_VERSION, File, Link, LinkEdit, LinkId, LinkKind, LinkRecord,
    LinkStatus, PlanId, Project, ReadOnly, Refused,
};
use duizhao::text::Span;
use std::fs;
use std::path::Path;

/// The first place with these words.
fn end(study: &Study, plan: PlanId, words: &str) -> End {
    let text = study.text(plan);
    let start = text.char_of(text.as_str().find(words).unwrap());
    End::new(plan, Anchor::new(&text, Span::at(start, words.chars().count() as u32)))
}

fn put(record: LinkRecord) -> Change {
    let edit = LinkEdit { before: None, after: Some(record) };
    Change::Link { coder: Coder::new("甲"), edit: Box::new(edit) }
}

fn link(study: &Study, words: [&str; 2]) -> LinkRecord {
    let ends = (end(study, study.plans[0], words[0]), end(study, study.plans[1], words[1]));
    LinkRecord::Link(Link::new(LinkKind::Item, LinkStatus::Confirmed, ends, at(5)))
}

/// A project of two plans with a match and an excerpt of 甲.
fn study(root: &Path) -> Study {
    let mut study = Study::new(root, 2);
    study.change(&put(link(&study, ["家庭医生签约服务", "签约家庭医生"])));
    let excerpt = Excerpt {
        id: LinkId::random(),
        position: 1,
        at: end(&study, study.plans[0], "三师共管"),
        note: "何谓三师".to_owned(),
        created: at(6),
        modified: at(6),
        unknown: duizhao::annotation::Unknown::default(),
    };
    study.change(&put(LinkRecord::Excerpt(excerpt)));
    study
}

/// How many decisions and excerpts 甲 has.
fn counts(project: &Project) -> (usize, usize) {
    project.links.get(&Coder::new("甲")).map_or((0, 0), |own| (own.links().count(), own.basket().len()))
}

#[test]
fn a_newer_file_is_shown_and_never_written() {
    let root = tempfile::tempdir().unwrap();
    let written = study(root.path());
    let path = written.folder().path(&File::Links(Coder::new("甲")));
    let newer = fs::read_to_string(&path).unwrap().replacen(
        "version: 1,",
        &format!("version: {},\n  mood: glad(3),", FORMAT_VERSION + 1),
        1,
    );
    fs::write(&path, &newer).unwrap();
    let mut study = Study::open(root.path());
    assert_eq!(counts(&study.project), (1, 1), "what is understood is shown");
    study.plans = written.plans.clone();
    let change = put(link(&study, ["免疫规划", "医联体"]));
    assert!(matches!(study.project.apply(&change), Err(Refused::ReadOnly(ReadOnly::Newer { .. }))));
    assert!(study.project.snapshot(&File::Links(Coder::new("甲"))).is_none());
    assert_eq!(fs::read_to_string(&path).unwrap(), newer);
}

#[test]
fn of_a_damaged_file_what_can_be_read_is_kept_and_the_rest_opens() {
    let root = tempfile::tempdir().unwrap();
    let written = study(root.path());
    let path = written.folder().path(&File::Links(Coder::new("甲")));
    let whole = fs::read_to_string(&path).unwrap();
    let cases = [
        ("nothing can be read", "(version: 1, cut".to_owned(), (0, 0)),
        ("cut in the basket", whole[..whole.rfind("note:").unwrap()].to_owned(), (1, 0)),
        ("a broken match", whole.replacen("status: confirmed", "status: ?", 1), (0, 1)),
    ];
    for (case, content, expect) in cases {
        fs::write(&path, &content).unwrap();
        let (project, problems) = Project::open(root.path()).unwrap();
        assert_eq!(counts(&project), expect, "{case}");
        assert_eq!(problems.len(), 1, "{case}");
        assert!(matches!(problems[0].cause, Cause::Damaged(_) | Cause::PartlyDamaged { .. }), "{case}");
        assert_eq!(fs::read_to_string(&problems[0].path).unwrap(), content, "{case}: kept aside");
        assert_eq!(project.plans.len(), 2, "{case}");
        let report = check(&project.folder).unwrap();
        let damaged: Vec<_> = report.damage().collect();
        assert!(
            matches!(damaged[..], [f] if f.path == path
                && matches!(f.trouble, Trouble::Damaged(_) | Trouble::PartlyDamaged { .. })),
            "{case}: {damaged:?}"
        );
    }
}

#[test]
fn what_another_machine_decided_appears_and_own_decisions_can_still_be_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("project");
    let plan = study(&root).plans[0];
    let mut app = app(home.path());
    open(&mut app, &root);
    app.run(Command::OpenPlan(plan));
    wait(&mut app, |app| app.plan(plan).is_some());
    let here = app.plan(plan).unwrap().plan.outline.nodes[3].span;
    app.run(Command::Compare(CompareCommand::Keep(plan, here)));
    wait(&mut app, |app| matches!(app.save_status(), SaveStatus::Saved));
    let now = |app: &duizhao::app::App| counts(app.project.as_ref().unwrap());
    assert_eq!(now(&app), (1, 2));

    let mut other = Study::open(&root);
    other.plans.sort_by_key(|id| *id != plan);
    let theirs = link(&other, ["免疫规划", "医联体"]);
    other.change(&put(theirs));
    wait(&mut app, |app| now(app) == (2, 2));
    app.run(Command::Undo);
    wait(&mut app, |app| matches!(app.save_status(), SaveStatus::Saved));
    assert_eq!(now(&app), (2, 1), "the own excerpt is gone, the decision of the other machine stays");
    assert_eq!(counts(&Study::open(&root).project), (2, 1));
}
