//! Two cities side by side: what a person does in each view, by accessible name, and the numbers each view shows.

mod exports;
mod texts;
mod versions;

use super::{Desk, Setup};
use duizhao::app::{Chart, Command, CompareCommand, CompareView, Counting, Form, MatrixRows, Screen, Side};
use duizhao::insight::{Presence, Standing, Subject};
use duizhao::plan::NodeIx;
use duizhao::project::{LinkStatus, PlanId};
use egui::{Key, Modifiers};
use std::sync::Arc;

const CSV: Form = Form::Document(duizhao::export::Form::Csv);

/// Xiamen left, Nanning right.
fn two_cities(home: &std::path::Path) -> (Desk, PlanId, PlanId) {
    // Tall, so that all rows of a list are in view.
    let mut desk = Desk::open_with(home, &Setup { size: [1280.0, 2000.0], ..Setup::default() });
    let of = |desk: &Desk, city: &str| {
        let project = desk.app().project.as_ref().unwrap();
        let of_city = |id: &&PlanId| {
            let place = project.plans[id].record.metadata.place.as_ref();
            place.is_some_and(|fact| fact.value.city == city)
        };
        *project.plans.keys().find(of_city).unwrap()
    };
    let (a, b) = (of(&desk, "厦门市"), of(&desk, "南宁市"));
    desk.app_mut().run(Command::Show(Screen::Compare));
    desk.app_mut().run(Command::Compare(CompareCommand::Pair(a, b)));
    desk.settle();
    (desk, a, b)
}

fn run(desk: &mut Desk, command: CompareCommand) {
    desk.app_mut().run(Command::Compare(command));
    desk.settle();
}

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn the_head_says_what_is_compared_and_the_keys_switch_views() {
    let home = home();
    let (mut desk, ..) = two_cities(home.path());
    assert!(desk.shows("A：厦门 2017") && desk.shows("B：南宁 2017"));
    let compared = desk.app().compared().unwrap().clone();
    for side in Side::BOTH {
        let (items, chars) = (compared.items(side).len(), compared.plan(side).text.len());
        assert!(desk.shows(&format!("工作要点 · 2017 · {chars} 字 · {items}")), "{side:?}");
    }
    for (key, view) in [
        (Key::Num3, CompareView::Matches),
        (Key::Num4, CompareView::Targets),
        (Key::Num5, CompareView::Texts),
        (Key::Num6, CompareView::Versions),
        (Key::Num7, CompareView::Basket),
        (Key::Num2, CompareView::Reading),
        (Key::Num1, CompareView::Themes),
    ] {
        desk.key_with(Modifiers::COMMAND, key);
        assert_eq!(desk.app().view.compare.view, view);
    }
}

#[test]
fn a_caution_stands_where_genres_and_lengths_differ() {
    let home = home();
    let (mut desk, a, _) = two_cities(home.path());
    assert!(!desk.shows("文种不同"));
    let hami = *desk
        .app()
        .project
        .as_ref()
        .unwrap()
        .plans
        .iter()
        .find(|(_, entry)| {
            entry.record.metadata.place.as_ref().is_some_and(|fact| fact.value.city.contains("哈密"))
        })
        .unwrap()
        .0;
    run(&mut desk, CompareCommand::Pair(a, hami));
    assert!(desk.shows("文种不同"));
    desk.click("最近对照");
    desk.click("厦门 2017 — 南宁 2017");
    assert!(!desk.shows("文种不同"), "the former pair is one click away");
}

#[test]
fn every_row_of_the_matrix_says_its_counts_and_shares() {
    let home = home();
    let (mut desk, ..) = two_cities(home.path());
    let compared = desk.app().compared().unwrap().clone();
    assert_eq!(compared.counting, Counting::Suggested, "nobody has tagged yet");
    assert!(desk.shows("按建议计数"), "and that is said");
    let only_b: Vec<_> =
        compared.matrix.rows.iter().filter(|row| row.presence() == Presence::OnlyB).collect();
    assert!(!only_b.is_empty());
    run(&mut desk, CompareCommand::Presence(Some(Presence::OnlyB)));
    let book = desk.app().project.as_ref().unwrap().codebook.clone();
    let mut leaves = 0;
    for row in only_b {
        let Subject::Tag(tag) = &row.subject else { continue };
        if book.tags.iter().any(|other| other.parent.as_ref() == Some(tag)) {
            continue;
        }
        leaves += 1;
        let name = &book.tag(tag).unwrap().zh;
        let (count, share) = (row.b.items.len(), row.b.share * 100.0);
        assert!(desk.shows(&format!("{name}：A 0 条 0.0% 力度 0；B {count} 条 {share:.1}%")), "{name}");
    }
    assert!(desk.shows(&format!("仅 B {leaves}")));
}

#[test]
fn a_row_leads_to_its_words_and_an_absence_to_the_nearest() {
    let home = home();
    let (mut desk, a, _) = two_cities(home.path());
    let compared = desk.app().compared().unwrap().clone();
    let both =
        compared.matrix.rows.iter().find(|row| row.depth > 0 && row.presence() == Presence::Both).unwrap();
    run(&mut desk, CompareCommand::Subject(Some(both.subject.clone())));
    let clause = desk.app().clause(a, both.a.quotation.unwrap().node);
    desk.click(&format!("厦门 2017 {clause}"));
    assert_eq!(desk.app().view.screen, Screen::Read);
    assert_eq!(desk.app().reading(a).unwrap().focus, Some(both.a.quotation.unwrap().node));
    desk.app_mut().run(Command::Back);
    desk.settle();
    assert_eq!(desk.app().view.screen, Screen::Compare, "and back");
    assert!(desk.shows("对读这一主题"), "the words of the row in focus stand below");
    desk.key(Key::Escape);
    assert!(!desk.shows("对读这一主题"), "and give their room back");
    let only_b =
        compared.matrix.rows.iter().find(|row| row.presence() == Presence::OnlyB && row.depth > 0).unwrap();
    run(&mut desk, CompareCommand::Subject(Some(only_b.subject.clone())));
    run(&mut desk, CompareCommand::View(CompareView::Reading));
    assert!(desk.shows("厦门 2017 没有文字提示"));
    assert!(desk.shows("用词最接近"), "absence can be checked");
}

#[test]
fn rows_can_be_domains_and_items_can_be_filtered() {
    let home = home();
    let (mut desk, ..) = two_cities(home.path());
    run(&mut desk, CompareCommand::Rows(MatrixRows::Domains));
    let names =
        ["普及健康生活", "优化健康服务", "完善健康保障", "建设健康环境", "发展健康产业", "五大领域之外"];
    for name in names {
        assert!(desk.shows(name), "{name}");
    }
    assert_eq!(desk.app().compared().unwrap().matrix.rows.len(), names.len());
    let all = desk.app().compared().unwrap().matrix.items_a;
    let plan = desk.app().compared().unwrap().plans[0].clone();
    let (section, _) =
        plan.outline.iter().find(|(_, node)| node.level == 1 && !node.heading.is_empty()).unwrap();
    let filter = duizhao::insight::Filter { section_a: Some(section), ..Default::default() };
    run(&mut desk, CompareCommand::Filter(filter));
    let kept = desk.app().compared().unwrap().matrix.items_a;
    assert!(kept < all, "{kept} of {all}");
    desk.click("清除筛选");
    assert_eq!(desk.app().compared().unwrap().matrix.items_a, all);
}

#[test]
fn an_item_is_retagged_where_it_is_read() {
    let home = home();
    let (mut desk, a, _) = two_cities(home.path());
    let compared = desk.app().compared().unwrap().clone();
    let row =
        compared.matrix.rows.iter().find(|row| row.subject == Subject::Tag("family_doctor".into())).unwrap();
    let node = row.a.items[0];
    run(&mut desk, CompareCommand::Subject(Some(row.subject.clone())));
    run(&mut desk, CompareCommand::View(CompareView::Reading));
    run(&mut desk, CompareCommand::Focus(Side::A, node));
    desk.key(Key::T);
    desk.type_text("分级诊疗");
    desk.key(Key::Enter);
    let tags: Vec<_> = desk.app().plan(a).unwrap().marks.tags(node).map(|tag| tag.0.clone()).collect();
    assert_eq!(tags.len(), 1, "{tags:?}");
    run(&mut desk, CompareCommand::Counting(Counting::Tagged));
    let compared = desk.app().compared().unwrap();
    let tagged = compared.matrix.rows.iter().find(|row| row.subject == Subject::Tag(tags[0].as_str().into()));
    assert_eq!(tagged.unwrap().a.items, [node], "and counted at once");
}

#[test]
fn j_goes_to_the_next_theme_in_the_aligned_reading() {
    let home = home();
    let (mut desk, ..) = two_cities(home.path());
    run(&mut desk, CompareCommand::View(CompareView::Reading));
    desk.key(Key::J);
    let first = desk.app().view.compare.subject.clone();
    desk.key(Key::J);
    assert!(first.is_some() && desk.app().view.compare.subject != first);
    desk.key(Key::K);
    assert_eq!(desk.app().view.compare.subject, first);
}

/// The best counterpart of the item in focus, confirmed and rejected by keys, is kept over a restart.
#[test]
fn a_match_is_confirmed_taken_back_rejected_and_kept() {
    let home = home();
    let (mut desk, a, b) = two_cities(home.path());
    let compared = desk.app().compared().unwrap().clone();
    let (own, best) = compared
        .comparison
        .alignment
        .a
        .iter()
        .find(|found| !found.none)
        .map(|found| (found.item.node, found.candidates[0].node))
        .unwrap();
    run(&mut desk, CompareCommand::View(CompareView::Matches));
    run(&mut desk, CompareCommand::Focus(Side::A, own));
    desk.key(Key::Y);
    let confirmed = |desk: &Desk| desk.app().compared().unwrap().confirmed.clone();
    assert_eq!(confirmed(&desk), [(own, best)]);
    desk.saved();
    let file = desk.app().project.as_ref().unwrap().folder.links().join("测试员.ron");
    assert!(std::fs::read_to_string(&file).unwrap().contains("status: confirmed"), "on disk within a second");
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert!(confirmed(&desk).is_empty());
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(confirmed(&desk), [(own, best)]);

    let mut desk = desk.restart();
    desk.app_mut().run(Command::Show(Screen::Compare));
    // The other way round too: a link has no left and right.
    run(&mut desk, CompareCommand::Pair(b, a));
    assert_eq!(confirmed(&desk), [(best, own)]);
    run(&mut desk, CompareCommand::Pair(a, b));
    run(&mut desk, CompareCommand::Judge(LinkStatus::Rejected, own, best));
    assert!(confirmed(&desk).is_empty());
    let compared = desk.app().compared().unwrap();
    let candidates = &compared.comparison.alignment.of_a(own).unwrap().candidates;
    assert!(candidates.iter().all(|candidate| candidate.node != best), "a rejected one is gone");
}

#[test]
fn two_items_are_linked_by_hand() {
    let home = home();
    let (mut desk, ..) = two_cities(home.path());
    run(&mut desk, CompareCommand::View(CompareView::Matches));
    let compared = desk.app().compared().unwrap().clone();
    let a = &compared.comparison.alignment.a[0];
    let far = compared
        .items(Side::B)
        .iter()
        .map(|item| item.node)
        .find(|node| a.candidates.iter().all(|candidate| candidate.node != *node));
    run(&mut desk, CompareCommand::Focus(Side::A, a.item.node));
    desk.key(Key::L);
    let title = desk.app().clause(compared.ids[1], far.unwrap());
    desk.click_containing(&format!("B {title} "));
    assert_eq!(desk.app().compared().unwrap().confirmed, [(a.item.node, far.unwrap())]);
    let first = &desk.app().compared().unwrap().comparison.alignment.of_a(a.item.node).unwrap().candidates[0];
    assert_eq!(first.node, far.unwrap(), "what a person linked comes first");
}

#[test]
fn unmatched_items_are_listed_on_both_sides() {
    let home = home();
    let (mut desk, ..) = two_cities(home.path());
    run(&mut desk, CompareCommand::View(CompareView::Matches));
    let compared = desk.app().compared().unwrap().clone();
    let none = |list: &[duizhao::insight::align::Match]| list.iter().filter(|found| found.none).count();
    let alignment = &compared.comparison.alignment;
    desk.click(&format!("无对应 A {} · B {}", none(&alignment.a), none(&alignment.b)));
    assert_eq!(desk.app().view.compare.matches, duizhao::app::MatchFilter::Unmatched);
}

#[test]
fn targets_are_grouped_and_only_comparable_ones_subtracted() {
    let home = home();
    let (mut desk, ..) = two_cities(home.path());
    run(&mut desk, CompareCommand::View(CompareView::Targets));
    let compared = desk.app().compared().unwrap().clone();
    let rows = &compared.comparison.targets;
    let count = |wanted: fn(&Standing) -> bool| rows.iter().filter(|row| wanted(&row.standing)).count();
    let comparable = count(|standing| matches!(standing, Standing::Comparable { .. }));
    assert!(desk.shows(&format!("可比 {comparable}")));
    assert!(!desk.shows("配对…"), "no room is taken before a row is chosen");
    desk.key(Key::J);
    assert!(desk.shows("配对…"), "the first row is of one city alone");
    desk.key(Key::Escape);
    assert!(!desk.shows("配对…"));
    // Two that only one side has, paired by hand, and parted again.
    let a = rows.iter().find_map(|row| row.a.as_ref().filter(|_| row.b.is_none())?.target).unwrap();
    let b = rows.iter().find_map(|row| row.b.as_ref().filter(|_| row.a.is_none())?.target).unwrap();
    let (of_a, of_b) = (compared.plans[0].targets[a].span, compared.plans[1].targets[b].span);
    let before = rows.len();
    run(&mut desk, CompareCommand::JudgeTargets(LinkStatus::Confirmed, of_a, of_b));
    assert!(desk.app().compared().unwrap().comparison.targets.len() < before);
    desk.app_mut().run(Command::Undo);
    desk.settle();
    assert_eq!(desk.app().compared().unwrap().comparison.targets.len(), before);
}

#[test]
fn excerpts_are_kept_ordered_annotated_and_dropped() {
    let home = home();
    let (mut desk, a, b) = two_cities(home.path());
    let span = |desk: &Desk, id: PlanId, node: u32| {
        desk.app().plan(id).unwrap().plan.outline.get(NodeIx(node)).unwrap().span
    };
    let (first, second) = (span(&desk, a, 5), span(&desk, b, 6));
    run(&mut desk, CompareCommand::Keep(a, first));
    run(&mut desk, CompareCommand::Keep(b, second));
    run(&mut desk, CompareCommand::Keep(a, first));
    run(&mut desk, CompareCommand::View(CompareView::Basket));
    assert!(desk.shows("摘录 2 段"), "the same words are kept once");
    let quotes = |desk: &Desk| -> Vec<String> {
        let links = desk.app().links().unwrap().clone();
        links.basket().iter().map(|excerpt| excerpt.at.anchor.quote.clone()).collect()
    };
    let before = quotes(&desk);
    desk.key(Key::J);
    desk.key_with(Modifiers::ALT, Key::ArrowDown);
    let after = quotes(&desk);
    assert_eq!([&before[0], &before[1]], [&after[1], &after[0]]);
    let id = desk.app().links().unwrap().basket()[0].id;
    run(&mut desk, CompareCommand::ExcerptNote(id, "可引".to_owned()));
    desk.saved();
    let mut desk = desk.restart();
    assert_eq!(quotes(&desk), after);
    assert_eq!(desk.app().links().unwrap().basket()[0].note, "可引");
    run(&mut desk, CompareCommand::Drop(id));
    assert_eq!(quotes(&desk).len(), 1);
    desk.app_mut().run(Command::Undo);
    assert_eq!(quotes(&desk), after);
}

#[test]
fn a_note_on_an_excerpt_is_one_step_to_take_back() {
    use egui_kittest::kittest::Queryable;
    let home = home();
    let (mut desk, a, _) = two_cities(home.path());
    let span = desk.app().plan(a).unwrap().plan.outline.get(NodeIx(5)).unwrap().span;
    run(&mut desk, CompareCommand::Keep(a, span));
    run(&mut desk, CompareCommand::View(CompareView::Basket));
    let clause = desk.app().clause(a, NodeIx(5));
    let note = |desk: &Desk| desk.app().links().unwrap().basket()[0].note.clone();
    desk.harness.get_by_label_contains(&format!("{clause} 的批注")).focus();
    desk.settle();
    for letter in ["可", "作", "引", "文"] {
        desk.harness.event(egui::Event::Text(letter.to_owned()));
        desk.harness.step();
    }
    std::thread::sleep(std::time::Duration::from_millis(600));
    desk.settle();
    assert_eq!(note(&desk), "可作引文", "written when nothing was typed for a moment");
    desk.app_mut().run(Command::Undo);
    desk.settle();
    assert_eq!(note(&desk), "", "one pause, one step");
    desk.app_mut().run(Command::Undo);
    assert!(desk.app().links().unwrap().basket().is_empty(), "the step before was keeping it");
}

#[test]
fn a_view_is_written_where_the_person_typed() {
    let home = home();
    let (mut desk, ..) = two_cities(home.path());
    let path = home.path().join("out").join("主题.csv");
    run(&mut desk, CompareCommand::Export(CompareView::Themes, CSV, path.clone()));
    assert!(std::fs::read(&path).unwrap().starts_with("\u{feff}".as_bytes()));
    assert!(desk.shows("已写到"));
    let blocked = path.join("below a file.csv");
    run(&mut desk, CompareCommand::Export(CompareView::Themes, CSV, blocked));
    assert!(desk.shows("below a file.csv"), "what could not be written is told");
}

#[test]
fn a_result_for_another_pair_is_not_shown() {
    let home = home();
    let (mut desk, a, b) = two_cities(home.path());
    let before = desk.app().compared().unwrap().clone();
    desk.app_mut().run(Command::SwapSides);
    assert!(desk.app().compared().is_none(), "what was worked out for A and B is not shown for B and A");
    desk.settle();
    let after = desk.app().compared().unwrap();
    assert_eq!(after.ids, [b, a]);
    assert!(!Arc::ptr_eq(&before, after));
    assert_eq!(after.comparison.items_a.len(), before.comparison.items_b.len());
}

#[test]
fn a_plan_beside_itself_is_copied_from_end_to_end() {
    let home = home();
    let (mut desk, a, _) = two_cities(home.path());
    run(&mut desk, CompareCommand::View(CompareView::Versions));
    assert!(desk.shows("几乎没有相同字句"), "two cities share no sentences, and that is said");
    run(&mut desk, CompareCommand::Pair(a, a));
    let overlap = desk.app().overlap().unwrap();
    assert!(overlap.shares[0] > 0.99, "{}", overlap.shares[0]);
    assert!(desk.shows("照录"));
}
