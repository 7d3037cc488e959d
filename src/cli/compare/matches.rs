//! The printed form of matches, in both directions.

use super::view::{id, path, rounded};
use crate::insight::align::{Alignment, Candidate, Match};
use crate::plan::{Plan, Segments};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct MatchView {
    pub(super) a: u32,
    pub(super) a_path: String,
    pub(super) a_text: String,
    pub(super) none: bool,
    pub(super) candidates: Vec<CandidateView>,
    /// The same for each part of an item that speaks of several things.
    pub(super) parts: Vec<PartView>,
}

#[derive(Debug, Serialize)]
pub(super) struct CandidateView {
    pub(super) b: u32,
    pub(super) b_path: String,
    pub(super) b_text: String,
    pub(super) score: f64,
    pub(super) shared: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct PartView {
    pub(super) text: String,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) none: bool,
    pub(super) candidates: Vec<CandidateView>,
}

#[derive(Debug, Serialize)]
pub(super) struct MatchBackView {
    pub(super) b: u32,
    pub(super) b_path: String,
    pub(super) b_text: String,
    pub(super) none: bool,
    pub(super) candidates: Vec<CandidateBackView>,
}

#[derive(Debug, Serialize)]
pub(super) struct CandidateBackView {
    pub(super) a: u32,
    pub(super) a_path: String,
    pub(super) a_text: String,
    pub(super) score: f64,
}

impl MatchView {
    pub(super) fn of(a: &Plan, b: &Plan, alignment: &Alignment, found: &Match) -> Self {
        let candidates = |own: &Segments, list: &[Candidate]| {
            list.iter()
                .map(|candidate| CandidateView::of(a, b, alignment, own, candidate))
                .collect::<Vec<_>>()
        };
        let parts = found.parts.iter().map(|part| PartView {
            text: part.words.read(&a.text),
            start: part.words.0.first().map_or(0, |span| span.start.0),
            end: part.words.0.last().map_or(0, |span| span.end.0),
            none: part.none,
            candidates: candidates(&part.words, &part.candidates),
        });
        Self {
            a: id(found.item.node),
            a_path: path(a, found.item.node),
            a_text: found.item.read(&a.text),
            none: found.none,
            candidates: candidates(&found.item.words, &found.candidates),
            parts: parts.collect(),
        }
    }
}

impl CandidateView {
    pub(super) fn of(
        a: &Plan,
        b: &Plan,
        alignment: &Alignment,
        own: &Segments,
        candidate: &Candidate,
    ) -> Self {
        let shared = alignment.shared_words((a, own), (b, &candidate.words));
        Self {
            b: id(candidate.node),
            b_path: path(b, candidate.node),
            b_text: candidate.words.read(&b.text),
            score: rounded(candidate.score),
            shared: shared.into_iter().map(|shared| shared.word).collect(),
        }
    }
}

impl MatchBackView {
    pub(super) fn of(a: &Plan, b: &Plan, found: &Match) -> Self {
        let candidate = |candidate: &Candidate| CandidateBackView {
            a: id(candidate.node),
            a_path: path(a, candidate.node),
            a_text: candidate.words.read(&a.text),
            score: rounded(candidate.score),
        };
        Self {
            b: id(found.item.node),
            b_path: path(b, found.item.node),
            b_text: found.item.read(&b.text),
            none: found.none,
            candidates: found.candidates.iter().map(candidate).collect(),
        }
    }
}
