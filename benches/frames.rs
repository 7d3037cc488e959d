//! The time of a frame: two plans of 200 KB with 500 annotations each, idle, scrolling, while the width changes; an
//! outline of 10,000 nodes, alone and in the whole window; and beside them a label per paragraph, the way a window is written
//! that does not care.
//!
//! `cargo bench --bench frames`. The harness runs the whole frame but the painting on the GPU. Medians and worst
//! frames are printed beside what is promised.

use criterion::{Criterion, criterion_group, criterion_main};
use duizhao::app::{App, Command, Places, ReadingCommand, Settings, Site};
use duizhao::project::{PlanId, SAMPLES};
use duizhao::text::{CharPos, Span};
use duizhao::ui::{OneTree, TwoTexts, Window};
use egui::{Event, MouseWheelUnit, RawInput, Rect, ScrollArea, TouchPhase, pos2, vec2};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A plan of about 200 KB: the sample of Dalian over and over, its title once.
fn long_plan(title: &str) -> String {
    let sample = String::from_utf8_lossy(SAMPLES[4].1);
    let body: Vec<&str> = sample.lines().skip(20).filter(|line| !line.contains("详细地址")).collect();
    let mut plan = format!("{title}\n");
    while plan.len() < 200_000 {
        plan.push_str(&body.join("\n"));
        plan.push('\n');
    }
    plan
}

/// A plan of 10,000 items in 100 sections.
fn wide_plan(title: &str) -> String {
    let mut plan = format!("{title}\n");
    for section in 1..=100 {
        let _ = writeln!(plan, "第{section}章 加强基层医疗卫生服务");
        for item in 1..=99 {
            let _ = writeln!(plan, "{item}.完善家庭医生签约服务制度，培训全科医生{item}名。");
        }
    }
    plan
}

/// A whole frame; what would go to the graphics card is dropped.
fn frame(ctx: &egui::Context, events: Vec<Event>, show: impl FnMut(&mut egui::Ui)) {
    ctx.run_ui(input(events), show).textures_delta.clear();
}

fn input(events: Vec<Event>) -> RawInput {
    RawInput {
        screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1440.0, 900.0))),
        events,
        ..Default::default()
    }
}

fn places(home: &Path) -> Places {
    let places = Places { config: home.join("config"), data: home.join("data") };
    let settings = Settings { welcomed: true, coder: "bench".into(), ..Settings::default() };
    let _ = settings.save(&places);
    places
}

/// Waits until nothing is under way.
fn settle(app: &mut App) {
    for _ in 0..2000 {
        app.poll();
        if !app.is_busy() && app.project.is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Two long plans, each with 500 annotations: tags of items and of passages, overlapping here and there.
fn two_texts(ctx: &egui::Context, home: &Path) -> Option<(TwoTexts, [PlanId; 2])> {
    let mut app = App::new(places(home), Arc::new(|| {}));
    app.run(Command::NewProject(home.join("project")));
    settle(&mut app);
    let files = ["厦门市2017年卫生健康工作要点", "南宁市2017年卫生健康工作要点"].map(|title| {
        let path = home.join(format!("{title}.txt"));
        let _ = std::fs::write(&path, long_plan(title));
        path
    });
    let plans: Vec<PlanId> = take_in(&mut app, &files);
    for &plan in &plans {
        app.run(Command::OpenPlan(plan));
        settle(&mut app);
        annotate(&mut app, plan);
    }
    let plans = <[PlanId; 2]>::try_from(plans).ok()?;
    Some((TwoTexts::new(ctx, app), plans))
}

/// Imports files as they are.
fn take_in(app: &mut App, files: &[std::path::PathBuf]) -> Vec<PlanId> {
    let Some(project) = &mut app.project else { return Vec::new() };
    let mut plans = Vec::new();
    for file in files {
        let Ok(candidate) = duizhao::project::read_candidate(file, jiff::Timestamp::now()) else { continue };
        if candidate.store(&project.folder).is_ok() {
            plans.push(candidate.record.id);
            project.insert(candidate.record);
        }
    }
    plans
}

fn annotate(app: &mut App, plan: PlanId) {
    let Some(open) = app.plan(plan) else { return };
    let (chars, nodes) = (open.plan.text.len(), open.plan.outline.nodes.len() as u32);
    let tags: Vec<_> = app
        .project
        .iter()
        .flat_map(|project| &project.codebook.tags)
        .filter(|tag| tag.facet == "theme")
        .map(|tag| tag.id.clone())
        .collect();
    for number in 0..500_u32 {
        let tag = tags[number as usize % tags.len()].clone();
        let site = if number % 3 == 0 {
            let from = chars / 500 * number;
            Site::Passage(Span::at(CharPos(from), 40 + number % 7 * 20))
        } else {
            Site::Node(duizhao::plan::NodeIx(nodes * number / 500))
        };
        app.run(Command::Reading(ReadingCommand::Toggle(plan, site, tag)));
    }
}

fn wheel(y: f32) -> Vec<Event> {
    let scroll = Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, y),
        phase: TouchPhase::Move,
        modifiers: egui::Modifiers::NONE,
        source: egui::MouseWheelSource::Unknown,
    };
    vec![Event::PointerMoved(pos2(300.0, 700.0)), scroll]
}

/// What so many frames took.
#[derive(Clone, Copy)]
struct Took {
    /// In ms.
    median: f64,
    /// In ms.
    worst: f64,
    /// Which frame that was.
    at: usize,
    /// The second worst, in ms: a worst frame alone can be the machine's.
    second: f64,
}

/// Measures so many frames.
fn times(frames: usize, mut one: impl FnMut(usize)) -> Took {
    let mut times: Vec<(f64, usize)> = (0..frames)
        .map(|number| {
            let began = Instant::now();
            one(number);
            (began.elapsed().as_secs_f64() * 1000.0, number)
        })
        .collect();
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (worst, at) = times[frames - 1];
    Took { median: times[frames / 2].0, worst, at, second: times[frames - 2].0 }
}

fn say(what: &str, took: Took, promised: &str) {
    let Took { median, worst, at, second } = took;
    println!(
        "{what:<44} median {median:>7.3} ms   worst {worst:>7.3} (frame {at}; next {second:.3})   promised {promised}"
    );
}

fn frames(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame");
    group.sample_size(30);
    let Ok(home) = tempfile::tempdir() else { return };
    let ctx = egui::Context::default();
    let Some((mut texts, plans)) = two_texts(&ctx, home.path()) else { return };
    let mut show = |events: Vec<Event>, width: f32| {
        frame(&ctx, events, |ui| texts.frame_ui(ui, plans, width));
    };
    for _ in 0..300 {
        show(Vec::new(), 1440.0);
    }
    let scroll = |number: usize| wheel(if number % 400 < 200 { -60.0 } else { 60.0 });
    say("two plans, idle", times(500, |_| show(Vec::new(), 1440.0)), "<= 0.2");
    say("two plans, scrolling", times(800, |n| show(scroll(n), 1440.0)), "<= 0.5, worst <= 5");
    let width = |number: usize| 1440.0 - (number % 200) as f32;
    say("two plans, the width changes", times(200, |n| show(Vec::new(), width(n))), "<= 5");
    group.bench_function("two plans, idle", |bench| bench.iter(|| show(Vec::new(), 1440.0)));
    let mut down = 0;
    group.bench_function("two plans, scrolling", |bench| {
        bench.iter(|| {
            down += 1;
            show(scroll(down), 1440.0);
        });
    });

    let naive = egui::Context::default();
    naive.set_fonts(duizhao::ui::fonts());
    let text = long_plan("");
    let paragraphs: Vec<&str> = text.lines().collect();
    let labels = |events: Vec<Event>, width: f32| {
        frame(&naive, events, |ui| {
            ui.set_max_width(width);
            ui.columns(2, |columns| {
                for (number, column) in columns.iter_mut().enumerate() {
                    ScrollArea::vertical().id_salt(number).show(column, |ui| {
                        for paragraph in &paragraphs {
                            ui.label(*paragraph);
                        }
                    });
                }
            });
        });
    };
    labels(Vec::new(), 1440.0);
    say("a label per paragraph, idle", times(100, |_| labels(Vec::new(), 1440.0)), "-");
    say("a label per paragraph, scrolling", times(100, |n| labels(scroll(n), 1440.0)), "-");
    say("a label per paragraph, the width changes", times(20, |n| labels(Vec::new(), width(n))), "-");
    group.bench_function("a label per paragraph, scrolling", |bench| {
        bench.iter(|| labels(wheel(-60.0), 1440.0));
    });
    group.finish();
    one_tree(home.path());
    whole_window(home.path());
}

/// A plan of 10,000 nodes in a home of its own, opened.
fn wide(app: &mut App, home: &Path) -> Option<PlanId> {
    let path = home.join("长春市2020年卫生健康工作要点.txt");
    let _ = std::fs::create_dir_all(home);
    let _ = std::fs::write(&path, wide_plan("长春市2020年卫生健康工作要点"));
    let plan = take_in(app, &[path]).first().copied()?;
    app.run(Command::OpenPlan(plan));
    settle(app);
    Some(plan)
}

/// The outline of 10,000 nodes and nothing else.
fn one_tree(home: &Path) {
    let home = home.join("tree");
    let ctx = egui::Context::default();
    let mut app = App::new(places(&home), Arc::new(|| {}));
    app.run(Command::NewProject(home.join("project")));
    settle(&mut app);
    let Some(plan) = wide(&mut app, &home) else { return };
    let nodes = app.plan(plan).map_or(0, |open| open.plan.outline.nodes.len());
    let mut tree = OneTree::new(&ctx, app);
    for _ in 0..100 {
        frame(&ctx, Vec::new(), |ui| tree.frame_ui(ui, plan));
    }
    println!("the outline alone, {nodes} nodes:");
    say("  idle", times(500, |_| frame(&ctx, Vec::new(), |ui| tree.frame_ui(ui, plan))), "<= 0.3");
    let over = |number: usize| {
        let mut events = wheel(if number % 400 < 200 { -60.0 } else { 60.0 });
        events[0] = Event::PointerMoved(pos2(100.0, 400.0));
        events
    };
    say("  scrolling", times(800, |n| frame(&ctx, over(n), |ui| tree.frame_ui(ui, plan))), "<= 0.3");
    say(
        "  a step to the next item",
        times(100, |_| {
            tree.app.run(Command::Step(1));
            frame(&ctx, Vec::new(), |ui| tree.frame_ui(ui, plan));
        }),
        "-",
    );
}

/// The whole window on a plan of 10,000 nodes: outline, text, inspector, bars.
fn whole_window(home: &Path) {
    let home = home.join("window");
    let ctx = egui::Context::default();
    let mut window = Window::new(&ctx, places(&home), None);
    settle(window.app_mut());
    let _ = wide(window.app_mut(), &home);
    for _ in 0..300 {
        frame(&ctx, Vec::new(), |ui| window.frame_ui(ui));
    }
    let nodes = window.app().current().map_or(0, |(_, open)| open.plan.outline.nodes.len());
    println!("whole window on a plan of {nodes} nodes:");
    say("  idle", times(500, |_| frame(&ctx, Vec::new(), |ui| window.frame_ui(ui))), "-");
    say(
        "  a step to the next item",
        times(100, |_| {
            window.app_mut().run(Command::Step(1));
            frame(&ctx, Vec::new(), |ui| window.frame_ui(ui));
        }),
        "-",
    );
}

criterion_group!(benches, frames);
criterion_main!(benches);
