//! Whether a JPEG stream reaches its end.
//!
//! Decoders fill what is missing with grey; a grey half would be read as film without parasites. So the
//! markers are walked first (ITU-T T.81, annex B), and a stream without its end-of-image marker is refused.

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const TEM: u8 = 0x01;
const RST0: u8 = 0xd0;
const RST7: u8 = 0xd7;

/// True where the marker segments and scans lead to an end-of-image marker.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some((marker, after)) = next_marker(bytes, at) {
        match marker {
            EOI => return true,
            SOI | TEM | RST0..=RST7 => at = after,
            _ => {
                let length = match (bytes.get(after), bytes.get(after + 1)) {
                    (Some(&high), Some(&low)) => usize::from(high) << 8 | usize::from(low),
                    _ => return false,
                };
                at = after + length.max(2);
                if marker == SOS {
                    at = end_of_scan(bytes, at);
                }
            }
        }
    }
    false
}

/// The next marker at or after `at`, and where its segment starts.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        let here = *bytes.get(at)?;
        let next = *bytes.get(at + 1)?;
        if here == 0xff && next != 0xff && next != 0 {
            return Some((next, at + 2));
        }
        at += 1;
    }
}

/// Where entropy-coded data ends: at the first marker that is neither stuffing nor a restart.
fn end_of_scan(bytes: &[u8], mut at: usize) -> usize {
    while let Some((marker, after)) = next_marker(bytes, at) {
        if !(RST0..=RST7).contains(&marker) {
            return after - 2;
        }
        at = after;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_inside_a_thumbnail_does_not_count() {
        let thumbnail = [0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9];
        let mut bytes = vec![0xff, 0xd8];
        bytes.extend(thumbnail);
        bytes.extend([0xff, 0xda, 0, 2, 1, 2, 0xff, 0, 3, 0xff, 0xd1, 4]);
        assert!(!is_complete(&bytes));
        bytes.extend([0xff, 0xd9]);
        assert!(is_complete(&bytes));
        assert!(!is_complete(&[]));
        assert!(!is_complete(&[0xff, 0xd8, 0xff]));
    }
}
