//! What an embedder needs stands at the documented doors: `examples/` compile against them, and use nothing else.

use std::path::Path;

/// The rooms that are documented beside the crate's root and the crate of rules, `standard`.
const DOORS: [&str; 3] = ["intake", "record", "report"];

/// Names of rooms that the root declares, and whether each is documented.
fn rooms() -> Vec<(String, bool)> {
    let root =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("lib.rs");
    let mut hidden = false;
    let mut rooms = Vec::new();
    for line in root.lines() {
        // Rooms of the lower crate, one or several in braces.
        let lower = line.strip_prefix("pub use hemozoin_film::").and_then(|l| l.strip_suffix(';'));
        let inside = line.strip_prefix("pub mod ").and_then(|l| l.strip_suffix(" {"));
        if line == "#[doc(hidden)]" {
            hidden = true;
        } else if let Some(names) = lower.or(inside) {
            let names = names.trim_matches(['{', '}']).split(", ");
            rooms.extend(names.map(|name| (name.to_owned(), !hidden)));
            hidden = false;
        } else if let Some(name) = line.strip_prefix("pub mod ").and_then(|l| l.strip_suffix(';')) {
            rooms.push((name.to_owned(), !hidden));
            hidden = false;
        }
    }
    rooms
}

#[test]
fn only_the_doors_are_documented() {
    let rooms = rooms();
    let documented: Vec<&str> = rooms.iter().filter(|(_, shown)| *shown).map(|(name, _)| &**name).collect();
    assert_eq!(documented.iter().copied().collect::<std::collections::BTreeSet<_>>(), DOORS.into());
    assert!(rooms.len() > 15, "{rooms:?}");
}

#[test]
fn the_examples_for_embedders_use_only_the_doors() {
    let inner: Vec<String> = rooms()
        .into_iter()
        .filter(|(_, shown)| !shown)
        .map(|(name, _)| format!("hemozoin::{name}::"))
        .collect();
    for example in ["embed", "live"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/{example}.rs"));
        let source = std::fs::read_to_string(&path).expect("an example");
        assert!(source.contains("hemozoin::"), "{example}");
        for room in &inner {
            assert!(!source.contains(room.as_str()), "{example} uses {room}");
        }
        // Nor within braces, where the crate's name stands elsewhere.
        for (room, _) in self::rooms().iter().filter(|(_, shown)| !shown) {
            let within = [format!("{{{room}::"), format!(" {room}::")];
            let uses = source.lines().filter(|line| line.trim_start().starts_with("use "));
            let named = uses.filter(|line| within.iter().any(|w| line.contains(w.as_str())));
            assert_eq!(named.count(), 0, "{example} uses {room}");
        }
        if example == "embed" {
            let lines = source.lines().count();
            assert!(lines < 40, "{lines} lines");
        }
    }
}

/// What a reader of the documentation copies stands at the doors, too; hidden lines of an example may draw a field.
#[test]
fn the_documentation_uses_only_the_doors() {
    fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { sources(&path, found) } else { found.push(path) }
        }
    }
    let mut files = Vec::new();
    for room in ["lib.rs", "slide", "record", "intake", "report", "measure", "terms", "tally"] {
        for house in ["src", "crates/hemozoin-film/src"] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(house).join(room);
            if path.is_dir() {
                sources(&path, &mut files);
            } else if path.is_file() {
                files.push(path);
            }
        }
    }
    let mut shown = 0;
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "rs")) {
        let source = std::fs::read_to_string(file).expect("a source");
        let uses = source
            .lines()
            .map(str::trim)
            .filter(|l| l.starts_with("/// use hemozoin::") || l.starts_with("//! use hemozoin::"));
        for line in uses {
            shown += 1;
            for (room, _) in rooms().iter().filter(|(_, shown)| !shown) {
                let [path, item] = [format!("::{room}::"), format!("{{{room}::")];
                assert!(!line.contains(&path) && !line.contains(&item), "{}: {line}", file.display());
            }
        }
    }
    assert!(shown > 2, "{shown}");
}

#[test]
fn the_examples_run() {
    crate::embed::main().expect("a program without folders");
    crate::live::main().expect("a program beside a microscope");
}
