//! The errors of this room, and the wall that keeps a decoder's panic inside it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{Error, ErrorKind, Result};

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

/// A JPEG that is coded in a way that is not read here, by its code in the catalogues.
pub(super) fn jpeg_form(form: &'static str) -> Error {
    Error::new(
        ErrorKind::Unsupported,
        format!(
            "a JPEG of a kind that is not read ({form}); it is not damaged: save the picture as an ordinary JPEG or as \
             PNG"
        ),
    )
    .with_key("error-jpeg-form")
    .with_arg("form", form)
}

/// A camera's raw file.
pub(super) fn camera_raw(kind: &str) -> Error {
    Error::new(
        ErrorKind::Unsupported,
        format!(
            "a camera's raw file ({kind}), which is not read; it is not damaged: save the picture as JPEG or PNG"
        ),
    )
    .with_key("error-camera-raw")
    .with_arg("kind", kind)
}

/// A file whose pages only its own program tells apart.
pub(super) fn other_program(program: &str) -> Error {
    Error::new(
        ErrorKind::Unsupported,
        format!(
            "a file of {program}, which is not read; save each field from that program as JPEG, PNG or TIFF"
        ),
    )
    .with_key("error-tiff-program")
    .with_arg("program", program)
}

/// A file that holds more planes than it has pages.
pub(super) fn planes_behind(program: &str, planes: usize) -> Error {
    Error::new(
        ErrorKind::Unsupported,
        format!(
            "a stack of {planes} pictures by {program} with one page for all of them, which is not read; save each \
             field as a picture of its own"
        ),
    )
    .with_key("error-tiff-planes-behind")
    .with_arg("program", program)
    .with_arg("planes", planes)
}

/// A file whose description speaks of other pages than it has.
pub(super) fn does_not_fit(program: &str, planes: usize, pages: usize) -> Error {
    Error::new(
        ErrorKind::Unsupported,
        format!(
            "its description ({program}) speaks of {planes} pages, but there are {pages}, so that nobody can tell \
             which are fields; save each field as a picture of its own"
        ),
    )
    .with_key("error-tiff-does-not-fit")
    .with_arg("program", program)
    .with_arg("planes", planes)
    .with_arg("pages", pages)
}

/// A description that cannot be read, of a file with several pages.
pub(super) fn description_unread(program: &str) -> Error {
    Error::new(
        ErrorKind::Unreadable,
        format!(
            "its description ({program}) cannot be read, so that nobody can tell which pages are fields; save each \
             field as a picture of its own"
        ),
    )
    .with_key("error-tiff-description")
    .with_arg("program", program)
}

/// Channels that are not red, green and blue.
pub(super) fn channels(program: &str, channels: usize) -> Error {
    Error::new(
        ErrorKind::Unsupported,
        format!(
            "{channels} channels by {program}, which make no picture in the stain's colours; save each field as an RGB \
             picture"
        ),
    )
    .with_key("error-tiff-channels")
    .with_arg("program", program)
    .with_arg("channels", channels)
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

/// A failure of the `jpeg-decoder` crate in our words.
pub(super) fn from_jpeg(error: jpeg_decoder::Error) -> Error {
    use jpeg_decoder::Error as E;
    match &error {
        E::Unsupported(what) => unsupported_form(&format!("{what:?}")).with_source(error),
        E::Io(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => truncated().with_source(error),
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
