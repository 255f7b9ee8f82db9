//! The seam between the engine and whatever runs a network.

use crate::Result;

/// Shape of a bundle's input and output: `[1, 3, tile, tile]` in, `[1, channels, cells, cells]` out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapShape {
    /// Side of the input in pixels.
    pub tile: usize,
    /// Number of output maps.
    pub channels: usize,
    /// Side of the output maps in cells.
    pub cells: usize,
}

impl MapShape {
    /// Number of input values, three planes of `tile` x `tile`.
    pub fn input_len(self) -> usize {
        3 * self.tile * self.tile
    }
    /// The same network over tiles of another side, pixels.
    pub(super) fn at(self, tile: usize) -> Self {
        Self { tile, cells: self.cells * tile / self.tile.max(1), ..self }
    }
    /// Number of output values.
    pub fn output_len(self) -> usize {
        self.channels * self.cells * self.cells
    }
}

/// Runs one network on one tile, on the calling thread.
///
/// It is called from several threads at once and must answer the same for the same input, whatever was asked before:
/// results must not depend on threads. What it answers is checked: another number of values than promised ends the
/// slide with [`ErrorKind::Model`](crate::ErrorKind::Model), for shorter maps would be fewer detections. A panic in it
/// ends the picture, as a fault of the program that is named.
pub trait Backend: Send + Sync + std::fmt::Debug {
    /// Shape of the network as its file is written.
    fn shape(&self) -> MapShape;

    /// `input` holds the normalised red, green and blue planes of a tile, row by row; the answer holds the maps, row by
    /// row. Their sides are those of [`Backend::shape`] or, where the bundle declares `other_tiles`, those of
    /// [`Bundle::map_shape_at`](super::Bundle::map_shape_at): the length of `input` says which.
    ///
    /// # Errors
    /// [`ErrorKind::Model`](crate::ErrorKind::Model) where the network cannot be run; it ends the slide.
    fn run(&self, input: &[f32]) -> Result<Vec<f32>>;
}

/// A stand-in that computes its maps with a given function: for tests of everything around a network.
pub struct ScriptedBackend<F> {
    shape: MapShape,
    script: F,
}

impl<F> std::fmt::Debug for ScriptedBackend<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ScriptedBackend").field("shape", &self.shape).finish_non_exhaustive()
    }
}

impl<F: Fn(&[f32]) -> Vec<f32> + Send + Sync> ScriptedBackend<F> {
    /// A backend of the given shape that answers with `script`, which gets inputs of every side that its bundle
    /// declares.
    pub fn new(shape: MapShape, script: F) -> Self {
        Self { shape, script }
    }
}

impl<F: Fn(&[f32]) -> Vec<f32> + Send + Sync> Backend for ScriptedBackend<F> {
    fn shape(&self) -> MapShape {
        self.shape
    }

    fn run(&self, input: &[f32]) -> Result<Vec<f32>> {
        Ok((self.script)(input))
    }
}
