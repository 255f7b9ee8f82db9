//! The files of the standard: copies of the vectors, sources beside every number, the checklist.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use malaria_standard::{Outcome, Profile};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path.as_ref()).unwrap_or_else(|e| panic!("{}: {e}", path.as_ref().display()))
}

/// Rows of all vector files; the number may rise and never fall.
const ROWS: usize = 292;

#[test]
fn the_number_of_vector_rows_does_not_fall() {
    let mut rows = 0;
    for entry in std::fs::read_dir(crate::vectors::folder()).unwrap() {
        let path = entry.unwrap().path();
        rows +=
            csv::Reader::from_path(&path).unwrap().records().inspect(|r| assert!(r.is_ok(), "{r:?}")).count();
        // Every file is walked by a test that names it.
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let tests = read(root().join("tests/rules/counts.rs"))
            + &read(root().join("tests/rules/rules.rs"))
            + &read(root().join("tests/rules/machine.rs"));
        assert!(tests.contains(&format!("Rows::read(\"{name}\"")), "no test walks {name}");
    }
    assert!(rows >= ROWS, "{rows} rows, at least {ROWS} are expected");
}

#[test]
fn the_copies_of_the_vectors_are_equal() {
    let given = std::env::var_os("HEMOZOIN_STANDARDS").map(PathBuf::from);
    let folder = given.unwrap_or_else(|| root().join("../../../shared/standards")).join("vectors");
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not there; set HEMOZOIN_STANDARDS to compare the copies", folder.display());
        return;
    }
    let names = |dir: &Path| -> BTreeSet<String> {
        std::fs::read_dir(dir)
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect()
    };
    assert_eq!(names(&folder), names(&crate::vectors::folder()));
    for name in names(&folder) {
        let (ours, theirs) = (crate::vectors::folder().join(&name), folder.join(&name));
        assert!(
            std::fs::read(ours).unwrap() == std::fs::read(theirs).unwrap(),
            "{name} differs from the original"
        );
    }
}

/// Clause and confidence letter stand beside each number, as in `# THK-2 B`.
#[test]
fn every_number_of_a_profile_has_its_source() {
    for entry in std::fs::read_dir(root().join("src/profiles")).unwrap() {
        let path = entry.unwrap().path();
        let mut section = String::new();
        for (i, line) in read(&path).lines().enumerate() {
            if line.starts_with('[') {
                section = line.to_owned();
            }
            let words =
                ["authority", "rule", "role"].iter().any(|k| line.starts_with(k)) && section == "[[limit]]";
            if section == "[profile]" || words || !line.contains(" = ") || line.starts_with('#') {
                continue;
            }
            let comment = line.split_once('#').map_or("", |(_, comment)| comment);
            let letter = comment
                .split([' ', ':', ',', ';', '.'])
                .any(|w| ["A", "B", "C", "D-high", "D-med", "D-low"].contains(&w));
            let clause = comment.split([' ', ':', ',']).any(|w| {
                w.contains('-') && w.chars().next().is_some_and(char::is_uppercase) && !w.starts_with("D-")
            }) || comment.contains("Section")
                || comment.contains("1991")
                || comment.contains("decision");
            assert!(letter && clause, "{}:{}: no clause or confidence: {line}", path.display(), i + 1);
        }
    }
}

#[test]
fn profiles_differ_and_name_themselves() {
    let mut digests = BTreeMap::new();
    for name in Profile::names() {
        let profile = Profile::named(name).unwrap();
        assert_eq!(profile.id().name, name);
        assert_eq!(profile.id().digest.len(), 64);
        digests.entry(profile.id().digest.clone()).or_insert_with(Vec::new).push(name);
        // The digest is that of the values, wherever they come from.
        let again = Profile::from_values("other", 7, profile.values().clone()).unwrap();
        assert_eq!(again.id().digest, profile.id().digest);
    }
    assert!(digests.values().all(|names| names.len() == 1), "{digests:?}");
    let own = Profile::named("benin")
        .unwrap()
        .with_overrides("[thick]\nwbc_per_ul_default = 5500\n", "lab.toml")
        .unwrap();
    assert_eq!(own.id().name, "benin+lab.toml");
    assert_eq!(own.values().thick.wbc_per_ul_default, 5500);
    assert_eq!(own.values().thick.checkpoint_wbc, 200);
}

#[test]
fn reserved_and_unknown_profiles_say_what_to_do() {
    for name in Profile::reserved_names() {
        let said = Profile::named(name).unwrap_err().to_string();
        assert!(said.contains("Ask the laboratory") && said.contains(name), "{said}");
    }
    let said = Profile::named("who-2015").unwrap_err().to_string();
    assert!(said.contains("who-2016") && said.contains("cdc"), "{said}");
}

/// Each rule of the standard stands in the checklist, with tests that exist; open rules are counted, so that
/// closing or opening one is seen.
#[test]
fn the_checklist_names_tests_that_exist() {
    const OPEN: usize = 19;
    let text = read(root().join("CHECKLIST.md"));
    let mut sources = String::new();
    // Rules about pictures, records and words are held by the tests of the program around this crate.
    for folder in ["tests", "src", "../../tests", "../../src", "../../examples", "../../benches"] {
        collect(&root().join(folder), &mut sources);
    }
    let mut open = 0;
    let mut rules = BTreeSet::new();
    for line in text.lines().filter(|l| l.starts_with("- [")) {
        let (mark, rest) = line.split_at(6);
        let (rule, tests) = rest.split_once(": ").unwrap_or_else(|| panic!("{line}"));
        assert!(rules.insert(rule.trim().to_owned()), "{rule} stands twice");
        if mark == "- [ ] " {
            open += 1;
            continue;
        }
        assert_eq!(mark, "- [x] ", "{line}");
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test named: {line}");
        for test in named {
            assert!(
                sources.contains(&format!("fn {test}(")) || root().join(test).exists(),
                "no test {test}: {line}"
            );
        }
    }
    assert_eq!(open, OPEN, "open rules");
    for (prefix, last) in
        [("INV", 13), ("DET", 13), ("THK", 11), ("THN", 9), ("SEV", 12), ("TES", 8), ("STA", 9), ("MCH", 10)]
    {
        for n in 1..=last {
            assert!(rules.contains(&format!("{prefix}-{n}")), "{prefix}-{n} is missing from the checklist");
        }
    }
}

fn collect(folder: &Path, into: &mut String) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push_str(&read(&path));
        }
    }
}

#[test]
fn the_schema_of_an_outcome_names_the_promised_keys() {
    let schema = serde_json::to_value(schemars::schema_for!(Outcome)).unwrap();
    let keys = schema["properties"].as_object().unwrap();
    for key in [
        "state",
        "parasites",
        "wbc_counted",
        "infected_rbc",
        "rbc_counted",
        "density_per_ul",
        "parasitaemia_percent",
        "ci_low",
        "ci_high",
        "flags",
        "profile",
        "need_fields",
        "need_wbc",
        "need_rbc",
        "gametocytes",
        "volume_ul",
    ] {
        assert!(keys.contains_key(key), "{key}");
    }
}
