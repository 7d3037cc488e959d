//! The reader against outlines made by hand: always the sample plans, and the real ones where they lie beside
//! the repository (`../shared`, or the folder that DUIZHAO_SHARED names).

use duizhao::plan::{self, Kind, Plan};
use duizhao::text::{Layout, Text};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A text without what does not count: blanks, punctuation.
fn bare(text: &str) -> String {
    text.chars().map(duizhao::text::fold_char).filter(|c| c.is_alphanumeric()).collect()
}

fn field<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or("")
}

/// What a hand-made outline says of a numbered node, and what the reader made of it.
fn numbered_of_gold(gold: &Value) -> Vec<(String, u64, String, Vec<String>)> {
    let nodes = gold["nodes"].as_array().expect("nodes");
    let number_of =
        |id: &Value| nodes.iter().find(|node| node["id"] == *id).map_or("", |node| field(node, "number"));
    nodes
        .iter()
        .filter(|node| !field(node, "number").is_empty())
        .map(|node| {
            let mut headings = vec![bare(field(node, "heading"))];
            let others = node.get("alt_heading").and_then(Value::as_array).cloned().unwrap_or_default();
            headings.extend(others.iter().filter_map(Value::as_str).map(bare));
            let own = format!(
                "{} {} under {}",
                field(node, "number"),
                field(node, "kind"),
                number_of(&node["parent"])
            );
            (own, node["level"].as_u64().unwrap_or(0), field(node, "body15").to_owned(), headings)
        })
        .collect()
}

fn numbered_of_plan(plan: &Plan) -> Vec<(String, u64, String)> {
    let text = &plan.text;
    plan.outline
        .nodes
        .iter()
        .filter(|node| !node.number.is_empty())
        .map(|node| {
            let parent = node.parent.map_or("", |up| text.slice(plan.outline.nodes[up.0 as usize].number));
            let kind = if node.kind == Kind::Section { "section" } else { "item" };
            let own = format!("{} {kind} under {parent}", text.slice(node.number));
            (own, u64::from(node.level), bare(&node.heading.read(text)))
        })
        .collect()
}

/// Every difference between a hand-made outline and what the reader makes of the text.
fn differences(text: &str, gold: &Value) -> Vec<String> {
    let plan = plan::read(&Text::new(text), &Layout::default(), &[]);
    let (wanted, found) = (numbered_of_gold(gold), numbered_of_plan(&plan));
    let mut wrong = Vec::new();
    if wanted.len() != found.len() {
        wrong.push(format!("{} numbered nodes, should be {}", found.len(), wanted.len()));
    }
    for ((own, level, _, headings), (found_own, found_level, heading)) in wanted.iter().zip(&found) {
        if own != found_own || level != found_level {
            wrong.push(format!("{found_own} on level {found_level}, should be {own} on {level}"));
        }
        if !headings.contains(heading) {
            wrong.push(format!("{own}: heading {heading:?}, should be one of {headings:?}"));
        }
    }
    wrong.extend(paragraphs(&plan, gold));
    wrong.extend(topics(&plan, gold));
    wrong.extend(metadata(&plan, &gold["metadata"]));
    wrong
}

/// Paragraphs and tables that do not stand under the node they should.
fn paragraphs(plan: &Plan, gold: &Value) -> Vec<String> {
    let nodes = gold["nodes"].as_array().expect("nodes");
    let mut wrong = Vec::new();
    for node in nodes.iter().filter(|node| field(node, "number").is_empty()) {
        let start: String =
            bare(&format!("{}{}", field(node, "heading"), field(node, "body15"))).chars().take(9).collect();
        let parent = nodes.iter().find(|up| up["id"] == node["parent"]).map_or("", |up| field(up, "number"));
        let found = plan.outline.nodes.iter().any(|own| {
            let up = own.parent.map_or("", |up| plan.text.slice(plan.outline.nodes[up.0 as usize].number));
            own.number.is_empty() && bare(plan.text.slice(own.span)).starts_with(&start) && up == parent
        });
        if !found {
            wrong.push(format!("no paragraph {start:?} under {parent:?}"));
        }
    }
    wrong
}

/// Topic sentences inside paragraphs. Where one ends and the next begins is partly a matter of taste: nine of ten
/// must be found, and nine of ten found must be right; where the hand saw none, none may be found.
fn topics(plan: &Plan, gold: &Value) -> Vec<String> {
    let nodes = gold["nodes"].as_array().expect("nodes");
    let wanted: Vec<String> = nodes
        .iter()
        .filter_map(|node| node.get("topics")?.as_array())
        .flatten()
        .filter_map(Value::as_str)
        .map(bare)
        .collect();
    let found: Vec<String> = plan
        .outline
        .nodes
        .iter()
        .flat_map(|node| &node.topics)
        .map(|topic| bare(plan.text.slice(*topic)))
        .collect();
    let right = found.iter().filter(|topic| wanted.contains(topic)).count();
    if right * 10 >= wanted.len() * 9 && right * 10 >= found.len() * 9 {
        return Vec::new();
    }
    vec![format!("topics {found:?}, should be {wanted:?}")]
}

fn metadata(plan: &Plan, gold: &Value) -> Vec<String> {
    let own = &plan.metadata;
    let value =
        |fact: &Option<plan::Fact<String>>| fact.as_ref().map(|fact| fact.value.clone()).unwrap_or_default();
    let place = own.place.as_ref().map(|fact| fact.value.clone());
    let years: Vec<u64> = gold["years"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
    let period = own.years.as_ref().map(|fact| (u64::from(fact.value.0), u64::from(fact.value.1)));
    let mut wrong = Vec::new();
    for (name, found) in [
        ("title", value(&own.title)),
        ("city", place.as_ref().map(|place| place.city.clone()).unwrap_or_default()),
        ("province", place.map(|place| place.province).unwrap_or_default()),
        ("issuer", value(&own.issuer)),
        ("document_number", value(&own.document_number)),
        ("date", value(&own.date)),
    ] {
        if bare(&found) != bare(field(gold, name)) {
            wrong.push(format!("{name} {found:?}, should be {:?}", field(gold, name)));
        }
    }
    if period != years.first().copied().zip(years.last().copied()) {
        wrong.push(format!("years {period:?}, should be {years:?}"));
    }
    wrong
}

/// Compares every plan of a folder for which there is a hand-made outline; gives how many there were.
fn check_folder(plans: &Path, golds: &Path) -> usize {
    let mut count = 0;
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(golds).into_iter().flatten().flatten() {
        let path = entry.path();
        let Some(name) = path.file_stem().filter(|_| path.extension().is_some_and(|kind| kind == "json"))
        else {
            continue;
        };
        let text =
            std::fs::read_to_string(plans.join(name).with_extension("txt")).expect("the plan of a gold");
        let gold: Value = serde_json::from_slice(&std::fs::read(&path).expect("readable")).expect("JSON");
        wrong.extend(differences(&text, &gold).into_iter().map(|line| format!("{}: {line}", name.display())));
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    count
}

#[test]
fn sample_plans_are_read_without_a_fault() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(check_folder(&root.join("sample_docs"), &root.join("tests/gold")) >= 5);
}

#[test]
fn real_plans_are_read_without_a_fault() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("DUIZHAO_SHARED").map_or(beside, PathBuf::from);
    check_folder(&shared.join("plans"), &shared.join("gold"));
}
