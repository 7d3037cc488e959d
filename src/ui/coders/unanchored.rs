//! The panel of annotations that lost their place: each with its words, tag or note, and the nearest place.

use super::send;
use crate::annotation::Body;
use crate::app::{Astray, CodersCommand, Command, Working};
use crate::project::PlanId;
use crate::ui::cx::{Cx, t};
use crate::ui::theme::{bold_font, regular_font};
use egui::{Frame, Margin, Panel, ProgressBar, RichText, ScrollArea, Ui};

/// Height of an annotation with its lines, in points.
const ROW: f32 = 91.0;

/// The panel, with what it shows kept until something changes.
#[derive(Default)]
pub struct UnanchoredPanel {
    made_from: Option<(PlanId, u64, u64)>,
    rows: Vec<Astray>,
}

impl UnanchoredPanel {
    /// Shows the panel at the bottom of the reader, while it is open.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        if !cx.app.coders.unanchored_open {
            return;
        }
        self.follow(cx);
        let frame = Frame::new().fill(cx.palette.panel).inner_margin(Margin::symmetric(14, 8));
        let panel = Panel::bottom("unanchored").frame(frame).resizable(true).default_size(230.0);
        panel.size_range(120.0..=420.0).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new(t!(cx, "unanchored-heading")).font(bold_font(14.0)));
                ui.weak(t!(cx, "unanchored-count", count = self.rows.len()));
                if ui.button(t!(cx, "unanchored-survey")).clicked() {
                    send(cx, CodersCommand::Survey);
                }
                if ui.button(t!(cx, "unanchored-close")).clicked() {
                    send(cx, CodersCommand::ToggleUnanchored);
                }
            });
            survey_ui(ui, cx);
            if self.rows.is_empty() {
                ui.weak(t!(cx, "unanchored-none"));
            }
            let Some(plan) = cx.app.view.plan else { return };
            ScrollArea::vertical().id_salt("unanchored").auto_shrink(false).show_rows(
                ui,
                ROW,
                self.rows.len(),
                |ui, range| {
                    for row in &self.rows[range] {
                        row_ui(ui, cx, plan, row);
                    }
                },
            );
        });
    }

    fn follow(&mut self, cx: &Cx<'_>) {
        let key = cx.app.current().map(|(id, open)| (id, open.revision, cx.app.revision()));
        if self.made_from != key {
            self.rows = key.map(|(id, ..)| cx.app.astray(id)).unwrap_or_default();
            self.made_from = key;
        }
    }
}

/// What the look at all plans found.
fn survey_ui(ui: &mut Ui, cx: &Cx<'_>) {
    if let Some(working) = &cx.app.coders.surveying {
        working_ui(ui, cx, working);
    }
    let Some(found) = &cx.app.coders.survey else { return };
    if found.is_empty() {
        ui.weak(t!(cx, "survey-none"));
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for survey in found.iter().take(40) {
            let (plan, count) = (cx.plan_name(survey.plan), survey.lost + survey.uncertain);
            if ui.link(t!(cx, "survey-plan", plan = plan, count = count)).clicked() {
                cx.send(Command::OpenPlan(survey.plan));
            }
        }
    });
}

/// How far work on many plans is.
pub fn working_ui(ui: &mut Ui, cx: &Cx<'_>, working: &Working) {
    let (done, total) = (working.done(), working.total);
    ui.horizontal(|ui| {
        ui.add(ProgressBar::new(done as f32 / total.max(1) as f32).desired_width(160.0));
        ui.weak(t!(cx, "working-plans", done = done, total = total));
    });
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, row: &Astray) {
    let annotation = &row.annotation;
    let id = annotation.id;
    let what = match &annotation.body {
        Body::Tag(tag) => t!(cx, "unanchored-tag", tag = cx.tag_name_of(tag).to_owned()),
        Body::Note(note) => t!(cx, "unanchored-note", note = first_words(note, 30)),
    };
    let quote = first_words(&annotation.anchor.quote, 36);
    Frame::new().inner_margin(Margin::symmetric(0, 3)).show(ui, |ui| {
        ui.set_height(ROW - 6.0);
        ui.horizontal(|ui| {
            let (state, color) = if row.likely.is_some() {
                (t!(cx, "unanchored-moved"), cx.palette.caution)
            } else {
                (t!(cx, "unanchored-lost"), cx.palette.danger)
            };
            ui.label(RichText::new(state).font(bold_font(12.5)).color(color));
            ui.label(RichText::new(&what).font(bold_font(13.5)));
        });
        ui.label(RichText::new(format!("“{quote}”")).font(regular_font(13.0)).color(cx.palette.muted));
        ui.horizontal(|ui| {
            if let Some(near) = row.near {
                let clause = cx.app.clause(plan, near);
                if ui.link(t!(cx, "unanchored-near", clause = clause)).clicked() {
                    cx.send(Command::Focus(plan, near));
                }
            }
            if row.likely.is_some() {
                let name = t!(cx, "unanchored-confirm-name", quote = quote.clone());
                let button = ui.button(t!(cx, "unanchored-confirm")).accessible_name(name);
                if button.clicked() {
                    send(cx, CodersCommand::Confirm(plan, id));
                }
            }
            let name = t!(cx, "unanchored-reanchor-name", quote = quote.clone());
            let button = ui.button(t!(cx, "unanchored-reanchor")).accessible_name(name);
            if button.on_hover_text(t!(cx, "unanchored-reanchor-hint")).clicked() {
                send(cx, CodersCommand::Reanchor(plan, id));
            }
            let name = t!(cx, "unanchored-remove-name", quote = quote.clone());
            if ui.button(t!(cx, "unanchored-remove")).accessible_name(name).clicked() {
                send(cx, CodersCommand::Remove(plan, id));
            }
        });
    });
}

/// The first words, on one line.
fn first_words(words: &str, limit: usize) -> String {
    let line = words.replace('\n', " ");
    match line.char_indices().nth(limit) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}
