//! Promise: the numbers of a comparison can be recounted by hand, and each leads to its words.

use duizhao::annotation::{Codebook, TagId};
use duizhao::export::{ComparisonTables, Language, Named, Reading, csv_of_all, markdown};
use duizhao::insight::{
    Caution, Comparison, Filter, MatrixSide, Origin, Overlap, Presence, Rows, Standing, Subject, Tagged,
    compare, compare_tagged, matrix,
};
use duizhao::plan::{Plan, read};
use duizhao::text::{Layout, Text};

fn sample(name: &str) -> Plan {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_docs").join(name);
    read(&Text::new(&std::fs::read_to_string(path).unwrap()), &Layout::default(), &[])
}

fn xiamen_and_nanning() -> (Plan, Plan, Comparison) {
    let (a, b) = (sample("xiamen-2017.txt"), sample("nanning-2017.txt"));
    let comparison = compare(&a, &b, &Codebook::built_in());
    (a, b, comparison)
}

#[test]
fn items_and_shares_can_be_recounted() {
    let (.., comparison) = xiamen_and_nanning();
    assert_eq!((comparison.items_a.len(), comparison.items_b.len()), (35, 37));
    for row in &comparison.matrix.rows {
        for (cell, all) in [(&row.a, 35.0), (&row.b, 37.0)] {
            assert!((cell.share - cell.items.len() as f32 / all).abs() < 1e-6, "{:?}", row.subject);
            assert_eq!(cell.items.is_empty(), cell.quotation.is_none(), "{:?}", row.subject);
        }
    }
}

#[test]
fn who_has_a_theme_is_told() {
    let (.., comparison) = xiamen_and_nanning();
    let presence = |id: &str| {
        let row = comparison.matrix.rows.iter().find(|row| row.subject == Subject::Tag(id.into()));
        row.unwrap().presence()
    };
    assert_eq!(presence("family_doctor"), Presence::Both);
    assert_eq!(presence("medicines"), Presence::OnlyB);
}

#[test]
fn a_quotation_lies_in_its_item() {
    let (a, b, comparison) = xiamen_and_nanning();
    for row in &comparison.matrix.rows {
        for (plan, items, cell) in [(&a, &comparison.items_a, &row.a), (&b, &comparison.items_b, &row.b)] {
            let Some(quotation) = cell.quotation else { continue };
            let item = items.iter().find(|item| item.node == quotation.node).unwrap();
            assert!(item.span().encloses(quotation.span), "{}", plan.text.slice(quotation.span));
        }
    }
}

#[test]
fn aims_of_different_years_are_not_subtracted() {
    let (a, b) = (sample("dalian-2017-2020.txt"), sample("hami-14th-fyp.txt"));
    let comparison = compare(&a, &b, &Codebook::built_in());
    assert!(comparison.cautions.contains(&Caution::Genre) && comparison.cautions.contains(&Caution::Years));
    for row in &comparison.targets {
        if let (Standing::Comparable { .. }, Some(of_a), Some(of_b)) = (&row.standing, &row.a, &row.b) {
            let (of_a, of_b) = (&a.targets[of_a.target.unwrap()], &b.targets[of_b.target.unwrap()]);
            assert_eq!((of_a.year, of_a.kind), (of_b.year, of_b.kind), "{}", row.name);
        }
    }
}

#[test]
fn every_table_is_whole() {
    let (a, b, comparison) = xiamen_and_nanning();
    let book = Codebook::built_in();
    for language in [Language::Chinese, Language::English] {
        let names = (Named { plan: &a, name: "厦门2017" }, Named { plan: &b, name: "南宁2017" });
        let tables = ComparisonTables { a: names.0, b: names.1, book: &book, language }.all(&comparison);
        for table in &tables {
            assert!(!table.rows.is_empty(), "{}", table.name);
            assert!(table.rows.iter().all(|row| row.len() == table.head.len()), "{}", table.name);
        }
        assert!(csv_of_all(&tables).starts_with('\u{feff}'));
        assert!(markdown(&tables).contains("| --- |"));
    }
}

/// Two small plans whose numbers can be counted on one hand.
const SMALL: [&str; 2] = [
    "甲市2020年卫生健康工作要点\n一、公共卫生\n1.开展控烟工作。全市公共场所全面禁烟,年内建成无烟单位20家。\n\
     2.推进家庭医生签约服务。重点人群签约率达到60%。(牵头单位:基层处)\n\
     二、医疗服务\n1.提高家庭医生签约服务质量,开展签约服务评价。\n2.推进分级诊疗。完善双向转诊。\n",
    "乙市2020年卫生健康工作要点\n一、重点工作\n1.推进家庭医生签约服务。重点人群签约率达到70%。\n\
     2.推进分级诊疗制度建设。组建医联体,完善双向转诊。\n",
];

fn small() -> [Plan; 2] {
    SMALL.map(|words| read(&Text::new(words), &Layout::default(), &[]))
}

fn paths(plan: &Plan, nodes: &[duizhao::plan::NodeIx]) -> Vec<String> {
    nodes.iter().map(|&node| duizhao::plan::clause_path(&plan.text, &plan.outline, node, "/")).collect()
}

#[test]
fn the_matrix_counts_what_a_reader_counts() {
    let [a, b] = small();
    let comparison = compare(&a, &b, &Codebook::built_in());
    // By hand: A has 4 items, B 2. Family doctors: A 一/2 and 二/1, B 一/1. Tobacco: A 一/1 alone. Tiers: A 二/2, B 一/2.
    let cases = [
        ("family_doctor", "一/2 二/1", "一/1", Presence::Both, 0.0),
        ("tobacco_alcohol", "一/1", "", Presence::OnlyA, -0.25),
        ("tiered", "二/2", "一/2", Presence::Both, 0.25),
        ("tcm_service", "", "", Presence::Neither, 0.0_f32),
    ];
    for (theme, of_a, of_b, presence, difference) in cases {
        let subject = Subject::Tag(theme.into());
        let row = comparison.matrix.rows.iter().find(|row| row.subject == subject).unwrap();
        let found = (paths(&a, &row.a.items).join(" "), paths(&b, &row.b.items).join(" "));
        assert_eq!((found.0.as_str(), found.1.as_str()), (of_a, of_b), "{theme}");
        assert_eq!(row.presence(), presence, "{theme}");
        assert!((row.difference() - difference).abs() < 1e-6, "{theme}: {}", row.difference());
    }
    let tobacco =
        comparison.matrix.rows.iter().find(|row| row.subject == Subject::Tag("tobacco_alcohol".into()));
    let tobacco = tobacco.unwrap();
    assert_eq!((tobacco.a.strength, tobacco.b.strength), (3, 0), "20 units within the year; nothing");
    assert_eq!(
        a.text.slice(tobacco.a.quotation.unwrap().span),
        "全市公共场所全面禁烟,年内建成无烟单位20家。",
        "the sentence that says it"
    );
}

#[test]
fn domains_hold_every_tagged_item_once() {
    let [a, b] = small();
    let book = Codebook::built_in();
    let tag = |item, tag: &str| Tagged { item, tag: TagId::from(tag), span: None };
    // Living, services, and outside the five; two tags of one domain on one item count once.
    let of_a =
        [tag(0, "tobacco_alcohol"), tag(0, "health_literacy"), tag(1, "family_doctor"), tag(2, "workforce")];
    let of_b = [tag(0, "family_doctor"), tag(1, "tiered"), tag(1, "g_C")];
    let comparison = compare_tagged(&a, &b, &book, &of_a, &of_b);
    let counts: Vec<_> = comparison
        .domains
        .rows
        .iter()
        .map(|row| {
            let Subject::Domain(id) = &row.subject else { panic!("{:?}", row.subject) };
            (id.as_str(), row.a.items.len(), row.b.items.len())
        })
        .collect();
    let expect = [
        ("living", 1, 0),
        ("services", 1, 2),
        ("security", 0, 0),
        ("environment", 0, 0),
        ("industry", 0, 0),
        ("rest", 1, 1),
    ];
    assert_eq!(counts, expect);
}

#[test]
fn filters_count_what_they_let_pass() {
    let [a, b] = small();
    let book = Codebook::built_in();
    let comparison = compare(&a, &b, &book);
    let tagged = [(&a, &comparison.items_a), (&b, &comparison.items_b)]
        .map(|(plan, items)| duizhao::insight::suggested(plan, items, &book, "theme"));
    let sides = [
        MatrixSide { plan: &a, items: &comparison.items_a, tagged: &tagged[0] },
        MatrixSide { plan: &b, items: &comparison.items_b, tagged: &tagged[1] },
    ];
    let second = a.outline.iter().find(|(_, node)| node.heading.read(&a.text) == "医疗服务").unwrap().0;
    let cases = [
        (Filter::default(), (4, 2), (2, 1)),
        (Filter { section_a: Some(second), ..Filter::default() }, (2, 2), (1, 1)),
        (Filter { department: Some("基层处".into()), ..Filter::default() }, (1, 0), (1, 0)),
        (Filter { tags: vec!["tiered".into()], ..Filter::default() }, (1, 1), (0, 0)),
    ];
    for (filter, items, family_doctor) in cases {
        let found = matrix(sides[0], sides[1], &book, "theme", Rows::Tags, &filter);
        let row = found.rows.iter().find(|row| row.subject == Subject::Tag("family_doctor".into())).unwrap();
        assert_eq!((found.items_a, found.items_b), items, "{filter:?}");
        assert_eq!((row.a.items.len(), row.b.items.len()), family_doctor, "{filter:?}");
    }
}

#[test]
fn matches_are_many_to_one_and_missing_ones_are_told() {
    let [a, b] = small();
    let comparison = compare(&a, &b, &Codebook::built_in());
    let best = |matches: &[duizhao::insight::align::Match], own: &Plan, other: &Plan| {
        let one = |found: &duizhao::insight::align::Match| {
            let to = found.candidates.first().filter(|_| !found.none).map(|best| best.node);
            (paths(own, &[found.item.node]).remove(0), to.map(|to| paths(other, &[to]).remove(0)))
        };
        matches.iter().map(one).collect::<Vec<_>>()
    };
    let pair = |from: &str, to: Option<&str>| (from.to_owned(), to.map(str::to_owned));
    let a_to_b = [
        pair("一/1", None),
        pair("一/2", Some("一/1")),
        pair("二/1", Some("一/1")),
        pair("二/2", Some("一/2")),
    ];
    assert_eq!(best(&comparison.alignment.a, &a, &b), a_to_b);
    assert_eq!(
        best(&comparison.alignment.b, &b, &a),
        [pair("一/1", Some("一/2")), pair("一/2", Some("二/2"))]
    );
    let unmatched: Vec<_> = comparison.coverage.unmatched_a.iter().map(|item| item.node).collect();
    assert_eq!((paths(&a, &unmatched), comparison.coverage.unmatched_b.len()), (vec!["一/1".to_owned()], 0));
}

#[test]
fn the_gap_of_a_target_is_a_subtraction_that_can_be_done_by_hand() {
    let [a, b] = small();
    let comparison = compare(&a, &b, &Codebook::built_in());
    let row = comparison.targets.iter().find(|row| row.a.is_some() && row.b.is_some()).unwrap();
    let Standing::Comparable { gap, advantage_b } = &row.standing else { panic!("{row:?}") };
    assert!(
        (gap - 10.0).abs() < 1e-9 && *advantage_b == Some(10.0),
        "70% less 60%, and more is better: {row:?}"
    );
    let only_a = comparison.targets.iter().filter(|row| row.standing == Standing::OnlyA);
    assert_eq!(only_a.count(), 1, "20 smoke-free units");
}

/// The tables of the small plans, in Chinese.
fn tables<'a>(a: &'a Plan, b: &'a Plan, book: &'a Codebook) -> ComparisonTables<'a> {
    ComparisonTables {
        a: Named { plan: a, name: "甲" },
        b: Named { plan: b, name: "乙" },
        book,
        language: Language::Chinese,
    }
}

#[test]
fn aligned_reading_lists_both_sides_in_full() {
    let [a, b] = small();
    let book = Codebook::built_in();
    let comparison = compare(&a, &b, &book);
    let tables = tables(&a, &b, &book);
    let tagged = [(&a, &comparison.items_a), (&b, &comparison.items_b)]
        .map(|(plan, items)| duizhao::insight::suggested(plan, items, &book, "theme"));
    let read = |theme: &str| {
        let subject = Subject::Tag(theme.into());
        let reading = Reading {
            comparison: &comparison,
            matrix: &comparison.matrix,
            tagged: [&tagged[0], &tagged[1]],
            subject: Some(&subject),
        };
        let table = tables.reading(reading);
        table
            .rows
            .iter()
            .map(|row| row.iter().map(duizhao::export::Cell::read).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    let rows = read("family_doctor");
    let places: Vec<_> = rows.iter().map(|row| (row[1].as_str(), row[2].as_str())).collect();
    assert_eq!(places, [("A 甲", "一/2"), ("A 甲", "二/1"), ("B 乙", "一/1")]);
    assert_eq!(rows[0][3], "推进家庭医生签约服务。重点人群签约率达到60%。");
    assert_eq!(rows[0][5], "基层处", "lead department");
    let rows = read("tobacco_alcohol");
    assert_eq!((rows[0][2].as_str(), rows[0][7].as_str()), ("一/1", ""));
    assert!(rows[1..].iter().all(|row| row[1] == "B 乙" && row[7].starts_with("没有")), "{rows:?}");
}

#[test]
fn both_texts_go_out_whole_with_their_counterparts() {
    let [a, b] = small();
    let book = Codebook::built_in();
    let comparison = compare(&a, &b, &book);
    let tables = tables(&a, &b, &book);
    let [of_a, of_b] = tables.texts(&comparison);
    for (table, words) in [(&of_a, SMALL[0]), (&of_b, SMALL[1])] {
        let out: String = table.rows.iter().map(|row| row[1].read()).collect();
        let plain =
            |words: &str| words.chars().filter(|c| !c.is_whitespace() && *c != '。').collect::<String>();
        let body = words.split_once('\n').unwrap().1.replace("(牵头单位:基层处)", "");
        for line in body.lines() {
            assert!(plain(&out).contains(&plain(line)), "{line} in {out}");
        }
    }
    let row = of_a.rows.iter().find(|row| row[0].read() == "二/1").unwrap();
    assert_eq!((row[2].read(), row[5].read()), ("一/1".to_owned(), "建议".to_owned()));
    let alone = of_a.rows.iter().find(|row| row[0].read() == "一/1").unwrap();
    assert_eq!(alone[5].read(), "无对应");
}

#[test]
fn a_city_plan_after_its_province_is_copied_adapted_and_its_own() {
    let fixture = |name: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/compare").join(name);
        read(&Text::new(&std::fs::read_to_string(path).unwrap()), &Layout::default(), &[])
    };
    let (city, province, book) = (fixture("city.txt"), fixture("province.txt"), Codebook::built_in());
    let overlap = Overlap::new(&[&city, &province]);
    let found: Vec<_> = overlap.sides[0]
        .iter()
        .map(|taken| {
            let borrowed = &taken.borrowed;
            let source = borrowed.source.filter(|_| borrowed.origin != Origin::Own);
            (
                paths(&city, &[borrowed.node]).remove(0),
                borrowed.origin,
                source.map(|ix| paths(&province, &[ix]).remove(0)),
            )
        })
        .collect();
    let expect = [
        ("一/1", Origin::Copied, Some("一/1")),
        ("一/2", Origin::Adapted, Some("一/2")),
        ("一/3", Origin::Own, None),
        ("二/1", Origin::Adapted, Some("二/1")),
        ("二/2", Origin::Copied, Some("二/3")),
        ("二/3", Origin::Own, None),
    ];
    assert_eq!(
        found,
        expect.map(|(own, origin, source)| (own.to_owned(), origin, source.map(str::to_owned)))
    );
    let tables = ComparisonTables {
        a: Named { plan: &city, name: "滨河" },
        b: Named { plan: &province, name: "云岭" },
        book: &book,
        language: Language::Chinese,
    };
    let summary = tables.overlap(&overlap);
    let counts: Vec<_> = summary.rows[0][2..].iter().map(duizhao::export::Cell::read).collect();
    assert_eq!(counts, ["2", "2", "2"], "copied, adapted, own");
    let [taken, _] = tables.taken(&overlap);
    let copied = taken.rows[0].last().unwrap().read();
    assert!(!copied.contains("[-") && !copied.contains("{+"), "nothing differs: {copied}");
    let adapted = taken.rows[1].last().unwrap().read();
    assert!(adapted.contains("[-95-]{+98+}"), "one figure differs: {adapted}");
    assert!(adapted.contains("流动接种车"), "{adapted}");
}
