//! Words in 300 plans: the search beside a bare memmem (no widths, no line ends, no spans), beside the regex that a
//! person would write for it, and beside folding every text first.
//!
//! `cargo bench --bench search` (about half a minute). Texts lie in memory, one thread. A table of ratios stands at the
//! end: how many times as long each takes as the search.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use duizhao::insight::search::{Query, spans};
use duizhao::project::SAMPLES;
use duizhao::text::fold;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Words that many, some and nearly all texts have; with one spelling and with several.
const WORDS: [&str; 5] = ["家庭医生", "控烟", "烟", "30%", "JCI"];

/// 300 texts of about 60 KB: the paragraphs of the samples, shuffled by a fixed rule.
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
    (0..300).map(text).collect()
}

/// Hits in all texts, with their places in chars.
fn ours(texts: &[String], query: &Query) -> usize {
    texts.iter().map(|text| spans(text, &query.find(text)).len()).sum()
}

fn bare(texts: &[String], finder: &memchr::memmem::Finder<'_>) -> usize {
    texts.iter().map(|text| finder.find_iter(text.as_bytes()).count()).sum()
}

fn by_regex(texts: &[String], pattern: &regex::Regex) -> usize {
    texts.iter().map(|text| pattern.find_iter(text).count()).sum()
}

fn by_folding(texts: &[String], words: &str) -> usize {
    let words = fold(words);
    texts.iter().map(|text| fold(text).matches(words.as_str()).count()).sum()
}

fn search(criterion: &mut Criterion) {
    let texts = texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("search 300 plans");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    group.throughput(Throughput::Bytes(bytes as u64));
    for words in WORDS {
        let Some(query) = Query::new(words) else { continue };
        group.bench_function(format!("{words}, ours"), |bench| bench.iter(|| ours(&texts, &query)));
        let finder = memchr::memmem::Finder::new(words.as_bytes());
        group.bench_function(format!("{words}, bare memmem"), |bench| bench.iter(|| bare(&texts, &finder)));
    }
    group.finish();
    ratios(&texts);
}

/// The median of five runs.
fn median(mut run: impl FnMut() -> usize) -> f64 {
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let began = Instant::now();
            black_box(run());
            began.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[2]
}

fn ratios(texts: &[String]) {
    println!("{:<12} {:>8} {:>10} {:>8} {:>9}", "", "ours", "memmem", "regex", "folding");
    for words in WORDS {
        let pattern = regex::Regex::new(&format!("(?i){}", regex::escape(words)));
        let (Some(query), Ok(pattern)) = (Query::new(words), pattern) else { continue };
        let finder = memchr::memmem::Finder::new(words.as_bytes());
        let own = median(|| ours(texts, &query));
        let ratio = |time: f64| time / own;
        println!(
            "{words:<12} {:>5.1} ms {:>9.2}x {:>7.1}x {:>8.1}x",
            own * 1000.0,
            ratio(median(|| bare(texts, &finder))),
            ratio(median(|| by_regex(texts, &pattern))),
            ratio(median(|| by_folding(texts, words))),
        );
    }
}

criterion_group!(benches, search);
criterion_main!(benches);
