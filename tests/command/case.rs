//! A slide that goes to a far expert as one file, the answer that comes back, and what is refused on either way.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use hemozoin::exchange::{Answer, Case};
use hemozoin::record::{DetectionRecord, SlideRecord, read_file};
use hemozoin::review::{Decision, MarkId, ReadSlide, Store, Verdict};
use hemozoin::terms::CellClass;
use hemozoin::{Error, ErrorKind};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};

use crate::support::review::{Drawn, Serving, draw, sign, write};

/// As many as there are different pictures.
const FIELDS: u32 = 9;
const RINGS: u32 = 8;
const SUSPECTS: usize = 9 * 12;

/// A thick film with enough white cells for a density, and the name of a patient in its record.
fn slide(dir: &Path) -> SlideRecord {
    let drawn = Drawn { fields: FIELDS, rings: RINGS, dirt: 4, white_cells: 60 };
    let mut record = draw(dir, "N-17", drawn);
    record.slide.patient_name = Some("Moussa Ibrahim".to_owned());
    record.slide.patient_id = Some("P-4711".to_owned());
    record.slide.order = Some("Q-0815".to_owned());
    write(dir, &record);
    record
}

/// Runs the command; its exit code, stdout and stderr.
fn run(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_hemozoin")).args(["--lang", "en"]).args(args).output();
    let output = output.expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
}

fn str_of(path: &Path) -> &str {
    path.to_str().expect("text")
}

fn export(slide: &Path, out: &Path, more: &[&str]) -> String {
    let mut args = vec!["case", "export", str_of(slide), "--out", str_of(out)];
    args.extend(more);
    let (code, _, said) = run(&args);
    assert_eq!(code, 0, "{said}");
    said
}

fn answer(case: &Path, out: &Path) {
    let (code, _, said) = run(&["case", "answer", str_of(case), "--out", str_of(out)]);
    assert_eq!(code, 0, "{said}");
}

fn import(answer: &Path, slide: &Path) -> (i32, String, String) {
    run(&["case", "import", str_of(answer), "--to", str_of(slide)])
}

/// Reads a slide as `reader`: every ring is confirmed but the last `less`, and all dirt is rejected; then signs.
fn read_and_sign(folder: &Path, reader: &str, less: usize) {
    let mut rings = 0;
    let keep = |found: &DetectionRecord| {
        let ring = found.score.get() > 0.8;
        rings += usize::from(ring);
        ring && rings + less <= (RINGS * FIELDS) as usize
    };
    crate::support::review::read_and_sign(folder, &folder.join("record.json"), reader, keep);
}

/// Every entry of a file by its name.
fn entries(file: &Path) -> BTreeMap<String, Vec<u8>> {
    let bytes = std::fs::read(file).expect("read");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP file");
    let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
    let read = |name: String| {
        let mut bytes = Vec::new();
        zip.by_name(&name).expect("an entry").read_to_end(&mut bytes).expect("read");
        (name, bytes)
    };
    names.into_iter().map(read).collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// A case of a slide that an expert has read, and the folder of both.
fn answered(dir: &Path, reader: &str, less: usize) -> PathBuf {
    let case = dir.join(format!("{reader}.zip"));
    export(&dir.join("slide"), &case, &[]);
    Case::open(&case, None).expect("a case").lay_out(&case).expect("laid out");
    read_and_sign(&Case::folder(&case), reader, less);
    let back = dir.join(format!("{reader}-back.zip"));
    answer(&case, &back);
    back
}

#[test]
fn a_case_goes_is_read_on_the_page_and_comes_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let (home, case) = (dir.path().join("slide"), dir.path().join("far").join("case.zip"));
    slide(&home);
    std::fs::create_dir(case.parent().expect("a folder")).expect("made");
    let said = export(&home, &case, &["--question", "Is this falciparum?\nHow many rings?"]);
    assert!(said.contains("stay here") && said.contains("N-17"), "{said}");

    // Nobody's name, in nothing of it.
    let inside = entries(&case);
    for (name, bytes) in &inside {
        for private in ["Moussa", "P-4711", "Q-0815", "thick/1.png"] {
            assert!(!holds(bytes, private), "{private} in {name}");
        }
    }
    let crops = inside.keys().filter(|name| name.starts_with("crops/")).count();
    assert_eq!(crops, SUSPECTS, "every suspect has its crop");
    assert!(inside.contains_key("report.pdf") && inside.contains_key("fields/0001.jpg"));
    let named = dir.path().join("named.zip");
    export(&home, &named, &["--with-identity"]);
    assert!(holds(&entries(&named)["record.json"], "Moussa Ibrahim"));

    // The same slide, the same bytes.
    let again = dir.path().join("again.zip");
    export(&home, &again, &["--question", "Is this falciparum?\nHow many rings?"]);
    assert_eq!(std::fs::read(&case).expect("read"), std::fs::read(&again).expect("read"));

    // On the page.
    let serving = Serving::start(&case);
    let page = serving.get("/en/slide/p0").text();
    assert!(page.contains("Is this falciparum?") && page.contains("How many rings?"), "{page}");
    let crop = serving.get("/en/slide/p0/crop/0/small/600/2400");
    assert_eq!((crop.status, &crop.body[..2]), (200, &[0xff, 0xd8][..]));
    let shown = image::load_from_memory(&crop.body).expect("a picture").to_rgb8();
    // A ring: dark at its rim, pale in the middle.
    let shade = |x: u32| shown.get_pixel(x, 52).0[0];
    assert!(
        shade(52) > 180 && (52..70).any(|x| shade(x) < 130),
        "{:?}",
        (52..70).map(shade).collect::<Vec<_>>()
    );
    drop(serving);

    // The expert signs and answers; the laboratory takes it in, once.
    let back = dir.path().join("back.zip");
    let (code, _, said) = run(&["case", "answer", str_of(&case), "--out", str_of(&back)]);
    assert!(code == 2 && said.contains("nobody has signed"), "{said}");
    read_and_sign(&Case::folder(&case), "Dr Issa", 0);
    answer(&case, &back);
    assert!(std::fs::metadata(&back).expect("there").len() < 20_000, "decisions only");
    assert!(entries(&back).keys().eq(["case.json", "reading.json"]));
    read_and_sign(&home.join("hemozoin-result"), "Awa", 1);
    let (code, out, said) = import(&back, &home);
    assert!(code == 0 && said.contains("108 decisions added"), "{said}");
    assert!(out.contains("Awa: ") && out.contains("Dr Issa: ") && out.contains("mean of the two"), "{out}");
    let (code, twice, said) = import(&back, &home);
    assert!(code == 0 && said.contains("here already"), "{said}");
    assert_eq!(out, twice);
    let store = Store::read(&home.join("hemozoin-result")).expect("read").expect("there");
    let readings = store.readings("N-17").expect("readings");
    assert_eq!(readings.iter().map(|r| r.reader.as_str()).collect::<Vec<_>>(), ["Awa", "Dr Issa"]);
    assert!(readings.iter().all(|r| r.signed().is_some()));

    // A file is what it is.
    let (code, _, said) = import(&case, &home);
    assert!(code == 2 && said.contains("no answer to one"), "{said}");
    let (code, _, said) = run(&["review", "--no-open", str_of(&back)]);
    assert!(code == 2 && said.contains("this is an answer"), "{said}");
}

#[test]
fn answers_may_come_in_any_order_and_grow() {
    let dir = tempfile::tempdir().expect("a folder");
    slide(&dir.path().join("slide"));
    let first = answered(dir.path(), "A", 0);
    let second = answered(dir.path(), "B", 30);
    let third = answered(dir.path(), "C", 10);
    // The first expert begins a correction, and answers once more.
    let case = dir.path().join("A.zip");
    let folder = Case::folder(&case);
    let mut store = Store::open(&folder).expect("opened");
    let (record, digest) = {
        let file = folder.join("record.json");
        (read_file(&file).expect("a record"), hemozoin::intake::digest_of_file(&file).expect("read"))
    };
    let reading = store.readings("N-17").expect("readings")[0].id;
    store.correct(reading, "a fold, not a ring").expect("begun");
    store.undo(reading, "u").expect("taken back");
    let place = &record.fields[0];
    let subject = ReadSlide::replay(&record, &[]).subject(MarkId::Machine(0, 0), &record).expect("a mark");
    let field = hemozoin::review::FieldKey::from(place);
    let at = hemozoin::review::Bounds { x: 300.0, y: 300.0, width: 20.0, height: 20.0 };
    let add = Decision::Add { field, at, class: CellClass::AsexualParasite, stage: None };
    let added = store.append(reading, "add", &[add]).expect("kept");
    store.append(reading, "x", &[Decision::Judge { subject, verdict: Verdict::Nothing }]).expect("kept");
    store.append(reading, "y", &[Decision::Remove { added }]).expect("kept");
    sign(&mut store, &record, &digest, reading);
    drop(store);
    let corrected = dir.path().join("A-again.zip");
    answer(&case, &corrected);

    let orders: [[&PathBuf; 4]; 4] = [
        [&first, &corrected, &second, &third],
        [&third, &second, &corrected, &first],
        [&corrected, &third, &first, &second],
        [&second, &first, &third, &corrected],
    ];
    let mut seen = Vec::new();
    for order in orders {
        let home = dir.path().join("slide");
        let _ = std::fs::remove_file(home.join("hemozoin-result/review.sqlite"));
        let mut last = String::new();
        for file in order {
            let (code, out, said) = import(file, &home);
            assert_eq!(code, 0, "{said}");
            last = out;
        }
        let store = Store::read(&home.join("hemozoin-result")).expect("read").expect("there");
        let record = read_file(&home.join("hemozoin-result/record.json")).expect("a record");
        // What each reader made of the slide, whatever the numbers of its rows.
        let mut read: Vec<_> = store
            .readings("N-17")
            .expect("readings")
            .into_iter()
            .map(|r| {
                let entries = store.entries(r.id, 0).expect("entries");
                let marks: Vec<_> = ReadSlide::replay(&record, &entries)
                    .fields
                    .iter()
                    .flat_map(|f| f.marks.iter().map(|m| (m.at.centre(), m.verdict)))
                    .collect::<Vec<_>>();
                (
                    r.reader.clone(),
                    entries.len(),
                    r.version,
                    r.signed().expect("signed").result.clone(),
                    format!("{marks:?}"),
                )
            })
            .collect();
        read.sort();
        assert_eq!(read[0].2, 2, "the correction is a second version");
        seen.push((last, read));
    }
    assert!(
        seen.windows(2).all(|two| two[0] == two[1]),
        "{:#?}",
        seen.iter().map(|s| &s.0).collect::<Vec<_>>()
    );
    assert!(seen[0].0.contains("two closest"), "{}", seen[0].0);
}

#[test]
fn what_does_not_belong_is_refused_by_name() {
    let dir = tempfile::tempdir().expect("a folder");
    slide(&dir.path().join("slide"));
    let back = answered(dir.path(), "A", 0);
    let refused = |to: &Path, wanted: &str| {
        let (code, out, said) = import(&back, to);
        assert!(code == 2 && out.is_empty() && said.contains(wanted), "{wanted}: {said}");
    };
    // Another slide with the same number, in another laboratory.
    let other = dir.path().join("other");
    draw(&other, "N-17", Drawn { fields: 3, rings: 1, dirt: 0, white_cells: 2 });
    refused(&other, "another slide");
    assert!(!other.join("hemozoin-result/review.sqlite").exists(), "nothing is begun there");
    // Somebody of the same name who decided otherwise.
    let home = dir.path().join("slide");
    read_and_sign(&home.join("hemozoin-result"), "A", 5);
    refused(&home, "A has read this slide here");
    let (code, out, said) =
        run(&["case", "import", str_of(&back), "--to", str_of(&home), "--reader", "A (Niamey)"]);
    assert!(code == 0 && out.contains("A (Niamey): "), "{said}");
    // Analysed again since: it is kept, and said.
    let (code, _, said) = {
        let again = dir.path().join("again");
        let mut record = slide(&again);
        record.provenance.version = "0.0.9".to_owned();
        write(&again, &record);
        import(&back, &again)
    };
    assert!(code == 0 && said.contains("earlier analysis"), "{said}");
    // What was signed is not what its decisions give; a decision about nothing; all with sound digests.
    let fresh = dir.path().join("fresh");
    slide(&fresh);
    for (name, from, to, wanted) in [
        ("count", "\\\"density_per_ul\\\":", "\\\"density_per_ul\\\":1", "not what its decisions give here"),
        (
            "reference",
            "\"decisions\":[",
            "\"decisions\":[{\"seq\":-1,\"batch\":-1,\"version\":1,\"at\":\"2026-11-29T10:00:00Z\",\
            \"decision\":{\"kind\":\"remove\",\"added\":7}},",
            "damaged",
        ),
        ("time", "\"begun_at\":\"2", "\"begun_at\":\"x2", "damaged"),
    ] {
        let forged = dir.path().join(format!("{name}.zip"));
        std::fs::write(&forged, repacked(&back, "reading.json", from, to)).expect("written");
        let (code, out, said) = import(&forged, &fresh);
        assert!(code != 0 && out.is_empty() && said.contains(wanted), "{name}: {said}");
    }
    let untouched = fresh.join("hemozoin-result");
    assert!(
        Store::read(&untouched).expect("read").is_none_or(|s| s.readings("N-17").expect("read").is_empty())
    );
    // The file of one case under the name of another.
    let case = dir.path().join("A.zip");
    export(&other, &case, &[]);
    let (code, _, said) = run(&["review", "--no-open", str_of(&case)]);
    assert!(code == 2 && said.contains("another case lies"), "{said}");
}

/// The file with one entry changed, and every digest as it then has to be.
fn repacked(file: &Path, entry: &str, from: &str, to: &str) -> Vec<u8> {
    let hex = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect::<String>();
    let mut inside = entries(file);
    let text = String::from_utf8(inside[entry].clone()).expect("text");
    assert!(text.contains(from), "{from} is not in {entry}");
    let changed = text.replace(from, to).into_bytes();
    let mut manifest: serde_json::Value = serde_json::from_slice(&inside["case.json"]).expect("JSON");
    for one in manifest["entries"].as_array_mut().expect("entries") {
        if one["name"] == entry {
            one["bytes"] = changed.len().into();
            one["sha256"] = hex(&changed).into();
        }
    }
    inside.insert(entry.to_owned(), changed);
    let json = serde_json::to_vec(&manifest).expect("JSON");
    let comment = format!("hemozoin case.json sha256 {}", hex(&json));
    inside.insert("case.json".to_owned(), json);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in inside {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        zip.write_all(&bytes).expect("written");
    }
    zip.set_comment(comment).expect("a comment");
    zip.finish().expect("whole").into_inner()
}

fn opened(bytes: &[u8], dir: &Path) -> Result<Case, Error> {
    let file = dir.join("changed.zip");
    std::fs::write(&file, bytes).expect("written");
    Case::open(&file, None)
}

#[test]
fn what_was_changed_on_the_way_is_refused_or_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let (home, file) = (dir.path().join("slide"), dir.path().join("case.zip"));
    slide(&home);
    export(&home, &file, &["--max-size", "200kB"]);
    let whole = std::fs::read(&file).expect("read");
    let record = Case::open(&file, None).expect("whole").record().clone();
    for kept in (0..whole.len()).step_by(1000) {
        let refused = opened(&whole[..kept], dir.path()).expect_err("cut off");
        assert_eq!(
            (refused.kind(), refused.key()),
            (ErrorKind::Unreadable, Some("error-case-cut")),
            "{kept}"
        );
    }
    for seed in 0..40 {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let mut flipped = whole.clone();
        // One byte in a hundred, and for half of the seeds a single one.
        let bytes = if seed % 2 == 0 { whole.len() / 100 } else { 1 };
        for _ in 0..bytes {
            let at = dice.random_range(0..flipped.len());
            flipped[at] ^= 1 << dice.random_range(0..8);
        }
        match opened(&flipped, dir.path()) {
            Ok(case) => {
                assert!(bytes == 1 && *case.record() == record, "{seed}");
                (0..record.fields.len()).for_each(|at| drop(case.picture(at).expect("whole")));
            }
            Err(refused) => {
                let key = refused.key().unwrap_or_default();
                assert!(
                    ["error-case-cut", "error-case-changed", "error-case-none"].contains(&key),
                    "{refused}"
                );
            }
        }
    }
    // Of a newer program; with something more in it; with something missing.
    let rewritten = |change: &dyn Fn(&str) -> String, drop: &str, more: &str| {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        let mut digest = String::new();
        for (name, mut bytes) in entries(&file) {
            if name == "case.json" {
                bytes = change(std::str::from_utf8(&bytes).expect("text")).into_bytes();
                digest = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
            }
            if name != drop {
                zip.start_file(name, options).expect("begun");
                zip.write_all(&bytes).expect("written");
            }
        }
        if !more.is_empty() {
            zip.start_file(more, options).expect("begun");
        }
        zip.set_comment(format!("hemozoin case.json sha256 {digest}")).expect("a comment");
        opened(&zip.finish().expect("whole").into_inner(), dir.path()).map(|_| ())
    };
    let same = |text: &str| text.to_owned();
    rewritten(&same, "", "").expect("whole, though packed by another program");
    let newer = rewritten(&|text| text.replace("hemozoin-case/1", "hemozoin-case/2"), "", "");
    assert_eq!(newer.expect_err("newer").key(), Some("error-case-version"));
    let mut keys = [rewritten(&same, "record.json", ""), rewritten(&same, "", "../more.txt")]
        .map(|case| case.expect_err("not what was sent").key().map(str::to_owned));
    assert_eq!(keys.each_mut().map(|key| key.take()), [0, 1].map(|_| Some("error-case-changed".to_owned())));
}

#[test]
fn a_small_case_has_the_best_crops() {
    let dir = tempfile::tempdir().expect("a folder");
    let home = dir.path().join("slide");
    let record = slide(&home);
    let mut before = 0;
    for (size, most) in [("30kB", 30_000), ("60 kB", 60_000), ("0.2MB", 200_000), ("5MB", 5_000_000)] {
        let file = dir.path().join("case.zip");
        let said = export(&home, &file, &["--max-size", size]);
        let inside = entries(&file);
        assert!(std::fs::metadata(&file).expect("there").len() <= most, "{size}");
        let crops = inside.keys().filter(|name| name.starts_with("crops/")).count();
        assert!(crops >= before && crops > 0, "{size}: {crops} crops");
        assert_eq!(crops < SUSPECTS, said.contains("did not fit"), "{said}");
        before = crops;
        // Crops of rings, which are certain, stand before those of dirt.
        let manifest: serde_json::Value = serde_json::from_slice(&inside["case.json"]).expect("JSON");
        let first = &manifest["crops"][0];
        let field = &record.fields[first["field"].as_u64().expect("a number") as usize];
        let middle = first["y"].as_u64().expect("a number") + first["height"].as_u64().expect("a number") / 2;
        assert!(
            field.detections.iter().any(|d| d.score.get() > 0.9 && (d.y + 10.0 - middle as f64).abs() < 2.0)
        );
    }
    let (code, _, said) = run(&["case", "export", str_of(&home), "--out", "x", "--max-size", "1kB"]);
    assert!(code == 2 && said.contains("20kB"), "{said}");
    assert!(Answer::open(&home.join("thick/1.png"), None).is_err());
}

#[test]
fn an_encrypted_case_opens_for_the_one_it_is_for() {
    let dir = tempfile::tempdir().expect("a folder");
    let at = |name: &str| dir.path().join(name);
    let (home, case) = (at("slide"), at("case.age"));
    slide(&home);
    let key = |name: &str| {
        let (code, public, said) = run(&["case", "key", "--out", str_of(&at(name))]);
        assert!(code == 0 && public.starts_with("age1") && said.contains("give it to nobody"), "{said}");
        public.trim().to_owned()
    };
    let (theirs, ours) = (key("their.key"), key("our.key"));
    let again = run(&["case", "key", "--out", str_of(&at("their.key"))]);
    assert!(again.0 == 2 && again.2.contains("not written over"), "{again:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(at("their.key")).expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else reads it");
    }

    export(&home, &case, &["--recipient", &theirs, "--max-size", "200kB"]);
    let bytes = std::fs::read(&case).expect("read");
    assert!(bytes.len() <= 200_000 && !holds(&bytes, "N-17") && !holds(&bytes, "record.json"));
    let wrong =
        run(&["case", "export", str_of(&home), "--out", str_of(&at("x")), "--recipient", "age1nobody"]);
    assert!(wrong.0 == 2 && wrong.2.contains("age1"), "{wrong:?}");

    // Without the key, with another one, with the right one.
    let out = at("answer.age");
    let tried =
        |more: &[&str]| run(&[&["case", "answer", str_of(&case), "--out", str_of(&out)], more].concat());
    assert!(tried(&[]).2.contains("--key"), "{:?}", tried(&[]));
    assert!(tried(&["--key", str_of(&at("our.key"))]).2.contains("another key"));
    let secret = hemozoin::exchange::SecretKey::read(&at("their.key")).expect("a key");
    Case::open(&case, Some(&secret)).expect("a case").lay_out(&case).expect("laid out");
    read_and_sign(&Case::folder(&case), "Dr Far", 0);
    let done = tried(&["--key", str_of(&at("their.key")), "--recipient", &ours]);
    assert_eq!(done.0, 0, "{done:?}");
    assert!(!holds(&std::fs::read(&out).expect("read"), "Dr Far"));

    let (code, _, said) = import(&out, &home);
    assert!(code == 2 && said.contains("--key"), "{said}");
    let taken =
        run(&["case", "import", str_of(&out), "--to", str_of(&home), "--key", str_of(&at("our.key"))]);
    assert!(taken.0 == 0 && taken.2.contains("read by Dr Far"), "{taken:?}");
}
