//! Invented plans of many kinds, each beside the outline it must be read as (`NAME.outline`).
//! `UPDATE_OUTLINES=1 cargo test plans` writes what the reader makes of them now; look at the difference.

use duizhao::plan::{self, Kind, Plan};
use duizhao::text::{Layout, Text};
use std::fmt::Write;
use std::path::Path;

/// What a document says of itself, then a line for every node: an indent per level, a sign, number and heading,
/// the first chars of the body.
fn listing(plan: &Plan) -> String {
    let text = &plan.text;
    let mut out = String::new();
    let metadata = &plan.metadata;
    for (name, fact) in [
        ("title", &metadata.title),
        ("notice", &metadata.notice_title),
        ("issuer", &metadata.issuer),
        ("number", &metadata.document_number),
        ("date", &metadata.date),
    ] {
        if let Some(fact) = fact {
            let _ = writeln!(out, "{name}: {}", fact.value);
        }
    }
    if let Some(place) = &metadata.place {
        let place = &place.value;
        let _ = writeln!(out, "place: {} {} {}", place.province, place.city, place.county);
    }
    if let Some(years) = &metadata.years {
        let _ = writeln!(out, "years: {}-{}", years.value.0, years.value.1);
    }
    for (_, node) in plan.outline.iter() {
        let sign = match node.kind {
            Kind::Section => '§',
            Kind::Item => '·',
            Kind::Paragraph => '¶',
            Kind::Table => '▦',
        };
        let indent = "  ".repeat(usize::from(node.level) - 1);
        let body: String = node.body.read(text).chars().take(12).collect();
        let flags: String = node.flags.iter().map(|flag| format!(" {flag:?}")).collect();
        let (number, heading) = (text.slice(node.number), node.heading.read(text));
        let line = format!("{indent}{sign}{number} [{heading}] {body}{flags}");
        let _ = writeln!(out, "{}", line.trim_end());
    }
    for item in &plan.outline.furniture {
        let words: String = text.slice(item.span).chars().take(16).collect();
        let _ = writeln!(out, "- {}: {}", item.class, words.trim_end());
    }
    for warning in &plan.warnings {
        let _ = writeln!(out, "! {:?} {} {}", warning.kind, warning.line, warning.detail);
    }
    out
}

#[test]
fn plans_of_many_kinds_are_read_as_their_outlines_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans");
    let mut count = 0;
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the folder").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|kind| kind != "txt") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("readable");
        let found = listing(&plan::read(&Text::new(&text), &Layout::default(), &[]));
        let outline = path.with_extension("outline");
        if std::env::var_os("UPDATE_OUTLINES").is_some() {
            std::fs::write(&outline, &found).expect("writable");
        }
        let wanted = std::fs::read_to_string(&outline).unwrap_or_default();
        for (line, (found, wanted)) in found.lines().zip(wanted.lines()).enumerate() {
            if found != wanted {
                wrong.push(format!("{}:{}: {found}\n    should be {wanted}", outline.display(), line + 1));
            }
        }
        if found.lines().count() != wanted.lines().count() {
            wrong.push(format!("{}: another number of lines", outline.display()));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 12, "only {count} plans");
}
