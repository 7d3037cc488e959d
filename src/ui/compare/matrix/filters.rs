//! What the matrix counts: rows, tags or suggestions, and only items of a section, a department or another facet.

use super::super::send;
use crate::annotation::TagId;
use crate::app::{CompareCommand, Compared, Counting, MatrixRows, Side};
use crate::insight::Filter;
use crate::plan::{Kind, NodeIx};
use crate::ui::cx::{Cx, t};
use crate::ui::strings;
use egui::{ComboBox, Role, Ui, WidgetInfo};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many departments are offered.
const DEPARTMENTS: usize = 40;

/// What can be chosen, worked out once for each pair of plans.
#[derive(Default)]
pub struct Choices {
    key: Option<[Arc<crate::plan::Plan>; 2]>,
    /// By how many items they have, the most first.
    departments: Vec<String>,
    /// Sections of A and B with their headings.
    sections: [Vec<(NodeIx, String)>; 2],
}

impl Choices {
    /// Shows the choices in one line, or more where there is no room.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared) {
        self.follow(compared);
        ui.horizontal_wrapped(|ui| {
            rows_ui(ui, cx);
            counting_ui(ui, cx, compared);
            let filter = &cx.app.view.compare.filter;
            tag_ui(ui, cx, filter);
            for side in Side::BOTH {
                self.section_ui(ui, cx, side, filter);
            }
            self.department_ui(ui, cx, filter);
            if *filter != Filter::default() && ui.button(t!(cx, "cmp-filter-clear")).clicked() {
                send(cx, CompareCommand::Filter(Filter::default()));
            }
        });
    }

    fn follow(&mut self, compared: &Compared) {
        let plans = &compared.plans;
        let current = self
            .key
            .as_ref()
            .is_some_and(|key| Arc::ptr_eq(&key[0], &plans[0]) && Arc::ptr_eq(&key[1], &plans[1]));
        if current {
            return;
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for departments in
            plans.iter().flat_map(|plan| &plan.outline.nodes).filter_map(|n| n.departments.as_ref())
        {
            for name in departments.lead.iter().chain(&departments.others) {
                *counts.entry(name).or_default() += 1;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        self.departments = counts.into_iter().take(DEPARTMENTS).map(|(name, _)| name.to_owned()).collect();
        self.sections = [0, 1].map(|side: usize| {
            let plan = &plans[side];
            let sections = plan.outline.iter().filter(|(_, node)| {
                node.kind == Kind::Section && node.level <= 2 && !node.heading.is_empty()
            });
            sections
                .map(|(ix, node)| {
                    let number = plan.text.slice(node.number).trim();
                    let heading: String = node.heading.read(&plan.text).chars().take(24).collect();
                    (ix, format!("{number}{heading}"))
                })
                .collect()
        });
        self.key = Some(plans.clone());
    }

    fn section_ui(&self, ui: &mut Ui, cx: &Cx<'_>, side: Side, filter: &Filter) {
        let sections = &self.sections[side.index()];
        if sections.is_empty() {
            return;
        }
        let chosen = if side == Side::A { filter.section_a } else { filter.section_b };
        let all = match side {
            Side::A => t!(cx, "cmp-section-a"),
            Side::B => t!(cx, "cmp-section-b"),
        };
        let heading = |ix: NodeIx| sections.iter().find(|(at, _)| *at == ix).map(|(_, words)| words.clone());
        let shown = chosen.and_then(heading).unwrap_or_else(|| all.clone());
        choice_ui(ui, ("section", side), &all, &shown, |ui| {
            let choose = |section: Option<NodeIx>| {
                let mut filter = filter.clone();
                *(if side == Side::A { &mut filter.section_a } else { &mut filter.section_b }) = section;
                send(cx, CompareCommand::Filter(filter));
            };
            if ui.selectable_label(chosen.is_none(), &all).clicked() {
                choose(None);
            }
            for (ix, words) in sections {
                if ui.selectable_label(chosen == Some(*ix), words).clicked() {
                    choose(Some(*ix));
                }
            }
        });
    }

    fn department_ui(&self, ui: &mut Ui, cx: &Cx<'_>, filter: &Filter) {
        if self.departments.is_empty() {
            return;
        }
        let all = t!(cx, "cmp-department");
        let shown = filter.department.clone().unwrap_or_else(|| all.clone());
        choice_ui(ui, "department", &all, &shown, |ui| {
            let choose = |department: Option<String>| {
                send(cx, CompareCommand::Filter(Filter { department, ..filter.clone() }));
            };
            if ui.selectable_label(filter.department.is_none(), &all).clicked() {
                choose(None);
            }
            for name in &self.departments {
                if ui.selectable_label(filter.department.as_ref() == Some(name), name).clicked() {
                    choose(Some(name.clone()));
                }
            }
        });
    }
}

/// A choice in a box, named for what it chooses and what is chosen.
fn choice_ui(
    ui: &mut Ui,
    salt: impl std::hash::Hash + std::fmt::Debug,
    name: &str,
    shown: &str,
    contents: impl FnOnce(&mut Ui),
) {
    let words: String = shown.chars().take(14).collect();
    let combo = ComboBox::from_id_salt(salt).selected_text(words).width(96.0).height(420.0);
    let response = combo.show_ui(ui, contents).response;
    let spoken = if name == shown { name.to_owned() } else { format!("{name}: {shown}") };
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &spoken));
    response.on_hover_text(spoken);
}

fn rows_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(project) = &cx.app.project else { return };
    let chosen = &cx.app.view.compare.rows;
    let mut choices: Vec<(MatrixRows, String)> = project
        .codebook
        .facets
        .iter()
        .map(|facet| (MatrixRows::Facet(facet.id.clone()), strings::facet(cx, facet)))
        .collect();
    choices.insert(1.min(choices.len()), (MatrixRows::Domains, t!(cx, "cmp-rows-domains")));
    let name = t!(cx, "cmp-rows");
    let shown =
        choices.iter().find(|(rows, _)| rows == chosen).map_or(name.clone(), |(_, words)| words.clone());
    choice_ui(ui, "rows", &name, &shown, |ui| {
        for (rows, words) in choices {
            if ui.selectable_label(rows == *chosen, words).clicked() {
                send(cx, CompareCommand::Rows(rows));
            }
        }
    });
}

fn counting_ui(ui: &mut Ui, cx: &Cx<'_>, compared: &Compared) {
    for (counting, name, hint) in [
        (Counting::Tagged, t!(cx, "cmp-count-tags"), t!(cx, "cmp-count-tags-hint")),
        (Counting::Suggested, t!(cx, "cmp-count-suggestions"), t!(cx, "cmp-count-suggestions-hint")),
    ] {
        let chosen = cx.app.view.compare.counting.unwrap_or(compared.counting) == counting;
        if ui.selectable_label(chosen, name).on_hover_text(hint).clicked() {
            send(cx, CompareCommand::Counting(counting));
        }
    }
}

/// Only items that carry a tag of another facet than the rows: an instrument, a population.
fn tag_ui(ui: &mut Ui, cx: &Cx<'_>, filter: &Filter) {
    let Some(project) = &cx.app.project else { return };
    let book = &project.codebook;
    let chosen = filter.tags.first();
    let all = t!(cx, "cmp-any-tag");
    let shown = chosen.map_or_else(|| all.clone(), |tag| cx.tag_name_of(tag).to_owned());
    choice_ui(ui, "filter-tag", &all, &shown, |ui| {
        let choose = |tags: Vec<TagId>| {
            send(cx, CompareCommand::Filter(Filter { tags, ..filter.clone() }));
        };
        if ui.selectable_label(chosen.is_none(), &all).clicked() {
            choose(Vec::new());
        }
        for facet in book.facets.iter().filter(|facet| facet.id != "theme") {
            ui.weak(strings::facet(cx, facet));
            for tag in book.tags.iter().filter(|tag| tag.facet == facet.id) {
                if ui.selectable_label(chosen == Some(&tag.id), cx.tag_name(tag)).clicked() {
                    choose(vec![tag.id.clone()]);
                }
            }
        }
    });
}
