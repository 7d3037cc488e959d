//! The hard cases of structure and metadata, each a small text and what it must be read as.
//! The texts are invented; the numbers are those of the specification's table.

use duizhao::plan::{self, Flag, Kind, Plan};
use duizhao::text::{Layout, Text};

fn read(text: &str) -> Plan {
    plan::read(&Text::new(text), &Layout::default(), &[])
}

/// The outline as lines: an indent per level, `§` section, `·` item, `¶` paragraph, `▦` table, the number, the
/// heading in brackets, the body.
fn outline(plan: &Plan) -> String {
    let text = &plan.text;
    let mut out = String::new();
    for (_, node) in plan.outline.iter() {
        let sign = match node.kind {
            Kind::Section => '§',
            Kind::Item => '·',
            Kind::Paragraph => '¶',
            Kind::Table => '▦',
        };
        let number = text.slice(node.number);
        let heading =
            if node.heading.is_empty() { String::new() } else { format!("[{}]", node.heading.read(text)) };
        let body = node.body.read(text);
        out += &format!("{}{sign}{number}{heading}{body}\n", "  ".repeat(usize::from(node.level) - 1));
    }
    out
}

/// Checks what a text is read as. Both sides are compared without blanks at line ends.
#[track_caller]
fn check(case: &str, text: &str, expect: &[&str]) {
    let plan = read(text);
    let found = outline(&plan);
    let found: Vec<&str> = found.lines().collect();
    assert_eq!(found, expect, "case {case}:\n{text}");
}

#[track_caller]
fn flags(case: &str, text: &str, start: &str, flag: Flag) {
    let plan = read(text);
    let node = plan.outline.nodes.iter().find(|node| plan.text.slice(node.span).starts_with(start));
    assert!(node.is_some_and(|node| node.flags.contains(&flag)), "case {case}: {:?}", outline(&plan));
}

#[test]
fn headings_on_their_line_and_leading_in() {
    check(
        "1",
        "一、任务\n(一)完善制度。甲事要办好。\n(二)健全机制。乙事要办好。",
        &["§一、[任务]", "  ·(一)[完善制度]甲事要办好。", "  ·(二)[健全机制]乙事要办好。"],
    );
    check(
        "2",
        "一、任务\n(一)健全机制。丙事要办。\n(二)完善制度。\n围绕甲事抓好落实,形成长效机制。",
        &[
            "§一、[任务]",
            "  ·(一)[健全机制]丙事要办。",
            "  ·(二)[完善制度]",
            "    ¶围绕甲事抓好落实,形成长效机制。",
        ],
    );
    let run = "(一)强化领导。成立专班,统一调度。\n(二)健全机制。定期会商,及时通报。\n(三)加强宣传坚持导向,扩大影响,营造全社会关心支持的良好氛围。\n(四)做好评估。按年度检查。";
    check(
        "3",
        run,
        &[
            "·(一)[强化领导]成立专班,统一调度。",
            "·(二)[健全机制]定期会商,及时通报。",
            "·(三)[加强宣传]坚持导向,扩大影响,营造全社会关心支持的良好氛围。",
            "·(四)[做好评估]按年度检查。",
        ],
    );
    flags("3", run, "(三)", Flag::Repaired);
}

#[test]
fn runs_of_numbers() {
    check(
        "4",
        "(一)任务\n1.甲事要办。\n2、乙事要办。\n3．丙事要办。",
        &["§(一)[任务]", "  ·1.甲事要办。", "  ·2、乙事要办。", "  ·3．丙事要办。"],
    );
    check(
        "5",
        "一、甲\n(一)子事要办。\n(二)丑事要办。\n二、乙\n(三)寅事要办。\n(四)卯事要办。",
        &[
            "§一、[甲]",
            "  ·(一)子事要办。",
            "  ·(二)丑事要办。",
            "§二、[乙]",
            "  ·(三)寅事要办。",
            "  ·(四)卯事要办。",
        ],
    );
    let twice = "一、目标\n到年底建成。\n一、任务\n抓好落实。\n二、保障\n加强领导。";
    check(
        "6",
        twice,
        &["·一、[目标]", "  ¶到年底建成。", "·一、[任务]", "  ¶抓好落实。", "·二、[保障]", "  ¶加强领导。"],
    );
    flags("6", twice, "一、任务", Flag::Duplicate);
    check(
        "16",
        "(一)完善网络\n(1)建设甲院。\n(2)建设乙院。\n(二)提升能力\n(1)培养甲类人才。",
        &[
            "§(一)[完善网络]",
            "  ·(1)建设甲院。",
            "  ·(2)建设乙院。",
            "§(二)[提升能力]",
            "  ·(1)培养甲类人才。",
        ],
    );
    check(
        "49",
        "一)加强领导。成立专班。\n(二)健全机制。定期会商。",
        &["·一)[加强领导]成立专班。", "·(二)[健全机制]定期会商。"],
    );
}

#[test]
fn numbers_that_are_no_numbering() {
    for (case, line) in [
        ("7", "2021年,新建医院3家。"),
        ("8", "3岁以下婴幼儿入托率提高。"),
        ("9", "1.5万张床位投入使用。"),
        ("24", "具体要求见(二)和附件3,由各单位落实。"),
        ("25", "一、二级医院全部参加。"),
    ] {
        let item = "(二)办好乙事,做到人员到位、经费到位、责任到位,按月调度、按季通报、年终评估,确保各项任务按期完成并取得实效。";
        let text = format!("(一)甲事要办。\n{item}\n{line}\n(三)丙事要办。");
        let (item, body) = (format!("·{item}"), format!("  ¶{line}"));
        check(case, &text, &["·(一)甲事要办。", &item, &body, "·(三)丙事要办。"]);
    }
}

#[test]
fn broken_lines() {
    check(
        "10",
        "一、数字\n1.加快推进平台建设,年内建成“云平台”一\n\n期项目并投入运行。\n2.推广应用。",
        &["§一、[数字]", "  ·1.加快推进平台建设,年内建成“云平台”一期项目并投入运行。", "  ·2.推广应用。"],
    );
    check(
        "11",
        "一、强化支撑,推动全市\n发展\n1.1 甲中心\n建成甲中心,年内投用。\n1.2 乙中心\n建成乙中心,年内投用。\n1.3 丙中心\n建成丙中心,年内投用。",
        &[
            "§一、[强化支撑,推动全市发展]",
            "  ·1.1[甲中心]",
            "    ¶建成甲中心,年内投用。",
            "  ·1.2[乙中心]",
            "    ¶建成乙中心,年内投用。",
            "  ·1.3[丙中心]",
            "    ¶建成丙中心,年内投用。",
        ],
    );
    check(
        "45",
        "一、空气\n1.全市细颗粒物,即PM\n2.5达标。\n2.水体达标。",
        &["§一、[空气]", "  ·1.全市细颗粒物,即PM2.5达标。", "  ·2.水体达标。"],
    );
}

#[test]
fn page_numbers_glued_to_words() {
    let mut text = String::new();
    for page in 1..=4 {
        text += &format!("{page}本院持续改善服务流程,缩短等候时间,方便群众就医,\n");
        for _ in 0..6 {
            text += "提高服务效率和质量,完善各项规章制度,加强队伍建设,\n";
        }
    }
    let plan = read(&text);
    let glued = plan.outline.furniture.iter().filter(|item| item.class == "page_number").count();
    assert_eq!(glued, 4, "case 12: {:?}", outline(&plan));
    assert!(outline(&plan).contains("加强队伍建设,本院持续"), "case 12");
}

#[test]
fn dashes_and_words_that_count() {
    check(
        "13",
        "一、原则\n——优先原则。把甲放在首位。\n——公平原则。让乙人人享有。",
        &["§一、[原则]", "  ·——[优先原则]把甲放在首位。", "  ·——[公平原则]让乙人人享有。"],
    );
    let plan = read("一、任务\n主要抓三点:一是抓好甲。二是抓好乙。三是抓好丙。");
    assert_eq!(plan.outline.nodes.len(), 2, "case 14");
    assert_eq!(plan.outline.nodes[1].inline.len(), 3, "case 14");
    check(
        "15",
        "一、任务\n一是抓好甲。\n二是抓好乙。",
        &["§一、[任务]", "  ·一是抓好甲。", "  ·二是抓好乙。"],
    );
    check(
        "42",
        "(一)行动\n——个人:\n1.少吃盐。\n2.多运动。\n——社会:\n1.建步道。\n2.办讲座。",
        &[
            "§(一)[行动]",
            "  §——[个人]",
            "    ·1.少吃盐。",
            "    ·2.多运动。",
            "  §——[社会]",
            "    ·1.建步道。",
            "    ·2.办讲座。",
        ],
    );
}

#[test]
fn paragraphs_find_their_owner() {
    check(
        "17",
        "一、行动\n2.医改行动。\n(1)分级诊疗。落实首诊。\n(2)药品保障。落实采购。\n到2020年,上述制度基本建成。\n3.环境行动。整治环境。",
        &[
            "§一、[行动]",
            "  §2.[医改行动]",
            "    ·(1)[分级诊疗]落实首诊。",
            "    ·(2)[药品保障]落实采购。",
            "    ¶到2020年,上述制度基本建成。",
            "  §3.[环境行动]整治环境。",
        ],
    );
    check(
        "18",
        "一、工程\n1.甲工程。建设甲。\n2.乙工程。建设乙。\n继续完善乙的各项制度,整合资源。\n二、保障\n加强领导。",
        &[
            "§一、[工程]",
            "  ·1.[甲工程]建设甲。",
            "  ·2.[乙工程]建设乙。",
            "    ¶继续完善乙的各项制度,整合资源。",
            "§二、[保障]",
            "  ¶加强领导。",
        ],
    );
    check(
        "19",
        "一、甲\n1.子事要办。\n2.丑事要办。\n2017年,我们要团结奋进!",
        &["§一、[甲]", "  ·1.子事要办。", "  ·2.丑事要办。", "¶2017年,我们要团结奋进!"],
    );
    check(
        "47",
        "一、甲\n(三)建设平台(共同牵头)。\n(四)推广平台(共同牵头)。2021年6月\n二、乙\n(五)评估。",
        &[
            "§一、[甲]",
            "  ·(三)建设平台(共同牵头)。",
            "  ·(四)[推广平台(共同牵头)]2021年6月",
            "§二、[乙]",
            "  ·(五)评估。",
        ],
    );
}

#[test]
fn annexes() {
    let text = "一、甲\n1.子事要办。\n二、乙\n1.丑事要办。\n2.寅事要办。\n附件:1.清单\n2.名单\n\n附件1\n清单\n1.卯事。\n2.辰事。";
    let plan = read(text);
    let found = outline(&plan);
    assert!(found.contains("¶附件:1.清单\n¶2.名单\n§附件1[清单]\n  ·1."), "case 20:\n{found}");
}

#[test]
fn contents_are_read_once() {
    let names = ["目标", "基础", "任务", "工程", "保障", "附则"];
    let numbers = ["一", "二", "三", "四", "五", "六"];
    let mut text = String::from("甲市卫生规划\n目 录\n");
    for (number, name) in numbers.iter().zip(names) {
        text += &format!("第{number}章　{name}……3\n");
    }
    for (number, name) in numbers.iter().zip(names) {
        text += &format!("第{number}章　{name}\n围绕{name}开展各项工作。\n");
    }
    let plan = read(&text);
    let chapters = plan.outline.nodes.iter().filter(|node| !node.number.is_empty()).count();
    assert_eq!(chapters, 6, "case 21: {}", outline(&plan));
    assert_eq!(plan.outline.furniture.iter().filter(|item| item.class == "contents").count(), 7, "case 21");
}

#[test]
fn chapters_and_divisions() {
    let text = "总  则\n第一节 目的\n为了甲。\n第二节 依据\n依据乙。\n第一章 任务\n第一节 子\n做好子。\n第二节 丑\n做好丑。\n第二章 保障\n第一节 寅\n做好寅。";
    let plan = read(text);
    let found = outline(&plan);
    assert!(found.starts_with("§[总  则]\n  ·第一节[目的]\n    ¶为了甲。\n"), "case 22:\n{found}");
    assert!(found.contains("\n§第一章[任务]\n  ·第一节[子]\n"), "case 52:\n{found}");
    let text = "第一篇 总论\n第一章 甲\n做甲。\n第二章 乙\n做乙。\n第三章 丙\n做丙。\n第二篇 分论\n第四章 丁\n做丁。\n第五章 戊\n做戊。";
    let found = outline(&read(text));
    assert!(found.contains("§第二篇[分论]\n  ·第四章[丁]\n"), "case 23:\n{found}");
}

#[test]
fn decimals() {
    let text = "一、中心\n1.1“中心”如期建成\n甲事如期完成。\n1.2“平台”如期建成\n乙事如期完成。\n1.3 基地\n丙事如期完成。";
    let found = outline(&read(text));
    assert!(found.contains("  ·1.1[“中心”如期建成]"), "case 44:\n{found}");
    let text = "一、甲\n1.1.1 子项\n做子。\n1.1.2 丑项\n做丑。\n1.2 寅类\n1.2.1 寅项\n做寅。\n二、乙\n2.1 卯类\n2.1.1 卯项\n做卯。\n2.2 辰类\n做辰。";
    let plan = read(text);
    assert_eq!(plan.outline.nodes[1].level, 3, "case 53: {}", outline(&plan));
    assert_eq!(plan.outline.nodes[1].flags, [Flag::Gap], "case 53");
}

#[test]
fn a_page_on_one_line() {
    let filler = "坚持以人民为中心,完善服务体系,提升服务能力,改善就医环境,方便群众看病就医,".repeat(8);
    let text = format!(
        "为做好工作,制定本措施。一、总体要求深入贯彻甲精神,{filler}办好乙事。二、重点任务(一)甲任务。建好甲。(二)乙任务。建好乙。三、保障措施加强领导。"
    );
    let plan = read(&text);
    let found: Vec<(u8, String, String)> = plan
        .outline
        .nodes
        .iter()
        .map(|node| (node.level, plan.text.slice(node.number).to_owned(), node.heading.read(&plan.text)))
        .filter(|(_, number, _)| !number.is_empty())
        .collect();
    let found: Vec<_> =
        found.iter().map(|(level, number, heading)| (*level, number.as_str(), heading.as_str())).collect();
    assert_eq!(
        found,
        [
            (1, "一、", "总体要求"),
            (1, "二、", "重点任务"),
            (2, "(一)", "甲任务"),
            (2, "(二)", "乙任务"),
            (1, "三、", "保障措施")
        ],
        "case 41"
    );
    flags("41", &text, "二、", Flag::Split);
}

#[test]
fn a_label_with_a_year_is_no_table_and_a_list_inside_a_paragraph_stays_there() {
    check(
        "table",
        "一、目标\n2025年主要指标\n1.人均预期寿命达到81岁\n2.健康素养水平达到30%\n二、任务\n抓好落实。",
        &[
            "§一、[目标]",
            "  ¶2025年主要指标",
            "  ·1.[人均预期寿命达到81岁]",
            "  ·2.[健康素养水平达到30%]",
            "§二、[任务]",
            "  ¶抓好落实。",
        ],
    );
    let long = "完善服务体系,提升服务能力,改善就医环境,方便群众看病就医。".repeat(20);
    let text = format!(
        "一、甲\n{long}\n{long}\n{long}\n{long}\n{long}\n包括:1.子事;2.丑事;3.寅事。{long}\n二、乙\n{long}"
    );
    assert_eq!(read(&text).outline.nodes.iter().filter(|node| !node.number.is_empty()).count(), 2);
}

#[test]
fn boxes_count_by_themselves() {
    let text = "一、甲\n(一)子任务\n做好子。\n(二)丑任务\n做好丑。\n专栏1 工程\n1.甲工程\n2.乙工程\n(三)寅任务\n做好寅。";
    let found = outline(&read(text));
    assert!(
        found.contains("\n  §专栏1[工程]\n    ·1.[甲工程]\n    ·2.[乙工程]\n  ·(三)[寅任务]"),
        "case 48:\n{found}"
    );
}

#[test]
fn texts_without_numbers() {
    let text = "甲市召开卫生健康工作会议\n2021/02/23\n来源:甲市日报\n2月22日,全市卫生健康工作会议召开,总结去年工作,安排今年任务。\n会议指出,要抓好医改。\n会议要求,各单位要抓好落实。";
    let plan = read(text);
    assert!(
        plan.outline.nodes.iter().all(|node| node.kind == Kind::Paragraph),
        "case 50: {}",
        outline(&plan)
    );
    assert!(plan.warnings.iter().any(|w| w.kind == plan::WarningKind::Unstructured), "case 50");
}

#[test]
fn years_as_sections() {
    let text = "甲市卫健委工作总结\n2024年工作回顾\n(一)甲事完成。\n(二)乙事完成。\n2025年工作安排\n(一)丙事要办。\n(二)丁事要办。";
    let found = outline(&read(text));
    assert!(
        found.ends_with("§[2024年工作回顾]\n  ·(一)甲事完成。\n  ·(二)乙事完成。\n§[2025年工作安排]\n  ·(一)丙事要办。\n  ·(二)丁事要办。\n"),
        "case 51:\n{found}"
    );
}

#[test]
fn marks_that_sites_inject() {
    let text = "一、甲\n1.加快事业发展进程医学∣教育网搜集整理,全面完成任务。\n2.乙事要办。";
    let plan = read(text);
    assert_eq!(plan.outline.nodes[1].body.read(&plan.text), "加快事业发展进程,全面完成任务。", "case 36");
    assert_eq!(plan.outline.injections.len(), 1, "case 36");
}

#[test]
fn what_documents_say_of_themselves() {
    let body = "一、甲\n(一)子事要办。\n(二)丑事要办。\n二、乙\n(一)寅事要办。";
    let text = format!(
        "2023年全市卫生健康工作要点\n发布日期:2023-06-30\n今年推进健康金华建设,支持金华市中医医院、金华市中心医院发展,抓好义乌市、东阳市、兰溪市的试点。\n{body}"
    );
    let plan = read(&text);
    let place = plan.metadata.place.as_ref();
    assert_eq!(place.map(|fact| fact.value.city.as_str()), Some("金华市"), "case 38");
    assert!(place.is_some_and(|fact| matches!(fact.evidence, plan::Evidence::Inferred { .. })), "case 38");

    let text = format!(
        "金华建设三年行动计划(2021—2023年)的通知\n时间:2021-05-06\n金华市人民政府办公室关于印发健康金华建设三年行动计划(2021—2023年)的通知\n金政办发〔2021〕19 号\n各县(市、区)人民政府,市政府各部门:\n《健康金华建设三年行动计划(2021—2023年)》已经市政府同意,现印发给你们。\n金华市人民政府办公室\n2021年4月30日\n健康金华建设三年行动计划(2021—2023年)\n{body}\n按照上级文件(国发〔2016〕5号)执行。"
    );
    let plan = read(&text);
    let value = |fact: &Option<plan::Fact<String>>| fact.as_ref().map(|fact| fact.value.clone());
    assert_eq!(
        value(&plan.metadata.title).as_deref(),
        Some("健康金华建设三年行动计划(2021—2023年)"),
        "case 39"
    );
    assert_eq!(
        value(&plan.metadata.notice_title).as_deref(),
        Some("金华市人民政府办公室关于印发健康金华建设三年行动计划(2021—2023年)的通知"),
        "case 39"
    );
    assert_eq!(value(&plan.metadata.document_number).as_deref(), Some("金政办发〔2021〕19号"), "case 40");
    assert_eq!(value(&plan.metadata.date).as_deref(), Some("2021-04-30"));
    assert_eq!(plan.metadata.years.as_ref().map(|fact| fact.value), Some((2021, 2023)));
}

#[test]
fn a_dashed_line_below_the_title_is_its_subtitle() {
    let text = "政府工作报告\n----2016年2月19日在甲市第三届人民代表大会第一次会议上\n各位代表:\n现在报告工作。\n一、去年工作\n(一)子事完成。\n(二)丑事完成。\n二、今年任务\n(一)寅事要办。";
    let plan = read(text);
    assert!(!plan.outline.nodes.iter().any(|node| plan.text.slice(node.number).starts_with('-')), "case 46");
}

#[test]
fn a_list_number_lost_by_word_is_read_from_the_text() {
    check(
        "43",
        "一、甲\n(一)子事要办。\n二、举措\n(一)丑事要办。",
        &["§一、[甲]", "  ·(一)子事要办。", "§二、[举措]", "  ·(一)丑事要办。"],
    );
}
