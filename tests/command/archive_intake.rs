//! What goes into an archive, and into `analyze`: which folder is a slide, whose sheet counts, what is tried
//! again.

use std::path::Path;

use crate::support::archive::{code, field, hemozoin, resume, run_archive, words};
use hemozoin::archive::read_manifest;
use hemozoin::entry::Style;
use hemozoin::intake::Limits;
use hemozoin::measure::{MicronsPerPixel, WbcPerMicrolitre};
use hemozoin::record::{Facts, SlideInfo};
use hemozoin::slide::{Engine, Silent};
use hemozoin::source::{FilmPictures, SlideSource};
use hemozoin::terms::Film;

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(path, bytes).expect("written");
}

fn picture(path: &Path, film: Film, seed: u64) {
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    field(film, 300, seed).save(path).expect("a picture");
}

fn find(path: &Path) -> hemozoin::Result<SlideSource> {
    SlideSource::find(path, &Facts::default(), &Limits::default())
}

fn wbc(facts: &Facts) -> Option<f64> {
    facts.wbc_per_ul.map(WbcPerMicrolitre::get)
}

fn column(out: &Path, table: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(out.join(table)).expect("a table");
    let at = reader.headers().expect("a heading").iter().position(|h| h == name).expect(name);
    reader.records().map(|r| r.expect("a row").get(at).unwrap_or_default().to_owned()).collect()
}

/// The slides of an archive in the order of ids; the table has what is urgent first.
fn slides(out: &Path) -> Vec<String> {
    let mut slides = column(out, "slides.csv", "slide");
    slides.sort();
    slides
}

#[test]
fn analyze_takes_folders_by_the_same_rules_as_an_archive() {
    let dir = tempfile::tempdir().expect("a folder");
    let at = |p: &str| dir.path().join(p);
    write(&at("day/thick/N-1/1.jpg"), b"x");
    write(&at("day/thin/N-7/1.jpg"), b"x");
    let error = find(&at("day")).expect_err("two slides");
    assert_eq!(error.key(), Some("error-film-holds-slides"));
    write(&at("one/thick/N-1/1.jpg"), b"x");
    assert_eq!(find(&at("one")).expect("one film").files().len(), 1);
    write(&at("one/thick/N-1/slide.toml"), b"wbc_per_ul = 3000");
    assert_eq!(find(&at("one")).expect_err("a slide").key(), Some("error-film-holds-slides"));
    write(&at("p/thick/DCIM/100CANON/1.jpg"), b"x");
    write(&at("p/thick/hemozoin-result/marked/1.jpg"), b"x");
    write(&at("p/thin/1.jpg"), b"x");
    write(&at("p/thick/slide.toml"), b"wbc_per_ul = 3000");
    let patient = find(&at("p")).expect("both films");
    assert_eq!(patient.files().iter().map(|f| f.film).collect::<Vec<_>>(), [Film::Thick, Film::Thin]);
    assert_eq!(wbc(patient.facts()), Some(3000.0), "the sheet beside the pictures");
    for (folder, name) in [("p", "p"), ("p/thin", "p"), ("one/thick/N-1", "N-1")] {
        let mut facts = Facts::default();
        facts.film = Some(Film::Thin);
        let source = SlideSource::find(&at(folder), &facts, &Limits::default());
        assert_eq!(source.expect(folder).info().id, name, "a film's folder names no slide");
    }
    write(&at("p/slide.toml"), b"wbc_per_ul = 4000");
    assert_eq!(find(&at("p")).expect_err("which?").key(), Some("error-sheet-contradicts"));
}

#[test]
fn pictures_beside_the_film_folders_are_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    picture(&root.join("p/thick/1.png"), Film::Thick, 1);
    for name in ["loose-1.png", "loose-2.png"] {
        picture(&root.join("p").join(name), Film::Thin, 2);
    }
    let analyzed = hemozoin().args(["analyze", "--no-files"]).arg(root.join("p")).output().expect("runs");
    let printed = String::from_utf8_lossy(&analyzed.stdout).into_owned();
    assert_eq!(code(&analyzed), 1, "{printed}");
    let archived = run_archive(&root, &out, &[]);
    assert_eq!(code(&archived), 1, "{}", words(&archived));
    for said in [printed, words(&archived)] {
        for named in ["loose-1.png", "loose-2.png", "which film it shows is not stated"] {
            assert!(said.contains(named), "{named} in {said}");
        }
    }
    // A film that is stated takes them, and what lies in the folder of that film.
    let facts = Facts::of(Film::Thick);
    let stated = SlideSource::find(&root.join("p"), &facts, &Limits::default()).expect("stated");
    assert_eq!(stated.files().len(), 3);
}

#[test]
fn a_film_folder_without_pictures_is_named_and_the_other_film_is_read() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    picture(&root.join("p/thick/1.png"), Film::Thick, 1);
    let analyze = || {
        let mut command = hemozoin();
        command.args(["analyze", "--no-files", "--um-per-px", "0.12"]).arg(root.join("p"));
        command.output().expect("runs")
    };
    assert_eq!(code(&analyze()), 0);
    // The folder's own sheet still counts: it is of the same blood.
    write(&root.join("p/thin/slide.toml"), b"wbc_per_ul = 4000");
    let source = find(&root.join("p")).expect("the thick film");
    assert_eq!(source.files().iter().map(|f| f.film).collect::<Vec<_>>(), [Film::Thick]);
    assert_eq!(wbc(source.facts()), Some(4000.0));
    let analyzed = analyze();
    let printed = String::from_utf8_lossy(&analyzed.stdout).into_owned();
    let archived = run_archive(&root, &out, &["--um-per-px", "0.12"]);
    for (code, said) in [(code(&analyzed), printed), (code(&archived), words(&archived))] {
        // Lines may break between words.
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            code == 1 && said.contains("thin") && said.contains("the other film alone"),
            "{code}: {said}"
        );
    }
    std::fs::remove_file(root.join("p/thick/1.png")).expect("removed");
    assert_eq!(find(&root.join("p")).expect_err("no picture").key(), Some("error-no-pictures"));
}

#[test]
fn a_broken_picture_that_was_replaced_is_read() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    let path = root.join("p/thin/1.png");
    for (name, path) in [("01.jpg", &path), ("02.jpg", &root.join("p/thin/2.png"))] {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/patient-1/frottis").join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        image::open(sample).expect("a sample").crop_imm(0, 0, 700, 700).save(path).expect("a picture");
    }
    let sound = std::fs::read(&path).expect("readable");
    write(&path, &sound[..sound.len() / 2]);
    let broken = run_archive(&root, &out, &[]);
    assert_eq!(code(&broken), 1);
    assert!(words(&broken).contains("1.png"), "{}", words(&broken));
    let verdicts = column(&out, "fields.csv", "verdict");
    assert!(verdicts.contains(&"unread".to_owned()), "{verdicts:?} {}", words(&broken));
    write(&path, &sound);
    let kept = resume(&out, &[]);
    assert!(words(&kept).contains("--redo-changed"), "{}", words(&kept));
    resume(&out, &["--redo-changed"]);
    assert!(!column(&out, "fields.csv", "verdict").contains(&"unread".to_owned()));
}

#[test]
fn a_slide_that_the_system_refused_is_listed_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out, calm) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("calm"));
    for (slide, seed) in [("a", 1), ("b", 2), ("c", 3)] {
        picture(&root.join(slide).join("thin/1.png"), Film::Thin, seed);
    }
    // A folder in the place of a sheet cannot be read as a file, whoever asks.
    std::fs::create_dir(root.join("a/slide.toml")).expect("made");
    let first = run_archive(&root, &out, &[]);
    assert_eq!(code(&first), 1);
    assert_eq!(slides(&out), ["a", "b", "c"]);
    let before = crate::support::archive::final_bytes(&out);
    assert_eq!(code(&resume(&out, &[])), 1);
    assert_eq!(crate::support::archive::final_bytes(&out), before, "still refused");
    std::fs::remove_dir(root.join("a/slide.toml")).expect("removed");
    write(&root.join("a/slide.toml"), b"slide = \"N-17\"\nwbc_per_ul = 4000\n");
    resume(&out, &[]);
    assert_eq!(slides(&out), ["N-17", "b", "c"]);
    run_archive(&root, &calm, &[]);
    crate::support::archive::assert_same(&calm, &out);
}

#[cfg(unix)]
#[test]
fn a_site_whose_share_was_away_is_listed_when_it_is_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out, calm) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("calm"));
    picture(&root.join("z/thin/1.png"), Film::Thin, 1);
    let site = dir.path().join("site");
    std::os::unix::fs::symlink(&site, root.join("a-site")).expect("a link");
    let first = run_archive(&root, &out, &[]);
    assert_eq!(code(&first), 1);
    assert!(words(&first).contains("a-site"), "{}", words(&first));
    picture(&site.join("s1/thin/1.png"), Film::Thin, 2);
    picture(&site.join("s2/thin/1.png"), Film::Thin, 3);
    resume(&out, &[]);
    assert_eq!(slides(&out), ["a-site/s1", "a-site/s2", "z"]);
    run_archive(&root, &calm, &[]);
    crate::support::archive::assert_same(&calm, &out);
}

#[test]
fn a_plan_that_failed_binds_the_output_to_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let (wrong, root, out) = (dir.path().join("wrong"), dir.path().join("in"), dir.path().join("out"));
    std::fs::create_dir(&wrong).expect("a folder");
    picture(&root.join("p/thin/1.png"), Film::Thin, 1);
    let list = dir.path().join("list.csv");
    write(&list, b"slide,film,pictures\nA,medium,x\n");
    assert_eq!(code(&run_archive(&wrong, &out, &[])), 2);
    assert_eq!(code(&run_archive(&list, &out, &[])), 2);
    write(&list, b"slide,film,pictures\nA,thick,x\n");
    let right = run_archive(&root, &out, &["--wbc-per-ul", "6000"]);
    assert!(code(&right) <= 1, "{}", words(&right));
    assert_eq!(slides(&out), ["p"]);
    let other = run_archive(&wrong, &out, &["--wbc-per-ul", "6000"]);
    assert_eq!(code(&other), 2, "now it is bound");
}

#[test]
fn a_manifest_keeps_the_sheets_beside_its_pictures() {
    let dir = tempfile::tempdir().expect("a folder");
    let at = |p: &str| dir.path().join(p);
    for path in ["a/ge/1.jpg", "a/fm/1.jpg", "pool/1.jpg", "pool/2.jpg"] {
        write(&at(path), b"x");
    }
    write(&at("a/ge/slide.toml"), b"slide = \"x\"\nwbc_per_ul = 3000\nstain = \"Giemsa\"\n");
    write(&at("a/fm/slide.toml"), b"rbc_per_ul = 4e6\n");
    write(&at("pool/slide.toml"), b"slide = \"P-1\"\nwbc_per_ul = 5000\n");
    let lines = |more: &str| {
        let list = format!(
            "slide,film,pictures,wbc_per_ul\nA,thick,a/ge,{more}\nA,thin,a/fm,\nP-1,thick,pool/1.jpg,\n\
             P-2,thick,pool/2.jpg,\n"
        );
        write(&at("list.csv"), list.as_bytes());
        let slides = read_manifest(&at("list.csv"), Style::default(), &Facts::default(), &Limits::default());
        slides.expect("sound").into_iter().map(|s| s.source).collect::<Vec<_>>()
    };
    let slides = lines("");
    let both = slides[0].as_ref().expect("both films");
    assert_eq!(wbc(both.facts()), Some(3000.0));
    assert_eq!(both.facts().rbc_per_ul.map(|r| r.get()), Some(4e6));
    assert_eq!((both.info().id.as_str(), both.info().stain.as_deref()), ("A", Some("Giemsa")));
    assert_eq!(wbc(slides[1].as_ref().expect("listed").facts()), Some(5000.0));
    let other = slides[2].as_ref().expect_err("the sheet of another slide");
    assert_eq!(other.key(), Some("error-sheet-of-another"));
    assert_eq!(wbc(lines("6200")[0].as_ref().expect("sound").facts()), Some(6200.0));
    write(&at("a/fm/slide.toml"), b"wbc_per_ul = 3100\n");
    let contradict = lines("");
    assert_eq!(contradict[0].as_ref().expect_err("which?").key(), Some("error-sheet-contradicts"));
    assert!(lines("6200")[0].is_ok(), "the manifest decides");
    write(&at("a/fm/slide.toml"), b"um_per_px = 0.1\n");
    assert!(lines("")[0].is_err(), "the scale of one film is not that of the other");
    for (thick, thin) in [("0.1", ""), ("", "0.1"), ("0.1", "0.2")] {
        let list = format!("slide,film,pictures,um_per_px\nA,thick,a/ge,{thick}\nA,thin,a/fm,{thin}\n");
        write(&at("scales.csv"), list.as_bytes());
        let listed =
            read_manifest(&at("scales.csv"), Style::default(), &Facts::default(), &Limits::default());
        let refused = listed.expect("sound").remove(0).source.expect_err("two scales");
        assert_eq!(refused.key(), Some("error-manifest-contradicts"));
    }
    let given = Facts::default().um_per_px(MicronsPerPixel::new(0.2).expect("a scale"));
    let flagged =
        read_manifest(&at("list.csv"), Style::default(), &given, &Limits::default()).expect("sound");
    assert_eq!(flagged[0].source.as_ref().expect("sound").facts().um_per_px, given.um_per_px);
}

#[test]
fn slides_that_claim_one_number_are_all_named_and_the_others_are_read() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out, calm) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("calm"));
    let numbers =
        [("a", "N-1"), ("b", "N-1"), ("c", "N-2"), ("d", "N-3"), ("e", "N-3"), ("f", "N-1"), ("g", "a")];
    for (seed, (folder, number)) in (1..).zip(numbers) {
        picture(&root.join(folder).join("thin/1.png"), Film::Thin, seed);
        write(&root.join(folder).join("slide.toml"), format!("slide = \"{number}\"\n").as_bytes());
    }
    let done = run_archive(&root, &out, &[]);
    let said = words(&done);
    assert_eq!(code(&done), 1, "{said}");
    for line in [
        "a/: slide number N-1 is also that of b, f;",
        "b: slide number N-1 is also that of a, f;",
        "d: slide number N-3 is also that of e;",
        "f: slide number N-1 is also that of a, b;",
        "slides: 7 (analysed: 2, failed: 5)",
    ] {
        assert!(said.contains(line), "{line} in:\n{said}");
    }
    // "a" is the number of another slide, so the folder of that name has a name of its own.
    assert_eq!(slides(&out), ["N-2", "a", "a/", "b", "d", "e", "f"]);
    assert_eq!(std::fs::read_dir(out.join("records")).expect("records").count(), 2);
    let before = crate::support::archive::final_bytes(&out);
    assert_eq!(code(&resume(&out, &[])), 1);
    assert_eq!(crate::support::archive::final_bytes(&out), before);
    run_archive(&root, &calm, &["--threads", "3"]);
    crate::support::archive::assert_same(&calm, &out);
}

#[cfg(unix)]
#[test]
fn a_number_that_a_late_folder_claims_too_is_taken_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out, calm) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("calm"));
    for (folder, number) in [("a", "N-1"), ("b", "N-2")] {
        picture(&root.join(folder).join("thin/1.png"), Film::Thin, 1);
        write(&root.join(folder).join("slide.toml"), format!("slide = \"{number}\"\n").as_bytes());
    }
    let site = dir.path().join("site");
    std::os::unix::fs::symlink(&site, root.join("site")).expect("a link");
    assert_eq!(code(&run_archive(&root, &out, &[])), 1);
    assert!(out.join("records/N-1.json").is_file());
    picture(&site.join("s1/thin/1.png"), Film::Thin, 2);
    write(&site.join("s1/slide.toml"), b"slide = \"N-1\"\n");
    let late = resume(&out, &[]);
    assert!(words(&late).contains("a: slide number N-1 is also that of site/s1;"), "{}", words(&late));
    assert_eq!(slides(&out), ["N-2", "a", "site/s1"]);
    assert!(!out.join("records/N-1.json").exists(), "whose result it is is not known any more");
    run_archive(&root, &calm, &[]);
    crate::support::archive::assert_same(&calm, &out);
    let verified = hemozoin().args(["archive", "verify", "--all"]).arg(&out).output().expect("runs");
    assert_eq!(code(&verified), 0, "{}", words(&verified));
}

#[test]
fn lines_that_are_not_the_films_of_one_patient_cost_their_slide_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    picture(&root.join("x/1.png"), Film::Thin, 1);
    let list = root.join("list.csv");
    write(
        &list,
        b"slide,film,pictures,site\nA,thin,x,Dosso\nB,thin,x,\nA,thin,x,Maradi\nA,thick,x,\nC,thin,x,Dosso\nC,thick,x,Maradi\n",
    );
    let done = run_archive(&list, &out, &[]);
    let said = words(&done);
    assert_eq!(code(&done), 1, "{said}");
    for named in ["A: lines 2, 4, 5 of the manifest", "C: line 7: site is not", "(analysed: 1, failed: 2)"] {
        assert!(said.contains(named), "{named} in:\n{said}");
    }
    assert_eq!(slides(&out), ["A", "B", "C"]);
    assert_eq!(column(&out, "slides.csv", "site"), ["", "", ""], "whose site it is is not known");
    assert_eq!(std::fs::read_dir(out.join("records")).expect("records").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_folder_whose_name_is_no_line_of_text_is_read_under_one_that_is() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    picture(&root.join("a\nerror: b\u{1b}[2J/thin/1.png"), Film::Thin, 1);
    let done = run_archive(&root, &out, &[]);
    assert!(code(&done) <= 1, "{}", words(&done));
    let slides = column(&out, "slides.csv", "slide");
    assert!(slides.len() == 1 && slides[0].starts_with("a\\nerror: b\\u{1b}[2J-"), "{slides:?}");
    let said = words(&done);
    assert!(!said.contains('\u{1b}') && !said.lines().any(|l| l.starts_with("error: b")), "{said}");
}

#[test]
fn a_number_of_several_lines_is_refused_whoever_gives_it() {
    let dir = tempfile::tempdir().expect("a folder");
    picture(&dir.path().join("1.png"), Film::Thin, 1);
    let films = vec![FilmPictures { film: Film::Thin, paths: vec![dir.path().join("1.png")] }];
    let info = SlideInfo::named("N-1\nP. falciparum");
    let source = SlideSource::of_files(info, Facts::default(), dir.path(), films);
    let engine = Engine::builder().build().expect("an engine");
    let refused = source.slide(&engine).run(&Silent).expect_err("two lines");
    assert_eq!(refused.key(), Some("error-not-one-line"));
}
