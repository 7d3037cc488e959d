//! Promise: 100,000 annotations with 500 tags in one project of 1,000 plans open in < 0.5 s with those of the plan in view, all
//! of them within 1.5 s in the background; one edit reaches the disk in < 10 ms plus the fsync; an undo takes < 5 ms.
//!
//! Beside each stands something real: reading the same bytes, ron's own reading and writing of the same records, a
//! bare write and fsync of the same bytes. `cargo bench --bench project`

#![allow(missing_docs, clippy::unwrap_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use duizhao::annotation::{Anchor, Annotation, Body, Codebook, Coder, Sheet, Subject, Tag, TagId};
use duizhao::app::{App, Command, Places, SaveStatus, Settings};
use duizhao::plan::NodeIx;
use duizhao::project::{
    Backup, Candidate, Folder, PlanId, PlanRecord, Project, Reason, SAMPLES, SheetFile, Sheets,
};
use duizhao::text::Text;
use jiff::Timestamp;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const PLANS: u128 = 1000;
const ANNOTATIONS: u32 = 100;
const TAGS: usize = 500;
const CODER: &str = "甲";

/// A codebook of 500 tags: the one that comes with the program, with numbered tags below its own.
fn codebook() -> Codebook {
    let mut book = Codebook::built_in();
    let own = book.tags.clone();
    for n in book.tags.len()..TAGS {
        let above = &own[n % own.len()];
        let (id, parent) = (TagId(format!("t{n}")), Some(above.id.clone()));
        let (zh, en) = (format!("{}之{n}", above.zh), format!("{} {n}", above.en));
        book.tags.push(Tag { id, parent, zh, en, shortcut: None, ..above.clone() });
    }
    book.put_in_order()
}

/// A project of 1,000 plans (the words of the samples, each with a line of its own) with 100 annotations each.
fn build(root: &Path) -> Folder {
    let now = Timestamp::now();
    let project = Project::create(root, "大项目", now).unwrap();
    let samples: Vec<Candidate> =
        SAMPLES.iter().map(|(name, bytes)| Candidate::new(name, bytes.to_vec(), now).unwrap()).collect();
    let (folder, coder) = (project.folder.clone(), Coder::new(CODER));
    let book = codebook();
    assert_eq!(book.tags.len(), TAGS);
    fs::write(folder.codebook(), duizhao::project::to_ron(&book).unwrap()).unwrap();
    for n in 0..PLANS {
        let sample = &samples[n as usize % samples.len()];
        let id = PlanId(uuid::Uuid::from_u128(n + 1));
        let text = Text::new(&format!("{}\n第{n}份\n", sample.plan.text.as_str()));
        let record = PlanRecord { id, ..sample.record.clone() };
        fs::create_dir_all(folder.sheets(id)).unwrap();
        fs::write(folder.text(id), text.as_str()).unwrap();
        fs::write(folder.record(id), duizhao::project::to_ron(&record).unwrap()).unwrap();
        let nodes = &sample.plan.outline.nodes;
        let annotation = |k: u32| {
            let node = &nodes[k as usize % nodes.len()];
            let anchor = Anchor::new(&text, node.span);
            let body = match k % 10 {
                0 => Body::Note(format!("第{k}条批注:此处与省里的提法不同。\n见“{n}”。")),
                _ => Body::Tag(book.tags[(n as usize * 7 + k as usize * 13) % TAGS].id.clone()),
            };
            Annotation::on(Subject::Node, anchor, body, now)
        };
        let sheet = Sheet::new((0..ANNOTATIONS).map(annotation));
        let file = SheetFile::new(&coder, &sheet);
        fs::write(folder.sheet(id, &coder), duizhao::project::to_ron(&file).unwrap()).unwrap();
    }
    folder
}

fn app(home: &Path) -> App {
    let places = Places { config: home.join("config"), data: home.join("data") };
    let settings = Settings { coder: CODER.to_owned(), ..Settings::default() };
    settings.save(&places).unwrap();
    App::new(places, Arc::new(|| {}))
}

fn wait(app: &mut App, done: impl Fn(&App) -> bool) {
    while !done(app) {
        if !app.poll() {
            std::thread::sleep(Duration::from_micros(200));
        }
    }
}

fn in_view(app: &App) -> bool {
    app.view.plan.is_some_and(|id| app.plan(id).is_some() && app.tagged_items(id).is_some())
}

fn all_read(app: &App) -> bool {
    app.project.as_ref().is_some_and(|project| project.plans.values().all(|entry| entry.sheets.is_some()))
}

/// Opens the project from nothing; how long until `done`.
fn opening(home: &Path, root: &Path, done: impl Fn(&App) -> bool) -> Duration {
    let mut app = app(home);
    let begun = Instant::now();
    app.run(Command::OpenProject(root.to_owned()));
    wait(&mut app, done);
    let taken = begun.elapsed();
    wait(&mut app, all_read);
    taken
}

fn bench(c: &mut Criterion) {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("project");
    let folder = build(&root);
    // The daily backup belongs to the first opening of a day, after everything is on the screen.
    Backup::make(&folder, Reason::Daily, Timestamp::now()).unwrap();
    let coder = Coder::new(CODER);
    let sheets: Vec<_> =
        (1..=PLANS).map(|n| folder.sheet(PlanId(uuid::Uuid::from_u128(n)), &coder)).collect();

    let mut group = c.benchmark_group("100,000 annotations");
    group.sample_size(10).measurement_time(Duration::from_secs(20));
    group.bench_function("open, the plan in view and its annotations are there (< 0.5 s)", |b| {
        b.iter_custom(|times| (0..times).map(|_| opening(home.path(), &root, in_view)).sum());
    });
    group.bench_function("open, all annotations are there (< 1.5 s)", |b| {
        b.iter_custom(|times| (0..times).map(|_| opening(home.path(), &root, all_read)).sum());
    });
    group.bench_function("beside: reading the same bytes", |b| {
        b.iter(|| sheets.iter().map(|path| fs::read(path).unwrap().len()).sum::<usize>());
    });
    group.bench_function("beside: ron reads them on one thread, unknown fields dropped", |b| {
        let files: Vec<String> = sheets.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        b.iter(|| {
            for file in &files {
                black_box(ron::from_str::<Bare>(file).unwrap());
            }
        });
    });
    group.bench_function("a backup of all of it", |b| {
        b.iter(|| {
            let made = Backup::make(&folder, Reason::ByHand, Timestamp::now()).unwrap();
            fs::remove_file(&made.path).unwrap();
        });
    });
    group.finish();

    let mut group = c.benchmark_group("one edit");
    group.sample_size(30);
    let mut app = app(home.path());
    app.run(Command::OpenProject(root.clone()));
    wait(&mut app, |app| in_view(app) && all_read(app));
    let plan = app.view.plan.unwrap();
    let saved = |app: &App| matches!(app.save_status(), SaveStatus::Saved);
    let mut number = 0;
    let mut edit = |app: &mut App| {
        number += 1;
        app.run(Command::SetNote(plan, NodeIx(3), format!("第{number}次")));
        app.history.close();
    };
    group.bench_function("in memory, and handed over", |b| {
        b.iter_custom(|times| {
            let mut taken = Duration::ZERO;
            for _ in 0..times {
                let begun = Instant::now();
                edit(&mut app);
                taken += begun.elapsed();
                wait(&mut app, saved);
            }
            taken
        });
    });
    group.bench_function("until it is on disk (< 10 ms plus the fsync)", |b| {
        b.iter(|| {
            edit(&mut app);
            while !saved(&app) {
                std::hint::spin_loop();
            }
        });
    });
    let path = folder.sheet(plan, &coder);
    let content = fs::read(&path).unwrap();
    group.bench_function("beside: bare write, fsync, rename, fsync of the same bytes", |b| {
        let beside = home.path().join("beside.ron");
        b.iter(|| duizhao::project::write_atomic(&beside, &content).unwrap());
    });
    group.bench_function("beside: the same records by ron's own default", |b| {
        let project = app.project.as_ref().unwrap();
        let sheets: &Sheets = project.plans[&plan].sheets.as_ref().unwrap();
        let file = SheetFile::new(&coder, &sheets[&coder]);
        b.iter(|| ron::ser::to_string_pretty(&file, ron::ser::PrettyConfig::default()).unwrap());
    });
    group.bench_function("the same records as they are written here", |b| {
        let project = app.project.as_ref().unwrap();
        let sheets: &Sheets = project.plans[&plan].sheets.as_ref().unwrap();
        let file = SheetFile::new(&coder, &sheets[&coder]);
        b.iter(|| duizhao::project::to_ron(&file).unwrap());
    });
    group.bench_function("undo (< 5 ms)", |b| {
        b.iter_custom(|times| {
            let mut taken = Duration::ZERO;
            for _ in 0..times {
                edit(&mut app);
                wait(&mut app, saved);
                let begun = Instant::now();
                app.run(Command::Undo);
                taken += begun.elapsed();
                wait(&mut app, saved);
            }
            taken
        });
    });
    group.finish();
}

/// The records as serde reads them without the program's own care.
#[derive(serde::Deserialize)]
#[allow(dead_code)]
struct Bare {
    version: u32,
    coder: String,
    annotations: Vec<BareAnnotation>,
}

#[derive(serde::Deserialize)]
#[allow(dead_code)]
struct BareAnnotation {
    id: String,
    on: Subject,
    anchor: Anchor,
    body: Body,
    created: Timestamp,
    modified: Timestamp,
}

criterion_group!(benches, bench);
criterion_main!(benches);
