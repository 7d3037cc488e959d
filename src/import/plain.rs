//! Plain text: every line as it stands.

use super::encoding::decode;
use super::lines::Lines;
use super::{Format, ImportError, Imported, Options};

/// Reads plain text. A form feed, which PDF-to-text programs leave at page ends, begins a page.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Imported, ImportError> {
    let decoded = decode(bytes, options.encoding.as_deref())?;
    let content = decoded.content.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = Lines::default();
    // Ctrl-Z ended a DOS file.
    for line in content.trim_end_matches('\u{1a}').lines() {
        let mut pages = line.split('\u{c}');
        let first = pages.next().unwrap_or_default();
        if !first.is_empty() || line.is_empty() {
            lines.push(first)?;
        }
        for page in pages {
            lines.begin_page();
            if !page.is_empty() {
                lines.push(page)?;
            }
        }
    }
    let (text, layout, left_out) = lines.finish();
    Ok(Imported {
        text,
        layout,
        format: Format::Text,
        encoding: decoded.encoding.to_owned(),
        title: None,
        source_url: None,
        captured: None,
        warnings: [decoded.warnings, left_out].concat(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_as_they_stand() {
        let check = |bytes: &[u8], text: &str, pages: &[u32]| {
            let read = read(bytes, &Options::default()).unwrap();
            assert_eq!((read.text.as_str(), &read.layout.pages[..]), (text, pages));
        };
        check("一、甲\r\n\r\n  乙\t丙".as_bytes(), "一、甲\n\n  乙\t丙\n", &[]);
        check("甲\r乙\n".as_bytes(), "甲\n乙\n", &[]);
        check("甲\n\u{c}乙\n丙\u{c}\n丁\n\u{1a}".as_bytes(), "甲\n乙\n丙\n丁\n", &[2, 4]);
    }
}
