//! What no honest page has, seen before the tree is built: browsers' rules for repairing tags need time and
//! memory that grow with the square of the nesting, so a small file can cost minutes.

use super::ImportError;
use std::collections::HashMap;

/// Larger pages are made of pictures in `data:` addresses; plans are 1 MB at most.
const MAX_BYTES: usize = 48 << 20;
/// Open elements at any place. Word's own web pages reach 60.
const MAX_DEPTH: usize = 1000;
/// Elements that the tree may hold, those counted that a repair would repeat.
const MAX_ELEMENTS: usize = 500_000;
/// Attributes of one tag.
const MAX_ATTRIBUTES: usize = 500;

/// Elements without an end.
const VOID: [&str; 16] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "keygen", "frame",
];
/// Elements whose end may be left out: the next of their kind closes them, so they do not nest by themselves.
const SELF_CLOSING: [&str; 14] =
    ["p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dd", "dt", "option", "html", "body", "head"];
/// Elements that are opened anew in every block until they are closed.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Refuses pages that would cost more than they are worth.
pub(super) fn check(page: &str) -> Result<(), ImportError> {
    if page.len() > MAX_BYTES {
        return Err(ImportError::TooLarge { bytes: page.len() as u64, limit: MAX_BYTES as u64 });
    }
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut formatting, mut elements) = (0_usize, 0_usize, 0_usize);
    let mut rest = page;
    while let Some(tag) = next_tag(&mut rest)? {
        if VOID.contains(&tag.name.as_str()) || SELF_CLOSING.contains(&tag.name.as_str()) {
            elements += 1 + formatting;
        } else if tag.closes {
            if let Some(count) = open.get_mut(&tag.name).filter(|count| **count > 0) {
                *count -= 1;
                depth -= 1;
                formatting -= usize::from(FORMATTING.contains(&tag.name.as_str()));
            }
        } else {
            elements += 1 + formatting;
            depth += 1;
            formatting += usize::from(FORMATTING.contains(&tag.name.as_str()));
            *open.entry(tag.name).or_default() += 1;
        }
        if depth > MAX_DEPTH {
            return Err(ImportError::LimitExceeded { what: "tags nested too deep" });
        }
        if elements > MAX_ELEMENTS {
            return Err(ImportError::LimitExceeded { what: "too many tags" });
        }
    }
    Ok(())
}

struct Tag {
    /// In small letters, at most 20 of them.
    name: String,
    closes: bool,
}

/// The next tag of `rest`, which moves behind it. Comments are passed over, and so is the content of scripts
/// and style sheets.
fn next_tag(rest: &mut &str) -> Result<Option<Tag>, ImportError> {
    loop {
        let Some(at) = memchr::memchr(b'<', rest.as_bytes()) else { return Ok(None) };
        *rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            *rest = memchr::memmem::find(comment.as_bytes(), b"-->").map_or("", |end| &comment[end..]);
            continue;
        }
        let closes = rest.starts_with('/');
        let name: String = rest[usize::from(closes)..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-'))
            .take(20)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if name.is_empty() {
            continue;
        }
        *rest = behind_tag(rest)?;
        if !closes && (name == "script" || name == "style") {
            let end = memchr::memmem::find(rest.as_bytes(), b"</");
            *rest = end.map_or("", |end| &rest[end..]);
        }
        return Ok(Some(Tag { name, closes }));
    }
}

/// What follows the `>` of the tag that `rest` stands in; a `>` between quotes does not end it.
fn behind_tag(rest: &str) -> Result<&str, ImportError> {
    let (mut quote, mut attributes, mut after_equals) = (None, 0_usize, false);
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Ok(&rest[at + 1..]),
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b' ' | b'\n' | b'\t' | b'/') => {
                attributes += usize::from(!rest.as_bytes()[..at].ends_with(b" "));
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            after_equals = byte == b'=';
        }
        if attributes > MAX_ATTRIBUTES {
            return Err(ImportError::LimitExceeded { what: "a tag with too many attributes" });
        }
    }
    Ok("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn honest_pages_pass() {
        let long = format!("<div>{}</div>", "<p>甲<br>乙<li>丙".repeat(20_000));
        let scripted = format!("<body><script>{}</script><p>甲", "document.write('<div>');".repeat(5000));
        let picture = format!("<img alt='a > b' src=\"data:image/png;base64,{}\">甲", "A b/".repeat(100_000));
        for page in ["", "甲 < 乙", "<", "<p", "<!-- ", "<p>甲</p></div></div>", &long, &scripted, &picture]
        {
            assert_eq!(check(page), Ok(()));
        }
    }

    #[test]
    fn pages_made_to_hang_are_refused() {
        let fonts = "<font>".repeat(900);
        let bombs = [
            "<div>".repeat(100_000),
            "<div></x>".repeat(100_000),
            format!("{fonts}{}", "<p>甲".repeat(100_000)),
            format!("<p {}>", "a ".repeat(100_000)),
            "<b></b>".repeat(600_000),
        ];
        for bomb in bombs {
            assert!(matches!(check(&bomb), Err(ImportError::LimitExceeded { .. })));
        }
    }
}
