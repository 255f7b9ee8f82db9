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
        if line == "#[doc(hidden)]" {
            hidden = true;
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
    assert_eq!(documented, DOORS);
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
        if example == "embed" {
            let lines = source.lines().count();
            assert!(lines < 40, "{lines} lines");
        }
    }
}

#[test]
fn the_examples_run() {
    crate::embed::main().expect("a program without folders");
    crate::live::main().expect("a program beside a microscope");
}
