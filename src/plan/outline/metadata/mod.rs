//! What a document says of itself, from its headline, rows, notice, signature and, failing those, its body.

mod by_reader;
mod cleaning;
pub(super) mod dates;
pub(super) mod genres;
mod issuer;
mod place;
pub(super) mod places;
pub(super) mod rows;
pub(super) mod shapes;
mod signing;
mod title;
mod years;

pub use by_reader::MetadataField;

use super::furniture::{Role, unspaced};
use super::lines::Line;
use super::repair::Block;
use super::structure::Sort;
use crate::plan::{Evidence, Fact, Metadata, Warning, WarningKind};

/// Everything metadata is read from.
pub(super) struct Sources<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Its lines.
    pub lines: &'a [Line],
    /// Their roles.
    pub roles: &'a [Role],
    /// The paragraphs of the body.
    pub blocks: &'a [Block],
    /// What each is to the tree.
    pub sorts: &'a [Sort],
}

/// A labelled row of the page.
pub(super) struct Labelled<'a> {
    label: &'static str,
    value: &'a str,
    line: u32,
}

/// How many paragraphs before the first number are looked at.
const FRONT: usize = 60;

impl<'a> Sources<'a> {
    /// The labelled rows, the value of a lone label taken from the next line.
    fn rows(&self) -> Vec<Labelled<'a>> {
        let mut found = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            if self.roles[at] != Role::Furniture("metadata") {
                continue;
            }
            let words = line.of(self.text);
            for row in rows::read(words) {
                let mut value = words[row.start..row.end].trim();
                let mut number = line.number;
                if value.is_empty()
                    && row.end == words.len()
                    && let Some(next) = self.lines.get(at + 1).filter(|next| next.chars <= 40)
                    && rows::read(next.of(self.text)).is_empty()
                {
                    (value, number) = (next.of(self.text), next.number);
                }
                found.push(Labelled { label: row.label, value, line: number });
            }
        }
        found
    }

    /// The paragraphs before the first number.
    fn front(&self) -> &'a [Block] {
        let first = self
            .sorts
            .iter()
            .position(|sort| matches!(sort, Sort::Numbered | Sort::Named(_) | Sort::Beside(_)));
        &self.blocks[..first.unwrap_or(self.blocks.len()).min(FRONT)]
    }

    /// The paragraphs before the first number, those under a heading like 前言 too.
    fn preface(&self) -> &'a [Block] {
        let first = self.sorts.iter().position(|sort| *sort == Sort::Numbered);
        &self.blocks[..first.unwrap_or(self.blocks.len()).min(FRONT)]
    }

    /// The paragraphs after the last number, or all where there is none.
    fn tail(&self) -> &'a [Block] {
        let last = self.sorts.iter().rposition(|sort| *sort == Sort::Numbered).map_or(0, |at| at + 1);
        &self.blocks[last..]
    }

    fn line_of(&self, block: &Block) -> u32 {
        self.lines[block.line].number
    }
}

/// Reads what the document says of itself.
pub(super) fn read(sources: &Sources, warnings: &mut Vec<Warning>) -> Metadata {
    let rows = sources.rows();
    let titles = title::find(sources, &rows);
    let signing = signing::find(sources, &rows);
    let named = issuer::written(&rows, &signing, titles.notice.as_ref().or(titles.plan.as_ref()));
    // A row can name the issuer without its place (县卫健委) where the signature has it.
    let issuers: Vec<_> = named.iter().chain(&signing.signature).collect();
    let place = place::find(sources, titles.plan.as_ref(), titles.notice.as_ref(), &issuers);
    if let Some(Fact { evidence: Evidence::Inferred { hints, confidence }, .. }) = &place
        && *confidence < 70
    {
        warnings.push(Warning { kind: WarningKind::UncertainPlace, line: 0, detail: hints.clone() });
    }
    let kind = titles.plan.as_ref().and_then(|fact| Some((genres::of_title(&unspaced(&fact.value))?, fact)));
    let years = period(sources, &titles, signing.date.as_ref());
    let issuer = issuer::full(sources, named, place.as_ref(), titles.plan.as_ref());
    Metadata {
        doc_type: kind
            .map(|((word, _), fact)| Fact { value: word.to_owned(), evidence: fact.evidence.clone() }),
        genre: kind.map(|((_, genre), fact)| Fact { value: genre, evidence: fact.evidence.clone() }),
        title: titles.plan,
        notice_title: titles.notice,
        place,
        years,
        issuer,
        document_number: signing::document_number(sources, &rows),
        date: signing.date,
        published: signing.published,
    }
}

/// The years of a plan named for its last one (`健康甲城2030`), where its preface names them: `本规划纲要是2017年至2030年…`.
fn up_to(sources: &Sources, last: u16) -> Option<Fact<(u16, u16)>> {
    sources.preface().iter().take(8).find_map(|block| {
        let words = block.words(sources.text);
        let value = years::range(&words).filter(|value| value.0 < last && value.1 == last)?;
        let own = words.contains("本规划") || words.contains("规划期");
        own.then(|| Fact { value, evidence: Evidence::Line(sources.line_of(block)) })
    })
}

/// The years of the plan: by its title, by the notice's, by the range its body names, by its date.
fn period(
    sources: &Sources,
    titles: &title::Titles,
    date: Option<&Fact<String>>,
) -> Option<Fact<(u16, u16)>> {
    for title in
        [titles.plan.as_ref(), titles.notice.as_ref(), titles.headline.as_ref()].into_iter().flatten()
    {
        if let Some(value) = years::of_title(&title.value) {
            let whole = (value.0 == value.1).then(|| up_to(sources, value.1)).flatten();
            return whole.or_else(|| Some(Fact { value, evidence: title.evidence.clone() }));
        }
    }
    let plan = titles.plan.as_ref()?;
    let length = years::span_of(&plan.value)?;
    let fits = |&(first, last): &(u16, u16)| last + 1 == first + length;
    for block in sources.blocks.iter().take(FRONT) {
        if let Some(value) = years::range(&block.words(sources.text)).filter(fits) {
            return Some(Fact { value, evidence: Evidence::Line(sources.line_of(block)) });
        }
    }
    let first: u16 = date?.value.get(..4)?.parse().ok()?;
    let hints = format!("{length} years from the date of issue");
    Some(Fact { value: (first, first + length - 1), evidence: Evidence::Inferred { hints, confidence: 60 } })
}
