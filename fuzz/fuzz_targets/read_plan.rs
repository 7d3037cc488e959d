//! Any bytes give a plan: no panic, no hang, every char in exactly one place. Corpus: `cargo fuzz run read_plan
//! fuzz/corpus sample_docs tests/plans`.
#![no_main]

use duizhao::plan;
use duizhao::text::{Layout, Text, is_blank};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = Text::new(&String::from_utf8_lossy(bytes));
    let plan = plan::read(&text, &Layout::default(), &[]);
    let mut owners = vec![0_u32; text.len() as usize];
    for (ix, node) in plan.outline.iter() {
        assert!(node.parent.is_none_or(|up| up < ix), "parents stand before their children");
        assert!(node.span.end.0 <= text.len(), "spans lie in the text");
        for at in node.span.start.0..node.span.end.0 {
            owners[at as usize] += 1;
        }
    }
    for item in &plan.outline.furniture {
        // Only a page number inside a broken sentence lies in the sentence as well.
        let inside = plan.outline.nodes.iter().any(|node| node.span.encloses(item.span));
        for at in item.span.start.0..item.span.end.0 {
            owners[at as usize] += u32::from(!inside);
        }
    }
    for (c, count) in text.as_str().chars().zip(&owners) {
        let blank = c.is_whitespace() || c.is_control() || is_blank(c);
        assert!(*count == 1 || (blank && *count == 0), "{c:?} has {count} owners");
    }
});
