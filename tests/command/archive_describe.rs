//! A manifest laid over an archive that has been read.

use std::path::Path;

use crate::support::archive::{code, field, hemozoin, run_archive, words};
use hemozoin::terms::Film;

fn describe(out: &Path, manifest: &Path) -> std::process::Output {
    let mut command = hemozoin();
    command.args(["archive", "describe", "--manifest"]).arg(manifest).arg(out).output().expect("runs")
}

fn cell(out: &Path, slide: &str, column: &str) -> String {
    let mut reader = csv::Reader::from_path(out.join("slides.csv")).expect("a table");
    let headings = reader.headers().expect("a heading").clone();
    let at =
        |name: &str| headings.iter().position(|h| h == name).unwrap_or_else(|| panic!("no column {name}"));
    let row = reader.records().map(|r| r.expect("a row")).find(|r| r.get(at("slide")) == Some(slide));
    row.expect("a row of the slide").get(at(column)).unwrap_or_default().to_owned()
}

#[test]
fn facts_are_laid_over_without_the_pictures() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out, list) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("list.csv"));
    for (slide, film) in [("a", Film::Thick), ("b", Film::Thin)] {
        let folder = root.join(slide).join(film.code());
        std::fs::create_dir_all(&folder).expect("a folder");
        field(film, 300, 7).save(folder.join("1.png")).expect("a picture");
    }
    std::fs::create_dir_all(root.join("c")).expect("a folder");
    std::fs::write(root.join("c/1.jpg"), "no film is stated").expect("written");
    run_archive(&root, &out, &["--um-per-px", "0.12"]);
    assert_eq!((cell(&out, "a", "site"), cell(&out, "a", "wbc_per_ul")), (String::new(), "8000".to_owned()));
    let fields = std::fs::read(out.join("fields.csv")).expect("a table");

    // The pictures are gone; nothing needs them.
    std::fs::rename(&root, dir.path().join("elsewhere")).expect("moved");
    let text = "lame;date;site;age;sexe;leucocytes/µL;n° patient;village\n\
                a;21/11/2026;Dosso;4;F;6 200;P-1;Kiota\nc;;Gaya;;;;;\nb;;;;;;;\nx;;Dosso;;;;;\n";
    std::fs::write(&list, text).expect("written");
    let output = describe(&out, &list);
    let said = words(&output);
    assert_eq!(code(&output), 1, "{said}");
    assert!(said.contains("there is no slide x in this archive"), "{said}");
    assert!(said.contains("slides described: 2; known already: 1; not taken: 1"), "{said}");
    for (column, value) in [
        ("date", "2026-11-21"),
        ("site", "Dosso"),
        ("age_years", "4"),
        ("sex", "female"),
        ("wbc_per_ul", "6200"),
        ("wbc_basis", "measured"),
        ("village", "Kiota"),
    ] {
        assert_eq!(cell(&out, "a", column), value, "{column}");
    }
    assert_eq!(cell(&out, "c", "site"), "Gaya", "a slide that could not be read has a site all the same");
    assert_eq!(std::fs::read(out.join("fields.csv")).expect("a table"), fields, "nothing was counted anew");
    let record = std::fs::read_to_string(out.join("records/a.json")).expect("a record");
    assert!(record.contains("\"patient_id\": \"P-1\""), "{record}");

    std::fs::rename(dir.path().join("elsewhere"), &root).expect("moved back");
    let verified = hemozoin().args(["archive", "verify", "--all"]).arg(&out).output().expect("runs");
    assert_eq!(code(&verified), 0, "{}", words(&verified));

    // What the pictures would have to be read for is refused by name.
    std::fs::write(&list, "slide,um_per_px,film,site\na,0.2,,\nb,,thick,\nc,,,Gaya\n").expect("written");
    let before = std::fs::read(out.join("slides.csv")).expect("a table");
    let output = describe(&out, &list);
    let said = words(&output);
    assert!(
        code(&output) == 1 && said.contains("another um_per_px") && said.contains("another film"),
        "{said}"
    );
    assert_eq!(std::fs::read(out.join("slides.csv")).expect("a table"), before);
}

/// A record without a field in it was a slide that was read.
#[test]
fn a_slide_of_which_nothing_was_read_is_not_read() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    std::fs::create_dir_all(root.join("a/thin")).expect("a folder");
    std::fs::write(root.join("a/thin/1.jpg"), "no picture").expect("written");
    let done = run_archive(&root, &out, &[]);
    assert!(
        code(&done) == 1 && words(&done).contains("slides: 1 (analysed: 0, failed: 1)"),
        "{}",
        words(&done)
    );
    let status = hemozoin().args(["archive", "status", "--json"]).arg(&out).output().expect("runs");
    let standing: serde_json::Value = serde_json::from_slice(&status.stdout).expect("JSON");
    assert_eq!(standing["slides_failed"], 1);
}

#[test]
fn a_monthly_report_with_nothing_in_it_says_so() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    std::fs::create_dir_all(root.join("a")).expect("a folder");
    std::fs::write(root.join("a/1.jpg"), "no film is stated").expect("written");
    run_archive(&root, &out, &[]);
    let sent = hemozoin().args(["archive", "summary", "--format", "dhis2"]).arg(&out).output().expect("runs");
    assert!(code(&sent) == 1 && words(&sent).contains("there is nothing to send"), "{}", words(&sent));
}
