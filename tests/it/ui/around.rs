//! Everything around the text: palette, finding, searching, library, outline, settings, what is remembered.

use super::{Desk, plan_of};
use duizhao::app::{Command, Grouping, Language, LibraryCommand, Screen, Sorting, Theme};
use duizhao::plan::MetadataField;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn ctrl(desk: &mut Desk, key: Key) {
    desk.key_with(Modifiers::COMMAND, key);
}

/// A desk on the plan of Xiamen with this clause in focus.
fn at_clause(home: &std::path::Path, clause: &str) -> Desk {
    let mut desk = Desk::open(home);
    let xiamen = plan_of(&desk, "厦门市");
    desk.app_mut().run(Command::OpenPlan(xiamen));
    desk.settle();
    desk.click_containing(&format!("{clause} "));
    desk
}

fn focus_clause(desk: &Desk) -> String {
    let plan = desk.app().view.plan.unwrap();
    desk.app().clause(plan, desk.app().reading(plan).unwrap().focus.unwrap())
}

/// The names of the visible rows of a list or tree.
fn rows(desk: &Desk, role: egui::Role) -> Vec<String> {
    desk.harness.query_all_by_role(role).filter_map(|row| row.accesskit_node().label()).collect()
}

#[test]
fn the_palette_finds_by_chinese_english_pinyin_and_initials_and_enter_acts() {
    let home = home();
    let mut desk = at_clause(home.path(), "(二)-1");
    let plan = desk.app().view.plan.unwrap();
    let focus = desk.app().reading(plan).unwrap().focus.unwrap();
    let tags = |desk: &Desk| -> Vec<String> {
        desk.app().plan(plan).unwrap().marks.tags(focus).map(|tag| tag.0.clone()).collect()
    };
    for (query, expect) in [("家庭医生签约", 1), ("family doctor", 0), ("jiatingyisheng", 1), ("jtysqyfw", 0)]
    {
        ctrl(&mut desk, Key::K);
        desk.type_text(query);
        desk.key(Key::Enter);
        assert_eq!(tags(&desk).len(), expect, "{query}: on, off, on, off");
    }
    // The tag used last comes first, a command is found in the other language.
    ctrl(&mut desk, Key::K);
    desk.key(Key::Enter);
    assert_eq!(tags(&desk), ["family_doctor"]);
    ctrl(&mut desk, Key::K);
    desk.type_text("undo");
    desk.key(Key::Enter);
    assert!(tags(&desk).is_empty());
}

#[test]
fn escape_leaves_the_palette_and_gives_the_keyboard_back() {
    let home = home();
    let mut desk = at_clause(home.path(), "(二)-1");
    desk.key(Key::N);
    desk.type_text("甲");
    ctrl(&mut desk, Key::K);
    assert!(desk.shows("命令"));
    desk.type_text("家庭");
    desk.key(Key::Escape);
    desk.type_text("乙");
    desk.key(Key::Tab);
    let mut desk = desk.restart();
    assert!(desk.annotation_files().concat().contains("甲乙"), "typing went on in the note");
    ctrl(&mut desk, Key::K);
    ctrl(&mut desk, Key::K);
    assert!(
        rows(&desk, egui::Role::ListItem).iter().all(|row| !row.contains("撤销")),
        "the same key closes it"
    );
}

#[test]
fn a_plan_or_clause_is_reached_by_typing_its_number() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let (xiamen, nanning) = (plan_of(&desk, "厦门市"), plan_of(&desk, "南宁市"));
    desk.app_mut().run(Command::OpenPlan(nanning));
    desk.settle();
    ctrl(&mut desk, Key::P);
    desk.type_text("厦门2017 (二)-1");
    desk.key(Key::Enter);
    assert_eq!((desk.app().view.plan, focus_clause(&desk).as_str()), (Some(xiamen), "(二)-1"));
    ctrl(&mut desk, Key::P);
    desk.type_text("6.3");
    desk.key(Key::Enter);
    assert_eq!(focus_clause(&desk), "(六)-3");
    ctrl(&mut desk, Key::P);
    desk.type_text("nn2017");
    desk.key(Key::Enter);
    assert_eq!(desk.app().view.plan, Some(nanning));
    desk.key_with(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!((desk.app().view.plan, focus_clause(&desk).as_str()), (Some(xiamen), "(六)-3"));
}

#[test]
fn words_are_found_in_the_plan_and_letters_typed_there_do_nothing_else() {
    let home = home();
    let mut desk = at_clause(home.path(), "(二)-1");
    let before = focus_clause(&desk);
    ctrl(&mut desk, Key::F);
    desk.key(Key::J);
    assert_eq!(focus_clause(&desk), before, "J is for the field, not a command");
    desk.type_text("家庭医生");
    assert!(desk.app().find.hits.len() > 2, "{:?}", desk.app().find.hits.len());
    assert!(desk.shows(&format!("，共 {} 处", desk.app().find.hits.len())));
    let at = desk.app().find.at.unwrap();
    desk.key(Key::Enter);
    assert_eq!(desk.app().find.at, Some(at + 1));
    desk.key_with(Modifiers::SHIFT, Key::Enter);
    desk.key(Key::F3);
    desk.key_with(Modifiers::SHIFT, Key::F3);
    assert_eq!(desk.app().find.at, Some(at));
    let preedit = egui::ImeEvent::Preedit { text: "kong yan".to_owned(), active_range_chars: None };
    desk.harness.event(egui::Event::Ime(preedit));
    desk.settle();
    assert_eq!(desk.app().find.query, "家庭医生", "what is being composed is not looked for");
    desk.harness.event(egui::Event::Ime(egui::ImeEvent::Commit("团队".to_owned())));
    desk.settle();
    assert_eq!(desk.app().find.query, "家庭医生团队");
    desk.key(Key::Escape);
    desk.key(Key::Escape);
    assert!(!desk.app().find.is_open);
}

#[test]
fn the_project_is_searched_and_a_hit_opens_marked_with_the_next_one_at_a_key() {
    let home = home();
    let mut desk = Desk::open(home.path());
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    assert_eq!(desk.app().view.screen, Screen::Search);
    desk.type_text("家庭医生");
    desk.searched();
    let total = desk.app().search.total;
    assert!(total > 5);
    assert!(desk.shows(&format!("共 {total} 处")));
    let listed = rows(&desk, egui::Role::ListItem);
    assert!(listed[0].contains("处"), "a plan with its count: {}", listed[0]);
    assert!(listed[1].contains("家庭医生") && listed[1].contains('('), "clause and context: {}", listed[1]);
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    assert_eq!(desk.app().view.screen, Screen::Read);
    assert_eq!((desk.app().find.query.as_str(), desk.app().find.at), ("家庭医生", Some(0)));
    let first = desk.app().view.plan.unwrap();
    for _ in 0..desk.app().find.hits.len() {
        desk.key(Key::F3);
    }
    assert_ne!(desk.app().view.plan, Some(first), "over the end of a plan it goes on with the next");
    desk.key_with(Modifiers::SHIFT, Key::F3);
    assert_eq!(desk.app().view.plan, Some(first));
    // One character, and none.
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    ctrl(&mut desk, Key::A);
    desk.type_text("烟");
    desk.searched();
    assert!(desk.app().search.total > 0);
    ctrl(&mut desk, Key::A);
    desk.type_text("没有这样的词");
    desk.searched();
    assert!(desk.shows("都没有"), "nothing found is said, with what to try");
}

#[test]
fn the_library_is_grouped_sorted_filtered_and_leads_to_what_is_untagged() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let xiamen = plan_of(&desk, "厦门市");
    desk.click("排列");
    desk.click("按省份");
    assert_eq!(desk.app().settings.grouping, Grouping::Province);
    let listed = rows(&desk, egui::Role::ListItem);
    assert!(listed.iter().any(|row| row.starts_with("福建省：1 份")), "{listed:?}");
    desk.click_containing("福建省：");
    assert!(!rows(&desk, egui::Role::ListItem).iter().any(|row| row.starts_with("厦门")), "folded");
    desk.app_mut().run(Command::Library(LibraryCommand::Group(Grouping::None)));
    desk.app_mut().run(Command::Library(LibraryCommand::Sort(Sorting::Progress)));
    desk.app_mut().run(Command::OpenPlan(xiamen));
    desk.settle();
    desk.click_containing("(二)-1 ");
    let focus = desk.app().reading(xiamen).unwrap().focus.unwrap();
    desk.app_mut().run(Command::ToggleTag(xiamen, focus, "family_doctor".into()));
    desk.app_mut().run(Command::Library(LibraryCommand::Sort(Sorting::Progress)));
    desk.settle();
    let listed = rows(&desk, egui::Role::ListItem);
    assert!(listed.last().unwrap().starts_with("厦门"), "the most tagged comes last: {listed:?}");
    desk.app_mut().run(Command::Library(LibraryCommand::Filter("nanning".to_owned())));
    desk.settle();
    let listed = rows(&desk, egui::Role::ListItem);
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert!(listed[0].starts_with("南宁"));
    desk.app_mut().run(Command::Library(LibraryCommand::Filter(String::new())));
    desk.click("下一份未标完的文件");
    assert_ne!(desk.app().view.plan, Some(xiamen));
    let plan = desk.app().view.plan.unwrap();
    let focus = desk.app().reading(plan).unwrap().focus.unwrap();
    assert!(!desk.app().plan(plan).unwrap().marks.is_tagged(focus));
}

#[test]
fn a_title_is_changed_in_the_library_and_taken_back() {
    let home = home();
    let mut desk = at_clause(home.path(), "(二)-1");
    desk.key(Key::F2);
    ctrl(&mut desk, Key::A);
    desk.type_text("厦门要点");
    desk.key(Key::Enter);
    assert!(desk.shows("厦门 2017 · 厦门要点"));
    assert_eq!(desk.app().history.undo_name(), Some(&duizhao::app::EditName::Metadata(MetadataField::Title)));
    ctrl(&mut desk, Key::Z);
    assert!(!desk.shows("厦门要点"));
    desk.key(Key::F2);
    desk.type_text("不要");
    desk.key(Key::Escape);
    assert!(!desk.shows("不要"), "Esc changes nothing");
}

#[test]
fn a_removed_plan_lies_in_the_trash_and_comes_back_with_its_tags() {
    let home = home();
    let mut desk = at_clause(home.path(), "(二)-1");
    let plan = desk.app().view.plan.unwrap();
    let focus = desk.app().reading(plan).unwrap().focus.unwrap();
    desk.app_mut().run(Command::ToggleTag(plan, focus, "family_doctor".into()));
    let folder = desk.app().project.as_ref().unwrap().folder.clone();
    desk.app_mut().run(Command::RemovePlan(plan));
    desk.settle();
    assert!(!desk.shows("厦门 2017 2017年") && folder.trashed(plan).join("text.txt").exists());
    assert!(desk.app().view.plan.is_some_and(|next| next != plan), "another plan is open");
    desk.click("撤销：移出 2017年厦门市卫生计生工作要点");
    assert!(desk.shows("厦门 2017 2017年") && folder.text(plan).exists());
    desk.app_mut().run(Command::OpenPlan(plan));
    desk.settle();
    assert!(desk.app().plan(plan).unwrap().marks.is_tagged(focus));
    // After a restart there is nothing to undo, but the trash.
    desk.app_mut().run(Command::RemovePlan(plan));
    let mut desk = desk.restart();
    assert!(!desk.shows("厦门 2017 2017年"));
    desk.click("排列");
    desk.click("已移出的文件（1）");
    desk.click("2017年厦门市卫生计生工作要点");
    assert_eq!(desk.app().view.plan, Some(plan));
    assert!(desk.app().plan(plan).unwrap().marks.is_tagged(focus));
}

#[test]
fn the_outline_folds_by_level_filters_as_typed_and_obeys_the_arrows() {
    let home = home();
    let mut desk = at_clause(home.path(), "(二)-1");
    let all = rows(&desk, egui::Role::TreeItem).len();
    desk.click("展开到第 1 级");
    let sections = rows(&desk, egui::Role::TreeItem);
    assert!(sections.len() < all && sections.iter().all(|row| !row.contains(")-1 ")), "{sections:?}");
    assert!(sections.iter().any(|row| row.contains("已标 0/")), "with counts: {sections:?}");
    desk.click("全部展开");
    assert_eq!(rows(&desk, egui::Role::TreeItem).len(), all);
    let field = desk.harness.get_by_label("筛选大纲");
    field.focus();
    desk.settle();
    desk.type_text("家庭医生");
    let found = rows(&desk, egui::Role::TreeItem);
    assert!(!found.is_empty() && found.len() < all, "{found:?}");
    ctrl(&mut desk, Key::A);
    desk.key(Key::Backspace);
    assert_eq!(rows(&desk, egui::Role::TreeItem).len(), all);
    // The row of the present place has the keyboard: arrows go on from it.
    let before = focus_clause(&desk);
    desk.harness
        .get_all_by_role(egui::Role::TreeItem)
        .find(|row| row.accesskit_node().data().supports_action(egui::accesskit::Action::Focus))
        .unwrap()
        .focus();
    desk.settle();
    desk.key(Key::ArrowDown);
    desk.key(Key::ArrowDown);
    assert_ne!(focus_clause(&desk), before);
}

#[test]
fn settings_are_a_place_and_hold_at_once_and_after_a_restart() {
    let home = home();
    let mut desk = Desk::open(home.path());
    ctrl(&mut desk, Key::Comma);
    assert_eq!(desk.app().view.screen, Screen::Settings);
    desk.click("纸张");
    assert_eq!(desk.app().settings.theme, Theme::Paper);
    desk.click("English");
    assert!(desk.shows("Reading text"));
    desk.key(Key::Escape);
    assert_eq!(desk.app().view.screen, Screen::Read);
    ctrl(&mut desk, Key::Minus);
    ctrl(&mut desk, Key::Equals);
    ctrl(&mut desk, Key::Equals);
    assert!(desk.shows("Zoom 110%"));
    let desk = desk.restart();
    assert_eq!(desk.app().settings.language, Some(Language::English));
    assert!(desk.shows("Zoom 110%"));
}

#[test]
fn coder_and_citation_are_set_in_the_settings() {
    let home = home();
    let mut desk = at_clause(home.path(), "(二)-1");
    ctrl(&mut desk, Key::Comma);
    assert!(desk.shows("示例：厦门2017 (二)-1"), "by the clause in focus");
    desk.harness.get_by_label("条款引用格式").focus();
    desk.settle();
    ctrl(&mut desk, Key::A);
    desk.type_text("《{title}》{page}");
    assert!(desk.shows("没有 {page} 这个字段"), "told while it is typed");
    desk.key(Key::Tab);
    assert_eq!(desk.app().settings.citation, duizhao::export::CITATION, "the last template holds");
    assert!(desk.shows("没有 {page} 这个字段"), "and what was typed stays to be mended");
    desk.harness.get_by_label("条款引用格式").focus();
    desk.settle();
    ctrl(&mut desk, Key::A);
    desk.type_text("《{title}》{clause}");
    assert!(desk.shows("示例：《2017年厦门市卫生计生工作要点》(二)-1"));
    desk.key(Key::Tab);
    assert_eq!(desk.app().settings.citation, "《{title}》{clause}");
    desk.harness.get_by_label("标注者姓名").focus();
    desk.settle();
    ctrl(&mut desk, Key::A);
    desk.type_text("李四");
    desk.key(Key::Tab);
    assert_eq!(desk.app().settings.coder, "李四");
    let mut desk = desk.restart();
    ctrl(&mut desk, Key::Comma);
    assert!(desk.shows("示例：《2017年厦门市卫生计生工作要点》"));
    desk.click("恢复默认格式");
    assert_eq!(desk.app().settings.citation, duizhao::export::CITATION);
}

#[test]
fn the_key_for_the_full_screen_asks_for_it() {
    let home = home();
    let mut desk = Desk::open(home.path());
    // Without the letting go of the key, which would be a frame of its own.
    let (key, modifiers) = (Key::F11, Modifiers::NONE);
    desk.harness.event(egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
    desk.harness.step();
    let outputs = desk.harness.output().viewport_output.values();
    let asked = outputs
        .flat_map(|output| &output.commands)
        .any(|command| matches!(command, egui::ViewportCommand::Fullscreen(true)));
    assert!(asked);
}

/// A file as the system hands it over.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_file_dropped_on_the_window_is_looked_over_and_taken_in() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let before = desk.app().project.as_ref().unwrap().plans.len();
    let path = home.path().join("某市2024年卫生健康工作要点.txt");
    std::fs::write(
        &path,
        "某市2024年卫生健康工作要点\n一、完善服务\n(一)推广签约。建立制度。\n(二)培训医生。\n",
    )
    .unwrap();
    desk.harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path)));
    desk.settle();
    assert_eq!(desk.app().view.screen, Screen::Import);
    desk.key(Key::Enter);
    assert_eq!(desk.app().project.as_ref().unwrap().plans.len(), before + 1);
}

#[test]
fn the_help_lists_the_keys_and_escape_leaves_it() {
    let home = home();
    let mut desk = Desk::open(home.path());
    desk.key(Key::F1);
    assert_eq!(desk.app().view.screen, Screen::Help);
    for words in ["Ctrl+K", "查找或命令…", "Space", "下一个未标条目"] {
        assert!(desk.shows(words), "{words}");
    }
    desk.key(Key::Escape);
    assert_eq!(desk.app().view.screen, Screen::Read);
    desk.key(Key::F1);
    desk.key(Key::F1);
    assert_eq!(desk.app().view.screen, Screen::Read);
}

#[test]
fn panels_and_the_open_plan_are_as_they_were_left() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let nanning = plan_of(&desk, "南宁市");
    desk.app_mut().run(Command::OpenPlan(nanning));
    desk.settle();
    ctrl(&mut desk, Key::I);
    let desk = desk.restart();
    assert_eq!(desk.app().view.plan, Some(nanning));
    assert!(!desk.app().settings.inspector_open && desk.app().settings.left_open);
}

#[test]
fn undo_and_redo_say_what_they_would_do() {
    let home = home();
    let mut desk = at_clause(home.path(), "(二)-1");
    let plan = desk.app().view.plan.unwrap();
    let focus = desk.app().reading(plan).unwrap().focus.unwrap();
    desk.app_mut().run(Command::ToggleTag(plan, focus, "family_doctor".into()));
    desk.settle();
    desk.click("撤销：标签“家庭医生签约服务”→ (二)-1");
    assert!(desk.shows("已撤销：标签“家庭医生签约服务”→ (二)-1"), "the status line says what was done");
    desk.click("重做：标签“家庭医生签约服务”→ (二)-1");
    assert!(desk.shows("上一步：标签“家庭医生签约服务”→ (二)-1"));
}
