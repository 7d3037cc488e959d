//! Hits of a search as a table: keyword in context, each with its plan, its clause number and its place in the text.

use super::language::Language;
use super::table::{Cell, Table};
use crate::text::Span;

/// A hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitRow {
    /// The title of the plan.
    pub plan: String,
    /// Its city; may be empty.
    pub city: String,
    /// Its years: `2017` or `2021–2025`; may be empty.
    pub years: String,
    /// The clause number; empty where the hit stands outside every clause.
    pub clause: String,
    /// The words before the hit, the hit, the words behind it.
    pub words: [String; 3],
    /// Where it stands, in chars of the canonical text.
    pub span: Span,
}

/// The hits of a search in their order.
pub fn hits(language: Language, rows: &[HitRow]) -> Table {
    let heads = [
        ("文件", "Plan"),
        ("城市", "City"),
        ("年份", "Years"),
        ("条款号", "Clause"),
        ("上文", "Before"),
        ("检索词", "Hit"),
        ("下文", "After"),
        ("起", "Start"),
        ("止", "End"),
    ];
    let row = |hit: &HitRow| {
        let facts = [&hit.plan, &hit.city, &hit.years, &hit.clause];
        let words = facts.into_iter().chain(&hit.words).map(|words| Cell::text(words.as_str()));
        let places = [hit.span.start, hit.span.end].map(|place| Cell::count(place.0 as usize));
        words.chain(places).collect()
    };
    let name = language.say("检索结果", "Search hits").to_owned();
    Table { name, head: language.heads(&heads), rows: rows.iter().map(row).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::CharPos;

    #[test]
    fn a_hit_is_a_row_with_numbers_as_numbers() {
        let hit = HitRow {
            plan: "某市计划".into(),
            city: "某市".into(),
            years: "2017".into(),
            clause: "(一)-1".into(),
            words: ["推进".into(), "控烟".into(), "。".into()],
            span: Span::new(CharPos(7), CharPos(9)),
        };
        let table = hits(Language::English, &[hit]);
        let cells: Vec<_> = table.rows[0].iter().map(Cell::read).collect();
        assert_eq!(cells, ["某市计划", "某市", "2017", "(一)-1", "推进", "控烟", "。", "7", "9"]);
        assert!(table.is_numeric(7) && !table.is_numeric(2));
        assert_eq!(table.head.len(), table.rows[0].len());
    }
}
