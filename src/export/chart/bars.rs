//! Mirrored bars: a row per theme, A's share to the left, B's to the right.

use super::drawing::{Anchor, Drawing, INK, LINE, MUTED, SIZE, fitting, width};
use crate::export::Language;

const ROW: f32 = 25.0;
const BAR: f32 = 15.0;
const HALF: f32 = 300.0;
/// Room for the figures behind the longest bar.
const FIGURES: f32 = 92.0;
const MARGIN: f32 = 18.0;
const HEAD: f32 = 92.0;
const WIDEST_LABEL: f32 = 250.0;
const INDENT: f32 = 14.0;

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The theme.
    pub label: String,
    /// How deep it lies in the tree, 0 at the top.
    pub depth: u8,
    /// Items of A and their share of all items, 0-1.
    pub a: (usize, f32),
    /// The same of B.
    pub b: (usize, f32),
}

/// What a chart of mirrored bars shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// What it is about.
    pub title: String,
    /// The names of both plans and the number of their items.
    pub sides: [(String, usize); 2],
    /// The rows, from the top.
    pub rows: Vec<Bar>,
    /// The language of fixed words.
    pub language: Language,
}

impl Bars {
    /// The chart.
    pub fn drawing(&self) -> Drawing {
        let wanted = |row: &Bar| width(&row.label, SIZE) + f32::from(row.depth) * INDENT;
        let labels = self.rows.iter().map(wanted).fold(80.0, f32::max).min(WIDEST_LABEL);
        let half = HALF + FIGURES;
        let axis = MARGIN + labels + 12.0 + half;
        let bottom = HEAD + ROW * self.rows.len() as f32;
        let mut drawing = Drawing::new(&self.title, axis + half + MARGIN, bottom + 34.0);
        drawing.bold((MARGIN, 30.0), Anchor::Start, 16.0, &self.title);
        self.legend(&mut drawing, axis);
        let top = self.top();
        for (step, share) in [0.5, 1.0].map(|step| (step, top * step)) {
            for side in [-1.0, 1.0] {
                let x = axis + side * HALF * step;
                drawing.upright(x, HEAD, bottom, LINE);
                drawing.text((x, bottom + 18.0), Anchor::Middle, 11.0, MUTED, &percent(share));
            }
        }
        for (at, row) in self.rows.iter().enumerate() {
            let y = HEAD + ROW * at as f32;
            let indent = f32::from(row.depth) * INDENT;
            let label = fitting(&row.label, SIZE, labels - indent);
            let place = (MARGIN + indent, y + 17.0);
            if row.depth == 0 {
                drawing.bold(place, Anchor::Start, SIZE, &label);
            } else {
                drawing.text(place, Anchor::Start, SIZE, INK, &label);
            }
            for (side, (count, share)) in [row.a, row.b].into_iter().enumerate() {
                let length = if top > 0.0 { HALF * share / top } else { 0.0 };
                let direction = [-1.0, 1.0][side];
                if count > 0 {
                    let left = [axis - length, axis][side];
                    drawing.bar(side, [left, y + 5.0, length.max(1.0), BAR]);
                }
                let anchor = [Anchor::End, Anchor::Start][side];
                let figures =
                    if count > 0 { format!("{count} · {}", percent(share)) } else { "0".to_owned() };
                drawing.text((axis + direction * (length + 7.0), y + 17.0), anchor, 11.5, MUTED, &figures);
            }
        }
        drawing.upright(axis, HEAD - 4.0, bottom + 4.0, MUTED);
        drawing
    }

    fn legend(&self, drawing: &mut Drawing, axis: f32) {
        for (side, (name, items)) in self.sides.iter().enumerate() {
            let items = self.language.say(format!("{items}条"), format!("{items} items"));
            let letter = ["A", "B"][side];
            let words = fitting(&format!("{letter}  {name} ({items})"), SIZE, HALF);
            let end = [axis - 14.0, axis + 14.0][side];
            let anchor = [Anchor::End, Anchor::Start][side];
            drawing.bar(side, [[end - 22.0, end][side], 58.0, 22.0, 13.0]);
            drawing.bold(([end - 30.0, end + 30.0][side], 70.0), anchor, SIZE, &words);
        }
    }

    /// The share at the end of the axis: the largest, up to the next tenth.
    fn top(&self) -> f32 {
        let largest = self.rows.iter().flat_map(|row| [row.a.1, row.b.1]).fold(0.0, f32::max);
        ((largest * 10.0 - 1e-4).ceil() / 10.0).max(0.1)
    }
}

fn percent(share: f32) -> String {
    let words = format!("{:.1}%", share * 100.0);
    words.replace(".0%", "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_bars_mean_larger_shares() {
        let row = |label: &str, a, b| Bar { label: label.to_owned(), depth: 0, a, b };
        let bars = Bars {
            title: "主题".to_owned(),
            sides: [("甲<市".to_owned(), 10), ("乙市".to_owned(), 20)],
            rows: vec![row("控烟", (2, 0.2), (1, 0.05)), row("中医药", (0, 0.0), (4, 0.2))],
            language: Language::Chinese,
        };
        let svg = bars.drawing().svg();
        for words in ["2 · 20%", "1 · 5%", "甲&lt;市 (10条)"] {
            assert!(svg.contains(words), "{words}");
        }
        assert_eq!(svg, bars.drawing().svg());
        let full = "height=\"15\" fill=\"#1f6fb2\" stroke";
        let hatched = "height=\"15\" fill=\"url(#b)\" stroke";
        let bars = [full, hatched].map(|bar| svg.matches(bar).count());
        assert_eq!(bars, [1, 2], "A full, B hatched, no bar for nothing");
    }
}
