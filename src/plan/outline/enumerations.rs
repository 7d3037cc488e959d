//! Enumerations inside a paragraph: `抓好三点:一是甲。二是乙。三是丙。`

use crate::plan::Segments;
use crate::text::{Span, Text};

/// The words enumerations count with.
const COUNTS: [&str; 10] = ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"];

/// The members of an enumeration in a body of one piece, as spans of the text. At least two must follow each
/// other; each lasts to the next or to the end of the body.
pub(super) fn find(text: &Text, body: &Segments) -> Vec<Span> {
    let [span] = body.0.as_slice() else { return Vec::new() };
    let words = text.slice(*span);
    let mut starts = Vec::new();
    let mut from = 0;
    for count in COUNTS {
        match memchr::memmem::find(&words.as_bytes()[from..], count.as_bytes()) {
            Some(at) => {
                starts.push(from + at);
                from += at + count.len();
            }
            None => break,
        }
    }
    if starts.len() < 2 {
        return Vec::new();
    }
    let place = |byte: usize| span.start + super::lines::chars(&words[..byte]);
    let ends = starts[1..].iter().copied().chain([words.len()]);
    starts.iter().zip(ends).map(|(&start, end)| Span::new(place(start), place(end))).collect()
}
