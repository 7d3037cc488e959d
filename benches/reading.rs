//! How fast plans are read: the outline alone and with all facts, from 10 KB to 10 MB, beside a plain scan for line
//! ends of the same bytes. Promised on one core: outline 40 MB/s, everything 10 MB/s, and a time per byte that grows
//! by no more than half over the whole range. The table at the end says how it stands.

#![allow(missing_docs, clippy::print_stdout)]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use duizhao::plan;
use duizhao::text::{Layout, Text};
use std::hint::black_box;
use std::time::Instant;

/// From the smallest plan to more than any.
const SIZES: [usize; 4] = [10_000, 100_000, 1_000_000, 10_000_000];
/// So much is taken from one plan before the next has its turn, so that a text of any size has the same mix.
const TURN: usize = 2_000;

/// A text of about `bytes` bytes: the sample plans in turn, whole lines of each, again and again.
fn text(bytes: usize) -> Text {
    let plans = [
        include_str!("../sample_docs/xiamen-2017.txt"),
        include_str!("../sample_docs/nanning-2017.txt"),
        include_str!("../sample_docs/dalian-2017-2020.txt"),
        include_str!("../sample_docs/jiaxing-2023.txt"),
        include_str!("../sample_docs/hami-14th-fyp.txt"),
    ];
    let mut lines = plans.map(|plan| plan.lines().cycle());
    let mut content = String::with_capacity(bytes + TURN);
    'whole: loop {
        for plan in &mut lines {
            let until = content.len() + TURN;
            while content.len() < until {
                if content.len() >= bytes {
                    break 'whole;
                }
                content.extend([plan.next().unwrap_or_default(), "\n"]);
            }
        }
    }
    Text::new(&content)
}

/// A name and what is done with a text.
type Task = (&'static str, fn(&Text) -> usize);

/// What is measured.
const TASKS: [Task; 3] = [
    ("line scan", |text| text.as_str().lines().map(str::len).max().unwrap_or(0)),
    ("outline", |text| plan::read_outline(text, &Layout::default()).0.nodes.len()),
    ("everything", |text| plan::read(text, &Layout::default(), &[]).outline.nodes.len()),
];

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reading");
    for bytes in SIZES {
        let text = text(bytes);
        group.throughput(Throughput::Bytes(text.as_str().len() as u64));
        group.sample_size(if bytes > 1_000_000 { 10 } else { 30 });
        for (name, task) in TASKS {
            group.bench_with_input(BenchmarkId::new(name, bytes), &text, |bencher, text| {
                bencher.iter(|| task(black_box(text)));
            });
        }
    }
    group.finish();
    summary();
}

/// MB/s of every task and size, and how far the time per byte goes apart.
fn summary() {
    println!(
        "\n{:<12}{:>12}{:>12}{:>12}{:>12}{:>16}",
        "MB/s", "10 KB", "100 KB", "1 MB", "10 MB", "worst / best"
    );
    let texts = SIZES.map(text);
    for (name, task) in TASKS {
        let speeds = texts.each_ref().map(|text| speed(text, task));
        let best = speeds.iter().copied().fold(f64::MIN, f64::max);
        let worst = speeds.iter().copied().fold(f64::MAX, f64::min);
        let [a, b, c, d] = speeds;
        println!("{name:<12}{a:>12.1}{b:>12.1}{c:>12.1}{d:>12.1}{:>16.2}", best / worst);
    }
}

/// The speed in MB/s of the best run: whatever else the machine does only adds to the others.
fn speed(text: &Text, task: fn(&Text) -> usize) -> f64 {
    let bytes = text.as_str().len();
    let seconds = (0..(20_000_000 / bytes).clamp(5, 500)).map(|_| {
        let start = Instant::now();
        black_box(task(black_box(text)));
        start.elapsed().as_secs_f64()
    });
    bytes as f64 / 1e6 / seconds.fold(f64::MAX, f64::min)
}

criterion_group!(benches, reading);
criterion_main!(benches);
