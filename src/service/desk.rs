//! What the service has accepted, and how far each slide is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::archive::{Journal, SlideRow, Tracker};
use crate::files::{make_folder, sync_folder};
use crate::source::SlideSheet;
use crate::{Error, ErrorKind, Result};

/// Folder of the slides as they came.
pub(super) const RECEIVED: &str = "received";
/// Folder of what is coming in; what a power cut left there was never acknowledged.
const INCOMING: &str = "incoming";

/// Where a slide is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    /// Accepted, and not begun.
    Waiting,
    /// In the archive's list, and not ended.
    Reading,
    /// Ended: read, or not readable.
    Ended(Box<SlideRow>),
}

/// What became of a slide that was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Accepted {
    /// It is new.
    New,
    /// The same pictures and facts were accepted before.
    Before,
}

struct Known {
    /// Its number in the archive.
    slide: String,
    listed: bool,
}

#[derive(Default)]
struct State {
    slides: BTreeMap<String, Known>,
    /// Slides of an earlier start that are in the list and have not ended.
    begun_before: bool,
    coming_in: usize,
    /// Slides that the run which is about to begin was given.
    taken: usize,
    stopping: bool,
    /// Why nothing is read any more.
    failed: Option<Arc<Error>>,
    run: Option<Arc<Tracker>>,
}

/// Shared by the handlers and the worker.
pub(super) struct Desk {
    out: PathBuf,
    /// Most slides that wait, come in or are being read at once.
    most: usize,
    state: Mutex<State>,
    news: Condvar,
}

/// A place in the queue, held while a slide comes in.
pub(super) struct Slot {
    desk: Arc<Desk>,
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.desk.state().coming_in -= 1;
    }
}

impl Desk {
    /// Looks at what an earlier start has accepted; `journal` is that of the archive.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the folder cannot be read or written; what the journal refuses.
    pub(super) fn open(out: &Path, most: usize, journal: &Journal) -> Result<Self> {
        let incoming = out.join(INCOMING);
        match std::fs::remove_dir_all(&incoming) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::io(&incoming, "remove", e));
            }
            _ => make_folder(&incoming)?,
        }
        let received = out.join(RECEIVED);
        make_folder(&received)?;
        let mut listed = BTreeMap::new();
        journal.slides(|slide| {
            listed.insert(slide.id, slide.ended);
            Ok(())
        })?;
        let mut state = State::default();
        let io = |e| Error::io(&received, "read", e);
        for entry in std::fs::read_dir(&received).map_err(io)? {
            let entry = entry.map_err(io)?;
            let Some(id) = entry.file_name().to_str().map(str::to_owned) else { continue };
            if !entry.path().is_dir() {
                continue;
            }
            let slide = SlideSheet::read(&entry.path())?.info.id;
            let slide = if slide.is_empty() { id.clone() } else { slide };
            let ended = listed.get(&slide).copied();
            state.begun_before |= ended == Some(false);
            state.slides.insert(id, Known { slide, listed: ended.is_some() });
        }
        Ok(Self { out: out.to_path_buf(), most, state: Mutex::new(state), news: Condvar::new() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The output folder.
    pub(super) fn out(&self) -> &Path {
        &self.out
    }

    /// Where a slide comes in.
    pub(super) fn incoming(&self) -> PathBuf {
        self.out.join(INCOMING)
    }

    /// Where an accepted slide lies.
    pub(super) fn folder(&self, id: &str) -> PathBuf {
        self.out.join(RECEIVED).join(id)
    }

    /// Takes a place in the queue; `None` where it is full.
    ///
    /// # Errors
    /// [`ErrorKind::Stopped`] where the service ends; why nothing is read any more.
    pub(super) fn admit(self: &Arc<Self>) -> Result<Option<Slot>> {
        let mut state = self.state();
        self.at_work(&state)?;
        if self.open_slides(&state) >= self.most as u64 {
            return Ok(None);
        }
        state.coming_in += 1;
        drop(state);
        Ok(Some(Slot { desk: Arc::clone(self) }))
    }

    fn at_work(&self, state: &State) -> Result<()> {
        if state.stopping {
            let text = "the service is being stopped; send the slide again when it is back";
            return Err(Error::new(ErrorKind::Stopped, text).with_key("error-service-stopping"));
        }
        match &state.failed {
            Some(why) => Err(Error::new(why.kind(), why.message().to_owned())),
            None => Ok(()),
        }
    }

    /// Slides that have not ended, those that come in among them.
    fn open_slides(&self, state: &State) -> u64 {
        let waiting = state.slides.values().filter(|known| !known.listed).count() + state.coming_in;
        let run = state.run.as_ref().and_then(|run| run.snapshot());
        let reading = match run {
            Some(now) => now.standing.slides.saturating_sub(now.standing.slides_done),
            None => state.taken as u64,
        };
        waiting as u64 + reading
    }

    /// How many slides have not ended.
    pub(super) fn waiting(&self) -> u64 {
        self.open_slides(&self.state())
    }

    /// Whether slides are accepted.
    ///
    /// # Errors
    /// Why they are not.
    pub(super) fn ready(&self) -> Result<()> {
        self.at_work(&self.state())
    }

    /// Accepts a slide that lies whole in `folder`. When this returns, it is on the disk.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where another slide has its number; [`ErrorKind::Io`] where it cannot be kept.
    pub(super) fn accept(&self, id: &str, slide: Option<String>, folder: &Path) -> Result<Accepted> {
        let mut state = self.state();
        if state.slides.contains_key(id) {
            return Ok(Accepted::Before);
        }
        let slide = slide.unwrap_or_else(|| id.to_owned());
        if let Some((other, _)) = state.slides.iter().find(|(_, known)| known.slide == slide) {
            let text = format!("slide {slide} was sent before with other pictures or facts ({other})");
            return Err(Error::new(ErrorKind::Usage, text)
                .with_key("error-service-number")
                .with_arg("slide", slide)
                .with_arg("other", other));
        }
        let place = self.folder(id);
        std::fs::rename(folder, &place).map_err(|e| Error::io(&place, "write", e))?;
        sync_folder(&place);
        state.slides.insert(id.to_owned(), Known { slide, listed: false });
        drop(state);
        self.news.notify_all();
        Ok(Accepted::New)
    }

    /// Where a slide is, and its number in the archive; `None` for one that was never accepted.
    ///
    /// # Errors
    /// What the journal refuses.
    pub(super) fn place(&self, id: &str) -> Result<Option<(String, Place)>> {
        let (slide, listed) = match self.state().slides.get(id) {
            Some(known) => (known.slide.clone(), known.listed),
            None => return Ok(None),
        };
        if !listed {
            return Ok(Some((slide, Place::Waiting)));
        }
        let row = Journal::read(&self.out)?.row_of(&slide)?;
        let place = row.map_or(Place::Reading, |row| Place::Ended(Box::new(row)));
        Ok(Some((slide, place)))
    }

    /// Takes back a slide that waits; false where it is being read or has ended, `None` for one that was never accepted.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where its folder cannot be removed.
    pub(super) fn withdraw(&self, id: &str) -> Result<Option<bool>> {
        let mut state = self.state();
        match state.slides.get(id) {
            None => return Ok(None),
            Some(known) if known.listed => return Ok(Some(false)),
            Some(_) => {}
        }
        // First out of the way at once, so that a power cut leaves no half of it among the accepted.
        let (place, away) = (self.folder(id), self.incoming().join(id));
        std::fs::rename(&place, &away).map_err(|e| Error::io(&place, "remove", e))?;
        state.slides.remove(id);
        drop(state);
        std::fs::remove_dir_all(&away).map_err(|e| Error::io(&away, "remove", e))?;
        Ok(Some(true))
    }

    /// Waits for slides that are to be read; `None` where the service ends. No longer waiting are those that are returned.
    pub(super) fn next(&self) -> Option<Vec<String>> {
        let mut state = self.state();
        loop {
            if state.stopping {
                return None;
            }
            let waiting: Vec<String> =
                state.slides.iter().filter(|(_, k)| !k.listed).map(|(id, _)| id.clone()).collect();
            if !waiting.is_empty() || std::mem::take(&mut state.begun_before) {
                for id in &waiting {
                    if let Some(known) = state.slides.get_mut(id) {
                        known.listed = true;
                    }
                }
                (state.run, state.taken) = (None, waiting.len());
                return Some(waiting);
            }
            state = self.news.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Whether slides wait.
    pub(super) fn has_waiting(&self) -> bool {
        self.state().slides.values().any(|known| !known.listed)
    }

    /// A run begins; what stops it.
    pub(super) fn begin(&self) -> Arc<Tracker> {
        let tracker = Arc::new(Tracker::default());
        let mut state = self.state();
        if state.stopping {
            tracker.stop();
        }
        state.run = Some(Arc::clone(&tracker));
        tracker
    }

    /// Nothing is read any more.
    pub(super) fn fail(&self, why: Error) {
        self.state().failed = Some(Arc::new(why));
    }

    /// Accepts nothing more, and ends what is being read when the fields in flight are done.
    pub(super) fn stop(&self) {
        let mut state = self.state();
        state.stopping = true;
        if let Some(run) = &state.run {
            run.stop();
        }
        drop(state);
        self.news.notify_all();
    }
}
