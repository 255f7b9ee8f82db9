//! What a program that runs this one can rely on: JSON where it asks for it, exit codes, the schema.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

use crate::support::command::hemozoin;
use crate::support::drawn::small_field;
use hemozoin::render::Counts;
use hemozoin::terms::Film;
use serde_json::Value;

#[test]
fn the_schema_is_printed() {
    let (code, out, err) = hemozoin(&["schema"], "");
    assert_eq!(code, 0, "{err}");
    assert_eq!(out, include_str!("../../schema/record.schema.json"));
    let schema: Value = serde_json::from_str(&out).unwrap();
    assert!(
        schema["$id"].as_str().is_some_and(|id| id.starts_with("urn:hemozoin-record:")),
        "{}",
        schema["$id"]
    );
    assert!(!out.contains("\"additionalProperties\": false"), "a later version may add keys");
}

#[test]
fn an_error_is_json_where_json_is_asked_for() {
    for (args, kind, key) in [
        (&["analyze", "no such folder", "--format", "json"][..], "io", "error-not-found"),
        (&["grade", "--format=json", "--parasites", "3"], "usage", "error-grade-half"),
        (&["grade", "--format", "json", "--parasites", "x"], "usage", ""),
        (&["archive", "status", "no such folder", "--json"], "usage", "error-archive-nothing-begun"),
        (
            &["archive", "summary", "no such folder", "--format", "dhis2"],
            "usage",
            "error-archive-nothing-begun",
        ),
    ] {
        let (code, out, err) = hemozoin(&[&["--lang", "en"], args].concat(), "");
        assert_eq!(code, 2, "{err}");
        let said: Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{args:?}: {e}: {out}"));
        let error = &said["error"];
        assert_eq!((&error["kind"], error["key"].as_str().unwrap_or("")), (&kind.into(), key), "{out}");
        assert!(error["message"].as_str().is_some_and(|m| !m.is_empty()) && !err.is_empty());
    }
    let (_, out, _) = hemozoin(&["analyze", "no such folder"], "");
    assert!(out.is_empty(), "{out}");
}

#[test]
fn a_line_that_is_refused_is_json_among_the_others() {
    let grade = "id,parasites,wbc_counted\nA,40,500\nB,many,500\nC,3,\nD,0,500\n";
    let readers = "id,reader_a,reader_b\nA,100,120\nB,x,3\n";
    let response = "id,d0_density,visits\nA,5000,none\n";
    for (command, table, wanted) in [
        (
            "grade",
            grade,
            &[
                (Some("A"), ""),
                (Some("B"), "error-grade-number"),
                (Some("C"), "error-grade-half"),
                (Some("D"), ""),
            ][..],
        ),
        ("readers", readers, &[(Some("A"), ""), (Some("B"), "error-grade-number")]),
        ("response", response, &[(Some("A"), "error-visit")]),
    ] {
        let (code, out, err) =
            hemozoin(&["--lang", "en", command, "--format", "json", "--input", "-"], table);
        assert_eq!(code, 1, "{err}");
        let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let told: Vec<(Option<&str>, &str)> = lines
            .iter()
            .map(|l| (l["id"].as_str(), l["error"]["key"].as_str().unwrap_or_default()))
            .collect();
        assert_eq!(told, wanted, "{out}");
        let numbers: Vec<u64> = lines.iter().filter_map(|l| l["error"]["line"].as_u64()).collect();
        let bad = wanted.iter().zip(2_u64..).filter(|((_, key), _)| !key.is_empty()).map(|(_, line)| line);
        assert_eq!(numbers, bad.collect::<Vec<_>>(), "the line of the file: {out}");
    }
}

#[test]
fn progress_is_lines_of_json() {
    let dir = tempfile::tempdir().unwrap();
    let thin = dir.path().join("thin");
    std::fs::create_dir(&thin).unwrap();
    let counts = Counts { red_cells: 30, rings: 2, ..Counts::default() };
    small_field(Film::Thin, counts, 1).save(thin.join("1.png")).unwrap();
    std::fs::write(thin.join("2.png"), "no picture").unwrap();
    let folder = thin.to_str().unwrap();
    let args = ["analyze", "--format", "json", "--json-progress", "--quiet", "--um-per-px", "0.12", folder];
    let (code, out, err) = hemozoin(&args, "");
    assert_eq!(code, 1, "{err}");
    serde_json::from_str::<Value>(&out).unwrap();
    let told: Vec<Value> = err.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let events: Vec<&str> = told.iter().filter_map(|line| line["event"].as_str()).collect();
    assert_eq!(events.first(), Some(&"started"), "{err}");
    assert_eq!(told[0]["files"], 2);
    let files: Vec<&Value> = told.iter().filter(|line| line["event"] == "file").collect();
    assert_eq!(files.iter().map(|f| f["done"].clone()).collect::<Vec<_>>(), [1, 2]);
    let unread = told.iter().find(|line| line["event"] == "unread").expect("one cannot be read");
    assert!(
        unread["image"].as_str().unwrap().ends_with("2.png") && unread["error"]["kind"].is_string(),
        "{unread}"
    );
}

#[test]
fn a_wrong_command_is_answered_with_the_nearest() {
    for (word, near) in [("analyser", "analy"), ("grad", "grade"), ("new-slid", "new-slide")] {
        let (code, _, err) = hemozoin(&["--lang", "fr", word], "");
        assert!(code == 2 && err.contains("vouliez-vous dire") && err.contains(near), "{err}");
    }
    let (code, _, err) = hemozoin(&["--lang", "en", "grade", "--wbc-per-u", "3"], "");
    assert!(code == 2 && err.contains("did you mean --wbc-per-ul?"), "{err}");
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().to_str().unwrap();
    let (code, _, err) = hemozoin(&["--lang", "en", folder], "");
    assert!(code == 2 && err.contains(&format!("hemozoin analyze {folder}")), "{err}");
    let (code, _, err) = hemozoin(&["--lang", "en", "analyse", folder], "");
    assert!(code == 2 && err.contains("no picture found here"), "the French spelling is a name of it: {err}");
}

/// A command that waits for its input is asked to end.
#[cfg(unix)]
#[test]
fn ctrl_c_is_exit_code_3() {
    for args in [&["grade", "--fields", "-"][..], &["readers", "--input", "-", "--format", "json"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hemozoin"))
            .args(["--lang", "en"])
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(b"id").unwrap();
        // It listens before it reads.
        std::thread::sleep(std::time::Duration::from_millis(1500));
        let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert!(kill.success());
        let mut said = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(3), "{said}");
        assert!(said.contains("stopped"), "{said}");
        let mut out = String::new();
        child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        assert_eq!(out.contains("{\"error\":{\"kind\":\"stopped\""), args.contains(&"json"), "{out}");
        drop(input);
    }
}

#[test]
fn pages_of_man_and_completions_are_those_of_this_program() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().display().to_string();
    for (language, pages, word) in [("en", "man/man1", "photographs"), ("fr", "man/fr/man1", "photographies")]
    {
        let (exit, data, _) = hemozoin(&["--lang", language, "manual", "--out", &out], "");
        assert_eq!((exit, data.as_str()), (0, ""));
        let pages = dir.path().join(pages);
        let page = std::fs::read_to_string(pages.join("hemozoin-analyze.1")).expect("a page");
        assert!(page.contains("\\-\\-wbc\\-per\\-ul") && page.contains(word), "{page}");
        for page in ["hemozoin.1", "hemozoin-archive-run.1", "hemozoin-serve.1", "hemozoin-case-export.1"] {
            assert!(pages.join(page).is_file(), "{page}");
        }
    }
    for file in ["bash/hemozoin.bash", "zsh/_hemozoin", "fish/hemozoin.fish"] {
        let text = std::fs::read_to_string(dir.path().join("completions").join(file)).expect("a file");
        assert!(text.contains("wbc-per-ul") && text.contains("archive"), "{file}");
    }
    // Where the shell is here, it takes its file.
    if let Ok(shell) = std::process::Command::new("bash")
        .arg("-n")
        .arg(dir.path().join("completions/bash/hemozoin.bash"))
        .status()
    {
        assert!(shell.success());
    }
}
