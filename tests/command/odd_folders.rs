//! Folders as laboratories have them, and what the command makes of them (rows `folder` of `tests/cases/odd.csv`).

use hemozoin::terms::Film;
use rayon::prelude::*;
use serde_json::Value;

use crate::support::command::hemozoin;
use crate::support::folders::made;
use crate::support::table::{Row, of_kind};

/// Exit code, fields counted, why others are not, pictures that cannot be read, and whether cells were counted once that two
/// fields show; of a refusal the words that name it.
fn outcome(case: &str, film: Film) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("N-17");
    assert!(made(case, film, &folder), "{case} is not made");
    let folder = folder.to_string_lossy();
    let args =
        ["analyze", &folder, "--um-per-px", "0.12", "--format", "json", "--lang", "en", "--threads", "1"];
    let (code, out, err) = hemozoin(&args, "");
    let record: Value = serde_json::from_str(&out).unwrap_or_default();
    let Some(fields) = record["fields"].as_array() else {
        return format!("exit={code} {out}{err}");
    };
    let mut why: Vec<String> = Vec::new();
    for field in fields.iter().filter(|field| field["counted"] == false) {
        match field["quality"]["reasons"][0]["code"].as_str() {
            Some(code) => why.push(code.to_owned()),
            None if !field["copy_of"].is_null() => why.push("copy".to_owned()),
            None => why.push("repeat".to_owned()),
        }
    }
    let counted = fields.iter().filter(|field| field["counted"] == true).count();
    let unread = record["unread"].as_array().map_or(0, Vec::len);
    let mut said = format!("exit={code} counted={counted}");
    for (key, value) in [("left_out", why.join("+")), ("unread", unread.to_string())] {
        if !value.is_empty() && value != "0" {
            said.push_str(&format!(" {key}={value}"));
        }
    }
    if fields.iter().any(|field| field["shared"].as_array().is_some_and(|s| !s.is_empty())) {
        said.push_str(" shared=yes");
    }
    let passed: Vec<&str> = record["passed_over"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|one| one["reason"] == "passed-over-folder")
        .filter_map(|one| one["image"].as_str())
        .collect();
    if !passed.is_empty() {
        said.push_str(&format!(" passed_over={}", passed.join("+")));
    }
    if let Some(patient) = record["slide"]["patient_id"].as_str() {
        said.push_str(&format!(" patient={patient}"));
    }
    said
}

#[test]
fn each_folder_is_taken_for_what_it_is() {
    let rows = of_kind("folder");
    assert!(rows.len() > 15, "{}", rows.len());
    let fault = |Row { case, film, expected }: &Row| -> Vec<String> {
        let films: &[Film] = match film.as_str() {
            "thin" => &[Film::Thin],
            "thick" => &[Film::Thick],
            _ => &[Film::Thin, Film::Thick],
        };
        let wrong = |film: &Film| {
            let seen = outcome(case, *film);
            // A refusal is held by its code and by words that it must have.
            let right = match expected.split_once(" says ") {
                Some((code, words)) => seen.starts_with(code) && seen.contains(words),
                None => seen == *expected,
            };
            (!right).then(|| format!("{case}, {film:?}: {seen}; not {expected}"))
        };
        films.iter().filter_map(wrong).collect()
    };
    let faults: Vec<String> = rows.par_iter().flat_map_iter(fault).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
