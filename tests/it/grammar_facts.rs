//! Hard cases of facts: tables run together, targets, notes of responsibility. One row a case, with the number
//! it has in the list of hard cases that the reader was built from. All texts invented.

use duizhao::plan::{self, Plan, Target};
use duizhao::text::{Layout, Text};

fn read(words: &str) -> Plan {
    plan::read(&Text::new(words), &Layout::default(), &[])
}

/// A plan whose table of indicators has the columns 2015年 and 2020年 and `row` as its second row.
fn with_row(row: &str) -> Plan {
    read(&format!(
        "一、目标\n表 主要指标\n领域指标2015年2020年\n健康 水平人均预期寿命(岁)77.578.5\n{row}\n婴儿死亡率(‰)≤5≤4\n\
         二、保障\n加强领导。\n三、附则\n本规划自印发之日起施行。\n"
    ))
}

/// The values of the row, ` | ` between them.
fn row(row: &str) -> String {
    let plan = with_row(row);
    let rows: Vec<_> = plan.outline.nodes.iter().flat_map(|node| &node.rows).collect();
    assert_eq!(rows.len(), 3, "{row}");
    let shown = |value: &String| if value.is_empty() { "empty".to_owned() } else { value.clone() };
    rows[1].values.iter().map(|(_, value)| shown(value)).collect::<Vec<_>>().join(" | ")
}

#[test]
fn rows_of_a_flattened_table() {
    let cases = [
        (26, "甲指标(%)12.515", "12.5 | 15"),
        (27, "乙天数270292", "270 | 292"),
        (28, "丙率(%)-92", "empty | 92"),
        (29, "丁率(%)13.70比2015年 降低10%", "13.70 | 比2015年降低10%"),
        (30, "戊数(人)1≥2", "1 | ≥2"),
        (31, "己比重(%)31.0228左右", "31.02 | 28左右"),
    ];
    for (case, words, expect) in cases {
        assert_eq!(row(words), expect, "case {case}");
    }
}

/// A target as `indicator op value unit year`, what is not known left out.
fn show(target: &Target) -> String {
    let sign = serde_json::to_value(target.comparator).unwrap();
    let value = target.value.map(|value| value.to_string()).unwrap_or_default();
    let year = target.year.map(|year| format!(" {year}")).unwrap_or_default();
    format!("{} {}{value}{}{year}", target.indicator, sign.as_str().unwrap(), target.unit)
}

#[test]
fn targets() {
    let cases: [(u32, &str, &[&str]); 5] = [
        (25, "一、二级医院全部参加。", &["一、二级医院参加 =100%"]),
        (32, "签约率达30%以上,重点人群60%以上。", &["签约率 ≥30%", "重点人群签约率 ≥60%"]),
        (33, "到2022年和2030年,素养分别不低于22%和30%。", &["素养 ≥22% 2022", "素养 ≥30% 2030"]),
        (34, "30%以上乡镇建成门诊。", &["建成门诊的乡镇比例 ≥30%"]),
        (35, "死亡率下降30%.全面提升规划。", &["死亡率 -30%"]),
    ];
    for (case, words, expect) in cases {
        let plan = read(words);
        let found: Vec<String> = plan.targets.iter().map(show).collect();
        assert_eq!(found, expect, "case {case}");
    }
}

#[test]
fn the_change_of_a_table_row_has_its_base_year() {
    let plan = with_row("丁率(%)13.70比2015年 降低10%");
    let change = plan.targets.iter().find(|target| target.base_year.is_some()).unwrap();
    assert_eq!(
        (change.value, change.base_year, change.year),
        (Some(10.0), Some(2015), Some(2020)),
        "case 29"
    );
}

#[test]
fn a_note_of_responsibility() {
    let plan = read(
        "(一)抓好落实。推进工作。(甲科牵头,乙办、丙科等参与落实)\n(二)抓好监督。推进检查。\n(三)抓好宣传。推进教育。\n",
    );
    let node = plan.outline.nodes.iter().find(|node| node.departments.is_some()).expect("case 37");
    let note = node.departments.as_ref().unwrap();
    assert_eq!(
        (note.lead.join(" "), note.others.join(" ")),
        ("甲科".to_owned(), "乙办 丙科".to_owned()),
        "case 37"
    );
    assert!(
        node.body.read(&plan.text).ends_with("(甲科牵头,乙办、丙科等参与落实)"),
        "case 37: body unchanged"
    );
}
