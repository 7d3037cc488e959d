//! Any bytes as txt, md, html and mhtml, in the detected and in a forced encoding.
#![no_main]

use duizhao::import::{self, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in ["a.txt", "a.md", "a.html"] {
        for encoding in [None, Some("utf-8".to_owned())] {
            let _ = import::read(name, bytes, &Options { encoding });
        }
    }
    let archive = [b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n", bytes].concat();
    let _ = import::read("a.mhtml", &archive, &Options::default());
});
