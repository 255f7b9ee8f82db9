//! The result of a reading in words, and the fixed words of the page.

use std::collections::BTreeMap;

use serde::Serialize;

use super::shown::SeenReadings;
use super::slide::State;
use crate::locale::{Catalogue, integer, moment, outcome_words};
use crate::record::SlideRecord;
use crate::report::together_lines;
use crate::review::{Disagreement, FilmProgress, Reading, SAMPLE_LEAST, Together};
use crate::terms::Film;

/// What stands beside the marks: the reader's result, how it came about, and what to do next.
#[derive(Debug, Serialize)]
pub(super) struct Summary {
    /// What to tell a clinician at once.
    urgent: Option<String>,
    /// The state of what was read.
    state: String,
    /// Whether that is a reader's result or still the machine's.
    standing: String,
    details: Vec<String>,
    flags: Vec<String>,
    /// What to do next.
    next: Vec<String>,
    /// What the machine says, which stays.
    machine: String,
    /// How far each film is.
    films: Vec<FilmWords>,
    /// Where reader and machine differ since the slide was analysed again.
    disagreements: Vec<Disagreeing>,
    /// What the readings of several readers give together.
    together: Vec<String>,
    /// Suspects left to judge.
    left: u64,
}

/// How far one film is.
#[derive(Debug, Serialize)]
struct FilmWords {
    film: Film,
    name: String,
    lines: Vec<String>,
    judged: u64,
    suspects: u64,
    /// Offers a sample, where there are many suspects.
    sample: Option<SampleOffer>,
    /// The size of the sample by which it is read.
    sampled: Option<u64>,
    /// What the cells that were looked at say.
    cells: String,
}

#[derive(Debug, Serialize)]
struct SampleOffer {
    text: String,
    size: u64,
}

#[derive(Debug, Serialize)]
struct Disagreeing {
    text: String,
    mark: Option<String>,
}

/// The words of a page that hold no number, by the end of their names: messages of `ROOM.ftl` that start `ROOM-page-`.
pub(super) fn page_words(room: &str, words: &Catalogue) -> BTreeMap<String, String> {
    let start = format!("{room}-page-");
    Catalogue::sources()
        .filter(|(of, language, _)| *of == room && *language == words.language())
        .flat_map(|(_, _, text)| text.lines())
        .filter_map(|line| line.strip_prefix(start.as_str())?.split_once(" ="))
        .map(|(name, _)| (name.to_owned(), words.say(&format!("{start}{name}"))))
        .collect()
}

pub(super) fn summary(
    record: &SlideRecord,
    state: &State,
    readings: &SeenReadings<'_>,
    words: &Catalogue,
) -> Summary {
    let SeenReadings { own: reading, others, earlier } = readings;
    let read = outcome_words(&state.result.result.patient, words);
    let machine = outcome_words(&record.result.patient, words);
    let standing = match reading {
        None => words.say("review-standing-machine"),
        Some(reading) => match reading.signed() {
            Some(signature) => words.say_with(
                if *earlier { "review-standing-signed-before" } else { "review-standing-signed" },
                &[
                    ("reader", reading.reader.clone()),
                    ("at", moment(&signature.at, words.language())),
                    ("version", signature.version.to_string()),
                ],
            ),
            None => words.say("review-standing-preliminary"),
        },
    };
    let begun = reading.is_some();
    let shown = if begun { read } else { machine.clone() };
    Summary {
        urgent: shown.alerts.into_iter().chain(machine.alerts).next(),
        state: shown.state,
        standing,
        details: shown.estimate.into_iter().chain(shown.details).collect(),
        flags: shown.flags,
        next: shown.advice,
        machine: machine.state,
        films: state.progress.films.iter().map(|film| film_words(film, words)).collect(),
        disagreements: disagreements(record, state, words),
        together: together(record, *reading, others, words),
        left: state.progress.left(),
    }
}

fn film_words(film: &FilmProgress, words: &Catalogue) -> FilmWords {
    let number = |n: u64| integer(n, words.language());
    let mut lines = Vec::new();
    match film.sample {
        Some(_) => lines.push(words.say_with(
            "review-film-sampled",
            &[
                ("judged", number(film.sample_judged)),
                ("size", number(film.sample_suspects)),
                ("suspects", number(film.suspects)),
            ],
        )),
        None => lines.push(words.say_with(
            "review-film-judged",
            &[("judged", number(film.judged)), ("suspects", number(film.suspects))],
        )),
    }
    lines.push(words.say_with(
        "review-film-found",
        &[
            ("confirmed", number(film.confirmed)),
            ("doubtful", number(film.doubtful)),
            ("added", number(film.added)),
        ],
    ));
    lines.push(words.say_with(
        "review-film-fields",
        &[("looked", number(film.fields_looked)), ("counted", number(film.fields_counted))],
    ));
    let (key, machine, read) = match film.film {
        Film::Thick => ("review-film-white", film.machine.white_cells, film.read.white_cells),
        Film::Thin => ("review-film-red", film.machine.red_cells, film.read.red_cells),
    };
    lines.push(words.say_with(key, &[("machine", number(machine)), ("read", number(read))]));
    let offered = film.sample_offered && film.sample.is_none() && !film.is_read();
    FilmWords {
        film: film.film,
        name: words.say(&format!("film-{}", film.film.code())),
        lines,
        judged: if film.sample.is_some() { film.sample_judged } else { film.judged },
        suspects: if film.sample.is_some() { film.sample_suspects } else { film.suspects },
        sample: offered.then(|| SampleOffer {
            text: words.say_with(
                "review-sample-offer",
                &[("suspects", number(film.suspects)), ("size", number(SAMPLE_LEAST))],
            ),
            size: SAMPLE_LEAST,
        }),
        sampled: film.sample,
        cells: match film.cells_judged {
            0 => words.say("review-cells-none"),
            judged => words.say_with(
                "review-cells-judged",
                &[("judged", number(judged)), ("wrong", number(judged - film.cells_right))],
            ),
        },
    }
}

fn disagreements(record: &SlideRecord, state: &State, words: &Catalogue) -> Vec<Disagreeing> {
    let image = |field: usize| record.fields.get(field).map(|f| f.image.clone()).unwrap_or_default();
    let class = |class: crate::terms::CellClass| {
        words.say(&format!("review-page-class-{}", class.code().replace('_', "-")))
    };
    let of = |disagreement| match disagreement {
        Disagreement::NotFoundAgain { mark, field } => Disagreeing {
            text: words.say_with("review-not-found-again", &[("image", image(field))]),
            mark: Some(mark.to_string()),
        },
        Disagreement::OtherClass { mark, field, was, now } => Disagreeing {
            text: words.say_with(
                "review-other-class",
                &[("image", image(field)), ("was", class(was)), ("now", class(now))],
            ),
            mark: Some(mark.to_string()),
        },
        Disagreement::FieldGone { decisions } => Disagreeing {
            text: words
                .say_with("review-field-gone", &[("decisions", integer(decisions as u64, words.language()))]),
            mark: None,
        },
    };
    state.slide.disagreements().into_iter().map(of).collect()
}

/// What the signed readings give together (section 10.2); nothing while this reader is blind and has not signed.
fn together(
    record: &SlideRecord,
    reading: Option<&Reading>,
    others: &[&Reading],
    words: &Catalogue,
) -> Vec<String> {
    let Some(own) = reading else { return Vec::new() };
    if own.signed().is_none() {
        return if own.blind && !others.is_empty() { vec![words.say("review-blind")] } else { Vec::new() };
    }
    together_lines(&Together::of(record, others.iter().copied().chain([own])), words)
}
