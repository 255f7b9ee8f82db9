//! What the service has accepted, and how far each slide is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::receive::Received;
use crate::archive::{Begun, Journal, SlideRow, SlideState, Tracker};
use crate::files::{make_folder, sync_folder};
use crate::source::SlideSheet;
use crate::{Error, ErrorKind, Result};

/// Folder of the slides as they came.
pub(super) const RECEIVED: &str = "received";
/// Folder of what is coming in; what a power cut left there was never acknowledged.
const INCOMING: &str = "incoming";
/// Folder of slides of which nothing could be read, and whose numbers other slides have taken since.
const REPLACED: &str = "replaced";

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
    /// There is no place for it now.
    Full,
}

/// What the worker does next.
pub(super) enum Next {
    /// These come into the archive, after those that are no part of it any more were taken out.
    Slides { gone: Vec<String>, waiting: Vec<String> },
    /// Nothing came in the time that it waited.
    Nothing,
    /// The service ends.
    End,
}

struct Known {
    /// The number that it asks for.
    slide: String,
    /// Whether the worker has it.
    listed: bool,
    /// Its id in the archive, once it is in the list: its number, or that of its folder where it cannot be read.
    row: Option<String>,
}

#[derive(Default)]
struct State {
    slides: BTreeMap<String, Known>,
    /// Ids that slides of the archive have whose pictures are not here any more, and what these were called.
    elsewhere: BTreeMap<String, String>,
    /// Slides that were replaced, and are in the archive still.
    gone: BTreeSet<String>,
    /// Whether slides are in the list that have not ended and that no run has.
    begun_before: bool,
    /// Slides that the run which is about to begin was given.
    taken: usize,
    stopping: bool,
    /// Why nothing is read for now.
    failed: Option<Error>,
    run: Option<Arc<Tracker>>,
}

impl State {
    /// Sees where the archive has each slide.
    fn look(&mut self, places: &BTreeMap<String, SlideState>) {
        for (id, known) in &mut self.slides {
            // What is to be taken out first is an earlier slide of the same pictures and facts.
            let found = places.get(id).filter(|_| !self.gone.contains(id));
            known.listed |= found.is_some();
            known.row = found.map(|found| found.id.clone());
        }
    }
}

/// Shared by the handlers and the worker.
pub(super) struct Desk {
    out: PathBuf,
    /// Most slides that wait or are being read at once.
    most: usize,
    state: Mutex<State>,
    news: Condvar,
}

impl Desk {
    /// Looks at what an earlier start has accepted; `journal` is that of the archive.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the folder cannot be read or written; what the journal refuses.
    pub(super) fn open(out: &Path, most: usize, journal: &Journal) -> Result<Self> {
        let incoming = out.join(INCOMING);
        for name in folders_in(&incoming)?.iter().filter(|name| is_own(name)) {
            remove_folder(&incoming.join(name))?;
        }
        let mut state = State::default();
        for id in folders_in(&out.join(RECEIVED))? {
            let sheet = match SlideSheet::read(&out.join(RECEIVED).join(&id)) {
                Err(e) if e.kind() == ErrorKind::Io => return Err(e),
                // Whoever wrote into it: the archive says what is wrong with it, and its number is nobody's.
                sheet => sheet.unwrap_or_default(),
            };
            let slide = if sheet.info.id.is_empty() { id.clone() } else { sheet.info.id };
            state.slides.insert(id, Known { slide, listed: false, row: None });
        }
        let replaced = folders_in(&out.join(REPLACED))?;
        let places = journal.places()?;
        for (place, found) in &places {
            if state.slides.contains_key(place) {
                state.begun_before |= !found.ended;
            } else if replaced.contains(place) {
                state.gone.insert(place.clone());
            } else {
                state.elsewhere.insert(found.id.clone(), place.clone());
            }
        }
        state.begun_before |= !state.gone.is_empty();
        state.look(&places);
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

    fn at_work(&self, state: &State) -> Result<()> {
        if state.stopping {
            let text = "the service is being stopped; send the slide again when it is back";
            return Err(Error::new(ErrorKind::Stopped, text).with_key("error-service-stopping"));
        }
        match &state.failed {
            Some(why) => Err(same(why)),
            None => Ok(()),
        }
    }

    /// Slides that have not ended.
    fn open_slides(&self, state: &State) -> u64 {
        let waiting = state.slides.values().filter(|known| !known.listed).count();
        let run = state.run.as_ref().and_then(|run| run.snapshot());
        let reading = match run {
            Some(now) => now.standing.slides.saturating_sub(now.standing.slides_done),
            None => state.taken as u64,
        };
        waiting as u64 + reading
    }

    /// Whether there is no place for another slide.
    pub(super) fn is_full(&self) -> bool {
        self.waiting() >= self.most as u64
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

    /// Accepts a slide that lies whole in its folder. When this returns, it is on the disk.
    ///
    /// A slide of which nothing could be read makes room for another with its number: it is moved away, and leaves the
    /// archive before the other comes into it.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where another slide has its number; [`ErrorKind::Io`] where it cannot be kept.
    pub(super) fn accept(&self, received: &Received) -> Result<Accepted> {
        let id = &received.id;
        let mut state = self.state();
        if state.slides.contains_key(id) {
            return Ok(Accepted::Before);
        }
        if self.open_slides(&state) >= self.most as u64 {
            return Ok(Accepted::Full);
        }
        let slide = received.slide.clone().unwrap_or_else(|| id.clone());
        let taken = |other: &str| {
            let text = format!("slide {slide} was sent before with other pictures or facts ({other})");
            Error::new(ErrorKind::Usage, text)
                .with_key("error-service-number")
                .with_arg("slide", &slide)
                .with_arg("other", other)
        };
        if let Some(place) = state.elsewhere.get(&slide) {
            return Err(taken(place));
        }
        if let Some((other, known)) = state.slides.iter().find(|(_, known)| known.slide == slide) {
            if !self.is_unread(known)? {
                return Err(taken(other));
            }
            let other = other.clone();
            let away = self.out.join(REPLACED).join(&other);
            remove_folder(&away)?;
            let place = self.folder(&other);
            std::fs::rename(&place, &away).map_err(|e| Error::io(&place, "move", e))?;
            sync_folder(&away);
            sync_folder(&place);
            state.slides.remove(&other);
            state.gone.insert(other);
        }
        let place = self.folder(id);
        std::fs::rename(received.folder.path(), &place).map_err(|e| Error::io(&place, "write", e))?;
        sync_folder(&place);
        // Where it was replaced before it is back.
        remove_folder(&self.out.join(REPLACED).join(id))?;
        state.slides.insert(id.clone(), Known { slide, listed: false, row: None });
        drop(state);
        self.news.notify_all();
        Ok(Accepted::New)
    }

    /// Whether it has ended and nothing of it could be read, nor has a reader signed that.
    fn is_unread(&self, known: &Known) -> Result<bool> {
        let Some(row) = known.row.as_ref().filter(|_| known.listed) else { return Ok(false) };
        Ok(Journal::read(&self.out)?.row_of(row)?.is_some_and(|row| row.is_unread() && row.reader.is_none()))
    }

    /// Where a slide is, and its number; `None` for one that was never accepted.
    ///
    /// # Errors
    /// What the journal refuses.
    pub(super) fn place(&self, id: &str) -> Result<Option<(String, Place)>> {
        let (slide, listed, row) = match self.state().slides.get(id) {
            Some(known) => (known.slide.clone(), known.listed, known.row.clone()),
            None => return Ok(None),
        };
        if !listed {
            return Ok(Some((slide, Place::Waiting)));
        }
        let row = row.map_or(Ok(None), |row| Journal::read(&self.out)?.row_of(&row))?;
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

    /// Waits for slides that are to be read, no longer than `patience` where there is one. No longer waiting are those that
    /// are returned.
    pub(super) fn next(&self, patience: Option<Duration>) -> Next {
        let mut state = self.state();
        let mut late = false;
        loop {
            if state.stopping {
                return Next::End;
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
                return Next::Slides { gone: state.gone.iter().cloned().collect(), waiting };
            }
            if late {
                return Next::Nothing;
            }
            state = match patience {
                Some(time) => {
                    let (state, waited) =
                        self.news.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner);
                    late = waited.timed_out();
                    state
                }
                None => self.news.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// These are no part of the archive any more.
    pub(super) fn are_out(&self, gone: &[String]) {
        self.state().gone.retain(|id| !gone.contains(id));
    }

    /// What was given to the worker is in the list of the archive now.
    ///
    /// # Errors
    /// What the journal refuses.
    pub(super) fn are_listed(&self, journal: &Journal) -> Result<()> {
        let places = journal.places()?;
        self.state().look(&places);
        Ok(())
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

    /// Nothing is read for now, or any more.
    pub(super) fn fail(&self, why: &Error) {
        self.state().failed = Some(same(why));
    }

    /// It is read again.
    pub(super) fn mend(&self) {
        self.state().failed = None;
    }

    /// Waits before what failed is tried again; false where the service ends. What the worker was given and the archive has
    /// not waits again.
    ///
    /// # Errors
    /// What the journal refuses.
    pub(super) fn pause(&self, time: Duration, journal: &Journal) -> Result<bool> {
        let waiting = |state: &mut State| !state.stopping;
        let (mut state, _) =
            self.news.wait_timeout_while(self.state(), time, waiting).unwrap_or_else(PoisonError::into_inner);
        if state.stopping {
            return Ok(false);
        }
        let places = journal.places()?;
        for known in state.slides.values_mut() {
            known.listed = false;
        }
        // Tried in any case: it is not known yet that it is mended.
        state.begun_before = true;
        state.look(&places);
        Ok(true)
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

/// What the archive in an output folder was begun with, where a service began it; `None` where one may be begun. Nothing is
/// changed in the folder.
///
/// # Errors
/// [`ErrorKind::Usage`] for an archive that no service began, and for folders that bear the names of a service's own, hold
/// something, and are of none; what the journal refuses.
pub(super) fn begun_here(out: &Path) -> Result<Option<Begun>> {
    let begun = match Journal::exists(out).then(|| Journal::read(out).and_then(|journal| journal.begun())) {
        // One of another version is refused, and an empty one filled, where it is opened for writing.
        Some(Err(e)) if e.kind() == ErrorKind::Unsupported => return Ok(None),
        read => read.transpose()?.flatten(),
    };
    let received = out.join(RECEIVED);
    if let Some(begun) = begun {
        // The whole folder may have been moved since: then its name is what is left.
        let own = begun.root == received || begun.root.ends_with(RECEIVED) && received.is_dir();
        if own {
            return Ok(Some(begun));
        }
        let text = "this archive was begun by hemozoin archive run, from a folder of slides or a list; give the service a \
                    folder of its own with --out";
        return Err(Error::new(ErrorKind::Usage, text)
            .with_key("error-service-other-archive")
            .with_path(out));
    }
    for name in [RECEIVED, INCOMING] {
        let mut entries = match std::fs::read_dir(out.join(name)) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
            entries => entries.map_err(|e| Error::io(out.join(name), "read", e))?,
        };
        if entries.next().is_some() {
            let text = format!(
                "{name} is a folder here that holds something and is of no service; give another folder with --out"
            );
            return Err(Error::new(ErrorKind::Usage, text)
                .with_key("error-service-folder")
                .with_arg("name", name)
                .with_path(out));
        }
    }
    Ok(None)
}

/// Whether a service gives what comes in, or is taken back, such a name.
fn is_own(name: &str) -> bool {
    let is_id = name.len() == 32 && name.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    is_id || name.starts_with(".tmp")
}

/// The same error for somebody else, without a place of this computer.
fn same(why: &Error) -> Error {
    let text = Error::new(why.kind(), why.message().to_owned());
    match why.key() {
        Some(key) => {
            why.args().iter().fold(text.with_key(key), |error, (name, value)| error.with_arg(name, value))
        }
        None => text,
    }
}

/// The names of the folders inside, which is made where it is not there.
fn folders_in(dir: &Path) -> Result<BTreeSet<String>> {
    make_folder(dir)?;
    let io = |e| Error::io(dir, "read", e);
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(dir).map_err(io)? {
        let entry = entry.map_err(io)?;
        if let Some(name) = entry.file_name().to_str()
            && entry.path().is_dir()
        {
            names.insert(name.to_owned());
        }
    }
    Ok(names)
}

fn remove_folder(dir: &Path) -> Result<()> {
    match std::fs::remove_dir_all(dir) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::io(dir, "remove", e)),
        _ => Ok(()),
    }
}
