//! A slide: pictures in, a record out.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};

use hemozoin::record::{FieldRecord, Results, Tallies, Unread};
use hemozoin::{Content, Error, ErrorKind, Result, Slide as Reading, SlideInput};
use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use self_cell::self_cell;
use serde::Serialize;

use crate::engine::Engine;
use crate::error::{call, detached, usage};
use crate::given::{OnDisk, film, no_shape, picture, scale};
use crate::watch::watched;

self_cell!(
    struct Held {
        owner: Arc<hemozoin::Engine>,
        #[covariant]
        dependent: Reading,
    }
);

/// A slide in the hands of an engine.
#[pyclass(frozen, module = "hemozoin._engine")]
pub(crate) struct Slide {
    engine: Engine,
    held: Mutex<Held>,
}

/// How a slide stands, as it is handed over.
#[derive(Serialize)]
struct Standing {
    fields: Vec<FieldRecord>,
    unread: Vec<Unread>,
    tally: Tallies,
    result: Results,
}

impl Slide {
    pub(crate) fn new(engine: Engine, input: SlideInput) -> Self {
        let held = Held::new(Arc::clone(engine.engine()), |engine| engine.slide_of(input));
        Self { engine, held: Mutex::new(held) }
    }

    fn hold(&self) -> Result<MutexGuard<'_, Held>> {
        match self.held.try_lock() {
            Ok(held) => Ok(held),
            Err(TryLockError::Poisoned(held)) => Ok(held.into_inner()),
            Err(TryLockError::WouldBlock) => {
                let why = "the slide is being read; wait until that ends, or make a slide for each thread";
                Err(usage("error-call-busy", why))
            }
        }
    }

    fn put(
        &self,
        name: &str,
        content: Content,
        of_film: Option<&str>,
        um_per_px: Option<f64>,
        page: Option<u32>,
    ) -> Result<()> {
        let (film, um_per_px) = (film(of_film)?, scale(um_per_px)?);
        self.hold()?.with_dependent_mut(|_, slide| {
            let picture = slide.add(name, content);
            if let Some(film) = film {
                picture.film(film);
            }
            if let Some(um) = um_per_px {
                picture.um_per_px(um);
            }
            if let Some(page) = page {
                picture.page(page);
            }
        });
        Ok(())
    }
}

#[pymethods]
impl Slide {
    /// Adds the bytes of a picture file.
    #[pyo3(signature = (name, file, film, um_per_px, page))]
    fn add_file(
        &self,
        py: Python<'_>,
        name: &str,
        file: &[u8],
        film: Option<&str>,
        um_per_px: Option<f64>,
        page: Option<u32>,
    ) -> PyResult<()> {
        call(py, || self.put(name, file.into(), film, um_per_px, page))
    }

    /// Adds a picture file that is opened when its turn comes.
    #[pyo3(signature = (name, path, film, um_per_px, page))]
    fn add_path(
        &self,
        py: Python<'_>,
        name: &str,
        path: PathBuf,
        film: Option<&str>,
        um_per_px: Option<f64>,
        page: Option<u32>,
    ) -> PyResult<()> {
        call(py, || self.put(name, Content::source(OnDisk(path)), film, um_per_px, page))
    }

    /// Adds pixels: a buffer of height x width x 3 bytes.
    #[pyo3(signature = (name, pixels, film, um_per_px))]
    fn add_pixels(
        &self,
        py: Python<'_>,
        name: &str,
        pixels: PyBuffer<u8>,
        film: Option<&str>,
        um_per_px: Option<f64>,
    ) -> PyResult<()> {
        let &[height, width, 3] = pixels.shape() else {
            return call(py, || Err(no_shape(pixels.shape())));
        };
        // Copied with the lock held, so that nobody changes it meanwhile.
        let values = pixels.to_vec(py)?;
        let limits = *self.engine.engine().limits();
        let picture = detached(py, || picture(&values, height, width, &limits))?;
        call(py, || self.put(name, picture.into(), film, um_per_px, None))
    }

    /// Number of pictures.
    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        call(py, || Ok(self.hold()?.borrow_dependent().input().pictures.len()))
    }

    /// Looks at the new pictures; the JSON of how the slide stands.
    #[pyo3(signature = (progress))]
    fn look<'py>(
        &self,
        py: Python<'py>,
        progress: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let json = watched(py, progress.as_ref(), |control| {
            let mut held = self.hold()?;
            let now = held.with_dependent_mut(|_, slide| self.engine.install(|| slide.look(control)))?;
            let now =
                Standing { fields: now.fields, unread: now.unread, tally: now.tally, result: now.result };
            serde_json::to_vec(&now).map_err(|e| Error::new(ErrorKind::Internal, e.to_string()))
        })?;
        Ok(PyBytes::new(py, &json))
    }

    /// Reads the slide; the JSON of its record.
    #[pyo3(signature = (progress))]
    fn run<'py>(
        &self,
        py: Python<'py>,
        progress: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let json = watched(py, progress.as_ref(), |control| {
            let mut held = self.hold()?;
            held.with_dependent_mut(|_, slide| self.engine.install(|| slide.run(control)))?.to_json()
        })?;
        Ok(PyBytes::new(py, &json))
    }
}
