//! Undo and redo: named, over the whole session, joined only for consecutive edits of the same note.

use super::Study;
use super::killing::{app, open};
use duizhao::annotation::{Coder, Sheet, TagId};
use duizhao::app::{App, Command, EditName};
use duizhao::plan::{MetadataField, NodeIx, Operation};
use duizhao::project::PlanId;
use proptest::prelude::*;
use std::path::Path;

fn desk(home: &Path) -> (App, PlanId) {
    let root = home.join("project");
    let _ = Study::new(&root, 1);
    let mut app = app(home);
    let plan = open(&mut app, &root);
    (app, plan)
}

fn note(app: &mut App, plan: PlanId, node: u32, words: &str) {
    app.run(Command::SetNote(plan, NodeIx(node), words.to_owned()));
}

/// The names undo would take back, the last first.
fn names(app: &mut App) -> Vec<EditName> {
    let mut names = Vec::new();
    while let Some(name) = app.history.undo_name().cloned() {
        names.push(name);
        app.run(Command::Undo);
    }
    names
}

#[test]
fn every_edit_has_a_name_with_its_clause() {
    let home = tempfile::tempdir().unwrap();
    let (mut app, plan) = desk(home.path());
    let outline = app.plan(plan).unwrap().plan.outline.clone();
    let item = outline.iter().find(|(_, node)| node.level == 3).unwrap();
    app.run(Command::ToggleTag(plan, item.0, TagId::from("family_doctor")));
    note(&mut app, plan, item.0.0, "注");
    app.run(Command::ToggleTag(plan, item.0, TagId::from("family_doctor")));
    app.run(Command::SetMetadata(plan, MetadataField::Years, "2017-2018".into()));
    app.run(Command::Correct(plan, item.1.span, Operation::Promote));
    let clause = app.clause(plan, item.0);
    assert!(clause.contains('1'), "{clause}");
    let expect = [
        EditName::Correct(Operation::Promote, clause.clone()),
        EditName::Metadata(MetadataField::Years),
        EditName::Untag("family_doctor".into(), clause.clone()),
        EditName::Note(clause.clone()),
        EditName::Tag("family_doctor".into(), clause),
    ];
    assert_eq!(names(&mut app), expect);
}

#[test]
fn only_consecutive_edits_of_the_same_note_join() {
    let home = tempfile::tempdir().unwrap();
    let (mut app, plan) = desk(home.path());
    for words in ["一", "一二", "一二三"] {
        note(&mut app, plan, 2, words);
    }
    note(&mut app, plan, 3, "别处");
    note(&mut app, plan, 2, "一二三四");
    app.run(Command::ToggleTag(plan, NodeIx(2), TagId::from("family_doctor")));
    note(&mut app, plan, 2, "一二三四五");
    app.run(Command::Undo);
    note(&mut app, plan, 2, "又一");
    assert!(app.history.redo_name().is_none(), "a new edit ends redo");
    let said =
        |app: &App| app.plan(plan).unwrap().marks.of(NodeIx(2)).and_then(|m| m.note.clone()).map(|(_, n)| n);
    let mut steps = Vec::new();
    while app.history.undo_name().is_some() {
        app.run(Command::Undo);
        steps.push(said(&app).unwrap_or_default());
    }
    // The new note, the tag, the fourth word, the other note, the three typed in one go.
    assert_eq!(steps, ["一二三四", "一二三四", "一二三", "一二三", ""]);
}

/// Something a person does: on which node, what.
#[derive(Clone, Debug)]
enum Deed {
    Tag(u32, usize),
    Note(u32, u8),
    Title(u8),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        (0_u32..6, 0_usize..4).prop_map(|(node, tag)| Deed::Tag(node, tag)),
        (0_u32..6, 0_u8..4).prop_map(|(node, words)| Deed::Note(node, words)),
        (0_u8..4).prop_map(Deed::Title),
    ];
    prop::collection::vec(deed, 1..40)
}

/// Everything that can be edited, without the times of the edits.
fn state(app: &App, plan: PlanId) -> (Sheet, String) {
    let project = app.project.as_ref().unwrap();
    let sheet = project.plans[&plan].sheets.as_ref().unwrap().get(&Coder::new("甲"));
    let title = project.plans[&plan].record.metadata.field(MetadataField::Title);
    (sheet.map(|sheet| (**sheet).clone()).unwrap_or_default(), title)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_whole_session_is_taken_back_and_done_again(deeds in deeds()) {
        let home = tempfile::tempdir().unwrap();
        let (mut app, plan) = desk(home.path());
        let begin = state(&app, plan);
        // Two commitment tags exclude each other, two themes do not.
        let tags = ["family_doctor", "immunization", "k1", "k2"];
        for deed in &deeds {
            match *deed {
                Deed::Tag(node, tag) => app.run(Command::ToggleTag(plan, NodeIx(node), TagId::from(tags[tag]))),
                Deed::Note(node, words) => note(&mut app, plan, node, &"注".repeat(words.into())),
                Deed::Title(words) => app.run(Command::SetMetadata(plan, MetadataField::Title, format!("标题{words}"))),
            }
        }
        let end = state(&app, plan);
        let mut steps = 0;
        while app.history.undo_name().is_some() {
            app.run(Command::Undo);
            steps += 1;
        }
        prop_assert!(steps <= deeds.len());
        prop_assert_eq!(state(&app, plan), begin);
        while app.history.redo_name().is_some() {
            app.run(Command::Redo);
        }
        prop_assert_eq!(state(&app, plan), end);
        prop_assert!(app.notices.is_empty());
    }
}
