//! What a user is told who gives the wrong thing: the fault itself, in its own words, and nothing is left behind.
#![cfg(unix)] // Links, odd names and limits on files are made the Unix way.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

fn run<S: AsRef<OsStr>>(arguments: &[S]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_hemozoin"))
        .args(["--lang", "en"])
        .args(arguments)
        .output()
        .expect("it runs");
    (output.status.code().expect("a code"), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn analyze(path: &Path, more: &[&str]) -> (i32, String) {
    let mut arguments = vec![OsStr::new("analyze"), path.as_os_str()];
    arguments.extend(more.iter().map(OsStr::new));
    run(&arguments)
}

#[test]
fn a_folder_without_pictures_is_not_asked_for_its_film() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join("below")).expect("a folder");
    std::fs::write(dir.path().join("notes.txt"), "no picture").expect("written");
    let (code, told) = analyze(dir.path(), &[]);
    assert!(code == 2 && told.contains("no picture found here (1 other file, 1 sub-folder)"), "{told}");
    std::fs::write(dir.path().join("1.jpg"), "x").expect("written");
    let (code, told) = analyze(dir.path(), &[]);
    assert!(code == 2 && told.contains("thick or thin film?"), "{told}");
}

#[test]
fn a_single_file_that_is_no_picture_leaves_no_folder_behind() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("passwd");
    std::fs::write(&file, "root:x:0:0").expect("written");
    for more in [&[][..], &["--film", "thick"]] {
        let (code, told) = analyze(&file, more);
        assert!(code == 2 && told.contains("not a picture"), "{told}");
        assert_eq!(std::fs::read_dir(dir.path()).expect("listed").count(), 1);
    }
}

#[test]
fn a_file_in_the_place_of_the_results_is_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let (slide, file) = (dir.path().join("thin"), dir.path().join("results"));
    std::fs::create_dir(&slide).expect("a folder");
    std::fs::write(slide.join("1.png"), "x").expect("written");
    std::fs::write(&file, "x").expect("written");
    let out = file.to_str().expect("a name");
    let (code, told) = analyze(&slide, &["--out", out]);
    assert!(code == 2 && told.contains("a file stands here") && told.contains(out), "{told}");
    assert!(!told.contains("os error"), "{told}");
    if cfg!(feature = "archive") {
        let root = dir.path().to_str().expect("a name");
        let (code, told) = run(&["archive", "run", root, "--out", out]);
        assert!(code == 2 && told.contains("a file stands here"), "{told}");
    }
}

#[test]
fn a_negative_number_is_an_impossible_value_and_no_option() {
    for (flag, told_of) in [("--wbc-per-ul", "-1"), ("--rbc-per-ul", "-2.5"), ("--um-per-px", "-1")] {
        let (code, told) = analyze(Path::new("nowhere"), &[flag, told_of]);
        assert!(
            code == 2 && told.contains(flag) && told.contains(told_of) && told.contains("give"),
            "{told}"
        );
        assert!(!told.contains("there is no option"), "{told}");
    }
    let (code, told) = run(&["grade", "--parasites", "-3", "--wbc-counted", "200"]);
    assert!(code == 2 && told.contains("a whole number from 0 up"), "{told}");
}

#[test]
fn a_name_cannot_write_to_the_terminal() {
    let dir = tempfile::tempdir().expect("a folder");
    let slide = dir.path().join("thin");
    std::fs::create_dir(&slide).expect("a folder");
    std::fs::write(slide.join("1\nerror: all well\u{1b}[2J.png"), "x").expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_hemozoin"))
        .args(["--lang", "en", "analyze"])
        .arg(&slide)
        .output()
        .expect("it runs");
    let written = std::fs::read(slide.join("hemozoin-result/result.txt")).expect("a result");
    for bytes in [output.stdout, output.stderr, written] {
        let said = String::from_utf8(bytes).expect("text");
        assert!(
            !said.contains('\u{1b}') && !said.lines().any(|l| l.starts_with("error: all well")),
            "{said}"
        );
        assert!(said.contains("1\\nerror: all well\\u{1b}[2J.png"), "{said}");
    }
}

#[test]
fn more_parasites_than_red_cells_are_refused() {
    let counts = ["grade", "--parasites", "100000", "--wbc-counted", "20"];
    let (code, told) = run(&counts);
    assert!(code == 2 && told.contains("40000000") && told.contains("5000000"), "{told}");
    let (code, told) = run(&["grade", "--parasites", "5000", "--wbc-counted", "20"]);
    assert_eq!(code, 0, "{told}");
}

/// A count under a name that nobody knows must not look as if it had been taken in.
#[test]
fn columns_that_are_not_used_are_named_and_a_table_without_lines_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let table = dir.path().join("cases.csv");
    std::fs::write(&table, "id;film;parasites;wbc_counted;leucocytes\nA;thick;50;200;3000\n")
        .expect("written");
    let grade = |table: &Path| run(&[OsStr::new("grade"), OsStr::new("--input"), table.as_os_str()]);
    let (code, told) = grade(&table);
    assert!(code == 0 && told.contains("columns that are not used: leucocytes"), "{told}");
    std::fs::write(&table, "id;film;parasites;wbc_counted\nA;thick;50;200\n").expect("written");
    let (code, told) = grade(&table);
    assert!(code == 0 && !told.contains("not used"), "{told}");
    for empty in ["", "id;film\n"] {
        std::fs::write(&table, empty).expect("written");
        let (code, told) = grade(&table);
        assert!(code == 2 && told.contains("no line below the heading"), "{told}");
    }
}

#[test]
fn a_table_with_two_columns_of_one_name_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let table = dir.path().join("counts.csv");
    std::fs::write(&table, "id,parasites,wbc_counted,Parasites\nA,1,200,0\n").expect("written");
    let (code, told) = run(&["grade", "--input", table.to_str().expect("a name")]);
    assert!(
        code == 2 && told.contains("two columns are called parasites") && told.contains("counts.csv"),
        "{told}"
    );
    std::fs::write(&table, "id\tparasites\twbc_counted\nA\t300\t200\n").expect("written");
    let (code, told) = run(&["grade", "--input", table.to_str().expect("a name")]);
    assert_eq!(code, 0, "{told}");
}
