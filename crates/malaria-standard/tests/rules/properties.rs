//! Properties of the standard over arbitrary counts (proptest), and that every state can be reached.

use std::collections::BTreeSet;

use malaria_standard::Species;
use malaria_standard::profile::ThickMethod;
use malaria_standard::{
    Context, FieldCount, Films, Floor, FloorBasis, FloorUnit, Graded, Judged, Outcome, Presence, Profile,
    RbcUsed, State, Suspects, ThickTotals, ThinCount, WbcUsed, grade_fields, grade_thin, grade_totals,
    parse_fields,
};
use proptest::prelude::*;

fn profile(name: &str) -> Profile {
    Profile::named(name).unwrap()
}

fn any_profile() -> impl Strategy<Value = Profile> {
    let names: Vec<&'static str> = Profile::names().collect();
    let methods = [
        ThickMethod::CpRatio,
        ThickMethod::GarwoodFixedW,
        ThickMethod::LogNormal,
        ThickMethod::FieldBootstrap,
    ];
    (proptest::sample::select(names), proptest::sample::select(methods.to_vec())).prop_map(|(name, method)| {
        let text = format!(
            "[statistics]\nthick_interval = \"{}\"\nbootstrap_resamples = 100\n[machine]\nsample_draws = 1000\n[plus]\nenabled = true\n[trape]\nenabled = true\n",
            method.code()
        );
        profile(name).with_overrides(&text, "property").unwrap()
    })
}

/// A count of any size: mostly those of real films, sometimes the largest number there is.
fn count() -> impl Strategy<Value = u32> {
    prop_oneof![6 => 0_u32..40, 2 => 0_u32..2000, 1 => any::<u32>(), 1 => Just(u32::MAX)]
}

fn field() -> impl Strategy<Value = FieldCount> {
    (count(), count(), count(), any::<bool>(), 0_u32..=100).prop_map(|(p, w, g, valid, share)| {
        let named = (u64::from(p) * u64::from(share) / 100) as u32;
        let field =
            FieldCount::new(p, w).with_gametocytes(g).with_species(Species::Falciparum, named).unwrap();
        if valid { field } else { field.rejected() }
    })
}

fn wbc(per_ul: f64) -> WbcUsed {
    WbcUsed::measured_from(per_ul).unwrap()
}

/// No number of an outcome is NaN or infinite: JSON writes such numbers as null, where the value has to be absent.
fn is_sound(out: &Outcome) -> Result<(), TestCaseError> {
    let numbers = [
        out.density_raw,
        out.parasitaemia_percent,
        out.parasitaemia_percent_raw,
        out.ci_low,
        out.ci_high,
        out.ci_low_per_ul,
        out.ci_high_per_ul,
        out.volume_ul,
        out.detection_limit_95_per_ul,
        out.all_density_raw,
        out.floor.as_ref().map(|f| f.p_value),
        out.severity.as_ref().map(|s| s.percent),
    ];
    for number in numbers.into_iter().flatten() {
        prop_assert!(number.is_finite() && number >= 0.0, "{out:?}");
    }
    prop_assert!(out.density_per_ul != Some(0), "a positive film reports 0: {out:?}");
    let text = serde_json::to_string(out).unwrap();
    let back: Outcome = serde_json::from_str(&text).unwrap();
    prop_assert_eq!(out, &back);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_integers_break_it(
        fields in proptest::collection::vec(field(), 0..60),
        totals in (any::<u64>(), any::<u64>(), any::<u64>(), proptest::option::of(any::<u64>())),
        thin in (any::<u64>(), any::<u64>(), any::<u64>()),
        c in 100.0..1e6_f64,
        b in 1e5..1e7_f64,
        floor in (0.0..2.0_f64, 0.0..2.0_f64, 1..200_u64, 1..1_000_000_u64),
        profile in any_profile(),
    ) {
        let rbc = RbcUsed::measured_from(b).unwrap();
        let context = Context {
            rbc: Some(rbc),
            thick_floor: Floor::from_rates(FloorUnit::WhiteCell, FloorBasis::Site, floor.0, floor.1, floor.2, floor.3).ok(),
            thin_floor: Floor::from_rates(FloorUnit::RedCell, FloorBasis::Bundle, floor.0, floor.1, floor.2, floor.3).ok(),
            ..Context::default()
        };
        let from_fields = grade_fields(&fields, wbc(c), &profile);
        // The same input gives the same result (INV-12).
        prop_assert_eq!(&from_fields, &grade_fields(&fields, wbc(c), &profile));
        let mut from_totals = ThickTotals::new(totals.0, totals.1).with_gametocytes(totals.2);
        if let Some(n) = totals.3 {
            match from_totals.clone().with_fields(n) {
                Ok(with) => from_totals = with,
                Err(_) => prop_assert!(n == 0),
            }
        }
        let from_totals = grade_totals(&from_totals, wbc(c), &profile);
        let thin = ThinCount::new(thin.0, thin.1).and_then(|count| count.with_gametocyte_cells(thin.2));
        let thin = thin.ok().map(|count| grade_thin(&count, rbc, &profile));
        for thick in [from_fields, from_totals] {
            let Some(films) = Films::new(Some(thick), thin.clone()) else { continue };
            let judged = |share: u64| {
                let thick = films.thick().cloned().map(Judged::machine);
                let thin = films.thin().map(|film| {
                    let suspects = Judged::machine(film.clone()).suspects();
                    let judged = suspects.total() / share;
                    let confirmed = film.count.infected().get().min(judged);
                    Judged::sampled(film.clone(), film.clone(), Suspects { judged, confirmed, ..suspects }, 7, &profile)
                });
                (thick, thin.transpose().unwrap())
            };
            for share in [1, 2, 3] {
                let (thick, thin) = judged(share);
                let graded = Graded::of_judged(thick.as_ref(), thin.as_ref(), &context, &profile).unwrap();
                for out in graded.thick.iter().chain(&graded.thin).chain([&graded.patient]) {
                    is_sound(out)?;
                }
                let thick = graded.thick.unwrap();
                prop_assert!(thick.presence == Presence::Indeterminate && thick.density_raw.is_none());
            }
            let graded = Graded::of(&films, &context, &profile);
            for out in graded.thick.iter().chain(&graded.thin).chain([&graded.patient]) {
                is_sound(out)?;
            }
            // A thin film alone never says that there are none (INV-5).
            prop_assert!(graded.thin.is_none_or(|t| t.state != State::NoParasitesSeen));
        }
    }

    #[test]
    fn density_scales_with_the_white_cells_and_stopping_does_not(
        fields in proptest::collection::vec((0_u32..30, 1_u32..30), 1..80),
        c in 1000.0..20_000.0_f64,
    ) {
        let profile = profile("who-2016");
        let fields: Vec<FieldCount> = fields.into_iter().map(|(p, w)| FieldCount::new(p, w)).collect();
        let one = grade_fields(&fields, wbc(c), &profile);
        let two = grade_fields(&fields, wbc(2.0 * c), &profile);
        prop_assert_eq!(&one.count, &two.count);
        if let (Some(one), Some(two)) = (one.density, two.density) {
            prop_assert!((two.raw() / one.raw() - 2.0).abs() < 1e-12);
        }
    }

    #[test]
    fn the_order_of_fields_changes_only_the_count(
        fields in proptest::collection::vec(field(), 0..60).prop_flat_map(|fields| {
            let shuffled = Just(fields.clone()).prop_shuffle();
            (Just(fields), shuffled)
        }),
    ) {
        let profile = profile("who-2016");
        let assumed = WbcUsed::assumed(&profile);
        let (one, two) = (grade_fields(&fields.0, assumed, &profile), grade_fields(&fields.1, assumed, &profile));
        prop_assert_eq!(&one.search, &two.search);
        prop_assert_eq!(one.all_density, two.all_density);
        prop_assert_eq!(one.gametocyte_density, two.gametocyte_density);
        prop_assert_eq!(one.has_asexual(), two.has_asexual());
    }

    #[test]
    fn a_rejected_field_changes_no_count(
        fields in proptest::collection::vec((0_u32..30, 0_u32..30), 0..60),
        at in 0_usize..60,
        rejected in (0_u32..30, 0_u32..30),
    ) {
        let profile = profile("who-2016");
        let assumed = WbcUsed::assumed(&profile);
        let valid: Vec<FieldCount> = fields.into_iter().map(|(p, w)| FieldCount::new(p, w)).collect();
        let mut with = valid.clone();
        with.insert(at.min(with.len()), FieldCount::new(rejected.0, rejected.1).rejected());
        let (one, two) = (grade_fields(&valid, assumed, &profile), grade_fields(&with, assumed, &profile));
        prop_assert_eq!(&one.count, &two.count);
        prop_assert_eq!(one.density, two.density);
    }

    #[test]
    fn one_more_parasite_never_lowers_the_whole_series(
        fields in proptest::collection::vec((0_u32..30, 1_u32..30), 1..60),
        at in 0_usize..60,
    ) {
        let profile = profile("who-2016");
        let assumed = WbcUsed::assumed(&profile);
        let build = |extra: Option<usize>| -> Vec<FieldCount> {
            fields.iter().enumerate().map(|(i, (p, w))| FieldCount::new(p + u32::from(extra == Some(i)), *w)).collect()
        };
        let (before, after) = (
            grade_fields(&build(None), assumed, &profile),
            grade_fields(&build(Some(at % fields.len())), assumed, &profile),
        );
        let whole = |film: &malaria_standard::ThickOutcome| film.all_density.map_or(0.0, |d| d.raw());
        prop_assert!(whole(&after) > whole(&before));
        // And one asexual parasite makes the film positive, whatever the count (INV-6).
        prop_assert!(after.has_asexual());
    }

    #[test]
    fn gametocytes_enter_no_density(
        fields in proptest::collection::vec((0_u32..30, 1_u32..30, 0_u32..9), 1..60),
    ) {
        let profile = profile("who-2016");
        let assumed = WbcUsed::assumed(&profile);
        let without: Vec<_> = fields.iter().map(|(p, w, _)| FieldCount::new(*p, *w)).collect();
        let with: Vec<_> = fields.iter().map(|(p, w, g)| FieldCount::new(*p, *w).with_gametocytes(*g)).collect();
        let (one, two) = (grade_fields(&without, assumed, &profile), grade_fields(&with, assumed, &profile));
        prop_assert_eq!(one.density, two.density);
        prop_assert_eq!(one.count, two.count);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[0-9x!: +-]{0,40}|\\PC{0,40}") {
        let _ = parse_fields(&text);
        let _ = malaria_standard::Visit::parse(&text);
        let _ = profile("who-2016").with_overrides(&text, "any");
    }
}

#[test]
fn every_state_can_be_reached() {
    let profile = profile("who-2016");
    let thick = |text: &str| {
        Outcome::of_thick(&grade_fields(&parse_fields(text).unwrap(), WbcUsed::assumed(&profile), &profile))
            .state
    };
    let thin = |i, r| {
        Outcome::of_thin(&grade_thin(&ThinCount::new(i, r).unwrap(), RbcUsed::assumed(&profile), &profile))
            .state
    };
    let reached: BTreeSet<State> =
        ["120x10:16", "100x0:16", "9x0:16", "9x1:16", "9x0:16:1", "99x0:16 1x!1:16", "3x4:0", "1x!3:16"]
            .map(thick)
            .into_iter()
            .chain([thin(50, 1000), thin(1, 10), thin(0, 5000)])
            .collect();
    // Those of a machine count are another grading's (section 9.1).
    let machine =
        [State::SuspectsToReview, State::ParasitesLikely, State::NoSuspectFound, State::ReviewIncomplete];
    assert_eq!(reached, State::ALL.iter().copied().filter(|state| !machine.contains(state)).collect());
}

#[test]
fn both_films_follow_section_7() {
    let profile = profile("who-2016");
    let rbc = RbcUsed::assumed(&profile);
    let patient = |fields: &str, infected, counted| {
        let thick = grade_fields(&parse_fields(fields).unwrap(), WbcUsed::assumed(&profile), &profile);
        let thin = grade_thin(&ThinCount::new(infected, counted).unwrap(), rbc, &profile);
        Graded::of(&Films::Both(thick, thin), &Context::default(), &profile).patient
    };
    use malaria_standard::Film;
    use malaria_standard::Presence;
    let cases = [
        // Very many parasites and a complete thin film: the thin film is reported.
        (("120x120:16", 60, 5000), State::Positive, Some(Film::Thin), Presence::Positive),
        // The same with a short thin film: the thick film stays.
        (("120x120:16", 60, 4000), State::Positive, Some(Film::Thick), Presence::Positive),
        (("120x10:16", 5, 5000), State::Positive, Some(Film::Thick), Presence::Positive),
        (("100x0:16", 5, 5000), State::Positive, Some(Film::Thin), Presence::Positive),
        (("100x0:16", 0, 5000), State::NoParasitesSeen, Some(Film::Thick), Presence::NoParasitesSeen),
        (("50x0:16", 0, 5000), State::InsufficientFields, Some(Film::Thick), Presence::Indeterminate),
        (("5x!0:16", 0, 5000), State::NoParasiteInExaminedRbc, Some(Film::Thin), Presence::Indeterminate),
        (("3x4:0", 50, 5000), State::Positive, Some(Film::Thin), Presence::Positive),
    ];
    for ((fields, i, r), state, from, presence) in cases {
        let out = patient(fields, i, r);
        assert_eq!((out.state, out.reported_from, out.presence), (state, from, presence), "{fields} {i}/{r}");
    }
}

#[test]
fn either_film_sets_the_severity_conditions() {
    use malaria_standard::SeverityBasis;
    let profile = profile("who-2016");
    let patient = |fields: &str, infected, counted, rbc: Option<f64>| {
        let rbc = rbc.map(|n| RbcUsed::measured_from(n).unwrap());
        let thick = grade_fields(&parse_fields(fields).unwrap(), WbcUsed::assumed(&profile), &profile);
        let used = rbc.unwrap_or_else(|| RbcUsed::assumed(&profile));
        let thin = grade_thin(&ThinCount::new(infected, counted).unwrap(), used, &profile);
        let context = Context { rbc, ..Context::default() };
        Graded::of(&Films::Both(thick, thin), &context, &profile).patient
    };
    let told = |out: &Outcome| {
        let severity = out.severity.as_ref().unwrap();
        // A thick film of more than 250,000/µL alerts beside whatever the thin film shows (MCH-7).
        assert!(out.urgent || !severity.urgent);
        (severity.basis, severity.hyperparasitaemia, severity.urgent)
    };
    // 250,000/µL of 2,000,000 red cells are 12.5 % (SEV-1), whatever a short thin film shows.
    let anaemic = patient("20x125:4", 45, 500, Some(2e6));
    assert_eq!(told(&anaemic), (SeverityBasis::ThickMeasuredRbc, true, true));
    // The thin film speaks where it is above the limit too, and where neither is.
    assert_eq!(told(&patient("20x125:4", 55, 500, Some(2e6))), (SeverityBasis::ThinProvisional, true, true));
    assert_eq!(told(&patient("20x12:16", 45, 500, Some(2e6))).0, SeverityBasis::ThinProvisional);
    // A guess from assumed red cells is said beside a short thin film, and does not outdo a finished one.
    assert_eq!(told(&patient("10x600:8", 5, 500, None)), (SeverityBasis::ThickAssumedRbc, false, true));
    assert_eq!(told(&patient("10x600:8", 50, 5000, None)), (SeverityBasis::Thin, false, false));
    // Conditions of density alone: either film meets them.
    let dense = patient("10x600:8", 50, 5000, None).severity.unwrap();
    assert!(dense.jaundice_density && dense.anaemia_density);
}

#[test]
fn gametocytes_of_either_film_reach_the_patient() {
    let profile = profile("who-2016");
    let rbc = RbcUsed::assumed(&profile);
    let patient = |fields: &str, thin: ThinCount| {
        let thick = grade_fields(&parse_fields(fields).unwrap(), WbcUsed::assumed(&profile), &profile);
        let films = Films::Both(thick, grade_thin(&thin, rbc, &profile));
        Graded::of(&films, &Context::default(), &profile).patient
    };
    use malaria_standard::Film;
    let seen = |out: &Outcome| {
        (out.reported_from.unwrap(), out.gametocytes, out.gametocytes_on, out.gametocyte_density_per_ul)
    };
    let from_thin = patient("120x120:16:1", ThinCount::new(600, 5000).unwrap());
    assert_eq!(seen(&from_thin), (Film::Thin, Some(120), Some(Film::Thick), Some(500)));
    let with_cells = ThinCount::new(5, 5000).unwrap().with_gametocyte_cells(3).unwrap();
    let from_thick = patient("120x10:16", with_cells);
    assert_eq!(seen(&from_thick), (Film::Thick, Some(3), Some(Film::Thin), None));
    // Never summed: where the film reported from shows some, those alone are its.
    let both = patient("120x10:16:2", with_cells);
    assert_eq!(seen(&both), (Film::Thick, Some(240), Some(Film::Thick), Some(1000)));
    assert_eq!(seen(&patient("120x10:16", ThinCount::new(5, 5000).unwrap())).1, Some(0));
}

#[test]
fn severity_from_a_thick_film_needs_a_measured_red_cell_count() {
    let profile = profile("who-2016");
    let grade = |rbc| {
        let film = grade_fields(&parse_fields("10x600:8").unwrap(), WbcUsed::assumed(&profile), &profile);
        Graded::of(&Films::Thick(film), &Context { rbc, ..Context::default() }, &profile).patient
    };
    use malaria_standard::SeverityBasis;
    // 600,000/µL: 12 % of the default 5,000,000 red cells.
    let assumed = grade(None).severity.unwrap();
    assert_eq!(
        (assumed.basis, assumed.hyperparasitaemia, assumed.urgent),
        (SeverityBasis::ThickAssumedRbc, false, true)
    );
    let measured = grade(Some(RbcUsed::measured_from(5e6).unwrap())).severity.unwrap();
    assert_eq!((measured.basis, measured.hyperparasitaemia), (SeverityBasis::ThickMeasuredRbc, true));
    // In an anaemic patient the same density is a larger share.
    let anaemic = grade(Some(RbcUsed::measured_from(2e6).unwrap())).severity.unwrap();
    assert!((anaemic.percent - 30.0).abs() < 1e-9);
}

#[test]
fn species_share_the_white_cells() {
    let profile = profile("who-2016");
    let field = FieldCount::new(10, 16).with_species(Species::Falciparum, 7).unwrap();
    let fields = vec![field.with_species(Species::Malariae, 3).unwrap(); 120];
    let film = grade_fields(&fields, WbcUsed::assumed(&profile), &profile);
    // The checkpoint takes all species together: 130 at W = 208, each species over the same 208 white cells.
    assert_eq!((film.count.asexual.get(), film.count.wbc.get()), (130, 208));
    let each: Vec<_> =
        film.species.iter().map(|s| (s.species, s.density.map(|d| (d.counted(), d.over())))).collect();
    assert_eq!(each, [(Species::Falciparum, Some((91, 208))), (Species::Malariae, Some((39, 208)))]);
    assert!(FieldCount::new(1, 1).with_species(Species::Vivax, 2).is_err());
}

#[test]
fn advice_follows_the_state() {
    use malaria_standard::Advice;
    let profile = profile("who-2016");
    let advice = |text: &str| {
        let film = grade_fields(&parse_fields(text).unwrap(), WbcUsed::assumed(&profile), &profile);
        Graded::of(&Films::Thick(film), &Context::default(), &profile).patient.advice
    };
    assert_eq!(advice("100x0:16"), [Advice::RepeatIfSuspected { films: 3 }]);
    assert_eq!(advice("50x0:10"), [Advice::ExamineMore { fields: 50, wbc: 500 }]);
    let more = Advice::CountMoreWbc { wbc: 180, fields: Some(12) };
    assert_eq!(advice("20x1:16"), [more, Advice::SearchSecondSpecies { fields: 100 }]);
    assert_eq!(advice("3x4:0"), [Advice::CountWbc]);
    assert_eq!(advice("5x!3:16"), [Advice::RepeatFilm]);
    assert!(advice("120x120:16").contains(&Advice::ReadThinFilm));
    assert!(advice("100x600:8").starts_with(&[Advice::TellClinicianNow]));
}
