//! The inspector: tags, suggestions and note of the place a person is at, its facts, where it stands in the source,
//! how to cite it; then the plan as a whole.

use super::correct::{AboutPlan, correct_button_ui};
use super::cx::{Cx, t};
use super::note::NoteField;
use super::reader::{citation, node_of, short};
use super::tags::{Picker, definition, removable_chip_ui};
use super::theme::{bold_font, regular_font};
use crate::annotation::{AnnotationId, TagId};
use crate::app::{Command, OpenPlan, ReadingCommand, Screen, Site};
use crate::export;
use crate::insight::Evidence;
use crate::plan::{Node, NodeIx};
use crate::project::PlanId;
use crate::text::Span;
use egui::{CollapsingHeader, RichText, ScrollArea, Ui};

/// How many lines of the source are shown before and after those of the item.
const AROUND: u32 = 2;
/// How many lines of the source are shown at most.
const LINES: usize = 40;

/// How many of the words that speak for a suggestion are named.
const CUES: usize = 8;

/// The panel, with the notes being written.
#[derive(Default)]
pub struct Inspector {
    /// The list of tags.
    pub picker: Picker,
    about: AboutPlan,
    note: NoteField,
    plan_note: NoteField,
}

impl Inspector {
    /// Gives the note the keyboard.
    pub fn focus_note(&mut self) {
        self.note.focus();
    }

    /// Sends what was typed and not yet sent, e.g. before the window closes.
    pub fn finish(&mut self, cx: &Cx<'_>) {
        self.note.finish(cx);
        self.plan_note.finish(cx);
    }

    /// Shows the panel for the place where the person is in `plan`.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, plan: PlanId) {
        let Some(open) = cx.app.plan(plan) else { return };
        let Some(site) = cx.app.reading(plan).and_then(crate::app::Reading::site) else {
            ui.label(t!(cx, "inspector-empty"));
            return;
        };
        ScrollArea::vertical().id_salt("inspector").auto_shrink(false).show(ui, |ui| {
            // Each part counts its widgets for itself: one more tag must not make another button of the one below.
            ui.push_id("place", |ui| self.place_ui(ui, cx, plan, open, site));
            if let Some((ix, node)) =
                node_of(&open.plan, site).and_then(|ix| Some((ix, open.plan.outline.get(ix)?)))
            {
                ui.push_id("facts", |ui| facts_ui(ui, cx, plan, open, ix, node));
                source_ui(ui, cx, open, node);
                ui.push_id("correct", |ui| correct_button_ui(ui, cx, plan, node));
            }
            ui.separator();
            self.whole_plan_ui(ui, cx, plan, open);
            self.about.show_ui(ui, cx, plan, open);
            Self::citing_ui(ui, cx, plan);
            favourites_ui(ui, cx, plan, open, site);
        });
    }

    /// What sits on the place itself.
    fn place_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, open: &OpenPlan, site: Site) {
        citation_ui(ui, cx, plan, open, site);
        ui.separator();
        ui.horizontal(|ui| {
            heading_ui(ui, &t!(cx, "tags"));
            if ui.small_button(t!(cx, "menu-pick-tag")).clicked() {
                self.picker.open_for(ui.ctx(), plan, site);
            }
        });
        tags_ui(ui, cx, plan, open.marks.tags_at(site).collect());
        passages_ui(ui, cx, plan, open, site);
        if let Some(ix) = node_of(&open.plan, site) {
            super::coders::others_ui(ui, cx, plan, ix);
        }
        suggestions_ui(ui, cx, plan, site);
        ui.separator();
        heading_ui(ui, &t!(cx, "note"));
        self.note.show_ui(ui, cx, plan, site, "note-field");
        ui.separator();
    }

    /// Tags and note of the whole plan.
    fn whole_plan_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, open: &OpenPlan) {
        CollapsingHeader::new(t!(cx, "whole-plan")).id_salt("whole-plan").show(ui, |ui| {
            tags_ui(ui, cx, plan, open.marks.tags_at(Site::Plan).collect());
            if ui.button(t!(cx, "tag-plan")).clicked() {
                self.picker.open_for(ui.ctx(), plan, Site::Plan);
            }
            self.plan_note.show_ui(ui, cx, plan, Site::Plan, "plan-note-field");
        });
    }

    /// How clauses and the plan are cited.
    fn citing_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId) {
        let Some(record) = cx.record(plan) else { return };
        CollapsingHeader::new(t!(cx, "citing")).id_salt("citing").show(ui, |ui| {
            if ui.link(t!(cx, "citation-settings")).clicked() {
                cx.send(Command::Show(Screen::Settings));
            }
            let day = jiff::Zoned::now().date();
            let entry = export::gb7714(record, day);
            ui.label(&entry);
            if ui.button(t!(cx, "copy-reference")).clicked() {
                ui.copy_text(entry);
            }
        });
    }
}

fn heading_ui(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(bold_font(13.0)).color(ui.visuals().weak_text_color()));
}

/// `厦门2017 (二)-1`, with a button that copies it; the words of a passage below.
fn citation_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, open: &OpenPlan, site: Site) {
    let at = super::reader::span_of(&open.plan, site).unwrap_or_default().start;
    let cited = citation(cx, plan, open, at);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(&cited).font(bold_font(14.0)));
        if ui.small_button(t!(cx, "copy-citation")).clicked() {
            ui.copy_text(cited.clone());
        }
    });
    match site {
        Site::Passage(span) => drop(ui.label(short(open, span))),
        Site::Row(ix, row) => {
            if let Some(row) = open.plan.outline.get(ix).and_then(|node| node.rows.get(row as usize)) {
                ui.label(format!("{} {}", row.domain, row.indicator));
            }
        }
        Site::Node(_) | Site::Plan => {}
    }
}

/// The tags of a place, each with what belongs under it.
fn tags_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, tags: Vec<(&TagId, AnnotationId)>) {
    if tags.is_empty() {
        ui.weak(t!(cx, "no-tags"));
    }
    for (tag, annotation) in tags {
        if removable_chip_ui(ui, cx, tag) {
            cx.send(Command::Reading(ReadingCommand::Remove(plan, annotation)));
        }
        let definition = cx.tag(tag).map_or("", |tag| definition(cx, tag));
        if !definition.is_empty() {
            ui.label(RichText::new(definition).font(regular_font(12.5)).color(cx.palette.muted));
        }
    }
}

/// The tagged passages in the node: a click shows one, the cross removes it.
fn passages_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, open: &OpenPlan, site: Site) {
    let Site::Node(ix) = site else { return };
    let Some(node) = open.plan.outline.get(ix) else { return };
    let passages: Vec<_> = open.marks.passages_within(node.span).collect();
    if passages.is_empty() {
        return;
    }
    heading_ui(ui, &t!(cx, "passages"));
    for (span, tag, annotation) in passages {
        if removable_chip_ui(ui, cx, tag) {
            cx.send(Command::Reading(ReadingCommand::Remove(plan, *annotation)));
        }
        link_ui(ui, cx, plan, *span, &short(open, *span));
    }
}

/// What the words speak for, best first, with the words that do.
fn suggestions_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, site: Site) {
    let suggestions = cx.app.suggestions_at(plan, site);
    if suggestions.is_empty() {
        return;
    }
    ui.add_space(4.0);
    heading_ui(ui, &t!(cx, "suggestions"));
    for suggestion in suggestions {
        let name = cx.tag_name_of(&suggestion.tag).to_owned();
        let hue = cx.tag(&suggestion.tag).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue));
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(12.0, 20.0), egui::Sense::hover());
            ui.painter().circle_stroke(rect.center(), 4.0, (1.5, hue));
            let button = ui.button(name.clone());
            let spoken = t!(cx, "menu-accept", tag = name);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &spoken));
            if button.on_hover_text(t!(cx, "suggestion-hint")).clicked() {
                cx.send(Command::Reading(ReadingCommand::Toggle(plan, site, suggestion.tag.clone())));
            }
        });
        let mut cues: Vec<&str> = Vec::new();
        for cue in &suggestion.cues {
            if cues.len() < CUES && !cues.contains(&cue.words.as_str()) {
                cues.push(&cue.words);
            }
        }
        let words = match suggestion.evidence {
            Evidence::Cues => cues.join("、"),
            Evidence::Keywords => t!(cx, "suggestion-keywords", words = cues.join("、")),
        };
        ui.label(RichText::new(words).font(regular_font(12.5)).color(cx.palette.muted));
    }
}

/// Words that show themselves in the text.
fn link_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, span: Span, words: &str) {
    if ui.link(words).on_hover_text(t!(cx, "show-in-text")).clicked() {
        cx.send(Command::Reading(ReadingCommand::Show(plan, span)));
    }
}

/// Departments, targets and rows of a node; each shows its words in the text.
fn facts_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, open: &OpenPlan, ix: NodeIx, node: &Node) {
    let targets: Vec<_> = open.plan.targets.iter().filter(|target| target.node == ix).collect();
    if node.departments.is_none() && targets.is_empty() && node.rows.is_empty() {
        return;
    }
    heading_ui(ui, &t!(cx, "facts"));
    if let Some(departments) = &node.departments {
        if !departments.lead.is_empty() {
            let words = t!(cx, "departments-lead", names = departments.lead.join("、"));
            link_ui(ui, cx, plan, departments.span, &words);
        }
        if !departments.others.is_empty() {
            let words = t!(cx, "departments-others", names = departments.others.join("、"));
            link_ui(ui, cx, plan, departments.span, &words);
        }
    }
    if node.rows.is_empty() {
        for target in targets {
            let words = open.plan.text.slice(target.span).replace('\n', "");
            let words = if target.baseline {
                t!(cx, "baseline", words = words)
            } else {
                t!(cx, "target", words = words)
            };
            link_ui(ui, cx, plan, target.span, &words);
        }
    }
    for (row, number) in node.rows.iter().zip(0..) {
        let row = t!(cx, "table-row", indicator = row.indicator.clone());
        if ui.link(row).on_hover_text(t!(cx, "show-in-text")).clicked() {
            cx.send(Command::Reading(ReadingCommand::FocusRow(plan, ix, number)));
        }
    }
}

/// The lines of the source on which the node stands, on demand with those around it; what belongs to the page is
/// grey.
fn source_ui(ui: &mut Ui, cx: &Cx<'_>, open: &OpenPlan, node: &Node) {
    let text = &open.plan.text;
    let (from, to) = (text.line_number(node.span.start), text.line_number(node.span.end));
    let title = if from == to {
        t!(cx, "source-line", line = from)
    } else {
        t!(cx, "source-lines", from = from, to = to)
    };
    CollapsingHeader::new(title).id_salt("source").show(ui, |ui| {
        let (first, last) = (from.saturating_sub(AROUND).max(1), to + AROUND);
        let lines = text.lines().skip(first as usize - 1);
        for line in lines.take_while(|line| line.number <= last).take(LINES) {
            let is_own = (from..=to).contains(&line.number);
            let furniture = &open.plan.outline.furniture;
            let of_page = furniture.iter().any(|part| part.span.encloses(line.span) && !line.span.is_empty());
            let color = if is_own && !of_page { cx.palette.text } else { cx.palette.muted };
            let words = RichText::new(format!("{} {}", line.number, line.content)).font(regular_font(12.5));
            let words = if of_page { words.italics() } else { words };
            ui.label(words.color(color));
        }
        let mut shown = cx.app.view.furniture;
        if ui.checkbox(&mut shown, t!(cx, "show-furniture")).changed() {
            cx.send(Command::ShowFurniture(shown));
        }
    });
}

/// The tags of the keys 1-9, to click as well.
fn favourites_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, open: &OpenPlan, site: Site) {
    CollapsingHeader::new(t!(cx, "favourites")).id_salt("favourites").default_open(true).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for number in 1..=9 {
            let Some(tag) = cx.app.favourite(number).and_then(|id| cx.tag(id)) else { continue };
            let on = open.marks.tags_at(site).any(|(other, _)| *other == tag.id);
            let row = super::tags::Row { on, ..Default::default() };
            if super::tags::tag_row_ui(ui, cx, tag, row).clicked() {
                cx.send(Command::Reading(ReadingCommand::Toggle(plan, site, tag.id.clone())));
            }
        }
    });
}
