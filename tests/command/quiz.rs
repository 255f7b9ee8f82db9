//! `hemozoin quiz` over its server, and what a trainer sees of a class.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use hemozoin::intake::digest_of_file;
use hemozoin::record::read_file;
use hemozoin::review::{Decision, FieldKey, ReadSlide, Store, Verdict};
use hemozoin::terms::{CellClass, Stage};
use serde_json::{Value, json};

use crate::support::archive::{code, run_archive, words};
use crate::support::review::Serving;

/// One of each, small enough to be drawn in a test.
const COURSE: &str = "name = \"x\"\nseed = 7\n\
    [[crops]]\nnumber = 1\nthings = [\"ring\"]\n\
    [[slides]]\nnumber = 1\nfields = 2\nask = \"both\"\nparasites_per_ul = 20000\n\
    [[slides]]\nnumber = 1\nfields = 2\nparasites_per_ul = 0\n";

fn quiz(args: &[&str], more: &[&Path]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
    command.args(["--lang", "en", "quiz", "--no-open"]).args(args).args(more);
    command
}

fn run(lang: &str, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
    command.args(["--lang", lang, "quiz"]).args(args).output().expect("it runs")
}

fn begin(serving: &Serving, trainee: &str) -> String {
    let answer = serving.post("/en/begin", &json!({ "trainee": trainee, "course": 0 }));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["sitting"].as_str().expect("a sitting").to_owned()
}

struct Sat<'a> {
    serving: &'a Serving,
    at: String,
}

impl<'a> Sat<'a> {
    fn new(serving: &'a Serving, trainee: &str) -> Self {
        Self { serving, at: format!("/en/sitting/{}", begin(serving, trainee)) }
    }

    fn state(&self) -> Value {
        self.serving.get(&format!("{}/state.json", self.at)).json()
    }

    fn question(&self, number: usize) -> Value {
        self.serving.get(&format!("{}/question/{number}/question.json", self.at)).json()
    }

    fn path(&self, number: usize, rest: &str) -> String {
        format!("{}/question/{number}/{rest}", self.at)
    }

    fn answer(&self, number: usize, answer: &Value) -> (u16, Value) {
        let reply = self.serving.post(&self.path(number, "answer"), answer);
        (reply.status, reply.json())
    }
}

#[test]
fn a_course_is_sat_and_a_trainer_sees_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let (course, results) = (dir.path().join("course.toml"), dir.path().join("class").join("results.jsonl"));
    std::fs::write(&course, COURSE).expect("written");
    let serving = Serving::of(quiz(&["--course"], &[&course, Path::new("--results"), &results]));
    for nobody in ["", "  ", "a\nb"] {
        let refused = serving.post("/en/begin", &json!({ "trainee": nobody, "course": 0 }));
        assert_eq!((refused.status, refused.json()["key"].as_str()), (400, Some("error-quiz-name")));
    }
    assert!(!results.exists(), "nothing is written before somebody sits");
    let sat = Sat::new(&serving, "Awa");
    // What is right is nowhere before it is answered.
    for (number, of) in [(0, "crop"), (1, "slide"), (2, "slide")] {
        let question = sat.question(number);
        assert_eq!(
            (&question["of"], &question["answered"], &question["outcome"]),
            (&of.into(), &false.into(), &Value::Null)
        );
    }
    let refused = serving.get(&sat.path(1, "marks/0"));
    assert_eq!((refused.status, refused.json()["key"].as_str()), (409, Some("error-quiz-not-yet")));
    // Pictures are there, each drawn when it is asked for, and nowhere else.
    let thing = serving.get(&sat.path(0, "thing.jpg"));
    let (tile, none) = (serving.get(&sat.path(1, "tile/1/0/2/1")), serving.get(&sat.path(1, "tile/2/0/0/0")));
    let size =
        |bytes: &[u8]| image::load_from_memory(bytes).map(|p| (p.width(), p.height())).expect("a picture");
    assert_eq!((size(&thing.body), size(&tile.body), none.status), ((420, 420), (256, 448), 404));
    // An answer is kept once.
    let (status, told) = sat.answer(0, &json!({ "of": "crop", "thing": "platelet" }));
    assert_eq!((status, &told["outcome"]["right"]), (200, &false.into()), "{told}");
    assert_eq!(sat.answer(0, &json!({ "of": "crop", "thing": "ring" })).0, 409);
    let slides: Vec<usize> = vec![1, 2];
    let wrong = json!({ "of": "slide", "positive": false, "looked": 2, "fields": [{ "field": 0, "counts": [1, 0, 0, 0, 0] }] });
    assert_eq!(sat.answer(1, &wrong).1["key"], "error-quiz-contradiction");
    assert_eq!(sat.answer(1, &json!({ "of": "slide", "looked": 2 })).1["key"], "error-quiz-say");
    // Stopped like a power cut; the same name goes on with the same questions.
    serving.kill();
    let serving = Serving::of(quiz(&["--course"], &[&course, Path::new("--results"), &results]));
    let sat = Sat::new(&serving, " Awa ");
    assert_eq!(sat.state()["questions"][0]["answered"], true);
    for number in slides {
        let none = json!({ "of": "slide", "positive": false, "looked": 2 });
        let told = sat.answer(number, &none).1["outcome"].clone();
        let marks = serving.get(&sat.path(number, "marks/0")).json();
        let missed = marks.as_array().expect("marks").iter().filter(|m| m["state"] == "missed").count();
        let off = told["off"].as_array().expect("fields");
        let parasites = marks.as_array().expect("marks").iter().filter(|m| m["thing"] == "ring").count();
        // Of the positive slide every field is named, and every ring in it is marked as missed.
        assert_eq!(told["right"], off.is_empty(), "{told}");
        assert!(missed >= parasites && (parasites > 0) != off.is_empty(), "{told} {marks}");
    }
    let state = sat.state();
    assert_eq!(state["complete"], true);
    let said = state["score"].as_array().expect("sentences").iter().map(|s| s.as_str().expect("text"));
    let said: Vec<&str> = said.collect();
    assert!(said[0].starts_with("Detection: 1 of 2, 50.0 %") && said[0].ends_with("level 4"), "{said:?}");
    assert!(serving.get(&format!("{}/sheet.pdf", sat.at)).body.starts_with(b"%PDF-1.7"));
    // The same seed, the same slides for another trainee.
    let other = Sat::new(&serving, "Issa");
    assert_eq!(
        serving.get(&other.path(1, "tile/0/0/0/0")).body,
        serving.get(&sat.path(1, "tile/0/0/0/0")).body
    );

    let file = results.display().to_string();
    let (shown, french) = (run("en", &["results", &file]), run("fr", &["results", &file, "--format", "csv"]));
    let text = String::from_utf8_lossy(&shown.stdout).into_owned();
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!((code(&shown), rows.len()), (0, 3), "{text}");
    assert!(rows[1].starts_with("Awa ") && rows[1].contains("3 / 3") && rows[1].ends_with('4'), "{text}");
    assert!(
        rows[2].starts_with("Issa ") && rows[2].contains("0 / 3") && rows[2].ends_with('\u{2013}'),
        "{text}"
    );
    let table = String::from_utf8(french.stdout).expect("text");
    assert!(table.starts_with("\u{feff}trainee;course;seed;") && table.contains("\nAwa;x;7;"), "{table}");
    let sheets = dir.path().join("sheets");
    let folder = sheets.display().to_string();
    let written = run("fr", &["results", &file, "--format", "json", "--sheets", &folder, "--trainee", "Awa"]);
    let line: Value = serde_json::from_slice(&written.stdout).expect("one line of JSON");
    assert_eq!((&line["trainee"], &line["score"]["level"]), (&"Awa".into(), &4.into()));
    assert_eq!(std::fs::read_dir(&sheets).expect("a folder").count(), 1);
    // A line that is none is named; the others are shown.
    let more = std::fs::read_to_string(&results).expect("text") + "no answer\n";
    std::fs::write(&results, more).expect("written");
    let damaged = run("en", &["results", &file]);
    assert_eq!((code(&damaged), String::from_utf8_lossy(&damaged.stdout).lines().count()), (1, 3));
    assert!(words(&damaged).contains("line 6") || words(&damaged).contains(":6"), "{}", words(&damaged));
}

/// Every file below a folder, whatever it is, with its bytes.
fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_path_buf(), std::fs::read(entry.path()).expect("readable"))).collect()
}

/// Looks at every field, calls the first suspects rings and the rest dirt, and signs.
fn read_and_sign(out: &Path, record: &Path) {
    let (file, record) = (record, read_file(record).expect("a record"));
    let slide = ReadSlide::replay(&record, &[]);
    let mut decisions = Vec::new();
    for (field, read) in record.fields.iter().zip(&slide.fields) {
        decisions.push(Decision::Looked { field: FieldKey::from(field), whole: true });
        for (n, mark) in read.suspects().enumerate() {
            let ring = Verdict::Seen { class: CellClass::AsexualParasite, stage: Some(Stage::Ring) };
            let verdict = if n < 3 { ring } else { Verdict::Nothing };
            decisions
                .push(Decision::Judge { subject: slide.subject(mark.id, &record).expect("a mark"), verdict });
        }
    }
    let mut store = Store::open(out).expect("opened");
    let reading = store.begin(&record.slide.id, "H. I.", false).expect("begun").id;
    let last = store.append(reading, "1", &decisions).expect("kept");
    store.sign(reading, last, &digest_of_file(file).expect("read"), "{}").expect("signed");
}

#[test]
fn a_quiz_over_a_signed_archive_leaves_every_byte_of_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, out) = (dir.path().join("in"), dir.path().join("out"));
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/reference-thick.png");
    for slide in ["N-1", "N-2"] {
        std::fs::create_dir_all(root.join(slide).join("thick")).expect("a folder");
        std::fs::copy(&sample, root.join(slide).join("thick/1.png")).expect("a picture");
    }
    let ran = run_archive(&root, &out, &["--um-per-px", "0.14"]);
    assert!(code(&ran) <= 1, "{}", words(&ran));
    let results = dir.path().join("results.jsonl");
    let asked = |path: &Path| quiz(&["--results"], &[&results, path]).output().expect("it runs");
    let unsigned = asked(&out);
    assert_eq!(code(&unsigned), 2);
    assert!(words(&unsigned).contains("signed"), "{}", words(&unsigned));
    read_and_sign(&out, &out.join("records/N-1.json"));
    let before = everything(dir.path());

    // Where patients' records lie no answer is written, however the place is named.
    for place in [out.join("results.jsonl"), out.join("new/results.jsonl"), root.join("../out/r.jsonl")] {
        let refused = quiz(&["--results"], &[&place, &out]).output().expect("it runs");
        assert_eq!(code(&refused), 2);
        assert!(words(&refused).contains("patients' records"), "{}", words(&refused));
    }
    let serving = Serving::of(quiz(&["--results"], &[&results, &out]));
    let sat = Sat::new(&serving, "Awa");
    let questions = sat.state()["questions"].as_array().expect("questions").len();
    let mut asked = BTreeMap::new();
    for number in 0..questions {
        let question = sat.question(number);
        let of = question["of"].as_str().expect("a kind").to_owned();
        let (picture, answer) = match of.as_str() {
            "crop" => ("thing.jpg", json!({ "of": "crop", "thing": "ring" })),
            _ => {
                let counted = json!([{ "field": 0, "counts": [3, 0, 0, 0, 5], "marks": [["ring", 9, 9]] }]);
                ("tile/0/0/0/0", json!({ "of": "slide", "positive": true, "looked": 1, "fields": counted }))
            }
        };
        assert_eq!(serving.get(&sat.path(number, picture)).status, 200);
        let (status, told) = sat.answer(number, &answer);
        assert_eq!(status, 200, "{told}");
        asked.entry(of).or_insert_with(Vec::new).push(told["outcome"]["right"] == true);
        if answer["of"] == "slide" {
            let marks = serving.get(&sat.path(number, "marks/0")).json();
            let rings = marks
                .as_array()
                .expect("marks")
                .iter()
                .filter(|m| m["thing"] == "ring" && m["state"] != "nothing");
            assert_eq!(rings.count(), 3);
        }
    }
    // One slide, its three rings, and what was rejected.
    assert_eq!(asked["slide"].len(), 1);
    assert!(
        asked["crop"].iter().filter(|right| **right).count() == 3 && asked["crop"].len() > 3,
        "{asked:?}"
    );
    assert_eq!(sat.state()["complete"], true);
    drop(serving);
    let mut after = everything(dir.path());
    assert!(after.remove(&results).is_some_and(|bytes| !bytes.is_empty()));
    let same = |(a, b): (&PathBuf, &PathBuf)| a == b && before[a] == after[b];
    assert!(
        before.len() == after.len() && before.keys().zip(after.keys()).all(same),
        "{:?} {:?}",
        before.keys(),
        after.keys()
    );
}

#[test]
fn a_course_that_cannot_be_asked_is_refused_before_the_page_opens() {
    let dir = tempfile::tempdir().expect("a folder");
    let course = dir.path().join("course.toml");
    std::fs::write(&course, "name = \"x\"\n[[slides]]\nnumber = 1\n").expect("written");
    let refused = quiz(&["--course"], &[&course]).output().expect("it runs");
    assert_eq!(code(&refused), 2);
    assert!(
        words(&refused).contains("parasites_per_ul") && words(&refused).contains("course.toml"),
        "{}",
        words(&refused)
    );
    let unknown = run("fr", &["--no-open", "--course", "oms"]);
    assert_eq!(code(&unknown), 2);
    assert!(words(&unknown).contains("practice, who-55"), "{}", words(&unknown));
}
