//! Every view writes what it shows: the same rows, the same filter, in every form.

use super::*;
use duizhao::export;
use duizhao::insight::Filter;
use std::path::PathBuf;

/// Writes a view and gives the bytes of the file.
fn written(desk: &mut Desk, view: CompareView, form: export::Form) -> Vec<u8> {
    let path = desk.app().project.as_ref().unwrap().folder.root().join(format!("out.{}", form.extension()));
    run(desk, CompareCommand::Export(view, Form::Document(form), path.clone()));
    let bytes = std::fs::read(&path).unwrap();
    std::fs::remove_file(path).unwrap();
    bytes
}

/// The rows of a csv whose cells hold no line ends.
fn rows(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_view_has_every_form_for_tables_and_for_reading() {
    let home = home();
    let (mut desk, a, _) = two_cities(home.path());
    let span = desk.app().plan(a).unwrap().plan.outline.get(NodeIx(5)).unwrap().span;
    run(&mut desk, CompareCommand::Keep(a, span));
    for view in CompareView::ALL {
        for form in export::Form::ALL {
            assert!(Form::DOCUMENTS.contains(&Form::Document(form)), "{view:?} {form:?}");
            let bytes = written(&mut desk, view, form);
            let begins: &[u8] = match form {
                export::Form::Csv => "\u{feff}".as_bytes(),
                export::Form::Xlsx | export::Form::Docx => b"PK",
                export::Form::Markdown => b"# ",
                export::Form::Html => b"<!doctype html>",
            };
            assert!(bytes.starts_with(begins) && bytes.len() > 100, "{view:?} {form:?}");
        }
    }
}

#[test]
fn the_matrix_goes_out_as_it_is_filtered() {
    let home = home();
    let (mut desk, ..) = two_cities(home.path());
    let plan = desk.app().compared().unwrap().plans[0].clone();
    let (section, node) =
        plan.outline.iter().find(|(_, node)| node.level == 1 && !node.heading.is_empty()).unwrap();
    let heading = node.heading.read(&plan.text);
    run(&mut desk, CompareCommand::Filter(Filter { section_a: Some(section), ..Filter::default() }));
    run(&mut desk, CompareCommand::Rows(MatrixRows::Domains));
    let matrix = desk.app().compared().unwrap().matrix.clone();
    let csv = rows(&written(&mut desk, CompareView::Themes, export::Form::Csv));
    assert_eq!(csv.len(), 1 + 6, "the five domains and the remainder");
    for (line, row) in csv[1..].iter().zip(&matrix.rows) {
        let fields: Vec<_> = line.split(',').collect();
        assert_eq!(fields[4], row.a.items.len().to_string(), "{line}");
        assert_eq!(fields[7], row.b.items.len().to_string(), "{line}");
    }
    let page = text(written(&mut desk, CompareView::Themes, export::Form::Html));
    for words in ["健康中国五大领域", "只计章节", heading.as_str(), "优化健康服务", "五大领域之外"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains(&format!("<td class=\"n\">{}</td>", matrix.items_a)), "items counted");
    let sheet = text(written(&mut desk, CompareView::Themes, export::Form::Markdown));
    assert!(sheet.contains("只计章节") && sheet.contains(&heading));
}

#[test]
fn the_aligned_reading_goes_out_in_full() {
    let home = home();
    let (mut desk, ..) = two_cities(home.path());
    let compared = desk.app().compared().unwrap().clone();
    let row =
        compared.matrix.rows.iter().find(|row| row.subject == Subject::Tag("family_doctor".into())).unwrap();
    run(&mut desk, CompareCommand::Subject(Some(row.subject.clone())));
    let table = rows(&written(&mut desk, CompareView::Reading, export::Form::Csv));
    assert_eq!(table.len(), 1 + row.a.items.len() + row.b.items.len());
    let page = text(written(&mut desk, CompareView::Reading, export::Form::Html));
    for side in Side::BOTH {
        for &node in [&row.a, &row.b][side.index()].items.iter() {
            let item = compared.item(side, node).unwrap();
            let words: String = item.read(&compared.plan(side).text).chars().take(20).collect();
            assert!(page.contains(&words), "{words}");
        }
    }
}

#[test]
fn both_texts_and_what_they_share_go_out() {
    let home = home();
    let (mut desk, ..) = two_cities(home.path());
    let compared = desk.app().compared().unwrap().clone();
    let page = text(written(&mut desk, CompareView::Texts, export::Form::Html));
    for side in Side::BOTH {
        for item in compared.items(side) {
            let words = compared.plan(side).text.slice(item.words.0[0]);
            assert!(page.contains(&words.replace('\n', "<br>")), "{words}");
        }
    }
    let versions = text(written(&mut desk, CompareView::Versions, export::Form::Markdown));
    let own = compared.items(Side::A).len();
    let counted = desk.app().compared().unwrap().items(Side::A).len();
    assert_eq!(own, counted);
    assert!(versions.contains("## 相同字句") && versions.contains("## A 承袭与改写"));
    let section = versions.split("## A 承袭与改写").nth(1).unwrap().split("## ").next().unwrap();
    assert_eq!(
        section.lines().filter(|line| line.starts_with("| ")).count(),
        own + 2,
        "a row per item, head and rule"
    );
}

#[test]
fn the_hits_of_the_search_go_out_as_a_table() {
    let home = home();
    let mut desk = Desk::open(home.path());
    desk.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    desk.type_text("家庭医生");
    desk.searched();
    let total = desk.app().search.total;
    assert!(total > 1);
    for ending in ["csv", "xlsx", "md"] {
        desk.click("按路径导出检索结果…");
        let path: PathBuf = home.path().join(format!("hits.{ending}"));
        desk.type_text(path.to_str().unwrap());
        desk.key(Key::Enter);
        desk.settle();
        let bytes = std::fs::read(&path).unwrap();
        if ending == "csv" {
            let lines = rows(&bytes);
            assert_eq!(lines.len(), total + 1, "a row per hit");
            assert!(lines[1..].iter().all(|line| line.contains(",家庭医生,")), "{}", lines[1]);
        } else {
            assert!(bytes.starts_with(if ending == "md" { b"# " } else { b"PK" }), "{ending}");
        }
    }
}

#[test]
fn the_figures_of_agreement_go_out_as_a_workbook_too() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let path = home.path().join("agreement.xlsx");
    let plan = *desk.app().project.as_ref().unwrap().plans.keys().next().unwrap();
    desk.app_mut().run(Command::OpenPlan(plan));
    desk.settle();
    let nodes: Vec<NodeIx> = {
        let read = desk.app().plan(plan).unwrap().plan.clone();
        duizhao::insight::items(&read).iter().map(|item| item.node).take(3).collect()
    };
    for coder in ["李四", "测试员"] {
        desk.app_mut().run(Command::SetCoder(coder.to_owned()));
        desk.settle();
        for &node in &nodes {
            desk.app_mut().run(Command::ToggleTag(plan, node, "family_doctor".into()));
        }
        desk.saved();
    }
    desk.app_mut().run(Command::Show(Screen::Analyse));
    desk.settle();
    desk.click("按路径导出表格…");
    desk.type_text(path.to_str().unwrap());
    desk.key(Key::Enter);
    desk.settle();
    assert!(std::fs::read(&path).unwrap().starts_with(b"PK"));
}

#[test]
fn charts_are_drawn_of_what_is_counted() {
    let home = home();
    let (mut desk, ..) = two_cities(home.path());
    let book = desk.app().project.as_ref().unwrap().codebook.clone();
    let charts = Chart::of(CompareView::Themes, &book);
    assert_eq!(charts.len(), book.facets.len(), "the bars, and a heat map for each facet but the themes");
    for chart in charts {
        let drawn = |desk: &mut Desk, form: Form| {
            let path = home.path().join(format!("chart.{}", form.extension()));
            run(desk, CompareCommand::Export(CompareView::Themes, form, path.clone()));
            std::fs::read(path).unwrap()
        };
        let svg = text(drawn(&mut desk, Form::Svg(chart)));
        assert!(svg.starts_with("<svg") && svg.contains("A  厦门 2017 (35条)"), "{chart:?}");
        assert!(svg.matches("url(#b)").count() > 1, "{chart:?}: B is hatched");
        assert!(drawn(&mut desk, Form::Png(chart)).starts_with(b"\x89PNG"), "{chart:?}");
    }
    let page = text(written(&mut desk, CompareView::Themes, export::Form::Html));
    assert_eq!(page.matches("<svg").count(), book.facets.len(), "all of them in the report");
}
