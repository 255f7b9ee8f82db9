//! The marker segments of a JPEG stream, and what they say about its scans.

use memchr::memchr;

use super::bits::{Codes, Unsound};
use super::scan::{Component, Part, Scan};

pub(super) const SOF0: u8 = 0xc0;
pub(super) const SOF2: u8 = 0xc2;
const DHT: u8 = 0xc4;
const RST0: u8 = 0xd0;
const RST7: u8 = 0xd7;
const SOI: u8 = 0xd8;
pub(super) const EOI: u8 = 0xd9;
pub(super) const SOS: u8 = 0xda;
pub(super) const DNL: u8 = 0xdc;
const DRI: u8 = 0xdd;
const TEM: u8 = 0x01;
/// Scans that are walked; the decoder refuses more.
const MOST_SCANS: usize = 100;

/// What the data of the scans is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Walked {
    /// Every block of the picture to the last bit, and nothing else.
    Whole,
    /// Every block, but not to the last bit: a progressive picture without its last scans.
    Coarse,
    /// A kind of JPEG that is not walked.
    Unsaid,
    /// More or less than the blocks.
    Unsound,
}

/// Walks the scans of a stream that has an end-of-image marker.
pub(super) fn walk(bytes: &[u8]) -> Walked {
    let mut stream = Stream::default();
    for segment in segments(bytes) {
        match stream.take(bytes, &segment) {
            Ok(true) => {}
            Ok(false) if segment.marker == EOI && stream.exact() => return Walked::Whole,
            Ok(false) if segment.marker == EOI => return Walked::Coarse,
            Ok(false) => return Walked::Unsaid,
            Err(Unsound) => return Walked::Unsound,
        }
    }
    Walked::Unsaid
}

/// A marker, the body of its segment, and where that ends.
pub(super) struct Segment<'a> {
    pub(super) marker: u8,
    pub(super) body: &'a [u8],
    pub(super) end: usize,
}

/// The segments up to where the stream breaks off, those after its end among them.
pub(super) fn segments(bytes: &[u8]) -> impl Iterator<Item = Segment<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (marker, after) = next_marker(bytes, at)?;
        let (body, end): (&[u8], usize) = match marker {
            SOI | EOI | TEM | RST0..=RST7 => (&[], after),
            _ => {
                let length = usize::from(*bytes.get(after)?) << 8 | usize::from(*bytes.get(after + 1)?);
                let end = after + length.max(2);
                (bytes.get(after + 2..end)?, end)
            }
        };
        at = if marker == SOS { end_of_scan(bytes, end) } else { end };
        Some(Segment { marker, body, end })
    })
}

/// The next marker at or after `at`, stuffed and filling bytes passed over, and where its segment starts.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += memchr(0xff, bytes.get(at..)?)?;
        match *bytes.get(at + 1)? {
            0xff => at += 1,
            0 => at += 2,
            marker => return Some((marker, at + 2)),
        }
    }
}

/// Where entropy-coded data ends: at the first marker that is no restart.
fn end_of_scan(bytes: &[u8], mut at: usize) -> usize {
    while let Some((marker, after)) = next_marker(bytes, at) {
        if !(RST0..=RST7).contains(&marker) {
            return after - 2;
        }
        at = after;
    }
    bytes.len()
}

/// What the segments so far have said.
#[derive(Default)]
struct Stream {
    progressive: bool,
    units: (usize, usize),
    frame: Vec<Component>,
    dc: [Option<Codes>; 4],
    ac: [Option<Codes>; 4],
    interval: usize,
    scans: usize,
}

impl Stream {
    /// Whether every coefficient came to its last bit.
    fn exact(&self) -> bool {
        !self.frame.is_empty() && self.frame.iter().all(|component| component.exact == u64::MAX)
    }

    /// Takes one segment in; false at the end of the picture and for kinds of JPEG that are not walked.
    fn take(&mut self, bytes: &[u8], segment: &Segment<'_>) -> Result<bool, Unsound> {
        match segment.marker {
            SOF0..=SOF2 => return self.frame(segment.marker == SOF2, segment.body),
            DHT => self.tables(segment.body)?,
            DRI => {
                let &[high, low, ..] = segment.body else { return Err(Unsound) };
                self.interval = usize::from(high) << 8 | usize::from(low);
            }
            SOS => return self.scanned(bytes, segment),
            EOI if self.frame.iter().any(|component| !component.begun) => return Err(Unsound),
            // Other ways to code, or a height that comes later.
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcf | DNL | EOI => return Ok(false),
            _ => {}
        }
        Ok(true)
    }

    /// Walks a scan; false where that must be left to the decoder.
    fn scanned(&mut self, bytes: &[u8], segment: &Segment<'_>) -> Result<bool, Unsound> {
        self.scans += 1;
        let mut frame = std::mem::take(&mut self.frame);
        let scan = self.scan(segment.body, &frame)?;
        if self.scans > MOST_SCANS || !scan.has_tables() {
            return Ok(false);
        }
        let end = scan.walk(bytes, segment.end, &mut frame)?;
        self.frame = frame;
        let next = next_marker(bytes, end).map(|(marker, _)| marker);
        let ended = bytes.get(end) == Some(&0xff) && next.is_some_and(|m| !(RST0..=RST7).contains(&m));
        if ended { Ok(true) } else { Err(Unsound) }
    }

    fn frame(&mut self, progressive: bool, body: &[u8]) -> Result<bool, Unsound> {
        let &[_, h1, h0, w1, w0, count, ref parts @ ..] = body else { return Err(Unsound) };
        let height = usize::from(h1) << 8 | usize::from(h0);
        let width = usize::from(w1) << 8 | usize::from(w0);
        let parts: Vec<&[u8]> = parts.chunks_exact(3).take(usize::from(count)).collect();
        if height == 0 || width == 0 || parts.is_empty() || !self.frame.is_empty() {
            return Ok(false);
        }
        let sampling: Vec<(usize, usize)> =
            parts.iter().map(|p| (usize::from(p[1] >> 4), usize::from(p[1] & 15))).collect();
        if sampling.iter().any(|s| !(1..=4).contains(&s.0) || !(1..=4).contains(&s.1)) {
            return Err(Unsound);
        }
        let wide = sampling.iter().map(|s| s.0).max().unwrap_or(1);
        let high = sampling.iter().map(|s| s.1).max().unwrap_or(1);
        self.progressive = progressive;
        self.units = (width.div_ceil(8 * wide), height.div_ceil(8 * high));
        self.frame = parts
            .iter()
            .zip(sampling)
            .map(|(part, (h, v))| {
                let stride = self.units.0 * h;
                let blocks = if progressive { stride * self.units.1 * v } else { 0 };
                Component {
                    id: part[0],
                    sampling: (h, v),
                    shown: ((width * h).div_ceil(8 * wide), (height * v).div_ceil(8 * high)),
                    stride,
                    known: vec![0; blocks],
                    exact: 0,
                    begun: false,
                }
            })
            .collect();
        Ok(true)
    }

    fn tables(&mut self, mut body: &[u8]) -> Result<(), Unsound> {
        while let &[place, ref rest @ ..] = body {
            let (counts, rest) = rest.split_first_chunk::<16>().ok_or(Unsound)?;
            let total = counts.iter().map(|c| usize::from(*c)).sum();
            let (symbols, rest) = rest.split_at_checked(total).ok_or(Unsound)?;
            let tables = if place >> 4 == 0 { &mut self.dc } else { &mut self.ac };
            *tables.get_mut(usize::from(place & 15)).ok_or(Unsound)? = Some(Codes::new(*counts, symbols)?);
            body = rest;
        }
        Ok(())
    }

    fn scan(&self, body: &[u8], frame: &[Component]) -> Result<Scan<'_>, Unsound> {
        let &[count, ref rest @ ..] = body else { return Err(Unsound) };
        let (named, rest) = rest.split_at_checked(2 * usize::from(count)).ok_or(Unsound)?;
        let &[first, last, bits, ..] = rest else { return Err(Unsound) };
        let parts = named
            .chunks_exact(2)
            .map(|p| {
                Ok(Part {
                    component: frame.iter().position(|c| c.id == p[0]).ok_or(Unsound)?,
                    dc: self.dc.get(usize::from(p[1] >> 4)).and_then(Option::as_ref),
                    ac: self.ac.get(usize::from(p[1] & 15)).and_then(Option::as_ref),
                })
            })
            .collect::<Result<Vec<_>, Unsound>>()?;
        if parts.is_empty() || last > 63 || first > last {
            return Err(Unsound);
        }
        Ok(Scan {
            parts,
            progressive: self.progressive,
            band: (u32::from(first), u32::from(last)),
            refines: bits >> 4 != 0,
            to_last_bit: bits & 15 == 0,
            interval: self.interval,
            units: self.units,
        })
    }
}
