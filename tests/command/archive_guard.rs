//! What was there before is never lost: photographs where a result goes, other people's files, earlier results among slides.

use std::path::{Path, PathBuf};

use crate::support::archive::{archive_of, assert_same, code, field, hemozoin, resume, run_archive, words};
use hemozoin::terms::Film;
use rusqlite::Connection;

fn picture(path: &Path, seed: u64) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    field(Film::Thick, 300, seed).save(path).expect("a picture");
}

fn in_folder(folder: &Path, args: &[&str]) -> std::process::Output {
    hemozoin().current_dir(folder).args(args).output().expect("the command runs")
}

#[test]
fn an_archive_begins_nowhere_where_it_would_clear_pictures_away() {
    let dir = tempfile::tempdir().expect("a folder");
    let photo = dir.path().join("slides/N-17/1.png");
    picture(&photo, 1);
    let note = dir.path().join("slides/note.txt");
    std::fs::write(&note, "a note").expect("written");
    let before = std::fs::read(&photo).expect("there");
    let list = dir.path().join("list.csv");
    std::fs::write(&list, "slide,pictures,film\nN-17,slides/N-17,thick\n").expect("written");
    for args in [
        &["archive", "run", "slides", "--film", "thick", "--out", "."][..],
        &["archive", "run", ".", "--film", "thick", "--out", "."],
        &["archive", "run", "list.csv", "--out", "."],
    ] {
        let said = in_folder(dir.path(), args);
        assert_eq!(code(&said), 2, "{}", words(&said));
        assert!(words(&said).contains("slides"), "{}", words(&said));
        assert_eq!(std::fs::read(&photo).expect("still there"), before);
        assert!(note.exists() && !dir.path().join("journal.sqlite").exists());
    }
    // A list that is called as one of the tables.
    std::fs::rename(&list, dir.path().join("slides.csv")).expect("renamed");
    std::fs::rename(dir.path().join("slides"), dir.path().join("in")).expect("renamed");
    std::fs::write(dir.path().join("slides.csv"), "slide,pictures,film\nN-17,in/N-17,thick\n")
        .expect("written");
    let said = in_folder(dir.path(), &["archive", "run", "slides.csv", "--out", "."]);
    assert_eq!(code(&said), 2, "{}", words(&said));
    assert!(words(&said).contains("rename the list"), "{}", words(&said));
    assert!(code(&in_folder(dir.path(), &["archive", "run", "slides.csv", "--out", "out"])) <= 1);
}

#[test]
fn what_others_put_among_the_pages_stays() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    archive_of(&root, 2, 1, 300);
    assert!(code(&run_archive(&root, &out, &[])) <= 1);
    let theirs =
        ["slides/notes.html", "slides/other/1.jpg", "slides/other/field-0001.txt"].map(|name| out.join(name));
    for file in &theirs {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        std::fs::write(file, "theirs").expect("written");
    }
    // Pages and pictures of a slide that is gone are ours.
    let page = std::fs::read_dir(out.join("slides")).expect("pages").map(|e| e.expect("an entry").path());
    let page: PathBuf =
        page.into_iter().find(|path| path.is_file() && !theirs.contains(path)).expect("a page");
    let gone = out.join("slides/gone.html");
    std::fs::copy(page, &gone).expect("copied");
    std::fs::create_dir(out.join("slides/gone")).expect("made");
    std::fs::write(out.join("slides/gone/field-0001.jpg"), "drawn").expect("written");
    assert!(code(&resume(&out, &[])) <= 1);
    assert!(theirs.iter().all(|file| file.exists()));
    assert!(!gone.exists() && !out.join("slides/gone").exists());
}

#[test]
fn a_result_takes_no_photograph_and_no_file_of_others_away() {
    let dir = tempfile::tempdir().expect("a folder");
    let photo = dir.path().join("marked/1.png");
    picture(&photo, 2);
    let before = std::fs::read(&photo).expect("there");
    let said = in_folder(dir.path(), &["analyze", "marked", "--film", "thick", "--out", "."]);
    assert_eq!(code(&said), 2, "{}", words(&said));
    assert_eq!(std::fs::read(&photo).expect("still there"), before);

    picture(&dir.path().join("photos/1.png"), 3);
    std::fs::rename(&photo, dir.path().join("marked/1.jpg")).expect("renamed");
    for name in ["report.pdf", "record.json", "contact.html"] {
        std::fs::write(dir.path().join(name), "theirs").expect("written");
    }
    for run in 0..2 {
        let said =
            in_folder(dir.path(), &["analyze", "photos", "--film", "thick", "--out", ".", "--marks", "all"]);
        assert!(code(&said) <= 1, "{}", words(&said));
        assert_eq!(words(&said).contains("kept-1"), run == 0, "{}", words(&said));
        for name in ["report.kept-1.pdf", "record.kept-1.json", "contact.kept-1.html"] {
            assert_eq!(std::fs::read(dir.path().join(name)).expect("kept"), b"theirs", "{name}");
        }
        assert_eq!(std::fs::read(dir.path().join("marked/1.kept-1.jpg")).expect("kept"), before);
        assert!(!dir.path().join("report.kept-2.pdf").exists());
    }
}

#[test]
fn earlier_results_below_the_root_are_no_slides() {
    let dir = tempfile::tempdir().expect("a folder");
    for slide in ["N-1", "N-2"] {
        picture(&dir.path().join("thick").join(slide).join("1.png"), 4 + slide.len() as u64);
    }
    assert!(
        code(&in_folder(dir.path(), &["archive", "run", ".", "--film", "thick", "--out", "results"])) <= 1
    );
    let said = in_folder(
        dir.path(),
        &["analyze", "thick/N-1", "--film", "thick", "--out", "N-1-res", "--marks", "all"],
    );
    assert!(code(&said) <= 1, "{}", words(&said));
    assert!(dir.path().join("N-1-res/marked").is_dir());
    assert!(
        code(&in_folder(dir.path(), &["archive", "run", ".", "--film", "thick", "--out", "results2"])) <= 1
    );
    assert!(code(&in_folder(dir.path(), &["archive", "run", ".", "--film", "thick", "--out", "."])) <= 1);
    for out in ["results", "results2", "."] {
        let table = std::fs::read_to_string(dir.path().join(out).join("slides.csv")).expect("a table");
        assert_eq!(table.lines().count(), 3, "{table}");
    }
}

/// As where pictures are still being copied while the program runs, and the power goes.
#[test]
fn a_slide_is_read_anew_whose_pictures_changed_before_their_turn() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    for at in 0..3 {
        picture(&root.join(format!("s/thick/{at}.png")), 20 + at);
    }
    assert!(code(&run_archive(&root, &out, &[])) <= 1);
    let db = Connection::open(out.join("journal.sqlite")).expect("the journal");
    db.execute_batch(
        "UPDATE slide SET ended = 0, row = NULL, fields = NULL; DELETE FROM outcome WHERE number > 0;
         UPDATE file SET done = 0, sha256 = NULL WHERE number > 0;",
    )
    .expect("set back");
    drop(db);
    for at in 1..3_u64 {
        field(Film::Thick, 340, 30 + at).save(root.join(format!("s/thick/{at}.png"))).expect("a picture");
    }
    let said = resume(&out, &[]);
    assert!(code(&said) <= 1, "{}", words(&said));
    assert!(words(&said).contains("read again"), "{}", words(&said));
    let fresh = dir.path().join("fresh");
    assert!(code(&run_archive(&root, &fresh, &[])) <= 1);
    assert_same(&out, &fresh);
}

#[test]
fn a_part_without_its_pages_is_not_complete() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, part) = (dir.path().join("in"), dir.path().join("part"));
    archive_of(&root, 1, 1, 300);
    assert!(code(&run_archive(&root, &part, &["--shard", "1/1"])) <= 1);
    let index = part.join("index.html");
    std::fs::remove_file(&index).expect("removed");
    let status = hemozoin().args(["archive", "status"]).arg(&part).output().expect("runs");
    assert!(String::from_utf8_lossy(&status.stdout).contains("archive resume"));
    let join = |to: &str| {
        let out = dir.path().join(to);
        hemozoin().args(["archive", "join"]).arg(&part).arg("--out").arg(out).output().expect("runs")
    };
    assert_eq!(code(&join("no")), 2);
    assert!(code(&resume(&part, &[])) <= 1);
    assert!(code(&join("yes")) <= 1);
}

#[test]
fn one_damaged_record_takes_no_table_away() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    archive_of(&root, 2, 1, 300);
    assert!(code(&run_archive(&root, &out, &[])) <= 1);
    let record = std::fs::read_dir(out.join("records"))
        .expect("records")
        .next()
        .expect("one")
        .expect("an entry")
        .path();
    let sound = std::fs::read(&record).expect("there");
    std::fs::write(&record, "{}").expect("written");
    std::fs::remove_file(out.join("slides.csv")).expect("removed");
    let said = resume(&out, &[]);
    assert_eq!(code(&said), 1, "{}", words(&said));
    assert!(words(&said).contains("delete it"), "{}", words(&said));
    assert!(out.join("slides.csv").exists());
    std::fs::remove_file(&record).expect("removed");
    assert!(code(&resume(&out, &[])) <= 1);
    assert_eq!(std::fs::read(&record).expect("written again"), sound);
}

#[test]
fn nothing_is_said_of_a_thin_film_of_which_nothing_was_read() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("1.jpg"), b"\xff\xd8\xff\xe0broken").expect("written");
    let dark = dir.path().join("dark");
    std::fs::create_dir(&dark).expect("made");
    image::RgbImage::from_pixel(600, 600, image::Rgb([9; 3])).save(dark.join("1.png")).expect("a picture");
    for folder in [dir.path(), &dark] {
        let told = hemozoin()
            .arg("analyze")
            .arg(folder)
            .args(["--film", "thin", "--no-files"])
            .output()
            .expect("runs");
        let said = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(said.contains("nothing can be said of this thin film"), "{said}");
        assert!(!said.contains("Parasites seen") && said.contains("thick film"), "{said}");
        let french = hemozoin()
            .args(["--lang", "fr", "analyze"])
            .arg(folder)
            .args(["--film", "thin", "--no-files"])
            .output();
        let said = String::from_utf8_lossy(&french.expect("runs").stdout).into_owned();
        assert!(!said.contains("Parasites présents"), "{said}");
    }
}

#[test]
fn a_picture_of_the_same_size_and_time_is_told_by_its_bytes_where_that_is_asked() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    let photo = root.join("s/thick/1.bmp");
    picture(&photo, 50);
    assert!(code(&run_archive(&root, &out, &[])) <= 1);
    let time = std::fs::metadata(&photo).expect("there").modified().expect("a time");
    picture(&photo, 51);
    let file = std::fs::File::options().write(true).open(&photo).expect("open");
    file.set_modified(time).expect("a time");
    let passed = resume(&out, &[]);
    assert!(!words(&passed).contains("read again"), "{}", words(&passed));
    for wanted in [true, false] {
        let said = resume(&out, &["--redo-changed"]);
        assert!(code(&said) <= 1, "{}", words(&said));
        assert_eq!(words(&said).contains("read again"), wanted, "{}", words(&said));
    }
    let fresh = dir.path().join("fresh");
    assert!(code(&run_archive(&root, &fresh, &[])) <= 1);
    assert_same(&out, &fresh);
}
