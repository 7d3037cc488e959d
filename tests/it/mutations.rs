//! Promise: bytes of strangers never make a reader panic. Every fixture is changed at random, for as long as there is
//! time: `DUIZHAO_MINUTES=5 cargo test --test it mutations -- --ignored --nocapture`. The fuzz targets in fuzz/ do the
//! same guided by coverage, where a nightly toolchain is at hand.

use duizhao::import::{self, Options, archive};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;

/// Numbers that look random.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// A file to begin with, and how long each of its kind may be, so that a run tries many.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds = Vec::new();
    for name in ["hami-14th-fyp.docx", "xiamen-2017.html", "xiamen-2017.mhtml", "hami-14th-fyp.pdf"] {
        seeds.push((name.to_owned(), std::fs::read(root.join("tests/fixtures/import").join(name)).unwrap()));
    }
    let text = std::fs::read_to_string(root.join("sample_docs/xiamen-2017.txt")).unwrap();
    seeds.push(("a.txt".into(), text.clone().into_bytes()));
    seeds.push(("gb.txt".into(), encoding_rs::GB18030.encode(&text).0.into_owned()));
    seeds.push(("utf16.txt".into(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()));
    seeds.push((
        "a.md".into(),
        format!("# 目标\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n**一、** {text}").into_bytes(),
    ));
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["甲.txt", "乙/丙.txt"] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    seeds.push(("a.zip".into(), writer.finish().unwrap().into_inner()));
    // The parts of a docx unpacked, so that changes reach the XML and not the packing.
    let docx = std::fs::read(root.join("tests/fixtures/import/hami-14th-fyp.docx")).unwrap();
    for (name, part) in archive::entries(&docx).unwrap() {
        if ["word/document.xml", "word/numbering.xml", "word/styles.xml"].contains(&name.as_str()) {
            seeds.push((format!("{name}.part"), part.unwrap()));
        }
    }
    seeds
}

/// One to twenty changes: a byte, a run cut out, doubled or moved, a cut end, bytes that mean something.
fn mutate(dice: &mut Dice, seed: &[u8]) -> Vec<u8> {
    const TELLING: [&[u8]; 14] = [
        b"\0",
        b"\xff",
        b"<",
        b">",
        b"&",
        b"<![CDATA[",
        b"<table><tr><td rowspan=99999 colspan=99999>",
        b"endobj",
        b"/Kids[1 0 R]",
        b"65535",
        b"-1",
        b"<w:p>",
        b"</w:p>",
        b"\r\n--b\r\n",
    ];
    let mut bytes = seed.to_vec();
    for _ in 0..1 + dice.roll(20) {
        let at = dice.roll(bytes.len());
        let end = (at + 1 + dice.roll(200)).min(bytes.len());
        match dice.roll(7) {
            0 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            1 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let run = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len());
                drop(bytes.splice(to..to, run));
            }
            4 if dice.roll(8) == 0 => bytes.truncate(at),
            _ => drop(bytes.splice(at..at, TELLING[dice.roll(TELLING.len())].iter().copied())),
        }
    }
    bytes
}

/// Packs a changed part as the docx it came from.
fn docx_with(name: &str, part: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    if name != "word/document.xml" {
        writer.start_file("word/document.xml", stored).unwrap();
        let body = "<w:document><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>\
                    <w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>";
        writer.write_all(body.as_bytes()).unwrap();
    }
    writer.start_file(name, stored).unwrap();
    writer.write_all(part).unwrap();
    writer.finish().unwrap().into_inner()
}

fn read(name: &str, bytes: &[u8]) {
    match name.strip_suffix(".part") {
        Some(part) => drop(import::read("a.docx", &docx_with(part, bytes), &Options::default())),
        None if name.ends_with(".zip") => {
            if let Ok(entries) = archive::entries(bytes) {
                entries.for_each(drop);
            }
        }
        None => drop(import::read(name, bytes, &Options::default())),
    }
}

fn run(time: Duration, least: usize) {
    let (seeds, mut dice, begin) = (seeds(), Dice(2026), Instant::now());
    let mut told: BTreeMap<String, (usize, Duration)> = BTreeMap::new();
    let mut round = 0;
    while round < least || begin.elapsed() < time {
        round += 1;
        for (name, seed) in &seeds {
            let bytes = mutate(&mut dice, seed);
            let since = Instant::now();
            read(name, &bytes);
            let entry = told.entry(name.clone()).or_default();
            *entry = (entry.0 + 1, entry.1.max(since.elapsed()));
        }
    }
    for (name, (times, slowest)) in told {
        println!("{name:24} {times:7} changed files, slowest {slowest:?}");
    }
}

#[test]
fn changed_files_never_panic() {
    run(Duration::ZERO, 6);
}

#[test]
#[ignore = "as long as DUIZHAO_MINUTES says"]
fn for_minutes() {
    let minutes = std::env::var("DUIZHAO_MINUTES").ok().and_then(|minutes| minutes.parse().ok()).unwrap_or(1);
    run(Duration::from_mins(minutes), 1);
}
