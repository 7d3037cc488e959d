//! Zip archives: the plans that lie packed in one, and the parts of a docx. What is unpacked is bounded, whatever
//! the archive promises.

use super::encoding;
use super::{ForeignFormat, ImportError, MAX_SOURCE_BYTES};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Entries of one archive.
const MAX_ENTRIES: usize = 20_000;
/// Bytes unpacked from one archive, all entries together. Only one entry is in memory at a time.
const MAX_TOTAL: u64 = 1 << 30;
/// How many times its packed size an entry may unpack to, beyond the first megabyte. Text packs 3-15 to 1, a
/// bomb 1,000 to 1.
const MAX_RATIO: u64 = 200;

/// Whether the bytes are a zip archive (a docx is one too).
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether a zip archive is itself one document (docx, odt, ofd, xlsx), whatever its name.
pub fn is_document(bytes: &[u8]) -> bool {
    const PARTS: [&[u8]; 3] = [b"[Content_Types].xml", b"mimetype", b"OFD.xml"];
    open(bytes).is_ok_and(|archive| archive.file_names_raw().any(|name| PARTS.contains(&name)))
}

/// The files in a zip archive, one after the other: their path within it (parts by `/`, never upwards) and
/// their bytes. Folders, and what macOS and Windows add for themselves, are left out. An entry that cannot be
/// unpacked is an error of its own; the others go on, unless the archive as a whole goes beyond the limits.
pub fn entries(bytes: &[u8]) -> Result<Entries<'_>, ImportError> {
    if !is_archive(bytes) {
        return Err(ImportError::damaged("not a zip archive"));
    }
    Ok(Entries { archive: open(bytes)?, next: 0, unpacked: 0 })
}

/// See [`entries`].
pub struct Entries<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    next: usize,
    unpacked: u64,
}

/// A file of an archive, or why it could not be unpacked.
pub type Entry = (String, Result<Vec<u8>, ImportError>);

impl Entries<'_> {
    /// Number of entries, folders among them: the length of a progress bar.
    pub fn count_all(&self) -> usize {
        self.archive.len()
    }
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while self.next < self.archive.len() {
            let index = self.next;
            self.next += 1;
            let name = name_of(&self.archive, index);
            let is_folder = name.ends_with('/') || name.is_empty();
            let is_litter = name.split('/').any(|part| {
                part.starts_with('.') || part == "__MACOSX" || part == "Thumbs.db" || part == "desktop.ini"
            });
            if is_folder || is_litter {
                continue;
            }
            if self.unpacked >= MAX_TOTAL {
                self.next = usize::MAX;
                return Some((
                    name,
                    Err(ImportError::LimitExceeded { what: "the archive unpacks to too much" }),
                ));
            }
            let content = unpack(&mut self.archive, index, MAX_SOURCE_BYTES as u64);
            self.unpacked += content.as_ref().map_or(0, |bytes| bytes.len() as u64);
            return Some((name, content));
        }
        None
    }
}

/// Opens an archive after a look at how many entries it claims.
pub(super) fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, ImportError> {
    let claimed = memchr::memmem::find_iter(bytes, b"PK\x01\x02").take(MAX_ENTRIES + 1).count();
    if claimed > MAX_ENTRIES {
        return Err(ImportError::LimitExceeded { what: "too many entries in the archive" });
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(|e| because(&e))
}

/// The bytes of one entry.
///
/// # Errors
/// [`ImportError::TooLarge`] beyond `limit` bytes, [`ImportError::LimitExceeded`] where they are packed more tightly
/// than documents are, [`ImportError::Encrypted`], [`ImportError::Damaged`].
pub(super) fn unpack(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    limit: u64,
) -> Result<Vec<u8>, ImportError> {
    let file = archive.by_index(index).map_err(|e| because(&e))?;
    let allowed = limit.min((1 << 20) + file.compressed_size().saturating_mul(MAX_RATIO));
    let mut content = Vec::new();
    file.take(allowed + 1).read_to_end(&mut content).map_err(ImportError::damaged)?;
    match content.len() as u64 {
        n if n > limit => Err(ImportError::TooLarge { bytes: n, limit }),
        n if n > allowed => Err(ImportError::LimitExceeded { what: "packed too tightly" }),
        _ => Ok(content),
    }
}

/// An entry's path. Windows' own zip writes names in the system's encoding, which here is GBK.
fn name_of(archive: &ZipArchive<Cursor<&[u8]>>, index: usize) -> String {
    let raw = archive.file_names_raw().nth(index).unwrap_or_default();
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding::decode_as(encoding_rs::GB18030, raw).content,
    };
    let is_folder = name.ends_with(['/', '\\']);
    let parts: Vec<&str> = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
    parts.join("/") + if is_folder { "/" } else { "" }
}

fn because(error: &ZipError) -> ImportError {
    match error {
        ZipError::InvalidPassword => ImportError::Encrypted,
        ZipError::UnsupportedArchive(what) if what.to_lowercase().contains("password") => {
            ImportError::Encrypted
        }
        ZipError::CompressionMethodNotSupported(_) => ImportError::Unsupported(ForeignFormat::Archive),
        other => ImportError::damaged(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn pack(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn files_come_with_their_paths() {
        let packed = pack(&[
            ("计划/甲.txt", b"1"),
            ("__MACOSX/._a", b"2"),
            ("../../乙.txt", b"3"),
            (".DS_Store", b"4"),
        ]);
        let found: Vec<_> = entries(&packed).unwrap().map(|(name, bytes)| (name, bytes.unwrap())).collect();
        assert_eq!(found, [("计划/甲.txt".to_owned(), b"1".to_vec()), ("乙.txt".to_owned(), b"3".to_vec())]);
    }

    #[test]
    fn names_in_gbk_are_read() {
        // Same length as the GBK bytes, so that they can be put in place of it.
        let mut packed = pack(&[("abcd.txt", b"1")]);
        let gbk = encoding_rs::GB18030.encode("厦门.txt").0.into_owned();
        while let Some(at) = memchr::memmem::find(&packed, b"abcd.txt") {
            packed[at..at + gbk.len()].copy_from_slice(&gbk);
        }
        let names: Vec<_> = entries(&packed).unwrap().map(|(name, _)| name).collect();
        assert_eq!(names, ["厦门.txt"]);
    }

    #[test]
    fn bombs_do_not_go_off() {
        let zeros = vec![0; 64 << 20];
        let packed = pack(&[("bomb.txt", &zeros), ("甲.txt", b"1")]);
        let found: Vec<_> = entries(&packed).unwrap().map(|(_, bytes)| bytes).collect();
        assert_eq!(
            found,
            [Err(ImportError::LimitExceeded { what: "packed too tightly" }), Ok(b"1".to_vec())]
        );

        let crowd =
            b"PK\x03\x04".iter().chain(b"PK\x01\x02".repeat(30_000).iter()).copied().collect::<Vec<_>>();
        assert!(matches!(entries(&crowd), Err(ImportError::LimitExceeded { .. })));
    }

    #[test]
    fn a_broken_archive_is_an_error() {
        let packed = pack(&[("甲.txt", b"1")]);
        assert!(matches!(entries(&packed[..packed.len() - 30]), Err(ImportError::Damaged { .. })));
        assert!(matches!(entries(b"no zip"), Err(ImportError::Damaged { .. })));
    }
}
