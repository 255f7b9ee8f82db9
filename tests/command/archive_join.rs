//! An archive read in parts is, once they are joined, the archive that one machine reads, byte for byte.

use std::path::{Path, PathBuf};
use std::process::Output;

use crate::support::archive::{
    archive_of, assert_same, code, field, final_bytes, hemozoin, read_by_a_person, resume, run_archive, words,
};
use hemozoin::archive::Journal;
use hemozoin::terms::Film;

const SLIDES: u32 = 4;

fn parts(root: &Path, out: &Path, of: u32) -> Vec<PathBuf> {
    let read = |part| {
        let folder = out.join(format!("part-{part}"));
        let done = run_archive(root, &folder, &["--shard", &format!("{part}/{of}")]);
        assert!(code(&done) <= 1, "{}", words(&done));
        folder
    };
    (1..=of).map(read).collect()
}

fn join(parts: &[PathBuf], out: &Path) -> Output {
    hemozoin().args(["archive", "join"]).args(parts).arg("--out").arg(out).output().expect("the command runs")
}

/// Joins what must not be joined: nothing is written, and the refusal names this.
fn refused(parts: &[PathBuf], out: &Path, named: &str) {
    let said = join(parts, out);
    assert_eq!(code(&said), 2, "{}", words(&said));
    assert!(words(&said).contains(named), "{named}: {}", words(&said));
    assert!(!out.join("slides.csv").exists());
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in final_bytes(from) {
        let file = to.join(name);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        std::fs::write(file, bytes).expect("written");
    }
    std::fs::copy(from.join("journal.sqlite"), to.join("journal.sqlite")).expect("copied");
}

#[test]
fn parts_give_the_bytes_of_the_whole_and_nothing_less_is_joined() {
    let dir = tempfile::tempdir().expect("a folder");
    let at = |name: &str| dir.path().join(name);
    let root = at("in");
    archive_of(&root, SLIDES, 1, 300);
    // One that nothing can be read of.
    std::fs::create_dir_all(root.join("site-0/s900/thick")).expect("made");
    std::fs::write(root.join("site-0/s900/thick/0.png"), b"no picture").expect("written");
    let whole = at("whole");
    let done = run_archive(&root, &whole, &[]);
    let exit = code(&done);
    assert!(exit <= 1, "{}", words(&done));

    // More parts than slides: some have none.
    for of in [2, 6] {
        let mut folders = parts(&root, &at(&format!("of-{of}")), of);
        folders.reverse();
        let joined = at(&format!("joined-{of}"));
        let done = join(&folders, &joined);
        assert_eq!(code(&done), exit, "{}", words(&done));
        assert_same(&whole, &joined);
        // It goes on as any other.
        assert_eq!(code(&resume(&joined, &[])), exit);
        assert_same(&whole, &joined);
        let taken = join(&folders, &whole);
        assert!(code(&taken) == 2 && words(&taken).contains("lies here already"), "{}", words(&taken));
    }

    let two: Vec<PathBuf> = (1..=2).map(|part| at("of-2").join(format!("part-{part}"))).collect();
    let of_six = at("of-6").join("part-2");
    let none = at("none");
    refused(&two[..1], &none, "2/2");
    refused(&[two[0].clone(), two[0].clone()], &none, "part 1/2");
    refused(&[two[0].clone(), of_six], &none, "part 2/6");
    refused(&[two[0].clone(), whole.clone()], &none, "--shard");

    let second = |name: &str, root: &Path, more: &[&str]| {
        let folder = at(name);
        let args = [&["--shard", "2/2"], more].concat();
        assert!(code(&run_archive(root, &folder, &args)) <= 1);
        vec![two[0].clone(), folder]
    };
    refused(&second("settings", &root, &["--wbc-per-ul", "6000"]), &none, "wbc_per_ul");
    let more = at("more");
    archive_of(&more, SLIDES + 1, 1, 300);
    refused(&second("lists", &more, &[]), &none, "same slides");
    // As many slides with as many pictures, and one of them another.
    let other = at("other");
    archive_of(&other, SLIDES, 1, 320);
    std::fs::create_dir_all(other.join("site-0/s900/thick")).expect("made");
    std::fs::write(other.join("site-0/s900/thick/0.png"), b"no picture").expect("written");
    refused(&second("pictures", &other, &[]), &none, "just these pictures");
    refused(&second("language", &root, &["--lang", "fr"]), &none, "lang");
    // Of another commit under the same version.
    let build = at("build");
    copy(&two[1], &build);
    let journal = rusqlite::Connection::open(build.join("journal.sqlite")).expect("a journal");
    let changed = "UPDATE meta SET value = json_set(value, '$.stamp.build', 'another') WHERE name = 'begun'";
    assert_eq!(journal.execute(changed, []).expect("changed"), 1);
    drop(journal);
    refused(&[two[0].clone(), build], &none, "build is");

    let damaged = at("damaged");
    copy(&two[1], &damaged);
    let record =
        std::fs::read_dir(damaged.join("records")).expect("records").next().expect("one").expect("an entry");
    std::fs::write(record.path(), b"{}").expect("written");
    refused(&[two[0].clone(), damaged], &none, "the record is gone, or not as it was written");
    assert_eq!(code(&run_archive(&root, &two[1], &["--shard", "1/2"])), 2, "a part stays that part");
    for odd in ["0/2", "3/2", "1", "x/y"] {
        assert_eq!(code(&run_archive(&root, &at("odd"), &["--shard", odd])), 2, "{odd}");
    }
}

#[test]
fn what_was_signed_in_a_part_is_signed_in_the_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let at = |name: &str| dir.path().join(name);
    let root = at("in");
    archive_of(&root, 3, 1, 300);
    let whole = at("whole");
    assert!(code(&run_archive(&root, &whole, &[])) <= 1);
    read_by_a_person(&whole);
    let folders = parts(&root, &at("of-2"), 2);
    folders.iter().for_each(|folder| read_by_a_person(folder));
    assert!(code(&join(&folders, &at("joined"))) <= 1);
    assert_same(&whole, &at("joined"));
}

/// A folder that the system refused turns out to hold slides of its own: every later slide has another number then.
#[cfg(unix)]
#[test]
fn a_signature_stays_with_its_slide_when_others_come_before_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    let put = |slide: &str, seed: u64| {
        let film = root.join(slide).join("thick");
        std::fs::create_dir_all(&film).expect("made");
        field(Film::Thick, 300, seed).save(film.join("0.png")).expect("saved");
    };
    put("m", 1);
    put("z", 2);
    let pipe = root.join("m/slide.toml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("it runs").success());
    assert_eq!(code(&run_archive(&root, &out, &[])), 1);
    read_by_a_person(&out);
    let signed =
        |slide: &str| Journal::read(&out).expect("a journal").reading(slide).expect("looked").is_some();
    assert!(signed("z"));
    std::fs::remove_dir_all(root.join("m")).expect("removed");
    put("m/a", 1);
    put("m/b", 3);
    assert!(code(&resume(&out, &[])) <= 1);
    let row = |slide: &str| Journal::read(&out).expect("a journal").row_of(slide).expect("looked");
    assert!(row("m/a").is_some() && row("m/b").is_some() && row("m").is_none());
    assert!(signed("z") && !signed("m/a") && !signed("m/b"));
}
