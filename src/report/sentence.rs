//! The state of a film or a patient in the wording of the standard (section 9).

use super::words::Words;
use crate::standard::{Basis, Outcome, State};
use crate::tally::FieldTally;
use crate::terms::Film;

/// The sentences that say what was found, and how sure it is. `seen` are the counts behind the stages named.
pub(super) fn state(outcome: &Outcome, film: Film, seen: &FieldTally, words: Words<'_>) -> Vec<String> {
    let count = |n: Option<u64>| words.integer(n.unwrap_or(0));
    let mut said = Vec::new();
    if matches!(outcome.state, State::Positive | State::ShortCount) {
        said.push(presence(outcome, seen, words));
    }
    let sentence = match (outcome.state, film) {
        (State::Positive, Film::Thick) => words.with(
            "report-thick-density",
            &[
                ("density", count(outcome.density_per_ul)),
                ("interval", interval_per_ul(outcome, words)),
                ("parasites", count(outcome.parasites)),
                ("parasites_are", words.plural(outcome.parasites.unwrap_or(0))),
                ("wbc", count(outcome.wbc_counted)),
                ("per_ul", words.per_ul(outcome.wbc_per_ul.unwrap_or(f64::NAN))),
                ("basis", basis(outcome.wbc_basis, words)),
            ],
        ),
        (State::Positive, Film::Thin) => {
            let share = words.with(
                "report-thin-percent",
                &[
                    ("percent", percent(outcome, words)),
                    ("interval", interval_percent(outcome, words)),
                    ("infected", count(outcome.infected_rbc)),
                    ("rbc", count(outcome.rbc_counted)),
                ],
            );
            format!("{share} {}", thin_density(outcome, words))
        }
        (State::NoParasitesSeen, _) => words.with(
            "report-no-parasites-seen",
            &[
                ("fields", count(outcome.fields_valid)),
                ("volume", words.short(outcome.volume_ul.unwrap_or(f64::NAN))),
            ],
        ),
        (State::InsufficientFields, _) => words.with(
            "report-insufficient-fields",
            &[
                ("fields", count(outcome.need_fields)),
                ("fields_are", words.plural(outcome.need_fields.unwrap_or(0))),
                ("wbc", count(outcome.need_wbc)),
            ],
        ),
        (State::ProvisionalCount, _) => words.with(
            "report-provisional-count",
            &[
                ("density", count(outcome.density_per_ul)),
                ("interval", interval_per_ul(outcome, words)),
                ("wbc", count(outcome.need_wbc)),
            ],
        ),
        (State::GametocytesOnly, Film::Thick) => words.with(
            "report-gametocytes-only-thick",
            &[
                ("fields", count(outcome.fields_valid)),
                ("fields_are", words.plural(outcome.fields_valid.unwrap_or(0))),
            ],
        ),
        (State::GametocytesOnly, Film::Thin) => {
            words.with("report-gametocytes-only-thin", &[("rbc", count(outcome.rbc_counted))])
        }
        (State::ReviewRequired, _) => words.say("report-review-required"),
        (State::NotCalculable, Film::Thick) => words.say("report-not-calculable-positive"),
        (State::NotCalculable, Film::Thin) => words.say("report-not-calculable"),
        (State::NotReadable, _) => words.say("report-not-readable"),
        (State::ShortCount, _) => {
            let share = words.with(
                "report-short-count",
                &[
                    ("percent", percent(outcome, words)),
                    ("rbc", count(outcome.rbc_counted)),
                    ("interval", interval_percent(outcome, words)),
                    ("need", count(outcome.need_rbc)),
                ],
            );
            format!("{share} {}", thin_density(outcome, words))
        }
        (State::TooFewRbc, _) => words.with("report-too-few-rbc", &[("rbc", count(outcome.rbc_counted))]),
        (State::NoParasiteInExaminedRbc, _) => words.with(
            "report-no-parasite-in-examined-rbc",
            &[
                ("rbc", count(outcome.rbc_counted)),
                ("upper", words.percent(outcome.ci_high.unwrap_or(f64::NAN))),
            ],
        ),
    };
    said.push(sentence);
    said
}

/// What the interval does not cover (section 15); `None` where no interval is shown.
pub(super) fn interval_note(outcome: &Outcome, film: Film, words: Words<'_>) -> Option<String> {
    let shown = match outcome.state {
        State::Positive | State::ProvisionalCount | State::ShortCount => true,
        State::NoParasitesSeen
        | State::InsufficientFields
        | State::GametocytesOnly
        | State::ReviewRequired
        | State::NotCalculable
        | State::NotReadable
        | State::TooFewRbc
        | State::NoParasiteInExaminedRbc => false,
    };
    let assumed = |basis| basis == Some(Basis::Default);
    (shown && outcome.ci_level.is_some()).then(|| {
        words.say(match film {
            Film::Thick if assumed(outcome.wbc_basis) => "report-counting-error-thick",
            Film::Thin if assumed(outcome.rbc_basis) => "report-counting-error-thin",
            Film::Thick | Film::Thin => "report-counting-error",
        })
    })
}

/// "P. falciparum seen (rings, gametocytes)."
fn presence(outcome: &Outcome, seen: &FieldTally, words: Words<'_>) -> String {
    let named: Vec<String> =
        outcome.species.iter().map(|s| words.say(&format!("report-species-{}", s.species.code()))).collect();
    // The detectors of this engine look for P. falciparum; species are named where a person has told them.
    let species =
        if named.is_empty() { words.say("report-species-falciparum") } else { named.join(", ") };
    let stages: Vec<String> = [
        (seen.rings, "report-stage-rings"),
        (seen.trophozoites, "report-stage-trophozoites"),
        (seen.schizonts, "report-stage-schizonts"),
        (outcome.gametocytes.unwrap_or(seen.gametocytes), "report-stage-gametocytes"),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(_, key)| words.say(key))
    .collect();
    let stages = match stages.is_empty() {
        true => String::new(),
        false => words.with("report-stages", &[("list", stages.join(", "))]),
    };
    words.with("report-positive", &[("species", species), ("stages", stages)]).replace(" .", ".")
}

fn thin_density(outcome: &Outcome, words: Words<'_>) -> String {
    words.with(
        "report-thin-density",
        &[
            ("density", words.integer(outcome.density_per_ul.unwrap_or(0))),
            ("interval", interval_per_ul(outcome, words)),
            ("per_ul", words.per_ul(outcome.rbc_per_ul.unwrap_or(f64::NAN))),
            ("basis", basis(outcome.rbc_basis, words)),
        ],
    )
}

fn percent(outcome: &Outcome, words: Words<'_>) -> String {
    let value = outcome.parasitaemia_percent.unwrap_or(f64::NAN);
    match outcome.parasitaemia_decimals {
        Some(decimals) => words.decimal(value, usize::from(decimals)),
        None => words.percent(value),
    }
}

fn interval_per_ul(outcome: &Outcome, words: Words<'_>) -> String {
    interval(outcome, words, [outcome.ci_low_per_ul, outcome.ci_high_per_ul].map(|v| words.density(known(v))))
}

fn interval_percent(outcome: &Outcome, words: Words<'_>) -> String {
    interval(outcome, words, [outcome.ci_low, outcome.ci_high].map(|v| words.percent(known(v))))
}

fn interval(outcome: &Outcome, words: Words<'_>, [low, high]: [String; 2]) -> String {
    let level = words.short(known(outcome.ci_level.map(|l| l * 100.0)));
    let level = level.trim_end_matches(['.', ',', '0']).to_owned();
    words.with("report-interval", &[("level", level), ("low", low), ("high", high)])
}

/// NaN, shown as a dash, where a value is not known.
fn known(value: Option<f64>) -> f64 {
    value.unwrap_or(f64::NAN)
}

fn basis(basis: Option<Basis>, words: Words<'_>) -> String {
    basis.map_or_else(|| "–".to_owned(), |b| words.say(&format!("report-basis-{}", b.code())))
}
