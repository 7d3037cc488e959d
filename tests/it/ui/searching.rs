//! Tagging what was found: looked over first, place by place, then one edit over all plans.

use super::{Desk, home, plan_of};
use duizhao::app::{
    Command, EditName, FindCommand, HitsOf, Reach, Screen, SearchCommand, SearchTaggingCommand,
};
use duizhao::app::{Site, Standing};
use duizhao::plan::NodeIx;
use duizhao::project::PlanId;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use std::collections::BTreeSet;

/// The search screen with the hits of these words in all plans.
fn searched(home: &std::path::Path, words: &str) -> Desk {
    let mut desk = Desk::open(home);
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    desk.type_text(words);
    desk.searched();
    desk
}

/// Picks a tag for all hits by keyboard.
fn pick(desk: &mut Desk, tag: &str) {
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    desk.type_text(tag);
    desk.key(Key::Enter);
}

/// Tagged items of all plans with this tag, as files have them.
fn tagged(desk: &Desk, tag: &str) -> usize {
    desk.saved();
    let wanted = format!("tag(\"{tag}\")");
    desk.annotation_files().iter().map(|file| file.matches(&wanted).count()).sum()
}

fn rows(desk: &Desk) -> Vec<String> {
    desk.harness
        .query_all_by_role(egui::Role::CheckBox)
        .filter_map(|row| row.accesskit_node().label())
        .collect()
}

#[test]
fn all_hits_are_looked_over_and_tagged_as_one_edit_by_keyboard_alone() {
    let home = home();
    let mut desk = searched(home.path(), "签约");
    pick(&mut desk, "家庭医生");
    let tagging = desk.app().search.tagging.as_ref().unwrap();
    let (places, plans): (usize, BTreeSet<PlanId>) =
        (tagging.places().len(), tagging.places().iter().map(|place| place.plan).collect());
    assert!(places > 4 && plans.len() > 2, "{places} in {}", plans.len());
    let hits: usize = tagging.places().iter().map(|place| place.hits).sum();
    assert!(hits > places, "several hits of an item are one place");
    assert!(desk.shows(&format!("{} 份文件中 {places} 处", plans.len())));
    assert!(
        rows(&desk)
            .iter()
            .any(|row| row.contains("厦门 2017") && row.contains("(二)-1") && row.contains("签约"))
    );
    assert_eq!(tagged(&desk, "family_doctor"), 0, "nothing is tagged yet");
    // The first is left out.
    desk.key(Key::Space);
    assert_eq!(desk.app().search.tagging.as_ref().unwrap().ticked(), places - 1);
    desk.key_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(tagged(&desk, "family_doctor"), places - 1);
    let name = EditName::TagHits("family_doctor".into(), "签约".to_owned(), places - 1);
    assert_eq!(desk.app().history.undo_name(), Some(&name));
    assert_eq!(desk.app().view.screen, Screen::Search);
    assert!(desk.app().search.tagging.is_none() && desk.shows("处"), "the hits are there again");
    desk.key_with(Modifiers::COMMAND, Key::K);
    desk.type_text("撤销");
    desk.key(Key::Enter);
    assert_eq!(tagged(&desk, "family_doctor"), 0, "one step back for all plans");
    assert_ne!(desk.app().history.undo_name(), Some(&name));
    desk.app_mut().run(Command::Redo);
    assert_eq!(tagged(&desk, "family_doctor"), places - 1);
}

#[test]
fn what_carries_the_tag_is_said_and_not_tagged_again() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let xiamen = plan_of(&desk, "厦门市");
    desk.app_mut().run(Command::OpenPlan(xiamen));
    desk.settle();
    desk.click_containing("(二)-1 ");
    let item = desk.app().reading(xiamen).unwrap().focus.unwrap();
    desk.app_mut().run(Command::ToggleTag(xiamen, item, "family_doctor".into()));
    desk.app_mut().run(Command::Search(SearchCommand::Find("家庭医生".to_owned())));
    desk.app_mut().run(Command::Show(Screen::Search));
    desk.searched();
    pick(&mut desk, "家庭医生");
    let carried = rows(&desk).into_iter().filter(|row| row.contains("已有此标签")).collect::<Vec<_>>();
    assert_eq!(carried.len(), 1, "{carried:?}");
    let places = desk.app().search.tagging.as_ref().unwrap().places().len();
    assert_eq!(desk.app().search.tagging.as_ref().unwrap().ticked(), places - 1);
    desk.click(&carried[0]);
    assert_eq!(desk.app().search.tagging.as_ref().unwrap().ticked(), places - 1, "it cannot be ticked");
    desk.click_containing("标注选中的");
    assert_eq!(tagged(&desk, "family_doctor"), places, "each place once");
}

#[test]
fn hits_in_the_plan_are_tagged_as_sentences_or_words_and_lead_back_to_it() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let xiamen = plan_of(&desk, "厦门市");
    desk.app_mut().run(Command::OpenPlan(xiamen));
    desk.app_mut().run(Command::Find(FindCommand::Open(Some("家庭医生".to_owned()))));
    desk.settle();
    let hits = desk.app().find.hits.clone();
    desk.click("标注全部命中…");
    desk.type_text("心理");
    desk.key(Key::Enter);
    assert_eq!(desk.app().view.screen, Screen::Search);
    desk.click("所在句子");
    assert_eq!(desk.app().search.tagging.as_ref().unwrap().reach, Reach::Sentence);
    desk.click("仅命中词语");
    let tagging = desk.app().search.tagging.as_ref().unwrap();
    assert_eq!((tagging.of, tagging.places().len()), (HitsOf::Plan, hits.len()));
    desk.key_with(Modifiers::COMMAND, Key::A);
    desk.key_with(Modifiers::COMMAND, Key::A);
    desk.key_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!((desk.app().view.screen, desk.app().view.plan), (Screen::Read, Some(xiamen)));
    let marks = &desk.app().plan(xiamen).unwrap().marks;
    for hit in hits {
        let tags: Vec<_> = marks.tags_at(Site::Passage(hit)).map(|(tag, _)| tag.0.as_str()).collect();
        assert_eq!(tags, ["mental"], "{hit:?}");
    }
}

#[test]
fn a_tag_of_a_facet_that_allows_one_replaces_only_where_it_is_ticked() {
    let home = home();
    let mut desk = searched(home.path(), "家庭医生");
    let first = desk.app().search.found.values().next().unwrap().plan;
    desk.app_mut().run(Command::OpenPlan(first));
    desk.settle();
    let hit = desk.app().search.found.values().next().unwrap().hits[0].clause.clone().unwrap().node.unwrap();
    let (one, other) = {
        let book = &desk.app().project.as_ref().unwrap().codebook;
        let facet = book.facets.iter().find(|facet| !facet.multiple).unwrap();
        let mut tags = book.tags.iter().filter(|tag| tag.facet == facet.id).map(|tag| tag.id.clone());
        (tags.next().unwrap(), tags.next().unwrap())
    };
    desk.app_mut().run(Command::ToggleTag(first, hit, one.clone()));
    let propose = SearchTaggingCommand::Propose(HitsOf::Project, other.clone());
    desk.app_mut().run(Command::Search(SearchCommand::Tagging(propose)));
    desk.settle();
    let at = |desk: &Desk| {
        let places = desk.app().search.tagging.as_ref().unwrap().places();
        places.iter().position(|place| place.standing == Standing::Replaces(one.clone())).unwrap()
    };
    let row = at(&desk);
    assert!(!desk.app().search.tagging.as_ref().unwrap().places()[row].ticked, "a person decides");
    desk.app_mut().run(Command::Search(SearchCommand::Tagging(SearchTaggingCommand::Tick(row, true))));
    desk.app_mut().run(Command::Search(SearchCommand::Tagging(SearchTaggingCommand::CarryOut)));
    let tags = |desk: &Desk, ix: NodeIx| -> Vec<String> {
        desk.app().plan(first).unwrap().marks.tags(ix).map(|tag| tag.0.clone()).collect()
    };
    assert_eq!(tags(&desk, hit), [other.0.as_str()]);
    desk.app_mut().run(Command::Undo);
    assert_eq!(tags(&desk, hit), [one.0.as_str()], "undo brings the other back");
}

#[test]
fn escape_leaves_the_places_and_a_new_search_forgets_them() {
    let home = home();
    let mut desk = searched(home.path(), "家庭医生");
    pick(&mut desk, "家庭医生");
    assert!(desk.app().search.tagging.is_some());
    desk.key(Key::Escape);
    assert!(desk.app().search.tagging.is_none());
    assert_eq!(desk.app().view.screen, Screen::Search);
    assert!(!desk.app().search.found.is_empty(), "what was found stays");
    pick(&mut desk, "家庭医生");
    desk.app_mut().run(Command::Search(SearchCommand::Find("控烟".to_owned())));
    desk.settle();
    assert!(desk.app().search.tagging.is_none());
}
