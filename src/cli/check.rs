//! `duizhao check PROJECT`: whether every file of a project is there, can be read, and agrees with the others;
//! `--repair` mends what can be mended, after a backup.

use super::{CliError, Format, in_format};
use crate::project::check::{Finding, Report, Trouble, check};
use crate::project::{Backup, Folder, Remedy, Repaired, repair, sound_backup};
use jiff::Timestamp;
use serde::Serialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What `duizhao check` takes.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// The project folder.
    pub project: PathBuf,
    /// Mend what can be mended, after a backup. Refused while the project is open in a window.
    #[arg(long)]
    pub repair: bool,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// The whole answer. Part of the stable contract.
#[derive(Debug, Serialize)]
struct CheckView {
    project: String,
    files: usize,
    plans: usize,
    coders: Vec<String>,
    annotations: usize,
    /// Whether nothing is damaged (any more).
    whole: bool,
    findings: Vec<FindingView>,
    repair: Option<RepairView>,
}

#[derive(Debug, Serialize)]
struct FindingView {
    /// Relative to the project.
    file: String,
    /// A word for scripts: `damaged`, `missing`, `unanchored`.
    trouble: &'static str,
    /// The same for people, and what to do.
    says: String,
    damage: bool,
    mendable: bool,
    /// The newest backup with a sound copy of a damaged or missing file, relative to the project.
    backup: Option<String>,
}

#[derive(Debug, Serialize)]
struct RepairView {
    backup: String,
    mended: Vec<MendedView>,
}

#[derive(Debug, Serialize)]
struct MendedView {
    file: String,
    trouble: &'static str,
    /// How: `salvaged`, `from_backup`, `made_anew`, `rewritten`, `merged`, `removed`.
    how: &'static str,
    /// When the backup was made (UTC) that it was taken from, wholly or in part.
    backup_of: Option<String>,
}

/// Checks a project, and mends it where that is asked for. The second part tells whether it is whole.
pub(super) fn print(args: &CheckArgs) -> Result<(String, Option<CliError>), CliError> {
    let folder = Folder::new(&args.project);
    let view = if args.repair {
        let Repaired { backup, mended, left } = repair(&folder, Timestamp::now())?;
        let mended = mended.iter().map(|(finding, remedy)| MendedView {
            file: relative(&args.project, &finding.path),
            trouble: word(&finding.trouble),
            how: how(*remedy),
            backup_of: backup_of(*remedy).map(|made| made.to_string()),
        });
        let repair = RepairView { backup: relative(&args.project, &backup.path), mended: mended.collect() };
        CheckView::of(&folder, &left, Some(repair))
    } else {
        CheckView::of(&folder, &check(&folder)?, None)
    };
    let damaged = view.findings.iter().filter(|finding| finding.damage).count();
    let error = (damaged > 0).then(|| CliError::Damage {
        project: args.project.clone(),
        findings: damaged,
        repaired: args.repair,
    });
    Ok((in_format(&view, args.format, listing)?, error))
}

impl CheckView {
    fn of(folder: &Folder, report: &Report, repair: Option<RepairView>) -> Self {
        let root = folder.root();
        let finding = |finding: &Finding| {
            let backup = is_kept_in_backups(folder, finding).then(|| sound_backup(folder, &finding.path));
            let says_of = backup.as_ref().map(|backup| says_of_backup(backup.as_ref(), repair.is_some()));
            FindingView {
                file: relative(root, &finding.path),
                trouble: word(&finding.trouble),
                says: says(&finding.trouble) + &says_of.unwrap_or_default(),
                damage: finding.trouble.is_damage(),
                mendable: finding.trouble.is_mendable(),
                backup: backup.flatten().map(|backup| relative(root, &backup.path)),
            }
        };
        Self {
            project: root.display().to_string(),
            files: report.files,
            plans: report.plans,
            coders: report.coders.iter().map(|coder| coder.as_str().to_owned()).collect(),
            annotations: report.annotations,
            whole: report.damage().next().is_none(),
            findings: report.findings.iter().map(finding).collect(),
            repair,
        }
    }
}

/// Whether backups may help: the file is one of those they hold, and is damaged or gone.
fn is_kept_in_backups(folder: &Folder, finding: &Finding) -> bool {
    let is_broken =
        matches!(finding.trouble, Trouble::Damaged(_) | Trouble::PartlyDamaged { .. } | Trouble::Missing);
    let is_small = finding.path.extension().is_some_and(|extension| extension == "ron");
    is_broken && is_small && finding.path.starts_with(folder.root())
}

/// What a backup can do about a damaged file; why it is still damaged where repair was tried.
fn says_of_backup(backup: Option<&Backup>, repaired: bool) -> String {
    match backup {
        None if repaired => "; it could not be mended: no backup holds a sound copy of it".to_owned(),
        None => "; no backup holds a sound copy of it".to_owned(),
        Some(backup) => {
            format!("; the backup of {:.0} holds a sound copy, `--repair` takes it from there", backup.made)
        }
    }
}

fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn word(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Unreadable(_) => "unreadable",
        Trouble::Missing => "missing",
        Trouble::Damaged(_) => "damaged",
        Trouble::PartlyDamaged { .. } => "partly_damaged",
        Trouble::Newer(_) => "newer",
        Trouble::Older(_) => "older",
        Trouble::ConflictCopy(_) => "conflict_copy",
        Trouble::SourceAltered => "source_altered",
        Trouble::TextAltered => "text_altered",
        Trouble::ForeignId => "foreign_id",
        Trouble::Leftover => "leftover",
        Trouble::KeptAside => "kept_aside",
        Trouble::DoubleTag(_) => "double_tag",
        Trouble::TagWithoutPlace(_) => "tag_without_place",
        Trouble::DoubleShortcut(_) => "double_shortcut",
        Trouble::UnknownTag(..) => "unknown_tag",
        Trouble::DoubleAnnotations(_) => "double_annotations",
        Trouble::Uncertain(_) => "uncertain",
        Trouble::Unanchored(_) => "unanchored",
    }
}

fn says(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unreadable(why) => format!("cannot be read: {why}"),
        Trouble::Missing => "is missing".to_owned(),
        Trouble::Damaged(place) => format!("is damaged at {place}; nothing in it can be read"),
        Trouble::PartlyDamaged { place, kept, lost } => {
            format!("is damaged at {place}: {kept} records can be read, {lost} cannot")
        }
        Trouble::Newer(version) => format!("has format version {version}; update the program to check it"),
        Trouble::Older(version) => {
            format!("has format version {version}; it is lifted when it is written next")
        }
        Trouble::ConflictCopy(of) => {
            format!("is a copy of `{of}` made by a sync tool; its content is not in the project")
        }
        Trouble::SourceAltered => {
            "is not the file that was imported (its SHA-256 differs); put the original back".to_owned()
        }
        Trouble::TextAltered => "is not the text that was imported (its SHA-256 differs)".to_owned(),
        Trouble::ForeignId => "names another plan than its folder".to_owned(),
        Trouble::Leftover => {
            "was left by a crash while a file was written; it holds nothing that was told as saved".to_owned()
        }
        Trouble::KeptAside => {
            "is a damaged file that was kept aside; delete it once nothing in it is missed".to_owned()
        }
        Trouble::DoubleTag(tag) => format!("has the tag `{tag}` twice"),
        Trouble::TagWithoutPlace(tag) => {
            format!("has the tag `{tag}` in a facet or under a tag that is not there")
        }
        Trouble::DoubleShortcut(key) => format!("has two tags with the shortcut `{key}`"),
        Trouble::UnknownTag(tag, taggings) => {
            format!("has {taggings} taggings with `{tag}`, which the codebook lacks")
        }
        Trouble::DoubleAnnotations(count) => format!("has {count} annotations that another file has too"),
        Trouble::Uncertain(count) => format!("has {count} annotations whose place a person should confirm"),
        Trouble::Unanchored(count) => format!("has {count} annotations that no longer find their words"),
    }
}

fn how(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::Salvaged(_) => "salvaged",
        Remedy::FromBackup(_) => "from_backup",
        Remedy::MadeAnew => "made_anew",
        Remedy::Rewritten => "rewritten",
        Remedy::Merged => "merged",
        Remedy::Removed => "removed",
    }
}

/// The backup that something was mended from.
fn backup_of(remedy: Remedy) -> Option<Timestamp> {
    match remedy {
        Remedy::Salvaged(made) => made,
        Remedy::FromBackup(made) => Some(made),
        Remedy::MadeAnew | Remedy::Rewritten | Remedy::Merged | Remedy::Removed => None,
    }
}

/// The form for people: what was mended, a line for every finding, a summary.
fn listing(view: &CheckView) -> String {
    let mut out = String::new();
    if let Some(repair) = &view.repair {
        let _ = writeln!(out, "backup\t{}", repair.backup);
        for mended in &repair.mended {
            let from =
                mended.backup_of.as_ref().map_or_else(String::new, |made| format!(", backup of {made}"));
            let _ = writeln!(out, "mended\t{}\t{} ({}{from})", mended.file, mended.trouble, mended.how);
        }
    }
    for finding in &view.findings {
        let weight = if finding.damage { "damage" } else { "notice" };
        let _ = writeln!(out, "{weight}\t{}\t{}", finding.file, finding.says);
    }
    let damage = view.findings.iter().filter(|finding| finding.damage).count();
    let _ = writeln!(
        out,
        "{} files, {} plans, {} coders, {} annotations: {}",
        view.files,
        view.plans,
        view.coders.len(),
        view.annotations,
        if damage == 0 { "whole".to_owned() } else { format!("{damage} damaged") }
    );
    out
}
