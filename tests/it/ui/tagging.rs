//! Reading and tagging, by keyboard and mouse: passages, favourites, suggestions, parts, rows, the whole plan.

use super::{Desk, home, plan_of};
use duizhao::app::{Command, ReadingCommand, Selection, Site};
use duizhao::plan::{Kind, NodeIx};
use duizhao::project::PlanId;
use duizhao::text::{CharPos, Span};
use egui::{Event, Key, Modifiers, OutputCommand, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use std::time::Duration;

/// Xiamen's plan with the focus on (二)-1.
fn desk(home: &std::path::Path) -> (Desk, PlanId, NodeIx) {
    let mut desk = Desk::open(home);
    desk.click_containing("厦门 2017 ");
    desk.click_containing("(二)-1");
    let plan = plan_of(&desk, "厦门市");
    let focus = desk.app().reading(plan).unwrap().focus.unwrap();
    (desk, plan, focus)
}

fn selected(desk: &Desk, plan: PlanId) -> String {
    let selection = desk.app().reading(plan).unwrap().selection;
    let span = selection.map_or(Span::default(), Selection::span);
    desk.app().plan(plan).unwrap().plan.text.slice(span).to_owned()
}

fn tags_at(desk: &Desk, plan: PlanId, site: Site) -> Vec<String> {
    desk.app().plan(plan).unwrap().marks.tags_at(site).map(|(tag, _)| tag.0.clone()).collect()
}

/// A node of the plan whose clause number is this.
fn node(desk: &Desk, plan: PlanId, clause: &str) -> NodeIx {
    let open = desk.app().plan(plan).unwrap();
    open.plan.outline.iter().map(|(ix, _)| ix).find(|&ix| desk.app().clause(plan, ix) == clause).unwrap()
}

fn shift(desk: &mut Desk, key: Key, times: usize) {
    for _ in 0..times {
        desk.key_with(Modifiers::SHIFT, key);
    }
}

fn copied(desk: &Desk) -> Option<String> {
    desk.harness.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

fn press(desk: &mut Desk, at: Pos2, pressed: bool) {
    let button = PointerButton::Primary;
    desk.harness.event(Event::PointerMoved(at));
    desk.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
    desk.harness.step();
}

/// The block of the text (not the row of the tree) whose name begins so.
fn block(desk: &Desk, name: &str) -> egui::Rect {
    desk.harness
        .get_all_by_role(egui::Role::Paragraph)
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(name)))
        .unwrap_or_else(|| panic!("no block {name}"))
        .rect()
}

#[test]
fn words_are_selected_with_shift_and_arrows_and_tagged_like_an_item() {
    let home = home();
    let (mut desk, plan, focus) = desk(home.path());
    shift(&mut desk, Key::ArrowRight, 4);
    assert_eq!(selected(&desk, plan).chars().count(), 4);
    shift(&mut desk, Key::ArrowLeft, 1);
    let words = selected(&desk, plan);
    assert_eq!(words.chars().count(), 3);
    desk.key(Key::T);
    desk.type_text("家庭医生");
    desk.key(Key::Enter);
    let span = desk.app().reading(plan).unwrap().selection.unwrap().span();
    assert_eq!(tags_at(&desk, plan, Site::Passage(span)), ["family_doctor"]);
    assert!(tags_at(&desk, plan, Site::Node(focus)).is_empty(), "the item itself is not tagged");
    desk.saved();
    let files = desk.annotation_files().concat();
    assert!(files.contains("on: passage") && files.contains(&words), "{files}");
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert!(tags_at(&desk, plan, Site::Passage(span)).is_empty());
}

#[test]
fn a_row_down_a_word_and_the_end_of_a_row_extend_the_selection() {
    let home = home();
    let (mut desk, plan, _) = desk(home.path());
    duizhao::text::load_dictionary();
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    let word = selected(&desk, plan);
    assert!((1..=4).contains(&word.chars().count()), "a word of the dictionary: {word}");
    shift(&mut desk, Key::End, 1);
    let row = selected(&desk, plan).chars().count();
    shift(&mut desk, Key::ArrowDown, 2);
    assert!(
        selected(&desk, plan).chars().count() > row,
        "down by rows, into the next block where this one ends"
    );
}

#[test]
fn a_selection_is_dragged_across_blocks() {
    let home = home();
    let (mut desk, plan, _) = desk(home.path());
    let (first, second) = (block(&desk, "(二)-1"), block(&desk, "(二)-2"));
    press(&mut desk, first.left_top() + egui::vec2(160.0, first.height() - 24.0), true);
    let to = second.left_top() + egui::vec2(220.0, second.height() - 24.0);
    for step in 1..=4 {
        desk.harness.event(Event::PointerMoved(first.center().lerp(to, step as f32 / 4.0)));
        desk.harness.step();
    }
    press(&mut desk, to, false);
    desk.settle();
    let span = desk.app().reading(plan).unwrap().selection.unwrap().span();
    let outline = &desk.app().plan(plan).unwrap().plan.outline;
    assert_ne!(outline.at(span.start), outline.at(CharPos(span.end.0 - 1)), "over two nodes");
}

#[test]
fn a_double_click_takes_the_word_and_a_third_the_sentence() {
    let home = home();
    let (mut desk, plan, _) = desk(home.path());
    duizhao::text::load_dictionary();
    let rect = block(&desk, "(二)-1");
    let at = rect.left_top() + egui::vec2(190.0, 24.0);
    // A step of the harness is a quarter of a second: too slow a hand for the default.
    desk.harness.ctx.options_mut(|options| options.input_options.max_double_click_delay = 5.0);
    for clicks in 1..=3 {
        desk.harness.event(Event::PointerMoved(at));
        for pressed in [true, false] {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            desk.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        }
        desk.harness.step();
        desk.harness.step();
        let chars = selected(&desk, plan).chars().count();
        match clicks {
            1 => assert_eq!(chars, 0),
            2 => assert!((1..=4).contains(&chars), "a word: {}", selected(&desk, plan)),
            _ => assert!(chars > 4, "a sentence: {}", selected(&desk, plan)),
        }
    }
}

#[test]
fn words_are_copied_plain_and_with_their_citation() {
    let home = home();
    let (mut desk, plan, focus) = desk(home.path());
    shift(&mut desk, Key::ArrowRight, 4);
    let words = selected(&desk, plan);
    desk.harness.event(Event::Copy);
    desk.harness.step();
    assert_eq!(copied(&desk).as_deref(), Some(words.as_str()));
    let modifiers = Modifiers::COMMAND | Modifiers::SHIFT;
    desk.harness.event(Event::Key {
        key: Key::C,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    });
    desk.harness.step();
    assert_eq!(copied(&desk), Some(format!("“{words}”（厦门2017 (二)-1）")));
    desk.app_mut().run(Command::Focus(plan, focus));
    desk.settle();
    desk.harness.event(Event::Copy);
    desk.harness.step();
    assert!(
        copied(&desk).is_some_and(|item| item.contains(&words) && item.starts_with('1')),
        "the whole item"
    );
}

#[test]
fn a_digit_tags_at_once_and_shows_in_the_next_frame() {
    let home = home();
    let (mut desk, plan, focus) = desk(home.path());
    let tag = desk.app().favourite(1).unwrap().clone();
    desk.harness.event(Event::Text("1".to_owned()));
    desk.harness.step();
    assert_eq!(tags_at(&desk, plan, Site::Node(focus)), [tag.0.as_str()], "in the frame of the key");
    desk.harness.step();
    let name = desk.app().project.as_ref().unwrap().codebook.tag(&tag).unwrap().zh.clone();
    assert!(desk.shows(&format!("标签 {name}，打开菜单")), "on the screen in the next");
    desk.type_text("1");
    assert!(tags_at(&desk, plan, Site::Node(focus)).is_empty(), "again takes it off");
}

#[test]
fn a_favourite_is_chosen_in_the_list_of_tags_and_kept() {
    let home = home();
    let (mut desk, ..) = desk(home.path());
    desk.key(Key::T);
    desk.type_text("jtys");
    desk.key_with(Modifiers::COMMAND, Key::Num3);
    desk.key(Key::Escape);
    assert_eq!(desk.app().favourite(3).unwrap().0, "family_doctor");
    let desk = desk.restart();
    assert_eq!(desk.app().favourite(3).unwrap().0, "family_doctor");
}

#[test]
fn a_tags_own_key_tags() {
    let home = home();
    let (mut desk, plan, focus) = desk(home.path());
    let project = desk.app_mut().project.as_mut().unwrap();
    let mut codebook = (*project.codebook).clone();
    let tag = codebook.tags.iter_mut().find(|tag| tag.id.0 == "mental").unwrap();
    tag.shortcut = Some('x');
    project.codebook = std::sync::Arc::new(codebook);
    desk.settle();
    desk.type_text("x");
    assert_eq!(tags_at(&desk, plan, Site::Node(focus)), ["mental"]);
}

#[test]
fn the_list_of_tags_is_used_by_keyboard_and_puts_recent_tags_first() {
    let home = home();
    let (mut desk, plan, focus) = desk(home.path());
    desk.key(Key::T);
    desk.type_text("xljk");
    desk.key_with(Modifiers::SHIFT, Key::Enter);
    assert_eq!(tags_at(&desk, plan, Site::Node(focus)), ["mental"]);
    assert!(desk.shows("找标签") || desk.shows("选标签"), "with Shift the list stays");
    desk.key(Key::Enter);
    assert!(tags_at(&desk, plan, Site::Node(focus)).is_empty(), "Enter takes it off again");
    desk.key(Key::J);
    assert_ne!(desk.app().reading(plan).unwrap().focus, Some(focus), "the keys are the text's again");
    desk.key(Key::T);
    assert!(desk.shows("最近用过：心理健康"), "used lately, so first");
    desk.key(Key::Enter);
    let here = desk.app().reading(plan).unwrap().site().unwrap();
    assert_eq!(tags_at(&desk, plan, here), ["mental"]);
    desk.key(Key::T);
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    assert_eq!(tags_at(&desk, plan, here).len(), 2, "the arrows choose");
}

#[test]
fn suggestions_say_why_and_a_accepts_the_first() {
    let home = home();
    let (mut desk, plan, focus) = desk(home.path());
    let offered = desk.app().suggestions_at(plan, Site::Node(focus));
    let first = offered[0].tag.0.clone();
    assert_eq!(first, "family_doctor");
    assert!(desk.shows("采纳建议：家庭医生签约服务"));
    assert!(tags_at(&desk, plan, Site::Node(focus)).is_empty(), "nothing is tagged without a key");
    desk.key(Key::A);
    assert_eq!(tags_at(&desk, plan, Site::Node(focus)), [first.as_str()]);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert!(tags_at(&desk, plan, Site::Node(focus)).is_empty());
}

#[test]
fn keywords_fill_up_what_cues_say_too_little_of_once_a_person_comes_there() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let path = home.path().join("某市2024年卫生健康工作要点.txt");
    let words = "某市2024年卫生健康工作要点\n一、加强领导。建立督导机制。\n二、加强监管。开展检查。\n\
                 三、广泛开展宣传,引导群众养成文明的习惯。\n四、加强投入。落实资金。\n";
    std::fs::write(&path, words).unwrap();
    let project = desk.app_mut().project.as_mut().unwrap();
    let candidate = duizhao::project::read_candidate(&path, jiff::Timestamp::now()).unwrap();
    candidate.store(&project.folder).unwrap();
    let plan = candidate.record.id;
    project.insert(candidate.record);
    desk.app_mut().run(Command::OpenPlan(plan));
    desk.settle();
    let item = node(&desk, plan, "三");
    // Opening a plan, as a start does, asks for no dictionary.
    assert!(desk.app().suggestions(plan, item).is_empty(), "{:?}", desk.app().suggestions(plan, item));
    desk.app_mut().run(Command::Focus(plan, item));
    desk.settle();
    let found = desk.app().suggestions_at(plan, Site::Node(item));
    assert_eq!(found[0].tag.0, "publicity");
    assert_eq!(found[0].evidence, duizhao::insight::Evidence::Keywords);
    assert!(desk.shows("仅据关键词：") && desk.shows("宣传"));
    desk.key(Key::A);
    assert_eq!(tags_at(&desk, plan, Site::Node(item)), ["publicity"]);
}

#[test]
fn an_item_is_tagged_sentence_by_sentence() {
    let home = home();
    let (mut desk, plan, _) = desk(home.path());
    let focus = node(&desk, plan, "(二)-2");
    desk.app_mut().run(Command::Focus(plan, focus));
    desk.settle();
    desk.key(Key::S);
    assert!(desk.shows("第 1 部分") && desk.shows("第 2 部分"));
    desk.key(Key::J);
    desk.key(Key::J);
    let Some(Site::Passage(second)) = desk.app().reading(plan).unwrap().site() else { panic!("no part") };
    desk.key(Key::T);
    desk.type_text("心理");
    desk.key(Key::Enter);
    assert_eq!(tags_at(&desk, plan, Site::Passage(second)), ["mental"]);
    assert_eq!(desk.app().reading(plan).unwrap().focus, Some(focus));
    desk.key(Key::S);
    assert!(!desk.shows("第 2 部分"), "whole again");
}

#[test]
fn a_row_of_a_table_is_tagged_by_itself() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let project = desk.app().project.as_ref().unwrap();
    let plans: Vec<PlanId> = project.plans.keys().copied().collect();
    for plan in plans {
        desk.app_mut().run(Command::OpenPlan(plan));
        desk.settle();
        let outline = &desk.app().plan(plan).unwrap().plan.outline;
        let Some(table) = outline.iter().find(|(_, n)| n.kind == Kind::Table && n.rows.len() > 1) else {
            continue;
        };
        let table = table.0;
        desk.app_mut().run(Command::Focus(plan, table));
        desk.settle();
        desk.key(Key::J);
        desk.key(Key::J);
        assert_eq!(desk.app().reading(plan).unwrap().site(), Some(Site::Row(table, 1)));
        desk.key(Key::T);
        desk.type_text("心理");
        desk.key(Key::Enter);
        assert_eq!(tags_at(&desk, plan, Site::Row(table, 1)), ["mental"]);
        assert!(desk.app().plan(plan).unwrap().marks.is_tagged(table));
        desk.saved();
        assert!(desk.annotation_files().concat().contains("on: row"));
        return;
    }
    panic!("no sample has a table");
}

#[test]
fn the_whole_plan_is_tagged_and_noted() {
    let home = home();
    let (mut desk, plan, _) = desk(home.path());
    desk.click("整份文件的标签与批注");
    desk.click("给整份文件选标签…");
    desk.type_text("心理");
    desk.key(Key::Enter);
    assert_eq!(tags_at(&desk, plan, Site::Plan), ["mental"]);
    desk.app_mut().run(Command::Reading(ReadingCommand::SetNote(plan, Site::Plan, "全文概览".to_owned())));
    desk.saved();
    let files = desk.annotation_files().concat();
    assert!(files.contains("on: plan") && files.contains("全文概览"));
}

#[test]
fn right_click_and_menu_key_open_the_same_menu() {
    let home = home();
    let (mut desk, plan, _) = desk(home.path());
    let focus = node(&desk, plan, "(二)-2");
    let offers = ["选标签…", "写批注", "连同出处复制", "按句拆开来标", "纠正大纲"];
    desk.key(Key::Menu);
    for offer in offers {
        assert!(desk.shows(offer), "menu key: {offer}");
    }
    desk.key(Key::Escape);
    assert!(!desk.shows("连同出处复制"));
    let at = block(&desk, "(二)-2").center();
    for pressed in [true, false] {
        desk.harness.event(Event::PointerMoved(at));
        let button = PointerButton::Secondary;
        desk.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
        desk.harness.step();
    }
    desk.settle();
    for offer in offers {
        assert!(desk.shows(offer), "right click: {offer}");
    }
    desk.click_containing("按句拆开来标");
    assert!(desk.app().reading(plan).unwrap().divided.contains_key(&focus));
}

#[test]
fn the_place_in_a_plan_is_found_again_after_a_restart() {
    let home = home();
    let (mut desk, plan, _) = desk(home.path());
    let there = node(&desk, plan, "(六)-3");
    desk.app_mut().run(Command::Focus(plan, there));
    desk.settle();
    let mut desk = desk.restart();
    desk.click_containing("厦门 2017 ");
    let reading = desk.app().reading(plan).unwrap();
    assert_eq!(reading.focus, Some(there));
    assert!(reading.top.is_some_and(|top| top.0 > 5), "in view: {:?}", reading.top);
}

#[test]
fn the_item_at_the_top_stays_there_when_size_or_width_change() {
    let home = home();
    let (mut desk, plan, _) = desk(home.path());
    let there = node(&desk, plan, "(五)-2");
    desk.app_mut().run(Command::Focus(plan, there));
    desk.settle();
    let top = desk.app().reading(plan).unwrap().top;
    for command in [
        Command::SetReadingSize(24.0),
        Command::ToggleLeft,
        Command::ToggleInspector,
        Command::Reading(ReadingCommand::SetLeading(2.2)),
        Command::Reading(ReadingCommand::SetColumnChars(30.0)),
    ] {
        desk.app_mut().run(command.clone());
        desk.settle();
        assert_eq!(desk.app().reading(plan).unwrap().top, top, "{command:?}");
    }
}

#[test]
fn a_still_window_asks_for_no_frames() {
    let home = home();
    let (mut desk, ..) = desk(home.path());
    desk.saved();
    desk.settle();
    let mut asks_for_more = || {
        desk.harness.step();
        let delays = desk.harness.output().viewport_output.values().map(|output| output.repaint_delay);
        delays.min().is_some_and(|delay| delay <= Duration::from_secs(1))
    };
    // Glyphs out of view are drawn a few a frame, none more than once.
    assert!((0..3000).any(|_| !asks_for_more()), "repaints go on");
    assert!(!asks_for_more());
}

#[test]
fn facts_show_their_words_in_the_text() {
    let home = home();
    let (mut desk, plan, _) = desk(home.path());
    let open = desk.app().plan(plan).unwrap();
    let target = open.plan.targets.iter().find(|target| !target.baseline).unwrap().clone();
    desk.app_mut().run(Command::Focus(plan, target.node));
    desk.settle();
    desk.click_containing("目标值：");
    let selection = desk.app().reading(plan).unwrap().selection.unwrap();
    let of_node =
        desk.app().plan(plan).unwrap().plan.targets.iter().filter(|other| other.node == target.node);
    assert!(of_node.map(|other| other.span).any(|span| span == selection.span()));
}
