//! Every kind of place can carry several tags and a note, and has them after the project is opened anew.

use super::killing::{app, wait};
use duizhao::annotation::TagId;
use duizhao::app::{App, Command, ReadingCommand, SaveStatus, Site};
use duizhao::plan::Kind;
use duizhao::project::{PlanId, create_sample};
use duizhao::text::{CharPos, Span};
use jiff::Timestamp;

/// A plan of the samples with a table, read.
fn open_with_table(app: &mut App) -> PlanId {
    let plans = app.library();
    for plan in plans {
        app.run(Command::OpenPlan(plan));
        wait(app, |app| app.plan(plan).is_some() && app.tagged_items(plan).is_some());
        if app.plan(plan).unwrap().plan.outline.nodes.iter().any(|node| node.rows.len() > 1) {
            return plan;
        }
    }
    panic!("no sample has a table");
}

#[test]
fn every_kind_of_place_carries_tags_and_a_note() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("sample");
    drop(create_sample(&root, "样本", Timestamp::now()).unwrap());
    let mut app = app(home.path());
    app.run(Command::OpenProject(root.clone()));
    wait(&mut app, |app| app.project.is_some());
    let plan = open_with_table(&mut app);
    let read = app.plan(plan).unwrap().plan.clone();
    let first = |kind: Kind| {
        let found = read.outline.iter().find(|(_, node)| node.kind == kind);
        found.map(|(ix, node)| (ix, node.span))
    };
    let table = read.outline.iter().find(|(_, node)| node.rows.len() > 1).unwrap().0;
    let (item, span) = first(Kind::Item).unwrap();
    let next = read.outline.iter().find(|(ix, node)| *ix > item && node.kind == Kind::Item).unwrap().1.span;
    let mut sites = vec![
        ("the plan", Site::Plan),
        ("an item", Site::Node(item)),
        ("a row", Site::Row(table, 1)),
        ("words in an item", Site::Passage(Span::new(span.start, CharPos(span.start.0 + 4)))),
        ("words across items", Site::Passage(Span::new(CharPos(span.end.0 - 3), CharPos(next.start.0 + 3)))),
        ("overlapping words", Site::Passage(Span::new(CharPos(span.start.0 + 2), CharPos(span.start.0 + 6)))),
    ];
    for (name, kind) in
        [("a section", Kind::Section), ("a paragraph", Kind::Paragraph), ("a table", Kind::Table)]
    {
        sites.extend(first(kind).map(|(ix, _)| (name, Site::Node(ix))));
    }
    assert!(sites.len() >= 8, "the samples have all kinds of places");
    let tags = ["family_doctor", "tiered"].map(TagId::from);
    for (name, site) in &sites {
        for tag in &tags {
            app.run(Command::Reading(ReadingCommand::Toggle(plan, *site, tag.clone())));
        }
        app.run(Command::Reading(ReadingCommand::SetNote(plan, *site, format!("批注：{name}"))));
    }
    wait(&mut app, |app| matches!(app.save_status(), SaveStatus::Saved));
    app.run(Command::OpenProject(root));
    wait(&mut app, |app| app.plan(plan).is_none());
    app.run(Command::OpenPlan(plan));
    wait(&mut app, |app| app.plan(plan).is_some() && app.tagged_items(plan).is_some());
    let marks = &app.plan(plan).unwrap().marks;
    for (name, site) in sites {
        let found: Vec<&TagId> = marks.tags_at(site).map(|(tag, _)| tag).collect();
        assert_eq!(found, tags.iter().collect::<Vec<_>>(), "{name}");
        assert_eq!(
            marks.note_at(site).map(|(_, note)| note),
            Some(format!("批注：{name}").as_str()),
            "{name}"
        );
    }
}
