//! The notation of the project's files: RON, written so that no tool that converts line ends can change a
//! note, read so that no hostile nesting can exhaust the stack, and salvaged record by record where a file is
//! damaged. Text only; files are read and written in `disk`.

use memchr::{memchr2, memmem};
use ron::ser::PrettyConfig;
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Write as _;

/// Brackets may be nested this deep. The deepest record of the formats needs 8.
const MAX_DEPTH: usize = 32;

/// A record as a file holds it: pretty RON, two blanks a level, LF, a final line end. Strings are written
/// `"…"` with the escapes `\"` `\\` `\n` `\r` `\t` `\u{…}` only, so every string stands in one line and
/// everything a person wrote stays readable.
///
/// ron's own escaping is ten times slower and escapes what should stay readable (U+3000, `'`); unescaped, a
/// note of several lines would be changed by a tool that converts line ends (Git, mail). So ron writes
/// unescaped and [`escape`] sets right the few strings that need it (`benches/project.rs` has the figures).
pub fn to_ron<T: Serialize>(record: &T) -> Result<String, String> {
    let pretty = PrettyConfig::new().new_line("\n").indentor("  ").struct_names(false).escape_strings(false);
    let out = ron::ser::to_string_pretty(record, pretty).map_err(|error| error.to_string())?;
    let mut out = escape(&out);
    out.push('\n');
    Ok(out)
}

/// Writes every string of RON text as `"…"` without line ends and other control chars. What is no string
/// stays as it is.
fn escape(ron: &str) -> String {
    let mut out = String::with_capacity(ron.len() + ron.len() / 16);
    let mut done = 0;
    for token in Tokens::new(ron) {
        let Kind::String { inner_start, inner_end, raw } = token.kind else { continue };
        let inner = &ron[inner_start..inner_end];
        let plain = !raw && !inner.bytes().any(|byte| byte < b' ' || byte == 0x7f);
        if plain {
            continue;
        }
        out.push_str(&ron[done..token.start]);
        done = token.end;
        out.push('"');
        for char in inner.chars() {
            match char {
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '"' if raw => out.push_str("\\\""),
                '\\' if raw => out.push_str("\\\\"),
                control if control < ' ' || control == '\u{7f}' => {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "\\u{{{:x}}}", u32::from(control));
                }
                other => out.push(other),
            }
        }
        out.push('"');
    }
    out.push_str(&ron[done..]);
    out
}

/// Whether the brackets are nested too deep to be read safely; the byte where.
pub fn too_deep(ron: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for token in Tokens::new(ron) {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::String { .. } => {}
        }
        if depth > MAX_DEPTH {
            return Some(token.start);
        }
    }
    None
}

/// The records of a list that can still be read in a damaged file, and how many cannot. Works on files as
/// [`to_ron`] writes them: every record of the list `field` begins with a line `    (` and ends with `    ),`.
pub fn salvage<T: DeserializeOwned>(content: &[u8], field: &str) -> (Vec<T>, usize) {
    let content = String::from_utf8_lossy(content);
    let list = content.find(&format!("{field}: [")).unwrap_or_default();
    let (mut records, mut lost) = (Vec::new(), 0);
    let mut begun: Option<usize> = None;
    let mut at = list;
    for line in content[list..].split_inclusive('\n') {
        let words = line.trim_end();
        // The line end between two records may be what is damaged: `    ),?    (`.
        if let Some(start) = begun
            && (words.starts_with("    ),") || words == "    )")
        {
            let record = &content[start..at + "    )".len()];
            match too_deep(record).is_none().then(|| ron::from_str(record)) {
                Some(Ok(record)) => records.push(record),
                _ => lost += 1,
            }
            begun = None;
        }
        if words.ends_with("    (") && !words.starts_with("      ") {
            lost += usize::from(begun.is_some());
            begun = Some(at + words.len() - 1);
        } else if words == "  ]," && begun.is_none() {
            break;
        }
        at += line.len();
    }
    (records, lost + usize::from(begun.is_some()))
}

/// A bracket or a string of RON text; offsets in bytes.
struct Token {
    start: usize,
    end: usize,
    kind: Kind,
}

enum Kind {
    Open,
    Close,
    /// What stands between the quotation marks; `raw` where backslashes mean themselves.
    String {
        inner_start: usize,
        inner_end: usize,
        raw: bool,
    },
}

/// The brackets and strings of RON text, comments and chars skipped. Never fails: what is not closed ends
/// with the text.
struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    fn new(ron: &'a str) -> Self {
        Self { bytes: ron.as_bytes(), at: 0 }
    }

    /// A string whose opening quotation mark stands at `mark`.
    fn string(&mut self, start: usize, mark: usize) -> Token {
        let inner_start = mark + 1;
        let mut at = inner_start;
        while let Some(found) = memchr2(b'"', b'\\', self.bytes.get(at..).unwrap_or_default()) {
            if self.bytes[at + found] == b'"' {
                return self.token(start, at + found + 1, inner_start, at + found, false);
            }
            at += found + 2;
        }
        self.token(start, self.bytes.len(), inner_start, self.bytes.len(), false)
    }

    /// A raw string (`r#"…"#`) if one begins at `start` (the `r`).
    fn raw_string(&mut self, start: usize) -> Option<Token> {
        let hashes = self.bytes[start + 1..].iter().take_while(|&&byte| byte == b'#').count();
        let mark = start + 1 + hashes;
        if self.bytes.get(mark) != Some(&b'"') {
            return None;
        }
        let mut closing = vec![b'"'];
        closing.resize(1 + hashes, b'#');
        let inner_end =
            memmem::find(&self.bytes[mark + 1..], &closing).map_or(self.bytes.len(), |at| mark + 1 + at);
        let end = (inner_end + closing.len()).min(self.bytes.len());
        Some(self.token(start, end, mark + 1, inner_end, true))
    }

    fn token(&mut self, start: usize, end: usize, inner_start: usize, inner_end: usize, raw: bool) -> Token {
        self.at = end;
        Token { start, end, kind: Kind::String { inner_start, inner_end, raw } }
    }

    /// Skips a comment that begins at `start`, if one does.
    fn comment(&mut self, start: usize) -> bool {
        let rest = &self.bytes[start..];
        if rest.starts_with(b"//") {
            self.at = memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |at| start + at);
        } else if rest.starts_with(b"/*") {
            let mut depth = 1;
            let mut at = start + 2;
            while depth > 0 && at < self.bytes.len() {
                match &self.bytes[at..(at + 2).min(self.bytes.len())] {
                    b"/*" => (depth, at) = (depth + 1, at + 2),
                    b"*/" => (depth, at) = (depth - 1, at + 2),
                    _ => at += 1,
                }
            }
            self.at = at;
        } else {
            return false;
        }
        true
    }

    /// Skips a char such as `'"'` that begins at `start`, if one does.
    fn char(&mut self, start: usize) -> bool {
        let rest = &self.bytes[start + 1..];
        let inner = match rest.first() {
            Some(b'\\') => rest.iter().skip(2).take(10).position(|&byte| byte == b'\'').map(|at| at + 2),
            Some(_) => rest.iter().take(5).skip(1).position(|&byte| byte == b'\'').map(|at| at + 1),
            None => None,
        };
        if let Some(inner) = inner {
            self.at = start + 1 + inner + 1;
        }
        inner.is_some()
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        while let Some(&byte) = self.bytes.get(self.at) {
            let start = self.at;
            match byte {
                b'(' | b'[' | b'{' => {
                    self.at += 1;
                    return Some(Token { start, end: self.at, kind: Kind::Open });
                }
                b')' | b']' | b'}' => {
                    self.at += 1;
                    return Some(Token { start, end: self.at, kind: Kind::Close });
                }
                b'"' => return Some(self.string(start, start)),
                b'r' if !self.within_word(start) => {
                    if let Some(token) = self.raw_string(start) {
                        return Some(token);
                    }
                    self.at += 1;
                }
                b'/' if self.comment(start) => {}
                b'\'' if self.char(start) => {}
                _ => self.at += 1,
            }
        }
        None
    }
}

impl Tokens<'_> {
    /// Whether the byte at `at` continues a word (`number`), so that an `r` there begins no raw string. A
    /// byte string (`br"…"`) begins one.
    fn within_word(&self, at: usize) -> bool {
        let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let before = &self.bytes[..at];
        match before {
            [.., further, b'b'] => word(further),
            [.., last] => word(last),
            [] => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Note {
        words: String,
        mark: Option<char>,
        further: Vec<String>,
    }

    #[test]
    fn strings_stay_readable_and_in_one_line() {
        let cases = [
            ("“甲”　乙'丙'", "\"“甲”　乙'丙'\""),
            ("第一行\n第二行\t\r", "\"第一行\\n第二行\\t\\r\""),
            ("路径 \"C:\\x\"", "\"路径 \\\"C:\\\\x\\\"\""),
            ("\u{1}\u{7f}", "\"\\u{1}\\u{7f}\""),
        ];
        for (words, expect) in cases {
            assert_eq!(to_ron(&words).unwrap(), format!("{expect}\n"));
        }
    }

    #[test]
    fn nesting_is_bounded_before_anything_is_read() {
        let deep = format!("(note: {}1{})", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(too_deep(&deep), Some(7 + 31));
        for fine in [
            "(a: \"((((((((((((((((((((((((((((((((((((((\")",
            "(a: 1, /* ((((( /* ((( */ (((( */ b: '(', c: '\"', d: r#\"(\"(\"#)",
        ] {
            assert_eq!(too_deep(fine), None, "{fine}");
        }
        assert!(too_deep(&"(".repeat(33)).is_some());
        assert!(too_deep(&"(".repeat(32)).is_none());
    }

    #[test]
    fn what_can_be_read_of_a_damaged_list_is_salvaged() {
        #[derive(Serialize)]
        struct File {
            version: u32,
            notes: Vec<Note>,
        }
        let note = |n: usize| Note {
            words: format!("第{n}条\n“甲”"),
            mark: Some('"'),
            further: vec![n.to_string()],
        };
        let file = to_ron(&File { version: 1, notes: (0..10).map(note).collect() }).unwrap();
        let (all, lost) = salvage::<Note>(file.as_bytes(), "notes");
        assert_eq!((all.len(), lost), (10, 0));
        let damaged = file.replacen("第3条", "第3\"条", 1);
        let (rest, lost) = salvage::<Note>(damaged.as_bytes(), "notes");
        assert_eq!((rest.len(), lost), (9, 1));
        assert!(rest.contains(&note(9)) && !rest.contains(&note(3)));
        let cut = &file.as_bytes()[..=file.find("第7条").unwrap()];
        assert_eq!(salvage::<Note>(cut, "notes").0.len(), 7);
    }

    proptest! {
        #[test]
        fn every_record_is_read_back_as_it_was(
            words in any::<String>(), odd in "[\"'\\\\#rb\n\r\t(/*甲]{0,40}", mark in prop::option::of(prop::char::range(' ', '~')), further in any::<Vec<String>>()
        ) {
            let mut further = further;
            further.push(odd);
            let note = Note { words, mark, further };
            let written = to_ron(&note).unwrap();
            prop_assert!(!written.contains('\r'));
            prop_assert_eq!(written.lines().count(), 6 + note.further.len());
            prop_assert_eq!(ron::from_str::<Note>(&written).unwrap(), note);
        }
    }
}
