//! What lies behind and under the words: tints of tagged passages, the selection, marks of a screen, targets.

use super::marking::{MarkRole, Marking};
use super::typeset::SetWords;
use crate::annotation::{AnnotationId, TagId};
use crate::app::Marks;
use crate::plan::Plan;
use crate::text::{CharPos, Span};
use crate::ui::cx::Cx;
use egui::{Painter, Pos2, Rect, Stroke, pos2, vec2};

/// How many tints lie behind the same words; what comes after them is underlined.
const LAYERS: usize = 2;

/// Where the words of a block stand on the screen.
pub struct Ground<'a> {
    /// Where to paint.
    pub painter: &'a Painter,
    /// Colours and names.
    pub cx: &'a Cx<'a>,
    /// The words.
    pub words: &'a SetWords,
    /// The block's upper left corner.
    pub origin: Pos2,
}

impl Ground<'_> {
    fn rects(&self, span: Span) -> impl Iterator<Item = Rect> {
        let offset = self.origin.to_vec2();
        self.words.rects(span).map(move |rect| rect.translate(offset))
    }

    /// The tints of tagged passages in `span`.
    pub fn passages(&self, marks: &Marks, span: Span) {
        let passages: Vec<_> = marks.passages_within(span).collect();
        for piece in pieces(&passages, span) {
            let hues: Vec<_> =
                piece.tags.iter().map(|tag| self.cx.tag(tag).map_or(0, |tag| tag.hue)).collect();
            let tints = hues.len().min(LAYERS);
            for rect in self.rects(piece.span) {
                let height = rect.height() / tints as f32;
                for (layer, &hue) in hues.iter().take(LAYERS).enumerate() {
                    let top = rect.min.y + height * layer as f32;
                    let layer = Rect::from_min_size(pos2(rect.min.x, top), vec2(rect.width(), height));
                    self.painter.rect_filled(layer, 0.0, self.cx.palette.tint(hue));
                }
                for (under, &hue) in hues.iter().skip(LAYERS).enumerate() {
                    let y = rect.max.y - 1.0 - 3.0 * under as f32;
                    self.painter.hline(rect.x_range(), y, Stroke::new(2.0, self.cx.palette.hue(hue)));
                }
            }
        }
        // Where a passage begins, an edge: two passages of one tag side by side stay two.
        for (passage, tag, _) in passages {
            if span.contains(passage.start)
                && let Some(rect) = self.rects(Span::at(passage.start, 1)).next()
            {
                let hue = self.cx.palette.hue(self.cx.tag(tag).map_or(0, |tag| tag.hue));
                self.painter.vline(rect.min.x, rect.y_range(), Stroke::new(1.5, hue));
            }
        }
    }

    /// The ground of selected words.
    pub fn selection(&self, span: Span) {
        for rect in self.rects(span) {
            self.painter.rect_filled(rect, 0.0, self.cx.palette.selection);
        }
    }

    /// A dotted line under the figures that are targets.
    pub fn targets(&self, plan: &Plan, span: Span) {
        let first = plan.targets.partition_point(|target| target.span.end <= span.start);
        let targets = plan.targets[first..].iter().take_while(|target| target.span.start < span.end);
        for target in targets.filter(|target| !target.baseline) {
            for rect in self.rects(figure(plan, target.span)) {
                let y = rect.max.y - 1.5;
                let dots = [pos2(rect.min.x, y), pos2(rect.max.x, y)];
                let muted = self.cx.palette.muted;
                self.painter.extend(egui::Shape::dotted_line(&dots, muted, 4.0, 0.8));
            }
        }
    }

    /// The marks of a screen.
    pub fn marks(&self, marking: &Marking, span: Span) {
        let palette = self.cx.palette;
        let under = |rect: Rect, width: f32, color| {
            self.painter.hline(rect.x_range(), rect.max.y - width / 2.0, Stroke::new(width, color));
        };
        let ground = |rect: Rect, color, share: f32| {
            self.painter.rect_filled(rect, 2.0, palette.ground.lerp_to_gamma(color, share));
        };
        for (role, spans) in marking {
            for rect in spans.within(span).flat_map(|span| self.rects(span)) {
                match role {
                    MarkRole::Cue => under(rect, 2.0, palette.accent),
                    MarkRole::Shared => {
                        ground(rect, palette.good, 0.10);
                        under(rect, 1.0, palette.good);
                    }
                    MarkRole::Found => ground(rect, palette.caution, 0.18),
                    MarkRole::FoundHere => {
                        ground(rect, palette.caution, 0.30);
                        let edge = Stroke::new(1.0, palette.caution);
                        self.painter.rect_stroke(rect, 2.0, edge, egui::StrokeKind::Outside);
                    }
                }
            }
        }
    }
}

/// The figure in the words of a target: from the first digit on; all of them where there is none (`全覆盖`).
fn figure(plan: &Plan, span: Span) -> Span {
    let digit = plan.text.slice(span).chars().position(|c| c.is_ascii_digit()).unwrap_or(0);
    Span::new(span.start + digit as u32, span.end)
}

/// Words that the same passages cover.
#[derive(Debug, PartialEq)]
struct Piece<'a> {
    span: Span,
    /// Each tag once, in the order of the passages' beginnings.
    tags: Vec<&'a TagId>,
}

/// Cuts a span where passages begin and end.
fn pieces<'a>(passages: &[&'a (Span, TagId, AnnotationId)], span: Span) -> Vec<Piece<'a>> {
    if passages.is_empty() {
        return Vec::new();
    }
    let shared = passages.iter().filter_map(|(passage, ..)| passage.intersection(span));
    let mut cuts: Vec<CharPos> = shared.flat_map(|shared| [shared.start, shared.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut pieces = Vec::new();
    for cut in cuts.windows(2) {
        let mut tags: Vec<&TagId> = Vec::new();
        for (_, tag, _) in passages.iter().filter(|(passage, ..)| passage.contains(cut[0])) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        if !tags.is_empty() {
            pieces.push(Piece { span: Span::new(cut[0], cut[1]), tags });
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_passages_are_cut_into_pieces() {
        let span = |a, b| Span::new(CharPos(a), CharPos(b));
        let passage = |a, b, tag: &str| (span(a, b), TagId::from(tag), AnnotationId::random());
        let (x, y, z) = (passage(0, 10, "x"), passage(4, 12, "y"), passage(5, 6, "x"));
        let shown: Vec<String> = pieces(&[&x, &y, &z], span(2, 20))
            .iter()
            .map(|piece| {
                let tags: Vec<_> = piece.tags.iter().map(|tag| tag.0.as_str()).collect();
                format!("{}-{} {}", piece.span.start.0, piece.span.end.0, tags.join("+"))
            })
            .collect();
        assert_eq!(shown, ["2-4 x", "4-5 x+y", "5-6 x+y", "6-10 x+y", "10-12 y"]);
    }
}
