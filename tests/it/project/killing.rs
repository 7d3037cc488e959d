//! The kill test: a program that edits is killed (SIGKILL) at random moments; every edit that it reported as
//! saved is there afterwards, and every file can be read.
//!
//! 20 kills here; `scripts/kill-loop 1000` makes as many as it is told. The program is this test binary running
//! [`editing_until_killed`], which drives the real `App` with its saver.

use super::PLANS;
use duizhao::annotation::{Body, Coder, TagId};
use duizhao::app::{App, Command, Places, SaveStatus, Settings};
use duizhao::plan::MetadataField;
use duizhao::project::check::{Trouble, check};
use duizhao::project::{Folder, PlanId, Project};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const CODER: &str = "甲";
const HOME: &str = "DUIZHAO_KILL_HOME";
const FIRST: &str = "DUIZHAO_KILL_FIRST";

/// An app on a home and project of its own, with nothing else on the screen.
pub fn app(home: &Path) -> App {
    let places = Places { config: home.join("config"), data: home.join("data") };
    if !places.settings().exists() {
        Settings { coder: CODER.to_owned(), ..Settings::default() }.save(&places).unwrap();
    }
    App::new(places, Arc::new(|| {}))
}

/// Takes in results of background work until `done`.
pub fn wait(app: &mut App, done: impl Fn(&App) -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !done(app) {
        assert!(Instant::now() < end, "not done within a minute");
        if !app.poll() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Opens a project and its first plan.
pub fn open(app: &mut App, root: &Path) -> PlanId {
    app.run(Command::OpenProject(root.to_owned()));
    wait(app, |app| {
        let id = app.view.plan;
        id.is_some_and(|id| app.plan(id).is_some() && app.tagged_items(id).is_some())
    });
    app.view.plan.unwrap()
}

/// xorshift: random enough for moments and places, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[test]
#[ignore = "runs until it is killed; started by the kill test"]
fn editing_until_killed() {
    let Some(home) = std::env::var_os(HOME) else { return };
    let home = Path::new(&home);
    let mut number: u64 = std::env::var(FIRST).unwrap().parse().unwrap();
    let mut random = Random(number * 2 + 1);
    let mut app = app(home);
    let plan = open(&mut app, &home.join("project"));
    let nodes: Vec<_> =
        app.plan(plan).unwrap().plan.outline.iter().map(|(ix, node)| (ix, node.span.start.0)).collect();
    let tags: Vec<TagId> =
        app.project.as_ref().unwrap().codebook.tags.iter().take(5).map(|t| t.id.clone()).collect();
    loop {
        // A burst of edits, then wait until the saver reports them as saved, as the status line does.
        let burst = 1 + random.below(4);
        for _ in 0..burst {
            let (ix, start) = nodes[random.below(nodes.len() as u64) as usize];
            match random.below(4) {
                0 => {
                    let tag = &tags[random.below(5) as usize];
                    let on = app.plan(plan).unwrap().marks.tagging(ix, tag).is_none();
                    println!("doing {number} {start}/{tag} {on}");
                    app.run(Command::ToggleTag(plan, ix, tag.clone()));
                }
                1 => {
                    println!("doing {number} title 标题{number}");
                    app.run(Command::SetMetadata(plan, MetadataField::Title, format!("标题{number}")));
                }
                _ => {
                    println!("doing {number} {start} 批注{number}");
                    app.run(Command::SetNote(plan, ix, format!("批注{number}")));
                }
            }
            number += 1;
        }
        wait(&mut app, |app| matches!(app.save_status(), SaveStatus::Saved));
        println!("saved {}", number - 1);
    }
}

/// What the program told: by place, the states since the last one reported as saved (that one first).
#[derive(Default)]
struct Told {
    states: BTreeMap<String, Vec<(u64, String)>>,
    saved: u64,
    edits_saved: usize,
}

impl Told {
    fn line(&mut self, line: &str) {
        // libtest may put its own words in front of the first line.
        let Some(at) = line.find("doing ").or_else(|| line.find("saved ")) else { return };
        let words: Vec<&str> = line[at..].split(' ').collect();
        match words[..] {
            ["doing", number, place, state] => {
                let number = number.parse().unwrap();
                self.states.entry(place.to_owned()).or_default().push((number, state.to_owned()));
            }
            ["saved", number] => {
                let number: u64 = number.parse().unwrap();
                self.edits_saved += (number - self.saved.min(number)) as usize;
                self.saved = number;
                for states in self.states.values_mut() {
                    // What was overwritten before this moment cannot be there any more.
                    let last = states.iter().rposition(|&(n, _)| n <= number).unwrap_or(0);
                    states.drain(..last);
                }
            }
            _ => {}
        }
    }

    /// Whether this state of a place may be there: the last one reported as saved, or one after it.
    fn allows(&self, place: &str, found: Option<&str>) -> bool {
        let Some(states) = self.states.get(place) else { return true };
        let reported = states.first().is_some_and(|&(number, _)| number <= self.saved);
        let is = |state: &str| found.unwrap_or("false") == state;
        states.iter().any(|(_, state)| is(state)) || (!reported && found.is_none())
    }

    /// What was found becomes what is known.
    fn settle(&mut self, found: &BTreeMap<String, String>) {
        for (place, states) in &mut self.states {
            let now = found.get(place).cloned().unwrap_or_else(|| "false".to_owned());
            *states = vec![(0, now)];
        }
    }
}

/// The state of every place that the program edits.
fn states(folder: &Folder, plan: PlanId) -> BTreeMap<String, String> {
    let (project, problems) = Project::open(folder.root()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let read = Project::read_sheets(folder, &project.ledger, plan);
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    let mut states = BTreeMap::new();
    if let Some(title) = &project.plans[&plan].record.metadata.title {
        states.insert("title".to_owned(), title.value.clone());
    }
    for annotation in read.sheets.unwrap().get(&Coder::new(CODER)).into_iter().flat_map(|sheet| sheet.iter())
    {
        let start = annotation.anchor.start.0;
        match &annotation.body {
            Body::Note(note) => states.insert(start.to_string(), note.clone()),
            Body::Tag(tag) => states.insert(format!("{start}/{tag}"), "true".to_owned()),
        };
    }
    states
}

#[test]
fn every_edit_reported_as_saved_survives_a_kill() {
    let kills: u64 = std::env::var("DUIZHAO_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20);
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("project");
    let study = super::Study::new(&root, 1);
    let (folder, plan) = (study.folder().clone(), study.plans[0]);
    drop(study);
    assert!(PLANS[0].contains("工作要点"));
    let (mut told, mut random, mut leftovers, mut idle) = (Told::default(), Random(20_261_125), 0, 0);
    // A plan has a title from the beginning; nothing else is there yet.
    for (place, state) in states(&folder, plan) {
        told.states.insert(place, vec![(0, state)]);
    }
    for kill in 0..kills {
        let before = told.edits_saved;
        let mut child = Process::new(std::env::current_exe().unwrap())
            .args(["--exact", "project::killing::editing_until_killed", "--ignored", "--nocapture"])
            .env(HOME, home.path())
            .env(FIRST, (told.saved.max(kill * 1_000_000) + 1).to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let reader = std::thread::spawn(move || out.lines().map_while(Result::ok).collect::<Vec<_>>());
        std::thread::sleep(Duration::from_micros(50_000 + random.below(700_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        told.saved = told.saved.max(kill * 1_000_000);
        for line in reader.join().unwrap() {
            told.line(&line);
        }
        idle += u64::from(told.edits_saved == before);

        let report = check(&folder).unwrap();
        assert_eq!(report.damage().collect::<Vec<_>>(), Vec::<&_>::new(), "after kill {kill}");
        leftovers += report.findings.iter().filter(|finding| finding.trouble == Trouble::Leftover).count();
        for finding in report.findings.iter().filter(|finding| finding.trouble == Trouble::Leftover) {
            std::fs::remove_file(&finding.path).unwrap();
        }
        let found = states(&folder, plan);
        for place in told.states.keys() {
            let state = found.get(place).map(String::as_str);
            assert!(
                told.allows(place, state),
                "kill {kill}: {place} is {state:?}, told {:?}",
                told.states[place]
            );
        }
        told.settle(&found);
    }
    eprintln!(
        "{kills} kills, {} edits reported as saved, none lost; {idle} kills before the first edit was saved, \
         {leftovers} temp files left and recognised",
        told.edits_saved
    );
    assert!(idle < kills, "no edit was ever saved: the test tested nothing");
}
