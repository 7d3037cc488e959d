//! Tagging what a search found: all hits with one tag, shown first, place by place, then carried out as one edit over
//! all plans.
//!
//! A thread looks up in which item and sentence each hit stands; which of these places carry the tag already is looked
//! up in memory, so that switching between items, sentences and words costs nothing.

use super::search::{CONTEXT, Texts};
use super::{App, ChangeSet, EditName, Screen};
use crate::annotation::{Anchor, Annotation, Body, Coder, Edit, Subject, TagId};
use crate::insight::search::{Context, Query, clause, context, outline, spans};
use crate::plan::{self, NodeIx, Outline};
use crate::project::{Change, Folder, PlanId, PlanRecord, Project};
use crate::text::{CharPos, Span, Text, sentences};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Whose hits are tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitsOf {
    /// Those of the search across the project.
    Project,
    /// Those of the find bar in the plan being read.
    Plan,
}

/// What gets the tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// The item in which the hit stands, once however many hits it has.
    #[default]
    Item,
    /// The sentence around it, once.
    Sentence,
    /// The words that were looked for.
    Words,
}

/// What a person does with the places.
#[derive(Clone, Debug, PartialEq)]
pub enum SearchTaggingCommand {
    /// Show what would be tagged with a tag.
    Propose(HitsOf, TagId),
    /// Tag items, sentences or words.
    SetReach(Reach),
    /// Tick a place, or no longer.
    Tick(usize, bool),
    /// Tick all places that are free, or none.
    TickAll(bool),
    /// Tag what is ticked.
    CarryOut,
    /// Leave it.
    Leave,
}

/// What would be tagged.
#[derive(Debug)]
pub struct SearchTagging {
    /// With this tag.
    pub tag: TagId,
    /// Whose hits.
    pub of: HitsOf,
    /// What was looked for.
    pub query: String,
    /// What gets the tag.
    pub reach: Reach,
    /// Whether places are still being looked up.
    pub is_working: bool,
    /// Whether some annotations were not read yet when it was to be carried out.
    pub is_early: bool,
    /// Plans with hits.
    pub plans: usize,
    /// How many of them are looked up.
    looked_up: Arc<AtomicUsize>,
    cancel: Arc<AtomicBool>,
    /// Items, sentences, words.
    places: [Vec<HitPlace>; 3],
}

/// A place that would be tagged.
#[derive(Clone, Debug)]
pub struct HitPlace {
    /// In this plan.
    pub plan: PlanId,
    /// Its clause number; may be empty.
    pub clause: String,
    /// The first hit in it, with the words around it.
    pub context: Context,
    /// How many hits stand in it.
    pub hits: usize,
    /// Whether it will be tagged.
    pub ticked: bool,
    /// What is there now.
    pub standing: Standing,
    on: Subject,
    anchor: Anchor,
}

/// What a place carries already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing that matters.
    Free,
    /// The tag itself.
    Carries,
    /// Another tag of a facet that allows only one: it would be replaced.
    Replaces(TagId),
}

impl SearchTagging {
    /// The places, by plan and then in the order of the text.
    pub fn places(&self) -> &[HitPlace] {
        &self.places[self.reach as usize]
    }

    /// How many plans are looked up, while it is worked on.
    pub fn looked_up(&self) -> usize {
        self.looked_up.load(Ordering::Relaxed)
    }

    /// How many places are ticked.
    pub fn ticked(&self) -> usize {
        self.places().iter().filter(|place| place.ticked).count()
    }
}

impl Drop for SearchTagging {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
    }
}

impl App {
    pub(super) fn run_search_tagging(&mut self, command: SearchTaggingCommand) {
        match command {
            SearchTaggingCommand::Propose(of, tag) => self.propose_tagging(of, tag),
            SearchTaggingCommand::CarryOut => self.tag_hits(),
            SearchTaggingCommand::Leave => self.leave_tagging(),
            of_places => {
                let Some(tagging) = &mut self.search.tagging else { return };
                let places = &mut tagging.places[tagging.reach as usize];
                match of_places {
                    SearchTaggingCommand::SetReach(reach) => tagging.reach = reach,
                    SearchTaggingCommand::Tick(at, ticked) => {
                        if let Some(place) = places.get_mut(at) {
                            place.ticked = ticked && place.standing != Standing::Carries;
                        }
                    }
                    SearchTaggingCommand::TickAll(ticked) => {
                        for place in places {
                            place.ticked = ticked && place.standing == Standing::Free;
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// Looks up the places of the hits on threads, and shows them.
    fn propose_tagging(&mut self, of: HitsOf, tag: TagId) {
        let Some(project) = &self.project else { return };
        let (query, plans): (String, Vec<PlanId>) = match of {
            HitsOf::Project => {
                let found = self.search.found.values().map(|found| found.plan);
                (self.search.query.clone(), found.collect())
            }
            HitsOf::Plan => (self.find.query.clone(), self.view.plan.into_iter().collect()),
        };
        let Some(words) = Query::new(&query) else { return };
        let records = plans.iter().filter_map(|id| Some(project.plans.get(id)?.record.clone()));
        let lookup = Lookup {
            query: words,
            folder: project.folder.clone(),
            texts: self.search.texts.clone(),
            plans: records.collect(),
            next: AtomicUsize::new(0),
            done: Arc::new(AtomicUsize::new(0)),
            cancel: Arc::new(AtomicBool::new(false)),
        };
        self.search.tagging = Some(SearchTagging {
            tag,
            of,
            query,
            reach: self.search.tagging.as_ref().map(|before| before.reach).unwrap_or_default(),
            is_working: true,
            is_early: false,
            plans: lookup.plans.len(),
            looked_up: lookup.done.clone(),
            cancel: lookup.cancel.clone(),
            places: Default::default(),
        });
        if self.view.screen != Screen::Search {
            self.show(Screen::Search);
        }
        self.errand("tag hits", move || {
            let (places, mine) = (lookup.run(), lookup.cancel.clone());
            Box::new(move |app: &mut Self| app.looked_up(places, &mine))
        });
    }

    fn looked_up(&mut self, mut places: [Vec<HitPlace>; 3], of: &Arc<AtomicBool>) {
        let (Some(tagging), Some(project)) = (&mut self.search.tagging, &self.project) else { return };
        if !Arc::ptr_eq(&tagging.cancel, of) {
            return;
        }
        let own = Own { project, coder: Coder::new(&self.settings.coder) };
        for place in places.iter_mut().flatten() {
            place.standing = own.standing(place, &tagging.tag).0;
            place.ticked = place.standing == Standing::Free;
        }
        (tagging.places, tagging.is_working) = (places, false);
    }

    /// Tags what is ticked, as one edit; what carries the tag by now stays as it is.
    fn tag_hits(&mut self) {
        let coder = self.coder();
        let (Some(tagging), Some(project)) = (&mut self.search.tagging, &self.project) else { return };
        let ticked = || tagging.places[tagging.reach as usize].iter().filter(|place| place.ticked);
        let plans: BTreeSet<PlanId> = ticked().map(|place| place.plan).collect();
        if plans.is_empty() || tagging.is_working {
            return;
        }
        let is_unread = |id: &PlanId| project.plans.get(id).is_some_and(|entry| entry.sheets.is_none());
        if plans.iter().any(is_unread) {
            tagging.is_early = true;
            return;
        }
        let (own, now) = (Own { project, coder: coder.clone() }, Timestamp::now());
        let (mut changes, mut count) = (Vec::new(), 0);
        for place in ticked().filter(|place| project.plans.contains_key(&place.plan)) {
            let (standing, replaced) = own.standing(place, &tagging.tag);
            if standing == Standing::Carries {
                continue;
            }
            let body = Body::Tag(tagging.tag.clone());
            let new = Annotation::on(place.on.clone(), place.anchor.clone(), body, now);
            let edits = replaced.into_iter().map(Edit::remove).chain(std::iter::once(Edit::put(new)));
            let change = |edit| Change::Annotation { plan: place.plan, coder: coder.clone(), edit };
            changes.extend(edits.map(change));
            count += 1;
        }
        let (tag, query) = (tagging.tag.clone(), tagging.query.clone());
        let name = EditName::TagHits(tag.clone(), query, count);
        if changes.is_empty() || self.do_set(ChangeSet { name, changes }) {
            self.remember_tag(&tag);
            self.leave_tagging();
        }
    }

    /// Back to the hits: of the search, or of the find bar in the plan.
    fn leave_tagging(&mut self) {
        let tagging = self.search.tagging.take();
        if tagging.is_some_and(|tagging| tagging.of == HitsOf::Plan) && self.view.screen == Screen::Search {
            self.back();
        }
    }
}

/// The coder's own taggings.
struct Own<'a> {
    project: &'a Project,
    coder: Coder,
}

impl Own<'_> {
    /// What a place carries, and what a new tagging there would replace.
    fn standing(&self, place: &HitPlace, tag: &TagId) -> (Standing, Vec<Annotation>) {
        let book = &self.project.codebook;
        let facet_of = |id: &TagId| book.tag(book.resolve(id)).map(|tag| tag.facet.as_str());
        let facet = facet_of(tag);
        let allows_one = facet.and_then(|id| book.facet(id)).is_some_and(|facet| !facet.multiple);
        let span = place.anchor.span();
        let mut rivals: Vec<Annotation> = Vec::new();
        for own in self.project.annotations(place.plan, &self.coder) {
            let Some(given) = own.tag() else { continue };
            let there = own.anchor.span();
            if !own.anchor.is_empty() && book.resolve(given) == tag && there.encloses(span) {
                return (Standing::Carries, Vec::new());
            }
            if allows_one && own.on == place.on && there == span && facet_of(given) == facet {
                rivals.push(own.clone());
            }
        }
        match rivals.first().and_then(Annotation::tag).cloned() {
            Some(other) => (Standing::Replaces(other), rivals),
            None => (Standing::Free, rivals),
        }
    }
}

/// The places of hits being looked up, shared by threads.
struct Lookup {
    query: Query,
    folder: Folder,
    texts: Arc<Texts>,
    plans: Vec<Arc<PlanRecord>>,
    next: AtomicUsize,
    done: Arc<AtomicUsize>,
    cancel: Arc<AtomicBool>,
}

impl Lookup {
    fn run(&self) -> [Vec<HitPlace>; 3] {
        let threads = std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(1, 4));
        let mut found: Vec<(usize, [Vec<HitPlace>; 3])> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(|| self.work())).collect();
            threads.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
        });
        found.sort_by_key(|(at, _)| *at);
        let mut places: [Vec<HitPlace>; 3] = Default::default();
        for (_, of_plan) in found {
            for (all, some) in places.iter_mut().zip(of_plan) {
                all.extend(some);
            }
        }
        places
    }

    fn work(&self) -> Vec<(usize, [Vec<HitPlace>; 3])> {
        let mut found = Vec::new();
        while !self.cancel.load(Ordering::Relaxed) {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(record) = self.plans.get(at) else { break };
            if let Some(text) = self.texts.get(&self.folder, record.id) {
                found.push((at, self.places(record, &Text::new(&text))));
            }
            self.done.fetch_add(1, Ordering::Relaxed);
        }
        found
    }

    /// The items, sentences and words of the hits in one plan.
    fn places(&self, record: &PlanRecord, text: &Text) -> [Vec<HitPlace>; 3] {
        let outline = outline(text, &record.layout, &record.corrections);
        let items = plan::items(text, &outline);
        let hits = self.query.find(text.as_str());
        let mut places: [Vec<HitPlace>; 3] = Default::default();
        for (bytes, span) in hits.iter().zip(spans(text.as_str(), &hits)) {
            let Some(clause) = clause(text, &outline, span) else { continue };
            let Some(node) = clause.node else { continue };
            let item = item_of(&outline, &items, node);
            let whole = outline.get(item).map(|node| node.span).unwrap_or_default();
            let sentence = sentence_of(text, &outline, node, span);
            let wanted = [(Subject::Node, whole), (Subject::Passage, sentence), (Subject::Passage, span)];
            for (places, (on, span)) in places.iter_mut().zip(wanted) {
                // Hits come in the order of the text, so those of one place come one after the other.
                match places.last_mut() {
                    Some(last) if last.on == on && last.anchor.span() == span => last.hits += 1,
                    _ => places.push(HitPlace {
                        plan: record.id,
                        clause: clause.number.clone(),
                        context: context(text.as_str(), bytes, CONTEXT.0, CONTEXT.1),
                        hits: 1,
                        ticked: false,
                        standing: Standing::Free,
                        on,
                        anchor: Anchor::new(text, span),
                    }),
                }
            }
        }
        places
    }
}

/// The item that a node belongs to; the node itself where it belongs to none.
fn item_of(outline: &Outline, items: &[NodeIx], node: NodeIx) -> NodeIx {
    let above = std::iter::once(node).chain(outline.ancestors(node));
    above.into_iter().find(|ix| items.binary_search(ix).is_ok()).unwrap_or(node)
}

/// The sentence around a hit, within the words of its node behind the number.
fn sentence_of(text: &Text, outline: &Outline, node: NodeIx, hit: Span) -> Span {
    let Some(node) = outline.get(node) else { return hit };
    let first = node.heading.0.first().or(node.body.0.first()).map_or(node.span.start, |span| span.start);
    let words = Span::new(first.min(hit.start), node.span.end);
    let last = CharPos(hit.end.0.saturating_sub(1).max(hit.start.0));
    let around = sentences(text, words)
        .into_iter()
        .filter(|sentence| sentence.contains(hit.start) || sentence.contains(last));
    around.reduce(Span::hull).unwrap_or(hit)
}
