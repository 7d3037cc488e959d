//! The parts of a docx: which lie where in the zip (ECMA-376 part 2, relationships).

use crate::import::archive;
use crate::import::encoding;
use crate::import::xml::{self, Piece};
use crate::import::{ForeignFormat, ImportError};
use std::collections::HashMap;
use std::io::Cursor;
use zip::ZipArchive;

/// Bytes of one part. The longest plan with every word in a run of its own is 20 MB.
const MAX_PART: u64 = 64 << 20;

/// A docx, opened.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Where the document's companions lie, by the last word of their relationship's type.
    related: HashMap<String, String>,
}

impl<'a> Package<'a> {
    /// Opens the zip.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        let mut package = Self { archive: archive::open(bytes)?, related: HashMap::new() };
        match package.foreign() {
            Some(foreign) => Err(ImportError::Unsupported(foreign)),
            None => Ok(package),
        }
    }

    /// The main document. Also learns where its companions lie.
    pub(super) fn document(&mut self) -> Result<String, ImportError> {
        let targets = self.relationships("_rels/.rels", "")?;
        let named = targets.get("officeDocument").cloned().unwrap_or_default();
        for path in [named, "word/document.xml".to_owned()] {
            let Some(document) = self.part(&path)? else { continue };
            let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
            self.related = self.relationships(&join(folder, &format!("_rels/{file}.rels")), folder)?;
            return Ok(document);
        }
        Err(ImportError::Unsupported(ForeignFormat::Archive))
    }

    /// A companion of the document: `styles`, `numbering`, `footnotes`; `None` where it has none.
    pub(super) fn related(&mut self, kind: &str) -> Result<Option<String>, ImportError> {
        let path = self.related.get(kind).cloned().unwrap_or_else(|| format!("word/{kind}.xml"));
        self.part(&path)
    }

    /// The part at a path.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<String>, ImportError> {
        let Some(index) = self.index_of(path) else { return Ok(None) };
        let bytes = archive::unpack(&mut self.archive, index, MAX_PART)?;
        let encoding =
            encoding_rs::Encoding::for_bom(&bytes).map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
        Ok(Some(encoding::decode_as(encoding, &bytes).content))
    }

    /// Where each kind of relation points, from a part of relationships.
    fn relationships(&mut self, path: &str, folder: &str) -> Result<HashMap<String, String>, ImportError> {
        let mut targets = HashMap::new();
        let Some(part) = self.part(path)? else { return Ok(targets) };
        xml::walk(&part, |piece| {
            if let Piece::Open(tag) = piece
                && let (Some(kind), Some(target)) = (tag.attribute("Type"), tag.attribute("Target"))
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                targets.entry(kind).or_insert_with(|| join(folder, &target));
            }
            Ok(())
        })?;
        Ok(targets)
    }

    fn index_of(&self, path: &str) -> Option<usize> {
        self.archive.index_for_name_raw(path.as_bytes()).or_else(|| {
            self.archive.file_names_raw().position(|name| name.eq_ignore_ascii_case(path.as_bytes()))
        })
    }

    /// What else a zip may be than a docx.
    fn foreign(&mut self) -> Option<ForeignFormat> {
        if self.index_of("OFD.xml").is_some() {
            return Some(ForeignFormat::Ofd);
        }
        if self.index_of("xl/workbook.xml").is_some() || self.index_of("ppt/presentation.xml").is_some() {
            return Some(ForeignFormat::Office);
        }
        match self.part("mimetype").ok().flatten()?.trim() {
            "application/vnd.oasis.opendocument.text" => Some(ForeignFormat::Odt),
            kind if kind.starts_with("application/vnd.oasis.") => Some(ForeignFormat::Office),
            _ => None,
        }
    }
}

/// A target as a path within the zip: `/word/a.xml` from the top, `a.xml` from `folder`.
fn join(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = path.pop(),
            _ => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}
