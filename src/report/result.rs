//! What a result says, piece by piece, before it becomes text or a page.

use super::clinical::Signature;
use super::head::said_of;
use super::words::Words;
use super::{basis, film, pictures};
use crate::locale::{Catalogue, OutcomeWords, outcome_words};
use crate::record::{FieldRecord, FilmTally, SlideRecord};
use crate::standard::Outcome;
use crate::terms::Film;

/// One piece of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Above everything.
    Plain(String),
    /// Of a part.
    Heading(String),
    /// What is urgent (MCH-7).
    Alert(String),
    /// A sentence.
    Line(String),
    /// One of a list.
    Item(String),
    /// A line below everything, with room before it.
    Apart(String),
}

impl Piece {
    /// Its words.
    #[cfg(feature = "archive")]
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Plain(text)
            | Self::Heading(text)
            | Self::Alert(text)
            | Self::Line(text)
            | Self::Item(text)
            | Self::Apart(text) => text,
        }
    }
}

/// A whole result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// What everybody reads.
    pub(super) pieces: Vec<Piece>,
    /// How it was found, for who asks.
    pub(super) basis: Vec<Piece>,
    /// The line for a signature; empty where one is given.
    pub(super) end: Option<Piece>,
}

/// The result of a record, preliminary, or signed by a reader whose result the record then holds.
pub(super) fn said(record: &SlideRecord, signed: Option<&Signature>, catalogue: &Catalogue) -> Said {
    let words = Words::new(catalogue);
    let mut out = Pieces(head(record, signed, words));
    let patient = &record.result.patient;
    let said = outcome_words(patient, catalogue);
    out.heading(words.say("report-heading-result"));
    out.0.extend(said.alerts.iter().map(|line| Piece::Alert(sentence(line))));
    out.lines([&said.state].into_iter().chain(&said.estimate).chain(&said.details));
    let films: Vec<(Film, &Outcome)> =
        [(Film::Thick, &record.result.thick), (Film::Thin, &record.result.thin)]
            .into_iter()
            .filter_map(|(film, outcome)| Some((film, outcome.as_ref()?)))
            .collect();
    if let (true, Some(from)) = (films.len() > 1, patient.reported_from) {
        out.0.push(Piece::Line(words.say(&format!("report-from-{}", from.code()))));
    }
    out.section(words.say("report-heading-next"), &sentences(&next_steps(record, signed, &said, words)));
    for (film, outcome) in &films {
        let tally = tally_of(record, *film, outcome, signed.is_some());
        let details = film::details(outcome, &tally, *film, words);
        // What the result above says is not said again; of the other film it is.
        let other = films.len() > 1 && patient.reported_from != Some(*film);
        if details.is_empty() && !other {
            continue;
        }
        let key = if films.len() > 1 {
            format!("report-heading-{}", film.code())
        } else {
            "report-heading-count".to_owned()
        };
        out.heading(words.say(&key));
        if other {
            let said = outcome_words(outcome, catalogue);
            out.lines([&said.state].into_iter().chain(&said.estimate));
        }
        out.lines(&details);
    }
    out.section(words.say("report-heading-remarks"), &sentences(&said.flags));
    out.section(words.say("report-heading-pictures"), &pictures::pictures(record, words));
    let mut behind = said.background.clone();
    behind.extend(said.caveat.clone());
    for (film, outcome) in &films {
        behind.extend(film::examined(outcome, *film, words));
    }
    behind.extend(basis::basis(record, words));
    behind.push(said.profile);
    let mut basis = Pieces(Vec::new());
    basis.section(words.say("report-heading-basis"), &sentences(&behind));
    let end = signed.is_none().then(|| Piece::Apart(words.say("report-reader-line")));
    Said { pieces: out.0, basis: basis.0, end }
}

/// The slide, and whether anything of it is signed.
fn head(record: &SlideRecord, signed: Option<&Signature>, words: Words<'_>) -> Vec<Piece> {
    let title = words.with("report-title", &[("slide", record.slide.id.clone())]);
    let standing = match signed {
        Some(by) => {
            let args = [("reader", by.reader.clone()), ("signed", words.moment(&by.at))];
            words.with("clinical-signed", &args)
        }
        None => words.say("report-preliminary"),
    };
    [title].into_iter().chain(said_of(&record.slide, words)).chain([standing]).map(Piece::Plain).collect()
}

/// What the standard advises, then what the pictures ask for.
fn next_steps(
    record: &SlideRecord,
    signed: Option<&Signature>,
    said: &OutcomeWords,
    words: Words<'_>,
) -> Vec<String> {
    let mut steps = said.advice.clone();
    if record.fields.iter().any(FieldRecord::is_unfit) {
        steps.push(words.say("report-next-retake"));
    }
    if !record.unread.is_empty() {
        steps.push(words.say("report-next-recopy"));
    }
    if signed.is_none() {
        steps.push(words.say("report-next-sign"));
    }
    steps
}

/// The tally of a film. The machine's stages and cells are no part of what a reader has signed.
fn tally_of(record: &SlideRecord, film: Film, outcome: &Outcome, signed: bool) -> FilmTally {
    let tally = match film {
        Film::Thick => record.tally.thick,
        Film::Thin => record.tally.thin,
    };
    let tally = tally.unwrap_or_default();
    if !signed {
        return tally;
    }
    let fields_counted = outcome.fields_counted.or(outcome.fields_valid).unwrap_or(tally.fields_counted);
    FilmTally { fields_counted, ..FilmTally::default() }
}

struct Pieces(Vec<Piece>);

impl Pieces {
    fn heading(&mut self, heading: String) {
        self.0.push(Piece::Heading(heading));
    }

    fn lines<'a>(&mut self, lines: impl IntoIterator<Item = &'a String>) {
        self.0.extend(lines.into_iter().map(|line| Piece::Line(sentence(line))));
    }

    /// A heading with a list below it; nothing where the list is empty.
    fn section(&mut self, heading: String, items: &[String]) {
        if !items.is_empty() {
            self.heading(heading);
            self.0.extend(items.iter().cloned().map(Piece::Item));
        }
    }
}

fn sentences(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| sentence(text)).collect()
}

/// The text with a full stop where it has none.
pub(super) fn sentence(text: &str) -> String {
    let open = text.ends_with(|c: char| c.is_alphanumeric() || c == ')' || c == '%');
    if open { format!("{text}.") } else { text.to_owned() }
}
