//! What a call says of itself, and the object that says what went wrong.

use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hemozoin::{Catalogue, Error, ErrorKind, Language, Result};

use crate::given::owned;

/// How a call ended: well, or whose fault it was that it did not.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HemozoinStatus {
    /// It did what was asked.
    Ok = 0,
    /// The bytes of a file cannot be understood: truncated, corrupt, or not what its name says.
    Unreadable = 1,
    /// The input is larger than the limits allow.
    Limit = 2,
    /// A sound file of a kind that is not read.
    Unsupported = 3,
    /// A model bundle is missing, wrong or cannot run.
    Model = 4,
    /// The rules cannot be used.
    Profile = 5,
    /// The call was wrong: a null where none may be, text that is not UTF-8, a slide without a film.
    Usage = 6,
    /// The system refused.
    Io = 7,
    /// A fault of this library. Please report it.
    Internal = 8,
    /// The progress function asked to stop.
    Stopped = 9,
}

/// A language in which results and errors can be said: one of `HEMOZOIN_LANGUAGE_...`; any other number is English.
pub type HemozoinLanguage = u32;

/// English.
pub const HEMOZOIN_LANGUAGE_ENGLISH: HemozoinLanguage = 0;
/// French.
pub const HEMOZOIN_LANGUAGE_FRENCH: HemozoinLanguage = 1;

/// The words of the language that a number means.
pub(crate) fn words(language: HemozoinLanguage) -> Catalogue {
    Catalogue::new(match language {
        HEMOZOIN_LANGUAGE_FRENCH => Language::French,
        _ => Language::English,
    })
}

/// What went wrong. Freed by `hemozoin_error_free`.
pub struct HemozoinError(Error);

impl From<ErrorKind> for HemozoinStatus {
    fn from(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::Unreadable => Self::Unreadable,
            ErrorKind::Limit => Self::Limit,
            ErrorKind::Unsupported => Self::Unsupported,
            ErrorKind::Model => Self::Model,
            ErrorKind::Profile => Self::Profile,
            ErrorKind::Usage => Self::Usage,
            ErrorKind::Io => Self::Io,
            ErrorKind::Stopped => Self::Stopped,
            _ => Self::Internal,
        }
    }
}

/// Does the work of a call: an error or a panic becomes a status, and an object where one is asked for.
///
/// `error` is null or can be written.
pub(crate) fn call(error: *mut *mut HemozoinError, work: impl FnOnce() -> Result<()>) -> HemozoinStatus {
    let ended = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err(Error::new(
            ErrorKind::Internal,
            "the engine panicked; this is a fault of the program, please report it",
        ))
    });
    let (status, object) = match ended {
        Ok(()) => (HemozoinStatus::Ok, std::ptr::null_mut()),
        Err(e) => (HemozoinStatus::from(e.kind()), Box::into_raw(Box::new(HemozoinError(e)))),
    };
    if error.is_null() {
        if !object.is_null() {
            // SAFETY: it was made in this call, and nobody else has it.
            drop(unsafe { Box::from_raw(object) });
        }
    } else {
        // SAFETY: the caller hands over null or a place that can be written.
        unsafe { *error = object };
    }
    status
}

/// Whose fault it was. Several threads may ask one error at once.
///
/// # Safety
/// `error` was made by a call of this library and is not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_error_status(error: *const HemozoinError) -> HemozoinStatus {
    // SAFETY: as the caller promises.
    match unsafe { error.as_ref() } {
        Some(error) => error.0.kind().into(),
        None => HemozoinStatus::Ok,
    }
}

/// One sentence: which file, what is wrong, what to do. The text is the caller's:
/// `hemozoin_text_free` frees it; NULL for a null error.
///
/// # Safety
/// As `hemozoin_error_status`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_error_message(
    error: *const HemozoinError,
    language: HemozoinLanguage,
) -> *mut c_char {
    // SAFETY: as the caller promises.
    let Some(error) = (unsafe { error.as_ref() }) else { return std::ptr::null_mut() };
    let said = catch_unwind(AssertUnwindSafe(|| words(language).error(&error.0)));
    owned(&said.unwrap_or_else(|_| error.0.to_string()))
}

/// What to do, alone: the end of the message, or what goes for every error of its status. Freed by `hemozoin_text_free`;
/// NULL for a null error.
///
/// # Safety
/// As `hemozoin_error_status`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_error_remedy(
    error: *const HemozoinError,
    language: HemozoinLanguage,
) -> *mut c_char {
    // SAFETY: as the caller promises.
    let Some(error) = (unsafe { error.as_ref() }) else { return std::ptr::null_mut() };
    let said = catch_unwind(AssertUnwindSafe(|| words(language).remedy(&error.0)));
    owned(&said.unwrap_or_default())
}

/// A name for programs, such as `film-not-stated`, that stays the same in every version. Freed by `hemozoin_text_free`;
/// NULL where the error has none.
///
/// # Safety
/// As `hemozoin_error_status`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_error_key(error: *const HemozoinError) -> *mut c_char {
    // SAFETY: as the caller promises.
    let key = unsafe { error.as_ref() }.and_then(|error| error.0.key());
    key.map_or(std::ptr::null_mut(), |key| owned(key.strip_prefix("error-").unwrap_or(key)))
}

/// The file or picture that it is about. Freed by `hemozoin_text_free`; NULL where it is about none.
///
/// # Safety
/// As `hemozoin_error_status`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_error_file(error: *const HemozoinError) -> *mut c_char {
    // SAFETY: as the caller promises.
    let path = unsafe { error.as_ref() }.and_then(|error| error.0.path());
    path.map_or(std::ptr::null_mut(), |path| owned(&path.to_string_lossy()))
}

/// Frees an error; any thread may, once, while no call uses it.
///
/// # Safety
/// `error` is null, or was made by a call of this library and is not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_error_free(error: *mut HemozoinError) {
    if !error.is_null() {
        // SAFETY: as the caller promises.
        drop(unsafe { Box::from_raw(error) });
    }
}
