//! Suggestions for the plan being read: worked out once per plan and codebook, on a thread; from cues at once, with
//! keywords when a person comes to an item of which cues say too little. Keywords need the dictionary, which takes
//! 0.15 s and 32 MB: none of that belongs to the start of the program.

use super::{App, Site};
use crate::annotation::Codebook;
use crate::insight::{Keywords, OFFERED, Suggester, Suggestion, is_enough};
use crate::plan::{NodeIx, Plan};
use crate::project::PlanId;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// The facet of which tags are suggested.
const FACET: &str = "theme";

/// What suggestions were worked out from. They are stale as soon as anything in it is another.
#[derive(Clone)]
struct Basis {
    plan: Arc<Plan>,
    codebook: Arc<Codebook>,
    /// Whether keywords fill up what cues say too little of.
    keywords: bool,
}

/// The suggestions of a plan, node by node.
struct Worked {
    plan: PlanId,
    basis: Basis,
    of: Vec<Vec<Suggestion>>,
}

/// Works out suggestions and keeps them.
pub struct Suggestions {
    ready: HashMap<PlanId, Worked>,
    asked: HashMap<PlanId, Basis>,
    /// Whether the person went somewhere since the project was opened.
    moved: bool,
    /// Whether keywords are wanted: cues said too little where the person was.
    keywords: bool,
    sender: Sender<Worked>,
    receiver: Receiver<Worked>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Suggestions {
    pub(super) fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (sender, receiver) = channel();
        Self {
            ready: HashMap::new(),
            asked: HashMap::new(),
            moved: false,
            keywords: false,
            sender,
            receiver,
            wake,
        }
    }

    /// Makes sure that the suggestions of a plan are there, now or soon.
    fn request(&mut self, id: PlanId, basis: Basis) {
        if self.asked.get(&id).is_some_and(|asked| same(asked, &basis)) {
            return;
        }
        self.asked.insert(id, basis.clone());
        let (sender, wake) = (self.sender.clone(), self.wake.clone());
        let work = move || {
            let of = basis.work_out();
            // The receiver is gone only while the program ends.
            let _ = sender.send(Worked { plan: id, basis, of });
            wake();
        };
        let _ = std::thread::Builder::new().name("suggest".into()).spawn(work);
    }

    fn take_in(&mut self) {
        while let Ok(worked) = self.receiver.try_recv() {
            if self.asked.get(&worked.plan).is_some_and(|asked| same(asked, &worked.basis)) {
                self.ready.insert(worked.plan, worked);
            }
        }
    }

    /// Whether suggestions are being worked out.
    pub(super) fn is_busy(&self) -> bool {
        let fresh = |id: &PlanId, basis: &Basis| self.ready.get(id).is_some_and(|r| same(&r.basis, basis));
        self.asked.iter().any(|(id, basis)| !fresh(id, basis))
    }

    /// What wakes the window from a thread.
    pub(super) fn wake(&self) -> Arc<dyn Fn() + Send + Sync> {
        self.wake.clone()
    }

    /// Forgets all, because another project is open.
    pub(super) fn clear(&mut self) {
        self.ready.clear();
        self.asked.clear();
        (self.moved, self.keywords) = (false, false);
    }

    /// The person goes somewhere in the plan.
    pub(super) fn person_moves(&mut self) {
        self.moved = true;
    }
}

impl Basis {
    /// The suggestions of every node.
    fn work_out(&self) -> Vec<Vec<Suggestion>> {
        let suggester = Suggester::new(&self.codebook, FACET);
        let nodes = self.plan.outline.iter();
        if !self.keywords {
            return nodes.map(|(ix, _)| suggester.suggest(&self.plan, ix)).collect();
        }
        let keywords = Keywords::new(&self.codebook, FACET, &self.plan);
        nodes.map(|(ix, _)| suggester.suggest_with(&keywords, &self.plan, ix)).collect()
    }
}

fn same(a: &Basis, b: &Basis) -> bool {
    Arc::ptr_eq(&a.plan, &b.plan) && Arc::ptr_eq(&a.codebook, &b.codebook) && a.keywords == b.keywords
}

impl App {
    /// Asks for the suggestions of the plan being read, and takes in what is done.
    pub(super) fn follow_suggestions(&mut self) {
        self.suggestions.take_in();
        self.suggestions.keywords |= self.suggestions.moved && self.is_little_suggested();
        let Some(project) = &self.project else { return };
        if let Some(id) = self.view.plan
            && let Some(open) = self.plans.get(&id)
        {
            let (plan, codebook) = (open.plan.clone(), project.codebook.clone());
            self.suggestions.request(id, Basis { plan, codebook, keywords: self.suggestions.keywords });
        }
    }

    /// Whether cues say too little of the item where the person is.
    fn is_little_suggested(&self) -> bool {
        let focus = self.current().and_then(|(id, _)| Some((id, self.reading(id)?.focus?)));
        focus.is_some_and(|(id, ix)| {
            let is_worked_out = self.suggestions.ready.contains_key(&id);
            let is_item = self.plans.get(&id).is_some_and(|open| open.is_item(ix));
            is_worked_out && is_item && !is_enough(self.suggestions(id, ix))
        })
    }

    /// The tags that the words of a node speak for, best first. Empty until they are worked out.
    pub fn suggestions(&self, plan: PlanId, ix: NodeIx) -> &[Suggestion] {
        let fresh = self.suggestions.ready.get(&plan).filter(|worked| {
            self.plans.get(&plan).is_some_and(|open| Arc::ptr_eq(&open.plan, &worked.basis.plan))
        });
        fresh.and_then(|worked| worked.of.get(ix.0 as usize)).map_or(&[], Vec::as_slice)
    }

    /// The tags to offer for a place, best first, without those it carries. For a passage: those of its node
    /// that words inside the passage speak for, the more words the earlier.
    pub fn suggestions_at(&self, plan: PlanId, site: Site) -> Vec<&Suggestion> {
        let Some(open) = self.plan(plan) else { return Vec::new() };
        let carried: Vec<_> = open.marks.tags_at(site).map(|(tag, _)| tag.clone()).collect();
        let fits = |suggestion: &&Suggestion| !carried.contains(&suggestion.tag);
        let mut found: Vec<&Suggestion> = match site {
            Site::Node(ix) => self.suggestions(plan, ix).iter().filter(fits).collect(),
            Site::Passage(span) => {
                let node = open.plan.outline.at(span.start);
                let all = node.map_or(&[][..], |ix| self.suggestions(plan, ix));
                let inside = |s: &&Suggestion| s.cues.iter().filter(|cue| span.encloses(cue.span)).count();
                let mut found: Vec<_> = all.iter().filter(fits).filter(|s| inside(s) > 0).collect();
                found.sort_by_key(|suggestion| std::cmp::Reverse(inside(suggestion)));
                found
            }
            Site::Row(..) | Site::Plan => Vec::new(),
        };
        found.truncate(OFFERED);
        found
    }
}
