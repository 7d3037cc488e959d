//! How far coders agree: what is compared, the figures tag by tag, and the disagreements to resolve.

use super::among::{AmongPicker, show_boxes, ticking_menu};
use super::unanchored::working_ui;
use super::{heading_ui, outcome_ui, send};
use crate::annotation::agreement::Figures;
use crate::annotation::{Coder, TagId};
use crate::app::{Agreed, AgreementWords, CodersCommand, Language, Scope, Tally};
use crate::ui::codebook::facet_name;
use crate::ui::cx::{Cx, t};
use crate::ui::dialogs::{Ask, Dialogs};
use crate::ui::theme::{bold_font, regular_font};
use egui::{
    Align2, CentralPanel, Frame, Margin, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Height of a row of figures, in points.
const ROW: f32 = 26.0;
/// Height of a disagreement, in points.
const TALL: f32 = 62.0;
/// Where the columns of figures end, from the right, in points.
const COLUMNS: [f32; 4] = [360.0, 265.0, 150.0, 10.0];
/// Where names end, from the right, in points.
const NAMES: f32 = 420.0;

/// The view of agreement.
#[derive(Default)]
pub struct AgreementView {
    tally: Tally,
    among: AmongPicker,
    rows: Rows,
    /// Only disagreements on this tag are listed.
    only: Option<TagId>,
}

/// The rows of the table, kept until the figures change.
#[derive(Default)]
struct Rows {
    made_from: Option<Arc<Agreed>>,
    figures: Vec<(Name, Figures)>,
}

/// What a row of figures is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Name {
    Overall,
    Facet(String),
    Tag(TagId),
}

impl AgreementView {
    /// Shows the view below the bars.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, dialogs: &mut Dialogs) {
        let Some(project) = &cx.app.project else { return };
        self.tally.follow(project, cx.app.revision());
        let ground = Frame::new().fill(cx.palette.ground);
        CentralPanel::default().frame(ground).show(ui, |ui| {
            ScrollArea::vertical().id_salt("agreement").auto_shrink(false).show(ui, |ui| {
                Frame::new().inner_margin(Margin::symmetric(26, 16)).show(ui, |ui| {
                    ui.set_max_width(ui.available_width().min(940.0));
                    ui.set_width(ui.available_width());
                    ui.label(RichText::new(t!(cx, "agreement-heading")).font(bold_font(20.0)));
                    ui.weak(t!(cx, "agreement-about"));
                    outcome_ui(ui, cx);
                    self.contents_ui(ui, cx, dialogs);
                });
            });
        });
    }

    fn contents_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, dialogs: &mut Dialogs) {
        let coders: Vec<&Coder> = self
            .tally
            .coders()
            .iter()
            .filter(|(_, count)| count.taggings > 0)
            .map(|(coder, _)| coder)
            .collect();
        if coders.len() < 2 {
            ui.add_space(8.0);
            ui.label(t!(cx, "agreement-one-coder"));
            return;
        }
        let scope = &cx.app.coders.scope;
        coders_ui(ui, cx, scope, &coders);
        ui.horizontal(|ui| {
            self.among.show_ui(ui, cx, scope);
            plans_ui(ui, cx, scope);
        });
        if scope.coders.len() < 2 {
            // The first two are as good a beginning as any.
            if scope.coders.is_empty() {
                let first = coders.into_iter().take(2).cloned().collect();
                send(cx, CodersCommand::SetScope(Scope { coders: first, ..scope.clone() }));
            }
            ui.weak(t!(cx, "agreement-choose-two"));
            return;
        }
        if let Some(working) = &cx.app.coders.working {
            working_ui(ui, cx, working);
            if ui.button(t!(cx, "cancel")).clicked() {
                send(cx, CodersCommand::StopAgreeing);
            }
        } else if !cx.app.is_agreement_current() {
            send(cx, CodersCommand::Agree);
        }
        let Some(agreed) = &cx.app.coders.agreed else { return };
        self.rows.follow(agreed);
        self.figures_ui(ui, cx, agreed, dialogs);
        self.disagreements_ui(ui, cx, agreed);
    }

    fn figures_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, agreed: &Agreed, dialogs: &mut Dialogs) {
        ui.add_space(6.0);
        let (places, plans) = (agreed.places.len(), agreed.plans);
        ui.label(t!(cx, "agreement-units", places = places, plans = plans));
        if agreed.not_found > 0 {
            let words = t!(cx, "agreement-not-found", count = agreed.not_found);
            ui.label(RichText::new(words).color(cx.palette.caution));
        }
        ui.horizontal(|ui| {
            if ui.button(t!(cx, "agreement-export")).clicked() {
                dialogs.ask(ui.ctx(), Ask::AgreementOut);
            }
            if ui.button(t!(cx, "agreement-export-typed")).clicked() {
                dialogs.ask_typed(Ask::AgreementOut);
            }
        });
        head_ui(ui, cx);
        let height = ROW * self.rows.figures.len().min(14) as f32;
        ui.spacing_mut().item_spacing.y = 0.0;
        let list = ScrollArea::vertical().id_salt("figures").max_height(height).auto_shrink([false, true]);
        let mut only = self.only.clone();
        list.show_rows(ui, ROW, self.rows.figures.len(), |ui, range| {
            for (name, figures) in &self.rows.figures[range] {
                if figures_row_ui(ui, cx, name, figures, only.as_ref())
                    && let Name::Tag(tag) = name
                {
                    only = if only.as_ref() == Some(tag) { None } else { Some(tag.clone()) };
                }
            }
        });
        self.only = only;
        ui.spacing_mut().item_spacing.y = 6.0;
    }

    fn disagreements_ui(&self, ui: &mut Ui, cx: &Cx<'_>, agreed: &Agreed) {
        let fits = |tag: &TagId| self.only.as_ref().is_none_or(|only| only == tag);
        let all = &agreed.agreement.disagreements;
        // Filtering looks at all of them; they are few beside what is annotated.
        let shown: Vec<&(usize, TagId, Vec<usize>)> = all.iter().filter(|(_, tag, _)| fits(tag)).collect();
        heading_ui(ui, &t!(cx, "disagreements", count = shown.len()));
        if let Some(only) = &self.only {
            ui.weak(t!(cx, "disagreements-only", tag = cx.tag_name_of(only).to_owned()));
        }
        ui.weak(t!(cx, "disagreements-hint"));
        let height = TALL * shown.len().min(8) as f32;
        let list =
            ScrollArea::vertical().id_salt("disagreements").max_height(height).auto_shrink([false, true]);
        ui.spacing_mut().item_spacing.y = 0.0;
        list.show_rows(ui, TALL, shown.len(), |ui, range| {
            for (at, tag, gave) in &shown[range] {
                disagreement_ui(ui, cx, agreed, *at, tag, gave);
            }
        });
    }
}

impl Rows {
    fn follow(&mut self, agreed: &Arc<Agreed>) {
        if self.made_from.as_ref().is_some_and(|known| Arc::ptr_eq(known, agreed)) {
            return;
        }
        let agreement = &agreed.agreement;
        self.figures = vec![(Name::Overall, agreement.overall)];
        let facets = agreement.by_facet.iter().map(|(id, figures)| (Name::Facet(id.clone()), *figures));
        let tags = agreement.by_tag.iter().map(|(id, figures)| (Name::Tag(id.clone()), *figures));
        self.figures.extend(facets.chain(tags));
        self.made_from = Some(agreed.clone());
    }
}

/// Whose annotations are compared.
fn coders_ui(ui: &mut Ui, cx: &Cx<'_>, scope: &Scope, coders: &[&Coder]) {
    ui.horizontal_wrapped(|ui| {
        ui.weak(t!(cx, "agreement-coders"));
        for &coder in coders {
            let mut on = scope.coders.contains(coder);
            if ui.checkbox(&mut on, coder.as_str()).changed() {
                let mut chosen = scope.coders.clone();
                if on {
                    chosen.insert(coder.clone())
                } else {
                    chosen.remove(coder)
                };
                send(cx, CodersCommand::SetScope(Scope { coders: chosen, ..scope.clone() }));
            }
        }
    });
}

/// On which plans.
fn plans_ui(ui: &mut Ui, cx: &Cx<'_>, scope: &Scope) {
    let Some(project) = &cx.app.project else { return };
    let shown = match &scope.plans {
        None => t!(cx, "agreement-all-plans"),
        Some(plans) => t!(cx, "agreement-some-plans", count = plans.len()),
    };
    ticking_menu(shown).ui(ui, |ui| {
        show_boxes(ui, cx);
        if ui.selectable_label(scope.plans.is_none(), t!(cx, "agreement-all-plans")).clicked() {
            send(cx, CodersCommand::SetScope(Scope { plans: None, ..scope.clone() }));
            ui.close();
        }
        // Opened on demand, so the list is made while the menu is open only.
        let coders: Vec<Coder> = scope.coders.iter().cloned().collect();
        let coded = project.coded_by_several(&coders);
        ScrollArea::vertical().id_salt("agreement-plans").max_height(360.0).show_rows(
            ui,
            ROW,
            coded.len(),
            |ui, range| {
                for &plan in &coded[range] {
                    let mut on = scope.plans.as_ref().is_some_and(|plans| plans.contains(&plan));
                    if ui.checkbox(&mut on, cx.plan_name(plan)).changed() {
                        let mut plans = scope.plans.clone().unwrap_or_default();
                        if on {
                            plans.insert(plan)
                        } else {
                            plans.remove(&plan)
                        };
                        let plans: Option<BTreeSet<_>> = (!plans.is_empty()).then_some(plans);
                        send(cx, CodersCommand::SetScope(Scope { plans, ..scope.clone() }));
                    }
                }
            },
        );
    });
}

fn head_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let heads =
        [t!(cx, "figure-n"), t!(cx, "figure-percent"), t!(cx, "figure-kappa"), t!(cx, "figure-alpha")];
    for (head, x) in heads.into_iter().zip(COLUMNS) {
        let at = pos2(rect.max.x - x, rect.center().y);
        ui.painter().text(at, Align2::RIGHT_CENTER, head, bold_font(12.5), cx.palette.muted);
    }
    let line = egui::Stroke::new(1.0, cx.palette.line);
    ui.painter().hline(rect.x_range(), rect.max.y, line);
}

/// A row of figures; tells whether it was clicked.
fn figures_row_ui(ui: &mut Ui, cx: &Cx<'_>, name: &Name, figures: &Figures, only: Option<&TagId>) -> bool {
    let is_tag = matches!(name, Name::Tag(_));
    let sense = if is_tag { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense);
    let shown = match name {
        Name::Overall => t!(cx, "agreement-overall"),
        Name::Facet(id) => facet_name(cx, id),
        Name::Tag(id) => cx.tag_name_of(id).to_owned(),
    };
    let values = [
        figures.units.to_string(),
        percent_words(cx, figures),
        figure_words(cx, figures.kappa, figures),
        figure_words(cx, figures.alpha, figures),
    ];
    let spoken = t!(
        cx,
        "agreement-row",
        tag = shown.clone(),
        n = values[0].clone(),
        percent = values[1].clone(),
        kappa = values[2].clone(),
        alpha = values[3].clone()
    );
    let chosen = matches!((name, only), (Name::Tag(tag), Some(only)) if tag == only);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, chosen, &spoken));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if chosen {
        painter.rect_filled(rect, 4.0, cx.palette.focus);
    } else if is_tag && (response.hovered() || response.has_focus()) {
        painter.rect_filled(rect, 4.0, cx.palette.hover);
    }
    let mut left = rect.min.x + 4.0;
    if let Name::Tag(id) = name {
        let hue = cx.tag(id).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue));
        painter.circle_filled(pos2(left + 12.0, rect.center().y), 4.0, hue);
        left += 22.0;
    }
    let font = if is_tag { regular_font(13.5) } else { bold_font(13.5) };
    let clip = painter.with_clip_rect(rect.with_max_x(rect.max.x - NAMES).intersect(ui.clip_rect()));
    clip.text(pos2(left, rect.center().y), Align2::LEFT_CENTER, shown, font, cx.palette.text);
    for (value, x) in values.into_iter().zip(COLUMNS) {
        let at = pos2(rect.max.x - x, rect.center().y);
        painter.text(at, Align2::RIGHT_CENTER, value, regular_font(13.5), cx.palette.text);
    }
    let hint = if is_tag { t!(cx, "agreement-row-hint") } else { spoken };
    response.on_hover_text(hint).clicked()
}

fn percent_words(cx: &Cx<'_>, figures: &Figures) -> String {
    figures.percent.map_or_else(|| t!(cx, "figure-none"), |share| format!("{:.1}%", share * 100.0))
}

/// A coefficient with three decimals; why there is none.
fn figure_words(cx: &Cx<'_>, figure: Option<f64>, figures: &Figures) -> String {
    match figure {
        Some(figure) => format!("{figure:.3}"),
        None if figures.units == 0 => t!(cx, "figure-none"),
        None => t!(cx, "figure-undefined"),
    }
}

/// A place where coders differ on a tag, with what can be done about it.
fn disagreement_ui(ui: &mut Ui, cx: &Cx<'_>, agreed: &Agreed, at: usize, tag: &TagId, gave: &[usize]) {
    let Some(place) = agreed.places.get(at) else { return };
    let names = |gives: bool| -> String {
        let coders = agreed.coders.iter().enumerate();
        let these = coders.filter(|(at, _)| gave.contains(at) == gives).map(|(_, coder)| coder.as_str());
        these.collect::<Vec<_>>().join("、")
    };
    let clause = format!("{} {}", cx.plan_name(place.plan), place.clause);
    let name = cx.tag_name_of(tag).to_owned();
    ui.allocate_ui(vec2(ui.available_width(), TALL), |ui| {
        ui.set_min_height(TALL);
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.horizontal(|ui| {
            if ui.link(RichText::new(&clause).font(bold_font(13.0))).clicked() {
                cx.send(super::open_at(place.plan, place.span));
            }
            let (rect, _) = ui.allocate_exact_size(vec2(12.0, 20.0), Sense::hover());
            let hue = cx.tag(tag).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue));
            ui.painter().circle_filled(rect.center(), 4.0, hue);
            ui.label(RichText::new(&name).font(bold_font(13.0)));
            ui.weak(t!(cx, "disagreement-who", gave = names(true), not = names(false)));
        });
        ui.horizontal(|ui| {
            let own = agreed.coders.iter().position(|coder| *coder == cx.app.coder());
            let has = own.map(|own| gave.contains(&own));
            let spoken = t!(cx, "disagreement-take-name", clause = clause.clone(), tag = name.clone());
            let take = egui::Button::new(t!(cx, "disagreement-take")).small();
            if ui.add_enabled(has != Some(true), take).accessible_name(spoken).clicked() {
                send(cx, CodersCommand::Resolve(at, tag.clone(), true));
            }
            let spoken = t!(cx, "disagreement-drop-name", clause = clause.clone(), tag = name.clone());
            let drop = egui::Button::new(t!(cx, "disagreement-drop")).small();
            if ui.add_enabled(has == Some(true), drop).accessible_name(spoken).clicked() {
                send(cx, CodersCommand::Resolve(at, tag.clone(), false));
            }
            ui.label(RichText::new(&place.words).font(regular_font(12.5)).color(cx.palette.muted));
        });
    });
}

/// The words of the exported table.
pub fn table_words(cx: &Cx<'_>) -> AgreementWords {
    AgreementWords {
        name: t!(cx, "agreement-heading"),
        head: [
            t!(cx, "figure-tag"),
            t!(cx, "figure-id"),
            t!(cx, "figure-n"),
            t!(cx, "figure-percent"),
            t!(cx, "figure-kappa"),
            t!(cx, "figure-alpha"),
        ],
        overall: t!(cx, "agreement-overall"),
        undefined: t!(cx, "figure-undefined"),
        english: cx.app.language() == Language::English,
    }
}
