//! The library: the plans of the project in order, in groups, filtered; and how far the coder is with each.
//!
//! Rows are made when plans, grouping, order or filter change, never in a frame.

use super::{App, Destination, OpenPlan};
use crate::project::{PlanId, PlanRecord};
use crate::text::{Fit, Names, is_blank};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the plans are grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// One list.
    #[default]
    None,
    /// By province.
    Province,
    /// By city.
    City,
    /// By the first year.
    Year,
    /// By the kind of document.
    Genre,
}

/// What the plans are sorted by, within their groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sorting {
    /// Province, city, years, title.
    #[default]
    Place,
    /// Years, the latest first.
    Year,
    /// Title.
    Title,
    /// The least tagged first.
    Progress,
    /// The last imported first.
    Imported,
}

/// What a person does with the library.
#[derive(Clone, Debug, PartialEq)]
pub enum LibraryCommand {
    /// Group the plans.
    Group(Grouping),
    /// Sort them.
    Sort(Sorting),
    /// Show only plans that fit these words: Chinese, pinyin, initials, years.
    Filter(String),
    /// Fold or unfold a group.
    ToggleGroup(GroupName),
    /// Open the next plan that is not tagged whole, at its first untagged item.
    NextUntagged,
    /// Say that a plan is a later version of another, or of none.
    SetEarlier(PlanId, Option<PlanId>),
}

/// What a group is called; the window words it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupName {
    /// A province or city, full name.
    Place(String),
    /// The latest years come first.
    Year(Reverse<u16>),
    /// A kind of document.
    Genre(crate::plan::Genre),
    /// The document does not say.
    Unknown,
}

/// Plans that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub name: GroupName,
    /// Its plans.
    pub plans: Vec<PlanId>,
    /// Items in them.
    pub items: usize,
    /// Tagged items in them.
    pub tagged: usize,
    /// Whether its plans are hidden.
    pub folded: bool,
}

/// A row of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LibraryRow {
    /// A group, by its place among [`Library::groups`].
    Group(usize),
    /// A plan.
    Plan(PlanId),
}

/// The library as it is shown.
#[derive(Debug, Default)]
pub struct Library {
    /// The groups; one without a row where plans are not grouped.
    pub groups: Vec<Group>,
    /// The rows.
    pub rows: Vec<LibraryRow>,
    /// What was typed to filter it.
    pub filter: String,
    /// All plans by place, whatever is shown.
    pub(super) all: Vec<PlanId>,
    folded: BTreeSet<GroupName>,
    /// Items (of a plan that is not read: places) tagged by the coder; missing until the annotations are read.
    pub(super) tagged: BTreeMap<PlanId, usize>,
    names: Option<(Arc<[PlanId]>, Names)>,
    /// The later version of each plan that has one.
    pub(super) superseded: BTreeMap<PlanId, PlanId>,
    /// Whether plans came, went or changed since the rows were made.
    pub(super) is_stale: bool,
    /// Whether only counts changed.
    pub(super) counts_are_stale: bool,
}

impl App {
    /// The library as it is shown.
    pub fn library_shown(&self) -> &Library {
        &self.library
    }

    /// The plans in the order of the library: by province, city, first year, title.
    pub fn library(&self) -> Vec<PlanId> {
        self.library.all.clone()
    }

    /// The same, without a copy.
    pub fn library_order(&self) -> &[PlanId] {
        &self.library.all
    }

    /// How many items of a plan carry a tag of the coder; before the plan is read, how many places do. `None` until its
    /// annotations are read.
    pub fn tagged_items(&self, id: PlanId) -> Option<usize> {
        self.library.tagged.get(&id).copied()
    }

    /// How far the coder is with a plan: tagged items, and items in all ([`crate::plan::items`]).
    pub fn progress(&self, id: PlanId) -> (usize, usize) {
        let items = match (self.plans.get(&id), self.project.as_ref()) {
            (Some(open), _) => open.items.len(),
            (None, project) => {
                project.and_then(|it| it.plans.get(&id)).map_or(0, |it| it.record.items as usize)
            }
        };
        (self.tagged_items(id).unwrap_or(0).min(items), items)
    }

    pub(super) fn run_library(&mut self, command: LibraryCommand) {
        match command {
            LibraryCommand::Group(grouping) => {
                self.settings.grouping = grouping;
                self.save_settings();
            }
            LibraryCommand::Sort(sorting) => {
                self.settings.sorting = sorting;
                self.save_settings();
            }
            LibraryCommand::Filter(words) => self.library.filter = words,
            LibraryCommand::ToggleGroup(name) => {
                let folded = &mut self.library.folded;
                if !folded.remove(&name) {
                    folded.insert(name);
                }
            }
            LibraryCommand::NextUntagged => return self.next_untagged_plan(),
            LibraryCommand::SetEarlier(later, earlier) => return self.set_earlier_version(later, earlier),
        }
        self.list_library();
    }

    /// Brings the library up to date, if anything in it changed.
    pub(super) fn refresh_library(&mut self) {
        if self.library.is_stale {
            self.library.names = None;
            self.note_versions();
            self.sort_library();
            self.count_new();
            self.list_library();
        } else if self.library.counts_are_stale {
            self.count_groups();
        }
        (self.library.is_stale, self.library.counts_are_stale) = (false, false);
    }

    /// Notes which plans have later versions.
    fn note_versions(&mut self) {
        let Some(project) = &self.project else { return };
        let versions = project.plans.keys().filter_map(|&id| Some((project.earlier_version(id)?, id)));
        self.library.superseded = versions.collect();
    }

    /// Counts what came in with annotations, e.g. as a new version of a plan.
    fn count_new(&mut self) {
        let Some(project) = &self.project else { return };
        let is_new = |id: &&PlanId| {
            let is_read = project.plans.get(id).is_some_and(|entry| entry.sheets.is_some());
            is_read && !self.library.tagged.contains_key(id)
        };
        let new: Vec<_> = self.library.all.iter().filter(is_new).copied().collect();
        for id in new {
            self.count_tagged(id);
        }
    }

    /// Counts anew what the coder tagged in a plan.
    pub(super) fn count_tagged(&mut self, id: PlanId) {
        let coder = self.coder();
        let Some(project) = &self.project else { return };
        let Some(sheets) = project.plans.get(&id).and_then(|entry| entry.sheets.as_ref()) else { return };
        let places = || {
            sheets.get(&coder).map_or(0, |sheet| {
                let tagged = sheet.iter().filter(|annotation| annotation.tag().is_some());
                tagged.map(|annotation| annotation.anchor.span()).collect::<BTreeSet<_>>().len()
            })
        };
        let tagged = self.plans.get(&id).map_or_else(places, OpenPlan::done);
        if self.library.tagged.insert(id, tagged) != Some(tagged) {
            self.library.counts_are_stale = true;
        }
    }

    fn sort_library(&mut self) {
        let Some(project) = &self.project else {
            self.library.all.clear();
            return;
        };
        let mut plans: Vec<_> = project.plans.values().map(|entry| &entry.record).collect();
        plans.sort_by_cached_key(|record| record.place_in_library());
        self.library.all = plans.into_iter().map(|record| record.id).collect();
        self.library.tagged.retain(|id, _| project.plans.contains_key(id));
    }

    /// Makes the rows.
    fn list_library(&mut self) {
        let mut shown = self.fitting();
        let Some(project) = &self.project else {
            self.library.rows.clear();
            return;
        };
        let record = |id: &PlanId| project.plans.get(id).map(|entry| &*entry.record);
        let library = &self.library;
        match self.settings.sorting {
            // `all` is in this order.
            Sorting::Place => {}
            Sorting::Year => shown.sort_by_cached_key(|id| Reverse(record(id).and_then(years))),
            Sorting::Title => shown.sort_by_cached_key(|id| record(id).map(title)),
            Sorting::Progress => shown.sort_by_cached_key(|&id| {
                let (tagged, items) = self.progress(id);
                // In thousandths: plans without items have nothing left to do.
                (tagged * 1000).checked_div(items).unwrap_or(1000)
            }),
            Sorting::Imported => {
                shown.sort_by_cached_key(|id| Reverse(record(id).map(|record| record.source.imported)));
            }
        }
        let grouping = self.settings.grouping;
        let mut groups: BTreeMap<GroupName, Vec<PlanId>> = BTreeMap::new();
        for id in shown {
            let name = record(&id).map_or(GroupName::Unknown, |record| group_of(record, grouping));
            groups.entry(name).or_default().push(id);
        }
        let group = |(name, plans): (GroupName, Vec<PlanId>)| {
            // What is looked for is shown, whatever is folded.
            let folded = library.folded.contains(&name) && library.filter.trim().is_empty();
            Group { folded: folded && grouping != Grouping::None, name, plans, items: 0, tagged: 0 }
        };
        let groups: Vec<_> = groups.into_iter().map(group).collect();
        let mut rows = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            if grouping != Grouping::None {
                rows.push(LibraryRow::Group(at));
            }
            if !group.folded {
                rows.extend(group.plans.iter().copied().map(LibraryRow::Plan));
            }
        }
        (self.library.groups, self.library.rows) = (groups, rows);
        self.count_groups();
    }

    /// Sums up items and tagged items of the groups.
    fn count_groups(&mut self) {
        let mut groups = std::mem::take(&mut self.library.groups);
        for group in &mut groups {
            (group.items, group.tagged) = (0, 0);
            for &id in &group.plans {
                let (tagged, items) = self.progress(id);
                group.items += items;
                group.tagged += tagged;
            }
        }
        self.library.groups = groups;
    }

    /// The plans that fit the filter, in the order of the library.
    fn fitting(&mut self) -> Vec<PlanId> {
        if self.library.filter.trim().is_empty() {
            return self.library.all.clone();
        }
        if self.library.names.is_none() {
            let names: Vec<_> = self.library.all.iter().map(|&id| self.searched_name(id)).collect();
            let names = Names::new(names.iter().map(|(joined, parted)| (joined.as_str(), parted.as_str())));
            self.library.names = Some((self.library.all.clone().into(), names));
        }
        let Some((plans, names)) = &self.library.names else { return Vec::new() };
        let fits = names.find(&self.library.filter).into_iter().filter(|&(fit, _)| fit != Fit::Scattered);
        let mut places: Vec<_> = fits.map(|(_, at)| at).collect();
        places.sort_unstable();
        places.into_iter().filter_map(|at| plans.get(at).copied()).collect()
    }

    /// City, years and title of a plan, without blanks and with.
    fn searched_name(&self, id: PlanId) -> (String, String) {
        let record = self.project.as_ref().and_then(|project| project.plans.get(&id));
        let Some(record) = record.map(|entry| &entry.record) else { return Default::default() };
        let place = record.metadata.place.as_ref().map(|fact| &fact.value);
        let place = place
            .map_or_else(String::new, |place| format!("{}{}{}", place.city, place.county, place.province));
        let years = years(record).map_or_else(String::new, |(from, to)| format!("{from} {to}"));
        let parted = format!("{place} {years} {}", title(record));
        (parted.replace(is_blank, ""), parted)
    }

    /// Goes to the first untagged item of the next plan that has one, from the open plan on and round the end.
    fn next_untagged_plan(&mut self) {
        let all = &self.library.all;
        let here = self.view.plan.and_then(|plan| all.iter().position(|id| *id == plan)).unwrap_or(0);
        let count = all.len();
        let is_open = |&id: &PlanId| {
            let (tagged, items) = self.progress(id);
            tagged < items
        };
        let next = (1..=count).map(|step| all[(here + step) % count]).find(is_open);
        if let Some(next) = next {
            self.open_at(next, Destination::Untagged);
        }
    }
}

fn years(record: &PlanRecord) -> Option<(u16, u16)> {
    record.metadata.years.as_ref().map(|fact| fact.value)
}

fn title(record: &PlanRecord) -> &str {
    record.metadata.title.as_ref().map_or(&record.source.file_name, |fact| &fact.value)
}

fn group_of(record: &PlanRecord, grouping: Grouping) -> GroupName {
    let metadata = &record.metadata;
    let place = metadata.place.as_ref().map(|fact| &fact.value);
    let name = match grouping {
        Grouping::None => None,
        Grouping::Province => place.map(|place| GroupName::Place(place.province.clone())),
        Grouping::City => place.map(|place| GroupName::Place(place.city.clone())),
        Grouping::Year => years(record).map(|(from, _)| GroupName::Year(Reverse(from))),
        Grouping::Genre => metadata.genre.as_ref().map(|fact| GroupName::Genre(fact.value)),
    };
    name.unwrap_or(GroupName::Unknown)
}
