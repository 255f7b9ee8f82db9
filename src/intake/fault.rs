//! The errors of this room, and the wall that keeps a decoder's panic inside it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Error, ErrorKind, Result};

/// The bytes are no sound picture.
pub(super) fn corrupt(reason: impl std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::Unreadable,
        format!("damaged picture ({reason}); copy it again from the camera or take it again"),
    )
    .with_key("error-picture-corrupt")
    .with_arg("reason", reason)
}

/// The file ends before the picture does.
pub(super) fn truncated() -> Error {
    Error::new(
        ErrorKind::Unreadable,
        "the file ends before the picture does (a broken copy or transfer); copy it again from the camera",
    )
    .with_key("error-picture-truncated")
}

/// The file has its end, but not all of what comes before it.
pub(super) fn overwritten() -> Error {
    Error::new(
        ErrorKind::Unreadable,
        "a part of the picture was lost or overwritten (a failing card, key or copy); copy it again from the camera or \
         take it again",
    )
    .with_key("error-picture-overwritten")
}

/// Nothing in the file.
pub(super) fn empty() -> Error {
    Error::new(ErrorKind::Unreadable, "empty file (0 bytes); copy it again from the camera")
        .with_key("error-picture-empty")
}

/// Not a picture, whatever its name says.
pub(super) fn not_a_picture() -> Error {
    Error::new(
        ErrorKind::Unreadable,
        "not a picture, whatever its name says; expected JPEG, PNG, TIFF, BMP or WebP",
    )
    .with_key("error-not-a-picture")
}

/// A picture in a form that is not read here.
pub(super) fn unsupported(what: impl std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::Unsupported,
        format!("{what} is not supported; save the picture as JPEG, PNG or 8-bit RGB TIFF"),
    )
    .with_key("error-picture-unsupported")
    .with_arg("what", what)
}

/// A picture in a form that a decoder says it does not read.
fn unsupported_form(reason: &dyn std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::Unsupported,
        format!("{reason}: this form is not supported; save the picture as JPEG, PNG or 8-bit RGB TIFF"),
    )
    .with_key("error-picture-form")
    .with_arg("reason", reason)
}

/// A failure of the `image` crate in our words.
pub(super) fn from_image(error: image::ImageError) -> Error {
    use image::ImageError as E;
    match &error {
        E::Unsupported(what) => unsupported_form(what).with_source(error),
        E::Limits(_) => limit(&error).with_source(error),
        E::IoError(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => truncated().with_source(error),
        _ => corrupt(&error).with_source(error),
    }
}

/// A failure of the `tiff` crate in our words.
pub(super) fn from_tiff(error: tiff::TiffError) -> Error {
    use tiff::TiffError as E;
    match &error {
        E::UnsupportedError(what) => unsupported_form(what).with_source(error),
        E::LimitsExceeded => limit(&error).with_source(error),
        E::IoError(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => truncated().with_source(error),
        _ => corrupt(&error).with_source(error),
    }
}

fn limit(error: &dyn std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::Limit,
        format!("a single strip, tile or table of the file is too large ({error}); save it as a tiled TIFF"),
    )
    .with_key("error-limit-chunk")
    .with_arg("reason", error)
}

/// Runs a decoder; its panic becomes [`ErrorKind::Unreadable`].
pub(super) fn guarded<T>(decode: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or_else(|_| Err(corrupt("the decoder gave up on it")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_unreadable() {
        let result: Result<()> = guarded(|| panic!("a decoder's own fault"));
        assert_eq!(result.expect_err("it panicked").kind(), ErrorKind::Unreadable);
    }
}
