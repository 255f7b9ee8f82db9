//! The sheet of a slide and what it says of the patient: written by `new-slide`, read whatever Windows calls it, and the
//! name of the patient in no file that nobody asked to hold it.

use std::path::Path;

use crate::support::archive::{code, hemozoin, run_archive, words};
use crate::support::drawn::small_field;
use hemozoin::render::Counts;
use hemozoin::source::SlideSheet;
use hemozoin::terms::Film;

const NAME: &str = "Aïssatou Unlikely";

fn slide(dir: &Path) {
    std::fs::create_dir_all(dir.join("thin")).unwrap();
    let counts = Counts { red_cells: 30, rings: 2, ..Counts::default() };
    small_field(Film::Thin, counts, 1).save(dir.join("thin/1.png")).unwrap();
}

fn new_slide(dir: &Path, lang: &str, more: &[&str]) -> (i32, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hemozoin"));
    let output = command.args(["--lang", lang, "new-slide"]).arg(dir).args(more).output().unwrap();
    (code(&output), words(&output))
}

#[test]
fn a_sheet_is_written_once_and_read_again() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("N-17");
    let flags = [
        "--film",
        "goutte-epaisse",
        "--patient-id",
        "P-42",
        "--age",
        "18 mois",
        "--sex",
        "f",
        "--ward",
        "Pédiatrie",
        "--order",
        "2026-7",
        "--specimen",
        "E-1",
        "--site",
        "Dosso",
        "--blood-taken",
        "21/11/2026 7h15",
        "--read-on",
        "2026-11-22",
        "--reader",
        "H. I.",
        "--wbc-per-ul",
        "6 200",
        "--um-per-px",
        "0,104",
        "--patient-name",
        NAME,
    ];
    let (code, said) = new_slide(&folder, "fr", &flags);
    assert_eq!(code, 0, "{said}");
    let text = std::fs::read_to_string(folder.join("slide.toml")).unwrap();
    let sheet = SlideSheet::read(&folder).unwrap();
    for (key, value) in [
        ("film", "thick"),
        ("patient_id", "P-42"),
        ("age", "1.5"),
        ("blood_taken", "2026-11-21T07:15"),
        ("wbc_per_ul", "6200"),
        ("um_per_px", "0.104"),
        ("patient_name", NAME),
    ] {
        assert_eq!(sheet.value(key).as_deref(), Some(value), "{text}");
    }
    assert!(text.contains("Numéro de la lame"), "{text}");
    assert_eq!(sheet.value("slide"), None, "the folder's name is written nowhere");
    let (code, said) = new_slide(&folder, "en", &["--ward", "Surgery"]);
    assert!(code == 2 && said.contains("nothing was written"), "{said}");
    assert_eq!(std::fs::read_to_string(folder.join("slide.toml")).unwrap(), text);
    std::fs::rename(folder.join("slide.toml"), folder.join("slide.toml.txt")).unwrap();
    assert_eq!(new_slide(&folder, "en", &[]).0, 2);
}

/// The documents show the sheet that the command writes.
#[test]
fn the_documents_show_the_whole_sheet() {
    for (lang, document) in [("en", "README.md"), ("fr", "LISEZMOI.md")] {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(new_slide(dir.path(), lang, &[]).0, 0);
        let sheet = std::fs::read_to_string(dir.path().join("slide.toml")).unwrap();
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap();
        assert!(text.contains(&sheet), "{document} does not show this sheet:\n{sheet}");
    }
}

#[test]
fn a_sheet_with_nearly_its_name_is_read_or_named() {
    let dir = tempfile::tempdir().unwrap();
    slide(dir.path());
    let analyze = || {
        let mut command = hemozoin();
        command.args(["analyze", "--no-files", "--um-per-px", "0.12", "--format", "json"]).arg(dir.path());
        command.output().unwrap()
    };
    for name in ["slide.toml.txt", "Slide.toml", "slide.toml.toml"] {
        let path = dir.path().join(name);
        std::fs::write(&path, "\u{feff}rbc_per_ul = 4 200 000\r\nward = P\u{e9}diatrie\r\n").unwrap();
        let output = analyze();
        let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(record["settings"]["rbc_per_ul"], 4_200_000.0, "{name}: {}", words(&output));
        assert_eq!(record["slide"]["ward"], "Pédiatrie");
        assert!(!record["passed_over"].to_string().contains("slide"), "{record}");
        std::fs::remove_file(path).unwrap();
    }
    std::fs::write(dir.path().join("slides.toml"), "rbc_per_ul = 4200000").unwrap();
    let output = analyze();
    assert!(
        code(&output) == 2 && words(&output).contains("slides.toml may be meant for the sheet"),
        "{}",
        words(&output)
    );
}

/// Every byte of every file below a folder.
fn bytes_below(dir: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        all.extend(if path.is_dir() { bytes_below(&path) } else { std::fs::read(&path).unwrap() });
    }
    all
}

fn holds(bytes: &[u8]) -> bool {
    bytes.windows(NAME.len()).any(|window| window == NAME.as_bytes())
}

#[test]
fn the_name_of_the_patient_stays_in_the_sheet() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("in");
    slide(&root.join("P-1"));
    std::fs::write(root.join("P-1/slide.toml"), format!("patient_name = {NAME}\npatient_id = P-42\n"))
        .unwrap();
    let analyze = |out: &Path, more: &[&str]| {
        let mut command = hemozoin();
        command.args(["analyze", "--um-per-px", "0.12", "--out"]).arg(out).args(more).arg(root.join("P-1"));
        command.output().unwrap()
    };
    let quiet = dir.path().join("quiet");
    let output = analyze(&quiet, &[]);
    let written = bytes_below(&quiet);
    assert!(!written.is_empty() && !holds(&written) && !holds(&output.stdout) && !holds(&output.stderr));
    assert!(String::from_utf8_lossy(&written).contains("P-42"), "the number is no secret");
    let asked = dir.path().join("asked");
    let output = analyze(&asked, &["--with-identity"]);
    assert!(holds(&std::fs::read(asked.join("record.json")).unwrap()), "{}", words(&output));

    let list = root.join("list.csv");
    std::fs::write(&list, format!("slide,pictures,nom\nP-1,P-1,{NAME}\n")).unwrap();
    for (from, out) in [(&root, "folders"), (&list, "listed")] {
        let out = dir.path().join(out);
        run_archive(from, &out, &["--um-per-px", "0.12"]);
        assert!(!holds(&bytes_below(&out)), "{}", out.display());
        assert!(out.join("slides.csv").is_file());
    }
}
