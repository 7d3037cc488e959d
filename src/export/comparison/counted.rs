//! The matrix that a person looks at, and in words what it counts: which rows, of which items.

use super::ComparisonTables;
use super::cells::read;
use crate::annotation::TagId;
use crate::export::table::Cell;
use crate::insight::{Comparison, Filter, Matrix, Subject};
use crate::plan::{NodeIx, Plan};

/// A matrix with what it counts.
#[derive(Clone, Copy)]
pub struct Counted<'a> {
    /// The matrix.
    pub matrix: &'a Matrix,
    /// What its rows are: a facet, or the domains.
    pub rows: RowsOf<'a>,
    /// Which items were counted.
    pub filter: &'a Filter,
}

/// What the rows of a matrix are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowsOf<'a> {
    /// The tags of the facet with this id.
    Facet(&'a str),
    /// The domains of Healthy China 2030.
    Domains,
}

/// A filter that lets everything pass.
static EVERYTHING: Filter = Filter { tags: Vec::new(), section_a: None, section_b: None, department: None };

impl<'a> Counted<'a> {
    /// The themes of all items.
    pub fn themes(comparison: &'a Comparison) -> Self {
        Self { matrix: &comparison.matrix, rows: RowsOf::Facet("theme"), filter: &EVERYTHING }
    }
}

impl ComparisonTables<'_> {
    /// What the rows are called: `工作领域`.
    pub fn rows_name(&self, rows: RowsOf<'_>) -> String {
        match rows {
            RowsOf::Domains => {
                self.language.say("健康中国五大领域", "Five domains of Healthy China").to_owned()
            }
            RowsOf::Facet(id) => self
                .book
                .facet(id)
                .map_or_else(|| id.to_owned(), |facet| self.language.say(&facet.zh, &facet.en).clone()),
        }
    }

    /// What is counted, a line each with the words for A and for B; nothing where all themes of all items are.
    pub(super) fn counting(&self, counted: Counted<'_>) -> Vec<Vec<Cell>> {
        let say = |zh, en| self.language.say(zh, en);
        let Filter { tags, section_a, section_b, department } = counted.filter;
        let mut lines = Vec::new();
        let both = |label: &str, words: String| vec![Cell::text(label), Cell::text(words), Cell::Empty];
        if counted.rows != RowsOf::Facet("theme") {
            lines.push(both(say("行", "Rows"), self.rows_name(counted.rows)));
        }
        if *counted.filter == Filter::default() {
            return lines;
        }
        if !tags.is_empty() {
            let name = |tag: &TagId| self.subject(&Subject::Tag(tag.clone())).0;
            let names: Vec<_> = tags.iter().map(name).collect();
            lines.push(both(say("只计带标签", "Only items tagged"), names.join(say("、", ", "))));
        }
        if section_a.is_some() || section_b.is_some() {
            let section = |plan: &Plan, section: Option<NodeIx>| {
                let node = section.and_then(|section| plan.outline.get(section));
                let words =
                    node.map(|node| plan.text.slice(node.number).to_owned() + &read(plan, &node.heading));
                Cell::text(words.unwrap_or_else(|| say("全文", "whole plan").to_owned()))
            };
            lines.push(vec![
                Cell::text(say("只计章节", "Only in section")),
                section(self.a.plan, *section_a),
                section(self.b.plan, *section_b),
            ]);
        }
        if let Some(department) = department {
            lines.push(both(say("只计部门", "Only of department"), department.clone()));
        }
        let items = [counted.matrix.items_a, counted.matrix.items_b].map(Cell::count);
        let [of_a, of_b] = items;
        lines.push(vec![Cell::text(say("计入条款数", "Items counted")), of_a, of_b]);
        lines
    }
}
