//! A second look: each candidate is cut out of its tile and judged again by a small network that sees nothing
//! else. The first network finds, the second one doubts; the score comes from both.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Deserialize;

use super::backend::{Backend, MapShape};
use super::ink::Input;
use crate::error::{Error, ErrorKind, Result};

/// The second network of a bundle, as `bundle.toml` declares it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondLook {
    /// SHA-256 of `second.onnx`, lower-case hexadecimal.
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
}

/// How a class is judged again.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondLogit {
    /// Which of the second network's logits is meant.
    pub channel: usize,
    /// Peaks whose own logit reaches this are looked at again; lower ones are none.
    pub from: f32,
    /// The logit that the calibration takes is `weight` times the peak's own plus the second network's.
    pub weight: f32,
}

/// One tile's input, ready to be cut.
pub(super) struct CutOuts<'a> {
    backend: &'a dyn Backend,
    input: &'a Input<'a>,
    /// Logits of the points looked at: classes that share a heat map share their candidates.
    seen: RefCell<HashMap<(usize, usize), Vec<f32>>>,
}

impl<'a> CutOuts<'a> {
    pub(super) fn new(backend: &'a dyn Backend, input: &'a Input<'a>) -> Self {
        Self { backend, input, seen: RefCell::default() }
    }

    /// The second network's logit for the cut-out around a point of the tile, pixels; a point is looked at once.
    pub(super) fn logit(&self, point: (usize, usize), channel: usize) -> Result<f32> {
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
        Ok(logits)
    }

    fn start(&self, centre: usize, side: usize) -> usize {
        centre.saturating_sub(side / 2).min(self.input.tile.saturating_sub(side))
    }
}
