//! How often the items of a plan carry a tag of one facet and a tag of another: themes by instruments, themes by
//! groups of people.

use super::matrix::MatrixSide;
use crate::annotation::{Codebook, TagId};
use std::collections::BTreeSet;

/// Counts of items by two facets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cross {
    /// The tags down: those at the top of their tree.
    pub rows: Vec<TagId>,
    /// The tags across, likewise.
    pub columns: Vec<TagId>,
    /// By row and column: items that carry both (or tags beneath them).
    pub counts: Vec<Vec<usize>>,
    /// Items in all.
    pub items: usize,
}

impl Cross {
    /// Whether any item carries a tag of both.
    pub fn counts_any(&self) -> bool {
        self.counts.iter().flatten().any(|&count| count > 0)
    }
}

/// Counts the items of a plan by the top tags of two facets. `side.tagged` must hold the tags of both.
pub fn cross(side: MatrixSide<'_>, book: &Codebook, down: &str, across: &str) -> Cross {
    let top = |facet: &str| book.children(facet, None).map(|tag| tag.id.clone()).collect::<Vec<_>>();
    let (rows, columns) = (top(down), top(across));
    let carrying = |tag: &TagId| -> BTreeSet<usize> {
        let carried = side.tagged.iter().filter(|tagged| book.is_within(&tagged.tag, tag));
        carried.map(|tagged| tagged.item).collect()
    };
    let across: Vec<_> = columns.iter().map(carrying).collect();
    let row = |tag: &TagId| {
        let items = carrying(tag);
        across.iter().map(|column| items.intersection(column).count()).collect()
    };
    Cross { counts: rows.iter().map(row).collect(), rows, columns, items: side.items.len() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::{Tagged, items};
    use crate::text::{Layout, Text};

    #[test]
    fn an_item_counts_where_it_carries_both() {
        let plan = crate::plan::read(&Text::new("一、甲\n1.甲甲。\n2.乙乙。\n"), &Layout::default(), &[]);
        let (book, items) = (Codebook::built_in(), items(&plan));
        let tag = |item, id: &str| Tagged { item, tag: id.into(), span: None };
        let person = book.tags.iter().find(|tag| tag.facet == "population").unwrap().id.clone();
        let tagged = [
            tag(0, "family_doctor"),
            tag(0, "tobacco_alcohol"),
            Tagged { item: 0, tag: person.clone(), span: None },
            tag(1, "family_doctor"),
        ];
        let side = MatrixSide { plan: &plan, items: &items, tagged: &tagged };
        let found = cross(side, &book, "theme", "population");
        let column = found.columns.iter().position(|tag| *tag == person).unwrap();
        let total: usize = found.counts.iter().map(|row| row[column]).sum();
        assert_eq!((found.items, total), (2, 2), "once for each of the two groups of themes");
    }
}
