//! The files of the package around the body.

use super::body::Body;
use crate::export::document::Document;
use crate::export::package::XML;
use crate::export::xml::escaped;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Paragraph styles: id, what it rests on, paragraph properties, run properties. Body text is set in 宋体, headings
/// and tables in 黑体, as Chinese reports are; Latin and digits in the fonts that go with them.
const STYLES: [(&str, &str, &str, &str); 11] = [
    ("Normal", "", "<w:spacing w:after=\"80\" w:line=\"300\" w:lineRule=\"auto\"/>", ""),
    (
        "Title",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"200\"/>",
        "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"黑体\"/><w:sz w:val=\"36\"/><w:szCs w:val=\"36\"/>",
    ),
    (
        "Heading1",
        "Normal",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"320\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>",
        "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"黑体\"/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/>",
    ),
    (
        "TableName",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/>",
        "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"黑体\"/>",
    ),
    (
        "Cell",
        "Normal",
        "<w:spacing w:before=\"20\" w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>",
    ),
    (
        "CellHead",
        "Cell",
        "<w:keepNext/>",
        "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"黑体\"/><w:b/>",
    ),
    (
        "Caution",
        "Normal",
        "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"8A5A00\"/></w:pBdr><w:ind w:left=\"200\"/>",
        "",
    ),
    (
        "Quote",
        "Normal",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"120\" w:after=\"20\"/><w:ind w:left=\"420\" w:right=\"420\"/>",
        "<w:rFonts w:eastAsia=\"楷体\"/>",
    ),
    ("Source", "Normal", "<w:spacing w:after=\"60\"/><w:ind w:left=\"420\"/>", "<w:color w:val=\"55606B\"/>"),
    (
        "Picture",
        "Normal",
        "<w:keepNext/><w:spacing w:before=\"80\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "",
    ),
    (
        "Caption",
        "Normal",
        "<w:spacing w:after=\"160\"/>",
        "<w:color w:val=\"55606B\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>",
    ),
];

/// All files of the package with their names, in the order they are written.
pub fn all(document: &Document, body: &Body) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relations_of_package()),
        ("docProps/core.xml", properties(document)),
        ("word/document.xml", whole_document(body)),
        ("word/styles.xml", styles(document)),
        ("word/settings.xml", settings()),
        ("word/footer1.xml", footer()),
        ("word/_rels/document.xml.rels", relations_of_document(body.pictures.len())),
    ]
    .into_iter()
    .map(|(name, content)| (name.to_owned(), content.into_bytes()))
    .collect();
    let pictures = body.pictures.iter().enumerate();
    files.extend(pictures.map(|(at, raster)| (format!("word/media/{}.png", at + 1), raster.png.clone())));
    files
}

fn content_types() -> String {
    let parts = [
        (
            "/word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        ),
        ("/word/styles.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"),
        ("/word/settings.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"),
        ("/word/footer1.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ];
    let overrides =
        parts.map(|(part, kind)| format!("<Override PartName=\"{part}\" ContentType=\"{kind}\"/>"));
    format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>{}</Types>",
        overrides.concat()
    )
}

fn relations(list: &[(String, &str, String)]) -> String {
    let one = |(id, kind, target): &(String, &str, String)| {
        format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
    };
    format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
        list.iter().map(one).collect::<String>()
    )
}

fn relations_of_package() -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    relations(&[
        ("document".to_owned(), &format!("{RELATIONS}/officeDocument"), "word/document.xml".to_owned()),
        ("core".to_owned(), core, "docProps/core.xml".to_owned()),
    ])
}

fn relations_of_document(pictures: usize) -> String {
    let (styles, settings) = (format!("{RELATIONS}/styles"), format!("{RELATIONS}/settings"));
    let (footer, image) = (format!("{RELATIONS}/footer"), format!("{RELATIONS}/image"));
    let mut list = vec![
        ("styles".to_owned(), styles.as_str(), "styles.xml".to_owned()),
        ("settings".to_owned(), settings.as_str(), "settings.xml".to_owned()),
        ("footer".to_owned(), footer.as_str(), "footer1.xml".to_owned()),
    ];
    list.extend((1..=pictures).map(|at| (format!("picture{at}"), image.as_str(), format!("media/{at}.png"))));
    relations(&list)
}

fn properties(document: &Document) -> String {
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>{}</dc:language>\
         </cp:coreProperties>",
        escaped(&document.title),
        document.language.code()
    )
}

fn whole_document(body: &Body) -> String {
    format!(
        "{XML}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{RELATIONS}\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>\n{}<w:sectPr><w:footerReference \
         w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar \
         w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" \
         w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
        body.xml
    )
}

fn styles(document: &Document) -> String {
    let style = |(id, based, paragraph, run): (&str, &str, &str, &str)| {
        let default = if id == "Normal" { " w:default=\"1\"" } else { "" };
        let based = if based.is_empty() { String::new() } else { format!("<w:basedOn w:val=\"{based}\"/>") };
        format!(
            "<w:style w:type=\"paragraph\"{default} w:styleId=\"{id}\"><w:name w:val=\"{}\"/>{based}<w:qFormat/>\
             <w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>\n",
            if id == "Heading1" { "heading 1" } else { id }
        )
    };
    let line =
        |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"B8C0CA\"/>");
    format!(
        "{XML}<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
         w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\" w:eastAsia=\"宋体\"/><w:sz w:val=\"21\"/><w:szCs \
         w:val=\"21\"/><w:lang w:val=\"{}\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/>\
         </w:docDefaults>\n{}<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name \
         w:val=\"Normal Table\"/><w:tblPr><w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/><w:right w:w=\"70\" \
         w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\n<w:style w:type=\"table\" w:styleId=\"Lines\"><w:name \
         w:val=\"Lines\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>{}</w:tblBorders></w:tblPr>\
         <w:tblStylePr w:type=\"firstRow\"><w:tcPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E8ECF1\"/></w:tcPr>\
         </w:tblStylePr></w:style></w:styles>",
        document.language.say("zh-CN", "en-GB"),
        STYLES.map(style).concat(),
        ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).concat(),
    )
}

fn settings() -> String {
    format!(
        "{XML}<w:settings xmlns:w=\"{MAIN}\"><w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat>\
         <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
         </w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>"
    )
}

fn footer() -> String {
    let field =
        |name: &str| format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    format!(
        "{XML}<w:ftr xmlns:w=\"{MAIN}\"><w:p><w:pPr><w:pStyle w:val=\"Caption\"/><w:jc w:val=\"center\"/></w:pPr>{}\
         <w:r><w:t xml:space=\"preserve\"> / </w:t></w:r>{}</w:p></w:ftr>",
        field("PAGE"),
        field("NUMPAGES")
    )
}
