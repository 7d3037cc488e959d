//! How often the suggested theme is the one a person gave: the first for 85 %, among the first three for 97 %; by the
//! command that anybody can run on plans and gold of their own.
//!
//! `cargo test --test it suggest -- --nocapture` prints the figures. The sample plans always; the plans they paraphrase
//! where ../shared is there.

use duizhao::annotation::Codebook;
use duizhao::insight::{Evidence, Keywords, Suggester, is_enough};
use duizhao::plan::{self, Plan};
use duizhao::text::{Layout, Text};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn duizhao(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duizhao")).arg("suggest").args(arguments).output().unwrap()
}

/// The command's answer for a gold file and all plans of a folder that are in it.
fn counted(gold: &Path, plans: &Path) -> serde_json::Value {
    let mut files: Vec<String> = std::fs::read_dir(plans)
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .filter(|path| path.ends_with(".txt"))
        .collect();
    files.sort();
    let mut arguments = vec!["--format", "json", "--gold", gold.to_str().unwrap()];
    arguments.extend(files.iter().map(String::as_str));
    let output = duizhao(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn check(gold: &Path, plans: &Path) {
    let answer = counted(gold, plans);
    let all = &answer["all"];
    println!("{}: {all}", plans.display());
    assert_eq!(all["items"], 200);
    for plan in answer["plans"].as_array().unwrap() {
        assert_eq!(plan["not_found"], serde_json::json!([]), "{}", plan["plan"]);
    }
    let share = |name: &str| all[name].as_f64().unwrap();
    assert!(share("first_share") >= 0.85 && share("among_three_share") >= 0.97, "{all}");
}

#[test]
fn suggest_the_theme_a_person_gave_the_samples() {
    check(&root().join("tests/gold_tags.json"), &root().join("sample_docs"));
}

#[test]
fn suggest_the_theme_a_person_gave_the_originals() {
    let shared = std::env::var_os("DUIZHAO_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    if shared.is_dir() {
        check(&shared.join("data/gold_tags.json"), &shared.join("plans"));
    }
}

#[test]
fn gold_is_json_or_ron_and_what_is_wrong_with_it_is_said() {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, words: &str| {
        let path = home.path().join(name);
        std::fs::write(&path, words).unwrap();
        path.display().to_string()
    };
    let plan = write("a.txt", "一、完善服务\n(一)推广家庭医生签约。\n(二)严格控烟。\n(三)建立制度。\n");
    let ron = write(
        "gold.ron",
        r#"(plans: {"a": {"1-1": ["family_doctor"], "1.2": ["tobacco_alcohol"], "9": ["hiap"]}})"#,
    );
    let output = duizhao(&["--gold", &ron, &plan]);
    let listing = String::from_utf8(output.stdout).unwrap();
    assert!(listing.starts_with("a\t3 items\tfirst 2 (66.7 %)\tamong three 2 (66.7 %)\nall\t3"), "{listing}");
    assert!(listing.contains("not found\ta 9"), "{listing}");
    let other = write("other.json", r#"{"plans": {"b": {}}}"#);
    let broken = write("broken.json", "[1]");
    for (gold, said) in
        [(&other, "names none of these files"), (&broken, "it should be JSON or RON like"), (&plan, "a.txt")]
    {
        let output = duizhao(&["--gold", gold, &plan]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && error.contains(said), "{error}");
    }
    let output = duizhao(&[&plan, &plan]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("--gold"));
}

fn read(words: &str) -> Plan {
    plan::read(&Text::new(words), &Layout::default(), &[])
}

#[test]
fn keywords_speak_where_cues_say_too_little_and_never_before_them() {
    let codebook = Codebook::built_in();
    let suggester = Suggester::new(&codebook, "theme");
    let mut by_keywords = 0;
    for path in std::fs::read_dir(root().join("sample_docs")).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        let plan = read(&std::fs::read_to_string(&path).unwrap());
        let keywords = Keywords::new(&codebook, "theme", &plan);
        for (ix, _) in plan.outline.iter() {
            let (cues, with) = (suggester.suggest(&plan, ix), suggester.suggest_with(&keywords, &plan, ix));
            assert_eq!(with[..cues.len()], cues, "cues come first, as without keywords");
            let more = &with[cues.len()..];
            assert!(more.is_empty() || !is_enough(&cues));
            for suggestion in more {
                by_keywords += 1;
                assert_eq!(suggestion.evidence, Evidence::Keywords);
                assert!(!suggestion.cues.is_empty(), "with the words that speak");
                for cue in &suggestion.cues {
                    assert_eq!(
                        duizhao::text::fold(plan.text.slice(cue.span)).replace(['\n', ' '], ""),
                        cue.words
                    );
                }
            }
        }
    }
    println!("{by_keywords} suggestions by keywords");
}

#[test]
fn keywords_find_what_no_cue_names() {
    let codebook = Codebook::built_in();
    let others = "一、加强领导。建立督导机制。\n二、加强投入。落实资金。\n三、加强监管。开展检查。\n";
    let cases = [
        ("四、持续改善就医体验,优化预约、结算流程。\n", Some("patient_experience")),
        ("四、广泛开展宣传,引导群众养成文明的习惯。\n", Some("publicity")),
        // One common word tells nothing.
        ("四、转变方式。\n", None),
    ];
    for (words, expect) in cases {
        let plan = read(&format!("{others}{words}"));
        let keywords = Keywords::new(&codebook, "theme", &plan);
        let (last, _) = plan.outline.iter().last().unwrap();
        let found = keywords.suggest(&plan, last);
        assert_eq!(found.first().map(|first| first.tag.0.as_str()), expect, "{words}");
    }
}
