//! Importing in the window: look over, set right, take in or leave; many files, archives, versions, stopping.

use super::{Desk, plan_of};
use duizhao::app::{Command, ImportCommand, LibraryCommand, Phase, Screen};
use duizhao::plan::MetadataField;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use std::fs;
use std::path::{Path, PathBuf};

const PLAN: &str = "某县2024年卫生健康工作要点\n一、完善服务体系\n(一)推进分级诊疗制度建设,完善双向转诊。\n\
                    (二)加强基层队伍建设,培训30名全科医生。\n二、抓好公共卫生\n(一)做好家庭医生签约服务,覆盖率达到40%以上。\n\
                    (二)开展健康教育宣传活动,普及健康知识。\n";

fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn desk() -> (tempfile::TempDir, tempfile::TempDir, Desk) {
    let (home, files) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let desk = Desk::open(home.path());
    (home, files, desk)
}

fn import(desk: &mut Desk, path: &Path) {
    desk.app_mut().run(Command::Import(vec![path.to_owned()]));
    desk.settle();
}

fn plans(desk: &Desk) -> usize {
    desk.app().project.as_ref().unwrap().plans.len()
}

/// Types into the field of this name, in the place of what stands there.
fn type_into(desk: &mut Desk, name: &str, words: &str) {
    desk.harness.get_by_role_and_label(egui::accesskit::Role::TextInput, name).focus();
    desk.settle();
    desk.key_with(Modifiers::COMMAND, Key::A);
    desk.type_text(words);
    desk.key(Key::Enter);
}

#[test]
fn one_file_is_shown_before_it_is_taken_in_and_enter_takes_it_in() {
    let (_home, files, mut desk) = desk();
    let before = plans(&desk);
    import(&mut desk, &put(files.path(), "要点.txt", PLAN));
    assert_eq!(desk.app().view.screen, Screen::Import);
    assert_eq!(plans(&desk), before, "nothing is in the project yet");
    for shown in ["要点.txt", "大纲：", "完善服务体系", "工作要点", "UTF-8（自动识别）"]
    {
        assert!(desk.shows(shown), "{shown}");
    }
    type_into(&mut desk, "城市", "厦门");
    desk.key(Key::Enter);
    assert_eq!(plans(&desk), before + 1);
    assert_eq!(desk.app().view.screen, Screen::Read, "and opens it");
    let plan = desk.app().view.plan.unwrap();
    let record = desk.app().project.as_ref().unwrap().plans[&plan].record.clone();
    assert_eq!(record.metadata.field(MetadataField::City), "厦门市");
    assert_eq!(record.source.file_name, "要点.txt");
    desk.restart();
}

#[test]
fn escape_leaves_it_out_but_keeps_what_was_typed() {
    let (_home, files, mut desk) = desk();
    let before = plans(&desk);
    let file = put(files.path(), "要点.txt", PLAN);
    import(&mut desk, &file);
    desk.key(Key::Escape);
    assert!(desk.app().importing().is_none());
    assert_eq!((plans(&desk), desk.app().view.screen), (before, Screen::Read));

    import(&mut desk, &file);
    type_into(&mut desk, "标题", "另一个标题");
    desk.key(Key::Escape);
    assert_eq!(desk.app().view.screen, Screen::Read);
    desk.click("查看");
    assert_eq!(desk.app().view.screen, Screen::Import);
    let importing = desk.app().importing().unwrap();
    let metadata = &importing.row(importing.only().unwrap()).unwrap().staged().unwrap().record.metadata;
    assert_eq!(metadata.field(MetadataField::Title), "另一个标题");
    desk.click("不导入");
    assert_eq!(plans(&desk), before);
}

#[test]
fn another_encoding_reads_the_file_again() {
    let (_home, files, mut desk) = desk();
    // Letters whose bytes, taken in pairs, are common characters of UTF-16.
    import(&mut desk, &put(files.path(), "要点.txt", "-NKN-NKN"));
    let words = |desk: &Desk| {
        let importing = desk.app().importing().unwrap();
        importing.preview(importing.only().unwrap()).unwrap().text.as_str().trim().to_owned()
    };
    assert_eq!(words(&desk), "-NKN-NKN");
    desk.click("编码：UTF-8（自动识别）");
    desk.click("UTF-16LE");
    assert_eq!(words(&desk), "中之中之");
    desk.click("编码：UTF-16LE");
    desk.click("自动识别");
    assert_eq!(words(&desk), "-NKN-NKN");
    desk.click("编码：UTF-8（自动识别）");
    desk.click("UTF-16LE");
    desk.click("导入 1 份");
    let plan = desk.app().view.plan.unwrap();
    assert_eq!(desk.app().project.as_ref().unwrap().plans[&plan].record.source.encoding, "UTF-16LE");
}

#[test]
fn many_files_are_a_table_to_tick_and_to_type_in() {
    let (_home, files, mut desk) = desk();
    let before = plans(&desk);
    for year in 2019..2024 {
        put(files.path(), &format!("{year}.txt"), PLAN.replace("2024", &year.to_string()));
    }
    put(files.path(), "坏.docx", b"PK\x03\x04");
    put(files.path(), "空.txt", "");
    import(&mut desk, files.path());
    assert!(desk.shows("待导入 5 份，已有 0 份，未能读取 2 份"));
    assert!(desk.shows("文件里没有文字"));
    type_into(&mut desk, "2020.txt 的标题", "改过的标题");
    type_into(&mut desk, "2020.txt 的年份", "2010-2012");
    type_into(&mut desk, "2021.txt 的年份", "不知道");
    assert!(desk.shows("“不知道”看不懂"));
    desk.click("导入 2019.txt");
    desk.click("查看 2022.txt");
    assert!(desk.shows("大纲："), "the file that is looked at is beside the table");
    desk.key(Key::ArrowDown);
    desk.key(Key::Space);
    desk.key_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(plans(&desk), before + 3);
    assert!(desk.shows("导入 3 份，已有 0 份，未能导入 2 份"));
    let titles: Vec<String> = desk
        .app()
        .project
        .as_ref()
        .unwrap()
        .plans
        .values()
        .map(|entry| {
            format!(
                "{} {}",
                entry.record.metadata.field(MetadataField::Title),
                entry.record.metadata.field(MetadataField::Years)
            )
        })
        .collect();
    assert!(titles.contains(&"改过的标题 2010-2012".to_owned()), "{titles:?}");
    desk.key(Key::Enter);
    assert!(desk.app().importing().is_none(), "the results are closed by Enter too");
    let desk = desk.restart();
    assert_eq!(plans(&desk), before + 3);
}

#[test]
fn an_archive_is_opened_and_what_it_holds_is_told_by_name() {
    use std::io::Write;
    let (_home, files, mut desk) = desk();
    let before = plans(&desk);
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, words) in
        [("一/甲.txt", PLAN.to_owned()), ("乙.md", PLAN.replace("2024", "2023")), ("丙.txt", String::new())]
    {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(words.as_bytes()).unwrap();
    }
    let path = put(files.path(), "计划.zip", writer.finish().unwrap().into_inner());
    import(&mut desk, &path);
    for shown in ["甲.txt", "乙.md", "丙.txt"] {
        assert!(desk.shows(shown), "{shown}");
    }
    desk.key(Key::Enter);
    assert_eq!(plans(&desk), before + 2);
}

#[test]
fn an_import_can_be_stopped_and_what_was_read_is_kept() {
    let (_home, files, mut desk) = desk();
    for number in 0..400 {
        put(files.path(), &format!("{number}.txt"), PLAN.replace("30名", &format!("{number}名")));
    }
    desk.app_mut().run(Command::Import(vec![files.path().to_owned()]));
    assert!(desk.app().importing().is_some_and(|importing| importing.phase == Phase::Reading));
    desk.harness.step();
    desk.click("停止");
    let importing = desk.app().importing().unwrap();
    assert!(importing.stopped && importing.rows.len() < 400, "{}", importing.rows.len());
    desk.app_mut().run(Command::Importing(ImportCommand::Close));
    desk.settle();
    let folder = desk.app().project.as_ref().unwrap().folder.plans();
    let hidden =
        || fs::read_dir(&folder).unwrap().any(|e| e.unwrap().file_name().to_string_lossy().starts_with('.'));
    for _ in 0..200 {
        if !hidden() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert!(!hidden(), "nothing stays behind");
}

#[test]
fn a_changed_file_is_offered_as_a_version_and_tells_what_became_of_the_annotations() {
    let (_home, files, mut desk) = desk();
    let file = put(files.path(), "要点.txt", PLAN);
    import(&mut desk, &file);
    desk.key(Key::Enter);
    let first = desk.app().view.plan.unwrap();
    let items = desk.app().plan(first).unwrap().items[1..3].to_vec();
    for item in items {
        desk.app_mut().run(Command::ToggleTag(first, item, "overview".into()));
    }
    desk.saved();
    fs::write(&file, PLAN.replace("(一)推进", "(零)新增一项工作安排。\n(一)推进")).unwrap();
    import(&mut desk, &file);
    assert!(desk.shows("可能是同一文件的另一版本"));
    assert!(desk.shows("条已移位"));
    desk.click_containing("作为单独的计划文件");
    assert!(!desk.shows("条已移位"));
    desk.click_containing("的新版本，旧版保留");
    desk.key(Key::Enter);
    let project = desk.app().project.as_ref().unwrap();
    let second =
        project.plans.values().find(|entry| entry.record.version_of == Some(first)).unwrap().record.id;
    assert_eq!(desk.app().tagged_items(second), Some(2));
    assert_eq!(desk.app().tagged_items(first), Some(2), "the earlier version is as it was");
    assert!(desk.shows("标注：0 条原位找到，2 条已移位，0 条待确认，0 条未找到"));
    desk.click("改为单独的计划");
    let version_of = |desk: &Desk| desk.app().project.as_ref().unwrap().plans[&second].record.version_of;
    assert_eq!(version_of(&desk), None);
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(version_of(&desk), Some(first), "and can be taken back");
    let desk = desk.restart();
    assert_eq!(version_of(&desk), Some(first));
}

#[test]
fn plans_are_linked_as_versions_by_hand_marked_in_the_library_and_separated_again() {
    let (_home, _files, mut desk) = desk();
    let (earlier, later) = (plan_of(&desk, "厦门市"), plan_of(&desk, "南宁市"));
    let set = |later, earlier| Command::Library(LibraryCommand::SetEarlier(later, earlier));
    let version_of = |desk: &Desk, id| desk.app().project.as_ref().unwrap().plans[&id].record.version_of;
    assert!(!desk.shows("取代"));
    desk.app_mut().run(Command::OpenPlan(later));
    desk.settle();
    // By the menu of the plan.
    let row = desk.harness.get_all_by_label_contains("南宁 2017").next().unwrap();
    row.click_secondary();
    desk.settle();
    desk.click("这是另一份文件的新版…");
    let name = desk.app().plan_name(earlier);
    desk.click_containing(&format!("{name} · "));
    assert_eq!(version_of(&desk, later), Some(earlier));
    assert!(desk.shows("，已由 南宁 2017"), "the earlier one says so in the library");
    assert!(desk.shows("撤销：建立版本关系"));
    assert_eq!(desk.app().superseded_by(earlier), Some(later));
    // No rings, and no two later versions of one.
    desk.app_mut().run(set(earlier, Some(later)));
    assert_eq!(version_of(&desk, earlier), None);
    assert!(!desk.app().possible_earlier_versions(earlier).contains(&later));
    desk.app_mut().run(set(later, None));
    desk.settle();
    assert_eq!(version_of(&desk, later), None);
    assert!(!desk.shows("，已由 南宁 2017"));
    assert!(desk.shows("撤销：解除版本关系"));
    desk.app_mut().run(Command::Undo);
    desk.saved();
    let desk = desk.restart();
    assert_eq!(version_of(&desk, later), Some(earlier), "it is on disk");
    assert_eq!(desk.app().superseded_by(earlier), Some(later));
}

#[test]
fn what_is_dropped_while_an_import_runs_is_not_forgotten() {
    let (_home, files, mut desk) = desk();
    let (one, two) =
        (put(files.path(), "1.txt", PLAN), put(files.path(), "2.txt", PLAN.replace("2024", "2023")));
    desk.app_mut().run(Command::Import(vec![one]));
    desk.app_mut().run(Command::Import(vec![two.clone()]));
    desk.settle();
    assert!(desk.shows("待导入 2 份"));
    import(&mut desk, &two);
    assert!(desk.shows("待导入 2 份，已有 1 份"), "the same bytes wait already");
}
