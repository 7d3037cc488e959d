//! What no honest PDF has: arrays in arrays without end. `pdf_oxide` follows them by recursion, and a stack that
//! overflows ends the program, whatever thread it is in.

use crate::import::ImportError;
use flate2::read::ZlibDecoder;
use memchr::memmem;
use std::io::Read;

/// Open arrays and dictionaries. Honest files reach 30; by chance, the bytes of pictures reach a few hundred.
const MAX_DEPTH: usize = 20_000;
/// How far after its name the content of an object stream begins.
const DICTIONARY: usize = 4096;
/// Bytes unpacked from all object streams together.
const MAX_UNPACKED: u64 = 256 << 20;

/// Refuses files whose objects nest too deep, in the open or packed in object streams (ISO 32000-1, 7.5.7).
pub(super) fn check(bytes: &[u8]) -> Result<(), ImportError> {
    check_depth(bytes)?;
    let mut left = MAX_UNPACKED;
    for at in memmem::find_iter(bytes, b"/ObjStm") {
        let near = &bytes[at..bytes.len().min(at + DICTIONARY)];
        let Some(begin) = memmem::find(near, b"stream") else { continue };
        let packed = bytes[at + begin + b"stream".len()..].trim_ascii_start();
        let mut objects = Vec::new();
        // What cannot be unpacked here (it may be encrypted) is left to the reader.
        let _ = ZlibDecoder::new(packed).take(left).read_to_end(&mut objects);
        left -= objects.len() as u64;
        if left == 0 {
            return Err(ImportError::LimitExceeded { what: "objects packed too tightly" });
        }
        check_depth(&objects)?;
    }
    Ok(())
}

/// Counts brackets, within strings and pictures too: a scan that passed those over could be led astray by them.
fn check_depth(bytes: &[u8]) -> Result<(), ImportError> {
    let mut depth = 0_usize;
    let mut last = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'[' => depth += 1,
            b'<' if last == b'<' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' if last == b'>' => depth = depth.saturating_sub(1),
            b'j' if bytes[..at].ends_with(b"endob") => depth = 0,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(ImportError::LimitExceeded { what: "objects nested too deep" });
        }
        // `<<<` opens once and begins a string.
        last = if last == byte { 0 } else { byte };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn object_stream(content: &[u8]) -> Vec<u8> {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(content).unwrap();
        [b"1 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\r\n", &packer.finish().unwrap()[..]].concat()
    }

    #[test]
    fn objects_without_end_are_refused() {
        let honest = b"1 0 obj<</A[[1 2]<</B<41>>>]>>endobj\n".repeat(50_000);
        assert_eq!(check(&honest), Ok(()));
        assert_eq!(check(&object_stream(&honest)), Ok(()));
        for bomb in [b"[".repeat(50_000), b"<</A".repeat(50_000), b"[(\x80)".repeat(50_000)] {
            let refused = Err(ImportError::LimitExceeded { what: "objects nested too deep" });
            assert_eq!(check(&bomb), refused);
            assert_eq!(check(&object_stream(&bomb)), refused);
        }
    }
}
