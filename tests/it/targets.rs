//! Targets, tables and departments of whole plans against what a careful reader found in them (tests/gold; the
//! gold outlines of the originals where ../shared is there). What counts as found: the value with its unit, and
//! the words it stands in.

use duizhao::plan::{self, Plan, Target, TargetKind};
use duizhao::text::{Layout, Text};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every gold with its plan: the samples, then the originals where they are.
fn golds() -> Vec<(Value, Plan)> {
    let pairs = [("tests/gold", "sample_docs"), ("../shared/gold", "../shared/plans")];
    let mut golds = Vec::new();
    for (gold, plans) in pairs.map(|(gold, plans)| (root().join(gold), root().join(plans))) {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(gold).into_iter().flatten().flatten().map(|f| f.path()).collect();
        files.retain(|file| file.extension().is_some_and(|e| e == "json"));
        files.sort();
        for file in files {
            let plan = plans.join(file.file_name().unwrap()).with_extension("txt");
            let text = Text::new(&std::fs::read_to_string(plan).unwrap());
            let gold = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
            golds.push((gold, plan::read(&text, &Layout::default(), &[])));
        }
    }
    assert!(golds.len() >= 5);
    golds
}

fn bare(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The number in a gold value, which may be one or be written `≤4.3`.
fn number(value: &Value) -> Option<f64> {
    let words = value
        .as_str()
        .map(|words| words.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect::<String>());
    value.as_f64().or_else(|| words.and_then(|words| words.parse().ok()))
}

fn unit(unit: &str) -> &str {
    match unit {
        "名" | "位" => "人",
        "(女=100)" => "",
        unit => unit,
    }
}

fn is(gold: &Value, flag: &str) -> bool {
    gold[flag].as_bool().unwrap_or(false)
}

/// Whether a target of ours is the one the gold means.
fn meets(gold: &Value, ours: &Target, plan: &Plan) -> bool {
    let same_unit = unit(gold["unit"].as_str().unwrap_or_default()) == unit(&ours.unit);
    let same_value = number(&gold["value"]) == ours.value && same_unit;
    let coverage = is(gold, "coverage") && ours.value == Some(100.0) && ours.unit == "%";
    let (wanted, found) = (bare(gold["text"].as_str().unwrap()), bare(plan.text.slice(ours.span)));
    let name = bare(gold["indicator"].as_str().unwrap());
    (same_value || coverage) && (wanted.contains(&found) || shares(&wanted, &found) || found.contains(&name))
}

/// Whether six chars in a row stand in both.
fn shares(a: &str, b: &str) -> bool {
    let chars: Vec<char> = a.chars().collect();
    chars.windows(6).any(|run| b.contains(&run.iter().collect::<String>()))
}

#[test]
fn targets_are_found_and_nothing_else_is() {
    for (gold, plan) in golds() {
        let golden = gold["targets"].as_array().unwrap();
        let (soft, firm): (Vec<&Value>, Vec<&Value>) =
            golden.iter().filter(|t| !is(t, "baseline")).partition(|t| is(t, "weak") || is(t, "qualitative"));
        let claimed: Vec<&Target> =
            plan.targets.iter().filter(|t| !t.baseline && t.kind != TargetKind::Qualitative).collect();
        let mut taken = vec![false; claimed.len()];
        let mut missed = Vec::new();
        for target in &firm {
            match (0..claimed.len()).find(|&at| !taken[at] && meets(target, claimed[at], &plan)) {
                Some(at) => taken[at] = true,
                None => missed.push(target["text"].to_string()),
            }
        }
        let ignored = |at: usize| soft.iter().any(|target| meets(target, claimed[at], &plan));
        let invented: Vec<&str> = (0..claimed.len())
            .filter(|&at| !taken[at] && !ignored(at))
            .map(|at| plan.text.slice(claimed[at].span))
            .collect();
        assert!(
            missed.is_empty() && invented.is_empty(),
            "{}: missed {missed:?}, invented {invented:?}",
            gold["seed"]
        );
    }
}

#[test]
fn every_row_of_an_indicator_table_is_split_rightly() {
    for (gold, plan) in golds() {
        let Some(rows) = gold["indicator_table"]["rows"].as_array() else { continue };
        let found: Vec<_> = plan.outline.nodes.iter().flat_map(|node| &node.rows).collect();
        assert_eq!(found.len(), rows.len());
        for (row, ours) in rows.iter().zip(found) {
            let cell =
                |name: &str| row[name].as_str().filter(|cell| *cell != "-").unwrap_or_default().to_owned();
            let expect = ["domain", "indicator", "unit", "v2015", "v2020"].map(cell);
            let value = |at: usize| ours.values[at].1.clone();
            let read = [ours.domain.clone(), ours.indicator.clone(), ours.unit.clone(), value(0), value(1)];
            assert_eq!(read, expect, "{}", row["raw"]);
        }
    }
}

#[test]
fn every_note_of_responsibility_is_read_whole() {
    for (gold, plan) in golds() {
        let notes = gold["nodes"].as_array().unwrap().iter().filter_map(|node| node["dept_note"].as_str());
        let found: Vec<_> = plan.outline.nodes.iter().filter_map(|node| node.departments.as_ref()).collect();
        let notes: Vec<&str> = notes.collect();
        assert_eq!(found.len(), notes.len(), "{}", gold["seed"]);
        for (note, ours) in notes.into_iter().zip(found) {
            assert_eq!(plan.text.slice(ours.span), note);
            // Each body as written, none left over: the words of the note but for its verbs are accounted for.
            let rest = ours
                .lead
                .iter()
                .chain(&ours.others)
                .fold(note.to_owned(), |rest, body| rest.replacen(body, "", 1));
            let verbs = ["分别牵头", "牵头", "参与落实", "参与完善", "等", "、", ","];
            let rest = verbs.iter().fold(rest, |rest, verb| rest.replace(verb, ""));
            assert_eq!(rest, "", "{note}: {ours:?}");
            let (lead, others) = note.split_once("牵头").unwrap();
            assert!(ours.lead.iter().all(|body| lead.contains(body)), "{note}: {ours:?}");
            assert!(ours.others.iter().all(|body| others.contains(body)), "{note}: {ours:?}");
        }
    }
}
