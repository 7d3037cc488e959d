//! Pages as they are met, and the lines they must give.

use super::*;

fn page(html: &str) -> Imported {
    read(html.as_bytes(), &Options::default()).unwrap()
}

/// Reads a page and compares its lines, written with `|` between them.
fn check(html: &str, lines: &str) {
    assert_eq!(page(html).text.as_str().trim_end().replace('\n', "|"), lines, "{html}");
}

const BODY: &str = "<p>一、总体要求</p><p>坚持预防为主，到2025年居民健康素养水平达到30%以上；完善体系。</p>\
    <p>二、主要任务</p><p>推进家庭医生签约服务，提高服务质量。建立分级诊疗制度，完善配套政策。加强基层医疗卫生机构能力建设，\
    推动优质医疗资源下沉，方便群众就近看病。健全公共卫生应急管理体系，提高监测预警和应急处置能力，守护群众健康。</p>";

#[test]
fn the_document_is_found_among_navigation() {
    let html = format!(
        "<html><head><title>2023年某市卫生健康工作要点_某市卫生健康委员会</title></head><body>\
         <div class=nav><a href=/>首页</a><a href=/a>政务公开</a><ul><li><a href=b>通知公告</a></ul></div>\
         <div class=wrap><h2>2023年某市卫生健康工作要点</h2><div class=info>发布时间：2023-05-04　来源：某处</div>\
         <div id=zoom>{BODY}</div><div><a href=#>打印</a> <a href=#>关闭</a></div></div>\
         <div class=foot>主办：某市卫生健康委员会 备案号 12345</div><script>var a = '。。。';</script></body></html>"
    );
    let read = page(&html);
    let lines: Vec<_> = read.text.as_str().lines().collect();
    assert_eq!(lines[0], "2023年某市卫生健康工作要点");
    assert_eq!(lines[1], "发布时间：2023-05-04　来源：某处");
    assert_eq!(lines[2], "一、总体要求");
    assert_eq!(lines.len(), 6);
    assert_eq!(read.title.as_deref(), Some("2023年某市卫生健康工作要点"));
    assert_eq!(read.layout.headings, [(1, 2)]);
}

#[test]
fn a_headline_in_two_lines_and_a_meta_table_are_kept() {
    let html = format!(
        "<title>某市人民政府办公室关于印发健康某市行动方案的通知-某市政府</title>\
         <div>欢迎访问某市政府网站</div><table><tr><td>索 引 号：</td><td>001</td></tr><tr><td>成文日期：</td><td>2021-05-12</td></tr></table>\
         <h1>某市人民政府办公室关于印发<br>健康某市行动方案的通知</h1><div>{BODY}</div>"
    );
    let read = page(&html);
    assert!(read.text.as_str().starts_with(
        "索 引 号：\t001\n成文日期：\t2021-05-12\n某市人民政府办公室关于印发\n健康某市行动方案的通知\n一、"
    ));
    assert_eq!(read.layout.tables, [(1, 2)]);
    assert_eq!(read.title.as_deref(), Some("某市人民政府办公室关于印发健康某市行动方案的通知"));
}

#[test]
fn sentences_are_never_left_behind() {
    // Most of the text stands in one section's box; the document is still the whole.
    let long = "推进家庭医生签约服务，提高服务质量。".repeat(40);
    check(
        &format!("<div><div><p>一、甲。</p><p>乙。丙。丁。</p></div><div><p>{long}</p></div></div>"),
        &format!("一、甲。|乙。丙。丁。|{long}"),
    );
}

#[test]
fn lines_break_where_the_browser_breaks_them() {
    check("<div>一、甲<br>二、乙<br/><br>&nbsp;&nbsp;三、丙</div>", "一、甲|二、乙|三、丙");
    check("<p>第一章 总则</p><p>推进\n  改革<b>创新</b>，HIV\n防治", "第一章 总则|推进改革创新，HIV 防治");
    check("<pre>甲\n  乙</pre>", "甲|乙");
    check("<p>&#20581;康&ldquo;中国&rdquo;&mdash;甲</p>", "健康“中国”—甲");
    check("<p style='DISPLAY: none'>看不见</p><p>看得见</p><ruby>衛<rt>wei</rt></ruby>生", "看得见|衛生");
}

#[test]
fn list_numbers_are_printed_once() {
    check("<ol><li>甲<li>乙</ol><ol start=3 type=a><li>丙</ol>", "1. 甲|2. 乙|c. 丙");
    check("<ol style='list-style-type: cjk-ideographic'><li>甲<li>乙</ol>", "一、甲|二、乙");
    check("<ol><li>1.甲</li><li>（二）乙</li><li><p>丙</p></li></ol>", "1.甲|（二）乙|3. 丙");
    check("<ul><li>甲<li>乙</ul><ol style='list-style:none'><li>丙</ol>", "甲|乙|丙");
}

#[test]
fn tables_stay_tables_and_merged_cells_come_once() {
    let read = page(
        "<p>表1 主要指标</p><table><tr><th>领域<th>指标<th>2015年<th>2020年</tr>\
         <tr><td rowspan=2>健康水平<td>人均预期寿命（岁）<td>76.3<td>77.3</tr>\
         <tr><td>婴儿死亡率<br>（‰）<td>8.1<td>7.5</tr><tr><td colspan=2>合计<td>1<td>2</tr></table><p>完</p>",
    );
    assert_eq!(
        read.text.as_str(),
        "表1 主要指标\n领域\t指标\t2015年\t2020年\n健康水平\t人均预期寿命（岁）\t76.3\t77.3\n\
         \t婴儿死亡率 （‰）\t8.1\t7.5\n合计\t\t1\t2\n完\n"
    );
    assert_eq!(read.layout.tables, [(2, 5)]);
}

#[test]
fn a_page_laid_out_with_tables_is_no_table() {
    check(
        "<table><tr><td><a href=x>首页</a></td><td><a href=y>新闻</a></td></tr><tr><td colspan=2>\
         <table><tr><td><p>一、甲。</p><p>二、乙。</p></td></tr></table></td></tr></table>",
        "一、甲。|二、乙。",
    );
}

#[test]
fn where_the_page_was_saved_from_is_known() {
    let check = |html: &str, url: Option<&str>| assert_eq!(page(html).source_url.as_deref(), url);
    check("<!-- saved from url=(0022)https://x.gov.cn/1.htm -->\n<p>甲", Some("https://x.gov.cn/1.htm"));
    check(
        "<!--\n Page saved with SingleFile \n url: http://y.gov.cn/a?b=1 \n saved date: Mon -->甲",
        Some("http://y.gov.cn/a?b=1"),
    );
    check(
        "<link rel=canonical href='https://z.gov.cn/'><meta property=og:url content=https://w.cn/>甲",
        Some("https://z.gov.cn/"),
    );
    check("<link rel=canonical href='/local'>甲", None);
}

#[test]
fn a_page_that_is_not_finished_is_read_as_far_as_it_goes() {
    check("<html><body><p>一、甲</p><p>二、乙<ta", "一、甲|二、乙");
}

/// What the editors of government sites write: a span for every few characters, `Url` in the head, blank paragraphs.
#[test]
fn a_page_of_an_official_editor_is_read_as_it_looks() {
    let sentence = "推进家庭医生签约服务，提高服务质量。建立分级诊疗制度，完善配套政策。";
    let signs: Vec<char> = sentence.chars().collect();
    let spans: Vec<String> = signs
        .chunks(3)
        .map(|run| format!("<span style='font-family:仿宋'>{}</span>", run.iter().collect::<String>()))
        .collect();
    let spans = spans.concat();
    let html = format!(
        "<head><meta name=ArticleTitle content='某市2024年工作要点'><meta name=Url content='http://wjw.x.gov.cn/1.html'></head>\
         <div class=top><a href=/>首页</a> &gt; <a href=/a>公告</a></div><h1>某市2024年工作要点</h1>\
         <div class='view TRS_UEDITOR'><style>p{{}}</style><p align=justify>\u{2002}\u{2002}一、总体要求<o:p></o:p></p>\
         <p>{spans}</p><p><br/></p><p>二、<span lang=EN-US>2024</span>年任务</p></div><div>主办单位：某市</div>"
    );
    let read = page(&html);
    let expect = format!("某市2024年工作要点\n一、总体要求\n{sentence}\n二、2024年任务\n");
    assert_eq!(read.text.as_str(), expect);
    assert_eq!(read.source_url.as_deref(), Some("http://wjw.x.gov.cn/1.html"));
}
