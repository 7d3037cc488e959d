//! Who annotates here: numbers, whose taggings are shown, who holds what open.

use super::{heading_ui, inset, send};
use crate::annotation::{AnnotationId, Coder, TagId};
use crate::app::{CodersCommand, Tally};
use crate::plan::NodeIx;
use crate::project::{File, PlanId, ReadOnly};
use crate::ui::cx::{Cx, t};
use crate::ui::theme::bold_font;
use egui::{Grid, RichText, Sense, Ui, vec2};

/// The page of coders.
pub fn people_ui(ui: &mut Ui, cx: &Cx<'_>, tally: &Tally) {
    lock_ui(ui, cx);
    let own = cx.app.coder();
    heading_ui(ui, &t!(cx, "coders-heading"));
    ui.weak(t!(cx, "coders-own-hint"));
    Grid::new("coders").num_columns(5).spacing([24.0, 8.0]).striped(true).show(ui, |ui| {
        let heads =
            [t!(cx, "coder"), t!(cx, "coders-plans"), t!(cx, "coders-taggings"), t!(cx, "coders-notes")];
        for head in heads {
            ui.label(RichText::new(head).font(bold_font(13.0)).color(cx.palette.muted));
        }
        ui.label("");
        ui.end_row();
        let mut coders = tally.coders().clone();
        coders.entry(own.clone()).or_default();
        for (coder, count) in coders {
            ui.label(RichText::new(coder.as_str()).font(bold_font(14.0)));
            ui.label(count.plans.to_string());
            ui.label(count.taggings.to_string());
            ui.label(count.notes.to_string());
            if coder == own {
                ui.weak(t!(cx, "coders-you"));
            } else {
                let mut shown = cx.app.coders.shown.contains(&coder);
                let name = t!(cx, "coders-show", coder = coder.as_str().to_owned());
                if ui.checkbox(&mut shown, name).changed() {
                    send(cx, CodersCommand::ShowCoder(coder, shown));
                }
            }
            ui.end_row();
        }
    });
}

/// Who holds the coder's files, where it is not this window.
fn lock_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(project) = &cx.app.project else { return };
    let Some(ReadOnly::Held(holder)) = project.is_read_only(&File::Codebook) else { return };
    inset(cx).show(ui, |ui| {
        let words = t!(
            cx,
            "lock-held",
            coder = holder.coder.as_str().to_owned(),
            host = holder.host.clone(),
            user = holder.user.clone(),
            since = super::time_words(holder.since),
            seen = super::time_words(holder.renewed)
        );
        ui.label(RichText::new(words).color(cx.palette.caution));
        ui.weak(t!(cx, "lock-hint"));
        ui.horizontal(|ui| {
            if ui.button(t!(cx, "lock-take-over")).clicked() {
                send(cx, CodersCommand::TakeOver);
            }
            if cx.app.coders.reading_only {
                ui.weak(t!(cx, "lock-reading"));
            } else if ui.button(t!(cx, "lock-read-only")).clicked() {
                send(cx, CodersCommand::ReadOnly);
            }
        });
    });
}

/// What other coders gave a node, of those that are shown, behind a toggle; for the inspector. Nothing where nobody
/// else annotated the plan.
pub fn others_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, ix: NodeIx) {
    if !cx.app.has_others(plan) {
        return;
    }
    let mut show = !cx.app.coders.shown.is_empty();
    let toggle = ui.checkbox(&mut show, t!(cx, "others-tags"));
    if toggle.on_hover_text(t!(cx, "others-tags-hint")).changed() {
        send(cx, CodersCommand::ShowOthers(show));
    }
    for (coder, marks) in cx.app.others(plan) {
        let Some(here) = marks.of(ix) else { continue };
        let on_node = here.tags.iter().map(|(tag, id)| (tag, *id));
        let in_passages = here.passages.iter().map(|(_, tag, id)| (tag, *id));
        for (tag, id) in on_node.chain(in_passages) {
            others_tag_ui(ui, cx, plan, coder, tag, id);
        }
        let notes = here.note.iter().map(|(_, note)| note).chain(here.passage_notes.iter().map(|(.., n)| n));
        for note in notes {
            ui.weak(t!(cx, "note-of-coder", coder = coder.as_str().to_owned(), note = note.clone()));
        }
    }
}

/// A tag that another coder gave: a ring in its colour, and who gave it; when, as a tooltip.
fn others_tag_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, coder: &Coder, tag: &TagId, id: AnnotationId) {
    let Some(project) = &cx.app.project else { return };
    let tag = project.codebook.resolve(tag);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(12.0, 20.0), Sense::hover());
        let hue = cx.tag(tag).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue));
        ui.painter().circle_stroke(rect.center(), 4.0, egui::Stroke::new(1.5, hue));
        let (who, name) = (coder.as_str().to_owned(), cx.tag_name_of(tag).to_owned());
        let words = t!(cx, "tag-of-coder", coder = who.clone(), tag = name);
        let label = ui.label(RichText::new(words).color(cx.palette.muted));
        if let Some(given) = project.annotations(plan, coder).find(|annotation| annotation.id == id) {
            let when = super::time_words(given.modified);
            label.on_hover_text(t!(cx, "tag-of-coder-hint", coder = who, when = when));
        }
    });
}
