//! The comparison of two plans as tables: themes, matches, targets, coverage.
//!
//! Every row that stands on words of a plan names their clause number, so that it can be cited and found.

use super::table::{Cell, Table};
use crate::annotation::Codebook;
use crate::insight::align::{Candidate, Match};
use crate::insight::{
    Aim, Caution, Comparison, Coverage, Difference, Matrix, Nearest, Presence, Quotation, Standing, Subject,
    TargetRow,
};
use crate::plan::{Comparator, NodeIx, Plan, Segments, Target, clause_path};

/// In which language heads and fixed words are written; the plans' words stay as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// 中文
    #[default]
    Chinese,
    /// English
    English,
}

impl Language {
    fn say(self, zh: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Chinese => zh,
            Self::English => en,
        }
    }

    fn heads(self, heads: &[(&'static str, &'static str)]) -> Vec<String> {
        heads.iter().map(|&(zh, en)| self.say(zh, en).to_owned()).collect()
    }
}

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
            self.overview(comparison),
            self.matrix(&comparison.matrix, say("主题对照", "Themes")),
            self.matrix(&comparison.domains, say("健康中国领域", "Healthy China domains")),
            self.matches(&comparison.alignment.a, self.a, self.b, say("条款对应A→B", "Matches A to B")),
            self.matches(&comparison.alignment.b, self.b, self.a, say("条款对应B→A", "Matches B to A")),
            self.targets(&comparison.targets),
            self.coverage(&comparison.coverage),
        ]
    }

    /// What is compared, and what to mind.
    pub fn overview(&self, comparison: &Comparison) -> Table {
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
            fact(say("字数", "Characters"), &|plan| plan.text.len().to_string()),
        ];
        let items = [comparison.items_a.len(), comparison.items_b.len()];
        rows.push(vec![Cell::text(say("条款数", "Items")), Cell::count(items[0]), Cell::count(items[1])]);
        for caution in &comparison.cautions {
            rows.push(vec![
                Cell::text(say("注意", "Caution")),
                Cell::text(self.caution(*caution)),
                Cell::Empty,
            ]);
        }
        Table {
            name: say("概况", "Overview").to_owned(),
            head: vec![String::new(), self.a.name.into(), self.b.name.into()],
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
        Table { name: name.to_owned(), head: self.language.heads(&heads), rows: rows.collect() }
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
                row.push(Cell::text(words(to.plan, &candidate.words)));
                row.push(Cell::Number(f64::from(candidate.score)));
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
        Table { name: name.to_owned(), head: self.language.heads(&heads), rows }
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
            cells
        });
        Table {
            name: self.language.say("目标值", "Targets").to_owned(),
            head: self.language.heads(&heads),
            rows: rows.collect(),
        }
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
                Cell::text(nearest(lacking, &row.nearest)),
            ]);
        }
        let sides =
            [(&coverage.unmatched_a, self.a, self.b, true), (&coverage.unmatched_b, self.b, self.a, false)];
        for (unmatched, own, other, is_a) in sides {
            for item in unmatched {
                let number = Cell::text(clause(own.plan, item.node));
                let (in_a, in_b) = if is_a { (number, Cell::Empty) } else { (Cell::Empty, number) };
                let heading = own.plan.outline.get(item.node).map(|node| words(own.plan, &node.heading));
                rows.push(vec![
                    Cell::text(self.language.say("无对应条款", "item without counterpart")),
                    Cell::text(heading.unwrap_or_default()),
                    in_a,
                    in_b,
                    Cell::text(nearest(other.plan, &item.nearest)),
                ]);
            }
        }
        Table {
            name: self.language.say("覆盖", "Coverage").to_owned(),
            head: self.language.heads(&heads),
            rows,
        }
    }

    /// Name and code of what a row counts.
    fn subject(&self, subject: &Subject) -> (String, String) {
        match subject {
            Subject::Domain(domain) => (domain.clone(), String::new()),
            Subject::Tag(id) => {
                let name = self.book.tag(id).map_or(id.0.as_str(), |tag| match self.language {
                    Language::Chinese => &tag.zh,
                    Language::English => &tag.en,
                });
                (name.to_owned(), id.0.clone())
            }
        }
    }

    fn presence(&self, presence: Presence) -> &'static str {
        match presence {
            Presence::Both => self.language.say("都有", "both"),
            Presence::OnlyA => self.language.say("仅A", "only A"),
            Presence::OnlyB => self.language.say("仅B", "only B"),
            Presence::Neither => self.language.say("都无", "neither"),
        }
    }

    fn standing(&self, standing: &Standing) -> String {
        let say = |zh, en| self.language.say(zh, en);
        match standing {
            Standing::Comparable { .. } => say("可比", "comparable").to_owned(),
            Standing::OnlyA => say("仅A", "only A").to_owned(),
            Standing::OnlyB => say("仅B", "only B").to_owned(),
            Standing::Different(differences) => {
                let named = differences.iter().map(|difference| match difference {
                    Difference::Year => say("年份", "year"),
                    Difference::Unit => say("单位", "unit"),
                    Difference::Kind => say("口径", "kind"),
                    Difference::Base => say("基年", "base year"),
                    Difference::Bound => say("方向", "bound"),
                    Difference::Value => say("数值", "value"),
                    Difference::Aim => say("仅有基期值", "baseline alone"),
                });
                let named: Vec<_> = named.collect();
                format!("{}{}", say("不同:", "different: "), named.join(say("、", ", ")))
            }
        }
    }

    fn caution(&self, caution: Caution) -> String {
        let say = |zh, en| self.language.say(zh, en);
        match caution {
            Caution::Genre => {
                say("文种不同,看占比而不看条数", "genres differ: read shares, not counts").to_owned()
            }
            Caution::Years => say("年份不同", "they are for different years").to_owned(),
            Caution::Length(ratio) => {
                format!("{}{ratio:.1}", say("篇幅相差倍数:", "lengths differ by a factor of "))
            }
            Caution::FewItems => {
                say("条款过少,可能未识别出大纲", "few items: the outline may not have been found").to_owned()
            }
        }
    }
}

/// A value as people write it: `≥30%(2017)`.
pub fn target_words(target: &Target) -> String {
    let sign = match target.comparator {
        Comparator::Equal => "",
        Comparator::AtLeast => "≥",
        Comparator::AtMost => "≤",
        Comparator::Below => "<",
        Comparator::Above => ">",
        Comparator::About => "≈",
        Comparator::Rise => "+",
        Comparator::Fall => "-",
    };
    let number = |value: f64| Cell::Number(value).read();
    let range = target.value_max.map(|upper| format!("–{}", number(upper))).unwrap_or_default();
    let year = target.year.map(|year| format!("({year})")).unwrap_or_default();
    let value =
        target.value.map_or_else(|| target.indicator.clone(), |value| number(value) + &range + &target.unit);
    format!("{sign}{value}{year}")
}

fn years((first, last): (u16, u16)) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

fn clause(plan: &Plan, node: NodeIx) -> String {
    clause_path(&plan.text, &plan.outline, node, "/")
}

fn clauses(plan: &Plan, nodes: &[NodeIx]) -> String {
    nodes.iter().map(|&node| clause(plan, node)).collect::<Vec<_>>().join("; ")
}

fn nearest(plan: &Plan, nearest: &[Nearest]) -> String {
    let one = |near: &Nearest| format!("{} ({:.2})", clause(plan, near.node), near.score);
    nearest.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn words(plan: &Plan, words: &Segments) -> String {
    words.read(&plan.text)
}

/// Words and clause number.
fn quotation(plan: &Plan, quotation: Option<Quotation>) -> [Cell; 2] {
    quotation.map_or([Cell::Empty, Cell::Empty], |quotation| {
        [Cell::text(plan.text.slice(quotation.span).trim()), Cell::text(clause(plan, quotation.node))]
    })
}

fn target(plan: &Plan, index: Option<usize>) -> Option<&Target> {
    index.and_then(|index| plan.targets.get(index))
}

/// The words the aim was read from, and their clause number.
fn wording(plan: &Plan, aim: Option<&Aim>) -> [Cell; 2] {
    let found = aim.and_then(|aim| target(plan, aim.target.or(aim.baseline)));
    found.map_or([Cell::Empty, Cell::Empty], |target| {
        [Cell::text(plan.text.slice(target.span).trim()), Cell::text(clause(plan, target.node))]
    })
}
