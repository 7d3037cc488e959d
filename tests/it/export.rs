//! Promise: what goes out holds all it should, other programs can read it, and the same input gives the same bytes.

use duizhao::annotation::{Anchor, Annotation, Body, Codebook, Coder, Sheet, Subject};
use duizhao::export::{
    Block, Cell, ComparisonTables, Counted, Document, Excerpt, Fate, Form, Language, Named, Piece,
    PlanExport, ProjectExport, Table, write,
};
use duizhao::insight::{Comparison, compare};
use duizhao::plan::{Plan, read};
use duizhao::project::{Project, create_sample};
use duizhao::text::{CharPos, Layout, Span, Text};
use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

fn sample(name: &str) -> Plan {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_docs").join(name);
    read(&Text::new(&std::fs::read_to_string(path).unwrap()), &Layout::default(), &[])
}

fn xiamen_and_nanning<T>(then: impl Fn(ComparisonTables<'_>, &Comparison) -> T) -> T {
    let (a, b, book) = (sample("xiamen-2017.txt"), sample("nanning-2017.txt"), Codebook::built_in());
    let tables = ComparisonTables {
        a: Named { plan: &a, name: "厦门2017" },
        b: Named { plan: &b, name: "南宁2017" },
        book: &book,
        language: Language::Chinese,
    };
    then(tables, &compare(&a, &b, &book))
}

/// The files of a package.
fn unzip(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(file.name().unwrap().into_owned(), content);
    }
    files
}

/// The words of an XML file, with every element's name counted; fails where it is not well-formed.
fn xml(content: &[u8]) -> (String, BTreeMap<String, usize>) {
    let mut reader = Reader::from_reader(content);
    let (mut words, mut names, mut buffer) = (String::new(), BTreeMap::new(), Vec::new());
    let mut depth = 0_i32;
    loop {
        match reader.read_event_into(&mut buffer).unwrap() {
            Event::Eof => break,
            Event::Start(start) => {
                depth += 1;
                *names.entry(start.name().as_ref().to_owned()).or_default() += 1;
            }
            Event::Empty(start) => {
                *names.entry(start.name().as_ref().to_owned()).or_default() += 1;
            }
            Event::End(_) => depth -= 1,
            Event::Text(text) => words.push_str(&text),
            _ => {}
        }
        buffer.clear();
    }
    assert_eq!(depth, 0);
    (words, names)
}

fn report() -> Document {
    xiamen_and_nanning(|tables, comparison| {
        let excerpt = Excerpt {
            words: "摘录的话<&>。".to_owned(),
            citation: "厦门2017 (二)/1".to_owned(),
            note: "一句笔记".to_owned(),
        };
        tables.report(comparison, Counted::themes(comparison), Vec::new(), vec![excerpt])
    })
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for form in Form::ALL {
        assert_eq!(write(form, &report()).unwrap(), write(form, &report()).unwrap(), "{form:?}");
    }
}

#[test]
fn a_workbook_has_a_sheet_per_table_with_numbers_as_numbers() {
    let tables = xiamen_and_nanning(|tables, comparison| tables.all(comparison));
    let bytes = write(Form::Xlsx, &Document::of_tables("甲", Language::Chinese, tables.clone())).unwrap();
    let files = unzip(&bytes);
    let (_, book) = xml(&files["xl/workbook.xml"]);
    assert_eq!(book["sheet"], tables.len());
    for (at, table) in tables.iter().enumerate() {
        let sheet = String::from_utf8(files[&format!("xl/worksheets/sheet{}.xml", at + 1)].clone()).unwrap();
        let (_, names) = xml(sheet.as_bytes());
        assert_eq!(names["row"], table.rows.len() + 1, "{}", table.name);
        for wanted in ["state=\"frozen\"", "<autoFilter", "fitToHeight=\"0\"", "orientation=\"landscape\""] {
            assert!(sheet.contains(wanted), "{}: {wanted}", table.name);
        }
        assert_eq!(
            widths(&sheet),
            table.widths().iter().map(|width| width + 2).collect::<Vec<_>>(),
            "{}",
            table.name
        );
        let filled = table.rows.iter().flatten();
        let numbers = filled.filter(|cell| cell.is_numeric()).count();
        // Words are strings of the shared table; a cell without a type is a number.
        let (all, words) = (sheet.matches("<v>").count(), sheet.matches(" t=\"s\"").count());
        assert_eq!(all - words, numbers, "{}", table.name);
    }
    let (titles, _) = xml(&files["xl/workbook.xml"]);
    assert!(titles.contains("$1:$1"), "the head is printed on every page");
    let core = String::from_utf8(files["docProps/core.xml"].clone()).unwrap();
    assert!(core.contains("2000-01-01T00:00:00Z") && core.contains("<dc:title>甲</dc:title>"), "{core}");
}

/// The widths of the columns of a sheet, as whole chars.
fn widths(sheet: &str) -> Vec<u16> {
    let value = |col: &str, name: &str| -> f64 {
        let rest = col.split_once(&format!("{name}=\"")).unwrap().1;
        rest.split_once('"').unwrap().0.parse().unwrap()
    };
    let of_col = |col: &str| {
        let columns = (value(col, "max") - value(col, "min")) as usize + 1;
        vec![value(col, "width") as u16; columns]
    };
    sheet.split("<col ").skip(1).flat_map(of_col).collect()
}

#[test]
fn changed_words_are_marked_in_every_form() {
    let piece = |fate, words: &str| Piece { fate, words: words.to_owned() };
    let changed =
        vec![piece(Fate::Removed, "建设"), piece(Fate::Added, "改造"), piece(Fate::Kept, "医院20家。")];
    let table =
        Table { name: "甲".into(), head: vec!["词".into()], rows: vec![vec![Cell::Changed(changed)]] };
    let document = Document::of_tables("甲", Language::Chinese, vec![table]);
    let text = |form| String::from_utf8(write(form, &document).unwrap()).unwrap();
    assert!(text(Form::Csv).contains("[-建设-]{+改造+}医院20家。"));
    assert!(text(Form::Markdown).contains("~~建设~~**改造**医院20家。"));
    assert!(text(Form::Html).contains("<del>建设</del><ins>改造</ins>医院20家。"));
    let word = unzip(&write(Form::Docx, &document).unwrap());
    let (words, names) = xml(&word["word/document.xml"]);
    assert_eq!(
        (words.replace('\n', ""), names["w:strike"], names["w:u"]),
        ("甲甲词建设改造医院20家。".to_owned(), 1, 1)
    );
    let book = unzip(&write(Form::Xlsx, &document).unwrap());
    let (words, names) = xml(&book["xl/sharedStrings.xml"]);
    assert!(
        words.contains("建设改造医院20家。") && names["strike"] == 1 && names["u"] == 1,
        "{words} {names:?}"
    );
}

#[test]
fn a_report_for_word_holds_every_cell_and_repeats_heads() {
    let report = report();
    let files = unzip(&write(Form::Docx, &report).unwrap());
    for (name, content) in files.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels"))
    {
        let _ = (name, xml(content));
    }
    let (words, names) = xml(&files["word/document.xml"]);
    assert_eq!(names["w:tbl"], report.tables().count());
    assert_eq!(names["w:tblHeader"], report.tables().count());
    let plain = |words: &str| words.replace(['\n', '<', '>', '&', '"'], "");
    let escapes = ["&lt;", "&gt;", "&amp;", "&quot;", "lt;", "gt;", "amp;", "quot;"];
    let found = escapes.iter().fold(words, |words, escape| words.replace(escape, ""));
    for cell in report.tables().flat_map(|table| table.rows.iter().flatten()) {
        assert!(plain(&found).contains(&plain(&cell.read())), "{}", cell.read());
    }
    let pictures = report.blocks.iter().filter(|block| matches!(block, Block::Picture(_))).count();
    assert_eq!(names["pic:pic"], pictures);
    assert_eq!(files.keys().filter(|name| name.ends_with(".png")).count(), pictures);
    let styles = String::from_utf8(files["word/styles.xml"].clone()).unwrap();
    assert!(styles.contains("w:eastAsia=\"宋体\"") && styles.contains("w:ascii=\"Times New Roman\""));
}

#[test]
fn a_page_holds_all_it_needs() {
    let page = String::from_utf8(write(Form::Html, &report()).unwrap()).unwrap();
    assert_eq!(page.matches("<table>").count(), report().tables().count());
    assert!(page.contains("<svg") && page.contains("摘录的话&lt;&amp;&gt;。"));
    for outside in ["src=", "href=", "@import", "<script", "url(http"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn charts_show_every_theme_that_either_plan_has() {
    let (drawing, rows) = xiamen_and_nanning(|tables, comparison| {
        let shown =
            comparison.matrix.rows.iter().filter(|row| !row.a.items.is_empty() || !row.b.items.is_empty());
        (tables.bars(&comparison.matrix, 1).drawing, shown.count())
    });
    let (_, names) = xml(drawing.svg().as_bytes());
    // A label and two figures a row; two words a side of the axis; two names; the title.
    assert_eq!(names["text"], rows * 3 + 4 + 2 + 1);
    let png = drawing.png(1.0).unwrap();
    assert!(png.width > 800 && png.height > 200 && png.png.len() > 10_000);
}

/// The sample project with a tagging, a note on the same words, a tagging that lost its words, a note on the plan.
fn annotated() -> ProjectExport {
    let folder = tempfile::tempdir().unwrap();
    let now: Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
    let project = create_sample(folder.path(), "研究", now).unwrap();
    let mut plans = Vec::new();
    for (id, entry) in &project.plans {
        let text = Project::read_text(&project.folder, *id).unwrap();
        let plan = Arc::new(read(&text, &entry.record.layout, &[]));
        plans.push(PlanExport { record: entry.record.clone(), plan, sheets: BTreeMap::new() });
    }
    plans.sort_by(|a, b| a.record.source.file_name.cmp(&b.record.source.file_name));
    let xiamen = plans.iter_mut().find(|plan| plan.record.source.file_name.starts_with("xiamen")).unwrap();
    let text = &xiamen.plan.text;
    let words = "家庭医生";
    let at = text.as_str().find(words).map(|byte| text.as_str()[..byte].chars().count() as u32).unwrap();
    let anchor = Anchor::new(text, Span::at(CharPos(at), 4));
    let lost = Anchor { quote: "从未写过的话,谁也找不到它".to_owned(), ..anchor.clone() };
    let tag = |id: &str| Body::Tag(id.into());
    let sheet = Sheet::new([
        Annotation::on(Subject::Passage, anchor.clone(), tag("family_doctor"), now),
        Annotation::on(Subject::Passage, anchor, Body::Note("第一行\n\"第二行\"".to_owned()), now),
        Annotation::on(Subject::Passage, lost, tag("tobacco_alcohol"), now),
        Annotation::on(Subject::Plan, Anchor::default(), Body::Note("整份文件".to_owned()), now),
    ]);
    xiamen.sheets.insert(Coder::new("林"), Arc::new(sheet));
    ProjectExport {
        manifest: project.manifest.clone(),
        book: project.codebook.clone(),
        plans,
        notes: BTreeMap::new(),
    }
}

#[test]
fn a_tagging_is_a_row_that_leads_back_to_its_words() {
    let project = annotated();
    let table = project.taggings();
    let column = |head: &str| table.head.iter().position(|found| found == head).unwrap();
    let row = table.rows.iter().find(|row| row[column("tag")].read() == "family_doctor").unwrap();
    let plan = project.plans.iter().find(|plan| !plan.sheets.is_empty()).unwrap();
    let offset = |head: &str| row[column(head)].read().parse::<u32>().unwrap();
    let span = Span::new(CharPos(offset("start")), CharPos(offset("end")));
    assert_eq!(plan.plan.text.slice(span), row[column("quote")].read());
    let expect = [("city", "厦门市"), ("coder", "林"), ("place", "exact"), ("note", "第一行\n\"第二行\"")];
    for (head, value) in expect {
        assert_eq!(row[column(head)].read(), value, "{head}");
    }
    let lost = table.rows.iter().find(|row| row[column("tag")].read() == "tobacco_alcohol").unwrap();
    assert_eq!(lost[column("place")].read(), "unanchored");
    assert_eq!(table.rows.len(), 2);
    assert_eq!(project.notes().rows.len(), 2);
}

#[test]
fn a_refi_project_points_at_the_words() {
    let project = annotated();
    let files = unzip(&project.qdpx(false).unwrap());
    let (_, names) = xml(&files["project.qde"]);
    assert_eq!((names["TextSource"], names["Coding"], names["PlainTextSelection"]), (5, 1, 1));
    // The two notes, and the tagging that was lost.
    assert_eq!(names["Note"], 3);
    let qde = String::from_utf8(files["project.qde"].clone()).unwrap();
    let number = |name: &str| -> usize {
        let rest = &qde[qde.find(name).unwrap() + name.len() + 2..];
        rest[..rest.find('"').unwrap()].parse().unwrap()
    };
    let plan = project.plans.iter().find(|plan| !plan.sheets.is_empty()).unwrap();
    let text = String::from_utf8(files[&format!("sources/{}.txt", plan.record.id.0)].clone()).unwrap();
    let words: String = text
        .chars()
        .skip(number("startPosition"))
        .take(number("endPosition") - number("startPosition"))
        .collect();
    assert_eq!(words, "家庭医生");
    if let Ok(path) = std::env::var("DUIZHAO_WRITE") {
        std::fs::write(std::path::Path::new(&path).join("project.qde"), &files["project.qde"]).unwrap();
    }
}

#[test]
fn web_annotations_quote_and_place() {
    let project = annotated();
    let found: serde_json::Value = serde_json::from_str(&project.web_annotations()).unwrap();
    let items = found["first"]["items"].as_array().unwrap();
    assert_eq!(items.len(), 4);
    let quotes = |item: &&serde_json::Value| item["target"]["selector"][0]["exact"] == "家庭医生";
    let tagging = items.iter().filter(quotes).find(|item| item["body"]["purpose"] == "tagging").unwrap();
    assert_eq!(tagging["target"]["selector"][1]["type"], "TextPositionSelector");
    let lost =
        items.iter().filter(|item| item["target"]["selector"].as_array().is_some_and(|all| all.len() == 1));
    assert_eq!(lost.count(), 1);
}
