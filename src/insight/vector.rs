//! Sparse vectors and all cosines between two lists of them.

/// Weights by dimension, dimensions ascending and distinct.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::insight) struct Vector(Vec<(u32, f32)>);

impl Vector {
    /// Adds up the weights of equal dimensions.
    pub fn sum(mut weights: Vec<(u32, f32)>) -> Self {
        weights.sort_unstable_by_key(|&(dimension, _)| dimension);
        weights.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        Self(weights)
    }

    /// This vector plus `factor` times another.
    pub fn plus(&self, other: &Self, factor: f32) -> Self {
        Self::sum(
            self.iter().chain(other.iter().map(|(dimension, weight)| (dimension, weight * factor))).collect(),
        )
    }

    /// Each weight changed by its dimension and value.
    pub fn map(&self, change: impl Fn(u32, f32) -> f32) -> Self {
        Self(self.iter().map(|(dimension, weight)| (dimension, change(dimension, weight))).collect())
    }

    /// The same direction with length 1; unchanged where it has no length.
    pub fn unit(self) -> Self {
        let length = self.0.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 { self.map(|_, weight| weight / length) } else { self }
    }

    /// Dimensions and weights.
    pub fn iter(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.0.iter().copied()
    }
}

/// A table of numbers, a row per vector of the first list, a column per vector of the second.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::insight) struct Grid {
    columns: usize,
    cells: Vec<f32>,
}

impl Grid {
    /// The cosines of all pairs of unit vectors. Only dimensions that both have cost time.
    pub fn cosines(rows: &[&Vector], columns: &[&Vector]) -> Self {
        let top = columns
            .iter()
            .flat_map(|vector| vector.iter())
            .map(|(dimension, _)| dimension as usize + 1)
            .max()
            .unwrap_or(0);
        let mut holders: Vec<Vec<(u32, f32)>> = vec![Vec::new(); top];
        for (column, vector) in (0_u32..).zip(columns) {
            for (dimension, weight) in vector.iter() {
                holders[dimension as usize].push((column, weight));
            }
        }
        let mut cells = vec![0.0; rows.len() * columns.len()];
        for (row, cells) in rows.iter().zip(cells.chunks_mut(columns.len().max(1))) {
            for (dimension, weight) in row.iter() {
                for &(column, other) in holders.get(dimension as usize).map_or(&[][..], Vec::as_slice) {
                    cells[column as usize] += weight * other;
                }
            }
        }
        Self { columns: columns.len(), cells }
    }

    /// The numbers of a row; all numbers come from [`Self::cosines`] or are changed in place.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.cells[row * self.columns..][..self.columns]
    }

    /// Each number changed by its row, its column and itself.
    pub fn map(mut self, change: impl Fn(usize, usize, f32) -> f32) -> Self {
        for (row, cells) in self.cells.chunks_mut(self.columns.max(1)).enumerate() {
            for (column, cell) in cells.iter_mut().enumerate() {
                *cell = change(row, column, *cell);
            }
        }
        self
    }

    /// The same numbers, rows and columns exchanged.
    pub fn turned(&self) -> Self {
        let rows = self.cells.len().checked_div(self.columns).unwrap_or(0);
        let mut cells = Vec::with_capacity(self.cells.len());
        for column in 0..self.columns {
            cells.extend((0..rows).map(|row| self.cells[row * self.columns + column]));
        }
        Self { columns: rows, cells }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_dimensions_add_up() {
        let vector = Vector::sum(vec![(3, 1.0), (1, 2.0), (3, 0.5)]);
        assert_eq!(vector.iter().collect::<Vec<_>>(), [(1, 2.0), (3, 1.5)]);
        assert!(vector.plus(&vector, -1.0).unit().iter().map(|(_, w)| w).sum::<f32>().abs() < f32::EPSILON);
    }

    #[test]
    fn the_cosine_of_a_vector_with_itself_is_one() {
        let vectors =
            [Vector::sum(vec![(0, 3.0), (2, 4.0)]).unit(), Vector::sum(vec![(7, 1.0)]), Vector::default()];
        let [a, b, none] = &vectors;
        let grid = Grid::cosines(&[a, b, none], &[a, b]);
        assert!((grid.row(0)[0] - 1.0).abs() < 1e-6);
        assert!((grid.row(1)[1] - 1.0).abs() < 1e-6);
        assert_eq!((grid.row(0)[1], grid.row(2)), (0.0, &[0.0, 0.0][..]));
        let turned = grid.turned();
        assert_eq!((turned.row(0)[2], turned.row(1)[1]), (grid.row(2)[0], grid.row(1)[1]));
        assert_eq!(turned.turned(), grid);
    }
}
