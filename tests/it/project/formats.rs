//! Files of every version of the format are read, and written again as they were; those of a newer version open
//! for reading only, and what this version does not know survives.
//!
//! tests/fixtures/formats/v<N>/ holds a project of version N and is never changed: a format that changes gets a
//! version, a step in `project::migrate`, and a folder here.

use super::{Study, at};
use duizhao::annotation::{Annotation, Coder, Edit};
use duizhao::project::check::{Trouble, check};
use duizhao::project::{Bundle, Change, FORMAT_VERSION, File, Folder, Image, Project, ReadOnly, Refused};
use std::fs;
use std::path::{Path, PathBuf};

fn version(number: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/formats/v{number}"))
}

/// A copy of the project of a version, to be written.
fn copy(number: u32) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let mut todo = vec![version(number)];
    while let Some(path) = todo.pop() {
        let to = root.path().join(path.strip_prefix(version(number)).unwrap());
        if path.is_dir() {
            fs::create_dir_all(to).unwrap();
            todo.extend(fs::read_dir(&path).unwrap().flatten().map(|entry| entry.path()));
        } else {
            fs::copy(&path, to).unwrap();
        }
    }
    root
}

#[test]
fn a_project_of_every_version_is_read() {
    for number in 1..=FORMAT_VERSION {
        let root = copy(number);
        let study = Study::open(root.path());
        let plan = study.plans[0];
        assert_eq!(study.project.manifest.title, "十市卫生计划比较", "version {number}");
        assert_eq!(study.says(plan, "张三"), "“整份\n第二行” family_doctor ““如何”?”", "version {number}");
        assert_eq!(study.project.notes[&Coder::new("张三")].len(), 2);
        let links = &study.project.links[&Coder::new("张三")];
        assert_eq!((links.links().count(), links.basket().len()), (1, 1));
        assert_eq!(links.basket()[0].note, "“如何”?");
        assert_eq!(study.project.codebook.resolve(&"contracting".into()).0, "family_doctor");
        let text = study.text(plan);
        for annotation in study.sheets(plan)[&Coder::new("张三")].iter() {
            assert!(annotation.find(&text).is_certain(), "{annotation:?}");
        }
    }
}

#[test]
fn files_of_the_present_version_are_written_as_they_were_read() {
    let root = copy(FORMAT_VERSION);
    let study = Study::open(root.path());
    let plan = study.plans[0];
    let coder = Coder::new("张三");
    let of_coder = [File::Sheet(plan, coder.clone()), File::Notes(coder.clone()), File::Links(coder)];
    for file in [File::Codebook, File::Record(plan)].into_iter().chain(of_coder) {
        let path = study.folder().path(&file);
        let before = fs::read_to_string(&path).unwrap();
        fs::remove_file(&path).unwrap();
        study.snapshot(&file).write().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), before, "{}", path.display());
    }
}

/// Makes a file one of the next version, with fields nobody knows yet.
fn lift(path: &Path) {
    let content = fs::read_to_string(path).unwrap();
    let newer = content.replacen(
        "version: 1,",
        &format!("version: {},\n  mood: Some(glad(3)),", FORMAT_VERSION + 1),
        1,
    );
    assert_ne!(newer, content);
    fs::write(path, newer).unwrap();
}

#[test]
fn a_newer_project_opens_for_reading_only() {
    let root = copy(FORMAT_VERSION);
    lift(&root.path().join("project.ron"));
    let mut study = Study::open(root.path());
    study.project.claim(&Coder::new("张三"), true, at(0));
    let newer = ReadOnly::Newer { found: FORMAT_VERSION + 1, known: FORMAT_VERSION };
    assert_eq!(study.project.read_only, Some(newer.clone()));
    assert!(newer.to_string().contains("update the program"));
    let plan = study.plans[0];
    let annotation = study.sheets(plan)[&Coder::new("张三")].iter().next().unwrap().clone();
    let change = Change::Annotation { plan, coder: Coder::new("张三"), edit: Edit::remove(annotation) };
    assert_eq!(study.project.apply(&change), Err(Refused::ReadOnly(newer)));
    assert!(!root.path().join("locks").exists(), "not even a lock is written");
    let report = check(study.folder()).unwrap();
    assert!(report.findings.iter().any(|finding| finding.trouble == Trouble::Newer(FORMAT_VERSION + 1)));
}

#[test]
fn a_single_newer_file_is_shown_and_never_written() {
    let root = copy(FORMAT_VERSION);
    let (project, _) = Project::open(root.path()).unwrap();
    let plan = *project.plans.keys().next().unwrap();
    let path = project.folder.sheet(plan, &Coder::new("张三"));
    lift(&path);
    let before = fs::read(&path).unwrap();
    let mut study = Study::open(root.path());
    assert_eq!(
        study.says(plan, "张三"),
        "“整份\n第二行” family_doctor ““如何”?”",
        "what is understood is shown"
    );
    let annotation = study.sheets(plan)[&Coder::new("张三")].iter().next().unwrap().clone();
    let change = Change::Annotation { plan, coder: Coder::new("张三"), edit: Edit::remove(annotation) };
    assert!(matches!(study.project.apply(&change), Err(Refused::ReadOnly(ReadOnly::Newer { .. }))));
    assert!(
        study.project.snapshot(&File::Sheet(plan, Coder::new("张三"))).is_none(),
        "it must not be written"
    );
    study.tag(plan, "李四", "加强宣传", "x");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn unknown_fields_survive_an_edit() {
    let root = copy(FORMAT_VERSION);
    let mut study = Study::open(root.path());
    let plan = study.plans[0];
    let coder = Coder::new("张三");
    let path = study.folder().sheet(plan, &coder);
    let content = fs::read_to_string(&path).unwrap();
    let content = content.replacen("  annotations: [", "  shared_with: [\"李四\"],\n  annotations: [", 1);
    let content = content.replace("      on: node,", "      on: node,\n      weight: Some((3, 'x')),");
    let content = content.replace("        quote: \"一", "        page: 7,\n        quote: \"一");
    fs::write(&path, &content).unwrap();
    study = Study::open(root.path());
    let annotation = study.sheets(plan)[&coder].iter().find(|a| a.tag().is_some()).unwrap().clone();
    let after = Annotation { modified: at(0), ..annotation.clone() };
    study.change(&Change::Annotation {
        plan,
        coder,
        edit: Edit { before: Some(annotation), after: Some(after) },
    });
    let written = fs::read_to_string(&path).unwrap();
    for kept in ["shared_with: [\"李四\"]", "weight: Some((3, 'x'))", "page: 7"] {
        assert!(written.contains(kept), "{kept} in {written}");
    }
}

#[test]
fn every_file_of_the_format_is_known_by_its_name() {
    for number in 1..=FORMAT_VERSION {
        let bundle = Bundle::open(&version(number)).unwrap();
        assert!(bundle.records().unwrap().len() >= 5);
        let report = check(&Folder::new(version(number))).unwrap();
        let trouble: Vec<_> = report.damage().collect();
        // The source itself is not kept here.
        assert!(
            trouble.iter().all(|f| f.trouble == Trouble::Missing && f.path.ends_with("source.txt")),
            "{trouble:?}"
        );
        let _ = Image::load(&Folder::new(version(number)), &File::Codebook).unwrap();
    }
}
