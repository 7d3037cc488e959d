//! A comparison for people at a terminal: what is compared, themes, targets, and what has no counterpart.

use super::matches::MatchView;
use super::targets::{AimView, TargetRowView};
use super::view::{CompareView, MatrixView};
use crate::cli::targets::TargetView;
use std::fmt::Write;

/// Chars of an item shown in a line.
const SHOWN: usize = 28;

/// The listing: one line a row, fields apart by tabs.
pub(super) fn listing(view: &CompareView) -> String {
    let mut out = String::new();
    for (letter, side) in [("A", &view.a), ("B", &view.b)] {
        let title = side.metadata.title().unwrap_or("(no title)");
        let _ = writeln!(out, "{letter}\t{title}\t{} items", side.items.len());
    }
    let _ = writeln!(out, "counted by\t{}", view.basis);
    if !view.cautions.is_empty() {
        let _ = writeln!(out, "differ in\t{}", view.cautions.join(", "));
    }
    let _ = writeln!(out, "\nTHEME\tA\tB\tWHO");
    for row in &view.matrix {
        theme(&mut out, row);
    }
    let _ = writeln!(out, "\nTARGET\tA\tB\tB less A");
    for row in &view.targets {
        target(&mut out, row);
    }
    let _ = writeln!(out, "\nITEM OF A\tBEST ITEM OF B");
    for found in &view.matches {
        matched(&mut out, found);
    }
    out
}

fn theme(out: &mut String, row: &MatrixView) {
    let cell = |items: usize, share: f64| {
        if items == 0 { "-".to_owned() } else { format!("{items} ({:.0}%)", share * 100.0) }
    };
    let indent = "  ".repeat(usize::from(row.depth));
    let (a, b) = (cell(row.a.items, row.a.share), cell(row.b.items, row.b.share));
    let _ = writeln!(out, "{indent}{}\t{a}\t{b}\t{}", row.zh, row.group);
}

fn target(out: &mut String, row: &TargetRowView) {
    let aim = |aim: Option<&AimView>| {
        let values = aim.map(|aim| [aim.baseline.as_ref(), aim.target.as_ref()]);
        let values = values.into_iter().flatten().flatten().map(TargetView::words);
        let joined = values.collect::<Vec<_>>().join(" → ");
        if joined.is_empty() { "-".to_owned() } else { joined }
    };
    let gap = row.gap.map_or_else(|| row.group.to_owned(), |gap| format!("{gap:+.4}"));
    let why = row.differences.join(", ");
    let _ =
        writeln!(out, "{}\t{}\t{}\t{gap}\t{why}", row.indicator, aim(row.a.as_ref()), aim(row.b.as_ref()));
}

fn matched(out: &mut String, found: &MatchView) {
    let short = |words: &str| words.chars().take(SHOWN).collect::<String>().replace('\n', " ");
    let best = found.candidates.first();
    let best = match best {
        Some(best) if !found.none => format!("{} {} ({:.2})", best.b_path, short(&best.b_text), best.score),
        Some(best) => format!("none; nearest {} ({:.2})", best.b_path, best.score),
        None => "none".to_owned(),
    };
    let _ = writeln!(out, "{} {}\t{best}", found.a_path, short(&found.a_text));
}
