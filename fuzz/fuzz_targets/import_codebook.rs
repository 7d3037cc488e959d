//! Any bytes as a codebook of another program (REFI-QDA, .qdc): read or refused; what is read is written and read again
//! with as many tags. Corpus: a codebook saved from the Codebook screen.
#![no_main]

use duizhao::annotation::Codebook;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let xml = String::from_utf8_lossy(bytes);
    let Ok(book) = Codebook::from_qdc(&xml, &Codebook::empty()) else { return };
    let again = Codebook::from_qdc(&book.to_qdc(false), &book).expect("what we write is read");
    assert_eq!(again.tags.len(), book.tags.len());
});
