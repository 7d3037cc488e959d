//! The report of a comparison, for reading and printing: fewer columns than the tables, every quotation with its
//! clause number.

use super::cells::{clause, clauses, item_words, read, scored, target, target_words, with_clause};
use super::{ComparisonTables, Counted, Named};
use crate::export::document::{Block, Document, Excerpt, Picture};
use crate::export::table::{Cell, Table};
use crate::insight::align::Match;
use crate::insight::{
    Aim, Comparison, Coverage, Matrix, MatrixRow, Presence, Quotation, Standing, TargetRow, Unmatched,
};
use crate::plan::{NodeIx, Plan};

impl ComparisonTables<'_> {
    /// The whole report: what is compared and what to mind, themes as they are counted, targets, gaps, matches, the
    /// basket. `pictures` follow the bars of the themes; excerpts stand in the order of `basket`.
    pub fn report(
        &self,
        comparison: &Comparison,
        counted: Counted<'_>,
        pictures: Vec<Picture>,
        basket: Vec<Excerpt>,
    ) -> Document {
        let say = |zh: &str, en: &str| self.language.say(zh, en).to_owned();
        let matrix = counted.matrix;
        let mut blocks = self.head(comparison, counted);
        blocks.push(Block::Heading(say("主题", "Themes")));
        blocks.push(Block::Words(say(
            "占比为该主题的条款数除以本文件的条款数;力度0为未承诺,1为鼓励,2为明确行动,3为有数值或期限。",
            "Share: items with the theme, of all items of the plan. Strength: 0 none, 1 encouraged, 2 a definite action, 3 \
             quantified or dated.",
        )));
        blocks.push(Block::Picture(self.bars(matrix, 0)));
        blocks.extend(pictures.into_iter().map(Block::Picture));
        blocks.push(Block::Table(self.themes(matrix)));
        blocks.push(Block::Words(self.neither(matrix)));
        blocks.push(Block::Heading(say("目标值", "Targets")));
        blocks.push(Block::Table(self.aims(&comparison.targets)));
        blocks.push(Block::Heading(say("一方独有", "What one plan alone has")));
        blocks.push(Block::Table(self.gaps(&comparison.coverage)));
        blocks.push(Block::Table(self.unmatched(&comparison.coverage)));
        blocks.push(Block::Heading(say("条款对应", "Matching items")));
        blocks.push(Block::Table(self.counterparts(&comparison.alignment.a, self.a, self.b)));
        if !basket.is_empty() {
            blocks.push(Block::Heading(say("摘录", "Excerpts")));
            blocks.extend(basket.into_iter().map(Block::Excerpt));
        }
        self.document(blocks)
    }

    /// What every report begins with: what is compared and counted, and what to mind.
    pub fn head(&self, comparison: &Comparison, counted: Counted<'_>) -> Vec<Block> {
        let mut overview = self.overview(comparison, counted);
        overview.rows.truncate(overview.rows.len() - comparison.cautions.len());
        let cautions = comparison.cautions.iter().map(|&caution| Block::Caution(self.caution(caution)));
        std::iter::once(Block::Table(overview)).chain(cautions).collect()
    }

    /// A document about the two plans.
    pub fn document(&self, blocks: Vec<Block>) -> Document {
        let title = format!("{}{}{}", self.a.name, self.language.say(" 对照 ", " and "), self.b.name);
        Document { title, language: self.language, blocks }
    }

    fn themes(&self, matrix: &Matrix) -> Table {
        let heads = [
            ("主题", "Theme"),
            ("A条款", "A items"),
            ("A占比", "A share"),
            ("A力度", "A strength"),
            ("B条款", "B items"),
            ("B占比", "B share"),
            ("B力度", "B strength"),
            ("A摘录", "A quotation"),
            ("B摘录", "B quotation"),
        ];
        let row = |row: &MatrixRow| {
            let indent = "　".repeat(usize::from(row.depth));
            let mut cells = vec![Cell::text(indent + &self.subject(&row.subject).0)];
            for cell in [&row.a, &row.b] {
                cells.push(Cell::count(cell.items.len()));
                cells.push(Cell::Share(f64::from(cell.share)));
                cells.push(Cell::count(usize::from(cell.strength)));
            }
            cells.push(cited(self.a.plan, row.a.quotation));
            cells.push(cited(self.b.plan, row.b.quotation));
            cells
        };
        let rows = matrix.rows.iter().filter(|row| row.presence() != Presence::Neither).map(row).collect();
        Table { name: String::new(), head: self.language.heads(&heads), rows }
    }

    fn neither(&self, matrix: &Matrix) -> String {
        let missing = matrix.rows.iter().filter(|row| row.presence() == Presence::Neither);
        let names: Vec<_> = missing.map(|row| self.subject(&row.subject).0).collect();
        if names.is_empty() {
            return self
                .language
                .say("每个主题至少一方有。", "Every theme is in one plan at least.")
                .to_owned();
        }
        let list = names.join(self.language.say("、", ", "));
        self.language.say(format!("两者都没有的主题:{list}。"), format!("Themes that neither has: {list}."))
    }

    fn aims(&self, targets: &[TargetRow]) -> Table {
        let heads = [
            ("指标", "Indicator"),
            ("可比性", "Standing"),
            ("A(基期→目标)", "A (baseline → target)"),
            ("B(基期→目标)", "B (baseline → target)"),
            ("差距(B-A)", "Gap (B-A)"),
            ("A原文", "A wording"),
            ("B原文", "B wording"),
        ];
        let row = |row: &TargetRow| {
            let gap = match row.standing {
                Standing::Comparable { gap, .. } => Cell::Number(gap),
                _ => Cell::Empty,
            };
            vec![
                Cell::text(row.name.as_str()),
                Cell::text(self.standing(&row.standing)),
                Cell::text(path(self.a.plan, row.a.as_ref())),
                Cell::text(path(self.b.plan, row.b.as_ref())),
                gap,
                worded(self.a.plan, row.a.as_ref()),
                worded(self.b.plan, row.b.as_ref()),
            ]
        };
        let rows = targets.iter().map(row).collect();
        Table { name: String::new(), head: self.language.heads(&heads), rows }
    }

    /// Themes that one plan alone has, with the nearest items of the other.
    fn gaps(&self, coverage: &Coverage) -> Table {
        let heads = [
            ("覆盖", "Coverage"),
            ("主题", "Theme"),
            ("条款号", "Clauses"),
            ("另一方最近似的条款", "Nearest items of the other"),
        ];
        let mut rows = Vec::new();
        for wanted in [Presence::OnlyA, Presence::OnlyB] {
            for row in coverage.rows.iter().filter(|row| row.presence == wanted) {
                let (own, other, nodes) = match wanted {
                    Presence::OnlyA => (self.a.plan, self.b.plan, &row.a),
                    _ => (self.b.plan, self.a.plan, &row.b),
                };
                let indent = "　".repeat(usize::from(row.depth));
                rows.push(vec![
                    Cell::text(self.presence(wanted)),
                    Cell::text(indent + &self.subject(&row.subject).0),
                    Cell::text(clauses(own, nodes)),
                    Cell::text(scored(other, &row.nearest)),
                ]);
            }
        }
        let name = self.language.say("只有一方涉及的主题", "Themes that one plan alone has").to_owned();
        Table { name, head: self.language.heads(&heads), rows }
    }

    fn unmatched(&self, coverage: &Coverage) -> Table {
        let heads = [
            ("文件", "Plan"),
            ("条款号", "Clause"),
            ("条款", "Item"),
            ("另一方最近似的条款", "Nearest items of the other"),
        ];
        let side = |letter: &str, own: Named<'_>, other: Named<'_>, list: &[Unmatched]| {
            let row = |item: &Unmatched| {
                vec![
                    Cell::text(self.side(letter)),
                    Cell::text(clause(own.plan, item.node)),
                    Cell::text(heading(own.plan, item.node)),
                    Cell::text(scored(other.plan, &item.nearest)),
                ]
            };
            list.iter().map(row).collect::<Vec<_>>()
        };
        let mut rows = side("A", self.a, self.b, &coverage.unmatched_a);
        rows.extend(side("B", self.b, self.a, &coverage.unmatched_b));
        let name = self.language.say("没有对应的条款", "Items without counterpart").to_owned();
        Table { name, head: self.language.heads(&heads), rows }
    }

    /// The best counterpart of each item of A that has one; all that a person confirmed.
    fn counterparts(&self, matches: &[Match], from: Named<'_>, to: Named<'_>) -> Table {
        let heads = [
            ("A条款号", "A clause"),
            ("A条款", "A item"),
            ("B条款号", "B clause"),
            ("B条款", "B item"),
            ("相似度", "Likeness"),
            ("判断", "Verdict"),
        ];
        let mut rows = Vec::new();
        for found in matches.iter().filter(|found| !found.none) {
            let shown = found
                .candidates
                .iter()
                .enumerate()
                .filter(|(rank, candidate)| *rank == 0 || candidate.confirmed);
            for (_, candidate) in shown {
                let verdict = if candidate.confirmed {
                    self.language.say("已确认", "confirmed")
                } else {
                    self.language.say("建议", "suggested")
                };
                rows.push(vec![
                    Cell::text(clause(from.plan, found.item.node)),
                    Cell::text(found.item.read(&from.plan.text)),
                    Cell::text(clause(to.plan, candidate.node)),
                    Cell::text(item_words(to.plan, candidate.node, &candidate.words)),
                    Cell::Number((f64::from(candidate.score) * 100.0).round() / 100.0),
                    Cell::text(verdict),
                ]);
            }
        }
        Table { name: String::new(), head: self.language.heads(&heads), rows }
    }
}

/// A quotation with its clause number in brackets.
fn cited(plan: &Plan, quotation: Option<Quotation>) -> Cell {
    quotation.map_or(Cell::Empty, |quotation| {
        let words = plan.text.slice(quotation.span).trim();
        Cell::text(with_clause(words, &clause(plan, quotation.node)))
    })
}

/// The words an aim was read from, with their clause number in brackets.
fn worded(plan: &Plan, aim: Option<&Aim>) -> Cell {
    let found = aim.and_then(|aim| target(plan, aim.target.or(aim.baseline)));
    found.map_or(Cell::Empty, |target| {
        Cell::text(with_clause(plan.text.slice(target.span).trim(), &clause(plan, target.node)))
    })
}

/// `76%(2015) → ≥80%(2020)`
fn path(plan: &Plan, aim: Option<&Aim>) -> String {
    let value = |index: Option<usize>| target(plan, index).map(target_words);
    let Some(aim) = aim else { return String::new() };
    [value(aim.baseline), value(aim.target)].into_iter().flatten().collect::<Vec<_>>().join(" → ")
}

/// The heading of a node, or the beginning of its words where it has none.
fn heading(plan: &Plan, node: NodeIx) -> String {
    let Some(node) = plan.outline.get(node) else { return String::new() };
    if !node.heading.is_empty() {
        return read(plan, &node.heading);
    }
    let all = read(plan, &node.body);
    let first = all.split_inclusive(['。', ';', '；']).next().unwrap_or_default();
    first.to_owned()
}
