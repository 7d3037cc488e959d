//! Suggestions for the plan being read: worked out once per plan and codebook, on a thread.

use super::{App, Site};
use crate::annotation::Codebook;
use crate::insight::{Suggester, Suggestion};
use crate::plan::{NodeIx, Plan};
use crate::project::PlanId;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// How many suggestions are offered.
const OFFERED: usize = 3;

/// The facet of which tags are suggested.
const FACET: &str = "theme";

/// What suggestions were worked out from. They are stale as soon as either is another one.
type Basis = (Arc<Plan>, Arc<Codebook>);

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
    sender: Sender<Worked>,
    receiver: Receiver<Worked>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Suggestions {
    pub(super) fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (sender, receiver) = channel();
        Self { ready: HashMap::new(), asked: HashMap::new(), sender, receiver, wake }
    }

    /// Makes sure that the suggestions of a plan are there, now or soon.
    fn request(&mut self, id: PlanId, basis: Basis) {
        if self.asked.get(&id).is_some_and(|asked| same(asked, &basis)) {
            return;
        }
        self.asked.insert(id, basis.clone());
        let (sender, wake) = (self.sender.clone(), self.wake.clone());
        let work = move || {
            let suggester = Suggester::new(&basis.1, FACET);
            let nodes = basis.0.outline.iter();
            let of = nodes.map(|(ix, _)| suggester.suggest(&basis.0, ix)).collect();
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
    }
}

fn same(a: &Basis, b: &Basis) -> bool {
    Arc::ptr_eq(&a.0, &b.0) && Arc::ptr_eq(&a.1, &b.1)
}

impl App {
    /// Asks for the suggestions of the plan being read, and takes in what is done.
    pub(super) fn follow_suggestions(&mut self) {
        self.suggestions.take_in();
        let Some(project) = &self.project else { return };
        if let Some(id) = self.view.plan
            && let Some(open) = self.plans.get(&id)
        {
            self.suggestions.request(id, (open.plan.clone(), project.codebook.clone()));
        }
    }

    /// The tags that the words of a node speak for, best first. Empty until they are worked out.
    pub fn suggestions(&self, plan: PlanId, ix: NodeIx) -> &[Suggestion] {
        let fresh = self.suggestions.ready.get(&plan).filter(|worked| {
            self.plans.get(&plan).is_some_and(|open| Arc::ptr_eq(&open.plan, &worked.basis.0))
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
