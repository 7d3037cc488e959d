//! The time of a frame: two 200 KB plans side by side, idle and scrolling, beside a label per paragraph.
//!
//! `cargo bench --bench frames`. The harness runs the whole frame but the painting on the GPU.

use criterion::{Criterion, criterion_group, criterion_main};
use duizhao::app::{Command, ImportCommand, Places, Screen, Settings, Side};
use duizhao::project::SAMPLES;
use duizhao::ui::Window;
use egui::{Event, MouseWheelUnit, RawInput, Rect, ScrollArea, TouchPhase, pos2, vec2};
use std::time::Duration;

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

/// A window that compares two long plans.
fn window(ctx: &egui::Context, home: &std::path::Path) -> Window {
    let places = Places { config: home.join("config"), data: home.join("data") };
    let settings = Settings { welcomed: true, coder: "bench".into(), ..Settings::default() };
    let _ = settings.save(&places);
    let files = ["厦门市2017年卫生健康工作要点", "南宁市2017年卫生健康工作要点"].map(|title| {
        let path = home.join(format!("{title}.txt"));
        let _ = std::fs::write(&path, long_plan(title));
        path
    });
    let mut window = Window::new(ctx, places, None);
    let settle = |window: &mut Window, ctx: &egui::Context| {
        for _ in 0..400 {
            frame(ctx, Vec::new(), |ui| window.frame_ui(ui));
            std::thread::sleep(Duration::from_millis(2));
        }
    };
    settle(&mut window, ctx);
    window.app_mut().run(Command::Import(files.to_vec()));
    settle(&mut window, ctx);
    window.app_mut().run(Command::Importing(ImportCommand::Accept));
    settle(&mut window, ctx);
    let project = window.app().project.as_ref();
    let plans = project.into_iter().flat_map(|project| project.plans.values());
    let long: Vec<_> = plans
        .filter(|entry| entry.record.source.file_name.ends_with("工作要点.txt"))
        .map(|entry| entry.record.id)
        .collect();
    for &id in &long {
        window.app_mut().run(Command::OpenPlan(id));
        settle(&mut window, ctx);
    }
    window.app_mut().run(Command::Show(Screen::Compare));
    if let [a, b, ..] = long[..] {
        window.app_mut().run(Command::SetSide(Side::A, a));
        window.app_mut().run(Command::SetSide(Side::B, b));
    }
    settle(&mut window, ctx);
    window
}

fn wheel(y: f32) -> Vec<Event> {
    let scroll = Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, y),
        phase: TouchPhase::Move,
        modifiers: egui::Modifiers::NONE,
        source: egui::MouseWheelSource::Unknown,
    };
    vec![Event::PointerMoved(pos2(600.0, 700.0)), scroll]
}

fn frames(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("frame");
    group.sample_size(30);

    let Ok(home) = tempfile::tempdir() else { return };
    let ctx = egui::Context::default();
    let mut shown = window(&ctx, home.path());
    group.bench_function("two plans, idle", |bench| {
        bench.iter(|| frame(&ctx, Vec::new(), |ui| shown.frame_ui(ui)));
    });
    let mut down = 0_u32;
    group.bench_function("two plans, scrolling", |bench| {
        bench.iter(|| {
            down += 1;
            let y = if down % 400 < 200 { -60.0 } else { 60.0 };
            frame(&ctx, wheel(y), |ui| shown.frame_ui(ui));
        });
    });

    let naive = egui::Context::default();
    naive.set_fonts(duizhao::ui::fonts());
    let text = long_plan("");
    let paragraphs: Vec<&str> = text.lines().collect();
    group.bench_function("the naive way: a label per paragraph, two columns, scrolling", |bench| {
        bench.iter(|| {
            frame(&naive, wheel(-60.0), |ui| {
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
        });
    });
    group.finish();
}

criterion_group!(benches, frames);
criterion_main!(benches);
