//! Any bytes as the parts of a docx: the document, its lists, its styles, parted by zero bytes.
#![no_main]

use duizhao::import::{self, Options};
use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.split(|b| *b == 0);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for name in ["word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml"] {
        if let Some(part) = parts.next() {
            writer.start_file(name, stored).unwrap();
            writer.write_all(part).unwrap();
        }
    }
    let packed = writer.finish().unwrap().into_inner();
    let _ = import::read("a.docx", &packed, &Options::default());
});
