//! A picture at the model's scale, band by band, and the tiles cut from it.

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::RgbImage;

use super::bundle::Input;
use crate::intake::Pixels;
use crate::measure::{MicronsPerPixel, PxSize};
use crate::tiling::Tile;
use crate::{Error, ErrorKind, Result};

/// Most pixels of plane held at once; a wider picture still gets one row of tiles.
const MAX_BAND_PIXELS: u64 = 24_000_000;

/// Most native pixels read for one band.
const MAX_NATIVE_PIXELS: u64 = 48_000_000;

/// At most so many plane pixels for each native one. A picture at 0.45 µm per pixel, the coarsest that the
/// quality gates admit, has 9 at the scale of the shipped networks (0.15 µm per pixel).
const MAX_ENLARGED: f64 = 16.0;

/// A plane of so many pixels is searched in a moment, however small the picture is.
const SMALL_PLANE: f64 = 4_000_000.0;

/// A tile whose brightest and darkest pixels are this near each other (8-bit steps, on every channel) shows
/// bare glass or the dark surround: no stained object is that faint.
const EMPTY_RANGE: u8 = 12;

/// Most pixels along one side of a plane.
const MAX_SIDE: f64 = (1 << 20) as f64;

/// How a picture maps to the plane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Geometry {
    /// Size of the plane in plane pixels.
    pub(super) size: PxSize,
    /// Native pixels per plane pixel, the same along both axes.
    pub(super) factor: f64,
    native: PxSize,
}

impl Geometry {
    /// The plane of a picture of `native` pixels at `scale`, for a network at the scale `plane`.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] where the plane would have far more pixels than the picture.
    pub(super) fn new(native: PxSize, plane: MicronsPerPixel, scale: MicronsPerPixel) -> Result<Self> {
        let factor = plane.get() / scale.get();
        let side = |n: u32| (f64::from(n) / factor).floor().max(1.0);
        let (width, height) = (side(native.width), side(native.height));
        let times = width * height / (native.area() as f64).max(1.0);
        let enlarged = times > MAX_ENLARGED && width * height > SMALL_PLANE;
        if enlarged || width > MAX_SIDE || height > MAX_SIDE {
            return Err(too_coarse(scale, times));
        }
        Ok(Self { size: PxSize { width: width as u32, height: height as u32 }, factor, native })
    }

    /// How many rows of tiles (of `core` plane pixels, halo `halo`) fit into one band.
    pub(super) fn rows_per_band(&self, core: u32, halo: u32) -> u32 {
        let allowed = |budget: u64, width: u32, per_row: f64| {
            let rows = budget as f64 / f64::from(width.max(1)) / per_row;
            ((rows - f64::from(2 * halo)) / f64::from(core)).floor().max(1.0) as u32
        };
        let by_plane = allowed(MAX_BAND_PIXELS, self.size.width, 1.0);
        let by_native = allowed(MAX_NATIVE_PIXELS, self.native.width, self.factor);
        by_plane.min(by_native)
    }
}

fn too_coarse(scale: MicronsPerPixel, times: f64) -> Error {
    let (um, times) = (scale.get(), format!("{times:.1}"));
    Error::new(
        ErrorKind::Limit,
        format!(
            "at {um} µm per pixel the picture would be searched with {times} times its pixels, more than \
             {MAX_ENLARGED}; check the scale (--um-per-px, or what the file states)"
        ),
    )
    .with_key("error-limit-scale")
    .with_arg("um", um)
    .with_arg("times", times)
    .with_arg("limit", MAX_ENLARGED)
}

/// Some rows of the plane.
pub(super) struct Band {
    pixels: Vec<u8>,
    width: u32,
    /// First row of the plane held.
    top: i64,
    rows: u32,
}

impl Band {
    /// The plane's rows `from..to`, clipped to the plane.
    pub(super) fn read(source: &dyn Pixels, geometry: &Geometry, from: i64, to: i64) -> Result<Self> {
        let top = from.max(0);
        let bottom = to.min(i64::from(geometry.size.height));
        let rows = u32::try_from(bottom - top).unwrap_or(0).max(1);
        let width = geometry.size.width;
        let (top_native, high) = (top as f64 * geometry.factor, f64::from(rows) * geometry.factor);
        let wide = f64::from(width) * geometry.factor;
        // The triangle filter reaches one plane pixel past the rows wanted.
        let margin = geometry.factor.max(1.0).ceil() + 1.0;
        let first = (top_native - margin).floor().max(0.0) as u32;
        let last = ((top_native + high + margin).ceil() as u32).min(geometry.native.height);
        let mut scaled = Image::new(width, rows, PixelType::U8x3);
        // A picture smaller than one plane pixel still gets one.
        let (wide, high) = (
            wide.min(f64::from(geometry.native.width)),
            high.min(f64::from(geometry.native.height) - top_native),
        );
        let crop = |skipped: u32| (0.0, top_native - f64::from(skipped), wide, high);
        match source.whole() {
            Some(image) => resize(image, &mut scaled, crop(0))?,
            None => {
                let part = source.read(0, first, geometry.native.width, last.saturating_sub(first).max(1))?;
                resize(&part, &mut scaled, crop(first))?;
            }
        }
        Ok(Self { pixels: scaled.into_vec(), width, top, rows })
    }

    /// Writes what the tile sees into `input`, normalised, planes one after the other; zeros (the mean colour)
    /// outside the picture. False where there is nothing to see and the network need not run.
    pub(super) fn fill(&self, tile: &Tile, tables: &Tables, input: &mut [f32]) -> bool {
        let side = i64::from(tile.shape.side());
        let area = (side * side) as usize;
        input.fill(0.0);
        let (left, above) = (tile.seen_x(), tile.seen_y());
        let x_from = left.max(0);
        let x_to = (left + side).min(i64::from(self.width));
        let y_from = above.max(self.top);
        let y_to = (above + side).min(self.top + i64::from(self.rows));
        if x_from >= x_to || y_from >= y_to {
            return false;
        }
        let (mut low, mut high) = ([u8::MAX; 3], [u8::MIN; 3]);
        let (red, rest) = input.split_at_mut(area);
        let (green, blue) = rest.split_at_mut(area);
        for y in y_from..y_to {
            let from = (((y - self.top) * i64::from(self.width) + x_from) * 3) as usize;
            let row = &self.pixels[from..from + ((x_to - x_from) * 3) as usize];
            let at = ((y - above) * side + (x_from - left)) as usize;
            let end = at + (x_to - x_from) as usize;
            let outs = red[at..end].iter_mut().zip(&mut green[at..end]).zip(&mut blue[at..end]);
            for (px, ((r, g), b)) in row.as_chunks::<3>().0.iter().zip(outs) {
                for c in 0..3 {
                    low[c] = low[c].min(px[c]);
                    high[c] = high[c].max(px[c]);
                }
                *r = tables.0[0][usize::from(px[0])];
                *g = tables.0[1][usize::from(px[1])];
                *b = tables.0[2][usize::from(px[2])];
            }
        }
        (0..3).any(|c| high[c] - low[c] > EMPTY_RANGE)
    }
}

fn resize(source: &RgbImage, target: &mut Image<'_>, (x, y, w, h): (f64, f64, f64, f64)) -> Result<()> {
    let options =
        ResizeOptions::new().crop(x, y, w, h).resize_alg(ResizeAlg::Convolution(FilterType::Bilinear));
    Resizer::new()
        .resize(source, target, &options)
        .map_err(|e| Error::new(ErrorKind::Internal, format!("cannot rescale the picture: {e}")))
}

/// Byte to network input, per channel.
pub(super) struct Tables([[f32; 256]; 3]);

impl Tables {
    /// Balance (a gain per channel), then division by 255, mean and standard deviation.
    pub(super) fn new(input: &Input, gains: [f64; 3]) -> Self {
        let mut tables = [[0.0; 256]; 3];
        for (c, table) in tables.iter_mut().enumerate() {
            for (byte, value) in table.iter_mut().enumerate() {
                let balanced = (byte as f64 * gains[c]).min(255.0) as f32;
                *value = (balanced / 255.0 - input.mean[c]) / input.std[c];
            }
        }
        Self(tables)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn geometry(width: u32, height: u32, plane: f64, scale: f64) -> Result<Geometry> {
        let um = |value| MicronsPerPixel::new(value).expect("a scale");
        Geometry::new(PxSize { width, height }, um(plane), um(scale))
    }

    #[test]
    fn what_the_quality_gates_admit_is_far_from_the_limit() {
        for plane in [0.15, 0.155] {
            for scale in [0.05, 0.15, 0.27, 0.45, 0.5] {
                for (width, height) in [(1600, 1200), (4000, 3000), (100_000, 80_000)] {
                    assert!(geometry(width, height, plane, scale).is_ok(), "{scale}");
                }
            }
        }
        let coarsest = crate::optics::QualityThresholds::default().max_um_per_px;
        assert!((coarsest / 0.15).powi(2) < 0.6 * MAX_ENLARGED);
    }

    #[test]
    fn a_scale_that_would_blow_the_picture_up_is_refused_by_name() {
        for (width, height, scale) in [(1600, 1200, 5.0), (1600, 1200, 1.0), (30, 100_000, 10.0)] {
            let error = geometry(width, height, 0.155, scale).expect_err("far too large");
            assert_eq!((error.kind(), error.key()), (ErrorKind::Limit, Some("error-limit-scale")));
            assert!(error.message().contains("--um-per-px"), "{error}");
        }
    }

    /// The frame of a small picture is tried as a scale, whatever comes of it.
    #[test]
    fn a_small_picture_may_be_tried_at_any_scale_of_its_frame() {
        for side in [200, 300, 430] {
            assert!(geometry(side, side, 0.155, 1.41 * 185.0 / f64::from(side)).is_ok(), "{side}");
        }
    }
}
