//! What a file is, by its first bytes and never by its name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A picture format that is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
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
    /// A camera's raw file.
    CameraRaw(&'static str),
    /// No picture.
    Foreign,
    /// No bytes at all.
    Empty,
}

/// Bytes that [`sniff`] looks at.
pub(super) const SNIFF_BYTES: usize = 132;

/// Signatures of pictures that are not read: where they stand, and the format.
const OTHERS: [(usize, &[u8], &str); 18] = [
    (0, b"GIF8", "GIF"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftyphev", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"ftypmsf1", "HEIC"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (0, b"\xff\x4f\xff\x51", "JPEG 2000"),
    (0, b"II\xbc", "JPEG XR"),
    (0, b"8BPS", "Photoshop"),
    (0, b"ZISRAWFILE", "Zeiss CZI"),
    (0, b"\xda\xce\xbe\x0a", "Nikon ND2"),
    (0, b"qoif", "QOI"),
    (0, b"gimp xcf", "GIMP"),
    (0, b"v/1\x01", "OpenEXR"),
    (128, b"DICM", "DICOM"),
];

/// Signatures of cameras' raw files; DNG, NEF, ARW and PEF begin as any TIFF and are known by their tags.
const RAW: [(usize, &[u8], &str); 9] = [
    (8, b"CR\x02", "CR2"),
    (4, b"ftypcrx", "CR3"),
    (0, b"IIU\0", "RW2"),
    (0, b"IIRO", "ORF"),
    (0, b"IIRS", "ORF"),
    (0, b"MMOR", "ORF"),
    (0, b"FUJIFILMCCD-RAW", "RAF"),
    (0, b"\0MRM", "MRW"),
    (0, b"FOVb", "X3F"),
];

/// The size of the header after `BM` tells a bitmap from text; the reserved fields do not, some programs use them.
fn is_bitmap(head: &[u8]) -> bool {
    const HEADERS: [u8; 8] = [12, 16, 40, 52, 56, 64, 108, 124];
    matches!(head.get(14..18), Some([size, 0, 0, 0]) if HEADERS.contains(size))
}

/// Reads the signature at the start of a file.
pub(super) fn sniff(head: &[u8]) -> Sniffed {
    use Format as F;
    let at = |offset: usize, what: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(what));
    let found = |known: &[(usize, &[u8], &'static str)]| {
        known.iter().find(|(offset, what, _)| at(*offset, what)).map(|(_, _, name)| *name)
    };
    if head.is_empty() {
        Sniffed::Empty
    } else if let Some(name) = found(&RAW) {
        Sniffed::CameraRaw(name)
    } else if at(0, b"\xff\xd8\xff") {
        Sniffed::Known(F::Jpeg)
    } else if at(0, b"\x89PNG\r\n\x1a\n") {
        Sniffed::Known(F::Png)
    } else if at(0, b"II\x2a\0") || at(0, b"MM\0\x2a") || at(0, b"II\x2b\0") || at(0, b"MM\0\x2b") {
        Sniffed::Known(F::Tiff)
    } else if at(0, b"BM") && is_bitmap(head) {
        Sniffed::Known(F::Bmp)
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        Sniffed::Known(F::Webp)
    } else if let Some(name) = found(&OTHERS) {
        Sniffed::OtherPicture(name)
    } else {
        Sniffed::Foreign
    }
}

/// True where a file name promises a picture that is read here.
pub(super) fn picture_extension(path: &std::path::Path) -> bool {
    const EXTENSIONS: [&str; 10] = ["jpg", "jpeg", "jpe", "jfif", "png", "tif", "tiff", "btf", "bmp", "webp"];
    path.extension().is_some_and(|e| EXTENSIONS.iter().any(|known| e.eq_ignore_ascii_case(known)))
}
