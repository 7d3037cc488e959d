//! Any bytes as Markdown, in the detected and in forced encodings.
#![no_main]

use duizhao::import::{self, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for encoding in [None, Some("utf-8".to_owned()), Some("gb18030".to_owned())] {
        let _ = import::read("a.md", bytes, &Options { encoding });
    }
});
