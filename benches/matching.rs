//! How fast two plans are matched and compared whole, from 50 items each to 400, beside reading the same two plans.
//! Promised: matching 400 items with 400 takes no longer than 50 ms and no longer than five times reading them.

#![allow(missing_docs)]

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use duizhao::annotation::Codebook;
use duizhao::insight::align::align;
use duizhao::insight::{borrowed, compare, diff, items, whole};
use duizhao::plan::{self, Plan};
use duizhao::text::{Layout, Text};
use std::hint::black_box;

const SAMPLES: [&str; 4] = [
    include_str!("../sample_docs/xiamen-2017.txt"),
    include_str!("../sample_docs/nanning-2017.txt"),
    include_str!("../sample_docs/dalian-2017-2020.txt"),
    include_str!("../sample_docs/jiaxing-2023.txt"),
];

/// A plan of `count` items: those of the sample plans in turn, begun with a different one for each `turn`, ten to a
/// section.
fn text(count: usize, turn: usize) -> Text {
    let mut words = Vec::new();
    for sample in SAMPLES {
        let plan = plan::read(&Text::new(sample), &Layout::default(), &[]);
        words.extend(items(&plan).iter().map(|item| item.read(&plan.text)));
    }
    let mut content = String::from("某市卫生健康工作要点\n");
    for at in 0..count {
        if at % 10 == 0 {
            content += &["第", &(at / 10 + 1).to_string(), "章 加强工作\n"].concat();
        }
        // 7 and the number of items have no divisor in common, so that every item has its turn.
        let words = words[(at * 7 + turn * 31) % words.len()].replace('\n', "");
        content += &[&(at % 10 + 1).to_string(), ".", &words, "\n"].concat();
    }
    Text::new(&content)
}

fn read(text: &Text) -> Plan {
    plan::read(text, &Layout::default(), &[])
}

fn matching(criterion: &mut Criterion) {
    let book = Codebook::built_in();
    let mut group = criterion.benchmark_group("matching");
    group.sample_size(20);
    for count in [50, 400] {
        let texts = [text(count, 0), text(count, 1)];
        let [a, b] = [read(&texts[0]), read(&texts[1])];
        assert!(items(&a).len() >= count * 9 / 10, "{} items of {count}", items(&a).len());
        group.bench_with_input(BenchmarkId::new("read both", count), &texts, |bencher, texts| {
            bencher.iter(|| texts.each_ref().map(|text| read(black_box(text)).outline.nodes.len()));
        });
        group.bench_function(BenchmarkId::new("align", count), |bencher| {
            bencher.iter(|| align(black_box(&a), &b, &book).a.len());
        });
        group.bench_function(BenchmarkId::new("compare", count), |bencher| {
            bencher.iter(|| compare(black_box(&a), &b, &book).matrix.rows.len());
        });
        group.bench_function(BenchmarkId::new("borrowed", count), |bencher| {
            bencher.iter(|| borrowed(black_box(&a), &b).len());
        });
        group.bench_function(BenchmarkId::new("word diff", count), |bencher| {
            bencher.iter(|| diff((&a.text, &whole(&a)), (&b.text, &whole(&b))).len());
        });
    }
    group.finish();
}

criterion_group!(benches, matching);
criterion_main!(benches);
