//! A second look: each candidate is cut out of its tile and judged again by a small network that sees nothing
//! else. The first network finds, the second one doubts; the score comes from both. A third one, dearer, sees what is
//! in doubt after that.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Deserialize;

use super::backend::{Backend, MapShape};
use super::bundle::{BundleClass, MOST_MAPS};
use super::ink::Input;
use super::networks::is_sha256;
use crate::{Error, ErrorKind, Result};

/// The second or third network of a bundle, as `bundle.toml` declares it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondLook {
    /// SHA-256 of `second.onnx` or `third.onnx`, lower-case hexadecimal.
    pub weights_sha256: String,
    /// Side of a cut-out in pixels at the bundle's scale: even, and at most twice the halo, so that every owned
    /// point lies in the middle of a whole one. A peak of the one cell beyond that a tile answers for may lie half a
    /// cell off the middle; the tile that owns it sees it in the middle, and the better of the two stands.
    pub side: u32,
    /// Number of logits that it answers.
    pub channels: usize,
}

impl SecondLook {
    /// Shape of the network: one cell of `channels` logits.
    pub fn map_shape(&self) -> MapShape {
        MapShape { tile: self.side as usize, channels: self.channels, cells: 1 }
    }

    pub(super) fn check(&self, which: &str, halo: u32) -> std::result::Result<(), String> {
        if !is_sha256(&self.weights_sha256) {
            return Err(format!("{which}.weights_sha256 must be 64 hexadecimal digits"));
        }
        if self.side < 8 || !self.side.is_multiple_of(2) || self.side > 2 * halo {
            return Err(format!(
                "expected an even {which}.side from 8 to twice the halo ({}), found {}",
                2 * halo,
                self.side
            ));
        }
        if !(1..=MOST_MAPS).contains(&self.channels) {
            return Err(format!(
                "expected 1 to {MOST_MAPS} logits of the {which} network, found {}",
                self.channels
            ));
        }
        Ok(())
    }
}

/// How a class is judged again.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondLogit {
    /// Which of the network's logits is meant.
    pub channel: usize,
    /// Peaks whose logit so far, their own for the second network, reaches this are looked at again; lower ones are
    /// none.
    pub from: f32,
    /// The logit that comes out is `weight` times the one so far plus the network's.
    pub weight: f32,
}

impl SecondLogit {
    pub(super) fn check(&self, which: &str, logits: usize) -> std::result::Result<(), String> {
        if self.channel >= logits {
            return Err(format!(
                "{which}.channel {} is named, but the {which} network has {logits} logits, counted from 0",
                self.channel
            ));
        }
        if !self.from.is_finite() || !(0.0..=100.0).contains(&self.weight) {
            return Err(format!("{which} needs a finite 'from' and a weight of 0 to 100"));
        }
        Ok(())
    }
}

/// The looks after the first, of one tile.
pub(super) struct Looks<'a> {
    second: Option<CutOuts<'a>>,
    third: Option<CutOuts<'a>>,
}

impl<'a> Looks<'a> {
    pub(super) fn new(
        second: Option<&'a dyn Backend>,
        third: Option<&'a dyn Backend>,
        input: &'a Input<'a>,
    ) -> Self {
        Self {
            second: second.map(|backend| CutOuts::new(backend, input)),
            third: third.map(|backend| CutOuts::new(backend, input)),
        }
    }

    /// The least logit of its own with which a peak of this class is looked at again; `None` where it never is.
    pub(super) fn from(&self, class: &BundleClass) -> Option<f32> {
        let second = self.second.as_ref().and(class.second.as_ref());
        second.or(self.third.as_ref().and(class.third.as_ref())).map(|rule| rule.from)
    }

    /// What the looks make of a peak's own logit, which reaches [`Looks::from`]; `None` where they take it for nothing.
    pub(super) fn judge(&self, class: &BundleClass, own: f32, point: (usize, usize)) -> Result<Option<f32>> {
        let mut logit = own;
        for (rule, cut) in [(&class.second, &self.second), (&class.third, &self.third)] {
            let (Some(rule), Some(cut)) = (rule, cut) else { continue };
            if logit < rule.from {
                return Ok(None);
            }
            logit = rule.weight * logit + cut.logit(point, rule.channel)?;
        }
        Ok(Some(logit))
    }
}

/// One tile's input, ready to be cut.
struct CutOuts<'a> {
    backend: &'a dyn Backend,
    input: &'a Input<'a>,
    /// Logits of the points looked at: classes that share a heat map share their candidates.
    seen: RefCell<HashMap<(usize, usize), Vec<f32>>>,
}

impl<'a> CutOuts<'a> {
    fn new(backend: &'a dyn Backend, input: &'a Input<'a>) -> Self {
        Self { backend, input, seen: RefCell::default() }
    }

    /// The network's logit for the cut-out around a point of the tile, pixels; a point is looked at once.
    fn logit(&self, point: (usize, usize), channel: usize) -> Result<f32> {
        let mut seen = self.seen.borrow_mut();
        let logits = match seen.entry(point) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(self.look(point)?),
        };
        Ok(logits.get(channel).copied().unwrap_or(f32::NAN))
    }

    fn look(&self, (x, y): (usize, usize)) -> Result<Vec<f32>> {
        let side = self.backend.shape().tile;
        let (left, above) = (self.start(x, side), self.start(y, side));
        let mut cut = Vec::with_capacity(3 * side * side);
        let Input { planes, tile } = *self.input;
        for plane in planes.chunks_exact(tile * tile) {
            for row in plane.chunks_exact(tile).skip(above).take(side) {
                cut.extend_from_slice(&row[left..left + side]);
            }
        }
        let (logits, expected) = (self.backend.run(&cut)?, self.backend.shape().output_len());
        if logits.len() != expected {
            return Err(Error::new(
                ErrorKind::Model,
                format!("the second network answers {} values, not {expected}", logits.len()),
            ));
        }
        if logits.iter().any(|value| !value.is_finite()) {
            let message = "a further network answers values that are no numbers".to_owned();
            return Err(Error::new(ErrorKind::Model, message));
        }
        Ok(logits)
    }

    fn start(&self, centre: usize, side: usize) -> usize {
        centre.saturating_sub(side / 2).min(self.input.tile.saturating_sub(side))
    }
}
