//! docs/FILE_FORMAT.md is true: its Python reads a real project, and its examples are files of the format.

use super::Study;
use duizhao::annotation::Codebook;
use duizhao::project::from_ron;
use std::fs;
use std::path::Path;
use std::process::Command;

const PAGE: &str = include_str!("../../../docs/FILE_FORMAT.md");

/// The code blocks of the page that begin with this line.
fn blocks(fence: &str) -> Vec<&'static str> {
    PAGE.split(&format!("```{fence}\n")).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

#[test]
fn the_python_on_the_page_reads_a_real_project() {
    let home = tempfile::tempdir().unwrap();
    let mut study = Study::new(&home.path().join("my-study"), 2);
    let notes = ["“如何”?\n第二行\t\\ \"x\" 'y'", "None, true (a: [1], b: Some(2)) 𠮷", "\u{1}r#\"甲\"#"];
    study.tag(study.plans[0], "张三", "免疫规划", "immunization");
    for note in notes {
        study.note(study.plans[0], "张三", "三师共管", note);
    }
    study.tag(study.plans[1], "李四", "医联体", "medical_alliance");
    let script = home.path().join("read.py");
    fs::write(&script, blocks("python").concat()).unwrap();
    let python = Command::new("python3").arg("-X").arg("utf8").arg(&script).current_dir(home.path()).output();
    let Ok(output) = python else {
        // `.ci/run` installs it and sets this.
        assert!(std::env::var_os("DUIZHAO_NEEDS_PYTHON").is_none(), "python3 is not here");
        eprintln!("NOT RUN: python3 is not here, so the snippet of docs/FILE_FORMAT.md was not tried");
        return;
    };
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{err}");
    assert_eq!(out.lines().count(), 5, "{out}");
    assert!(out.contains("李四 ('tag', ('medical_alliance',)) 医联体"), "{out}");
    for note in notes {
        let python_repr = |words: &str| {
            words.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t").replace('\u{1}', "\\x01")
        };
        let written = out.replace("\\'", "'").replace("\\\"", "\"");
        assert!(written.contains(&python_repr(note)), "{note:?} in {out}");
    }
}

#[test]
fn every_file_and_field_that_is_written_is_on_the_page() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats/v1");
    let mut todo = vec![fixture];
    let mut fields = std::collections::BTreeSet::new();
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(fs::read_dir(&path).unwrap().flatten().map(|entry| entry.path()));
        } else if path.extension().is_some_and(|extension| extension == "ron") {
            let content = fs::read_to_string(&path).unwrap();
            let names = content
                .lines()
                .filter_map(|line| line.trim().split_once(": ").map(|(name, _)| name.to_owned()));
            fields.extend(names.filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_')));
        }
    }
    assert!(fields.len() > 40, "{fields:?}");
    let missing: Vec<_> = fields.iter().filter(|field| !PAGE.contains(field.as_str())).collect();
    assert_eq!(missing, Vec::<&String>::new(), "fields that docs/FILE_FORMAT.md does not name");
}

#[test]
fn the_examples_on_the_page_are_as_files_are() {
    let example = blocks("").into_iter().find(|block| block.contains("title: \"十市")).unwrap();
    assert!(example.starts_with("(\n  version: 1,"), "{example}");
    assert!(from_ron::<Codebook>("(version: 1, facets: [], tags: [])").is_ok());
}
