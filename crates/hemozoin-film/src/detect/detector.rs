//! Runs one bundle over one picture.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use image::RgbImage;
use rayon::prelude::*;

use super::assign::assign_to_red_cells;
use super::backend::Backend;
use super::bundle::{Balance, Bundle};
use super::cut::{RED_CELL_UM, is_cut};
use super::decode::{Peak, Seen, peaks};
use super::detection::{Detection, Found};
use super::identity::identity;
use super::ink::Input;
use super::merge::merge;
use super::networks::{Networks, look_differs};
use super::plane::{Band, Geometry, Tables};
use super::second::{Looks, SecondLook};
use super::tract::TractBackend;
use crate::intake::Pixels;
use crate::measure::{MicronsPerPixel, Probability, PxRect, PxSize};
use crate::optics::View;
use crate::terms::{CellClass, Film};
use crate::tiling::{Tile, TilePlan};
use crate::{Error, ErrorKind, Result};

/// A colour channel is never multiplied by less or more than this.
const GAIN_RANGE: (f64, f64) = (0.4, 2.5);

/// Near misses of one picture, at most: enough to see what was nearly found.
const MOST_NEAR_MISSES: usize = 30;

/// Longest side of the reduced picture that the colour balance is taken from.
const BALANCE_SIDE: u32 = 1024;

/// How the work is laid out. None of it changes what is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DetectionTuning {
    /// The tile grid starts this many plane pixels left of and above the picture (rounded down to 16).
    pub grid_offset: (u32, u32),
    /// Runs all tiles on the calling thread, for callers that share out pictures instead.
    pub one_thread: bool,
}

/// A bundle ready to run. Cheap to clone; shared by all threads.
#[derive(Clone, Debug)]
pub struct Detector {
    bundle: Arc<Bundle>,
    digest: Arc<str>,
    backend: Arc<dyn Backend>,
    second: Option<Arc<dyn Backend>>,
    third: Option<Arc<dyn Backend>>,
}

impl Detector {
    /// Loads a bundle from a folder with `bundle.toml`, `model.onnx` and, where they are declared, `second.onnx` and
    /// `third.onnx`.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] or [`ErrorKind::Model`], naming the file, what was expected and what was found.
    pub fn open(dir: &Path) -> Result<Self> {
        let (bundle, networks) = Bundle::read(dir)?;
        Self::prepare(bundle, &networks, dir)
    }

    /// Prepares a bundle that is already in memory.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where a network is not the declared one.
    pub fn load(bundle: Bundle, networks: &Networks<'_>) -> Result<Self> {
        bundle.check_weights(networks)?;
        Self::prepare(bundle, networks, Path::new(""))
    }

    /// The digests agree already.
    fn prepare(bundle: Bundle, networks: &Networks<'_>, dir: &Path) -> Result<Self> {
        let backend: Arc<dyn Backend> = Arc::new(
            TractBackend::load(&networks.model, bundle.map_shape())
                .map_err(|e| e.with_path(dir.join("model.onnx")))?,
        );
        let look = |name: &str, declared: &Option<SecondLook>, onnx: Option<&[u8]>| {
            let (Some(declared), Some(onnx)) = (declared, onnx) else { return Ok(None) };
            let backend =
                TractBackend::load(onnx, declared.map_shape()).map_err(|e| e.with_path(dir.join(name)))?;
            Ok(Some(Arc::new(backend) as Arc<dyn Backend>))
        };
        let second = look("second.onnx", &bundle.second, networks.second.as_deref())?;
        let third = look("third.onnx", &bundle.third, networks.third.as_deref())?;
        Self::with_backends(bundle, backend, second, third)
    }

    /// A detector over any backend, whose shape must be the bundle's.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where the shapes differ, or the bundle declares a further network.
    pub fn with_backend(bundle: Bundle, backend: Arc<dyn Backend>) -> Result<Self> {
        Self::with_backends(bundle, backend, None, None)
    }

    /// A detector over any backends; `second` and `third` where the bundle declares these looks, and only there.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where they are not what the bundle declares, or where the bundle was changed after it was read
    /// into one that cannot work.
    pub fn with_backends(
        bundle: Bundle,
        backend: Arc<dyn Backend>,
        second: Option<Arc<dyn Backend>>,
        third: Option<Arc<dyn Backend>>,
    ) -> Result<Self> {
        bundle.check()?;
        Self::assemble(bundle, backend, second, third)
    }

    /// The bundle is sound, or a part of a sound one.
    fn assemble(
        bundle: Bundle,
        backend: Arc<dyn Backend>,
        second: Option<Arc<dyn Backend>>,
        third: Option<Arc<dyn Backend>>,
    ) -> Result<Self> {
        let (expected, found) = (bundle.map_shape(), backend.shape());
        if expected != found {
            return Err(Error::new(
                ErrorKind::Model,
                format!("bundle {} expects maps of {expected:?}, the network has {found:?}", bundle.name),
            ));
        }
        for (which, declared, given) in
            [("second", &bundle.second, &second), ("third", &bundle.third, &third)]
        {
            let (expected, found) =
                (declared.as_ref().map(SecondLook::map_shape), given.as_ref().map(|b| b.shape()));
            if expected.is_some() != found.is_some() {
                return Err(look_differs(&bundle.name, which, expected.is_some()));
            }
            if expected != found {
                return Err(Error::new(
                    ErrorKind::Model,
                    format!(
                        "bundle {} expects a {which} network of {expected:?}, it has {found:?}",
                        bundle.name
                    ),
                ));
            }
        }
        let digest = identity(&bundle);
        Ok(Self { bundle: Arc::new(bundle), digest: digest.into(), backend, second, third })
    }

    /// The same network with every class reported from this score on, to study scores below the bundle's own
    /// thresholds. Its digest differs.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] unless the threshold is above 0 and below 1.
    pub fn reporting_from(&self, threshold: f32) -> Result<Self> {
        if !(threshold > 0.0 && threshold < 1.0) {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("a threshold lies between 0 and 1, not at {threshold}"),
            ));
        }
        let mut bundle = Bundle::clone(&self.bundle);
        for class in &mut bundle.classes {
            class.threshold = threshold;
        }
        self.with_bundle(bundle)
    }

    /// The same networks, counting asexual parasites from this score on instead of the bundle's own threshold. Its digest
    /// differs.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] unless the score lies above 0 and below 1.
    pub fn counting_from(&self, score: Probability) -> Result<Self> {
        let score = score.get();
        if !(score > 0.0 && score < 1.0) {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("a threshold lies between 0 and 1, not at {score}"),
            ));
        }
        let mut bundle = Bundle::clone(&self.bundle);
        for class in bundle.classes.iter_mut().filter(|class| class.term == CellClass::AsexualParasite) {
            class.threshold = score;
        }
        self.with_bundle(bundle)
    }

    /// The same networks, asked for one class alone: the other classes' candidates are not looked at again.
    /// Its digest differs.
    ///
    /// White and red cells are found as by the whole detector; of small objects, those are found too that the whole
    /// one takes for a part or another reading of something else.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a class that the bundle does not know.
    pub fn looking_for(&self, class: CellClass) -> Result<Self> {
        let mut bundle = Bundle::clone(&self.bundle);
        bundle.classes.retain(|known| known.term == class);
        if bundle.classes.is_empty() {
            let name = &bundle.name;
            return Err(Error::new(ErrorKind::Usage, format!("bundle {name} knows no {}", class.code())));
        }
        self.with_bundle(bundle)
    }

    /// The same networks under another bundle.
    fn with_bundle(&self, bundle: Bundle) -> Result<Self> {
        Self::assemble(bundle, Arc::clone(&self.backend), self.second.clone(), self.third.clone())
    }

    /// What the bundle declares.
    pub fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// SHA-256 over everything in the bundle that can change a detection, weights included.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Refuses a scale at which a picture of this size would be searched with far more pixels than it has.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`] above 16 times its pixels, unless they are few.
    #[doc(hidden)]
    pub fn check_scale(&self, size: PxSize, scale: MicronsPerPixel) -> Result<()> {
        self.geometry(size, scale).map(|_| ())
    }

    fn geometry(&self, size: PxSize, scale: MicronsPerPixel) -> Result<Geometry> {
        Geometry::new(size, self.bundle.um_per_px, scale)
    }

    /// Everything found in a picture of the given scale, inside the view, sorted by y, x and class.
    ///
    /// The tiles run in parallel in the caller's rayon pool; the answer is the same for any number of threads.
    ///
    /// # Errors
    /// Where the picture cannot be read, or the network cannot be run; [`ErrorKind::Limit`] for a scale at which
    /// the picture would be searched with more than 16 times its pixels.
    pub fn detect(
        &self,
        picture: &dyn Pixels,
        view: &View,
        scale: MicronsPerPixel,
        tuning: DetectionTuning,
    ) -> Result<Vec<Detection>> {
        self.look(picture, view, scale, tuning).map(|found| found.detections)
    }

    /// As [`Self::detect`], with what was nearly found.
    ///
    /// # Errors
    /// As [`Self::detect`].
    pub fn look(
        &self,
        picture: &dyn Pixels,
        view: &View,
        scale: MicronsPerPixel,
        tuning: DetectionTuning,
    ) -> Result<Found> {
        let geometry = self.geometry(picture.size(), scale)?;
        let factor = geometry.factor;
        let wanted = |tile: &Tile| owns_some_view(tile, view, factor, picture.size());
        let plan = self.plan(geometry.size, tuning, wanted)?;
        let shape = plan.shape();
        let gains = match &self.bundle.input.balance {
            Some(balance) => gains(&picture.overview(BALANCE_SIDE)?, picture.size(), view, balance),
            None => [1.0; 3],
        };
        let tables = Tables::new(&self.bundle.input, gains);
        let rows_per_band = geometry.rows_per_band(shape.core(), shape.halo());
        let mut found = Vec::new();
        for first in (0..plan.rows()).step_by(rows_per_band as usize) {
            let rows = first..(first + rows_per_band).min(plan.rows());
            let tiles: Vec<Tile> = rows.flat_map(|row| plan.row(row)).filter(wanted).collect();
            let (Some(top), Some(bottom)) = (tiles.first(), tiles.last()) else { continue };
            let to = bottom.seen_y() + i64::from(shape.side());
            let band = Band::read(picture, &geometry, top.seen_y(), to)?;
            let input = || vec![0.0; self.bundle.map_shape_at(shape.side()).input_len()];
            let look = |input: &mut Vec<f32>, tile: &Tile| {
                if !band.fill(tile, &tables, input) {
                    return Ok(Seen::default());
                }
                let maps = self.backend.run(input)?;
                self.check_maps(&maps, shape.side())?;
                let input = Input { planes: input, tile: shape.side() as usize };
                let looks = Looks::new(self.second.as_deref(), self.third.as_deref(), &input);
                peaks(&self.bundle, tile, &maps, &input, |x, y| view.contains(x * factor, y * factor), &looks)
            };
            let per_tile: Vec<Seen> = if tuning.one_thread {
                let mut input = input();
                tiles.iter().map(|tile| look(&mut input, tile)).collect::<Result<_>>()?
            } else {
                tiles.par_iter().map_init(input, look).collect::<Result<_>>()?
            };
            found.extend(per_tile);
        }
        Ok(self.finish(found, factor, view, picture.size()))
    }

    /// Refuses an answer that is not what the backend promised: shorter maps would be fewer detections.
    fn check_maps(&self, maps: &[f32], side: u32) -> Result<()> {
        let expected = self.bundle.map_shape_at(side).output_len();
        let (name, found) = (&self.bundle.name, maps.len());
        if found != expected {
            return Err(Error::new(
                ErrorKind::Model,
                format!(
                    "bundle {name}: the network answers {found} values for a tile of {side} pixels, not {expected}"
                ),
            ));
        }
        // What is no number would be no peak, and so a parasite less without a word.
        match maps.iter().filter(|value| !value.is_finite()).count() {
            0 => Ok(()),
            odd => Err(Error::new(
                ErrorKind::Model,
                format!("bundle {name}: {odd} of the {found} values that the network answers are no numbers"),
            )),
        }
    }

    /// The grid whose wanted tiles show the network the fewest pixels; among equals the side of the network's file.
    fn plan(
        &self,
        size: PxSize,
        tuning: DetectionTuning,
        wanted: impl Fn(&Tile) -> bool,
    ) -> Result<TilePlan> {
        let (dx, dy) = tuning.grid_offset;
        let plans =
            self.bundle.tile_shapes()?.into_iter().map(|shape| TilePlan::new(size, shape).shifted(dx, dy));
        plans
            .min_by_key(|plan| plan.pixels_seen(&wanted))
            .ok_or_else(|| Error::new(ErrorKind::Internal, "a bundle without tiles".to_owned()))
    }

    fn finish(&self, found: Vec<Seen>, factor: f64, view: &View, size: PxSize) -> Found {
        let in_picture = |peak: Peak| {
            let bounds = peak.bounds.scaled(factor)?;
            let (x, y) = bounds.centre();
            if !view.contains(x, y) || view.is_drawn_on(&bounds) {
                return None;
            }
            Some(Detection {
                class: peak.class,
                stage: peak.stage,
                score: peak.score,
                cut: peak.class == CellClass::RedCell && is_cut(view, &bounds),
                bounds: bounds.clipped(size)?,
                parasites_inside: None,
                gametocytes_inside: None,
                in_red_cell: None,
            })
        };
        let (found, near_misses) = merge(&self.bundle, found);
        let mut detections: Vec<Detection> = found.into_iter().filter_map(in_picture).collect();
        let near_misses = likeliest(near_misses.into_iter().filter_map(in_picture).collect());
        if self.bundle.film == Film::Thin {
            let cell_px = RED_CELL_UM / self.bundle.um_per_px.get() * factor;
            assign_to_red_cells(&mut detections, view, cell_px);
        }
        Found { detections, near_misses }
    }
}

/// The [`MOST_NEAR_MISSES`] with the highest scores, in the order in which they came.
fn likeliest(near_misses: Vec<Detection>) -> Vec<Detection> {
    let mut order: Vec<usize> = (0..near_misses.len()).collect();
    let score = |i: &usize| near_misses.get(*i).map_or(0.0, |d| d.score.get());
    order.sort_by(|a, b| score(b).total_cmp(&score(a)).then(a.cmp(b)));
    let kept: HashSet<usize> = order.into_iter().take(MOST_NEAR_MISSES).collect();
    near_misses.into_iter().enumerate().filter(|(i, _)| kept.contains(i)).map(|(_, d)| d).collect()
}

/// True where some of what the tile owns is part of the view.
fn owns_some_view(tile: &Tile, view: &View, factor: f64, size: PxSize) -> bool {
    let core = f64::from(tile.shape.core());
    PxRect::new(tile.x as f64, tile.y as f64, core, core)
        .and_then(|r| r.scaled(factor))
        .and_then(|r| r.clipped(size))
        .is_some_and(|r| view.coverage(&r) > 0.0)
}

fn gains(overview: &RgbImage, size: PxSize, view: &View, balance: &Balance) -> [f64; 3] {
    let step = f64::from(size.width) / f64::from(overview.width().max(1));
    let mut histograms = [[0_u64; 256]; 3];
    let mut total = 0_u64;
    for (x, y, pixel) in overview.enumerate_pixels() {
        if view.contains((f64::from(x) + 0.5) * step, (f64::from(y) + 0.5) * step) {
            total += 1;
            for (histogram, value) in histograms.iter_mut().zip(pixel.0) {
                histogram[usize::from(value)] += 1;
            }
        }
    }
    let rank = (total as f64 * balance.percentile / 100.0).ceil() as u64;
    let mut gains = [1.0; 3];
    for ((gain, histogram), target) in gains.iter_mut().zip(&histograms).zip(balance.target) {
        let mut seen = 0;
        let value = histogram.iter().position(|n| {
            seen += n;
            seen >= rank.max(1)
        });
        if let Some(value) = value {
            *gain = (target / value.max(1) as f64).clamp(GAIN_RANGE.0, GAIN_RANGE.1);
        }
    }
    gains
}
