//! Decisions on matches, and the basket: edits of the coder's links, each named and undoable.

use crate::annotation::{Anchor, Unknown};
use crate::app::{App, EditName};
use crate::plan::{NodeIx, Plan};
use crate::project::{End, Excerpt, Link, LinkEdit, LinkId, LinkKind, LinkRecord, LinkStatus, Links, PlanId};
use crate::text::Span;
use jiff::Timestamp;
use std::sync::Arc;

impl App {
    /// The coder's links; nothing is the same as no file.
    pub fn links(&self) -> Option<&Arc<Links>> {
        self.project.as_ref()?.links.get(&self.coder())
    }

    /// Confirms or rejects that two items correspond; the same again takes it back.
    pub(super) fn judge(&mut self, status: LinkStatus, a: NodeIx, b: NodeIx) {
        let Some(compared) = self.compared().cloned() else { return };
        let span = |plan: &Plan, node: NodeIx| plan.outline.get(node).map(|node| node.span);
        let Some((of_a, of_b)) = span(&compared.plans[0], a).zip(span(&compared.plans[1], b)) else { return };
        self.decide(LinkKind::Item, status, of_a, of_b);
    }

    /// Says that two targets are, or are not, on one indicator; the same again takes it back.
    pub(super) fn judge_targets(&mut self, status: LinkStatus, a: Span, b: Span) {
        self.decide(LinkKind::Target, status, a, b);
    }

    fn decide(&mut self, kind: LinkKind, status: LinkStatus, a: Span, b: Span) {
        let Some(compared) = self.compared().cloned() else { return };
        let ids = compared.ids;
        let clause = |side: usize, span: Span| self.clause_of(ids[side], span);
        let (clause_a, clause_b) = (clause(0, a), clause(1, b));
        let stands = |end: &End, side: usize, span: Span| {
            end.anchor.find(&compared.plans[side].text).span() == Some(span)
        };
        let known = self.links().and_then(|links| {
            let mut same = links.links().filter(|link| link.on == kind);
            same.find(|link| {
                link.between(ids[0], ids[1])
                    .is_some_and(|(end_a, end_b)| stands(end_a, 0, a) && stands(end_b, 1, b))
            })
            .cloned()
        });
        let now = Timestamp::now();
        let (name, after) = match &known {
            Some(known) if known.status == status => (EditName::Unlink(clause_a, clause_b), None),
            Some(known) => {
                let link = Link { status, modified: now, ..known.clone() };
                (EditName::Link(status, clause_a, clause_b), Some(link))
            }
            None => {
                let end =
                    |side: usize, span| End::new(ids[side], Anchor::new(&compared.plans[side].text, span));
                let link = Link::new(kind, status, (end(0, a), end(1, b)), now);
                (EditName::Link(status, clause_a, clause_b), Some(link))
            }
        };
        let edit = LinkEdit { before: known.map(LinkRecord::Link), after: after.map(LinkRecord::Link) };
        self.edit_links(name, vec![edit]);
    }

    /// Keeps words of a plan in the basket, behind what is there. The same words once.
    pub(super) fn keep_excerpt(&mut self, plan: PlanId, span: Span) {
        let Some(open) = self.plans.get(&plan) else { return };
        let words = open.plan.text.slice(span);
        let before = words.len() - words.trim_start().len();
        let start = span.start + words[..before].chars().count() as u32;
        let span = Span::at(start, words.trim().chars().count() as u32);
        if span.is_empty() {
            return;
        }
        let basket = self.links().map(|links| links.basket()).unwrap_or_default();
        if basket.iter().any(|kept| kept.at.plan == plan && kept.at.anchor.span() == span) {
            return;
        }
        let now = Timestamp::now();
        let excerpt = Excerpt {
            id: LinkId::random(),
            position: basket.last().map_or(1, |last| last.position.saturating_add(1)),
            at: End::new(plan, Anchor::new(&open.plan.text, span)),
            note: String::new(),
            created: now,
            modified: now,
            unknown: Unknown::default(),
        };
        let name = EditName::Keep(self.clause_of(plan, span));
        self.edit_links(name, vec![LinkEdit { before: None, after: Some(LinkRecord::Excerpt(excerpt)) }]);
    }

    pub(super) fn drop_excerpt(&mut self, id: LinkId) {
        let Some(excerpt) = self.links().and_then(|links| links.excerpt(id)).cloned() else { return };
        let name = EditName::Drop(self.clause_of(excerpt.at.plan, excerpt.at.anchor.span()));
        self.edit_links(name, vec![LinkEdit { before: Some(LinkRecord::Excerpt(excerpt)), after: None }]);
    }

    /// Moves an excerpt by so many places; those it passes move up or down by one.
    pub(super) fn move_excerpt(&mut self, id: LinkId, by: i32) {
        let Some(links) = self.links().cloned() else { return };
        let mut order = links.basket();
        let Some(from) = order.iter().position(|excerpt| excerpt.id == id) else { return };
        let to = from.saturating_add_signed(by as isize).min(order.len() - 1);
        let moved = order.remove(from);
        order.insert(to, moved);
        let now = Timestamp::now();
        let placed = order.into_iter().zip(1..).filter(|(excerpt, position)| excerpt.position != *position);
        let edit = |(excerpt, position): (&Excerpt, u32)| LinkEdit {
            before: Some(LinkRecord::Excerpt(excerpt.clone())),
            after: Some(LinkRecord::Excerpt(Excerpt { position, modified: now, ..excerpt.clone() })),
        };
        let edits: Vec<_> = placed.map(edit).collect();
        if !edits.is_empty() {
            self.edit_links(EditName::Arrange, edits);
        }
    }

    pub(super) fn set_excerpt_note(&mut self, id: LinkId, note: &str) {
        let Some(before) = self.links().and_then(|links| links.excerpt(id)).cloned() else { return };
        if before.note == note {
            return;
        }
        let name = EditName::ExcerptNote(self.clause_of(before.at.plan, before.at.anchor.span()));
        let after = Excerpt { note: note.to_owned(), modified: Timestamp::now(), ..before.clone() };
        let edit =
            LinkEdit { before: Some(LinkRecord::Excerpt(before)), after: Some(LinkRecord::Excerpt(after)) };
        self.edit_links(name, vec![edit]);
    }

    /// The clause number at a place of a plan.
    pub(super) fn clause_of(&self, plan: PlanId, span: Span) -> String {
        let node = self.plans.get(&plan).and_then(|open| open.plan.outline.at(span.start));
        node.map_or_else(String::new, |node| self.clause(plan, node))
    }
}
