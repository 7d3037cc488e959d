//! Word files made here, part by part, and the lines they must give.

use super::super::ForeignFormat::{Archive, Odt, Ofd, Office};
use super::*;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMESPACES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:mc='http://m' xmlns:v='http://v'";

fn pack(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word file with this body, and these other parts (name under `word/`, root element, content).
fn docx(body: &str, others: &[(&str, &str, &str)]) -> Vec<u8> {
    let root = |name: &str, content: &str| {
        format!("<?xml version='1.0'?><w:{name} {NAMESPACES}>{content}</w:{name}>")
    };
    let mut parts =
        vec![("word/document.xml".to_owned(), root("document", &format!("<w:body>{body}</w:body>")))];
    parts.extend(
        others.iter().map(|(name, element, content)| (format!("word/{name}.xml"), root(element, content))),
    );
    pack(&parts.iter().map(|(name, content)| (name.as_str(), content.clone())).collect::<Vec<_>>())
}

fn lines(bytes: &[u8]) -> String {
    read(bytes).unwrap().text.as_str().trim_end().replace('\n', "|")
}

fn check(body: &str, expect: &str) {
    assert_eq!(lines(&docx(body, &[])), expect, "{body}");
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

/// A paragraph in list `id` at `level`.
fn item(id: u32, level: u32, words: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{id}'/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
    )
}

fn level(at: u32, format: &str, template: &str) -> String {
    format!(
        "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{template}'/></w:lvl>"
    )
}

/// numbering.xml with one scheme (一、 （一） 1. ⑴) and lists 1 and 2 on it.
fn numbering() -> String {
    let levels = level(0, "chineseCounting", "%1、")
        + &level(1, "chineseCountingThousand", "（%2）")
        + &level(2, "decimal", "%3.")
        + &level(3, "decimalEnclosedParen", "%4");
    format!(
        "<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
         <w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>"
    )
}

fn check_numbered(body: &str, numbering: &str, styles: &str, expect: &str) {
    let bytes = docx(body, &[("numbering", "numbering", numbering), ("styles", "styles", styles)]);
    assert_eq!(lines(&bytes), expect, "{body}");
}

#[test]
fn automatic_numbers_are_printed() {
    let body = [
        item(1, 0, "总体要求"),
        item(1, 1, "指导思想"),
        item(1, 1, "目标"),
        item(1, 2, "甲"),
        item(1, 2, "5G乙"),
        item(1, 3, "丙"),
        p("正文"),
        item(1, 0, "任务"),
        item(1, 1, "丁"),
        item(1, 2, "戊"),
    ]
    .concat();
    let expect = "一、总体要求|（一）指导思想|（二）目标|1.甲|2. 5G乙|⑴丙|正文|二、任务|（一）丁|1.戊";
    check_numbered(&body, &numbering(), "", expect);
}

#[test]
fn lists_of_one_scheme_count_on_unless_told_to_start_anew() {
    let body = [item(1, 0, "甲"), item(2, 0, "乙"), item(2, 0, "丙"), item(1, 0, "丁")].concat();
    check_numbered(&body, &numbering(), "", "一、甲|五、乙|六、丙|七、丁");
}

#[test]
fn number_zero_is_no_number() {
    let styles = "<w:style w:type='paragraph' w:styleId='H'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr><w:outlineLvl w:val='0'/></w:pPr></w:style>\
        <w:style w:type='paragraph' w:styleId='H2'><w:basedOn w:val='H'/></w:style>";
    let styled = |style: &str, extra: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/>{extra}</w:pPr><w:r><w:t>甲</w:t></w:r></w:p>")
    };
    let body = styled("H", "")
        + &styled("H2", "")
        + &styled("H", "<w:numPr><w:numId w:val='0'/></w:numPr>")
        + &styled("H", "");
    check_numbered(&body, &numbering(), styles, "一、甲|二、甲|甲|三、甲");
    let bytes = docx(&body, &[("numbering", "numbering", &numbering()), ("styles", "styles", styles)]);
    assert_eq!(read(&bytes).unwrap().layout.headings, [(1, 1), (2, 1), (3, 1), (4, 1)]);
}

#[test]
fn chapters_decimals_and_restarts() {
    let levels = level(0, "chineseCountingThousand", "第%1章")
        + "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:isLgl/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/></w:lvl>"
        + "<w:lvl w:ilvl='2'><w:start w:val='1'/><w:lvlRestart w:val='0'/><w:numFmt w:val='decimal'/><w:lvlText w:val='(%3)'/><w:suff w:val='nothing'/></w:lvl>"
        + "<w:lvl w:ilvl='3'><w:numFmt w:val='bullet'/><w:lvlText w:val='——'/></w:lvl>"
        + "<w:lvl w:ilvl='4'><w:numFmt w:val='bullet'/><w:lvlText w:val='●'/></w:lvl>";
    let numbering = format!(
        "<w:abstractNum w:abstractNumId='7'>{levels}</w:abstractNum><w:num w:numId='3'><w:abstractNumId w:val='7'/></w:num>"
    );
    let body = [
        item(3, 0, "总则"),
        item(3, 1, "甲"),
        item(3, 2, "乙"),
        item(3, 0, "任务"),
        item(3, 1, "“丙”"),
        item(3, 2, "丁"),
        item(3, 3, "戊"),
        item(3, 4, "己"),
    ]
    .concat();
    check_numbered(&body, &numbering, "", "第一章 总则|1.1 甲|(1)乙|第二章 任务|2.1 “丙”|(2)丁|——戊|己");
}

#[test]
fn changes_count_as_accepted() {
    check(
        "<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>",
        "甲新",
    );
    check(
        &format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>{}", p("乙")),
        "甲乙",
    );
    check(
        "<w:p><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>",
        "新处",
    );
    check(
        "<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>",
        "甲",
    );
}

#[test]
fn tables_keep_their_cells_and_merged_ones_come_once() {
    let tc =
        |properties: &str, words: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(words));
    let tr = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = [
        tr(&[tc("", "领域"), tc("<w:gridSpan w:val='2'/>", "指标"), tc("", "值")]),
        tr(&[tc("<w:vMerge w:val='restart'/>", "健康水平"), tc("", "寿命"), tc("", "岁"), tc("", "80")]),
        tr(&[tc("<w:vMerge/>", "健康水平"), tc("", "死亡率"), tc("", "‰"), tc("", "5")]),
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr>".to_owned(),
    ]
    .concat();
    let bytes = docx(&format!("{}<w:tbl>{table}</w:tbl>{}", p("表"), p("完")), &[]);
    assert_eq!(lines(&bytes), "表|领域\t指标\t\t值|健康水平\t寿命\t岁\t80|\t死亡率\t‰\t5|完");
    assert_eq!(read(&bytes).unwrap().layout.tables, [(2, 4)]);
    check(&format!("<w:tbl>{}{}</w:tbl>", tr(&[tc("", "专栏1")]), tr(&[tc("", "甲")])), "专栏1|甲");
}

#[test]
fn a_text_box_comes_once_behind_its_paragraph() {
    let boxed = format!("<w:txbxContent>{}</w:txbxContent>", p("框中"));
    check(
        &format!(
            "<w:p><w:r><w:t>甲</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{boxed}</mc:Choice><mc:Fallback><v:textbox>{boxed}</v:textbox></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>乙</w:t></w:r></w:p>"
        ),
        "甲乙|框中",
    );
}

#[test]
fn notes_stand_behind_the_text() {
    let body = "<w:p><w:r><w:t>覆盖率</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>提高</w:t></w:r></w:p>";
    let notes = format!(
        "<w:footnote w:id='0'>{}</w:footnote><w:footnote w:id='2'>{}</w:footnote>",
        p("—"),
        p("按常住人口")
    );
    assert_eq!(lines(&docx(body, &[("footnotes", "footnotes", &notes)])), "覆盖率[1]提高|[1] 按常住人口");
}

#[test]
fn breaks_fields_and_hidden_words() {
    check("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>", "甲|乙\t丙");
    check("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>见</w:t></w:r></w:p>", "见");
    check("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>", "3");
    check(
        "<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>甲 &amp; 乙</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>",
        "甲 & 乙",
    );
}

#[test]
fn what_is_no_word_file_is_named() {
    let check = |parts: &[(&str, &str)], expect: ImportError| {
        let parts: Vec<_> = parts.iter().map(|(name, content)| (*name, (*content).to_owned())).collect();
        assert_eq!(read(&pack(&parts)).unwrap_err(), expect);
    };
    check(&[("mimetype", "application/vnd.oasis.opendocument.text")], ImportError::Unsupported(Odt));
    check(&[("OFD.xml", "<a/>")], ImportError::Unsupported(Ofd));
    check(&[("xl/workbook.xml", "<a/>")], ImportError::Unsupported(Office));
    check(&[("甲.txt", "1")], ImportError::Unsupported(Archive));
    let whole = docx(&p("甲"), &[]);
    assert!(matches!(read(&whole[..whole.len() / 2]), Err(ImportError::Damaged { .. })));
}

#[test]
fn the_title_property_is_kept() {
    let document = format!("<w:document {NAMESPACES}><w:body>{}</w:body></w:document>", p("甲"));
    let core =
        "<cp:coreProperties xmlns:cp='a' xmlns:dc='b'><dc:title>某市计划</dc:title></cp:coreProperties>";
    let bytes = pack(&[("word/document.xml", document), ("docProps/core.xml", core.to_owned())]);
    assert_eq!(read(&bytes).unwrap().title.as_deref(), Some("某市计划"));
}
