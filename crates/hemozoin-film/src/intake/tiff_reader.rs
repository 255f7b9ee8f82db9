//! One page of a TIFF, read region by region through its strips or tiles.
//!
//! Only a bounded number of decoded strips or tiles is held, so memory does not grow with the picture.
//! Not handled: palette colours and Lab, which the decoder refuses.

use std::collections::VecDeque;
use std::io::BufReader;
use std::sync::Arc;

use image::metadata::Orientation;
use image::{Rgb, RgbImage};
use tiff::decoder::{ChunkType, Decoder, DecodingResult};
use tiff::tags::{PlanarConfiguration, Tag};

use super::orient::Region;
use super::reduce::Reducer;
use super::resolution::Resolution;
use super::shared_file::{FileReader, Refusal};
use super::tiff_file::{Decoding, Page};
use super::tiff_pixels::{Meaning, Reach, cut_rows, to_eight_bits, to_rgb, unpack};
use super::{Limits, fault};
use crate::Result;
use crate::measure::PxSize;

/// Bytes of decoded strips or tiles that are kept for the next region.
const CACHE_BYTES: usize = 48 << 20;

/// An open page.
pub(super) struct TiffReader {
    decoder: Decoder<BufReader<FileReader>>,
    refusal: Refusal,
    size: PxSize,
    chunk: PxSize,
    across: u32,
    /// Whether strips or tiles are decoded with what lies beyond the right edge.
    cut: bool,
    meaning: Meaning,
    bits: u8,
    eight_bits: bool,
    planes: u32,
    reach: Reach,
    cache: VecDeque<(u32, Arc<Chunk>)>,
    cached_bytes: usize,
}

struct Chunk {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl TiffReader {
    /// Turns a decoder that stands at a page into its reader, with limits checked on its header; `description` is what
    /// is said of it.
    pub(super) fn open(decoding: Decoding, description: String, limits: &Limits) -> Result<Page> {
        let refusal = decoding.refusal.clone();
        refusal.or(fault::guarded(|| Self::begin(decoding, description, limits)))
    }

    fn begin(decoding: Decoding, description: String, limits: &Limits) -> Result<Page> {
        let Decoding { mut decoder, refusal, cut_to } = decoding;
        let (stored, height) = decoder.dimensions().map_err(fault::from_tiff)?;
        let width = cut_to.unwrap_or(stored);
        let size = PxSize { width, height };
        if size.area() == 0 {
            return Err(fault::corrupt("a picture without pixels"));
        }
        limits.check_streamed(size)?;
        let orientation = decoder
            .find_tag_unsigned::<u8>(Tag::Orientation)
            .ok()
            .flatten()
            .and_then(Orientation::from_exif)
            .unwrap_or(Orientation::NoTransforms);
        let resolution = resolution(&mut decoder, description);
        let colour = decoder.colortype().map_err(fault::from_tiff)?;
        let meaning = Meaning::of(colour)?;
        let planar = decoder
            .find_tag_unsigned::<u16>(Tag::PlanarConfiguration)
            .map_err(fault::from_tiff)?
            .is_some_and(|p| p == PlanarConfiguration::Planar.to_u16());
        let (chunk_width, chunk_height) = match decoder.get_chunk_type() {
            ChunkType::Strip => (width, decoder.chunk_dimensions().1.min(height)),
            ChunkType::Tile => decoder.chunk_dimensions(),
        };
        if chunk_width == 0 || chunk_height == 0 {
            return Err(fault::corrupt("strips or tiles without pixels"));
        }
        let planes = if planar { u32::try_from(meaning.samples()).unwrap_or(1) } else { 1 };
        let mut reader = Self {
            decoder,
            refusal,
            size,
            chunk: PxSize { width: chunk_width, height: chunk_height },
            across: width.div_ceil(chunk_width),
            cut: cut_to.is_some(),
            meaning,
            bits: colour.bit_depth(),
            eight_bits: colour.bit_depth() <= 8,
            planes,
            reach: Reach::NONE,
            cache: VecDeque::new(),
            cached_bytes: 0,
        };
        if !reader.eight_bits || meaning.opacity_at().is_some() {
            reader.reach = reader.all_reach()?;
        }
        Ok(Page { reader, orientation, resolution })
    }

    /// What the samples of the whole page reach: each strip or tile is decoded once and not kept.
    fn all_reach(&mut self) -> Result<Reach> {
        let chunks = self.across * self.size.height.div_ceil(self.chunk.height);
        let mut reach = Reach::NONE;
        for plane in 0..self.planes {
            // Planes hold one sample each: what they mean together is the plane.
            let meaning = match (self.planes, self.meaning.opacity_at()) {
                (1, _) => self.meaning,
                (_, Some(opacity)) if opacity == plane as usize => Meaning::Opacity,
                _ => Meaning::Grey(8),
            };
            for chunk in 0..chunks {
                let samples = self.stored(plane * chunks + chunk)?;
                reach = reach.with(&samples, meaning);
            }
        }
        Ok(reach)
    }

    /// What the samples reach.
    pub(super) fn reach(&self) -> Reach {
        self.reach
    }

    /// Reads the samples as those of a picture that reaches so far, of which this page is a part.
    pub(super) fn set_reach(&mut self, reach: Reach) {
        self.reach = reach;
    }

    /// Size as stored.
    pub(super) fn size(&self) -> PxSize {
        self.size
    }

    /// True where the samples have at most 8 bits.
    pub(super) fn eight_bits(&self) -> bool {
        self.eight_bits
    }

    /// What the samples mean.
    pub(super) fn meaning(&self) -> Meaning {
        self.meaning
    }

    /// The pixels of a region that lies inside the stored picture.
    pub(super) fn read(&mut self, region: Region) -> Result<RgbImage> {
        let read = fault::guarded(|| self.region(region));
        self.refusal.or(read)
    }

    /// The whole page averaged down to `target`; each strip or tile is decoded once and not kept.
    pub(super) fn overview(&mut self, target: PxSize) -> Result<RgbImage> {
        let read = fault::guarded(|| self.reduced(target));
        self.refusal.or(read)
    }

    fn region(&mut self, region: Region) -> Result<RgbImage> {
        let mut out = RgbImage::new(region.width, region.height);
        let (right, bottom) = (region.x + region.width, region.y + region.height);
        for row in region.y / self.chunk.height..bottom.div_ceil(self.chunk.height) {
            for column in region.x / self.chunk.width..right.div_ceil(self.chunk.width) {
                let (left, top) = (column * self.chunk.width, row * self.chunk.height);
                let chunk = self.chunk_at(column, row)?;
                let (x0, x1) = (region.x.max(left), right.min(left + chunk.width));
                for y in region.y.max(top)..bottom.min(top + chunk.height) {
                    copy_row(
                        &chunk,
                        (x0 - left, y - top),
                        x1.saturating_sub(x0),
                        &mut out,
                        (x0 - region.x, y - region.y),
                    );
                }
            }
        }
        Ok(out)
    }

    fn reduced(&mut self, target: PxSize) -> Result<RgbImage> {
        let mut reducer = Reducer::new(self.size, target);
        for row in 0..self.size.height.div_ceil(self.chunk.height) {
            for column in 0..self.across {
                let chunk = self.decode(column, row)?;
                reducer.add(column * self.chunk.width, row * self.chunk.height, chunk.width, &chunk.rgb);
            }
        }
        Ok(reducer.finish())
    }

    fn chunk_at(&mut self, column: u32, row: u32) -> Result<Arc<Chunk>> {
        let index = row * self.across + column;
        if let Some(at) = self.cache.iter().position(|(i, _)| *i == index)
            && let Some(hit) = self.cache.remove(at)
        {
            let chunk = Arc::clone(&hit.1);
            self.cache.push_back(hit);
            return Ok(chunk);
        }
        let chunk = Arc::new(self.decode(column, row)?);
        self.cached_bytes += chunk.rgb.len();
        self.cache.push_back((index, Arc::clone(&chunk)));
        while self.cached_bytes > CACHE_BYTES
            && self.cache.len() > 1
            && let Some((_, oldest)) = self.cache.pop_front()
        {
            self.cached_bytes -= oldest.rgb.len();
        }
        Ok(chunk)
    }

    fn decode(&mut self, column: u32, row: u32) -> Result<Chunk> {
        let index = row * self.across + column;
        let width = self.chunk.width.min(self.size.width - column * self.chunk.width);
        let height = self.chunk.height.min(self.size.height - row * self.chunk.height);
        let pixels = width as usize * height as usize;
        let samples = if self.planes == 1 {
            self.samples(index, width, height)?
        } else {
            let per_plane = self.across * self.size.height.div_ceil(self.chunk.height);
            let mut mixed = vec![0; pixels * self.planes as usize];
            for plane in 0..self.planes {
                let one = self.samples(index + plane * per_plane, width, height)?;
                for (pixel, value) in mixed.chunks_exact_mut(self.planes as usize).zip(one) {
                    if let Some(sample) = pixel.get_mut(plane as usize) {
                        *sample = value;
                    }
                }
            }
            mixed
        };
        let rgb = to_rgb(samples, self.meaning, self.reach.is_opaque());
        if rgb.len() != pixels * 3 {
            return Err(fault::corrupt("a strip or tile of the wrong size"));
        }
        Ok(Chunk { width, height, rgb })
    }

    /// The samples of a strip or tile as stored, without what lies beyond the right edge.
    fn stored(&mut self, index: u32) -> Result<DecodingResult> {
        let samples = self.decoder.read_chunk(index).map_err(fault::from_tiff)?;
        if !self.cut {
            return Ok(samples);
        }
        let left = index % self.across * self.chunk.width;
        let per_pixel = if self.planes == 1 { self.meaning.samples() } else { 1 };
        // Samples of fewer than 8 bits come packed into bytes.
        let in_a_row = |width: u32| (width as usize * per_pixel * usize::from(self.bits.min(8))).div_ceil(8);
        let kept = self.chunk.width.min(self.size.width - left);
        Ok(cut_rows(samples, in_a_row(self.chunk.width), in_a_row(kept)))
    }

    fn samples(&mut self, index: u32, width: u32, height: u32) -> Result<Vec<u8>> {
        let samples = self.stored(index)?;
        let samples = to_eight_bits(samples, &self.reach)?;
        Ok(match self.meaning {
            Meaning::Grey(bits @ 1..8) => unpack(&samples, bits, width as usize, height as usize),
            _ => samples,
        })
    }
}

fn copy_row(chunk: &Chunk, from: (u32, u32), length: u32, out: &mut RgbImage, to: (u32, u32)) {
    for i in 0..length {
        let at = ((from.1 as usize * chunk.width as usize) + (from.0 + i) as usize) * 3;
        if let (Some(&[r, g, b]), Some(pixel)) =
            (chunk.rgb.get(at..at + 3), out.get_pixel_mut_checked(to.0 + i, to.1))
        {
            *pixel = Rgb([r, g, b]);
        }
    }
}

fn resolution(decoder: &mut Decoder<BufReader<FileReader>>, description: String) -> Resolution {
    let mut ratio = |tag| match decoder.find_tag(tag).ok().flatten()? {
        tiff::decoder::ifd::Value::Rational(top, bottom) if bottom != 0 => {
            Some(f64::from(top) / f64::from(bottom))
        }
        _ => None,
    };
    let (x, y) = (ratio(Tag::XResolution), ratio(Tag::YResolution));
    Resolution { x, y, unit: decoder.find_tag_unsigned(Tag::ResolutionUnit).ok().flatten(), description }
}

impl std::fmt::Debug for TiffReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TiffReader")
            .field("size", &self.size)
            .field("chunk", &self.chunk)
            .finish_non_exhaustive()
    }
}
