//! Archives from the outside: what goes in, what comes out, what is refused (needs `cli` and `archive`).

use std::path::Path;

use crate::support::archive::{
    archive_of, assert_same, code, field, final_bytes, hemozoin, resume, run_archive, words,
};
use hemozoin::terms::Film;

fn column(out: &Path, table: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(out.join(table)).expect("a table");
    let at = reader.headers().expect("a heading").iter().position(|h| h == name).expect(name);
    reader.records().map(|r| r.expect("a row").get(at).unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_same_bytes_for_any_number_of_threads_and_after_a_second_resume() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("in");
    archive_of(&root, 4, 3, 300);
    let out = |n: &str| dir.path().join(n);
    let one = run_archive(&root, &out("1"), &["--threads", "1"]);
    assert!(code(&one) <= 1, "{}", words(&one));
    for threads in ["2", "5"] {
        run_archive(&root, &out(threads), &["--threads", threads]);
        assert_same(&out("1"), &out(threads));
    }
    let again = resume(&out("2"), &[]);
    assert_eq!(code(&again), code(&one));
    assert_same(&out("1"), &out("2"));
    // A record that was lost is written again from the journal.
    let record =
        std::fs::read_dir(out("2").join("records")).expect("records").next().expect("one").expect("one");
    std::fs::remove_file(record.path()).expect("removed");
    resume(&out("2"), &[]);
    assert_same(&out("1"), &out("2"));
    assert_eq!(
        column(&out("1"), "slides.csv", "slide").into_iter().collect::<std::collections::BTreeSet<_>>(),
        ["site-0/s000", "site-0/s003", "site-1/s001", "site-2/s002"].map(str::to_owned).into()
    );
    assert_eq!(column(&out("1"), "fields.csv", "image").len(), 12);
}

#[test]
fn every_kind_of_bad_file_among_good_ones() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("in");
    archive_of(&root, 2, 2, 300);
    let bad = root.join("bad").join("thin");
    std::fs::create_dir_all(&bad).expect("a folder");
    field(Film::Thin, 300, 9).save(bad.join("00-good.png")).expect("a picture");
    let jpeg = {
        let mut bytes = Vec::new();
        field(Film::Thin, 300, 9)
            .write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Jpeg)
            .expect("a JPEG");
        bytes
    };
    std::fs::write(bad.join("01-truncated.jpg"), &jpeg[..jpeg.len() / 2]).expect("written");
    std::fs::write(bad.join("02-zero.jpg"), b"").expect("written");
    std::fs::write(bad.join("03-text.jpg"), b"not a picture at all").expect("written");
    image::RgbImage::new(1, 1).save(bad.join("04-one-pixel.png")).expect("a picture");
    // A PNG header that promises 60,000 x 60,000 pixels.
    let mut huge = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    huge.extend([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0, 0xd9, 0x7b, 0x2d, 0x11]);
    std::fs::write(bad.join("05-huge.png"), huge).expect("written");
    image::GrayImage::new(300, 300).save(bad.join("06-black-grey.png")).expect("a picture");
    std::fs::write(bad.join("07-notes.txt"), b"foreign").expect("written");
    std::fs::create_dir_all(root.join("no-film")).expect("a folder");
    field(Film::Thin, 300, 10).save(root.join("no-film").join("1.png")).expect("a picture");
    std::fs::create_dir_all(root.join("wrong-sheet")).expect("a folder");
    field(Film::Thin, 300, 11).save(root.join("wrong-sheet").join("1.png")).expect("a picture");
    std::fs::write(root.join("wrong-sheet").join("slide.toml"), "film = \"thin\"\nwbc_per_ul = -1\n")
        .expect("written");

    let out = dir.path().join("out");
    let done = run_archive(&root, &out, &[]);
    let said = words(&done);
    assert_eq!(code(&done), 1, "{said}");
    for named in
        ["01-truncated.jpg", "02-zero.jpg", "03-text.jpg", "05-huge.png", "no-film", "wrong-sheet", "line 2"]
    {
        assert!(said.contains(named), "{named} in:\n{said}");
    }
    let slides = column(&out, "slides.csv", "slide");
    assert_eq!(slides.len(), 5, "{slides:?}");
    let verdicts = column(&out, "fields.csv", "verdict");
    assert_eq!(verdicts.iter().filter(|v| *v == "unread").count(), 4, "{verdicts:?}");
    assert_eq!(column(&out, "fields.csv", "image").len(), 2 * 2 + 7);
    let page = std::fs::read_to_string(out.join("index.html")).expect("a page");
    assert!(page.contains("wrong-sheet") && !page.contains("http"), "names every slide and needs no network");
    let uncounted: Vec<&str> = page.lines().filter(|l| l.contains("<td class=\"n\">0 / ")).collect();
    assert_eq!(uncounted.len(), 4, "{uncounted:?}");
    for row in uncounted {
        assert!(
            row.contains("<td class=\"n\"></td><td class=\"n\">0 / "),
            "no gametocytes are claimed: {row}"
        );
    }
    let counted = column(&out, "slides.csv", "fields_counted");
    for table in [
        "parasites",
        "wbc_counted",
        "infected_rbc",
        "rbc_counted",
        "gametocytes",
        "gametocyte_density_per_ul",
    ] {
        for (count, fields) in column(&out, "slides.csv", table).iter().zip(&counted) {
            assert!(count.is_empty() || fields != "0", "{table} of a slide of which nothing was counted");
        }
    }
}

#[test]
fn other_settings_are_refused_and_a_second_process_too() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    archive_of(&root, 2, 1, 300);
    assert!(code(&run_archive(&root, &out, &[])) <= 1);
    let before = final_bytes(&out);
    let other = run_archive(&root, &out, &["--wbc-per-ul", "6000"]);
    assert_eq!(code(&other), 2);
    assert!(words(&other).contains("wbc_per_ul") && words(&other).contains("6000"), "{}", words(&other));
    let held = std::fs::File::options().write(true).open(out.join("archive.lock")).expect("the lock's file");
    held.lock().expect("free");
    let second = resume(&out, &[]);
    assert_eq!(code(&second), 2);
    assert!(words(&second).contains("is working on this output"), "{}", words(&second));
    drop(held);
    assert_eq!(before, final_bytes(&out), "a refusal changes nothing");
    let nothing = resume(&dir.path().join("elsewhere"), &[]);
    assert_eq!(code(&nothing), 2);
}

#[test]
fn a_changed_picture_is_named_and_read_again_on_demand() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    archive_of(&root, 2, 2, 300);
    assert!(code(&run_archive(&root, &out, &[])) <= 1);
    let before = final_bytes(&out);
    let picture = root.join("site-0/s000/thick/1.png");
    let bytes = std::fs::read(&picture).expect("readable");
    // Another time of change with the same bytes is no change, whatever the clock says.
    for seconds in [0, 4_000_000_000] {
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        std::fs::File::options().write(true).open(&picture).expect("open").set_modified(time).expect("set");
        let touched = resume(&out, &[]);
        assert!(!words(&touched).contains("1.png has changed"), "{}", words(&touched));
    }
    field(Film::Thick, 300, 999).save(&picture).expect("another picture");
    let kept = resume(&out, &[]);
    assert_eq!(code(&kept), 1);
    assert!(words(&kept).contains("1.png") && words(&kept).contains("--redo-changed"), "{}", words(&kept));
    assert_eq!(before, final_bytes(&out), "the earlier result stays");
    let verified = hemozoin().args(["archive", "verify", "--all"]).arg(&out).output().expect("runs");
    assert_eq!(code(&verified), 1, "{}", words(&verified));
    assert!(code(&resume(&out, &["--redo-changed"])) <= 1);
    assert_ne!(before, final_bytes(&out));
    let verified = hemozoin().args(["archive", "verify", "--all"]).arg(&out).output().expect("runs");
    assert_eq!(code(&verified), 0, "{}", words(&verified));
    std::fs::write(&picture, bytes).expect("written");
    let again = resume(&out, &["--redo-changed", "--json-progress"]);
    assert_eq!(before, final_bytes(&out));
    // A slide that was taken back is counted once, on the way as at the end.
    let told = String::from_utf8_lossy(&again.stderr).into_owned();
    let told: Vec<serde_json::Value> =
        told.lines().filter(|line| line.starts_with('{')).map(|l| serde_json::from_str(l).unwrap()).collect();
    let status = hemozoin().args(["archive", "status", "--json"]).arg(&out).output().expect("runs");
    let stands: serde_json::Value = serde_json::from_slice(&status.stdout).expect("a standing");
    let last = told.last().expect("progress");
    for key in ["slides_done", "files_done", "suspect", "severe", "fields_unfit"] {
        assert_eq!(last[key], stands[key], "{key}: {last} {stands}");
    }
}

#[test]
fn a_picture_that_is_gone_is_named_and_its_result_stays() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    archive_of(&root, 2, 2, 300);
    let first = run_archive(&root, &out, &[]);
    assert!(code(&first) <= 1, "{}", words(&first));
    let before = final_bytes(&out);
    let picture = root.join("site-0/s000/thick/1.png");
    let bytes = std::fs::read(&picture).expect("readable");
    std::fs::remove_file(&picture).expect("removed");
    // The other picture of the slide has changed: it is not read alone, for the slide has one result.
    let other = root.join("site-0/s000/thick/0.png");
    let sound = std::fs::read(&other).expect("readable");
    field(Film::Thick, 300, 999).save(&other).expect("another picture");
    for more in [&[][..], &["--redo-changed"]] {
        let kept = resume(&out, more);
        let said = words(&kept);
        assert_eq!(code(&kept), 1, "{said}");
        assert!(said.contains("1.png has been read and is not there any more"), "{said}");
        assert!(said.contains("0.png has changed") && said.contains("gone: 2 (named above)"), "{said}");
        assert_eq!(before, final_bytes(&out), "nothing that was read is lost");
    }
    let verified = hemozoin().args(["archive", "verify", "--all"]).arg(&out).output().expect("runs");
    assert!(words(&verified).contains("pictures of it are not there"), "{}", words(&verified));
    std::fs::write(&picture, bytes).expect("written");
    std::fs::write(&other, sound).expect("written");
    let again = resume(&out, &[]);
    assert_eq!(code(&again), code(&first), "{}", words(&again));
    assert_eq!(before, final_bytes(&out));
}

#[test]
fn a_run_that_is_going_on_is_said_and_no_second_one_is_advised() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("l'archive de Dosso"));
    archive_of(&root, 1, 1, 300);
    let begun = run_archive(&root, &out, &[]);
    assert!(code(&begun) <= 1, "{}", words(&begun));
    let status = |more: &[&str]| {
        let told = hemozoin().args(["archive", "status"]).arg(&out).args(more).output().expect("runs");
        String::from_utf8(told.stdout).expect("text")
    };
    assert!(!status(&[]).contains("a run is going on"), "{}", status(&[]));
    let held = std::fs::File::options().write(true).open(out.join("archive.lock")).expect("the lock's file");
    held.lock().expect("free");
    assert!(status(&[]).contains("a run is going on"), "{}", status(&[]));
    assert!(status(&["--json"]).contains("\"running\":true"), "{}", status(&["--json"]));
    drop(held);
    assert!(status(&["--json"]).contains("\"running\":false"), "{}", status(&["--json"]));
}

#[test]
fn a_manifest_with_everything_and_its_summary() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    archive_of(&root, 4, 2, 300);
    let manifest = root.join("list.csv");
    std::fs::write(
        &manifest,
        "slide;film;pictures;wbc_per_ul;date;site;age;sex;species;ward\n\
         B-2;thin;site-1/s001/thin;;2026-10-05;Dosso;30;M;;w2\n\
         A-1;thick;site-0/s000/thick;6200;2026-10-03;Dosso;3,5;F;Pf;w1\n\
         A-1;thin;site-1/s001/thin/0.png;6200;2026-10-03;Dosso;3,5;F;Pf;w1\n\
         C-3;thick;site-2/s002/thick/0.png|site-2/s002/thick/1.png;;;;;;;\n",
    )
    .expect("written");
    let done = run_archive(&manifest, &out, &["--csv-locale", "fr"]);
    assert!(code(&done) <= 1, "{}", words(&done));
    let table = std::fs::read_to_string(out.join("slides.csv")).expect("a table");
    let heading = table.trim_start_matches('\u{feff}').lines().next().expect("a heading");
    assert!(heading.starts_with("slide;date;site;") && heading.contains(";ward;"), "{heading}");
    assert!(table.contains("3,5") && table.contains("A-1"), "{table}");
    let record = std::fs::read_to_string(out.join("records/A-1.json")).expect("a record");
    let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
    assert_eq!(record["settings"]["wbc_per_ul"], 6200.0);
    assert_eq!(record["fields"].as_array().map(Vec::len), Some(3));
    let summary = hemozoin()
        .args(["archive", "summary", "--by", "month,site,age-band"])
        .arg(&out)
        .output()
        .expect("runs");
    let summary = String::from_utf8(summary.stdout).expect("text");
    assert!(summary.starts_with("month,site,age_band,slides,unread,tested,positive,"), "{summary}");
    assert!(summary.lines().any(|l| l.starts_with("2026-10,Dosso,0-4,1,")), "{summary}");
    let dhis2 =
        hemozoin().args(["archive", "summary", "--format", "dhis2"]).arg(&out).output().expect("runs");
    let payload: serde_json::Value = serde_json::from_slice(&dhis2.stdout).expect("JSON");
    assert_eq!(payload["dataSet"], "O34y2Kyxx6P");
    for (line, text, wanted) in [
        ("slide,film,pictures\nA,medium,x\n", "medium", "line 2"),
        ("slide,film,pictures,wbc_per_ul\nA,thin,x,\nB,thin,x,0\n", "wbc_per_ul", "line 3"),
    ] {
        let wrong = root.join("wrong.csv");
        std::fs::write(&wrong, line).expect("written");
        let refused = run_archive(&wrong, &dir.path().join("never"), &[]);
        assert_eq!(code(&refused), 2);
        assert!(words(&refused).contains(text) && words(&refused).contains(wanted), "{}", words(&refused));
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::process::Command;

    /// The command under limits of the shell.
    fn limited(limits: &str, arguments: &[&std::ffi::OsStr]) -> std::process::Output {
        let script = format!("{limits}; exec \"$0\" \"$@\"");
        Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_hemozoin"), "--lang", "en", "archive"])
            .args(arguments)
            .output()
            .expect("a shell")
    }

    #[test]
    fn under_300_mb_of_memory() {
        let dir = tempfile::tempdir().expect("a folder");
        let (root, out, calm) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("calm"));
        archive_of(&root, 4, 2, 600);
        let flags: Vec<&std::ffi::OsStr> = vec![
            "run".as_ref(),
            root.as_ref(),
            "--out".as_ref(),
            out.as_ref(),
            "--threads".as_ref(),
            "2".as_ref(),
        ];
        // What the process asks for itself: the file of the program, which is large where it is not optimised, is not in it.
        let done = limited("ulimit -d 300000", &flags);
        assert!(matches!(done.status.code(), Some(0 | 1)), "{:?} {}", done.status, words(&done));
        run_archive(&root, &calm, &[]);
        assert_same(&calm, &out);
    }

    #[test]
    fn a_disk_that_fills_is_named_and_the_archive_goes_on_later() {
        let dir = tempfile::tempdir().expect("a folder");
        let (root, out, calm) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("calm"));
        archive_of(&root, 4, 2, 300);
        run_archive(&root, &calm, &[]);
        // No file may grow beyond 96 blocks of 512 bytes: the journal meets that limit on its way.
        let flags: Vec<&std::ffi::OsStr> =
            vec!["run".as_ref(), root.as_ref(), "--out".as_ref(), out.as_ref()];
        let full = limited("trap '' XFSZ; ulimit -f 128", &flags);
        assert!(matches!(full.status.code(), Some(2 | 3)), "{:?} {}", full.status, words(&full));
        assert!(words(&full).contains("journal.sqlite"), "{}", words(&full));
        let rest = run_archive(&root, &out, &[]);
        assert!(code(&rest) <= 1, "{}", words(&rest));
        assert_same(&calm, &out);
    }

    #[test]
    fn an_output_that_cannot_be_written() {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().join("in");
        archive_of(&root, 1, 1, 300);
        // Not even the system's administrator can make a folder below a file.
        let file = dir.path().join("file");
        std::fs::write(&file, b"x").expect("written");
        let refused = run_archive(&root, &file.join("out"), &[]);
        assert_eq!(code(&refused), 2);
        assert!(words(&refused).contains("file"), "{}", words(&refused));
        let missing = run_archive(&dir.path().join("nowhere"), &dir.path().join("out"), &[]);
        assert_eq!(code(&missing), 2);
        assert!(!dir.path().join("out").exists(), "nothing is made for a folder that is not there");
    }

    #[test]
    fn a_signal_finishes_the_fields_in_flight_and_says_how_to_go_on() {
        let dir = tempfile::tempdir().expect("a folder");
        let (root, out, calm) = (dir.path().join("in"), dir.path().join("my out"), dir.path().join("calm"));
        archive_of(&root, 12, 2, 300);
        run_archive(&root, &calm, &[]);
        let child = hemozoin()
            .args(["archive", "run"])
            .arg(&root)
            .arg("--out")
            .arg(&out)
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("runs");
        while !out.join("records").is_dir()
            || std::fs::read_dir(out.join("records")).expect("records").count() < 2
        {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let pid = child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill").success());
        let stopped = child.wait_with_output().expect("an end");
        assert_eq!(stopped.status.code(), Some(3), "{}", words(&stopped));
        let told = words(&stopped);
        let command = told.lines().find_map(|l| l.split_once("archive resume ")).expect(&told).1;
        assert_eq!(command, format!("'{}'", out.display()), "one word of a shell");
        let status = hemozoin().args(["archive", "status", "--json"]).arg(&out).output().expect("runs");
        let standing: serde_json::Value = serde_json::from_slice(&status.stdout).expect("JSON");
        assert!(standing["slides_done"].as_u64() < standing["slides"].as_u64(), "{standing}");
        assert!(code(&resume(&out, &[])) <= 1);
        assert_same(&calm, &out);
    }
}

#[test]
fn an_archive_goes_on_with_its_own_slides_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, other, out) = (dir.path().join("in"), dir.path().join("other"), dir.path().join("out"));
    archive_of(&root, 1, 1, 300);
    archive_of(&other, 2, 1, 300);
    run_archive(&root, &out, &[]);
    let before = final_bytes(&out);
    let refused = run_archive(&other, &out, &[]);
    assert_eq!(code(&refused), 2, "{}", words(&refused));
    assert!(words(&refused).contains("ROOT"), "{}", words(&refused));
    assert_eq!(final_bytes(&out), before);
    // The same folder by another name is the same, and one that was moved is found by `resume --root`.
    let again = run_archive(&root.join("..").join("in"), &out, &[]);
    assert!(code(&again) <= 1, "{}", words(&again));
    let moved = dir.path().join("moved");
    std::fs::rename(&root, &moved).expect("moved");
    let found = resume(&out, &["--root", moved.to_str().expect("a name")]);
    assert!(code(&found) <= 1, "{}", words(&found));
    assert_eq!(final_bytes(&out), before);
}

#[test]
fn a_manifest_that_changed_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    archive_of(&root, 1, 1, 300);
    let pictures = folder_of_pictures(&root);
    let manifest = root.join("slides.csv");
    let write = |wbc: u32| {
        let text = format!("slide,film,pictures,wbc_per_ul\nN-1,thin,{pictures},{wbc}\n");
        std::fs::write(&manifest, text).expect("written");
    };
    write(6000);
    let begun = run_archive(&manifest, &out, &[]);
    assert!(code(&begun) <= 1, "{}", words(&begun));
    write(9000);
    for done in [run_archive(&manifest, &out, &[]), resume(&out, &[])] {
        assert_eq!(code(&done), 2, "{}", words(&done));
        assert!(words(&done).contains("slides.csv"), "{}", words(&done));
    }
    write(6000);
    let again = resume(&out, &[]);
    assert_eq!(code(&again), code(&begun), "{}", words(&again));

    // Pictures stay where they were, beside a manifest that is gone.
    std::fs::remove_file(&manifest).expect("removed");
    let verified = hemozoin().args(["archive", "verify", "--all"]).arg(&out).output().expect("runs");
    assert_eq!(code(&verified), 0, "{}", words(&verified));
}

/// The one folder of pictures of an archive of one slide, relative to its root.
fn folder_of_pictures(root: &Path) -> String {
    let pictures = walkdir::WalkDir::new(root).into_iter().map(|e| e.expect("an entry"));
    let picture = pictures.into_iter().find(|e| e.file_type().is_file()).expect("a picture");
    let folder = picture.path().parent().expect("a folder").strip_prefix(root).expect("below the root");
    folder.display().to_string()
}

#[test]
fn slides_with_fields_that_were_not_counted_are_named_with_what_to_do() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    let slide = root.join("dark").join("thin");
    std::fs::create_dir_all(&slide).expect("a folder");
    for (i, level) in [12_u8, 14].into_iter().enumerate() {
        let dark = image::RgbImage::from_pixel(300, 300, image::Rgb([level; 3]));
        dark.save(slide.join(format!("{i}.png"))).expect("a picture");
    }
    let done = run_archive(&root, &out, &["--um-per-px", "0.12"]);
    let said = words(&done);
    assert_eq!(code(&done), 1, "{said}");
    let line = said.lines().find(|l| l.contains("dark") && l.contains("2 of 2")).expect(&said);
    assert!(line.contains("take it again"), "what to do: {line}");
}
