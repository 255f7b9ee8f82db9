//! A record: as JSON, as text for a person, and its main counts as plain numbers.

use std::ffi::c_char;

use hemozoin::record::read;
use hemozoin::report::{record_json, text as words_of};
use hemozoin::{Film, SlideRecord};

use crate::error::{HemozoinError, HemozoinLanguage, HemozoinStatus, call, words};
use crate::given::{bytes, object, put, put_text, refused};
use crate::slide::{HemozoinFilm, stated};

/// Everything that was found on a slide. Freed by `hemozoin_record_free`.
pub struct HemozoinRecord(pub(crate) SlideRecord);

/// The main counts of one film. The caller sets `size` to `sizeof(HemozoinCounts)`; as much is filled in, so that a program
/// that was compiled for an earlier version goes on working.
///
/// The counts are a machine's: a proposal that a person decides on. `is_read` is false for every record that the engine
/// makes; only then `density_per_ul` and `parasitaemia_percent` would be numbers that may be acted on.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct HemozoinCounts {
    /// Size of this struct as the caller knows it, bytes.
    pub size: usize,
    /// Fields that are part of the count.
    pub fields_counted: u64,
    /// Fields that were left out.
    pub fields_rejected: u64,
    /// Asexual parasites; never gametocytes.
    pub asexual_parasites: u64,
    /// Gametocytes.
    pub gametocytes: u64,
    /// White cells.
    pub white_cells: u64,
    /// Red cells (thin films).
    pub red_cells: u64,
    /// Red cells with at least one asexual parasite (thin films).
    pub infected_red_cells: u64,
    /// Density per microlitre that is reported; NaN where none is.
    pub density_per_ul: f64,
    /// Per cent of red cells infected that is reported; NaN where none is.
    pub parasitaemia_percent: f64,
    /// Density per microlitre if every suspect were a parasite; NaN where that is not formed.
    pub density_if_confirmed_per_ul: f64,
    /// White cells that are still to be counted; 0 where enough are.
    pub need_white_cells: u64,
    /// Red cells that are still to be counted; 0 where enough are.
    pub need_red_cells: u64,
    /// Alerts that the result opens with: somebody must look now.
    pub alerts: u64,
    /// Whether a person has read the film.
    pub is_read: bool,
}

impl HemozoinCounts {
    fn of(record: &SlideRecord, film: Film) -> Option<Self> {
        let (tally, outcome) = match film {
            Film::Thick => (record.tally.thick?, record.result.thick.as_ref()?),
            Film::Thin => (record.tally.thin?, record.result.thin.as_ref()?),
        };
        let number = |n: Option<u64>| n.map_or(f64::NAN, |n| n as f64);
        Some(Self {
            size: size_of::<Self>(),
            fields_counted: tally.fields_counted,
            fields_rejected: tally.fields_rejected,
            asexual_parasites: tally.counted.asexual_parasites,
            gametocytes: tally.counted.gametocytes,
            white_cells: tally.counted.white_cells,
            red_cells: tally.counted.red_cells,
            infected_red_cells: tally.counted.infected_red_cells,
            density_per_ul: number(outcome.density_per_ul),
            parasitaemia_percent: outcome.parasitaemia_percent.unwrap_or(f64::NAN),
            density_if_confirmed_per_ul: number(outcome.if_confirmed.as_ref().and_then(|e| e.density_per_ul)),
            need_white_cells: outcome.need_wbc.unwrap_or(0),
            need_red_cells: outcome.need_rbc.unwrap_or(0),
            alerts: outcome.alerts.len() as u64,
            is_read: outcome.reading.is_read(),
        })
    }
}

/// The record as JSON, as `hemozoin analyze --format json` prints it. The text is the caller's: `hemozoin_text_free` frees it.
/// Several threads may read one record at once.
///
/// # Safety
/// `record` was made by this library and is not freed; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_record_json(
    record: *const HemozoinRecord,
    out: *mut *mut c_char,
    error: *mut *mut HemozoinError,
) -> HemozoinStatus {
    call(error, || {
        // SAFETY: as the caller promises.
        let record = unsafe { object(record, "record") }?;
        let json = record_json(&record.0)?;
        // SAFETY: as the caller promises.
        unsafe { put_text(out, &json) }
    })
}

/// The result as a laboratory reads it. The text is the caller's: `hemozoin_text_free` frees it. Several threads may read one
/// record at once.
///
/// # Safety
/// As `hemozoin_record_json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_record_text(
    record: *const HemozoinRecord,
    language: HemozoinLanguage,
    out: *mut *mut c_char,
    error: *mut *mut HemozoinError,
) -> HemozoinStatus {
    call(error, || {
        // SAFETY: as the caller promises.
        let record = unsafe { object(record, "record") }?;
        let said = words_of(&record.0, &words(language));
        // SAFETY: as the caller promises.
        unsafe { put_text(out, &said) }
    })
}

/// The main counts of one film, into a struct of the caller. Several threads may read one record at once.
///
/// # Safety
/// As `hemozoin_record_json`; `counts` is null, or points to `counts->size` bytes that can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_record_counts(
    record: *const HemozoinRecord,
    film: HemozoinFilm,
    counts: *mut HemozoinCounts,
    error: *mut *mut HemozoinError,
) -> HemozoinStatus {
    call(error, || {
        // SAFETY: as the caller promises.
        let record = unsafe { object(record, "record") }?;
        if counts.is_null() {
            return Err(refused(
                "error-call-null",
                "counts",
                "counts is NULL; give the address of a HemozoinCounts",
            ));
        }
        // SAFETY: as the caller promises; `size` is its first part in every version.
        let size = unsafe { (&raw const (*counts).size).read() };
        if size < size_of::<usize>() {
            return Err(refused(
                "error-call-size",
                "counts",
                "counts.size is too small; set it to sizeof(HemozoinCounts) before the call",
            ));
        }
        let film = stated(film)?.ok_or_else(|| {
            let message = "say of which film: HEMOZOIN_FILM_THICK or HEMOZOIN_FILM_THIN";
            refused("error-call-film", "film", message).with_arg("number", 0)
        })?;
        let found = HemozoinCounts::of(&record.0, film).ok_or_else(|| {
            let message = "the slide has no picture of this film; ask for the other one";
            refused("error-call-no-film", "film", message)
        })?;
        let found = HemozoinCounts { size, ..found };
        let known = size.min(size_of::<HemozoinCounts>());
        // SAFETY: both hold so many bytes, and they do not overlap.
        unsafe { std::ptr::copy_nonoverlapping((&raw const found).cast::<u8>(), counts.cast::<u8>(), known) };
        if size > known {
            // SAFETY: the caller says that its struct has `size` bytes; what this version does not know is 0.
            unsafe { counts.cast::<u8>().add(known).write_bytes(0, size - known) };
        }
        Ok(())
    })
}

/// Reads a record that was stored as JSON, by this version or an earlier one. The record is the caller's:
/// `hemozoin_record_free` frees it; the bytes stay the caller's. Any thread may call this. After an error `*out` is as it was.
///
/// # Safety
/// `json` points to `length` bytes; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_record_read(
    json: *const u8,
    length: usize,
    out: *mut *mut HemozoinRecord,
    error: *mut *mut HemozoinError,
) -> HemozoinStatus {
    call(error, || {
        // SAFETY: as the caller promises.
        let record = read(unsafe { bytes(json, length, "record") }?)?;
        // SAFETY: as the caller promises.
        unsafe { put(out, HemozoinRecord(record)) }
    })
}

/// Frees a record; any thread may, once, while no call uses it.
///
/// # Safety
/// `record` is null, or was made by this library and is not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_record_free(record: *mut HemozoinRecord) {
    if !record.is_null() {
        // SAFETY: as the caller promises.
        drop(unsafe { Box::from_raw(record) });
    }
}
