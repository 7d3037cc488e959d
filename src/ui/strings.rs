//! Words of the interface in Chinese and English (assets/i18n), and how facts of the program are worded.

use super::cx::{Cx, t};
use super::importing::intake_error;
use crate::annotation::Facet;
use crate::app::{EditName, Language, NoticeKind};
use crate::insight::Domains;
use crate::plan::{Genre, MetadataField, Operation, Warning, WarningKind};
use crate::project::{Cause, LinkStatus, ProjectError, ReadOnly};
use i18n_embed::LanguageLoader;
use i18n_embed::fluent::FluentLanguageLoader;
use rust_embed::RustEmbed;
use std::io::ErrorKind;

/// The texts, in the binary.
#[derive(RustEmbed)]
#[folder = "assets/i18n"]
struct Texts;

/// Words of the interface in one language.
pub struct Strings {
    /// For the `t!` macro.
    pub loader: FluentLanguageLoader,
    language: Language,
}

impl Strings {
    /// The words of a language.
    pub fn new(language: Language) -> Self {
        let loader = FluentLanguageLoader::new("duizhao", unic_langid::langid!("zh-CN"));
        let wanted = match language {
            Language::Chinese => unic_langid::langid!("zh-CN"),
            Language::English => unic_langid::langid!("en"),
        };
        // The texts are in the binary; a test loads both languages.
        let _ = loader.load_languages(&Texts, &[wanted]);
        loader.set_use_isolating(false);
        Self { loader, language }
    }

    /// Changes the language, if it is another one.
    pub fn follow(&mut self, language: Language) {
        if self.language != language {
            *self = Self::new(language);
        }
    }
}

/// The ids of all texts of a language and whether each has words, for the test that none is missing.
pub fn all_text_ids(language: Language) -> Vec<(String, String)> {
    let path = format!("{}/duizhao.ftl", language.tag());
    let file = Texts::get(&path).map(|file| file.data.into_owned()).unwrap_or_default();
    let source = String::from_utf8_lossy(&file).into_owned();
    let mut texts: Vec<(String, String)> = Vec::new();
    for line in source.lines() {
        match line.split_once(" = ").or_else(|| line.strip_suffix(" =").map(|id| (id, ""))) {
            Some((id, words)) if !line.starts_with([' ', '#']) => {
                texts.push((id.to_owned(), words.to_owned()));
            }
            _ if line.starts_with(' ') => {
                if let Some((_, words)) = texts.last_mut() {
                    words.push_str(line);
                }
            }
            _ => {}
        }
    }
    texts
}

/// What undo or redo would take back or do again: `标注 分级诊疗 于 (二)-1`.
pub fn edit_name(cx: &Cx<'_>, name: &EditName) -> String {
    match name {
        EditName::Tag(tag, clause) => {
            let tag = cx.tag(tag).map_or(tag.0.clone(), |tag| cx.tag_name(tag).to_owned());
            t!(cx, "edit-tag", tag = tag, clause = clause.clone())
        }
        EditName::Untag(tag, clause) => {
            let tag = cx.tag(tag).map_or(tag.0.clone(), |tag| cx.tag_name(tag).to_owned());
            t!(cx, "edit-untag", tag = tag, clause = clause.clone())
        }
        EditName::TagHits(tag, query, count) => {
            let (tag, count) = (cx.tag_name_of(tag).to_owned(), *count);
            t!(cx, "edit-tag-hits", tag = tag, query = query.clone(), count = count)
        }
        EditName::Note(clause) | EditName::ExcerptNote(clause) => {
            t!(cx, "edit-note", clause = clause.clone())
        }
        EditName::Correct(operation, clause) => {
            t!(cx, "edit-correct", operation = self::operation(cx, *operation), clause = clause.clone())
        }
        EditName::Metadata(field) => t!(cx, "edit-metadata", field = metadata_field(cx, *field)),
        EditName::TagNote(tag) => {
            let tag = cx.tag(tag).map_or(tag.0.clone(), |tag| cx.tag_name(tag).to_owned());
            t!(cx, "edit-note", clause = tag)
        }
        EditName::RemovePlan(title) => t!(cx, "edit-remove-plan", title = title.clone()),
        EditName::RestorePlan(title) => t!(cx, "edit-restore-plan", title = title.clone()),
        EditName::ProjectNote => t!(cx, "edit-project-note"),
        EditName::CreateTag(tag) => t!(cx, "edit-create-tag", tag = tag.clone()),
        EditName::RenameTag(before, after) | EditName::RenameFacet(before, after) => {
            t!(cx, "edit-rename", before = before.clone(), after = after.clone())
        }
        EditName::DefineTag(tag) => t!(cx, "edit-define-tag", tag = tag.clone()),
        EditName::CueTag(tag) => t!(cx, "edit-cue-tag", tag = tag.clone()),
        EditName::RecolourTag(tag) => t!(cx, "edit-recolour-tag", tag = tag.clone()),
        EditName::KeyTag(tag) => t!(cx, "edit-key-tag", tag = tag.clone()),
        EditName::MoveToFacet(tag, facet) => {
            t!(cx, "edit-move-to-facet", tag = tag.clone(), facet = facet.clone())
        }
        EditName::DeleteFacet(facet) => t!(cx, "edit-delete-facet", facet = facet.clone()),
        EditName::MoveTag(tag) => t!(cx, "edit-move-tag", tag = tag.clone()),
        EditName::CreateFacet(facet) => t!(cx, "edit-create-facet", facet = facet.clone()),
        EditName::AlterFacet(facet) => t!(cx, "edit-alter-facet", facet = facet.clone()),
        EditName::MergeTags(from, into) => {
            t!(cx, "edit-merge-tags", from = from.clone(), into = into.clone())
        }
        EditName::SplitTag(tag) => t!(cx, "edit-split-tag", tag = tag.clone()),
        EditName::DeleteTag(tag) => t!(cx, "edit-delete-tag", tag = tag.clone()),
        EditName::ImportCodebook => t!(cx, "edit-import-codebook"),
        EditName::Link(status, a, b) => match status {
            LinkStatus::Confirmed => t!(cx, "edit-link", a = a.clone(), b = b.clone()),
            LinkStatus::Rejected => t!(cx, "edit-reject", a = a.clone(), b = b.clone()),
        },
        EditName::Unlink(a, b) => t!(cx, "edit-unlink", a = a.clone(), b = b.clone()),
        EditName::Keep(clause) => t!(cx, "edit-keep", clause = clause.clone()),
        EditName::Drop(clause) => t!(cx, "edit-drop", clause = clause.clone()),
        EditName::Arrange => t!(cx, "edit-arrange"),
        EditName::Reanchor(clause) => t!(cx, "edit-reanchor", clause = clause.clone()),
        EditName::Remove(clause) => t!(cx, "edit-remove", clause = clause.clone()),
        EditName::Version => t!(cx, "edit-version"),
        EditName::Separate => t!(cx, "edit-separate"),
        EditName::Join(origin) => t!(cx, "edit-join", origin = origin.clone()),
        EditName::BringBack(file) => t!(cx, "edit-bring-back", file = file.clone()),
    }
}

/// What a correction does.
pub fn operation(cx: &Cx<'_>, operation: Operation) -> String {
    match operation {
        Operation::Promote => t!(cx, "correct-promote"),
        Operation::Demote => t!(cx, "correct-demote"),
        Operation::MakeHeading => t!(cx, "correct-heading"),
        Operation::MakeParagraph => t!(cx, "correct-paragraph"),
        Operation::MergeWithPrevious => t!(cx, "correct-merge"),
        Operation::SplitHere => t!(cx, "correct-split"),
        Operation::MarkFurniture => t!(cx, "correct-furniture"),
        Operation::UnmarkFurniture => t!(cx, "correct-not-furniture"),
    }
}

/// The name of a field of the metadata.
pub fn metadata_field(cx: &Cx<'_>, field: MetadataField) -> String {
    match field {
        MetadataField::Title => t!(cx, "field-title"),
        MetadataField::City => t!(cx, "field-city"),
        MetadataField::Years => t!(cx, "field-years"),
        MetadataField::Issuer => t!(cx, "field-issuer"),
        MetadataField::DocumentNumber => t!(cx, "field-number"),
        MetadataField::Date => t!(cx, "field-date"),
    }
}

/// A notice in full.
pub fn notice(cx: &Cx<'_>, kind: &NoticeKind) -> String {
    match kind {
        NoticeKind::Damaged(error)
            if matches!(error.cause, Cause::Damaged(_) | Cause::PartlyDamaged { .. }) =>
        {
            t!(cx, "notice-damaged", problem = project_error(cx, error))
        }
        NoticeKind::File(error) | NoticeKind::Damaged(error) => project_error(cx, error),
        NoticeKind::ReadOnly { why, refused: false } => sentence(&read_only(cx, why)),
        NoticeKind::ReadOnly { why, refused: true } => t!(cx, "notice-refused", why = read_only(cx, why)),
        NoticeKind::NotOpened(error) => intake_error(cx, error),
        NoticeKind::NoOffice => t!(cx, "notice-no-office"),
        NoticeKind::Written(path) => t!(cx, "notice-written", path = path.display().to_string()),
        NoticeKind::Conflict => t!(cx, "notice-conflict"),
        NoticeKind::NotUnderstood(words) => t!(cx, "notice-not-understood", words = words.clone()),
    }
}

/// Words that stand alone: they begin with a capital letter, where the language has them.
pub fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

/// A file of the project that could not be used: which, what is wrong, what to do.
pub fn project_error(cx: &Cx<'_>, error: &ProjectError) -> String {
    let path = error.path.display().to_string();
    t!(cx, "error-line", path = path, what = project_cause(cx, &error.cause))
}

/// What is wrong with a file of the project, and what to do.
pub fn project_cause(cx: &Cx<'_>, cause: &Cause) -> String {
    match cause {
        Cause::Io(error) => match error.kind() {
            ErrorKind::NotFound => t!(cx, "error-not-found"),
            ErrorKind::PermissionDenied => t!(cx, "error-permission"),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => t!(cx, "error-disk-full"),
            ErrorKind::ReadOnlyFilesystem => t!(cx, "error-read-only"),
            _ => t!(cx, "error-system", detail = error.to_string()),
        },
        Cause::Damaged(place) => t!(cx, "error-damaged", place = place.clone()),
        &Cause::Newer { found, known } => t!(cx, "error-newer", found = found, known = known),
        &Cause::PartlyDamaged { ref place, kept, lost } => {
            t!(cx, "error-partly-damaged", place = place.clone(), kept = kept, lost = lost)
        }
        Cause::ReadOnly(why) => read_only(cx, why),
        Cause::ConflictCopy { original } => t!(cx, "error-conflict-copy", original = original.clone()),
        Cause::NotAProject => t!(cx, "error-not-a-project"),
        Cause::NotEmpty => t!(cx, "error-not-empty"),
        Cause::NoPlanFor(coder) => t!(cx, "error-no-plan-for", coder = coder.clone()),
    }
}

/// Why the project is open for reading only.
fn read_only(cx: &Cx<'_>, why: &ReadOnly) -> String {
    match why {
        ReadOnly::Unreadable => t!(cx, "read-only-unreadable"),
        &ReadOnly::Newer { found, known } => t!(cx, "error-newer", found = found, known = known),
        ReadOnly::NoRights => t!(cx, "read-only-rights"),
        ReadOnly::Held(holder) => {
            let coder = holder.coder.as_str().to_owned();
            t!(cx, "read-only-held", coder = coder, host = holder.host.clone(), user = holder.user.clone())
        }
    }
}

/// What the reader of plans was not sure of.
pub fn warning(cx: &Cx<'_>, warning: &Warning) -> String {
    let (line, detail) = (warning.line, warning.detail.clone());
    match warning.kind {
        WarningKind::Unstructured => t!(cx, "warning-unstructured"),
        WarningKind::Numbering => t!(cx, "warning-numbering", line = line, detail = detail),
        WarningKind::AmbiguousTable => t!(cx, "warning-table", line = line, detail = detail),
        WarningKind::UncertainPlace => t!(cx, "warning-place", detail = detail),
        WarningKind::SeveralDocuments => t!(cx, "warning-several"),
    }
}

/// The name of a facet.
pub fn facet(cx: &Cx<'_>, facet: &Facet) -> String {
    match cx.app.language() {
        Language::Chinese => facet.zh.clone(),
        Language::English => facet.en.clone(),
    }
}

/// The name of a domain of Healthy China 2030, by its id.
pub fn domain(cx: &Cx<'_>, id: &str) -> String {
    let domain = Domains::builtin().get(id);
    let name = domain.map(|domain| match cx.app.language() {
        Language::Chinese => domain.zh.as_str(),
        Language::English => domain.en.as_str(),
    });
    name.unwrap_or(id).to_owned()
}

/// The name of a genre.
pub fn genre(cx: &Cx<'_>, genre: Genre) -> String {
    match genre {
        Genre::WorkPoints => t!(cx, "genre-work-points"),
        Genre::FiveYearPlan => t!(cx, "genre-five-year-plan"),
        Genre::ActionPlan => t!(cx, "genre-action-plan"),
        Genre::Scheme => t!(cx, "genre-scheme"),
        Genre::WorkReport => t!(cx, "genre-work-report"),
        Genre::Regulation => t!(cx, "genre-regulation"),
        Genre::Other => t!(cx, "genre-other"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_text_is_missing_in_either_language() {
        let ids = |language| all_text_ids(language).into_iter().map(|(id, _)| id).collect::<BTreeSet<_>>();
        assert!(!ids(Language::Chinese).is_empty());
        assert_eq!(ids(Language::Chinese), ids(Language::English));
        for language in [Language::Chinese, Language::English] {
            for (id, words) in all_text_ids(language) {
                assert!(!words.trim().is_empty(), "{language:?}: {id} has no words");
            }
        }
    }

    #[test]
    fn both_languages_take_the_same_arguments() {
        let arguments = |words: &str| -> BTreeSet<String> {
            words
                .split("{ $")
                .skip(1)
                .filter_map(|rest| Some(rest.split([' ', '}']).next()?.to_owned()))
                .collect()
        };
        let english: std::collections::BTreeMap<_, _> = all_text_ids(Language::English).into_iter().collect();
        for (id, words) in all_text_ids(Language::Chinese) {
            assert_eq!(arguments(&words), arguments(&english[&id]), "{id}");
        }
    }

    #[test]
    fn each_language_speaks_for_itself() {
        for language in [Language::Chinese, Language::English] {
            let strings = Strings::new(language);
            for (id, _) in all_text_ids(language) {
                assert!(strings.loader.has(&id), "{language:?}: {id}");
            }
            assert_eq!(strings.loader.current_language().to_string(), language.tag());
        }
    }
}
