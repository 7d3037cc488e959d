//! Any bytes give a plan: no panic, no hang. Corpus: `cargo fuzz run read_plan fuzz/corpus sample_docs`.
#![no_main]

use duizhao::plan;
use duizhao::text::{Layout, Text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = Text::new(&String::from_utf8_lossy(bytes));
    let plan = plan::read(&text, &Layout::default(), &[]);
    for (ix, node) in plan.outline.iter() {
        assert!(node.parent.is_none_or(|up| up < ix), "parents stand before their children");
        assert!(node.span.end.0 <= text.len(), "spans lie in the text");
    }
});
