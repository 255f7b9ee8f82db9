//! One open slide: its record, its decisions, and the state of each reading.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::pictures::PictureCache;
use super::shelf::Place;
use crate::archive::{Journal, SlideReading};
use crate::record::SlideRecord;
use crate::review::{
    Decision, Entry, Progress, ReadCounts, ReadResult, ReadSlide, Reading, Signed, Store, as_signed,
    grade_reading,
};
use crate::{Error, ErrorKind, Result};

/// A slide that a page shows.
#[derive(Debug)]
pub(super) struct OpenSlide {
    /// The record, as the machine wrote it.
    pub(super) record: SlideRecord,
    /// SHA-256 of its file.
    pub(super) record_sha256: String,
    /// Its pictures, decoded where they are needed.
    pub(super) pictures: PictureCache,
    /// Where everything about it lies.
    pub(super) place: Place,
    /// Whether something can be decided: a disk that takes no writing is for looking.
    pub(super) can_be_decided: bool,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    store: Option<Store>,
    states: HashMap<i64, State>,
}

/// A reading as far as it has come.
#[derive(Debug)]
pub(super) struct State {
    /// Its decisions.
    pub(super) entries: Vec<Entry>,
    /// Fields and marks.
    pub(super) slide: ReadSlide,
    /// How far it is.
    pub(super) progress: Progress,
    /// What the standard makes of it.
    pub(super) result: ReadResult,
    counts: ReadCounts,
}

impl OpenSlide {
    pub(super) fn open(place: &Place) -> Result<Self> {
        let (record, record_sha256) = place.read()?;
        let pictures = PictureCache::new(&record, place);
        let inner = Mutex::new(Inner { store: Store::read(&place.decisions)?, states: HashMap::new() });
        Ok(Self {
            record,
            record_sha256,
            pictures,
            can_be_decided: Store::can_be_written(&place.decisions),
            place: place.clone(),
            inner,
        })
    }

    /// The readings of this slide, and every reader of the file.
    pub(super) fn readings(&self) -> Result<(Vec<Reading>, Vec<String>)> {
        let mut inner = self.inner();
        let Some(store) = self.reading_store(&mut inner)? else { return Ok(Default::default()) };
        Ok((store.readings(&self.record.slide.id)?, store.readers()?))
    }

    /// Begins a reading, or goes on with it.
    pub(super) fn begin(&self, reader: &str, blind: bool) -> Result<Reading> {
        self.writing_store(&mut self.inner())?.begin(&self.record.slide.id, reader, blind)
    }

    /// Keeps decisions; when this returns they are on the disk.
    pub(super) fn decide(&self, reading: i64, key: &str, decisions: &[Decision]) -> Result<()> {
        let mut inner = self.inner();
        self.owned(&mut inner, reading)?;
        self.writing_store(&mut inner)?.append(reading, key, decisions).map(drop)
    }

    /// Takes back the last decision.
    pub(super) fn undo(&self, reading: i64, key: &str) -> Result<()> {
        let mut inner = self.inner();
        self.owned(&mut inner, reading)?;
        self.writing_store(&mut inner)?.undo(reading, key).map(drop)
    }

    /// Signs what a page showed when decision `seen` was the last. Of a slide of an archive the tables and the page are
    /// told too: the reading that was signed last speaks for the slide there.
    pub(super) fn sign(&self, reading: i64, seen: i64) -> Result<()> {
        let mut inner = self.inner();
        self.owned(&mut inner, reading)?;
        self.refresh(&mut inner, reading)?;
        let state = Self::state(&inner, reading)?;
        let signed = Signed { result: state.result.clone(), progress: state.progress.clone() };
        let (text, result) = (signed.to_json()?, signed.result.result);
        let id = &self.record.slide.id;
        let store = self.writing_store(&mut inner)?;
        store.sign(reading, seen, &self.record_sha256, &text)?;
        let Some(archive) = &self.place.archive else { return Ok(()) };
        let readings = store.readings(id)?;
        let of = readings.iter().find(|r| r.id == reading);
        match of.and_then(|r| Some((r.reader.clone(), r.signed()?.at.clone()))) {
            Some((reader, signed_at)) => {
                Journal::put_reading(archive, id, &SlideReading { result, reader, signed_at })
            }
            None => Ok(()),
        }
    }

    /// Begins a correction of a signed reading.
    pub(super) fn correct(&self, reading: i64, reason: &str) -> Result<()> {
        let mut inner = self.inner();
        self.owned(&mut inner, reading)?;
        self.writing_store(&mut inner)?.correct(reading, reason)
    }

    /// The record as this reading was signed, with who signed it, and when as it is stored.
    pub(super) fn as_signed(&self, reading: i64) -> Result<(SlideRecord, String, String)> {
        let mut inner = self.inner();
        self.owned(&mut inner, reading)?;
        let not_signed =
            || Error::new(ErrorKind::Usage, "this reading is not signed").with_key("error-review-not-signed");
        let store = self.reading_store(&mut inner)?.ok_or_else(not_signed)?;
        let readings = store.readings(&self.record.slide.id)?;
        let own = readings.iter().find(|r| r.id == reading);
        let (own, signature) = own.and_then(|r| Some((r, r.signed()?))).ok_or_else(not_signed)?;
        let record = as_signed(&self.record, &self.record_sha256, own, signature, store)?;
        Ok((record, own.reader.clone(), signature.at.clone()))
    }

    /// Looks at a reading as it is now; 0 is nobody's: the slide as the machine left it.
    pub(super) fn with<T>(&self, reading: i64, look: impl FnOnce(&State) -> Result<T>) -> Result<T> {
        let mut inner = self.inner();
        if reading != 0 {
            self.owned(&mut inner, reading)?;
        }
        self.refresh(&mut inner, reading)?;
        look(Self::state(&inner, reading)?)
    }

    /// Number of the last decision of a reading.
    pub(super) fn last(&self, reading: i64) -> Result<i64> {
        let mut inner = self.inner();
        match self.reading_store(&mut inner)? {
            Some(store) => store.last(reading),
            None => Ok(0),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The decisions for looking into them; `None` where nobody made any.
    fn reading_store<'a>(&self, inner: &'a mut Inner) -> Result<Option<&'a mut Store>> {
        if inner.store.is_none() {
            inner.store = Store::read(&self.place.decisions)?;
        }
        Ok(inner.store.as_mut())
    }

    /// The decisions for adding to them.
    fn writing_store<'a>(&self, inner: &'a mut Inner) -> Result<&'a mut Store> {
        let writes = inner.store.as_ref().is_some_and(Store::writes);
        if !writes {
            inner.store = Some(Store::open(&self.place.decisions)?);
        }
        inner.store.as_mut().ok_or_else(|| Error::new(ErrorKind::Internal, "the decisions were not opened"))
    }

    /// Refuses a reading of another slide of the same file.
    fn owned(&self, inner: &mut Inner, reading: i64) -> Result<()> {
        let readings = match self.reading_store(inner)? {
            Some(store) => store.readings(&self.record.slide.id)?,
            None => Vec::new(),
        };
        if readings.iter().any(|r| r.id == reading) {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Usage, "this reading is not there; open the slide again")
            .with_key("error-review-no-reading"))
    }

    fn state(inner: &Inner, reading: i64) -> Result<&State> {
        let state = inner.states.get(&reading);
        state.ok_or_else(|| Error::new(ErrorKind::Internal, "a reading has no state"))
    }

    /// Takes what was decided since, here or by another process.
    fn refresh(&self, inner: &mut Inner, reading: i64) -> Result<()> {
        let after = inner.states.get(&reading).map_or(0, State::seq);
        let new = match self.reading_store(inner)? {
            Some(store) => store.entries(reading, after)?,
            None => Vec::new(),
        };
        match inner.states.get_mut(&reading) {
            Some(_) if new.is_empty() => Ok(()),
            Some(state) => state.take(&self.record, new),
            None => {
                inner.states.insert(reading, State::new(&self.record, new)?);
                Ok(())
            }
        }
    }
}

impl State {
    fn new(record: &SlideRecord, entries: Vec<Entry>) -> Result<Self> {
        let slide = ReadSlide::replay(record, &entries);
        let counts = ReadCounts::of(record, &slide);
        let progress = Progress::of(record, &slide, &counts);
        let result = grade_reading(record, &slide, &counts)?;
        Ok(Self { entries, slide, progress, result, counts })
    }

    /// Number of the last decision.
    pub(super) fn seq(&self) -> i64 {
        self.entries.last().map_or(0, |entry| entry.seq)
    }

    fn take(&mut self, record: &SlideRecord, new: Vec<Entry>) -> Result<()> {
        if new.iter().any(|entry| matches!(entry.decision, Decision::Undo { .. })) {
            let mut entries = std::mem::take(&mut self.entries);
            entries.extend(new);
            *self = Self::new(record, entries)?;
            return Ok(());
        }
        let mut touched: Vec<usize> = new.iter().filter_map(|entry| self.slide.apply(entry)).collect();
        touched.sort_unstable();
        touched.dedup();
        for field in touched {
            self.counts.recount(record, &self.slide, field);
        }
        self.entries.extend(new);
        self.progress = Progress::of(record, &self.slide, &self.counts);
        self.result = grade_reading(record, &self.slide, &self.counts)?;
        Ok(())
    }
}
