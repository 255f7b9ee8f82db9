//! What the page asks for while it is open. Everything that waits for a disk or a picture waits on a thread of its own.

use axum::Json;
use axum::extract::{Path, Query, State as Shared};
use serde::Deserialize;

use super::answers::{Answer, error, jpeg, json, nothing};
use super::app::{App, Inner};
use super::decide::Asked;
use super::pictures::CropAt;
use super::shown::{ShownReading, Whole, cells, changing, marks, marks_of_field, news, stamp};
use super::slide::OpenSlide;
use super::words::page_words;
use crate::error::Result;
use crate::locale::Catalogue;
use crate::review::Reading;
use crate::terms::Film;

/// Token, language and slide of an address.
pub(super) type Of = Path<(String, String, String)>;

/// Which reading is meant, and what the page knows of it.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    reading: i64,
    #[serde(default)]
    since: i64,
    #[serde(default)]
    stamp: String,
}

/// Does `work` on a thread that may wait, and says in the reader's words why it failed.
pub(super) async fn waiting(
    app: App,
    language: String,
    work: impl FnOnce(&Inner, &Catalogue) -> Result<Answer> + Send + 'static,
) -> Answer {
    let done = tokio::task::spawn_blocking(move || {
        let words = app.inner.words(&language)?;
        Some(work(&app.inner, words).unwrap_or_else(|e| error(&e, words)))
    });
    done.await.ok().flatten().unwrap_or_else(nothing)
}

/// The words of the page.
pub(super) async fn words(Shared(app): Shared<App>, Path((_, lang)): Path<(String, String)>) -> Answer {
    waiting(app, lang, |_, words| Ok(json(&page_words(words)))).await
}

/// A slide when a page opens it.
pub(super) async fn whole(
    Shared(app): Shared<App>,
    Path((_, lang, key)): Of,
    Query(which): Query<Which>,
) -> Answer {
    waiting(app, lang, move |app, words| {
        let slide = app.shelf.slide(&key)?;
        let readings = Readings::of(&slide, which.reading)?;
        let record = &slide.record;
        let films = [Film::Thick, Film::Thin].into_iter();
        slide.with(readings.id(), |state| {
            Ok(json(&Whole {
                id: record.slide.id.clone(),
                reading: readings.own.as_ref().map(ShownReading::from),
                readings: readings.all.iter().map(ShownReading::from).collect(),
                readers: readings.readers.clone(),
                films: films.filter(|f| record.fields.iter().any(|field| field.film == *f)).collect(),
                marks: marks(state),
                cells: cells(state),
                changing: changing(record, state, readings.own.as_ref(), &readings.others(), words),
            }))
        })
    })
    .await
}

/// What is new; `{"same": true}` where nothing is.
pub(super) async fn since(
    Shared(app): Shared<App>,
    Path((_, lang, key)): Of,
    Query(which): Query<Which>,
) -> Answer {
    waiting(app, lang, move |app, words| {
        let slide = app.shelf.slide(&key)?;
        let readings = Readings::of(&slide, which.reading)?;
        let stamp = stamp(readings.own.as_ref(), &readings.others());
        if stamp == which.stamp && slide.last(which.reading)? == which.since {
            return Ok(json(&serde_json::json!({ "same": true })));
        }
        new_to(&slide, &readings, which.since, words)
    })
    .await
}

fn new_to(slide: &OpenSlide, readings: &Readings, since: i64, words: &Catalogue) -> Result<Answer> {
    slide.with(readings.id(), |state| {
        let own = readings.own.as_ref();
        Ok(match news(&slide.record, state, since, own, &readings.others(), words) {
            Some(news) => json(&news),
            None => json(&serde_json::json!({ "again": true })),
        })
    })
}

/// Every mark of one field.
pub(super) async fn field(
    Shared(app): Shared<App>,
    Path((_, lang, key, field)): Path<(String, String, String, usize)>,
    Query(which): Query<Which>,
) -> Answer {
    waiting(app, lang, move |app, _| {
        let slide = app.shelf.slide(&key)?;
        slide.with(which.reading, |state| Ok(json(&marks_of_field(state, field))))
    })
    .await
}

/// Who reads.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Begin {
    reader: String,
    blind: bool,
}

/// Begins a reading.
pub(super) async fn begin(
    Shared(app): Shared<App>,
    Path((_, lang, key)): Of,
    Json(begin): Json<Begin>,
) -> Answer {
    waiting(app, lang, move |app, _| {
        let reading = app.shelf.slide(&key)?.begin(&begin.reader, begin.blind)?;
        Ok(json(&ShownReading::from(&reading)))
    })
    .await
}

/// Keeps decisions; what is answered is on the disk.
pub(super) async fn decide(
    Shared(app): Shared<App>,
    Path((_, lang, key)): Of,
    Json(asked): Json<Asked>,
) -> Answer {
    waiting(app, lang, move |app, words| {
        let slide = app.shelf.slide(&key)?;
        let decisions = slide.with(asked.reading, |state| {
            let wanted = asked.decisions.iter();
            wanted.map(|wanted| wanted.decision(&slide.record, &state.slide)).collect::<Result<Vec<_>>>()
        })?;
        slide.decide(asked.reading, &asked.key, &decisions)?;
        new_to(&slide, &Readings::of(&slide, asked.reading)?, asked.since, words)
    })
    .await
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
pub(super) async fn undo(
    Shared(app): Shared<App>,
    Path((_, lang, key)): Of,
    Json(about): Json<About>,
) -> Answer {
    waiting(app, lang, move |app, _| {
        app.shelf.slide(&key)?.undo(about.reading, &about.key)?;
        Ok(json(&serde_json::json!({ "again": true })))
    })
    .await
}

/// Signs.
pub(super) async fn sign(
    Shared(app): Shared<App>,
    Path((_, lang, key)): Of,
    Json(about): Json<About>,
) -> Answer {
    waiting(app, lang, move |app, _| {
        app.shelf.slide(&key)?.sign(about.reading, about.seen)?;
        Ok(json(&serde_json::json!({ "again": true })))
    })
    .await
}

/// Begins a correction.
pub(super) async fn correct(
    Shared(app): Shared<App>,
    Path((_, lang, key)): Of,
    Json(about): Json<About>,
) -> Answer {
    waiting(app, lang, move |app, _| {
        app.shelf.slide(&key)?.correct(about.reading, &about.reason)?;
        Ok(json(&serde_json::json!({ "again": true })))
    })
    .await
}

/// A crop around a place; `size` is `small` or `large`.
pub(super) async fn crop(
    Shared(app): Shared<App>,
    Path((_, lang, key, field, size, x, y)): Path<(String, String, String, usize, String, i64, i64)>,
) -> Answer {
    waiting(app, lang, move |app, _| {
        let at = CropAt { field, x, y, context: size == "large" };
        Ok(jpeg(&app.shelf.slide(&key)?.pictures.crop(at)?))
    })
    .await
}

/// A tile of a field.
pub(super) async fn tile(
    Shared(app): Shared<App>,
    Path((_, lang, key, field, level, column, row)): Path<(String, String, String, usize, u32, u32, u32)>,
) -> Answer {
    waiting(app, lang, move |app, _| {
        Ok(jpeg(&app.shelf.slide(&key)?.pictures.tile(field, level, column, row)?))
    })
    .await
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

    fn others(&self) -> Vec<&Reading> {
        self.all.iter().filter(|reading| reading.id != self.id()).collect()
    }
}
