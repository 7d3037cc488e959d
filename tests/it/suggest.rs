//! How often the suggested theme is the one a person gave: the first for 85 %, among the first three for 97 %.
//!
//! `cargo test suggest -- --nocapture` prints both figures. The sample plans always; the plans they paraphrase
//! where ../shared is there.

use duizhao::annotation::Codebook;
use duizhao::insight::Suggester;
use duizhao::plan::{self, NodeIx, Plan, clause_path};
use duizhao::text::{Layout, Text};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Plan -> path of numbers (`2-1`) -> themes, the primary one first.
type Gold = BTreeMap<String, BTreeMap<String, Vec<String>>>;

#[derive(serde::Deserialize)]
struct GoldFile {
    plans: Gold,
}

#[derive(Default)]
struct Score {
    items: u32,
    first: u32,
    among_three: u32,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn suggest_the_theme_a_person_gave_the_samples() {
    score(&root().join("tests/gold_tags.json"), &root().join("sample_docs"));
}

#[test]
fn suggest_the_theme_a_person_gave_the_originals() {
    let shared = std::env::var_os("DUIZHAO_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    if shared.is_dir() {
        score(&shared.join("data/gold_tags.json"), &shared.join("plans"));
    }
}

fn score(gold: &Path, plans: &Path) {
    let gold: GoldFile = serde_json::from_slice(&std::fs::read(gold).unwrap()).unwrap();
    let suggester = Suggester::new(&Codebook::built_in(), "theme");
    let mut score = Score::default();
    for (name, themes) in &gold.plans {
        let text = Text::new(&std::fs::read_to_string(plans.join(name).with_extension("txt")).unwrap());
        let plan = plan::read(&text, &Layout::default(), &[]);
        let nodes: BTreeMap<String, NodeIx> = plan
            .outline
            .iter()
            .filter(|(_, n)| !n.number.is_empty())
            .map(|(ix, _)| (path(&plan, ix), ix))
            .collect();
        for (path, themes) in themes {
            let ix = *nodes.get(path).unwrap_or_else(|| panic!("{name} has no {path}"));
            score.add(&suggester, &plan, ix, &themes[0]);
        }
    }
    let share = |part: u32| f64::from(part) / f64::from(score.items);
    let (first, three) = (share(score.first), share(score.among_three));
    println!("{}: {} items, first {first:.3}, among three {three:.3}", plans.display(), score.items);
    assert_eq!(score.items, 200);
    assert!(first >= 0.85 && three >= 0.97, "first {first}, among three {three}");
}

impl Score {
    fn add(&mut self, suggester: &Suggester, plan: &Plan, ix: NodeIx, primary: &str) {
        let suggested = suggester.suggest(plan, ix);
        let at = suggested.iter().position(|suggestion| suggestion.tag.0 == primary);
        self.items += 1;
        self.first += u32::from(at == Some(0));
        self.among_three += u32::from(at.is_some_and(|at| at < 3));
    }
}

/// The numbers of a clause path as a person types them: `二/(三)/1` is `2-3-1`.
fn path(plan: &Plan, ix: NodeIx) -> String {
    let numbers = clause_path(&plan.text, &plan.outline, ix, "/");
    numbers.split('/').map(|number| value(number).to_string()).collect::<Vec<_>>().join("-")
}

fn value(number: &str) -> usize {
    let bare = number.trim_matches(|c| matches!(c, '(' | ')' | '（' | '）'));
    bare.parse().unwrap_or_else(|_| {
        let digits = "一二三四五六七八九";
        let digit = |c: char| digits.chars().position(|d| d == c).map_or(0, |at| at + 1);
        match bare.split_once('十') {
            Some((tens, ones)) => {
                tens.chars().next().map_or(1, digit) * 10 + ones.chars().next().map_or(0, digit)
            }
            None => bare.chars().next().map_or(0, digit),
        }
    })
}
