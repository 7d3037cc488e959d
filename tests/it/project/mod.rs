//! The project folder: what people made is never lost, whatever happens to the disk, the program, or the folder.

mod agreeing; // how far coders agree on items
mod backups; // made, rolled, put back
mod checking; // `duizhao check`, with and without `--repair`
mod damage; // every byte flipped or cut
mod file_format; // docs/FILE_FORMAT.md, read by another language
mod formats; // files of every version
mod fuzzing; // bytes that nobody wrote
mod joining; // a colleague's folder, zip or file; copies of sync tools
mod killing; // the program is killed while it edits
mod linking; // decisions on pairs of plans, and the basket
mod places; // every kind of place carries tags and notes
mod together; // two processes on one folder
mod trouble; // the disk refuses
mod undoing; // undo and redo over a whole session

use duizhao::annotation::{Anchor, Annotation, Body, Coder, Edit, Subject, TagId};
use duizhao::project::{Candidate, Change, File, Folder, PlanId, Project, Sheets, Snapshot};
use duizhao::text::Text;
use jiff::Timestamp;
use std::path::Path;

/// Words of plans that tests annotate.
pub const PLANS: [&str; 2] = [
    "厦门市2017年卫生计生工作要点\n\n一、深化医药卫生体制改革\n(一)推进分级诊疗\n1、全面推进家庭医生签约服务。重点人群签约率\
     达到60%以上。\n2、完善“三师共管”模式。\n(二)加强公共卫生\n1、做好免疫规划。\n2、开展健康教育。\n",
    "南宁市2017年卫生计生工作要点\n\n一、推进医改\n1、建设医联体。各县区组建2个以上医联体。\n2、实施药品零差率。\n二、加强\
     基层\n1、建设标准化卫生院。\n2、签约家庭医生,覆盖率达到30%。\n",
];

/// A moment that does not move.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

/// A project with plans, as one coder sees it.
pub struct Study {
    pub project: Project,
    pub plans: Vec<PlanId>,
}

impl Study {
    /// A new project with the first `plans` of [`PLANS`].
    pub fn new(root: &Path, plans: usize) -> Self {
        let mut study = Self { project: Project::create(root, "研究", at(0)).unwrap(), plans: Vec::new() };
        for (n, words) in PLANS[..plans].iter().enumerate() {
            study.import(&format!("plan-{n}.txt"), words);
        }
        study
    }

    /// Opens a project with everything in it.
    pub fn open(root: &Path) -> Self {
        let (project, problems) = Project::open(root).unwrap();
        assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
        let mut study = Self { plans: project.plans.keys().copied().collect(), project };
        for &id in &study.plans {
            let read = Project::read_sheets(&study.project.folder, &study.project.ledger, id);
            assert!(study.project.take_in_sheets(id, read).is_empty());
        }
        study
    }

    pub fn import(&mut self, name: &str, words: &str) -> PlanId {
        let candidate = Candidate::new(name, words.as_bytes().to_vec(), at(1)).unwrap();
        candidate.store(&self.project.folder).unwrap();
        let id = candidate.record.id;
        self.project.insert(candidate.record);
        self.plans.push(id);
        id
    }

    pub fn folder(&self) -> &Folder {
        &self.project.folder
    }

    pub fn text(&self, plan: PlanId) -> Text {
        Project::read_text(self.folder(), plan).unwrap()
    }

    /// Carries out a change and writes the file it touches.
    pub fn change(&mut self, change: &Change) {
        let file = self.project.apply(change).unwrap();
        self.project.snapshot(&file).unwrap().write().unwrap();
    }

    /// Puts something on the first place with these words.
    pub fn put(&mut self, plan: PlanId, coder: &str, words: &str, body: Body) -> Annotation {
        let text = self.text(plan);
        let byte = text.as_str().find(words).unwrap();
        let span = duizhao::text::Span::at(text.char_of(byte), words.chars().count() as u32);
        let annotation = Annotation::on(Subject::Passage, Anchor::new(&text, span), body, at(2));
        let edit = Edit::put(annotation.clone());
        self.change(&Change::Annotation { plan, coder: Coder::new(coder), edit });
        annotation
    }

    pub fn tag(&mut self, plan: PlanId, coder: &str, words: &str, tag: &str) -> Annotation {
        self.put(plan, coder, words, Body::Tag(TagId::from(tag)))
    }

    pub fn note(&mut self, plan: PlanId, coder: &str, words: &str, note: &str) -> Annotation {
        self.put(plan, coder, words, Body::Note(note.to_owned()))
    }

    pub fn sheets(&self, plan: PlanId) -> &Sheets {
        self.project.plans[&plan].sheets.as_ref().unwrap()
    }

    /// What a coder put on a plan, in the order of the text, then of the alphabet: tags by id, notes in quotation
    /// marks.
    pub fn says(&self, plan: PlanId, coder: &str) -> String {
        let Some(sheet) = self.sheets(plan).get(&Coder::new(coder)) else { return String::new() };
        let said = |a: &&Annotation| match &a.body {
            Body::Tag(tag) => tag.0.clone(),
            Body::Note(note) => format!("“{note}”"),
        };
        let mut all: Vec<_> = sheet.iter().map(|a| (a.anchor.start, said(&a))).collect();
        all.sort();
        all.into_iter().map(|(_, said)| said).collect::<Vec<_>>().join(" ")
    }

    pub fn snapshot(&self, file: &File) -> Snapshot {
        self.project.snapshot(file).unwrap()
    }
}
