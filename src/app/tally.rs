//! How many taggings each tag has, in all and by coder; counted anew only for the sheets that changed.

use crate::annotation::{Codebook, Coder, Sheet, TagId};
use crate::project::{PlanId, Project};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Weak};

/// The taggings of one sheet, by tag.
#[derive(Debug)]
struct Counted {
    /// The sheet as it was counted. Weak, so that an edit need not copy it.
    sheet: Weak<Sheet>,
    tags: HashMap<TagId, usize>,
    annotations: usize,
}

/// What one coder has done in the project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoderCount {
    /// Plans with an annotation of the coder.
    pub plans: usize,
    /// Taggings.
    pub taggings: usize,
    /// Notes.
    pub notes: usize,
}

/// The numbers of a project, kept until something changes.
#[derive(Debug, Default)]
pub struct Tally {
    revision: Option<u64>,
    codebook: Option<Arc<Codebook>>,
    sheets: HashMap<(PlanId, Coder), Counted>,
    totals: HashMap<TagId, usize>,
    coders: BTreeMap<Coder, CoderCount>,
}

impl Tally {
    /// Brings the numbers up to date. Costs nothing while `revision` stays the same, else a look at every sheet
    /// and a count of those that are others than before.
    pub fn follow(&mut self, project: &Project, revision: u64) {
        if self.revision == Some(revision) {
            return;
        }
        self.revision = Some(revision);
        let sheets = project.plans.iter().flat_map(|(&plan, entry)| {
            entry.sheets.iter().flatten().map(move |(coder, sheet)| (plan, coder, sheet))
        });
        let mut before = std::mem::take(&mut self.sheets);
        for (plan, coder, sheet) in sheets {
            let key = (plan, coder.clone());
            let known = before.remove(&key).filter(|known| known.sheet.as_ptr() == Arc::as_ptr(sheet));
            self.sheets.insert(key, known.unwrap_or_else(|| Counted::of(sheet)));
        }
        self.codebook = Some(project.codebook.clone());
        self.sum();
    }

    fn sum(&mut self) {
        let Some(codebook) = &self.codebook else { return };
        self.totals.clear();
        self.coders.clear();
        for ((_, coder), counted) in &self.sheets {
            let of_coder = self.coders.entry(coder.clone()).or_default();
            let taggings: usize = counted.tags.values().sum();
            of_coder.plans += usize::from(counted.annotations > 0);
            of_coder.taggings += taggings;
            of_coder.notes += counted.annotations - taggings;
            for (tag, count) in &counted.tags {
                let tag = codebook.resolve(tag);
                match self.totals.get_mut(tag) {
                    Some(total) => *total += count,
                    None => drop(self.totals.insert(tag.clone(), *count)),
                }
            }
        }
    }

    /// Taggings with a tag, of all coders on all plans.
    pub fn of(&self, tag: &TagId) -> usize {
        self.totals.get(tag).copied().unwrap_or_default()
    }

    /// All coders with a file in the project, and what they have done.
    pub fn coders(&self) -> &BTreeMap<Coder, CoderCount> {
        &self.coders
    }

    /// Taggings with a tag by plan and coder; only where there are some.
    pub fn by_plan(&self, tag: &TagId) -> BTreeMap<PlanId, BTreeMap<Coder, usize>> {
        let mut plans: BTreeMap<PlanId, BTreeMap<Coder, usize>> = BTreeMap::new();
        let Some(codebook) = &self.codebook else { return plans };
        for ((plan, coder), counted) in &self.sheets {
            let count: usize = counted
                .tags
                .iter()
                .filter(|(id, _)| codebook.resolve(id) == tag)
                .map(|(_, count)| count)
                .sum();
            if count > 0 {
                plans.entry(*plan).or_default().insert(coder.clone(), count);
            }
        }
        plans
    }
}

impl Counted {
    fn of(sheet: &Arc<Sheet>) -> Self {
        let mut tags: HashMap<TagId, usize> = HashMap::new();
        for tag in sheet.iter().filter_map(|annotation| annotation.tag()) {
            match tags.get_mut(tag) {
                Some(count) => *count += 1,
                None => drop(tags.insert(tag.clone(), 1)),
            }
        }
        Self { sheet: Arc::downgrade(sheet), tags, annotations: sheet.len() }
    }
}
