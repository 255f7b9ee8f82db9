//! Decisions of readers: kept, laid over the record by place, counted and signed.

#![cfg(feature = "review")]

use hemozoin::record::{DetectionRecord, SlideRecord};
use hemozoin::review::{
    Bounds, Decision, Disagreement, FieldKey, MarkId, Progress, ReadCounts, ReadSlide, Signed, Store,
    Verdict, as_signed, grade_reading, signed_reading,
};
use hemozoin::terms::{CellClass, Film, Stage};

use crate::support::slides::{Case, detection};

const NOTHING: Verdict = Verdict::Nothing;
const RING: Verdict = Verdict::Seen { class: CellClass::AsexualParasite, stage: Some(Stage::Ring) };

/// A record of these fields whose detections are as many as its tallies say.
fn record(text: &str) -> SlideRecord {
    let case: Case = toml::from_str(text).expect("a case");
    let mut record = case.record();
    for field in &mut record.fields {
        let mut found: Vec<DetectionRecord> = Vec::new();
        let row = |n: u64, y: f64, side: f64, step: f64| {
            (0..n).map(move |i| [10.0 + step * i as f64, y + 0.3, side, side]).collect::<Vec<_>>()
        };
        let parasites = field.tally.asexual_parasites;
        found.extend(
            row(parasites, 20.0, 24.0, 60.0).into_iter().map(|at| detection(CellClass::AsexualParasite, at)),
        );
        found.extend(
            row(field.tally.white_cells, 90.0, 30.0, 34.0)
                .into_iter()
                .map(|at| detection(CellClass::WhiteCell, at)),
        );
        // The first red cells lie around the parasites.
        for i in 0..field.tally.red_cells {
            let (x, y) = if i < parasites {
                (10.0 + 60.0 * i as f64, 10.0)
            } else {
                (10.0 + 50.0 * (i - parasites) as f64, 120.0)
            };
            found.push(detection(CellClass::RedCell, [x, y, 44.0, 44.0]));
        }
        field.detections = found;
    }
    record
}

fn thick() -> SlideRecord {
    record("slide = \"S\"\nthick = \"4x2:5 1x0:6\"\n[scale]\num_per_px = 0.1\nbasis = \"given\"")
}

/// A reading that A has begun, and the folder it is kept in as long as that lives.
fn begun() -> (tempfile::TempDir, Store, i64) {
    let dir = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(dir.path()).expect("opened");
    let reading = store.begin("S", "A", false).expect("begun").id;
    (dir, store, reading)
}

fn judge(record: &SlideRecord, slide: &ReadSlide, id: MarkId, verdict: Verdict) -> Decision {
    Decision::Judge { subject: slide.subject(id, record).expect("a mark"), verdict }
}

fn suspects(slide: &ReadSlide, film: Film) -> Vec<MarkId> {
    slide.suspects(film).map(|mark| mark.id).collect()
}

/// The slide as it was read, and how far it is.
fn read(record: &SlideRecord, store: &Store, reading: i64) -> (ReadSlide, Progress) {
    let slide = ReadSlide::replay(record, &store.entries(reading, 0).expect("kept"));
    let counts = ReadCounts::of(record, &slide);
    let progress = Progress::of(record, &slide, &counts);
    grade_reading(record, &slide, &counts).expect("graded");
    (slide, progress)
}

#[test]
fn what_is_confirmed_in_full_is_what_the_machine_counted() {
    let thin = "slide = \"S\"\nthin = [[3, 9, 0], [0, 7, 0], [2, 2, 0]]\n[scale]\num_per_px = 0.1\nbasis = \"given\"";
    for (record, film) in [(thick(), Film::Thick), (record(thin), Film::Thin)] {
        let (_dir, mut store, reading) = begun();
        let (slide, before) = read(&record, &store, reading);
        let before = &before.films[0];
        assert_eq!(
            (before.read.asexual_parasites, before.read.infected_red_cells),
            (0, 0),
            "nobody confirmed any"
        );
        assert_eq!(
            (before.read.white_cells, before.read.red_cells),
            (before.machine.white_cells, before.machine.red_cells)
        );
        assert_eq!(before.open, before.machine, "{film:?}");
        let all: Vec<Decision> =
            suspects(&slide, film).into_iter().map(|id| judge(&record, &slide, id, RING)).collect();
        store.append(reading, "k", &all).expect("kept");
        let (_, after) = read(&record, &store, reading);
        assert_eq!(after.films[0].read, after.films[0].machine, "{film:?}");
        assert!(after.films[0].is_read() && after.left() == 0);
    }
}

#[test]
fn each_decision_moves_the_count_and_undo_takes_back_what_was_decided_together() {
    let record = thick();
    let (_dir, mut store, reading) = begun();
    let (slide, _) = read(&record, &store, reading);
    let ids = suspects(&slide, Film::Thick);
    assert_eq!(ids.len(), 8);
    let white = slide.fields[0].marks.iter().find(|m| m.class == CellClass::WhiteCell).expect("one").id;
    let figures = |store: &Store| {
        let film = read(&record, store, reading).1.films[0].clone();
        (film.confirmed, film.judged, film.added, film.read.asexual_parasites, film.read.white_cells)
    };
    store.append(reading, "1", &[judge(&record, &slide, ids[0], RING)]).expect("kept");
    assert_eq!(figures(&store), (1, 1, 0, 1, 26));
    let row: Vec<Decision> = ids[1..5].iter().map(|id| judge(&record, &slide, *id, NOTHING)).collect();
    store.append(reading, "2", &row).expect("kept");
    store.append(reading, "3", &[judge(&record, &slide, ids[5], Verdict::Doubtful)]).expect("kept");
    assert_eq!(figures(&store), (1, 6, 0, 1, 26));
    store.append(reading, "4", &[judge(&record, &slide, white, NOTHING)]).expect("kept");
    assert_eq!(figures(&store), (1, 6, 0, 1, 25));
    let at = Bounds { x: 300.0, y: 300.0, width: 25.0, height: 25.0 };
    let add = Decision::Add {
        field: FieldKey::from(&record.fields[4]),
        at,
        class: CellClass::AsexualParasite,
        stage: None,
    };
    let own = store.append(reading, "5", &[add]).expect("kept");
    assert_eq!(figures(&store), (1, 6, 1, 2, 25));
    let to = Bounds { x: 310.0, ..at };
    let (slide, _) = read(&record, &store, reading);
    let moved = Decision::Move { subject: slide.subject(MarkId::Own(own), &record).expect("own"), to };
    store.append(reading, "6", &[moved]).expect("kept");
    let (slide, _) = read(&record, &store, reading);
    assert_eq!(slide.mark(MarkId::Own(own)).expect("there").1.at, to);
    // A field that is left out takes its counts with it.
    let exclude =
        Decision::Exclude { field: FieldKey::from(&record.fields[0]), reason: "blurred".to_owned() };
    store.append(reading, "7", &[exclude]).expect("kept");
    assert_eq!(figures(&store), (1, 6, 1, 1, 21));
    // Back, step by step; the row goes as it came, together.
    for wanted in [
        (1, 6, 1, 2, 25),
        (1, 6, 1, 2, 25),
        (1, 6, 0, 1, 25),
        (1, 6, 0, 1, 26),
        (1, 5, 0, 1, 26),
        (1, 1, 0, 1, 26),
        (0, 0, 0, 0, 26),
    ] {
        let steps = store.entries(reading, 0).expect("kept").len();
        store.undo(reading, &format!("u{steps}")).expect("undone").expect("something");
        assert_eq!(figures(&store), wanted);
    }
    assert_eq!(store.undo(reading, "none").expect("asked"), None);
    // Nothing was taken out of the file: ten decisions and seven that take back.
    assert_eq!(store.entries(reading, 0).expect("kept").len(), 17);
}

#[test]
fn a_decision_sent_twice_is_kept_once_and_outlives_the_process() {
    let record = thick();
    let (dir, mut store, reading) = begun();
    let slide = ReadSlide::replay(&record, &[]);
    let id = suspects(&slide, Film::Thick)[0];
    let decision = [judge(&record, &slide, id, RING)];
    let first = store.append(reading, "key", &decision).expect("kept");
    // The process ends between the disk and the answer; the page sends the same again to the next one.
    drop(store);
    let mut store = Store::open(dir.path()).expect("opened");
    assert_eq!(store.append(reading, "key", &decision).expect("known"), first);
    assert_eq!(store.entries(reading, 0).expect("kept").len(), 1);
    assert_eq!(store.undo(reading, "back").expect("undone"), store.undo(reading, "back").expect("undone"));
    assert_eq!(store.entries(reading, 0).expect("kept").len(), 2);
    assert_eq!(store.begin("S", " A ", true).expect("the same").id, reading, "a reader goes on");
}

#[test]
fn rows_are_never_changed() {
    let record = thick();
    let (_dir, mut store, reading) = begun();
    let slide = ReadSlide::replay(&record, &[]);
    let id = suspects(&slide, Film::Thick)[0];
    store.append(reading, "k", &[judge(&record, &slide, id, RING)]).expect("kept");
    let seen = store.last(reading).expect("kept");
    store.sign(reading, seen, "sha", "{}").expect("signed");
    let db = rusqlite::Connection::open(store.path()).expect("opened");
    for sql in [
        "UPDATE decision SET body = '{}'",
        "DELETE FROM decision",
        "UPDATE reading SET reader = 'B'",
        "DELETE FROM reading",
        "UPDATE signature SET result = 'x'",
        "DELETE FROM signature",
    ] {
        let refused = db.execute(sql, []).expect_err(sql).to_string();
        assert!(refused.contains("never changed"), "{sql}: {refused}");
    }
}

#[test]
fn another_run_of_the_machine_keeps_what_was_decided() {
    let record = thick();
    let (_dir, mut store, reading) = begun();
    let slide = ReadSlide::replay(&record, &[]);
    let ids = suspects(&slide, Film::Thick);
    let verdicts = [RING, NOTHING, RING, RING];
    let decisions: Vec<Decision> =
        ids.iter().zip(verdicts).map(|(id, verdict)| judge(&record, &slide, *id, verdict)).collect();
    store.append(reading, "k", &decisions).expect("kept");
    let mut again = record.clone();
    again.fields[0].image = "renamed.jpg".to_owned();
    for field in &mut again.fields {
        for found in &mut field.detections {
            found.x += 3.0;
        }
    }
    // In the second field one is not found any more, and the other is taken for something else.
    again.fields[1].detections[0].class = CellClass::Platelet;
    again.fields[1].detections[0].stage = None;
    again.fields[1].detections.remove(1);
    let (slide, progress) = read(&again, &store, reading);
    let film = &progress.films[0];
    assert_eq!((film.suspects, film.judged, film.confirmed), (6, 2, 1));
    assert_eq!(film.read.asexual_parasites, 3, "what a person confirmed stays counted");
    let said = slide.disagreements();
    assert!(
        matches!(
            said[0],
            Disagreement::OtherClass {
                field: 1,
                was: CellClass::AsexualParasite,
                now: CellClass::Platelet,
                ..
            }
        ),
        "{said:?}"
    );
    assert!(matches!(said[1], Disagreement::NotFoundAgain { field: 1, .. }), "{said:?}");
    assert_eq!(said.len(), 2);
    // A picture that is gone: its decisions are kept and count for nothing.
    again.fields.remove(0);
    let (slide, progress) = read(&again, &store, reading);
    assert_eq!(progress.films[0].read.asexual_parasites, 2);
    assert!(slide.disagreements().contains(&Disagreement::FieldGone { decisions: 2 }));
}

#[test]
fn two_readers_keep_to_themselves_and_two_pages_see_each_other() {
    let record = thick();
    let dir = tempfile::tempdir().expect("a folder");
    let mut one = Store::open(dir.path()).expect("opened");
    let mut two = Store::open(dir.path()).expect("opened");
    let a = one.begin("S", "A", false).expect("begun").id;
    let b = two.begin("S", "B", true).expect("begun").id;
    assert_ne!(a, b);
    let slide = ReadSlide::replay(&record, &[]);
    let ids = suspects(&slide, Film::Thick);
    std::thread::scope(|scope| {
        for (store, reading, verdict) in [(&mut one, a, RING), (&mut two, b, NOTHING)] {
            let (record, slide, ids) = (&record, &slide, &ids);
            scope.spawn(move || {
                for (i, id) in ids.iter().enumerate() {
                    store
                        .append(reading, &i.to_string(), &[judge(record, slide, *id, verdict)])
                        .expect("kept");
                }
            });
        }
    });
    assert_eq!(read(&record, &two, a).1.films[0].confirmed, 8, "the other connection sees it");
    assert_eq!(read(&record, &one, b).1.films[0].confirmed, 0);
    assert_eq!(one.readings("S").expect("kept").iter().map(|r| r.blind).collect::<Vec<_>>(), [false, true]);
    assert_eq!(one.readers().expect("kept"), ["B", "A"]);
}

#[test]
fn a_signed_reading_is_locked_and_a_correction_keeps_both_versions() {
    let record = thick();
    let (_dir, mut store, reading) = begun();
    let slide = ReadSlide::replay(&record, &[]);
    let id = suspects(&slide, Film::Thick)[0];
    let confirmed = [judge(&record, &slide, id, RING)];
    let key_of = |e: hemozoin::Error| e.key();
    assert_eq!(store.correct(reading, "too early").map_err(key_of), Err(Some("error-review-not-signed")));
    store.append(reading, "1", &confirmed).expect("kept");
    let seen = store.last(reading).expect("kept");
    store.append(reading, "2", &[judge(&record, &slide, id, NOTHING)]).expect("kept");
    assert_eq!(store.sign(reading, seen, "sha", "{}").map_err(key_of), Err(Some("error-review-changed")));
    store.sign(reading, seen + 1, "sha", "first").expect("signed");
    for refused in
        [store.append(reading, "3", &confirmed), store.sign(reading, seen + 1, "sha", "x").map(|()| 0)]
    {
        assert_eq!(refused.map_err(key_of), Err(Some("error-review-signed")));
    }
    assert_eq!(store.undo(reading, "4").map_err(key_of), Err(Some("error-review-signed")));
    assert_eq!(store.correct(reading, " \n ").map_err(key_of), Err(Some("error-review-correction")));
    store.correct(reading, "looked again").expect("begun");
    assert_eq!(store.undo(reading, "5").expect("asked"), None, "what was signed is not taken back");
    store.append(reading, "6", &confirmed).expect("kept");
    let seen = store.last(reading).expect("kept");
    store.sign(reading, seen, "sha", "second").expect("signed");
    let kept = &store.readings("S").expect("kept")[0];
    assert_eq!((kept.version, kept.correction.as_deref()), (2, Some("looked again")));
    let results: Vec<&str> = kept.signatures.iter().map(|s| s.result.as_str()).collect();
    assert_eq!(results, ["first", "second"]);
    assert!(kept.signatures[0].upto < kept.signatures[1].upto);
}

#[test]
fn a_sample_is_the_same_for_every_reader_and_another_for_another_slide() {
    let text = "slide = \"S\"\nthick = \"60x5:5\"\n[scale]\num_per_px = 0.1\nbasis = \"given\"";
    let (record, mut other) = (record(text), record(text));
    other.fields[0].sha256 = "ab".repeat(32);
    let (_dir, mut store, reading) = begun();
    store.append(reading, "1", &[Decision::Sample { film: Film::Thick, size: 100 }]).expect("kept");
    let (slide, progress) = read(&record, &store, reading);
    let film = &progress.films[0];
    assert!(film.sample_offered && film.suspects == 300);
    assert_eq!((film.sample, progress.left()), (Some(100), 100));
    let drawn = |record: &SlideRecord| -> Vec<MarkId> {
        read(record, &store, reading).0.drawn(Film::Thick).iter().map(|m| m.id).collect()
    };
    assert_eq!(drawn(&record), drawn(&record));
    assert_ne!(drawn(&record), drawn(&other));
    let decisions: Vec<Decision> =
        drawn(&record).into_iter().map(|id| judge(&record, &slide, id, RING)).collect();
    let mut store = store;
    store.append(reading, "2", &decisions).expect("kept");
    let (_, progress) = read(&record, &store, reading);
    assert!(progress.films[0].is_read() && progress.films[0].judged == 100);
}

/// Section 9.1, MCH-6 and THN-3: of a thin film infected red cells are drawn, judged and counted, each once.
#[test]
fn a_thin_film_is_sampled_by_red_cells() {
    // 15 fields, in each 10 red cells with two suspects and 20 without any: 300 suspects in 150 of 450 cells.
    let case = "slide = \"S\"\nthin = [[10, 20, 0]]\n[scale]\num_per_px = 0.1\nbasis = \"given\"";
    let mut record = record(case);
    let field = record.fields[0].clone();
    record.fields = (0..15)
        .map(|n| {
            let mut field = field.clone();
            field.image = format!("{n}.png");
            field.sha256 = format!("{n:064x}");
            let second: Vec<DetectionRecord> = field
                .detections
                .iter()
                .filter(|d| d.class == CellClass::AsexualParasite)
                .map(|d| {
                    let mut second = d.clone();
                    (second.x, second.y) = (d.x + 6.0, d.y + 8.0);
                    second
                })
                .collect();
            field.detections.extend(second);
            field
        })
        .collect();
    let (_dir, mut store, reading) = begun();
    store.append(reading, "1", &[Decision::Sample { film: Film::Thin, size: 100 }]).expect("kept");
    let (slide, progress) = read(&record, &store, reading);
    let film = &progress.films[0];
    assert_eq!((film.suspects, film.sample_suspects, progress.left()), (300, 200, 200));
    let red_cells = film.machine.red_cells;
    // Of every second cell one of the two suspects is a ring, of the others none is.
    let drawn: Vec<MarkId> = slide.drawn(Film::Thin).iter().map(|mark| mark.id).collect();
    let verdicts = [RING, NOTHING, NOTHING, NOTHING];
    let decisions: Vec<Decision> = drawn
        .iter()
        .zip(verdicts.into_iter().cycle())
        .map(|(id, verdict)| judge(&record, &slide, *id, verdict))
        .collect();
    store.append(reading, "2", &decisions).expect("kept");
    let slide = ReadSlide::replay(&record, &store.entries(reading, 0).expect("kept"));
    let counts = ReadCounts::of(&record, &slide);
    assert!(Progress::of(&record, &slide, &counts).films[0].is_read());
    let patient = grade_reading(&record, &slide, &counts).expect("graded").result.patient;
    let suspects = patient.suspects.expect("suspects");
    assert_eq!((suspects.total(), suspects.judged, suspects.confirmed), (150, 100, 50));
    assert!(patient.flags.iter().any(|f| f.code() == "read_by_sample"), "{:?}", patient.flags);
    // 75 of the 150 cells, not 150 of the 300 parasites.
    let wanted = 100.0 * 75.0 / red_cells as f64;
    assert_eq!(patient.infected_rbc, Some(75));
    assert!((patient.parasitaemia_percent_raw.expect("a percentage") - wanted).abs() < 1e-9, "{patient:?}");
}

#[test]
fn what_no_page_sends_is_refused() {
    let record = thick();
    let dir = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(dir.path()).expect("opened");
    for name in ["", "  ", "a\nb"] {
        assert_eq!(store.begin("S", name, false).map_err(|e| e.key()), Err(Some("error-review-reader")));
    }
    let reading = store.begin("S", "A", false).expect("begun").id;
    let field = FieldKey::from(&record.fields[0]);
    let at = Bounds { x: 1.0, y: 1.0, width: f64::NAN, height: 3.0 };
    let add = Decision::Add { field: field.clone(), at, class: CellClass::WhiteCell, stage: None };
    let exclude = Decision::Exclude { field, reason: String::new() };
    for decisions in [&[add][..], &[exclude], &[]] {
        let refused = store.append(reading, "k", decisions).map_err(|e| e.key());
        assert_eq!(refused, Err(Some("error-review-decision")));
    }
    assert_eq!(store.last(reading).expect("kept"), 0);
    let film = Decision::Sample { film: Film::Thick, size: 0 };
    assert_eq!(store.append(99, "k", &[film]).map_err(|e| e.key()), Err(Some("error-review-no-reading")));
    let broken = tempfile::tempdir().expect("a folder");
    std::fs::write(broken.path().join("review.sqlite"), b"no database at all, only some text in its place")
        .expect("written");
    assert_eq!(Store::open(broken.path()).map_err(|e| e.key()).err(), Some(Some("error-review-damaged")));
}

#[test]
fn a_signed_slide_is_what_the_reader_made_of_it() {
    let record = thick();
    let (_dir, mut store, reading) = begun();
    let (slide, _) = read(&record, &store, reading);
    let ids = suspects(&slide, Film::Thick);
    let mut decisions: Vec<Decision> = ids.iter().map(|id| judge(&record, &slide, *id, NOTHING)).collect();
    decisions[0] = judge(&record, &slide, ids[0], RING);
    decisions
        .push(Decision::Exclude { field: FieldKey::from(&record.fields[3]), reason: "a thumb".to_owned() });
    store.append(reading, "1", &decisions).expect("kept");
    let (slide, progress) = read(&record, &store, reading);
    let result = grade_reading(&record, &slide, &ReadCounts::of(&record, &slide)).expect("graded");
    let signed = Signed { result: result.clone(), progress };
    let seen = store.last(reading).expect("kept");
    store.sign(reading, seen, "digest", &signed.to_json().expect("JSON")).expect("signed");
    let readings = store.readings("S").expect("kept");
    let (own, signature) = signed_reading(&readings, None).expect("one").expect("signed");
    assert_eq!(Signed::of(signature).expect("kept"), signed);
    let read = as_signed(&record, "digest", own, signature, &store).expect("the record that was signed");
    assert_eq!(read.result, result.result);
    let tally = read.tally.thick.expect("a thick film");
    assert_eq!((tally.fields_counted, tally.fields_rejected), (4, 1));
    assert_eq!((tally.counted.asexual_parasites, tally.counted.white_cells), (1, 21));
    let parasites = read.fields.iter().flat_map(|f| &f.detections).filter(|d| d.class.is_parasite());
    assert_eq!(parasites.count(), 1, "what was rejected is no mark of it");
    let other = as_signed(&record, "another", own, signature, &store).expect_err("another record");
    assert_eq!(other.key(), Some("error-report-other-record"));
    // A correction that is begun is not signed: nothing speaks for the slide until it is.
    store.correct(reading, "one more").expect("begun");
    assert!(signed_reading(&store.readings("S").expect("kept"), None).expect("none").is_none());
}
