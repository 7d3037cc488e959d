//! Several coders, merging, agreement, backups, locks, and annotations that lost their place, by accessible names.

use super::{Desk, assert_all_named};
use duizhao::annotation::{Anchor, Annotation, Body, Coder, TagId};
use duizhao::app::{CodersCommand, Command, ProjectPage, Screen};
use duizhao::plan::NodeIx;
use duizhao::project::{Change, Folder, Lock, PlanId, Project};
use duizhao::text::{CharPos, Span, Text};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jiff::Timestamp;
use std::path::{Path, PathBuf};

fn first_plan(desk: &Desk) -> PlanId {
    desk.app().view.plan.unwrap()
}

/// The nodes of a plan that are items.
fn items(desk: &Desk, plan: PlanId) -> Vec<NodeIx> {
    let outline = &desk.app().plan(plan).unwrap().plan.outline;
    outline.iter().filter(|(_, node)| node.kind == duizhao::plan::Kind::Item).map(|(ix, _)| ix).collect()
}

/// Tags items as another coder, then comes back.
fn tag_as(desk: &mut Desk, coder: &str, plan: PlanId, tags: &[(NodeIx, &str)]) {
    desk.app_mut().run(Command::SetCoder(coder.to_owned()));
    desk.settle();
    for &(node, tag) in tags {
        desk.app_mut().run(Command::ToggleTag(plan, node, tag.into()));
    }
    desk.saved();
    desk.app_mut().run(Command::SetCoder("测试员".to_owned()));
    desk.settle();
}

fn own_tags(desk: &Desk, plan: PlanId, node: NodeIx) -> Vec<TagId> {
    desk.app().plan(plan).unwrap().marks.tags(node).cloned().collect()
}

fn sheet_of(desk: &Desk, plan: PlanId, coder: &str) -> PathBuf {
    desk.app().project.as_ref().unwrap().folder.sheet(plan, &Coder::new(coder))
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)
        } else {
            std::fs::copy(entry.path(), target).map(drop).unwrap()
        }
    }
}

#[test]
fn coders_agree_or_not_and_a_disagreement_is_resolved_in_the_own_file_only() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    let plan = first_plan(&desk);
    let items = items(&desk, plan);
    let (a, b) = (items[0], items[1]);
    for node in [a, b] {
        desk.app_mut().run(Command::ToggleTag(plan, node, "family_doctor".into()));
    }
    tag_as(&mut desk, "李四", plan, &[(a, "family_doctor"), (b, "tiered")]);
    let theirs = std::fs::read(sheet_of(&desk, plan, "李四")).unwrap();
    desk.app_mut().run(Command::Show(Screen::Analyse));
    desk.settle();
    assert!(desk.shows("编码员一致性"));
    assert!(desk.shows(&format!("{} 个条目，1 份文件", items.len())));
    assert!(desk.shows("分歧（2）"));
    let clause = desk.app().clause(plan, b);
    desk.click_containing(&format!("{clause} 分级诊疗"));
    assert_eq!(own_tags(&desk, plan, b), ["family_doctor".into(), "tiered".into()]);
    assert!(desk.shows("分歧（1）"));
    desk.click_containing("我去掉：");
    assert_eq!(own_tags(&desk, plan, b), [TagId::from("tiered")]);
    assert!(desk.shows("分歧（0）"));
    desk.saved();
    assert_eq!(std::fs::read(sheet_of(&desk, plan, "李四")).unwrap(), theirs, "their file is as it was");
    desk.app_mut().run(Command::Undo);
    desk.settle();
    assert!(desk.shows("分歧（1）"), "worked out anew");
}

#[test]
fn agreement_is_worked_out_on_any_set_of_tags() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    let plan = first_plan(&desk);
    let items = items(&desk, plan);
    let given = ["family_doctor", "tiered", "immunization", "chronic"];
    for tag in given {
        desk.app_mut().run(Command::ToggleTag(plan, items[0], tag.into()));
    }
    tag_as(&mut desk, "李四", plan, &[(items[1], "family_doctor"), (items[1], "immunization")]);
    desk.app_mut().run(Command::Show(Screen::Analyse));
    desk.settle();
    let compared = |desk: &Desk| -> Vec<String> {
        let by_tag = &desk.app().coders.agreed.as_ref().unwrap().agreement.by_tag;
        by_tag.keys().map(|tag| tag.0.clone()).collect()
    };
    assert_eq!(compared(&desk).len(), given.len());
    desk.click("比较的标签：全部标签");
    let pick = |desk: &mut Desk, query: &str, name: &str| {
        desk.harness.get_by_label("找标签").focus();
        desk.settle();
        desk.key_with(Modifiers::COMMAND, Key::A);
        desk.type_text(query);
        desk.harness.get_by_role_and_label(egui::Role::CheckBox, name).click_accesskit();
        desk.settle();
    };
    pick(&mut desk, "免疫规划", "预防接种与免疫规划");
    assert_eq!(compared(&desk), ["immunization"], "the first tick chooses");
    pick(&mut desk, "jtys", "家庭医生签约服务");
    assert_eq!(compared(&desk), ["family_doctor", "immunization"], "from two subtrees");
    assert!(desk.shows("比较的标签：2 个标签"));
    pick(&mut desk, "免疫规划", "预防接种与免疫规划");
    assert_eq!(compared(&desk), ["family_doctor"]);
    assert!(desk.shows("比较的标签：家庭医生签约服务"));
    // A tag with all below it, but one.
    pick(&mut desk, "医疗服务体系", "医疗服务体系");
    assert_eq!(compared(&desk), ["family_doctor", "tiered"]);
    assert!(desk.shows("比较的标签：医疗服务体系"));
    pick(&mut desk, "fjzl", "分级诊疗");
    assert_eq!(compared(&desk), ["family_doctor"]);
    desk.harness.get_by_role_and_label(egui::Role::RadioButton, "全部标签").click_accesskit();
    desk.settle();
    assert_eq!(compared(&desk).len(), given.len());
}

#[test]
fn the_table_of_agreement_is_written_and_says_what_is_undefined() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    let plan = first_plan(&desk);
    let items = items(&desk, plan);
    let all: Vec<(NodeIx, &str)> = items.iter().map(|&ix| (ix, "overview")).collect();
    for &(node, tag) in &all {
        desk.app_mut().run(Command::ToggleTag(plan, node, tag.into()));
    }
    tag_as(&mut desk, "李四", plan, &all);
    desk.app_mut().run(Command::Show(Screen::Analyse));
    desk.settle();
    assert!(desk.shows("无变化，不可计算"), "both always gave it: chance agreement is certain");
    desk.click("按路径导出表格…");
    let path = home.path().join("agreement.csv");
    desk.type_text(path.to_str().unwrap());
    desk.key(Key::Enter);
    let table = std::fs::read_to_string(&path).unwrap();
    assert!(
        table.starts_with('\u{feff}') && table.contains("overview") && table.contains("无变化，不可计算"),
        "{table}"
    );
}

#[test]
fn a_single_choice_facet_is_compared_by_its_value() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    let plan = first_plan(&desk);
    let items = items(&desk, plan);
    let tags: Vec<TagId> = {
        let book = &desk.app().project.as_ref().unwrap().codebook;
        book.children("commitment", None).map(|tag| tag.id.clone()).collect()
    };
    desk.app_mut().run(Command::ToggleTag(plan, items[0], tags[1].clone()));
    desk.app_mut().run(Command::ToggleTag(plan, items[0], tags[2].clone()));
    assert_eq!(own_tags(&desk, plan, items[0]), [tags[2].clone()], "the new one replaced the old");
    tag_as(&mut desk, "李四", plan, &[(items[0], &tags[1].0)]);
    desk.app_mut().run(Command::Show(Screen::Analyse));
    desk.settle();
    let theirs = desk.app().project.as_ref().unwrap().codebook.tag(&tags[1]).unwrap().zh.clone();
    desk.click_containing(&format!("{} {theirs}", desk.app().clause(plan, items[0])));
    assert_eq!(own_tags(&desk, plan, items[0]), [tags[1].clone()], "also when a disagreement is resolved");
}

#[test]
fn taggings_of_others_are_shown_or_hidden() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    let plan = first_plan(&desk);
    let item = items(&desk, plan)[0];
    tag_as(&mut desk, "李四", plan, &[(item, "tiered")]);
    desk.app_mut().run(Command::Coders(CodersCommand::Show(ProjectPage::Coders)));
    desk.settle();
    assert!(desk.shows("李四") && desk.shows("本人"));
    desk.click("显示李四的标注");
    desk.app_mut().run(Command::Focus(plan, item));
    desk.app_mut().run(Command::Show(Screen::Read));
    desk.settle();
    assert!(desk.shows("李四：分级诊疗"));
    desk.click("他人的标签");
    assert!(!desk.shows("李四：分级诊疗"), "the toggle in the inspector hides them");
    desk.click("他人的标签");
    assert!(desk.shows("李四：分级诊疗"));
}

#[test]
fn a_colleagues_project_is_brought_in_after_a_preview_and_a_backup() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    let plan = first_plan(&desk);
    let items = items(&desk, plan);
    desk.app_mut().run(Command::ToggleTag(plan, items[0], "overview".into()));
    desk.saved();
    let root = desk.app().project.as_ref().unwrap().folder.root().to_owned();
    let theirs = home.path().join("colleague");
    copy_folder(&root, &theirs);
    let (mut colleague, _) = Project::open(&theirs).unwrap();
    let read = Project::read_sheets(&colleague.folder, &colleague.ledger, plan);
    colleague.take_in_sheets(plan, read);
    let text = Project::read_text(&colleague.folder, plan).unwrap();
    let anchor = Anchor::new(&text, desk.app().plan(plan).unwrap().plan.outline.get(items[1]).unwrap().span);
    let edit =
        duizhao::annotation::Edit::put(Annotation::new(anchor, Body::Tag("tiered".into()), Timestamp::now()));
    let file = colleague.apply(&Change::Annotation { plan, coder: Coder::new("李四"), edit }).unwrap();
    colleague.snapshot(&file).unwrap().write().unwrap();

    desk.app_mut().run(Command::Coders(CodersCommand::Show(ProjectPage::Merge)));
    desk.settle();
    desk.click("按路径合并…");
    desk.type_text(theirs.to_str().unwrap());
    desk.key(Key::Enter);
    assert!(desk.shows("李四：新增 1 条标注与批注"), "the preview");
    assert!(!sheet_of(&desk, plan, "李四").exists(), "nothing is done yet");
    desk.click("备份并合并");
    assert!(desk.shows("已合并"));
    desk.saved();
    assert!(sheet_of(&desk, plan, "李四").exists());
    desk.app_mut().run(Command::Coders(CodersCommand::Show(ProjectPage::Backups)));
    desk.settle();
    assert!(desk.shows("合并之前"));
    assert!(desk.shows("撤销：并入 colleague"));
    desk.app_mut().run(Command::Undo);
    desk.settle();
    let sheets = desk.app().project.as_ref().unwrap().plans[&plan].sheets.clone().unwrap();
    assert!(sheets.get(&Coder::new("李四")).is_none_or(|sheet| sheet.is_empty()));
}

/// A file as the system hands it over when it is dropped on the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// Packs a folder as people do.
fn zip_of(folder: &Path, to: &Path) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(to).unwrap());
    let mut todo = vec![folder.to_owned()];
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(std::fs::read_dir(&path).unwrap().flatten().map(|entry| entry.path()));
        } else {
            let name = path.strip_prefix(folder.parent().unwrap()).unwrap().to_str().unwrap();
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, &std::fs::read(&path).unwrap()).unwrap();
        }
    }
    zip.finish().unwrap();
}

#[test]
fn a_zip_is_merged_by_its_path_and_a_folder_or_zip_by_dropping_it_on_the_page() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    let plan = first_plan(&desk);
    let item = items(&desk, plan)[0];
    tag_as(&mut desk, "李四", plan, &[(item, "tiered")]);
    let root = desk.app().project.as_ref().unwrap().folder.root().to_owned();
    let theirs = home.path().join("同事的项目");
    copy_folder(&root, &theirs);
    let zipped = home.path().join("同事的项目.zip");
    zip_of(&theirs, &zipped);
    std::fs::remove_file(sheet_of(&desk, plan, "李四")).unwrap();
    let mut desk = desk.restart();
    desk.app_mut().run(Command::Coders(CodersCommand::Show(ProjectPage::Merge)));
    desk.settle();
    desk.click("按路径合并…");
    desk.type_text(zipped.to_str().unwrap());
    desk.key(Key::Enter);
    assert!(desk.shows("李四：新增 1 条标注与批注"), "the preview of a typed path");
    desk.click("取消");
    for path in [&theirs, &zipped] {
        assert!(!desk.shows("李四：新增 1 条标注与批注"));
        let dropped = std::sync::Arc::new(Dropped(path.clone()));
        desk.harness.input_mut().dropped_files.push(dropped);
        desk.settle();
        assert!(desk.shows("李四：新增 1 条标注与批注"), "dropped: {}", path.display());
        desk.click("取消");
    }
    assert_eq!(desk.app().view.screen, Screen::Project, "it was neither imported nor opened");
    assert_eq!(desk.app().project.as_ref().unwrap().folder.root(), root);
}

#[test]
fn a_conflict_copy_is_listed_and_merged() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    let plan = first_plan(&desk);
    let items = items(&desk, plan);
    desk.app_mut().run(Command::ToggleTag(plan, items[0], "overview".into()));
    desk.app_mut().run(Command::ToggleTag(plan, items[1], "overview".into()));
    desk.saved();
    let sheet = sheet_of(&desk, plan, "测试员");
    let copy = sheet.with_file_name("测试员 (conflicted copy 2026-11-01).ron");
    std::fs::copy(&sheet, &copy).unwrap();
    desk.app_mut().run(Command::Undo);
    desk.saved();
    desk.app_mut().run(Command::Coders(CodersCommand::Show(ProjectPage::Merge)));
    desk.settle();
    desk.click("查看并合并 测试员 (conflicted copy 2026-11-01).ron");
    assert!(desk.shows("测试员：新增 1 条标注与批注"));
    desk.click("备份并合并");
    desk.saved();
    desk.settle();
    assert_eq!(own_tags(&desk, plan, items[1]), [TagId::from("overview")]);
    assert!(!copy.exists(), "put away");
    assert!(desk.shows("没有冲突副本"));
}

#[test]
fn a_backup_is_made_and_put_back_only_after_a_question() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    let plan = first_plan(&desk);
    let item = items(&desk, plan)[0];
    desk.app_mut().run(Command::ToggleTag(plan, item, "overview".into()));
    desk.saved();
    desk.app_mut().run(Command::Coders(CodersCommand::Show(ProjectPage::Backups)));
    desk.settle();
    desk.click("现在备份");
    assert!(desk.shows("手动"));
    desk.app_mut().run(Command::ToggleTag(plan, item, "overview".into()));
    desk.saved();
    desk.settle();
    desk.click_containing("恢复 20");
    assert!(desk.shows("替换现在的标注和编码表？"));
    desk.click("保留现在的");
    assert!(!desk.shows("替换现在的标注和编码表？"));
    desk.click_containing("恢复 20");
    desk.click("恢复这个备份");
    desk.app_mut().run(Command::OpenPlan(plan));
    desk.settle();
    assert_eq!(own_tags(&desk, plan, item), [TagId::from("overview")]);
    assert!(desk.app().project.as_ref().unwrap().is_read_only(&duizhao::project::File::Codebook).is_none());
    assert!(desk.shows("已保存"));
}

#[test]
fn an_annotation_that_lost_its_place_is_confirmed_moved_or_deleted_never_dropped() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    let plan = first_plan(&desk);
    let folder: Folder = desk.app().project.as_ref().unwrap().folder.clone();
    let text = Project::read_text(&folder, plan).unwrap();
    let items = items(&desk, plan);
    let node = desk.app().plan(plan).unwrap().plan.outline.get(items[2]).unwrap().span;
    // What a former version of the text had there: most of the words, and words that are gone.
    let words = text.slice(node);
    let at = words.char_indices().nth(8).unwrap().0;
    let former = format!("旧版前文。{}又改{}旧版后文。", &words[..at], &words[at..]);
    let former = Text::new(&former);
    let moved = Anchor::new(&former, Span::new(CharPos(5), CharPos(former.len() - 5)));
    let gone = Anchor::new(
        &Text::new("前文。这几个字在新版里完全没有踪影。后文。"),
        Span::new(CharPos(3), CharPos(17)),
    );
    for anchor in [moved, gone] {
        let project = desk.app_mut().project.as_mut().unwrap();
        let edit = duizhao::annotation::Edit::put(Annotation::new(
            anchor,
            Body::Tag("tiered".into()),
            Timestamp::now(),
        ));
        let file = project.apply(&Change::Annotation { plan, coder: Coder::new("测试员"), edit }).unwrap();
        project.snapshot(&file).unwrap().write().unwrap();
    }
    let mut desk = desk.restart();
    desk.app_mut().run(Command::OpenPlan(plan));
    desk.settle();
    desk.click_containing("2 条标注失去原位");
    assert!(desk.shows("失去原位的标注") && desk.shows("位置有变，请确认") && desk.shows("找不到原文"));
    desk.click_containing("确认“");
    assert!(!desk.shows("位置有变，请确认"));
    assert_eq!(own_tags(&desk, plan, items[2]), [TagId::from("tiered")]);
    desk.app_mut().run(Command::Focus(plan, items[3]));
    desk.settle();
    desk.click_containing("把“这几个字");
    assert_eq!(own_tags(&desk, plan, items[3]), [TagId::from("tiered")]);
    assert!(desk.shows("这份文件的标注都在原位"));
    desk.key_with(Modifiers::COMMAND, Key::Z);
    desk.click_containing("删除“这几个字");
    assert!(desk.shows("这份文件的标注都在原位"));
    desk.key_with(Modifiers::COMMAND, Key::Z);
    assert!(desk.shows("找不到原文"), "undo brings it back");
}

#[test]
fn a_project_that_is_open_elsewhere_is_read_only_until_it_is_taken_over() {
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::open(home.path());
    let root = desk.app().project.as_ref().unwrap().folder.root().to_owned();
    drop(desk);
    let folder = Folder::new(&root);
    let elsewhere = Lock::claim(&folder, &Coder::new("测试员"), false, Timestamp::now()).unwrap();
    let mut desk = Desk::open(home.path());
    let plan = first_plan(&desk);
    let item = items(&desk, plan)[0];
    desk.app_mut().run(Command::ToggleTag(plan, item, "overview".into()));
    assert!(own_tags(&desk, plan, item).is_empty(), "nothing can be written");
    desk.app_mut().run(Command::Coders(CodersCommand::Show(ProjectPage::Coders)));
    desk.settle();
    assert!(desk.shows("的文件正由"));
    assert!(desk.shows("未作修改：以只读方式打开"), "an edit that is refused says so");
    desk.harness.get_all_by_label("接管").next().unwrap().click_accesskit();
    desk.settle();
    assert!(!elsewhere.renew(Timestamp::now()), "the other window learns it");
    desk.app_mut().run(Command::ToggleTag(plan, item, "overview".into()));
    assert_eq!(own_tags(&desk, plan, item), [TagId::from("overview")]);
}

#[test]
fn a_project_that_is_open_elsewhere_can_be_read_without_taking_it_over() {
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::open(home.path());
    let root = desk.app().project.as_ref().unwrap().folder.root().to_owned();
    drop(desk);
    let folder = Folder::new(&root);
    let elsewhere = Lock::claim(&folder, &Coder::new("测试员"), false, Timestamp::now()).unwrap();
    let mut desk = Desk::open(home.path());
    desk.click("只读打开");
    assert!(!desk.shows("接管"), "the question is answered");
    let plan = first_plan(&desk);
    let item = items(&desk, plan)[0];
    desk.app_mut().run(Command::Focus(plan, item));
    desk.settle();
    assert!(desk.shows("只读"), "the status line says it");
    desk.app_mut().run(Command::ToggleTag(plan, item, "overview".into()));
    desk.app_mut().run(Command::ToggleTag(plan, item, "tiered".into()));
    desk.settle();
    assert!(own_tags(&desk, plan, item).is_empty());
    let told = desk.harness.get_all_by_label_contains("未作修改：以只读方式打开").count();
    assert_eq!(told, 1, "said once");
    assert!(elsewhere.renew(Timestamp::now()), "the other window keeps its files");
}

#[test]
fn a_damaged_file_is_restored_from_the_newest_backup_that_has_it_whole() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    let plan = first_plan(&desk);
    let items = items(&desk, plan);
    desk.app_mut().run(Command::ToggleTag(plan, items[0], "overview".into()));
    desk.app_mut().run(Command::ToggleTag(plan, items[1], "tiered".into()));
    desk.saved();
    desk.app_mut().run(Command::Coders(CodersCommand::BackUp));
    desk.settle();
    let sheet = sheet_of(&desk, plan, "测试员");
    drop(desk);
    std::fs::write(&sheet, "(version: 1, coder: \"测试员\", annotations: [").unwrap();
    let mut desk = Desk::open(home.path());
    desk.app_mut().run(Command::OpenPlan(plan));
    desk.settle();
    assert!(own_tags(&desk, plan, items[0]).is_empty());
    desk.app_mut().run(Command::ToggleTag(plan, items[2], "overview".into()));
    desk.saved();
    desk.click("查看与恢复");
    desk.click_containing("的备份恢复 测试员.ron");
    assert!(desk.shows("测试员.ron 已用"));
    assert!(!desk.shows("有文件损坏"), "what is mended is no longer told");
    for (node, tag) in [(items[0], "overview"), (items[1], "tiered"), (items[2], "overview")] {
        assert_eq!(own_tags(&desk, plan, node), [TagId::from(tag)], "what was made since stays");
    }
    assert!(desk.shows("撤销：从备份恢复 测试员.ron"));
    assert!(sheet.with_extension("ron.damaged").exists());
}

#[test]
fn the_same_project_opened_anew_can_still_be_written() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    let root = desk.app().project.as_ref().unwrap().folder.root().to_owned();
    desk.app_mut().run(Command::OpenProject(root));
    desk.settle();
    let plan = first_plan(&desk);
    let item = items(&desk, plan)[0];
    desk.app_mut().run(Command::ToggleTag(plan, item, "overview".into()));
    assert_eq!(own_tags(&desk, plan, item), [TagId::from("overview")]);
}

#[test]
fn every_control_has_a_name() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(home.path());
    let plan = first_plan(&desk);
    let items = items(&desk, plan);
    desk.app_mut().run(Command::ToggleTag(plan, items[0], "overview".into()));
    tag_as(&mut desk, "李四", plan, &[(items[0], "tiered")]);
    for page in [ProjectPage::Coders, ProjectPage::Merge, ProjectPage::Backups] {
        desk.app_mut().run(Command::Coders(CodersCommand::Show(page)));
        desk.settle();
        assert_all_named(&desk, &format!("{page:?}"));
    }
    desk.app_mut().run(Command::Show(Screen::Analyse));
    desk.settle();
    assert_all_named(&desk, "agreement");
}
