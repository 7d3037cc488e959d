//! The comparison of two plans as tables: themes, matches, targets, coverage; and all of it as a report.
//!
//! Every row that stands on words of a plan names their clause number, so that it can be cited and found. Read in
//! this order: here (the tables and which there are), `cells` (plans' words in cells), `words` (fixed words), `counted`
//! (what a matrix counts), `reading` and `texts` (items and texts side by side), `charts`, `report`.

mod cells;
mod charts;
mod counted;
mod reading;
mod report;
mod texts;
mod words;

pub use cells::target_words;
pub use counted::{Counted, RowsOf};
pub use reading::Reading;

use super::language::Language;
use super::table::{Cell, Table};
use crate::annotation::Codebook;
use crate::insight::align::{Candidate, Match};
use crate::insight::{Comparison, Coverage, Matrix, Presence, Standing, TargetRow};
use crate::plan::Plan;
use cells::{clause, clauses, item_words, quotation, read, scored, target, wording, years};
use reading::hundredths;

/// One of the two plans, with the name its columns carry: `厦门2017`.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its name in heads.
    pub name: &'a str,
}

/// What writes a comparison into tables.
#[derive(Clone, Copy)]
pub struct ComparisonTables<'a> {
    /// The plan on the left.
    pub a: Named<'a>,
    /// The plan on the right.
    pub b: Named<'a>,
    /// The codebook whose tags are counted.
    pub book: &'a Codebook,
    /// The language of heads.
    pub language: Language,
}

impl ComparisonTables<'_> {
    /// All tables, in the order of the views.
    pub fn all(&self, comparison: &Comparison) -> Vec<Table> {
        let say = |zh, en| self.language.say(zh, en);
        vec![
            self.overview(comparison, Counted::themes(comparison)),
            self.matrix(&comparison.matrix, say("主题对照", "Themes")),
            self.matrix(&comparison.domains, say("健康中国五大领域", "Healthy China domains")),
            self.matches(&comparison.alignment.a, self.a, self.b, say("条款对应A→B", "Matches A to B")),
            self.matches(&comparison.alignment.b, self.b, self.a, say("条款对应B→A", "Matches B to A")),
            self.targets(&comparison.targets),
            self.coverage(&comparison.coverage),
        ]
    }

    /// Heads of a table; where one begins with the letter of a side, the plan's name follows the letter.
    fn heads(&self, heads: &[(&str, &str)]) -> Vec<String> {
        let named = |head: String| match head.split_at_checked(1) {
            Some((letter @ ("A" | "B"), rest)) => {
                let side = self.side(letter);
                if side == letter { head } else { format!("{side} {}", rest.trim_start()) }
            }
            _ => head,
        };
        self.language.heads(heads).into_iter().map(named).collect()
    }

    /// `A 厦门2017`, or the letter alone where the plan has no other name.
    fn side(&self, letter: &str) -> String {
        let name = if letter == "A" { self.a.name } else { self.b.name };
        if name.is_empty() || name == letter { letter.to_owned() } else { format!("{letter} {name}") }
    }

    /// What is compared and counted, and what to mind.
    pub fn overview(&self, comparison: &Comparison, counted: Counted<'_>) -> Table {
        let say = |zh, en| self.language.say(zh, en);
        let fact = |label: &str, of: &dyn Fn(&Plan) -> String| {
            vec![Cell::text(label), Cell::text(of(self.a.plan)), Cell::text(of(self.b.plan))]
        };
        let mut rows = vec![
            fact(say("题名", "Title"), &|plan| {
                plan.metadata.title.as_ref().map(|t| t.value.clone()).unwrap_or_default()
            }),
            fact(say("文种", "Genre"), &|plan| {
                plan.metadata.doc_type.as_ref().map(|t| t.value.clone()).unwrap_or_default()
            }),
            fact(say("年份", "Years"), &|plan| {
                plan.metadata.years.as_ref().map(|y| years(y.value)).unwrap_or_default()
            }),
            fact(say("发文机关", "Issuer"), &|plan| {
                plan.metadata.issuer.as_ref().map(|i| i.value.clone()).unwrap_or_default()
            }),
            fact(say("文号", "Document number"), &|plan| {
                plan.metadata.document_number.as_ref().map(|n| n.value.clone()).unwrap_or_default()
            }),
            fact(say("日期", "Date"), &|plan| {
                plan.metadata.date.as_ref().map(|d| d.value.clone()).unwrap_or_default()
            }),
        ];
        rows.retain(|row| row[1..] != [Cell::Empty, Cell::Empty]);
        let lengths = [self.a, self.b].map(|side| side.plan.text.len() as usize);
        rows.push(vec![
            Cell::text(say("字数", "Characters")),
            Cell::count(lengths[0]),
            Cell::count(lengths[1]),
        ]);
        let items = [comparison.items_a.len(), comparison.items_b.len()];
        rows.push(vec![Cell::text(say("条款数", "Items")), Cell::count(items[0]), Cell::count(items[1])]);
        rows.push(vec![
            Cell::text(say("统计依据", "Counted by")),
            Cell::text(self.basis(comparison.basis)),
            Cell::Empty,
        ]);
        rows.extend(self.counting(counted));
        for caution in &comparison.cautions {
            rows.push(vec![
                Cell::text(say("注意", "Caution")),
                Cell::text(self.caution(*caution)),
                Cell::Empty,
            ]);
        }
        Table {
            name: say("概况", "Overview").to_owned(),
            head: vec![String::new(), self.side("A"), self.side("B")],
            rows,
        }
    }

    /// Counts, shares, strengths and quotations by theme.
    pub fn matrix(&self, matrix: &Matrix, name: &str) -> Table {
        let heads = [
            ("主题", "Theme"),
            ("编码", "Code"),
            ("层级", "Level"),
            ("覆盖", "Coverage"),
            ("A条款数", "A items"),
            ("A占比", "A share"),
            ("A力度", "A strength"),
            ("B条款数", "B items"),
            ("B占比", "B share"),
            ("B力度", "B strength"),
            ("占比差(B-A)", "Difference of shares (B-A)"),
            ("A摘录", "A quotation"),
            ("A条款号", "A clause"),
            ("B摘录", "B quotation"),
            ("B条款号", "B clause"),
        ];
        let rows = matrix.rows.iter().map(|row| {
            let (subject, code) = self.subject(&row.subject);
            let mut cells = vec![
                Cell::text(subject),
                Cell::text(code),
                Cell::count(usize::from(row.depth) + 1),
                Cell::text(self.presence(row.presence())),
            ];
            for cell in [&row.a, &row.b] {
                cells.push(Cell::count(cell.items.len()));
                cells.push(Cell::Share(f64::from(cell.share)));
                cells.push(Cell::count(usize::from(cell.strength)));
            }
            cells.push(Cell::Share(f64::from(row.difference())));
            cells.extend(quotation(self.a.plan, row.a.quotation));
            cells.extend(quotation(self.b.plan, row.b.quotation));
            cells
        });
        Table { name: name.to_owned(), head: self.heads(&heads), rows: rows.collect() }
    }

    /// A row per candidate, and one per item without any counterpart.
    pub fn matches(&self, matches: &[Match], from: Named<'_>, to: Named<'_>, name: &str) -> Table {
        let heads = [
            ("条款号", "Clause"),
            ("条款", "Item"),
            ("次序", "Rank"),
            ("对应条款号", "Counterpart's clause"),
            ("对应条款", "Counterpart"),
            ("相似度", "Likeness"),
            ("判断", "Verdict"),
        ];
        let mut rows = Vec::new();
        for found in matches {
            let own = [
                Cell::text(clause(from.plan, found.item.node)),
                Cell::text(found.item.read(&from.plan.text)),
            ];
            let verdict = |candidate: &Candidate| {
                let say = |zh, en| self.language.say(zh, en);
                match (candidate.confirmed, found.none) {
                    (true, _) => say("已确认", "confirmed"),
                    (_, true) => say("无对应,最近似", "no counterpart, nearest"),
                    _ => say("建议", "suggested"),
                }
            };
            for (rank, candidate) in found.candidates.iter().enumerate() {
                let mut row = own.to_vec();
                row.push(Cell::count(rank + 1));
                row.push(Cell::text(clause(to.plan, candidate.node)));
                row.push(Cell::text(item_words(to.plan, candidate.node, &candidate.words)));
                row.push(Cell::Number(hundredths(candidate.score)));
                row.push(Cell::text(verdict(candidate)));
                rows.push(row);
            }
            if found.candidates.is_empty() {
                let mut row = own.to_vec();
                row.resize(heads.len() - 1, Cell::Empty);
                row.push(Cell::text(self.language.say("无对应", "no counterpart")));
                rows.push(row);
            }
        }
        Table { name: name.to_owned(), head: self.heads(&heads), rows }
    }

    /// Baseline, aim and gap by indicator.
    pub fn targets(&self, targets: &[TargetRow]) -> Table {
        let heads = [
            ("指标", "Indicator"),
            ("可比性", "Standing"),
            ("A基期", "A baseline"),
            ("A目标", "A target"),
            ("B基期", "B baseline"),
            ("B目标", "B target"),
            ("差距(B-A)", "Gap (B-A)"),
            ("B占优", "B's advantage"),
            ("A原文", "A wording"),
            ("A条款号", "A clause"),
            ("B原文", "B wording"),
            ("B条款号", "B clause"),
            ("A基期值", "A baseline value"),
            ("A目标值", "A target value"),
            ("B基期值", "B baseline value"),
            ("B目标值", "B target value"),
            ("单位", "Unit"),
        ];
        let rows = targets.iter().map(|row| {
            let mut cells = vec![Cell::text(row.name.as_str()), Cell::text(self.standing(&row.standing))];
            for (plan, aim) in [(self.a.plan, &row.a), (self.b.plan, &row.b)] {
                let value = |index: Option<usize>| {
                    Cell::text(target(plan, index).map(target_words).unwrap_or_default())
                };
                cells.push(value(aim.as_ref().and_then(|aim| aim.baseline)));
                cells.push(value(aim.as_ref().and_then(|aim| aim.target)));
            }
            let (gap, advantage) = match row.standing {
                Standing::Comparable { gap, advantage_b } => {
                    (Cell::Number(gap), advantage_b.map_or(Cell::Empty, Cell::Number))
                }
                _ => (Cell::Empty, Cell::Empty),
            };
            cells.extend([gap, advantage]);
            cells.extend(wording(self.a.plan, row.a.as_ref()));
            cells.extend(wording(self.b.plan, row.b.as_ref()));
            cells.extend(self.numbers(row));
            cells
        });
        Table {
            name: self.language.say("目标值", "Targets").to_owned(),
            head: self.heads(&heads),
            rows: rows.collect(),
        }
    }

    /// The values of a row as numbers, for reckoning with: A's baseline and aim, B's, and the unit they are in (both,
    /// where they are in two).
    fn numbers(&self, row: &TargetRow) -> Vec<Cell> {
        let mut units: Vec<&str> = Vec::new();
        let mut cells = Vec::new();
        for (plan, aim) in [(self.a.plan, &row.a), (self.b.plan, &row.b)] {
            for index in [aim.as_ref().and_then(|aim| aim.baseline), aim.as_ref().and_then(|aim| aim.target)]
            {
                let found = target(plan, index);
                units.extend(found.map(|target| target.unit.as_str()).filter(|unit| !unit.is_empty()));
                cells.push(found.and_then(|target| target.value).map_or(Cell::Empty, Cell::Number));
            }
        }
        units.dedup();
        cells.push(Cell::text(units.join(" / ")));
        cells
    }

    /// Themes by who has them, then items without counterpart; absences with the nearest items.
    pub fn coverage(&self, coverage: &Coverage) -> Table {
        let heads = [
            ("覆盖", "Coverage"),
            ("主题或条款", "Theme or item"),
            ("A条款号", "A clauses"),
            ("B条款号", "B clauses"),
            ("缺失一方最近似的条款", "Nearest items of the side that has nothing"),
        ];
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut by_group: Vec<_> = coverage.rows.iter().collect();
        by_group.sort_by_key(|row| row.presence);
        for row in by_group {
            let lacking = if row.presence == Presence::OnlyA { self.b.plan } else { self.a.plan };
            rows.push(vec![
                Cell::text(self.presence(row.presence)),
                Cell::text(self.subject(&row.subject).0),
                Cell::text(clauses(self.a.plan, &row.a)),
                Cell::text(clauses(self.b.plan, &row.b)),
                Cell::text(scored(lacking, &row.nearest)),
            ]);
        }
        let sides =
            [(&coverage.unmatched_a, self.a, self.b, true), (&coverage.unmatched_b, self.b, self.a, false)];
        for (unmatched, own, other, is_a) in sides {
            for item in unmatched {
                let number = Cell::text(clause(own.plan, item.node));
                let (in_a, in_b) = if is_a { (number, Cell::Empty) } else { (Cell::Empty, number) };
                let heading = own.plan.outline.get(item.node).map(|node| read(own.plan, &node.heading));
                rows.push(vec![
                    Cell::text(self.language.say("无对应条款", "item without counterpart")),
                    Cell::text(heading.unwrap_or_default()),
                    in_a,
                    in_b,
                    Cell::text(scored(other.plan, &item.nearest)),
                ]);
            }
        }
        Table { name: self.language.say("覆盖", "Coverage").to_owned(), head: self.heads(&heads), rows }
    }
}
