//! The page of each slide of an archive, and what becomes of tables and pages when a reader signs.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::archive::{code, final_bytes, resume, run_archive, words};
use crate::support::review::Serving;

/// Two slides of one thick field each, and one that cannot be read.
fn root(dir: &Path) -> std::path::PathBuf {
    let root = dir.join("in");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/reference-thick.png");
    for slide in ["N-1", "N 2 é"] {
        let film = root.join(slide).join("thick");
        std::fs::create_dir_all(&film).expect("a folder");
        std::fs::copy(&sample, film.join("1.png")).expect("a picture");
    }
    std::fs::create_dir_all(root.join("broken/thick")).expect("a folder");
    std::fs::write(root.join("broken/thick/1.jpg"), "no picture").expect("written");
    root
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The text of a page: no markup, no difference in white space.
fn plain(html: &str) -> String {
    let text = regex_lite::Regex::new("<[^>]*>").expect("a pattern").replace_all(html, " ").into_owned();
    let text = text.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_slide_is_shown_as_a_person_reads_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (root(dir.path()), dir.path().join("out"));
    let mut run = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
    run.args(["--lang", "fr", "archive", "run", "--um-per-px", "0.14", "--out"]).arg(&out).arg(&root);
    let done = run.output().expect("it runs");
    assert_eq!(code(&done), 1, "{}", words(&done));
    let index = read(&out.join("index.html"));
    assert!(index.starts_with("<!DOCTYPE html><html lang=\"fr\">"), "it opens in the language of the run");
    assert!(index.contains("<a href=\"slides/N-1.html\">N-1</a>"), "{index}");
    assert!(!index.contains("records/"), "no list leads to data for programs");
    let page = read(&out.join("slides/N-1.html"));
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"fr\">") && !page.contains("http"), "no network");

    // The very words of `analyze`, in both languages.
    let text = plain(&page);
    for lang in ["fr", "en"] {
        let mut analyze = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
        analyze.args(["--lang", lang, "analyze", "--no-files", "--um-per-px", "0.14"]).arg(root.join("N-1"));
        let printed = String::from_utf8(analyze.output().expect("it runs").stdout).expect("text");
        let result: Vec<&str> = printed.split("\n\n").collect();
        for part in &result[..result.len() - 2] {
            // Lists have no dashes on the page.
            let part = part.replace("\n  - ", "\n  ");
            let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(&part), "{part}\n\n{text}");
        }
    }
    // Its pictures are there, and are pictures.
    let shown = |name: &str| page.contains(&format!("src=\"N-1/{name}\""));
    assert!(shown("field-0001.jpg") && shown("crops.jpg"), "{page}");
    for name in ["field-0001.jpg", "crops.jpg"] {
        image::open(out.join("slides/N-1").join(name)).expect("a picture");
    }
    let suspects = page.matches("object-position:").count();
    assert!(suspects > 0, "{page}");

    // What was drawn stays as long as the record does; what is gone is drawn again, the same.
    let before = final_bytes(&out);
    let drawn = out.join("slides/N-1/crops.jpg");
    let time = std::fs::metadata(&drawn).expect("there").modified().expect("a time");
    resume(&out, &[]);
    assert_eq!(std::fs::metadata(&drawn).expect("there").modified().expect("a time"), time);
    std::fs::remove_dir_all(out.join("slides/N-1")).expect("removed");
    std::fs::copy(out.join("slides/N-1.html"), out.join("slides/stale.html")).expect("copied");
    resume(&out, &[]);
    assert_eq!(final_bytes(&out), before);

    // Without the pictures the page still says the result, and what is missing.
    std::fs::remove_dir_all(out.join("slides")).expect("removed");
    std::fs::rename(root.join("N-1"), root.join("gone")).expect("moved");
    let resumed = resume(&out, &[]);
    assert!(
        code(&resumed) == 1 && words(&resumed).contains("N-1: not shown on its page"),
        "{}",
        words(&resumed)
    );
    let bare = plain(&read(&out.join("slides/N-1.html")));
    assert!(bare.contains("could not be opened again") && bare.contains("RÉSULTAT"), "{bare}");
}

/// The counts of the page by what they are of.
fn count_of(index: &str, of: &str) -> u64 {
    let text = plain(index);
    let rest = text.split(&format!("{of} : ")).nth(1).or_else(|| text.split(&format!("{of}: ")).nth(1));
    let number = rest.and_then(|rest| rest.split_whitespace().next()).and_then(|n| n.parse().ok());
    number.unwrap_or_else(|| panic!("{of}: {text}"))
}

/// The English text of a page alone.
fn english(html: &str) -> String {
    let pattern =
        regex_lite::Regex::new("<(span|tspan) class=\"fr\">[^<]*</(span|tspan)>").expect("a pattern");
    pattern.replace_all(html, "").into_owned()
}

/// Tables and pages as soon as they show `wanted`.
fn eventually(out: &Path, wanted: &str) -> String {
    let begun = Instant::now();
    loop {
        let index = english(&read(&out.join("index.html")));
        if index.contains(wanted) {
            return index;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{wanted}: {index}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Begins a reading of the first slide of the queue, judges its suspects but `left`, and signs.
fn sign(serving: &Serving, reader: &str, left: usize) -> String {
    let queue = serving.get("/en/queue.json").json();
    let first =
        queue.as_array().expect("slides").iter().find(|s| s["id"] == "N-1").expect("the slide").clone();
    let slide = format!("/en/slide/{}", first["key"].as_str().expect("a key"));
    let post = |what: &str, body: &Value| serving.post(&format!("{slide}/{what}"), body);
    let begun = post("begin", &json!({ "reader": reader, "blind": false })).json();
    let reading = begun["id"].as_i64().expect("a number");
    let whole = || serving.get(&format!("{slide}/whole.json?reading={reading}")).json();
    let ring = json!({ "is": "seen", "class": "asexual_parasite" });
    let all = whole()["marks"].as_array().expect("marks").clone();
    // Near misses are no suspects.
    let marks: Vec<&Value> =
        all.iter().filter(|m| m["id"].as_str().is_some_and(|id| id.starts_with("m"))).collect();
    assert!(marks.len() > left, "{marks:?}");
    let mut decisions: Vec<Value> = marks[..marks.len() - left]
        .iter()
        .map(|mark| json!({ "do": "judge", "mark": mark["id"], "verdict": ring }))
        .collect();
    decisions.push(json!({ "do": "looked", "field": 0, "whole": true }));
    let decided =
        post("decide", &json!({ "reading": reading, "key": "k", "since": 0, "decisions": decisions }));
    assert_eq!(decided.status, 200, "{}", decided.text());
    let signed = post("sign", &json!({ "reading": reading, "seen": whole()["seq"] }));
    assert_eq!(signed.status, 200, "{}", signed.text());
    slide
}

#[test]
fn a_signature_is_in_tables_and_pages_without_another_command() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (root(dir.path()), dir.path().join("out"));
    run_archive(&root, &out, &["--um-per-px", "0.14"]);
    let index = english(&read(&out.join("index.html")));
    assert_eq!((count_of(&index, "Not read"), count_of(&index, "Read and signed")), (2, 0), "{index}");
    assert_eq!(count_of(&index, "Could not be read"), 1, "{index}");
    let proposal = plain(&read(&out.join("slides/N-1.html")));

    // The pictures may be away: none is opened.
    std::fs::rename(&root, dir.path().join("away")).expect("moved");
    let serving = Serving::start(&out);
    sign(&serving, "H. Issa", 1);
    let index = eventually(&out, "H. Issa");
    assert_eq!((count_of(&index, "Not read"), count_of(&index, "Read in part, signed")), (1, 1), "{index}");
    // A table that somebody has written into is not lost.
    let mine = format!("{}my own line\n", read(&out.join("slides.csv")));
    std::fs::write(out.join("slides.csv"), &mine).expect("written");
    sign(&serving, "M. Abdou", 0);
    let index = eventually(&out, "M. Abdou");
    assert_eq!((count_of(&index, "Not read"), count_of(&index, "Read and signed")), (1, 1), "{index}");
    assert_eq!((count_of(&index, "Read in part, signed"), count_of(&index, "Confirmed parasites")), (0, 1));
    assert_eq!(read(&out.join("slides.kept-1.csv")), mine);
    let table = read(&out.join("slides.csv"));
    assert!(!table.contains("my own line"), "{table}");
    assert!(
        table.lines().any(|line| line.starts_with("N-1,") && line.contains(",read,M. Abdou,")),
        "{table}"
    );
    let page = plain(&read(&out.join("slides/N-1.html")));
    assert!(page.contains("Result read and signed by M. Abdou"), "{page}");
    assert!(!page.contains("Checked by: ____"), "{page}");
    // The machine's proposal stays (MCH-4).
    let said = proposal.split("RESULT ").nth(1).expect("a result").split('.').next().expect("a sentence");
    assert!(page.contains(&format!("BEFORE READING {said}")), "{said}: {page}");
    drop(serving);

    // A signature that tables and pages have missed, for the power went, is in them at the next start.
    let missed = read(&out.join("index.html")).replacen(
        "name=\"hemozoin-readings\" content=\"2\"",
        "name=\"hemozoin-readings\" content=\"0\"",
        1,
    );
    let missed = missed.replace("M. Abdou", "?");
    std::fs::write(out.join("index.html"), missed).expect("written");
    let _serving = Serving::start(&out);
    eventually(&out, "M. Abdou");
}
