//! Web archives (`.mht`, `.mhtml`): a MIME message (RFC 2557) whose first page is the document.

use super::html;
use super::{Format, ImportError, Imported, Options};
use encoding_rs::UTF_8;
use jiff::fmt::rfc2822;
use memchr::memmem;

/// Messages within messages.
const MAX_DEPTH: usize = 5;
/// Parts of one message; each picture of a page is one.
const MAX_PARTS: usize = 5000;

/// Reads a web archive.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Imported, ImportError> {
    let message = Message::parse(bytes);
    let page = find_page(&message, 0).ok_or_else(|| ImportError::damaged("the archive holds no page"))?;
    let content = page.content();
    let envelope = parameter(page.header("content-type").unwrap_or_default(), "charset");
    let imported = html::read_with(&content, options.encoding.as_deref(), envelope.as_deref())?;
    let location = message.header("snapshot-content-location").or_else(|| page.header("content-location"));
    let url = location.and_then(html::web_address);
    // RFC 5322; browsers write the moment of saving.
    let saved = message.header("date").and_then(|date| rfc2822::parse(date.trim()).ok());
    Ok(Imported {
        format: Format::Mhtml,
        source_url: url.or(imported.source_url),
        captured: saved.map(|saved| saved.timestamp()).or(imported.captured),
        ..imported
    })
}

/// The first part that is a web page.
fn find_page<'m>(message: &Message<'m>, depth: usize) -> Option<Message<'m>> {
    let kind = message.header("content-type").unwrap_or("text/html");
    if kind.trim_start().to_ascii_lowercase().starts_with("multipart/") {
        let boundary = parameter(kind, "boundary").filter(|b| !b.is_empty() && depth < MAX_DEPTH)?;
        return parts(message.body, &boundary).into_iter().find_map(|part| find_page(&part, depth + 1));
    }
    let kind = kind.trim_start().to_ascii_lowercase();
    let is_page = kind.starts_with("text/html") || kind.starts_with("application/xhtml");
    is_page.then(|| message.clone())
}

/// Headers and what follows them.
#[derive(Clone)]
struct Message<'m> {
    headers: Vec<(String, String)>,
    body: &'m [u8],
}

impl<'m> Message<'m> {
    fn parse(bytes: &'m [u8]) -> Self {
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut body = bytes;
        while !body.is_empty() {
            let end = memchr::memchr(b'\n', body).map_or(body.len(), |end| end + 1);
            let (line, rest) = body.split_at(end);
            body = rest;
            let line = UTF_8.decode_without_bom_handling(line).0;
            if line.trim().is_empty() && !headers.is_empty() {
                break;
            }
            match (line.split_once(':'), headers.last_mut()) {
                (_, Some((_, value))) if line.starts_with([' ', '\t']) => value.push_str(line.trim_end()),
                (Some((name, value)), _) => {
                    headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
                (None, _) => {}
            }
        }
        Self { headers, body }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The body, freed from its transfer encoding.
    fn content(&self) -> Vec<u8> {
        match self.header("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
            "quoted-printable" => from_quoted_printable(self.body),
            "base64" => from_base64(self.body),
            _ => self.body.to_vec(),
        }
    }
}

/// The parts between the lines `--boundary`.
fn parts<'m>(body: &'m [u8], boundary: &str) -> Vec<Message<'m>> {
    let mark = format!("--{boundary}");
    let begins_line = |at: &usize| *at == 0 || body[at - 1] == b'\n';
    let mut marks: Vec<usize> =
        memmem::find_iter(body, mark.as_bytes()).filter(begins_line).take(MAX_PARTS).collect();
    marks.push(body.len());
    marks
        .windows(2)
        .map(|pair| Message::parse(body[pair[0]..pair[1]].split_at(mark.len()).1.trim_ascii_start()))
        .collect()
}

/// A parameter of a header: `charset` of `text/html; charset="utf-8"`.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|field| {
        let (key, value) = field.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// Quoted-printable (RFC 2045, 6.7): `=E5` is a byte, `=` at a line's end joins the lines.
fn from_quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            bytes.push(byte);
            continue;
        }
        if let [high, low, after @ ..] = rest
            && let (Some(high), Some(low)) = (char::from(*high).to_digit(16), char::from(*low).to_digit(16))
        {
            bytes.push((high * 16 + low) as u8);
            rest = after;
        } else if let Some(after) = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")) {
            rest = after;
        } else {
            bytes.push(byte);
        }
    }
    bytes
}

/// Base64 (RFC 4648); all that is no sign of it is passed over, as RFC 2045 asks.
fn from_base64(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 1;
        if count == 4 {
            bytes.extend_from_slice(&bits.to_be_bytes()[1..]);
            (bits, count) = (0, 0);
        }
    }
    match count {
        2 => bytes.push((bits >> 4) as u8),
        3 => bytes.extend_from_slice(&((bits >> 2) as u16).to_be_bytes()),
        _ => {}
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(transfer: &str, page: &str) -> String {
        format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.gov.cn/1.html\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b1\"\r\n\r\n\r\n\
             ----b1\r\nContent-Type: image/png\r\n\r\n\x01\r\n\
             ----b1\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n{page}\r\n\
             ----b1--\r\n"
        )
    }

    #[test]
    fn the_page_is_found_and_decoded() {
        let quoted = "<p>=E4=B8=80=E3=80=81=E5=81=A5=\r\n=E5=BA=B7</p>";
        for (transfer, page) in [
            ("quoted-printable", quoted),
            ("base64", "PHA+5LiA44CB5YGl\r\n5bq3PC9wPg=="),
            ("8bit", "<p>一、健康</p>"),
        ] {
            let imported = read(archive(transfer, page).as_bytes(), &Options::default()).unwrap();
            assert_eq!(imported.text.as_str(), "一、健康\n", "{transfer}");
            assert_eq!(imported.source_url.as_deref(), Some("https://x.gov.cn/1.html"));
            assert_eq!(imported.format, Format::Mhtml);
        }
    }

    #[test]
    fn an_archive_without_page_is_an_error() {
        let broken = [
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\n1",
            "Content-Type: multipart/related\n\n",
        ];
        for bytes in broken {
            assert!(matches!(read(bytes.as_bytes(), &Options::default()), Err(ImportError::Damaged { .. })));
        }
    }

    #[test]
    fn base64_of_any_length_ends_well() {
        for (packed, bytes) in [("", ""), ("YQ==", "a"), ("YWI=", "ab"), ("YWJj", "abc"), ("YWJjZA", "abcd")]
        {
            assert_eq!(from_base64(packed.as_bytes()), bytes.as_bytes());
        }
    }
}
