//! How the import is worded: what is wrong with a file, what may be lost, what it will become.

use crate::app::Importing;
use crate::import::{ForeignFormat, ImportError, ImportWarning};
use crate::plan::{Fact, Genre};
use crate::project::{Carried, IntakeError, PlanId, Staged};
use crate::ui::cx::{Cx, t};
use crate::ui::strings;
use egui::Color32;

/// The encodings to choose from, by the names they are recorded with.
pub fn encoding_names() -> [&'static str; 5] {
    ["UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE"]
}

/// A file that could not become a plan: which, why, what to do.
pub fn intake_error(cx: &Cx<'_>, error: &IntakeError) -> String {
    let path = match error {
        IntakeError::Disk(error) => return strings::project_error(cx, error),
        IntakeError::Import { path, .. }
        | IntakeError::TooSlow { path, .. }
        | IntakeError::NoFile { path }
        | IntakeError::IsProject { path }
        | IntakeError::TooMany { path, .. }
        | IntakeError::NotConverted { path, .. } => path.display().to_string(),
    };
    t!(cx, "error-line", path = path, what = what(cx, error))
}

/// Why a file could not become a plan, and what to do.
pub(super) fn what(cx: &Cx<'_>, error: &IntakeError) -> String {
    match error {
        IntakeError::Disk(error) => strings::project_cause(cx, &error.cause),
        IntakeError::Import { cause, .. } => import_error(cx, cause),
        &IntakeError::TooSlow { seconds, .. } => t!(cx, "error-too-slow", seconds = seconds),
        IntakeError::NoFile { .. } => t!(cx, "error-no-file"),
        IntakeError::IsProject { .. } => t!(cx, "error-is-project"),
        &IntakeError::TooMany { limit, .. } => t!(cx, "error-too-many", limit = limit),
        IntakeError::NotConverted { .. } => t!(cx, "error-not-converted"),
    }
}

fn import_error(cx: &Cx<'_>, error: &ImportError) -> String {
    match error {
        ImportError::Empty => t!(cx, "error-empty"),
        ImportError::NotText => t!(cx, "error-not-text"),
        ImportError::Encrypted => t!(cx, "error-encrypted"),
        &ImportError::Scanned { pages } => t!(cx, "error-scanned", pages = pages),
        ImportError::TooLarge { limit, .. } => {
            let megabytes = *limit >> 20;
            t!(cx, "error-too-large", limit = megabytes)
        }
        ImportError::Damaged { .. } => t!(cx, "error-damaged-source"),
        ImportError::LimitExceeded { .. } => t!(cx, "error-limit"),
        ImportError::UnknownEncoding(label) => t!(cx, "error-encoding", label = label.clone()),
        ImportError::Unsupported(kind) => match kind {
            ForeignFormat::Doc => t!(cx, "error-convert", kind = "DOC"),
            ForeignFormat::Wps => t!(cx, "error-convert", kind = "WPS"),
            ForeignFormat::Rtf => t!(cx, "error-convert", kind = "RTF"),
            ForeignFormat::Odt => t!(cx, "error-convert", kind = "ODT"),
            ForeignFormat::Ofd => t!(cx, "error-ofd"),
            ForeignFormat::Office => t!(cx, "error-sheet"),
            ForeignFormat::Archive => t!(cx, "error-packed"),
            ForeignFormat::Picture => t!(cx, "error-picture"),
        },
    }
}

/// What may have been lost or guessed while reading a file.
pub(super) fn lost(cx: &Cx<'_>, warning: &ImportWarning) -> String {
    match warning {
        &ImportWarning::Undecodable { count, ref encoding } => {
            t!(cx, "lost-undecodable", count = count, encoding = encoding.clone())
        }
        &ImportWarning::ControlChars { count } => t!(cx, "lost-control", count = count),
        ImportWarning::CharsetDiffers { declared, taken } => {
            t!(cx, "lost-charset", declared = declared.clone(), taken = taken.clone())
        }
        ImportWarning::PartUnread { what } => t!(cx, "lost-part", what = what.clone()),
        ImportWarning::PagesWithoutText { pages } => {
            let shown: Vec<String> = pages.iter().take(20).map(ToString::to_string).collect();
            t!(cx, "lost-pages", pages = shown.join(", "))
        }
    }
}

/// How annotations were found in a new version.
pub(super) fn carried(cx: &Cx<'_>, carried: Carried) -> String {
    let Carried { exact, moved, uncertain, lost } = carried;
    t!(cx, "import-carried", exact = exact, moved = moved, uncertain = uncertain, lost = lost)
}

/// The kind of document, and the number of its items.
pub(super) fn kind(cx: &Cx<'_>, staged: &Staged) -> String {
    let genre = staged.record.metadata.genre.as_ref().map_or(Genre::Other, |fact: &Fact<Genre>| fact.value);
    t!(cx, "import-kind-items", kind = strings::genre(cx, genre), items = staged.record.items)
}

/// The name of a plan of the project, or of one that waits to be taken in.
pub(super) fn plan_name(cx: &Cx<'_>, importing: &Importing, id: PlanId) -> String {
    match importing.row(id) {
        Some(row) => row.name(),
        None => cx.plan_name(id),
    }
}

/// What a file that was read will become, or what to look at.
pub(super) fn state(cx: &Cx<'_>, importing: &Importing, staged: &Staged) -> (String, Color32) {
    let metadata = &staged.record.metadata;
    let mut words = Vec::new();
    if let Some(earlier) = staged.record.version_of {
        words.push(t!(cx, "import-as-version-of", plan = plan_name(cx, importing, earlier)));
    } else if let Some(kin) = &staged.kin {
        words.push(t!(cx, "import-resembles", plan = plan_name(cx, importing, kin.of)));
    }
    words.extend(staged.lost.first().map(|warning| lost(cx, warning)));
    if metadata.place.is_none() {
        words.push(t!(cx, "import-no-city"));
    }
    if metadata.years.is_none() {
        words.push(t!(cx, "import-no-years"));
    }
    if metadata.title.is_none() {
        words.push(t!(cx, "import-no-title"));
    }
    if words.is_empty() {
        let genre = metadata.genre.as_ref().map_or(Genre::Other, |fact| fact.value);
        return (strings::genre(cx, genre), cx.palette.muted);
    }
    (words.join(" · "), cx.palette.caution)
}
