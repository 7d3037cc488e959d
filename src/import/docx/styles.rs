//! What a paragraph's style says about its number and its level as a heading.

use super::numbering::ListRef;
use crate::import::ImportError;
use crate::import::xml::{self, Piece, Tag};
use std::collections::HashMap;

/// How many styles a style may stand on; a circle ends here too.
const MAX_CHAIN: usize = 20;

/// The paragraph styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    list: ListRef,
    outline: Option<u8>,
}

impl Styles {
    /// Reads styles.xml; a document may have none.
    pub(super) fn read(part: Option<&str>) -> Result<Self, ImportError> {
        let mut styles = Self::default();
        let Some(part) = part else { return Ok(styles) };
        let (mut id, mut style) = (None, Style::default());
        xml::walk(part, |piece| {
            match piece {
                Piece::Open(tag) if tag.name == "style" => {
                    style = Style::default();
                    id = tag
                        .attribute("styleId")
                        .filter(|_| tag.attribute("type").is_none_or(|t| t == "paragraph"));
                    if tag.attribute("default").is_some_and(|d| d == "1" || d == "true") && id.is_some() {
                        styles.default.clone_from(&id);
                    }
                }
                Piece::Open(tag) => style.take(&tag),
                Piece::Close("style") => {
                    if let Some(id) = id.take() {
                        styles.by_id.insert(id, std::mem::take(&mut style));
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// The list a style puts its paragraphs in: number and level each from the nearest style that says them.
    pub(super) fn list(&self, style: Option<&str>) -> ListRef {
        let mut list = ListRef::default();
        for style in self.chain(style) {
            list.num_id = list.num_id.or(style.list.num_id);
            list.level = list.level.or(style.list.level);
        }
        list
    }

    /// The outline level of a style, from 0; 9 is body text.
    pub(super) fn outline(&self, style: Option<&str>) -> Option<u8> {
        self.chain(style).find_map(|style| style.outline)
    }

    /// The style and those it stands on, nearest first.
    fn chain(&self, style: Option<&str>) -> impl Iterator<Item = &Style> {
        let first = style.or(self.default.as_deref()).and_then(|id| self.by_id.get(id));
        std::iter::successors(first, |style| self.by_id.get(style.based_on.as_deref()?)).take(MAX_CHAIN)
    }
}

impl Style {
    fn take(&mut self, tag: &Tag) {
        match tag.name {
            "basedOn" => self.based_on = tag.val(),
            "numId" => self.list.num_id = tag.number(),
            "ilvl" => self.list.level = tag.number().map(|level| level as usize),
            "outlineLvl" => self.outline = tag.number().map(|level| level.min(9) as u8),
            _ => {}
        }
    }
}
