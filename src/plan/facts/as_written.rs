//! The names in facts as the document writes them, where it was matched in another script.

use crate::plan::{Outline, Target};
use crate::text::{Span, Text};

/// Gives names that were read from `form` (the text in simplified script, char by char) back as `text` has them. A
/// name that was put together from several places stays as it was matched.
pub(in crate::plan) fn as_written(text: &Text, form: &Text, outline: &mut Outline, targets: &mut [Target]) {
    let restore = |span: Span, name: &mut String| {
        let (written, matched) = (text.slice(span), form.slice(span));
        let place = memchr::memmem::find(matched.as_bytes(), name.as_bytes());
        if let Some(words) = place.and_then(|at| written.get(at..at + name.len())) {
            words.clone_into(name);
        }
    };
    for node in &mut outline.nodes {
        if let Some(departments) = &mut node.departments {
            for body in departments.lead.iter_mut().chain(&mut departments.others) {
                restore(departments.span, body);
            }
        }
        for row in &mut node.rows {
            let span = row.span;
            let values = row.values.iter_mut().map(|(_, value)| value);
            for words in [&mut row.domain, &mut row.indicator, &mut row.unit].into_iter().chain(values) {
                restore(span, words);
            }
        }
    }
    for target in targets {
        restore(target.span, &mut target.indicator);
    }
}
