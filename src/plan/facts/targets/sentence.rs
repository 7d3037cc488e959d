//! A sentence, clause by clause: what of its quantities are aims, by which year, and whether reached already.

use super::super::passage::{Passage, begins, ends, find, holds_any, longest_at_start};
use super::super::quantity::{Quantity, quantities};
use super::words::{DONE, RULES};
use super::years::{Role, YearMark, years};
use super::{Draft, Setting, counts, coverage, levels, lists, qualitative};
use std::ops::Range;

/// Words farther before a quantity say nothing of it. Keeps the cost linear on a text without any marks.
const FAR: usize = 100;

/// What the readers of clauses need to know.
pub(super) struct Sentence<'a> {
    pub passage: &'a Passage,
    pub years: Vec<YearMark>,
    pub setting: Setting,
    /// It opens by saying how things stand (`目前,`).
    pub is_report: bool,
}

/// A clause with its quantities, and what was read before it in the sentence.
pub(super) struct Clause<'a> {
    pub sentence: &'a Sentence<'a>,
    pub range: Range<usize>,
    pub quantities: Vec<Quantity>,
    /// The aim read last in this sentence: later clauses leave out what it has named.
    pub previous: Option<Draft>,
    /// The clause before, where the sentence has one.
    pub before: Option<Range<usize>>,
    /// What the last aim of the sentences before is about: `…不低于22%。到2030年,不低于30%。`
    pub spoken: Option<String>,
}

/// Reads a sentence into `drafts`; gives the year that holds for the next one.
pub(super) fn read(
    passage: &Passage,
    range: &Range<usize>,
    setting: Setting,
    drafts: &mut Vec<Draft>,
) -> Option<u16> {
    let years = years(passage, range, setting.period);
    let is_report =
        longest_at_start(&passage.chars[range.clone()], &["目前", "当前", "现有", "截至", "截止"]).is_some();
    let sentence = Sentence { passage, years, setting, is_report };
    let first = drafts.len();
    let spoken = drafts.iter().rfind(|draft| draft.value.is_some()).map(|draft| draft.indicator.clone());
    let mut before = None;
    for range in passage.clauses(range) {
        let inherited = drafts[first..].iter().rev().find(|draft| draft.value.is_some());
        let clause = Clause {
            quantities: sentence.quantities(&range),
            sentence: &sentence,
            previous: inherited.cloned(),
            before: before.replace(range.clone()),
            spoken: spoken.clone(),
            range,
        };
        clause.read(drafts);
    }
    let holds = |year: &&YearMark| year.lasting && (year.role == Role::Aim || setting.past);
    let lasting = sentence.years.iter().rev().find(holds);
    lasting.map(|year| year.year).or(setting.carried)
}

impl Sentence<'_> {
    /// The quantities of a clause; years are none, those inside brackets are remarks unless they compare.
    fn quantities(&self, clause: &Range<usize>) -> Vec<Quantity> {
        let mut found = quantities(self.passage, clause.clone());
        if found.is_empty() || holds_any(&self.passage.chars[clause.clone()], RULES) {
            return Vec::new();
        }
        found.retain(|q| {
            let dated = self
                .years
                .iter()
                .any(|year| year.range.start < q.range.end && q.range.start < year.range.end);
            !dated
                && (!self.passage.is_bracketed(q.range.start)
                    || q.bound.is_some() && q.measure == super::super::quantity::Measure::Rate)
        });
        found
    }

    /// The year mark that governs a position: the nearest to the left that is no base.
    pub fn governing(&self, at: usize) -> Option<&YearMark> {
        self.years.iter().rev().find(|year| year.range.start <= at && year.role != Role::Base)
    }

    /// The year to reach a value at `at` by.
    pub fn year(&self, at: usize) -> Option<u16> {
        self.governing(at).map(|mark| mark.year).or(self.setting.carried).or(self.setting.otherwise)
    }

    /// The year a change at `at` is measured against.
    pub fn base_year(&self, at: usize) -> Option<u16> {
        let base = self.years.iter().rev().find(|year| year.role == Role::Base && year.range.start <= at);
        base.map(|mark| mark.year)
    }

    /// Whether what is said between `from` and `at` has been reached already.
    pub fn is_done(&self, from: usize, at: usize) -> bool {
        let mark = self.governing(at);
        if self.setting.past || mark.is_some_and(|mark| mark.role == Role::Past) {
            return true;
        }
        if mark.is_some_and(|mark| mark.lasting) {
            return false;
        }
        let words = &self.passage.chars[from.max(at.saturating_sub(FAR)).min(at)..at];
        self.is_report || holds_any(words, DONE) || completed(words)
    }
}

/// `培训了50名`: 了 behind a verb.
fn completed(words: &[char]) -> bool {
    (1..words.len()).any(|at| {
        words[at] == '了'
            && !matches!(words[at - 1], '为' | '除' | '到')
            && !matches!(words.get(at + 1), Some('解' | '然'))
    })
}

impl Clause<'_> {
    fn read(&self, drafts: &mut Vec<Draft>) {
        let first = drafts.len();
        if let Some(list) = lists::read(self) {
            drafts.extend(list);
            return;
        }
        let mut from = self.range.start;
        for index in 0..self.quantities.len() {
            let draft = {
                let previous = drafts[first..].last().or(self.previous.as_ref());
                let place = Place { clause: self, index, from, previous };
                let read = || {
                    coverage::counted(&place)
                        .or_else(|| levels::read(&place))
                        .or_else(|| counts::read(&place))
                };
                if place.is_norm() { None } else { read() }
            };
            if let Some(draft) = draft {
                from = self.quantities[index].range.end;
                drafts.push(draft);
            }
        }
        if drafts.len() == first {
            drafts.extend(coverage::read(self).or_else(|| qualitative::read(self)));
        }
    }

    pub fn passage(&self) -> &Passage {
        self.sentence.passage
    }
}

/// A quantity in its clause.
pub(super) struct Place<'a> {
    pub clause: &'a Clause<'a>,
    index: usize,
    /// Where the words that belong to it begin: the clause, or the end of the quantity used before it.
    from: usize,
    /// The aim read before it, in this clause or an earlier one of the sentence.
    pub previous: Option<&'a Draft>,
}

impl<'a> Place<'a> {
    pub fn quantity(&self) -> &'a Quantity {
        &self.clause.quantities[self.index]
    }

    /// The words before the quantity that are its own.
    pub fn before(&self) -> Range<usize> {
        self.from..self.quantity().range.start
    }

    /// The words behind the quantity, up to the next one.
    pub fn behind(&self) -> Range<usize> {
        let end =
            self.clause.quantities.get(self.index + 1).map_or(self.clause.range.end, |next| next.range.start);
        self.quantity().range.end..end
    }

    pub fn words(&self, range: Range<usize>) -> &'a [char] {
        &self.clause.sentence.passage.chars[range]
    }

    /// The clause from its beginning to the quantity, as far back as words can belong to it.
    pub fn clause_before(&self) -> &'a [char] {
        let at = self.quantity().range.start;
        self.words(self.clause.range.start.max(at.saturating_sub(FAR))..at)
    }

    /// The year, base year and state of an aim at this place.
    pub fn dated(&self) -> (Option<u16>, Option<u16>, bool) {
        let sentence = self.clause.sentence;
        let at = self.quantity().range.start;
        let done = sentence.is_done(self.clause.range.start, at) || self.is_starting_point();
        (sentence.year(at), sentence.base_year(at), done)
    }

    /// `由77岁提高到79岁`: the first value is where the change begins.
    pub fn is_starting_point(&self) -> bool {
        let before = self.words(self.before());
        let from = ["由", "从", "由原来的", "从原来的"].iter().any(|word| ends(before, word));
        let behind = self.words(self.quantity().range.end..self.clause.range.end);
        let rises = find(behind, "到").or_else(|| find(behind, "至")).is_some_and(|at| at <= 5);
        (from && rises)
            || (rises && ends(before, "的") && find(before, "由").or_else(|| find(before, "从")).is_some())
    }

    /// Whether the words behind begin with one of `words`.
    pub fn is_followed_by(&self, words: &[&str]) -> bool {
        let behind = self.words(self.behind());
        words.iter().any(|word| begins(behind, word))
    }

    /// `按照每3万人口设置1所中心`, `按不低于5%的比例`: a rule of planning, not an aim.
    fn is_norm(&self) -> bool {
        holds_any(self.clause_before(), &["按照", "按每", "按不", "依照", "原则上每"])
    }
}
