//! The search across the project: scanning on threads, results as they come, clause numbers afterwards.
//!
//! Texts are read once and kept (they never change) up to a limit; a scan of kept texts takes milliseconds for a
//! thousand plans. Clause numbers need the outline, which takes longer, so they follow, from the top down.

use super::jobs::{Jobs, Outcome, Post};
use super::{App, SearchTagging, SearchTaggingCommand};
use crate::insight::search::{Bytes, Clause, Context, Query, clause, context, outline, spans};
use crate::project::{Folder, PlanId, PlanRecord};
use crate::text::{Span, Text};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many hits are kept with their context; all are counted.
const KEPT: usize = 20_000;
/// How many bytes of text are kept in memory. Beyond, texts are read again for every search.
const KEPT_BYTES: usize = 192 << 20;
/// Chars of context before and after a hit.
pub(super) const CONTEXT: (usize, usize) = (24, 60);
/// How often results are handed over.
const EVERY: Duration = Duration::from_millis(30);

/// What a person does in the search.
#[derive(Clone, Debug, PartialEq)]
pub enum SearchCommand {
    /// Look for these words in all plans.
    Find(String),
    /// Stop looking; what was found stays.
    Cancel,
    /// Write what was found into a table: csv, xlsx or md, as the path ends.
    Export(PathBuf),
    /// Tag what was found.
    Tagging(SearchTaggingCommand),
}

/// The search and what it found.
#[derive(Debug, Default)]
pub struct Search {
    /// The words.
    pub query: String,
    /// What was found, by the plan's place in the library.
    pub found: BTreeMap<usize, PlanHits>,
    /// All hits, also those that are not kept.
    pub total: usize,
    /// Plans scanned.
    pub scanned: usize,
    /// Plans there are.
    pub plans: usize,
    /// Whether plans are still being scanned.
    pub is_scanning: bool,
    /// Grows with every change, so that views know when to list anew.
    pub revision: u64,
    /// How long the scan took.
    pub took: Duration,
    /// What would be tagged of the hits, while a person looks it over.
    pub tagging: Option<SearchTagging>,
    began: Option<Instant>,
    /// Which search results belong to.
    number: u64,
    cancel: Arc<AtomicBool>,
    pub(super) texts: Arc<Texts>,
}

/// Hits in one plan.
#[derive(Clone, Debug)]
pub struct PlanHits {
    /// The plan.
    pub plan: PlanId,
    /// How many there are.
    pub count: usize,
    /// The kept ones, in the order of the text.
    pub hits: Vec<Hit>,
}

/// A hit.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Where it stands.
    pub span: Span,
    /// The words around it.
    pub context: Context,
    /// The node it stands in and its clause number; `None` until the outline is read.
    pub clause: Option<Clause>,
}

/// What a search tells while it runs.
pub enum News {
    /// Hits in these plans, by their place in the library, and how many plans were scanned since the last news.
    Found(Vec<(usize, PlanHits)>, usize),
    /// All plans are scanned.
    Scanned,
    /// The clauses of the kept hits of the plan at this place; `None` for a hit that reaches over two nodes.
    Located(usize, Vec<Option<Clause>>),
}

/// Texts of plans, read once.
#[derive(Debug, Default)]
pub struct Texts {
    kept: Mutex<HashMap<PlanId, Arc<str>>>,
    bytes: AtomicUsize,
}

impl Texts {
    /// The text of a plan; `None` where it cannot be read (the reader tells when the plan is opened).
    pub fn get(&self, folder: &Folder, plan: PlanId) -> Option<Arc<str>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&plan).cloned();
        if kept.is_some() {
            return kept;
        }
        let text: Arc<str> = std::fs::read_to_string(folder.text(plan)).ok()?.into();
        if self.bytes.fetch_add(text.len(), Ordering::Relaxed) + text.len() <= KEPT_BYTES {
            self.kept.lock().unwrap_or_else(PoisonError::into_inner).insert(plan, text.clone());
        }
        Some(text)
    }
}

/// A search under way, shared by its threads.
struct Scan {
    number: u64,
    query: Query,
    folder: Folder,
    plans: Vec<Arc<PlanRecord>>,
    texts: Arc<Texts>,
    cancel: Arc<AtomicBool>,
    next: AtomicUsize,
    kept: AtomicUsize,
    /// Threads that still scan.
    scanning: AtomicUsize,
    /// Plans with kept hits, to be located: place in the library and spans.
    found: Mutex<Vec<(usize, Vec<Span>)>>,
}

impl App {
    pub(super) fn run_search(&mut self, command: SearchCommand) {
        match command {
            SearchCommand::Find(words) => self.search_for(words),
            SearchCommand::Export(path) => self.export_hits(path),
            SearchCommand::Tagging(command) => self.run_search_tagging(command),
            SearchCommand::Cancel => {
                self.search.cancel.store(true, Ordering::Relaxed);
                self.search.is_scanning = false;
            }
        }
    }

    fn search_for(&mut self, words: String) {
        let library = self.library();
        let Some(project) = &self.project else { return };
        let search = &mut self.search;
        search.cancel.store(true, Ordering::Relaxed);
        let query = Query::new(&words);
        *search = Search {
            query: words,
            plans: library.len(),
            is_scanning: query.is_some(),
            began: Some(Instant::now()),
            revision: search.revision + 1,
            number: search.number + 1,
            texts: search.texts.clone(),
            ..Search::default()
        };
        let Some(query) = query else { return };
        let records = library.iter().filter_map(|id| Some(project.plans.get(id)?.record.clone()));
        self.jobs.search(Scan {
            number: search.number,
            query,
            folder: project.folder.clone(),
            plans: records.collect(),
            texts: search.texts.clone(),
            cancel: search.cancel.clone(),
            next: AtomicUsize::new(0),
            kept: AtomicUsize::new(0),
            scanning: AtomicUsize::new(0),
            found: Mutex::default(),
        });
    }

    /// Forgets the search and its texts: another project is open.
    pub(super) fn forget_search(&mut self) {
        self.search.cancel.store(true, Ordering::Relaxed);
        let (number, revision) = (self.search.number + 1, self.search.revision + 1);
        self.search = Search { revision, number, ..Search::default() };
    }

    pub(super) fn searched(&mut self, number: u64, news: News) {
        let search = &mut self.search;
        if number != search.number {
            return;
        }
        search.revision += 1;
        match news {
            News::Found(found, scanned) => {
                search.scanned += scanned;
                search.total += found.iter().map(|(_, hits)| hits.count).sum::<usize>();
                search.found.extend(found);
            }
            News::Scanned => {
                search.is_scanning = false;
                search.took = search.began.map_or(Duration::ZERO, |began| began.elapsed());
            }
            News::Located(place, clauses) => {
                let Some(plan) = search.found.get_mut(&place) else { return };
                let before = plan.hits.len();
                let mut clauses = clauses.into_iter();
                plan.hits.retain_mut(|hit| {
                    hit.clause = clauses.next().flatten();
                    hit.clause.is_some()
                });
                let dropped = before - plan.hits.len();
                plan.count -= dropped;
                search.total -= dropped;
                if plan.count == 0 {
                    search.found.remove(&place);
                }
            }
        }
    }

    /// The hits of the search in a plan, by span; for marks in its text.
    pub fn search_hits(&self, plan: PlanId) -> impl Iterator<Item = Span> {
        let found = self.search.found.values().find(move |found| found.plan == plan);
        found.into_iter().flat_map(|found| found.hits.iter().map(|hit| hit.span))
    }
}

impl Jobs {
    fn search(&self, scan: Scan) {
        let scan = Arc::new(scan);
        let threads = std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(1, 4));
        scan.scanning.store(threads, Ordering::Relaxed);
        for _ in 0..threads {
            let scan = scan.clone();
            self.spawn("search", move |post| scan.run(&post));
        }
    }
}

impl Scan {
    fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    fn tell(&self, post: &Post, news: News) {
        if !self.is_cancelled() {
            post.send(Outcome::Search(self.number, news));
        }
    }

    /// Scans plans until none is left; the last thread to finish goes on to the clause numbers.
    fn run(&self, post: &Post) {
        let (mut found, mut scanned, mut told) = (Vec::new(), 0, Instant::now());
        while !self.is_cancelled() {
            let place = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(record) = self.plans.get(place) else { break };
            scanned += 1;
            found.extend(self.scan(record.id).map(|hits| (place, hits)));
            if told.elapsed() >= EVERY {
                self.hand_over(post, &mut found, &mut scanned);
                told = Instant::now();
            }
        }
        self.hand_over(post, &mut found, &mut scanned);
        if self.scanning.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.tell(post, News::Scanned);
            self.locate_all(post);
        }
    }

    fn hand_over(&self, post: &Post, found: &mut Vec<(usize, PlanHits)>, scanned: &mut usize) {
        let spans = |hits: &PlanHits| hits.hits.iter().map(|hit| hit.span).collect::<Vec<_>>();
        let kept = found.iter().filter(|(_, hits)| !hits.hits.is_empty());
        let kept: Vec<_> = kept.map(|(place, hits)| (*place, spans(hits))).collect();
        self.found.lock().unwrap_or_else(PoisonError::into_inner).extend(kept);
        self.tell(post, News::Found(std::mem::take(found), std::mem::take(scanned)));
    }

    fn scan(&self, plan: PlanId) -> Option<PlanHits> {
        let text = self.texts.get(&self.folder, plan)?;
        let places = self.query.find(&text);
        let room = KEPT.saturating_sub(self.kept.fetch_add(places.len(), Ordering::Relaxed));
        let kept: &[Bytes] = &places[..places.len().min(room)];
        let hit = |(place, span): (&Bytes, Span)| {
            let context = context(&text, place, CONTEXT.0, CONTEXT.1);
            Hit { span, context, clause: None }
        };
        let hits = kept.iter().zip(spans(&text, kept)).map(hit).collect();
        (!places.is_empty()).then_some(PlanHits { plan, count: places.len(), hits })
    }

    /// Reads the outlines of the plans with hits, from the top of the library down.
    fn locate_all(&self, post: &Post) {
        let mut found = std::mem::take(&mut *self.found.lock().unwrap_or_else(PoisonError::into_inner));
        found.sort_unstable_by_key(|&(place, _)| place);
        for (place, spans) in found {
            if self.is_cancelled() {
                return;
            }
            let Some(text) = self.texts.get(&self.folder, self.plans[place].id) else { continue };
            let text = Text::new(&text);
            let outline = outline(&text, &self.plans[place].layout, &self.plans[place].corrections);
            let clauses = spans.into_iter().map(|span| clause(&text, &outline, span)).collect();
            self.tell(post, News::Located(place, clauses));
        }
    }
}
