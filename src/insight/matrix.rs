//! The theme matrix: what either of two plans has on each tag, how much, how firmly, in which words.
//!
//! Genre and length of plans differ, so every count comes with its share. A tag that neither side has keeps its
//! row: missing is a finding. Not here: which tags items carry (see `tagged`).

use super::cues::FacetCues;
use super::domains::{Domain, Domains};
use super::items::Item;
use super::tagged::Tagged;
use crate::annotation::{Codebook, TagId};
use crate::plan::{NodeIx, Plan};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// One plan as the matrix takes it.
#[derive(Clone, Copy)]
pub struct MatrixSide<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its items.
    pub items: &'a [Item],
    /// The tags its items carry, of all facets that matter here.
    pub tagged: &'a [Tagged],
}

/// What the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// The tags of the facet, parents before children.
    Tags,
    /// The five domains of Healthy China 2030, and what belongs to none of them.
    Domains,
}

/// Which items count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only items that carry each of these tags (or one beneath it): an instrument, a population.
    pub tags: Vec<TagId>,
    /// Only items in this section of A.
    pub section_a: Option<NodeIx>,
    /// Only items in this section of B.
    pub section_b: Option<NodeIx>,
    /// Only items whose departments (lead or others) contain these words.
    pub department: Option<String>,
}

/// A matrix of one facet.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// In the order of the codebook.
    pub rows: Vec<MatrixRow>,
    /// How many items of A passed the filter.
    pub items_a: usize,
    /// How many items of B passed the filter.
    pub items_b: usize,
}

/// A row.
#[derive(Clone, Debug)]
pub struct MatrixRow {
    /// What it counts.
    pub subject: Subject,
    /// How deep it lies in the tree, 0 at the top.
    pub depth: u8,
    /// What A has.
    pub a: Cell,
    /// What B has.
    pub b: Cell,
}

/// What a row counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Items with this tag or one beneath it.
    Tag(TagId),
    /// Items with a tag of the domain with this id, see [`Domains`].
    Domain(String),
}

/// Who has anything on a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// Both plans.
    Both,
    /// A alone.
    OnlyA,
    /// B alone.
    OnlyB,
    /// Neither.
    Neither,
}

/// What one plan has on a subject.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// The nodes of the items, in document order.
    pub items: Vec<NodeIx>,
    /// Their share of the items counted, 0-1.
    pub share: f32,
    /// How firm the firmest of them is: 0 nothing, 1 encouraged, 2 a definite action, 3 quantified or dated.
    pub strength: u8,
    /// The words that show it best.
    pub quotation: Option<Quotation>,
}

/// A sentence, or the words a coder tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The item it stands in.
    pub node: NodeIx,
    /// Where it stands.
    pub span: Span,
}

impl MatrixRow {
    /// Who has anything on the subject.
    pub fn presence(&self) -> Presence {
        match (self.a.items.is_empty(), self.b.items.is_empty()) {
            (false, false) => Presence::Both,
            (false, true) => Presence::OnlyA,
            (true, false) => Presence::OnlyB,
            (true, true) => Presence::Neither,
        }
    }

    /// Share of B less share of A, in -1..1.
    pub fn difference(&self) -> f32 {
        self.b.share - self.a.share
    }
}

/// The matrix of `facet` over two plans.
pub fn matrix(
    a: MatrixSide<'_>,
    b: MatrixSide<'_>,
    book: &Codebook,
    facet: &str,
    rows: Rows,
    filter: &Filter,
) -> Matrix {
    let a = Counted::new(a, book, facet, filter, filter.section_a);
    let b = Counted::new(b, book, facet, filter, filter.section_b);
    let row = |(subject, depth, tags): (Subject, u8, BTreeSet<&TagId>)| MatrixRow {
        subject,
        depth,
        a: a.cell(&tags),
        b: b.cell(&tags),
    };
    Matrix {
        rows: subjects(book, facet, rows).into_iter().map(row).collect(),
        items_a: a.kept.len(),
        items_b: b.kept.len(),
    }
}

/// The subjects of the rows, each with its depth and the tags it takes in.
fn subjects<'a>(book: &'a Codebook, facet: &'a str, rows: Rows) -> Vec<(Subject, u8, BTreeSet<&'a TagId>)> {
    let tags = || book.tags.iter().filter(move |tag| tag.facet == facet);
    match rows {
        Rows::Tags => {
            let mut found = Vec::new();
            let mut pending: Vec<_> = book.children(facet, None).map(|tag| (tag, 0)).collect();
            pending.reverse();
            while let Some((tag, depth)) = pending.pop() {
                let beneath = tags().map(|tag| &tag.id).filter(|id| book.is_within(id, &tag.id)).collect();
                found.push((Subject::Tag(tag.id.clone()), depth, beneath));
                let children: Vec<_> =
                    book.children(facet, Some(&tag.id)).map(|tag| (tag, depth + 1)).collect();
                pending.extend(children.into_iter().rev());
            }
            found
        }
        Rows::Domains => {
            let domains = Domains::builtin();
            let row = |domain: &Domain| {
                let own = tags().map(|tag| &tag.id).filter(|tag| domains.of(book, tag) == domain);
                (Subject::Domain(domain.id.clone()), 0, own.collect())
            };
            domains.all().map(row).collect()
        }
    }
}

/// A sentence with the themes it speaks of, each with its score.
type Sentence = (Span, Vec<(TagId, f32)>);

/// The items of a plan that passed the filter, with what the cells need to know of them.
struct Counted<'a> {
    side: MatrixSide<'a>,
    /// Indices of the items that count.
    kept: BTreeSet<usize>,
    /// By item: tags of the facet.
    tags: BTreeMap<usize, Vec<&'a Tagged>>,
    /// By item: 0-3.
    strength: Vec<u8>,
    /// By item: its sentences, and how clearly each speaks of each tag.
    sentences: Vec<Vec<Sentence>>,
}

impl<'a> Counted<'a> {
    fn new(
        side: MatrixSide<'a>,
        book: &Codebook,
        facet: &str,
        filter: &Filter,
        section: Option<NodeIx>,
    ) -> Self {
        let carries = |item: usize, wanted: &TagId| {
            side.tagged.iter().any(|tagged| tagged.item == item && book.is_within(&tagged.tag, wanted))
        };
        let kept: BTreeSet<usize> = (0..side.items.len())
            .filter(|&item| filter.tags.iter().all(|wanted| carries(item, wanted)))
            .filter(|&item| {
                section.is_none_or(|section| is_beneath(side.plan, side.items[item].node, section))
            })
            .filter(|&item| filter.department.as_ref().is_none_or(|name| has_department(side, item, name)))
            .collect();
        let mut tags: BTreeMap<usize, Vec<&Tagged>> = BTreeMap::new();
        let of_facet = |tagged: &&Tagged| book.tag(&tagged.tag).is_some_and(|tag| tag.facet == facet);
        for tagged in side.tagged.iter().filter(of_facet).filter(|tagged| kept.contains(&tagged.item)) {
            tags.entry(tagged.item).or_default().push(tagged);
        }
        let cues = FacetCues::of(book, facet);
        let speaks_of = |span: Span| {
            let about = cues.about(side.plan.text.slice(span));
            let tags =
                about.iter().filter_map(|(tag, weight)| Some((cues.tag(tag as usize)?.clone(), weight)));
            tags.collect::<Vec<_>>()
        };
        let sentences = |item: &Item| {
            let heading = item.heading.0.iter().copied().reduce(Span::hull);
            heading
                .into_iter()
                .chain(item.sentences(&side.plan.text))
                .map(|span| (span, speaks_of(span)))
                .collect::<Vec<_>>()
        };
        let sentences = side.items.iter().map(sentences).collect();
        Self { side, kept, tags, strength: strengths(side, book), sentences }
    }

    fn cell(&self, tags: &BTreeSet<&TagId>) -> Cell {
        let holds = |tagged: &&&Tagged| tags.contains(&tagged.tag);
        let mut items = Vec::new();
        let mut best: Option<((bool, u8, f32), Quotation)> = None;
        for (&item, carried) in &self.tags {
            let of_subject: Vec<_> = carried.iter().filter(holds).collect();
            if of_subject.is_empty() {
                continue;
            }
            let node = self.side.items[item].node;
            items.push(node);
            let quoted =
                of_subject.iter().filter_map(|tagged| tagged.span).find(|&span| self.is_passage(item, span));
            let (clear, span) =
                quoted.map_or_else(|| self.clearest(item, tags), |span| (f32::INFINITY, span));
            let worth = (quoted.is_some(), self.strength[item], clear);
            if best.as_ref().is_none_or(|(least, _)| worth > *least) {
                best = Some((worth, Quotation { node, span }));
            }
        }
        let strength = self.tags.iter().filter(|(_, carried)| carried.iter().any(|tagged| holds(&tagged)));
        Cell {
            share: items.len() as f32 / self.kept.len().max(1) as f32,
            strength: strength.map(|(&item, _)| self.strength[item]).max().unwrap_or(0),
            quotation: best.map(|(_, quotation)| quotation),
            items,
        }
    }

    /// Whether a coder tagged some words of the item rather than the whole of it.
    fn is_passage(&self, item: usize, span: Span) -> bool {
        span.len() * 2 < self.side.items[item].span().len()
    }

    /// The sentence of an item that speaks of the tags most clearly, and how clearly.
    fn clearest(&self, item: usize, tags: &BTreeSet<&TagId>) -> (f32, Span) {
        let clear = |about: &Vec<(TagId, f32)>| {
            about.iter().filter(|(tag, _)| tags.contains(tag)).map(|(_, w)| w).sum()
        };
        // Where no sentence speaks of them alone, the heading or first sentence stands for the item.
        let first = self.sentences[item].first().map(|(span, _)| *span);
        let mut best = (0.0, first.unwrap_or_else(|| self.side.items[item].span()));
        for (span, about) in &self.sentences[item] {
            let clear: f32 = clear(about);
            if clear > best.0 {
                best = (clear, *span);
            }
        }
        best
    }
}

/// How firm each item is: as tagged in the facet `commitment`, else as its words suggest.
fn strengths(side: MatrixSide<'_>, book: &Codebook) -> Vec<u8> {
    let cues = FacetCues::of(book, "commitment");
    let level =
        |tag: &TagId| tag.0.chars().last().and_then(|c| c.to_digit(10)).map_or(0, |digit| digit.min(3) as u8);
    let is_level = |tag: &TagId| book.tag(tag).is_some_and(|tag| tag.facet == "commitment");
    let of_item = |(index, item): (usize, &Item)| {
        let tags = side.tagged.iter().filter(|tagged| tagged.item == index).map(|tagged| &tagged.tag);
        tags.filter(|tag| is_level(tag)).map(level).max().unwrap_or_else(|| {
            let about = cues.about(&item.read(&side.plan.text));
            about.iter().filter_map(|(tag, _)| cues.tag(tag as usize)).map(level).max().unwrap_or(0)
        })
    };
    side.items.iter().enumerate().map(of_item).collect()
}

fn is_beneath(plan: &Plan, node: NodeIx, section: NodeIx) -> bool {
    node == section || plan.outline.ancestors(node).any(|up| up == section)
}

fn has_department(side: MatrixSide<'_>, item: usize, name: &str) -> bool {
    let departments = side.plan.outline.get(side.items[item].node).and_then(|node| node.departments.as_ref());
    departments.is_some_and(|d| d.lead.iter().chain(&d.others).any(|department| department.contains(name)))
}
