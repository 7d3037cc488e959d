//! What holds for every text: spans tile it, parents stand before their children, the same text gives the same
//! tree, nothing panics, and corrections keep all of this.

use duizhao::plan::{self, Correction, Operation, Plan};
use duizhao::text::{CharPos, Layout, Span, Text};
use proptest::prelude::*;

fn read(text: &Text, corrections: &[Correction]) -> Plan {
    plan::read(text, &Layout::default(), corrections)
}

/// Every char that is no blank lies in exactly one node or piece of furniture. Only a page number that stands
/// inside a broken sentence lies in the node as well.
fn check_tiles(plan: &Plan) {
    let mut owners = vec![0_u32; plan.text.len() as usize];
    for node in &plan.outline.nodes {
        assert!(node.span.end.0 <= plan.text.len());
        for at in node.span.start.0..node.span.end.0 {
            owners[at as usize] += 1;
        }
    }
    for item in &plan.outline.furniture {
        let inside = plan.outline.nodes.iter().any(|node| node.span.encloses(item.span));
        for at in item.span.start.0..item.span.end.0 {
            owners[at as usize] += u32::from(!inside);
        }
    }
    for (c, count) in plan.text.as_str().chars().zip(&owners) {
        let blank = c.is_whitespace() || c.is_control() || duizhao::text::is_blank(c);
        assert!(
            *count == 1 || (blank && *count <= 1),
            "{c:?} has {count} owners in {:?}",
            plan.text.as_str()
        );
    }
}

/// Parents stand before their children and above them; own words lie in the node's span.
fn check_tree(plan: &Plan) {
    for (ix, node) in plan.outline.iter() {
        match node.parent {
            None => assert!(node.level >= 1),
            Some(up) => {
                assert!(up < ix, "parents first");
                assert!(plan.outline.nodes[up.0 as usize].level < node.level, "levels go down");
            }
        }
        for span in node.heading.0.iter().chain(&node.body.0).chain(&node.topics).chain(&node.inline) {
            assert!(node.span.encloses(*span), "{span:?} in {:?}", node.span);
        }
    }
    let starts: Vec<CharPos> = plan.outline.nodes.iter().map(|node| node.span.start).collect();
    assert!(starts.is_sorted(), "document order");
}

fn check(text: &str, corrections: &[Correction]) -> Plan {
    let text = Text::new(text);
    let plan = read(&text, corrections);
    check_tiles(&plan);
    check_tree(&plan);
    let again = read(&text, corrections);
    assert_eq!(format!("{:?}", plan.outline), format!("{:?}", again.outline));
    plan
}

/// Lines as plans have them, whole and damaged.
fn line() -> impl Strategy<Value = String> {
    let marks = prop::sample::select(vec![
        "一、",
        "二、",
        "三、",
        "(一)",
        "（二）",
        "(三)",
        "1.",
        "2、",
        "3．",
        "(1)",
        "（2）",
        "①",
        "②",
        "第一章 ",
        "第二章",
        "第一节",
        "第一条 ",
        "第二条",
        "1.1",
        "1.2 ",
        "1.1.1 ",
        "——",
        "----",
        "一是",
        "二是",
        "一)",
        "A.",
        "B.",
        "",
        "",
        "",
        "",
        "附件1",
        "附件:1.",
        "专栏1 ",
        "表1 ",
        "目录",
        "### ",
        "● ",
        "12",
        "— 3 —",
        "第3页",
        "\u{3000}\u{3000}",
        "\u{a0}",
        "\t",
    ]);
    let words = prop::sample::select(vec![
        "总体要求",
        "完善制度。抓好落实。",
        "加强领导,健全机制,",
        "领域指标2015年2020年",
        "甲率(%)12.515",
        "各县(区)卫生局:",
        "2017年7月7日",
        "甲市人民政府办公室",
        "到2020年,上述制度建成。",
        "打印 关闭",
        "发布日期:2023-06-30",
        "总则",
        "甲市工作要点",
        "《甲计划》已经通过,现印发给你们。",
        "医学∣教育网搜集整理",
        "建成“云平台”一",
        "期项目。(二)乙事。第二条 丙事。",
        "",
        "。",
        "：",
        "𠀀",
        "a\u{301}",
    ]);
    (marks, words, "[一-三a-c。,“”() 0-9]{0,12}")
        .prop_map(|(mark, words, rest)| format!("{mark}{words}{rest}"))
}

fn correction() -> impl Strategy<Value = Correction> {
    let operation = prop::sample::select(vec![
        Operation::Promote,
        Operation::Demote,
        Operation::MakeHeading,
        Operation::MakeParagraph,
        Operation::MergeWithPrevious,
        Operation::SplitHere,
        Operation::MarkFurniture,
        Operation::UnmarkFurniture,
    ]);
    (0_u32..300, operation).prop_map(|(at, operation)| Correction {
        span: Span::at(CharPos(at), 1),
        quote: String::new(),
        operation,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_gives_a_tree_that_tiles_it(content in "\\PC{0,200}") {
        check(&content, &[]);
    }

    #[test]
    fn any_lines_give_a_tree_that_tiles_them(lines in prop::collection::vec(line(), 0..30), gap in "(\n|\n\n|\n \n)") {
        check(&lines.join(&gap), &[]);
    }

    #[test]
    fn corrections_keep_the_tree(
        lines in prop::collection::vec(line(), 1..20),
        corrections in prop::collection::vec(correction(), 1..8),
    ) {
        check(&lines.join("\n"), &corrections);
    }

    #[test]
    fn any_bytes_give_a_result(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&String::from_utf8_lossy(&bytes), &[]);
    }
}

#[test]
fn deep_nesting_and_long_lines_are_fine() {
    let marks = [
        "第一篇 甲",
        "第一章 甲",
        "第一节 甲",
        "第一条 甲",
        "一、甲",
        "(一)甲",
        "1.甲",
        "(1)甲",
        "1)甲",
        "①甲",
        "A.甲",
        "B.甲",
    ];
    check(&marks.repeat(40).join("\n"), &[]);
    check(&"1.1.1.1 甲:\n".repeat(300), &[]);
    check(&"1.甲:\n".repeat(600), &[]);
    check(&"(一)甲。".repeat(3000), &[]);
    check(&"《".repeat(5000), &[]);
}

const PLAN: &str = "甲市卫生健康工作要点\n发布日期:2023-06-30\n今年的总体要求是:抓好各项工作,提升群众健康水平,建设健康甲市,推动卫生健康事业高质量发展。\n一、甲\n1.子事要办。乙事接着办。\n2.丑事要办。\n继续抓好落实,年底前全部建成,切实发挥作用。\n二、乙\n1.寅事要办。";

/// Corrects the place where `quote` stands and gives the outline: level and first chars of every node.
fn corrected(quote: &str, operation: Operation) -> Vec<String> {
    let at = PLAN.find(quote).map(|byte| PLAN[..byte].chars().count() as u32).expect("the quote is there");
    let correction = Correction { span: Span::at(CharPos(at), 1), quote: quote.to_owned(), operation };
    let plan = check(PLAN, &[correction]);
    let first = |span: Span| plan.text.slice(span).chars().take(5).collect::<String>();
    plan.outline.nodes.iter().skip(1).map(|node| format!("{} {}", node.level, first(node.span))).collect()
}

#[test]
fn people_set_the_outline_right() {
    let cases: &[(&str, Operation, &[&str])] = &[
        (
            "2.丑事",
            Operation::Promote,
            &["1 一、甲", "2 1.子事要", "1 2.丑事要", "2 继续抓好落", "1 二、乙", "2 1.寅事要"],
        ),
        (
            "2.丑事",
            Operation::Demote,
            &["1 一、甲", "2 1.子事要", "3 2.丑事要", "4 继续抓好落", "1 二、乙", "2 1.寅事要"],
        ),
        (
            "2.丑事",
            Operation::MergeWithPrevious,
            &["1 一、甲", "2 1.子事要", "3 继续抓好落", "1 二、乙", "2 1.寅事要"],
        ),
        (
            "乙事接着",
            Operation::SplitHere,
            &[
                "1 一、甲",
                "2 1.子事要",
                "3 乙事接着办",
                "2 2.丑事要",
                "3 继续抓好落",
                "1 二、乙",
                "2 1.寅事要",
            ],
        ),
        (
            "二、乙",
            Operation::MarkFurniture,
            &["1 一、甲", "2 1.子事要", "2 2.丑事要", "3 继续抓好落", "1 1.寅事要"],
        ),
        ("甲市卫生健康工作", Operation::UnmarkFurniture, &["1 今年的总体", "1 一、甲"]),
    ];
    for (quote, operation, expect) in cases {
        let found = corrected(quote, *operation);
        assert_eq!(&found[..expect.len().min(found.len())], *expect, "{operation:?} {quote}");
    }
}

#[test]
fn a_correction_finds_words_that_moved_and_is_ignored_where_they_are_gone() {
    let moved = format!("又一行导航\n{PLAN}");
    let at = PLAN.find("2.丑事").map(|byte| PLAN[..byte].chars().count() as u32).expect("there");
    let correction = |quote: &str| Correction {
        span: Span::at(CharPos(at), 1),
        quote: quote.to_owned(),
        operation: Operation::MakeParagraph,
    };
    let plan = check(&moved, &[correction("2.丑事要办。")]);
    let corrected = plan.outline.nodes.iter().filter(|node| node.flags.contains(&plan::Flag::Corrected));
    assert_eq!(corrected.map(|node| plan.text.slice(node.span)).collect::<Vec<_>>(), ["2.丑事要办。"]);
    let plan = check(&moved, &[correction("没有这句话")]);
    assert!(!plan.outline.nodes.iter().any(|node| node.flags.contains(&plan::Flag::Corrected)));
}

#[test]
fn what_follows_from_a_correction_is_set_right_beside_it() {
    // 1. moved out of 一、 leaves no numbered child there: its run is one of items again.
    let of_kind = |operation, quote: &str, text: &str| {
        let at =
            text.find(quote).map(|byte| text[..byte].chars().count() as u32).expect("the quote is there");
        let correction = Correction { span: Span::at(CharPos(at), 1), quote: quote.to_owned(), operation };
        let plan = check(text, &[correction]);
        let line = |node: &plan::Node| {
            let flags: Vec<_> = node.flags.iter().filter(|flag| **flag != plan::Flag::Split).collect();
            format!("{:?} {} {flags:?}", node.kind, plan.text.slice(node.number))
        };
        let lines: Vec<String> =
            plan.outline.nodes.iter().filter(|node| !node.number.is_empty()).map(line).collect();
        (lines, plan.warnings.len())
    };
    let text = "一、甲事\n(一)子事要办。\n二、乙事要办。\n三、丙事要办。";
    let (lines, _) = of_kind(Operation::Promote, "(一)子事", text);
    assert_eq!(lines, ["Item 一、 []", "Item (一) [Corrected]", "Item 二、 []", "Item 三、 []"]);
    let (lines, _) = of_kind(Operation::Demote, "三、丙事", text);
    assert_eq!(lines[2..], ["Section 二、 []", "Item 三、 [Corrected]"]);
    // A number that was hidden inside a paragraph fills the gap behind it.
    let text = "一、甲事要办。\n二、乙事要办,三、丙事要办。\n四、丁事要办。";
    assert!(check(text, &[]).warnings.iter().any(|warning| warning.kind == plan::WarningKind::Numbering));
    let (lines, warnings) = of_kind(Operation::SplitHere, "三、丙事", text);
    assert_eq!(lines[2..], ["Item 三、 [Corrected]", "Item 四、 []"]);
    assert_eq!(warnings, 0);
}

#[test]
fn the_rest_of_a_broken_heading_joins_the_heading() {
    let text = "一、强化支撑\n促进发展\n1.子事要办。\n二、乙事\n1.丑事要办。";
    let at = text.find("促进发展").map(|byte| text[..byte].chars().count() as u32).expect("there");
    let correction = Correction {
        span: Span::at(CharPos(at), 4),
        quote: "促进发展".to_owned(),
        operation: Operation::MergeWithPrevious,
    };
    let plan = check(text, &[correction]);
    assert_eq!(plan.outline.nodes[0].heading.read(&plan.text), "强化支撑促进发展");
    assert!(plan.outline.nodes[0].flags.contains(&plan::Flag::Corrected));
}
