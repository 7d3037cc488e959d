//! What a source file tells beside the words (heading styles, pages) as votes: never alone, never against the words.

use duizhao::plan::{self, Flag, Kind, Plan};
use duizhao::text::{Layout, Text};

fn read(words: &str, layout: Layout) -> Plan {
    plan::read(&Text::new(words), &layout, &[])
}

/// Sections and items: level, number, heading.
fn headings(plan: &Plan) -> Vec<String> {
    let text = &plan.text;
    let headed = plan.outline.nodes.iter().filter(|node| matches!(node.kind, Kind::Section | Kind::Item));
    headed
        .map(|node| format!("{} {}{}", node.level, text.slice(node.number), node.heading.read(text)))
        .collect()
}

const STYLED: &str = "一、加强领导\n健全工作机制,落实各方责任。\n二、强化督导\n定期开展检查,及时通报情况。\n\
                      工作亮点\n打造一批示范典型,总结推广经验。\n三、抓好落实\n压实工作责任,确保取得实效。";

#[test]
fn a_short_line_in_the_style_of_numbered_headings_is_a_heading() {
    let styled = |lines: &[u32]| Layout {
        headings: lines.iter().map(|&line| (line, 1)).collect(),
        ..Layout::default()
    };
    let with = headings(&read(STYLED, styled(&[1, 3, 5, 7])));
    assert_eq!(with, ["1 一、加强领导", "1 二、强化督导", "1 工作亮点", "1 三、抓好落实"]);
    // Without the style it stays a paragraph; a style that no numbered heading wears says nothing.
    let plain = ["1 一、加强领导", "1 二、强化督导", "1 三、抓好落实"];
    assert_eq!(headings(&read(STYLED, Layout::default())), plain);
    assert_eq!(headings(&read(STYLED, styled(&[5]))), plain);
    // A sentence is none, whatever its style.
    assert_eq!(headings(&read(STYLED, styled(&[1, 3, 6, 7]))), plain);
}

#[test]
fn a_style_makes_a_doubtful_number_certain() {
    let words = "今年的工作要以人民健康为中心,抓好各项任务,办好民生实事。\n二 总体要求\n坚持以人民健康为中心,抓好各项工作。\n\
                 1.子事要办。\n2.丑事要办。";
    let styled = Layout { headings: vec![(2, 1)], ..Layout::default() };
    assert_eq!(headings(&read(words, styled))[0], "1 二总体要求");
    assert!(!headings(&read(words, Layout::default()))[0].contains("总体要求"));
}

#[test]
fn page_edges_tell_page_numbers_and_running_heads() {
    let page = |number: u32, words: &str| format!("甲市卫生规划\n{words}\n{number}\n");
    let words = page(1, "一、甲事要办,各部门都要抓好落实。\n二、乙事要办,")
        + &page(2, "各部门都要抓好落实。\n三、丙事要办。")
        + &page(3, "四、丁事要办。")
        + &page(4, "五、戊事要办。");
    let starts = vec![1, 5, 9, 12];
    let plan = read(&words, Layout { pages: starts, ..Layout::default() });
    let furniture: Vec<&str> = plan.outline.furniture.iter().map(|item| plan.text.slice(item.span)).collect();
    for number in ["1", "2", "3", "4"] {
        assert!(furniture.contains(&number), "{number} in {furniture:?}");
    }
    let paragraphs: Vec<&str> = plan.outline.nodes.iter().map(|node| plan.text.slice(node.number)).collect();
    assert_eq!(paragraphs, ["一、", "二、", "三、", "四、", "五、"]);
    assert!(plan.outline.nodes[1].flags.contains(&Flag::Joined));
    assert_eq!(plan.outline.nodes[1].body.read(&plan.text), "乙事要办,各部门都要抓好落实。");
}
