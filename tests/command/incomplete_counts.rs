//! What was given by half, in another film's place, or in a way that a program might pass over: each is refused or
//! named in the reader's language, never left out in silence (needs the feature `cli`).

use std::path::Path;

use crate::support::command::hemozoin;
use crate::support::drawn::small_field;
use hemozoin::record::SlideRecord;
use hemozoin::render::Counts;
use hemozoin::terms::Film;
use serde_json::Value;

const NONE_ON_THICK: [&str; 6] = ["--parasites", "0", "--wbc-counted", "1200", "--fields", "100"];
const NONE_ON_THIN: [&str; 4] = ["--infected-rbc", "0", "--rbc-counted", "5000"];

/// Each of these gave "no parasites seen" beside parasites counted, or left a count out of the result.
#[test]
fn half_a_film_is_refused() {
    let thick = NONE_ON_THICK.as_slice();
    let thin = NONE_ON_THIN.as_slice();
    for (whole, half, named) in [
        (thick, &["--infected-rbc", "12"][..], ["--infected-rbc", "--rbc-counted"]),
        (thick, &["--rbc-counted", "5000"], ["--rbc-counted", "--infected-rbc"]),
        (thin, &["--parasites", "50"], ["--parasites", "--wbc-counted"]),
        (thin, &["--wbc-counted", "200"], ["--wbc-counted", "--parasites"]),
        (thin, &["--fields", "100"], ["--fields", "--parasites"]),
        (thick, &["--film", "thick", "--infected-rbc", "7"], ["--infected-rbc", "other film"]),
        (thin, &["--film", "thin", "--parasites", "7"], ["--parasites", "other film"]),
        (thin, &["--film", "thin", "--fields", "10x0:16"], ["--fields", "other film"]),
        (&["--fields", "100x0:16"], &["--gametocytes", "3"], ["--gametocytes", "COUNTxP:W:G"]),
    ] {
        let args = [&["grade", "--lang", "en"][..], whole, half].concat();
        let (code, out, err) = hemozoin(&args, "");
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(named.iter().all(|n| err.contains(n)), "{args:?}: {err}");
    }
    let (code, out, err) = hemozoin(&[&["grade", "--lang", "en"], thick, thin].concat(), "");
    assert!(code == 0 && out.contains("No malaria parasites seen"), "both films in full: {out}{err}");
}

#[test]
fn half_a_film_is_refused_in_a_table_too() {
    let table = "id,film,parasites,wbc_counted,fields,infected_rbc,rbc_counted\n\
                 A,,0,1200,100,12,\n\
                 B,,50,,,0,5000\n\
                 C,thick,0,1200,100,7,5000\n\
                 D,,0,1200,100,,\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("march.csv");
    std::fs::write(&path, table).unwrap();
    let file = path.to_str().unwrap();
    for (lang, word) in [("en", "without"), ("fr", "sans")] {
        let (code, out, err) = hemozoin(&["grade", "--lang", lang, "--input", file], "");
        assert_eq!(code, 1, "{err}");
        assert!(out.lines().count() == 1 && out.starts_with("D\t"), "{out}");
        let lines: Vec<&str> = err.lines().collect();
        assert_eq!(lines.len(), 3, "{err}");
        assert!(lines.iter().all(|line| line.contains("march.csv")), "the file is named: {err}");
        assert!(lines[0].contains("--rbc-counted") && lines[0].contains(word), "{err}");
        assert!(lines[1].contains("--wbc-counted") && lines[1].contains(word), "{err}");
        assert!(lines[2].contains("--infected-rbc"), "{err}");
    }
}

/// A laboratory numbers its slides `#17`; a line that looks like a remark to a program is a patient to it.
#[test]
fn no_line_of_a_table_is_a_remark() {
    let counts = "id,parasites,wbc_counted\n#17,50,200\nA,350,204\n";
    let (code, out, err) = hemozoin(&["grade", "--input", "-", "--format", "json"], counts);
    let ids: Vec<Value> =
        out.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["id"].clone()).collect();
    assert_eq!((code, ids), (0, vec![Value::from("#17"), Value::from("A")]), "{err}");
    let readings = "id,reader_a,reader_b\n#17,0,160\n";
    let (code, out, _) = hemozoin(&["readers", "--input", "-"], readings);
    assert!(code == 0 && out.starts_with("#17\t"), "{out}");
    let visits = "id,d0_density,visits\n#17,10000,3:0:36.5:0 14:400:38.0:0\n";
    let (code, out, _) = hemozoin(&["response", "--input", "-"], visits);
    assert!(code == 0 && out.starts_with("#17\t"), "{out}");
    let panel = "id,true_positive,reader_positive\n1,1,1\n#2,1,0\n";
    let (code, out, _) = hemozoin(&["competence", "-", "--format", "json"], panel);
    let score: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &score["detection"]["of"]), (0, &Value::from(2)));
    // A remark above the heading is no heading: every line is refused, none is lost.
    let (code, out, err) =
        hemozoin(&["grade", "--input", "-", "--lang", "en"], &format!("# March\n{counts}"));
    assert_eq!((code, out.as_str(), err.lines().count()), (1, "", 3), "{err}");
}

#[test]
fn what_is_refused_is_refused_in_french() {
    for (args, stdin, word) in [
        (&["readers", "5"][..], "", "demande au moins 2 valeurs"),
        (&["readers", "a", "b"], "", "nombre entier"),
        (&["--threads", "0", "readers", "1", "2"], "", "donnez 1 à 1024"),
        (&["grade", "--wbc-per-ul", "x"], "", "n’est pas un nombre"),
        (&["grade", "--species", "gambiae"], "", "n’est pas une espèce"),
        (&["analyze", "--wbc-per-ul", "3", "."], "", "leucocytes"),
        (&["analyze", "--rbc-per-ul", "3", "."], "", "hématies"),
        (&["analyze", "--um-per-px", "30", "."], "", "µm par pixel est impossible"),
        (&["analyze", "--um-per-px", "x", "."], "", "n’est pas un nombre"),
        (&["competence", "-"], "true_positive,reader_positive\n", "aucune ligne"),
        (
            &["competence", "-"],
            "true_positive,true_species,reader_positive\n1,Pf,1\n",
            "n’est pas une espèce",
        ),
        (&["competence", "-"], "true_positive,reader_positive\n1\n", "la ligne 2 a 1 cellules"),
    ] {
        let args = [&["--lang", "fr"], args].concat();
        let (code, out, err) = hemozoin(&args, stdin);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(err.contains(word), "{args:?}: {err}");
        let english = ["required", "is not", "outside", "invalid", "digit", "cannot"];
        assert!(english.iter().all(|word| !err.contains(word)), "{args:?}: {err}");
    }
    let table = "id,parasites,wbc_counted,wbc_per_ul\nA,1,200,x\nB,1\n";
    let (code, _, err) = hemozoin(&["--lang", "fr", "grade", "--input", "-"], table);
    assert!(
        code == 1 && err.contains("wbc_per_ul vaut x") && err.contains("la ligne 3 a 2 cellules"),
        "{err}"
    );
}

fn thin_slide(dir: &Path) {
    let counts = Counts { red_cells: 30, rings: 2, ..Counts::default() };
    std::fs::create_dir(dir.join("thin")).unwrap();
    small_field(Film::Thin, counts, 1).save(dir.join("thin/1.png")).unwrap();
}

#[test]
fn a_sheet_is_refused_in_the_reader_s_language() {
    let dir = tempfile::tempdir().unwrap();
    thin_slide(dir.path());
    let folder = dir.path().to_str().unwrap();
    for (sheet, word) in [
        ("wbc_per_ul = 0\n".to_owned(), "écrivez un nombre de 100 à 1000000"),
        ("film = \"medium\"\n".to_owned(), "goutte-epaisse"),
        ("profil = \"cdc\"\n".to_owned(), "la clé profil n’existe pas"),
        ("#".repeat(70_000), "70000 octets"),
    ] {
        std::fs::write(dir.path().join("slide.toml"), sheet).unwrap();
        let (code, out, err) = hemozoin(&["--lang", "fr", "analyze", "--no-files", folder], "");
        assert!(code == 2 && out.is_empty() && err.contains(word) && err.contains("slide.toml"), "{err}");
    }
}

/// A folder in a file's place stands for a disk that takes no more.
#[test]
fn one_file_that_cannot_be_written_costs_no_other() {
    let dir = tempfile::tempdir().unwrap();
    thin_slide(dir.path());
    let out = dir.path().join("out");
    let run = || {
        let (folder, out) = (dir.path().to_str().unwrap(), out.to_str().unwrap());
        hemozoin(&["--lang", "en", "analyze", "--um-per-px", "0.12", "--out", out, folder], "")
    };
    std::fs::create_dir_all(&out).unwrap();
    std::fs::write(out.join("marked"), "no folder").unwrap();
    std::fs::create_dir(out.join("fields.csv")).unwrap();
    let (code, printed, err) = run();
    assert_eq!(code, 1, "{err}");
    assert!(printed.contains("RESULT") && err.contains("marked") && err.contains("fields.csv"), "{err}");
    let record = std::fs::read(out.join("record.json")).unwrap();
    let record: SlideRecord = serde_json::from_slice(&record).unwrap();
    assert_eq!(record.fields.len(), 1);
    assert!(out.join("result.txt").is_file() && out.join("detections.csv").is_file());

    // Where the record itself cannot be written, the result of the earlier run stays whole.
    let before = std::fs::read(out.join("result.txt")).unwrap();
    std::fs::remove_file(out.join("record.json")).unwrap();
    std::fs::create_dir(out.join("record.json")).unwrap();
    std::fs::write(out.join("result.txt"), "of an earlier run").unwrap();
    let (code, printed, err) = run();
    assert!(code == 1 && err.contains("record.json"), "{err}");
    assert_eq!(printed.as_bytes(), before, "shown all the same");
    assert_eq!(std::fs::read_to_string(out.join("result.txt")).unwrap(), "of an earlier run");
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_shown_is_written() {
    let dir = tempfile::tempdir().unwrap();
    thin_slide(dir.path());
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_hemozoin"))
        .args(["--lang", "en", "analyze", "--um-per-px", "0.12", "--marks", "none"])
        .arg(dir.path())
        .stdout(full)
        .stderr(std::process::Stdio::piped())
        .output()
        .unwrap();
    let err = String::from_utf8(status.stderr).unwrap();
    assert!(status.status.code() == Some(3) && err.contains("stdout: the disk is full"), "{err}");
    assert!(dir.path().join("hemozoin-result/record.json").is_file());
}
