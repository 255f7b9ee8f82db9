//! Candidates in rejected fields of either film (DET-12), and red cells that the edge of the picture cuts.

use hemozoin::locale::{Catalogue, Language};
use hemozoin::optics::Verdict;
use hemozoin::record::{FieldRecord, SlideInfo, SlideRecord};
use hemozoin::report::text;
use hemozoin::slide::{Engine, FileOutcome, PictureInput, SlideInput};
use hemozoin::standard::{
    Advice, Asexual, Context, Films, Flag, Gametocytes, Graded, Presence, Profile, RbcUsed, State, ThinCount,
    WbcUsed, grade_fields, grade_thin, parse_fields,
};
use hemozoin::tally::FieldTally;
use hemozoin::terms::Film;

/// A graded patient: blocks of thick fields (empty: no thick film), I, R and cells with gametocytes of the valid
/// thin fields, and candidates (asexual, gametocytes) of the rejected ones.
fn patient(thick: &str, thin: Option<([u64; 3], [u64; 2])>) -> Graded {
    let profile = Profile::standard().expect("built in");
    let thick = (!thick.is_empty()).then(|| {
        let fields = parse_fields(thick).expect("blocks");
        grade_fields(&fields, WbcUsed::assumed(&profile), &profile)
    });
    let thin = thin.map(|([infected, cells, gametocytes], [x, x_gametocytes])| {
        let count = ThinCount::new(infected, cells)
            .and_then(|count| count.with_gametocyte_cells(gametocytes))
            .expect("counts that go together")
            .with_rejected_candidates(Asexual(x), Gametocytes(x_gametocytes));
        grade_thin(&count, RbcUsed::assumed(&profile), &profile)
    });
    let films = Films::new(thick, thin).expect("a film");
    let graded = Graded::of(&films, &Context::default(), &profile);
    assert_eq!(graded.patient.presence, films.presence());
    graded
}

#[test]
fn candidates_in_rejected_fields_ask_for_review() {
    use Presence::{Indeterminate, NoParasitesSeen, Positive};
    let none = [0, 5000, 0];
    let cases = [
        // The thick film in full: candidates of the thin film's rejected fields forbid "none seen".
        ("100x0:16", Some((none, [3, 0])), State::ReviewRequired, Indeterminate, Some(3)),
        ("100x0:16", Some((none, [0, 1])), State::ReviewRequired, Indeterminate, Some(1)),
        ("100x0:16", Some(([0, 0, 0], [1, 0])), State::ReviewRequired, Indeterminate, Some(1)),
        ("100x0:16", Some((none, [0, 0])), State::NoParasitesSeen, NoParasitesSeen, Some(0)),
        // Candidates of both films together.
        ("100x0:16 1x!2:16", Some((none, [3, 0])), State::ReviewRequired, Indeterminate, Some(5)),
        ("50x0:16", Some((none, [1, 0])), State::ReviewRequired, Indeterminate, Some(1)),
        ("5x!1:16", Some((none, [0, 0])), State::ReviewRequired, Indeterminate, Some(5)),
        // Crescents are candidates too.
        ("100x0:16 2x!0:16:3", Some((none, [1, 4])), State::ReviewRequired, Indeterminate, Some(11)),
        // One film alone.
        ("", Some((none, [1, 0])), State::ReviewRequired, Indeterminate, Some(1)),
        ("", Some((none, [0, 0])), State::NoParasiteInExaminedRbc, Indeterminate, Some(0)),
        ("100x0:16 1x!1:16", None, State::ReviewRequired, Indeterminate, Some(1)),
        // A parasite was seen elsewhere: nothing changes but the remark.
        ("100x0:16", Some(([5, 5000, 0], [3, 0])), State::Positive, Positive, Some(3)),
        ("120x10:16", Some((none, [3, 0])), State::Positive, Positive, Some(3)),
        ("100x0:16:1", Some((none, [3, 0])), State::GametocytesOnly, Positive, Some(3)),
        ("100x0:16", Some(([0, 5000, 1], [3, 0])), State::GametocytesOnly, Positive, Some(3)),
        // Nothing valid at all: the film is to be made again (section 5, n = 0; INV-7, R = 0).
        ("5x!3:16", None, State::NotReadable, Indeterminate, Some(15)),
        ("", Some(([0, 0, 0], [3, 0])), State::NotCalculable, Indeterminate, Some(3)),
    ];
    for (thick, thin, state, presence, candidates) in cases {
        let out = patient(thick, thin).patient;
        let found = (out.state, out.presence, out.rejected_candidates);
        assert_eq!(found, (state, presence, candidates), "{thick} {thin:?}");
        let any = thick.contains('!') || thin.is_some_and(|(_, x)| x != [0, 0]);
        assert_eq!(out.flags.contains(&Flag::RejectedCandidates), any, "{thick} {thin:?}");
        let to_read = out.advice.contains(&Advice::ReadByPerson);
        assert_eq!(to_read, state == State::ReviewRequired, "{thick} {thin:?}");
    }
}

#[test]
fn candidates_change_no_count_of_a_thin_film() {
    for counted in [[0, 5000, 0], [0, 900, 0], [50, 5000, 0], [50, 900, 2], [3, 100, 0], [0, 0, 0]] {
        let (without, with) = (patient("", Some((counted, [0, 0]))), patient("", Some((counted, [9, 2]))));
        let thin = |graded: Graded| {
            let mut out = graded.thin.expect("a thin film");
            out.flags.retain(|f| *f != Flag::RejectedCandidates);
            (out.rejected_candidates, out.advice, out.state) = (None, Vec::new(), State::Positive);
            out
        };
        assert_eq!(thin(without), thin(with), "{counted:?}");
    }
    // A thin film under review does not rule malaria out, and more of it can be counted.
    let advice = patient("", Some(([0, 900, 0], [1, 0]))).patient.advice;
    assert_eq!(advice, [Advice::ReadByPerson, Advice::ReadThickFilm, Advice::CountMoreRbc { rbc: 4100 }]);
}

/// A field of this film with these counts, unlike any other of the slide.
fn field(film: Film, number: usize, tally: FieldTally, counted: bool) -> FieldRecord {
    let mut field = crate::support::slides::field(640, 480, Vec::new());
    (field.film, field.tally, field.counted) = (film, tally, counted);
    field.image = format!("{}/{number}.jpg", film.code());
    field.sha256 = format!("{number:064x}");
    if !counted {
        field.quality.verdict = Verdict::Unfit;
    }
    field
}

/// What the engine concludes of these fields, which nobody looked at.
fn conclude(fields: Vec<FieldRecord>) -> SlideRecord {
    let picture = |f: &FieldRecord| {
        let mut picture = PictureInput::new(f.image.clone(), Vec::<u8>::new());
        picture.film(f.film);
        picture
    };
    let mut slide = SlideInput::default();
    slide.info = SlideInfo::named("N-1");
    slide.pictures = fields.iter().map(picture).collect();
    let outcomes =
        fields.into_iter().map(|f| FileOutcome { fields: vec![f], ..FileOutcome::default() }).collect();
    let engine = Engine::builder().build().expect("an engine");
    engine.conclude(&slide, outcomes).expect("a record")
}

#[test]
fn rings_in_unsharp_thin_fields_forbid_none_seen() {
    let white = FieldTally { white_cells: 16, ..FieldTally::default() };
    let red = FieldTally { red_cells: 250, ..FieldTally::default() };
    let rings = FieldTally {
        asexual_parasites: 2,
        rings: 2,
        infected_red_cells: 2,
        parasites_in_red_cells: 2,
        ..red
    };
    let slide = |last: FieldTally| {
        let thick = (0..100).map(|i| field(Film::Thick, i, white, true));
        let thin = (0..20).map(|i| field(Film::Thin, i, red, true));
        conclude(thick.chain(thin).chain([field(Film::Thin, 20, last, false)]).collect())
    };
    let clear = slide(red).result.patient;
    assert_eq!((clear.state, clear.presence), (State::NoSuspectFound, Presence::Indeterminate));

    let record = slide(rings);
    let patient = &record.result.patient;
    assert_eq!((patient.state, patient.presence), (State::ReviewRequired, Presence::Indeterminate));
    assert_eq!(patient.rejected_candidates, Some(2));
    let thin = record.result.thin.as_ref().expect("a thin film");
    assert_eq!(
        (thin.state, thin.suspects.map(|s| s.total()), thin.rbc_counted),
        (State::ReviewRequired, Some(0), Some(5000))
    );
    for (language, said) in
        [(Language::English, "to be read by a person"), (Language::French, "relecture nécessaire")]
    {
        let page = text(&record, &Catalogue::new(language));
        // Said of the patient, whose result the thin film's is.
        assert_eq!(page.matches(said).count(), 1, "{page}");
    }
}

#[test]
fn a_gametocyte_in_a_cut_cell_leaves_the_parasitaemia_alone() {
    let tally = FieldTally {
        asexual_parasites: 30,
        rings: 30,
        gametocytes: 2,
        red_cells: 1000,
        infected_red_cells: 30,
        parasites_in_red_cells: 30,
        cut_red_cells: 200,
        cut_gametocyte_red_cells: 2,
        ..FieldTally::default()
    };
    let words = |record: &SlideRecord| text(record, &Catalogue::new(Language::English));
    let record = conclude(vec![field(Film::Thin, 0, tally, true)]);
    let thin = record.result.thin.as_ref().expect("a thin film");
    let estimate = thin.if_confirmed.as_ref().expect("an estimate");
    assert_eq!((estimate.infected_rbc, thin.rbc_counted), (Some(30), Some(1000)));
    assert_eq!((estimate.parasitaemia_percent, thin.parasitaemia_percent), (Some(3.0), None));
    let page = words(&record);
    assert!(!page.contains("seen in them alone"), "{page}");
    assert!(page.contains("gametocytes 2"), "what was seen is told: {page}");

    // No infected cell: the gametocytes are the only sign, and their cells alone enter.
    let tally = FieldTally {
        asexual_parasites: 0,
        rings: 0,
        infected_red_cells: 0,
        parasites_in_red_cells: 0,
        ..tally
    };
    let record = conclude(vec![field(Film::Thin, 0, tally, true)]);
    let thin = record.result.thin.as_ref().expect("a thin film");
    assert_eq!((thin.state, thin.presence), (State::SuspectsToReview, Presence::Indeterminate));
    let suspects = thin.suspects.expect("suspects");
    assert_eq!((suspects.asexual, suspects.gametocytes, thin.rbc_counted), (0, 2, Some(1002)));
    // Lines may break between words.
    let page = words(&record).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("seen in them alone: 2 red cells"), "{page}");
    assert!(page.contains("a part is out of sight: 198 red cells"), "{page}");
}

/// Other users of the machine run with the floor that one of them measured.
#[cfg(all(unix, feature = "cli"))]
#[test]
fn a_measured_floor_is_open_as_other_files_are_and_says_what_it_leaves_out() {
    use crate::support::drawn::small_field;
    use hemozoin::render::Counts;
    use std::os::unix::fs::PermissionsExt;

    let dir = tempfile::tempdir().expect("a folder");
    let (ours, plain) = (dir.path().join("floor.toml"), dir.path().join("plain"));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hemozoin"));
    command.args(["calibrate", "--film", "thin", "--um-per-px", "0.12", "--out"]).arg(&ours);
    for seed in 1..=4 {
        let slide = dir.path().join(format!("N-{seed}"));
        std::fs::create_dir(&slide).expect("a folder");
        let counts = Counts { red_cells: 30, ..Counts::default() };
        small_field(Film::Thin, counts, seed).save(slide.join("1.png")).expect("saved");
        command.arg(&slide);
    }
    let output = command.output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::write(&plain, b"x").expect("written");
    let mode = |path| std::fs::metadata(path).expect("there").permissions().mode();
    assert_eq!(mode(&ours), mode(&plain));

    // A picture that is not part of the floor is named.
    std::fs::write(dir.path().join("N-2").join("2.png"), b"cut short").expect("written");
    let output = command.output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(1) && told.contains("2.png"), "{told}");

    // A slide that is given twice counts once, and is named.
    std::fs::remove_file(dir.path().join("N-2").join("2.png")).expect("removed");
    let once = std::fs::read(&ours).expect("a floor");
    let output = command.arg(dir.path().join("N-2/../N-1")).arg(dir.path().join("N-1")).output();
    let output = output.expect("it runs");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stderr).contains("N-1"));
    assert_eq!(std::fs::read(&ours).expect("a floor"), once);
}
