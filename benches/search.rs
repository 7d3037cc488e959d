//! Words in 1,000 plans: the search beside a bare memmem (no widths, no line ends, no spans), beside folding every
//! text first, and beside the regex that a person would write for it.
//!
//! `cargo bench --bench search`. Texts lie in memory, one thread.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use duizhao::insight::search::{Query, spans};
use duizhao::project::SAMPLES;
use duizhao::text::fold;
use std::hint::black_box;

/// 1,000 texts of about 60 KB: the paragraphs of the samples, shuffled by a fixed rule.
fn texts() -> Vec<String> {
    let samples: Vec<String> =
        SAMPLES.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
    let paragraphs: Vec<&str> = samples.iter().flat_map(|sample| sample.lines()).collect();
    let mut seed = 1_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % paragraphs.len()
    };
    let text = |_| {
        let mut text = String::new();
        while text.len() < 60_000 {
            text.push_str(paragraphs[next()]);
            text.push('\n');
        }
        text
    };
    (0..1000).map(text).collect()
}

fn search(criterion: &mut Criterion) {
    let texts = texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("search 1,000 plans");
    group.sample_size(20).throughput(Throughput::Bytes(bytes as u64));
    for words in ["家庭医生", "控烟", "烟", "30%", "JCI"] {
        let Some(query) = Query::new(words) else { continue };
        group.bench_function(format!("{words}, ours"), |bench| {
            bench.iter(|| texts.iter().map(|text| spans(text, &query.find(text)).len()).sum::<usize>());
        });
        let finder = memchr::memmem::Finder::new(words.as_bytes());
        group.bench_function(format!("{words}, bare memmem"), |bench| {
            bench.iter(|| texts.iter().map(|text| finder.find_iter(text.as_bytes()).count()).sum::<usize>());
        });
    }
    let Ok(pattern) = regex::Regex::new("(?i)家庭医生") else { return };
    group.bench_function("家庭医生, a regex", |bench| {
        bench.iter(|| texts.iter().map(|text| pattern.find_iter(text).count()).sum::<usize>());
    });
    group.bench_function("家庭医生, folding every text first", |bench| {
        bench.iter(|| {
            texts.iter().map(|text| black_box(fold(text)).matches("家庭医生").count()).sum::<usize>()
        });
    });
    group.finish();
}

criterion_group!(benches, search);
criterion_main!(benches);
