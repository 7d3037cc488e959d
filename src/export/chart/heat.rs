//! A heat map: themes down, tags of another facet across; in each cell A on the left and B on the right.

use super::drawing::{Anchor, Drawing, Fill, INK, LINE, MUTED, SIDES, SIZE, fitting, width};
use super::texture::{TEXTURES, Texture};
use crate::export::Language;

const CELL: (f32, f32) = (64.0, 27.0);
const MARGIN: f32 = 18.0;
const WIDEST_LABEL: f32 = 240.0;
const LABEL_SIZE: f32 = 12.0;
/// The deepest colour still leaves dark figures readable on it.
const DEEPEST: f32 = 0.55;
/// So do bands as faint as this.
const FAINT: f32 = 0.3;

/// What a heat map shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    /// What it is about.
    pub title: String,
    /// The names of both plans and the number of their items.
    pub sides: [(String, usize); 2],
    /// The names of the rows.
    pub rows: Vec<String>,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// By row and column: items of A and of B that carry both.
    pub counts: Vec<Vec<[usize; 2]>>,
    /// The language of fixed words.
    pub language: Language,
}

impl Heat {
    /// The chart.
    pub fn drawing(&self) -> Drawing {
        let widest = |words: &[String], size| words.iter().map(|w| width(w, size)).fold(60.0, f32::max);
        let labels = widest(&self.rows, SIZE).min(WIDEST_LABEL);
        let rise = widest(&self.columns, LABEL_SIZE).min(WIDEST_LABEL) * 0.65;
        let left = MARGIN + labels + 12.0;
        let top = 84.0 + rise + 18.0;
        let right = left + CELL.0 * self.columns.len() as f32;
        let overhang = rise * 1.2;
        let mut drawing = Drawing::new(
            &self.title,
            (right + overhang).max(640.0),
            top + CELL.1 * self.rows.len() as f32 + MARGIN,
        );
        drawing.bold((MARGIN, 30.0), Anchor::Start, 16.0, &self.title);
        self.legend(&mut drawing);
        for (column, name) in self.columns.iter().enumerate() {
            let x = left + CELL.0 * column as f32;
            let name = fitting(name, LABEL_SIZE, WIDEST_LABEL);
            drawing.rising((x + CELL.0 / 2.0 - 4.0, top - 20.0), LABEL_SIZE, &name);
            for (half, letter) in [(0.25, "A"), (0.75, "B")] {
                drawing.text((x + CELL.0 * half, top - 5.0), Anchor::Middle, 10.0, MUTED, letter);
            }
        }
        for (row, name) in self.rows.iter().enumerate() {
            let y = top + CELL.1 * row as f32;
            drawing.text((MARGIN, y + 18.0), Anchor::Start, SIZE, INK, &fitting(name, SIZE, labels));
            for column in 0..self.columns.len() {
                self.cell(&mut drawing, (left + CELL.0 * column as f32, y), self.counts[row][column]);
            }
        }
        drawing
    }

    fn cell(&self, drawing: &mut Drawing, (x, y): (f32, f32), counts: [usize; 2]) {
        let half = CELL.0 / 2.0;
        for (side, (count, colour)) in counts.into_iter().zip(SIDES).enumerate() {
            let at = x + half * side as f32;
            if count > 0 {
                let share = count as f32 / self.sides[side].1.max(1) as f32;
                let depth = DEEPEST * (0.25 + 0.75 * share / self.deepest());
                let place = [at, y, half, CELL.1];
                drawing.rect(place, Fill::Plain(colour, depth), None);
                if let Texture::Hatched(_) = TEXTURES[side] {
                    drawing.rect(place, Fill::Bands(colour, FAINT), None);
                }
                let middle = (at + half / 2.0, y + 18.0);
                drawing.text(middle, Anchor::Middle, 12.0, INK, &count.to_string());
            }
        }
        drawing.rect([x, y, CELL.0, CELL.1], Fill::Nothing, Some(LINE));
    }

    /// The largest share of a plan's items in one cell.
    fn deepest(&self) -> f32 {
        let share = |side: usize| {
            let largest = self.counts.iter().flatten().map(|counts| counts[side]).max().unwrap_or(0);
            largest as f32 / self.sides[side].1.max(1) as f32
        };
        share(0).max(share(1)).max(f32::MIN_POSITIVE)
    }

    fn legend(&self, drawing: &mut Drawing) {
        let mut x = MARGIN;
        for (side, (name, items)) in self.sides.iter().enumerate() {
            let items = self.language.say(format!("{items}条"), format!("{items} items"));
            let words = fitting(&format!("{}  {name} ({items})", ["A", "B"][side]), SIZE, 320.0);
            drawing.bar(side, [x, 50.0, 22.0, 13.0]);
            drawing.bold((x + 30.0, 62.0), Anchor::Start, SIZE, &words);
            x += 30.0 + width(&words, SIZE) + 28.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_count_is_written() {
        let heat = Heat {
            title: "领域×工具".to_owned(),
            sides: [("甲".to_owned(), 10), ("乙".to_owned(), 20)],
            rows: vec!["控烟".to_owned(), "中医药".to_owned()],
            columns: vec!["宣传".to_owned()],
            counts: vec![vec![[7, 0]], vec![[0, 13]]],
            language: Language::Chinese,
        };
        let svg = heat.drawing().svg();
        assert!(svg.contains(">7</text>") && svg.contains(">13</text>") && !svg.contains(">0</text>"));
    }
}
