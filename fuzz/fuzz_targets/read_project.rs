//! Any bytes in the place of a file of the project: read, or refused as damaged; never a panic, a hang, or an
//! exhausted stack. What is read is written and read again as the same. The first byte chooses the kind of file.
//! Corpus: `cargo fuzz run read_project fuzz/corpus tests/fixtures/formats/v1`.
#![no_main]

use duizhao::annotation::{Annotation, Coder, Tag};
use duizhao::project::{
    File, Image, LinksFile, Manifest, PlanId, PlanRecord, SheetFile, from_ron, salvage, to_ron, too_deep,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, content)) = bytes.split_first() else { return };
    let coder = Coder::new("甲");
    let file = match kind % 6 {
        0 => File::Codebook,
        1 => File::Record(PlanId(Default::default())),
        2 => File::Sheet(PlanId(Default::default()), coder.clone()),
        3 => File::Notes(coder.clone()),
        4 => File::Links(coder.clone()),
        _ => {
            if let Ok(words) = std::str::from_utf8(content) {
                let _ = from_ron::<Manifest>(words);
                let _ = from_ron::<duizhao::app::Settings>(words);
            }
            return;
        }
    };
    let _ = salvage::<Annotation>(content, "annotations");
    let _ = salvage::<Tag>(content, "tags");
    let Ok(loaded) = Image::parse(&file, content) else { return };
    let Ok(again) = written(&loaded.record, &coder) else { return };
    assert!(too_deep(&again).is_none(), "what was read is not written too deep");
    match Image::parse(&file, again.as_bytes()) {
        // Texts, not records: a field we do not know is kept by its spelling, which writing makes regular.
        Ok(read) => assert_eq!(written(&read.record, &coder).expect("writable once, writable twice"), again),
        Err(error) => panic!("written, then refused: {error}"),
    }
});

fn written(record: &Image, coder: &Coder) -> Result<String, impl std::fmt::Debug> {
    match record {
        Image::Codebook(book) => to_ron(&**book),
        Image::Record(record) => to_ron::<PlanRecord>(record),
        Image::Sheet(sheet) => to_ron(&SheetFile::new(coder, sheet)),
        Image::Links(links) => to_ron(&LinksFile::new(coder, links)),
    }
}
