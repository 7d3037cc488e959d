//! How fast plans are read: the outline alone and with all facts, in MB/s beside a plain scan for line ends of the
//! same bytes, from 10 KB to 10 MB. Promised: outline 40 MB/s, everything 10 MB/s, on one core.

#![allow(missing_docs)]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use duizhao::plan;
use duizhao::text::{Layout, Text};
use std::hint::black_box;

/// A text of about `bytes` bytes: the sample plans, again and again.
fn text(bytes: usize) -> Text {
    let plans = [
        include_str!("../sample_docs/xiamen-2017.txt"),
        include_str!("../sample_docs/nanning-2017.txt"),
        include_str!("../sample_docs/dalian-2017-2020.txt"),
        include_str!("../sample_docs/jiaxing-2023.txt"),
    ];
    let mut content = String::with_capacity(bytes + 100_000);
    for plan in plans.iter().cycle() {
        if content.len() >= bytes {
            break;
        }
        content.push_str(plan);
        content.push('\n');
    }
    let end = content.char_indices().map(|(at, _)| at).take_while(|&at| at <= bytes).last().unwrap_or(0);
    Text::new(&content[..end])
}

fn reading(criterion: &mut Criterion) {
    let layout = Layout::default();
    let mut group = criterion.benchmark_group("reading");
    for bytes in [10_000, 100_000, 1_000_000, 10_000_000] {
        let text = text(bytes);
        group.throughput(Throughput::Bytes(text.as_str().len() as u64));
        group.sample_size(if bytes > 1_000_000 { 10 } else { 30 });
        group.bench_with_input(BenchmarkId::new("line scan", bytes), &text, |bencher, text| {
            bencher.iter(|| black_box(text.as_str()).lines().map(str::len).max());
        });
        group.bench_with_input(BenchmarkId::new("outline", bytes), &text, |bencher, text| {
            bencher.iter(|| plan::read_outline(black_box(text), &layout).0.nodes.len());
        });
        group.bench_with_input(BenchmarkId::new("everything", bytes), &text, |bencher, text| {
            bencher.iter(|| plan::read(black_box(text), &layout, &[]).outline.nodes.len());
        });
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
