//! A comparison as charts.

use super::ComparisonTables;
use crate::annotation::TagId;
use crate::export::Picture;
use crate::export::chart::{Bar, Bars, Heat};
use crate::insight::{Cross, Matrix, MatrixRow, Presence, Subject};

impl ComparisonTables<'_> {
    /// Mirrored bars of a matrix: a row per theme that either plan has, down to `depth` in the tree (0: its top).
    pub fn bars(&self, matrix: &Matrix, depth: u8) -> Picture {
        let say = |zh, en| self.language.say(zh, en);
        let shown = || matrix.rows.iter().filter(|row| row.depth <= depth);
        let has = |row: &&MatrixRow| row.presence() != Presence::Neither;
        let bar = |row: &MatrixRow| Bar {
            label: self.subject(&row.subject).0,
            depth: row.depth,
            a: (row.a.items.len(), row.a.share),
            b: (row.b.items.len(), row.b.share),
        };
        let missing = shown().filter(|row| !has(row)).count();
        let bars = Bars {
            title: say("各主题条款占比", "Share of items by theme").to_owned(),
            sides: self.names([matrix.items_a, matrix.items_b]),
            rows: shown().filter(has).map(bar).collect(),
            language: self.language,
        };
        let mut caption = say(
            "左(实色)为A,右(斜纹)为B;数字为条款数及其占本文件条款的比例。",
            "A left (full), B right (hatched): number of items and their share of the plan's items.",
        )
        .to_owned();
        if missing > 0 {
            caption += &self.language.say(
                format!("两者都没有的主题{missing}个,未画出。"),
                format!(" Not drawn: {missing} themes that neither has."),
            );
        }
        Picture { drawing: bars.drawing(), caption }
    }

    /// Two cross tables of the same facets as a heat map. Rows and columns that nobody has are left out.
    pub fn heat(&self, a: &Cross, b: &Cross) -> Picture {
        let both = |row: usize, column: usize| {
            let of =
                |cross: &Cross| cross.counts.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0);
            [of(a), of(b)]
        };
        let any = |counts: [usize; 2]| counts != [0, 0];
        let rows: Vec<usize> = (0..a.rows.len())
            .filter(|&row| (0..a.columns.len()).any(|column| any(both(row, column))))
            .collect();
        let columns: Vec<usize> =
            (0..a.columns.len()).filter(|&column| rows.iter().any(|&row| any(both(row, column)))).collect();
        let name = |tag: &TagId| self.subject(&Subject::Tag(tag.clone())).0;
        let heat = Heat {
            title: self.heat_title(a),
            sides: self.names([a.items, b.items]),
            rows: rows.iter().map(|&row| name(&a.rows[row])).collect(),
            columns: columns.iter().map(|&column| name(&a.columns[column])).collect(),
            counts: rows
                .iter()
                .map(|&row| columns.iter().map(|&column| both(row, column)).collect())
                .collect(),
            language: self.language,
        };
        let caption = self.language.say(
            "每格左为A,右(斜纹)为B;数字为同时带有两种编码的条款数,颜色深浅为其占本文件条款的比例。",
            "In each cell A left, B right (hatched): items that carry both tags; the depth of colour is their share of \
             the plan's items.",
        );
        Picture { drawing: heat.drawing(), caption: caption.to_owned() }
    }

    fn heat_title(&self, cross: &Cross) -> String {
        let facet = |tags: &[TagId]| {
            let tag = tags.first().and_then(|tag| self.book.tag(tag))?;
            let facet = self.book.facets.iter().find(|facet| facet.id == tag.facet)?;
            Some(self.language.say(&facet.zh, &facet.en).clone())
        };
        let names = [&cross.rows, &cross.columns].map(|tags| facet(tags).unwrap_or_default());
        names.join(" × ")
    }

    fn names(&self, items: [usize; 2]) -> [(String, usize); 2] {
        let name = |name: &str, letter: &str| if name == letter { String::new() } else { name.to_owned() };
        [(name(self.a.name, "A"), items[0]), (name(self.b.name, "B"), items[1])]
    }
}
