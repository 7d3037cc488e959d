//! From bytes to chars: which encoding a text is in, and its words in that encoding.
//!
//! The order is that of trust: byte order mark, UTF-16 by its pattern, strict UTF-8, UTF-8 with a few broken
//! chars, then what `chardetng` makes of it. Never asked: the language of the system.

use super::{ImportError, ImportWarning};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// How much the detector gets to see; it is sure after a few dozen Han characters and reads 6 MB/s.
const SAMPLE: usize = 16 << 10;

/// Bytes as words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The words, without byte order mark; line ends as they were.
    pub content: String,
    /// The encoding: `UTF-8`, `UTF-16LE`, `UTF-16BE`, `GB18030` (which GBK and GB2312 are part of), `Big5`,
    /// or for texts in other languages the name in the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// What could not be decoded.
    pub warnings: Vec<ImportWarning>,
}

/// Decodes `bytes` by the encoding `label` names, or else by the one they seem to be in.
///
/// # Errors
/// [`ImportError::UnknownEncoding`] for a label that names none, [`ImportError::Empty`] without bytes,
/// [`ImportError::NotText`] where no encoding makes words of them.
pub fn decode(bytes: &[u8], label: Option<&str>) -> Result<Decoded, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    let Some(label) = label else {
        let decoded = decode_as(detect(bytes), bytes);
        return if is_words(&decoded.content) { Ok(decoded) } else { Err(ImportError::NotText) };
    };
    let encoding = by_label(label)
        .ok_or_else(|| ImportError::UnknownEncoding(label.trim().chars().take(40).collect()))?;
    Ok(decode_as(encoding, bytes))
}

/// The encoding a label names. GB2312 and GBK files hold GB18030 chars, so they are read as such.
pub(super) fn by_label(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    Some(if encoding == GBK { GB18030 } else { encoding })
}

/// The name by which an encoding is recorded.
pub(super) fn name_of(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

/// Decodes with a known encoding; what it cannot decode becomes U+FFFD and a warning.
pub(super) fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (content, had_errors) = encoding.decode_with_bom_removal(bytes);
    let mut warnings = Vec::new();
    if had_errors {
        let count = content.matches('\u{fffd}').count();
        warnings.push(ImportWarning::Undecodable { count, encoding: name_of(encoding).to_owned() });
    }
    Decoded { content: content.into_owned(), encoding: name_of(encoding), warnings }
}

/// The encoding `bytes` seem to be in.
pub(super) fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    if is_mostly_utf8(bytes) {
        return UTF_8;
    }
    let guess = guess(bytes);
    // A broken byte somewhere makes the detector give up on Chinese; plans are Chinese nevertheless.
    if ![GB18030, BIG5].contains(&guess) && is_mostly_gb(bytes) { GB18030 } else { guess }
}

/// What `chardetng` says. It gets no hint of a top-level domain: with "cn" it takes Big5 for GBK.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let from = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let sample = &bytes[from..bytes.len().min(from + SAMPLE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Never "the last": a file cut off within a char is no reason against its encoding.
    detector.feed(sample, false);
    let guess = detector.guess(None, Utf8Detection::Allow);
    if guess == GBK { GB18030 } else { guess }
}

/// Strict UTF-8, or UTF-8 of which a char here and there is broken (a file cut off within a char).
/// Chinese in any other encoding breaks UTF-8 at nearly every char.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || good / 20 >= broken
}

/// UTF-16 without a byte order mark: nearly all its units are Han, Chinese punctuation or ASCII in one byte
/// order and not in the other. `a` = `61 00`, `、` = `01 30`, `健` = `65 50` (little end first).
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    // ASCII in pairs looks like Han units; only zero bytes or broken UTF-8 tell it from UTF-16.
    if sample.len() < 4 || (!sample.contains(&0) && std::str::from_utf8(sample).is_ok()) {
        return None;
    }
    let share = |unit: fn([u8; 2]) -> u16| {
        let units = sample.as_chunks::<2>().0;
        let plausible = units.iter().filter(|pair| is_plausible_unit(unit(**pair))).count();
        plausible as f32 / units.len() as f32
    };
    let (little, big) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    match little > big {
        true if little > 0.95 => Some(UTF_16LE),
        false if big > 0.95 => Some(UTF_16BE),
        _ => None,
    }
}

/// A UTF-16 unit that is common in Chinese documents.
fn is_plausible_unit(unit: u16) -> bool {
    matches!(unit,
        0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0xa0 | 0xb7 | 0xd7
        | 0x2010..=0x2040 | 0x2160..=0x216b | 0x2460..=0x2473
        | 0x3000..=0x3020 | 0x4e00..=0x9fa5 | 0xff01..=0xff5e)
}

/// Whether nearly all pairs of high bytes are signs and common characters of GB2312 (rows 1-9 and 16-55). In Big5
/// half of the second bytes lie lower, and Western letters are followed by ASCII.
fn is_mostly_gb(bytes: &[u8]) -> bool {
    let (mut common, mut pairs, mut rest) = (0_usize, 0_usize, &bytes[..bytes.len().min(SAMPLE)]);
    while let [first, after @ ..] = rest {
        rest = after;
        if let (0x81..=0xfe, [second, after @ ..]) = (first, after) {
            pairs += 1;
            common += usize::from(matches!(first, 0xa1..=0xa9 | 0xb0..=0xd7) && *second >= 0xa1);
            rest = after;
        }
    }
    pairs > 0 && common * 100 > pairs * 85
}

/// Whether a decoded text is words: almost no control chars and no undecodable places.
fn is_words(content: &str) -> bool {
    let (mut odd, mut all) = (0_usize, 0_usize);
    for c in content.chars() {
        all += 1;
        let is_layout = matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}');
        odd += usize::from(c == '\u{fffd}' || (c.is_control() && !is_layout));
    }
    odd * 50 <= all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAN: &str =
        "二〇二三年全市卫生健康工作要点\n一、总体要求\n(一)健全“医防融合”机制。到2025年,签约率达30%以上。\n";

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn every_encoding_of_a_plan_is_told() {
        let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        let traditional = "衛生局工作計畫\n一、強化基層醫療服務,提升家庭醫師簽約率。";
        let cases: [(&str, &str, Vec<u8>); 9] = [
            ("UTF-8", PLAN, PLAN.into()),
            ("UTF-8", PLAN, marked(b"\xef\xbb\xbf", PLAN.into())),
            ("UTF-16LE", PLAN, marked(b"\xff\xfe", utf16(PLAN, u16::to_le_bytes))),
            ("UTF-16BE", PLAN, marked(b"\xfe\xff", utf16(PLAN, u16::to_be_bytes))),
            ("UTF-16LE", PLAN, utf16(PLAN, u16::to_le_bytes)),
            ("UTF-16BE", PLAN, utf16(PLAN, u16::to_be_bytes)),
            ("GB18030", PLAN, GB18030.encode(PLAN).0.into()),
            ("GB18030", "健康", GB18030.encode("健康").0.into()),
            ("Big5", traditional, BIG5.encode(traditional).0.into()),
        ];
        for (encoding, content, bytes) in cases {
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((decoded.encoding, decoded.content.as_str()), (encoding, content));
            assert_eq!(decoded.warnings, []);
        }
    }

    #[test]
    fn rare_chars_of_gb18030_come_through() {
        let text = "𠮷林区、㙍镇、䶮镇卫生院建设完成，覆盖全部居民。";
        let decoded = decode(&GB18030.encode(text).0, None).unwrap();
        assert_eq!((decoded.encoding, decoded.content.as_str()), ("GB18030", text));
    }

    #[test]
    fn the_caller_overrides_what_was_detected() {
        let bytes = GB18030.encode(PLAN).0;
        assert_eq!(decode(&bytes, Some("gbk")).unwrap().encoding, "GB18030");
        let wrong = decode(&bytes, Some("utf-8")).unwrap();
        assert!(matches!(wrong.warnings[..], [ImportWarning::Undecodable { .. }]));
        assert_eq!(decode(&bytes, Some("no such")), Err(ImportError::UnknownEncoding("no such".into())));
    }

    #[test]
    fn a_text_cut_off_within_a_char_is_still_read() {
        let cut = decode(&PLAN.as_bytes()[..PLAN.len() - 2], None).unwrap();
        assert_eq!(cut.encoding, "UTF-8");
        assert!(matches!(cut.warnings[..], [ImportWarning::Undecodable { count: 1, .. }]));
        let gb = GB18030.encode(PLAN).0;
        assert_eq!(decode(&gb[..gb.len() - 2], None).unwrap().encoding, "GB18030");
        let broken = [&gb[..], b"\xff\xff", &gb].concat();
        assert_eq!(decode(&broken, None).unwrap().encoding, "GB18030");
    }

    #[test]
    fn what_is_not_text_is_said() {
        assert_eq!(decode(b"", None), Err(ImportError::Empty));
        let noise: Vec<u8> = (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise, None), Err(ImportError::NotText));
        assert_eq!(decode(&[0; 100], None), Err(ImportError::NotText));
        assert_eq!(
            decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0", None),
            Err(ImportError::NotText)
        );
    }

    #[test]
    fn western_texts_stay_western() {
        let text = "Health plan of the city — targets for 2025: 30% of residents.".as_bytes();
        assert_eq!(decode(text, None).unwrap().encoding, "UTF-8");
        assert_eq!(
            decode(b"Sant\xe9 publique: l'\xe9tat des lieux en r\xe9gion", None).unwrap().encoding,
            "windows-1252"
        );
    }

    proptest! {
        #[test]
        fn any_bytes_decode_or_say_why(bytes: Vec<u8>) {
            let _ = decode(&bytes, None);
            let _ = decode(&bytes, Some("gb18030"));
        }

        #[test]
        fn chinese_survives_every_encoding(text in "[一-龥、。“”]{12,60}") {
            for encoding in [GB18030, UTF_8] {
                let bytes = encoding.encode(&text).0;
                prop_assert_eq!(decode(&bytes, Some(encoding.name())).unwrap().content, text.clone());
            }
        }
    }
}
