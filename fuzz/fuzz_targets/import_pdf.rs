//! Any bytes as a PDF. A page that hangs comes back as an error, so a slow run is a finding too.
#![no_main]

use duizhao::import::{self, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = import::read("a.pdf", bytes, &Options::default());
});
