//! What a result says, one finding after the other, before it is written in any form.

use super::released::Released;
use crate::locale::{Catalogue, integer};
use crate::record::FilmTally;
use crate::standard::{Conclusion, Outcome, Presence};
use crate::terms::Film;

/// One finding, by the name of its code.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Finding {
    pub(super) code: &'static str,
    /// The film that it was made on.
    pub(super) film: Option<Film>,
    pub(super) value: Value,
    /// Name of the code of its interpretation.
    pub(super) interpreted: Option<&'static str>,
    /// What it rests on.
    pub(super) parts: Vec<(&'static str, Value)>,
}

/// A value; names are those of codes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Coded(&'static str),
    Quantity(f64, &'static str),
    Count(u64),
    Text(String),
    /// Looked for, and not to be said.
    Open,
}

/// Everything that a result says (section 16 of the standard). Of a result that no reader has judged that is how far it
/// is, and nothing about parasites (MCH-1).
pub(super) fn findings(released: &Released, words: &Catalogue) -> Vec<Finding> {
    let mut found = Vec::new();
    let patient = &released.record.result.patient;
    if patient.reading.is_read() {
        let conclusion = released.conclusion();
        let presence = concluded_presence(patient, conclusion);
        found.push(presence_of(patient, presence));
        if presence == Presence::Positive && patient.presence == Presence::Positive {
            found.extend(species(patient));
            found.extend(stages(released, words));
        }
        match conclusion {
            None => found.extend(parasitaemia(patient).into_iter().chain(density(patient))),
            Some(conclusion) => found.extend(concluded_density(patient, conclusion)),
        }
        found.extend(patient.gametocytes.map(|count| Finding {
            code: "gametocytes",
            film: patient.gametocytes_on,
            value: Value::Count(count),
            interpreted: None,
            parts: Vec::new(),
        }));
    }
    let record = &released.record;
    for (film, outcome, tally) in [
        (Film::Thick, &record.result.thick, &record.tally.thick),
        (Film::Thin, &record.result.thin, &record.tally.thin),
    ] {
        if let (Some(outcome), Some(tally)) = (outcome, tally) {
            found.push(quality(film, outcome, tally, words));
        }
    }
    found
}

fn counted(code: &'static str, count: Option<u64>) -> Option<(&'static str, Value)> {
    count.map(|count| (code, Value::Count(count)))
}

fn measured(code: &'static str, value: Option<f64>, unit: &'static str) -> Option<(&'static str, Value)> {
    // More digits than a count has meaning for; of limits per µL and volumes the report shows fewer.
    let digits = if unit == "per-ul" { 10.0 } else { 1e4 };
    value.map(|value| (code, Value::Quantity((value * digits).round() / digits, unit)))
}

/// How much was examined.
fn examined(of: &Outcome) -> impl Iterator<Item = (&'static str, Value)> {
    [
        counted("fields-examined", of.fields_valid),
        counted("wbc-counted", of.wbc_counted),
        counted("rbc-counted", of.rbc_counted),
        measured("volume-examined", of.volume_ul, "ul"),
    ]
    .into_iter()
    .flatten()
}

/// Presence as all readers give it together; open while they ask for a third.
fn concluded_presence(of: &Outcome, conclusion: Option<&Conclusion>) -> Presence {
    match conclusion {
        None => of.presence,
        Some(Conclusion { final_density: Some(density), .. }) if *density > 0.0 => Presence::Positive,
        Some(Conclusion { final_density: Some(_), .. }) => Presence::NoParasitesSeen,
        Some(conclusion) if conclusion.comparison.presence_discordant => Presence::Indeterminate,
        Some(_) => of.presence,
    }
}

/// The density that all readers give together, without an interval: each reader's is about a count of his own. The rule is
/// named by its code.
fn concluded_density(of: &Outcome, conclusion: &Conclusion) -> Option<Finding> {
    Some(Finding {
        code: "asexual-density",
        film: of.reported_from,
        value: Value::Quantity(conclusion.final_density.filter(|density| *density > 0.0)?.round(), "per-ul"),
        interpreted: None,
        parts: vec![("result-state", Value::Text(conclusion.final_rule.code().to_owned()))],
    })
}

fn presence_of(of: &Outcome, presence: Presence) -> Finding {
    let (value, interpreted) = match presence {
        Presence::Positive => (Value::Coded("positive"), "interpreted-positive"),
        Presence::NoParasitesSeen => (Value::Coded("negative"), "interpreted-negative"),
        Presence::Indeterminate => (Value::Open, "interpreted-open"),
    };
    Finding {
        code: "presence",
        film: of.reported_from,
        value,
        interpreted: Some(interpreted),
        parts: examined(of).collect(),
    }
}

/// The species that were named; where none was, that it was not determined.
fn species(of: &Outcome) -> Vec<Finding> {
    let code = match of.reported_from {
        Some(Film::Thin) => "species-thin",
        _ => "species",
    };
    let finding = |value| Finding {
        code,
        film: of.reported_from,
        value: Value::Coded(value),
        interpreted: None,
        parts: Vec::new(),
    };
    if of.species_seen.is_empty() {
        return vec![finding("plasmodium")];
    }
    of.species_seen.iter().map(|species| finding(species.code())).collect()
}

/// The stages that were seen in counted fields, in words.
fn stages(released: &Released, words: &Catalogue) -> Option<Finding> {
    let record = &released.record;
    let patient = &record.result.patient;
    let tally = match patient.reported_from {
        Some(Film::Thin) => record.tally.thin,
        _ => record.tally.thick,
    };
    let tally = tally.unwrap_or_default().counted;
    let seen = [
        ("ring", tally.rings),
        ("trophozoite", tally.trophozoites),
        ("schizont", tally.schizonts),
        ("gametocyte", patient.gametocytes.unwrap_or(0)),
    ];
    let named: Vec<String> = seen
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(stage, _)| words.say(&format!("sheet-stage-{stage}")))
        .collect();
    (!named.is_empty()).then(|| Finding {
        code: "stages",
        film: patient.reported_from,
        value: Value::Text(named.join(", ")),
        interpreted: None,
        parts: Vec::new(),
    })
}

fn parasitaemia(of: &Outcome) -> Option<Finding> {
    // Limits are in per cent where the count is a thin film's.
    let limit = |value: Option<f64>| value.filter(|_| of.reported_from == Some(Film::Thin));
    let parts = [
        counted("infected-rbc-counted", of.infected_rbc),
        counted("rbc-counted", of.rbc_counted),
        measured("ci-low", limit(of.ci_low), "percent"),
        measured("ci-high", limit(of.ci_high), "percent"),
    ];
    Some(Finding {
        code: "parasitaemia",
        film: of.reported_from,
        value: Value::Quantity(of.parasitaemia_percent?, "percent"),
        interpreted: None,
        parts: parts.into_iter().flatten().collect(),
    })
}

fn density(of: &Outcome) -> Option<Finding> {
    let basis = |code, basis: Option<crate::standard::Basis>| {
        basis.map(|basis| (code, Value::Text(basis.code().to_owned())))
    };
    let parts = [
        counted("parasites-counted", of.parasites),
        counted("wbc-counted", of.wbc_counted),
        measured("wbc-per-ul", of.wbc_per_ul, "per-ul"),
        basis("wbc-basis", of.wbc_basis),
        counted("infected-rbc-counted", of.infected_rbc),
        counted("rbc-counted", of.rbc_counted),
        measured("rbc-per-ul", of.rbc_per_ul, "per-ul"),
        basis("rbc-basis", of.rbc_basis),
        measured("ci-low", of.ci_low_per_ul, "per-ul"),
        measured("ci-high", of.ci_high_per_ul, "per-ul"),
        counted("fields-examined", of.fields_counted.or(of.fields_valid)),
        measured("volume-examined", of.volume_ul, "ul"),
    ];
    Some(Finding {
        code: "asexual-density",
        film: of.reported_from,
        value: Value::Quantity(of.density_per_ul? as f64, "per-ul"),
        interpreted: None,
        parts: parts.into_iter().flatten().collect(),
    })
}

fn quality(film: Film, of: &Outcome, tally: &FilmTally, words: &Catalogue) -> Finding {
    let number = |n: u64| integer(n, words.language());
    let all = tally.fields_counted + tally.fields_rejected;
    let values = [("counted", number(tally.fields_counted)), ("all", number(all))];
    Finding {
        code: "film-quality",
        film: Some(film),
        value: Value::Text(words.say_with("exchange-quality", &values)),
        interpreted: None,
        parts: vec![
            ("result-state", Value::Text(of.state.code().to_owned())),
            ("rule-profile", Value::Text(format!("{} {}", of.profile.name, of.profile.version))),
            ("fields-examined", Value::Count(tally.fields_counted)),
        ],
    }
}
