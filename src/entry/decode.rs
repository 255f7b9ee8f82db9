//! Bytes of a text file that a person saved: UTF-8, UTF-16 with its mark, or Windows-1252 as a French Excel writes it.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text without its byte-order mark. Bytes that are no UTF-8 are taken for Windows-1252 where each of them is a
/// letter or a sign of French or English there; the code pages of DOS and of old Macs use others for the letters that
/// they share with it.
///
/// # Errors
/// The place of the first byte that says neither.
pub fn text_of_bytes(bytes: &[u8]) -> Result<Cow<'_, str>, usize> {
    for (mark, encoding) in [([0xff, 0xfe], UTF_16LE), ([0xfe, 0xff], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(&mark) {
            let (text, faulty) = encoding.decode_without_bom_handling(rest);
            return if faulty { Err(0) } else { Ok(text) };
        }
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        // UTF-16 without its mark is such UTF-8, with a byte of nothing beside each letter.
        return match bytes.iter().position(|byte| *byte == 0) {
            Some(nothing) => Err(nothing),
            None => Ok(Cow::Borrowed(text)),
        };
    }
    match bytes.iter().position(|byte| !is_french(*byte)) {
        Some(odd) => Err(odd),
        None => Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0),
    }
}

/// ASCII without control characters but tabs and line ends; the letters of Latin-1, and the signs beside them that
/// French and English tables hold: no-break space, quotation marks, apostrophe, dashes, degree, micro, powers, œ, €.
fn is_french(byte: u8) -> bool {
    match byte {
        b'\t' | b'\n' | b'\r' | b' '..=b'~' => true,
        0xd7 | 0xf7 => false,
        0xc0..=0xff => true,
        0x80
        | 0x8c
        | 0x91..=0x94
        | 0x96
        | 0x97
        | 0x9c
        | 0xa0
        | 0xaa
        | 0xab
        | 0xb0
        | 0xb2
        | 0xb3
        | 0xb5
        | 0xba
        | 0xbb => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encodings_of_spreadsheets() {
        let text =
            "lame;pr\u{e9}paration\r\nN\u{b0}\u{a0}1;goutte \u{e9}paisse \u{2013} \u{153}d\u{e8}me\r\n";
        let utf16 = |big: bool| -> Vec<u8> {
            let units = std::iter::once('\u{feff}').chain(text.chars()).map(|c| c as u16);
            units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let windows = WINDOWS_1252.encode(text).0.into_owned();
        assert!(std::str::from_utf8(&windows).is_err());
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            utf16(false),
            utf16(true),
            windows,
        ] {
            assert_eq!(text_of_bytes(&bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn other_code_pages_are_not_taken_for_it() {
        // "préparation" of DOS (850) and of an old Mac.
        assert_eq!(text_of_bytes(b"pr\x82paration"), Err(2));
        assert_eq!(text_of_bytes(b"pr\x8eparation"), Err(2));
        assert_eq!(text_of_bytes(b"a\x00b\xe9"), Err(1));
        // UTF-16 without its mark.
        assert_eq!(text_of_bytes(b"i\x00d\x00"), Err(1));
        assert_eq!(text_of_bytes(b"\x00i\x00d"), Err(0));
    }
}
