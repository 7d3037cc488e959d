//! On top of every view: what is compared (genre, years, length, items of both), what to mind, and which view.

use super::export_bar::ExportBar;
use super::{send, side};
use crate::app::{Command, CompareCommand, CompareView, Side};
use crate::insight::Caution;
use crate::project::PlanId;
use crate::ui::actions::VIEWS;
use crate::ui::cx::{Cx, t};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::strings;
use egui::{Align, Layout, RichText, Role, ScrollArea, Ui, WidgetInfo, vec2};

/// Both plans, each with its facts; between them the button that swaps them.
pub fn header_ui(ui: &mut Ui, cx: &Cx<'_>, order: &[PlanId]) {
    ui.horizontal(|ui| {
        let half = (ui.available_width() - 46.0) / 2.0;
        side_ui(ui, cx, Side::A, order, half);
        if icon_button(ui, Icon::Swap, &t!(cx, "swap-sides"), true).clicked() {
            cx.send(Command::SwapSides);
        }
        side_ui(ui, cx, Side::B, order, half);
    });
}

/// Letter, choice of plan, and its facts.
fn side_ui(ui: &mut Ui, cx: &Cx<'_>, side: Side, order: &[PlanId], width: f32) {
    let chosen = cx.app.view.compare.side(side);
    ui.allocate_ui_with_layout(vec2(width, 28.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(width);
        let (badge, _) = ui.allocate_exact_size(vec2(20.0, 20.0), egui::Sense::hover());
        side::badge(ui.painter(), cx, side, badge.center());
        let name = chosen.map_or_else(|| t!(cx, "choose-plan"), |id| cx.plan_name(id));
        let shown = RichText::new(name.as_str()).strong();
        let choose = ui.menu_button(shown, |ui| {
            ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
                for &id in order {
                    let row = ui.selectable_label(chosen == Some(id), cx.plan_name(id));
                    if row.on_hover_text(cx.plan_title(id)).clicked() {
                        cx.send(Command::SetSide(side, id));
                        ui.close();
                    }
                }
            });
        });
        let spoken = match side {
            Side::A => t!(cx, "side-a", plan = name),
            Side::B => t!(cx, "side-b", plan = name),
        };
        choose.response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
        if let Some(id) = chosen {
            let facts = facts(cx, side, id);
            let label = egui::Label::new(RichText::new(&facts).color(cx.palette.muted)).truncate();
            ui.add(label).on_hover_text(format!("{}\n{facts}", cx.plan_title(id)));
        }
    });
}

/// `工作要点 · 2017 · 12345 字 · 35 条`
fn facts(cx: &Cx<'_>, side: Side, id: PlanId) -> String {
    let metadata = cx.record(id).map(|record| &record.metadata);
    let genre = metadata.and_then(|m| m.genre.as_ref()).map(|fact| strings::genre(cx, fact.value));
    let years = metadata.and_then(|m| m.years.as_ref()).map(|fact| match fact.value {
        (from, to) if from == to => from.to_string(),
        (from, to) => format!("{from}–{to}"),
    });
    let length = cx.app.plan(id).map(|open| t!(cx, "cmp-length", count = open.plan.text.len()));
    let items = cx.app.compared().map(|compared| t!(cx, "item-count", count = compared.items(side).len()));
    [genre, years, length, items].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The views, what to mind, pairs compared lately, and the export.
pub fn views_ui(ui: &mut Ui, cx: &Cx<'_>, export: &mut ExportBar) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (view, action) in VIEWS {
            let chosen = cx.app.view.compare.view == view;
            let tab = ui.selectable_label(chosen, RichText::new((action.name)(cx)).size(14.0));
            if tab.on_hover_text(action.hint(cx)).clicked() {
                action.run(cx);
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            export.button_ui(ui, cx);
            recent_ui(ui, cx);
            if cx.app.is_comparing() {
                ui.spinner().on_hover_text(t!(cx, "cmp-updating"));
            }
            cautions_ui(ui, cx);
        });
    });
}

/// The name of a view.
pub fn view_name(cx: &Cx<'_>, view: CompareView) -> String {
    VIEWS.iter().find(|(known, _)| *known == view).map(|(_, action)| (action.name)(cx)).unwrap_or_default()
}

/// What makes the two hard to set side by side.
fn cautions_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(compared) = cx.app.compared() else { return };
    let mut words: Vec<String> = compared
        .comparison
        .cautions
        .iter()
        .map(|caution| match *caution {
            Caution::Genre => t!(cx, "cmp-caution-genre"),
            Caution::Years => t!(cx, "cmp-caution-years"),
            Caution::Length(ratio) => t!(cx, "cmp-caution-length", ratio = format!("{ratio:.1}")),
            Caution::FewItems => t!(cx, "cmp-caution-items"),
        })
        .collect();
    if compared.unanchored > 0 {
        words.push(t!(cx, "cmp-caution-unanchored", count = compared.unanchored));
    }
    if words.is_empty() {
        return;
    }
    let words = words.join(" · ");
    let label = egui::Label::new(RichText::new(&words).color(cx.palette.caution)).truncate();
    ui.add(label).on_hover_text(words);
}

fn recent_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let known = |id: PlanId| cx.record(id).is_some();
    let compare = &cx.app.view.compare;
    let now = compare.a.zip(compare.b);
    let recent = cx.app.settings.recent_pairs.iter().filter(|&&(a, b)| known(a) && known(b));
    let recent: Vec<_> = recent.filter(|&&pair| Some(pair) != now).take(8).collect();
    if recent.is_empty() {
        return;
    }
    ui.menu_button(t!(cx, "cmp-recent"), |ui| {
        for &(a, b) in recent {
            if ui.button(format!("{} — {}", cx.plan_name(a), cx.plan_name(b))).clicked() {
                send(cx, CompareCommand::Pair(a, b));
                ui.close();
            }
        }
    });
}
