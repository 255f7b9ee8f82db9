//! One look at a picture: its view, its scale, its quality.

use image::RgbImage;

use super::blocks::{blocks, middle};
use super::colour;
use super::disc::{discs, find_view};
use super::film_shown::shown;
use super::likeness::Likeness;
use super::marks;
use super::parts::parts;
use super::plane::{Plane, luma, quantile};
use super::quality::{Measurements, Quality, Reason, ReasonCode, Verdict, judge};
use super::scale::{ScaleBasis, ScaleEstimate, ScaleEvidence, pool_scales, said_by_nuclei};
use super::screen::period;
use super::thresholds::QualityThresholds;
use super::view::{Disc, View};
use super::{nuclei, red_cells};
use crate::Result;
use crate::intake::{Picture, reduced_size};
use crate::measure::{MicronsPerPixel, PxSize};
use crate::terms::Film;

/// Pixels of the reduced picture that is examined, at most.
const EXAMINED_PIXELS: f64 = 800_000.0;
/// Longer side of the still smaller picture in which the disc is sought.
const DISC_SIDE: u32 = 320;

/// What a picture can show.
#[derive(Clone, Debug, PartialEq)]
pub struct Examination {
    /// The part that shows film.
    pub view: View,
    /// The scale: the known one, else the estimate from this picture alone; pool a slide's `evidence` for better.
    pub scale: Option<ScaleEstimate>,
    /// The scale that its cells say, or its nuclei weighed against disc or frame, whatever is known; `None` where there are
    /// too few.
    pub cells_scale: Option<ScaleEstimate>,
    /// What this picture contributes to the scale of its slide.
    pub evidence: ScaleEvidence,
    /// What the verdict rests on.
    pub measurements: Measurements,
    /// The verdict with every reason.
    pub quality: Quality,
    /// What it looks like, to know the same field again.
    pub likeness: Likeness,
}

impl Examination {
    /// Holds a scale that somebody or the file stated against what the cells say; where they cannot both be right, the
    /// picture is unfit, for neither may be taken in silence. What cells or nuclei say is the reason's value, what was stated
    /// its threshold, both in µm per pixel. Nuclei must say so both weighed against disc or frame and by themselves: a cut
    /// out of a picture, or one put together of several, has another frame, and that is no fault of its scale.
    pub fn hold_scale(&mut self, stated: MicronsPerPixel) {
        /// Cells that say the same, at least, and how far they may scatter.
        const CELLS: (u32, f64) = (20, 0.2);
        const NUCLEI: u32 = 4;
        /// By how much nuclei alone must be off on the same side: what sites differ by.
        const NUCLEI_OFF: f64 = 1.3;
        let t = QualityThresholds::default();
        let Some(seen) = self.cells_scale else { return };
        let (sure, [too_fine, too_coarse]) = match seen.basis {
            ScaleBasis::RedCells => (
                seen.cells >= CELLS.0 && seen.spread <= CELLS.1,
                [t.max_scale_too_fine_thin, t.max_scale_too_coarse_thin],
            ),
            _ => (seen.cells >= NUCLEI, [t.max_scale_too_fine_thick, t.max_scale_too_coarse_thick]),
        };
        let alone = said_by_nuclei(&self.evidence).unwrap_or(seen.um_per_px);
        let [off, off_alone] = [seen.um_per_px, alone].map(|said| stated.get() / said.get());
        let contradicts = off < 1.0 / too_fine && off_alone < 1.0 / NUCLEI_OFF
            || off > too_coarse && off_alone > NUCLEI_OFF;
        if sure && contradicts {
            let (value, threshold) = (alone.get(), stated.get());
            self.quality.reasons.push(Reason { code: ReasonCode::ScaleContradicted, value, threshold });
            self.quality.verdict = Verdict::Unfit;
        }
    }
}

/// Examines a picture of a `film`, with its scale where that is given or declared by the file.
///
/// # Errors
/// Those of [`Picture::overview`] and [`Picture::read`].
pub fn examine(picture: &Picture, film: Film, known_scale: Option<MicronsPerPixel>) -> Result<Examination> {
    let full = picture.size();
    let reduced = picture.overview(examined_side(full))?;
    let fine = Fine::of(&middle(picture)?);
    Ok(examine_reduced(&reduced, full, film, known_scale, fine, &QualityThresholds::default()))
}

/// What is measured at full resolution.
struct Fine {
    blocks: f64,
    period: f64,
}

impl Fine {
    fn of(middle: &RgbImage) -> Self {
        Self { blocks: blocks(middle), period: period(middle) }
    }
}

/// Longer side of a picture of at most [`EXAMINED_PIXELS`].
fn examined_side(full: PxSize) -> u32 {
    let shrink = (EXAMINED_PIXELS / full.area().max(1) as f64).sqrt().min(1.0);
    (f64::from(full.width.max(full.height)) * shrink) as u32
}

fn examine_reduced(
    reduced: &RgbImage,
    full: PxSize,
    film: Film,
    known_scale: Option<MicronsPerPixel>,
    fine: Fine,
    thresholds: &QualityThresholds,
) -> Examination {
    let small = PxSize { width: reduced.width(), height: reduced.height() };
    let tiny = reduced_size(small, DISC_SIDE);
    let thumbnail = image::imageops::thumbnail(reduced, tiny.width, tiny.height);
    let view = find_view(&thumbnail, full);
    let in_view = mask_of(&view.resized(small), small);
    let seen = inner(&view.resized(small), small);
    let marks = marks::find(reduced, &seen, full);
    let factor = f64::from(full.width) / f64::from(small.width.max(1));
    let drawn = marks.as_ref().map_or(0.0, marks::Marks::coloured);
    let film_alone = without(seen, marks.as_ref(), COARSE);
    let mut measurements = brightness(reduced, &film_alone);
    measurements.drawn = drawn;
    if let Some(colours) = colour::measure(reduced, &film_alone) {
        measurements.tint = colours.tint;
        measurements.colour = colours.stain;
        measurements.negative = colours.negative;
        measurements.azure = colours.azure;
        measurements.upright = colours.upright;
        measurements.red_kept = colours.red_kept;
        measurements.blue_kept = colours.blue_kept;
        measurements.few_colours = colours.few;
    }
    measurements.blocks = fine.blocks;
    measurements.period = fine.period;
    measurements.parts = parts(reduced).max(discs(&thumbnail)) as f64;
    measurements.side_px = view.bounds().map_or(0.0, |b| b.width().min(b.height()));
    // A plate with words is neither glass nor cells.
    let undrawn = without(in_view.clone(), marks.as_ref(), 0);
    let cells = red_cells::measure(reduced, &undrawn);
    let shown = shown(&cells, undrawn.iter().filter(|v| **v).count(), || {
        red_cells::measure(reduced, &red_cells::without_nuclei(reduced, &undrawn))
    });
    measurements.like_thin = shown.thin;
    measurements.like_thick = shown.thick;
    let diameters = match film {
        Film::Thin => {
            measurements.covered = Some(cells.covered);
            measurements.parted = Some(cells.parted);
            measurements.stain = 1.0 - cells.cell_over_glass;
            cells.diameters
        }
        Film::Thick => {
            let nuclei = nuclei::measure(reduced, &undrawn);
            measurements.stain = 1.0 - nuclei.darkest;
            nuclei.diameters
        }
    };
    let evidence = ScaleEvidence {
        film,
        diameters_px: diameters.into_iter().map(|d| d * factor).collect(),
        disc_px: view.disc().map(|d| 2.0 * d.radius),
        frame_px: f64::from(full.width.max(full.height)),
    };
    let cells_scale = pool_scales(&[&evidence])
        .filter(|s| matches!(s.basis, ScaleBasis::RedCells | ScaleBasis::WhiteCells));
    let scale = match known_scale {
        Some(um_per_px) => Some(ScaleEstimate { um_per_px, cells: 0, spread: 0.0, basis: ScaleBasis::Given }),
        None => pool_scales(&[&evidence]),
    };
    // Nuclei and the frame of one picture alone tell too little to refuse it by.
    let weak = |s: &&ScaleEstimate| matches!(s.basis, ScaleBasis::WhiteCells | ScaleBasis::Frame);
    let known = scale.as_ref().filter(|s| !weak(s)).map(|s| s.um_per_px);
    let quality = judge(&measurements, film, known, thresholds);
    let likeness = Likeness::of(reduced, &in_view);
    let view = view.with_marks(marks);
    Examination { view, scale, cells_scale, evidence, measurements, quality, likeness }
}

fn mask_of(view: &View, size: PxSize) -> Vec<bool> {
    let mut mask = Vec::with_capacity(usize::try_from(size.area()).unwrap_or(0));
    for y in 0..size.height {
        for x in 0..size.width {
            mask.push(view.contains(f64::from(x) + 0.5, f64::from(y) + 0.5));
        }
    }
    mask
}

/// The view without its rim, so that the edge of the disc is not taken for detail.
fn inner(view: &View, size: PxSize) -> Vec<bool> {
    const RIM: f64 = 14.0;
    match view.disc() {
        None => mask_of(view, size),
        Some(d) => mask_of(&View::within(size, Disc { radius: (d.radius - RIM).max(1.0), ..d }), size),
    }
}

/// Reach of the coarsest detail that is measured: as far the edge of a mark, which is sharper and stronger than any film's, is
/// seen.
const COARSE: usize = 12;

/// What is seen, less what is drawn on it and so many pixels around.
fn without(mut seen: Vec<bool>, marks: Option<&marks::Marks>, around: usize) -> Vec<bool> {
    if let Some(marks) = marks {
        let drawn = marks.grid().grown(around).set;
        seen.iter_mut().zip(drawn).for_each(|(seen, drawn)| *seen &= !drawn);
    }
    seen
}

/// Exposure and detail.
fn brightness(reduced: &RgbImage, in_view: &[bool]) -> Measurements {
    const BURNT: u8 = 252;
    const FINEST: usize = 1;
    const FINE: usize = 3;
    /// The strongest edges alone tell focus: the rest of a field may be empty.
    const STRONGEST: f64 = 0.995;
    let plane = Plane::of(reduced, luma);
    let values_in = |p: &Plane, mask: &[bool]| -> Vec<f32> {
        p.data.iter().zip(mask).filter(|(_, v)| **v).map(|(v, _)| *v).collect()
    };
    // Captions and scale bars, which are sharper than any film, stand at the edges.
    let inside = |at: usize, side: usize| (side / 6..side - side / 6).contains(&at);
    let within = |at: usize| inside(at % plane.width, plane.width) && inside(at / plane.width, plane.height);
    let middle: Vec<bool> = in_view.iter().enumerate().map(|(at, seen)| *seen && within(at)).collect();
    let mut values = values_in(&plane, in_view);
    let total = values.len().max(1) as f64;
    let light = quantile(&mut values, 0.95).map_or(0.0, f64::from);
    let dark = quantile(&mut values, 0.02).map_or(0.0, f64::from);
    let burnt =
        reduced.pixels().zip(in_view).filter(|(p, seen)| **seen && p.0.iter().all(|c| *c >= BURNT)).count()
            as f64
            / total;
    // Bands of detail, coarse to fine; the finest is left out, being mostly the noise of camera and compression.
    let (finest, fine, coarse) = (plane.box_blur(FINEST), plane.box_blur(FINE), plane.box_blur(COARSE));
    let band =
        |a: &Plane, b: &Plane| plane.with(a.data.iter().zip(&b.data).map(|(a, b)| (a - b).abs()).collect());
    let (fine_band, coarse_band) = (band(&finest, &fine), band(&fine, &coarse));
    let strong = |mut values: Vec<f32>| quantile(&mut values, STRONGEST).map_or(0.0, f64::from);
    let ratio =
        |mask: &[bool]| strong(values_in(&fine_band, mask)) / strong(values_in(&coarse_band, mask)).max(1e-6);
    let detail = quantile(&mut values_in(&band(&finest, &coarse), in_view), 0.99).map_or(0.0, f64::from);
    Measurements {
        light,
        dark,
        burnt,
        sharpness: ratio(in_view),
        sharpness_inside: ratio(&middle),
        detail: detail / light.max(1.0),
        ..Measurements::default()
    }
}
