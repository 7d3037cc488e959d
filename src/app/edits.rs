//! Edits: tagging, notes, undo and redo. Each is one named change set and goes to disk at once.

use super::reading::trimmed;
use super::state::NoticeKind;
use super::{App, ChangeSet, EditName, Marks, Site};
use crate::annotation::{Anchor, Annotation, AnnotationId, Body, Edit, Subject, TagId};
use crate::plan::{Correction, MetadataField, NodeIx, Operation, clause_path};
use crate::project::{Change, LinkEdit, PlanId, PlanRecord, Refused};
use crate::text::Span;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many chars a correction keeps of its place, to find it again.
const QUOTE: u32 = 24;

impl App {
    /// Puts a tag on a place or takes it off. In a facet that allows one tag, the new one replaces the old.
    pub(super) fn toggle(&mut self, plan: PlanId, site: Site, tag: TagId) {
        let Some(open) = self.plans.get(&plan) else { return };
        let present = open.marks.tags_at(site).find(|(other, _)| **other == tag).map(|(_, id)| id);
        if let Some(id) = present {
            let edits = self.annotation(plan, id).map(Edit::remove).into_iter().collect();
            return self.edit(plan, EditName::Untag(tag, self.site_name(plan, site)), edits);
        }
        let Some(new) = self.annotate(plan, site, Body::Tag(tag.clone())) else { return };
        let mut edits: Vec<Edit> = self.excluded_by(plan, site, &tag).into_iter().map(Edit::remove).collect();
        edits.push(Edit::put(new));
        self.remember_tag(&tag);
        self.edit(plan, EditName::Tag(tag, self.site_name(plan, site)), edits);
    }

    /// A new annotation on a place; `None` where the place does not exist.
    fn annotate(&self, plan: PlanId, site: Site, body: Body) -> Option<Annotation> {
        let open = self.plans.get(&plan)?;
        let (on, anchor) = match site {
            Site::Node(ix) => {
                let span = open.plan.outline.get(ix)?.span;
                (Subject::Node, Anchor::new(&open.plan.text, span))
            }
            Site::Row(ix, row) => {
                let span = open.plan.outline.get(ix)?.rows.get(row as usize)?.span;
                (Subject::Row, Anchor::new(&open.plan.text, span))
            }
            Site::Passage(span) => {
                let span = trimmed(&open.plan, span);
                if span.is_empty() {
                    return None;
                }
                (Subject::Passage, Anchor::new(&open.plan.text, span))
            }
            Site::Plan => (Subject::Plan, Anchor::default()),
        };
        Some(Annotation::on(on, anchor, body, Timestamp::now()))
    }

    /// The taggings of a place that cannot stand beside `tag`: others of a facet that allows only one.
    fn excluded_by(&self, plan: PlanId, site: Site, tag: &TagId) -> Vec<Annotation> {
        let Some((project, open)) = self.project.as_ref().zip(self.plans.get(&plan)) else {
            return Vec::new();
        };
        let facet_of = |id: &TagId| project.codebook.tag(id).map(|tag| tag.facet.as_str());
        let facet = facet_of(tag);
        if facet.and_then(|id| project.codebook.facet(id)).is_none_or(|facet| facet.multiple) {
            return Vec::new();
        }
        let rivals = open.marks.tags_at(site).filter(|(other, _)| facet_of(other) == facet);
        rivals.filter_map(|(_, id)| self.annotation(plan, id)).collect()
    }

    /// Writes the note of a place; an empty one is removed.
    pub(super) fn set_note(&mut self, plan: PlanId, site: Site, note: &str) {
        let Some(open) = self.plans.get(&plan) else { return };
        let before = open.marks.note_at(site);
        if before.map_or("", |(_, words)| words) == note {
            return;
        }
        let before = before.and_then(|(id, _)| self.annotation(plan, id));
        let after = match &before {
            _ if note.is_empty() => None,
            Some(before) => {
                let body = Body::Note(note.to_owned());
                Some(Annotation { body, modified: Timestamp::now(), ..before.clone() })
            }
            None => match self.annotate(plan, site, Body::Note(note.to_owned())) {
                Some(new) => Some(new),
                None => return,
            },
        };
        self.edit(plan, EditName::Note(self.site_name(plan, site)), vec![Edit { before, after }]);
    }

    /// Removes one annotation.
    pub(super) fn remove(&mut self, plan: PlanId, id: AnnotationId) {
        let Some(annotation) = self.annotation(plan, id) else { return };
        let place = self.clause_at(plan, annotation.anchor.span());
        let name = match &annotation.body {
            Body::Tag(tag) => EditName::Untag(tag.clone(), place),
            Body::Note(_) => EditName::Remove(place),
        };
        self.edit(plan, name, vec![Edit::remove(annotation)]);
    }

    /// Records a correction of the outline at `span` and reads the plan anew with it.
    pub(super) fn correct(&mut self, plan: PlanId, span: Span, operation: Operation) {
        let Some(open) = self.plans.get(&plan) else { return };
        let quote = open.plan.text.slice(Span::at(span.start, QUOTE)).to_owned();
        let name = EditName::Correct(operation, self.clause_at(plan, span));
        let correction = Correction { span, quote, operation };
        self.edit_record(plan, name, |record| {
            record.corrections.push(correction);
            true
        });
    }

    /// Sets a field of a plan's metadata to what a person typed.
    pub(super) fn set_metadata(&mut self, plan: PlanId, field: MetadataField, words: &str) {
        let set = |record: &mut PlanRecord| record.metadata.set_by_reader(field, words);
        if !self.edit_record(plan, EditName::Metadata(field), set) {
            self.notify(NoticeKind::NotUnderstood(words.to_owned()));
        }
    }

    /// Changes what is known of a plan, as one change set. `false` where `alter` refuses.
    pub(super) fn edit_record(
        &mut self,
        plan: PlanId,
        name: EditName,
        alter: impl FnOnce(&mut PlanRecord) -> bool,
    ) -> bool {
        let entry = self.project.as_ref().and_then(|project| project.plans.get(&plan));
        let Some(before) = entry.map(|entry| entry.record.clone()) else { return false };
        let mut after = (*before).clone();
        if !alter(&mut after) {
            return false;
        }
        if after != *before {
            let set = ChangeSet { name, changes: vec![Change::Record { before, after: Arc::new(after) }] };
            if self.carry_out(&set) {
                self.history.record(set);
            }
        }
        true
    }

    pub(super) fn clause_at(&self, plan: PlanId, span: Span) -> String {
        let node = self.plans.get(&plan).and_then(|open| open.plan.outline.at(span.start));
        node.map_or_else(String::new, |node| self.clause(plan, node))
    }

    /// Carries out edits of the coder's sheet on a plan as one change set.
    pub(super) fn edit(&mut self, plan: PlanId, name: EditName, edits: Vec<Edit>) {
        let coder = self.coder();
        let change = |edit| Change::Annotation { plan, coder: coder.clone(), edit };
        self.do_set(ChangeSet { name, changes: edits.into_iter().map(change).collect() });
    }

    /// Carries out a change set as an edit that can be taken back. Tells whether it was done.
    pub(super) fn do_set(&mut self, set: ChangeSet) -> bool {
        let done = self.carry_out(&set);
        if done {
            self.history.record(set);
        }
        done
    }

    /// Carries out edits of the coder's links as one change set.
    pub(super) fn edit_links(&mut self, name: EditName, edits: Vec<LinkEdit>) {
        let coder = self.coder();
        let change = |edit| Change::Link { coder: coder.clone(), edit: Box::new(edit) };
        let set = ChangeSet { name, changes: edits.into_iter().map(change).collect() };
        if self.carry_out(&set) {
            self.history.record(set);
        }
    }

    pub(super) fn undo(&mut self) {
        let Some(set) = self.history.pop_done() else { return };
        if self.carry_out(&set.inverse()) {
            self.history.push_undone(set);
        }
    }

    pub(super) fn redo(&mut self) {
        let Some(set) = self.history.pop_undone() else { return };
        if self.carry_out(&set) {
            self.history.push_done(set);
        }
    }

    /// Carries out a change set whole or not at all, saves what it touched, and marks the plans anew.
    fn carry_out(&mut self, set: &ChangeSet) -> bool {
        if !self.move_plans(set) {
            return false;
        }
        let Some(project) = &mut self.project else { return false };
        let mut touched = Vec::new();
        for (done, change) in set.changes.iter().enumerate() {
            let refused = match project.apply(change) {
                Ok(file) => {
                    touched.push(file);
                    continue;
                }
                Err(refused) => refused,
            };
            for change in set.changes[..done].iter().rev() {
                // What was just done can be taken back: nothing came between.
                let _ = project.apply(&change.inverse());
            }
            self.move_plans_back(set);
            match refused {
                Refused::Conflict => self.notify(NoticeKind::Conflict),
                Refused::ReadOnly(why) => self.refuse(why),
            }
            return false;
        }
        touched.sort();
        touched.dedup();
        for file in touched {
            if let Some(snapshot) = project.snapshot(&file) {
                self.saver.save(file, snapshot);
            }
        }
        self.revision += 1;
        let mut marked = BTreeSet::new();
        for change in &set.changes {
            self.library.is_stale |= matches!(change, Change::Record { .. });
            match change {
                Change::Annotation { plan, .. } => drop(marked.insert(*plan)),
                Change::Record { before, after } if before.corrections != after.corrections => {
                    self.reread(after.id);
                }
                // Names and colours of tags are part of what is laid out.
                Change::Codebook { .. } => marked.extend(self.plans.keys()),
                Change::Record { .. }
                | Change::Note { .. }
                | Change::Link { .. }
                | Change::Presence { .. } => {}
            }
        }
        self.plans_moved(set);
        for plan in marked {
            self.remark(plan);
        }
        true
    }

    /// Sorts the coder's annotations of a plan to its nodes anew.
    pub(super) fn remark(&mut self, id: PlanId) {
        self.remark_others(id);
        let coder = self.coder();
        if let Some((project, open)) = self.project.as_ref().zip(self.plans.get_mut(&id)) {
            open.marks = Marks::new(&open.plan, project.annotations(id, &coder));
            open.revision += 1;
        }
        self.count_tagged(id);
    }

    pub(super) fn remark_all(&mut self) {
        for id in self.plans.keys().copied().collect::<Vec<_>>() {
            self.remark(id);
        }
        for id in self.library.all.clone() {
            self.count_tagged(id);
        }
    }

    pub(super) fn annotation(&self, plan: PlanId, id: AnnotationId) -> Option<Annotation> {
        let sheets = self.project.as_ref()?.plans.get(&plan)?.sheets.as_ref()?;
        sheets.get(&self.coder())?.get(id).cloned()
    }

    /// What a place is called where an edit is named: its clause number, the words of a passage.
    fn site_name(&self, plan: PlanId, site: Site) -> String {
        let Some(open) = self.plans.get(&plan) else { return String::new() };
        match site {
            Site::Node(ix) => self.clause(plan, ix),
            Site::Row(ix, row) => {
                let row = open.plan.outline.get(ix).and_then(|node| node.rows.get(row as usize));
                row.map_or_else(String::new, |row| row.indicator.clone())
            }
            Site::Passage(span) => {
                let words: String = open.plan.text.slice(span).chars().take(12).collect();
                let more = if span.len() > 12 { "…" } else { "" };
                format!("{}“{words}{more}”", self.clause_at(plan, span))
            }
            Site::Plan => {
                let title = open.plan.metadata.title.as_ref().map(|fact| fact.value.as_str());
                title.unwrap_or_default().chars().take(20).collect()
            }
        }
    }

    /// The clause number of a node as shown: `(二)-1`; the first words where it has none.
    pub fn clause(&self, plan: PlanId, ix: NodeIx) -> String {
        let Some(open) = self.plans.get(&plan) else { return String::new() };
        let path = clause_path(&open.plan.text, &open.plan.outline, ix, "-");
        if !path.is_empty() {
            return path;
        }
        let words = open.plan.outline.get(ix).map(|node| open.plan.text.slice(node.span)).unwrap_or_default();
        words.chars().take(12).collect()
    }
}
