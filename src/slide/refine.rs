//! The scale of a thick film, looked at again through its network.
//!
//! Blobs of about a nucleus' size are weak evidence of scale. The network knows white cells better, but only at
//! the scale that it was trained at. So a few pictures are looked at under scales around the estimate: each
//! scale is worth the sum of the scores of its white cells, each weighed by how well its size in µm fits a white
//! cell's, times what the estimate itself allows. The outermost scales are looked at only where worth does not
//! fall towards them. Without an estimate the frame of a camera on a 100x objective stands in for it. Same
//! pictures, same scale: nothing here depends on threads or order.

use std::sync::Arc;

use crate::Result;
use crate::detect::{DetectionTuning, Detector};
use crate::intake::Picture;
use crate::measure::MicronsPerPixel;
use crate::optics::{ScaleBasis, View};
use crate::record::ScaleRecord;
use crate::terms::CellClass;

/// Scales tried, as factors on the estimate.
const STEPS: [f64; 3] = [0.84, 1.0, 1.19];

/// Scales tried beyond the first and the last of them, where that one is worth as much as the estimate or more.
const BEYOND: [f64; 2] = [0.71, 1.41];

/// Mean side of a white cell's box on a thick film, µm: between the 8.9 of MalariaLab's slides and of phones in
/// Bangladesh and the 11.2 of phones in Uganda, so that neither is off by more than an eighth. Parasites are found as
/// well or better where they are shown a little too large.
const WHITE_CELL_UM: f64 = 9.8;

/// How far single white cells stray from that, in natural logarithms.
const WHITE_CELL_SPREAD: f64 = 0.3;

/// How far the median of a slide's white cells strays from it: sites, stains, and whoever drew the boxes.
const SITE_SPREAD: f64 = 0.15;

/// Estimates are taken to be at least and at most this uncertain.
const ESTIMATE_SPREAD: (f64, f64) = (0.15, 0.35);

/// Longer side of what a camera on a 100x oil objective frames, µm, where nothing else is known.
const FRAME_UM: f64 = 185.0;

/// White cells needed before the network is believed.
const CELLS_NEEDED: usize = 3;

/// With so many white cells at the best scale no further picture is looked at: what their sites differ by is then more
/// than what single cells do.
const CELLS_ENOUGH: usize = 20;

/// A white cell as seen at one scale: mean side in pixels of the picture, and score.
type Seen = (f64, f64);

/// The white cells seen under one scale.
struct Tried {
    step: f64,
    /// In the sense of [`worth`], times what the estimate allows.
    worth: f64,
    cells: Vec<Seen>,
}

impl Tried {
    fn not_yet(step: f64) -> Self {
        Self { step, worth: 0.0, cells: Vec::new() }
    }
}

/// The scale that is worth most, of equal ones the last.
fn best(tried: &[Tried]) -> Option<&Tried> {
    tried.iter().max_by(|a, b| a.worth.total_cmp(&b.worth))
}

/// The better scale, or `None` where the network sees too few white cells at any.
///
/// `pictures` are taken one at a time, so that one is held at once, until they show enough, and those once more where a
/// scale further out is tried; the threads share out a picture's tiles. `longer` is their longer side in pixels.
///
/// # Errors
/// Where the network cannot be run.
pub(super) fn refine<I: Iterator<Item = (Arc<Picture>, View)>>(
    detector: &Detector,
    pictures: impl Fn() -> I,
    longer: u32,
    estimate: Option<&ScaleRecord>,
) -> Result<Option<ScaleRecord>> {
    let detector = detector.looking_for(CellClass::WhiteCell)?;
    let (start, spread) = start(longer, estimate);
    let look = |tried: &mut [Tried], (picture, view): (Arc<Picture>, View)| -> Result<()> {
        for tried in tried {
            tried.cells.extend(white_cells(&detector, &picture, &view, start * tried.step)?);
            let allowed = (-0.5 * (tried.step.ln() / spread).powi(2)).exp();
            tried.worth = worth(&tried.cells, start * tried.step) * allowed;
        }
        Ok(())
    };
    let mut tried = Vec::from(STEPS.map(Tried::not_yet));
    let mut looked_at = 0;
    for picture in pictures() {
        look(&mut tried, picture)?;
        looked_at += 1;
        if best(&tried).is_some_and(|best| best.cells.len() >= CELLS_ENOUGH) {
            break;
        }
    }
    let mut further: Vec<Tried> = further(&tried).into_iter().map(Tried::not_yet).collect();
    if !further.is_empty() {
        pictures().take(looked_at).try_for_each(|picture| look(&mut further, picture))?;
        tried.append(&mut further);
    }
    tried.sort_by(|a, b| a.step.total_cmp(&b.step));
    let best = best(&tried);
    let Some(cells) = best.map(|best| &best.cells).filter(|cells| cells.len() >= CELLS_NEEDED) else {
        return Ok(None);
    };
    let mut sides: Vec<f64> = cells.iter().map(|(side, _)| *side).collect();
    sides.sort_by(f64::total_cmp);
    let Some(middle) = sides.get(sides.len() / 2) else { return Ok(None) };
    let (from_cells, from_start) = (SITE_SPREAD.powi(-2), spread.powi(-2));
    let log =
        (from_cells * (WHITE_CELL_UM / middle).ln() + from_start * start.ln()) / (from_cells + from_start);
    Ok(MicronsPerPixel::new(log.exp()).map(|um_per_px| ScaleRecord {
        um_per_px,
        basis: ScaleBasis::WhiteCells,
        cells: Some(sides.len() as u64),
        spread: Some((from_cells + from_start).powf(-0.5)),
    }))
}

/// The scales of [`BEYOND`] towards which worth does not fall.
fn further(tried: &[Tried]) -> Vec<f64> {
    let [smaller, estimate, larger] = tried else { return Vec::new() };
    let not_falling = [smaller, larger].map(|side| side.worth >= estimate.worth);
    BEYOND.into_iter().zip(not_falling).filter(|(_, tried)| *tried).map(|(step, _)| step).collect()
}

/// Where to look: the estimate, or the frame, and how uncertain that is.
fn start(longer: u32, estimate: Option<&ScaleRecord>) -> (f64, f64) {
    match estimate {
        Some(scale) => {
            let spread = scale.spread.unwrap_or(ESTIMATE_SPREAD.1);
            (scale.um_per_px.get(), spread.clamp(ESTIMATE_SPREAD.0, ESTIMATE_SPREAD.1))
        }
        None => (FRAME_UM / f64::from(longer.max(1)), ESTIMATE_SPREAD.1),
    }
}

fn white_cells(detector: &Detector, picture: &Picture, view: &View, um: f64) -> Result<Vec<Seen>> {
    let Some(scale) = MicronsPerPixel::new(um) else { return Ok(Vec::new()) };
    // A scale at which the picture would be too large shows nothing, and takes no other scale with it.
    if detector.check_scale(picture.size(), scale).is_err() {
        return Ok(Vec::new());
    }
    let found = detector.detect(picture, view, scale, DetectionTuning::default())?;
    Ok(found
        .iter()
        .map(|d| ((d.bounds.width() * d.bounds.height()).sqrt(), f64::from(d.score.get())))
        .collect())
}

/// Sum of scores, each weighed by how well the cell's size fits at this scale.
fn worth(cells: &[Seen], um: f64) -> f64 {
    cells
        .iter()
        .map(|(side, score)| {
            score * (-0.5 * ((side * um / WHITE_CELL_UM).ln() / WHITE_CELL_SPREAD).powi(2)).exp()
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_further_out_are_tried_where_worth_does_not_fall_towards_them() {
        let further = |worths: [f64; 3]| {
            let tried =
                STEPS.iter().zip(worths).map(|(&step, worth)| Tried { step, worth, cells: Vec::new() });
            super::further(&tried.collect::<Vec<_>>())
        };
        assert!(further([3.0, 5.0, 4.0]).is_empty(), "the estimate is the best");
        assert_eq!(further([1.0, 5.0, 6.0]), [BEYOND[1]]);
        assert_eq!(further([5.0, 5.0, 2.0]), [BEYOND[0]]);
        assert_eq!(further([0.0; 3]), BEYOND, "nothing is seen near the estimate");
    }
}
