//! The items of themes side by side, in full: as a list for sheets, as two columns for reading.

use super::cells::{clause, with_clause};
use super::{ComparisonTables, Named};
use crate::annotation::TagId;
use crate::export::document::Block;
use crate::export::table::{Cell, Table};
use crate::insight::{Comparison, Item, Matrix, MatrixRow, Subject, Tagged, nearest_to};
use crate::plan::NodeIx;

/// Two plans with the tags of their items, as the aligned reading shows them.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// Items and matches.
    pub comparison: &'a Comparison,
    /// The matrix whose rows are read.
    pub matrix: &'a Matrix,
    /// The tags that the items of A and B carry.
    pub tagged: [&'a [Tagged]; 2],
    /// The row in focus; `None`: every row that either plan has.
    pub subject: Option<&'a Subject>,
}

/// An item under a theme.
struct Read<'a> {
    item: &'a Item,
    at: usize,
    /// How alike it is, where its side has nothing on the theme and it is only the nearest.
    nearest: Option<f32>,
}

impl<'a> Reading<'a> {
    fn rows(&self) -> impl Iterator<Item = &'a MatrixRow> {
        let subject = self.subject;
        let chosen = move |row: &&MatrixRow| match subject {
            Some(subject) => row.subject == *subject,
            None => !row.a.items.is_empty() || !row.b.items.is_empty(),
        };
        self.matrix.rows.iter().filter(chosen)
    }

    /// The items of a side under a theme; where it has none, the nearest by words to those of the other side.
    fn items(&self, side: usize, row: &MatrixRow) -> Vec<Read<'a>> {
        let own = [&row.a, &row.b][side];
        let items: &'a [Item] = [&self.comparison.items_a, &self.comparison.items_b][side];
        let of = |(node, nearest): (NodeIx, Option<f32>)| {
            let at = items.binary_search_by_key(&node, |item| item.node).ok()?;
            Some(Read { item: &items[at], at, nearest })
        };
        if own.items.is_empty() {
            let near = nearest_to(&self.comparison.alignment, side, row);
            return near.into_iter().map(|near| (near.node, Some(near.score))).filter_map(of).collect();
        }
        own.items.iter().map(|&node| (node, None)).filter_map(of).collect()
    }
}

impl ComparisonTables<'_> {
    /// A row per theme and item, for sheets.
    pub fn reading(&self, reading: Reading<'_>) -> Table {
        let heads = [
            ("主题", "Theme"),
            ("文件", "Plan"),
            ("条款号", "Clause"),
            ("原文", "Words"),
            ("标签", "Tags"),
            ("牵头部门", "Lead departments"),
            ("配合部门", "Other departments"),
            ("说明", "Remark"),
            ("相似度", "Likeness"),
        ];
        let mut rows = Vec::new();
        for row in reading.rows() {
            for (side, named) in [self.a, self.b].into_iter().enumerate() {
                let items = reading.items(side, row);
                let theme = || Cell::text(self.subject(&row.subject).0);
                if items.is_empty() {
                    let mut cells = vec![theme(), Cell::text(self.side(["A", "B"][side]))];
                    cells.resize(heads.len(), Cell::Empty);
                    cells[7] = Cell::text(self.language.say("没有", "nothing"));
                    rows.push(cells);
                }
                for read in items {
                    let mut cells = vec![theme(), Cell::text(self.side(["A", "B"][side]))];
                    cells.extend(self.item_cells(named, reading.tagged[side], &read));
                    rows.push(cells);
                }
            }
        }
        let name = self.language.say("按主题对读", "Aligned reading").to_owned();
        Table { name, head: self.language.heads(&heads), rows }
    }

    fn item_cells(&self, named: Named<'_>, tagged: &[Tagged], read: &Read<'_>) -> [Cell; 7] {
        let plan = named.plan;
        let names = |names: &[String]| Cell::text(names.join("、"));
        let departments = plan.outline.get(read.item.node).and_then(|node| node.departments.as_ref());
        let mut tags: Vec<&TagId> =
            tagged.iter().filter(|tagged| tagged.item == read.at).map(|tagged| &tagged.tag).collect();
        tags.dedup();
        let tags = tags.into_iter().map(|tag| self.subject(&Subject::Tag(tag.clone())).0);
        [
            Cell::text(clause(plan, read.item.node)),
            Cell::text(read.item.read(&plan.text)),
            Cell::text(tags.collect::<Vec<_>>().join("、")),
            departments.map_or(Cell::Empty, |departments| names(&departments.lead)),
            departments.map_or(Cell::Empty, |departments| names(&departments.others)),
            read.nearest.map_or(Cell::Empty, |_| Cell::text(self.none())),
            read.nearest.map_or(Cell::Empty, |score| Cell::Number(hundredths(score))),
        ]
    }

    fn none(&self) -> &'static str {
        self.language.say("没有;用词最接近的条款", "nothing; nearest by words")
    }

    /// A heading per theme, beneath it A's items left and B's right, for reading on paper.
    pub fn reading_blocks(&self, reading: Reading<'_>) -> Vec<Block> {
        let mut blocks = Vec::new();
        for row in reading.rows() {
            blocks.push(Block::Heading(self.subject(&row.subject).0));
            let columns = [(0, self.a), (1, self.b)].map(|(side, named)| {
                let items = reading.items(side, row);
                if items.is_empty() {
                    return vec![self.language.say("没有。", "Nothing.").to_owned()];
                }
                let words = |read: &Read<'_>| {
                    let words = read.item.read(&named.plan.text);
                    let words = with_clause(&words, &clause(named.plan, read.item.node));
                    match read.nearest {
                        Some(score) => format!("({} {score:.2}) {words}", self.none()),
                        None => words,
                    }
                };
                items.iter().map(words).collect::<Vec<_>>()
            });
            let cell = |column: &[String], at: usize| Cell::text(column.get(at).cloned().unwrap_or_default());
            let lines = columns[0].len().max(columns[1].len());
            let rows = (0..lines).map(|at| vec![cell(&columns[0], at), cell(&columns[1], at)]).collect();
            let head = [(0, "A"), (1, "B")].map(|(side, letter)| {
                let own = [&row.a, &row.b][side];
                format!("{} ({} · {:.1}%)", self.side(letter), own.items.len(), own.share * 100.0)
            });
            blocks.push(Block::Table(Table { name: String::new(), head: head.to_vec(), rows }));
        }
        blocks
    }
}

/// A likeness with two decimals.
pub(super) fn hundredths(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
}
