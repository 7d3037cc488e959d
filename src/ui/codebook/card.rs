//! A tag: names, colour, definition, cues, key, note, and where it was used.

use super::fields::{About, Fields, Shape, field_id};
use super::finder::Chooser;
use super::proposal::{ProposalView, proposal_ui};
use super::taggings::Numbers;
use super::{CodebookScreen, Wish, heading_ui, send};
use crate::annotation::{Facet, Subject, Tag, TagId};
use crate::app::{Chosen, CodebookCommand, Language, Revise, Shift, TagField};
use crate::ui::cx::{Cx, t};
use crate::ui::theme::bold_font;
use egui::{Frame, Id, Key, Margin, RichText, Role, Sense, Stroke, TextEdit, Ui, WidgetInfo, vec2};

/// What the card asks for while it does.
#[derive(Default)]
pub struct Card {
    /// The name of a new tag, while it is typed, and what it will lie under.
    new: Option<(Chosen, String)>,
    /// The tag that is to be moved.
    moving: Option<TagId>,
    chooser: Chooser,
    proposal: ProposalView,
}

impl CodebookScreen {
    /// Shows a tag.
    pub(super) fn tag_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, id: &TagId, wish: Option<Wish>) {
        let Some(tag) = cx.tag(id) else {
            ui.label(t!(cx, "codebook-gone"));
            return;
        };
        let asked = head_ui(ui, cx, tag).or(wish);
        self.grant(ui, cx, id, asked);
        self.card.new_ui(ui, cx);
        self.card.move_ui(ui, cx, tag);
        let numbers = self.taggings_of(cx, id);
        proposal_ui(ui, cx, &mut self.card.proposal, &numbers);
        let fields = &mut self.fields;
        ui.columns(2, |columns| {
            field_ui(&mut columns[0], cx, fields, tag, TagField::Zh, &t!(cx, "tag-name-zh"), 1);
            field_ui(&mut columns[1], cx, fields, tag, TagField::En, &t!(cx, "tag-name-en"), 1);
        });
        colours_ui(ui, cx, tag);
        key_ui(ui, cx, tag);
        ui.columns(2, |columns| {
            let (zh, en) = (t!(cx, "tag-definition-zh"), t!(cx, "tag-definition-en"));
            field_ui(&mut columns[0], cx, fields, tag, TagField::DefinitionZh, &zh, 3);
            field_ui(&mut columns[1], cx, fields, tag, TagField::DefinitionEn, &en, 3);
        });
        ui.columns(3, |columns| {
            let names = [t!(cx, "tag-cues-strong"), t!(cx, "tag-cues-weak"), t!(cx, "tag-cues-not")];
            let which = [TagField::Strong, TagField::Weak, TagField::Not];
            for ((column, name), field) in columns.iter_mut().zip(names).zip(which) {
                field_ui(column, cx, fields, tag, field, &name, 4);
            }
        });
        ui.weak(t!(cx, "tag-cues-hint"));
        heading_ui(ui, &t!(cx, "tag-note"));
        let about = About::TagNote(id.clone());
        let stored = note_words(cx, &Subject::Tag(id.clone()));
        let (name, hint) = (t!(cx, "tag-note-of", tag = cx.tag_name(tag).to_owned()), t!(cx, "note-hint"));
        fields.show_ui(ui, cx, &about, &stored, Shape { name: &name, hint: &hint, rows: 3 });
        others_notes_ui(ui, cx, &Subject::Tag(id.clone()));
        self.taggings_ui(ui, cx, id);
    }

    /// Begins what was asked for.
    fn grant(&mut self, ui: &Ui, cx: &Cx<'_>, id: &TagId, wish: Option<Wish>) {
        let Some(wish) = wish else { return };
        self.card.chooser.clear();
        match wish {
            Wish::Name => {
                let field = if cx.app.language() == Language::Chinese { TagField::Zh } else { TagField::En };
                ui.memory_mut(|memory| memory.request_focus(field_id(&About::Tag(id.clone(), field))));
            }
            Wish::New => self.card.ask_new(ui, Chosen::Tag(id.clone())),
            Wish::Move => self.card.moving = Some(id.clone()),
            Wish::Merge => self.card.proposal.begin_merge(id.clone()),
            Wish::Split => send(cx, CodebookCommand::Propose(Revise::split(id.clone()))),
            Wish::Delete => send(cx, CodebookCommand::Propose(super::proposal::deletion(cx, id))),
        }
    }

    /// Shows a facet.
    pub(super) fn facet_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, id: &str, wish: Option<Wish>) {
        let Some(facet) = cx.app.project.as_ref().and_then(|project| project.codebook.facet(id)) else {
            ui.label(t!(cx, "codebook-gone"));
            return;
        };
        ui.label(RichText::new(facet_name(cx, id)).font(bold_font(20.0)));
        let (mut asks_new, mut asks_delete) = (wish == Some(Wish::New), wish == Some(Wish::Delete));
        ui.horizontal(|ui| {
            asks_new |= ui.button(t!(cx, "codebook-new-in-facet")).clicked();
            asks_delete |= ui.button(t!(cx, "codebook-delete-facet")).clicked();
        });
        if asks_new {
            self.card.ask_new(ui, Chosen::Facet(id.to_owned()));
        }
        if asks_delete {
            send(cx, CodebookCommand::Propose(Revise::DeleteFacet(id.to_owned())));
        }
        self.card.new_ui(ui, cx);
        proposal_ui(ui, cx, &mut self.card.proposal, &Numbers::default());
        if wish == Some(Wish::Name) {
            let zh = About::FacetZh(id.to_owned());
            ui.memory_mut(|memory| memory.request_focus(field_id(&zh)));
        }
        ui.columns(2, |columns| {
            let fields = [
                (About::FacetZh(id.to_owned()), &facet.zh, t!(cx, "facet-name-zh")),
                (About::FacetEn(id.to_owned()), &facet.en, t!(cx, "facet-name-en")),
            ];
            for (column, (about, stored, name)) in columns.iter_mut().zip(fields) {
                heading_ui(column, &name);
                self.fields.show_ui(column, cx, &about, stored, Shape { name: &name, hint: "", rows: 1 });
            }
        });
        ui.add_space(8.0);
        let mut multiple = facet.multiple;
        if ui.checkbox(&mut multiple, t!(cx, "facet-multiple")).changed() {
            send(cx, CodebookCommand::SetFacet(Facet { multiple, ..facet.clone() }));
        }
        let mut tree = facet.tree;
        if ui.checkbox(&mut tree, t!(cx, "facet-tree")).changed() {
            send(cx, CodebookCommand::SetFacet(Facet { tree, ..facet.clone() }));
        }
        ui.weak(t!(cx, "facet-hint"));
    }
}

impl Card {
    fn ask_new(&mut self, ui: &Ui, under: Chosen) {
        self.new = Some((under, String::new()));
        ui.memory_mut(|memory| memory.request_focus(new_id()));
    }

    /// The field for the name of a new tag, while it is asked for.
    fn new_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let chosen = &cx.app.view.codebook.chosen;
        let Some((under, name)) = self.new.as_mut().filter(|(under, _)| under == chosen) else { return };
        let (mut done, mut cancelled) = (false, false);
        inset(cx).show(ui, |ui| {
            ui.horizontal(|ui| {
                let field = TextEdit::singleline(name).id(new_id()).desired_width(260.0);
                let field = ui.add(field.hint_text(t!(cx, "codebook-new-name")));
                let field = field.accessible_name(t!(cx, "codebook-new-name"));
                let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
                done = ui.button(t!(cx, "codebook-create")).clicked() || entered;
                cancelled = ui.button(t!(cx, "cancel")).clicked()
                    || (field.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)));
            });
        });
        if done && !name.trim().is_empty() {
            let name = name.trim().to_owned();
            match under {
                Chosen::Tag(id) => {
                    if let Some(tag) = cx.tag(id) {
                        let (facet, parent) = (tag.facet.clone(), Some(id.clone()));
                        send(cx, CodebookCommand::Create { facet, parent, name });
                    }
                }
                Chosen::Facet(facet) => {
                    send(cx, CodebookCommand::Create { facet: facet.clone(), parent: None, name });
                }
                Chosen::Whole => {}
            }
            self.new = None;
        } else if cancelled {
            self.new = None;
        }
    }

    /// The choice of the tag to move below, while it is asked for.
    fn move_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, tag: &Tag) {
        if self.moving.as_ref() != Some(&tag.id) {
            return;
        }
        let Some(project) = &cx.app.project else { return };
        let book = &project.codebook;
        let may = |other: &Tag| other.facet == tag.facet && !book.is_within(&other.id, &tag.id);
        let mut to = None;
        let mut cancelled = false;
        inset(cx).show(ui, |ui| {
            ui.label(t!(cx, "codebook-move-below", tag = cx.tag_name(tag).to_owned()));
            if ui.button(t!(cx, "codebook-move-top")).clicked() {
                to = Some(None);
            }
            if let Some(below) = self.chooser.show_ui(ui, cx, "move-below", tag.parent.as_ref(), may) {
                to = Some(Some(below));
            }
            cancelled = ui.button(t!(cx, "cancel")).clicked();
        });
        if let Some(to) = to {
            send(cx, CodebookCommand::Move(tag.id.clone(), Shift::Below(to)));
            self.moving = None;
        } else if cancelled {
            self.moving = None;
        }
    }
}

/// Name and actions of a tag.
fn head_ui(ui: &mut Ui, cx: &Cx<'_>, tag: &Tag) -> Option<Wish> {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(18.0, 26.0), Sense::hover());
        ui.painter().circle_filled(rect.center(), 7.0, cx.palette.hue(tag.hue));
        ui.label(RichText::new(cx.tag_name(tag)).font(bold_font(20.0)));
        ui.weak(path_of(cx, tag));
    });
    let mut wish = None;
    ui.horizontal_wrapped(|ui| {
        let actions = [
            (t!(cx, "codebook-new-below"), Wish::New),
            (t!(cx, "codebook-merge"), Wish::Merge),
            (t!(cx, "codebook-split"), Wish::Split),
            (t!(cx, "codebook-delete"), Wish::Delete),
        ];
        for (name, asks) in actions {
            if ui.button(name).clicked() {
                wish = Some(asks);
            }
        }
        ui.menu_button(t!(cx, "codebook-move"), |ui| {
            wish = shifts_ui(ui, cx, &tag.id).or(wish.take());
        });
    });
    wish
}

/// The menu of a row of the tree; `focused`: its first line gets the keyboard.
pub(super) fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, row: &Chosen, focused: bool) -> Option<Wish> {
    let mut wish = None;
    let mut entry = |ui: &mut Ui, name: String, asks: Wish| {
        let button = ui.button(name);
        if button.clicked() {
            send(cx, CodebookCommand::Choose(row.clone()));
            wish = Some(asks);
            ui.close();
        }
        button
    };
    let first = entry(ui, t!(cx, "codebook-rename"), Wish::Name);
    if focused {
        first.request_focus();
    }
    let is_facet = matches!(row, Chosen::Facet(_));
    let new = if is_facet { t!(cx, "codebook-new-in-facet") } else { t!(cx, "codebook-new-below") };
    entry(ui, new, Wish::New);
    if is_facet {
        entry(ui, t!(cx, "codebook-delete-facet"), Wish::Delete);
    }
    if let Chosen::Tag(id) = row {
        entry(ui, t!(cx, "codebook-merge"), Wish::Merge);
        entry(ui, t!(cx, "codebook-split"), Wish::Split);
        entry(ui, t!(cx, "codebook-delete"), Wish::Delete);
        ui.separator();
        if let Some(asked) = shifts_ui(ui, cx, id) {
            send(cx, CodebookCommand::Choose(row.clone()));
            wish = Some(asked);
        }
    }
    wish
}

/// The ways a tag can be moved.
fn shifts_ui(ui: &mut Ui, cx: &Cx<'_>, id: &TagId) -> Option<Wish> {
    let shifts = [
        (t!(cx, "codebook-move-up"), "Alt+↑", Shift::Up),
        (t!(cx, "codebook-move-down"), "Alt+↓", Shift::Down),
        (t!(cx, "codebook-move-in"), "Ctrl+]", Shift::In),
        (t!(cx, "codebook-move-out"), "Ctrl+[", Shift::Out),
    ];
    for (name, keys, shift) in shifts {
        if ui.add(egui::Button::new(name).shortcut_text(keys)).clicked() {
            send(cx, CodebookCommand::Move(id.clone(), shift));
            ui.close();
        }
    }
    let mut wish = None;
    if ui.button(t!(cx, "codebook-move-elsewhere")).clicked() {
        wish = Some(Wish::Move);
        ui.close();
    }
    let Some((project, tag)) = cx.app.project.as_ref().zip(cx.tag(id)) else { return wish };
    for facet in project.codebook.facets.iter().filter(|facet| facet.id != tag.facet) {
        if ui.button(t!(cx, "codebook-move-facet", facet = facet_name(cx, &facet.id))).clicked() {
            send(cx, CodebookCommand::Choose(Chosen::Tag(id.clone())));
            send(cx, CodebookCommand::Propose(Revise::ToFacet(id.clone(), facet.id.clone())));
            ui.close();
        }
    }
    wish
}

fn field_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    fields: &mut Fields,
    tag: &Tag,
    field: TagField,
    name: &str,
    rows: usize,
) {
    heading_ui(ui, name);
    let about = About::Tag(tag.id.clone(), field);
    fields.show_ui(ui, cx, &about, &field.read(tag), Shape { name, hint: "", rows });
}

/// The 12 hues, each with its name.
fn colours_ui(ui: &mut Ui, cx: &Cx<'_>, tag: &Tag) {
    heading_ui(ui, &t!(cx, "tag-colour"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for hue in 0..12_u8 {
            let chosen = tag.hue == hue;
            let (rect, response) = ui.allocate_exact_size(vec2(30.0, 28.0), Sense::click());
            let name = hue_name(cx, hue);
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, &name));
            let painter = ui.painter();
            if response.hovered() || response.has_focus() {
                painter.rect_filled(rect, 4.0, cx.palette.hover);
            }
            painter.circle_filled(rect.center(), 9.0, cx.palette.hue(hue));
            if chosen {
                painter.circle_stroke(rect.center(), 12.0, Stroke::new(2.0, cx.palette.text));
            } else if response.has_focus() {
                painter.circle_stroke(rect.center(), 12.0, Stroke::new(1.5, cx.palette.accent));
            }
            if response.on_hover_text(&name).clicked() {
                send(cx, CodebookCommand::Recolour(tag.id.clone(), hue));
            }
        }
        ui.weak(hue_name(cx, tag.hue));
    });
}

/// The key that puts the tag on the item in focus.
fn key_ui(ui: &mut Ui, cx: &Cx<'_>, tag: &Tag) {
    heading_ui(ui, &t!(cx, "tag-key"));
    let shown = tag.shortcut.map_or_else(|| t!(cx, "tag-key-none"), |key| key.to_uppercase().to_string());
    let taken: Vec<char> = cx
        .app
        .project
        .iter()
        .flat_map(|project| project.codebook.tags.iter())
        .filter_map(|other| other.shortcut.filter(|_| other.id != tag.id))
        .collect();
    let button = ui.menu_button(shown.clone(), |ui| {
        if ui.selectable_label(tag.shortcut.is_none(), t!(cx, "tag-key-none")).clicked() {
            send(cx, CodebookCommand::SetShortcut(tag.id.clone(), None));
            ui.close();
        }
        ui.horizontal_wrapped(|ui| {
            ui.set_max_width(220.0);
            for key in FREE_KEYS.chars().filter(|key| !taken.contains(key)) {
                let name = key.to_uppercase().to_string();
                if ui.selectable_label(tag.shortcut == Some(key), name).clicked() {
                    send(cx, CodebookCommand::SetShortcut(tag.id.clone(), Some(key)));
                    ui.close();
                }
            }
        });
    });
    let spoken = t!(cx, "tag-key-is", key = shown);
    button.response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
}

/// Keys that mean nothing else in the reader (digits are the favourites).
const FREE_KEYS: &str = "bdegimopqruvwxyz";

/// The name of a hue.
fn hue_name(cx: &Cx<'_>, hue: u8) -> String {
    match hue % 12 {
        0 => t!(cx, "hue-green"),
        1 => t!(cx, "hue-blue"),
        2 => t!(cx, "hue-magenta"),
        3 => t!(cx, "hue-ochre"),
        4 => t!(cx, "hue-violet"),
        5 => t!(cx, "hue-brick"),
        6 => t!(cx, "hue-teal"),
        7 => t!(cx, "hue-olive"),
        8 => t!(cx, "hue-plum"),
        9 => t!(cx, "hue-copper"),
        10 => t!(cx, "hue-slate"),
        _ => t!(cx, "hue-rose"),
    }
}

/// The name of a facet in the language of the interface.
pub fn facet_name(cx: &Cx<'_>, id: &str) -> String {
    let facet = cx.app.project.as_ref().and_then(|project| project.codebook.facet(id));
    facet.map_or_else(
        || id.to_owned(),
        |facet| match cx.app.language() {
            Language::Chinese => facet.zh.clone(),
            Language::English => facet.en.clone(),
        },
    )
}

/// Facet and tags above a tag: `工作领域 › 医疗服务体系`.
fn path_of(cx: &Cx<'_>, tag: &Tag) -> String {
    let Some(project) = &cx.app.project else { return String::new() };
    let mut above: Vec<&str> =
        project.codebook.with_ancestors(&tag.id).skip(1).map(|id| cx.tag_name_of(id)).collect();
    above.reverse();
    let mut path = facet_name(cx, &tag.facet);
    for name in above {
        path = format!("{path} › {name}");
    }
    path
}

/// The words of the coder's note on a tag or the project.
pub(super) fn note_words(cx: &Cx<'_>, on: &Subject) -> String {
    cx.app.own_note(on).and_then(|note| note.note()).unwrap_or_default().to_owned()
}

/// What other coders noted on a tag or the project.
pub(super) fn others_notes_ui(ui: &mut Ui, cx: &Cx<'_>, on: &Subject) {
    let Some(project) = &cx.app.project else { return };
    let own = cx.app.coder();
    for (coder, sheet) in project.notes.iter().filter(|(coder, _)| **coder != own) {
        for note in sheet.iter().filter(|note| note.on == *on).filter_map(|note| note.note()) {
            ui.weak(t!(cx, "note-of-coder", coder = coder.as_str().to_owned(), note = note.to_owned()));
        }
    }
}

/// A frame for what is asked inside a card or a page.
pub fn inset(cx: &Cx<'_>) -> Frame {
    Frame::new()
        .fill(cx.palette.panel)
        .stroke(Stroke::new(1.0, cx.palette.line))
        .corner_radius(6.0)
        .inner_margin(Margin::symmetric(12, 8))
        .outer_margin(Margin::symmetric(0, 4))
}

fn new_id() -> Id {
    Id::unique("codebook-new")
}
