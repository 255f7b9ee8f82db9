//! What the page asks for while it is open.

use serde::Deserialize;

use super::answers::{Answer, jpeg, json};
use super::asked::Asked;
use super::decide::Together;
use super::pictures::CropAt;
use super::shown::{SeenReadings, ShownReading, Whole, cells, changing, marks, marks_of_field, news, stamp};
use super::slide::OpenSlide;
use super::words::page_words;
use crate::Result;
use crate::locale::Catalogue;
use crate::review::Reading;
use crate::terms::Film;

/// The words of the page.
pub(super) fn words(words: &Catalogue) -> Answer {
    json(&page_words("review", words))
}

/// A slide when a page opens it.
pub(super) fn whole(slide: &OpenSlide, reading: i64, words: &Catalogue) -> Result<Answer> {
    let readings = Readings::of(slide, reading)?;
    let record = &slide.record;
    let films = [Film::Thick, Film::Thin].into_iter();
    slide.with(readings.id(), |state| {
        Ok(json(&Whole {
            id: record.slide.id.clone(),
            reading: readings.own.as_ref().map(|reading| ShownReading::of(reading, words)),
            readings: readings.all.iter().map(|reading| ShownReading::of(reading, words)).collect(),
            readers: readings.readers.clone(),
            films: films.filter(|f| record.fields.iter().any(|field| field.film == *f)).collect(),
            writable: slide.can_be_decided,
            marks: marks(state),
            cells: cells(state),
            changing: changing(record, state, &readings.seen(slide), words),
        }))
    })
}

/// What is new; `{"same": true}` where nothing is.
pub(super) fn since(slide: &OpenSlide, asked: &Asked, words: &Catalogue) -> Result<Answer> {
    let (reading, since) = (asked.number("reading"), asked.number("since"));
    let readings = Readings::of(slide, reading)?;
    let now = stamp(&readings.seen(slide));
    if now == asked.value("stamp") && slide.last(reading)? == since {
        return Ok(json(&serde_json::json!({ "same": true })));
    }
    new_to(slide, &readings, since, words)
}

fn new_to(slide: &OpenSlide, readings: &Readings, since: i64, words: &Catalogue) -> Result<Answer> {
    slide.with(readings.id(), |state| {
        Ok(match news(&slide.record, state, since, &readings.seen(slide), words) {
            Some(news) => json(&news),
            None => again(),
        })
    })
}

/// The page must ask for everything.
fn again() -> Answer {
    json(&serde_json::json!({ "again": true }))
}

/// Every mark of one field.
pub(super) fn field(slide: &OpenSlide, reading: i64, field: usize) -> Result<Answer> {
    slide.with(reading, |state| Ok(json(&marks_of_field(state, field))))
}

/// Who reads.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Begin {
    reader: String,
    blind: bool,
}

/// Begins a reading.
pub(super) fn begin(slide: &OpenSlide, begin: &Begin, words: &Catalogue) -> Result<Answer> {
    let reading = slide.begin(&begin.reader, begin.blind)?;
    Ok(json(&ShownReading::of(&reading, words)))
}

/// Keeps decisions; what is answered is on the disk.
pub(super) fn decide(slide: &OpenSlide, asked: &Together, words: &Catalogue) -> Result<Answer> {
    let decisions = slide.with(asked.reading, |state| {
        let wanted = asked.decisions.iter();
        wanted.map(|wanted| wanted.decision(&slide.record, &state.slide)).collect::<Result<Vec<_>>>()
    })?;
    slide.decide(asked.reading, &asked.key, &decisions)?;
    new_to(slide, &Readings::of(slide, asked.reading)?, asked.since, words)
}

/// A request about a whole reading.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    reading: i64,
    #[serde(default)]
    key: String,
    #[serde(default)]
    seen: i64,
    #[serde(default)]
    reason: String,
}

/// Takes back the last decision.
pub(super) fn undo(slide: &OpenSlide, about: &About) -> Result<Answer> {
    slide.undo(about.reading, &about.key).map(|()| again())
}

/// Signs.
pub(super) fn sign(slide: &OpenSlide, about: &About) -> Result<Answer> {
    slide.sign(about.reading, about.seen).map(|()| again())
}

/// Begins a correction.
pub(super) fn correct(slide: &OpenSlide, about: &About) -> Result<Answer> {
    slide.correct(about.reading, &about.reason).map(|()| again())
}

/// A crop around a place: `FIELD/small|large/X/Y`; `None` for an address that is none.
pub(super) fn crop(slide: &OpenSlide, place: &[&str]) -> Result<Option<Answer>> {
    let at = || match place {
        [field, size @ ("small" | "large"), x, y] => Some(CropAt {
            field: field.parse().ok()?,
            x: x.parse().ok()?,
            y: y.parse().ok()?,
            context: *size == "large",
        }),
        _ => None,
    };
    at().map(|at| slide.pictures.crop(at).map(|bytes| jpeg(&bytes))).transpose()
}

/// A tile of a field: `FIELD/LEVEL/COLUMN/ROW`; `None` for an address that is none.
pub(super) fn tile(slide: &OpenSlide, place: &[&str]) -> Result<Option<Answer>> {
    let numbers: Option<Vec<u32>> = place.iter().map(|part| part.parse().ok()).collect();
    match numbers.as_deref() {
        Some([field, level, column, row]) => {
            slide.pictures.tile(*field as usize, *level, *column, *row).map(|bytes| Some(jpeg(&bytes)))
        }
        _ => Ok(None),
    }
}

/// The readings of a slide as one page may see them.
struct Readings {
    own: Option<Reading>,
    all: Vec<Reading>,
    readers: Vec<String>,
}

impl Readings {
    fn of(slide: &OpenSlide, id: i64) -> Result<Self> {
        let (all, readers) = slide.readings()?;
        let own = all.iter().find(|reading| reading.id == id).cloned();
        Ok(Self { own, all, readers })
    }

    /// 0 where nobody reads yet.
    fn id(&self) -> i64 {
        self.own.as_ref().map_or(0, |reading| reading.id)
    }

    fn seen<'a>(&'a self, slide: &OpenSlide) -> SeenReadings<'a> {
        let signed = self.own.as_ref().and_then(Reading::signed);
        SeenReadings {
            own: self.own.as_ref(),
            others: self.all.iter().filter(|reading| reading.id != self.id()).collect(),
            earlier: signed.is_some_and(|s| s.record_sha256 != slide.record_sha256),
        }
    }
}
