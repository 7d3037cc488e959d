//! Finding a tag by Chinese, English, pinyin or pinyin initials, and choosing one from a short list.

use crate::annotation::{Codebook, Lookup, Tag, TagId};
use crate::ui::cx::{Cx, t};
use crate::ui::tags::{Row, tag_row_ui};
use egui::{Id, Key, ScrollArea, TextEdit, Ui};
use std::sync::Arc;

/// Height of a row of the list, in points.
const ROW: f32 = 26.0;

/// Finds tags of the codebook it last saw.
#[derive(Default)]
pub struct Finder {
    lookup: Option<(Arc<Codebook>, Lookup)>,
}

impl Finder {
    /// The tags that fit, the best first, as indices into `codebook.tags`.
    pub fn find(&mut self, codebook: &Arc<Codebook>, query: &str) -> Vec<usize> {
        let known = self.lookup.as_ref().is_some_and(|(book, _)| Arc::ptr_eq(book, codebook));
        if !known {
            self.lookup = Some((codebook.clone(), Lookup::new(codebook)));
        }
        self.lookup.as_ref().map(|(_, lookup)| lookup.find(query)).unwrap_or_default()
    }
}

/// A short list of tags with a field that filters it; for "merge into …", "move below …".
#[derive(Default)]
pub struct Chooser {
    query: String,
    finder: Finder,
    /// What the list was made from, and the list.
    found: Option<(Arc<Codebook>, String, Vec<usize>)>,
}

impl Chooser {
    /// Forgets what was typed.
    pub fn clear(&mut self) {
        self.query.clear();
    }

    /// Shows field and list; gives the tag that was chosen. `chosen` is marked; `may` tells which are offered.
    pub fn show_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        salt: &str,
        chosen: Option<&TagId>,
        may: impl Fn(&Tag) -> bool,
    ) -> Option<TagId> {
        let codebook = cx.app.project.as_ref()?.codebook.clone();
        let field = TextEdit::singleline(&mut self.query).id(Id::unique((salt, "find")));
        let field = ui.add(field.hint_text(t!(cx, "find-tag")).desired_width(300.0));
        let field = field.accessible_name(t!(cx, "find-tag"));
        let same = |(book, query, _): &(Arc<Codebook>, String, Vec<usize>)| {
            Arc::ptr_eq(book, &codebook) && *query == self.query
        };
        if !self.found.as_ref().is_some_and(same) {
            let found = self.finder.find(&codebook, &self.query);
            self.found = Some((codebook.clone(), self.query.clone(), found));
        }
        let (_, _, found) = self.found.as_ref()?;
        let offered: Vec<&Tag> =
            found.iter().filter_map(|&at| codebook.tags.get(at)).filter(|tag| may(tag)).collect();
        let mut picked = None;
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            picked = offered.first().map(|tag| tag.id.clone());
        }
        let height = ROW * offered.len().clamp(1, 7) as f32;
        let list = ScrollArea::vertical().id_salt((salt, "list")).max_height(height);
        list.auto_shrink([false, true]).show_rows(ui, ROW, offered.len(), |ui, range| {
            for tag in &offered[range] {
                let Some(tag) = cx.tag(&tag.id) else { continue };
                let depth = Some(u8::from(tag.parent.is_some()));
                let row = Row { depth, on: chosen == Some(&tag.id), ..Row::default() };
                if tag_row_ui(ui, cx, tag, row).clicked() {
                    picked = Some(tag.id.clone());
                }
            }
        });
        picked
    }
}
