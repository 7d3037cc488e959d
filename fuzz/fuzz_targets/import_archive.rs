//! Any bytes as a zip archive of plans.
#![no_main]

use duizhao::import::archive;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(entries) = archive::entries(bytes) {
        entries.for_each(drop);
    }
});
