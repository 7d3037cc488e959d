//! What a person does from the first start on, step by step.

use super::{Desk, Setup, home, plan_of};
use duizhao::app::{Command, Language, Screen, Side};
use duizhao::plan::{MetadataField, NodeIx};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

#[test]
fn the_first_start_shows_the_sample_project_and_says_what_to_do() {
    let home = home();
    let desk = Desk::open(home.path());
    for offer in ["打开文件…", "打开文件夹…", "新建项目…"] {
        assert!(desk.shows(offer), "{offer}");
    }
    for city in ["厦门 2017", "南宁 2017", "嘉兴 2023", "哈密 2021–2025", "大连 2017–2020"] {
        assert!(desk.shows(city), "{city}");
    }
    assert!(desk.app().plan(desk.app().view.plan.unwrap()).is_some(), "a plan is open");
}

#[test]
fn a_click_in_the_tree_moves_the_text_and_a_click_in_the_text_moves_the_tree() {
    let home = home();
    let mut desk = Desk::open(home.path());
    desk.click_containing("厦门 2017 ");
    let xiamen = plan_of(&desk, "厦门市");
    assert_eq!(desk.app().view.plan, Some(xiamen));
    desk.key(Key::J);
    desk.click_containing("(三)-3");
    let focus = desk.app().reading(xiamen).unwrap().focus.unwrap();
    assert_eq!(desk.app().clause(xiamen, focus), "(三)-3");
    let top = desk.app().reading(xiamen).unwrap().top.unwrap();
    assert!(top.0 > 3 && top <= focus, "the text followed: {top:?} {focus:?}");
    // The block before it in the text, clicked there, is then the place in the tree.
    let before = NodeIx(focus.0 - 1);
    let name = format!("{} ", desk.app().clause(xiamen, before));
    desk.harness.get_all_by_label_contains(&name).last().unwrap().click_accesskit();
    desk.settle();
    assert_eq!(desk.app().reading(xiamen).unwrap().focus, Some(before));
}

#[test]
fn tag_note_undo_redo_and_all_is_there_after_a_restart() {
    let home = home();
    let mut desk = Desk::open(home.path());
    desk.click_containing("厦门 2017 ");
    desk.click_containing("(二)-1");
    desk.key(Key::T);
    desk.type_text("家庭医生");
    desk.key(Key::Enter);
    let xiamen = plan_of(&desk, "厦门市");
    let focus = desk.app().reading(xiamen).unwrap().focus.unwrap();
    let tags = |desk: &Desk| -> Vec<String> {
        desk.app().plan(xiamen).unwrap().marks.tags(focus).map(|tag| tag.0.clone()).collect()
    };
    assert_eq!(tags(&desk), ["family_doctor"]);
    desk.saved();
    assert!(desk.annotation_files().concat().contains("family_doctor"), "on disk within a second");

    assert!(desk.shows("撤销：标签“家庭医生签约服务”→ (二)-1"));
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert!(tags(&desk).is_empty());
    desk.saved();
    assert!(!desk.annotation_files().concat().contains("family_doctor"));
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(tags(&desk), ["family_doctor"]);

    desk.key(Key::N);
    desk.type_text("30%以上，\n与省里一致");
    desk.click_containing("(二)-2");
    let mut desk = desk.restart();
    desk.click_containing("厦门 2017 ");
    assert_eq!(tags(&desk), ["family_doctor"]);
    let note = desk.app().plan(xiamen).unwrap().marks.of(focus).unwrap().note.clone();
    assert_eq!(note.unwrap().1, "30%以上，\n与省里一致");
}

#[test]
fn annotations_outlive_the_window_state_and_the_settings() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let nanning = plan_of(&desk, "南宁市");
    desk.app_mut().run(Command::OpenPlan(nanning));
    desk.settle();
    desk.app_mut().run(Command::ToggleTag(nanning, NodeIx(5), "overview".into()));
    desk.saved();
    drop(desk);
    std::fs::remove_dir_all(home.path().join("config")).unwrap();
    let mut desk = Desk::open(home.path());
    desk.app_mut().run(Command::OpenPlan(nanning));
    desk.settle();
    assert!(desk.app().plan(nanning).unwrap().marks.is_tagged(NodeIx(5)));
}

#[test]
fn words_being_composed_are_not_saved() {
    let home = home();
    let mut desk = Desk::open(home.path());
    desk.click_containing("厦门 2017 ");
    desk.click_containing("(二)-1");
    desk.key(Key::N);
    let preedit = egui::ImeEvent::Preedit { text: "zhong yi".to_owned(), active_range_chars: None };
    desk.harness.event(egui::Event::Ime(preedit));
    desk.settle();
    std::thread::sleep(std::time::Duration::from_millis(700));
    desk.settle();
    desk.saved();
    assert!(!desk.annotation_files().concat().contains("zhong"));
    desk.harness.event(egui::Event::Ime(egui::ImeEvent::Commit("中医".to_owned())));
    desk.settle();
    std::thread::sleep(std::time::Duration::from_millis(700));
    desk.settle();
    desk.saved();
    assert!(desk.annotation_files().concat().contains("中医"));
}

#[test]
fn the_tree_can_be_filtered_by_tag() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let xiamen = plan_of(&desk, "厦门市");
    desk.app_mut().run(Command::OpenPlan(xiamen));
    desk.settle();
    let node = desk.app().plan(xiamen).unwrap().plan.outline.iter();
    let node = node.map(|(ix, _)| ix).find(|&ix| desk.app().clause(xiamen, ix) == "(六)-3").unwrap();
    desk.app_mut().run(Command::ToggleTag(xiamen, node, "mental".into()));
    desk.settle();
    desk.click_containing("按标签筛选");
    desk.click("心理健康与精神卫生");
    assert!(desk.app().view.filter.is_some());
    let rows: Vec<_> = desk
        .harness
        .get_all_by_role(egui::Role::TreeItem)
        .map(|row| row.accesskit_node().label().unwrap())
        .collect();
    assert_eq!(rows.len(), 2, "the item and its section: {rows:?}");
}

#[test]
fn two_cities_stand_side_by_side_and_absence_is_said() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let (xiamen, nanning) = (plan_of(&desk, "厦门市"), plan_of(&desk, "南宁市"));
    desk.app_mut().run(Command::OpenPlan(xiamen));
    desk.settle();
    desk.click_containing("(二)-1");
    desk.key(Key::T);
    desk.type_text("家庭医生");
    desk.key(Key::Enter);
    desk.click("对照");
    assert_eq!(desk.app().view.screen, Screen::Compare);
    desk.app_mut().run(Command::SetSide(Side::A, xiamen));
    desk.app_mut().run(Command::SetSide(Side::B, nanning));
    desk.settle();
    assert!(desk.shows("A：厦门 2017") && desk.shows("B：南宁 2017"));
    assert!(desk.shows("按建议计数"), "B has no tags, so suggestions are counted and called so");
    desk.click("按标签");
    desk.click_containing("仅 A 1");
    desk.click_containing("家庭医生签约服务：A 1 条");
    desk.click("对读这一主题");
    assert!(desk.shows("厦门 2017 (二)-1"), "the item of A is there in full");
    assert!(desk.shows("南宁 2017没有标为“家庭医生签约服务”的条目"));
    desk.click("左右互换");
    assert_eq!(desk.app().view.compare.a, Some(nanning));
}

#[test]
fn files_are_imported_and_bad_ones_are_told_one_by_one() {
    let home = home();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    let plan = "某某市2024年卫生健康工作要点\n一、完善服务\n(一)加强管理。建立制度。\n(二)加强培训。培训30名医生。\n";
    write("utf8.txt", plan.as_bytes());
    write("gb.txt", &encoding_rs::GB18030.encode(&plan.replace("2024", "2022")).0);
    let utf16 = plan.replace("2024", "2021");
    let utf16: Vec<u8> = utf16.encode_utf16().flat_map(u16::to_le_bytes).collect();
    write("utf16.txt", &[&[0xff, 0xfe][..], &utf16].concat());
    write("copy.txt", plan.as_bytes());
    write("empty.txt", b"");
    write("picture.txt", &[0x89, b'P', b'N', b'G', 0, 1, 2, 3, 0, 0, 0, 255, 254]);
    let mut desk = Desk::open(home.path());
    let before = desk.app().project.as_ref().unwrap().plans.len();
    desk.app_mut().run(Command::Import(vec![folder.path().to_owned(), folder.path().join("gone.txt")]));
    desk.settle();
    desk.key(Key::Enter);
    assert_eq!(desk.app().project.as_ref().unwrap().plans.len(), before + 3);
    assert!(desk.shows("导入 3 份，已有 1 份，未能导入 3 份"));
    for name in ["empty.txt", "picture.txt", "gone.txt"] {
        assert!(desk.shows(name), "{name}");
    }
    let desk = desk.restart();
    assert_eq!(desk.app().project.as_ref().unwrap().plans.len(), before + 3);
}

#[test]
fn a_damaged_file_is_told_and_kept_and_the_rest_opens() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let (xiamen, nanning) = (plan_of(&desk, "厦门市"), plan_of(&desk, "南宁市"));
    for plan in [xiamen, nanning] {
        desk.app_mut().run(Command::OpenPlan(plan));
        desk.settle();
        let item = desk.app().plan(plan).unwrap().items[2];
        desk.app_mut().run(Command::ToggleTag(plan, item, "overview".into()));
    }
    desk.saved();
    let sheets = desk.app().project.as_ref().unwrap().folder.sheets(xiamen);
    drop(desk);
    let file = std::fs::read_dir(&sheets).unwrap().next().unwrap().unwrap().path();
    std::fs::write(&file, "(version: 1, coder: \"x\", annotations: [").unwrap();
    let desk = Desk::open(home.path());
    assert!(desk.shows("有文件损坏"));
    assert!(file.with_extension("ron.damaged").exists(), "kept aside");
    assert_eq!(desk.app().tagged_items(nanning), Some(1), "the rest opens");
}

#[test]
fn a_refusing_disk_is_told_and_the_edit_stays() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let xiamen = plan_of(&desk, "厦门市");
    desk.app_mut().run(Command::OpenPlan(xiamen));
    desk.settle();
    // A file where the folder should be: no right or mount is needed for the system to refuse.
    let sheets = desk.app().project.as_ref().unwrap().folder.sheets(xiamen);
    std::fs::write(&sheets, "in the way").unwrap();
    desk.app_mut().run(Command::ToggleTag(xiamen, NodeIx(3), "overview".into()));
    assert!(!desk.app().flush(std::time::Duration::from_millis(300)));
    desk.settle();
    assert!(desk.shows("未能保存，稍后自动重试"));
    assert!(desk.app().plan(xiamen).unwrap().marks.is_tagged(NodeIx(3)), "the edit stays in memory");
    std::fs::remove_file(&sheets).unwrap();
    desk.click("立即重试");
    desk.saved();
    assert!(desk.annotation_files().concat().contains("overview"));
}

#[test]
fn the_interface_speaks_english_too() {
    let home = home();
    let setup = Setup { language: Language::English, ..Setup::default() };
    let mut desk = Desk::open_with(home.path(), &setup);
    for words in ["Open files…", "Plans", "Outline", "Tags", "Saved"] {
        assert!(desk.shows(words), "{words}");
    }
    desk.app_mut().run(Command::SetLanguage(Some(Language::Chinese)));
    desk.settle();
    assert!(desk.shows("大纲"));
}

#[test]
fn the_outline_is_set_right_and_taken_back_and_stays_so() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let xiamen = plan_of(&desk, "厦门市");
    desk.app_mut().run(Command::OpenPlan(xiamen));
    desk.settle();
    desk.click_containing("(二)-1");
    let levels = |desk: &Desk| -> Vec<u8> {
        desk.app().plan(xiamen).unwrap().plan.outline.nodes.iter().map(|node| node.level).collect()
    };
    let before = levels(&desk);
    let focus = desk.app().reading(xiamen).unwrap().focus.unwrap();
    desk.app_mut().run(Command::ToggleTag(xiamen, focus, "family_doctor".into()));
    desk.click("纠正大纲");
    desk.click("升一级");
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(5);
    while levels(&desk) == before && std::time::Instant::now() < deadline {
        desk.settle();
    }
    assert_eq!(levels(&desk)[focus.0 as usize], 1, "one level up");
    assert!(desk.shows("已由读者纠正"));
    assert!(desk.app().plan(xiamen).unwrap().marks.is_tagged(focus), "the tag stayed where it was");
    desk.saved();
    let mut desk = desk.restart();
    desk.app_mut().run(Command::OpenPlan(xiamen));
    desk.settle();
    assert_eq!(levels(&desk)[focus.0 as usize], 1, "recorded in plan.ron");
}

#[test]
fn what_is_known_of_a_plan_can_be_set_right() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let xiamen = plan_of(&desk, "厦门市");
    let set = |desk: &mut Desk, field, words: &str| {
        desk.app_mut().run(Command::SetMetadata(xiamen, field, words.to_owned()));
        desk.settle();
    };
    set(&mut desk, MetadataField::City, "泉州市");
    set(&mut desk, MetadataField::Years, "2018-2020");
    assert!(desk.shows("泉州 2018–2020"));
    set(&mut desk, MetadataField::Years, "去年");
    assert!(desk.shows("“去年”看不懂"));
    desk.app_mut().run(Command::Undo);
    desk.app_mut().run(Command::Undo);
    desk.settle();
    assert!(desk.shows("厦门 2017"));
}

/// A click with the pointer gives a row the keyboard; single keys must work all the same.
#[test]
fn keys_work_after_a_click_with_the_pointer() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let plan = desk.app().view.plan.unwrap();
    desk.harness.get_all_by_label_contains("一-(一)").next().unwrap().click();
    desk.settle();
    let first = desk.app().reading(plan).unwrap().focus.unwrap();
    desk.key(Key::J);
    desk.key(Key::ArrowDown);
    assert_eq!(desk.app().reading(plan).unwrap().focus, Some(NodeIx(first.0 + 2)));
    desk.key(Key::Tab);
    desk.key(Key::K);
    assert_eq!(
        desk.app().reading(plan).unwrap().focus,
        Some(NodeIx(first.0 + 1)),
        "also while a control has the focus"
    );
}
