//! Heights of blocks, estimated until measured, and the place at the top that stays put when they change.

/// Heights in points.
#[derive(Clone, Debug, Default)]
pub struct Heights {
    each: Vec<f32>,
    exact: Vec<bool>,
    /// `tops[i]` is where block `i` begins; one more than there are blocks.
    tops: Vec<f32>,
    /// How many blocks are still estimated.
    estimated: usize,
    /// The search for estimated blocks goes on here.
    cursor: usize,
}

/// A place in the column: a block, and points below its top.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spot {
    /// Index of the block.
    pub block: usize,
    /// Points below its top.
    pub below: f32,
}

impl Heights {
    /// Estimates for all blocks.
    pub fn estimated(heights: Vec<f32>) -> Self {
        let estimated = heights.len();
        let mut this =
            Self { exact: vec![false; estimated], each: heights, tops: Vec::new(), estimated, cursor: 0 };
        this.sum();
        this
    }

    /// Takes all heights for estimates again, where the blocks changed but are about as high as before.
    pub fn doubt(&mut self) {
        self.exact.fill(false);
        self.estimated = self.each.len();
        self.cursor = 0;
    }

    /// Whether all heights were measured.
    pub fn all_exact(&self) -> bool {
        self.estimated == 0
    }

    /// Whether the height of a block was measured.
    pub fn is_exact(&self, block: usize) -> bool {
        self.exact.get(block).copied().unwrap_or(true)
    }

    /// Sets the measured height of a block; [`Self::sum`] must follow.
    pub fn set(&mut self, block: usize, height: f32) {
        if let (Some(slot), Some(exact)) = (self.each.get_mut(block), self.exact.get_mut(block)) {
            *slot = height;
            self.estimated -= usize::from(!*exact);
            *exact = true;
        }
    }

    /// The next block whose height is only estimated.
    pub fn next_estimated(&mut self) -> Option<usize> {
        if self.estimated == 0 {
            return None;
        }
        let found = self.exact[self.cursor..].iter().position(|exact| !exact).map(|at| at + self.cursor);
        let found = found.or_else(|| self.exact.iter().position(|exact| !exact));
        self.cursor = found.unwrap_or(0);
        found
    }

    /// Brings the tops up to date.
    pub fn sum(&mut self) {
        self.tops.clear();
        self.tops.push(0.0);
        let mut top = 0.0;
        self.tops.extend(self.each.iter().map(|height| {
            top += height;
            top
        }));
    }

    /// Height of all blocks.
    pub fn total(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Where a block begins.
    pub fn top(&self, block: usize) -> f32 {
        self.tops.get(block).copied().unwrap_or_else(|| self.total())
    }

    /// Height of a block.
    pub fn height(&self, block: usize) -> f32 {
        self.each.get(block).copied().unwrap_or(0.0)
    }

    /// The spot `offset` points below the beginning.
    pub fn spot(&self, offset: f32) -> Spot {
        let block = self.tops.partition_point(|&top| top <= offset).saturating_sub(1);
        let block = block.min(self.each.len().saturating_sub(1));
        Spot { block, below: offset - self.top(block) }
    }

    /// How far below the beginning a spot is.
    pub fn offset(&self, spot: Spot) -> f32 {
        self.top(spot.block) + spot.below.min(self.height(spot.block))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spot_stays_put_when_heights_above_it_change() {
        let mut heights = Heights::estimated(vec![10.0, 20.0, 30.0, 40.0]);
        let spot = heights.spot(35.0);
        assert_eq!(spot, Spot { block: 2, below: 5.0 });
        heights.set(0, 100.0);
        heights.sum();
        assert!((heights.offset(spot) - 125.0).abs() < 1e-3);
    }

    #[test]
    fn every_block_is_measured_once() {
        let mut heights = Heights::estimated(vec![1.0; 5]);
        heights.set(1, 2.0);
        let mut measured = Vec::new();
        while let Some(block) = heights.next_estimated() {
            measured.push(block);
            heights.set(block, 2.0);
        }
        assert_eq!(measured, [0, 2, 3, 4]);
    }
}
