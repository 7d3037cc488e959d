//! What the small files of a project hold.

use crate::annotation::unknown::keep_unknown;
use crate::annotation::{Annotation, Coder, Kept, Sheet, Unknown};
use crate::plan::{Correction, Metadata};
use crate::text::Layout;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The random id of a plan in a project; also the name of its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlanId(pub Uuid);

impl PlanId {
    /// A new id.
    pub fn random() -> Self {
        Self(Uuid::new_v4())
    }
}

/// `project.ron`: what the project is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Manifest {
    /// Version of the file format.
    pub version: u32,
    /// Random id of the project; a copied folder keeps it.
    pub id: Uuid,
    /// The name people gave it.
    pub title: String,
    /// When it was made, UTC.
    pub created: Timestamp,
    /// Fields that a newer version wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}
keep_unknown!(Manifest);

/// Where a plan came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Source {
    /// Name of the imported file.
    pub file_name: String,
    /// Extension of the kept bytes (`source.<extension>`).
    pub extension: String,
    /// Encoding the bytes were read with: `UTF-8`, `GB18030`.
    pub encoding: String,
    /// SHA-256 of the bytes, 64 hexadecimal digits; `sha256sum` gives the same.
    pub sha256: String,
    /// Address it was saved from, where known.
    #[serde(default)]
    pub url: Option<String>,
    /// When it was saved or made, UTC: as a saved page tells, else the time of the file; where known.
    #[serde(default)]
    pub captured: Option<Timestamp>,
    /// When it was imported, UTC.
    pub imported: Timestamp,
    /// The program that turned the bytes into a form that is read here (`LibreOffice`), where one had to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub converted_by: Option<String>,
    /// Fields that a newer version wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}
keep_unknown!(Source);

/// `plans/<id>/plan.ron`: what is known of a plan beside its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct PlanRecord {
    /// Version of the file format.
    pub version: u32,
    /// The plan's id (the name of its folder).
    pub id: PlanId,
    /// What the document says of itself, as read on import or set by a person.
    pub metadata: Kept<Metadata>,
    /// Where it came from.
    pub source: Source,
    /// SHA-256 of `text.txt`, 64 hexadecimal digits, to see whether anything changed it; `None` in records made
    /// before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// The earlier version of the same document in this project, which this plan takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_of: Option<PlanId>,
    /// What the source told beside the words.
    #[serde(default, skip_serializing_if = "Layout::is_empty")]
    pub layout: Layout,
    /// What people set right in its outline, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// Number of items the reader found, for the library.
    #[serde(default)]
    pub items: u32,
    /// Fields that a newer version wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}
keep_unknown!(PlanRecord);

/// Where a plan stands in the library: what has no place last; province, city, years, title.
pub type PlaceInLibrary = (bool, Option<(String, String)>, Option<(u16, u16)>, String, PlanId);

impl PlanRecord {
    /// What the library is sorted by.
    pub fn place_in_library(&self) -> PlaceInLibrary {
        let metadata = &self.metadata;
        let place =
            metadata.place.as_ref().map(|fact| (fact.value.province.clone(), fact.value.city.clone()));
        let title = metadata.title.as_ref().map_or(&self.source.file_name, |fact| &fact.value).clone();
        (place.is_none(), place, metadata.years.as_ref().map(|fact| fact.value), title, self.id)
    }
}

/// `plans/<id>/annotations/<coder>.ron`: one coder's annotations on the plan, in the order of the text; and
/// `notes/<coder>.ron`: the coder's notes on tags and on the project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct SheetFile {
    /// Version of the file format.
    pub version: u32,
    /// Who annotated.
    pub coder: Coder,
    /// What.
    pub annotations: Vec<Annotation>,
    /// Fields that a newer version wrote.
    #[serde(skip)]
    pub unknown: Unknown,
}
keep_unknown!(SheetFile);

impl SheetFile {
    /// A coder's sheet as a file holds it.
    pub fn new(coder: &Coder, sheet: &Sheet) -> Self {
        let annotations = sheet.in_order().into_iter().cloned().collect();
        Self {
            version: super::FORMAT_VERSION,
            coder: coder.clone(),
            annotations,
            unknown: sheet.unknown.clone(),
        }
    }
}

impl From<SheetFile> for Sheet {
    fn from(file: SheetFile) -> Self {
        let mut sheet = Self::new(file.annotations);
        sheet.unknown = file.unknown;
        sheet
    }
}
