//! Importing loses nothing: copies of the sample plans in other formats give the same words.
//!
//! The copies are made by `scripts/make-import-fixtures.sh`. To measure other plans:
//! `DUIZHAO_ORIGINALS=dir DUIZHAO_COPIES=dir cargo test --test it import::rates -- --ignored --nocapture`

use duizhao::import::{self, Format, ImportError, Imported, Options};
use duizhao::plan;
use duizhao::text::{Layout, Text, is_han};
use encoding_rs::{Encoding, GB18030, UTF_8};
use proptest::collection::vec;
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn at_root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(name: &str, bytes: &[u8]) -> Imported {
    import::read(name, bytes, &Options::default()).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The plain-text plans in a folder, by name without extension.
fn originals(folder: &Path) -> Vec<(String, String)> {
    let mut plans: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .map(|path| {
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    plans.sort();
    plans
}

fn han(text: &str) -> Vec<char> {
    text.chars().filter(|c| is_han(*c)).collect()
}

/// Han characters to put in, take out or (twice) replace to come from one text to the other (Myers 1986); stops
/// counting at 2,000.
fn errors(a: &[char], b: &[char]) -> usize {
    const MOST: usize = 2000;
    let offset = MOST as isize + 1;
    let mut reach = vec![0_isize; 2 * MOST + 3];
    for errors in 0..=MOST as isize {
        for diagonal in (-errors..=errors).step_by(2) {
            let at = (diagonal + offset) as usize;
            let down = diagonal == -errors || (diagonal != errors && reach[at - 1] < reach[at + 1]);
            let mut x = if down { reach[at + 1] } else { reach[at - 1] + 1 };
            let mut y = x - diagonal;
            while x >= 0 && y >= 0 && a.get(x as usize).is_some_and(|c| b.get(y as usize) == Some(c)) {
                (x, y) = (x + 1, y + 1);
            }
            reach[at] = x;
            if x >= a.len() as isize && y >= b.len() as isize {
                return errors as usize;
            }
        }
    }
    MOST
}

/// The numbered nodes of a plan's outline: level, number and heading, without blanks.
fn numbered(text: &Text, layout: &Layout) -> Vec<String> {
    let outline = plan::read(text, layout, &[]).outline;
    let bare = |words: &str| words.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let numbered = outline.nodes.iter().filter(|node| !node.number.is_empty());
    numbered
        .map(|node| {
            format!("{} {} {}", node.level, bare(text.slice(node.number)), bare(&node.heading.read(text)))
        })
        .collect()
}

/// The copies of a plan in a folder, each with its file name and what was read from it.
fn copies(folder: &Path, plan: &str) -> Vec<(String, Imported, Duration)> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let names = files.into_iter().map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path));
    names
        .filter(|(name, _)| name.strip_prefix(plan).is_some_and(|rest| rest.starts_with('.')))
        .map(|(name, path)| {
            let bytes = std::fs::read(path).unwrap();
            let begin = Instant::now();
            let imported = read(&name, &bytes);
            (name, imported, begin.elapsed())
        })
        .collect()
}

#[test]
fn copies_have_the_words_and_numbers_of_the_original() {
    let mut formats = Vec::new();
    for (plan, original) in originals(&at_root("sample_docs")) {
        let (words, numbers) = (han(&original), numbered(&Text::new(&original), &Layout::default()));
        for (name, copy, _) in copies(&at_root("tests/fixtures/import"), &plan) {
            let wrong = errors(&words, &han(copy.text.as_str()));
            let allowed = if copy.format == Format::Pdf { words.len() / 1000 } else { 0 };
            assert!(wrong <= allowed, "{name}: {wrong} errors in {} Han characters", words.len());
            assert_eq!(numbered(&copy.text, &copy.layout), numbers, "{name}");
            formats.push(copy.format);
        }
    }
    for format in [Format::Docx, Format::Html, Format::Mhtml, Format::Pdf] {
        assert!(formats.contains(&format), "no copy in {format:?}");
    }
}

#[test]
fn every_encoding_gives_the_same_text() {
    for (plan, original) in originals(&at_root("sample_docs")) {
        let expect = read("a.txt", original.as_bytes()).text;
        let utf16 = |unit: fn(u16) -> [u8; 2], mark: &[u8]| {
            [mark.to_vec(), original.encode_utf16().flat_map(unit).collect()].concat()
        };
        let cases: [(&str, Vec<u8>); 7] = [
            ("UTF-8", original.clone().into_bytes()),
            ("UTF-8", [b"\xef\xbb\xbf", original.as_bytes()].concat()),
            ("UTF-16LE", utf16(u16::to_le_bytes, b"\xff\xfe")),
            ("UTF-16BE", utf16(u16::to_be_bytes, b"\xfe\xff")),
            ("UTF-16LE", utf16(u16::to_le_bytes, b"")),
            ("UTF-16BE", utf16(u16::to_be_bytes, b"")),
            ("GB18030", encode(GB18030, &original)),
        ];
        for (encoding, bytes) in cases {
            let copy = read("a.txt", &bytes);
            assert_eq!((copy.encoding.as_str(), &copy.text), (encoding, &expect), "{plan}");
            assert_eq!(copy.warnings, []);
        }
    }
}

fn encode(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

#[test]
fn a_page_in_another_encoding_than_it_declares_is_read() {
    let page = |charset: &str| {
        format!("<html><meta charset={charset}><body><p>一、推进家庭医生签约服务。</p></body></html>")
    };
    for (declared, actual) in [("gb2312", UTF_8), ("utf-8", GB18030), ("big5", UTF_8)] {
        let copy = read("a.html", &encode(actual, &page(declared)));
        assert_eq!(copy.text.as_str(), "一、推进家庭医生签约服务。\n");
        assert_eq!(copy.warnings.len(), 1, "{declared}");
    }
}

#[test]
fn bad_input_is_one_clear_line_that_says_why() {
    let pdf = std::fs::read(at_root("tests/fixtures/import/xiamen-2017.pdf")).unwrap();
    let docx = std::fs::read(at_root("tests/fixtures/import/xiamen-2017.docx")).unwrap();
    let fonts = || (0..100_000).map(|i| format!("<font size={i}><p>甲")).collect::<String>().into_bytes();
    // What is larger, deeper or more tangled than a document needs is refused before the work is done.
    let cases: [(&str, Vec<u8>, &str); 12] = [
        ("empty.txt", Vec::new(), "holds no text"),
        ("blank.txt", b" \n\r\n\t".to_vec(), "holds no text"),
        ("zeros.txt", vec![0; 1 << 20], "not a text document"),
        ("huge.txt", vec![b'a'; import::MAX_SOURCE_BYTES + 1], "128 MB is more than the 128 MB"),
        ("long.txt", vec![b'a'; import::MAX_TEXT_BYTES + 1], "64 MB is more than the 64 MB"),
        ("cut.docx", docx[..docx.len() / 2].to_vec(), "is damaged"),
        ("head.docx", docx[..100].to_vec(), "is damaged"),
        ("head.pdf", pdf[..1000].to_vec(), "is damaged"),
        ("deep.html", "<div>".repeat(1_000_000).into_bytes(), "goes beyond what a document needs"),
        ("fonts.html", fonts(), "goes beyond what a document needs"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(), "files cannot be read"),
        ("scan.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), "picture files cannot be read"),
    ];
    for (name, bytes, why) in cases {
        let error = import::read(name, &bytes, &Options::default()).expect_err(name).to_string();
        assert!(error.contains(why), "{name}: {error}");
        assert!(!error.contains('\n') && error.len() < 250, "{name}: {error}");
    }
}

#[test]
fn a_file_cut_off_anywhere_gives_text_or_an_error() {
    for (name, step) in [
        ("xiamen-2017.docx", 997),
        ("xiamen-2017.html", 997),
        ("xiamen-2017.mhtml", 4999),
        ("xiamen-2017.pdf", 49_999),
    ] {
        let bytes = std::fs::read(at_root("tests/fixtures/import").join(name)).unwrap();
        for end in (0..bytes.len()).step_by(step) {
            let _: Result<Imported, ImportError> = import::read(name, &bytes[..end], &Options::default());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_give_a_text_or_an_error(bytes in vec(any::<u8>(), 0..600), kind in 0..6_usize) {
        let heads: [&[u8]; 6] = [b"", b"<html>", b"%PDF-1.4\n", b"PK\x03\x04", b"MIME-Version: 1.0\n", b"\xff\xfe"];
        for name in ["a.txt", "a.md", "a.html", "a.mht", "a.docx", "a.pdf"] {
            let _ = import::read(name, &[heads[kind], &bytes].concat(), &Options::default());
        }
    }

    #[test]
    fn a_broken_copy_gives_a_text_or_an_error(spots in vec((0..12_000_usize, any::<u8>()), 1..40), kind in 0..3_usize) {
        let name = ["xiamen-2017.docx", "xiamen-2017.html", "hami-14th-fyp.pdf"][kind];
        let mut bytes = std::fs::read(at_root("tests/fixtures/import").join(name)).unwrap();
        for (at, byte) in spots {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        let _ = import::read(name, &bytes, &Options::default());
    }
}

/// Prints the share of wrong Han characters of every copy, and how much of the numbered outline is the same.
#[test]
#[ignore = "a measurement"]
fn rates() {
    let folder =
        |variable: &str, usual: &str| std::env::var(variable).map_or_else(|_| at_root(usual), PathBuf::from);
    let copies_in = folder("DUIZHAO_COPIES", "tests/fixtures/import");
    for (plan, original) in originals(&folder("DUIZHAO_ORIGINALS", "sample_docs")) {
        let (words, numbers) = (han(&original), numbered(&Text::new(&original), &Layout::default()));
        for (name, copy, took) in copies(&copies_in, &plan) {
            let wrong = errors(&words, &han(copy.text.as_str()));
            let rate = 100.0 * wrong as f64 / words.len() as f64;
            let found = numbered(&copy.text, &copy.layout);
            let same = numbers.len() + found.len() - only_in_one(&numbers, &found);
            let f1 = same as f64 / (numbers.len() + found.len()).max(1) as f64;
            println!(
                "{name:32} {wrong:4} of {:6} Han wrong ({rate:.3} %)  numbered F1 {f1:.3}  {took:?}",
                words.len()
            );
        }
    }
}

/// How many entries only one of two lists has.
fn only_in_one(a: &[String], b: &[String]) -> usize {
    let only = |a: &[String], b: &[String]| a.iter().filter(|line| !b.contains(line)).count();
    only(a, b) + only(b, a)
}
