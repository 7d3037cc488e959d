//! Agreement of coders on the items of plans.

use super::Study;
use duizhao::annotation::Coder;
use duizhao::plan;
use duizhao::project::{CodedPlan, ItemAgreement};

fn coders(names: &[&str]) -> Vec<Coder> {
    names.iter().map(|name| Coder::new(name)).collect()
}

fn agreement(study: &Study, names: &[&str]) -> ItemAgreement {
    let coders = coders(names);
    let book = &study.project.codebook;
    let plans = study.project.coded_by_several(&coders).into_iter().map(|id| {
        let record = &study.project.plans[&id].record;
        let plan = plan::read(&study.text(id), &record.layout, &record.corrections);
        (id, CodedPlan::of(&plan, study.sheets(id), &coders, book))
    });
    ItemAgreement::of(coders.clone(), plans.collect::<Vec<_>>(), book)
}

#[test]
fn items_are_the_units_and_what_only_one_gave_is_listed() {
    let root = tempfile::tempdir().unwrap();
    let mut study = Study::new(root.path(), 2);
    let plan = study.plans[0];
    for who in ["甲", "乙"] {
        study.tag(plan, who, "1、全面推进家庭医生签约服务", "family_doctor");
        study.tag(plan, who, "做好免疫规划", "immunization");
    }
    study.tag(plan, "乙", "开展健康教育", "health_education");
    study.tag(study.plans[1], "甲", "医联体", "medical_alliance");

    let found = agreement(&study, &["甲", "乙"]);
    assert_eq!(study.project.coders(), coders(&["乙", "甲"]).into_iter().collect());
    assert_eq!(found.items.len(), 4, "the items of the plan that both coded; the other plan does not count");
    let overall = &found.agreement.overall;
    // Three tags on four items: 11 of 12 alike.
    assert!((overall.percent.unwrap() - 11.0 / 12.0).abs() < 1e-9);
    assert_eq!(found.agreement.by_tag[&"family_doctor".into()].kappa, Some(1.0));
    assert_eq!(found.agreement.disagreements.len(), 1);
    let (unit, tag, who) = &found.agreement.disagreements[0];
    assert_eq!((found.items[*unit].0, tag.0.as_str(), who.as_slice()), (plan, "health_education", &[1][..]));
    assert!(found.agreement.by_facet.contains_key("theme"));
}

#[test]
fn a_passage_across_items_counts_for_each_and_what_is_not_found_for_none() {
    let root = tempfile::tempdir().unwrap();
    let mut study = Study::new(root.path(), 1);
    let plan = study.plans[0];
    study.tag(plan, "甲", "免疫规划。\n2、开展健康教育", "x");
    study.tag(plan, "乙", "免疫规划", "x");
    study.tag(plan, "乙", "健康教育", "x");
    study.tag(plan, "乙", "(一)推进分级诊疗", "y");
    let found = agreement(&study, &["甲", "乙"]);
    assert_eq!(found.agreement.overall.percent, Some(1.0));
    assert!(!found.agreement.by_tag.contains_key(&"y".into()), "a tag of a section is no tag of its items");
    assert_eq!(
        agreement(&study, &["甲", "丙"]).agreement,
        duizhao::annotation::agreement::Agreement::default()
    );
}
