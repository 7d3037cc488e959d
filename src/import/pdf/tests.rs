//! Pages made of signs at given places, and the paragraphs they must give.

use super::glyphs::{Glyph, Rule};
use super::*;

const SIZE: f32 = 10.0;

/// Signs set from `x` on the baseline `y`, as wide as they are high, Latin ones half as wide.
fn set(x: f32, y: f32, words: &str) -> Vec<Glyph> {
    let mut at = x;
    let mut glyphs = Vec::new();
    for sign in words.chars() {
        let width = if sign.is_ascii() { SIZE / 2.0 } else { SIZE };
        glyphs.push(Glyph { sign, x: at, y, width, size: SIZE });
        at += width;
    }
    glyphs
}

/// A page of rows: how many signs each is set in from the left edge, and its words.
fn page(rows: &[(f32, &str)]) -> Page {
    let glyphs = (0..)
        .zip(rows)
        .flat_map(|(n, (x, words))| set(50.0 + x * SIZE, 700.0 - n as f32 * 16.0, words))
        .collect();
    Page { height: 800.0, glyphs, rules: Vec::new() }
}

fn text(pages: Vec<Page>) -> String {
    let mut sheets = sheets_of(pages);
    furniture::remove(&mut sheets);
    let mut lines = Lines::default();
    reflow::write(&sheets, &mut lines).unwrap();
    lines.finish().0.as_str().trim_end().replace('\n', "|")
}

fn check(rows: &[(f32, &str)], expect: &str) {
    assert_eq!(text(vec![page(rows)]), expect);
}

#[test]
fn rows_become_paragraphs() {
    check(
        &[
            (2.0, "坚持预防为主的方针，"),
            (0.0, "推进家庭医生签约服务，覆"),
            (0.0, "盖重点人群。"),
            (2.0, "建立分级诊疗制度，完"),
            (0.0, "善配套政策。"),
        ],
        "坚持预防为主的方针，推进家庭医生签约服务，覆盖重点人群。|建立分级诊疗制度，完善配套政策。",
    );
}

#[test]
fn a_wrapped_heading_is_one_line_and_the_next_paragraph_another() {
    check(
        &[
            (0.0, "一、强化支撑保障推动全市"),
            (0.0, "高质量发展"),
            (2.0, "落实各级责任，加强督"),
            (0.0, "导检查，确保任务落实到位。"),
            (0.0, "二、加强组织领导"),
        ],
        "一、强化支撑保障推动全市高质量发展|落实各级责任，加强督导检查，确保任务落实到位。|二、加强组织领导",
    );
}

#[test]
fn blanks_are_those_that_a_reader_sees() {
    let row = |glyphs: Vec<Glyph>| row::words_of(glyphs);
    assert_eq!(row(set(0.0, 0.0, "到 2025 年")), "到2025年");
    assert_eq!(row(set(0.0, 0.0, "World Health")), "World Health");
    assert_eq!(row([set(0.0, 0.0, "总"), set(20.0, 0.0, "则")].concat()), "总 则");
    let bold = [set(0.0, 0.0, "健康"), set(0.3, 0.0, "健康")].concat();
    assert_eq!(row(bold), "健康");
}

#[test]
fn a_low_number_belongs_to_its_row() {
    let mut glyphs = set(0.0, 100.0, "PM");
    glyphs.extend(set(10.0, 97.5, "2.5").into_iter().map(|g| Glyph { size: 6.0, ..g }));
    glyphs.extend(set(25.0, 100.0, "达标"));
    assert_eq!(row::words_of(glyphs), "PM2.5达标");
}

#[test]
fn page_numbers_and_running_heads_are_left_out() {
    let pages = (1..=4).map(|n| {
        let mut page = page(&[(2.0, "坚持预防为主的方针，"), (0.0, "推进家庭医生签约服务。")]);
        page.glyphs.extend(set(60.0, 780.0, "某市卫生规划"));
        page.glyphs.extend(set(200.0, 30.0, &format!("- {n} -")));
        page
    });
    let paragraph = "坚持预防为主的方针，推进家庭医生签约服务。";
    assert_eq!(text(pages.collect()), [paragraph; 4].join("|"));
}

#[test]
fn a_paragraph_goes_on_over_the_page() {
    let pages = vec![
        page(&[
            (2.0, "坚持预防为主的方针，"),
            (0.0, "推进家庭医生签约服务，覆"),
            (0.0, "盖重点人群和一般人群，提"),
        ]),
        page(&[(0.0, "高质量。"), (2.0, "完善政策。")]),
    ];
    let mut sheets = sheets_of(pages);
    furniture::remove(&mut sheets);
    let mut lines = Lines::default();
    reflow::write(&sheets, &mut lines).unwrap();
    let (text, layout, _) = lines.finish();
    assert_eq!(
        text.as_str(),
        "坚持预防为主的方针，推进家庭医生签约服务，覆盖重点人群和一般人群，提高质量。\n完善政策。\n"
    );
    assert_eq!(layout.pages, [1, 2]);
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let mut glyphs = set(100.0, 720.0, "题目横跨两栏的一行文字在此处排成一整行而且很长");
    for n in 0..10_u8 {
        let y = 700.0 - f32::from(n) * 16.0;
        glyphs.extend(set(50.0, y, &format!("左{}推进家庭医生签约服", char::from(b'a' + n))));
        glyphs.extend(set(250.0, y, &format!("右{}建立分级诊疗制度完", char::from(b'a' + n))));
    }
    let text = text(vec![Page { height: 800.0, glyphs, rules: Vec::new() }]);
    assert!(text.find("左j").unwrap() < text.find("右a").unwrap(), "{text}");
    assert!(text.starts_with("题目横跨两栏"));
}

#[test]
fn a_ruled_table_keeps_its_cells() {
    let line = |x0, y0, x1, y1| Rule { x0, y0, x1, y1 };
    // Three rows of three columns; the first column of the lower two rows is one cell.
    let rules = vec![
        line(50.0, 600.0, 350.0, 600.0),
        line(50.0, 560.0, 350.0, 560.0),
        line(150.0, 530.0, 350.0, 530.0),
        line(50.0, 500.0, 350.0, 500.0),
        line(50.0, 500.0, 50.0, 600.0),
        line(150.0, 500.0, 150.0, 600.0),
        line(250.0, 500.0, 250.0, 600.0),
        line(350.0, 500.0, 350.0, 600.0),
    ];
    let glyphs = [
        set(60.0, 650.0, "表前"),
        set(60.0, 575.0, "领域"),
        set(160.0, 585.0, "人均预期寿命"),
        set(160.0, 570.0, "（岁）"),
        set(260.0, 575.0, "2020年"),
        set(60.0, 530.0, "健康水平"),
        set(160.0, 540.0, "甲"),
        set(260.0, 540.0, "77.3"),
        set(160.0, 510.0, "乙"),
        set(260.0, 510.0, "8.1"),
        set(60.0, 450.0, "表后"),
    ]
    .concat();
    let text = text(vec![Page { height: 800.0, glyphs, rules }]);
    assert_eq!(text, "表前|领域\t人均预期寿命（岁）\t2020年|健康水平\t甲\t77.3|\t乙\t8.1|表后");
}

#[test]
fn what_is_no_pdf_is_an_error() {
    for bytes in [
        &b"%PDF-1.7\n"[..],
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    ] {
        assert!(read(bytes).is_err());
    }
}

/// A page in two columns, `gap` signs apart, and the rows of each.
fn two_columns(gap: f32, left: &[(f32, &str)], right: &[(f32, &str)]) -> Page {
    let width = 12.0;
    let glyphs = [(0.0, left), (width + gap, right)].into_iter().flat_map(|(from, rows)| {
        let set_row = move |(n, (x, words)): (usize, &(f32, &str))| {
            set(50.0 + (from + x) * SIZE, 700.0 - n as f32 * 16.0, words)
        };
        rows.iter().enumerate().flat_map(set_row).collect::<Vec<_>>()
    });
    Page { height: 800.0, glyphs: glyphs.collect(), rules: Vec::new() }
}

#[test]
fn points_that_hang_into_the_white_and_pages_with_little_on_them_are_read_in_columns_too() {
    let (full, hanging) = ("坚持预防为主的方针推进签", "坚持预防为主的方针推进签，");
    let first: Vec<(f32, &str)> = (0..10).map(|n| (0.0, if n % 3 == 1 { hanging } else { full })).collect();
    let second: Vec<(f32, &str)> = (0..10).map(|_| (0.0, full)).collect();
    let whole = || two_columns(1.3, &first, &second);
    let last = two_columns(1.3, &[(0.0, full), (0.0, "落实。")], &[(2.0, "第二段从这里开始。")]);
    let column = |rows: &[(f32, &str)]| rows.iter().map(|(_, words)| *words).collect::<String>();
    let page = column(&first) + &column(&second);
    let expect = format!("{page}{page}{full}落实。|第二段从这里开始。");
    assert_eq!(text(vec![whole(), whole(), last]).replace('\u{3000}', ""), expect);
}

#[test]
fn columns_that_stand_close_are_read_one_after_the_other() {
    let row = "坚持预防为主的方针推进签";
    let first: Vec<(f32, &str)> =
        std::iter::once((0.0, "一、总体要求")).chain((0..9).map(|_| (0.0, row))).collect();
    let second: Vec<(f32, &str)> = (0..9).map(|_| (0.0, row)).chain([(0.0, "完善体系。")]).collect();
    // 12 points beside type of 16 is what Word sets for the narrowest of its usual columns.
    for gap in [0.75, 1.0, 2.0, 4.0] {
        let read = text(vec![two_columns(gap, &first, &second)]);
        let expect = format!("一、总体要求|{}完善体系。", row.repeat(18));
        assert_eq!(read, expect, "{gap} signs apart");
    }
}
