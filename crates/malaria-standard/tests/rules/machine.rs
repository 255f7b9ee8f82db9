//! Section 9.1: what a count may say that a machine proposed and a reader has judged in none, some or all of it.

use malaria_standard::{
    AlertCode, Context, CountedFilm, FieldCount, Films, Floor, FloorBasis, FloorUnit, Graded, Judged,
    Outcome, Presence, Profile, RbcUsed, ReadingStatus, State, Suspects, ThickOutcome, ThickTotals,
    ThinCount, ThinOutcome, WbcUsed, grade_fields, grade_thin, grade_totals,
};

use crate::vectors::{Row, Rows};

const SEED: u64 = 20_261_129;

fn profile() -> Profile {
    Profile::standard().unwrap()
}

/// The film of a row with `parasites` in place of its suspects.
fn thick(row: &Row, parasites: u64) -> ThickOutcome {
    let totals = ThickTotals::new(parasites, row.whole("cells")).with_fields(row.whole("fields")).unwrap();
    let profile = profile();
    grade_totals(&totals, WbcUsed::assumed(&profile), &profile)
}

fn thin(row: &Row, parasites: u64) -> ThinOutcome {
    let count = ThinCount::new(parasites, row.whole("cells")).unwrap().with_fields(row.whole("fields"));
    let profile = profile();
    grade_thin(&count, RbcUsed::assumed(&profile), &profile)
}

fn judged<F: CountedFilm>(row: &Row, film: impl Fn(&Row, u64) -> F) -> Judged<F> {
    let (total, judged, confirmed) = (row.whole("suspects"), row.whole("judged"), row.whole("confirmed"));
    let suspects = Suspects { asexual: total, gametocytes: 0, judged, confirmed };
    match row.text("basis") {
        "machine" => Judged::machine(film(row, total)),
        "read" => Judged::read(film(row, confirmed), suspects, true),
        "partial" => {
            Judged::partly(film(row, confirmed), film(row, total - judged + confirmed), suspects).unwrap()
        }
        "sampled" => {
            Judged::sampled(film(row, confirmed), film(row, total), suspects, SEED, &profile()).unwrap()
        }
        other => panic!("{}: basis {other}", row.id()),
    }
}

fn floor(row: &Row, unit: FloorUnit) -> Option<Floor> {
    let mean = row.optional_number("floor_mean")?;
    let (sd, slides, cells) = (row.number("floor_sd"), row.whole("floor_slides"), row.whole("floor_cells"));
    Some(Floor::from_rates(unit, FloorBasis::Site, mean, sd, slides, cells).unwrap())
}

fn graded(row: &Row) -> Graded {
    let profile = profile();
    match row.text("film") {
        "thick" => {
            let context = Context { thick_floor: floor(row, FloorUnit::WhiteCell), ..Context::default() };
            Graded::of_judged(Some(&judged(row, thick)), None, &context, &profile).unwrap()
        }
        _ => {
            let context = Context { thin_floor: floor(row, FloorUnit::RedCell), ..Context::default() };
            Graded::of_judged(None, Some(&judged(row, thin)), &context, &profile).unwrap()
        }
    }
}

#[test]
fn machine_counts() {
    let mut rows = Rows::read("machine_counts.csv", 21);
    rows.each(|row| {
        let graded = graded(row);
        let film = graded.thick.as_ref().or(graded.thin.as_ref()).unwrap();
        for out in [film, &graded.patient] {
            row.same("state", out.state.code());
            row.same("urgent", if out.urgent { "1" } else { "0" });
            let status = match row.text("basis") {
                "machine" => ReadingStatus::Machine,
                "read" => ReadingStatus::Read,
                // Too small a sample is a count judged in part.
                "sampled" if row.whole("judged") >= 100 => ReadingStatus::ReadBySample,
                _ => ReadingStatus::PartlyRead,
            };
            assert_eq!(out.reading, status, "{}", row.id());
            let code = out.alerts.first().map(|alert| alert.code);
            let expected =
                if status == ReadingStatus::Machine { AlertCode::UrgentReview } else { AlertCode::Severe };
            assert_eq!(code, out.urgent.then_some(expected), "{}", row.id());
            if status == ReadingStatus::Machine {
                states_nothing(out);
            }
        }
    });
}

/// MCH-1: neither presence nor density nor percentage; the estimate stands apart.
fn states_nothing(out: &Outcome) {
    assert_eq!(out.presence, Presence::Indeterminate);
    assert_eq!((out.density_per_ul, out.density_raw), (None, None));
    assert_eq!((out.parasitaemia_percent, out.parasitaemia_percent_raw), (None, None));
    assert_eq!((out.parasites, out.infected_rbc, out.gametocytes), (None, None, None));
    assert!(out.severity.is_none() && out.if_confirmed.is_some());
}

#[test]
fn the_numbers_of_the_vectors_notes() {
    let rows = Rows::read("machine_counts.csv", 21);
    let of = |id: &str| graded(rows.iter().find(|row| row.id() == id).unwrap()).patient;
    let at_least = |id: &str| of(id).alerts[0].at_least_percent.unwrap();
    for (id, percent) in [("M02", 13.87), ("M03", 16.19), ("M18", 26.41), ("M19", 11.06), ("M20", 10.049)] {
        let digits = if percent == 10.049 { 1000.0 } else { 100.0 };
        assert!(((at_least(id) * digits).round() / digits - percent).abs() < 1e-9, "{id}: {}", at_least(id));
    }
    // M19 without the 2.5 expected false ones: the 11.11 of the remark.
    let whole = malaria_standard::interval::clopper_pearson(600, 5000, 0.95).unwrap();
    assert!((100.0 * whole.lower() - 11.11).abs() < 0.005 && at_least("M19") < 100.0 * whole.lower());
    // M01: what was printed as a finding is what it would be if 33 objects were parasites.
    assert_eq!(of("M01").if_confirmed.unwrap().density_per_ul, Some(24_000));
    // M13: at least the three confirmed ones.
    let partly = of("M13");
    assert_eq!((partly.presence, partly.at_least_per_ul), (Presence::Positive, Some(46)));
    assert_eq!((of("M14").presence, of("M14").at_least_per_ul), (Presence::Indeterminate, None));
    // M15: 800 x 108/120 = 720 beside 210 white cells, wider than the count alone.
    let sampled = of("M15");
    assert_eq!(sampled.density_per_ul, Some(27_429));
    assert!(sampled.flags.iter().any(|f| f.code() == "read_by_sample"));
    let whole = malaria_standard::interval::cp_ratio(720, 210, 8000.0, 0.95).unwrap();
    assert!(sampled.ci_low.unwrap() < whole.lower() && sampled.ci_high.unwrap() > whole.upper());
    assert_eq!(of("M11").presence, Presence::NoParasitesSeen);
}

#[test]
fn a_floor_of_the_bundle_or_of_too_little_decides_nothing() {
    let profile = profile();
    let marked = || {
        let count = ThinCount::new(600, 5000).unwrap();
        Judged::machine(grade_thin(&count, RbcUsed::assumed(&profile), &profile))
    };
    let state = |basis, slides, cells| {
        let floor = Floor::from_rates(FloorUnit::RedCell, basis, 0.0005, 0.0004, slides, cells).unwrap();
        let context = Context { thin_floor: Some(floor), ..Context::default() };
        Graded::of_judged(None, Some(&marked()), &context, &profile).unwrap().patient
    };
    assert_eq!(state(FloorBasis::Site, 12, 24_000).state, State::ParasitesLikely);
    for (basis, slides, cells) in
        [(FloorBasis::Bundle, 12, 24_000), (FloorBasis::Site, 9, 24_000), (FloorBasis::Site, 12, 19_999)]
    {
        let out = state(basis, slides, cells);
        assert_eq!((out.state, out.floor), (State::SuspectsToReview, None));
    }
    // A floor's test silences no alert: here no count exceeds it (MCH-2, MCH-7).
    let strict = profile.with_overrides("[floor]\nalpha = 0.000001\n", "strict.toml").unwrap();
    let wide = Floor::from_rates(FloorUnit::RedCell, FloorBasis::Site, 0.01, 0.05, 12, 24_000).unwrap();
    let context = Context { thin_floor: Some(wide), ..Context::default() };
    let out = Graded::of_judged(None, Some(&marked()), &context, &strict).unwrap().patient;
    assert!(out.state == State::SuspectsToReview && out.urgent, "{out:?}");
}

#[test]
fn gametocytes_of_a_machine_are_suspects_and_decide_nothing() {
    let profile = profile();
    let count = ThinCount::new(0, 5698).unwrap().with_gametocyte_cells(2).unwrap();
    let film = Judged::machine(grade_thin(&count, RbcUsed::assumed(&profile), &profile));
    let out = Graded::of_judged(None, Some(&film), &Context::default(), &profile).unwrap().patient;
    assert_eq!((out.state, out.suspects.unwrap().total()), (State::SuspectsToReview, 2));
    states_nothing(&out);
}

#[test]
fn a_reader_who_has_not_looked_at_the_fields_concludes_nothing_from_them() {
    let profile = profile();
    let none = || grade_fields(&vec![FieldCount::new(0, 16); 120], WbcUsed::assumed(&profile), &profile);
    let suspects = Suspects { asexual: 4, judged: 4, ..Suspects::default() };
    let state = |seen| {
        let film = Judged::read(none(), suspects, seen);
        Graded::of_judged(Some(&film), None, &Context::default(), &profile).unwrap().patient
    };
    assert_eq!(
        (state(true).state, state(true).presence),
        (State::NoParasitesSeen, Presence::NoParasitesSeen)
    );
    assert_eq!(
        (state(false).state, state(false).presence),
        (State::ReviewIncomplete, Presence::Indeterminate)
    );
}

#[test]
fn a_thick_count_alerts_by_density_where_the_red_cells_are_assumed() {
    let profile = profile();
    let alert = |parasites, rbc: Option<f64>| {
        let film = Judged::machine(grade_totals(
            &ThickTotals::new(parasites, 500).with_fields(50).unwrap(),
            WbcUsed::assumed(&profile),
            &profile,
        ));
        let rbc = rbc.map(|n| RbcUsed::measured_from(n).unwrap());
        let context = Context { rbc, ..Context::default() };
        Graded::of_judged(Some(&film), None, &context, &profile).unwrap().patient.alerts.first().copied()
    };
    // 16 parasites per white cell are 256,000/µL, whose lower limit stays below 250,000.
    assert_eq!(alert(8_000, None), None);
    let high = alert(20_000, None).unwrap();
    assert!(high.limit_per_ul == Some(250_000.0) && high.at_least_per_ul > 250_000.0, "{high:?}");
    // The same count in severe anaemia: more than 10 % of 2,000,000 red cells.
    let anaemic = alert(20_000, Some(2_000_000.0)).unwrap();
    assert!(anaemic.at_least_percent.unwrap() > 10.0, "{anaemic:?}");
    assert_eq!(alert(20_000, Some(6_000_000.0)), None, "320,000/µL is 5.3 %");
}

#[test]
fn a_persons_count_of_few_red_cells_alerts_by_its_lower_limit() {
    let profile = profile();
    let graded = |infected, cells| {
        let film =
            grade_thin(&ThinCount::new(infected, cells).unwrap(), RbcUsed::assumed(&profile), &profile);
        Graded::of(&Films::Thin(film), &Context::default(), &profile).patient
    };
    let out = graded(80, 400);
    assert_eq!((out.state, out.parasitaemia_percent), (State::TooFewRbc, None));
    assert!(out.urgent && out.alerts[0].code == AlertCode::Severe);
    assert!(!graded(43, 400).urgent && !graded(49, 49).urgent && graded(20, 50).urgent);
}

#[test]
fn what_one_film_has_open_keeps_the_patient_open() {
    let profile = profile();
    let thick = Judged::read(
        grade_fields(&vec![FieldCount::new(0, 16); 120], WbcUsed::assumed(&profile), &profile),
        Suspects::default(),
        true,
    );
    let marked = |infected| {
        let count = ThinCount::new(infected, 5000).unwrap();
        Judged::machine(grade_thin(&count, RbcUsed::assumed(&profile), &profile))
    };
    let patient = |thin: &Judged<ThinOutcome>| {
        Graded::of_judged(Some(&thick), Some(thin), &Context::default(), &profile).unwrap().patient
    };
    let open = patient(&marked(7));
    assert_eq!((open.state, open.presence), (State::SuspectsToReview, Presence::Indeterminate));
    assert_eq!(open.reading, ReadingStatus::PartlyRead);
    // The severe film opens the patient's result, whichever film it is.
    assert!(patient(&marked(900)).urgent);
    // What a reader has confirmed on one film is the patient's presence, whatever is open on the other.
    let confirmed = Judged::read(
        grade_thin(&ThinCount::new(50, 5000).unwrap(), RbcUsed::assumed(&profile), &profile),
        Suspects { asexual: 50, judged: 50, confirmed: 50, gametocytes: 0 },
        true,
    );
    let machine_thick = Judged::machine(grade_fields(
        &vec![FieldCount::new(3, 16); 50],
        WbcUsed::assumed(&profile),
        &profile,
    ));
    let out = Graded::of_judged(Some(&machine_thick), Some(&confirmed), &Context::default(), &profile)
        .unwrap()
        .patient;
    assert_eq!((out.presence, out.density_per_ul), (Presence::Positive, Some(50_000)));
}
