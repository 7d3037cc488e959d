//! What the program remembers of a project for one person: how they left it (panels, plan), where they were in each
//! plan, their favourite tags. Kept in the system's config folder, never in the project, which other people share.

use super::App;
use crate::annotation::TagId;
use crate::plan::NodeIx;
use crate::project::{PlanId, read_ron, write_ron};
use crate::text::CharPos;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How many tags count as used lately.
const RECENT: usize = 8;

/// How long a change may wait until it is written.
const PAUSE: Duration = Duration::from_secs(3);

/// What is remembered of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    version: u32,
    /// Whether the left panel was open.
    left_open: bool,
    /// Whether the inspector was open.
    inspector_open: bool,
    /// The plan in the reader.
    plan: Option<PlanId>,
    /// Where the person was in each plan.
    places: BTreeMap<PlanId, PlaceInPlan>,
    /// Favourite tags by their number, 1-9.
    favourites: BTreeMap<u8, TagId>,
    /// Tags used lately, the last first.
    recent: Vec<TagId>,
    #[serde(skip)]
    changed: Option<Instant>,
}

/// A place in a plan, by chars: an outline may be read otherwise tomorrow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct PlaceInPlan {
    focus: CharPos,
    top: CharPos,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            version: 1,
            left_open: true,
            inspector_open: true,
            plan: None,
            places: BTreeMap::new(),
            favourites: BTreeMap::new(),
            recent: Vec::new(),
            changed: None,
        }
    }
}

impl Memory {
    /// It is a comfort: a disk that refuses costs no more than that, and is told when the person's work is saved.
    fn write(&self, file: &Path) {
        let folder = file.parent().map(std::fs::create_dir_all);
        if folder.is_some_and(|made| made.is_ok()) {
            let _ = write_ron(file, self);
        }
    }

    fn touch(&mut self) {
        self.changed.get_or_insert_with(Instant::now);
    }
}

impl App {
    fn memory_file(&self) -> Option<PathBuf> {
        let id = self.project.as_ref()?.manifest.id;
        Some(self.places.config.join("projects").join(format!("{id}.ron")))
    }

    /// Recalls what is known of the project that was just opened. A damaged file costs the memory, nothing else.
    pub(super) fn recall(&mut self) {
        let file = self.memory_file().filter(|file| file.exists());
        self.memory = file.and_then(|file| read_ron(&file).ok()).unwrap_or_default();
    }

    /// Puts the focus where it was when this plan was last read. Tells whether that is known.
    pub(super) fn recall_place(&mut self, id: PlanId) -> bool {
        let (Some(&place), Some(open)) = (self.memory.places.get(&id), self.plans.get(&id)) else {
            return false;
        };
        let (focus, top) = (open.plan.outline.at(place.focus), open.plan.outline.at(place.top));
        let reading = self.reading_mut(id);
        (reading.focus, reading.top) = (focus, top);
        focus.is_some()
    }

    /// Brings panels and plan back as they were left; the first plan where there is nothing to bring back.
    pub(super) fn take_up(&mut self) {
        let Some(project) = &self.project else { return };
        let memory = &self.memory;
        let plan = memory.plan.filter(|plan| project.plans.contains_key(plan));
        (self.settings.left_open, self.settings.inspector_open) = (memory.left_open, memory.inspector_open);
        if let Some(plan) = plan.or(self.library_order().first().copied()) {
            self.open_plan(plan);
        }
    }

    /// Notes how the project is left and where the person is in the plan being read.
    pub fn remember(&mut self) {
        if self.project.is_none() {
            return;
        }
        let place = self.place().filter(|(id, place)| self.memory.places.get(id) != Some(place));
        let left = (self.settings.left_open, self.settings.inspector_open, self.view.plan);
        let memory = &mut self.memory;
        if place.is_some() || left != (memory.left_open, memory.inspector_open, memory.plan) {
            memory.places.extend(place);
            (memory.left_open, memory.inspector_open, memory.plan) = left;
            memory.touch();
        }
    }

    /// Where the person is.
    fn place(&self) -> Option<(PlanId, PlaceInPlan)> {
        let (id, open) = self.current()?;
        let start = |ix: Option<NodeIx>| Some(open.plan.outline.get(ix?)?.span.start);
        let reading = self.reading(id)?;
        let focus = start(reading.focus)?;
        Some((id, PlaceInPlan { focus, top: start(reading.top).unwrap_or(focus) }))
    }

    /// The same, and writes it down now and then.
    pub(super) fn follow_memory(&mut self) {
        self.remember();
        if self.memory.changed.is_some_and(|since| since.elapsed() >= PAUSE) {
            self.leave_memory();
        }
    }

    /// Writes what is remembered on a thread, e.g. before another project is opened.
    pub(super) fn leave_memory(&mut self) {
        if self.memory.changed.take().is_some()
            && let Some(file) = self.memory_file()
        {
            let memory = self.memory.clone();
            let write = move || memory.write(&file);
            let _ = std::thread::Builder::new().name("memory".into()).spawn(write);
        }
    }

    /// Writes what is remembered, before the program ends.
    pub(super) fn write_memory(&self) {
        if self.memory.changed.is_some()
            && let Some(file) = self.memory_file()
        {
            self.memory.write(&file);
        }
    }

    /// The favourite tag of a number from 1 to 9: the person's, else the one in that place among the codebook's
    /// tags that most plans have.
    pub fn favourite(&self, number: u8) -> Option<&TagId> {
        let codebook = &self.project.as_ref()?.codebook;
        if let Some(tag) = self.memory.favourites.get(&number) {
            return codebook.tag(tag).map(|tag| &tag.id);
        }
        let core = codebook.tags.iter().filter(|tag| tag.core).nth(usize::from(number.checked_sub(1)?))?;
        let chosen_elsewhere = self.memory.favourites.values().any(|tag| *tag == core.id);
        (!chosen_elsewhere).then_some(&core.id)
    }

    /// The number of a favourite tag.
    pub fn number_of(&self, tag: &TagId) -> Option<u8> {
        (1..=9).find(|&number| self.favourite(number) == Some(tag))
    }

    pub(super) fn set_favourite(&mut self, number: u8, tag: Option<TagId>) {
        if !(1..=9).contains(&number) {
            return;
        }
        match tag {
            Some(tag) => {
                self.memory.favourites.retain(|_, other| *other != tag);
                self.memory.favourites.insert(number, tag);
            }
            None => drop(self.memory.favourites.remove(&number)),
        }
        self.memory.touch();
    }

    /// Tags used lately, the last first.
    pub fn recent_tags(&self) -> &[TagId] {
        &self.memory.recent
    }

    pub(super) fn remember_tag(&mut self, tag: &TagId) {
        self.memory.recent.retain(|other| other != tag);
        self.memory.recent.insert(0, tag.clone());
        self.memory.recent.truncate(RECENT);
        self.memory.touch();
    }
}
