//! The codebook screen, step by step, by accessible names. Every edit is one undo step; plans' texts stay as they
//! are.

use super::{Desk, Setup};
use duizhao::annotation::{Tag, TagId};
use duizhao::app::{Chosen, CodebookCommand, Command, Language};
use duizhao::plan::NodeIx;
use duizhao::project::PlanId;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

fn open(home: &tempfile::TempDir) -> Desk {
    let mut desk = Desk::open(home.path());
    show(&mut desk);
    desk
}

fn show(desk: &mut Desk) {
    press(desk, "编码表");
}

/// Presses the button of this name.
fn press(desk: &mut Desk, name: &str) {
    desk.harness.get_by_role_and_label(egui::Role::Button, name).click_accesskit();
    desk.settle();
}

/// Gives the field of this name the keyboard.
fn focus(desk: &mut Desk, name: &str) {
    let mut fields = desk.harness.get_all_by_label(name);
    let is_field = |role| matches!(role, egui::Role::TextInput | egui::Role::MultilineTextInput);
    fields
        .find(|node| is_field(node.accesskit_node().role()))
        .unwrap_or_else(|| panic!("no field {name}"))
        .focus();
    drop(fields);
    desk.settle();
}

fn tag<'a>(desk: &'a Desk, zh: &str) -> &'a Tag {
    let book = &desk.app().project.as_ref().unwrap().codebook;
    book.tags.iter().find(|tag| tag.zh == zh).unwrap_or_else(|| panic!("no tag {zh}"))
}

fn has_tag(desk: &Desk, zh: &str) -> bool {
    desk.app().project.as_ref().unwrap().codebook.tags.iter().any(|tag| tag.zh == zh)
}

/// Chooses a tag by what a person would type.
fn choose(desk: &mut Desk, query: &str) {
    let filter = "找标签：中文、英文、拼音或首字母";
    focus(desk, filter);
    desk.key_with(Modifiers::COMMAND, Key::A);
    desk.type_text(query);
    desk.key(Key::Enter);
}

/// Writes into the field of a name, as a whole.
fn write(desk: &mut Desk, field: &str, words: &str) {
    focus(desk, field);
    desk.key_with(Modifiers::COMMAND, Key::A);
    desk.type_text(words);
    desk.key(Key::Enter);
}

/// Tags the first items of all plans with these tags.
fn tag_items(desk: &mut Desk, nodes: std::ops::Range<u32>, tags: &[&str]) -> Vec<PlanId> {
    let plans: Vec<PlanId> = desk.app().project.as_ref().unwrap().plans.keys().copied().collect();
    for &plan in &plans {
        desk.app_mut().run(Command::OpenPlan(plan));
        desk.settle();
        for node in nodes.clone() {
            for &tag in tags {
                desk.app_mut().run(Command::ToggleTag(plan, NodeIx(node), tag.into()));
            }
        }
    }
    desk.settle();
    plans
}

fn taggings(desk: &Desk, tag: &str) -> usize {
    let project = desk.app().project.as_ref().unwrap();
    let sheets = project.plans.values().flat_map(|entry| entry.sheets.iter().flatten());
    sheets.flat_map(|(_, sheet)| sheet.iter()).filter(|a| a.tag() == Some(&TagId::from(tag))).count()
}

fn texts(desk: &Desk) -> Vec<Vec<u8>> {
    let project = desk.app().project.as_ref().unwrap();
    project.plans.keys().map(|&id| std::fs::read(project.folder.text(id)).unwrap()).collect()
}

#[test]
fn a_tag_is_found_by_chinese_english_pinyin_and_initials() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = open(&home);
    for query in ["家庭医生", "family-doctor", "jiatingyisheng", "jtys"] {
        choose(&mut desk, query);
        assert_eq!(desk.app().view.codebook.chosen, Chosen::Tag("family_doctor".into()), "{query}");
        choose(&mut desk, "kongyan");
    }
}

#[test]
fn a_tag_is_made_named_coloured_and_given_a_key_and_each_is_taken_back() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = open(&home);
    choose(&mut desk, "家庭医生");
    let parent = tag(&desk, "家庭医生签约服务").id.clone();
    press(&mut desk, "新建下级标签");
    desk.type_text("签约居民");
    desk.key(Key::Enter);
    assert_eq!(tag(&desk, "签约居民").parent, Some(parent));
    assert!(desk.shows("撤销：新建标签“签约居民”"));

    write(&mut desk, "英文名称", "Enrolled residents");
    assert_eq!(tag(&desk, "签约居民").en, "Enrolled residents");
    assert!(desk.shows("撤销：改名“签约居民”→“Enrolled residents”"));
    desk.click("玫红");
    assert_eq!(tag(&desk, "签约居民").hue, 11);
    assert!(desk.shows("撤销：标签“签约居民”的颜色"));
    press(&mut desk, "快捷键：无");
    press(&mut desk, "Q");
    assert_eq!(tag(&desk, "签约居民").shortcut, Some('q'));
    assert!(desk.shows("撤销：标签“签约居民”的快捷键"));
    desk.saved();

    for _ in 0..3 {
        desk.key(Key::Escape);
        desk.app_mut().run(Command::Undo);
    }
    desk.settle();
    let made = tag(&desk, "签约居民");
    assert_eq!((made.en.as_str(), made.shortcut), ("签约居民", None));
    desk.app_mut().run(Command::Undo);
    desk.settle();
    assert!(!has_tag(&desk, "签约居民"));
}

#[test]
fn the_tree_is_worked_with_the_keyboard() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = open(&home);
    choose(&mut desk, "家庭医生");
    let order = |desk: &Desk| -> Vec<String> {
        let book = &desk.app().project.as_ref().unwrap().codebook;
        let tag = book.tag(&"family_doctor".into()).unwrap();
        book.children(&tag.facet, tag.parent.as_ref()).map(|tag| tag.id.0.clone()).collect()
    };
    let at = |desk: &Desk| order(desk).iter().position(|id| id == "family_doctor").unwrap();
    let before = at(&desk);
    desk.key_with(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(at(&desk), before - 1, "moved up, with the keyboard still on it");
    desk.key_with(Modifiers::ALT, Key::ArrowDown);
    desk.key_with(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(at(&desk), before + 1);
    desk.key_with(Modifiers::COMMAND, Key::CloseBracket);
    let parent = tag(&desk, "家庭医生签约服务").parent.clone().unwrap();
    assert!(!parent.0.starts_with("g_"), "indented below its sibling: {parent}");
    desk.key_with(Modifiers::COMMAND, Key::OpenBracket);
    assert!(tag(&desk, "家庭医生签约服务").parent.as_ref().unwrap().0.starts_with("g_"));
    desk.key(Key::ArrowDown);
    assert_ne!(desk.app().view.codebook.chosen, Chosen::Tag("family_doctor".into()), "the row below");
    desk.key(Key::Delete);
    assert!(desk.shows("删除标签“"));
    press(&mut desk, "取消");
    assert!(desk.shows("撤销：移动标签“家庭医生签约服务”"));
}

#[test]
fn the_menu_of_a_row_is_opened_used_and_left_by_keys() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = open(&home);
    choose(&mut desk, "家庭医生");
    for (modifiers, key) in [(Modifiers::SHIFT, Key::F10), (Modifiers::NONE, Key::Menu)] {
        assert!(!desk.shows("降一级"));
        desk.key_with(modifiers, key);
        assert!(desk.shows("降一级"), "{key:?}");
        desk.key(Key::Escape);
    }
    // The row has the keyboard again: its own keys work.
    desk.key(Key::ArrowDown);
    assert_ne!(desk.app().view.codebook.chosen, Chosen::Tag("family_doctor".into()));
    desk.key(Key::ArrowUp);
    // The first line of the menu has it while the menu is open: Enter names the tag.
    desk.key_with(Modifiers::SHIFT, Key::F10);
    desk.key(Key::Enter);
    desk.key_with(Modifiers::COMMAND, Key::A);
    desk.type_text("签约");
    desk.key(Key::Enter);
    assert_eq!(tag(&desk, "签约").id, "family_doctor".into());
    assert!(desk.shows("撤销：改名“家庭医生签约服务”→“签约”"));
}

#[test]
fn a_tag_goes_to_another_facet_and_what_no_longer_fits_is_said_first() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = open(&home);
    let facet = |desk: &Desk, id: &str| desk.app().project.as_ref().unwrap().codebook.facet(id).cloned();
    let instrument = tag(&desk, "资金投入").clone();
    assert!(!facet(&desk, &instrument.facet).unwrap().multiple, "one tag of it on a place");
    let plans = tag_items(&mut desk, 3..5, &["family_doctor", &instrument.id.0]).len();
    show(&mut desk);
    choose(&mut desk, "家庭医生");
    press(&mut desk, "移动");
    press(&mut desk, "移到维度“政策工具”…");
    assert!(desk.shows("把“家庭医生签约服务”移到维度“政策工具”"));
    assert!(desk.shows("已有的标注不变"));
    assert!(desk.shows(&format!("有 {} 处会同时带有", plans * 2)));
    assert_ne!(tag(&desk, "家庭医生签约服务").facet, instrument.facet, "nothing is done yet");
    desk.harness.get_all_by_role_and_label(egui::Role::Button, "移动").last().unwrap().click_accesskit();
    desk.settle();
    assert_eq!(tag(&desk, "家庭医生签约服务").facet, instrument.facet);
    assert_eq!(taggings(&desk, "family_doctor"), plans * 2);
    assert!(desk.shows("撤销：标签“家庭医生签约服务”移到维度“政策工具”"));
    desk.app_mut().run(Command::Undo);
    desk.settle();
    assert_ne!(tag(&desk, "家庭医生签约服务").facet, instrument.facet);
}

#[test]
fn a_facet_is_deleted_after_what_goes_with_it_was_shown() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = open(&home);
    let book = desk.app().project.as_ref().unwrap().codebook.clone();
    let facet = tag(&desk, "老年人").facet.clone();
    let tags = book.tags.iter().filter(|tag| tag.facet == facet).count();
    let elderly = tag(&desk, "老年人").id.0.clone();
    let plans = tag_items(&mut desk, 3..5, &["family_doctor", &elderly]).len();
    show(&mut desk);
    choose(&mut desk, "老年人");
    desk.app_mut().run(Command::Codebook(CodebookCommand::Choose(Chosen::Facet(facet.clone()))));
    desk.settle();
    press(&mut desk, "删除维度…");
    assert!(desk.shows(&format!("维度里的 {tags} 个标签一并删除")));
    assert!(desk.shows(&format!("{} 条标注将被删除，涉及 {plans} 份文件", plans * 2)));
    press(&mut desk, "取消");
    assert!(has_tag(&desk, "老年人"));
    press(&mut desk, "删除维度…");
    press(&mut desk, "删除维度和其中的标签");
    assert!(!has_tag(&desk, "老年人"));
    assert_eq!((taggings(&desk, &elderly), taggings(&desk, "family_doctor")), (0, plans * 2));
    assert!(desk.shows("撤销：删除维度“目标人群”"));
    desk.app_mut().run(Command::Undo);
    desk.settle();
    assert_eq!(desk.app().project.as_ref().unwrap().codebook, book);
    assert_eq!(taggings(&desk, &elderly), plans * 2);
}

#[test]
fn a_merge_says_what_becomes_of_taggings_and_is_one_undo_step() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = open(&home);
    let before = texts(&desk);
    let plans = tag_items(&mut desk, 3..5, &["family_doctor"]).len();
    tag_items(&mut desk, 4..5, &["tiered"]);
    show(&mut desk);
    choose(&mut desk, "家庭医生");
    press(&mut desk, "合并到…");
    focus(&mut desk, "找标签");
    desk.type_text("分级诊疗");
    desk.key(Key::Enter);
    assert!(desk.shows(&format!("{plans} 条标注改用新标签，涉及 {plans} 份文件")));
    assert!(desk.shows(&format!("{plans} 条标注并入同处已有的标签")));
    assert_eq!(taggings(&desk, "family_doctor"), plans * 2, "nothing is done yet");
    press(&mut desk, "合并");
    assert!(!has_tag(&desk, "家庭医生签约服务"));
    assert_eq!((taggings(&desk, "family_doctor"), taggings(&desk, "tiered")), (0, plans * 2));
    desk.saved();
    assert!(!desk.annotation_files().concat().contains("family_doctor"));
    desk.app_mut().run(Command::Undo);
    desk.settle();
    assert!(has_tag(&desk, "家庭医生签约服务"));
    assert_eq!((taggings(&desk, "family_doctor"), taggings(&desk, "tiered")), (plans * 2, plans));
    assert_eq!(texts(&desk), before, "no plan's text was touched");
}

#[test]
fn a_split_gives_the_chosen_taggings_to_the_new_tag() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = open(&home);
    let plans = tag_items(&mut desk, 3..5, &["family_doctor"]);
    show(&mut desk);
    choose(&mut desk, "家庭医生");
    press(&mut desk, "拆分…");
    focus(&mut desk, "新标签的名称：");
    desk.type_text("签约质量");
    let first = "厦门 2017：2 条";
    desk.harness.get_by_role_and_label(egui::Role::CheckBox, first).click_accesskit();
    desk.settle();
    assert!(desk.shows("2 条标注改用新标签，涉及 1 份文件"));
    press(&mut desk, "拆分");
    let part = tag(&desk, "签约质量").id.0.clone();
    assert_eq!((taggings(&desk, &part), taggings(&desk, "family_doctor")), (2, plans.len() * 2 - 2));
    desk.app_mut().run(Command::Undo);
    desk.settle();
    assert_eq!(taggings(&desk, "family_doctor"), plans.len() * 2);
    assert!(!has_tag(&desk, "签约质量"));
}

#[test]
fn a_deletion_shows_first_what_goes() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = open(&home);
    let plans = tag_items(&mut desk, 3..4, &["family_doctor"]).len();
    show(&mut desk);
    choose(&mut desk, "家庭医生");
    let above = tag(&desk, "家庭医生签约服务").parent.clone().unwrap();
    press(&mut desk, "删除…");
    assert!(
        desk.shows(&format!("{plans} 条标注改用新标签")),
        "they get the tag above, if nothing else is said"
    );
    desk.click("一并删除");
    assert!(desk.shows(&format!("{plans} 条标注将被删除，涉及 {plans} 份文件")));
    desk.click_containing("改为“");
    press(&mut desk, "删除标签");
    assert!(!has_tag(&desk, "家庭医生签约服务"));
    assert_eq!(taggings(&desk, &above.0), plans);
    desk.app_mut().run(Command::Undo);
    desk.settle();
    assert_eq!(taggings(&desk, "family_doctor"), plans);
}

#[test]
fn a_note_on_a_tag_and_on_the_project_is_there_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = open(&home);
    choose(&mut desk, "家庭医生");
    focus(&mut desk, "关于“家庭医生签约服务”的批注");
    desk.type_text("只收签约，不收团队建设");
    press(&mut desk, "编码表与项目");
    focus(&mut desk, "项目批注");
    desk.type_text("两人编码，厦门先行");
    let mut desk = desk.restart();
    show(&mut desk);
    assert!(desk.harness.query_all_by_value("两人编码，厦门先行").next().is_some());
    choose(&mut desk, "家庭医生");
    assert!(desk.harness.query_all_by_value("只收签约，不收团队建设").next().is_some());
}

#[test]
fn the_codebook_goes_out_and_comes_in_as_qdc_and_ron() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = open(&home);
    for name in ["book.qdc", "book.ron"] {
        let path = home.path().join(name);
        press(&mut desk, "编码表与项目");
        press(&mut desk, "按路径导出…");
        desk.type_text(path.to_str().unwrap());
        desk.key(Key::Enter);
        assert!(desk.shows("编码表已写入"), "{name}");
        assert!(path.is_file());
        choose(&mut desk, "家庭医生");
        press(&mut desk, "删除…");
        press(&mut desk, "删除标签");
        assert!(!has_tag(&desk, "家庭医生签约服务"));
        press(&mut desk, "编码表与项目");
        press(&mut desk, "按路径导入编码表…");
        desk.type_text(path.to_str().unwrap());
        desk.key(Key::Enter);
        assert!(desk.shows("新增 1 个标签"), "{name}");
        press(&mut desk, "加入编码表");
        assert!(has_tag(&desk, "家庭医生签约服务"), "{name}");
    }
    let broken = home.path().join("broken.qdc");
    std::fs::write(&broken, "<CodeBook><Codes>").unwrap();
    press(&mut desk, "按路径导入编码表…");
    desk.type_text(broken.to_str().unwrap());
    desk.key(Key::Enter);
    assert!(desk.shows("broken.qdc"), "which file, and what is wrong");
}

#[test]
fn a_tag_leads_to_the_plans_it_was_used_on() {
    let home = tempfile::tempdir().unwrap();
    let tall = Setup { size: [1280.0, 1500.0], ..Setup::default() };
    let mut desk = Desk::open_with(home.path(), &tall);
    tag_items(&mut desk, 3..5, &["family_doctor"]);
    show(&mut desk);
    choose(&mut desk, "家庭医生");
    assert!(desk.shows("使用情况：10 条标注，5 份文件"));
    desk.click("厦门 2017：2 条");
    assert_eq!(desk.app().view.filter, Some("family_doctor".into()));
}

#[test]
fn every_control_of_the_codebook_has_a_name_in_both_languages() {
    let home = tempfile::tempdir().unwrap();
    for language in [Language::Chinese, Language::English] {
        let setup = Setup { language, ..Setup::default() };
        let mut desk = Desk::open_with(home.path(), &setup);
        desk.app_mut().run(Command::SetLanguage(Some(language)));
        desk.app_mut().run(Command::Show(duizhao::app::Screen::Codebook));
        for chosen in [Chosen::Whole, Chosen::Facet("instrument".into()), Chosen::Tag("family_doctor".into())]
        {
            desk.app_mut().run(Command::Codebook(CodebookCommand::Choose(chosen.clone())));
            desk.settle();
            super::assert_all_named(&desk, &format!("{language:?} {chosen:?}"));
        }
    }
}
