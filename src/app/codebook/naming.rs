//! What edits of the codebook are called: "undo: colour of tag 分级诊疗", so that a rename, a colour and new cues are
//! told apart.

use super::TagField;
use crate::annotation::{Facet, Tag};
use crate::app::EditName;

impl TagField {
    /// What writing this field is called.
    pub(super) fn edit_name(self, before: &Tag, after: &Tag) -> EditName {
        let tag = before.zh.clone();
        match self {
            Self::Zh => EditName::RenameTag(tag, after.zh.clone()),
            Self::En => EditName::RenameTag(before.en.clone(), after.en.clone()),
            Self::DefinitionZh | Self::DefinitionEn => EditName::DefineTag(tag),
            Self::Strong | Self::Weak | Self::Not => EditName::CueTag(tag),
        }
    }
}

/// What it is called to put `after` in the place of a facet.
pub(super) fn facet_edit_name(before: Option<&Facet>, after: &Facet) -> EditName {
    match before {
        Some(before) if before.zh != after.zh => EditName::RenameFacet(before.zh.clone(), after.zh.clone()),
        Some(before) if before.en != after.en => EditName::RenameFacet(before.en.clone(), after.en.clone()),
        _ => EditName::AlterFacet(after.zh.clone()),
    }
}
