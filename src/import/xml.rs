//! The XML of Word files as a stream. Entities other than the five of XML are not expanded, and a document type
//! (where a "billion laughs" would be declared; Office never writes one) is refused.

use super::ImportError;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Open elements at any place. Tables in tables in text boxes reach 60.
const MAX_DEPTH: usize = 500;

/// What a stream of XML brings, in order. An empty element opens and closes.
pub(super) enum Piece<'x> {
    /// An element begins.
    Open(Tag<'x>),
    /// The element of this name ends.
    Close(&'x str),
    /// Words between elements.
    Words(&'x str),
}

/// The beginning of an element.
pub(super) struct Tag<'x> {
    /// Its name: bare (`p`) in the vocabulary of the root element, with prefix (`mc:Choice`) in any other.
    pub(super) name: &'x str,
    start: &'x BytesStart<'x>,
}

impl Tag<'_> {
    /// The value of an attribute, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found = self
            .start
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|a| a.key.local_name().into_inner() == name);
        found.and_then(|a| a.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned))
    }

    /// The attribute `val`, in which Word keeps nearly everything.
    pub(super) fn val(&self) -> Option<String> {
        self.attribute("val")
    }

    /// The attribute `val` as a number.
    pub(super) fn number(&self) -> Option<u32> {
        self.val()?.trim().parse().ok()
    }

    /// Whether a property that is switched on by being there is not switched off by its `val`.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Reads `part` and hands every piece to `visit`.
pub(super) fn walk(
    part: &str,
    mut visit: impl FnMut(Piece<'_>) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut reader = Reader::from_str(part);
    reader.config_mut().expand_empty_elements = true;
    let (mut depth, mut root_prefix) = (0_usize, None);
    loop {
        match reader.read_event().map_err(ImportError::damaged)? {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(ImportError::LimitExceeded { what: "XML nested too deep" });
                }
                let prefix = root_prefix.get_or_insert_with(|| prefix_of(start.name().0));
                visit(Piece::Open(Tag { name: bare(start.name().0, prefix), start: &start }))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Piece::Close(bare(end.name().0, root_prefix.as_deref().unwrap_or_default())))?;
            }
            Event::Text(text) => visit(Piece::Words(&text.xml10_content()))?,
            Event::CData(data) => visit(Piece::Words(&data.xml10_content()))?,
            Event::GeneralRef(reference) => {
                let predefined = match &*reference {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                };
                let c = predefined.or_else(|| reference.resolve_char_ref().ok().flatten());
                visit(Piece::Words(c.map_or(String::new(), String::from).as_str()))?;
            }
            Event::DocType(_) => return Err(ImportError::damaged("its XML declares a document type")),
            Event::Eof if depth > 0 => return Err(ImportError::damaged("its XML ends too early")),
            Event::Eof => return Ok(()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// The prefix of the root element; Word's is `w:`, but nothing binds other makers to it.
fn prefix_of(name: &str) -> String {
    name.split_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"))
}

fn bare<'n>(name: &'n str, prefix: &str) -> &'n str {
    name.strip_prefix(prefix).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(xml: &str) -> Result<String, ImportError> {
        let mut all = String::new();
        walk(xml, |piece| {
            if let Piece::Words(words) = piece {
                all.push_str(words);
            }
            Ok(())
        })?;
        Ok(all)
    }

    #[test]
    fn only_the_entities_of_xml_are_known() {
        assert_eq!(
            words("<a>1 &lt; 2 &amp; &#x5065;<![CDATA[<b>]]>&no;</a>"),
            Ok("1 < 2 & 健<b>".to_owned())
        );
        let laughs = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>";
        assert!(matches!(words(laughs), Err(ImportError::Damaged { .. })));
    }

    #[test]
    fn broken_xml_is_an_error() {
        for broken in ["<a><b></a>", "<a>", "<a", "<a></b>"] {
            assert!(matches!(words(broken), Err(ImportError::Damaged { .. })), "{broken}");
        }
        let deep = "<a>".repeat(100_000);
        assert!(matches!(words(&deep), Err(ImportError::LimitExceeded { .. })));
    }

    #[test]
    fn the_root_names_the_vocabulary() {
        let mut names = Vec::new();
        walk("<x:document><x:p x:val='0'/><mc:Choice/></x:document>", |piece| {
            if let Piece::Open(tag) = piece {
                names.push(format!("{} {}", tag.name, tag.is_on()));
            }
            Ok(())
        })
        .unwrap();
        assert_eq!(names, ["document true", "p false", "mc:Choice true"]);
    }
}
