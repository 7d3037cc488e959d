//! Bringing a colleague's work into the project: a project folder, a zip of one, one file of theirs, or a copy
//! that a sync tool made. Nothing of either side is lost.
//!
//! What would come is worked out first, as one change set beside the plans that are new, and told in a report;
//! the caller shows it, backs up, stores the new plans in the trash, and carries the change set out like any other
//! edit: it takes the plans out of the trash, and undo puts them there again. Plans are the same where their id, their source or their words are. Not here: how
//! two versions of a file come together (see `Image::merge`).

use super::bundle::{self, Bundle};
use super::disk::{self, write_atomic, write_ron};
use super::links::Links;
use super::outside::{Image, merge_records};
use super::reading::rescue;
use super::record::SheetFile;
use super::{Cause, Change, ConflictCopy, File, Folder, PlanId, PlanRecord, Project, ProjectError, conflict};
use crate::annotation::{Codebook, Coder, Edit, Sheet, Subject, TagId};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a colleague's work would bring.
#[derive(Clone, Debug)]
pub struct Joining {
    /// What changes in the plans that the project has or gets; see [`Self::change_set`].
    pub changes: Vec<Change>,
    /// Plans that the project does not have yet.
    pub new_plans: Vec<NewPlan>,
    /// The same for people.
    pub report: JoinReport,
}

/// A plan that the project does not have yet.
#[derive(Clone, Debug)]
pub struct NewPlan {
    /// What is known of it.
    pub record: PlanRecord,
    text: Arc<[u8]>,
    source: Option<Arc<[u8]>>,
}

/// What came of one coder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FromCoder {
    /// Annotations (on plans, tags, the project) and links that are new here.
    pub added: usize,
    /// Those that the colleague had changed later.
    pub altered: usize,
    /// Notes that both had written otherwise: the later stands, the earlier is kept as a second note.
    pub second_notes: usize,
}

/// What a colleague's work would bring, in figures.
#[derive(Debug, Default)]
pub struct JoinReport {
    /// Where it came from.
    pub origin: PathBuf,
    /// Plans that both have.
    pub plans_known: usize,
    /// Plans that come.
    pub plans_new: usize,
    /// What comes, by coder.
    pub coders: BTreeMap<Coder, FromCoder>,
    /// Tags that come.
    pub tags_new: Vec<TagId>,
    /// Tags that the two have otherwise; ours stand.
    pub tags_differing: Vec<TagId>,
    /// Plans whose metadata or outline corrections come from the colleague.
    pub plans_altered: usize,
    /// Files that could not be read, or only in part. Nothing of them is lost: they stay where they are.
    pub problems: Vec<Arc<ProjectError>>,
}

impl Clone for JoinReport {
    fn clone(&self) -> Self {
        Self {
            origin: self.origin.clone(),
            coders: self.coders.clone(),
            tags_new: self.tags_new.clone(),
            tags_differing: self.tags_differing.clone(),
            problems: self.problems.clone(),
            ..*self
        }
    }
}

impl Joining {
    /// Whether there is nothing to bring.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.new_plans.is_empty()
    }

    /// All that changes, to be carried out at once after the new plans are stored: they come, then what is on
    /// them.
    pub fn change_set(&self) -> Vec<Change> {
        let come = |plan: &NewPlan| Change::Presence { record: plan.record.clone().into(), present: true };
        self.new_plans.iter().map(come).chain(self.changes.iter().cloned()).collect()
    }
}

impl NewPlan {
    /// Writes the plan's folder into the trash: source, text, record, in this order, so that a folder with a
    /// record is complete. One of the same plan that lies there already is kept under another name.
    pub fn store(&self, folder: &Folder) -> Result<(), ProjectError> {
        let place = folder.free_in_trash(self.record.id)?;
        if let Some(source) = &self.source {
            write_atomic(&place.join(format!("source.{}", self.record.source.extension)), source)?;
        }
        write_atomic(&place.join("text.txt"), &self.text)?;
        write_ron(&place.join("plan.ron"), &self.record).map(|_| ())
    }
}

impl Project {
    /// Works out what the project (folder or zip) or the single file at `path` would bring. Nothing is changed.
    /// Annotations that are not read yet are read.
    pub fn join(&self, path: &Path) -> Result<Joining, ProjectError> {
        let is_ron = path.is_file() && path.extension().is_some_and(|extension| extension == "ron");
        let mut work = Work::new(self, path);
        if is_ron {
            let bytes = fs::read(path).map_err(|error| ProjectError::io(path, error))?;
            let file = self.recognise(path, &bytes)?;
            work.bring(path, file, &bytes);
        } else {
            let bundle = Bundle::open(path)?;
            if bundle.read("project.ron")?.is_none() {
                return Err(ProjectError::new(path, Cause::NotAProject));
            }
            work.bring_project(&bundle)?;
        }
        Ok(work.done())
    }

    /// Works out what a conflict copy would bring.
    pub fn join_copy(&self, copy: &ConflictCopy) -> Result<Joining, ProjectError> {
        let mut work = Work::new(self, &copy.path);
        if let Some(file) = &copy.file {
            let bytes = fs::read(&copy.path).map_err(|error| ProjectError::io(&copy.path, error))?;
            work.bring(&copy.path, file.clone(), &bytes);
        }
        Ok(work.done())
    }

    /// Which file of the project a single file is. A coder's sheet does not say which plan it is about; the
    /// plan is the one whose words it quotes.
    fn recognise(&self, path: &Path, bytes: &[u8]) -> Result<File, ProjectError> {
        let failed = |cause| ProjectError::new(path, cause);
        if let Ok(sheet) = disk::loaded::<SheetFile>(bytes) {
            let SheetFile { coder, annotations, .. } = sheet.record;
            let on_plan = |on: &Subject| !matches!(on, Subject::Tag(_) | Subject::Project);
            if !annotations.iter().any(|annotation| on_plan(&annotation.on)) {
                return Ok(File::Notes(coder));
            }
            // Still in the folder of its plan?
            let folder = path.parent().and_then(Path::parent).and_then(Path::file_name);
            let id = folder.and_then(|name| name.to_str()?.parse().ok()).map(PlanId);
            if let Some(id) = id.filter(|id| self.plans.contains_key(id)) {
                return Ok(File::Sheet(id, coder));
            }
            let mut best: Option<(usize, PlanId)> = None;
            for &id in self.plans.keys() {
                let Ok(text) = Self::read_text(&self.folder, id) else { continue };
                let found = annotations.iter().filter(|a| !a.anchor.is_empty() && a.find(&text).is_certain());
                let found = found.count();
                if found > best.map_or(0, |(most, _)| most) {
                    best = Some((found, id));
                }
            }
            let (_, id) = best.ok_or_else(|| failed(Cause::NoPlanFor(coder.as_str().to_owned())))?;
            return Ok(File::Sheet(id, coder));
        }
        disk::loaded::<Codebook>(bytes).map(|_| File::Codebook).map_err(failed)
    }
}

/// What a copy of one file of the project would bring: what it has and the project has not.
pub(super) fn changes_from(project: &Project, path: &Path, file: File, copy: Image) -> Vec<Change> {
    let mut work = Work::new(project, path);
    work.bring_image(file, copy);
    work.changes
}

/// A join being worked out.
struct Work<'a> {
    project: &'a Project,
    changes: Vec<Change>,
    new_plans: Vec<NewPlan>,
    report: JoinReport,
    /// Their id of a plan → ours.
    plans: BTreeMap<PlanId, PlanId>,
}

impl<'a> Work<'a> {
    fn new(project: &'a Project, origin: &Path) -> Self {
        let report = JoinReport { origin: origin.to_owned(), ..JoinReport::default() };
        Self { project, changes: Vec::new(), new_plans: Vec::new(), report, plans: BTreeMap::new() }
    }

    fn done(mut self) -> Joining {
        for plan in &mut self.new_plans {
            // The earlier version may be a plan that the project knows under an id of its own.
            let earlier = plan.record.version_of;
            plan.record.version_of = earlier.map(|id| self.plans.get(&id).copied().unwrap_or(id));
        }
        Joining { changes: self.changes, new_plans: self.new_plans, report: self.report }
    }

    /// Brings a whole project: its plans first, so that annotations find theirs.
    fn bring_project(&mut self, bundle: &Bundle) -> Result<(), ProjectError> {
        let mut files: Vec<(String, File)> = Vec::new();
        for name in bundle.records()? {
            match bundle::file_of(&name) {
                Some(file) => files.push((name, file)),
                None if name == "project.ron" => {}
                None => self.tell_copy(bundle.path(&name)),
            }
        }
        // Records before the annotations on them.
        files.sort_by_key(|(name, file)| (!matches!(file, File::Record(_)), name.clone()));
        for (name, file) in files {
            let Some(bytes) = bundle.read(&name)? else { continue };
            match file {
                File::Record(id) => self.bring_plan(bundle, &name, id, &bytes)?,
                file => self.bring(&bundle.path(&name), file, &bytes),
            }
        }
        Ok(())
    }

    /// Says that a copy of theirs was left out.
    fn tell_copy(&mut self, path: PathBuf) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(original) = conflict::original_of(&name) {
            self.tell(ProjectError { path, cause: Cause::ConflictCopy { original } });
        }
    }

    fn tell(&mut self, problem: ProjectError) {
        self.report.problems.push(Arc::new(problem));
    }

    /// Brings a plan, or finds out which of ours it is.
    fn bring_plan(
        &mut self,
        bundle: &Bundle,
        name: &str,
        id: PlanId,
        bytes: &[u8],
    ) -> Result<(), ProjectError> {
        let Some(Image::Record(theirs)) = self.image(&bundle.path(name), &File::Record(id), bytes) else {
            return Ok(());
        };
        let text = bundle.read(&name.replace("plan.ron", "text.txt"))?;
        if let Some(ours) = self.same_plan(id, &theirs, text.as_deref()) {
            self.plans.insert(id, ours);
            self.report.plans_known += 1;
            let before = self.project.plans[&ours].record.clone();
            let mut after = merge_records(None, &before, &theirs);
            set_by_people(&mut after, &theirs);
            if after != *before {
                self.report.plans_altered += 1;
                self.changes.push(Change::Record { before, after: Arc::new(after) });
            }
            return Ok(());
        }
        let Some(text) = text else {
            let path = bundle.path(&name.replace("plan.ron", "text.txt"));
            self.tell(ProjectError::io(&path, std::io::ErrorKind::NotFound.into()));
            return Ok(());
        };
        let source = format!("source.{}", theirs.source.extension);
        let source = bundle.read(&name.replace("plan.ron", &source))?;
        self.plans.insert(id, id);
        self.report.plans_new += 1;
        let record = PlanRecord { id, ..(*theirs).clone() };
        self.new_plans.push(NewPlan { record, text: text.into(), source: source.map(Into::into) });
        Ok(())
    }

    /// Our plan with the same id, source or words.
    fn same_plan(&self, id: PlanId, theirs: &PlanRecord, text: Option<&[u8]>) -> Option<PlanId> {
        let ours = &self.project.plans;
        if ours.contains_key(&id) {
            return Some(id);
        }
        let of_source = ours.iter().find(|(_, entry)| entry.record.source.sha256 == theirs.source.sha256);
        if let Some((&id, _)) = of_source {
            return Some(id);
        }
        let text = text?;
        let same = |id: &&PlanId| {
            let path = self.project.folder.text(**id);
            let size = fs::metadata(&path).map(|metadata| metadata.len());
            size.is_ok_and(|size| size == text.len() as u64) && fs::read(&path).is_ok_and(|own| own == text)
        };
        ours.keys().find(same).copied()
    }

    /// What a file of theirs holds; what is wrong with it is told.
    fn image(&mut self, path: &Path, file: &File, bytes: &[u8]) -> Option<Image> {
        match Image::parse(file, bytes) {
            Ok(loaded) => {
                if loaded.is_newer() {
                    let (found, known) = (loaded.version, super::FORMAT_VERSION);
                    self.tell(ProjectError::new(path, Cause::Newer { found, known }));
                }
                Some(loaded.record)
            }
            Err(Cause::Damaged(place)) => {
                let (image, cause) = rescue(bytes, file, &place);
                let kept = matches!(cause, Cause::PartlyDamaged { .. });
                self.tell(ProjectError::new(path, cause));
                image.filter(|_| kept)
            }
            Err(cause) => {
                self.tell(ProjectError::new(path, cause));
                None
            }
        }
    }

    /// Brings a file that belongs to a coder, or the codebook.
    fn bring(&mut self, path: &Path, file: File, bytes: &[u8]) {
        if let Some(theirs) = self.image(path, &file, bytes) {
            self.bring_image(file, theirs);
        }
    }

    fn bring_image(&mut self, file: File, theirs: Image) {
        match (file, theirs) {
            (File::Codebook, Image::Codebook(theirs)) => self.bring_codebook(&theirs),
            (File::Record(id), Image::Record(theirs)) => {
                let Some(before) = self.project.plans.get(&id).map(|entry| entry.record.clone()) else {
                    return;
                };
                let mut after = merge_records(None, &before, &theirs);
                set_by_people(&mut after, &theirs);
                if after != *before {
                    self.report.plans_altered += 1;
                    self.changes.push(Change::Record { before, after: Arc::new(after) });
                }
            }
            (File::Sheet(id, coder), Image::Sheet(theirs)) => {
                let plan = self.plans.get(&id).copied().unwrap_or(id);
                let ours = self.sheet_on(plan, &coder);
                let change = |edit| Change::Annotation { plan, coder: coder.clone(), edit };
                self.bring_sheet(&coder, &ours, &theirs, change);
            }
            (File::Notes(coder), Image::Sheet(theirs)) => {
                let ours = self.project.notes.get(&coder).cloned().unwrap_or_default();
                self.bring_sheet(&coder, &ours, &theirs, |edit| Change::Note { coder: coder.clone(), edit });
            }
            (File::Links(coder), Image::Links(theirs)) => {
                let ours = self.project.links.get(&coder).cloned().unwrap_or_default();
                let theirs = theirs.on_plans(|id| self.plans.get(&id).copied().unwrap_or(id));
                let merged = ours.merge(&Links::default(), &theirs);
                let from = self.report.coders.entry(coder.clone()).or_default();
                for edit in ours.edits_to(&merged) {
                    match edit.before {
                        None => from.added += 1,
                        Some(_) => from.altered += 1,
                    }
                    self.changes.push(Change::Link { coder: coder.clone(), edit: Box::new(edit) });
                }
            }
            _ => {}
        }
    }

    /// Our annotations of a coder on a plan, read where they are not yet.
    fn sheet_on(&self, plan: PlanId, coder: &Coder) -> Arc<Sheet> {
        let Some(entry) = self.project.plans.get(&plan) else { return Arc::default() };
        if let Some(sheets) = &entry.sheets {
            return sheets.get(coder).cloned().unwrap_or_default();
        }
        let file = File::Sheet(plan, coder.clone());
        match Image::load(&self.project.folder, &file).map(|loaded| loaded.record) {
            Ok(Image::Sheet(sheet)) => sheet,
            _ => Arc::default(),
        }
    }

    fn bring_sheet(&mut self, coder: &Coder, ours: &Sheet, theirs: &Sheet, change: impl Fn(Edit) -> Change) {
        let brought = ours.merge(&Sheet::default(), theirs);
        let from = self.report.coders.entry(coder.clone()).or_default();
        from.second_notes += brought.second_notes;
        for edit in brought.edits {
            match edit.before {
                None => from.added += 1,
                Some(_) => from.altered += 1,
            }
            self.changes.push(change(edit));
        }
        // A second note is nothing new.
        from.added = from.added.saturating_sub(brought.second_notes);
    }

    fn bring_codebook(&mut self, theirs: &Codebook) {
        let before = self.project.codebook.clone();
        let after = before.merge(None, theirs);
        for tag in &theirs.tags {
            match before.tag(&tag.id) {
                Some(ours) if ours != tag => self.report.tags_differing.push(tag.id.clone()),
                None if after.tag(&tag.id).is_some() => self.report.tags_new.push(tag.id.clone()),
                _ => {}
            }
        }
        if after != *before {
            self.changes.push(Change::Codebook { before, after: Arc::new(after) });
        }
    }
}

/// Metadata that the colleague set, where ours was only read.
fn set_by_people(ours: &mut PlanRecord, theirs: &PlanRecord) {
    use crate::plan::{Evidence, Fact};
    fn take<T: Clone>(ours: &mut Option<Fact<T>>, theirs: Option<&Fact<T>>) {
        let by_person = |fact: &Fact<T>| fact.evidence == Evidence::Reader;
        if !ours.as_ref().is_some_and(by_person)
            && let Some(theirs) = theirs.filter(|fact| by_person(fact))
        {
            *ours = Some(theirs.clone());
        }
    }
    let (ours, theirs) = (&mut ours.metadata, &theirs.metadata);
    take(&mut ours.title, theirs.title.as_ref());
    take(&mut ours.notice_title, theirs.notice_title.as_ref());
    take(&mut ours.place, theirs.place.as_ref());
    take(&mut ours.years, theirs.years.as_ref());
    take(&mut ours.doc_type, theirs.doc_type.as_ref());
    take(&mut ours.genre, theirs.genre.as_ref());
    take(&mut ours.issuer, theirs.issuer.as_ref());
    take(&mut ours.document_number, theirs.document_number.as_ref());
    take(&mut ours.date, theirs.date.as_ref());
    take(&mut ours.published, theirs.published.as_ref());
}
