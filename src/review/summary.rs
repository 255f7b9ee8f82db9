//! How far a reader is: plain numbers for a person and for the rules.

use serde::{Deserialize, Serialize};

use super::counts::ReadCounts;
use super::decision::Verdict;
use super::marks::MarkOrigin;
use super::replay::ReadSlide;
use super::sample::SAMPLE_ABOVE;
use crate::record::SlideRecord;
use crate::tally::FieldTally;
use crate::terms::{CellClass, Film};

/// How far the reading of a slide is, per film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The films that the slide has, thick first.
    pub films: Vec<FilmProgress>,
}

/// How far the reading of one film is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilmProgress {
    /// The film.
    pub film: Film,
    /// Fields, copies left out.
    pub fields: u64,
    /// Fields that are part of the reader's count.
    pub fields_counted: u64,
    /// Of these, looked at as a whole.
    pub fields_looked: u64,
    /// Suspects that the machine counts, asexual parasites and gametocytes.
    pub suspects: u64,
    /// Of these, judged.
    pub judged: u64,
    /// Of these, confirmed as a parasite.
    pub confirmed: u64,
    /// Of these, doubtful.
    pub doubtful: u64,
    /// Parasites that a reader added: near misses among them, and what the machine took for a cell.
    pub added: u64,
    /// Size of the sample; `None` where each suspect is judged.
    pub sample: Option<u64>,
    /// Suspects of the sample; of a thin film there may be several in each red cell drawn.
    pub sample_suspects: u64,
    /// Of these, judged.
    pub sample_judged: u64,
    /// Whether a sample may be drawn (MCH-6).
    pub sample_offered: bool,
    /// White cells (thick) or red cells (thin) that a reader looked at.
    pub cells_judged: u64,
    /// Of these, cells.
    pub cells_right: u64,
    /// What the machine counts.
    pub machine: FieldTally,
    /// What the reader counts.
    pub read: FieldTally,
    /// What the reader would count if all that is open were confirmed.
    pub open: FieldTally,
}

impl FilmProgress {
    /// Whether every suspect is judged, or every one of the sample.
    pub fn is_read(&self) -> bool {
        match self.sample {
            Some(_) => self.sample_judged >= self.sample_suspects,
            None => self.judged >= self.suspects,
        }
    }
}

impl Progress {
    /// Of a slide as it is read so far.
    pub fn of(record: &SlideRecord, slide: &ReadSlide, counts: &ReadCounts) -> Self {
        let has = |film: Film| record.fields.iter().any(|f| f.film == film);
        let films = [Film::Thick, Film::Thin].into_iter().filter(|film| has(*film));
        Self { films: films.map(|film| film_progress(record, slide, counts, film)).collect() }
    }

    /// Suspects that a reader still has to judge, of the sample where there is one.
    pub fn left(&self) -> u64 {
        self.films
            .iter()
            .map(|film| match film.sample {
                Some(_) => film.sample_suspects.saturating_sub(film.sample_judged),
                None => film.suspects - film.judged,
            })
            .sum()
    }
}

fn film_progress(record: &SlideRecord, slide: &ReadSlide, counts: &ReadCounts, film: Film) -> FilmProgress {
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let fields = || counts.of_film(slide, film);
    let counted = || fields().filter(|(field, _)| field.counts());
    let machine = record.fields.iter().filter(|f| f.film == film && f.counted);
    let seen = |verdict: Option<Verdict>| {
        verdict.and_then(Verdict::counts_as).is_some_and(|(class, _)| class.is_parasite())
    };
    let suspects: Vec<_> = slide.suspects(film).collect();
    let drawn = slide.drawn(film);
    let added = fields()
        .flat_map(|(field, _)| &field.marks)
        .filter(|mark| !mark.is_suspect() && mark.counts_as().is_some_and(|(class, _)| class.is_parasite()));
    let cell = match film {
        Film::Thick => CellClass::WhiteCell,
        Film::Thin => CellClass::RedCell,
    };
    let cells = fields()
        .flat_map(|(field, _)| &field.marks)
        .filter(|mark| mark.origin == MarkOrigin::Machine && mark.class == cell && mark.verdict.is_some());
    let right = cells.clone().filter(|mark| mark.counts_as().is_some_and(|(class, _)| class == cell));
    FilmProgress {
        film,
        fields: count(fields().count()),
        fields_counted: count(counted().count()),
        fields_looked: count(counted().filter(|(field, _)| field.looked).count()),
        suspects: count(suspects.len()),
        judged: count(suspects.iter().filter(|m| m.verdict.is_some()).count()),
        confirmed: count(suspects.iter().filter(|m| seen(m.verdict)).count()),
        doubtful: count(suspects.iter().filter(|m| m.verdict == Some(Verdict::Doubtful)).count()),
        added: count(added.count()),
        sample: slide.sample(film),
        sample_suspects: count(drawn.len()),
        sample_judged: count(drawn.iter().filter(|m| m.verdict.is_some()).count()),
        sample_offered: suspects.len() > SAMPLE_ABOVE,
        cells_judged: count(cells.count()),
        cells_right: count(right.count()),
        machine: machine.map(|f| f.tally).sum(),
        read: counted().map(|(_, counts)| counts.read).sum(),
        open: counted().map(|(_, counts)| counts.open).sum(),
    }
}
