//! From a folder, or pictures dropped onto the page, to a slide that can be read: the analysis runs here.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use super::answers::{Answer, json};
use super::app::App;
use super::shelf::Place;
use crate::files::{make_folder, write_whole};
use crate::locale::{Catalogue, integer};
use crate::record::Facts;
use crate::report::{CsvStyle, Marks, ResultFolder};
use crate::slide::{Control, Engine, Event};
use crate::source::SlideSource;
use crate::terms::Film;
use crate::text::is_one_line;
use crate::{Error, ErrorKind, Result};

/// Most bytes of one dropped picture.
pub(super) const MAX_PICTURE: usize = 512 << 20;

/// Folder in the user's own where dropped pictures are kept.
const KEPT: &str = "hemozoin";

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
    begin(app, path, asked.film, words)?;
    Ok(json(&serde_json::json!({ "started": true })))
}

fn begin(app: &App, path: PathBuf, film: Option<Film>, words: &Catalogue) -> Result<()> {
    let engine = Engine::builder().build()?;
    let facts = Facts { film, ..Facts::default() };
    // Before the thread, so that a wrong folder is said at once.
    let source = SlideSource::find(&path, &facts, engine.limits())?;
    let csv = CsvStyle::of(words.language());
    let folder = ResultFolder { dir: ResultFolder::default_dir(&path), csv, marks: Marks::default() };
    folder.prepare()?;
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

/// Takes one dropped picture into the user's own folder; answers with the folder of its slide.
pub(super) fn drop_picture(slide: &str, film: &str, name: &str, picture: &[u8]) -> Result<Answer> {
    let folder = kept()?.join(plain(slide)?);
    let film = match film {
        "thick" => "goutte-epaisse",
        "thin" => "frottis",
        _ => return Err(no_name()),
    };
    let place = folder.join(film);
    make_folder(&place)?;
    write_whole(&place.join(plain(name)?), picture)?;
    Ok(json(&serde_json::json!({ "path": folder })))
}

/// Where dropped pictures are kept.
fn kept() -> Result<PathBuf> {
    let home = ["HOME", "USERPROFILE"].iter().find_map(std::env::var_os).filter(|home| !home.is_empty());
    home.map(|home| Path::new(&home).join(KEPT)).ok_or_else(|| {
        Error::new(ErrorKind::Usage, "the system names no folder of yours; type the folder of the pictures")
            .with_key("error-review-no-home")
    })
}

/// A name that is one folder or file and nothing else.
fn plain(name: &str) -> Result<&str> {
    let odd = |c: char| matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let sound = is_one_line(name) && !name.contains(odd) && !name.starts_with('.') && !name.trim().is_empty();
    if sound && name.len() <= 200 { Ok(name.trim()) } else { Err(no_name()) }
}

fn no_name() -> Error {
    Error::new(ErrorKind::Usage, "this name cannot be that of a slide or a picture; choose another")
        .with_key("error-review-name")
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
                Event::File { .. } | Event::Unread { .. } => *done = (*done + 1).min(*files),
                Event::Scale { .. } => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_else() {
        for wrong in ["", " ", "..", "../x", "a/b", "a\\b", "C:x", ".hidden", "a\nb", "x\u{202e}y"] {
            assert!(plain(wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(plain(" N° 17 é.jpg ").expect("a name"), "N° 17 é.jpg");
    }
}
