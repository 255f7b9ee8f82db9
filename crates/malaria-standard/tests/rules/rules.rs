//! Rows of the vectors beyond counting: scales, readers, competence, response, severity, detection limits
//! (falciparum standard, section 20).

use std::collections::BTreeSet;

use crate::vectors::{Row, Rows};
use malaria_standard::Species;
use malaria_standard::interval::{Volume, detection_limit, probability_missed, upper_limit_two_sided};
use malaria_standard::profile::{Limit, ReaderRule};
use malaria_standard::{
    Anaemia, Asexual, FinalRule, InfectedCells, Levels, OnScale, Profile, Reading, RedCells, Visit, WbcUsed,
    WhiteCells, check_limit, classify_response, compare, conclude, hyperparasitaemia_knowlesi,
    jaundice_condition, needs_third, plus_grade, severe_anaemia_condition, trape_class, within_tolerance,
};

fn who() -> Profile {
    Profile::named("who-2016").unwrap()
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "1" } else { "0" }
}

#[test]
fn plus_grades() {
    let profile = who();
    Rows::read("plus_grade.csv", 24).each(|row| {
        let place =
            plus_grade(Asexual(row.whole("parasites")), row.whole("fields_valid"), &profile.values().plus);
        row.same("grade", place.at().map_or("", |g| g.code()));
        row.same("status", status(place));
    });
}

#[test]
fn trape_classes() {
    let profile = Profile::named("trape-1983").unwrap();
    Rows::read("trape.csv", 20).each(|row| {
        let (p, w) = (Asexual(row.whole("parasites")), WhiteCells(row.whole("wbc_counted")));
        let wbc = WbcUsed::assumed(&profile);
        let place = trape_class(p, w, wbc, row.whole("fields_valid"), &profile.values().trape);
        row.same("class", &place.at().map_or(String::new(), |c| c.get().to_string()));
        row.same("status", status(place));
        let density = malaria_standard::Density::thick(p, w, wbc).filter(|d| d.counted() > 0);
        row.close("density_raw", density.map(|d| d.raw()));
    });
}

fn status<T>(place: OnScale<T>) -> &'static str {
    match place {
        OnScale::At(_) => "ok",
        OnScale::InsufficientFields => "InsufficientFields",
        OnScale::NotCalculable => "NotCalculable",
    }
}

#[test]
fn two_readers() {
    let profile = who();
    let rule = &profile.values().readers;
    Rows::read("two_readers.csv", 29).each(|row| {
        let (a, b) = (Reading::new(row.whole("reader_a")), Reading::new(row.whole("reader_b")));
        let third = row.optional_whole("reader_c").map(Reading::new);
        let seen = compare(&a, &b, rule);
        row.close("mean_ab", Some(seen.mean));
        row.close("diff_pct_of_mean", Some(seen.percent_of_mean));
        row.close("diff_pct_of_lower", seen.percent_of_lower);
        row.close("diff_pct_of_higher", seen.percent_of_higher);
        row.same("presence_discordant", yes_no(seen.presence_discordant));
        row.close("obare_limit", Some(seen.obare_limit));
        row.same("obare_tested", yes_no(seen.obare_tested));
        for (column, by) in [
            ("third_read_50", ReaderRule::WhoTes2009),
            ("third_read_25", ReaderRule::Research25),
            ("third_read_obare", ReaderRule::TdrObare),
        ] {
            row.same(column, yes_no(needs_third(&a, &b, by, rule)));
        }
        let end = conclude(&a, &b, third.as_ref(), rule);
        row.close("final_density", end.final_density);
        row.same(
            "final_rule",
            match end.final_rule {
                FinalRule::MeanOfTwo => "mean of two (who-tes-2009)",
                FinalRule::ThirdReadingNeeded => "third reading needed (who-tes-2009)",
                FinalRule::MeanOfTwoClosest => "mean of the two closest",
                FinalRule::MeanOfThree => "tie: mean of all three",
                FinalRule::NegativeByMajority => "negative by majority",
                FinalRule::MeanOfTwoPositive => "mean of the two positive readings",
            },
        );
    });
}

#[test]
fn competence() {
    let profile = who();
    let rule = &profile.values().competence;
    Rows::read("competence.csv", 24).each(|row| match row.text("kind") {
        "level" => {
            let levels = Levels::of_percentages(
                row.number("detection_pct"),
                row.number("species_pct"),
                row.number("count_pct"),
                rule,
            );
            let shown = |level: malaria_standard::Level| level.get().to_string();
            row.same("level_detection", &shown(levels.detection));
            row.same("level_species", &levels.species.map(shown).unwrap_or_default());
            row.same("level_count", &levels.count.map(shown).unwrap_or_default());
            row.same("level_overall", &shown(levels.overall));
        }
        "count" => {
            let within = within_tolerance(row.whole("true_density"), row.whole("reported_density"), rule);
            row.same("within_25_pct", within.map_or("", yes_no));
        }
        other => row.fault(format!("no test for rows of kind {other}")),
    });
}

#[test]
fn treatment_response() {
    let profile = who();
    Rows::read("tes_response.csv", 20).each(|row| {
        let visits: Vec<Visit> = row
            .text("visits_day_density_temp_danger")
            .split_whitespace()
            .map(|text| Visit::parse(text).unwrap())
            .collect();
        let days = row.number("followup_days") as u32;
        let found =
            classify_response(row.whole("d0_density"), &visits, days, &profile.values().response).unwrap();
        row.same("expected", found.class.code());
        row.same("expected_day", &found.day.map_or(String::new(), |d| d.to_string()));
    });
}

/// The limit of an authority, by its percentage.
fn limit_of(authority: &str, percent: f64) -> Limit {
    Profile::limits()
        .iter()
        .find(|l| l.authority.code() == authority && l.percent == percent)
        .unwrap()
        .clone()
}

#[test]
fn severity() {
    let profile = who();
    let rule = &profile.values().severity;
    Rows::read("severity.csv", 33).each(|row| {
        let species = match row.text("species") {
            "falciparum" => Species::Falciparum,
            "vivax" => Species::Vivax,
            "knowlesi" => Species::Knowlesi,
            other => panic!("{other}"),
        };
        let density = row.optional_number("density_per_ul");
        let criterion = row.text("criterion").to_owned();
        let (met, certainty) = match criterion.as_str() {
            "jaundice" => {
                assert_eq!(row.text("other_parameter"), "bilirubin_umol_l");
                (jaundice_condition(species, density.unwrap(), row.number("other_value"), rule), "")
            }
            "severe_anaemia" => {
                let anaemia = match row.text("other_parameter") {
                    "hb_g_dl" => Anaemia::Haemoglobin(row.number("other_value")),
                    "hct_pct" => Anaemia::Haematocrit(row.number("other_value")),
                    other => panic!("{other}"),
                };
                (
                    severe_anaemia_condition(
                        species,
                        density.unwrap(),
                        anaemia,
                        row.number("age_years"),
                        rule,
                    ),
                    "",
                )
            }
            "density>100000" => (hyperparasitaemia_knowlesi(density.unwrap(), rule), ""),
            percentage => hyperparasitaemia(row, species, percentage),
        };
        row.same("expected", yes_no(met));
        row.same("certainty", certainty);
    });
}

/// Rows on a percentage go through the films, as a user's count does.
fn hyperparasitaemia(row: &Row, species: Species, criterion: &str) -> (bool, &'static str) {
    use malaria_standard::{Authority, Films, RbcUsed, ThinCount, grade_thin, severity_of_films};
    let (infected, counted) = (row.whole("infected_rbc"), row.whole("rbc_counted"));
    let wanted = criterion.trim_start_matches("parasitaemia_pct");
    let percent: f64 = wanted.trim_start_matches(['>', '=']).parse().unwrap();
    let limit = limit_of(row.text("profile"), percent);
    assert_eq!(limit.inclusive, wanted.starts_with(">="), "{}", row.id());
    let authority = Authority::KNOWN.into_iter().find(|a| a.code() == row.text("profile")).unwrap();
    let profile = who().with_severity(authority);
    let rbc = RbcUsed::assumed(&profile);
    let film = grade_thin(&ThinCount::new(infected, counted).unwrap(), rbc, &profile);
    let films = Films::Thin(film);
    let Some(report) = severity_of_films(&films, rbc, &BTreeSet::from([species]), &profile) else {
        return (false, "n/a");
    };
    let listed = report.limits.iter().find(|c| c.limit == limit).unwrap();
    let alone = check_limit(&limit, InfectedCells(infected), RedCells(counted), 0.95).unwrap();
    assert_eq!(listed, &alone, "{}", row.id());
    if report.shown.limit.percent == percent {
        assert_eq!(report.shown.crossed, listed.crossed);
        assert_eq!(report.urgent, listed.crossed);
    }
    (listed.crossed, listed.certainty.code())
}

#[test]
fn of_two_species_the_lower_limits_of_density_hold() {
    use malaria_standard::{Films, RbcUsed, WbcUsed, grade_fields, parse_fields, severity_of_films};
    let profile = who();
    let jaundice = |species: &[Species], fields: &str| {
        let film = grade_fields(&parse_fields(fields).unwrap(), WbcUsed::assumed(&profile), &profile);
        let species: BTreeSet<Species> = species.iter().copied().collect();
        let films = Films::Thick(film);
        severity_of_films(&films, RbcUsed::assumed(&profile), &species, &profile).unwrap().jaundice_density
    };
    // 50,000/µL lies between the limits of SEV-12 and SEV-2.
    let between = "20x100:16";
    assert!(jaundice(&[Species::Knowlesi], between));
    assert!(!jaundice(&[Species::Falciparum], between));
    assert!(jaundice(&[Species::Falciparum, Species::Knowlesi], between));
    assert!(!jaundice(&[Species::Falciparum, Species::Knowlesi], "20x30:16"));
}

#[test]
fn detection_limits() {
    Rows::read("detection_limit.csv", 13).each(|row| {
        let profile = who();
        let examined = row.whole("examined");
        let volume = match (row.text("unit"), row.text("volume_from")) {
            ("wbc", _) => Volume::of_cells(examined, WbcUsed::assumed(&profile).per_ul()),
            ("fields", from) => Volume::of_fields(examined, from.split(' ').next().unwrap().parse().unwrap()),
            ("rbc", _) => Volume::of_cells(examined, 5e6),
            ("fields_of_250", _) => Volume::of_cells(250 * examined, 5e6),
            other => panic!("{other:?}"),
        }
        .unwrap();
        row.close("volume_ul", Some(volume.get()));
        row.close("d95_per_ul", detection_limit(0.95, volume));
        row.close("d99_per_ul", detection_limit(0.99, volume));
        row.close("upper_two_sided_97_5_if_zero", upper_limit_two_sided(0.95, volume));
        for density in [5, 10, 16, 50, 100, 200] {
            row.close(&format!("pmiss_{density}"), Some(probability_missed(f64::from(density), volume)));
        }
    });
}

/// The published simulation table: its standard deviations follow D·√(1/P + 1/W) within 10 % (the document says
/// about 6 %), and the two computed columns come from the formulas of this crate.
#[test]
fn published_simulation_table() {
    Rows::read("dhorda2020_table3.csv", 16).each(|row| {
        let (density, counted) = (row.number("true_density"), row.number("counted"));
        let per_ul = if row.text("unit") == "wbc" { 8000.0 } else { 5e6 };
        let expected = density * counted / per_ul;
        // On a thin film the cells counted are a fixed number; on a thick film they vary as well.
        let variance = if row.text("unit") == "wbc" {
            1.0 / expected + 1.0 / counted
        } else {
            (1.0 - density / per_ul) / expected
        };
        let sd = density * variance.sqrt();
        row.close_within("sd_formula", Some(sd), 2e-3);
        let published = row.number("sd");
        if (sd / published - 1.0).abs() > 0.10 {
            row.fault(format!("sd is {sd}, published {published}"));
        }
    });
}
