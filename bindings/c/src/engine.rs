//! Rules and bundles: made once, used by many slides.

use std::ffi::c_char;
use std::sync::Arc;

use hemozoin::Engine;

use crate::error::{HemozoinError, HemozoinStatus, call};
use crate::given::{put, text, text_or_none};

/// Rules and model bundles. May be used by many threads at once. Freed by `hemozoin_engine_free`; slides that were made with
/// it keep what they need.
pub struct HemozoinEngine(pub(crate) Arc<Engine>);

/// Version of this library, such as `0.1.0`. Never freed.
#[unsafe(no_mangle)]
pub extern "C" fn hemozoin_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// Makes an engine by the rules of `profile` (`who-2016`, `cdc`, ...; NULL for the standard ones), with the text of a file of
/// overrides in TOML, or NULL. The bundles inside the library are loaded when they are needed first.
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
    call(error, || {
        let mut builder = Engine::builder();
        if !profile.is_null() {
            // SAFETY: as the caller promises.
            builder = builder.profile(unsafe { text(profile, "the profile") }?);
        }
        // SAFETY: as the caller promises.
        if let Some(overrides) = unsafe { text_or_none(overrides, "the overrides") }? {
            builder = builder.overrides(overrides);
        }
        let engine = HemozoinEngine(Arc::new(builder.build()?));
        // SAFETY: as the caller promises.
        unsafe { put(out, engine) }
    })
}

/// Frees an engine.
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
