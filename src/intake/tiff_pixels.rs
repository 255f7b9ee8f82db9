//! The samples of a TIFF strip or tile as 8-bit RGB.

use tiff::ColorType;
use tiff::decoder::DecodingResult;

use super::decode::over_white;
use super::fault;
use crate::error::Result;

/// What the samples of one page mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// One brightness, and the bits it takes (1, 2, 4, 8, 16 or more).
    Grey(u8),
    /// Brightness and opacity.
    GreyAlpha,
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue, opacity.
    Rgba,
    /// Inks.
    Cmyk,
    /// Brightness and two colour differences (ITU-R BT.601).
    YCbCr,
}

impl Meaning {
    /// `Unsupported` for Lab, palettes and bands without a colour.
    pub(super) fn of(colour: ColorType) -> Result<Self> {
        Ok(match colour {
            ColorType::Gray(bits) => Self::Grey(bits),
            ColorType::GrayA(_) | ColorType::Multiband { num_samples: 2, .. } => Self::GreyAlpha,
            ColorType::RGB(_) => Self::Rgb,
            ColorType::RGBA(_) => Self::Rgba,
            ColorType::CMYK(_) => Self::Cmyk,
            ColorType::YCbCr(_) => Self::YCbCr,
            other => return Err(fault::unsupported(format!("TIFF colour {other:?}"))),
        })
    }

    /// Samples per pixel.
    pub(super) fn samples(self) -> usize {
        match self {
            Self::Grey(_) => 1,
            Self::GreyAlpha => 2,
            Self::Rgb | Self::YCbCr => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }
}

/// Every sample as 8 bits; floating-point samples are taken to lie between 0 and 1.
pub(super) fn to_eight_bits(samples: DecodingResult) -> Result<Vec<u8>> {
    Ok(match samples {
        DecodingResult::U8(v) => v,
        // Rounded, like the `image` crate.
        DecodingResult::U16(v) => {
            v.into_iter().map(|s| u8::try_from((u32::from(s) + 128) / 257).unwrap_or(u8::MAX)).collect()
        }
        DecodingResult::U32(v) => v.into_iter().map(|s| (s >> 24) as u8).collect(),
        DecodingResult::F32(v) => v.into_iter().map(|s| (s.clamp(0.0, 1.0) * 255.0).round() as u8).collect(),
        DecodingResult::F64(v) => v.into_iter().map(|s| (s.clamp(0.0, 1.0) * 255.0).round() as u8).collect(),
        _ => return Err(fault::unsupported("TIFF with signed or 64-bit samples")),
    })
}

/// Unpacks grey of fewer than 8 bits: rows start on a byte, the first pixel in the highest bits (TIFF 6.0).
pub(super) fn unpack(packed: &[u8], bits: u8, width: usize, height: usize) -> Vec<u8> {
    let bits = usize::from(bits.clamp(1, 8));
    let row_bytes = (width * bits).div_ceil(8);
    let most = (1_u32 << bits) - 1;
    let mut out = Vec::with_capacity(width * height);
    for row in packed.chunks(row_bytes.max(1)).take(height) {
        for x in 0..width {
            let byte = u32::from(row.get(x * bits / 8).copied().unwrap_or(0));
            let value = byte >> (8 - bits - (x * bits) % 8) & most;
            out.push(u8::try_from(value * 255 / most).unwrap_or(u8::MAX));
        }
    }
    out
}

/// One pixel after the other, three bytes each.
pub(super) fn to_rgb(samples: Vec<u8>, meaning: Meaning) -> Vec<u8> {
    let each = |convert: fn(&[u8]) -> [u8; 3]| -> Vec<u8> {
        samples.chunks_exact(meaning.samples()).flat_map(convert).collect()
    };
    match meaning {
        Meaning::Rgb => samples,
        Meaning::Grey(_) => each(|p| [first(p, 0); 3]),
        Meaning::GreyAlpha => each(|p| [over_white(first(p, 0), first(p, 1)); 3]),
        Meaning::Rgba => each(|p| [0, 1, 2].map(|i| over_white(first(p, i), first(p, 3)))),
        Meaning::Cmyk => each(|p| {
            let light = |ink: u8| u32::from(255 - ink);
            [0, 1, 2]
                .map(|i| u8::try_from((light(first(p, i)) * light(first(p, 3)) + 127) / 255).unwrap_or(255))
        }),
        Meaning::YCbCr => each(|p| ycbcr(first(p, 0), first(p, 1), first(p, 2))),
    }
}

fn first(pixel: &[u8], at: usize) -> u8 {
    pixel.get(at).copied().unwrap_or(0)
}

/// Full-range ITU-R BT.601, as JFIF and the TIFF default.
fn ycbcr(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb]
        .map(|v| v.round().clamp(0.0, 255.0) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bit_rows_start_on_a_byte() {
        let unpacked = unpack(&[0b1010_0000, 0b0100_0000], 1, 3, 2);
        assert_eq!(unpacked, [255, 0, 255, 0, 255, 0]);
        assert_eq!(unpack(&[0xf3], 4, 2, 1), [255, 51]);
    }

    #[test]
    fn inks_and_colour_differences() {
        assert_eq!(to_rgb(vec![0, 255, 255, 0], Meaning::Cmyk), [255, 0, 0]);
        assert_eq!(to_rgb(vec![128, 128, 128], Meaning::YCbCr), [128, 128, 128]);
        assert_eq!(to_rgb(vec![0, 0, 0, 0], Meaning::Rgba), [255, 255, 255]);
    }
}
