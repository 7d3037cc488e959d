//! Sentences as plans write them, and what is to be read in them. All invented.
//!
//! The plan is one of 2021-2025. An aim is written `indicator op value unit`, then ` 2023` where its year is not
//! 2025, ` vs 2020` for a base year, ` (kind)` where it is not absolute, ` done` for a baseline.

use super::*;
use crate::plan::facts::tests::lines;
use crate::plan::{Evidence, Fact};
use crate::text::Text;

fn read(words: &str) -> Vec<Target> {
    let text = Text::new(words);
    let years = Some(Fact { value: (2021, 2025), evidence: Evidence::Line(1) });
    targets(&text, &lines(&text), &Metadata { years, ..Metadata::default() })
}

fn show(target: &Target) -> String {
    let sign = serde_json::to_value(target.comparator).unwrap();
    let value = target.value.map(|value| value.to_string()).unwrap_or_default();
    let max = target.value_max.map(|max| format!("-{max}")).unwrap_or_default();
    let year = target.year.filter(|year| *year != 2025).map(|year| format!(" {year}")).unwrap_or_default();
    let base = target.base_year.map(|year| format!(" vs {year}")).unwrap_or_default();
    let kind = serde_json::to_value(target.kind).unwrap();
    let kind = if target.kind == TargetKind::Absolute {
        String::new()
    } else {
        format!(" ({})", kind.as_str().unwrap())
    };
    let done = if target.baseline { " done" } else { "" };
    format!(
        "{} {} {value}{max}{}{year}{base}{kind}{done}",
        target.indicator,
        sign.as_str().unwrap(),
        target.unit
    )
}

fn check_all(cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (words, expect) in cases {
        let found: Vec<String> = read(words).iter().map(show).collect();
        if found != *expect {
            wrong.push(format!("{words}\n   found  {}\n   expect {}", found.join("; "), expect.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn levels_to_reach() {
    check_all(&[
        ("到2025年,人均预期寿命达到80岁。", &["人均预期寿命 = 80岁"]),
        ("居民健康素养水平提高到28%以上。", &["居民健康素养水平 ≥ 28%"]),
        (
            "孕产妇死亡率控制在9/10万以内,婴儿死亡率控制在4‰以下。",
            &["孕产妇死亡率 ≤ 91/10万", "婴儿死亡率 < 4‰"],
        ),
        ("5岁以下儿童死亡率稳定在5‰左右。", &["5岁以下儿童死亡率 ≈ 5‰"]),
        ("2023年底前,辖区高血压患者规范管理率不低于65%。", &["辖区高血压患者规范管理率 ≥ 65% 2023"]),
        ("平均住院日不超过8.5天。", &["平均住院日 ≤ 8.5天"]),
        ("每千人口拥有3岁以下婴幼儿托位数达到4.5个。", &["每千人口拥有3岁以下婴幼儿托位数 = 4.5个"]),
        (
            "每千人口床位数达到7张,执业(助理)医师数达到3.2人,注册护士数达到3.8人。",
            &["每千人口床位数 = 7张", "每千人口执业(助理)医师数 = 3.2人", "每千人口注册护士数 = 3.8人"],
        ),
        ("出生人口性别比控制在110以内。", &["出生人口性别比 ≤ 110"]),
        ("医护比达到1:1.25。", &["医护比 = 1.251:x"]),
        ("个人卫生支出占卫生总费用的比重降到26%左右。", &["个人卫生支出占卫生总费用的比重 ≈ 26%"]),
        ("人均基本公共卫生服务经费标准提高至９４元。", &["人均基本公共卫生服务经费标准 = 94元"]),
        ("使居民电子健康档案建档率保持在 90 %以上。", &["居民电子健康档案建档率 ≥ 90%"]),
        ("适龄儿童免疫规划疫苗接种率≥95%。", &["适龄儿童免疫规划疫苗接种率 ≥ 95%"]),
        ("急救平均反应时间缩短至12分钟以内。", &["急救平均反应时间 ≤ 12分钟"]),
        ("健康产业总规模突破500亿元。", &["健康产业总规模 > 500亿元"]),
        ("全市床位总数达到1.5万张。", &["床位总数 = 1.5万张"]),
        ("重点行业职业健康培训覆盖率要达到百分之九十以上。", &["重点行业职业健康培训覆盖率 ≥ 90%"]),
        ("家庭医生签约率达40%,重点人群70%以上。", &["家庭医生签约率 = 40%", "重点人群签约率 ≥ 70%"]),
        ("人均每日食盐摄入量不高于5克。", &["人均每日食盐摄入量 ≤ 5克"]),
        (
            "户籍人口签约率2023年达到35%,2025年达到45%。",
            &["户籍人口签约率 = 35% 2023", "户籍人口签约率 = 45%"],
        ),
        ("力争县域内就诊率达90%以上。", &["县域内就诊率 ≥ 90%"]),
        ("老年人健康管理率要在72%以上。", &["老年人健康管理率 ≥ 72%"]),
        ("电子病历应用水平达到4级以上。", &["电子病历应用水平 ≥ 4级"]),
        ("国家免疫规划疫苗接种率保持在90-95%。", &["国家免疫规划疫苗接种率 = 90-95%"]),
        ("药占比(不含中药饮片)总体低于30%。", &["药占比(不含中药饮片) < 30%"]),
    ]);
}

#[test]
fn changes_to_make() {
    check_all(&[
        ("重大慢性病过早死亡率比2020年降低15%。", &["重大慢性病过早死亡率 - 15% vs 2020 (relative)"]),
        ("人均预期寿命较2020年提高1岁左右。", &["人均预期寿命 + 1岁 vs 2020 (relative)"]),
        ("卫生总费用年均增长8%。", &["卫生总费用 + 8% (relative)"]),
        ("居民吸烟率下降2个百分点。", &["居民吸烟率 - 2个百分点 (relative)"]),
        (
            "在2020年基础上,基层诊疗量占比提高5个百分点以上。",
            &["基层诊疗量占比 + 5个百分点 vs 2020 (relative)"],
        ),
        (
            "确保事故起数、死亡人数和万车死亡率下降20%.全面提升管理水平。",
            &["事故起数、死亡人数和万车死亡率 - 20% (relative)"],
        ),
        ("儿童青少年总体近视率每年降低0.5个百分点。", &["儿童青少年总体近视率 - 0.5个百分点 (relative)"]),
    ]);
}

#[test]
fn lists_and_years() {
    check_all(&[
        (
            "到2022年和2030年,居民健康素养水平分别不低于22%和30%。",
            &["居民健康素养水平 ≥ 22% 2022", "居民健康素养水平 ≥ 30% 2030"],
        ),
        ("到2022年和2030年,分别不低于22%和30%。", &[" ≥ 22% 2022", " ≥ 30% 2030"]),
        (
            "婴儿死亡率、孕产妇死亡率分别控制在4‰和10/10万以内。",
            &["婴儿死亡率 ≤ 4‰", "孕产妇死亡率 ≤ 101/10万"],
        ),
        (
            "高血压、糖尿病患者规范管理率分别达到70%和65%以上。",
            &["高血压患者规范管理率 ≥ 70%", "糖尿病患者规范管理率 ≥ 65%"],
        ),
        (
            "每千人口床位数、执业医师数和注册护士数分别达到6.5张、3.1人和3.6人。",
            &["每千人口床位数 = 6.5张", "每千人口执业医师数 = 3.1人", "每千人口注册护士数 = 3.6人"],
        ),
        ("到2023年,建档率达到85%;规范管理率达到70%。", &["建档率 = 85% 2023", "规范管理率 = 70% 2023"]),
        ("到2023年,签约率达到35%。知晓率达到80%。", &["签约率 = 35% 2023", "知晓率 = 80% 2023"]),
        ("2023年,签约率达到35%。知晓率达到80%。", &["签约率 = 35% 2023", "知晓率 = 80%"]),
        ("到“十四五”末,签约率达到45%。", &["签约率 = 45%"]),
    ]);
}

#[test]
fn what_stands_before_its_noun() {
    check_all(&[
        ("30%以上乡镇建成门诊。", &["建成门诊的乡镇比例 ≥ 30%"]),
        ("80%以上的县级医院达到三级医院服务能力。", &["达到三级医院服务能力的县级医院比例 ≥ 80%"]),
        ("力争60%的社区卫生服务中心设立老年门诊。", &["设立老年门诊的社区卫生服务中心比例 = 60%"]),
    ]);
}

#[test]
fn things_to_build_train_and_hold() {
    check_all(&[
        ("建设20个市级重点专科。", &["建设市级重点专科 = 20个 (count)"]),
        ("培训全科医生100名。", &["全科医生 = 100名 (count)"]),
        ("举办健康讲座200场以上。", &["健康讲座 ≥ 200场 (count)"]),
        ("新增托位1000个。", &["托位 + 1000个 (count)"]),
        ("新建社区卫生服务中心3家、改造5家。", &["社区卫生服务中心 = 3家 (count)", "改造 = 5家 (count)"]),
        ("全面完成10个急救站点建设。", &["完成急救站点建设 = 10个 (count)"]),
        ("2024年底前,建成3—5个区域医疗中心。", &["建成区域医疗中心 = 3-5个 2024 (count)"]),
        ("每个县至少建成1所二级甲等中医医院。", &["建成二级甲等中医医院 = 1所 (count)"]),
        ("组织义诊活动不少于50场次。", &["义诊活动 ≥ 50场次 (count)"]),
        ("加强甲医院产科、乙医院感染科两个省级重点专科建设。", &["省级重点专科建设 = 2个 (count)"]),
        ("引进高层次人才50名以上。", &["高层次人才 ≥ 50名 (count)"]),
        ("为适龄妇女开展免费“两癌”筛查3万人次。", &["适龄妇女开展免费“两癌”筛查 = 3万人次 (count)"]),
        ("把12个示范点全面建成。", &["示范点全面建成 = 12个 (count)"]),
        (
            "创建国家卫生乡镇6个,省级卫生村40个。",
            &["国家卫生乡镇 = 6个 (count)", "省级卫生村 = 40个 (count)"],
        ),
        ("开展9种大病专项救治。", &["开展大病专项救治 = 9种 (count)"]),
    ]);
}

#[test]
fn all_of_a_kind() {
    check_all(&[
        ("实现家庭医生签约服务全覆盖。", &["家庭医生签约服务 = 100% (coverage)"]),
        ("力争实现8个县(区)全覆盖。", &["县(区) = 8个 (coverage)"]),
        ("社区卫生服务中心全部设立中医馆。", &["社区卫生服务中心设立中医馆 = 100% (coverage)"]),
        ("所有乡镇卫生院都能够提供中医药服务。", &["所有乡镇卫生院能够提供中医药服务 = 100% (coverage)"]),
        ("市、县两级均建有急救中心。", &["市、县两级建有急救中心 = 100% (coverage)"]),
        ("对符合条件的困难人员做到应保尽保。", &["符合条件的困难人员 = 100% (coverage)"]),
        ("各级各类公立医院全面推开综合改革。", &["各级各类公立医院推开综合改革 = 100% (coverage)"]),
        ("力争村卫生室100%能够提供中医药服务。", &["村卫生室能够提供中医药服务 = 100% (coverage)"]),
        ("中小学健康教育开课率达到100%。", &["中小学健康教育开课率 = 100% (coverage)"]),
    ]);
}

#[test]
fn without_a_number() {
    check_all(&[
        ("实现人人享有基本医疗卫生服务。", &["基本医疗卫生服务 =  (qualitative)"]),
        ("主要健康指标进入全省前列。", &["主要健康指标 =  (qualitative)"]),
        ("新发感染人数大幅减少。", &["新发感染人数 -  (qualitative)"]),
    ]);
}

#[test]
fn what_was_reached_already() {
    check_all(&[
        ("2020年,人均预期寿命达到78.3岁。", &["人均预期寿命 = 78.3岁 2020 done"]),
        ("截至2020年底,每千人口床位数达到6.2张。", &["每千人口床位数 = 6.2张 2020 done"]),
        ("“十三五”期间,新建乡镇卫生院12所。", &["乡镇卫生院 = 12所 2020 (count) done"]),
        (
            "人均预期寿命由2020年的78岁提高到2025年的79岁。",
            &["人均预期寿命 = 78岁 2020 done", "人均预期寿命 = 79岁"],
        ),
        ("签约率从35%提高到45%。", &["签约率 = 35% done", "签约率 = 45%"]),
        ("目前,全市建成标准化卫生室300个。", &["标准化卫生室 = 300个 (count) done"]),
        ("培训了200名乡村医生。", &["乡村医生 = 200名 (count) done"]),
    ]);
}

#[test]
fn what_is_no_aim() {
    for words in [
        "为65岁以上老年人提供健康管理服务。",
        "加强0-6岁儿童健康管理。",
        "重点做好十个方面的工作。",
        "构建风险管控、隐患治理两条防线。",
        "实施基层服务能力提升三年行动。",
        "二级及以上医疗机构提高基本药物使用比例。",
        "落实“十四五”规划和2035年远景目标纲要。",
        "根据《甲条例(2005)》和甲政发〔2017〕64号文件开展工作。",
        "推进“三个一批”行动计划,落实“九不准”。",
        "加强H7N9、登革热等重点疾病防控,推广5G应用。",
        "建设120急救指挥平台。",
        "完成第四周期医院等级评审工作。",
        "推进健康云三期工程建设。",
        "在3个月内完成整改。",
        "实行24小时值班制度。",
        "各部门每年开展2次检查。",
        "对6个区开展督查。",
        "政策执行情况良好,人均收入均衡增长。",
        "联系电话:010-82319999。",
        "完善一站式服务,打造一批精品。",
        "支持运营1年以上的机构申报。",
        "使用面积500平方米以上的机构应当配备设备。",
        "违者处5万元以下罚款,并没收违法所得2倍。",
        "健全覆盖城乡的服务体系,安全覆盖到位。",
        "2025年是规划的收官之年。",
        "按照每3万人口设置1所社区卫生服务中心。",
        "完善四级网络和三级预防体系。",
    ] {
        let found: Vec<String> = read(words).iter().map(show).collect();
        assert!(found.is_empty(), "{words} {found:?}");
    }
}

#[test]
fn sections_that_look_back() {
    let cases = [
        ("发展成就", "每千人口床位 = 6.5张 done"),
        ("2022年工作回顾", "每千人口床位 = 6.5张 2022 done"),
        ("发展目标", "每千人口床位 = 6.5张"),
        ("夯实发展基础", "每千人口床位 = 6.5张"),
        ("2023年工作计划", "每千人口床位 = 6.5张 2023"),
    ];
    for (heading, expect) in cases {
        let text = Text::new(&format!(
            "一、{heading}\n每千人口床位6.5张。\n二、其他事项\n甲乙。\n三、附则\n丙丁。\n"
        ));
        let plan = crate::plan::read(&text, &crate::text::Layout::default(), &[]);
        let found: Vec<String> = plan.targets.iter().map(show).collect();
        assert_eq!(found, [expect], "{heading}");
    }
}

#[test]
fn what_is_reached_was_reached_before_the_plan_begins() {
    let text = Text::new(
        "甲市“十四五”卫生健康发展规划\n一、发展基础\n2020年底,甲率达到30%。乙率达到50%。\n二、目标\n丙率达到60%。\n\
         三、附则\n本规划自印发之日起施行。\n",
    );
    let plan = crate::plan::read(&text, &crate::text::Layout::default(), &[]);
    let found: Vec<String> = plan.targets.iter().map(show).collect();
    assert_eq!(found, ["甲率 = 30% 2020 done", "乙率 = 50% 2020 done", "丙率 = 60%"]);
}

#[test]
fn a_sentence_goes_on_with_the_indicator_before() {
    let text = Text::new("到2022年,甲率不低于22%。到2030年,不低于30%。");
    let plan = crate::plan::read(&text, &crate::text::Layout::default(), &[]);
    let found: Vec<String> = plan.targets.iter().map(show).collect();
    assert_eq!(found, ["甲率 ≥ 22% 2022", "甲率 ≥ 30% 2030"]);
}

#[test]
fn traditional_script_is_read_and_kept() {
    let text = Text::new(
        "甲縣衛生局關於印發醫療服務總體標準的通知\n到2030年,人均預期壽命達到79歲以上。(衛生健康委牽頭,教育局參與)",
    );
    let plan = crate::plan::read(&text, &crate::text::Layout::default(), &[]);
    let found: Vec<String> = plan.targets.iter().map(show).collect();
    assert_eq!(found, ["人均預期壽命 ≥ 79岁 2030"]);
    let note = plan.outline.nodes.iter().find_map(|node| node.departments.clone());
    assert_eq!(
        note.map(|note| (note.lead, note.others)),
        Some((vec!["衛生健康委".into()], vec!["教育局".into()]))
    );
}
