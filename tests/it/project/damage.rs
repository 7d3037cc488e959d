//! Damaged files: every byte of a small project is flipped or cut in turn. Nothing panics, the damage is named,
//! everything undamaged opens, and the damaged file is kept aside.
//!
//! A flip that leaves a well-formed file (another letter in a note) cannot be told from an edit; what it must not
//! do is touch anything else.

use super::{Study, at};
use duizhao::annotation::{Anchor, Annotation, Body, Codebook, Coder, Edit, Sheet, Subject};
use duizhao::project::check::check;
use duizhao::project::{Cause, Change, File, Image, PlanId, Project, ProjectError};
use std::fs;
use std::path::{Path, PathBuf};

/// Memory where the system has such a disk: thousands of cases, each with a sync.
fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// A project of one plan, three annotations, two notes and a codebook of three tags.
fn small(root: &Path) -> Study {
    let mut study = Study::new(root, 0);
    let before = study.project.codebook.clone();
    let mut after = Codebook { facets: before.facets[..1].to_vec(), ..Codebook::empty() };
    after.tags = before
        .tags
        .iter()
        .filter(|tag| tag.parent.is_none() && tag.facet == after.facets[0].id)
        .take(3)
        .cloned()
        .collect();
    study.change(&Change::Codebook { before, after: after.into() });
    let plan = study.import("plan.txt", "厦门市2017年工作要点\n一、推进医改\n二、加强宣传\n三、抓好落实\n");
    study.tag(plan, "甲", "推进医改", "reform");
    study.note(plan, "甲", "加强宣传", "“如何”?\n(又)");
    study.tag(plan, "甲", "抓好落实", "k2");
    for (on, words) in [(Subject::Project, "总体"), (Subject::Tag("k2".into()), "力度")] {
        let note = Annotation::on(on, Anchor::default(), Body::Note(words.into()), at(3));
        study.change(&Change::Note { coder: Coder::new("甲"), edit: Edit::put(note) });
    }
    study
}

/// What a project holds, as far as it opens.
struct Opened {
    project: Project,
    sheet: Option<Sheet>,
    problems: Vec<ProjectError>,
}

fn open(root: &Path, plan: PlanId) -> Opened {
    let (project, mut problems) = Project::open(root).unwrap_or_else(|error| panic!("{error}"));
    let read = Project::read_sheets(&project.folder, &project.ledger, plan);
    problems.extend(read.problems);
    let sheet = read.sheets.and_then(|sheets| sheets.get(&Coder::new("甲")).map(|sheet| (**sheet).clone()));
    Opened { project, sheet, problems }
}

/// The files of the project that `kind` is not.
fn check_rest(found: &Opened, whole: &Opened, damaged: &str, plan: PlanId, case: &str) {
    let (now, was) = (&found.project, &whole.project);
    if damaged != "project.ron" {
        assert_eq!(now.manifest, was.manifest, "{case}");
    }
    if damaged != "codebook.ron" {
        assert_eq!(now.codebook, was.codebook, "{case}");
    }
    if damaged != "plan.ron" {
        assert_eq!(now.plans[&plan].record, was.plans[&plan].record, "{case}");
    }
    if damaged != "sheet" {
        assert_eq!(found.sheet, whole.sheet, "{case}");
    }
    if damaged != "notes" {
        assert_eq!(now.notes, was.notes, "{case}");
    }
}

/// The records that a damaged sheet must still give: a single damage costs one record at most.
fn check_salvaged(found: Option<&Sheet>, whole: &Sheet, cut_at: Option<usize>, content: &[u8], case: &str) {
    let found = found.unwrap_or_else(|| panic!("{case}: nothing was salvaged"));
    let kept = whole.iter().filter(|annotation| found.get(annotation.id) == Some(annotation)).count();
    let expect = match cut_at {
        // Every record that ends before the cut.
        Some(at) => String::from_utf8_lossy(&content[..at]).matches("\n    ),").count(),
        None => whole.len() - 1,
    };
    assert!(kept >= expect, "{case}: {kept} of {expect} records");
}

#[test]
fn every_byte_flipped_or_cut_in_turn() {
    let home = scratch();
    let root = home.path().join("project");
    let study = small(&root);
    let plan = study.plans[0];
    let coder = Coder::new("甲");
    let folder = study.folder().clone();
    let files: [(&str, PathBuf, Option<File>); 5] = [
        ("project.ron", folder.manifest(), None),
        ("codebook.ron", folder.codebook(), Some(File::Codebook)),
        ("plan.ron", folder.record(plan), Some(File::Record(plan))),
        ("sheet", folder.sheet(plan, &coder), Some(File::Sheet(plan, coder.clone()))),
        ("notes", folder.note_sheet(&coder), Some(File::Notes(coder.clone()))),
    ];
    let whole = open(&root, plan);
    assert!(whole.problems.is_empty());
    let (mut cases, mut named) = (0, 0);
    for (kind, path, file) in &files {
        let content = fs::read(path).unwrap();
        for at in 0..content.len() {
            let flip = |mask: u8| {
                let mut damaged = content.clone();
                damaged[at] ^= mask;
                (damaged, None)
            };
            for (damaged, cut_at) in [flip(0x80), flip(0x01), flip(0x08), (content[..at].to_vec(), Some(at))]
            {
                let case = format!("{kind}, byte {at}, cut {cut_at:?}");
                cases += 1;
                fs::write(path, &damaged).unwrap();
                let readable = match file {
                    Some(file) => Image::parse(file, &damaged).map(drop),
                    None => duizhao::project::load::<duizhao::project::Manifest>(path)
                        .map(drop)
                        .map_err(|e| e.cause),
                };
                let found = open(&root, plan);
                check_rest(&found, &whole, kind, plan, &case);
                if let Err(cause) = readable {
                    named += 1;
                    let names =
                        |p: &ProjectError| p.path.to_string_lossy().starts_with(&*path.to_string_lossy());
                    assert!(found.problems.iter().any(names), "{case}: {:?}", found.problems);
                    // The check reads every file; a tenth of the cases is enough to see that it names the damage.
                    if at % 10 == 0 {
                        let report = check(&folder).unwrap();
                        assert!(
                            report.findings.iter().any(|finding| finding.path == *path),
                            "{case}: {report:?}"
                        );
                    }
                    if matches!(cause, Cause::Damaged(_)) {
                        let aside = found.problems.iter().find(|p| names(p)).unwrap();
                        assert_eq!(fs::read(&aside.path).unwrap(), damaged, "{case}: kept aside");
                        if *kind == "sheet" {
                            check_salvaged(
                                found.sheet.as_ref(),
                                whole.sheet.as_ref().unwrap(),
                                cut_at,
                                &content,
                                &case,
                            );
                        }
                    }
                }
                for entry in fs::read_dir(path.parent().unwrap()).unwrap().flatten() {
                    if entry.file_name().to_string_lossy().contains(".damaged") {
                        fs::remove_file(entry.path()).unwrap();
                    }
                }
            }
        }
        fs::write(path, &content).unwrap();
    }
    eprintln!("{cases} cases, {named} of them damage that was named");
    assert!(cases > 4_000 && named > cases / 2);
}

#[test]
fn every_byte_of_a_text_and_of_a_source_is_watched_over() {
    let home = scratch();
    let root = home.path().join("project");
    let study = small(&root);
    let plan = study.plans[0];
    for path in [study.folder().text(plan), study.folder().source(plan, "txt")] {
        let content = fs::read(&path).unwrap();
        for at in 0..content.len() {
            let mut damaged = content.clone();
            damaged[at] ^= 0x01;
            for damaged in [damaged, content[..at].to_vec()] {
                fs::write(&path, &damaged).unwrap();
                let report = check(study.folder()).unwrap();
                assert!(report.damage().any(|finding| finding.path == path), "{}, byte {at}", path.display());
                assert!(open(&root, plan).problems.is_empty(), "everything else opens");
            }
        }
        fs::write(&path, &content).unwrap();
    }
}

#[test]
fn deep_nesting_is_refused_everywhere() {
    let home = scratch();
    let root = home.path().join("project");
    let study = small(&root);
    let plan = study.plans[0];
    let deep = |field: &str| {
        format!("(\n  version: 1,\n  {field}: {}{}\n)\n", "[".repeat(200_000), "]".repeat(200_000))
    };
    for (path, field) in [
        (study.folder().manifest(), "title"),
        (study.folder().codebook(), "tags"),
        (study.folder().record(plan), "unheard_of"),
        (study.folder().sheet(plan, &Coder::new("甲")), "annotations"),
        (study.folder().note_sheet(&Coder::new("甲")), "unheard_of"),
    ] {
        let content = fs::read(&path).unwrap();
        fs::write(&path, deep(field)).unwrap();
        let problems = open(&root, plan).problems;
        assert!(problems.iter().any(|p| p.to_string().contains("nested too deep")), "{}", path.display());
        fs::write(&path, content).unwrap();
    }
    let home = tempfile::tempdir().unwrap();
    let settings = home.path().join("settings.ron");
    fs::write(&settings, deep("recent")).unwrap();
    assert!(duizhao::project::read_ron::<duizhao::app::Settings>(&settings).is_err());
}

#[test]
fn a_damaged_file_is_not_overwritten_by_the_next_edit_without_a_copy() {
    let home = scratch();
    let root = home.path().join("project");
    let study = small(&root);
    let plan = study.plans[0];
    let path = study.folder().sheet(plan, &Coder::new("甲"));
    let damaged = fs::read_to_string(&path).unwrap().replacen("body: tag(", "body: tag", 1);
    fs::write(&path, &damaged).unwrap();
    let (project, _) = Project::open(&root).unwrap();
    let mut now = Study { project, plans: vec![plan] };
    let read = Project::read_sheets(now.folder(), &now.project.ledger, plan);
    assert_eq!(now.project.take_in_sheets(plan, read).len(), 1);
    now.tag(plan, "甲", "推进医改", "again");
    assert_eq!(now.says(plan, "甲"), "again ““如何”?\n(又)” k2");
    assert_eq!(fs::read_to_string(path.with_file_name("甲.ron.damaged")).unwrap(), damaged);
    assert_eq!(Study::open(&root).says(plan, "甲"), now.says(plan, "甲"));
}
