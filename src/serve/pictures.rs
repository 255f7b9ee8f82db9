//! Crops and tiles, cut from the original pictures when they are asked for, and kept.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use image::{Rgb, RgbImage};

use super::shelf::Place;
use crate::exchange::Case;
use crate::intake::{Limits, Picture};
use crate::measure::MicronsPerPixel;
use crate::raster;
use crate::record::{DetectionRecord, FieldRecord, SlideRecord};
use crate::report::{CropScale, crop};
use crate::{Error, ErrorKind, Result};

/// Side of a tile of the field viewer, pixels.
pub(super) const TILE: u32 = 512;

/// Pixels of decoded pictures held at once: some 250 MB, one large picture at least.
const HELD_PIXELS: u64 = 80_000_000;
/// Bytes of crops held at once.
const HELD_CROPS: usize = 64 << 20;
/// Micrometres per pixel where a field has no scale; nothing is marked in it by the machine.
const UNKNOWN_SCALE: f64 = 0.1;
const QUALITY: u8 = 88;
/// What lies beyond the edge of a picture.
const BEYOND: Rgb<u8> = Rgb([232, 232, 236]);

/// Bytes of a JPEG.
pub(super) type Jpeg = Arc<Vec<u8>>;

/// Where a crop is cut: centre in tenths of a pixel, and whether it is the larger view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct CropAt {
    pub(super) field: usize,
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) context: bool,
}

/// The pictures of one slide.
#[derive(Debug)]
pub(super) struct PictureCache {
    fields: Vec<FieldPicture>,
    /// Fields with a decoded picture, the least recently used first.
    held: Mutex<VecDeque<usize>>,
    crops: Mutex<Crops>,
}

#[derive(Debug)]
struct FieldPicture {
    path: Option<PathBuf>,
    /// Where another laboratory sent the slide: what it sent, and which field of it this is.
    sent: Option<(Arc<Case>, usize)>,
    name: String,
    page: u32,
    sha256: String,
    um_per_px: Option<MicronsPerPixel>,
    /// Centres of what the machine calls a parasite, tenths of a pixel.
    suspects: Vec<(i64, i64)>,
    decoded: Mutex<Option<Arc<Decoded>>>,
}

/// A decoded picture with its reductions, each half as wide as the one before.
#[derive(Debug)]
pub(super) struct Decoded {
    picture: Picture,
    levels: [OnceLock<RgbImage>; 8],
}

#[derive(Debug, Default)]
struct Crops {
    kept: HashMap<CropAt, Jpeg>,
    order: VecDeque<CropAt>,
    bytes: usize,
}

/// The centre of a box in tenths of a pixel.
pub(super) fn centre_of(found: &DetectionRecord) -> (i64, i64) {
    let tenth = |v: f64| (v * 10.0).round() as i64;
    (tenth(found.x + found.width / 2.0), tenth(found.y + found.height / 2.0))
}

impl PictureCache {
    pub(super) fn new(record: &SlideRecord, place: &Place) -> Self {
        let of = |(at, field): (usize, &FieldRecord)| FieldPicture {
            path: place.picture(&field.image),
            sent: place.case().map(|case| (Arc::clone(case), at)),
            name: field.image.clone(),
            page: field.page,
            sha256: field.sha256.clone(),
            um_per_px: field.scale.as_ref().map(|s| s.um_per_px).or(MicronsPerPixel::new(UNKNOWN_SCALE)),
            suspects: field.detections.iter().filter(|d| d.class.is_parasite()).map(centre_of).collect(),
            decoded: Mutex::new(None),
        };
        Self {
            fields: record.fields.iter().enumerate().map(of).collect(),
            held: Mutex::default(),
            crops: Mutex::default(),
        }
    }

    /// A square of another scale around a place of a field, in tenths of a pixel.
    pub(super) fn crop_at(&self, field: usize, (x, y): (i64, i64), scale: CropScale) -> Result<Jpeg> {
        let um_per_px = self.field(field)?.um_per_px;
        let um_per_px = um_per_px.ok_or_else(|| Error::new(ErrorKind::Internal, "a field has no scale"))?;
        let decoded = self.decoded(field)?;
        jpeg(&crop(&decoded.picture, um_per_px, (x as f64 / 10.0, y as f64 / 10.0), scale)?)
    }

    /// The crop around a place of a field.
    pub(super) fn crop(&self, at: CropAt) -> Result<Jpeg> {
        if let Some(kept) = self.kept(&at) {
            return Ok(kept);
        }
        let field = self.field(at.field)?;
        let decoded = self.decoded(at.field)?;
        // Another asked for the same field and cut everything in it meanwhile.
        if let Some(kept) = self.kept(&at) {
            return Ok(kept);
        }
        let jpeg = cut(&decoded.picture, field.um_per_px, at)?;
        self.keep(at, &jpeg);
        if !at.context {
            // A list in order of doubt goes from field to field: each is decoded once for all its suspects.
            for &(x, y) in &field.suspects {
                let other = CropAt { x, y, ..at };
                if self.kept(&other).is_none() {
                    let jpeg = cut(&decoded.picture, field.um_per_px, other)?;
                    self.keep(other, &jpeg);
                }
            }
        }
        Ok(jpeg)
    }

    /// A tile of a field, `level` halvings down.
    pub(super) fn tile(&self, field: usize, level: u32, column: u32, row: u32) -> Result<Jpeg> {
        self.decoded(field)?.tile(level, column, row)
    }

    fn field(&self, at: usize) -> Result<&FieldPicture> {
        self.fields.get(at).ok_or_else(|| {
            Error::new(ErrorKind::Usage, "there is no such field").with_key("error-review-no-picture")
        })
    }

    fn decoded(&self, at: usize) -> Result<Arc<Decoded>> {
        let field = self.field(at)?;
        let mut slot = field.decoded.lock().unwrap_or_else(PoisonError::into_inner);
        let decoded = match &*slot {
            Some(decoded) => Arc::clone(decoded),
            None => {
                let decoded = Arc::new(field.open()?);
                *slot = Some(Arc::clone(&decoded));
                decoded
            }
        };
        drop(slot);
        self.let_go(at);
        Ok(decoded)
    }

    /// Notes that a field was used, and lets the longest unused go where too much is held.
    fn let_go(&self, used: usize) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|at| *at != used);
        held.push_back(used);
        let area = |at: &usize| {
            let slot = self.fields.get(*at).and_then(|f| f.decoded.try_lock().ok());
            slot.and_then(|s| s.as_ref().map(|d| d.picture.size().area())).unwrap_or(0)
        };
        while held.len() > 1 && held.iter().map(area).sum::<u64>() > HELD_PIXELS {
            let Some(oldest) = held.pop_front() else { break };
            if let Some(mut slot) = self.fields.get(oldest).and_then(|f| f.decoded.try_lock().ok()) {
                *slot = None;
            }
        }
    }

    fn kept(&self, at: &CropAt) -> Option<Jpeg> {
        self.crops.lock().unwrap_or_else(PoisonError::into_inner).kept.get(at).cloned()
    }

    fn keep(&self, at: CropAt, jpeg: &Jpeg) {
        let mut crops = self.crops.lock().unwrap_or_else(PoisonError::into_inner);
        if crops.kept.insert(at, Arc::clone(jpeg)).is_none() {
            crops.order.push_back(at);
            crops.bytes += jpeg.len();
        }
        while crops.bytes > HELD_CROPS {
            let Some(oldest) = crops.order.pop_front() else { break };
            let gone = crops.kept.remove(&oldest).map_or(0, |jpeg| jpeg.len());
            crops.bytes -= gone;
        }
    }
}

impl FieldPicture {
    fn open(&self) -> Result<Decoded> {
        if let Some((case, field)) = &self.sent {
            return Ok(Decoded::of(case.picture(*field)?));
        }
        let gone = || {
            Error::new(
                ErrorKind::Usage,
                "this picture is not where it was when the slide was analysed; say with --pictures where it lies",
            )
            .with_key("error-review-picture-gone")
            .with_path(&self.name)
        };
        let path = self.path.as_ref().filter(|path| path.is_file()).ok_or_else(gone)?;
        let picture = Picture::open(path, self.page, &Limits::default())?;
        if picture.sha256() != self.sha256 {
            return Err(Error::new(
                ErrorKind::Usage,
                "this picture is not the one that was analysed; run hemozoin analyze again",
            )
            .with_key("error-review-picture-changed")
            .with_path(&self.name));
        }
        Ok(Decoded::of(picture))
    }
}

impl Decoded {
    pub(super) fn of(picture: Picture) -> Self {
        Self { picture, levels: Default::default() }
    }

    /// A tile, `level` halvings down.
    pub(super) fn tile(&self, level: u32, column: u32, row: u32) -> Result<Jpeg> {
        let size = self.picture.size();
        let side = |full: u32| full.div_ceil(1 << level.min(16)).max(1);
        let (width, height) = (side(size.width), side(size.height));
        let (x, y) = (column.saturating_mul(TILE), row.saturating_mul(TILE));
        if level as usize > self.levels.len() || x >= width || y >= height {
            return Err(
                Error::new(ErrorKind::Usage, "there is no such tile").with_key("error-review-no-picture")
            );
        }
        let (w, h) = (TILE.min(width - x), TILE.min(height - y));
        if level == 0 {
            return jpeg(&self.picture.read(x, y, w, h)?);
        }
        let reduced = self.level(level)?;
        let (w, h) = (w.min(reduced.width().saturating_sub(x)), h.min(reduced.height().saturating_sub(y)));
        if w == 0 || h == 0 {
            return jpeg(&RgbImage::from_pixel(1, 1, BEYOND));
        }
        jpeg(&raster::part(reduced, x, y, w, h))
    }

    /// The picture.
    pub(super) fn picture(&self) -> &Picture {
        &self.picture
    }

    /// The whole picture, `level` halvings down.
    fn level(&self, level: u32) -> Result<&RgbImage> {
        let slot = self
            .levels
            .get(level as usize - 1)
            .ok_or_else(|| Error::new(ErrorKind::Internal, "no such reduction"))?;
        if let Some(reduced) = slot.get() {
            return Ok(reduced);
        }
        let size = self.picture.size();
        let reduced = self.picture.overview(size.width.max(size.height).div_ceil(1 << level).max(1))?;
        Ok(slot.get_or_init(|| reduced))
    }
}

/// Cuts a square of fixed physical size around a place.
fn cut(picture: &Picture, um_per_px: Option<MicronsPerPixel>, at: CropAt) -> Result<Jpeg> {
    let um_per_px = um_per_px.ok_or_else(|| Error::new(ErrorKind::Internal, "a field has no scale"))?;
    let scale = if at.context { CropScale::AROUND } else { CropScale::REVIEW };
    jpeg(&crop(picture, um_per_px, (at.x as f64 / 10.0, at.y as f64 / 10.0), scale)?)
}

pub(super) fn jpeg(pixels: &RgbImage) -> Result<Jpeg> {
    raster::jpeg(pixels, QUALITY).map(Arc::new)
}
