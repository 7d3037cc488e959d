//! The theme matrix: a row per tag, what A and B have on it, and below it the words of the row in focus.
//!
//! Read in this order: here (the rows), `filters` (what is counted), `detail` (the row in focus).

mod detail;
mod filters;

use super::words::elided;
use super::{keys, row, send, side};
use crate::annotation::TagId;
use crate::app::{CompareCommand, CompareView, Compared, Counting, Side};
use crate::insight::{Cell, MatrixRow, Presence, Subject};
use crate::ui::cx::{Cx, t};
use crate::ui::icons;
use crate::ui::strings;
use crate::ui::theme::{bold_font, regular_font};
use egui::{Align2, Frame, Key, Margin, Panel, Rect, ScrollArea, Ui, pos2, vec2};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Height of a row: two lines of quotation.
const ROW: f32 = 42.0;
/// Points a level of the tree is set in.
const INDENT: f32 = 14.0;

/// The rows as they are shown, kept until what they depend on changes.
#[derive(Default)]
pub struct MatrixView {
    key: Option<(Arc<Compared>, Option<Presence>, BTreeSet<TagId>)>,
    /// Indices of the rows shown.
    shown: Vec<usize>,
    /// By row: whether it has rows beneath it.
    parents: Vec<bool>,
    /// Number of rows without rows beneath: all, both, only A, only B, neither.
    counts: [usize; 5],
    /// The greatest share, at which a bar is full.
    scale: f32,
    choices: filters::Choices,
    scroll_to_focus: bool,
}

/// Where the columns of a row lie.
struct Columns {
    name: Rect,
    /// Quotation, strength and bar, by side.
    quote: [Rect; 2],
    strength: [Rect; 2],
    bar: [Rect; 2],
    difference: Rect,
}

impl Columns {
    fn of(rect: Rect) -> Self {
        let name = (rect.width() * 0.21).clamp(170.0, 300.0);
        let (middle, strength) = (66.0, 36.0);
        let half = (rect.width() - name - middle) / 2.0;
        let bar = ((half - strength) * 0.4).clamp(70.0, 240.0);
        let quote = half - strength - bar;
        let mut x = rect.min.x;
        let mut next = |width: f32| {
            let column = Rect::from_min_max(pos2(x, rect.min.y), pos2(x + width, rect.max.y));
            x += width;
            column
        };
        let name = next(name);
        let (quote_a, strength_a, bar_a) = (next(quote), next(strength), next(bar));
        let difference = next(middle);
        let (bar_b, strength_b, quote_b) = (next(bar), next(strength), next(quote));
        Self {
            name,
            quote: [quote_a, quote_b],
            strength: [strength_a, strength_b],
            bar: [bar_a, bar_b],
            difference,
        }
    }
}

impl MatrixView {
    /// Shows filters, rows, and the row in focus.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Arc<Compared>) {
        self.follow(cx, compared);
        self.read_keys(ui, cx, compared);
        let frame = Frame::new().fill(cx.palette.panel).inner_margin(Margin::symmetric(12, 4));
        Panel::top("matrix-filters").frame(frame).show(ui, |ui| {
            self.choices.show_ui(ui, cx, compared);
            self.groups_ui(ui, cx);
        });
        let chosen = cx.app.view.compare.subject.as_ref();
        let rows = &compared.matrix.rows;
        if let Some(found) = chosen.and_then(|subject| rows.iter().find(|row| row.subject == *subject)) {
            let height = (ui.available_height() * 0.34).clamp(120.0, 260.0);
            Panel::bottom("matrix-detail").frame(frame).exact_size(height).show(ui, |ui| {
                detail::detail_ui(ui, cx, compared, found);
            });
        }
        heads_ui(ui, cx, compared);
        self.rows_ui(ui, cx, compared);
    }

    /// Makes the rows anew when something they depend on changed.
    fn follow(&mut self, cx: &Cx<'_>, compared: &Arc<Compared>) {
        let compare = &cx.app.view.compare;
        let current = self.key.as_ref().is_some_and(|(at, presence, folded)| {
            Arc::ptr_eq(at, compared) && *presence == compare.presence && *folded == compare.folded
        });
        if current {
            return;
        }
        let rows = &compared.matrix.rows;
        let next_deeper = |at: usize| rows.get(at + 1).is_some_and(|next| next.depth > rows[at].depth);
        self.parents = (0..rows.len()).map(next_deeper).collect();
        self.scale = rows.iter().flat_map(|row| [row.a.share, row.b.share]).fold(0.01, f32::max);
        self.counts = [0; 5];
        for row in rows.iter().zip(&self.parents).filter(|(_, parent)| !**parent).map(|(row, _)| row) {
            self.counts[0] += 1;
            self.counts[1 + row.presence() as usize] += 1;
        }
        self.shown.clear();
        let mut folded_at = u8::MAX;
        for (at, row) in rows.iter().enumerate() {
            if let Some(presence) = compare.presence {
                if row.presence() == presence && !self.parents[at] {
                    self.shown.push(at);
                }
                continue;
            }
            if row.depth > folded_at {
                continue;
            }
            folded_at = match &row.subject {
                Subject::Tag(tag) if compare.folded.contains(tag) => row.depth,
                _ => u8::MAX,
            };
            self.shown.push(at);
        }
        self.key = Some((compared.clone(), compare.presence, compare.folded.clone()));
    }

    fn read_keys(&mut self, ui: &Ui, cx: &Cx<'_>, compared: &Compared) {
        let compare = &cx.app.view.compare;
        let rows = &compared.matrix.rows;
        let at = self.shown.iter().position(|&at| Some(&rows[at].subject) == compare.subject.as_ref());
        let steps = keys::steps(ui);
        if steps != 0
            && let Some(to) = keys::step(at, steps, self.shown.len())
        {
            send(cx, CompareCommand::Subject(Some(rows[self.shown[to]].subject.clone())));
            self.scroll_to_focus = true;
        }
        let folds = keys::pressed(ui, Key::H) || keys::pressed(ui, Key::L);
        if folds
            && let Some(at) = at
            && self.parents[self.shown[at]]
            && let Some(Subject::Tag(tag)) = &compare.subject
        {
            send(cx, CompareCommand::Fold(tag.clone()));
        }
        if compare.subject.is_some() && keys::pressed(ui, Key::Escape) {
            send(cx, CompareCommand::Subject(None));
        }
        if compare.subject.is_some() && keys::arrow(ui, Key::Enter) {
            send(cx, CompareCommand::View(CompareView::Reading));
        }
    }

    /// Who has what: all, both, only A, only B, neither, each with its number.
    fn groups_ui(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let compare = &cx.app.view.compare;
        ui.horizontal_wrapped(|ui| {
            let groups = [
                (None, t!(cx, "cmp-all")),
                (Some(Presence::Both), t!(cx, "cmp-both")),
                (Some(Presence::OnlyA), t!(cx, "cmp-only-a")),
                (Some(Presence::OnlyB), t!(cx, "cmp-only-b")),
                (Some(Presence::Neither), t!(cx, "cmp-neither")),
            ];
            for ((presence, name), count) in groups.into_iter().zip(self.counts) {
                let chosen = compare.presence == presence;
                if ui.selectable_label(chosen, format!("{name} {count}")).clicked() {
                    send(cx, CompareCommand::Presence(presence));
                }
            }
        });
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared) {
        if self.shown.is_empty() {
            ui.centered_and_justified(|ui| ui.label(t!(cx, "cmp-no-rows")));
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().id_salt("matrix").auto_shrink(false);
        if std::mem::take(&mut self.scroll_to_focus) {
            let subject = cx.app.view.compare.subject.as_ref();
            let rows = &compared.matrix.rows;
            if let Some(at) = self.shown.iter().position(|&at| Some(&rows[at].subject) == subject) {
                let room = ui.available_height();
                let offset = (at as f32 * ROW - room * 0.4).max(0.0);
                area = area.vertical_scroll_offset(offset);
            }
        }
        area.show_rows(ui, ROW, self.shown.len(), |ui, range| {
            for &at in &self.shown[range] {
                self.row_ui(ui, cx, compared, at);
            }
        });
    }

    fn row_ui(&self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, at: usize) {
        let found = &compared.matrix.rows[at];
        let compare = &cx.app.view.compare;
        let name = subject_name(cx, &found.subject);
        let chosen = compare.subject.as_ref() == Some(&found.subject);
        let (rect, response) = row::row_ui(ui, cx, ROW, chosen, &spoken(cx, &name, found));
        let columns = Columns::of(rect.shrink2(vec2(12.0, 0.0)));
        let flat = compare.presence.is_some();
        let indent = if flat { 0.0 } else { f32::from(found.depth) * INDENT };
        let middle = rect.center().y;
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let fold = Rect::from_center_size(pos2(columns.name.min.x + indent + 6.0, middle), vec2(20.0, ROW));
        let open = !matches!(&found.subject, Subject::Tag(tag) if compare.folded.contains(tag));
        if self.parents[at] && !flat {
            icons::disclosure(&painter, fold.center(), open, cx.palette.muted);
        }
        let hue = match &found.subject {
            Subject::Tag(tag) => cx.tag(tag).map_or(cx.palette.muted, |tag| cx.palette.hue(tag.hue)),
            Subject::Domain(_) => cx.palette.muted,
        };
        painter.circle_filled(pos2(fold.max.x + 4.0, middle), 4.0, hue);
        let font = if self.parents[at] { bold_font(14.0) } else { regular_font(14.0) };
        let left = fold.max.x + 14.0;
        let galley = elided(ui, &name, font, cx.palette.text, (columns.name.max.x - left - 4.0, 2));
        painter.galley(pos2(left, middle - galley.size().y / 2.0), galley, cx.palette.text);
        for side in Side::BOTH {
            cell_ui(ui, cx, compared, side, cell(found, side), &columns, self.scale);
        }
        let (words, color) = difference(cx, found);
        painter.text(columns.difference.center(), Align2::CENTER_CENTER, words, regular_font(12.5), color);
        ui.painter().hline(rect.x_range(), rect.max.y, egui::Stroke::new(0.5, cx.palette.line));
        if response.clicked() {
            let on_fold = response.interact_pointer_pos().is_some_and(|at| fold.contains(at));
            match &found.subject {
                Subject::Tag(tag) if on_fold && self.parents[at] && !flat => {
                    send(cx, CompareCommand::Fold(tag.clone()));
                }
                subject => send(cx, CompareCommand::Subject(Some(subject.clone()))),
            }
        }
        if response.double_clicked() {
            send(cx, CompareCommand::View(CompareView::Reading));
        }
    }
}

/// What a side has on the subject of a row.
pub fn cell(row: &MatrixRow, side: Side) -> &Cell {
    match side {
        Side::A => &row.a,
        Side::B => &row.b,
    }
}

/// Quotation, strength, count and bar of one side. A's bar grows to the left, B's to the right.
fn cell_ui(
    ui: &Ui,
    cx: &Cx<'_>,
    compared: &Compared,
    side: Side,
    cell: &Cell,
    columns: &Columns,
    scale: f32,
) {
    let at = side.index();
    let painter = ui.painter();
    let bar = columns.bar[at].shrink2(vec2(4.0, 0.0));
    let middle = bar.center().y;
    let inner = if side == Side::A { bar.max.x } else { bar.min.x };
    let outward = if side == Side::A { -1.0 } else { 1.0 };
    let align = if side == Side::A { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
    let room = bar.width() - 62.0;
    let length = (cell.share / scale * room).max(if cell.items.is_empty() { 0.0 } else { 2.0 });
    if !cell.items.is_empty() {
        let ends = [inner, inner + outward * length];
        let rect = Rect::from_min_max(
            pos2(ends[0].min(ends[1]), middle - 7.0),
            pos2(ends[0].max(ends[1]), middle + 7.0),
        );
        side::bar(painter, cx, side, rect);
        let left = columns.strength[at].center() - vec2(13.0, 0.0);
        side::strength(painter, cx, side, left, cell.strength);
    }
    let color = if cell.items.is_empty() { cx.palette.muted } else { cx.palette.text };
    let words = if cell.items.is_empty() {
        "0".to_owned()
    } else {
        format!("{} · {}", cell.items.len(), percent(cell.share))
    };
    let x = inner + outward * (length + 5.0);
    painter.text(pos2(x, middle), align, words, regular_font(12.0), color);
    let Some(quotation) = cell.quotation else { return };
    let quote = columns.quote[at].shrink2(vec2(6.0, 0.0));
    let words = compared.plan(side).text.slice(quotation.span).trim();
    let galley = elided(ui, words, regular_font(12.0), cx.palette.muted, (quote.width(), 2));
    painter.galley(pos2(quote.min.x, middle - galley.size().y / 2.0), galley, cx.palette.muted);
}

/// The heads of the columns, with the basis of the counts.
fn heads_ui(ui: &mut Ui, cx: &Cx<'_>, compared: &Compared) {
    let (rect, head) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), egui::Sense::hover());
    let columns = Columns::of(rect.shrink2(vec2(12.0, 0.0)));
    let painter = ui.painter();
    let basis = match compared.counting {
        Counting::Tagged => t!(cx, "cmp-basis-tagged"),
        Counting::Suggested => t!(cx, "cmp-basis-suggested"),
    };
    head.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &basis));
    let color = if compared.counting == Counting::Suggested { cx.palette.caution } else { cx.palette.muted };
    let galley = elided(ui, &basis, bold_font(12.5), color, (columns.name.width() - 6.0, 1));
    painter.galley(pos2(columns.name.min.x, rect.center().y - galley.size().y / 2.0), galley, color);
    for side in Side::BOTH {
        let at = side.index();
        let items = [compared.matrix.items_a, compared.matrix.items_b][at];
        let name = cx.plan_name(compared.ids[at]);
        let words = t!(cx, "cmp-head-side", side = side::letter(side), plan = name, count = items);
        let color = side::color(cx, side);
        let head = columns.bar[at].union(columns.strength[at]).union(columns.quote[at]);
        let galley = elided(ui, &words, bold_font(12.5), color, (head.width() - 12.0, 1));
        let x = if side == Side::A { head.max.x - galley.size().x - 4.0 } else { head.min.x + 4.0 };
        painter.galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley, color);
    }
    let head = t!(cx, "cmp-difference");
    painter.text(columns.difference.center(), Align2::CENTER_CENTER, head, bold_font(12.5), cx.palette.muted);
    ui.painter().hline(rect.x_range(), rect.max.y, egui::Stroke::new(1.0, cx.palette.line));
}

/// Who has it, or by how many points the shares differ.
fn difference(cx: &Cx<'_>, row: &MatrixRow) -> (String, egui::Color32) {
    match row.presence() {
        Presence::Both => {
            let points = row.difference() * 100.0;
            let color = if points < 0.0 { cx.palette.side_a } else { cx.palette.side_b };
            let color = if points.abs() < 0.05 { cx.palette.muted } else { color };
            (format!("{points:+.1}"), color)
        }
        Presence::OnlyA => (t!(cx, "cmp-only-a"), cx.palette.side_a),
        Presence::OnlyB => (t!(cx, "cmp-only-b"), cx.palette.side_b),
        Presence::Neither => (t!(cx, "cmp-neither"), cx.palette.muted),
    }
}

/// `12.5%`
pub fn percent(share: f32) -> String {
    format!("{:.1}%", share * 100.0)
}

/// The name of a tag or domain.
pub fn subject_name(cx: &Cx<'_>, subject: &Subject) -> String {
    match subject {
        Subject::Tag(tag) => cx.tag_name_of(tag).to_owned(),
        Subject::Domain(domain) => strings::domain(cx, domain),
    }
}

fn spoken(cx: &Cx<'_>, name: &str, row: &MatrixRow) -> String {
    let (a, b) = (&row.a, &row.b);
    t!(
        cx,
        "cmp-row-spoken",
        name = name.to_owned(),
        a = a.items.len(),
        ashare = percent(a.share),
        astrength = i32::from(a.strength),
        b = b.items.len(),
        bshare = percent(b.share),
        bstrength = i32::from(b.strength),
        difference = difference(cx, row).0
    )
}
