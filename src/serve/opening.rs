//! From a folder to a slide that can be read: the analysis runs here.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use super::answers::{Answer, json};
use super::app::App;
use super::shelf::Place;
use crate::locale::{Catalogue, integer};
use crate::record::Facts;
use crate::report::{CsvStyle, Marks, ResultFolder};
use crate::slide::{Control, Engine, Event};
use crate::source::SlideSource;
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// How a slide that is opened for the first time is analysed.
#[derive(Clone, Debug)]
pub struct Analysis {
    engine: Arc<Engine>,
    facts: Facts,
}

impl Analysis {
    /// With this engine, and with what is stated about every slide.
    pub fn new(engine: Engine, facts: Facts) -> Self {
        Self { engine: Arc::new(engine), facts }
    }
}

/// The analysis that this start runs, one at a time.
#[derive(Clone, Debug, Default)]
pub(super) struct Job {
    state: Arc<Mutex<JobState>>,
}

#[derive(Debug, Default)]
enum JobState {
    #[default]
    None,
    Runs {
        done: u64,
        files: u64,
    },
    Ended(Result<String>),
}

/// What a page asks to open.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Open {
    /// A folder of this computer, as typed; or one that was just filled by dropping.
    path: PathBuf,
    /// Says the film where no folder does.
    film: Option<Film>,
}

/// Opens a folder: at once where it was analysed, else after an analysis.
pub(super) fn open(app: &App, asked: &Open, words: &Catalogue) -> Result<Answer> {
    let path = std::path::absolute(&asked.path).map_err(|e| Error::io(&asked.path, "look at", e))?;
    std::fs::metadata(&path).map_err(|e| Error::io(&path, "look at", e))?;
    if let Ok(place) = Place::of(&path, None) {
        return Ok(json(&serde_json::json!({ "key": app.shelf.put(place) })));
    }
    begin(app, path.clone(), asked.film, words)?;
    app.dropped.close(&path);
    Ok(json(&serde_json::json!({ "started": true })))
}

fn begin(app: &App, path: PathBuf, film: Option<Film>, words: &Catalogue) -> Result<()> {
    let Analysis { engine, facts } = app.analysis.clone();
    let facts = Facts { film: film.or(facts.film), ..facts };
    // Before the thread, so that a wrong folder is said at once.
    let source = SlideSource::find(&path, &facts, engine.limits())?;
    let csv = CsvStyle::of(words.language());
    let folder = ResultFolder { dir: ResultFolder::default_dir(&path), csv, marks: Marks::default() };
    folder.prepare(&source)?;
    let job = app.job.clone();
    job.begin()?;
    let (shelf, words) = (app.shelf.clone(), Catalogue::new(words.language()));
    std::thread::spawn(move || {
        let ended = source
            .slide(&engine)
            .run(&job)
            .and_then(|record| folder.write(&record, &source, engine.limits(), &words))
            .and_then(|_| Place::of(&path, None))
            .map(|place| shelf.put(place));
        *job.lock() = JobState::Ended(ended);
    });
    Ok(())
}

/// How far the analysis is: `{"done", "files", "text"}`, then `{"key"}`; an error where it failed.
pub(super) fn progress(app: &App, words: &Catalogue) -> Result<Answer> {
    let mut state = app.job.lock();
    let number = |n: u64| integer(n, words.language());
    match std::mem::take(&mut *state) {
        JobState::None => Ok(json(&serde_json::json!({}))),
        JobState::Runs { done, files } => {
            let args = [("done", number(done)), ("files", number(files))];
            let text = words.say_with("review-first-progress", &args);
            *state = JobState::Runs { done, files };
            Ok(json(&serde_json::json!({ "done": done, "files": files, "text": text })))
        }
        JobState::Ended(key) => Ok(json(&serde_json::json!({ "key": key? }))),
    }
}

impl Job {
    fn lock(&self) -> std::sync::MutexGuard<'_, JobState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self) -> Result<()> {
        let mut state = self.lock();
        if matches!(*state, JobState::Runs { .. }) {
            return Err(Error::new(ErrorKind::Usage, "a slide is being analysed; wait until it is done")
                .with_key("error-review-at-work"));
        }
        *state = JobState::Runs { done: 0, files: 0 };
        Ok(())
    }
}

impl Control for Job {
    fn on(&self, event: &Event<'_>) {
        let mut state = self.lock();
        if let JobState::Runs { done, files } = &mut *state {
            match event {
                Event::Started { files: all } => *files = *all as u64,
                // A picture that cannot be read is told as a file, too.
                Event::File { .. } => *done += 1,
                Event::Unread { .. } | Event::Scale { .. } => {}
            }
        }
    }
}
