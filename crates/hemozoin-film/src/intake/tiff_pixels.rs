//! The samples of a TIFF strip or tile as 8-bit RGB.

use tiff::ColorType;
use tiff::decoder::DecodingResult;

use super::fault;
use super::range::{in_eight_bits, over_black, white_of_float, white_of_whole};
use crate::Result;

/// What the samples of one page mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// One brightness, and the bits it takes (1, 2, 4, 8, 16 or more).
    Grey(u8),
    /// Brightness and opacity.
    GreyAlpha,
    /// Opacity, in a plane of its own.
    Opacity,
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
            Self::Grey(_) | Self::Opacity => 1,
            Self::GreyAlpha => 2,
            Self::Rgb | Self::YCbCr => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }

    /// Which sample of a pixel is its opacity.
    pub(super) fn opacity_at(self) -> Option<usize> {
        match self {
            Self::Opacity => Some(0),
            Self::GreyAlpha => Some(1),
            Self::Rgba => Some(3),
            Self::Grey(_) | Self::Rgb | Self::Cmyk | Self::YCbCr => None,
        }
    }
}

/// What the samples of a page, or of several that make one picture, reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reach {
    /// The brightest sample; opacity does not count.
    highest: f64,
    /// Whether the samples are floating-point numbers, or the most that a whole one can be.
    full: Option<u32>,
    /// Least and most opacity.
    opacity: Option<(f64, f64)>,
}

impl Reach {
    /// Of nothing yet.
    pub(super) const NONE: Self = Self { highest: 0.0, full: Some(255), opacity: None };

    /// With what the samples of a strip or tile reach.
    pub(super) fn with(self, samples: &DecodingResult, meaning: Meaning) -> Self {
        let of = |full, values: &mut dyn Iterator<Item = f64>| self.with_values(full, values, meaning);
        match samples {
            DecodingResult::U8(v) => of(Some(255), &mut v.iter().map(|s| f64::from(*s))),
            DecodingResult::U16(v) => of(Some(u16::MAX.into()), &mut v.iter().map(|s| f64::from(*s))),
            DecodingResult::U32(v) => of(Some(u32::MAX), &mut v.iter().map(|s| f64::from(*s))),
            DecodingResult::F32(v) => of(None, &mut v.iter().map(|s| f64::from(*s))),
            DecodingResult::F64(v) => of(None, &mut v.iter().copied()),
            _ => self,
        }
    }

    fn with_values(
        mut self,
        full: Option<u32>,
        values: &mut dyn Iterator<Item = f64>,
        meaning: Meaning,
    ) -> Self {
        let samples = meaning.samples();
        let opaque = meaning.opacity_at();
        self.full = full;
        for (at, value) in values.enumerate().filter(|(_, value)| !value.is_nan()) {
            if Some(at % samples) == opaque {
                let (least, most) = self.opacity.unwrap_or((value, value));
                self.opacity = Some((least.min(value), most.max(value)));
            } else {
                self.highest = self.highest.max(value);
            }
        }
        self
    }

    /// With what another page of the same picture reaches.
    pub(super) fn and(self, other: Self) -> Self {
        Self { highest: self.highest.max(other.highest), ..other }
    }

    /// The sample that is white.
    fn white(&self) -> f64 {
        match self.full {
            Some(255) => 255.0,
            Some(full) => white_of_whole(self.highest as u32, full).into(),
            None => white_of_float(self.highest),
        }
    }

    /// True where the samples reach less, or more, than their kind could.
    pub(super) fn is_stretched(&self) -> bool {
        self.white() != self.full.map_or(1.0, f64::from)
    }

    /// True where opacity is the same everywhere, and so says nothing.
    pub(super) fn is_opaque(&self) -> bool {
        self.opacity.is_none_or(|(least, most)| least == most)
    }
}

/// The first `kept` of each `row` samples.
pub(super) fn cut_rows(samples: DecodingResult, row: usize, kept: usize) -> DecodingResult {
    fn cut<T: Copy>(samples: &[T], row: usize, kept: usize) -> Vec<T> {
        let rows = samples.chunks(row.max(1));
        rows.flat_map(|row| row.get(..kept).unwrap_or(row)).copied().collect()
    }
    match samples {
        DecodingResult::U8(v) => DecodingResult::U8(cut(&v, row, kept)),
        DecodingResult::U16(v) => DecodingResult::U16(cut(&v, row, kept)),
        DecodingResult::U32(v) => DecodingResult::U32(cut(&v, row, kept)),
        DecodingResult::F32(v) => DecodingResult::F32(cut(&v, row, kept)),
        DecodingResult::F64(v) => DecodingResult::F64(cut(&v, row, kept)),
        other => other,
    }
}

/// Every sample as 8 bits.
pub(super) fn to_eight_bits(samples: DecodingResult, reach: &Reach) -> Result<Vec<u8>> {
    let white = reach.white();
    let whole = white as u32;
    let float = |s: f64| (s / white).clamp(0.0, 1.0).mul_add(255.0, 0.5) as u8;
    Ok(match samples {
        DecodingResult::U8(v) => v,
        DecodingResult::U16(v) => v.into_iter().map(|s| in_eight_bits(s.into(), whole)).collect(),
        DecodingResult::U32(v) => v.into_iter().map(|s| in_eight_bits(s, whole)).collect(),
        DecodingResult::F32(v) => v.into_iter().map(|s| float(s.into())).collect(),
        DecodingResult::F64(v) => v.into_iter().map(float).collect(),
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

/// One pixel after the other, three bytes each; opacity does not count where `opaque`.
pub(super) fn to_rgb(samples: Vec<u8>, meaning: Meaning, opaque: bool) -> Vec<u8> {
    let seen = |value: u8, alpha: u8| if opaque { value } else { over_black(value, alpha) };
    let each = |convert: &dyn Fn(&[u8]) -> [u8; 3]| -> Vec<u8> {
        samples.chunks_exact(meaning.samples()).flat_map(convert).collect()
    };
    match meaning {
        Meaning::Rgb => samples,
        Meaning::Grey(_) | Meaning::Opacity => each(&|p| [first(p, 0); 3]),
        Meaning::GreyAlpha => each(&|p| [seen(first(p, 0), first(p, 1)); 3]),
        Meaning::Rgba => each(&|p| [0, 1, 2].map(|i| seen(first(p, i), first(p, 3)))),
        Meaning::Cmyk => each(&|p| {
            let light = |ink: u8| u32::from(255 - ink);
            [0, 1, 2]
                .map(|i| u8::try_from((light(first(p, i)) * light(first(p, 3)) + 127) / 255).unwrap_or(255))
        }),
        Meaning::YCbCr => each(&|p| ycbcr(first(p, 0), first(p, 1), first(p, 2))),
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
        assert_eq!(to_rgb(vec![0, 255, 255, 0], Meaning::Cmyk, true), [255, 0, 0]);
        assert_eq!(to_rgb(vec![128, 128, 128], Meaning::YCbCr, true), [128, 128, 128]);
        assert_eq!(to_rgb(vec![9, 9, 9, 0], Meaning::Rgba, false), [0, 0, 0]);
        assert_eq!(to_rgb(vec![9, 9, 9, 0], Meaning::Rgba, true), [9, 9, 9]);
    }
}
