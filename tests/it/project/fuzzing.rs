//! Every reader of RON on bytes that nobody wrote: files of the format, cut up and put together at random. They
//! are read or refused; what is read is written and read again as the same.
//!
//! A few thousand cases here; `DUIZHAO_FUZZ_SECONDS=300 cargo test --test it project::fuzzing -- --nocapture` goes
//! on that long. The same with coverage as a guide: `cargo fuzz run read_project`.

use duizhao::annotation::{Annotation, Coder, Tag};
use duizhao::app::Settings;
use duizhao::project::{File, Image, LinksFile, Manifest, PlanId, SheetFile, from_ron, salvage, to_ron};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// What hostile or unlucky files are made of, beside pieces of real ones.
const PIECES: [&str; 24] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\\",
    "'",
    "r#\"",
    "\"#",
    "/*",
    "*/",
    "//",
    "Some(",
    "None",
    ": ",
    ",\n",
    "\u{feff}",
    "\\u{10ffff}",
    "-1",
    "4294967296",
    "\u{0}",
    "((((((((((((((((((((((((((((((((",
];

/// A file with a few pieces cut out, doubled, put in or flipped.
fn mangled(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => bytes.truncate(at),
            2 => {
                let piece: Vec<u8> = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            3 => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].bytes())),
            4 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len());
                drop(bytes.splice(at..end, other[from..(from + 60).min(other.len())].iter().copied()));
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
    }
    bytes
}

/// Reads the bytes as every kind of file; tells how many took them.
fn try_all(bytes: &[u8]) -> usize {
    let coder = Coder::new("甲");
    let id = PlanId(uuid::Uuid::nil());
    let mut read = 0;
    for file in [File::Codebook, File::Record(id), File::Sheet(id, coder.clone()), File::Notes(coder.clone())]
    {
        let Ok(loaded) = Image::parse(&file, bytes) else { continue };
        read += 1;
        let again = match &loaded.record {
            Image::Codebook(book) => to_ron(&**book),
            Image::Record(record) => to_ron(&**record),
            Image::Sheet(sheet) => to_ron(&SheetFile::new(&coder, sheet)),
            Image::Links(links) => to_ron(&LinksFile::new(&coder, links)),
        };
        let again = again.unwrap();
        let second =
            Image::parse(&file, again.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{again}")).record;
        match (second, loaded.record) {
            // A sheet is a set: two annotations of one id in a mangled file are one.
            (Image::Sheet(a), Image::Sheet(b)) => assert!(a.iter().eq(b.iter()), "{again}"),
            (a, b) if loaded.version == 1 => assert_eq!(a, b, "{again}"),
            _ => {}
        }
    }
    let words = String::from_utf8_lossy(bytes);
    read +=
        usize::from(from_ron::<Manifest>(&words).is_ok()) + usize::from(from_ron::<Settings>(&words).is_ok());
    let _ = (salvage::<Annotation>(bytes, "annotations"), salvage::<Tag>(bytes, "tags"));
    read
}

#[test]
fn any_bytes_are_read_or_refused() {
    let seconds: Option<u64> =
        std::env::var("DUIZHAO_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let mut todo = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats")];
    let mut seeds = vec![to_ron(&Settings::default()).unwrap().into_bytes()];
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(fs::read_dir(&path).unwrap().flatten().map(|entry| entry.path()));
        } else if path.extension().is_some_and(|extension| extension == "ron") {
            seeds.push(fs::read(&path).unwrap());
        }
    }
    let (mut random, mut cases, mut read) = (Random(0x5eed), 0_u64, 0);
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(0));
    while cases < 2_000 || Instant::now() < end {
        let bytes = mangled(&seeds, &mut random);
        read += try_all(&bytes);
        cases += 1;
    }
    eprintln!("{cases} mangled files, 6 readers each; {read} times one was read all the same");
    assert!(read > 0, "nothing was ever read: the test tested only refusals");
}
