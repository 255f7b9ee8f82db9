//! Micrometres per pixel, estimated from what is known to have a size.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::measure::MicronsPerPixel;
use crate::terms::{Film, OtherCode};

/// Median diameter of a red cell on a dry thin film, µm (falciparum.md section 14, pixel size: 7.2-7.5).
const RED_CELL_UM: f64 = 7.35;
/// Median diameter of a white-cell nucleus on a thick film as measured here, µm (section 14: 8-15), and how much
/// sites differ, as a share: 8.2 in one set of known scale, 11.2 in the other, 7 on phone discs.
const NUCLEUS_UM: f64 = 9.3;
const NUCLEUS_SPREAD: f64 = 0.3;
/// Field of view of a 100x oil objective through an eyepiece, µm: the field number in mm times ten, 180-265. The phone
/// discs seen so far lie at its upper end, if their nuclei are no smaller than elsewhere.
const DISC_UM: f64 = 235.0;
const DISC_SPREAD: f64 = 0.15;
/// Longer side of what a camera on a 100x oil objective frames, µm: 173 and 200 in the two thick sets.
const FRAME_UM: f64 = 185.0;
const FRAME_SPREAD: f64 = 0.3;
/// Cells needed for any estimate.
const CELLS_NEEDED: usize = 8;
/// Nuclei needed for any estimate.
const NUCLEI_NEEDED: usize = 2;
/// Diameters this far from the commonest are other things, as a factor.
const SAME_KIND: f64 = 1.3;
/// Width of the window in which the commonest diameter is sought, in natural logarithms.
const MODE_WINDOW: f64 = 0.10;

/// Step of the candidates, in natural logarithms.
const GRID: f64 = 0.01;

/// What a scale rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ScaleBasis {
    /// Stated by the user.
    Given,
    /// Stated by the file (TIFF resolution, OME-XML).
    File,
    /// Diameters of red cells.
    RedCells,
    /// Diameters of white-cell nuclei, weighed against what disc or frame tell: weak.
    WhiteCells,
    /// The eyepiece disc alone: very weak.
    Disc,
    /// The width of the picture alone, as cameras on a 100x objective frame it (thick films): weakest.
    Frame,
    /// Something that a newer program has; this one never gives it.
    #[serde(untagged)]
    #[schemars(skip)]
    Other(OtherCode),
}

impl ScaleBasis {
    /// Stable code, as in records.
    pub fn code(&self) -> &str {
        match self {
            Self::Other(code) => code.as_str(),
            known => known.into(),
        }
    }
}

/// A scale, and how far it can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScaleEstimate {
    /// The scale.
    pub um_per_px: MicronsPerPixel,
    /// Cells or nuclei behind it.
    pub cells: u32,
    /// Relative spread; 0 where given. Red cells: 1.4826 median absolute deviation of their diameters over the
    /// median. Nuclei and disc: standard deviation of the estimate itself, mostly from how much sites differ.
    pub spread: f64,
    /// What it rests on.
    pub basis: ScaleBasis,
}

/// What one picture contributes to the scale of its slide; diameters in pixels of the full upright picture.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaleEvidence {
    /// Which film.
    pub film: Film,
    /// Diameters of red cells (thin) or dark blobs (thick), among them other things.
    pub diameters_px: Vec<f64>,
    /// Diameter of the eyepiece disc.
    pub disc_px: Option<f64>,
    /// Longer side of the picture.
    pub frame_px: f64,
}

/// The scale of pictures that were taken alike (one slide, one camera, one pixel size), from all their cells.
///
/// Order does not matter. `None` where nothing of known size was found; on a thick film without nuclei or disc, what
/// cameras on a 100x objective frame is all there is, and said to be.
pub fn pool_scales(evidence: &[&ScaleEvidence]) -> Option<ScaleEstimate> {
    let thick = evidence.iter().any(|e| e.film == Film::Thick);
    let mut diameters: Vec<f64> = evidence
        .iter()
        .flat_map(|e| e.diameters_px.iter().copied())
        .filter(|d| d.is_finite() && *d > 0.0)
        .collect();
    diameters.sort_by(f64::total_cmp);
    let mut discs: Vec<f64> = evidence.iter().filter_map(|e| e.disc_px).collect();
    discs.sort_by(f64::total_cmp);
    let mut frames: Vec<f64> = evidence.iter().map(|e| e.frame_px).filter(|f| *f > 0.0).collect();
    frames.sort_by(f64::total_cmp);
    let disc = median(&discs).map(|d| Clue { um_per_px: DISC_UM / d, spread: DISC_SPREAD });
    let frame = median(&frames).map(|f| Clue { um_per_px: FRAME_UM / f, spread: FRAME_SPREAD });
    if thick { thick_scale(&diameters, disc, frame) } else { thin_scale(&diameters, disc) }
}

/// What the nuclei of one picture say by themselves, whatever disc and frame tell; `None` on thin films and where there are
/// too few.
pub(super) fn said_by_nuclei(evidence: &ScaleEvidence) -> Option<MicronsPerPixel> {
    let alone = ScaleEvidence { disc_px: None, frame_px: 0.0, ..evidence.clone() };
    (evidence.film == Film::Thick).then(|| pool_scales(&[&alone])).flatten().map(|scale| scale.um_per_px)
}

/// The diameters that are of the size that covers most area.
pub(super) fn commonest_size(diameters: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = diameters.iter().copied().filter(|d| d.is_finite() && *d > 0.0).collect();
    sorted.sort_by(f64::total_cmp);
    commonest(&sorted, |_| 1.0).unwrap_or_default()
}

/// A scale that does not come from cells, and its relative standard deviation.
#[derive(Clone, Copy)]
struct Clue {
    um_per_px: f64,
    spread: f64,
}

fn thin_scale(diameters: &[f64], disc: Option<Clue>) -> Option<ScaleEstimate> {
    match commonest(diameters, |_| 1.0).filter(|c| c.len() >= CELLS_NEEDED) {
        Some(same) => estimate(&same, RED_CELL_UM, ScaleBasis::RedCells),
        None => disc.and_then(|disc| clue_alone(disc, ScaleBasis::Disc)),
    }
}

/// Nuclei and the optics, each by its precision, in logarithms; what the optics says also tells nuclei from specks.
fn thick_scale(diameters: &[f64], disc: Option<Clue>, frame: Option<Clue>) -> Option<ScaleEstimate> {
    let optics = disc.or(frame);
    let prior = |d: f64| {
        let Some(clue) = optics else { return 1.0 };
        let variance = clue.spread.powi(2) + NUCLEUS_SPREAD.powi(2);
        (-0.5 * (d * clue.um_per_px / NUCLEUS_UM).ln().powi(2) / variance).exp()
    };
    let Some(same) = commonest(diameters, prior).filter(|c| c.len() >= NUCLEI_NEEDED) else {
        return disc
            .and_then(|disc| clue_alone(disc, ScaleBasis::Disc))
            .or_else(|| clue_alone(frame?, ScaleBasis::Frame));
    };
    let nuclei = estimate(&same, NUCLEUS_UM, ScaleBasis::WhiteCells)?;
    let Some(clue) = optics else { return Some(ScaleEstimate { spread: NUCLEUS_SPREAD, ..nuclei }) };
    let (from_nuclei, from_optics) = (NUCLEUS_SPREAD.powi(-2), clue.spread.powi(-2));
    let weights = from_nuclei + from_optics;
    let log = (from_nuclei * nuclei.um_per_px.get().ln() + from_optics * clue.um_per_px.ln()) / weights;
    Some(ScaleEstimate { um_per_px: MicronsPerPixel::new(log.exp())?, spread: weights.powf(-0.5), ..nuclei })
}

fn clue_alone(clue: Clue, basis: ScaleBasis) -> Option<ScaleEstimate> {
    let um_per_px = MicronsPerPixel::new(clue.um_per_px)?;
    Some(ScaleEstimate { um_per_px, cells: 0, spread: clue.spread, basis })
}

fn estimate(same: &[f64], um: f64, basis: ScaleBasis) -> Option<ScaleEstimate> {
    let middle = median(same)?;
    let mut deviations: Vec<f64> = same.iter().map(|d| (d - middle).abs()).collect();
    deviations.sort_by(f64::total_cmp);
    Some(ScaleEstimate {
        um_per_px: MicronsPerPixel::new(um / middle)?,
        cells: u32::try_from(same.len()).unwrap_or(u32::MAX),
        spread: 1.4826 * median(&deviations)? / middle,
        basis,
    })
}

/// The diameters around the one that covers most area: `sorted` ascending, `weight` a prior.
fn commonest(sorted: &[f64], weight: impl Fn(f64) -> f64) -> Option<Vec<f64>> {
    let density = |at: f64| -> f64 {
        sorted
            .iter()
            .map(|d| {
                let z = (d / at).ln() / MODE_WINDOW;
                if z.abs() > 3.0 { 0.0 } else { (-0.5 * z * z).exp() * d * d }
            })
            .sum::<f64>()
            * weight(at)
    };
    let (first, last) = (sorted.first()?.ln(), sorted.last()?.ln());
    let steps = ((last - first) / GRID).ceil() as u32;
    let candidates = (0..=steps).map(|i| (first + f64::from(i) * GRID).exp());
    let best =
        candidates.map(|d| (density(d), d)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)))?;
    let mut centre = best.1;
    let mut same = Vec::new();
    for _ in 0..3 {
        same = sorted
            .iter()
            .copied()
            .filter(|d| (centre / SAME_KIND..=centre * SAME_KIND).contains(d))
            .collect();
        centre = median(&same)?;
    }
    Some(same)
}

/// Median of sorted values; the mean of the middle two where they are even in number.
fn median(sorted: &[f64]) -> Option<f64> {
    let n = sorted.len();
    let upper = sorted.get(n / 2)?;
    if n % 2 == 1 { Some(*upper) } else { Some((sorted.get(n / 2 - 1)? + upper) / 2.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert_eq!(median(&[1.0, 2.0, 10.0]), Some(2.0));
        assert_eq!(median(&[1.0, 2.0, 4.0, 10.0]), Some(3.0));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn specks_and_clumps_do_not_move_the_scale() {
        let mut diameters_px: Vec<f64> = (0..60).map(|i| 73.5 + f64::from(i % 7) - 3.0).collect();
        diameters_px.extend([12.0; 40]);
        diameters_px.extend([150.0, 160.0]);
        let thin = ScaleEvidence { film: Film::Thin, diameters_px, disc_px: None, frame_px: 1280.0 };
        let scale = pool_scales(&[&thin]).expect("sixty cells");
        assert_eq!((scale.cells, scale.basis), (60, ScaleBasis::RedCells));
        assert!((scale.um_per_px.get() - 0.1).abs() < 0.002, "{scale:?}");
    }

    #[test]
    fn a_thick_film_without_nuclei_falls_back_on_disc_then_frame() {
        let blank =
            |disc_px| ScaleEvidence { film: Film::Thick, diameters_px: vec![], disc_px, frame_px: 1850.0 };
        let disc = pool_scales(&[&blank(Some(1175.0))]).expect("a disc");
        assert_eq!((disc.basis, disc.cells), (ScaleBasis::Disc, 0));
        assert!((disc.um_per_px.get() - 0.2).abs() < 1e-9, "{disc:?}");
        let frame = pool_scales(&[&blank(None)]).expect("a frame");
        assert_eq!((frame.basis, frame.spread), (ScaleBasis::Frame, FRAME_SPREAD));
        assert!((frame.um_per_px.get() - 0.1).abs() < 1e-9, "{frame:?}");
        let thin = ScaleEvidence { film: Film::Thin, ..blank(None) };
        assert_eq!(pool_scales(&[&thin]), None, "a thin film has cells or no scale");
    }

    #[test]
    fn pooling_is_blind_to_order_and_needs_something() {
        let one = |d: &[f64]| ScaleEvidence {
            film: Film::Thin,
            diameters_px: d.to_vec(),
            disc_px: None,
            frame_px: 1280.0,
        };
        let (a, b) = (one(&[70.0, 72.0, 75.0, 90.0]), one(&[71.0, 73.0, 74.0, 76.0, 20.0]));
        assert_eq!(pool_scales(&[&a, &b]), pool_scales(&[&b, &a]));
        assert_eq!(pool_scales(&[&a]), None, "four cells are too few");
        assert_eq!(pool_scales(&[]), None);
    }
}
