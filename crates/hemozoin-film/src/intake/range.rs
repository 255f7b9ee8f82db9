//! What a picture's samples reach: cameras write 10, 12 or 14 bits into 16, and programs brightness from 0 to 255 into
//! floating-point numbers.
//!
//! Read by the full range of the sample, such pictures are black. So the white of a picture is the end of the narrowest
//! range of whole bits that holds its brightest sample, one for all its channels.

/// Samples of so many bits at most are taken for a camera's own range inside 16 bits; 15 may be a dark picture's.
const MOST_BITS: u32 = 14;
/// Fewer are never meant.
const LEAST_BITS: u32 = 8;
/// Sharpening and interpolation carry floating-point samples a little beyond their white.
const BEYOND: f64 = 1.05;

/// The end of the range of samples whose brightest is `highest`, where they are whole numbers that reach to `full`.
pub(super) fn white_of_whole(highest: u32, full: u32) -> u32 {
    match (u32::BITS - highest.leading_zeros()).max(LEAST_BITS) {
        bits @ ..=MOST_BITS => ((1 << bits) - 1).min(full),
        // Sixteen bits in thirty-two.
        15 | 16 => full.min(u32::from(u16::MAX)),
        _ => full,
    }
}

/// The same for floating-point samples: 0 to 1, 0 to 255, or whole numbers of a camera.
pub(super) fn white_of_float(highest: f64) -> f64 {
    if !highest.is_finite() || highest <= BEYOND {
        1.0
    } else if highest <= 255.0 * BEYOND {
        255.0
    } else if highest <= f64::from(u16::MAX) {
        f64::from(white_of_whole(highest as u32, u16::MAX.into()))
    } else {
        highest
    }
}

/// A sample between black and `white` in 8 bits, rounded.
pub(super) fn in_eight_bits(sample: u32, white: u32) -> u8 {
    let (sample, white) = (u64::from(sample), u64::from(white.max(1)));
    u8::try_from((sample * 255 + white / 2) / white).unwrap_or(u8::MAX)
}

/// Where opacity is the same everywhere it says nothing; else what is transparent lies outside the view, as black as what
/// lies outside an eyepiece's disc. Also for what is partly transparent.
pub(super) fn over_black(value: u8, alpha: u8) -> u8 {
    in_eight_bits(u32::from(value) * u32::from(alpha), 255 * 255)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_white_of_cameras_and_programs() {
        let full = u32::from(u16::MAX);
        for (highest, white) in [
            (0, 255),
            (255, 255),
            (2_000, 2_047),
            (4_095, 4_095),
            (9_000, 16_383),
            (16_384, full),
            (65_535, full),
        ] {
            assert_eq!(white_of_whole(highest, full), white, "{highest}");
        }
        assert_eq!(white_of_whole(40_000, u32::MAX), full);
        assert_eq!(white_of_whole(70_000, u32::MAX), u32::MAX);
        for (highest, white) in
            [(0.7, 1.0), (1.02, 1.0), (254.0, 255.0), (4_000.0, 4_095.0), (1e9, 1e9), (f64::NAN, 1.0)]
        {
            assert_eq!(white_of_float(highest), white, "{highest}");
        }
    }

    /// Rounded as the `image` crate rounds, whose answers these are.
    #[test]
    fn sixteen_bits_become_eight() {
        for sample in [0_u16, 127, 128, 129, 384, 385, 32_767, 65_406, 65_407, 65_535] {
            let wanted = u8::try_from((u32::from(sample) + 128) / 257).expect("a byte");
            assert_eq!(in_eight_bits(sample.into(), 65_535), wanted, "{sample}");
        }
        assert_eq!((over_black(200, 255), over_black(200, 0), over_black(200, 51)), (200, 0, 40));
    }
}
