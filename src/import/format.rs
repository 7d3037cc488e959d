//! What kind of file this is: by its first bytes, and where they say nothing by the extension of its name.
//! Many a `.doc` of a government site is a web page, and many a `.txt` too.

use super::ImportError;
use serde::{Deserialize, Serialize};

/// How far into a file its kind must show.
const HEAD: usize = 4096;

/// The kinds of files that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// A web page with its pictures in one file.
    Mhtml,
    /// Word since 2007.
    Docx,
    /// PDF with a text layer.
    Pdf,
}

/// Kinds that are recognised so that the message can say how to convert them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ForeignFormat {
    /// Word before 2007.
    Doc,
    /// WPS Writer.
    Wps,
    /// Rich text.
    Rtf,
    /// OpenDocument text.
    Odt,
    /// OFD, the Chinese fixed-layout standard (GB/T 33190).
    Ofd,
    /// Spreadsheets and slides of any maker.
    Office,
    /// Zip, rar, 7z, gzip.
    Archive,
    /// Scans and photographs.
    Picture,
}

impl ForeignFormat {
    /// The name people use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Doc => "old Word (.doc)",
            Self::Wps => "WPS (.wps)",
            Self::Rtf => "RTF",
            Self::Odt => "OpenDocument (.odt)",
            Self::Ofd => "OFD",
            Self::Office => "spreadsheet and slide",
            Self::Archive => "packed",
            Self::Picture => "picture",
        }
    }

    /// What to do instead, as the end of a sentence.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Doc | Self::Wps | Self::Rtf | Self::Odt => {
                "save it as docx in Word, WPS or LibreOffice and import that"
            }
            Self::Ofd => "open it in an OFD reader or WPS, export it as PDF and import that",
            Self::Office => "copy the plan into a Word document or save it as PDF",
            Self::Archive => "unpack it and import the folder",
            Self::Picture => "run text recognition (OCR) on it first",
        }
    }

    /// Whether LibreOffice turns it into docx.
    pub fn is_convertible(self) -> bool {
        matches!(self, Self::Doc | Self::Wps | Self::Rtf | Self::Odt)
    }
}

impl Format {
    /// Tells the kind of a file. Text without marks of its own is what its extension says.
    ///
    /// # Errors
    /// [`ImportError::Unsupported`] or [`ImportError::Encrypted`] where the bytes show a kind that is not read.
    pub fn recognise(name: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        let extension = name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_ascii_lowercase());
        if let Some(foreign) = foreign_by_magic(bytes, &extension) {
            return Err(foreign);
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return Ok(Self::Docx);
        }
        let head = &bytes[..bytes.len().min(HEAD)];
        if is_pdf(head, &extension) {
            return Ok(Self::Pdf);
        }
        let words = readable(head);
        if is_mhtml(&words) {
            return Ok(Self::Mhtml);
        }
        if is_html(&words) {
            return Ok(Self::Html);
        }
        Ok(match extension.as_str() {
            "html" | "htm" | "xhtml" | "shtml" => Self::Html,
            "md" | "markdown" => Self::Markdown,
            _ => Self::Text,
        })
    }
}

/// Kinds that are told by their first bytes and not read.
fn foreign_by_magic(bytes: &[u8], extension: &str) -> Option<ImportError> {
    const PICTURES: [&[u8]; 6] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM"];
    const ARCHIVES: [&[u8]; 4] = [b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK\x05\x06"];
    let foreign = if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(old_office(bytes, extension));
    } else if bytes.starts_with(b"{\\rtf") {
        ForeignFormat::Rtf
    } else if PICTURES.iter().any(|magic| bytes.starts_with(magic)) && bytes.contains(&0) {
        ForeignFormat::Picture
    } else if ARCHIVES.iter().any(|magic| bytes.starts_with(magic)) {
        ForeignFormat::Archive
    } else {
        return None;
    };
    Some(ImportError::Unsupported(foreign))
}

/// The compound files of Office before 2007. A docx with a password is one too: it holds a stream named
/// `EncryptedPackage` (MS-OFFCRYPTO 1.3.2).
fn old_office(bytes: &[u8], extension: &str) -> ImportError {
    let holds = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    if holds("EncryptedPackage") {
        return ImportError::Encrypted;
    }
    ImportError::Unsupported(match extension {
        "wps" => ForeignFormat::Wps,
        _ if holds("Workbook") || holds("PowerPoint Document") => ForeignFormat::Office,
        _ => ForeignFormat::Doc,
    })
}

/// `%PDF-` opens the file; a few makers put up to a kilobyte of something else before it.
fn is_pdf(head: &[u8], extension: &str) -> bool {
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let within = &head[..head.len().min(1024)];
    start.starts_with(b"%PDF-") || (extension == "pdf" && memchr::memmem::find(within, b"%PDF-").is_some())
}

/// The ASCII letters of the head in small, whatever the encoding: zero bytes of UTF-16 fall away.
fn readable(head: &[u8]) -> String {
    head.iter().filter(|b| b.is_ascii() && **b != 0).map(|b| char::from(b.to_ascii_lowercase())).collect()
}

fn is_mhtml(words: &str) -> bool {
    let opens =
        ["from:", "mime-version:", "content-type:", "snapshot-content-location:", "subject:", "date:"];
    opens.iter().any(|field| words.trim_start().starts_with(field))
        && words.contains("mime-version:")
        && (words.contains("multipart/") || words.contains("text/html"))
}

fn is_html(words: &str) -> bool {
    let start = words.trim_start();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.starts_with("<head")
        || start.starts_with("<body")
        || (start.starts_with('<') && words.contains("<html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_speak_before_the_name() {
        let check = |name: &str, bytes: &[u8], expect: Format| {
            assert_eq!(Format::recognise(name, bytes), Ok(expect), "{name}");
        };
        check("a.txt", "一、目标".as_bytes(), Format::Text);
        check("a.md", "# 目标".as_bytes(), Format::Markdown);
        check("a.doc", b"<html><body>", Format::Html);
        check("a.txt", b"\xef\xbb\xbf <!DOCTYPE html><p>", Format::Html);
        check("a.htm", "<p>目标".as_bytes(), Format::Html);
        check("a.html", b"\xff\xfe<\0h\0t\0m\0l\0>\0", Format::Html);
        check("a.html", b"<!-- saved from url=(0019)http://x.gov.cn/ -->\n<html>", Format::Html);
        check(
            "a.mht",
            b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;",
            Format::Mhtml,
        );
        check("a.txt", b"%PDF-1.7\n", Format::Pdf);
        check("a.txt", "格式 %PDF- 的文件如何打开".as_bytes(), Format::Text);
        check("plan", b"PK\x03\x04....", Format::Docx);
    }

    #[test]
    fn known_strangers_are_named() {
        let check = |name: &str, bytes: &[u8], expect: ForeignFormat| {
            assert_eq!(Format::recognise(name, bytes), Err(ImportError::Unsupported(expect)), "{name}");
        };
        check("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", ForeignFormat::Doc);
        check("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", ForeignFormat::Wps);
        check("a.doc", b"{\\rtf1\\ansi", ForeignFormat::Rtf);
        check("a.pdf", b"\x89PNG\r\n\x1a\n\0\0", ForeignFormat::Picture);
        check("a.rar", b"Rar!\x1a\x07", ForeignFormat::Archive);
    }

    #[test]
    fn a_word_file_with_password_is_named_as_such() {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(Format::recognise("a.docx", &bytes), Err(ImportError::Encrypted));
    }
}
