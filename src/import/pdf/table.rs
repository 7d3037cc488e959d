//! Ruled tables: the cells between the lines that are drawn on a page, and the signs that stand in them.

use super::glyphs::{Glyph, Rule};
use super::row;

/// How far, in points, ends of lines may miss each other.
const SLACK: f32 = 3.0;
/// Lines on one page; drawings have more.
const MAX_RULES: usize = 3000;
/// Places (rows times columns) of one table.
const MAX_PLACES: usize = 20_000;

/// A table as read.
#[derive(Debug, PartialEq)]
pub(super) struct Table {
    /// Its upper edge, in points from the bottom of the page.
    pub(super) top: f32,
    /// Rows of cells; a merged cell gives its words in its first place.
    pub(super) rows: Vec<Vec<String>>,
}

/// Takes the signs that stand in ruled tables away from those of a page; gives the tables and the other signs.
pub(super) fn split_off(glyphs: Vec<Glyph>, rules: &[Rule]) -> (Vec<Table>, Vec<Glyph>) {
    let mut tables = Vec::new();
    let mut free = glyphs;
    for grid in connected(rules).iter().filter_map(|group| Grid::of(group)) {
        let (inside, outside): (Vec<Glyph>, Vec<Glyph>) =
            free.into_iter().partition(|g| grid.place_of(g).is_some());
        free = outside;
        if !inside.is_empty() {
            tables.push(Table { top: grid.ys[0], rows: grid.fill(inside) });
        }
    }
    tables.sort_by(|a, b| b.top.total_cmp(&a.top));
    (tables, free)
}

/// Groups of lines that touch each other.
fn connected(rules: &[Rule]) -> Vec<Vec<Rule>> {
    if rules.len() > MAX_RULES {
        return Vec::new();
    }
    let mut groups = Groups::new(rules.len());
    for (i, a) in rules.iter().enumerate() {
        for (j, b) in rules.iter().enumerate().skip(i + 1) {
            if touch(a, b) {
                groups.join(i, j);
            }
        }
    }
    let mut members: Vec<Vec<Rule>> = vec![Vec::new(); rules.len()];
    for (i, rule) in rules.iter().enumerate() {
        members[groups.first(i)].push(*rule);
    }
    members.retain(|group| group.len() > 3);
    members
}

fn touch(a: &Rule, b: &Rule) -> bool {
    a.x0 <= b.x1 + SLACK && b.x0 <= a.x1 + SLACK && a.y0 <= b.y1 + SLACK && b.y0 <= a.y1 + SLACK
}

/// The places of a table, before it is filled.
struct Grid {
    /// Edges of columns, from the left.
    xs: Vec<f32>,
    /// Edges of rows, from the top.
    ys: Vec<f32>,
    /// For each place (row by row), the first place of its cell.
    cells: Vec<usize>,
}

impl Grid {
    /// The grid that lines draw, if they draw at least two rows of two columns.
    fn of(rules: &[Rule]) -> Option<Self> {
        let (flat, steep): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|r| r.x1 - r.x0 >= r.y1 - r.y0);
        // Tables without lines at their sides end where their horizontal lines end.
        let sides = flat.iter().flat_map(|r| [r.x0, r.x1]);
        let (low, high) = sides.fold((f32::INFINITY, f32::NEG_INFINITY), |(l, h), x| (l.min(x), h.max(x)));
        let xs = edges(steep.iter().map(|r| r.x0).chain([low, high]));
        let mut ys = edges(flat.iter().map(|r| r.y0));
        ys.reverse();
        if xs.len() < 3 || ys.len() < 3 || (xs.len() - 1) * (ys.len() - 1) > MAX_PLACES {
            return None;
        }
        let (columns, rows) = (xs.len() - 1, ys.len() - 1);
        let mut groups = Groups::new(columns * rows);
        for row in 0..rows {
            let y = f32::midpoint(ys[row], ys[row + 1]);
            for column in 0..columns {
                let x = f32::midpoint(xs[column], xs[column + 1]);
                let place = row * columns + column;
                let walled = steep.iter().any(|r| near(r.x0, xs[column + 1]) && r.y0 <= y && y <= r.y1);
                if column + 1 < columns && !walled {
                    groups.join(place, place + 1);
                }
                let floored = flat.iter().any(|r| near(r.y0, ys[row + 1]) && r.x0 <= x && x <= r.x1);
                if row + 1 < rows && !floored {
                    groups.join(place, place + columns);
                }
            }
        }
        let cells: Vec<usize> = (0..columns * rows).map(|place| groups.first(place)).collect();
        let count = cells.iter().enumerate().filter(|(place, first)| *place == **first).count();
        (count > 3).then_some(Self { xs, ys, cells })
    }

    /// The place in which a sign stands.
    fn place_of(&self, glyph: &Glyph) -> Option<usize> {
        let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y + glyph.size * 0.3);
        let column = self.xs.windows(2).position(|edge| edge[0] <= x && x < edge[1])?;
        let row = self.ys.windows(2).position(|edge| edge[0] >= y && y > edge[1])?;
        Some(row * (self.xs.len() - 1) + column)
    }

    /// The rows of cells, with the words that signs make in each.
    fn fill(&self, glyphs: Vec<Glyph>) -> Vec<Vec<String>> {
        let mut contents: Vec<Vec<Glyph>> = vec![Vec::new(); self.cells.len()];
        for glyph in glyphs {
            if let Some(place) = self.place_of(&glyph) {
                contents[self.cells[place]].push(glyph);
            }
        }
        let words: Vec<String> = contents.into_iter().map(row::words_of).collect();
        words.chunks(self.xs.len() - 1).map(<[String]>::to_vec).collect()
    }
}

fn near(a: f32, b: f32) -> bool {
    (a - b).abs() <= SLACK
}

/// Positions in order, those that are nearly the same taken together.
fn edges(positions: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sorted: Vec<f32> = positions.filter(|p| p.is_finite()).collect();
    sorted.sort_by(f32::total_cmp);
    sorted.dedup_by(|next, before| near(*next, *before));
    sorted
}

/// Sets of numbers that are joined step by step; the smallest member stands for its set.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn first(&mut self, mut member: usize) -> usize {
        while self.0[member] != member {
            self.0[member] = self.0[self.0[member]];
            member = self.0[member];
        }
        member
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }
}
