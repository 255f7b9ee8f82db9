//! What a file is, by its first bytes and never by its name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A picture format that is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// JPEG, baseline or progressive.
    Jpeg,
    /// PNG, APNG (first frame).
    Png,
    /// TIFF and BigTIFF, in strips or tiles, one or more pages.
    Tiff,
    /// Windows bitmap.
    Bmp,
    /// WebP, lossy or lossless, animated (first frame).
    Webp,
}

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sniffed {
    /// A format that is read here.
    Known(Format),
    /// A picture in a format that is not read here.
    OtherPicture(&'static str),
    /// No picture.
    Foreign,
    /// No bytes at all.
    Empty,
}

/// Bytes that [`sniff`] looks at.
pub(super) const SNIFF_BYTES: usize = 32;

/// Reads the signature at the start of a file.
pub(super) fn sniff(head: &[u8]) -> Sniffed {
    use Format as F;
    let at = |offset: usize, what: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(what));
    if head.is_empty() {
        Sniffed::Empty
    } else if at(0, b"\xff\xd8\xff") {
        Sniffed::Known(F::Jpeg)
    } else if at(0, b"\x89PNG\r\n\x1a\n") {
        Sniffed::Known(F::Png)
    } else if at(0, b"II\x2a\0") || at(0, b"MM\0\x2a") || at(0, b"II\x2b\0") || at(0, b"MM\0\x2b") {
        Sniffed::Known(F::Tiff)
    } else if at(0, b"BM") && at(6, &[0; 4]) {
        Sniffed::Known(F::Bmp)
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        Sniffed::Known(F::Webp)
    } else if at(0, b"GIF8") {
        Sniffed::OtherPicture("GIF")
    } else if at(4, b"ftypavif") {
        Sniffed::OtherPicture("AVIF")
    } else if at(4, b"ftyphei") || at(4, b"ftyphev") || at(4, b"ftypmif1") || at(4, b"ftypmsf1") {
        Sniffed::OtherPicture("HEIC")
    } else if at(0, b"\0\0\0\x0cJXL ") || at(0, b"\xff\x0a") {
        Sniffed::OtherPicture("JPEG XL")
    } else if at(0, b"\0\0\0\x0cjP  ") || at(0, b"\xff\x4f\xff\x51") {
        Sniffed::OtherPicture("JPEG 2000")
    } else {
        Sniffed::Foreign
    }
}

/// True where a file name promises a picture that is read here.
pub(super) fn picture_extension(path: &std::path::Path) -> bool {
    const EXTENSIONS: [&str; 10] = ["jpg", "jpeg", "jpe", "jfif", "png", "tif", "tiff", "btf", "bmp", "webp"];
    path.extension().is_some_and(|e| EXTENSIONS.iter().any(|known| e.eq_ignore_ascii_case(known)))
}
