//! What a JPEG stream is, by its markers alone: how it is coded, its size, where its height and its end are said.

use std::borrow::Cow;
use std::ops::Range;

use super::stream::{DNL, EOI, SOF0, SOF2, SOS, segments};
use crate::measure::PxSize;

/// A way to code a picture that is not read here; its code is shown by the catalogues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
pub(in crate::intake) enum OtherCoding {
    /// Arithmetic codes (T.81 annex D).
    #[strum(serialize = "arithmetic")]
    Arithmetic,
    /// Without loss (T.81 annex H).
    #[strum(serialize = "lossless")]
    Lossless,
    /// In steps of size (T.81 annex J).
    #[strum(serialize = "hierarchical")]
    Hierarchical,
    /// More or fewer than 8 bits for each sample.
    #[strum(serialize = "deep")]
    Deep,
    /// JPEG-LS (T.87), which begins like a JPEG.
    #[strum(serialize = "jpeg-ls")]
    Ls,
}

impl OtherCoding {
    /// Its code in the catalogues.
    pub(in crate::intake) fn code(self) -> &'static str {
        self.into()
    }
}

/// What the markers of a stream say.
#[derive(Debug, Default)]
pub(in crate::intake) struct Survey {
    frame: Option<Frame>,
    scans: usize,
    ended: bool,
    /// A height that is said after the first scan (T.81 B.2.5), and where.
    later: Option<(u16, Range<usize>)>,
}

#[derive(Debug)]
struct Frame {
    marker: u8,
    bits: u8,
    width: u16,
    height: u16,
    /// Where the height stands.
    height_at: usize,
    /// Of each component, across and down.
    sampling: Vec<(u8, u8)>,
}

impl Survey {
    /// Follows the markers to the end of the picture.
    pub(in crate::intake) fn of(bytes: &[u8]) -> Self {
        let mut survey = Self::default();
        for segment in segments(bytes) {
            let from = segment.end - segment.body.len();
            match segment.marker {
                marker if is_frame(marker) && survey.frame.is_none() => {
                    survey.frame = Frame::of(marker, segment.body, from);
                }
                SOS => survey.scans += 1,
                DNL if survey.later.is_none() => {
                    if let &[high, low, ..] = segment.body {
                        // The marker and the length stand before the body.
                        survey.later = Some((u16::from_be_bytes([high, low]), from - 4..segment.end));
                    }
                }
                EOI => {
                    survey.ended = true;
                    break;
                }
                _ => {}
            }
        }
        survey
    }

    /// True where an end-of-image marker was reached.
    pub(in crate::intake) fn ended(&self) -> bool {
        self.ended
    }

    /// Size of the picture; none where no frame says it.
    pub(in crate::intake) fn size(&self) -> Option<PxSize> {
        let frame = self.frame.as_ref()?;
        let height = match (frame.height, &self.later) {
            (0, Some((height, _))) => *height,
            (height, _) => height,
        };
        (height > 0).then(|| PxSize { width: frame.width.into(), height: height.into() })
    }

    /// Why the stream cannot be read, where it is coded in another way.
    pub(in crate::intake) fn other_coding(&self) -> Option<OtherCoding> {
        let frame = self.frame.as_ref()?;
        Some(match frame.marker {
            0xf7 => OtherCoding::Ls,
            0xc3 | 0xcb => OtherCoding::Lossless,
            0xc5..=0xc7 | 0xcd..=0xcf => OtherCoding::Hierarchical,
            0xc9 | 0xca => OtherCoding::Arithmetic,
            _ if frame.bits != 8 => OtherCoding::Deep,
            _ => return None,
        })
    }

    /// Whether the decoder of the `image` crate is right on this form; `tests/jpeg` holds the forms on which it is not:
    /// sequential ones with several scans, and components that are sampled more finely than the first or by threes.
    pub(in crate::intake) fn suits_usual_decoder(&self) -> bool {
        let Some(Frame { marker, sampling, .. }) = &self.frame else { return true };
        let Some(&(wide, high)) = sampling.first() else { return true };
        let even = |part: u8, whole: u8| part <= whole && part != 3 && whole != 3;
        (*marker == SOF2 || self.scans <= 1)
            && sampling.iter().all(|(across, down)| even(*across, wide) && even(*down, high))
    }

    /// The stream with its height where decoders look for it, and with its end.
    pub(in crate::intake) fn mended<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let height_at = self.frame.as_ref().map(|frame| frame.height_at);
        let mut mended = Cow::Borrowed(bytes);
        if let (Some((height, segment)), Some(at)) = (&self.later, height_at) {
            let stream = mended.to_mut();
            stream.drain(segment.clone());
            if let Some(place) = stream.get_mut(at..at + 2).filter(|place| *place == [0, 0]) {
                place.copy_from_slice(&height.to_be_bytes());
            }
        }
        if !self.ended {
            let stream = mended.to_mut();
            while stream.last() == Some(&0xff) {
                stream.pop();
            }
            stream.extend([0xff, EOI]);
        }
        mended
    }
}

impl Frame {
    fn of(marker: u8, body: &[u8], from: usize) -> Option<Self> {
        let &[bits, h1, h0, w1, w0, count, ref parts @ ..] = body else { return None };
        let sampling =
            parts.chunks_exact(3).take(usize::from(count)).map(|part| (part[1] >> 4, part[1] & 15)).collect();
        let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
        Some(Self { marker, bits, width, height, height_at: from + 1, sampling })
    }
}

/// Start-of-frame markers: tables of Huffman codes (0xc4), a reserved one (0xc8) and arithmetic conditioning (0xcc)
/// stand among them.
fn is_frame(marker: u8) -> bool {
    matches!(marker, SOF0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf | 0xf7)
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
        assert!(!Survey::of(&bytes).ended());
        bytes.extend([0xff, 0xd9]);
        assert!(Survey::of(&bytes).ended());
        assert!(!Survey::of(&[]).ended());
        assert!(!Survey::of(&[0xff, 0xd8, 0xff]).ended());
    }

    #[test]
    fn a_height_that_comes_later_is_put_in_its_place() {
        let frame = [0xff, 0xc0, 0, 11, 8, 0, 0, 0, 9, 1, 1, 0x11, 0];
        let scan = [0xff, 0xda, 0, 2, 7];
        let bytes = [&[0xff, 0xd8][..], &frame, &scan, &[0xff, 0xdc, 0, 4, 1, 2], &[0xff]].concat();
        let survey = Survey::of(&bytes);
        assert_eq!(survey.size(), Some(PxSize { width: 9, height: 258 }));
        let mut said = frame;
        said[5..7].copy_from_slice(&[1, 2]);
        assert_eq!(survey.mended(&bytes), [&[0xff, 0xd8][..], &said, &scan, &[0xff, 0xd9]].concat());
    }
}
