//! The rooms hold: no import goes upward, pure rooms do no IO, egui stays in `ui`, every file says what it is.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, each importing only rooms before it.
const ROOMS: [&str; 10] =
    ["text", "import", "plan", "annotation", "project", "insight", "export", "app", "ui", "cli"];
/// Rooms that get their input as values and never touch the system.
const PURE: [&str; 5] = ["text", "import", "plan", "annotation", "insight"];
/// A file longer than this is due for a split by meaning.
const LONGEST_FILE: usize = 600;

/// Rust files below `folder`, with their content.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut todo = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut found = Vec::new();
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let content = fs::read_to_string(&path).unwrap();
            found.push((path, content));
        }
    }
    found
}

/// Code without comments and string literals' line noise: enough to look for paths in.
fn code(content: &str) -> String {
    content.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// What stands before the unit tests of a file.
fn product(content: &str) -> String {
    code(content.split("#[cfg(test)]").next().unwrap_or_default())
}

/// The rooms that a piece of code names by `crate::room` or `crate::{room, …}`.
fn imported(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let list = rest.strip_prefix('{').and_then(|list| list.split('}').next()).unwrap_or(rest);
        let names = if rest.starts_with('{') { list.split(',').collect() } else { vec![list] };
        let word = |name: &str| {
            name.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned)
        };
        rooms.extend(names.into_iter().filter_map(word));
    }
    rooms
}

#[test]
fn no_room_imports_a_room_below_it() {
    for (place, room) in ROOMS.iter().enumerate() {
        for (path, content) in sources(&format!("src/{room}")) {
            for other in imported(&code(&content)) {
                let Some(theirs) = ROOMS.iter().position(|name| *name == other) else { continue };
                assert!(
                    theirs <= place,
                    "{}: `{room}` imports `{other}`, which lies below it",
                    path.display()
                );
                let side_by_side = *room == "cli" && other == "ui";
                assert!(!side_by_side, "{}: `cli` and `ui` stand side by side", path.display());
            }
        }
    }
}

#[test]
fn every_folder_is_a_known_room() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            let name = entry.file_name().into_string().unwrap();
            assert!(ROOMS.contains(&name.as_str()), "src/{name} is no room; see docs/ARCHITECTURE.md");
        }
    }
}

#[test]
fn pure_rooms_do_no_io() {
    for room in PURE {
        for (path, content) in sources(&format!("src/{room}")) {
            for forbidden in ["std::fs", "std::net", "std::process", "std::env", "File::open", "std::{fs"] {
                assert!(
                    !product(&content).contains(forbidden),
                    "{}: {forbidden} in a pure room",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn egui_stays_in_the_window() {
    for room in ROOMS.iter().filter(|room| **room != "ui") {
        for (path, content) in sources(&format!("src/{room}")) {
            for forbidden in ["egui::", "eframe::", "rfd::"] {
                assert!(!code(&content).contains(forbidden), "{}: {forbidden}", path.display());
            }
        }
    }
}

#[test]
fn no_room_opens_a_connection() {
    for (path, content) in sources("src") {
        for forbidden in ["std::net", "TcpStream", "UdpSocket", "reqwest", "ureq", "hyper::"] {
            assert!(!code(&content).contains(forbidden), "{}: {forbidden}", path.display());
        }
    }
}

#[test]
fn every_file_says_what_lives_there_and_stays_readable() {
    for folder in ["src", "tests", "benches"] {
        for (path, content) in sources(folder) {
            assert!(content.starts_with("//!"), "{}: no leading `//!`", path.display());
            let lines = content.lines().count();
            assert!(lines <= LONGEST_FILE, "{}: {lines} lines; split it by meaning", path.display());
        }
    }
}

#[test]
fn the_checks_see_what_they_forbid() {
    assert_eq!(imported("use crate::ui::theme;"), ["ui"]);
    assert_eq!(imported("use crate::{text::Text, plan};"), ["text", "plan"]);
    assert!(product("use std::fs;\n#[cfg(test)]\nmod tests {}").contains("std::fs"));
    assert!(!code("// std::fs is not used").contains("std::fs"));
}
