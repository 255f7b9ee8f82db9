//! The only file that names the inference runtime.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use tract::prelude::*;

use super::backend::{Backend, MapShape};
use crate::{Error, ErrorKind, Result};

/// A network run by tract, one tile at a time, on the calling thread.
///
/// It is prepared anew for each side of tiles that it meets: with the side left open the runtime takes half as long
/// again for each pixel.
pub(super) struct TractBackend {
    shape: MapShape,
    onnx: Arc<[u8]>,
    prepared: Mutex<BTreeMap<usize, Arc<tract::Runnable>>>,
}

impl std::fmt::Debug for TractBackend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TractBackend").field("shape", &self.shape).finish_non_exhaustive()
    }
}

impl TractBackend {
    /// Loads an ONNX network and compares its shapes with what the bundle declares.
    pub(super) fn load(onnx: &[u8], shape: MapShape) -> Result<Self> {
        let backend = Self { shape, onnx: onnx.into(), prepared: Mutex::default() };
        backend.at(shape.tile)?;
        Ok(backend)
    }

    /// The network for tiles of this side; prepared once, by whichever thread asks first.
    fn at(&self, tile: usize) -> Result<Arc<tract::Runnable>> {
        let mut prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(runnable) = prepared.get(&tile) {
            return Ok(Arc::clone(runnable));
        }
        let runnable = Arc::new(prepare(&self.onnx, self.shape.at(tile))?);
        prepared.insert(tile, Arc::clone(&runnable));
        Ok(runnable)
    }
}

fn prepare(onnx: &[u8], shape: MapShape) -> Result<tract::Runnable> {
    walled("cannot be prepared to run", || prepare_inside(onnx, shape))
}

/// A panic of the runtime, which networks of others can provoke, is an error of the network.
fn walled<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(refused(what, &"the runtime gave up on it")))
}

fn prepare_inside(onnx: &[u8], shape: MapShape) -> Result<tract::Runnable> {
    let mut model = tract::onnx()
        .and_then(|o| o.load_buffer(onnx))
        .map_err(|e| refused("is not a network that this engine can read", &e))?;
    let (inputs, outputs) = (
        model.input_count().map_err(|e| refused("has no inputs", &e))?,
        model.output_count().map_err(|e| refused("has no outputs", &e))?,
    );
    if (inputs, outputs) != (1, 1) {
        return Err(Error::new(
            ErrorKind::Model,
            format!(
                "expected a network with 1 input and 1 output, found {inputs} inputs and {outputs} outputs"
            ),
        ));
    }
    let fact = format!("1,3,{0},{0},f32", shape.tile);
    model
        .set_input_fact(0, fact.as_str())
        .map_err(|e| refused(&format!("does not take an input of 1 x 3 x {0} x {0}", shape.tile), &e))?;
    let runnable = model
        .into_model()
        .and_then(|m| m.into_runnable())
        .map_err(|e| refused("cannot be prepared to run", &e))?;
    let found = output_shape(&runnable).map_err(|e| refused("has an output of unknown shape", &e))?;
    let expected = [1, shape.channels as i64, shape.cells as i64, shape.cells as i64];
    if found != expected {
        return Err(Error::new(
            ErrorKind::Model,
            format!("expected output maps of shape {expected:?}, found {found:?}"),
        ));
    }
    Ok(runnable)
}

fn output_shape(runnable: &tract::Runnable) -> std::result::Result<Vec<i64>, impl std::fmt::Display + use<>> {
    runnable.output_fact(0).and_then(|fact| fact.dims()?.map(|dim| dim.to_int64()).collect())
}

fn refused(what: &str, cause: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Model, format!("the network {what}: {cause:#}"))
}

impl Backend for TractBackend {
    fn shape(&self) -> MapShape {
        self.shape
    }

    fn run(&self, input: &[f32]) -> Result<Vec<f32>> {
        let tile = (input.len() / 3).isqrt();
        let runnable = self.at(tile)?;
        walled("failed on a tile", || {
            tract::Tensor::from_slice(&[1, 3, tile, tile], input)
                .and_then(|tensor| runnable.run([tensor]))
                .and_then(|outputs| match outputs.first() {
                    Some(output) => output.as_slice::<f32>().map(<[f32]>::to_vec),
                    None => Ok(Vec::new()),
                })
                .map_err(|e| refused("failed on a tile", &e))
        })
    }
}
