//! Rules and bundles: made once, used by many slides.

use std::ffi::c_char;
use std::sync::Arc;

use hemozoin::slide::Threads;
use hemozoin::{Engine, Result};

use crate::error::{HemozoinError, HemozoinStatus, call};
use crate::given::{put, text, text_or_none};

/// Rules, model bundles and threads. May be used by many threads at once. Freed by `hemozoin_engine_free`; slides that were made
/// with it keep what they need. After `fork` the child may go on with it: it starts threads of its own.
pub struct HemozoinEngine(pub(crate) Arc<Shared>);

/// What an engine and its slides hold together.
pub(crate) struct Shared {
    pub(crate) engine: Engine,
    threads: Threads,
}

impl Shared {
    /// Works on the threads of this engine.
    pub(crate) fn work<T: Send>(&self, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
        self.threads.install(work)
    }
}

/// Version of this library, such as `0.1.0`. Never freed.
#[unsafe(no_mangle)]
pub extern "C" fn hemozoin_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// Makes an engine by the rules of `profile` (`who-2016`, `cdc`, ...; NULL for the standard ones), with the text of a file of
/// overrides in TOML, or NULL; it works on all cores. The bundles inside the library are loaded when they are needed first. The
/// engine is the caller's: `hemozoin_engine_free` frees it. Any thread may call this. After an error `*out` is as it was.
///
/// # Safety
/// Texts are null or end with a zero byte; `out` and `error` are null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_engine_new(
    profile: *const c_char,
    overrides: *const c_char,
    out: *mut *mut HemozoinEngine,
    error: *mut *mut HemozoinError,
) -> HemozoinStatus {
    // SAFETY: as the caller promises.
    unsafe { hemozoin_engine_new_with_threads(profile, overrides, 0, out, error) }
}

/// The same on `threads` threads; 0: as many as there are cores. The record is the same for any number.
///
/// # Safety
/// As `hemozoin_engine_new`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_engine_new_with_threads(
    profile: *const c_char,
    overrides: *const c_char,
    threads: u32,
    out: *mut *mut HemozoinEngine,
    error: *mut *mut HemozoinError,
) -> HemozoinStatus {
    call(error, || {
        let mut builder = Engine::builder();
        if !profile.is_null() {
            // SAFETY: as the caller promises.
            builder = builder.profile(unsafe { text(profile, "profile") }?);
        }
        // SAFETY: as the caller promises.
        if let Some(overrides) = unsafe { text_or_none(overrides, "overrides") }? {
            builder = builder.overrides(overrides);
        }
        let shared = Shared { engine: builder.build()?, threads: Threads::new(threads as usize) };
        // SAFETY: as the caller promises.
        unsafe { put(out, HemozoinEngine(Arc::new(shared))) }
    })
}

/// Frees an engine; any thread may, once, while no call uses it.
///
/// # Safety
/// `engine` is null, or was made by `hemozoin_engine_new` and is not freed; no call is using it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_engine_free(engine: *mut HemozoinEngine) {
    if !engine.is_null() {
        // SAFETY: as the caller promises.
        drop(unsafe { Box::from_raw(engine) });
    }
}
