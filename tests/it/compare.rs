//! Promise: the numbers of a comparison can be recounted by hand, and each leads to its words.

use duizhao::annotation::Codebook;
use duizhao::export::{ComparisonTables, Language, Named, csv_of_all, markdown};
use duizhao::insight::{Caution, Comparison, Presence, Standing, Subject, compare};
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
