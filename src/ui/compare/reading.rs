//! Aligned reading: the items of a theme, A's left and B's right, in full, with cue words and figures marked.

use super::item::{self, Look};
use super::pile::Pile;
use super::words::Mark;
use super::{keys, matrix, send, side, strip};
use crate::annotation::{Codebook, TagId};
use crate::app::{CompareCommand, Compared, Counting, Side, Site};
use crate::insight::{Domains, MatrixRow, Subject, nearest_to};
use crate::plan::NodeIx;
use crate::text::Span;
use crate::ui::cx::{Cx, t};
use crate::ui::tags::Picker;
use crate::ui::theme::bold_font;
use egui::{Key, RichText, Ui};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The view, with what is worked out once for a theme.
#[derive(Default)]
pub struct ReadingView {
    key: Option<(Arc<Compared>, Option<Subject>)>,
    /// The items of each side; where a side has none, the nearest by words with their scores.
    sides: [Vec<Shown>; 2],
    /// Whether a side has items at all.
    has: [bool; 2],
    piles: [Pile; 2],
    picker: Picker,
}

/// An item with all that is marked in it.
struct Shown {
    node: NodeIx,
    score: Option<f32>,
    marks: Vec<(Span, Mark)>,
    tags: Vec<(TagId, bool)>,
}

impl ReadingView {
    /// Shows the theme in focus.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Arc<Compared>) {
        self.follow(cx, compared);
        self.read_keys(ui, cx, compared);
        let compare = &cx.app.view.compare;
        let found = row_in_focus(compared, compare.subject.as_ref());
        head_ui(ui, cx, compared, found);
        let Some(found) = found else {
            super::message_ui(ui, t!(cx, "cmp-choose-theme"));
            return;
        };
        let whole = ui.available_rect_before_wrap();
        ui.painter().rect_filled(whole, 0.0, cx.palette.ground);
        let (left, right) = whole.split_left_right_at_fraction(0.5);
        for (side, rect) in Side::BOTH.into_iter().zip([left, right]) {
            item::within(ui, ("reading", side), rect.shrink(2.0), |ui| {
                self.side_ui(ui, cx, compared, side, found);
            });
        }
        ui.painter().vline(whole.center().x, whole.y_range(), egui::Stroke::new(1.0, cx.palette.line));
        self.picker.show_ui(ui, cx);
    }

    /// Works out what is shown when theme or comparison changed.
    fn follow(&mut self, cx: &Cx<'_>, compared: &Arc<Compared>) {
        let subject = cx.app.view.compare.subject.clone();
        let current =
            self.key.as_ref().is_some_and(|(at, known)| Arc::ptr_eq(at, compared) && *known == subject);
        if current {
            return;
        }
        self.sides = Default::default();
        if let (Some(found), Some(project)) = (row_in_focus(compared, subject.as_ref()), &cx.app.project) {
            for side in Side::BOTH {
                let own = matrix::cell(found, side);
                let nodes: Vec<(NodeIx, Option<f32>)> = if own.items.is_empty() {
                    let near = nearest_to(&compared.comparison.alignment, side.index(), found);
                    near.into_iter().map(|near| (near.node, Some(near.score))).collect()
                } else {
                    own.items.iter().map(|&node| (node, None)).collect()
                };
                self.has[side.index()] = !own.items.is_empty();
                let shown = nodes.into_iter().map(|(node, score)| {
                    shown(&project.codebook, compared, side, (node, score), &found.subject)
                });
                self.sides[side.index()] = shown.collect();
            }
        }
        self.key = Some((compared.clone(), subject));
    }

    fn read_keys(&mut self, ui: &Ui, cx: &Cx<'_>, compared: &Compared) {
        let compare = &cx.app.view.compare;
        let down = i32::from(keys::pressed(ui, Key::J)) - i32::from(keys::pressed(ui, Key::K));
        if down != 0 {
            let order = strip::order(compared);
            let rows = &compared.matrix.rows;
            let at = order.iter().position(|&at| Some(&rows[at].subject) == compare.subject.as_ref());
            if let Some(to) = keys::step(at, down, order.len()) {
                send(cx, CompareCommand::Subject(Some(rows[order[to]].subject.clone())));
            }
        }
        let mut side = compare.side;
        if keys::arrow(ui, Key::ArrowLeft) {
            side = Side::A;
        }
        if keys::arrow(ui, Key::ArrowRight) {
            side = Side::B;
        }
        let items = &self.sides[side.index()];
        let at = items.iter().position(|shown| Some(shown.node) == compare.focus_of(side));
        let steps = i32::from(keys::arrow(ui, Key::ArrowDown)) - i32::from(keys::arrow(ui, Key::ArrowUp));
        if steps != 0 || side != compare.side {
            let to = if steps == 0 {
                at.or((!items.is_empty()).then_some(0))
            } else {
                keys::step(at, steps, items.len())
            };
            if let Some(to) = to {
                send(cx, CompareCommand::Focus(side, items[to].node));
                self.piles[side.index()].reveal(to);
            }
        }
        if let Some(node) = at.map(|at| items[at].node)
            && keys::pressed(ui, Key::T)
        {
            self.picker.open_for(ui.ctx(), compared.ids[side.index()], Site::Node(node));
        }
    }

    fn side_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, side: Side, found: &MatrixRow) {
        let at = side.index();
        let own = matrix::cell(found, side);
        ui.horizontal(|ui| {
            ui.add_space(8.0);
            let name = cx.plan_name(compared.ids[at]);
            let words = if self.has[at] {
                let share = matrix::percent(own.share);
                t!(cx, "cmp-side-has", plan = name, count = own.items.len(), share = share)
            } else if compared.counting == Counting::Suggested {
                t!(cx, "cmp-none-suggested", plan = name)
            } else {
                t!(cx, "theme-none", plan = name, tag = matrix::subject_name(cx, &found.subject))
            };
            let color = if self.has[at] { side::color(cx, side) } else { cx.palette.caution };
            ui.add(egui::Label::new(RichText::new(words).font(bold_font(14.0)).color(color)).wrap());
        });
        if !self.has[at] {
            ui.horizontal(|ui| {
                ui.add_space(8.0);
                let hint = if self.sides[at].is_empty() {
                    t!(cx, "cmp-nothing-near")
                } else {
                    t!(cx, "cmp-nearest-check")
                };
                ui.add(egui::Label::new(RichText::new(hint).color(cx.palette.muted)).wrap());
            });
        }
        let items = &self.sides[at];
        let mut hasher = DefaultHasher::new();
        (&format!("{:?}", found.subject), compared.ids[at]).hash(&mut hasher);
        let width = ui.available_width();
        let focus = cx.app.view.compare.focus_of(side).filter(|_| cx.app.view.compare.side == side);
        self.piles[at].show_ui(
            ui,
            ("reading pile", side),
            (hasher.finish(), items.len()),
            |index| item::estimate(cx, compared, side, items[index].node, width),
            |ui, index| {
                let shown = &items[index];
                let verdict = (!self.has[at]).then(|| (t!(cx, "cmp-nearest-one"), cx.palette.caution));
                let look = Look {
                    marks: &shown.marks,
                    in_focus: focus == Some(shown.node),
                    score: shown.score,
                    tags: &shown.tags,
                    verdict,
                    words: None,
                };
                if item::card_ui(ui, cx, compared, (side, shown.node), &look).clicked() {
                    send(cx, CompareCommand::Focus(side, shown.node));
                }
            },
        );
    }
}

/// The name of the theme, how many items either side has, and where to go on.
fn head_ui(ui: &mut Ui, cx: &Cx<'_>, compared: &Compared, found: Option<&MatrixRow>) {
    egui::Frame::new().fill(cx.palette.panel).inner_margin(egui::Margin::symmetric(12, 4)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_width(ui.available_width());
            let order = strip::order(compared);
            let rows = &compared.matrix.rows;
            let at =
                order.iter().position(|&at| Some(&rows[at].subject) == cx.app.view.compare.subject.as_ref());
            for (name, steps) in [(t!(cx, "cmp-theme-before"), -1), (t!(cx, "cmp-theme-next"), 1)] {
                if ui.button(name).clicked()
                    && let Some(to) = keys::step(at, steps, order.len())
                {
                    send(cx, CompareCommand::Subject(Some(rows[order[to]].subject.clone())));
                }
            }
            let Some(found) = found else { return };
            let name = matrix::subject_name(cx, &found.subject);
            ui.label(RichText::new(name).font(bold_font(15.0)));
            if compared.counting == Counting::Suggested {
                ui.label(RichText::new(t!(cx, "cmp-basis-suggested")).color(cx.palette.caution));
            }
            let keys = RichText::new(t!(cx, "cmp-reading-keys")).color(cx.palette.muted);
            ui.add(egui::Label::new(keys).truncate());
        });
    });
}

fn row_in_focus<'a>(compared: &'a Compared, subject: Option<&Subject>) -> Option<&'a MatrixRow> {
    compared.matrix.rows.iter().find(|row| Some(&row.subject) == subject)
}

/// An item with its cue words for the subject, its figures and its tags.
fn shown(
    book: &Codebook,
    compared: &Compared,
    side: Side,
    (node, score): (NodeIx, Option<f32>),
    subject: &Subject,
) -> Shown {
    let plan = compared.plan(side);
    let belongs = |tag: &TagId| match subject {
        Subject::Tag(theme) => book.is_within(tag, theme),
        Subject::Domain(domain) => Domains::builtin().of(book, tag).id == *domain,
    };
    let mut marks: Vec<(Span, Mark)> = Vec::new();
    for suggestion in compared.suggester.suggest(plan, node).iter().filter(|found| belongs(&found.tag)) {
        let hue = book.tag(&suggestion.tag).map_or(0, |tag| tag.hue);
        marks.extend(suggestion.cues.iter().map(|cue| (cue.span, Mark::Cue(hue))));
    }
    if let Some(whole) = item::whole(compared, side, node) {
        let figures = plan.targets.iter().filter(|target| whole.encloses(target.span));
        marks.extend(figures.map(|target| (target.span, Mark::Figure)));
    }
    let index = compared.items(side).binary_search_by_key(&node, |item| item.node).ok();
    let by_person = compared.counting == Counting::Tagged;
    let mut tags: Vec<(TagId, bool)> = compared.tagged[side.index()]
        .iter()
        .filter(|tagged| Some(tagged.item) == index)
        .map(|tagged| (tagged.tag.clone(), by_person))
        .collect();
    tags.dedup();
    Shown { node, score, marks, tags }
}
