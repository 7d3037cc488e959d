//! The codebook as REFI-QDA exchange file (.qdc, XML), which NVivo, ATLAS.ti, MAXQDA and QualCoder read and
//! write. Standard: REFI-QDA 1.5, namespace `urn:QDA-XML:codebook:1.0`.
//!
//! Codes of a facet stand under one code that is not codable and carries the facet's name. What the format
//! cannot say (cues, English names beside Chinese, shortcuts) is lost on the way out; the RON form keeps all.

use super::{Codebook, Facet, Tag, TagId, Unknown};
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const NAMESPACE: &str = "urn:QDA-XML:codebook:1.0";

/// Codes may be nested this deep.
const MAX_DEPTH: usize = 64;

/// The colours of the 12 hues, as exchanged.
const COLOURS: [&str; 12] = [
    "#1F77B4", "#D95F02", "#2CA02C", "#C2185B", "#7B61C9", "#8C6D31", "#0097A7", "#B8860B", "#5D4037",
    "#6B8E23", "#C0392B", "#607D8B",
];

/// A file is no REFI-QDA codebook.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QdcError {
    /// No well-formed XML.
    #[error("not well-formed XML at byte {byte}: {what}")]
    Xml {
        /// Where.
        byte: u64,
        /// What is wrong.
        what: String,
    },
    /// XML, but no codebook, or without codes.
    #[error("no REFI-QDA codebook: it holds no code with a name")]
    NoCodes,
    /// Nested too deep to be a codebook.
    #[error("codes are nested too deep")]
    TooDeep,
}

impl TagId {
    /// The id under which the tag goes into REFI-QDA files: its own where that is a UUID, else one made from it.
    pub fn guid(&self) -> Uuid {
        guid_of("tag", &self.0)
    }
}

impl Codebook {
    /// The codebook as .qdc. Names in Chinese, or in English where `english`.
    pub fn to_qdc(&self, english: bool) -> String {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        // Writing into memory does not fail.
        let _ = self.write_qdc(&mut writer, english);
        let mut out = String::from_utf8(writer.into_inner()).unwrap_or_default();
        out.push('\n');
        out
    }

    fn write_qdc(&self, writer: &mut Writer<Vec<u8>>, english: bool) -> std::io::Result<()> {
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        let root = [("xmlns", NAMESPACE), ("origin", concat!("Duizhao ", env!("CARGO_PKG_VERSION")))];
        writer.write_event(Event::Start(BytesStart::new("CodeBook").with_attributes(root)))?;
        writer.write_event(Event::Start(BytesStart::new("Codes")))?;
        for facet in &self.facets {
            let guid = guid_of("facet", &facet.id).to_string();
            let name = in_language(english, &facet.zh, &facet.en);
            let attributes = [("guid", guid.as_str()), ("name", name), ("isCodable", "false")];
            writer.write_event(Event::Start(BytesStart::new("Code").with_attributes(attributes)))?;
            for tag in self.children(&facet.id, None) {
                self.write_code(writer, tag, english, 0)?;
            }
            writer.write_event(Event::End(BytesEnd::new("Code")))?;
        }
        writer.write_event(Event::End(BytesEnd::new("Codes")))?;
        writer.write_event(Event::End(BytesEnd::new("CodeBook")))
    }

    fn write_code(
        &self,
        writer: &mut Writer<Vec<u8>>,
        tag: &Tag,
        english: bool,
        depth: usize,
    ) -> std::io::Result<()> {
        let guid = guid_of("tag", &tag.id.0).to_string();
        let colour = COLOURS[usize::from(tag.hue) % COLOURS.len()];
        let name = in_language(english, &tag.zh, &tag.en);
        let attributes = [("guid", guid.as_str()), ("name", name), ("isCodable", "true"), ("color", colour)];
        writer.write_event(Event::Start(BytesStart::new("Code").with_attributes(attributes)))?;
        let definition = in_language(english, &tag.definition_zh, &tag.definition_en);
        if !definition.is_empty() {
            writer.write_event(Event::Start(BytesStart::new("Description")))?;
            writer.write_event(Event::Text(BytesText::new(definition)))?;
            writer.write_event(Event::End(BytesEnd::new("Description")))?;
        }
        if depth < MAX_DEPTH {
            for child in self.children(&tag.facet, Some(&tag.id)) {
                self.write_code(writer, child, english, depth + 1)?;
            }
        }
        writer.write_event(Event::End(BytesEnd::new("Code")))
    }

    /// Reads a .qdc. Codes at the top that cannot be applied and have others below, or are facets we know, become facets; all others
    /// go to a facet of their own called `codes`. A code that this codebook wrote gets its own id back.
    pub fn from_qdc(xml: &str, known: &Self) -> Result<Self, QdcError> {
        let codes = read_codes(xml)?;
        let ids = KnownIds::of(known);
        let mut book = Self::empty();
        for (at, code) in codes.iter().enumerate() {
            let above = codes.iter().any(|c| c.parent == Some(at)) || ids.facets.contains_key(&code.guid);
            let heads_facet = code.parent.is_none() && !code.codable && above;
            if heads_facet {
                let id = ids.facets.get(&code.guid).cloned().unwrap_or_else(|| code.guid.to_string());
                book.add_facet(known, id, &code.name);
                continue;
            }
            let facet = codes.facet_of(at).map(|top| {
                ids.facets.get(&codes[top].guid).cloned().unwrap_or_else(|| codes[top].guid.to_string())
            });
            let facet = facet.unwrap_or_else(|| "codes".to_owned());
            book.add_facet(known, facet.clone(), "编码");
            let id_of = |at: usize| {
                ids.tags.get(&codes[at].guid).cloned().unwrap_or_else(|| TagId(codes[at].guid.to_string()))
            };
            let parent = code.parent.filter(|&above| codes.facet_of(at) != Some(above)).map(id_of);
            book.add_tag(known, code, &id_of(at), facet, parent);
        }
        // Files of other programs may name one code twice, under two others or under itself.
        if book.tags.is_empty() { Err(QdcError::NoCodes) } else { Ok(book.put_in_order()) }
    }

    fn add_facet(&mut self, known: &Self, id: String, name: &str) {
        if self.facet(&id).is_some() {
            return;
        }
        let facet = known.facet(&id).cloned().unwrap_or_else(|| Facet {
            id,
            zh: name.to_owned(),
            en: name.to_owned(),
            multiple: true,
            tree: true,
            unknown: Unknown::default(),
        });
        self.facets.push(facet);
    }

    /// Adds a code; one with the same GUID a second time is left out.
    fn add_tag(&mut self, known: &Self, code: &Code, id: &TagId, facet: String, parent: Option<TagId>) {
        if self.tag(id).is_some() {
            return;
        }
        let fresh = || Tag::named(id.clone(), &facet, &code.name);
        let mut tag = known.tag(id).cloned().unwrap_or_else(fresh);
        if code.name != tag.zh && code.name != tag.en {
            tag.zh.clone_from(&code.name);
        }
        if !code.description.is_empty() && code.description != tag.definition_en {
            tag.definition_zh.clone_from(&code.description);
        }
        if let Some(hue) = code.colour.as_deref().and_then(nearest_hue) {
            tag.hue = hue;
        }
        self.tags.push(Tag { facet, parent, ..tag });
    }
}

/// The name in the language asked for, in the other where it has none.
fn in_language<'a>(english: bool, zh: &'a str, en: &'a str) -> &'a str {
    let (first, second) = if english { (en, zh) } else { (zh, en) };
    if first.is_empty() { second } else { first }
}

/// The GUID of an id, the same every time; ids that are UUIDs stand for themselves.
fn guid_of(kind: &str, id: &str) -> Uuid {
    if let Ok(uuid) = id.parse() {
        return uuid;
    }
    // Version 8 (made by the application) of RFC 9562, from FNV-1a over kind and id.
    let step = |hash: u128, byte: u8| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    };
    let hash =
        kind.bytes().chain([0]).chain(id.bytes()).fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, step);
    uuid::Builder::from_custom_bytes(hash.to_be_bytes()).into_uuid()
}

struct KnownIds {
    facets: BTreeMap<Uuid, String>,
    tags: BTreeMap<Uuid, TagId>,
}

impl KnownIds {
    fn of(codebook: &Codebook) -> Self {
        Self {
            facets: codebook
                .facets
                .iter()
                .map(|facet| (guid_of("facet", &facet.id), facet.id.clone()))
                .collect(),
            tags: codebook.tags.iter().map(|tag| (guid_of("tag", &tag.id.0), tag.id.clone())).collect(),
        }
    }
}

/// A code of the file.
#[derive(Debug, Default)]
struct Code {
    parent: Option<usize>,
    guid: Uuid,
    name: String,
    codable: bool,
    colour: Option<String>,
    description: String,
}

/// The codes of a file, parents before their children.
#[derive(Default)]
struct Codes(Vec<Code>);

impl std::ops::Deref for Codes {
    type Target = [Code];
    fn deref(&self) -> &[Code] {
        &self.0
    }
}

impl Codes {
    /// The code at the top above this one, where it stands for a facet.
    fn facet_of(&self, at: usize) -> Option<usize> {
        let top = std::iter::successors(Some(at), |&at| self[at].parent).last()?;
        (top != at && !self[top].codable).then_some(top)
    }
}

fn read_codes(xml: &str) -> Result<Codes, QdcError> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    let (mut codes, mut open, mut described) = (Codes::default(), Vec::<usize>::new(), None);
    loop {
        let event = reader.read_event();
        let broken = |what: String| QdcError::Xml { byte: reader.buffer_position(), what };
        match event.map_err(|error| broken(error.to_string()))? {
            Event::Start(tag) if tag.local_name().as_ref() == "Code" => {
                codes.0.push(code(&tag, open.last().copied()));
                open.push(codes.len() - 1);
                if open.len() > MAX_DEPTH {
                    return Err(QdcError::TooDeep);
                }
            }
            Event::Empty(tag) if tag.local_name().as_ref() == "Code" => {
                codes.0.push(code(&tag, open.last().copied()));
            }
            Event::Start(tag) if tag.local_name().as_ref() == "Description" => {
                described = open.last().copied();
            }
            Event::End(tag) if tag.local_name().as_ref() == "Code" => drop(open.pop()),
            Event::End(tag) if tag.local_name().as_ref() == "Description" => described = None,
            Event::Text(text) => {
                if let Some(code) = described.and_then(|at| codes.0.get_mut(at)) {
                    code.description.push_str(&text);
                }
            }
            Event::GeneralRef(entity) => {
                if let Some(code) = described.and_then(|at| codes.0.get_mut(at)) {
                    let name: &str = &entity;
                    let char = entity.resolve_char_ref().ok().flatten();
                    let known = quick_xml::escape::resolve_predefined_entity(name);
                    code.description.extend(char);
                    code.description.push_str(known.unwrap_or_default());
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if codes.iter().all(|code| code.name.is_empty()) { Err(QdcError::NoCodes) } else { Ok(codes) }
}

fn code(tag: &BytesStart<'_>, parent: Option<usize>) -> Code {
    let attributes: BTreeMap<String, String> = tag
        .attributes()
        .flatten()
        .filter_map(|attribute| {
            let value = quick_xml::escape::unescape(&attribute.value).ok()?.into_owned();
            Some((attribute.key.local_name().as_ref().to_owned(), value))
        })
        .collect();
    let value = |name: &str| attributes.get(name).cloned().unwrap_or_default();
    Code {
        parent,
        guid: value("guid").trim_matches(['{', '}']).parse().unwrap_or_else(|_| Uuid::new_v4()),
        name: value("name"),
        codable: !matches!(value("isCodable").as_str(), "false" | "0"),
        colour: attributes.get("color").cloned(),
        description: String::new(),
    }
}

/// The hue whose colour is nearest to `#RRGGBB` or `#RGB`.
fn nearest_hue(colour: &str) -> Option<u8> {
    let rgb = |colour: &str| -> Option<[i32; 3]> {
        let digits = colour.strip_prefix('#').filter(|digits| digits.is_ascii())?;
        let (len, scale) = if digits.len() == 3 { (1, 17) } else { (2, 1) };
        let part =
            |at: usize| Some(i32::from_str_radix(digits.get(at * len..(at + 1) * len)?, 16).ok()? * scale);
        Some([part(0)?, part(1)?, part(2)?])
    };
    let wanted = rgb(colour)?;
    let distance =
        |hue: &str| rgb(hue).map(|rgb| (0..3).map(|at| (rgb[at] - wanted[at]).pow(2)).sum::<i32>());
    (0..12_u8).min_by_key(|&hue| distance(COLOURS[usize::from(hue)]))
}

/// Facets and tags that `theirs` has and `ours` has not, for a report before an import.
pub fn new_tags<'a>(ours: &Codebook, theirs: &'a Codebook) -> Vec<&'a Tag> {
    let known: BTreeSet<&TagId> = ours.tags.iter().map(|tag| &tag.id).collect();
    theirs.tags.iter().filter(|tag| !known.contains(&tag.id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_codebook_goes_out_and_comes_back() {
        let book = Codebook::built_in();
        for english in [false, true] {
            let back = Codebook::from_qdc(&book.to_qdc(english), &book).unwrap();
            assert_eq!(back, book.clone().sorted_as_tree());
        }
        let elsewhere = Codebook::from_qdc(&book.to_qdc(false), &Codebook::empty()).unwrap();
        assert_eq!(elsewhere.tags.len(), book.tags.len());
        assert_eq!(elsewhere.facets.len(), book.facets.len());
        assert_eq!(elsewhere.to_qdc(false).lines().count(), book.to_qdc(false).lines().count());
    }

    #[test]
    fn a_code_named_twice_or_inside_itself_is_written_as_it_was_read() {
        let code = |number: u8, inner: &str| {
            let guid = Uuid::from_u128(u128::from(number));
            format!(r#"<Code guid="{guid}" name="{number}" isCodable="true">{inner}</Code>"#)
        };
        let facet = |number: u8, inner: &str| code(number, inner).replacen("true", "false", 1);
        let cases = [
            facet(1, &code(2, "")) + &facet(3, &code(4, &code(2, &code(5, "")))),
            code(2, &code(5, &code(2, &code(6, "")))),
            facet(1, &code(2, &code(4, ""))) + &facet(3, &code(4, &code(2, ""))),
        ];
        for codes in cases {
            let xml = format!("<CodeBook><Codes>{codes}</Codes></CodeBook>");
            let read = Codebook::from_qdc(&xml, &Codebook::empty()).unwrap();
            let again = Codebook::from_qdc(&read.to_qdc(false), &read).unwrap();
            assert_eq!(again.tags.len(), read.tags.len(), "{xml}");
        }
    }

    #[test]
    fn a_codebook_of_another_program_is_read() {
        let xml = r##"<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Other 1.0"><Codes>
  <Code guid="{11111111-1111-4111-8111-111111111111}" name="A &amp; B" isCodable="true" color="#1f78b5">
    <Description>甲 &lt;乙&gt; &#x4e19;</Description>
    <Code guid="22222222-2222-4222-8222-222222222222" name="A1" isCodable="true"/>
  </Code>
</Codes><Sets/></CodeBook>"##;
        let book = Codebook::from_qdc(xml, &Codebook::empty()).unwrap();
        let names: Vec<_> =
            book.tags.iter().map(|tag| (tag.zh.as_str(), tag.parent.is_some(), tag.hue)).collect();
        assert_eq!(names, [("A & B", false, 0), ("A1", true, 0)]);
        assert_eq!(book.tags[0].definition_zh, "甲 <乙> 丙");
        assert_eq!(book.facets[0].id, "codes");
    }

    #[test]
    fn what_is_no_codebook_is_refused() {
        let deep = format!("<CodeBook><Codes>{}", "<Code name='x'>".repeat(100_000));
        assert_eq!(Codebook::from_qdc(&deep, &Codebook::empty()), Err(QdcError::TooDeep));
        assert_eq!(Codebook::from_qdc("<a/>", &Codebook::empty()), Err(QdcError::NoCodes));
        assert!(matches!(Codebook::from_qdc("<a><b></a>", &Codebook::empty()), Err(QdcError::Xml { .. })));
        assert_eq!(Codebook::from_qdc("", &Codebook::empty()), Err(QdcError::NoCodes));
    }
}
