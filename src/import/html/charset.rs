//! The encoding of a page: what it declares is often copied from another page, so its bytes decide.

use crate::import::encoding::{self, Decoded};
use crate::import::{ImportError, ImportWarning};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page its encoding may be declared.
const HEAD: usize = 8 << 10;

/// Decodes a page: as `chosen`, or else as its bytes look; what the `envelope` or the page itself declares
/// counts where the bytes leave a choice.
pub(super) fn decode(
    bytes: &[u8],
    chosen: Option<&str>,
    envelope: Option<&str>,
) -> Result<Decoded, ImportError> {
    if chosen.is_some() {
        return encoding::decode(bytes, chosen);
    }
    let Some(label) = envelope.map(str::to_owned).or_else(|| declared(bytes)) else {
        return encoding::decode(bytes, None);
    };
    let Some(named) = encoding::by_label(&label) else { return encoding::decode(bytes, None) };
    let taken = settle(encoding::detect(bytes), named, bytes);
    let mut decoded = encoding::decode_as(taken, bytes);
    if taken != named && !bytes.is_ascii() {
        let taken = decoded.encoding.to_owned();
        decoded.warnings.push(ImportWarning::CharsetDiffers { declared: label, taken });
    }
    Ok(decoded)
}

/// The declared encoding where the bytes leave a choice and fit it.
fn settle(detected: &'static Encoding, named: &'static Encoding, bytes: &[u8]) -> &'static Encoding {
    let chinese = [GB18030, BIG5];
    let is_choice = if chinese.contains(&detected) {
        // The detector knows the two apart by what is common; on few chars it may be wrong.
        chinese.contains(&named) && bytes.iter().filter(|b| !b.is_ascii()).count() < 100
    } else {
        // Only bytes that are UTF-8 or UTF-16 look like it.
        ![UTF_8, UTF_16LE, UTF_16BE].contains(&detected)
    };
    if is_choice && !named.decode_without_bom_handling(bytes).1 { named } else { detected }
}

/// The label after `charset=` (or `encoding=` of an XML declaration) in the head of a page.
fn declared(bytes: &[u8]) -> Option<String> {
    let head: String =
        bytes[..bytes.len().min(HEAD)].iter().map(|b| char::from(b.to_ascii_lowercase())).collect();
    let (_, after) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .take(40)
        .collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide_and_the_page_is_told_wrong() {
        let page =
            |charset: &str| format!("<meta charset=\"{charset}\"><p>健全分级诊疗制度，推进家庭医生签约服务");
        let check = |charset: &str, actual: &'static Encoding, taken: &str, warns: bool| {
            let decoded = decode(&actual.encode(&page(charset)).0, None, None).unwrap();
            assert_eq!((decoded.encoding, decoded.warnings.len()), (taken, usize::from(warns)), "{charset}");
            assert_eq!(decoded.content, page(charset));
        };
        check("gb2312", GB18030, "GB18030", false);
        check("utf-8", UTF_8, "UTF-8", false);
        check("gb2312", UTF_8, "UTF-8", true);
        check("utf-8", GB18030, "GB18030", true);
        check("iso-8859-1", GB18030, "GB18030", true);
        check("no-such", GB18030, "GB18030", false);
    }

    #[test]
    fn the_person_has_the_last_word() {
        let bytes = GB18030.encode("<meta charset=big5>健康").0;
        assert_eq!(decode(&bytes, Some("gbk"), Some("big5")).unwrap().encoding, "GB18030");
    }
}
