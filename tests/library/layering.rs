//! Holds the direction of the house: a file imports only from its own room and from rooms of lower rank.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Rooms and their ranks. A room may import rooms of lower rank only, also where two ranks are equal.
const ROOMS: [(&str, u32); 28] = [
    ("system", 0),
    ("text", 0),
    ("terms", 0),
    ("measure", 0),
    ("raster", 0),
    ("database", 1),
    ("entry", 1),
    ("files", 1),
    ("intake", 1),
    ("render", 1),
    ("optics", 2),
    ("tiling", 3),
    ("detect", 4),
    ("bundled", 5),
    ("tally", 5),
    ("standard", 6),
    ("record", 7),
    ("slide", 8),
    ("source", 9),
    ("evaluate", 9),
    ("review", 9),
    ("archive", 10),
    ("locale", 11),
    ("report", 12),
    ("exchange", 13),
    ("quiz", 13),
    ("serve", 14),
    ("service", 14),
];

/// The folders in which the rooms stand: those that compute are a crate of their own.
const HOUSES: [&str; 2] = ["src", "crates/hemozoin-film/src"];

/// The command line: a program of its own, which may use every room.
const PROGRAM: &str = "cli";

fn rank(room: &str) -> Option<u32> {
    ROOMS.iter().find(|(name, _)| *name == room).map(|(_, rank)| *rank)
}

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every source, with its path below the house in which it stands.
fn all() -> Vec<(PathBuf, PathBuf)> {
    let mut found = Vec::new();
    for house in HOUSES {
        let house = Path::new(env!("CARGO_MANIFEST_DIR")).join(house);
        let mut files = Vec::new();
        sources(&house, &mut files);
        found.extend(files.into_iter().map(|file| {
            let below = file.strip_prefix(&house).expect("below its house").to_path_buf();
            (file, below)
        }));
    }
    assert!(found.len() > 300, "only {} sources were found", found.len());
    found
}

/// Paths below their house of the sources of which a line of code meets a condition.
fn with_line(is: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut naming = Vec::new();
    for (file, below) in all() {
        let source = std::fs::read_to_string(file).expect("a source");
        if source.lines().map(str::trim_start).any(|line| !line.starts_with("//") && is(line)) {
            naming.push(below);
        }
    }
    naming.sort();
    naming
}

/// Rooms that a source names, as `crate::room`, `use crate::{room, ...}`, or `super::` out of its own room.
fn named_rooms(source: &str) -> Vec<String> {
    let code: String =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut rooms = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let whole_word =
            code[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '$');
        if !whole_word {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            // The names at the first level of a group.
            Some(group) => {
                let mut depth = 0;
                let mut expected = true;
                for (i, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => expected = true,
                        c if depth == 0 && expected && (c.is_alphabetic() || c == '_') => {
                            rooms.push(word(&group[i..]));
                            expected = false;
                        }
                        _ => {}
                    }
                }
            }
            None => rooms.push(word(rest)),
        }
    }
    rooms
}

#[test]
fn every_import_points_down() {
    let mut faults = Vec::new();
    for (file, below) in &all() {
        let first = below.components().next().expect("a name").as_os_str().to_string_lossy();
        let room = first.trim_end_matches(".rs");
        if matches!(room, "lib" | "main" | PROGRAM) {
            continue;
        }
        let Some(own) = rank(room) else {
            faults.push(format!("{}: the room {room} has no rank", below.display()));
            continue;
        };
        let source = std::fs::read_to_string(file).expect("a source");
        for named in named_rooms(&source) {
            // The one error type is the rules' own, and stands at the top of the crate.
            let allowed = named == room
                || matches!(named.as_str(), "Error" | "ErrorKind" | "Result")
                || rank(&named).is_some_and(|other| other < own || (other == 0 && own == 0));
            if !allowed {
                faults.push(format!("{} (rank {own}) imports {named}", below.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_runtime_is_named_in_one_file() {
    let naming = with_line(|line| {
        // As a word: not the end of another, such as `extract::`.
        let named = line
            .match_indices("tract::")
            .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
        named && !line.contains("super::tract") || line.starts_with("use tract")
    });
    assert_eq!(naming, [PathBuf::from("detect/tract.rs")]);
}

/// The rules are reached as `crate::standard`, whose rank holds who may know them; only the words, quantities and texts
/// that the rules share with every room are taken from the crate itself.
#[test]
fn the_crate_of_rules_is_named_at_the_bottom() {
    let naming = with_line(|line| line.contains("malaria_standard"));
    assert_eq!(naming, ["lib.rs", "lib.rs", "measure/mod.rs", "terms/mod.rs", "text.rs"].map(PathBuf::from));
}

/// The lower crate is reached as `crate::intake` and so on, as if its rooms stood beside the others.
#[test]
fn the_lower_crate_is_named_at_the_top() {
    assert_eq!(with_line(|line| line.contains("hemozoin_film::")), [PathBuf::from("lib.rs")]);
}

/// What operating systems do otherwise is known in one place; tests may make links and take rights away.
#[test]
fn one_place_asks_on_which_system_it_runs() {
    let mut asking = BTreeSet::new();
    for (file, below) in all() {
        let source = std::fs::read_to_string(file).expect("a source");
        let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let asks = ["cfg(unix)", "cfg!(unix)", "(windows)", "cfg(not(unix))", "target_os", "std::os::"];
        if asks.iter().any(|word| code.contains(word)) {
            asking.insert(below);
        }
    }
    assert_eq!(asking.into_iter().collect::<Vec<_>>(), [PathBuf::from("system.rs")]);
}

#[test]
fn a_rooms_front_page_holds_no_code() {
    let mut faults = Vec::new();
    for (file, below) in all().iter().filter(|(f, _)| f.file_name().is_some_and(|n| n == "mod.rs")) {
        let source = std::fs::read_to_string(file).expect("a source");
        let code = source.lines().map(str::trim).filter(|line| !line.starts_with("//"));
        for line in code {
            if ["fn ", "struct ", "enum ", "impl ", "const "].iter().any(|w| {
                line.starts_with(w)
                    || line.contains(&format!("pub {w}"))
                    || line.contains(&format!("pub(crate) {w}"))
            }) {
                faults.push(format!("{}: {line}", below.display()));
            }
        }
    }
    faults.retain(|fault| !fault.starts_with(PROGRAM));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn groups_and_paths_are_both_seen() {
    let source = "use crate::{a::{b, c}, d};\n// use crate::never;\nlet x = crate::e::f();\nuse mycrate::no;";
    assert_eq!(named_rooms(source), ["a", "d", "e"]);
}
