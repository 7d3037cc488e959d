//! Both texts whole, each clause with its counterpart; and what the two take over from each other, word by word.

use super::cells::{clause, item_words, read};
use super::reading::hundredths;
use super::{ComparisonTables, Named};
use crate::export::table::{Cell, Fate, Piece, Table};
use crate::insight::align::Match;
use crate::insight::{Change, Comparison, Origin, Overlap, Stretch, Taken, items};
use crate::plan::{Kind, Node, Plan};

impl ComparisonTables<'_> {
    /// Both texts, a table each: every clause in its order, and beside it the counterpart that fits best (or all that a
    /// person confirmed).
    pub fn texts(&self, comparison: &Comparison) -> [Table; 2] {
        let alignment = &comparison.alignment;
        [self.text("A", self.a, self.b, &alignment.a), self.text("B", self.b, self.a, &alignment.b)]
    }

    fn text(&self, letter: &str, own: Named<'_>, other: Named<'_>, matches: &[Match]) -> Table {
        let heads = [
            ("条款号", "Clause"),
            ("原文", "Words"),
            ("对应条款号", "Counterpart's clause"),
            ("对应条款", "Counterpart"),
            ("相似度", "Likeness"),
            ("判断", "Verdict"),
        ];
        let say = |zh, en| self.language.say(zh, en);
        let mut rows = Vec::new();
        for (ix, node) in own.plan.outline.iter() {
            let mut row = vec![Cell::text(clause(own.plan, ix)), Cell::text(own_words(own.plan, node))];
            if row[1] == Cell::Empty {
                continue;
            }
            let found =
                matches.binary_search_by_key(&ix, |found| found.item.node).ok().map(|at| &matches[at]);
            let Some(found) = found else {
                row.resize(heads.len(), Cell::Empty);
                rows.push(row);
                continue;
            };
            let shown = found
                .candidates
                .iter()
                .enumerate()
                .filter(|(_, candidate)| !found.none || candidate.confirmed);
            let shown: Vec<_> = shown.filter(|(rank, candidate)| *rank == 0 || candidate.confirmed).collect();
            if shown.is_empty() {
                row.resize(heads.len() - 1, Cell::Empty);
                row.push(Cell::text(say("无对应", "no counterpart")));
                rows.push(row);
                continue;
            }
            for (at, (_, candidate)) in shown.into_iter().enumerate() {
                // The words stand once, beside the first of several counterparts.
                let mut line = if at == 0 { row.clone() } else { vec![row[0].clone(), Cell::Empty] };
                line.extend([
                    Cell::text(clause(other.plan, candidate.node)),
                    Cell::text(item_words(other.plan, candidate.node, &candidate.words)),
                    Cell::Number(hundredths(candidate.score)),
                    Cell::text(if candidate.confirmed {
                        say("已确认", "confirmed")
                    } else {
                        say("建议", "suggested")
                    }),
                ]);
                rows.push(line);
            }
        }
        let name = format!("{} {}", letter, say("全文", "text"));
        Table { name, head: self.language.heads(&heads), rows }
    }

    /// How much the two texts share: a row per side.
    pub fn overlap(&self, overlap: &Overlap) -> Table {
        let heads = [
            ("文件", "Plan"),
            ("与另一文件相同的字数占比", "Share of chars that the other has too"),
            ("照录条款", "Copied items"),
            ("改写条款", "Adapted items"),
            ("自有条款", "Own items"),
        ];
        let row = |(side, letter): (usize, &str)| {
            let counts =
                [Origin::Copied, Origin::Adapted, Origin::Own].map(|origin| overlap.count(side, origin));
            let mut cells = vec![Cell::text(self.side(letter)), Cell::Share(f64::from(overlap.shares[side]))];
            cells.extend(counts.map(Cell::count));
            cells
        };
        let name = self.language.say("相同字句", "Shared words").to_owned();
        Table { name, head: self.language.heads(&heads), rows: [(0, "A"), (1, "B")].map(row).to_vec() }
    }

    /// What each item of a side takes over: its origin, its share, its source, and the words that differ.
    pub fn taken(&self, overlap: &Overlap) -> [Table; 2] {
        [("A", self.a, self.b), ("B", self.b, self.a)].map(|(letter, own, other)| {
            let heads = [
                ("条款号", "Clause"),
                ("来源", "Origin"),
                ("相同占比", "Share taken over"),
                ("出处条款号", "Source's clause"),
                ("逐词比较(删去、新增)", "Words removed and added"),
            ];
            let side = usize::from(letter == "B");
            let own_items = items(own.plan);
            let row = |taken: &Taken| {
                let borrowed = &taken.borrowed;
                let words = own_items.binary_search_by_key(&borrowed.node, |item| item.node).ok();
                let words = words.map(|at| own_items[at].read(&own.plan.text)).unwrap_or_default();
                let changed = changed(other.plan, own.plan, &taken.diff);
                vec![
                    Cell::text(clause(own.plan, borrowed.node)),
                    Cell::text(self.origin(borrowed.origin)),
                    Cell::Share(f64::from(borrowed.share)),
                    Cell::text(borrowed.source.map(|source| clause(other.plan, source)).unwrap_or_default()),
                    if changed.is_empty() { Cell::text(words) } else { Cell::Changed(changed) },
                ]
            };
            let name = format!("{letter} {}", self.language.say("承袭与改写", "copied and adapted"));
            let rows = overlap.sides[side].iter().map(row).collect();
            Table { name, head: self.language.heads(&heads), rows }
        })
    }

    fn origin(&self, origin: Origin) -> &'static str {
        match origin {
            Origin::Copied => self.language.say("照录", "copied"),
            Origin::Adapted => self.language.say("改写", "adapted"),
            Origin::Own => self.language.say("自有", "own"),
        }
    }
}

/// The words that stand at a node itself: number, heading, body; of a table its lines.
fn own_words(plan: &Plan, node: &Node) -> String {
    if node.kind == Kind::Table {
        return plan.text.slice(node.span).trim().to_owned();
    }
    let (heading, body) = (read(plan, &node.heading), read(plan, &node.body));
    let stop = if heading.is_empty() || body.is_empty() { "" } else { "。" };
    format!("{}{heading}{stop}{body}", plan.text.slice(node.number).trim()).trim().to_owned()
}

/// The pieces of a word difference, from the source's words to the item's own.
fn changed(source: &Plan, own: &Plan, diff: &[Stretch]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |fate: Fate, words: String| {
        if !words.is_empty() {
            pieces.push(Piece { fate, words });
        }
    };
    for stretch in diff {
        match stretch.change {
            Change::Same => push(Fate::Kept, read(own, &stretch.b)),
            Change::Removed | Change::Added | Change::Replaced => {
                push(Fate::Removed, read(source, &stretch.a));
                push(Fate::Added, read(own, &stretch.b));
            }
        }
    }
    pieces
}
