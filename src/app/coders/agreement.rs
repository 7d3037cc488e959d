//! Agreement of coders: what each gave every item is worked out in the background, plan by plan, and only anew
//! for the plans whose annotations changed.
//!
//! What a unit is and who coded a plan is said in `project::CodedPlan`; the figures are those of
//! `annotation::agreement`. Resolving a disagreement writes to the coder's own file only.

use super::CodersProblem;
use crate::annotation::agreement::{Agreement, Figures};
use crate::annotation::{Annotation, Body, Codebook, Coder, Edit, Sheet, TagId};
use crate::app::{App, EditName, table_form};
use crate::export::{Cell, Document, Table, write};
use crate::plan::{self, Plan, clause_path};
use crate::project::{CodedPlan, Folder, PlanId, PlanRecord, Project, ProjectError, Sheets, write_atomic};
use crate::text::Span;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};

/// Which tags are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Among {
    /// All.
    #[default]
    All,
    /// These.
    Tags(BTreeSet<TagId>),
}

/// What is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Whose annotations.
    pub coders: BTreeSet<Coder>,
    /// Which tags.
    pub among: Among,
    /// On which plans; `None`: on all that two of the coders coded.
    pub plans: Option<BTreeSet<PlanId>>,
}

/// A place that coders are compared on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The plan.
    pub plan: PlanId,
    /// The item's own words.
    pub span: Span,
    /// Clause number as shown: `(二)-1`.
    pub clause: String,
    /// The first words.
    pub words: String,
}

/// The items of a plan as coded, and the sheets that was made from.
#[derive(Debug)]
struct Coded {
    sheets: Vec<Option<Weak<Sheet>>>,
    record: Arc<PlanRecord>,
    codebook: Arc<Codebook>,
    items: CodedPlan,
    places: Vec<Place>,
}

/// How far coders agree, as worked out for one scope.
#[derive(Debug, Default)]
pub struct Agreed {
    /// What was compared.
    pub scope: Scope,
    /// The coders, in the order that disagreements name them by.
    pub coders: Vec<Coder>,
    /// Plans that at least two coded.
    pub plans: usize,
    /// The places compared; disagreements name them by their index.
    pub places: Vec<Place>,
    /// The figures: tag by tag, facet by facet, overall; and the disagreements.
    pub agreement: Agreement,
    /// Taggings that do not find their words for certain, and so are not counted.
    pub not_found: usize,
    /// The state of the project it was worked out from.
    revision: u64,
    coded: BTreeMap<PlanId, Arc<Coded>>,
}

/// Work that is under way.
#[derive(Clone, Debug)]
pub struct Working {
    done: Arc<AtomicUsize>,
    cancel: Arc<AtomicBool>,
    /// Plans in all.
    pub total: usize,
}

impl Working {
    /// Work on so many plans.
    pub(super) fn on(total: usize) -> Self {
        Self { done: Arc::default(), cancel: Arc::default(), total }
    }

    /// Plans done so far.
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Counts a plan as done; tells whether to go on.
    pub(super) fn step(&self) -> bool {
        self.done.fetch_add(1, Ordering::Relaxed);
        !self.cancel.load(Ordering::Relaxed)
    }

    /// Ends the work after the plan it is at.
    pub(super) fn stop(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }
}

/// A plan to be coded: what is needed to find out what each coder gave its items.
struct Task {
    record: Arc<PlanRecord>,
    open: Option<Arc<Plan>>,
    sheets: Sheets,
    known: Option<Arc<Coded>>,
}

impl App {
    /// Whether the figures shown are those of the scope and the project as they are now.
    pub fn is_agreement_current(&self) -> bool {
        let coders = &self.coders;
        let is_same =
            |agreed: &Arc<Agreed>| agreed.scope == coders.scope && agreed.revision == self.revision();
        coders.agreed.as_ref().is_some_and(is_same)
    }

    /// Works out the agreement for the scope chosen, unless that is under way or done.
    pub(super) fn agree(&mut self) {
        if self.coders.working.is_some() || self.is_agreement_current() {
            return;
        }
        let Some(project) = &self.project else { return };
        let (scope, revision) = (self.coders.scope.clone(), self.revision());
        let tasks = self.tasks(project, &scope);
        let working = Working::on(tasks.len());
        let (folder, codebook) = (project.folder.clone(), project.codebook.clone());
        self.coders.working = Some(working.clone());
        self.errand("agreement", move || {
            let agreed = work_out(&folder, &codebook, scope, tasks, &working);
            Box::new(move |app: &mut Self| {
                app.coders.working = None;
                if let Some(agreed) = agreed {
                    app.coders.agreed = Some(Arc::new(Agreed { revision, ..agreed }));
                }
            })
        });
    }

    /// The plans that at least two of the coders coded.
    fn tasks(&self, project: &Project, scope: &Scope) -> Vec<Task> {
        let known = self.coders.agreed.as_ref().filter(|agreed| agreed.scope.coders == scope.coders);
        let coders: Vec<Coder> = scope.coders.iter().cloned().collect();
        let in_scope = |id: &PlanId| scope.plans.as_ref().is_none_or(|plans| plans.contains(id));
        let task = |id: PlanId| {
            let entry = project.plans.get(&id)?;
            let open = self.plan(id).map(|open| open.plan.clone());
            let known = known.and_then(|agreed| agreed.coded.get(&id).cloned());
            Some(Task { record: entry.record.clone(), open, sheets: entry.sheets.clone()?, known })
        };
        project.coded_by_several(&coders).into_iter().filter(in_scope).filter_map(task).collect()
    }

    /// Takes one side of a disagreement: the coder's own file gets or loses the tag at a place.
    pub(super) fn resolve(&mut self, at: usize, tag: &TagId, give: bool) {
        let Some(agreed) = self.coders.agreed.clone() else { return };
        let Some((place, project)) = agreed.places.get(at).zip(self.project.as_ref()) else { return };
        let (own, book) = (self.coder(), &project.codebook);
        let here = taggings_at(project, place, &own);
        let is_tag = |a: &&Annotation| a.tag().is_some_and(|given| book.resolve(given) == tag);
        let mut edits = Vec::new();
        if give {
            let others = agreed.coders.iter().filter(|coder| **coder != own);
            let mut models = others.flat_map(|coder| taggings_at(project, place, coder));
            let Some(model) = models.find(|a| is_tag(&a)) else { return };
            if here.iter().any(|a| is_tag(&a)) {
                return;
            }
            edits.extend(rivals(book, tag, &here).into_iter().map(Edit::remove));
            let body = Body::Tag(tag.clone());
            edits.push(Edit::put(Annotation::on(model.on, model.anchor, body, Timestamp::now())));
        } else {
            edits.extend(here.iter().filter(is_tag).cloned().map(Edit::remove));
        }
        if edits.is_empty() {
            return;
        }
        let name = if give { EditName::Tag } else { EditName::Untag };
        let (plan, name) = (place.plan, name(tag.clone(), place.clause.clone()));
        self.edit(plan, name, edits);
    }

    /// Writes the figures as a table to a file, in the form that its ending asks for.
    pub(super) fn export_agreement(&mut self, path: PathBuf, words: &AgreementWords) {
        let Some(agreed) = self.coders.agreed.clone() else { return };
        let Some(codebook) = self.codebook() else { return };
        let (path, form) = table_form(path);
        let language = self.export_language();
        let table = table(&agreed, &codebook, words);
        self.errand("agreement table", move || {
            let document = Document::of_tables(table.name.clone(), language, vec![table]);
            let written = write(form, &document)
                .map_err(|error| ProjectError::io(&path, std::io::Error::other(error.to_string())))
                .and_then(|bytes| write_atomic(&path, &bytes));
            Box::new(move |app: &mut Self| match written {
                Ok(()) => app.coders.written = Some(path),
                Err(error) => app.coders.problem = Some(CodersProblem::File(Arc::new(error))),
            })
        });
    }
}

/// The taggings of a coder that touch a place. The text of a plan never changes, so their spans tell.
fn taggings_at(project: &Project, place: &Place, coder: &Coder) -> Vec<Annotation> {
    let touches = |a: &&Annotation| {
        !a.anchor.is_empty()
            && a.anchor.span().intersection(place.span).is_some_and(|shared| !shared.is_empty())
    };
    let taggings = project.annotations(place.plan, coder).filter(|a| a.tag().is_some());
    taggings.filter(touches).cloned().collect()
}

/// Those of `here` that cannot stand beside `tag`: others of a facet that allows only one.
fn rivals(book: &Codebook, tag: &TagId, here: &[Annotation]) -> Vec<Annotation> {
    let facet_of = |id: &TagId| book.tag(book.resolve(id)).map(|tag| tag.facet.clone());
    let facet = facet_of(tag);
    if facet.as_deref().and_then(|id| book.facet(id)).is_none_or(|facet| facet.multiple) {
        return Vec::new();
    }
    here.iter().filter(|a| a.tag().and_then(facet_of) == facet).cloned().collect()
}

/// Words of the table in the language of the interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementWords {
    /// Name of the table.
    pub name: String,
    /// Heads: tag, id, places, percent, kappa, alpha.
    pub head: [String; 6],
    /// The row over all tags.
    pub overall: String,
    /// What stands for a figure that is not defined.
    pub undefined: String,
    /// Whether tags are named in English.
    pub english: bool,
}

/// The figures as a table: tag by tag, facet by facet, overall.
fn table(agreed: &Agreed, codebook: &Codebook, words: &AgreementWords) -> Table {
    let row = |name: &str, id: &str, figures: &Figures| {
        let number = |figure: Option<f64>| figure.map_or_else(|| Cell::text(&words.undefined), Cell::Number);
        let percent = figures.percent.map_or_else(|| Cell::text(&words.undefined), Cell::Share);
        let (n, kappa, alpha) = (Cell::count(figures.units), number(figures.kappa), number(figures.alpha));
        vec![Cell::text(name), Cell::text(id), n, percent, kappa, alpha]
    };
    let in_language = |zh: &str, en: &str| if words.english { en.to_owned() } else { zh.to_owned() };
    let mut rows = Vec::new();
    for (id, figures) in &agreed.agreement.by_tag {
        let name = codebook.tag(id).map_or_else(|| id.0.clone(), |tag| in_language(&tag.zh, &tag.en));
        rows.push(row(&name, &id.0, figures));
    }
    for (id, figures) in &agreed.agreement.by_facet {
        let name = codebook.facet(id).map_or_else(|| id.clone(), |facet| in_language(&facet.zh, &facet.en));
        rows.push(row(&name, id, figures));
    }
    rows.push(row(&words.overall, "", &agreed.agreement.overall));
    Table { name: words.name.clone(), head: words.head.to_vec(), rows }
}

/// Codes every plan and compares. `None` where the work was stopped.
fn work_out(
    folder: &Folder,
    codebook: &Arc<Codebook>,
    scope: Scope,
    tasks: Vec<Task>,
    working: &Working,
) -> Option<Agreed> {
    let mut agreed = Agreed { coders: scope.coders.iter().cloned().collect(), ..Agreed::default() };
    let mut units = Vec::new();
    for task in tasks {
        if !working.step() {
            return None;
        }
        let id = task.record.id;
        // A plan whose text cannot be read was told when it was; it is left out here.
        let Some(coded) = task.code(folder, codebook, &agreed.coders) else { continue };
        agreed.plans += 1;
        agreed.not_found += coded.items.not_found;
        agreed.places.extend_from_slice(&coded.places);
        units.extend(coded.items.units.iter().map(|unit| {
            let within = |tags: &BTreeSet<TagId>| {
                tags.iter()
                    .filter(|tag| scope.among.holds(codebook.resolve(tag)))
                    .cloned()
                    .collect::<BTreeSet<_>>()
            };
            unit.iter().map(|tags| tags.as_ref().map(within)).collect()
        }));
        agreed.coded.insert(id, coded);
    }
    agreed.agreement = Agreement::with_facets(&units, codebook);
    agreed.scope = scope;
    Some(agreed)
}

impl Among {
    /// Whether a tag is compared.
    fn holds(&self, tag: &TagId) -> bool {
        match self {
            Self::All => true,
            Self::Tags(tags) => tags.contains(tag),
        }
    }

    /// Whether all of these are compared.
    pub fn has_all(&self, tags: &BTreeSet<TagId>) -> bool {
        tags.iter().all(|tag| self.holds(tag))
    }

    /// Whether any of these is compared.
    pub fn has_any(&self, tags: &BTreeSet<TagId>) -> bool {
        tags.iter().any(|tag| self.holds(tag))
    }

    /// The same with these tags, or without them. Where all of the codebook are in, or none is left, all are
    /// compared.
    #[must_use]
    pub fn with(&self, codebook: &Codebook, these: &BTreeSet<TagId>, on: bool) -> Self {
        let mut tags = match self {
            // The first one chooses.
            Self::All => BTreeSet::new(),
            Self::Tags(tags) => tags.clone(),
        };
        if on {
            tags.extend(these.iter().cloned());
        } else {
            tags.retain(|tag| !these.contains(tag));
        }
        let are_all = codebook.tags.iter().all(|tag| tags.contains(&tag.id));
        if tags.is_empty() || are_all { Self::All } else { Self::Tags(tags) }
    }
}

impl Task {
    fn code(self, folder: &Folder, codebook: &Arc<Codebook>, coders: &[Coder]) -> Option<Arc<Coded>> {
        let sheets: Vec<_> = coders.iter().map(|coder| self.sheets.get(coder).map(Arc::downgrade)).collect();
        if let Some(known) = &self.known
            && Arc::ptr_eq(&known.codebook, codebook)
            && known.record.corrections == self.record.corrections
            && same_sheets(&known.sheets, &sheets)
        {
            return Some(known.clone());
        }
        let plan = if let Some(plan) = self.open {
            plan
        } else {
            let text = Project::read_text(folder, self.record.id).ok()?;
            Arc::new(plan::read(&text, &self.record.layout, &self.record.corrections))
        };
        let items = CodedPlan::of(&plan, &self.sheets, coders, codebook);
        let place = |ix: &plan::NodeIx| {
            let node = plan.outline.get(*ix)?;
            let words = plan.text.slice(node.span).replace('\n', " ").chars().take(60).collect();
            let clause = clause_path(&plan.text, &plan.outline, *ix, "-");
            Some(Place { plan: self.record.id, span: node.span, clause, words })
        };
        let places = items.items.iter().filter_map(place).collect();
        Some(Arc::new(Coded { sheets, record: self.record, codebook: codebook.clone(), items, places }))
    }
}

fn same_sheets(known: &[Option<Weak<Sheet>>], now: &[Option<Weak<Sheet>>]) -> bool {
    let same = |(one, other): (&Option<Weak<Sheet>>, &Option<Weak<Sheet>>)| match (one, other) {
        (Some(one), Some(other)) => one.ptr_eq(other),
        (None, None) => true,
        _ => false,
    };
    known.len() == now.len() && known.iter().zip(now).all(same)
}
