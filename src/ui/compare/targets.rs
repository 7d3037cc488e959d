//! Targets: a row per indicator, baseline and aim of both cities, the gap where the two can be set against each other,
//! and below it the words of the row in focus.

use super::row::row_ui;
use super::words::elided;
use super::{item, keys, send, side};
use crate::app::{CompareCommand, Compared, Side};
use crate::export::target_words;
use crate::insight::{Aim, Difference, Standing, TargetRow};
use crate::plan::{Indicators, Target};
use crate::project::LinkStatus;
use crate::ui::cx::{Cx, t};
use crate::ui::theme::{bold_font, regular_font};
use egui::{Align2, Frame, Key, Margin, Panel, Rect, RichText, ScrollArea, Ui, pos2, vec2};
use std::sync::Arc;

const ROW: f32 = 34.0;

/// A line of the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// The head of a group, with its number of rows.
    Group(Group, usize),
    /// A row, by its index.
    Row(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Comparable,
    Different,
    OnlyA,
    OnlyB,
}

fn group(row: &TargetRow) -> Group {
    match row.standing {
        Standing::Comparable { .. } => Group::Comparable,
        Standing::Different(_) => Group::Different,
        Standing::OnlyA => Group::OnlyA,
        Standing::OnlyB => Group::OnlyB,
    }
}

/// The view.
#[derive(Default)]
pub struct TargetsView {
    key: Option<Arc<Compared>>,
    lines: Vec<Line>,
    /// The row in focus, by its index.
    focus: Option<usize>,
    /// The row that the next click pairs with.
    pairing: Option<usize>,
    scroll_to_focus: bool,
}

impl TargetsView {
    /// Shows table and detail.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Arc<Compared>) {
        self.follow(compared);
        self.read_keys(ui, cx, compared);
        let frame = Frame::new().fill(cx.palette.panel).inner_margin(Margin::symmetric(12, 4));
        Panel::top("target-head").frame(frame).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                if self.pairing.is_some() {
                    ui.label(RichText::new(t!(cx, "cmp-pairing")).color(cx.palette.caution));
                } else {
                    ui.weak(t!(cx, "cmp-target-keys"));
                }
            });
        });
        // Until a row is chosen all rows have the room.
        if let Some(row) = self.focus.and_then(|at| compared.comparison.targets.get(at)) {
            let height = (ui.available_height() * 0.32).clamp(110.0, 240.0);
            Panel::bottom("target-detail").frame(frame).exact_size(height).show(ui, |ui| {
                self.detail_ui(ui, cx, compared, row);
            });
        }
        heads_ui(ui, cx, compared);
        self.lines_ui(ui, cx, compared);
    }

    fn follow(&mut self, compared: &Arc<Compared>) {
        if self.key.as_ref().is_some_and(|at| Arc::ptr_eq(at, compared)) {
            return;
        }
        let rows = &compared.comparison.targets;
        self.lines.clear();
        for wanted in [Group::Comparable, Group::Different, Group::OnlyA, Group::OnlyB] {
            let of_group: Vec<usize> = (0..rows.len()).filter(|&at| group(&rows[at]) == wanted).collect();
            self.lines.push(Line::Group(wanted, of_group.len()));
            self.lines.extend(of_group.into_iter().map(Line::Row));
        }
        // The same row may stand elsewhere now: it is known by its targets.
        let before = self.key.take().zip(self.focus).and_then(|(before, at)| {
            before.comparison.targets.get(at).map(|row| (row.a.clone(), row.b.clone()))
        });
        self.focus = before.and_then(|(a, b)| {
            let same = |row: &TargetRow| (a.is_some() && row.a == a) || (b.is_some() && row.b == b);
            rows.iter().position(same)
        });
        self.pairing = None;
        self.key = Some(compared.clone());
    }

    fn read_keys(&mut self, ui: &Ui, cx: &Cx<'_>, compared: &Compared) {
        let steps = keys::steps(ui);
        let rows: Vec<usize> = self
            .lines
            .iter()
            .filter_map(|line| if let Line::Row(at) = line { Some(*at) } else { None })
            .collect();
        if steps != 0 {
            let at = rows.iter().position(|&at| Some(at) == self.focus);
            if let Some(to) = keys::step(at, steps, rows.len()) {
                self.focus = Some(rows[to]);
                self.scroll_to_focus = true;
            }
        }
        if keys::pressed(ui, Key::P) {
            match (self.pairing, self.focus) {
                (Some(first), Some(second)) if first != second => self.pair(cx, compared, first, second),
                (Some(_), _) => self.pairing = None,
                (None, focus) => self.pairing = focus,
            }
        }
        if keys::pressed(ui, Key::Escape) {
            // First out of pairing, then out of the row.
            self.focus = self.focus.filter(|_| self.pairing.is_some());
            self.pairing = None;
        }
        if keys::pressed(ui, Key::X)
            && let Some(row) = self.focus.and_then(|at| compared.comparison.targets.get(at))
        {
            part(cx, compared, row);
        }
    }

    /// Says that the targets of two rows are on one indicator.
    fn pair(&mut self, cx: &Cx<'_>, compared: &Compared, first: usize, second: usize) {
        self.pairing = None;
        let rows = &compared.comparison.targets;
        let aim = |at: usize, side: Side| {
            aim(&rows[at], side).and_then(main).and_then(|i| target(compared, side, i))
        };
        let both = aim(first, Side::A)
            .zip(aim(second, Side::B))
            .or_else(|| aim(second, Side::A).zip(aim(first, Side::B)));
        if let Some((a, b)) = both {
            send(cx, CompareCommand::JudgeTargets(LinkStatus::Confirmed, a.span, b.span));
        }
    }

    fn lines_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().id_salt("targets").auto_shrink(false);
        if std::mem::take(&mut self.scroll_to_focus)
            && let Some(place) =
                self.lines.iter().position(|line| *line == Line::Row(self.focus.unwrap_or(0)))
        {
            area = area.vertical_scroll_offset((place as f32 * ROW - ui.available_height() * 0.4).max(0.0));
        }
        let lines = std::mem::take(&mut self.lines);
        area.show_rows(ui, ROW, lines.len(), |ui, range| {
            for line in &lines[range] {
                match *line {
                    Line::Group(group, count) => group_ui(ui, cx, group, count),
                    Line::Row(at) => self.row_ui(ui, cx, compared, at),
                }
            }
        });
        self.lines = lines;
    }

    fn row_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, at: usize) {
        let row = &compared.comparison.targets[at];
        let values = Side::BOTH.map(|side| aim_words(compared, side, aim(row, side)));
        let name = indicator_name(cx, row);
        let (gap, color) = standing_words(cx, row);
        let spoken = format!("{name}: A {}; B {}; {gap}", values[0], values[1]);
        let (rect, response) = row_ui(ui, cx, ROW, self.focus == Some(at), &spoken);
        let columns = columns(rect.shrink2(vec2(12.0, 0.0)));
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let middle = rect.center().y;
        let put = |words: &str, column: Rect, color, right: bool| {
            let galley = elided(ui, words, regular_font(13.5), color, (column.width() - 8.0, 1));
            let x = if right { column.max.x - galley.size().x - 6.0 } else { column.min.x };
            painter.galley(pos2(x, middle - galley.size().y / 2.0), galley, color);
        };
        put(&name, columns[0], cx.palette.text, false);
        put(&values[0], columns[1], cx.palette.text, true);
        let words = elided(ui, &gap, bold_font(13.0), color, (columns[2].width() - 6.0, 1));
        painter.galley(columns[2].center() - words.size() / 2.0, words, color);
        put(&values[1], columns[3], cx.palette.text, false);
        ui.painter().hline(rect.x_range(), rect.max.y, egui::Stroke::new(0.5, cx.palette.line));
        if response.on_hover_text(spoken).clicked() {
            match self.pairing {
                Some(first) if first != at => self.pair(cx, compared, first, at),
                _ => self.focus = Some(at),
            }
        }
    }

    /// The words of the row in focus, on both sides, each leading to its clause.
    fn detail_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, row: &TargetRow) {
        ui.horizontal(|ui| {
            ui.label(RichText::new(indicator_name(cx, row)).font(bold_font(15.0)));
            let (words, color) = standing_words(cx, row);
            ui.label(RichText::new(words).color(color));
            if matches!(row.standing, Standing::OnlyA | Standing::OnlyB) {
                if ui.button(t!(cx, "cmp-pair")).on_hover_text(t!(cx, "cmp-pair-hint")).clicked() {
                    self.pairing = self.focus;
                }
            } else if ui.button(t!(cx, "cmp-part")).on_hover_text(t!(cx, "cmp-part-hint")).clicked() {
                part(cx, compared, row);
            }
        });
        ui.columns(2, |columns| {
            for (ui, side) in columns.iter_mut().zip(Side::BOTH) {
                let area = ScrollArea::vertical().id_salt(("target-detail", side)).auto_shrink(false);
                area.show(ui, |ui| wording_ui(ui, cx, compared, side, aim(row, side)));
            }
        });
    }
}

fn aim(row: &TargetRow, side: Side) -> Option<&Aim> {
    match side {
        Side::A => row.a.as_ref(),
        Side::B => row.b.as_ref(),
    }
}

/// The target that stands for an aim: the last year's, else the baseline.
fn main(aim: &Aim) -> Option<usize> {
    aim.target.or(aim.baseline)
}

fn target(compared: &Compared, side: Side, index: usize) -> Option<&Target> {
    compared.plan(side).targets.get(index)
}

/// Says that the two targets of a row are not on one indicator, or takes back that they are.
fn part(cx: &Cx<'_>, compared: &Compared, row: &TargetRow) {
    let of = |side: Side| aim(row, side).and_then(main).and_then(|index| target(compared, side, index));
    if let Some((a, b)) = of(Side::A).zip(of(Side::B)) {
        send(cx, CompareCommand::JudgeTargets(LinkStatus::Rejected, a.span, b.span));
    }
}

/// Indicator, A, gap, B.
fn columns(rect: Rect) -> [Rect; 4] {
    let shares = [0.34, 0.24, 0.18, 0.24];
    let mut x = rect.min.x;
    shares.map(|share| {
        let column = Rect::from_min_max(pos2(x, rect.min.y), pos2(x + rect.width() * share, rect.max.y));
        x = column.max.x;
        column
    })
}

fn heads_ui(ui: &mut Ui, cx: &Cx<'_>, compared: &Compared) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), egui::Sense::hover());
    let columns = columns(rect.shrink2(vec2(12.0, 0.0)));
    let painter = ui.painter();
    let heads = [t!(cx, "table-indicator"), t!(cx, "cmp-gap")];
    let font = || bold_font(12.5);
    let at = |column: Rect| pos2(column.min.x, column.center().y);
    painter.text(at(columns[0]), Align2::LEFT_CENTER, &heads[0], font(), cx.palette.muted);
    painter.text(columns[2].center(), Align2::CENTER_CENTER, &heads[1], font(), cx.palette.muted);
    let name = |side: Side| format!("{} {}", side::letter(side), cx.plan_name(compared.ids[side.index()]));
    let right = pos2(columns[1].max.x - 6.0, rect.center().y);
    painter.text(right, Align2::RIGHT_CENTER, name(Side::A), font(), side::color(cx, Side::A));
    painter.text(at(columns[3]), Align2::LEFT_CENTER, name(Side::B), font(), side::color(cx, Side::B));
    painter.hline(rect.x_range(), rect.max.y, egui::Stroke::new(1.0, cx.palette.line));
}

fn group_ui(ui: &mut Ui, cx: &Cx<'_>, group: Group, count: usize) {
    let name = match group {
        Group::Comparable => t!(cx, "cmp-comparable", count = count),
        Group::Different => t!(cx, "cmp-different", count = count),
        Group::OnlyA => t!(cx, "cmp-targets-only-a", count = count),
        Group::OnlyB => t!(cx, "cmp-targets-only-b", count = count),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
    ui.painter().rect_filled(rect, 0.0, cx.palette.panel);
    let at = pos2(rect.min.x + 12.0, rect.center().y);
    ui.painter().text(at, Align2::LEFT_CENTER, name, bold_font(13.5), cx.palette.text);
}

/// The canonical name in the language of the interface; the plan's words where there is none.
fn indicator_name(cx: &Cx<'_>, row: &TargetRow) -> String {
    let indicator = row.canonical.as_deref().and_then(|id| Indicators::builtin().get(id));
    match (indicator, cx.app.language()) {
        (Some(indicator), crate::app::Language::English) => indicator.en.clone(),
        _ => row.name.clone(),
    }
}

/// `77.3 → ≥78.5岁(2020)`
fn aim_words(compared: &Compared, side: Side, aim: Option<&Aim>) -> String {
    let Some(aim) = aim else { return "—".to_owned() };
    let words =
        |index: Option<usize>| index.and_then(|index| target(compared, side, index)).map(target_words);
    match (words(aim.baseline), words(aim.target)) {
        (Some(baseline), Some(target)) => format!("{baseline} → {target}"),
        (Some(baseline), None) => format!("{baseline} → …"),
        (None, target) => target.unwrap_or_default(),
    }
}

/// The gap from A to B with who is ahead, or why there is none.
fn standing_words(cx: &Cx<'_>, row: &TargetRow) -> (String, egui::Color32) {
    match &row.standing {
        Standing::Comparable { gap, advantage_b } => {
            let number = format!("{gap:+.4}");
            let number = number.trim_end_matches('0').trim_end_matches('.').to_owned();
            let number = if gap.abs() < 1e-9 { "0".to_owned() } else { number };
            match advantage_b {
                Some(better) if *better > 1e-9 => {
                    (t!(cx, "cmp-gap-ahead", gap = number, side = "B"), cx.palette.side_b)
                }
                Some(better) if *better < -1e-9 => {
                    (t!(cx, "cmp-gap-ahead", gap = number, side = "A"), cx.palette.side_a)
                }
                _ => (number, cx.palette.muted),
            }
        }
        Standing::Different(differences) => {
            let named = differences.iter().map(|difference| match difference {
                Difference::Year => t!(cx, "cmp-differs-year"),
                Difference::Unit => t!(cx, "cmp-differs-unit"),
                Difference::Kind => t!(cx, "cmp-differs-kind"),
                Difference::Base => t!(cx, "cmp-differs-base"),
                Difference::Bound => t!(cx, "cmp-differs-bound"),
                Difference::Value => t!(cx, "cmp-differs-value"),
                Difference::Aim => t!(cx, "cmp-differs-aim"),
            });
            let named: Vec<_> = named.collect();
            (t!(cx, "cmp-differs", what = named.join(" · ")), cx.palette.caution)
        }
        Standing::OnlyA => (t!(cx, "cmp-only-a"), cx.palette.side_a),
        Standing::OnlyB => (t!(cx, "cmp-only-b"), cx.palette.side_b),
    }
}

/// The original wording of an aim: target, baseline, and what else the plan says on it.
fn wording_ui(ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, side: Side, aim: Option<&Aim>) {
    let Some(aim) = aim else {
        let plan = cx.plan_name(compared.ids[side.index()]);
        ui.label(RichText::new(t!(cx, "cmp-no-target", plan = plan)).color(cx.palette.caution));
        return;
    };
    let mut shown: Vec<crate::text::Span> = Vec::new();
    for index in aim.target.into_iter().chain(aim.baseline).chain(aim.others.iter().copied()) {
        let Some(target) = target(compared, side, index) else { continue };
        if shown.contains(&target.span) {
            continue;
        }
        shown.push(target.span);
        item::quotation_ui(ui, cx, compared, side, target.node, target.span);
    }
}
